"""The whole campaign: ``python -m tests.faults``, or ``make faults``.

From the environment: ``KILLS``, how often the bot is killed at random; ``SEED``, of everything that
is left to chance; ``ONLY``, a part of the names of the faults to play. The whole of it writes
``docs/reliability.md``.
"""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from bot.operate.clock import SystemClock
from tests.faults import kills
from tests.faults.campaign import FAULTS, Result, document, play
from tests.faults.games import Fault

AT_ONCE = 3
"""Most of the time a fault is waited for."""
TABLE = Path("docs/reliability.md")
CLOCK = SystemClock()


def main() -> int:
    """Play, tell, and return the exit code."""
    environment = os.environ
    seed = int(environment.get("SEED") or secrets.randbits(32))
    only = environment.get("ONLY", "")
    often = int(environment.get("KILLS") or 60)
    wanted = [
        replace(fault, times=often) if fault.play is kills.at_random else fault
        for fault in FAULTS
        if only in fault.name
    ]
    _say(f"seed {seed}")
    results = asyncio.run(_all(wanted, seed))
    if not only:
        TABLE.write_text(document(results), "utf-8")
    return 0 if all(result.holds for result in results) else 1


async def _all(faults: list[Fault], seed: int) -> list[Result]:
    places = asyncio.Semaphore(AT_ONCE)
    with tempfile.TemporaryDirectory(prefix="faults") as folder:

        async def one(number: int, fault: Fault) -> Result:
            async with places:
                began = CLOCK.monotonic()
                own = random.Random(f"{seed} {fault.name}").getrandbits(32)  # noqa: S311 - a repeatable game
                result, found = await play(fault, Path(folder) / str(number), own, fault.times)
                _say(f"{result.row()} {CLOCK.monotonic() - began:.0f} s")
                for each in (*found.lost, *found.doubled):
                    _say(f"    {each}")
                return result

        return await asyncio.gather(*(one(*each) for each in enumerate(faults)))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
