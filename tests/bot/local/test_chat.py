"""The local chat as the browser gets it over HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.local.chat import PAGE, start_chat
from bot.local.clock_control import ClockControl
from bot.local.telegram import Telegram
from bot.operate.clock import MovableClock, SystemClock


@pytest.fixture
async def browser(telegram: Telegram) -> AsyncIterator[aiohttp.ClientSession]:
    runner, address = await start_chat(telegram)
    async with aiohttp.ClientSession(address) as session:
        yield session
    await runner.cleanup()


async def event(stream: aiohttp.ClientResponse) -> tuple[str, Any]:
    kind = (await stream.content.readline()).decode().removeprefix("event: ").strip()
    data = (await stream.content.readline()).decode().removeprefix("data: ")
    await stream.content.readline()
    return kind, json.loads(data)


async def test_the_page_and_all_it_names_come_from_here(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/") as response:
        page = await response.text()
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert '<html lang="ru">' in page
    for name in (
        "chat.css",
        "chat.js",
        "text.js",
        "bubble.js",
        "attach.js",
        "words.js",
        "icon.svg",
    ):
        async with browser.get(f"/page/{name}") as response:
            assert response.status == 200
            assert "http://" not in (await response.text()).replace("http://www.w3.org/", "")
    for name in ("secret.txt", "..%2Fchat.py"):
        async with browser.get(f"/page/{name}") as response:
            assert response.status == 404


async def test_a_second_chat_takes_the_next_free_port(
    telegram: Telegram, browser: aiohttp.ClientSession
) -> None:
    async with browser.get("/") as response:
        taken = response.url.port
    assert taken is not None
    runner, address = await start_chat(telegram, taken)
    await runner.cleanup()
    assert int(address.rsplit(":", 1)[1]) > taken


async def test_the_page_hears_everything_of_its_own_person(
    telegram: Telegram, browser: aiohttp.ClientSession
) -> None:
    telegram.person(1).send("до того")
    async with browser.get("/events?user=1") as stream:
        kind, snapshot = await event(stream)
        assert kind == "snapshot"
        assert [message["text"] for message in snapshot["messages"]] == ["до того"]

        telegram.person(2).send("чужое")
        commands = [{"command": "help", "description": "Помощь"}]
        await telegram.call("setMyCommands", {"commands": commands})
        kind, profile = await event(stream)
        assert (kind, profile["commands"]) == ("profile", commands)

        markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
        message = {"chat_id": 1, "text": "вопрос", "reply_markup": markup}
        await telegram.call("sendMessage", message)
        kind, sent = await event(stream)
        assert (kind, sent["text"]) == ("message", "вопрос")

        wish = {"message_id": sent["message_id"], "row": 0, "column": 0}
        async with browser.post("/act/1/tap", json=wish) as response:
            tap = (await response.json())["callback_query_id"]
        await telegram.call("answerCallbackQuery", {"callback_query_id": tap, "text": "Записал"})
        assert await event(stream) == (
            "toast",
            {"callback_query_id": tap, "text": "Записал", "alert": False},
        )
        edit = {"chat_id": 1, "message_id": sent["message_id"], "text": "готово"}
        await telegram.call("editMessageText", edit)
        kind, edited = await event(stream)
        assert (kind, edited["text"]) == ("edited", "готово")
        await telegram.call("deleteMessage", edit)
        assert await event(stream) == ("deleted", {"message_id": sent["message_id"]})
        telegram.person(1).block()
        assert await event(stream) == ("blocked", {"blocked": True})


async def test_a_file_is_saved_and_only_a_picture_is_shown(
    telegram: Telegram, browser: aiohttp.ClientSession
) -> None:
    me = telegram.person(1)
    picture = me.send_photo().body["photo"][0]["file_id"]
    async with browser.get(f"/files/{picture}") as response:
        assert response.headers["Content-Disposition"].startswith("inline")
        assert response.content_type == "image/png"
    wish = {"name": "п.html", "content": "PGI+"}
    async with browser.post("/act/1/document", json=wish) as response:
        assert response.status == 200
    document = me.messages[-1].body["document"]["file_id"]
    async with browser.get(f"/files/{document}") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert await response.read() == b"<b>"
    async with browser.get("/files/FILE0") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("act", "wish", "kind"),
    [
        ("send", {"text": "текст"}, "text"),
        ("forward", {"name": "Олег", "text": "правки", "date": 1763700000}, "forward_origin"),
        ("forward", {"name": "Олег", "duration": 42}, "voice"),
        ("location", {"latitude": 56.84, "longitude": 60.61}, "location"),
        ("contact", {"name": "Ольга"}, "contact"),
        ("sticker", {}, "sticker"),
        ("voice", {}, "voice"),
        ("photo", {"caption": "подпись"}, "photo"),
        ("album", {}, "media_group_id"),
        ("gif", {}, "animation"),
        ("poll", {}, "poll"),
    ],
)
async def test_whatever_the_page_sends_reaches_the_bot(
    telegram: Telegram,
    browser: aiohttp.ClientSession,
    act: str,
    wish: dict[str, Any],
    kind: str,
) -> None:
    async with browser.post(f"/act/1/{act}", json=wish) as response:
        assert response.status == 200
    update = (await telegram.call("getUpdates", {}))[-1]
    assert kind in update["message"]


async def test_commands_and_texts_come_in_the_language_of_the_person(
    telegram: Telegram, browser: aiohttp.ClientSession
) -> None:
    russian = [{"command": "help", "description": "Помощь"}]
    english = [{"command": "help", "description": "Help"}]
    await telegram.call("setMyCommands", {"commands": english})
    await telegram.call("setMyCommands", {"commands": russian, "language_code": "ru"})
    await telegram.call("setMyName", {"name": "Work diary"})
    await telegram.call("setMyName", {"name": "Дневник", "language_code": "ru"})
    telegram.person(2, "Ann", language_code="en")
    for user, commands, name in ((1, russian, "Дневник"), (2, english, "Work diary")):
        async with browser.get(f"/events?user={user}") as stream:
            _, snapshot = await event(stream)
        assert (snapshot["commands"], snapshot["bot"]["name"]) == (commands, name)


@pytest.mark.parametrize("user", ["0", "x", "-1", "1" * 11, "²"])
async def test_a_strange_user_is_refused(browser: aiohttp.ClientSession, user: str) -> None:
    async with browser.get("/events", params={"user": user}) as response:
        assert response.status == 400


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Host": "[::1"}, {"Origin": "http://evil.example"}],
)
async def test_a_foreign_page_cannot_act(
    browser: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    async with browser.post("/act/1/send", json={"text": "x"}, headers=headers) as response:
        assert response.status == 403


async def test_the_clock_is_moved_for_every_page_and_told(telegram: Telegram) -> None:
    movable = MovableClock(SystemClock())
    first = movable.now() + timedelta(days=3)

    async def next_reminder() -> datetime | None:
        return first if movable.now() < first else None

    telegram.clock = movable.now
    control = ClockControl(movable, next_reminder)
    runner, address = await start_chat(telegram, control=control)
    try:
        async with (
            aiohttp.ClientSession(address) as session,
            session.get("/events", params={"user": "1"}) as stream,
        ):
            _, snapshot = await event(stream)
            assert snapshot["movable"]
            moves = ({"by": 86400}, 86400), ({"to": "next"}, 2 * 86400), ({"to": "next"}, 0)
            for wish, expected in moves:
                before = movable.now()
                async with session.post("/clock", json=wish) as response:
                    moved = (await response.json())["moved"]
                kind, told = await event(stream)
                assert kind == "clock"
                assert told["now"] >= (before + timedelta(seconds=moved)).timestamp()
                assert moved == pytest.approx(expected, abs=5)
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("wish", ['{"by": -1}', '{"by": "NaN"}', '{"by": 1e12}', "{}", "x", "[]"])
async def test_a_clock_is_not_moved_by_nonsense(telegram: Telegram, wish: str) -> None:
    movable = MovableClock(SystemClock())
    control = ClockControl(movable, _never)
    runner, address = await start_chat(telegram, control=control)
    try:
        async with (
            aiohttp.ClientSession(address) as session,
            session.post("/clock", data=wish) as response,
        ):
            assert response.status == 400
    finally:
        await runner.cleanup()
    assert movable.now() - SystemClock().now() < timedelta(seconds=1)


async def _never() -> None:
    return None


def test_all_that_the_page_says_is_told_in_the_language_of_the_phone() -> None:
    for script in PAGE.iterdir():
        if script.name.endswith(".js") and script.name != "words.js":
            said = re.sub(r"(?m)^\s*//.*|^ +\[\".*\d\],$", "", script.read_text(encoding="utf-8"))
            assert re.findall(r"(?i)(?<!\bt\()[\"`'][^\"`'\n]*[а-яё]", said) == []
