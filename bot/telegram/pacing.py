"""How many messages may be begun now."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

A_BIT = 0.001
"""Seconds added to a wait, so that there is room after it however clocks round."""


@dataclass(slots=True)
class Pace:
    """At most ``count`` begun within any ``seconds``; times are those of a steady clock.

    Five within 0.2 s are never more than 25 within a second. No library does this here, since the
    clock is a parameter and the waiting is the caller's.
    """

    count: int = 5
    seconds: float = 0.2
    beside_others: int = 1
    """What is left of ``count`` while others need Telegram more."""
    _begun: deque[float] = field(default_factory=deque)
    _held_until: float = float("-inf")

    def room(self, now: float, *, crowded: bool = False) -> int:
        """Return how many may begin now."""
        if now < self._held_until:
            return 0
        while self._begun and self._begun[0] + self.seconds <= now:
            self._begun.popleft()
        return max(0, self._most(crowded=crowded) - len(self._begun))

    def wait(self, now: float, *, crowded: bool = False) -> float:
        """Return the seconds until another one may begin; 0 where one may begin now."""
        free, most = self._held_until, self._most(crowded=crowded)
        if len(self._begun) >= most:
            free = max(free, self._begun[-most] + self.seconds)
        return free - now + A_BIT if free > now else 0.0

    def begin(self, now: float) -> None:
        """Note that one begins."""
        self._begun.append(now)

    def hold(self, until: float) -> None:
        """Let none begin before a time."""
        self._held_until = max(self._held_until, until)

    def _most(self, *, crowded: bool) -> int:
        return self.beside_others if crowded else self.count
