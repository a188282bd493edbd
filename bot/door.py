"""Who may use the coach, and the one word for those who may not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.envelope import Envelope

REMEMBERED = 10_000
"""Strangers told in one day; those beyond it get no answer, so memory stays bounded."""


class Door:
    """Lets in the people on the list; everybody when the list is empty."""

    def __init__(self, allowed: frozenset[int]) -> None:
        """Take the Telegram ids of those who may come in."""
        self._allowed = allowed
        self._told: set[int] = set()
        self._day = date.min

    def admits(self, envelope: Envelope) -> bool:
        """Tell whether the update is anybody's business; groups are, for the coach leaves them."""
        return not self._allowed or not envelope.private or envelope.owner in self._allowed

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
