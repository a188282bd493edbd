"""Doubt about the clock: a day must not begin because somebody set the clock wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

JUMP = 300.0
"""Seconds by which the clock may move against the steady one from one look to the next."""
BELIEVED_AFTER = 900.0
"""Seconds after which a clock that stays where it jumped to is believed."""


@dataclass(frozen=True, slots=True)
class ClockGuard:
    """What is believed of the clock, as seconds; start it with ``watch``."""

    offset: float
    """The time of day minus the steady clock, as last believed."""
    held_since: float | None = None
    """The steady clock when the time of day jumped; none while it is believed."""

    @property
    def holds(self) -> bool:
        """Tell whether reminders wait."""
        return self.held_since is not None

    def look(self, now: datetime, monotonic: float) -> ClockGuard:
        """Return the guard after another look at both clocks."""
        offset = now.timestamp() - monotonic
        is_back = abs(offset - self.offset) <= JUMP
        if is_back or (self.holds_for(monotonic) >= BELIEVED_AFTER):
            # Small steps are followed, so that slow corrections never add up to a jump.
            return ClockGuard(offset)
        return self if self.holds else replace(self, held_since=monotonic)

    def holds_for(self, monotonic: float) -> float:
        """Return for how many seconds reminders have waited."""
        return 0.0 if self.held_since is None else monotonic - self.held_since


def watch(now: datetime, monotonic: float) -> ClockGuard:
    """Return a guard that believes the clock as it stands."""
    return ClockGuard(now.timestamp() - monotonic)
