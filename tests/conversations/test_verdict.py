"""The verdict and what hangs on it: advice, a colleague's eye, what changed, a frozen past."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from content.models import QuestionId
from handlers.account.buttons import SetLanguage
from handlers.assessment.buttons import (
    Ask,
    Change,
    ClientLeaves,
    EndIt,
    GiveAnswer,
    Judge,
    ShowAdvice,
    ShowTrend,
    ShowVerdict,
    StartAssessment,
)
from storage.records import Answer, ClientNumber, Depth
from storage.rows.memory import Owned
from tests.conversations import grammar
from tests.conversations.stage import Stage
from tests.known import KNOWLEDGE

CATALOGUE = KNOWLEDGE.catalogue
OWN_GAPS = dict.fromkeys(("set_limits", "agreed_in_writing", "explained_scope", "reporting"), "bad")
SHEETS: dict[str, tuple[dict[str, str], str, str]] = {
    "start_with_yourself": (
        OWN_GAPS | {"scope_creep": "often"},
        "Начать с себя",
        "План",
    ),
    "ordinary_friction": ({"no_feedback": "often"}, "Обычные трения", "Отчёт за неделю"),
    "mendable": (
        {"scope_creep": "always", "last_minute": "often"},
        "Можно наладить",
        "План",
    ),
    "last_effort": (
        {"late_payment": "always"},
        "Последняя попытка",
        "Письмо: напоминание об оплате",
    ),
    "part": ({"threats": "once"}, "Расстаться спокойно", "Письмо: прощание"),
    "leave_now": ({"rudeness": "often"}, "Уходить сейчас", "Письмо: прощание"),
    "cannot_tell": (
        dict.fromkeys(map(str, CATALOGUE.signs), "skip"),
        "Пока не ясно",
        "Дополнить ответы",
    ),
}
SHORT = {"no_feedback": "often"}


async def judged(stage: Stage, name: str = "Студия «Вектор»", **answers: str) -> None:
    """Add a client and play a full assessment."""
    await stage.client(name)
    await stage.assess(**answers)


@pytest.mark.parametrize("verdict", SHEETS)
async def test_every_verdict_is_told_with_its_reasons(stage: Stage, verdict: str) -> None:
    answers, name, main = SHEETS[verdict]
    await judged(stage, **answers)
    assert stage.header == "Студия «Вектор» · вывод 21 ноября"
    assert stage.text.splitlines()[2] == name
    sure = (
        *("Другие ответы этот вывод не изменят", "Вывод почти наверняка"),
        *("Предварительно", "Выяснить бы"),
    )
    assert any(words in stage.text for words in sure)
    assert stage.main == main
    assert len(grammar.unfolded(stage.me.screen)) <= 1200
    assert (await stage.assessment()).verdict == verdict


async def test_the_reasons_are_lines_worst_first_and_the_rest_is_a_tap_away(stage: Stage) -> None:
    await judged(
        stage,
        late_payment="always",
        scope_creep="often",
        after_hours="once",
        vague_brief="once",
        set_limits="bad",
    )
    bullets = [line for line in stage.text.splitlines() if line.startswith("• ")]
    assert bullets[0] == "• деньги позже срока — дольше месяца"
    assert len(bullets) == 3
    assert "Сообщения не вовремя — 1–2 раза, а часов связи вы не называли." in stage.text
    await stage.tap("Почему так")
    assert "• неясные задачи — 1–2 раза" in stage.text
    assert "Вывод станет серьёзнее, если" in stage.text
    assert "Считаются привычки, а не отдельные случаи" in stage.text
    assert not re.search(r"вред \d", stage.text), "no bare sums"
    await stage.tap("‹ К выводу")
    assert stage.header.endswith("вывод 21 ноября")


async def test_who_parts_is_told_once_of_the_advance_and_a_lawyer(stage: Stage) -> None:
    await judged(stage, threats="once")
    await stage.tap("Почему так")
    assert stage.text.count("Это не совет юриста") == 1
    assert "Неотработанный аванс, если он был" in stage.text


@pytest.mark.parametrize(
    ("debt", "main"),
    [("often", "Письмо: требование оплаты"), ("never", "Письмо: прощание")],
)
async def test_a_parting_from_somebody_who_owes_leads_with_the_claim(
    stage: Stage, debt: str, main: str
) -> None:
    drained = dict.fromkeys(("scope_creep", "price_pressure", "costs_more_than_brings"), "always")
    await judged(stage, **drained, late_payment=debt)
    assert stage.main == main
    assert "Письмо: прощание" in stage.labels
    await stage.tap(main)
    assert ("Напоминание об оплате" in stage.header) == (debt == "often"), stage.header
    await stage.press(SetLanguage(language="en"))
    await stage.press(ShowVerdict(assessment=1))
    assert stage.main == ("Letter: payment demand" if debt == "often" else "Letter: farewell")


async def test_one_s_own_part_is_told_as_it_was_weighed(stage: Stage) -> None:
    for answers, said in (
        ({"scope_creep": "always", "agreed_in_writing": "bad"}, "такое весит меньше"),
        ({"late_payment": "always", "set_limits": "partly"}, "На вывод это не повлияло"),
        (OWN_GAPS | {"scope_creep": "often"}, "С этого и стоит начать"),
        ({"threats": "once", "set_limits": "bad"}, "Пригодится на будущее"),
    ):
        await judged(stage, f"Клиент {said[:5]}", **answers)
        await stage.tap("О себе")
        assert said in stage.text


async def test_what_was_mended_is_said_before_a_harder_verdict(stage: Stage) -> None:
    await judged(stage, after_hours="often", set_limits="bad")
    await stage.tap("‹ К клиенту")
    stage.clock.move(days=14)
    await stage.assess("Новый разбор", after_hours="always", late_payment="always")
    assert "Своё вы сделали, теперь видно, что дело не в вас." in stage.text


async def test_a_second_tap_on_the_verdict_button_shows_the_same_verdict(stage: Stage) -> None:
    await judged(stage, late_payment="always")
    once = stage.text
    await stage.press(Judge(assessment=1))
    assert stage.text == once


async def test_the_advice_goes_through_every_sign_worst_first(stage: Stage) -> None:
    await judged(stage, late_payment="always", scope_creep="often", no_feedback="once")
    await stage.tap("Что делать: 3")
    names = []
    for number in (1, 2, 3):
        assert stage.header == f"Студия «Вектор» · совет {number} из 3"
        label = "С чего начать:" if number == 3 else "Уже серьёзно:"
        assert label in stage.text
        assert "Что написать: " in stage.text
        assert "Копировать фразу" in stage.labels
        names.append(stage.text.splitlines()[2])
        if number < 3:
            await stage.tap("Ещё ›")
    assert names[0] == KNOWLEDGE.words("ru").signs[QuestionId("late_payment")].name
    assert len(set(names)) == 3
    await stage.tap("‹ Раньше")
    assert "совет 2 из 3" in stage.header
    await stage.tap("‹ К выводу")
    assert "вывод" in stage.header


async def test_the_phrase_to_say_is_what_the_button_copies(stage: Stage) -> None:
    await judged(stage, late_payment="always")
    await stage.tap("Что делать: 1")
    copied = stage.me.screen.button("Копировать фразу")["copy_text"]["text"]
    assert f"Что написать: «{copied.removesuffix('.')}»." in stage.text


async def test_advice_on_oneself_comes_first_where_one_starts_with_oneself(stage: Stage) -> None:
    await judged(stage, **OWN_GAPS, scope_creep="often")
    await stage.press(ShowAdvice(assessment=1, index=0))
    assert "С чего начать:" in stage.text


async def test_where_nothing_has_shown_there_is_nothing_to_advise(stage: Stage) -> None:
    await judged(stage)
    assert not any(label.startswith("Что делать") for label in stage.labels)
    await stage.press(ShowAdvice(assessment=1, index=0))
    assert "Советовать пока нечего" in stage.text
    await stage.tap("‹ К выводу")
    assert "Обычные трения" in stage.text


async def test_advice_beyond_the_last_shows_the_last(stage: Stage) -> None:
    await judged(stage, late_payment="always")
    await stage.press(ShowAdvice(assessment=1, index=99))
    assert "совет 1 из 1" in stage.header


# A colleague's eye


async def test_the_second_opinion_names_nobody_and_asks_three_questions(stage: Stage) -> None:
    await judged(stage, "Секретный Клиент", late_payment="always", set_limits="bad")
    await stage.tap("Ещё…")
    await stage.tap("Взгляд со стороны")
    paper = next(one for one in stage.from_bot if one.text.startswith("Нужен взгляд"))
    assert paper.keyboard == []
    assert "Секретный" not in paper.text
    assert "Клиент" not in paper.text
    assert [line[:2] for line in paper.text.splitlines()[-3:]] == ["1.", "2.", "3."]
    assert stage.toast == "Сообщение для коллеги выше, перешлите его"
    assert stage.header.endswith("взгляд со стороны"), "the screen stands below the paper"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ((), "Нет ли тут преувеличения"),
        (("Род: не указан", "Мужской"), "Не преувеличил ли я"),
        (("Род: не указан", "Женский"), "Не преувеличила ли я"),
        (("Пишу: я",), "Не преувеличили ли мы"),
    ],
)
async def test_the_second_opinion_speaks_in_one_s_own_voice(
    stage: Stage, setting: tuple[str, ...], said: str
) -> None:
    await stage.say("/settings")
    for label in setting:
        await stage.tap(label)
    await judged(stage, late_payment="always", set_limits="bad")
    await stage.tap("Ещё…")
    await stage.tap("Взгляд со стороны")
    paper = next(one for one in stage.from_bot if one.text.startswith("Нужен взгляд"))
    assert said in paper.text


async def test_who_was_hurt_does_not_ask_a_colleague_whether_it_was_their_own_doing(
    stage: Stage,
) -> None:
    await judged(stage, rudeness="often", set_limits="bad", giving_best="bad")
    await stage.tap("Ещё…")
    await stage.tap("Взгляд со стороны")
    paper = next(one for one in stage.from_bot if one.text.startswith("Нужен взгляд"))
    assert "Кто или что здесь может помочь?" in paper.text
    assert "преувеличени" not in paper.text
    assert "слабые места" not in paper.text
    await stage.press(ClientLeaves(assessment=1))
    assert "оплату за сделанное" in stage.text
    assert "отзыв" not in stage.text


async def test_who_ends_it_tells_a_colleague_so(stage: Stage) -> None:
    await judged(stage, **SHORT)
    await stage.press(EndIt(assessment=1, why="exhausted"))
    await stage.tap("Ещё…")
    await stage.tap("Взгляд со стороны")
    paper = next(one for one in stage.from_bot if one.text.startswith("Нужен взгляд"))
    assert "Сил продолжать больше нет." in paper.text
    assert "преувеличени" not in paper.text


# More


async def test_one_good_word_that_fits_stands_on_the_card(stage: Stage) -> None:
    for answers, word in (
        ({"rudeness": "often"}, "Такие слова говорят"),
        ({"harassment": "often"}, "Злиться, бояться"),
        ({"no_feedback": "often"}, "Молчание чаще значит"),
    ):
        await judged(stage, f"Клиент {word[:5]}", **answers)
        assert word in stage.text.splitlines()[-3]
    await stage.press("ve:1:7")
    assert stage.text.splitlines()[2].startswith("Такие слова говорят"), "an old pager's button"


async def test_a_type_leads_back_to_the_verdict_it_was_opened_from(stage: Stage) -> None:
    await judged(stage, late_payment="always", payment_maze="often")
    await stage.tap("Почему так")
    assert "Похоже на: «платит потом»." in stage.text
    await stage.tap("‹ К выводу")
    await stage.tap("Ещё…")
    await stage.tap("Тип: ")
    assert stage.header.endswith("тип клиента")
    await stage.tap("Платит позже срока")
    assert stage.header.endswith("признак")
    await stage.tap("Что делать")
    assert "С чего начать:" in stage.text
    await stage.tap("‹ О признаке")
    await stage.tap("‹ К выводу")
    assert "Последняя попытка" in stage.text


@pytest.mark.parametrize(
    ("label", "asked", "yes", "said"),
    [
        ("Не могу продолжать", "Держаться за этого клиента", "Да, сил больше нет", "Понимаю."),
        (
            "Хочу закончить",
            "можно и хорошую",
            "Да, хочу закончить",
            "достаточная причина",
        ),
    ],
)
async def test_an_end_that_is_nobody_s_fault_is_asked_before_it_changes_the_verdict(
    stage: Stage, label: str, asked: str, yes: str, said: str
) -> None:
    await judged(stage, **SHORT)
    await stage.tap("Ещё…")
    await stage.tap(label)
    assert asked in stage.text
    await stage.tap("Пока оставить как есть")
    assert "Обычные трения" in stage.text
    await stage.tap("Ещё…")
    await stage.tap(label)
    await stage.tap(yes)
    assert "Расстаться спокойно" in stage.text
    assert said in stage.text
    assert "Если передумаете" in stage.text
    assert "вреда" not in stage.text
    assert stage.main == "Письмо: прощание без упрёков"
    assert (await stage.assessment(1)).verdict == "ordinary_friction", "the past stays"
    await stage.press("vz:1:exhausted" if "сил" in yes else "vz:1:wants_out")
    assert len((await stage.read(lambda owned: owned.export())).assessments) == 2
    await stage.tap("Ещё…")
    assert label not in stage.labels


async def test_nobody_who_was_hurt_is_told_of_a_warm_end(stage: Stage) -> None:
    await judged(stage, **SHORT, rudeness="once")
    await stage.tap("Ещё…")
    await stage.tap("Хочу закончить")
    assert "хватит короткого письма" in stage.text
    assert "тепло" not in stage.text
    await stage.tap("Да, хочу закончить")
    assert stage.toast == "Хорошо. Закончим коротко и спокойно"
    assert stage.main == "Письмо: прощание"
    await stage.tap("Ещё…")
    assert "Хочу закончить" not in stage.labels
    await stage.tap("Не могу продолжать")
    assert "Вывод от этого не изменится" in stage.text


async def test_where_it_is_time_to_leave_no_end_is_offered_besides(stage: Stage) -> None:
    await judged(stage, rudeness="always")
    await stage.tap("Ещё…")
    assert not {"Хочу закончить", "Не могу продолжать"} & {*stage.labels}


async def test_a_client_who_leaves_is_answered_and_kept_in_the_log(stage: Stage) -> None:
    await judged(stage, **SHORT)
    await stage.tap("Ещё…")
    await stage.tap("Клиент уходит")
    assert "оплату за сделанное" in stage.text
    assert "это не оценка вам" in stage.text
    await stage.tap("Записать это")
    await stage.tap("Записать это")
    facts = (await stage.read(lambda owned: owned.export())).facts
    assert [each.words for each in facts] == ["Клиент уходит сам"]
    await stage.tap("Письмо: передача дел")
    assert "передача дел" in stage.header.lower() or "вопрос" in stage.header


async def test_a_changed_answer_makes_a_new_assessment_of_today(stage: Stage) -> None:
    await judged(stage, late_payment="always")
    stage.clock.move(days=3)
    await stage.tap("Ещё…")
    await stage.tap("Изменить ответ")
    assert stage.toast == "Ответы скопированы в новый разбор"
    await stage.press(next(one for one in stage.offered(Ask) if one.question == "late_payment"))
    assert "В прошлый раз" in stage.text
    await stage.answer("once")
    await stage.tap("Остальное как было")
    assert "вывод 24 ноября" in stage.header
    old, new = await stage.given(1), await stage.given(2)
    assert {each for each in old if old[each] != new[each]} == {"late_payment"}


async def test_changing_twice_goes_on_with_the_one_begun(stage: Stage) -> None:
    await judged(stage, late_payment="always")
    for toast in ("Ответы скопированы в новый разбор", "Продолжаем с этого места"):
        await stage.press(Change(assessment=1))
        assert stage.toast == toast
    assert len((await stage.read(lambda owned: owned.export())).assessments) == 2


# The second time


async def test_a_new_assessment_shows_last_time_s_answers(stage: Stage) -> None:
    await judged(stage, late_payment="always", reporting="bad")
    await stage.tap("‹ К клиенту")
    stage.clock.move(days=21)
    await stage.tap("Новый разбор")
    shown = {each.question for each in stage.offered(Ask)}
    assert shown == {"late_payment", "reporting"}
    await stage.press(Ask(assessment=2, question="late_payment"))
    assert "В прошлый раз: дольше месяца." in stage.text


async def test_what_changed_since_is_told_in_words(stage: Stage) -> None:
    await judged(stage, late_payment="always", reporting="bad", after_hours="once", threats="skip")
    await stage.tap("‹ К клиенту")
    stage.clock.move(days=21)
    await stage.assess(
        "Новый разбор", late_payment="never", after_hours="often", scope_creep="once"
    )
    await stage.tap("Ещё…")
    await stage.tap("Что изменилось")
    for line in (
        "Стало легче: ",
        "Стало тяжелее: ",
        "У вас наладилось: ",
        "Раньше ответа не было: ",
    ):
        assert line in stage.text
    assert "С 21 ноября по 12 декабря" in stage.text
    await stage.tap("Динамика")
    assert stage.header.endswith("динамика выводов")
    assert stage.labels[0].startswith("12 декабря")
    assert stage.labels[1].startswith("21 ноября")
    await stage.tap("21 ноября")
    assert "Есть более новый: 12 декабря." in stage.text


async def test_the_card_tells_the_last_verdict_and_what_moved(stage: Stage) -> None:
    await judged(stage, late_payment="always")
    await stage.tap("‹ К клиенту")
    assert "Последний вывод: Последняя попытка, 21 ноября." in stage.text
    stage.clock.move(days=21)
    await stage.assess("Новый разбор")
    await stage.tap("‹ К клиенту")
    assert "«Последняя попытка» → «Обычные трения»" in stage.text
    await stage.tap("Динамика")
    await stage.tap("‹ К клиенту")
    assert stage.main == "Открыть вывод"


async def test_the_same_answers_again_say_that_nothing_changed(stage: Stage) -> None:
    await judged(stage, **SHORT)
    await stage.tap("‹ К клиенту")
    stage.clock.move(days=14)
    await stage.assess("Новый разбор", **SHORT)
    await stage.tap("Ещё…")
    await stage.tap("Что изменилось")
    assert "Ответы те же, что и в прошлый раз." in stage.text
    assert "вывод прежний" in stage.text


# The past is frozen


# Invariant I7.
async def test_no_button_of_a_judged_assessment_changes_it(stage: Stage) -> None:
    await judged(stage, late_payment="always")
    before = await stage.assessment()
    stage.clock.move(days=14)
    for data in (
        "a:1:late_payment:never",
        "aq:1:money",
        "ab:1:late_payment",
        "q:1:late_payment",
        "ro:1",
        "ap:1",
        "ar:1",
        "t:1:0",
        "tt:1:late_payment:1:0",
        "le:1",
        "ls:1:failed",
        "r:1",
        "rt:1:money",
    ):
        await stage.press(data)
        assert stage.header == "Студия «Вектор» · этот разбор закрыт", data
        assert "Он завершён 21 ноября" in stage.text
        assert stage.main == "Открыть вывод"
    assert await stage.assessment() == before
    await stage.tap("Открыть вывод")
    assert "вывод 21 ноября" in stage.header


async def test_the_closed_screen_offers_a_new_assessment(stage: Stage) -> None:
    await judged(stage, late_payment="always")
    stage.clock.move(days=14)
    await stage.press(GiveAnswer(assessment=1, question="late_payment", option="never"))
    await stage.tap("Новый разбор")
    assert stage.header == "Студия «Вектор» · с 21 ноября"


async def test_a_verdict_asked_before_any_answer_goes_on_with_the_questions(
    stage: Stage,
) -> None:
    await stage.client()
    await stage.begin()
    for data in ("j:1", "v:1", "va:1:0", "vm:1", "ve:1:0", "vo:1", "vt:1", "vc:1", "vd:1", "vx:1"):
        await stage.press(data)
        assert stage.header.endswith("вопрос 1"), data
    assert (await stage.assessment()).judged_at is None


async def test_a_verdict_of_another_year_says_the_year(stage: Stage) -> None:
    await judged(stage, **SHORT)
    stage.clock.move(days=60)
    await stage.press(ShowVerdict(assessment=1))
    assert "2026" in stage.header


def judged_before_the_rule_changed(owned: Owned) -> None:
    """Leave a verdict of rule 1 behind: two bad answers of oneself were enough for it then."""
    now = datetime(2026, 10, 1, tzinfo=UTC)
    old = owned.assessments.start(ClientNumber(1), Depth.FULL, team=False, now=now)
    owned.assessments.answer(
        old.number, [Answer("reporting", "bad"), Answer("last_minute", "often")]
    )
    owned.assessments.freeze(old.number, "start_with_yourself", 1, now)


async def test_a_verdict_of_the_former_rule_stays_and_says_so(stage: Stage) -> None:
    await stage.client()
    await stage.read(judged_before_the_rule_changed)
    await stage.press(ShowVerdict(assessment=1))

    assert stage.text.splitlines()[2] == "Начать с себя"
    assert "по прежнему правилу" in stage.text
    assert "Станет" not in stage.text, "what would move it is not what moved it then"


async def test_a_comparison_of_two_rules_says_so(stage: Stage) -> None:
    await stage.client()
    await stage.read(judged_before_the_rule_changed)
    await stage.assess(last_minute="often")
    await stage.press(ShowTrend(assessment=2))
    assert "по прежнему правилу" in stage.text

    stage.clock.move(days=14)
    await stage.press(StartAssessment(client=1, depth="full"))
    await stage.press(GiveAnswer(assessment=3, question="last_minute", option="once"))
    await stage.tap("Остальное как было")
    await stage.press(ShowTrend(assessment=3))
    assert "по прежнему правилу" not in stage.text
