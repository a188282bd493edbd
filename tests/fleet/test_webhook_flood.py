"""Strangers at the webhook: however many and however slow, who knows the secret is answered."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

import pytest

from tests.faults.nursery import ROOT
from tests.fleet.world import OK_STATUS, fleet, updates_of

if TYPE_CHECKING:
    from tests.fleet.world import Fleet

pytestmark = pytest.mark.postgres

GROWTH: Final = 50 * 1024 * 1024
LIMIT: Final = 1.0
"""Seconds within which 95 of 100 updates are taken."""


def memory_of(pid: int | None) -> int:
    """Return the resident bytes of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096


async def waits(it: Fleet, port: int, seconds: float) -> list[float]:
    """Bring updates for so long, ten a second; return how long each took until it was taken."""
    updates = iter(updates_of(10_000, people=20, chance=it.chance))
    found, until = [], monotonic() + seconds
    while (since := monotonic()) < until:
        assert await it.post(port, next(updates).body) == OK_STATUS
        found.append(monotonic() - since)
        await asyncio.sleep(0.1)
    return found


@pytest.mark.parametrize(
    ("rate", "slow", "seconds"),
    [(200, 400, 1.0), pytest.param(5_000, 1_000, 10.0, marks=pytest.mark.campaign)],
)
async def test_strangers_keep_nobody_waiting(
    rate: int, slow: int, seconds: float, tmp_path: Path
) -> None:
    async with fleet(tmp_path, 1) as it:
        (replica,), (port,) = it.replicas, it.ports
        await waits(it, port, 1.0)
        before = memory_of(replica.pid)
        strangers = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.fleet.strangers"),
            *map(str, (port, rate, slow, seconds + 1)),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        await asyncio.sleep(1)
        took = await waits(it, port, seconds)
        grown = memory_of(replica.pid) - before
        out, _ = await strangers.communicate()
        refused, _failed = map(int, out.split())
        assert refused > rate
        assert sorted(took)[int(len(took) * 0.95)] < LIMIT
        assert grown < GROWTH
