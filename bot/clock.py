"""The only place where the clock is read; everything else is given the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time of day and measures how long things take."""

    def now(self) -> datetime:
        """Return the time; aware UTC."""

    def monotonic(self) -> float:
        """Return seconds from some fixed moment; never runs backwards."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the time; aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the place the rule points to

    def monotonic(self) -> float:
        """Return seconds from some fixed moment; never runs backwards."""
        return time.monotonic()
