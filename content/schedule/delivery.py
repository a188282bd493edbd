"""How a claimed message gets out: at least once, and at most one silent copy more.

Each call is written down (``attempted``) before it is made. What came of it is written down if it
is known; a call whose end is unknown, because the answer was lost or the process died, may have
been applied, and is repeated once, silently, if at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(seconds=30)
"""How long a claim is its worker's alone."""
SILENT_AFTER = timedelta(seconds=60)
SILENT_BEFORE_END = timedelta(minutes=15)


class Ending(StrEnum):
    """How a claim is closed."""

    SENT = "sent"
    EMPTY = "empty"
    """Nothing was left to list at the time of sending."""
    EXPIRED = "expired"
    """It surely never got out, and its time is over."""
    AMBIGUOUS = "ambiguous"
    """It may have got out; nothing more is tried."""


@dataclass(frozen=True, slots=True)
class SendNow:
    """Make the call now."""

    silent: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """Ask again at an instant, aware UTC."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """The calls made so far for one claim."""

    not_after: datetime
    doubtful: int = 0
    """Calls that may have been applied."""
    attempted_at: datetime | None = None
    not_before: datetime | None = None
    """When Telegram wants to hear of us again."""

    def attempted(self, now: datetime) -> Delivery:
        """Return it with one more call, to be stored before the call is made."""
        return replace(self, doubtful=self.doubtful + 1, attempted_at=now)

    def failed(self, not_before: datetime | None = None) -> Delivery:
        """Return it after the last call certainly was not applied: no connection, or a 429."""
        return replace(self, doubtful=self.doubtful - 1, not_before=not_before)

    @property
    def given_up(self) -> Ending:
        """How it is closed when no more is to be tried, for whatever reason."""
        return Ending.AMBIGUOUS if self.doubtful else Ending.EXPIRED


def next_step(delivery: Delivery, now: datetime, *, at_most_once: bool) -> SendNow | Wait | Ending:
    """Return what to do with a claim that is not closed; the caller must hold its lease."""
    if delivery.doubtful == 0:
        last, start = delivery.not_after, now
    elif delivery.doubtful == 1 and delivery.attempted_at is not None and not at_most_once:
        last = delivery.not_after - SILENT_BEFORE_END
        start = delivery.attempted_at + SILENT_AFTER
    else:
        return delivery.given_up
    start = max(now, start, delivery.not_before or now)
    if start >= last:
        return delivery.given_up
    return SendNow(silent=delivery.doubtful > 0) if start == now else Wait(start)
