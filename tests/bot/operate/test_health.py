"""The health page, and the watchdog that needs no page."""

from __future__ import annotations

import re
import socket
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from bot.app import local_bot
from bot.exits import UNAVAILABLE, Leave
from bot.local.refusals import Mishap, Refused
from bot.local.telegram import Telegram
from bot.operate import health
from bot.operate.counters import CountCalls, Counters
from bot.operate.health import LATELY, LONGEST_SILENCE, Health, health_page
from bot.operate.watchdog import LOOKS, watched
from storage.opening import open_storage
from tests.conversations.stage import StageClock
from tests.template import laid

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

METRIC = re.compile(r'# TYPE coach_\w+ (counter|gauge)|coach_\w+(\{\w+="\w+"\})? [0-9.]+')


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Page:
    """The page, and what it looks at."""

    clock: StageClock
    counters: Counters
    database: Path
    client: ClientSession

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Return status and text."""
        async with self.client.get(path, headers=headers) as response:
            return response.status, await response.text()


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    clock, database, port = StageClock(), tmp_path / "coach.db", free_port()
    counters = Counters(clock)
    storage = await open_storage(laid(tmp_path), tmp_path / "master.key", now=clock.now())
    async with (
        health_page(Health(counters, storage, clock), port),
        ClientSession(f"http://127.0.0.1:{port}") as client,
    ):
        yield Page(clock, counters, database, client)
    await storage.close()


FINE = HTTPStatus.OK, "ok\n"


async def test_while_it_waits_for_the_network_it_lives_but_is_not_ready(page: Page) -> None:
    page.clock.move(hours=1)
    assert await page.get("/healthz") == FINE
    assert await page.get("/readyz") == (503, "Telegram does not answer\n")


async def test_it_is_ready_once_telegram_answers(page: Page) -> None:
    page.counters.polling()
    page.counters.answered("getUpdates")
    assert await page.get("/healthz") == FINE
    assert await page.get("/readyz") == FINE


async def test_it_is_not_ready_when_telegram_has_been_silent_and_dead_without_polls(
    page: Page,
) -> None:
    page.counters.polling()
    page.counters.answered("getUpdates")
    page.clock.move(seconds=LATELY + 1)
    assert (await page.get("/readyz"))[0] == 503
    assert await page.get("/healthz") == FINE
    page.clock.move(seconds=LONGEST_SILENCE - LATELY)
    assert await page.get("/healthz") == (503, "no poll for 121 s\n")


async def test_it_is_not_ready_while_the_storage_takes_no_writes(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    page.counters.answered("getUpdates")
    with closing(sqlite3.connect(page.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await page.get("/readyz") == (503, "the storage takes no writes: TimeoutError\n")
        other.execute("ROLLBACK")
    monkeypatch.setattr(health, "PATIENCE", 10)
    assert await page.get("/readyz") == FINE


async def test_the_counters_are_plain_numbers_and_name_nobody(page: Page) -> None:
    telegram = Telegram(page.clock.now)
    async with local_bot(telegram) as bot:
        bot.session.middleware(CountCalls(page.counters))
        await bot.get_me()
        telegram.faults = lambda _method, _params: Mishap(refusal=Refused(400, "no"))
        with pytest.raises(Exception, match="no"):
            await bot.get_me()
    page.counters.counts["updates"] += 2
    page.counters.lag = 0.25
    status, text = await page.get("/metrics")
    assert status == HTTPStatus.OK
    assert [line for line in text.splitlines() if not METRIC.fullmatch(line)] == []
    assert {
        "coach_updates_total 2",
        "coach_turned_away_total 0",
        'coach_calls_total{method="getMe"} 1',
        'coach_failures_total{error="TelegramBadRequest"} 1',
        "coach_lag_seconds 0.250",
    } <= set(text.splitlines())


async def test_it_speaks_to_this_computer_alone(page: Page) -> None:
    assert (await page.get("/healthz", Host="coach.example"))[0] == HTTPStatus.FORBIDDEN


async def test_a_port_that_is_taken_ends_the_program_with_one_line(page: Page) -> None:
    taken = page.client._base_url
    assert taken is not None
    assert taken.port is not None
    with pytest.raises(Leave, match=f"^HEALTH_PORT: port {taken.port}: ") as left:
        async with health_page(Health(page.counters, None, page.clock), taken.port):  # type: ignore[arg-type]  # never asked
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
