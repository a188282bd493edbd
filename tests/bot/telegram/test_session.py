"""Calls over real HTTP, against the strict Telegram and against servers that misbehave."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import orjson
import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import web
from aiohttp.web import Request, StreamResponse

from bot.local.refusals import Mishap, too_many_requests
from bot.local.server import serve
from bot.local.telegram import Telegram
from bot.operate.loopback import start
from bot.telegram.session import JsonSession, NotConnected, RawUpdates
from handlers.engine.delivery import notify
from handlers.engine.screen import Screen

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"  # noqa: S105 - made up
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(lambda: NOON)


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    runner, address = await serve(telegram, 0, TOKEN)
    async with Bot(TOKEN, session=JsonSession(address)) as it:
        yield it
    await runner.cleanup()


@asynccontextmanager
async def server(answer: Callable[[Request], Awaitable[StreamResponse]]) -> AsyncIterator[Bot]:
    """Give a bot whose Bot API server answers everything in one way."""
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", answer)
    runner, address = await start(app, 0)
    async with Bot(TOKEN, session=JsonSession(address)) as it:
        yield it
    await runner.cleanup()


async def test_a_screen_goes_out_as_json_and_only_its_ids_are_read(
    bot: Bot, telegram: Telegram
) -> None:
    telegram.person(1).send("/start")
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Дальше", callback_data="a", style="primary")]]
    )
    sent = await bot.send_message(1, "Привет 👩‍🚀", reply_markup=keyboard, parse_mode=None)
    shown = telegram.person(1).screen
    assert sent.message_id == shown.id
    assert sent.chat.id == 1
    assert sent.text is None
    assert shown.button("Дальше")["style"] == "primary"
    edited = await bot.edit_message_text("Другое", chat_id=1, message_id=sent.message_id)
    assert edited is True
    assert await bot.delete_message(1, sent.message_id) is True


async def test_a_default_of_the_bot_is_filled_in_and_an_absent_one_left_out() -> None:
    seen: list[dict[str, object]] = []

    async def answer(request: Request) -> StreamResponse:
        seen.append(orjson.loads(await request.read()))
        return web.json_response({"ok": True, "result": True})

    async with server(answer) as bot:
        bot.default = DefaultBotProperties(protect_content=True)
        await bot.send_chat_action(1, "typing")
        await bot.copy_message(1, 2, 3)
    assert seen[0] == {"chat_id": 1, "action": "typing"}
    assert seen[1] == {"chat_id": 1, "from_chat_id": 2, "message_id": 3, "protect_content": True}


async def test_a_file_goes_out_as_a_form(bot: Bot, telegram: Telegram) -> None:
    telegram.person(1).send("/start")
    file = BufferedInputFile("данные".encode(), "export.json")
    await bot.send_document(1, file, caption="Всё о вас", parse_mode=None)
    assert telegram.person(1).screen.body["document"]["file_name"] == "export.json"
    assert telegram.person(1).screen.body["caption"] == "Всё о вас"


async def test_what_telegram_refuses_raises_what_aiogram_raises(
    bot: Bot, telegram: Telegram
) -> None:
    telegram.person(1).send("/start")
    with pytest.raises(TelegramBadRequest, match="message text is empty"):
        await bot.send_message(1, "")
    async with Bot("123456789:another", session=bot.session) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_an_update_with_half_an_emoji_does_not_hold_up_the_others() -> None:
    async def answer(_request: Request) -> StreamResponse:
        body = '{"ok": true, "result": [{"update_id": 1, "message": {"text": "\\ud83d"}}]}'
        return web.Response(text=body, content_type="application/json")

    async with server(answer) as bot:
        updates = await bot(RawUpdates())
    assert updates == [{"update_id": 1, "message": {"text": "\N{REPLACEMENT CHARACTER}"}}]


async def test_telegram_s_wish_to_wait_is_obeyed_and_the_same_sent_again(
    bot: Bot, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.person(1).send("/start")
    refusals = iter([Mishap(refusal=too_many_requests(7)), Mishap(refusal=too_many_requests(3))])
    telegram.faults = lambda _method, _params: next(refusals, None)
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("bot.telegram.session.asyncio.sleep", sleep)
    await bot.send_message(1, "Привет")
    assert waited == [7, 3]
    assert [message.body["text"] for message in telegram.person(1).messages[1:]] == ["Привет"]


async def _page(_request: Request) -> StreamResponse:
    return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")


async def _redirect(request: Request) -> StreamResponse:
    raise web.HTTPFound(f"http://{request.host}/elsewhere{request.path}")


async def _silent_failure(_request: Request) -> StreamResponse:
    return web.json_response({"ok": False}, status=500)


async def _no_object(_request: Request) -> StreamResponse:
    return web.json_response([1, 2])


async def _cut(request: Request) -> StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    await asyncio.sleep(1)
    raise AssertionError("unreachable")


async def _refused_with_status_200(_request: Request) -> StreamResponse:
    body = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
    return web.json_response(body)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (_page, ClientDecodeError),
        (_redirect, ClientDecodeError),
        (_no_object, ClientDecodeError),
        (_silent_failure, TelegramServerError),
        (_cut, TelegramNetworkError),
        (_refused_with_status_200, TelegramBadRequest),
    ],
)
async def test_a_server_that_misbehaves_raises_an_error_that_does_not_tell_the_token(
    answer: Callable[[Request], Awaitable[StreamResponse]], error: type[AiogramError]
) -> None:
    async with server(answer) as bot:
        with pytest.raises(error) as caught:
            await bot.send_message(1, "Привет")
    told = "".join(traceback.format_exception(caught.value))
    assert TOKEN not in told


async def test_a_notice_is_not_kept_waiting_when_telegram_asks_to_wait(
    bot: Bot, telegram: Telegram
) -> None:
    telegram.person(1).send("/start")
    telegram.faults = lambda _method, _params: Mishap(refusal=too_many_requests(40))
    with pytest.raises(TelegramRetryAfter) as asked:
        await notify(bot, 1, Screen("Пора"), silent=False, within=5)
    assert asked.value.retry_after == 40


async def test_no_server_and_a_slow_one_are_faults_of_the_network() -> None:
    async with Bot(TOKEN, session=JsonSession("http://127.0.0.1:1")) as bot:
        with pytest.raises(NotConnected) as caught:
            await bot.get_me()
        assert TOKEN not in "".join(traceback.format_exception(caught.value))

    async def answer(_request: Request) -> StreamResponse:
        await asyncio.sleep(60)
        raise AssertionError("unreachable")

    async with server(answer) as bot:
        with pytest.raises(TelegramNetworkError, match="too long") as late:
            await bot.get_me(request_timeout=1)
        assert not isinstance(late.value, NotConnected)
