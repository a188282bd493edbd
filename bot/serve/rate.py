"""Who sends faster than the coach answers at once, where one process polls.

Behind a webhook all processes count together, in the database: see ``bot.serve.inbox``.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass

WINDOW = 10.0
"""Seconds over which updates are counted."""
MOST_WAITING = 200
"""Updates that may wait in the lane of somebody who is too fast; what comes on top goes."""


@dataclass(slots=True)
class Flood:
    """What one chat sent lately."""

    times: deque[float]
    """When its last updates came, as many as the limit."""
    surplus: int = 0
    """How many were turned away since it was last quiet."""


class Rate:
    """Counts the updates of each chat; one that is quiet for ten seconds is forgotten."""

    def __init__(self, limit: int = 0) -> None:
        """Take how many updates in ten seconds are fine; 0: any number."""
        self._limit = limit
        self._floods: OrderedDict[int, Flood] = OrderedDict()

    def __len__(self) -> int:
        """Return how many chats are remembered."""
        return len(self._floods)

    def exceeded(self, chat: int, now: float) -> bool:
        """Count an update at ``now``, a time in seconds; tell whether it is beyond the limit."""
        if not self._limit:
            return False
        flood = self._floods.pop(chat, None)
        if flood is None or now - flood.times[-1] >= WINDOW:
            flood = Flood(deque(maxlen=self._limit))
        full = len(flood.times) == self._limit
        exceeded = full and now - flood.times[0] < WINDOW
        flood.times.append(now)
        self._floods[chat] = flood
        self._forget_quiet(now)
        return exceeded

    def turned_away(self, chat: int) -> int:
        """Count one turned away of a chat that was counted just now; return how many there are."""
        flood = self._floods[chat]
        flood.surplus += 1
        return flood.surplus

    def _forget_quiet(self, now: float) -> None:
        while self._floods:
            quiet_for_longest = next(iter(self._floods))
            if now - self._floods[quiet_for_longest].times[-1] < WINDOW:
                return
            del self._floods[quiet_for_longest]
