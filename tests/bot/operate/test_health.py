"""The health page, and the watchdog that needs no page."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.exits import UNAVAILABLE, Leave
from bot.local.refusals import Mishap, Refused
from bot.local.session import local_bot
from bot.local.telegram import Telegram
from bot.operate import health
from bot.operate.counters import CountCalls, Counters
from bot.operate.health import LATELY, LONGEST_SILENCE, Health, health_page
from bot.operate.loopback import HOST
from bot.operate.watchdog import LOOKS, watched
from storage.opening import open_storage
from tests.conversations.stage import StageClock
from tests.template import laid

LABELS = {"method", "result", "error", "le"}


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Page:
    """The page, and what it looks at."""

    clock: StageClock
    counters: Counters
    stopping: asyncio.Event
    health: Health
    database: Path
    client: ClientSession

    def works(self) -> None:
        """Go once round the poll loop, with an answer."""
        self.counters.polling()
        self.counters.called("getUpdates", self.counters.now())

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Return status and text."""
        async with self.client.get(path, headers=headers) as response:
            return response.status, await response.text()


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    clock, database, port = StageClock(), tmp_path / "coach.db", free_port()
    counters, stopping = Counters(clock), asyncio.Event()
    storage = await open_storage(laid(tmp_path), tmp_path / "master.key", now=clock.now())
    health = Health(counters, storage, clock, stopping)
    async with (
        health_page(health, port, HOST),
        ClientSession(f"http://127.0.0.1:{port}") as client,
    ):
        yield Page(clock, counters, stopping, health, database, client)
    await storage.close()


FINE = HTTPStatus.OK, "ok\n"


async def test_before_it_serves_it_lives_but_is_not_ready(page: Page) -> None:
    page.clock.move(hours=1)
    assert await page.get("/healthz") == FINE
    assert await page.get("/readyz") == (503, "not serving yet\n")
    page.counters.polling()
    assert await page.get("/readyz") == (503, "Telegram does not answer\n")


async def test_it_is_ready_once_telegram_answers(page: Page) -> None:
    page.works()
    assert await page.get("/healthz") == FINE
    assert await page.get("/readyz") == FINE


async def test_told_to_end_it_takes_nothing_new_and_lives_on(page: Page) -> None:
    page.works()
    page.stopping.set()
    status, why = await page.get("/readyz")
    assert (status, why.partition(":")[0]) == (503, "ending")
    assert await page.get("/healthz") == FINE


async def test_it_is_not_ready_when_telegram_has_been_silent_and_dead_without_polls(
    page: Page,
) -> None:
    page.works()
    page.clock.move(seconds=LATELY + 1)
    assert await page.get("/readyz") == (503, "Telegram does not answer\n")
    assert await page.get("/healthz") == FINE
    page.clock.move(seconds=LONGEST_SILENCE - LATELY)
    assert await page.get("/healthz") == (503, "no poll for 121 s\n")
    page.counters.called("sendMessage", page.counters.now())
    assert await page.get("/readyz") == (503, "no poll for 121 s\n")


async def test_it_is_not_ready_while_the_storage_takes_no_writes(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    page.works()
    with closing(sqlite3.connect(page.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await page.get("/readyz") == (503, "the storage takes no writes: TimeoutError\n")
        other.execute("ROLLBACK")
    monkeypatch.setattr(health, "PATIENCE", 10)
    assert await page.get("/readyz") == FINE


@pytest.mark.parametrize(("needs", "status"), [(None, 503), (1, 200)])
async def test_beside_a_newer_release_it_is_ready_as_long_as_that_has_only_added(
    page: Page, needs: int | None, status: int
) -> None:
    page.works()
    with closing(sqlite3.connect(page.database)) as newer, newer:
        newer.execute("INSERT INTO migrations VALUES (999, 0, ?)", (needs,))
    found, why = await page.get("/readyz")
    assert found == status
    assert status == HTTPStatus.OK or why.startswith("the database is newer than this release")


async def test_what_was_done_is_counted_and_timed_and_no_label_tells_of_whom(page: Page) -> None:
    telegram = Telegram(page.clock.now)
    async with local_bot(telegram) as bot:
        bot.session.middleware(CountCalls(page.counters))
        await bot.get_me()
        telegram.faults = lambda _method, _params: Mishap(refusal=Refused(400, "no"))
        with pytest.raises(Exception, match="no"):
            await bot.get_me()
    page.counters.updates.inc(2)
    page.counters.update_seconds.observe(0.2)
    page.counters.reminders.labels("delivered").inc()
    page.counters.lanes.set_function(lambda: 3)
    async with page.client.get("/metrics") as response:
        assert response.status == HTTPStatus.OK
        assert response.content_type == "text/plain"
        text = await response.text()
    assert {
        "coach_updates_total 2.0",
        "coach_turned_away_total 0.0",
        'coach_update_seconds_bucket{le="0.1"} 0.0',
        'coach_update_seconds_bucket{le="0.25"} 1.0',
        'coach_calls_total{method="getMe",result="ok"} 1.0',
        'coach_calls_total{method="getMe",result="TelegramBadRequest"} 1.0',
        'coach_call_seconds_count{method="getMe"} 2.0',
        'coach_failures_total{error="TelegramBadRequest"} 1.0',
        'coach_reminders_total{result="delivered"} 1.0',
        "coach_lanes 3.0",
        "coach_steps 0.0",
        "coach_connections 1.0",
        "coach_connections_free 1.0",
    } <= set(text.splitlines())
    found = [each for family in text_string_to_metric_families(text) for each in family.samples]
    assert {name for each in found for name in each.labels} == LABELS
    # What the system tells of a process is there on Linux alone.
    assert {"coach"} <= {each.name.partition("_")[0] for each in found} <= {"coach", "process"}


async def test_it_speaks_to_this_computer_alone(page: Page) -> None:
    assert (await page.get("/healthz", Host="coach.example"))[0] == HTTPStatus.FORBIDDEN


async def test_elsewhere_than_on_the_loopback_it_answers_whoever_reaches_it(page: Page) -> None:
    port = free_port()
    async with (
        health_page(page.health, port, "0.0.0.0"),  # noqa: S104 - what this is about
        ClientSession() as client,
        client.get(f"http://{HOST}:{port}/healthz", headers={"Host": "10.0.0.7"}) as response,
    ):
        assert response.status == HTTPStatus.OK


async def test_a_port_that_is_taken_ends_the_program_with_one_line(page: Page) -> None:
    taken = page.client._base_url
    assert taken is not None
    assert taken.port is not None
    with pytest.raises(Leave, match=f"^HEALTH_PORT: {HOST}:{taken.port}: ") as left:
        async with health_page(page.health, taken.port, HOST):
            pass
    assert left.value.code == UNAVAILABLE


def test_without_polls_the_watchdog_ends_the_process() -> None:
    counters, ended = Counters(StageClock()), threading.Event()
    with watched(counters, every=0.001, end=ended.set):
        assert ended.wait(10)


def test_as_long_as_polls_come_the_watchdog_is_quiet() -> None:
    counters, ended, pause = Counters(StageClock()), threading.Event(), threading.Event()
    with watched(counters, every=0.02, end=ended.set):
        for _ in range(3 * LOOKS):
            counters.polling()
            pause.wait(0.02)
        assert not ended.is_set()
