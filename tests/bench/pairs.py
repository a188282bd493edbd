"""Two states of the code side by side: what a tap costs over PostgreSQL, before and after.

    git worktree add /tmp/before REVISION
    python -m tests.bench.pairs /tmp/before [--pairs 8] [--seconds 1.5]

Both bots and the peer of ``tests.bench.fleet`` are up all the time, each with a database of its
own, and take turns in short windows, so a load from elsewhere falls on all of them. A ratio is
made within a pair; its median tells, its range says how far to trust it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import uvloop

from tests.bench.fleet import PEER, prepared
from tests.bench.speed import say

if TYPE_CHECKING:
    from collections.abc import Iterable

BEFORE, AFTER = "postgres_before", "postgres_after"


async def main(before: Path, pairs: int, seconds: float) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            cases = await prepared(stack, Path(folder), (BEFORE, AFTER, PEER))
            cases[0].settings["PYTHONPATH"] = str(before)
            for case in cases:
                await case.start()
                stack.push_async_callback(case.end)
                await case.round(seconds)  # a line that shows no secret for long is closed
                for told in (case.speeds, case.cpu, case.server):
                    told.clear()
            for number in range(pairs):
                for case in cases if number % 2 else reversed(cases):
                    await case.round(seconds)
    old, new, peer = cases
    for case in cases:
        say(f"{case.name}: {_told(case.speeds, 0)} taps/s; CPU for a tap, client and server, µs:")
        say(f"    {_told(case.cpu, 0)} and {_told(case.server, 0)}")
    for name, other in ((BEFORE, old), (PEER, peer)):
        say(f"after over {name}: taps/s {_over(new.speeds, other.speeds)};")
        say(f"    CPU of the client {_over(new.cpu, other.cpu)}")
        both = [[sum(pair) for pair in zip(e.cpu, e.server, strict=True)] for e in (new, other)]
        say(f"    with the server {_over(*both)}")


def _over(ones: Iterable[float], others: Iterable[float]) -> str:
    return _told([one / other for one, other in zip(ones, others, strict=True)], 2)


def _told(found: list[float], digits: int) -> str:
    low, middle, high = (f"{each:,.{digits}f}" for each in (min(found), median(found), max(found)))
    return f"{middle} ({low} to {high})"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("before", type=Path, help="a checkout of the code as it was")
    parser.add_argument("--pairs", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=1.5)
    OPTIONS = parser.parse_args()
    sys.exit(uvloop.run(main(OPTIONS.before.resolve(), OPTIONS.pairs, OPTIONS.seconds)))
