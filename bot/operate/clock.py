"""The only place where the clock is read; everything else is given the time."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time of day and measures how long things take."""

    def now(self) -> datetime:
        """Return the time; aware UTC."""

    def monotonic(self) -> float:
        """Return seconds from some fixed moment; never runs backwards."""

    async def sleep(self, seconds: float) -> None:
        """Return once so many seconds have passed on this clock."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the time; aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the place the rule points to

    def monotonic(self) -> float:
        """Return seconds from some fixed moment; never runs backwards."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Return once so many seconds have passed."""
        await asyncio.sleep(seconds)


class MovableClock:
    """A clock that can be moved on: the time of day, the steady time and whoever sleeps on it."""

    def __init__(self, base: Clock) -> None:
        """Begin where another clock stands, and run with it."""
        self._base = base
        self._ahead = timedelta(0)
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Return the time; aware UTC."""
        return self._base.now() + self._ahead

    def monotonic(self) -> float:
        """Return seconds from some fixed moment; never runs backwards."""
        return self._base.monotonic() + self._ahead.total_seconds()

    async def sleep(self, seconds: float) -> None:
        """Return once so many seconds have passed on this clock, by themselves or by a move."""
        end = self.monotonic() + seconds
        while (left := end - self.monotonic()) > 0:
            # On a base that stands still this looks again from time to time, to no harm.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), left)

    def move(self, by: timedelta) -> None:
        """Move it on. Raises ValueError for a move back: no steady clock runs backwards."""
        if by < timedelta(0):
            raise ValueError(f"a clock is moved on, not by {by}")
        self._ahead += by
        self._moved.set()
        self._moved = asyncio.Event()
