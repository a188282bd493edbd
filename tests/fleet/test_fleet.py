"""Three replicas behind one address: nothing is lost, doubled or out of order, whatever breaks."""

from __future__ import annotations

import asyncio
import random
import signal
from contextlib import asynccontextmanager, suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

import pytest

from bot.exits import TEMPORARY
from tests.faults.world import until
from tests.fleet.world import Fleet, fleet, updates_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from pathlib import Path

pytestmark = pytest.mark.postgres

RECOVERY: Final = 5.0
"""Seconds after which it works again."""


@asynccontextmanager
async def beside(*works: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Let something break things meanwhile."""
    tasks = [asyncio.create_task(each) for each in works]
    try:
        yield
    finally:
        for each in tasks:
            each.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended


async def ending_connections(it: Fleet, every: float) -> None:
    """End half of the connections to the database, again and again."""
    while True:
        await asyncio.sleep(every)
        await asyncio.to_thread(it.end_connections)


async def killing_replicas(it: Fleet, every: float) -> None:
    """Kill one replica after the other, and start it again."""
    while True:
        for replica in it.replicas:
            await asyncio.sleep(every)
            await replica.end(signal.SIGKILL)
            replica.begin()
            await asyncio.sleep(every / 2)
            while not replica.runs:  # it could not open the database: as a service manager does
                assert replica.exit_code() in {-signal.SIGKILL, TEMPORARY}, replica.complained()
                replica.begin()
                await asyncio.sleep(every / 2)


# Every day this is shown where things break, below.
@pytest.mark.campaign
@pytest.mark.parametrize("count", [2_000, 100_000])
async def test_each_update_counts_once_and_in_its_turn(count: int, tmp_path: Path) -> None:
    updates = updates_of(count, people=max(8, count // 500), chance=random.Random(3))  # noqa: S311 - a test
    async with fleet(tmp_path) as it:
        await it.bring_all(updates)
        await it.settled(60 + count / 20)
        assert it.faults(updates) == []
        assert it.unanswered(updates) == 0


async def test_without_turns_they_overtake_each_other(tmp_path: Path) -> None:
    updates = updates_of(100, people=3, chance=random.Random(4))  # noqa: S311 - a test
    async with fleet(tmp_path, WRONG="turns") as it:
        await it.bring_all(updates)
        await it.settled(60)
        (fault,) = it.faults(updates)
        assert fault.endswith("inversions")


@pytest.mark.parametrize("count", [80, pytest.param(5_000, marks=pytest.mark.campaign)])
async def test_whatever_breaks_nothing_is_lost_or_doubled(count: int, tmp_path: Path) -> None:
    updates = updates_of(count, people=max(8, count // 100), chance=random.Random(5))  # noqa: S311 - a test
    async with fleet(tmp_path, CONFLICTS="0.03", CONNECTIONS="2") as it:
        async with beside(ending_connections(it, 0.2), killing_replicas(it, 2.0)):
            await it.bring_all(updates, at_once=8)
        await it.settled(60 + count / 20)
        assert it.faults(updates) == []
        assert it.unanswered(updates) == 0


@pytest.mark.parametrize(
    "seconds", [1.0, *(pytest.param(each, marks=pytest.mark.campaign) for each in (5.0, 60.0))]
)
async def test_soon_after_the_database_is_back_all_goes_on(seconds: float, tmp_path: Path) -> None:
    updates = updates_of(4_000, people=20, chance=random.Random(6))  # noqa: S311 - a test
    async with fleet(tmp_path) as it:
        bringing = asyncio.create_task(it.bring_all(updates, at_once=8))
        await until(partial(_some_taken, it))
        it.gate.shut()
        await asyncio.sleep(seconds)
        it.refused.clear()
        shut = set(it.taken)
        it.gate.open()
        opened = monotonic()
        first = await _first_after(it, shut, opened)
        assert first < RECOVERY
        bringing.cancel()
        with suppress(asyncio.CancelledError):
            await bringing
        taken = [each for each in updates if each.number in it.taken]
        await it.settled(60)
        assert it.faults(taken) == []


async def _some_taken(it: Fleet) -> bool:
    return bool(it.taken)


async def _first_after(it: Fleet, before: set[int], since: float) -> float:
    """Return after how many seconds the first new update was taken and applied."""
    async with asyncio.timeout(60):
        while True:
            await asyncio.sleep(0.05)
            new = sorted(set(it.taken) - before)
            there = await asyncio.to_thread(_applied, it, new)
            if there:
                return monotonic() - since


def _applied(it: Fleet, numbers: list[int]) -> bool:
    some = ", ".join(map(str, [0, *numbers[:200]]))
    (found,) = it.look(
        f"SELECT count(*) FROM coach.notes WHERE what = 'applied' AND number IN ({some})"  # noqa: S608 - numbers
    )
    return bool(found[0])
