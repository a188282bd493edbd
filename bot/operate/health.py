"""The health page, for this computer alone: does the process live, can it work, what has it done.

``/healthz`` answers 200 while the loop turns and the poll loop goes round, ``/readyz`` while the
storage takes writes and Telegram answers; else 503 with one line. ``/metrics`` speaks the text
format of Prometheus, which needs no library to be written.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.exits import UNAVAILABLE, Leave
from bot.operate.loopback import application, start
from bot.operate.redaction import described

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from bot.operate.clock import Clock
    from bot.operate.counters import Counters
    from storage.protocols import Storage

log = structlog.get_logger()

LONGEST_SILENCE = 120.0
"""Seconds between two polls; a long poll takes 35 at most."""
LATELY = 60.0
"""Seconds in which Telegram must have answered; an idle long poll is answered after 25."""
PATIENCE = 5.0
"""Seconds for the storage to write a row."""


class Health:
    """What the three pages say."""

    def __init__(self, counters: Counters, storage: Storage, clock: Clock) -> None:
        self._counters = counters
        self._storage = storage
        self._clock = clock

    async def live(self, _request: web.Request) -> web.Response:
        """Tell whether the process should go on."""
        silence = self._counters.since_poll()
        return _page(None if silence <= LONGEST_SILENCE else f"no poll for {silence:.0f} s")

    async def ready(self, _request: web.Request) -> web.Response:
        """Tell whether the process can work now."""
        if self._counters.since_answer() > LATELY:
            return _page("Telegram does not answer")
        now = self._clock.now().replace(microsecond=0)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._storage.write(lambda memory: memory.probe(now))
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing can be written
            log.warning("the storage takes no writes", error=described(error))
            return _page(f"the storage takes no writes: {type(error).__name__}")
        return _page(None)

    async def metrics(self, _request: web.Request) -> web.Response:
        return web.Response(text="\n".join(_lines(self._counters)) + "\n")


@asynccontextmanager
async def health_page(health: Health, port: int) -> AsyncIterator[None]:
    """Serve the page on a port of the loopback; 0: no page. ``Leave`` where it is taken."""
    if not port:
        yield
        return
    app = application()
    app.router.add_get("/healthz", health.live)
    app.router.add_get("/readyz", health.ready)
    app.router.add_get("/metrics", health.metrics)
    try:
        runner, _ = await start(app, port)
    except OSError as error:
        raise Leave(UNAVAILABLE, f"HEALTH_PORT: port {port}: {error.strerror}") from None
    try:
        yield
    finally:
        await runner.cleanup()


def _page(fault: str | None) -> web.Response:
    if fault is None:
        return web.Response(text="ok\n")
    return web.Response(text=f"{fault}\n", status=HTTPStatus.SERVICE_UNAVAILABLE)


def _lines(counters: Counters) -> Iterator[str]:
    for name in ("updates", "parked", "put_aside", "turned_away"):
        yield f"# TYPE coach_{name}_total counter"
        yield f"coach_{name}_total {counters.counts[name]}"
    yield from _family("calls", "method", counters.calls)
    yield from _family("failures", "error", counters.failures)
    yield "# TYPE coach_lag_seconds gauge"
    yield f"coach_lag_seconds {counters.lag:.3f}"


def _family(name: str, label: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield f"# TYPE coach_{name}_total counter"
    for value, count in sorted(counts.items()):
        yield f'coach_{name}_total{{{label}="{value}"}} {count}'
