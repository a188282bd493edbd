"""What is told before the first question: typed or forwarded, and kept as a fact only on a tap."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.local.person import Origin
from handlers.assessment.buttons import KeepTold, Tick
from storage.records import Fact
from tests.conversations.stage import EVENING, Stage, staged

SAID_AT = datetime(2026, 11, 18, 20, 15, tzinfo=UTC)
OLGA = Origin("Ольга", SAID_AT, user_id=777)
UNPAID = "Третью неделю не платит"
INSULT = "Ты бездарь и хам, руки из задницы"
SOON = timedelta(seconds=20)


async def asked(stage: Stage) -> None:
    """Be asked what happened."""
    await stage.client()
    await stage.tap("Разбор")


async def forward(stage: Stage, text: str = INSULT, origin: Origin = OLGA) -> str:
    stage.me.forward(text, origin)
    return await stage.settled()


async def facts(stage: Stage) -> tuple[Fact, ...]:
    return (await stage.read(lambda owned: owned.export())).facts


def ticked(stage: Stage) -> set[str]:
    return {tick.question for tick in stage.offered(Tick) if not tick.ticked}


# Forwarded


async def test_a_forwarded_message_is_taken_like_typed_words(stage: Stage) -> None:
    await asked(stage)
    await forward(stage)
    assert f"«{INSULT}»" in stage.text
    assert ticked(stage) == {"rudeness"}
    assert await facts(stage) == (), "nothing is kept without a tap"
    assert await stage.given() == {}
    await stage.tap("Дальше")
    assert stage.question == "rudeness"
    assert await facts(stage) == ()


async def test_who_was_hurt_hears_a_kind_word_and_that_it_is_not_their_fault(stage: Stage) -> None:
    """Before the ticks, and once more before the first question about oneself."""
    await asked(stage)
    await forward(stage)
    assert "Мне жаль" in stage.text
    await stage.tap("Дальше")
    await stage.answer("once")
    assert "вашей вины нет" in stage.text
    await stage.answer("good")
    assert "вины" not in stage.text


async def test_an_unpaid_bill_is_no_reason_for_either(stage: Stage) -> None:
    await asked(stage)
    await stage.say(UNPAID)
    assert "Мне жаль" not in stage.text
    await stage.tap("Дальше")
    await stage.answer("often")
    assert "вины" not in stage.text


async def test_it_is_kept_with_its_day_and_its_author_on_a_tap(stage: Stage) -> None:
    await asked(stage)
    await forward(stage)
    await stage.tap("Записать факт: 18 ноября")
    assert stage.toast == "Факт записан, 18 ноября"
    assert ticked(stage) == {"rudeness"}, "the ticks are there still"
    assert not stage.offered(KeepTold), "and what is kept is not offered again"
    (fact,) = await facts(stage)
    assert (fact.client, fact.words, fact.day) == (1, INSULT, SAID_AT.date())
    assert (fact.said_at, fact.source) == (SAID_AT, "forward")
    await stage.client("Пётр")
    await stage.say("/settings")
    await forward(stage, "Где макет?")
    assert (await facts(stage))[-1].client == 1, "whose words are known finds the client again"


async def test_a_second_tap_keeps_no_second_fact(stage: Stage) -> None:
    await asked(stage)
    await forward(stage)
    keep = stage.offered(KeepTold)[0]
    await stage.press(keep)
    await stage.press(keep)
    assert len(await facts(stage)) == 1
    assert ticked(stage) == {"rudeness"}


async def test_what_one_author_said_on_one_day_is_told_together(stage: Stage) -> None:
    await asked(stage)
    await forward(stage)
    for said in ("Денег пока нет, жди", "Переделай всё к утру"):
        stage.clock.move(seconds=SOON.total_seconds())
        await forward(stage, said)
    assert "rudeness" in ticked(stage)
    await stage.press(stage.offered(KeepTold)[0])
    (fact,) = await facts(stage)
    assert fact.words.splitlines() == [INSULT, "Денег пока нет, жди", "Переделай всё к утру"]
    assert len(fact.messages) == 3


@pytest.mark.parametrize(
    "other",
    [Origin("Пётр", SAID_AT, user_id=778), replace(OLGA, sent=SAID_AT - timedelta(days=2))],
    ids=["author", "day"],
)
async def test_what_another_said_or_on_another_day_is_a_fact_of_its_own(
    stage: Stage, other: Origin
) -> None:
    await asked(stage)
    await forward(stage)
    stage.clock.move(seconds=SOON.total_seconds())
    await forward(stage, "Переделай всё к утру", other)
    (fact,) = await facts(stage)
    assert fact.words == "Переделай всё к утру"


async def test_so_is_what_comes_later_than_a_minute(stage: Stage) -> None:
    await asked(stage)
    await forward(stage)
    stage.clock.move(minutes=2)
    await forward(stage, "Переделай всё к утру")
    assert [fact.words for fact in await facts(stage)] == ["Переделай всё к утру"]


async def test_the_comment_typed_while_forwarding_is_no_word_of_the_client(stage: Stage) -> None:
    await asked(stage)
    await stage.say(UNPAID)
    await forward(stage)
    assert ticked(stage) == {"late_payment", "rudeness"}
    await stage.press(stage.offered(KeepTold)[0])
    (fact,) = await facts(stage)
    assert (fact.words, fact.note) == (INSULT, UNPAID)


async def test_what_has_no_words_leaves_the_question_open(stage: Stage) -> None:
    await asked(stage)
    stage.me.forward_voice(OLGA)
    await stage.settled()
    assert "Голосовые пока не понимаю" in stage.text
    assert "Что случилось?" in stage.text
    await stage.say(UNPAID)
    assert ticked(stage) == {"late_payment"}


async def test_a_forward_elsewhere_is_kept_at_once_as_ever(stage: Stage) -> None:
    await asked(stage)
    await stage.tap("Сразу к вопросам")
    await forward(stage)
    assert [fact.words for fact in await facts(stage)] == [INSULT]


async def test_what_was_told_and_the_period_wait_over_a_restart(
    tmp_path: Path, database_url: str
) -> None:
    async with staged(tmp_path, database=database_url) as before:
        await asked(before)
        await forward(before)
        since = (await before.assessment()).since
    async with staged(tmp_path, before=before) as stage:
        await stage.press(stage.offered(KeepTold)[0])
        assert [fact.day for fact in await facts(stage)] == [SAID_AT.date()]
        assert (await stage.assessment()).since == since
        await stage.in_order()


# Typed


async def test_typed_words_are_kept_on_a_tap_too_as_of_today(stage: Stage) -> None:
    await asked(stage)
    await stage.say(UNPAID)
    await stage.tap("Записать как факт")
    (fact,) = await facts(stage)
    assert (fact.words, fact.client, fact.day) == (UNPAID, 1, date(2026, 11, 21))
    assert EVENING.date() == date(2026, 11, 21)


async def test_the_one_day_that_words_name_is_shown_before_they_are_kept(stage: Stage) -> None:
    await asked(stage)
    await stage.say("3 ноября орал на меня матом")
    await stage.tap("Записать факт: 3 ноября")
    assert [fact.day for fact in await facts(stage)] == [date(2026, 11, 3)]


async def test_words_that_speak_of_nothing_for_sure_lead_to_the_questions(stage: Stage) -> None:
    await asked(stage)
    await stage.say("Добрый день, хорошая погода")
    assert "Не понял наверняка" in stage.text
    assert stage.main == "К вопросам"
    assert (await stage.assessment()).told == {}
    assert stage.offered(KeepTold), "they are not lost"
    await stage.tap("К вопросам")
    assert stage.question == "is_it_them"


# The period


async def test_the_period_is_kept_with_the_answers_and_told(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    assert (await stage.assessment()).since == date(2026, 8, 21)
    for _ in range(4):
        await stage.answer("good")
    assert "за последние три месяца" in stage.text
    stage.clock.move(days=10)
    await stage.say("/assess")
    await stage.tap("Продолжить")
    assert "что было с 21 августа" in stage.text
    assert (await stage.assessment()).since == date(2026, 8, 21), "a pause does not move it"


async def test_a_new_assessment_speaks_of_its_own_three_months(stage: Stage) -> None:
    await stage.client()
    await stage.assess(late_payment="often")
    stage.clock.move(days=45)
    await stage.say("/clients")
    await stage.tap("Студия «Вектор»")
    await stage.tap("Новый разбор")
    assert (await stage.assessment(2)).since == date(2026, 10, 5)
    assert (await stage.assessment(1)).since == date(2026, 8, 21)


async def test_a_correction_speaks_of_the_time_of_what_it_corrects(stage: Stage) -> None:
    await stage.client()
    await stage.assess(late_payment="often")
    stage.clock.move(hours=20)
    await stage.say("/clients")
    await stage.tap("Студия «Вектор»")
    await stage.tap("Открыть вывод")
    await stage.tap("Ещё…")
    await stage.tap("Изменить ответ")
    assert (await stage.assessment(2)).since == date(2026, 8, 21)
