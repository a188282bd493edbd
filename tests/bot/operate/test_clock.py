"""Clocks that run, and one that is moved."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.operate.clock import MovableClock, SystemClock

DAY = timedelta(days=1)


async def test_a_moved_clock_moves_both_of_its_times() -> None:
    base = SystemClock()
    clock = MovableClock(base)
    clock.move(DAY)
    clock.move(DAY)
    assert abs(clock.now() - base.now() - 2 * DAY) < timedelta(seconds=5)
    assert abs(clock.monotonic() - base.monotonic() - 2 * DAY.total_seconds()) < 5


async def test_who_sleeps_on_a_clock_that_is_moved_wakes_when_the_time_has_come() -> None:
    clock = MovableClock(SystemClock())
    short, long = (asyncio.create_task(clock.sleep(seconds)) for seconds in (3600, 7200))
    await asyncio.sleep(0)
    clock.move(timedelta(hours=1, seconds=1))
    await asyncio.wait_for(short, 5)
    assert not long.done()
    clock.move(timedelta(hours=1))
    await asyncio.wait_for(long, 5)


async def test_a_clock_that_nobody_moves_wakes_by_itself() -> None:
    clock = MovableClock(SystemClock())
    before = clock.monotonic()
    await clock.sleep(0.02)
    assert clock.monotonic() - before >= 0.02
    await clock.sleep(-1)


async def test_a_clock_is_not_moved_back() -> None:
    with pytest.raises(ValueError, match="moved on"):
        MovableClock(SystemClock()).move(-DAY)
