"""Who may use the coach, and the one word for those who may not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.serve.incoming import Envelope
    from storage.protocols import Memory
    from storage.records import Owner

REMEMBERED = 10_000
"""Strangers told in one day; those beyond it get no answer, so memory stays bounded."""


class Door:
    """Lets in the people on the list and those who were invited; everybody where neither counts.

    Who was invited stands in the database alone and is read for every batch of updates: an erasure
    or another process may change it at any time.
    """

    def __init__(self, allowed: frozenset[int] = frozenset(), *, invite_only: bool = False) -> None:
        """Take the Telegram ids of those who may come in, and whether the others need a link."""
        self._allowed = allowed
        self._closed = invite_only or bool(allowed)
        self._guests: frozenset[Owner] = frozenset()
        self._told: set[int] = set()
        self._day = date.min

    def unknown(self, envelopes: Iterable[Envelope]) -> Sequence[Envelope]:
        """Return the updates of people whom only the database may know.

        None in an open house, and none of groups: the coach leaves them.
        """
        if not self._closed:
            return ()
        return [each for each in envelopes if each.private and each.owner not in self._allowed]

    def check_in(self, memory: Memory, unknown: Sequence[Envelope], now: datetime) -> None:
        """Learn who of them is invited, in order; an invitation that somebody brings is used up."""
        guests = set(memory.invitations.guests({each.owner for each in unknown}))
        for each in unknown:
            if each.owner in guests or each.invitation is None:
                continue
            if memory.invitations.redeem(each.invitation, each.owner, now):
                guests.add(each.owner)
        self._guests = frozenset(guests)

    def admits(self, envelope: Envelope) -> bool:
        """Tell whether an update of the batch that was checked in last may be handled."""
        return not self.unknown([envelope]) or envelope.owner in self._guests

    def greets(self, envelope: Envelope, today: date) -> bool:
        """Tell whether a stranger is to be told now: once a day."""
        if today != self._day:
            self._day = today
            self._told.clear()
        known = envelope.owner in self._told or len(self._told) >= REMEMBERED
        if known or not envelope.tells:
            return False
        self._told.add(envelope.owner)
        return True
