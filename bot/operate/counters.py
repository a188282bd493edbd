"""How the process is doing, in numbers: read by the health page and by the watchdog.

Counts and times alone; nothing here says whose they are, and no label does.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bot.operate.clock import Clock

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""Upper ends of the buckets; a long poll takes 25."""
ANSWERED: Final = "ok"
"""The result of a call that Telegram answered; of any other it is the class of the error."""


class Counters:
    """What the ingest, the reminders and the network note as they work."""

    def __init__(self, clock: Clock) -> None:
        """Take the clock; only its ``monotonic`` is read."""
        self._clock = clock
        self._polled_at: float | None = None
        self._answered_at: float | None = None
        self.polls = 0
        """How often Telegram, or the inbox, was asked for updates."""
        self.registry = CollectorRegistry()
        """What is counted here, of this process alone."""
        self.updates = self._count("updates", "Updates that came, each once")
        self.parked = self._count("parked", "Updates written down because they took long")
        self.put_aside = self._count("put_aside", "Updates set apart after failing")
        self.turned_away = self._count("turned_away", "Updates dropped of who sent too many")
        self.update_seconds = self._time("update", "From the arrival of an update to its end")
        self.lanes = Gauge(
            "coach_lanes", "People being answered at this moment", registry=self.registry
        )
        self.claimed = self._count("claimed", "Reminders that this process took in hand")
        self.claim_seconds = self._time("claim", "Finding out what is due and taking it in hand")
        self.reminders = self._count("reminders", "Reminders sent, by what came of it", "result")
        self.call_seconds = self._time("call", "A call of Telegram", "method")
        self.failures = self._count("failures", "Failures by the class of the error", "error")
        self._calls = self._count(
            "calls", "Calls of Telegram by what came of them", "method", "result"
        )
        # To look a label up costs as much as to count.
        self._seconds_of = cache(self.call_seconds.labels)
        self._calls_of = cache(self._calls.labels)

    def polling(self) -> None:
        """Note that the poll loop goes round."""
        self.polls += 1
        self._polled_at = self._clock.monotonic()

    def now(self) -> float:
        """Return the steady time by which everything here is measured."""
        return self._clock.monotonic()

    def called(self, method: str, began: float, error: BaseException | None = None) -> None:
        """Note a call of Telegram that began then, and whether it was answered."""
        now = self.now()
        self._seconds_of(method).observe(now - began)
        if error is None:
            self._calls_of(method, ANSWERED).inc()
            self._answered_at = now
        else:
            self._calls_of(method, type(error).__name__).inc()
            self.failed(error)

    def failed(self, error: BaseException) -> None:
        """Note a failure."""
        self.failures.labels(type(error).__name__).inc()

    def since_poll(self) -> float:
        """Return the seconds since the poll loop went round; 0 before it has begun."""
        return 0.0 if self._polled_at is None else self._clock.monotonic() - self._polled_at

    def since_answer(self) -> float:
        """Return the seconds since Telegram answered last; without end where it never has."""
        if self._answered_at is None:
            return float("inf")
        return self._clock.monotonic() - self._answered_at

    def _count(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"coach_{name}", what, labels, registry=self.registry)

    def _time(self, name: str, what: str, *labels: str) -> Histogram:
        return Histogram(
            f"coach_{name}_seconds", what, labels, buckets=SECONDS, registry=self.registry
        )


class CountCalls(BaseRequestMiddleware):
    """Notes how Telegram answers, and how fast."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        began = self._counters.now()
        try:
            response = await make_request(bot, method)
        except Exception as error:
            self._counters.called(method.__api_method__, began, error)
            raise
        self._counters.called(method.__api_method__, began)
        return response
