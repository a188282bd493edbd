"""The health page: does the process live, can it take work, what has it done.

``/healthz`` answers 200 while the loop turns and the poll loop goes round, ``/readyz`` while the
process takes work and all that it needs is there; else 503 with one line. ``/metrics`` is for
Prometheus, and tells nothing of anybody.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus

import structlog
from aiohttp import web
from prometheus_client import ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.exits import UNAVAILABLE, Leave
from bot.operate.clock import Clock
from bot.operate.counters import Counters
from bot.operate.loopback import OURS, application, start
from bot.operate.redaction import described
from storage.errors import StorageUnusable
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

    def __init__(
        self, counters: Counters, storage: Storage, clock: Clock, stopping: asyncio.Event
    ) -> None:
        """Take what is looked at; nothing new is taken once ``stopping`` is set."""
        self._counters = counters
        self._storage = storage
        self._clock = clock
        self._stopping = stopping
        counters.registry.register(_Engine(storage))
        ProcessCollector(registry=counters.registry)

    async def live(self, _request: web.Request) -> web.Response:
        """Tell whether the process should go on."""
        return _page(self._silence())

    async def ready(self, _request: web.Request) -> web.Response:
        """Tell whether the process can take work now."""
        return _page(self._unready() or await self._unusable())

    async def metrics(self, _request: web.Request) -> web.Response:
        return web.Response(
            body=generate_latest(self._counters.registry),
            headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4},
        )

    def _silence(self) -> str | None:
        silence = self._counters.since_poll()
        return None if silence <= LONGEST_SILENCE else f"no poll for {silence:.0f} s"

    def _unready(self) -> str | None:
        """Return why no work can be taken, by what the process knows itself."""
        if self._stopping.is_set():
            return "ending: what is in hand is finished, nothing new is taken"
        if not self._counters.polls:
            return "not serving yet"
        if self._counters.since_answer() > LATELY:
            return "Telegram does not answer"
        return self._silence()

    async def _unusable(self) -> str | None:
        """Return why the database cannot be worked with; a newer release may have changed it."""
        now = self._clock.now().replace(microsecond=0)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._storage.write(lambda memory: memory.probe(now))
        except StorageUnusable as why:
            return str(why)
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing can be written
            log.warning("the storage takes no writes", error=described(error))
            return f"the storage takes no writes: {type(error).__name__}"
        return None


PAGES = {"/healthz": Health.live, "/readyz": Health.ready, "/metrics": Health.metrics}


class _Engine(Collector):
    """How busy the storage is, asked when somebody looks."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def collect(self) -> Iterator[GaugeMetricFamily]:
        load = self._storage.load()
        yield GaugeMetricFamily("coach_steps", "Transactions that run or wait", load.steps)
        yield GaugeMetricFamily(
            "coach_connections", "Connections to the database", load.connections
        )
        yield GaugeMetricFamily("coach_connections_free", "Those that nobody uses", load.free)


@asynccontextmanager
async def health_page(health: Health, port: int, host: str) -> AsyncIterator[None]:
    """Serve the page at an address of this computer; port 0: no page. ``Leave`` where it is taken.

    On the loopback it speaks to this computer alone, elsewhere to whoever reaches it.
    """
    if not port:
        yield
        return
    app = application() if host in OURS else web.Application()
    for path, page in PAGES.items():
        app.router.add_get(path, partial(page, health))
    try:
        runner, _ = await start(app, port, host)
    except OSError as error:
        raise Leave(UNAVAILABLE, f"HEALTH_PORT: {host}:{port}: {error.strerror}") from None
    try:
        yield
    finally:
        await runner.cleanup()


def _page(fault: str | None) -> web.Response:
    if fault is None:
        return web.Response(text="ok\n")
    return web.Response(text=f"{fault}\n", status=HTTPStatus.SERVICE_UNAVAILABLE)
