"""From a local date and a time on the wall to an instant, and stretches of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)


def resolve(zone: ZoneInfo, day: date, at: time) -> datetime:
    """Return the instant, aware UTC, at which clocks in a zone show a time on a date.

    A time that a change of clocks leaves out is read with the offset before it (02:30 becomes
    03:30); of a time that comes twice the first is meant (RFC 5545, 3.3.5).
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours, from one time on the wall up to another; they may cross midnight."""

    start: time
    end: time

    def __post_init__(self) -> None:
        """Refuse an empty stretch; no quiet hours at all are ``None``."""
        if self.start == self.end:
            raise ValueError(f"quiet hours begin and end at {self.start:%H:%M}")

    def __contains__(self, at: time) -> bool:
        """Tell whether a time on the wall is quiet."""
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class Window:
    """From one instant up to another, aware UTC."""

    start: datetime
    end: datetime

    def __contains__(self, now: datetime) -> bool:
        """Tell whether an instant lies inside; the end does not."""
        return self.start <= now < self.end
