"""How the process is doing, in numbers: read by the health page and by the watchdog.

Counters and times alone; nothing here says whose they are.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.methods import Response, TelegramMethod
    from aiogram.methods.base import TelegramType

    from bot.operate.clock import Clock


class Counters:
    """What the ingest and the network note as they work."""

    def __init__(self, clock: Clock) -> None:
        """Take the clock; only its ``monotonic`` is read."""
        self._clock = clock
        self._polled_at: float | None = None
        self._answered_at: float | None = None
        self.polls = 0
        """How often Telegram was asked for updates."""
        self.counts: Counter[str] = Counter()
        """How many updates came, and how many were parked, put aside and turned away."""
        self.calls: Counter[str] = Counter()
        """Calls that Telegram answered, by method."""
        self.failures: Counter[str] = Counter()
        """Failures by the class of the error."""
        self.lag = 0.0
        """Seconds from the arrival of an update to its end, of the one that ended last."""

    def polling(self) -> None:
        """Note that the poll loop goes round."""
        self.polls += 1
        self._polled_at = self._clock.monotonic()

    def answered(self, method: str) -> None:
        """Note an answer of Telegram's."""
        self.calls[method] += 1
        self._answered_at = self._clock.monotonic()

    def failed(self, error: BaseException) -> None:
        """Note a failure."""
        self.failures[type(error).__name__] += 1

    def since_poll(self) -> float:
        """Return the seconds since the poll loop went round; 0 before it has begun."""
        return 0.0 if self._polled_at is None else self._clock.monotonic() - self._polled_at

    def since_answer(self) -> float:
        """Return the seconds since Telegram answered last; without end where it never has."""
        if self._answered_at is None:
            return float("inf")
        return self._clock.monotonic() - self._answered_at


class CountCalls(BaseRequestMiddleware):
    """Notes how Telegram answers."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            response = await make_request(bot, method)
        except Exception as error:
            self._counters.failed(error)
            raise
        self._counters.answered(method.__api_method__)
        return response
