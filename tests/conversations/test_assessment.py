"""A full assessment on the metro: short, durable, and forgiving."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS, QuestionId
from handlers.assessment.buttons import Answer, Ask, Back, Quiet, StartAssessment, Try
from tests.conversations.reading import Reader
from tests.conversations.stage import KNOWLEDGE, TEXTS, TOTAL, running, staged

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conversations.stage import Stage

TAPS, SECONDS, MESSAGES = 34, 240, 3
TYPICAL = {
    "late_payment": "often",
    "price_pressure": "once",
    "vague_brief": "once",
    "scope_creep": "always",
    "team_disrespect": "once",
    "emotional_toll": "often",
    "costs_more_than_brings": "once",
}
"""Seven signs in four topics; trust, acceptance and time are quiet."""
CATALOGUE = KNOWLEDGE.catalogue
CRITICAL = {
    sign
    for sign, data in CATALOGUE.signs.items()
    if data.topic == "boundaries" and data.kind == "critical"
}
EXPRESS = 11
GO_ON = TEXTS("verdict.deepen", n=TOTAL - EXPRESS)


async def by_shortcuts(stage: Stage, **answers: str) -> None:
    """Answer as somebody in a hurry: a topic with nothing in it is closed with one tap."""
    while True:
        question = stage.question
        quiet = stage.offered(Quiet)
        if question is None:
            if "Дальше, к признакам" not in stage.labels:
                return
            await stage.tap("Дальше, к признакам")
        elif quiet and not _some_in_topic(quiet[0].topic, answers):
            await stage.press(quiet[0])
        else:
            mild = "good" if question in CATALOGUE.questions else "never"
            await stage.answer(answers.get(question, mild))


def _some_in_topic(topic: str, answers: dict[str, str]) -> bool:
    return any(CATALOGUE.signs[sign].topic == topic for sign in CATALOGUE.signs if sign in answers)


async def test_a_typical_sheet_takes_34_taps_and_four_minutes(stage: Stage) -> None:
    await stage.say("/newclient")
    await stage.say("Студия «Вектор»")
    reader = Reader(stage)
    await stage.tap("Полный разбор")
    await by_shortcuts(stage, **TYPICAL)
    await stage.review()
    await stage.tap("Показать вывод")
    assert "вывод 21 ноября" in stage.header
    assert reader.taps <= TAPS
    assert reader.typed == 0
    assert reader.seconds <= SECONDS, reader.seconds
    assert len(stage.from_bot) <= MESSAGES


async def test_two_typed_notes_leave_no_more_messages(stage: Stage) -> None:
    await stage.say("/newclient")
    await stage.say("Студия «Вектор»")
    await stage.tap("Полный разбор")
    for note in ("Обещал оплату в среду", "Скинул три новые задачи"):
        for _ in range(4):
            await stage.answer("good")
        await stage.say(note)
        await stage.tap("Заметка к вопросу")
        assert f"Заметка: {note}" in stage.text
    await stage.answer_all(**TYPICAL)
    await stage.review()
    await stage.tap("Показать вывод")
    assert len(stage.from_bot) <= MESSAGES
    assert len((await stage.assessment()).notes) == 2


async def test_all_one_by_one_no_question_comes_twice(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    seen = []
    for number in range(1, TOTAL + 1):
        seen.append(stage.question)
        assert f"{number} из {TOTAL}" in stage.header
        await stage.answer("good" if number <= 10 else "never")
        if number == 10:
            await stage.tap("Дальше, к признакам")
    assert len(set(seen)) == TOTAL
    assert stage.header == "Студия «Вектор» · проверьте ответы"
    assert len(await stage.given()) == TOTAL


async def test_a_team_is_asked_one_question_more(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.tap("Пишу: я")
    await stage.client()
    await stage.tap("Полный разбор")
    assert f"1 из {TOTAL + 1}" in stage.header
    await stage.answer_all()
    assert (await stage.given())["change_manager"] == "never"


async def test_an_express_assessment_asks_eleven_and_says_so(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Экспресс")
    assert "1 из 11" in stage.header
    await stage.answer_all(scope_creep="always", late_payment="often")
    await stage.review()
    assert f"Спрошено 11 из {TOTAL}" in stage.text
    await stage.tap("Показать вывод")
    assert f"предварительный: спрошено 11 из {TOTAL}" in stage.text
    assert stage.main == GO_ON


async def test_express_goes_on_to_full_and_asks_nothing_twice(stage: Stage) -> None:
    await stage.client()
    await stage.assess("Экспресс", scope_creep="always")
    before = await stage.given()
    await stage.tap(GO_ON)
    asked = []
    while True:
        question = stage.question
        if question is not None:
            asked.append(question)
            await stage.answer("good" if question in CATALOGUE.questions else "never")
        elif "Дальше, к признакам" in stage.labels:
            await stage.tap("Дальше, к признакам")
        else:
            break
    assert len(asked) == TOTAL - EXPRESS
    assert not before.keys() & set(asked)
    await stage.review()
    await stage.tap("Показать вывод")
    assert "предварительный" not in stage.text
    assert await stage.given() == before | dict.fromkeys(asked, "never") | {
        each: "good" for each in asked if each in CATALOGUE.questions
    }
    assert (await stage.assessment(1)).judged_at is not None, "the express verdict stays"


async def test_an_express_assessment_that_is_open_becomes_a_full_one(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Экспресс")
    await stage.answer("good")
    before = await stage.given()
    await stage.press(StartAssessment(client=1, depth="full"))
    assert f"1 из {TOTAL}" in stage.header
    assert await stage.given() == before
    await stage.press(StartAssessment(client=1, depth="express"))
    assert f"1 из {TOTAL}" in stage.header, "nothing that was begun is cut short"


async def test_an_archived_client_is_not_assessed(stage: Stage) -> None:
    await stage.client()
    await stage.press("ca:1:1")
    await stage.press(StartAssessment(client=1, depth="full"))
    assert stage.main == "Вернуть из архива"


async def test_back_three_times_change_and_forward(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    for _ in range(5):
        await stage.answer("good")
    fourth, third = list(CATALOGUE.questions)[3], list(CATALOGUE.questions)[2]
    for _ in range(3):
        await stage.tap("‹ Назад")
    assert stage.question == third
    assert "Сейчас:" in stage.text
    before = await stage.given()
    await stage.answer("bad")
    assert stage.toast == "Исправлено. Дальше вопрос 6"
    assert f"6 из {TOTAL}" in stage.header
    assert await stage.given() == before | {third: "bad"}
    assert before[fourth] == "good"


async def test_the_answer_given_is_marked_where_it_stands(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    plain = stage.labels
    await stage.answer("partly")
    await stage.tap("‹ Назад")
    assert stage.labels[1] == f"• {plain[1]}"
    assert [stage.labels[0], *stage.labels[2:]] == [plain[0], *plain[2:]]


async def test_back_from_the_first_question_leads_to_the_client(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.tap("‹ Назад")
    assert stage.header == "Студия «Вектор» · с 21 ноября"
    assert f"Разбор не закончен: 1 из {TOTAL}" in stage.text


async def test_back_crosses_the_outcome_of_the_reflection(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    for _ in range(10):
        await stage.answer("good")
    assert stage.header == "Студия «Вектор» · О себе · итог"
    await stage.tap("Дальше, к признакам")
    await stage.tap("‹ Назад")
    assert stage.header == "Студия «Вектор» · О себе · итог"
    await stage.tap("‹ Назад")
    assert f"10 из {TOTAL}" in stage.header


async def test_the_answer_not_known_is_an_answer(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    first = stage.question
    await stage.tap("Не знаю")
    assert await stage.given() == {first: "skip"}
    await stage.answer_all()
    await stage.review()
    assert "Без ответа: 1." in stage.text


async def test_the_reflection_comes_to_one_of_three_outcomes(stage: Stage) -> None:
    for option, said in (
        ("good", "Дело не в вас"),
        ("partly", "Понемногу с обеих сторон"),
        ("bad", "Есть с чего начать у себя"),
    ):
        await stage.client(f"Клиент {option}")
        await stage.tap("Полный разбор")
        for _ in range(10):
            await stage.answer(option)
        assert said in stage.text


# The shortcut for a quiet topic


async def in_topic(stage: Stage, topic: str) -> None:
    """Answer everything before the first sign of a topic."""
    await stage.client()
    await stage.tap("Полный разбор")
    while True:
        question = stage.question
        if question is None:
            await stage.tap("Дальше, к признакам")
            continue
        sign = CATALOGUE.signs.get(QuestionId(question))
        if sign is not None and sign.topic == topic:
            return
        await stage.answer("good" if question in CATALOGUE.questions else "never")


async def test_a_quiet_topic_closes_with_one_tap_and_says_how_many(stage: Stage) -> None:
    await in_topic(stage, "money")
    await stage.tap("Деньги: ничего такого")
    money = [sign for sign, data in CATALOGUE.signs.items() if data.topic == "money"]
    assert stage.toast.startswith(f"Записал «ничего такого»: {len(money)} признак")
    given = await stage.given()
    assert {given[sign] for sign in money} == {"never"}
    assert stage.question in CATALOGUE.signs
    assert f"{10 + len(money) + 1} из {TOTAL}" in stage.header


async def test_the_other_signs_of_a_topic_are_named_once(stage: Stage) -> None:
    await in_topic(stage, "money")
    assert "Ещё в теме: " in stage.text
    await stage.answer("never")
    assert "Ещё в теме" not in stage.text
    assert stage.offered(Quiet)


async def test_the_shortcut_leaves_answers_alone(stage: Stage) -> None:
    await in_topic(stage, "money")
    first = stage.question
    await stage.tap("Не знаю")
    await stage.tap("Деньги: ничего такого")
    assert (await stage.given())[str(first)] == "skip"
    rest = sum(data.topic == "money" for data in CATALOGUE.signs.values()) - 1
    assert stage.toast.startswith(f"Записал «ничего такого»: {rest} признак")


async def test_the_shortcut_is_gone_once_something_has_shown(stage: Stage) -> None:
    await in_topic(stage, "tasks")
    assert stage.offered(Quiet)
    await stage.answer("once")
    assert not stage.offered(Quiet)


async def test_critical_signs_are_never_closed_together(stage: Stage) -> None:
    await in_topic(stage, "boundaries")
    await stage.press(Quiet(assessment=1, topic="boundaries"))
    given = await stage.given()
    assert given["team_disrespect"] == "never"
    assert not CRITICAL & given.keys()
    for _ in CRITICAL:
        assert stage.question in CRITICAL
        assert not stage.offered(Quiet)
        await stage.answer("never")


async def test_back_opens_a_closed_topic_again(stage: Stage) -> None:
    await in_topic(stage, "money")
    before = await stage.given()
    first = stage.question
    await stage.tap("Деньги: ничего такого")
    await stage.tap("‹ Назад")
    assert stage.toast == "Тема снова открыта"
    assert stage.question == first
    assert await stage.given() == before


async def test_progress_never_falls(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    numbers = [1]
    while "Показать вывод" not in stage.labels:
        quiet = stage.offered(Quiet)
        if quiet:
            await stage.press(quiet[0])
        elif stage.question is None:
            await stage.tap("Дальше, к признакам")
        else:
            await stage.answer("good" if stage.question in CATALOGUE.questions else "never")
        if f" из {TOTAL}" in stage.header:
            numbers.append(int(stage.header.split(" · ")[-1].split(" ")[0]))
    assert numbers == sorted(numbers)


async def test_what_was_closed_together_is_listed_in_the_review(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await by_shortcuts(stage, scope_creep="always")
    await stage.review()
    await stage.tap("Доверие")
    trust = [sign for sign, data in CATALOGUE.signs.items() if data.topic == "trust"]
    assert [each.question for each in stage.offered(Ask)] == trust
    assert all("ни разу" in label or "—" in label for label in stage.labels[: len(trust)])


@pytest.mark.parametrize(
    "answers", [TYPICAL, {}, {"rudeness": "once"}], ids=["typical", "calm", "rude"]
)
async def test_shortcuts_lead_to_the_verdict_of_answering_by_hand(
    stage: Stage, answers: dict[str, str]
) -> None:
    said: list[str] = []
    for way in (stage.answer_all, lambda **given: by_shortcuts(stage, **given)):
        await stage.client(f"Клиент {len(said)}")
        await stage.tap("Полный разбор")
        await way(**answers)
        await stage.review()
        await stage.tap("Показать вывод")
        said.append(stage.text.split("\n", 1)[1])
    assert said[0] == said[1]
    assert await stage.given(1) == await stage.given(2)


# Pause and resume


async def test_a_pause_says_where_it_is_and_assess_goes_on(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    for _ in range(4):
        await stage.answer("good")
    await stage.tap("Пауза")
    assert stage.header == f"Студия «Вектор» · пауза на 5 из {TOTAL}"
    assert stage.toast == "Все ответы записаны"
    await stage.say("/library")
    await stage.say("/assess")
    assert stage.header == f"Студия «Вектор» · пауза на 5 из {TOTAL}"
    await stage.tap("Продолжить")
    assert f"5 из {TOTAL}" in stage.header


async def test_the_card_offers_to_go_on(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer("good")
    await stage.say("Студия «Вектор»")
    assert stage.main == "Продолжить разбор"
    assert f"Разбор не закончен: 2 из {TOTAL}" in stage.text
    await stage.tap("Продолжить разбор")
    assert f"2 из {TOTAL}" in stage.header


async def test_assess_with_one_client_opens_the_card_with_several_the_list(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/assess")
    assert stage.header.startswith("Ольга")
    await stage.client("Пётр")
    await stage.say("/assess")
    assert stage.header == "Разбор клиента · о ком речь"
    await stage.tap("Ольга")
    assert stage.header.startswith("Ольга")


async def test_assess_without_clients_offers_to_add_one(stage: Stage) -> None:
    await stage.say("/assess")
    assert stage.main == "Новый клиент"


async def test_a_restart_goes_on_with_the_old_button_and_with_assess(
    tmp_path: Path, database_url: str
) -> None:
    async with staged(tmp_path, database=database_url) as before:
        await before.client()
        await before.tap("Полный разбор")
        for _ in range(13):
            if before.question is None:
                await before.tap("Дальше, к признакам")
            await before.answer("good" if before.question in CATALOGUE.questions else "never")
        assert f"14 из {TOTAL}" in before.header
    before.clock.move(hours=1)
    async with staged(tmp_path, before=before) as stage:
        await stage.tap("Ни разу")
        assert f"15 из {TOTAL}" in stage.header
        await stage.say("/assess")
        assert stage.header == f"Студия «Вектор» · пауза на 15 из {TOTAL}"
        await stage.in_order()


async def test_a_restart_under_the_screen_changes_nothing_for_the_person(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer("good")
    async with running(stage):
        pass
    await stage.answer("good")
    assert f"3 из {TOTAL}" in stage.header


# Review, what was tried, the last effort


async def test_the_review_lists_what_is_not_mild_by_topic(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer_all(late_payment="often", after_hours="often", set_limits="bad")
    await stage.review()
    lines = stage.text.splitlines()
    assert any(line.startswith("О себе: ") for line in lines)
    assert any(line.startswith("Деньги: ") for line in lines)
    assert any(line.startswith("Время: ") for line in lines)
    assert "По остальному всё спокойно." in stage.text
    topics = [
        "О себе",
        "Деньги",
        "Задачи",
        "Доверие",
        "Приёмка",
        "Время",
        "Границы",
        "Цена для вас",
    ]
    assert stage.labels == ["Показать вывод", *topics, "‹ Назад", "Пауза"]


async def test_an_answer_changed_from_the_review_leads_back_to_it(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer_all(late_payment="often")
    await stage.review()
    await stage.tap("Деньги")
    assert stage.header == "Студия «Вектор» · Деньги"
    chosen = next(each for each in stage.offered(Ask) if each.question == "late_payment")
    await stage.press(chosen)
    await stage.answer("once")
    assert stage.toast == "Исправлено"
    assert stage.main == "Показать вывод"
    assert (await stage.given())["late_payment"] == "once"


async def test_every_group_of_the_review_opens_its_answers(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer_all()
    opened = 0
    for topic in stage.labels[1:9]:
        await stage.tap(topic)
        opened += len(stage.offered(Ask))
        await stage.tap("‹ К ответам")
    assert opened == TOTAL


async def test_what_was_tried_is_marked_and_taken_back(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer_all(scope_creep="always", last_minute="often")
    assert stage.header == "Студия «Вектор» · что уже пробовали"
    label = stage.labels[0]
    await stage.tap(label)
    assert stage.toast == "Записал: уже пробовали"
    assert stage.labels[0] == f"✓ {label}"
    assert (await stage.assessment()).tried == {"scope_creep"}
    await stage.tap(f"✓ {label}")
    assert stage.toast == "Отметка снята"
    assert (await stage.assessment()).tried == set()


async def test_what_was_tried_in_vain_makes_the_verdict_more_severe(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer_all(scope_creep="always", last_minute="often")
    await stage.tap(stage.labels[0])
    await stage.review()
    assert "Уже пробовали" in stage.text
    await stage.tap("Показать вывод")
    assert "Последняя попытка" in stage.text
    assert "Уже пробовали" in stage.text


async def test_many_signs_that_were_tried_go_on_pages(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer_all(**dict.fromkeys(map(str, CATALOGUE.signs), "once"))
    listed = [each.question for each in stage.offered(Try)]
    while "Ещё ›" in stage.labels:
        await stage.tap("Ещё ›")
        listed += [each.question for each in stage.offered(Try)]
    alone = {sign for sign, data in CATALOGUE.signs.items() if not data.team_only}
    assert len(listed) == len(set(listed))
    assert set(listed) == alone
    assert "‹ Раньше" in stage.labels


async def test_who_has_tried_nothing_is_not_asked_about_a_last_effort(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer_all(late_payment="always")
    await stage.tap("Дальше")
    assert stage.header == "Студия «Вектор» · проверьте ответы"


async def test_nothing_shown_asks_neither_what_was_tried_nor_the_last_effort(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer_all()
    assert stage.main == "Показать вывод"
    assert "Ни один признак не отмечен." in stage.text


@pytest.mark.parametrize(
    ("label", "verdict"),
    [
        ("Ещё нет", "Последняя попытка"),
        ("Да, жду, что выйдет", "Последняя попытка"),
        ("Да, ничего не изменилось", "Расстаться спокойно"),
        ("Сил больше нет", "Расстаться спокойно"),
    ],
)
async def test_the_last_effort_weighs(stage: Stage, label: str, verdict: str) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer_all(late_payment="always")
    await stage.tap("Платит позже срока")
    await stage.tap("Дальше")
    assert stage.header == "Студия «Вектор» · последняя попытка"
    await stage.tap(label)
    await stage.tap("‹ Назад")
    assert (f"• {label}" in stage.labels) == (label != "Ещё нет")
    await stage.tap(label if label == "Ещё нет" else f"• {label}")
    await stage.tap("Показать вывод")
    assert stage.text.splitlines()[2] == verdict


async def test_the_way_back_from_the_review_passes_every_screen(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    await stage.answer_all(late_payment="always")
    await stage.tap("Платит позже срока")
    await stage.review()
    for header in ("последняя попытка", "что уже пробовали", f"{TOTAL} из {TOTAL}"):
        await stage.tap("‹ Назад")
        assert stage.header.endswith(header)


# Nothing forged or doubled gets in


async def test_only_answers_that_the_question_has_are_taken(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    for question, option in (
        ("late_payment", "good"),
        ("reporting", "always"),
        ("nonsense", "never"),
        ("late_payment", "sometimes"),
        ("change_manager", "never"),
    ):
        await stage.press(Answer(assessment=1, question=question, option=option))
        assert stage.toast == "Кнопка из прежней версии. Вот как сейчас"
    for other in (Quiet(assessment=1, topic="nonsense"), Back(assessment=1, question="nonsense")):
        await stage.press(other)
    assert await stage.given() == {}
    assert f"1 из {TOTAL}" in stage.header


async def test_every_option_of_every_question_is_kept(stage: Stage) -> None:
    for place in range(4):
        await stage.client(f"Клиент {place}")
        await stage.tap("Полный разбор")
        sign, own = SIGN_OPTIONS[place], REFLECTION_OPTIONS[min(place, 2)]
        await stage.answer_all(
            **dict.fromkeys(map(str, CATALOGUE.signs), sign),
            **dict.fromkeys(map(str, CATALOGUE.questions), own),
        )
        assert set((await stage.given()).values()) == {sign, own}


async def test_a_second_tap_on_the_answer_leads_where_the_first_one_led(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Полный разбор")
    data = stage.offered(Answer)[0]
    await stage.press(data)
    once = stage.text
    await stage.press(data)
    assert stage.text == once
    assert len(await stage.given()) == 1
