"""What is known of a reminder when its call fails; one that was not sent is sent later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot
from aiohttp import ClientTimeout
from yarl import URL

from bot.telegram import client, reminder_call
from bot.telegram.session import JsonSession
from handlers.due.dispatch import Attempt, RetryAt
from handlers.engine.screen import Screen
from storage.records import Dispatch, DispatchKind, DispatchNumber, Owner
from tests.bot.telegram.proxies import silent
from tests.canary import TOKEN

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CALL = Attempt(
    dispatch=Dispatch(
        owner=Owner(1),
        number=DispatchNumber(1),
        kind=DispatchKind.DIGEST,
        day=NOON.date(),
        epoch=0,
        claimed_at=NOON,
        wake=NOON,
        holder="one",
        lease=NOON,
        not_before=NOON,
        not_after=NOON + timedelta(hours=12),
    ),
    screen=Screen("Сегодня"),
    silent=False,
)


async def made(base: str, *ways: URL) -> object:
    async with Bot(TOKEN, session=JsonSession(base, ways)) as bot:
        return await reminder_call.make(bot, CALL, lambda: NOON)


@pytest.mark.parametrize("base", ["https://127.0.0.1:{port}", "http://127.0.0.1:1"])
async def test_without_a_connection_it_was_not_sent_and_will_be(
    monkeypatch: pytest.MonkeyPatch, base: str
) -> None:
    monkeypatch.setattr(client, "_TIMES", ClientTimeout(connect=0.3))
    async with silent() as port:
        assert await made(base.format(port=port)) == RetryAt(NOON + reminder_call.RETRY)


async def test_with_a_connection_and_no_answer_nobody_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reminder_call, "WITHIN", 1)
    async with silent() as port:
        assert await made(f"http://127.0.0.1:{port}") is None
