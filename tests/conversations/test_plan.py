"""The plan: at most three dated steps, shown at every visit, promised by nobody else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.assessment.buttons import EndAction, MakePlan, MoveAction, OwnAction
from storage.records import ActionNumber, ActionState, ClientNumber
from tests.conversations.stage import TOTAL

if TYPE_CHECKING:
    from storage.records import Action
    from tests.conversations.stage import Stage


async def planned(stage: Stage, **answers: str) -> tuple[Action, ...]:
    """Play to a verdict, make its plan, and return the steps."""
    await stage.client("Ольга")
    await stage.assess(**answers)
    await stage.press(MakePlan(assessment=1))
    return await steps(stage)


async def steps(stage: Stage) -> tuple[Action, ...]:
    return await stage.read(lambda owned: owned.plans.of_client(ClientNumber(1)))


FOUR = {
    "late_payment": "always",
    "scope_creep": "often",
    "vague_brief": "once",
    "no_feedback": "once",
}


async def test_a_plan_has_three_steps_with_dates_and_a_day_to_assess_again(stage: Stage) -> None:
    made = await planned(stage, **FOUR)
    assert stage.header == "Ольга · план"
    assert stage.toast == "План готов"
    assert [each.about for each in made][-1] == "reassess"
    assert [each.due for each in made] == [
        date(2026, 11, 23),
        date(2026, 11, 28),
        date(2026, 12, 3),
        date(2026, 12, 12),
    ]
    assert "до 23 ноября" in stage.text
    assert "до 12 декабря" in stage.text
    assert "Свой шаг" not in stage.labels


async def test_the_steps_are_the_heaviest_signs(stage: Stage) -> None:
    made = await planned(stage, **FOUR)
    assert {"late_payment", "scope_creep"} <= {each.about for each in made[:3]}


async def test_who_parts_is_not_told_to_assess_again(stage: Stage) -> None:
    made = await planned(stage, threats="once")
    assert [each.about for each in made] == ["threats"]


async def test_a_plan_is_made_once_from_a_verdict(stage: Stage) -> None:
    made = await planned(stage, **FOUR)
    await stage.press(MakePlan(assessment=1))
    assert await steps(stage) == made


async def test_a_newer_plan_takes_the_place_of_the_older(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.tap("‹ К клиенту")
    await stage.assess("Новый разбор", rudeness="once", late_payment="once")
    await stage.press(MakePlan(assessment=2))
    states = {each.assessment: each.state for each in await steps(stage)}
    assert states == {1: ActionState.DROPPED, 2: ActionState.OPEN}


async def test_a_step_shows_its_advice_and_its_date(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.tap("1. ")
    assert stage.header == "Ольга · шаг плана"
    assert "Сегодня: " in stage.text
    assert "Срок: 23 ноября." in stage.text
    assert "Копировать фразу" in stage.labels


async def test_a_step_that_is_done_is_named_among_the_done(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.tap("1. ")
    await stage.tap("Сделано")
    assert stage.toast == "Сделано. Одним делом меньше"
    assert "Сделано: " in stage.text
    assert "Свой шаг" in stage.labels, "there is room for another one"


async def test_a_dropped_step_can_be_taken_up_again(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.tap("1. ")
    await stage.tap("Убрать шаг")
    assert stage.toast == "Шаг убран"
    await stage.press("ps:1")
    assert "Убрано из плана." in stage.text
    await stage.tap("Вернуть в план")
    assert stage.toast == "Шаг снова в плане"
    assert all(each.state is ActionState.OPEN for each in await steps(stage))


@pytest.mark.parametrize(
    ("label", "due"),
    [
        ("Через 3 дня", date(2026, 11, 24)),
        ("Через неделю", date(2026, 11, 28)),
        ("Через 2 недели", date(2026, 12, 5)),
    ],
)
async def test_a_step_can_be_moved(stage: Stage, label: str, due: date) -> None:
    await planned(stage, **FOUR)
    await stage.tap("1. ")
    await stage.tap(label)
    assert stage.toast.startswith("Новый срок: ")
    assert next(each for each in await steps(stage) if each.number == 1).due == due


async def test_a_date_is_never_moved_out_of_sight(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.press(MoveAction(action=1, days=9_999_999))
    assert next(each for each in await steps(stage) if each.number == 1).due.year == 2027


async def test_a_step_in_one_s_own_words_comes_in_a_week(stage: Stage) -> None:
    await planned(stage, late_payment="always")
    await stage.tap("Свой шаг")
    await stage.say("Позвонить  бухгалтеру\nклиента")
    assert "Шаг добавлен, срок 28 ноября" in stage.text
    own = next(each for each in await steps(stage) if each.about == "own")
    assert own.words == "Позвонить бухгалтеру клиента"
    await stage.press(f"ps:{own.number}")
    assert "Позвонить бухгалтеру клиента" in stage.text


async def test_a_step_that_is_too_long_is_asked_again(stage: Stage) -> None:
    await planned(stage, late_payment="always")
    await stage.tap("Свой шаг")
    await stage.say("ш" * 201)
    assert "201, а помещается 200" in stage.text
    await stage.say("ш" * 200)
    assert "Шаг добавлен" in stage.text


async def test_adding_a_step_can_be_left(stage: Stage) -> None:
    await planned(stage, late_payment="always")
    await stage.tap("Свой шаг")
    await stage.tap("‹ Отмена")
    assert stage.header == "Ольга · план"
    await stage.tap("Свой шаг")
    await stage.say("/cancel")
    assert stage.header == "Ольга · с 21 ноября"


async def test_a_fourth_step_is_refused_kindly(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.press(OwnAction(client=1))
    assert "Три шага уже есть" in stage.text
    assert len(await steps(stage)) == 4


async def test_a_fourth_step_typed_into_an_open_prompt_is_refused_too(stage: Stage) -> None:
    await planned(stage, late_payment="always", scope_creep="often", vague_brief="once")
    await stage.press(EndAction(action=1, state="done"))
    await stage.tap("Свой шаг")
    await stage.read(lambda owned: owned.plans.set_state([ActionNumber(1)], ActionState.OPEN))
    await stage.say("Ещё один")
    assert "Три шага уже есть" in stage.text


async def test_what_is_overdue_is_asked_about_on_the_card(stage: Stage) -> None:
    await planned(stage, late_payment="always")
    await stage.tap("‹ К клиенту")
    assert "В плане 2 шага, ближайший срок — 23 ноября." in stage.text
    stage.clock.move(days=5)
    await stage.say("Ольга")
    assert "срок первого был 23 ноября. Что вышло?" in stage.text
    await stage.tap("План")
    assert "срок был 23 ноября" in stage.text


async def test_the_day_to_assess_again_leads_into_the_assessment(stage: Stage) -> None:
    await planned(stage, late_payment="always")
    await stage.tap("2. Разобрать клиента заново")
    assert stage.main == "Разобрать сейчас"
    assert "Сделано" not in stage.labels
    await stage.tap("Разобрать сейчас")
    assert f"1 из {TOTAL}" in stage.header


async def test_an_empty_plan_offers_an_own_step(stage: Stage) -> None:
    await planned(stage, threats="once")
    await stage.press(EndAction(action=1, state="dropped"))
    assert "Шагов пока нет" in stage.text
    assert "Свой шаг" in stage.labels


async def test_a_plan_before_any_verdict_takes_no_step(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press(OwnAction(client=1))
    await stage.say("Шаг без вывода")
    assert await steps(stage) == ()
    assert stage.labels
