"""The only place that speaks to Telegram, and what it does with a no."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from bot.local.refusals import Mishap, bad_request
from bot.local.session import local_bot
from bot.local.telegram import Telegram
from handlers.engine import delivery
from handlers.engine.screen import Paper, Picture, Screen, button

SCREEN = Screen("Студия «Вектор»", body=("Разборов пока нет.",), rows=((button("Домой", "h"),),))
OTHER = Screen("Ольга", rows=((button("Домой", "h"),),))


class Hand:
    """A clock that stands still until it is turned."""

    now = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def telegram(clock: Hand) -> Telegram:
    telegram = Telegram(clock)
    telegram.person(1).send("/start")
    return telegram


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with local_bot(telegram) as bot:
        yield bot


def refuse(telegram: Telegram, method: str, why: str) -> None:
    def fault(called: str, _params: Mapping[str, Any]) -> Mishap | None:
        return Mishap(refusal=bad_request(why)) if called.lower() == method else None

    telegram.faults = fault


async def test_a_screen_is_sent_without_a_sound(bot: Bot, telegram: Telegram) -> None:
    number = await delivery.send(bot, 1, SCREEN)
    message = telegram.person(1).screen
    assert (message.id, message.silent) == (number, True)
    assert message.text == "Студия «Вектор»\n\nРазборов пока нет."
    assert message.labels == [["Домой"]]


async def test_a_screen_is_edited_in_place(bot: Bot, telegram: Telegram) -> None:
    number = await delivery.send(bot, 1, SCREEN)
    assert await delivery.edit(bot, 1, number, OTHER)
    assert telegram.person(1).screen.text == "Ольга"


async def test_nothing_that_is_sent_shows_a_preview_of_a_page(bot: Bot, telegram: Telegram) -> None:
    number = await delivery.send(bot, 1, SCREEN)
    await delivery.edit(bot, 1, number, OTHER)
    await delivery.notify(bot, 1, SCREEN, silent=True, within=5)
    await delivery.hand_over(bot, 1, Paper("https://example.org"))
    await delivery.leave(bot, 1, "https://example.org")
    sent = [each for each in telegram.journal if each.method.startswith(("send", "edit"))]
    assert len(sent) == 5
    assert {each.params["link_preview_options"]["is_disabled"] for each in sent} == {True}


async def test_the_same_screen_again_is_fine(bot: Bot) -> None:
    number = await delivery.send(bot, 1, SCREEN)
    assert await delivery.edit(bot, 1, number, SCREEN)


async def test_a_message_that_is_gone_cannot_show_a_screen(bot: Bot, telegram: Telegram) -> None:
    number = await delivery.send(bot, 1, SCREEN)
    telegram.person(1).delete(telegram.person(1).screen)
    assert not await delivery.edit(bot, 1, number, OTHER)


async def test_a_forgotten_message_cannot_show_a_screen(bot: Bot, telegram: Telegram) -> None:
    number = await delivery.send(bot, 1, SCREEN)
    telegram.person(1).screen.forgotten = True
    assert not await delivery.edit(bot, 1, number, OTHER)


async def test_a_file_cannot_show_a_screen(bot: Bot, telegram: Telegram) -> None:
    await delivery.hand_over(bot, 1, Paper("Чтобы прочитать", b"text", "data.txt"))
    assert not await delivery.edit(bot, 1, telegram.person(1).screen.id, SCREEN)


async def test_a_refusal_that_is_our_fault_goes_up(bot: Bot, telegram: Telegram) -> None:
    number = await delivery.send(bot, 1, SCREEN)
    refuse(telegram, "editmessagetext", "BUTTON_DATA_INVALID")
    with pytest.raises(TelegramBadRequest):
        await delivery.edit(bot, 1, number, OTHER)
    refuse(telegram, "answercallbackquery", "MESSAGE_TOO_LONG")
    with pytest.raises(TelegramBadRequest):
        await delivery.answer(bot, "1", "Записал")
    refuse(telegram, "deletemessage", "CHAT_ADMIN_REQUIRED")
    with pytest.raises(TelegramBadRequest):
        await delivery.withdraw(bot, 1, number, "Продолжено ниже")


async def test_a_tap_is_answered_with_its_toast(bot: Bot, telegram: Telegram) -> None:
    await delivery.send(bot, 1, SCREEN)
    for toast in ("Записал: часто", ""):
        tap = telegram.person(1).tap("Домой")
        await delivery.answer(bot, tap, toast)
        assert telegram.taps[tap].answered
    assert [each.text for each in telegram.person(1).toasts] == ["Записал: часто"]


async def test_a_tap_that_is_too_old_needs_no_answer(
    bot: Bot, telegram: Telegram, clock: Hand
) -> None:
    await delivery.send(bot, 1, SCREEN)
    tap = telegram.person(1).tap("Домой")
    clock.now += timedelta(minutes=5)
    await delivery.answer(bot, tap, "Записал: часто")
    assert telegram.person(1).toasts == []


async def test_a_former_screen_is_deleted(bot: Bot, telegram: Telegram) -> None:
    number = await delivery.send(bot, 1, SCREEN)
    await delivery.withdraw(bot, 1, number, "Продолжено ниже")
    assert all(message.id != number for message in telegram.person(1).messages)


async def test_a_former_screen_older_than_48_hours_becomes_one_line(
    bot: Bot, telegram: Telegram, clock: Hand
) -> None:
    number = await delivery.send(bot, 1, SCREEN)
    clock.now += timedelta(hours=49)
    await delivery.withdraw(bot, 1, number, "Продолжено ниже")
    message = telegram.person(1).chat.messages[number]
    assert (message.text, message.keyboard) == ("Продолжено ниже", [])


async def test_a_former_screen_that_is_gone_is_left_alone(bot: Bot, telegram: Telegram) -> None:
    number = await delivery.send(bot, 1, SCREEN)
    telegram.person(1).delete(telegram.person(1).screen)
    await delivery.withdraw(bot, 1, number, "Продолжено ниже")
    assert not any(message.from_bot for message in telegram.person(1).messages)


async def test_a_paper_is_nothing_but_its_text(bot: Bot, telegram: Telegram) -> None:
    await delivery.hand_over(bot, 1, Paper("Нужен взгляд со стороны. <b>{name}</b>"))
    message = telegram.person(1).screen
    assert message.text == "Нужен взгляд со стороны. <b>{name}</b>"
    assert (message.entities, message.keyboard, message.silent) == ([], [], True)


async def test_a_file_arrives_whole_under_its_name(bot: Bot, telegram: Telegram) -> None:
    await delivery.hand_over(bot, 1, Paper("", "Ольга — всё".encode(), "moi-dannye.txt"))
    document = telegram.person(1).screen.body["document"]
    assert document["file_name"] == "moi-dannye.txt"
    assert telegram.files[document["file_id"]].data.decode() == "Ольга — всё"


async def test_a_group_that_has_thrown_the_coach_out_is_left_in_peace(
    bot: Bot, telegram: Telegram
) -> None:
    group = telegram.group(-5)
    group.chat.closed = "bot was kicked from the supergroup chat"
    await delivery.leave(bot, -5, "Я работаю только в личной переписке")
    assert group.chat.visible == []


def picture(draw: Callable[[], bytes], file_id: str = "") -> Paper:
    return Paper("Ольга", picture=Picture(draw, "scale:1", 1, "look", file_id))


async def test_a_picture_is_drawn_once_and_then_sent_by_its_id(
    bot: Bot, telegram: Telegram
) -> None:
    file_id = await delivery.hand_over(bot, 1, picture(lambda: b"png"))
    assert file_id is not None
    assert telegram.files[file_id].data == b"png"

    def never() -> bytes:
        raise AssertionError("drawn again")

    assert await delivery.hand_over(bot, 1, picture(never, file_id)) is None
    sent = [each for each in telegram.person(1).messages if "photo" in each.body]
    assert [each.text for each in sent] == ["Ольга", "Ольга"]


async def test_a_picture_that_telegram_has_forgotten_is_drawn(bot: Bot, telegram: Telegram) -> None:
    file_id = await delivery.hand_over(bot, 1, picture(lambda: b"png", "FILE-gone"))
    assert file_id in telegram.files


async def test_another_refusal_of_a_picture_goes_up(bot: Bot, telegram: Telegram) -> None:
    refuse(telegram, "sendphoto", "CHAT_SEND_PHOTOS_FORBIDDEN")
    with pytest.raises(TelegramBadRequest):
        await delivery.hand_over(bot, 1, picture(lambda: b"png", "FILE-gone"))


@pytest.mark.parametrize("action", ["upload_photo", "upload_document"])
async def test_what_takes_long_shows_that_it_is_being_made(
    bot: Bot, telegram: Telegram, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    shown = threading.Event()

    def fault(called: str, _params: Mapping[str, Any]) -> None:
        if called == "sendChatAction":
            shown.set()

    def slow() -> bytes:
        assert shown.wait(10)
        return b"made"

    monkeypatch.setattr(delivery, "MOMENT", 0.001)
    telegram.faults = fault
    paper = picture(slow) if action == "upload_photo" else Paper("", slow, "letter.pdf")
    await delivery.hand_over(bot, 1, paper)
    assert telegram.person(1).chat.actions[0] == action


async def test_what_is_made_at_once_shows_nothing_of_it(bot: Bot, telegram: Telegram) -> None:
    await delivery.hand_over(bot, 1, picture(lambda: b"png"))
    assert telegram.person(1).chat.actions == []


async def test_what_becomes_of_the_sign_that_it_is_being_made_sends_no_picture_again(
    bot: Bot, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    mishaps = {"sendPhoto": Mishap(delay=0.2), "sendChatAction": Mishap(page=True)}
    monkeypatch.setattr(delivery, "MOMENT", 0.001)
    telegram.faults = lambda called, _params: mishaps.get(called)
    assert await delivery.hand_over(bot, 1, picture(lambda: b"png"))
