"""The door in process, with a real bot library behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)

from bot.local.person import Origin
from bot.local.refusals import Mishap, too_many_requests
from bot.local.session import LocalSession
from bot.local.telegram import Telegram

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Дальше", callback_data="next", style="primary")]]
)


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates that validates nothing."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int = 0
    timeout: int = 0


@pytest.fixture
def bot(telegram: Telegram) -> Bot:
    return Bot("4242:test", session=LocalSession(telegram))


async def answer(message: Message) -> None:
    await message.answer(f"Вы написали: {message.text}", reply_markup=KEYBOARD)


async def go_on(query: CallbackQuery) -> None:
    await query.answer("Записал")
    if isinstance(query.message, Message):
        await query.message.edit_text("Готово")


@pytest.fixture
async def running(bot: Bot) -> AsyncIterator[None]:
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.message.register(answer)
    dispatcher.callback_query.register(go_on)

    async def poll() -> None:
        offset = 0
        while True:
            for update in await bot(RawUpdates(offset=offset, timeout=30)):
                await dispatcher.feed_raw_update(bot, update)
                offset = update["update_id"] + 1

    task = asyncio.create_task(poll())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.mark.usefixtures("running")
async def test_a_text_is_answered_and_a_tap_edits_the_answer_in_place(telegram: Telegram) -> None:
    me = telegram.person(1)
    me.send("/start")
    await telegram.settled()
    screen = me.screen
    assert screen.text == "Вы написали: /start"
    assert screen.labels == [["Дальше"]]

    me.tap("Дальше")
    await telegram.settled()
    assert me.screen.id == screen.id
    assert (me.screen.text, me.screen.labels) == ("Готово", [])
    assert [toast.text for toast in me.toasts] == ["Записал"]
    assert not telegram.unanswered
    assert not telegram.refusals


@pytest.mark.usefixtures("running")
async def test_two_persons_see_their_own_chat_only(telegram: Telegram) -> None:
    telegram.person(1).send("раз")
    telegram.person(2, "Ольга").send("два")
    await telegram.settled()
    assert telegram.person(1).screen.text == "Вы написали: раз"
    assert telegram.person(2).screen.text == "Вы написали: два"


async def test_a_refusal_raises_what_the_network_would_raise(telegram: Telegram, bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(1, "текст")
    me = telegram.person(1)
    me.send("/start")
    me.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(1, "текст")


async def test_a_fault_raises_what_the_network_would_raise(telegram: Telegram, bot: Bot) -> None:
    me = telegram.person(1)
    me.send("/start")
    telegram.faults = lambda _method, _params: Mishap(refusal=too_many_requests(7))
    with pytest.raises(TelegramRetryAfter) as wait:
        await bot.send_message(1, "текст")
    assert wait.value.retry_after == 7
    telegram.faults = lambda _method, _params: Mishap(page=True)
    with pytest.raises(ClientDecodeError):
        await bot.send_message(1, "текст")
    telegram.faults = lambda _method, _params: Mishap(cut=True)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(1, "дошло")
    assert [message.text for message in me.messages] == ["/start", "дошло"]


async def test_a_file_arrives_and_can_be_fetched(telegram: Telegram, bot: Bot) -> None:
    me = telegram.person(1)
    me.send("/start")
    sent = await bot.send_document(1, BufferedInputFile(b"{}", "data.json"), caption="Выгрузка")
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("data.json", "Выгрузка")
    fetched = await bot.download(sent.document)
    assert fetched is not None
    assert fetched.read() == b"{}"


async def test_every_kind_of_update_is_one_the_library_reads(telegram: Telegram, bot: Bot) -> None:
    me = telegram.person(1)
    own = me.send("привет")
    telegram.post(me.chat, telegram.bot, {"text": "экран"})
    screen = me.screen
    me.edit(own, "пока")
    me.forward("Сделайте скидку", Origin("Олег", telegram.clock(), user_id=9))
    me.forward("Сделайте скидку", Origin("Олег", telegram.clock()))
    me.forward_voice(Origin("Олег", telegram.clock()))
    me.forward_own(screen)
    me.send_location(56.84, 60.61)
    me.send_contact("Ольга")
    me.send_sticker()
    me.send_voice()
    me.send_photo("подпись")
    me.send_album()
    me.send_gif()
    me.send_poll()
    me.tap(on=screen, data="чужое")
    me.delete(screen)
    me.tap(on=screen, data="старое")
    me.block()
    me.unblock()
    group = telegram.group(-100)
    group.add_bot(by=me)
    me.send("в группе", to=group)
    channel = telegram.channel(-200)
    channel.add_bot(by=me)
    channel.post("новость")

    raw = await bot(RawUpdates())
    updates = [Update.model_validate(update) for update in raw]
    assert [update.event_type for update in updates] == (
        ["message", "edited_message"]
        + ["message"] * 13
        + ["callback_query"] * 2
        + ["my_chat_member"] * 3
        + ["message", "my_chat_member", "channel_post"]
    )
    taps = [update.callback_query for update in updates if update.callback_query]
    assert isinstance(taps[0].message, Message)
    assert isinstance(taps[1].message, InaccessibleMessage)
