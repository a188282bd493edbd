"""The door over HTTP, with the bot library's own network session behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BufferedInputFile,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
)

from bot.exits import UNAVAILABLE, Leave
from bot.local.server import run_fake_telegram, serve
from bot.local.telegram import Telegram

TOKEN = "4242:test-token"  # noqa: S105 - a made-up one


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[str]:
    runner, address = await serve(telegram, 0, TOKEN)
    yield address
    await runner.cleanup()


@pytest.fixture
async def bot(address: str) -> AsyncIterator[Bot]:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
    yield bot
    await bot.session.close()


@pytest.fixture
async def script(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(address) as session:
        yield session


async def act(script: aiohttp.ClientSession, path: str, **wish: object) -> dict[str, Any]:
    async with script.post(path, json=wish) as response:
        assert response.status == 200, await response.text()
        answer: dict[str, Any] = await response.json()
        return answer


async def test_a_scripted_person_and_a_bot_talk_over_http(
    bot: Bot, script: aiohttp.ClientSession
) -> None:
    await act(script, "/person/1", first_name="Ольга", language_code="ru")
    await act(script, "/person/1/send", text="/start")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.from_user is not None
    assert (update.message.text, update.message.from_user.first_name) == ("/start", "Ольга")

    buttons = [
        InlineKeyboardButton(text="Да", callback_data="yes", style="success"),
        InlineKeyboardButton(text="Копировать", copy_text=CopyTextButton(text="фраза")),
    ]
    sent = await bot.send_message(
        1,
        "Здравствуйте, Ольга",
        entities=[MessageEntity(type="bold", offset=0, length=12)],
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[buttons]),
    )
    tapped = await act(script, "/person/1/tap", label="Да")
    _, tap = await bot.get_updates()
    assert tap.callback_query is not None
    assert (tap.callback_query.id, tap.callback_query.data) == (
        tapped["callback_query_id"],
        "yes",
    )
    assert await bot.answer_callback_query(tap.callback_query.id, "Записал")
    await bot.edit_message_text("Готово", chat_id=1, message_id=sent.message_id)

    async with script.get("/person/1/messages") as response:
        seen = await response.json()
    assert [message["text"] for message in seen["messages"]] == ["/start", "Готово"]
    assert seen["toasts"] == [{"text": "Записал", "alert": False}]
    async with script.get("/person/1/messages?last=1") as response:
        assert [each["text"] for each in (await response.json())["messages"]] == ["Готово"]
    async with script.get("/state") as response:
        state = {"struck": 0, "unconfirmed": 2, "unanswered": [], "refused": 0}
        assert await response.json() == state
    async with script.get("/journal") as response:
        methods = [call["method"] for call in await response.json()]
    assert methods == ["sendMessage", "answerCallbackQuery", "editMessageText"]


async def test_a_file_goes_both_ways(bot: Bot, telegram: Telegram) -> None:
    telegram.person(1).send("/start")
    sent = await bot.send_document(1, BufferedInputFile(b"%PDF", "Письмо.pdf"))
    assert sent.document is not None
    assert sent.document.file_name == "Письмо.pdf"
    fetched = await bot.download(sent.document)
    assert fetched is not None
    assert fetched.read() == b"%PDF"


async def test_refusals_come_as_telegram_sends_them(bot: Bot, address: str) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(1, "текст")
    stranger = Bot("4242:wrong", session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()
    await stranger.session.close()


async def test_the_bot_takes_its_id_from_the_token(telegram: Telegram) -> None:
    runner, address = await serve(telegram, 0)
    async with aiohttp.ClientSession(address) as session:
        async with session.get("/bot77:any/getMe") as response:
            assert (await response.json())["result"]["id"] == 77
        async with session.get("/botnonsense/getMe") as response:
            assert (response.status, (await response.json())["description"]) == (404, "Not Found")
    await runner.cleanup()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "429", "retry_after": 7}, TelegramRetryAfter),
        ({"kind": "401"}, TelegramUnauthorizedError),
        ({"kind": "500"}, TelegramServerError),
        ({"kind": "page"}, ClientDecodeError),
        ({"kind": "lost"}, TelegramNetworkError),
        ({"kind": "cut", "delay": 0.01}, TelegramNetworkError),
    ],
)
async def test_a_planned_fault_happens_once(
    bot: Bot, script: aiohttp.ClientSession, fault: dict[str, Any], error: type[Exception]
) -> None:
    await script.post("/faults", json=[fault | {"method": "getMe"}])
    await bot.get_webhook_info()
    with pytest.raises(error):
        await bot.get_me()
    assert (await bot.get_me()).username == "work_diary_bot"
    async with script.get("/state") as response:
        assert (await response.json())["struck"] == 1


@pytest.mark.parametrize("plan", [[1], [{}], [{"kind": "flood"}], {}])
async def test_a_plan_that_cannot_be_read_is_refused(
    script: aiohttp.ClientSession, plan: object
) -> None:
    async with script.post("/faults", json=plan) as response:
        assert response.status == 400


async def test_json_too_deep_to_read_is_refused(script: aiohttp.ClientSession) -> None:
    headers = {"Content-Type": "application/json"}
    deep = "[" * 50_000 + "]" * 50_000
    async with script.post(f"/bot{TOKEN}/sendMessage", data=deep, headers=headers) as response:
        assert (response.status, (await response.json())["error_code"]) == (400, 400)


async def test_a_planned_fault_can_be_one_chat_s_alone(
    telegram: Telegram, bot: Bot, script: aiohttp.ClientSession
) -> None:
    telegram.person(1).send("/start")
    telegram.person(2).send("/start")
    await script.post("/faults", json=[{"kind": "500", "chat_id": 2, "times": 9}])
    await bot.send_message(1, "текст")
    with pytest.raises(TelegramServerError):
        await bot.send_message(2, "текст")


@pytest.mark.parametrize(
    "body",
    [
        {"json": {"chat_id": 1, "text": "текст", "reply_markup": None}},
        {"data": {"chat_id": "1", "text": "текст"}},
        {"params": {"chat_id": "1", "text": "текст"}},
    ],
    ids=["json", "form", "query"],
)
async def test_a_call_may_be_json_a_form_or_a_query(
    telegram: Telegram, script: aiohttp.ClientSession, body: dict[str, Any]
) -> None:
    telegram.person(1).send("/start")
    async with script.post(f"/bot{TOKEN}/sendMessage", **body) as response:
        assert (await response.json())["result"]["text"] == "текст"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"chat_id": 1, "text": "\\ud83d"}', "application/json"),
        (b'{"chat_id": 1, "text": "\xff"}', "application/json"),
        (b"chat_id=1&text=%FF%FE", "application/x-www-form-urlencoded"),
        (b"[]", "application/json"),
        (b"{", "application/json"),
    ],
)
async def test_a_broken_body_is_a_bad_request(
    telegram: Telegram, script: aiohttp.ClientSession, body: bytes, kind: str
) -> None:
    telegram.person(1).send("/start")
    headers = {"Content-Type": kind}
    path = f"/bot{TOKEN}/sendMessage"
    async with script.post(path, data=body, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["ok"] is False


async def test_a_wrong_wish_of_a_script_is_explained(script: aiohttp.ClientSession) -> None:
    async with script.post("/person/1/send", json={}) as response:
        assert (response.status, await response.json()) == (400, {"error": "KeyError: 'text'"})
    async with script.post("/person/1/fly", json={}) as response:
        assert response.status == 404


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Host": "[::1"}, {"Origin": "http://evil.example"}],
)
async def test_a_foreign_page_is_turned_away(
    script: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    async with script.post("/person/1/send", json={"text": "x"}, headers=headers) as response:
        assert response.status == 403


async def test_a_taken_port_is_said_in_one_line(
    address: str,
) -> None:
    port = int(address.rsplit(":", 1)[1])
    with pytest.raises(Leave, match=f"port {port} cannot be opened") as left:
        await asyncio.to_thread(run_fake_telegram, port, lambda: datetime(2025, 1, 1, tzinfo=UTC))
    assert left.value.code == UNAVAILABLE


@pytest.mark.parametrize("path", ["/person/1/raw", "/person/1/send", "/person/1", "/faults"])
@pytest.mark.parametrize("body", ["[" * 50_000, "7", '"text"', "{", "[1, 2"])
async def test_what_is_no_wish_is_the_fault_of_who_sent_it(
    script: aiohttp.ClientSession, path: str, body: str
) -> None:
    async with script.post(path, data=body) as response:
        assert response.status == 400
