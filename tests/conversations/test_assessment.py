"""An assessment on the metro: short, durable, and forgiving."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS, QuestionId
from content.questionnaire import is_critical
from handlers.assessment.buttons import (
    Ask,
    Back,
    CloseTopic,
    CriticalDone,
    EndAction,
    GiveAnswer,
    GoOn,
    Judge,
    KeepPlan,
    Resume,
    Review,
    ReviewTopic,
    StartAssessment,
    Tick,
    Try,
)
from handlers.clients.buttons import ClientCard
from tests.conversations.reading import Reader
from tests.conversations.stage import TOTAL, Stage, mildest, running, staged
from tests.known import KNOWLEDGE

TAPS, SECONDS, MESSAGES = 21, 180, 3
"""To the likely verdict of a typical sheet: seven signs in four topics."""
TYPICAL = {
    "late_payment": "often",
    "price_pressure": "once",
    "vague_brief": "once",
    "scope_creep": "always",
    "team_disrespect": "once",
    "emotional_toll": "often",
    "costs_more_than_brings": "once",
}
CATALOGUE = KNOWLEDGE.catalogue
CRITICAL = [sign for sign in CATALOGUE.signs if is_critical(CATALOGUE, sign)]
EARLY = [question for question, data in CATALOGUE.questions.items() if data.early]


async def by_shortcuts(stage: Stage, **answers: str) -> None:
    """Answer as somebody in a hurry until the verdict is likely; quiet topics take one tap."""
    while True:
        question, quiet = stage.question, stage.offered(CloseTopic)
        if done := stage.offered(CriticalDone):
            await stage.press(done[0])
        elif question is None:
            return
        elif quiet and not await _some_left(stage, quiet[0].topic, answers):
            await stage.press(quiet[0])
        else:
            await stage.answer(answers.get(question, mildest(question)))


async def _some_left(stage: Stage, topic: str, answers: dict[str, str]) -> bool:
    given = await stage.given()
    left = (CATALOGUE.signs.get(QuestionId(each)) for each in answers.keys() - given.keys())
    return any(sign is not None and sign.topic == topic for sign in left)


async def to_the_signs(stage: Stage) -> None:
    """Answer what comes before the first sign that tells most."""
    await stage.client()
    await stage.begin()
    for _ in EARLY:
        await stage.answer("good")
    await stage.tap("Ничего из этого")


async def with_the_shortcut(stage: Stage) -> str:
    """Answer mildly until a topic can be closed; return the topic."""
    await to_the_signs(stage)
    while not stage.offered(CloseTopic):
        assert stage.question is not None
        await stage.answer(mildest(stage.question))
    return stage.offered(CloseTopic)[0].topic


# The way


async def test_a_typical_sheet_is_judged_within_three_minutes(stage: Stage) -> None:
    await stage.say("/newclient")
    await stage.say("Студия «Вектор»")
    reader = Reader(stage)
    await stage.begin()
    await by_shortcuts(stage, **TYPICAL)
    taps, seconds = reader.taps, reader.seconds
    await stage.review()
    assert "вывод 21 ноября" in stage.header
    assert taps <= TAPS
    assert reader.typed == 0
    assert seconds <= SECONDS, seconds
    assert len(stage.from_bot) <= MESSAGES


async def test_a_toast_repeats_the_answer_as_its_button_says_it(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.tap("Нет, только с этим")
    assert stage.toast == "Записал: «Нет, только с этим»"


async def test_it_begins_with_the_person_then_asks_what_overrides_all(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    assert "Спрашиваю только то, что может изменить вывод." in stage.text
    seen = []
    for _ in EARLY:
        seen.append(stage.question)
        await stage.answer("good")
    assert seen == EARLY
    assert stage.header == "Студия «Вектор» · Границы · вопрос 5"
    assert [tick.question for tick in stage.offered(Tick)] == CRITICAL
    assert "Об этом спрашиваю всех." in stage.text


async def test_no_question_comes_twice_and_the_numbers_go_up(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    seen, bars, numbers = [], [], []
    while "вывод 2" not in stage.header:
        if "вопрос" in stage.header:
            bars.append(stage.text.count("▰"))
            numbers.append(int(stage.header.rsplit(" ", 1)[1]))
        if done := stage.offered(CriticalDone):
            await stage.press(done[0])
        elif stage.question is None:
            await stage.press(stage.offered(GoOn)[0])
        else:
            seen.append(stage.question)
            await stage.answer(mildest(stage.question))
    assert len(set(seen)) == len(seen)
    assert numbers == sorted(set(numbers))
    assert bars == sorted(bars)
    assert "вывод 21 ноября" in stage.header, "the verdict comes by itself when nothing moves it"


async def test_insults_end_the_questions_at_once(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer_likely(rudeness="often")
    await stage.review()
    assert "вывод 21 ноября" in stage.header
    assert (await stage.assessment()).verdict == "leave_now"
    assert len(await stage.given()) == len(EARLY) + len(CRITICAL)
    assert "Другие ответы этот вывод не изменят" in stage.text


async def test_a_likely_verdict_is_named_once_and_can_be_answered_to_the_end(
    stage: Stage,
) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer_likely()
    assert stage.header == "Студия «Вектор» · вывод уже виден"
    assert stage.main == "Показать вывод"
    before = await stage.given()
    await stage.press(stage.offered(GoOn)[0])
    asked = stage.question
    assert asked not in before
    await stage.answer(mildest(str(asked)))
    assert "вывод уже виден" not in stage.header
    await stage.answer_all()
    await stage.review()
    assert "Другие ответы этот вывод не изменят" in stage.text


async def test_a_likely_verdict_says_so_and_offers_the_rest(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer_likely()
    await stage.review()
    assert "почти наверняка" in stage.text
    given = await stage.given()
    await stage.tap("Ещё…")
    await stage.tap("Ещё вопросы")
    assert stage.question is not None
    assert stage.question not in given
    assert (await stage.assessment(1)).judged_at is not None


async def test_a_team_is_asked_for_its_manager_too(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.tap("Пишу: я")
    await stage.client()
    await stage.assess()
    assert (await stage.given())["change_manager"] == "never"
    assert len(await stage.given()) == TOTAL + 1


async def test_two_typed_notes_leave_no_more_messages(stage: Stage) -> None:
    await stage.say("/newclient")
    await stage.say("Студия «Вектор»")
    await stage.begin()
    for note in ("Обещал оплату в среду", "Скинул три новые задачи"):
        await stage.answer("good")
        await stage.say(note)
        await stage.tap("Заметка к вопросу")
        assert f"Заметка: {note}" in stage.text
    await stage.answer_all(**TYPICAL)
    await stage.review()
    assert len(stage.from_bot) <= MESSAGES
    assert len((await stage.assessment()).notes) == 2


async def test_an_archived_client_is_not_assessed(stage: Stage) -> None:
    await stage.client()
    await stage.press("ca:1:1")
    await stage.press(StartAssessment(client=1, depth="full"))
    assert stage.main == "Вернуть из архива"


async def test_the_answer_not_known_is_asked_again_only_where_it_decides(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer_all(late_payment="skip")
    assert stage.header == "Студия «Вектор» · вывод уже виден"
    assert "Осталось то, чего вы не знаете: деньги позже срока" in stage.text
    await stage.tap("Ответить: деньги")
    await stage.answer("always")
    await stage.review()
    assert (await stage.assessment()).verdict == "last_effort"


# What happened


async def test_what_a_sentence_speaks_of_comes_back_as_ticks_and_is_asked_first(
    stage: Stage,
) -> None:
    await stage.client()
    await stage.tap("Разбор")
    await stage.say("Орёт на меня матом и третью неделю не платит")
    told = {tick.question: tick.ticked for tick in stage.offered(Tick)}
    assert told == {"late_payment": 0, "rudeness": 0}, "both are ticked: a tap takes the tick off"
    assert await stage.given() == {}
    await stage.tap("✓ Грубит")
    await stage.tap("Дальше")
    assert stage.question == "late_payment"
    assert [each.option for each in stage.offered(GiveAnswer)] == [
        "once",
        "often",
        "always",
        "taken_back",
        "skip",
    ]
    await stage.answer("often")
    assert stage.question == EARLY[0]
    assert await stage.given() == {"late_payment": "often"}


async def test_nothing_that_a_sentence_seems_to_say_is_kept_without_a_tap(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Разбор")
    await stage.say("Третью неделю не платит")
    await stage.tap("Ничего из этого")
    assert stage.question == EARLY[0]
    assert (await stage.assessment()).told == {}
    assert await stage.given() == {}


async def test_back_from_the_first_of_them_leads_to_the_ticks(stage: Stage) -> None:
    await stage.client()
    await stage.tap("Разбор")
    await stage.say("Третью неделю не платит")
    ticks = stage.text
    await stage.tap("Дальше")
    await stage.tap("‹ Назад")
    assert stage.text == ticks


# The critical signs together


async def test_a_critical_sign_that_is_ticked_is_asked_alone(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    for _ in EARLY:
        await stage.answer("good")
    await stage.tap("Грубит")
    assert stage.labels[0].startswith("✓ ")
    assert stage.main == "Дальше: 1"
    await stage.tap("Дальше: 1")
    assert stage.question == "rudeness"
    assert [each.option for each in stage.offered(GiveAnswer)] == [
        "once",
        "often",
        "always",
        "skip",
    ]
    others = dict.fromkeys(CRITICAL[1:], "never")
    assert {q: o for q, o in (await stage.given()).items() if q in CRITICAL} == others


async def test_back_opens_the_critical_signs_together_again(stage: Stage) -> None:
    await to_the_signs(stage)
    await stage.tap("‹ Назад")
    assert [tick.question for tick in stage.offered(Tick)] == CRITICAL
    assert not set(CRITICAL) & (await stage.given()).keys()
    await stage.tap("Грубит")
    await stage.tap("Дальше: 1")
    await stage.tap("‹ Назад")
    assert stage.labels[0].startswith("✓ ")
    assert not set(CRITICAL) & (await stage.given()).keys()


# Back, change, forward


async def test_back_three_times_change_and_forward(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    for _ in EARLY:
        await stage.answer("good")
    for _ in range(3):
        await stage.tap("‹ Назад")
    assert stage.question == EARLY[1]
    assert "Сейчас:" in stage.text
    before = await stage.given()
    await stage.answer("bad")
    assert stage.toast == "Исправлено"
    assert await stage.given() == before | {EARLY[1]: "bad"}
    assert stage.offered(CriticalDone)


async def test_the_answer_given_is_marked_where_it_stands(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    plain = stage.labels
    await stage.answer("partly")
    await stage.tap("‹ Назад")
    assert stage.labels[1] == f"• {plain[1]}"
    assert [stage.labels[0], *stage.labels[2:]] == [plain[0], *plain[2:]]


async def test_back_from_the_first_question_leads_to_the_client(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.tap("‹ Назад")
    assert stage.header == "Студия «Вектор» · с 21 ноября"
    assert "Разбор не закончен: ответов 0" in stage.text


async def test_a_second_tap_on_the_answer_leads_where_the_first_one_led(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    data = stage.offered(GiveAnswer)[0]
    await stage.press(data)
    once = stage.text
    await stage.press(data)
    assert stage.text == once
    assert len(await stage.given()) == 1


# The shortcut for a quiet topic


async def test_a_quiet_topic_closes_with_one_tap_and_says_how_many(stage: Stage) -> None:
    topic = await with_the_shortcut(stage)
    open_ = [
        sign
        for sign, data in CATALOGUE.signs.items()
        if data.topic == topic and sign not in await stage.given()
    ]
    await stage.press(stage.offered(CloseTopic)[0])
    assert stage.toast.startswith(f"Записал «ничего такого»: {len(open_)} признак")
    given = await stage.given()
    assert {given[sign] for sign in open_} == {"never"}


async def test_the_shortcut_is_a_sentence_and_stands_apart_from_the_answers(stage: Stage) -> None:
    await with_the_shortcut(stage)
    rows = [[button["text"] for button in row] for row in stage.me.screen.keyboard]
    assert rows[-3] == ["Что считать", "Не знаю"]
    assert "всё спокойно" in rows[-2][0] or "не отнимает" in rows[-2][0]
    assert rows[-1] == ["‹ Назад", "Пауза"]


async def test_the_shortcut_is_not_offered_where_the_mild_answer_says_the_same(
    stage: Stage,
) -> None:
    await to_the_signs(stage)
    for sign, data in CATALOGUE.signs.items():
        if data.state and not data.team_only:
            await stage.press(Ask(assessment=1, question=sign))
            assert not stage.offered(CloseTopic), sign


async def test_the_shortcut_is_gone_once_something_has_shown(stage: Stage) -> None:
    topic = await with_the_shortcut(stage)
    await stage.answer("once")
    assert not stage.offered(CloseTopic) or stage.offered(CloseTopic)[0].topic != topic


async def test_critical_signs_are_never_closed_with_a_topic(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.press(CloseTopic(assessment=1, topic="boundaries"))
    given = await stage.given()
    assert given == {"team_disrespect": "never"}


async def test_back_opens_a_closed_topic_again(stage: Stage) -> None:
    await with_the_shortcut(stage)
    before, question = await stage.given(), stage.question
    await stage.press(stage.offered(CloseTopic)[0])
    await stage.tap("‹ Назад")
    assert stage.toast == "Тема снова открыта"
    assert stage.question in CATALOGUE.signs
    assert question is not None
    assert await stage.given() == before


@pytest.mark.parametrize(
    "answers", [TYPICAL, {}, {"rudeness": "once"}], ids=["typical", "calm", "rude"]
)
async def test_shortcuts_lead_to_the_verdict_of_answering_everything(
    stage: Stage, answers: dict[str, str]
) -> None:
    await stage.client("Клиент 1")
    await stage.assess(**answers)
    await stage.client("Клиент 2")
    await stage.begin()
    if "rudeness" in answers:
        await stage.answer_likely(**answers)
    else:
        await by_shortcuts(stage, **answers)
    await stage.review()
    verdicts = [(await stage.assessment(number)).verdict for number in (1, 2)]
    assert verdicts[0] == verdicts[1]


# What counts


async def test_what_counts_is_told_on_a_tap_and_the_question_goes_on_from_there(
    stage: Stage,
) -> None:
    await stage.client()
    await stage.begin()
    short = stage.text
    await stage.tap("Зачем это знать")
    assert stage.text.startswith(short.split("\n\n")[0])
    assert KNOWLEDGE.words("ru").questions[QuestionId(EARLY[0])].why[:40] in stage.text
    assert stage.question == EARLY[0]
    await stage.press(Ask(assessment=1, question="after_hours"))
    assert "Например:" not in stage.text
    await stage.tap("Что считать")
    assert "Например:" in stage.text
    assert "Бывает и безобидно:" in stage.text
    await stage.answer("often")
    assert await stage.given() == {"after_hours": "often"}
    assert "Например:" not in stage.text, "the next one is short again"


async def test_what_is_answered_together_is_one_step(stage: Stage) -> None:
    topic = await with_the_shortcut(stage)
    number = int(stage.header.rsplit(" ", 1)[1])
    await stage.press(stage.offered(CloseTopic)[0])
    assert int(stage.header.rsplit(" ", 1)[1]) == number + 1
    assert len(await stage.given()) > number + 1, topic


# Periods and links


async def test_a_question_says_of_which_time_it_speaks(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    for sign, data in CATALOGUE.signs.items():
        if not data.team_only:
            await stage.press(Ask(assessment=1, question=sign))
            period = "как сейчас" if data.state else "за последние три месяца"
            assert period in stage.text, sign


async def test_an_own_question_that_comes_late_names_the_sign_it_could_explain(
    stage: Stage,
) -> None:
    await stage.client()
    await stage.begin()
    await stage.press(GiveAnswer(assessment=1, question="after_hours", option="often"))
    await stage.press(Ask(assessment=1, question="set_limits"))
    assert "часто. Может быть, дело отчасти в этом" in stage.text
    assert stage.text.split("\n\n")[1][0].isupper()


# Pause and resume


async def test_a_pause_says_where_it_is_and_assess_goes_on(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    for _ in range(2):
        await stage.answer("good")
    await stage.tap("Пауза")
    assert stage.header == "Студия «Вектор» · пауза на вопросе 3"
    assert stage.toast == "Все ответы записаны"
    await stage.say("/library")
    await stage.say("/assess")
    assert stage.header == "Студия «Вектор» · пауза на вопросе 3"
    await stage.tap("Продолжить")
    assert stage.header == "Студия «Вектор» · О себе · вопрос 3"


async def test_a_pause_shows_the_verdict_of_now_and_says_how_sure_it_is(stage: Stage) -> None:
    await to_the_signs(stage)
    await stage.tap("Пауза")
    left = re.search(r"До ясного вывода (ещё около \d+ вопрос\w*)", stage.text)
    assert left is not None
    await stage.tap("Вывод сейчас")
    assert "вывод 21 ноября" in stage.header
    assert "Пока не ясно" in stage.text
    assert f"Предварительно: до ясного вывода {left[1]}." in stage.text
    assert stage.main == "Уточнить вывод"
    await stage.tap(stage.main)
    assert stage.question is not None


async def test_who_does_not_want_to_go_on_leaves_no_answers(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer("good")
    await stage.tap("Пауза")
    await stage.tap("Не продолжать")
    await stage.tap("Закрыть разбор")
    assert stage.header == "Студия «Вектор» · с 21 ноября"
    assert stage.main == "Разбор"
    assert "assessments" not in stage.rows()


async def test_the_card_offers_to_go_on(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer("good")
    await stage.say("Студия «Вектор»")
    assert stage.main == "Продолжить разбор"
    assert "Разбор не закончен: ответов 1, осталось около" in stage.text
    await stage.tap("Продолжить разбор")
    assert stage.header == "Студия «Вектор» · О себе · вопрос 2"


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
        await to_the_signs(before)
        number = before.header.rsplit(" ", 1)[1]
    before.clock.move(hours=1)
    async with staged(tmp_path, before=before) as stage:
        await stage.answer("never")
        assert stage.header.endswith(f"вопрос {int(number) + 1}")
        await stage.say("/assess")
        assert stage.header == f"Студия «Вектор» · пауза на вопросе {int(number) + 1}"
        await stage.in_order()


async def test_a_restart_under_the_screen_changes_nothing_for_the_person(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer("good")
    async with running(stage):
        pass
    await stage.answer("good")
    assert stage.header.endswith("вопрос 3")


# All answers, what was tried, the last effort


async def test_all_answers_are_listed_by_topic_and_anything_can_be_asked(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.press(GiveAnswer(assessment=1, question="late_payment", option="often"))
    await stage.press(GiveAnswer(assessment=1, question="set_limits", option="bad"))
    await stage.press(Review(assessment=1))
    lines = stage.text.splitlines()
    assert any(line.startswith("О себе: ") for line in lines)
    assert any(line.startswith("Деньги: ") for line in lines)
    assert f"Не спрошено: {TOTAL - 2}." in stage.text
    opened = []
    for topic in stage.offered(ReviewTopic):
        await stage.press(topic)
        opened += [each.question for each in stage.offered(Ask)]
        await stage.tap("‹ К ответам")
    assert len(set(opened)) == len(opened) == TOTAL
    await stage.press(Ask(assessment=1, question="second_opinion"))
    await stage.answer("good")
    assert (await stage.given())["second_opinion"] == "good"


async def test_what_was_tried_is_marked_and_taken_back(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
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


async def test_who_said_it_came_once_and_ended_is_not_asked_whether_it_came_again(
    stage: Stage,
) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer_all(harassment="once", emotional_toll="often")
    assert stage.header == "Студия «Вектор» · что уже пробовали"
    assert "Пристаёт" not in stage.text
    assert {each.question for each in stage.offered(Try)} == {"emotional_toll"}


async def test_what_was_tried_in_vain_makes_the_verdict_more_severe(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer_all(scope_creep="always", last_minute="often")
    await stage.tap(stage.labels[0])
    await stage.review()
    assert "Последняя попытка" in stage.text


@pytest.mark.parametrize(
    "answers",
    [{"late_payment": "always"}, {"scope_creep": "always", "vague_brief": "once"}],
    ids=["last_effort", "mendable"],
)
async def test_a_step_that_did_not_help_counts_as_tried_next_time(
    stage: Stage, answers: dict[str, str]
) -> None:
    await stage.client()
    await stage.assess(**answers)
    await stage.press(KeepPlan(assessment=1, left="001020"))
    await stage.press(EndAction(action=1, state="failed"))
    stage.clock.move(days=30)
    await stage.press(StartAssessment(client=1, depth="full"))
    assert (await stage.assessment(2)).tried == {next(iter(answers))}


async def test_an_answer_that_is_last_time_s_too_is_told_once(stage: Stage) -> None:
    await stage.client()
    await stage.assess(late_payment="often")
    await stage.press(StartAssessment(client=1, depth="full"))
    await stage.press(Ask(assessment=2, question="late_payment"))
    assert "В прошлый раз: на 15–30 дней." in stage.text
    assert "Сейчас:" not in stage.text


async def test_many_signs_that_were_tried_go_on_pages(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    signs = [sign for sign, data in CATALOGUE.signs.items() if not data.team_only]
    calm = [sign for sign in signs if sign not in CRITICAL]
    for sign in calm:
        await stage.press(GiveAnswer(assessment=1, question=sign, option="once"))
    await stage.press("t:1:0")
    listed = [each.question for each in stage.offered(Try)]
    while "Ещё ›" in stage.labels:
        await stage.tap("Ещё ›")
        listed += [each.question for each in stage.offered(Try)]
    assert sorted(listed) == sorted(calm)
    assert "‹ Раньше" in stage.labels


async def test_who_has_tried_nothing_is_not_asked_about_a_last_effort(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer_all(late_payment="always", costs_more_than_brings="often")
    assert stage.header == "Студия «Вектор» · что уже пробовали"
    await stage.tap("Дальше")
    assert "вывод 21 ноября" in stage.header


async def test_what_cannot_move_the_verdict_is_not_asked(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer_all()
    assert "вывод 21 ноября" in stage.header
    assert "Обычные трения" in stage.text


@pytest.mark.parametrize(
    ("label", "verdict"),
    [
        ("Ещё нет", "Последняя попытка"),
        ("Да, жду, что выйдет", "Последняя попытка"),
        ("Да, ничего не изменилось", "Расстаться спокойно"),
        ("Не могу продолжать", "Расстаться спокойно"),
    ],
)
async def test_what_became_of_the_last_effort_weighs(
    stage: Stage, label: str, verdict: str
) -> None:
    await stage.client()
    await stage.begin()
    await stage.press(GiveAnswer(assessment=1, question="late_payment", option="always"))
    await stage.press(GiveAnswer(assessment=1, question="last_minute", option="often"))
    await stage.press("tt:1:last_minute:1:0")
    await stage.press("le:1")
    assert stage.header == "Студия «Вектор» · последняя попытка"
    await stage.tap(label)
    assert stage.text.splitlines()[2] == verdict


# Again


async def test_a_new_assessment_opens_the_answers_of_last_time(stage: Stage) -> None:
    await stage.client()
    await stage.assess(late_payment="often", scope_creep="often")
    stage.clock.move(days=20)
    await stage.press(ClientCard(client=1))
    await stage.tap("Новый разбор")
    assert stage.header == "Студия «Вектор» · с 21 ноября"
    assert [each.question for each in stage.offered(Ask)] == ["late_payment", "scope_creep"]
    await stage.press(stage.offered(Ask)[0])
    assert "В прошлый раз: на 15–30 дней." in stage.text
    await stage.answer("always")
    assert stage.header == "Студия «Вектор» · с 21 ноября"
    await stage.tap("Остальное как было")
    await stage.review()
    assert (await stage.assessment()).verdict == "last_effort"
    assert len(await stage.given()) == TOTAL
    assert [(await stage.assessment(n)).verdict for n in (1, 2)] == ["mendable", "last_effort"]


async def test_a_slip_corrected_within_a_day_is_no_trend(stage: Stage) -> None:
    await stage.client()
    await stage.assess(late_payment="often")
    await stage.tap("Ещё…")
    await stage.tap("Изменить ответ")
    assert stage.header == "Студия «Вектор» · исправить ответ"
    await stage.press(stage.offered(Ask)[0])
    await stage.answer("once")
    assert stage.header == "Студия «Вектор» · исправить ответ"
    await stage.tap("Показать вывод")
    await stage.review()
    assert (await stage.assessment()).verdict == "ordinary_friction"
    await stage.press(ClientCard(client=1))
    assert "Динамика" not in stage.labels
    assert "→" not in stage.text


async def test_a_change_after_a_day_is_one(stage: Stage) -> None:
    await stage.client()
    await stage.assess(late_payment="often")
    stage.clock.move(days=2)
    await stage.press(ClientCard(client=1))
    await stage.tap("Новый разбор")
    await stage.press(stage.offered(Ask)[0])
    await stage.answer("once")
    await stage.tap("Остальное как было")
    await stage.review()
    await stage.press(ClientCard(client=1))
    assert "Динамика" in stage.labels


# Nothing forged or doubled gets in


async def test_only_answers_that_the_question_has_are_taken(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    for question, option in (
        ("late_payment", "good"),
        ("reporting", "always"),
        ("nonsense", "never"),
        ("late_payment", "sometimes"),
        ("change_manager", "never"),
    ):
        await stage.press(GiveAnswer(assessment=1, question=question, option=option))
        assert stage.toast == "Кнопка из прежней версии. Вот как сейчас"
    for other in (
        CloseTopic(assessment=1, topic="nonsense"),
        Back(assessment=1, question="nonsense"),
        Tick(assessment=1, question="nonsense", ticked=1, critical=1),
    ):
        await stage.press(other)
    assert await stage.given() == {}
    assert (await stage.assessment()).told == {}


async def test_every_option_of_every_question_is_kept(stage: Stage) -> None:
    for place in range(4):
        await stage.client(f"Клиент {place}")
        await stage.press(StartAssessment(client=place + 1, depth="full"))
        number = (await stage.assessment()).number
        for question in (*CATALOGUE.questions, *CATALOGUE.signs):
            if question in CRITICAL or question == "change_manager":
                continue
            own = question in CATALOGUE.questions
            option = REFLECTION_OPTIONS[min(place, 2)] if own else SIGN_OPTIONS[place]
            await stage.press(GiveAnswer(assessment=number, question=question, option=option))
            assert (await stage.given())[question] == option


async def test_a_second_tap_on_the_verdict_shows_it_again(stage: Stage) -> None:
    await to_the_signs(stage)
    await stage.press(Judge(assessment=1))
    told = stage.text
    await stage.press(Judge(assessment=1))
    assert stage.text == told
    await stage.press(Resume(assessment=1))
    assert stage.header == "Студия «Вектор» · этот разбор закрыт"
