"""Discreet mode: what a locked screen or a list of chats shows says nothing of anybody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from bot.local.chats import Message
from bot.local.person import Origin
from handlers.letters.buttons import LetterFile
from handlers.reminders.buttons import CalendarFile
from handlers.reports.buttons import OpenReport, ReportFile, ReportPart
from tests.conversations import grammar
from tests.conversations import test_every_button as screens
from tests.conversations.stage import Stage, plain
from tests.known import KNOWLEDGE

SHOWN = 60
"""Characters of a message that a list of chats shows."""
CLIENTS = ("Ольга", "Пётр", "Издательство", "Клиент с довольно")
WORDS = KNOWLEDGE.words("ru")
NAMED = {
    *CLIENTS,
    *(each.name for each in WORDS.verdicts.values()),
    *(each.name for each in WORDS.signs.values()),
    *(each.short for each in WORDS.signs.values()),
    *(each.name for each in WORDS.types.values()),
}
"""What nobody may read over a shoulder."""
COVER = "Рабочий дневник · личные записи"


def given_away(text: str) -> set[str]:
    """Return what a text tells of clients and judgements."""
    said = text.casefold()
    return {each for each in NAMED if each.casefold() in said}


async def discreet(stage: Stage) -> None:
    """Switch it on."""
    await stage.say("/settings")
    await stage.tap("Скрытно: нет")


def look(stage: Stage) -> dict[str, set[str]]:
    """Watch every message that is sent or edited from now on; return what gives something away."""
    found: dict[str, set[str]] = {}

    def watch(message: Message) -> None:
        told = given_away(message.text[:SHOWN])
        if message.from_bot and told and not grammar.is_letter(message):
            found[plain(message.text)] = told

    chat = stage.me.chat
    stage.telegram.watch(
        lambda event: (
            watch(chat.messages[event.content["message_id"]])
            if event.kind in {"message", "edited"}
            else None
        )
    )
    return found


@pytest.mark.parametrize(
    "state",
    [screens.after_two_verdicts, screens.with_facts, screens.with_reminders],
    ids=lambda state: state.__name__,
)
async def test_the_first_sixty_characters_of_every_screen_say_nothing(
    stage: Stage, state: Callable[[Stage], Awaitable[None]]
) -> None:
    await discreet(stage)
    found = look(stage)
    await state(stage)
    # The crawl must not switch it off.
    crawler = screens.Crawler(stage, leaving=("sd:0",))
    await crawler.crawl()
    assert found == {}
    assert crawler.found == []


async def test_the_watch_sees_what_is_not_covered(stage: Stage) -> None:
    found = look(stage)
    await stage.client("Ольга")
    assert "Ольга" in found[stage.text]


async def test_it_flips_in_place_and_says_so(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.tap("Скрытно: нет")
    assert stage.toast == "Теперь без имён на виду"
    assert stage.header == COVER
    assert len(stage.text.split("\n\n", 1)[0]) >= SHOWN
    await stage.tap("Скрытно: да")
    assert stage.header != COVER


# Invariant I12.
async def test_a_ringing_digest_names_nobody_but_its_buttons_do(stage: Stage) -> None:
    await stage.say("/start")
    await stage.press("sz:Europe/Moscow")
    await stage.client("Ольга")
    await stage.press("iy:1:4")
    await stage.press("sd:1")
    stage.clock.moment = datetime(2026, 11, 27, 6, 0, 20, tzinfo=UTC)
    await stage.reminded()
    assert not stage.me.screen.silent
    assert stage.text == "Пятница, 27 ноября · отчёты: 1\n\nПодробности — по кнопкам ниже."
    assert stage.labels[0] == "Ольга"


@pytest.mark.parametrize("replies", [1, 2])
async def test_a_ringing_morning_names_nobody(stage: Stage, replies: int) -> None:
    await stage.client("Ольга")
    await stage.press("sd:1")
    for number in range(1, replies + 1):
        stage.me.forward("Ты бездарь и хам", Origin("Ольга", stage.clock.now(), user_id=7))
        await stage.settled()
        await stage.press(f"g:{number}")
        stage.clock.move(minutes=5)
    stage.clock.moment = datetime(2026, 11, 22, 6, 0, 20, tzinfo=UTC)
    await stage.reminded()
    assert not stage.me.screen.silent
    assert stage.header.startswith("Доброе утро · ")
    assert given_away(stage.text) == set()
    if replies == 1:
        await stage.tap("Открыть запись")
        assert stage.header == COVER
        assert "Ольга · отложенный ответ" in stage.text


async def test_a_letter_stays_a_letter(stage: Stage) -> None:
    await discreet(stage)
    await screens.in_a_draft(stage)
    assert COVER not in stage.text


async def test_it_says_what_it_does_not_cover(stage: Stage) -> None:
    await discreet(stage)
    assert "тексты писем и отчётов показываю как есть" in stage.text.casefold()


NICKNAME = "Ольга Жадная"
MOST_QUESTIONS = 20


async def papers(stage: Stage) -> list[str]:
    """Have every paper made about a client; return names of files and first lines of texts."""
    await stage.client(NICKNAME)
    await stage.press("wn:1:limits")
    for _ in range(MOST_QUESTIONS):
        if "Позже" not in stage.labels:
            break
        if "О чём договориться" in stage.text:
            await stage.tap("О часах связи и цене")
        elif "поздороваться" in stage.text:
            await stage.say("Ольга Жадная")
        elif "Назвать в письмах" in stage.text:
            await stage.say("каталог Ольги")
        elif "С какого дня" in stage.text:
            await stage.say("с понедельника")
        else:
            await stage.say("по будням с 10 до 19")
    for form in ("pdf", "eml", "txt"):
        await stage.press(LetterFile(letter=1, form=form))
    await stage.press(OpenReport(client=1))
    await stage.press(ReportPart(report=1, part="goal", page=0))
    await stage.say("сдать каталог")
    await stage.press(ReportFile(report=1))
    await stage.press(CalendarFile(client=0))
    sent = [each for each in stage.from_bot if "document" in each.body]
    assert len(sent) >= 4
    return [f"{each.body['document']['file_name']} {each.body.get('caption', '')}" for each in sent]


async def test_no_file_names_anybody(stage: Stage) -> None:
    await discreet(stage)
    told = await papers(stage)
    assert [
        each for each in told if "ольг" in each.casefold() or "каталог" in each.casefold()
    ] == []


async def test_without_it_a_file_is_called_as_its_letter(stage: Stage) -> None:
    told = await papers(stage)
    assert [each for each in told if "«Каталог Ольги»" in each], "or nothing was covered"
