"""The hand that moves the clock of the local chat, so that a week can go by while one watches."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.operate.clock import MovableClock

FARTHEST = timedelta(days=366)
AFTER = timedelta(seconds=1)
"""How far past a reminder's instant the clock is set."""
LOOKS = 50
LOOK = 0.1
"""Seconds between two looks at what is next, while the worker still thinks about it."""


class ClockControl:
    """Moves a clock on."""

    def __init__(
        self, clock: MovableClock, next_reminder: Callable[[], Awaitable[datetime | None]]
    ) -> None:
        """Take the clock and what tells when the next reminder may come; None for never."""
        self._clock = clock
        self._next_reminder = next_reminder

    async def by(self, seconds: float) -> float:
        """Move on by so many seconds and return them; ValueError outside 0 to 366 days."""
        if not (math.isfinite(seconds) and 0 <= seconds <= FARTHEST.total_seconds()):
            raise ValueError("the clock moves on by 0 to 366 days")
        self._clock.move(timedelta(seconds=seconds))
        return seconds

    async def to_next(self) -> float:
        """Move to right after the next reminder's instant; return by how many seconds, 0 for none.

        What is due already is waited for: after a change the worker thinks about the person anew.
        """
        for _ in range(LOOKS):
            at = await self._next_reminder()
            if at is None:
                break
            if at > self._clock.now():
                return await self.by((at - self._clock.now() + AFTER).total_seconds())
            await asyncio.sleep(LOOK)
        return 0.0
