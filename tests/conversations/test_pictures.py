"""Pictures beside the text: sent once, found again by Telegram's id, gone with their client."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.local.chats import Message
from content.verdict import RULE
from handlers.account.buttons import EraseNow, SetDark, SetDiscreet
from handlers.assessment.buttons import History
from handlers.clients.buttons import DeleteClientNow
from handlers.due.agenda import PROBATION
from handlers.pictures.buttons import DrawPortfolio, DrawProfile, DrawScale, DrawTrend
from storage.records import Answer, ClientNumber, Depth, Promise, PromiseNumber
from storage.rows.memory import Owned
from tests.conversations.stage import EVENING, Stage, plain

SCALE = DrawScale(assessment=1)


def photos(stage: Stage) -> list[Message]:
    return [each for each in stage.from_bot if "photo" in each.body]


def drawn(stage: Stage) -> int:
    """Count the pictures that were sent as files, not by an id."""
    sent = [each for each in stage.telegram.journal if each.method == "sendPhoto"]
    return sum(not str(each.params["photo"]).startswith("FILE") for each in sent)


async def judged(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="often", scope_creep="always")


async def test_the_picture_stands_above_the_verdict_and_tells_the_same(stage: Stage) -> None:
    await judged(stage)
    verdict = stage.text
    await stage.tap("Ещё…")
    assert await stage.tap("Картинкой") == verdict
    (photo,) = photos(stage)
    assert photo.id < stage.me.screen.id
    assert photo.keyboard == []
    assert "Ольга · вывод 21 ноября" in plain(photo.text)
    assert f"«{verdict.splitlines()[2]}»" in plain(photo.text)
    (size,) = photo.body["photo"]
    assert size["width"] == 780


async def test_what_has_not_changed_is_not_drawn_again(stage: Stage) -> None:
    await judged(stage)
    await stage.press(SCALE)
    await stage.press(SCALE)
    assert (len(photos(stage)), drawn(stage)) == (2, 1)
    await stage.press(SetDark(dark=1))
    await stage.press(SCALE)
    assert (len(photos(stage)), drawn(stage)) == (3, 2)
    await stage.press(SCALE)
    assert drawn(stage) == 2


async def test_what_telegram_has_forgotten_is_drawn_again(stage: Stage) -> None:
    await judged(stage)
    await stage.press(SCALE)
    kept = (await stage.read(lambda mine: mine.pictures.all()))[0]
    await stage.read(lambda mine: mine.pictures.keep(replace(kept, file="FILE-gone")))
    await stage.press(SCALE)
    assert len(photos(stage)) == 2
    stage.telegram.journal.clear()  # the refusal was meant
    again = (await stage.read(lambda mine: mine.pictures.all()))[0]
    assert again.file not in {"FILE-gone", ""}


async def test_discreet_covers_the_picture_and_its_first_lines(stage: Stage) -> None:
    await judged(stage)
    await stage.press(SCALE)
    await stage.press(SetDiscreet(discreet=1))
    await stage.press(SCALE)
    plain, veiled = photos(stage)
    assert "has_media_spoiler" not in plain.body
    assert veiled.body["has_media_spoiler"]
    assert veiled.text.startswith("Рабочий дневник")
    assert "Ольга" not in veiled.text[:60]


async def test_a_picture_goes_with_its_client_and_with_everything(stage: Stage) -> None:
    await judged(stage)
    await stage.press(SCALE)
    assert stage.rows()["pictures"] == 1
    await stage.press(DeleteClientNow(client=1))
    assert "удал" in (await stage.press(SCALE)).lower()
    assert len(photos(stage)) == 1
    later = stage.clock.now() + timedelta(minutes=11)
    await stage.storage.write(lambda memory: memory.purge(later))
    assert "pictures" not in stage.rows()

    await stage.client("Анна")
    await stage.assess(late_payment="often")
    await stage.press(DrawScale(assessment=2))
    assert stage.rows()["pictures"] == 1
    await stage.press(EraseNow())
    assert "pictures" not in stage.rows()


async def test_an_assessment_that_is_open_has_no_picture(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.begin()
    await stage.press(SCALE)
    assert photos(stage) == []
    assert stage.question


async def test_the_ground_is_chosen_in_the_settings(stage: Stage) -> None:
    await judged(stage)
    await stage.say("/settings")
    await stage.tap("Фон: светлый")
    assert stage.toast == "Картинки на тёмном фоне"
    assert (await stage.read(lambda mine: mine.people.get())).dark
    await stage.tap("Фон: тёмный")
    assert not (await stage.read(lambda mine: mine.people.get())).dark


async def test_the_topics_are_drawn_beside_the_reasons(stage: Stage) -> None:
    await judged(stage)
    await stage.tap("Почему так")
    await stage.tap("По темам, картинкой")
    assert "почему так" in stage.header
    assert "по темам" in plain(photos(stage)[-1].text)


async def test_the_trend_is_drawn_with_what_moved_and_was_sent(stage: Stage) -> None:
    await judged(stage)
    stage.clock.move(days=20)
    await stage.say("/clients")
    await stage.tap("Ольга")
    await stage.assess("Новый разбор", late_payment="once", scope_creep="always")
    await stage.press(History(client=1))
    history = stage.text
    assert await stage.tap("Картинкой") == history
    said = plain(photos(stage)[-1].text)
    assert "21 ноября" in said
    assert "11 декабря" in said
    assert "↑ легче:" in said


async def test_all_clients_are_drawn_by_what_their_price_says(stage: Stage) -> None:
    await judged(stage)
    await stage.client("Анна")
    await stage.read(lambda mine: mine.details.set(ClientNumber(1), "price.share", "62"))
    await stage.say("/clients")
    await stage.tap("Картинкой")
    assert stage.header.startswith("Мои клиенты")
    said = plain(photos(stage)[-1].text)
    assert "Самый большой — Ольга: 62 % дохода." in said
    assert "Анна: деньги — не указаны, разбора нет." in said


async def test_a_list_of_twelve_rows_still_offers_the_picture(stage: Stage) -> None:
    def fill(mine: Owned) -> None:
        for number in range(1, 10):
            client = mine.clients.add(f"Клиент {number}", EVENING).number
            begun = mine.assessments.start(client, Depth.FULL, team=False, now=EVENING).number
            if number > 2:
                mine.assessments.freeze(begun, "mendable", RULE, EVENING)
            else:
                mine.assessments.answer(begun, [Answer("late_payment", "often")])
        probation = Promise(PromiseNumber(0), ClientNumber(9), PROBATION, EVENING.date())
        mine.promises.add(probation)

    await stage.read(fill)
    await stage.say("/clients")
    assert stage.labels[0] == "Условия: Клиент 9"
    assert len(stage.me.screen.keyboard) == 12
    await stage.tap("Картинкой")
    assert len(photos(stage)) == 1


@pytest.mark.parametrize("form", [DrawTrend(client=9), DrawProfile(assessment=9), DrawPortfolio()])
async def test_what_is_not_there_is_not_drawn(stage: Stage, form: CallbackData) -> None:
    await stage.say("/start")
    await stage.press(form)
    assert photos(stage) == []
