"""What a letter may not tell, and what is remembered once it went out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.local.person import Origin
from content.values.weeks import Rhythm
from handlers.clients.buttons import ClientCard
from handlers.letters.buttons import FinishLetter, LetterFile, MarkSent, ShowDone, StartLetter
from storage.records import ClientNumber
from tests.conversations.stage import EVENING, Stage, plain
from tests.conversations.test_letters import FACT, farewell, fill, letter

NICKNAME = "Жмот с дизайном (не брать трубку)"


async def test_the_name_on_the_card_never_goes_to_the_client_unasked(stage: Stage) -> None:
    await stage.client(NICKNAME)
    await stage.press(StartLetter(client=1, kind="limits"))
    await fill(stage)
    assert "Жмот" not in stage.text
    assert "Тема: Порядок работы" in stage.labels
    await stage.press(FinishLetter(letter=1))
    await stage.press(LetterFile(letter=1, form="eml"))
    names = [
        each.body["document"]["file_name"] for each in stage.from_bot if "document" in each.body
    ]
    assert names == ["Порядок работы.eml"]


async def test_how_a_client_is_named_is_asked_once_and_kept(stage: Stage) -> None:
    await stage.client(NICKNAME)
    await stage.press(StartLetter(client=1, kind="limits"))
    await fill(stage, **{"поздороваться": "анна", "Назвать в письмах": "каталог"})
    assert stage.text.startswith("Добрый день, Анна!")
    assert any(each.startswith("Тема: Порядок работы по") for each in stage.labels)
    await stage.press(StartLetter(client=1, kind="agreement"))
    asked = await fill(stage)
    assert asked.startswith("Добрый день, Анна!")


async def test_a_letter_that_has_waited_bears_todays_date_and_its_past_day_is_told(
    stage: Stage,
) -> None:
    await farewell(stage)
    stage.clock.move(days=30)
    await stage.press(FinishLetter(letter=1))
    assert "День" in stage.text or "день" in stage.text
    assert stage.header.startswith("Проверка")
    await stage.tap("Оставить как есть")
    await stage.press(FinishLetter(letter=1))
    assert "21 ноября" not in stage.text
    assert "21 декабря" in stage.text


async def test_a_farewell_is_on_the_card_until_its_last_day_is_dealt_with(stage: Stage) -> None:
    await farewell(stage, **{"Последний рабочий день": "4 декабря"})
    await stage.press(FinishLetter(letter=1))
    await stage.press(MarkSent(letter=1))
    assert "Последний рабочий день — 4 декабря" in stage.text
    assert "Передача дел" in stage.labels
    assert "4 декабря" in await stage.press(ClientCard(client=1))
    await stage.press(StartLetter(client=1, kind="reply_silence"))
    assert "Какого числа ушло" not in stage.text, "the day it was sent is known"
    stage.clock.move(days=14)
    await stage.press(ClientCard(client=1))
    await stage.tap("Прощание")
    assert "В архив" in stage.labels
    await stage.tap("Всё закончено")
    assert "В архив" not in stage.labels


async def test_reports_end_with_the_last_day_and_no_list_calls_a_past_day_today(
    stage: Stage,
) -> None:
    await farewell(stage, **{"Последний рабочий день": "4 декабря"})
    rhythm = Rhythm(ClientNumber(1), 4, date(2026, 11, 20))
    await stage.read(lambda owned: owned.reminders.set_rhythm(rhythm))
    await stage.press(FinishLetter(letter=1))
    await stage.press(MarkSent(letter=1))
    assert "Отчёт по пятницам" in await stage.press(ClientCard(client=1))
    stage.clock.moment = datetime(2026, 12, 5, 6, 30, tzinfo=UTC)
    said = await stage.reminded()
    assert "последний рабочий день: 4 декабря. Всё передано?" in said
    assert "отчёт" not in said.lower()
    assert "Отчёт по пятницам" not in await stage.press(ClientCard(client=1))


async def test_the_answer_to_a_last_effort_is_asked_for_on_its_day(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="last_effort"))
    await stage.tap("Позже")
    await stage.say(FACT)
    await fill(stage)
    await stage.press(FinishLetter(letter=1))
    await stage.press(MarkSent(letter=1))
    assert "Ответ ждёте до" in stage.text
    stage.clock.move(days=20)
    await stage.press(ShowDone(letter=1, piece=0))
    await stage.press(ClientCard(client=1))
    assert "Что вышло?" in stage.text


@pytest.mark.parametrize("kind", ["agreement", "stage_plan", "brief", "reply_discount"])
async def test_whatever_asks_for_an_answer_is_asked_about_on_its_day(
    stage: Stage, kind: str
) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind=kind))
    await fill(stage, **{"До какого дня ждать": "26 ноября"})
    await stage.press(FinishLetter(letter=1))
    await stage.press(MarkSent(letter=1))
    assert "Ответ ждёте до 26 ноября" in stage.text
    stage.clock.moment = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
    assert "ответили на последнее письмо?" in await stage.reminded()
    await stage.press(ClientCard(client=1))
    await stage.tap("Что ответили")
    assert {"Ответили", "Молчат"} <= {*stage.labels}


async def test_a_proposed_day_is_named_on_its_button_and_taken_as_it_says(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="reply_begging"))
    assert "Через неделю, 30 ноября" in stage.labels, "the 28th is a Saturday"
    stage.clock.move(days=2)
    await stage.tap("Через неделю, 30 ноября")
    assert (await letter(stage)).filled["last_day"] == "2026-11-30"


async def test_a_day_that_is_over_is_not_taken_for_one_to_come(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="reply_begging"))
    await stage.say("3 ноября")
    assert "уже прошло" in stage.text


async def test_the_subject_is_shown_whole_where_it_can_be_changed(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="limits"))
    await fill(stage, **{"Назвать в письмах": "каталог весенней коллекции и рассылки"})
    label = next(each for each in stage.labels if each.startswith("Тема:"))
    assert label == "Тема: Порядок работы по…"
    await stage.tap("Изменить")
    assert "Тема: Порядок работы по проекту «Каталог весенней коллекции и рассылки»" in stage.text


async def test_a_finished_letter_stays_to_be_copied_whatever_comes_below(stage: Stage) -> None:
    text = await farewell(stage)
    draft = stage.me.screen
    await stage.say("/clients")
    assert draft.deleted, "what is not finished is opened again from the client"
    await stage.press(FinishLetter(letter=1))
    finished = stage.me.screen
    stage.me.forward("Где макет?", Origin("Ольга", EVENING, 77))
    await stage.settled()
    assert plain(finished.text) == text
    await stage.press(MarkSent(letter=1), on=finished)
    assert plain(finished.text).startswith("Прощание · отправлено")
