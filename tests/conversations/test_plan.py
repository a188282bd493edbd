"""The plan: at most three dated steps, shown at every visit, promised by nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.assessment.buttons import (
    EndAction,
    EndIt,
    MakePlan,
    MoveAction,
    OwnAction,
    ShowAction,
    ShowPlan,
    StartAssessment,
)
from storage.records import Action, ActionNumber, ActionState, AssessmentNumber, ClientNumber
from tests.conversations.stage import Stage


async def planned(stage: Stage, **answers: str) -> tuple[Action, ...]:
    """Play to a verdict, keep the plan it proposes, and return the steps."""
    await stage.client("Ольга")
    await stage.assess(**answers)
    await stage.press(MakePlan(assessment=1))
    await stage.tap("Взять в план")
    return await steps(stage)


async def steps(stage: Stage) -> tuple[Action, ...]:
    return await stage.read(lambda owned: owned.plans.of_client(ClientNumber(1)))


FOUR = {
    "late_payment": "often",
    "scope_creep": "once",
    "vague_brief": "once",
    "no_feedback": "once",
}
"""Things to mend: the plan is made of the advice on them."""
DEBT = {"late_payment": "always"}
"""A last effort, which has a plan of its own."""


async def test_a_plan_is_shown_before_it_is_kept(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(**FOUR)
    await stage.tap("План")
    assert stage.header == "Ольга · план, ещё не записан"
    assert "1. Назвать последний день оплаты — до 24 ноября" in stage.text
    assert await steps(stage) == ()
    await stage.tap("Убрать шаг 2")
    await stage.tap("Отложить шаг 1")
    assert "1. Назвать последний день оплаты — до 1 декабря" in stage.text
    assert "Записать задачу в пяти строках" not in stage.text
    await stage.tap("Взять в план")
    assert stage.toast == "План готов, о шагах напомню"
    kept = await steps(stage)
    assert [each.words for each in kept] == [
        "Назвать последний день оплаты",
        "Прислать список добавленного",
        "",
    ]
    assert [each.about for each in kept] == ["late_payment", "scope_creep", "reassess"]


async def test_a_plan_with_nothing_left_can_be_had_back(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(**DEBT)
    await stage.press(MakePlan(assessment=1))
    for _ in range(3):
        await stage.tap("Убрать шаг 1")
    assert "Шагов не осталось" in stage.text
    await stage.tap("Вернуть все шаги")
    assert "Убрать шаг 3" in stage.labels


async def test_a_plan_has_three_deeds_on_working_days_and_a_day_to_assess_again(
    stage: Stage,
) -> None:
    made = await planned(stage, **FOUR)
    assert stage.header == "Ольга · план"
    assert [each.about for each in made][-1] == "reassess"
    assert all(each.due.weekday() < 5 for each in made)
    assert [each.due for each in made][:3] == [
        date(2026, 11, 24),
        date(2026, 11, 27),
        date(2026, 12, 3),
    ]
    assert "до 24 ноября" in stage.text
    assert "Свой шаг" not in stage.labels


async def test_the_steps_are_deeds_and_never_the_signs(stage: Stage) -> None:
    made = await planned(stage, **FOUR)
    assert [each.about for each in made[:3]] == ["late_payment", "vague_brief", "scope_creep"]
    assert "Платит позже срока" not in stage.text
    assert "Назвать последний день оплаты" in stage.text


@pytest.mark.parametrize(
    ("answers", "deed"),
    [
        ({"late_payment": "once", "vague_brief": "always"}, "Напомнить о счёте и назвать дату"),
        (FOUR, "Назвать последний день оплаты"),
        ({"late_payment": "once", "rudeness": "often"}, "Отправить требование об оплате"),
    ],
)
async def test_a_step_of_the_first_release_is_the_deed_of_its_verdict(
    stage: Stage, answers: dict[str, str], deed: str
) -> None:
    await stage.client("Ольга")
    await stage.assess(**answers)
    await stage.read(
        lambda owned: owned.plans.add(
            ClientNumber(1), AssessmentNumber(1), "late_payment", date(2026, 11, 25)
        )
    )
    assert deed in await stage.press(ShowAction(action=1))
    assert deed in await stage.press(ShowPlan(client=1))


async def test_who_parts_plans_the_parting_and_is_not_told_to_assess_again(stage: Stage) -> None:
    made = await planned(stage, threats="once")
    assert [each.words for each in made] == [
        "Сохранить переписку с угрозой",
        "Выставить счёт за сделанное",
        "Отправить прощальное письмо",
    ]


async def test_where_it_ends_nothing_is_mended_any_more_but_a_debt_stays(stage: Stage) -> None:
    made = await planned(stage, **FOUR)
    await stage.press(EndIt(assessment=1, why="exhausted"))
    assert len(made) == 4
    left = [each.about for each in await steps(stage) if each.state is ActionState.OPEN]
    assert left == ["late_payment"]


async def test_friction_needs_no_plan(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(no_feedback="often")
    assert "План" not in stage.labels
    await stage.press(MakePlan(assessment=1))
    assert "план не нужен" in stage.text
    await stage.tap("‹ К выводу")


async def test_a_plan_is_made_once_from_a_verdict(stage: Stage) -> None:
    made = await planned(stage, **FOUR)
    await stage.press(MakePlan(assessment=1))
    assert await steps(stage) == made
    await stage.press("pk:1:00")
    assert await steps(stage) == made


async def test_a_newer_plan_takes_the_place_of_the_older(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.tap("‹ К клиенту")
    await stage.assess("Новый разбор", rudeness="once", late_payment="once")
    await stage.press(MakePlan(assessment=2))
    await stage.tap("Взять в план")
    states = {each.assessment: each.state for each in await steps(stage)}
    assert states == {1: ActionState.DROPPED, 2: ActionState.OPEN}


async def test_a_step_shows_its_advice_and_its_date(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.tap("1. ")
    assert stage.header == "Ольга · шаг плана"
    assert "Уже серьёзно:" in stage.text
    assert "Срок: 24 ноября." in stage.text
    assert "Копировать фразу" in stage.labels


async def test_a_step_that_helped_offers_to_change_the_answer(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.tap("1. ")
    await stage.tap("Помогло")
    assert stage.toast == "Сделано. Одним делом меньше"
    await stage.tap("Изменить ответ")
    assert "приходят деньги" in stage.text
    await stage.answer("once")
    await stage.press("p:1")
    assert "Сделано: Назвать последний день оплаты" in stage.text
    assert "Свой шаг" in stage.labels, "there is room for another one"


async def test_a_step_that_did_not_help_counts_as_tried_the_next_time(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.tap("1. ")
    await stage.tap("Не помогло")
    assert stage.toast == "Записал: это вы уже пробовали"
    assert "Не помогло: Назвать последний день оплаты" in stage.text
    await stage.press(StartAssessment(client=1, depth="full"))
    assert (await stage.assessment()).tried == {"late_payment"}


async def test_a_deed_of_a_verdict_is_done_or_not(stage: Stage) -> None:
    await planned(stage, **DEBT)
    await stage.tap("2. ")
    assert "Сделано" in stage.labels
    assert "Не помогло" not in stage.labels
    await stage.tap("Сделано")
    assert "Сделано: Отправить письмо о долге с датой" in stage.text


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
        ("Через неделю, 30 ноября", date(2026, 11, 30)),  # the 28th is a Saturday
        ("Через 2 недели, 7 декабря", date(2026, 12, 7)),
    ],
)
async def test_a_step_can_be_moved(stage: Stage, label: str, due: date) -> None:
    await planned(stage, **FOUR)
    await stage.tap("1. ")
    await stage.tap("Ещё не сделано…")
    await stage.tap(label)
    assert stage.toast.startswith("Новый срок: ")
    assert next(each for each in await steps(stage) if each.number == 1).due == due


async def test_a_date_is_never_moved_out_of_sight(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.press(MoveAction(action=1, days=9_999_999))
    assert next(each for each in await steps(stage) if each.number == 1).due.year == 2027


async def test_a_step_in_one_s_own_words_comes_in_a_week(stage: Stage) -> None:
    await planned(stage, late_payment="often")
    await stage.tap("Свой шаг")
    await stage.say("Позвонить  бухгалтеру\nклиента")
    assert "Шаг добавлен, срок 28 ноября" in stage.text
    own = next(each for each in await steps(stage) if each.about == "own")
    assert own.words == "Позвонить бухгалтеру клиента"
    await stage.press(f"ps:{own.number}")
    assert "Позвонить бухгалтеру клиента" in stage.text


async def test_a_step_that_is_too_long_is_asked_again(stage: Stage) -> None:
    await planned(stage, late_payment="often")
    await stage.tap("Свой шаг")
    await stage.say("ш" * 201)
    assert "201, а помещается 200" in stage.text
    await stage.say("ш" * 200)
    assert "Шаг добавлен" in stage.text


async def test_adding_a_step_can_be_left(stage: Stage) -> None:
    await planned(stage, late_payment="often")
    await stage.tap("Свой шаг")
    await stage.tap("‹ Отмена")
    assert stage.header == "Ольга · план"
    await stage.tap("Свой шаг")
    await stage.say("/cancel")
    assert stage.header == "Ольга · план"


async def test_a_fourth_step_is_refused_kindly(stage: Stage) -> None:
    await planned(stage, **FOUR)
    await stage.press(OwnAction(client=1))
    assert "Три шага уже есть" in stage.text
    assert len(await steps(stage)) == 4


async def test_a_fourth_step_typed_into_an_open_prompt_is_refused_too(stage: Stage) -> None:
    await planned(stage, **DEBT)
    await stage.press(EndAction(action=1, state="done"))
    await stage.tap("Свой шаг")
    await stage.read(lambda owned: owned.plans.set_state([ActionNumber(1)], ActionState.OPEN))
    await stage.say("Ещё один")
    assert "Три шага уже есть" in stage.text


async def test_what_is_overdue_is_asked_about_on_the_card(stage: Stage) -> None:
    await planned(stage, late_payment="often")
    await stage.tap("‹ К клиенту")
    assert "В плане 2 шага, ближайший срок — 24 ноября." in stage.text
    stage.clock.move(days=5)
    await stage.say("Ольга")
    assert "срок первого был 24 ноября. Что вышло?" in stage.text
    await stage.tap("План")
    assert "срок был 24 ноября" in stage.text


async def test_the_day_to_assess_again_leads_into_the_assessment(stage: Stage) -> None:
    await planned(stage, late_payment="often")
    await stage.tap("2. Разобрать клиента заново")
    assert stage.main == "Разобрать сейчас"
    assert "Сделано" not in stage.labels
    await stage.tap("Разобрать сейчас")
    assert stage.header.endswith("исправить ответ")


async def test_an_empty_plan_offers_an_own_step(stage: Stage) -> None:
    await planned(stage, threats="once")
    for number in (1, 2, 3):
        await stage.press(EndAction(action=number, state="dropped"))
    assert "Шагов пока нет" in stage.text
    assert "Свой шаг" in stage.labels


async def test_a_plan_before_any_verdict_takes_no_step(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press(OwnAction(client=1))
    await stage.say("Шаг без вывода")
    assert await steps(stage) == ()
    assert stage.labels


async def test_the_letter_of_a_step_is_that_of_its_verdict(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="always")
    await stage.press(EndIt(assessment=1, why="wants_out"))
    await stage.press(MakePlan(assessment=2))
    await stage.tap("Взять в план")
    await stage.press(ShowAction(action=2))
    assert "Письмо: прощание без упрёков" in stage.labels
