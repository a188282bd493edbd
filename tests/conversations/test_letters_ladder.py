"""An unpaid invoice: three letters as one plan, which the money stops and a promise only moves."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from content.letters.models import Tone
from handlers.clients.buttons import ClientCard
from handlers.letters.buttons import (
    AskPromised,
    FinishLetter,
    MarkSent,
    Restyle,
    StartLetter,
    UnmarkSent,
)
from handlers.reminders.buttons import TodayList
from storage.records import ActionState, Promise
from tests.conversations.stage import Stage
from tests.conversations.test_letters import fill, letter

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANSWERS = {
    "Какой счёт": "№ 14 от 1 ноября",
    "На какую сумму": "60 000 ₽",
    "договорились заплатить": "16 ноября",
    "За какую работу": "десять занятий в октябре",
    "ждёте деньги": "30 ноября",
}
INTEREST = re.compile(r"процент|пен[яию]|неусто|штраф|ключев", re.IGNORECASE)


async def remind(stage: Stage, by: str = "30 ноября", tone: Tone | None = None) -> str:
    """Write a reminder from the client's card and mark it as sent; return the letter."""
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    text = await fill(stage, **{**ANSWERS, "ждёте деньги": by})
    number = max(
        each.number
        for each in await stage.read(lambda owned: owned.letters.of_client(1))  # type: ignore[arg-type]
    )
    if tone:
        restyle = Restyle(letter=number, tone=tone.value, length="short", language="ru")
        await stage.press(restyle)
    await stage.press(FinishLetter(letter=number))
    await stage.press(MarkSent(letter=number))
    return text


async def begun(stage: Stage) -> str:
    """Send the first reminder on a Monday, for the Monday after."""
    stage.clock.moment = MONDAY
    await stage.client("Ольга")
    return await remind(stage)


async def waiting(stage: Stage) -> list[Promise]:
    promises = await stage.read(lambda owned: owned.promises.all())
    return [each for each in promises if each.kind == "payment"]


async def test_the_first_letter_shows_the_whole_plan_with_its_days(stage: Stage) -> None:
    text = await begun(stage)
    assert "Если счёт затерялся" in text, "the softest comes first"
    assert "Деньги ждёте до 30 ноября." in stage.text
    assert "✓ Мягкое: 23 ноября" in stage.text
    assert "— Твёрдое: 1 декабря" in stage.text
    assert "— Последнее: 8 декабря" in stage.text
    assert "Придут деньги раньше — этих писем не будет." in stage.text
    assert "Деньги ждёте до 30 ноября" in await stage.press(ClientCard(client=1))


async def test_on_the_day_after_it_asks_and_leads_to_the_next_step_with_all_that_is_known(
    stage: Stage,
) -> None:
    await begun(stage)
    stage.clock.move(days=7)
    await stage.press(TodayList(page=0))
    assert "Ольга: оплата" not in stage.labels, "the day itself is not over"
    stage.clock.move(days=1)
    assert "деньги пришли?" in await stage.reminded()
    await stage.tap("Ольга: оплата")
    await stage.tap("Письмо: твёрдое")
    assert "К какому дню ждёте деньги" in stage.text, "all else is known"
    second = await remind(stage, "7 декабря")
    assert "№ 14 от 1 ноября на 60 000 ₽ не оплачен, срок был 16 ноября" in second.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "✓ Твёрдое: 1 декабря" in stage.text
    assert len([each for each in await waiting(stage) if each.state is ActionState.OPEN]) == 1
    stage.clock.move(days=7)
    third = await remind(stage, "14 декабря")
    assert "отправлю письменную претензию" in third
    assert "Последнее письмо отправлено" in stage.text
    for text in (second, third):
        assert not INTEREST.search(text), "interest is not invented"


async def test_money_stops_the_plan_and_the_next_invoice_begins_softly(stage: Stage) -> None:
    await begun(stage)
    stage.clock.move(days=2)
    await stage.tap("Деньги пришли")
    assert "Деньги пришли 25 ноября, других писем" in stage.text
    assert [each.state for each in await waiting(stage)] == [ActionState.DONE]
    assert "Деньги по счёту пришли" in str(await stage.read(lambda owned: owned.facts.all()))
    stage.clock.move(days=10)
    await stage.press(TodayList(page=0))
    assert "больше ничего нет" in stage.text
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    assert "Какой счёт" in stage.text
    assert (await letter(stage, 2)).tone == "warm"


async def test_a_promise_to_pay_moves_the_plan_and_is_no_payment(stage: Stage) -> None:
    await begun(stage)
    await stage.tap("Обещали заплатить")
    await stage.say("4 декабря")
    assert "Обещание — ещё не оплата" in stage.text
    assert "— Твёрдое: 7 декабря" in stage.text, "the 5th is a Saturday"
    (promise,) = await waiting(stage)
    assert promise.state is ActionState.OPEN
    stage.clock.move(days=8)
    await stage.press(TodayList(page=0))
    assert "больше ничего нет" in stage.text
    stage.clock.move(days=4)
    await stage.press(TodayList(page=0))
    await stage.tap("Ольга: оплата")
    assert "Обещали заплатить до 4 декабря. Пришли деньги?" in stage.text
    await stage.press(AskPromised(promise=promise.number))
    await stage.tap("Через неделю, 12 декабря")
    assert "Обещали заплатить до 12 декабря." in stage.text
    facts = [each.words for each in await stage.read(lambda owned: owned.facts.all())]
    assert [each for each in facts if each.startswith("Обещали")] == [
        "Обещали заплатить до 4\N{NO-BREAK SPACE}декабря",
        "Обещали заплатить до 12\N{NO-BREAK SPACE}декабря",
    ]


async def test_a_letter_that_did_not_go_out_asks_for_nothing(stage: Stage) -> None:
    await begun(stage)
    await stage.press(UnmarkSent(letter=1))
    assert [each.state for each in await waiting(stage)] == [ActionState.DROPPED]


async def test_the_step_is_the_tone_that_was_sent_and_after_the_last_there_is_none(
    stage: Stage,
) -> None:
    stage.clock.moment = MONDAY
    await stage.client("Ольга")
    await remind(stage, tone=Tone.NEUTRAL)
    assert "✓ Твёрдое: 23 ноября" in stage.text
    assert "Мягкое" not in stage.text
    assert "— Последнее: 1 декабря" in stage.text
    stage.clock.move(days=8)
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    assert (await letter(stage, 2)).tone == "firm"


async def test_who_begins_with_the_last_reminder_is_told_of_nothing_but_the_claim(
    stage: Stage,
) -> None:
    stage.clock.moment = MONDAY
    await stage.client("Ольга")
    await remind(stage, tone=Tone.FIRM)
    assert "✓ Последнее: 23 ноября" in stage.text
    assert "Последнее письмо отправлено" in stage.text
    assert "декабря" not in stage.text.partition("Последнее: 23 ноября")[2]
