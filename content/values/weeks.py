"""The weeks of a client's reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

WEEK = 7


class CycleState(StrEnum):
    """What became of a week's report."""

    OPEN = "open"
    SENT = "sent"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"
    """A newer week came while this one was open; without that one it is as good as open."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """One week of one client."""

    day: date
    """The date it is named by, one of the client's weekday when it was stored."""
    open_since: date
    """The date of the oldest week that was never closed before it; ``day`` for none."""
    state: CycleState = CycleState.OPEN
    snoozed_until: date | None = None
    """The first date it is listed again."""
    again_at: datetime | None = None
    """When one extra message comes; cleared as that is claimed, or once a digest sent at that
    time or later has listed the client."""
    closed_at: datetime | None = None
    """When it was marked sent or skipped."""
    rev: int = 0
    """Counts the changes, so that a writer can tell whether it changes what it has read."""

    def weeks_open(self, day: date) -> int:
        """Return in which week without a report a date lies, from 1: «2-я неделя»."""
        return max(0, (day - self.open_since).days) // WEEK + 1


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How one client is reported to."""

    client: int
    weekday: int | None = None
    """0 is Monday; none until the person chose one, and no reminder before that."""
    since: date = date.min
    """No cycle is older."""
    paused_until: date | None = None
    """The first date the client is listed again."""
    cycle: Cycle | None = None
    """The newest stored one that is not after today; a clock that ran ahead may have left some."""
    reported: date | None = None
    """When the client last got a report."""
    written: date | None = None
    """When the client last got a letter."""
