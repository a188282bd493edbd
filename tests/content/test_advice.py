"""The answer that fits: every verdict with every sign, answer, voice, tried or not."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from content.advice import (
    advice,
    advice_line,
    card,
    deeds,
    easier,
    like,
    link_sentences,
    mended_sentence,
    serious,
)
from content.assembled import read
from content.first_letter import letter_for
from content.models import (
    FIRST_LANGUAGE,
    SIGN_OPTIONS,
    ClientKind,
    Ground,
    LastEffort,
    OptionId,
    QuestionId,
    SignKind,
    Stage,
    VerdictId,
)
from content.plan import MOST, Calendar, plan
from content.schedule.habits import Habits
from content.sheet import Sheet
from content.stages import CALM, stage_of
from content.typography import slips
from content.verdict import Verdict, judge
from content.voices import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from content.knowledge import Catalogue, Knowledge

PARTINGS = (VerdictId.PART, VerdictId.LEAVE_NOW)
FRIDAY = dt.date(2026, 11, 20)
HABITS = Habits(ZoneInfo("Europe/Moscow"))
STAYING = ("разберите клиента снова", "начните с этого", "наладить", "станет легче")
"""What no answer says that ends something."""
ENDING = ("расста", "прощани", "прощальн", "прощайтесь", "последний день работы", "передать дела")
"""What no answer says that goes on, critical episodes apart."""
OPENING = (
    "предложите",
    "назовите новую цену",
    "новая цена",
    "тариф",
    "уже серьёзно",
    "с чего начать",
)
"""What no advice says that serves parting."""
RUDE = ("груб", "злые слова", "оскорб")


def calm(catalogue: Catalogue, **answers: str) -> dict[QuestionId, OptionId]:
    whole: dict[str, str] = {
        **dict.fromkeys(catalogue.questions, "good"),
        **dict.fromkeys(catalogue.signs, "never"),
        **answers,
    }
    return {QuestionId(question): OptionId(option) for question, option in whole.items()}


def sheets(catalogue: Catalogue, sign: QuestionId) -> Iterator[Sheet]:
    """Yield sheets on which the sign is there: every answer, tried or not, own gap or none."""
    gaps = catalogue.signs[sign].excused_by[:1]
    for option in SIGN_OPTIONS[1:]:
        for tried in (frozenset[QuestionId](), frozenset({sign})):
            for gap in ("good", "partly", "bad"):
                answers = calm(catalogue, **{sign: option}, **dict.fromkeys(gaps, gap))
                yield Sheet(answers, team=True, tried=tried)
                if not gaps:
                    break


def every(catalogue: Catalogue) -> Iterator[tuple[Sheet, Verdict]]:
    """Yield every verdict × sign × answer × tried: as the rule says, and as it might say."""
    for sign, data in catalogue.signs.items():
        for sheet in sheets(catalogue, sign):
            verdict = judge(catalogue, sheet)
            yield sheet, verdict
            for changed in (replace(sheet, wants_out=True), replace(sheet, exhausted=True)):
                yield changed, judge(catalogue, changed)
            failed = replace(sheet, last_effort=LastEffort.FAILED)
            yield failed, judge(catalogue, failed)
            if data.kind is not SignKind.CRITICAL:
                own = {VerdictId.START_WITH_YOURSELF} if not verdict.gaps else set()
                for other in set(VerdictId) - own:
                    yield sheet, replace(verdict, id=other, grounds=())


@pytest.fixture(params=Voice)
def voice(request: pytest.FixtureRequest) -> Voice:
    """Return each voice."""
    return Voice(request.param)


def test_no_answer_contradicts_its_verdict(knowledge: Knowledge, voice: Voice) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru", voice)
    for sheet, verdict in every(catalogue):
        shown = card(words, catalogue, sheet, verdict)
        said = " ".join((shown.meaning, shown.own, shown.easier, shown.next)).lower()
        case = (verdict.id, verdict.because[:1], said)
        assert shown.meaning, case
        assert shown.next, case
        assert shown.kind_word, case
        if verdict.id in PARTINGS:
            assert not [each for each in STAYING if each in said], case
            assert not shown.own, case
        elif not verdict.critical and "emotional_toll" not in {r.question for r in verdict.because}:
            told = said.replace("прежде чем прощаться", "")
            assert not [each for each in ENDING if each in told], case
        if "rudeness" not in verdict.critical:
            assert not [each for each in RUDE if each in shown.kind_word.lower()], case


def test_what_is_said_fits_the_card(knowledge: Knowledge, voice: Voice) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru", voice)
    for sheet, verdict in every(catalogue):
        shown = card(words, catalogue, sheet, verdict)
        assert len(shown.reasons) <= 3
        assert all(len(each) <= 62 for each in shown.reasons), shown.reasons
        assert len(shown.kind_word) <= 110, shown.kind_word
        assert len(shown.own) <= 130, shown.own
        assert len(shown.easier) <= 150, shown.easier
        for text in (shown.meaning, shown.own, shown.easier, shown.next, *shown.reasons):
            assert "{" not in text
            assert not list(slips(text, words.language)), text


def test_advice_on_parting_serves_parting_alone(knowledge: Knowledge, voice: Voice) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru", voice)
    for sheet, verdict in every(catalogue):
        calm = verdict.id in CALM
        for item in advice(words, catalogue, sheet, verdict):
            line = advice_line(words, item)
            if verdict.id in PARTINGS:
                assert item.stage is Stage.LEAVE
                assert not [each for each in OPENING if each in line.lower()], line
            else:
                assert item.stage is not Stage.LEAVE
                label, _, said = line.partition(":\n")
                assert said[:1].isupper(), line
                mild = item.own or item.stage is Stage.MEND
                serious = "Не помогло, теперь так" if calm else "Уже серьёзно"
                assert label == ("С чего начать" if mild else serious), (verdict.id, line)


def test_a_plan_is_made_of_deeds_on_working_days(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    names = {each.name for each in words.signs.values()}
    away = Calendar(FRIDAY, replace(HABITS, holidays="RU"), dt.date(2026, 12, 7))
    for sheet, verdict in every(catalogue):
        for calendar in (Calendar(FRIDAY, HABITS), away):
            steps = plan(words, catalogue, sheet, verdict, calendar)
            assert len(steps) <= MOST
            texts = [step.text for step in steps]
            assert len(set(texts)) == len(texts)
            assert not names & set(texts)
            assert all(not calendar.is_free(step.due) for step in steps)
            assert [step.due for step in steps] == sorted(step.due for step in steps)
            assert all(step.due > FRIDAY for step in steps)
            # «Уходить сейчас» does not wait a week for its letter.
            at_once = verdict.id is VerdictId.LEAVE_NOW
            assert not at_once or all(step.due <= calendar.after(2) for step in steps)
        if verdict.id in (VerdictId.ORDINARY_FRICTION, VerdictId.CANNOT_TELL):
            assert not steps
        elif verdict.because:
            assert steps, verdict
        if verdict.id in PARTINGS:
            assert any("письмо" in text for text in texts), texts
            assert not [text for text in texts if "услови" in text.lower()], texts


@pytest.mark.parametrize(
    ("verdict", "option", "tried", "stage"),
    [
        ("mendable", "once", False, "mend"),
        ("mendable", "often", False, "insist"),
        ("mendable", "once", True, "insist"),
        ("last_effort", "always", False, "insist"),
        ("last_effort", "once", False, "mend"),
        ("part", "once", False, "leave"),
        ("leave_now", "always", True, "leave"),
        ("ordinary_friction", "often", False, "mend"),
        ("ordinary_friction", "once", True, "insist"),
        ("start_with_yourself", "often", False, "mend"),
        ("start_with_yourself", "bad", False, "insist"),
        ("cannot_tell", "always", False, "mend"),
        ("mendable", "partly", False, "mend"),
        ("part", "bad", False, "leave"),
    ],
)
def test_the_stage_follows_verdict_answer_and_what_was_tried(
    verdict: str, option: str, tried: bool, stage: str
) -> None:
    assert stage_of(VerdictId(verdict), OptionId(option), tried=tried) == stage


def test_what_can_be_ones_own_doing_is_mended_before_anything_is_insisted_on() -> None:
    often = OptionId("often")
    assert stage_of(VerdictId.MENDABLE, often, own=True) is Stage.MEND
    assert stage_of(VerdictId.MENDABLE, often, own=True, tried=True) is Stage.INSIST
    assert stage_of(VerdictId.LAST_EFFORT, often, own=True) is Stage.INSIST
    assert stage_of(VerdictId.PART, often, own=True) is Stage.LEAVE


SAID: dict[str, tuple[dict[str, str], dict[str, bool], str, str]] = {
    "a first insult is answered with the limit": (
        {"rudeness": "once"},
        {},
        "скажите об этом прямо",
        "услов",
    ),
    "a debt is answered with money": ({"late_payment": "always"}, {}, "оплаты", "смет"),
    "extra work with the list": (
        {"scope_creep": "always", "never_satisfied": "often"},
        {},
        "список",
        "долг",
    ),
    "harassment is no matter of work": ({"harassment": "often"}, {}, "терпеть", "услов"),
    "no strength is answered kindly": ({}, {"exhausted": True}, "не обязаны", "поводов"),
    "who wants out needs no proof": ({}, {"wants_out": True}, "достаточная причина", "вред"),
    "a threat is not bargained with": ({"threats": "once"}, {}, "не торгуются", "смет"),
    "dread is answered with rest": (
        {"emotional_toll": "always"},
        {},
        "чего эта работа вам стоит",
        "смет",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_the_card_speaks_of_what_weighed(knowledge: Knowledge, case: str) -> None:
    answers, more, wanted, unwanted = SAID[case]
    catalogue = knowledge.catalogue
    sheet = replace(Sheet(calm(catalogue, **answers)), **more)  # type: ignore[arg-type]
    shown = card(knowledge.words("ru"), catalogue, sheet, judge(catalogue, sheet))
    assert wanted in shown.meaning
    assert unwanted not in shown.meaning + shown.next


def test_an_own_gap_is_linked_with_the_sign_it_can_cause(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    answers = calm(catalogue, after_hours="often", set_limits="bad")
    links = link_sentences(words, judge(catalogue, Sheet(answers)))
    assert links[0] == "Ночные звонки и письма — часто, а часов связи вы не называли."
    for sign, data in catalogue.signs.items():
        for gap in data.excused_by:
            for option in ("partly", "bad"):
                answers = calm(catalogue, **{sign: "often", gap: option})
                (link,) = link_sentences(words, judge(catalogue, Sheet(answers, team=True)))
                assert re.fullmatch(r"[А-ЯЁ].+ — .+, а [а-яё].+\.", link)
                assert " а и " not in link


def test_what_was_mended_is_said_first(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    before = Sheet(calm(catalogue, set_limits="bad", reporting="bad", after_hours="often"))
    part = Sheet(calm(catalogue, reporting="bad", after_hours="always"))
    whole = Sheet(calm(catalogue, after_hours="always"))
    assert mended_sentence(words, catalogue, part, before) == (
        "С прошлого раза вы поправили своё: часы связи и доплаты."
    )
    said = "Своё вы сделали, теперь видно, что дело не в вас."
    assert mended_sentence(words, catalogue, whole, before) == said
    assert card(words, catalogue, whole, judge(catalogue, whole), before).own == said
    assert mended_sentence(words, catalogue, before, before) == ""


def test_easier_names_only_what_can_still_be_done(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    night = Sheet(calm(catalogue, after_hours="always", my_project_first="often", set_limits="bad"))
    (way,) = easier(words, catalogue, night, judge(catalogue, night))
    assert way == (
        "Станет легче, если вы назовёте часы связи и доплаты, а ночью и в выходные будут писать"
        " реже: «Обычные трения»."
    )
    insulted = Sheet(calm(catalogue, rudeness="once"))
    verdict = judge(catalogue, insulted)
    assert easier(words, catalogue, insulted, verdict) == ()
    assert serious(words, catalogue, insulted, verdict)[0] == (
        "Станет серьёзнее, если грубость повторится: «Уходить сейчас»."
    )


def test_nobody_is_likened_to_what_was_denied_or_is_their_own_doing(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    pressed = Sheet(calm(catalogue, team_disrespect="always"), team=True)
    assert "груб" not in like(words, catalogue, pressed, judge(catalogue, pressed).id)
    late = Sheet(calm(catalogue, late_payment="always"))
    assert "платит потом" in like(words, catalogue, late, VerdictId.LAST_EFFORT)
    assert like(words, catalogue, late, VerdictId.START_WITH_YOURSELF) == ""


def test_the_first_letter_is_about_what_weighed(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    for answers, letter in (
        ({"late_payment": "always"}, "payment_reminder"),
        ({"late_payment": "always", "payment_maze": "always"}, "payment_reminder"),
        ({"late_payment": "always", "vague_brief": "once"}, "payment_reminder"),
        ({"late_payment": "always", "scope_creep": "always"}, "last_effort"),
        ({"late_payment": "always", "no_feedback": "always"}, "payment_reminder"),
        ({"scope_creep": "always", "never_satisfied": "always"}, "last_effort"),
        ({"rudeness": "often"}, "farewell"),
        ({"after_hours": "always"}, "limits"),
        ({}, None),
    ):
        sheet = Sheet(calm(catalogue, **answers))
        verdict = judge(catalogue, sheet)
        assert letter_for(knowledge.letters, sheet, verdict) == letter, verdict.id


@pytest.mark.parametrize("end", ["wants_out", "exhausted"])
def test_who_ends_it_without_a_guilty_one_is_led_to_the_letter_without_claims(
    knowledge: Knowledge, end: str
) -> None:
    def ending(sheet: Sheet) -> Sheet:
        return replace(sheet, wants_out=end == "wants_out", exhausted=end == "exhausted")

    catalogue = knowledge.catalogue
    cases: tuple[dict[str, str], ...] = ({}, {"scope_creep": "once"}, {"late_payment": "always"})
    for answers in cases:
        sheet = ending(Sheet(calm(catalogue, **answers)))
        assert letter_for(knowledge.letters, sheet, judge(catalogue, sheet)) == "leaving"
    told = ending(Sheet(calm(catalogue, rudeness="often")))
    assert letter_for(knowledge.letters, told, judge(catalogue, told)) == "farewell"


def test_no_letter_read_aloud_opens_a_window_to_who_insults_or_threatens(
    knowledge: Knowledge,
) -> None:
    for sign, option in (("threats", "once"), ("rudeness", "often"), ("harassment", "often")):
        sheet = Sheet(calm(knowledge.catalogue, **{sign: option}))
        text = read(knowledge, FIRST_LANGUAGE, sheet, Voice.PLAIN, Calendar(FRIDAY, HABITS))
        assert "‹факты с датами›" in text
        assert "с радостью вернусь" not in text, sign


def test_friction_and_too_little_knowledge_need_no_plan(knowledge: Knowledge) -> None:
    words = knowledge.words("ru")
    verdict = Verdict(
        VerdictId.CANNOT_TELL, ClientKind.ORDINARY, (), 0, 0, because=(), gaps=(), critical=()
    )
    assert deeds(words, knowledge.catalogue, Sheet({}), verdict) == ()
    assert Ground.OWN_PART not in verdict.grounds


def test_the_whole_answer_reads_as_one_text(knowledge: Knowledge, voice: Voice) -> None:
    sheet = Sheet(calm(knowledge.catalogue, late_payment="always", agreed_in_writing="bad"))
    text = read(knowledge, FIRST_LANGUAGE, sheet, voice, Calendar(FRIDAY, HABITS))
    for part in ("# Последняя попытка", "• деньги позже срока — больше месяца", "## План", "счёт"):
        assert part in text
    assert "{" not in text


def answer_to(knowledge: Knowledge, more: Mapping[str, object], **answers: str) -> str:
    """Return the whole answer on a sheet, as one text."""
    sheet = replace(Sheet(calm(knowledge.catalogue, **answers)), **more)  # type: ignore[arg-type]
    return read(knowledge, FIRST_LANGUAGE, sheet, Voice.PLAIN, Calendar(FRIDAY, HABITS))


def test_a_last_effort_that_is_made_waits_for_its_day(knowledge: Knowledge) -> None:
    tried = frozenset({QuestionId("scope_creep")})
    made = {"tried": tried, "last_effort": LastEffort.MADE}
    told = answer_to(knowledge, made, scope_creep="always")
    assert "До названного дня нового не берите." in told
    assert "Начните с письма" not in told
    assert "Добрый день" not in told
    again = answer_to(knowledge, {"tried": tried}, scope_creep="always")
    assert "Начните с письма" in again
    assert "Добрый день" in again


def test_what_is_written_already_is_not_asked_for_again(knowledge: Knowledge, voice: Voice) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru", voice)
    ask_again = re.compile(r"(?<!не )(?:отправьте|пришлите|назовите|напишите|предложите|запишите) ")
    for sign, data in catalogue.signs.items():
        for more in ({}, {"rudeness": "once"}):
            answers = calm(catalogue, late_payment="always", scope_creep="often", **more)
            sheet = Sheet({**answers, sign: OptionId("always")}, last_effort=LastEffort.MADE)
            verdict = replace(judge(catalogue, sheet), id=VerdictId.LAST_EFFORT)
            if data.kind is SignKind.CRITICAL:
                continue
            shown = card(words, catalogue, sheet, verdict)
            items = advice(words, catalogue, sheet, verdict)
            waiting = [advice_line(words, each) for each in items if each.waits]
            steps = [text for _, text in deeds(words, catalogue, sheet, verdict)]
            said = " ".join((shown.meaning, shown.next, *waiting, *steps)).lower()
            assert "ответ" in shown.meaning
            assert len(waiting) == len([r for r in verdict.because if r.question not in more][:5])
            assert not ask_again.search(said), said
            assert all(not each.phrase for each in items if each.waits)


def test_what_follows_a_vain_attempt_is_no_first_step(knowledge: Knowledge) -> None:
    tried = {"tried": frozenset({QuestionId("late_payment")})}
    assert "Следующий шаг — назвать последний день" in answer_to(
        knowledge, tried, late_payment="often"
    )
    assert "Первый шаг" in answer_to(knowledge, {}, late_payment="often")


def test_where_it_ends_the_money_that_is_owed_comes_first(knowledge: Knowledge) -> None:
    drained = dict.fromkeys(("scope_creep", "costs_more_than_brings", "price_pressure"), "always")
    critical = ({sign: "often"} for sign in ("rudeness", "harassment", "threats"))
    for answers in (drained, *critical):
        for debt, claimed in (("never", False), ("once", False), ("often", True)):
            told = answer_to(knowledge, {}, **answers, late_payment=debt)
            assert ("Отправить требование об оплате" in told) == claimed, told


def test_nothing_is_likened_beside_what_no_type_has(knowledge: Knowledge) -> None:
    told = answer_to(knowledge, {}, harassment="often", after_hours="always")
    assert "Похоже на" not in told
    assert "Похоже на" in answer_to(knowledge, {}, rudeness="often", after_hours="always")


def test_the_card_asks_for_the_money_where_its_letter_does(knowledge: Knowledge) -> None:
    alone = answer_to(knowledge, {}, late_payment="always", no_feedback="often")
    assert "Начните с письма о долге" in alone
    assert "Оплата счёта" in alone
    more = answer_to(knowledge, {}, late_payment="always", scope_creep="always")
    assert "Начните с письма о долге" not in more
    assert "Оплата счёта" not in more
    assert "что не оплачено, что ещё мешает" in more


@pytest.mark.parametrize("end", ["wants_out", "exhausted"])
def test_who_ends_it_is_not_left_without_the_money(knowledge: Knowledge, end: str) -> None:
    def steps(**answers: str) -> str:
        return answer_to(knowledge, {end: True}, **answers).partition("## План")[2]

    assert re.search("об оплате|о счёте", steps(late_payment="often"))
    assert not re.search("об оплате|о счёте", steps(late_payment="once"))


def test_what_was_crossed_is_told_as_such_and_once(knowledge: Knowledge) -> None:
    told = answer_to(knowledge, {"tried": frozenset({QuestionId("rudeness")})}, rudeness="once")
    assert told.count("грубость — снова, после вашего «так нельзя»") == 2
    assert "грубость — один раз" not in told
    first = answer_to(knowledge, {}, rudeness="once")
    assert first.count("Станет серьёзнее") == 1


def test_friction_with_a_cause_of_ones_own_begins_there(knowledge: Knowledge) -> None:
    own = answer_to(knowledge, {}, scope_creep="often", explained_scope="bad")
    assert "Первый шаг — написать план на одну страницу." in own
    assert "Первый шаг" not in answer_to(knowledge, {}, last_minute="often")


def test_nothing_becomes_easier_where_it_ends(knowledge: Knowledge) -> None:
    answers = {"costs_more_than_brings": "always", "price_pressure": "always"}
    told = answer_to(knowledge, {}, **answers, never_satisfied="always", scope_creep="often")
    assert told.startswith("# Расстаться спокойно")
    assert "Станет легче" not in told


def test_a_type_is_denied_by_what_it_speaks_of(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    for asked, named in (("never", False), ("often", True), ("skip", True)):
        sheet = Sheet(calm(catalogue, price_pressure="always", scope_creep=asked))
        told = like(words, catalogue, sheet, VerdictId.LAST_EFFORT)
        assert ("тысяча задач" in told) == named


def test_many_small_things_are_answered_as_many(knowledge: Knowledge) -> None:
    often = ("price_pressure", "know_it_all", "unfair_criticism", "vague_brief", "after_hours")
    told = answer_to(knowledge, {}, **dict.fromkeys((*often, "last_minute"), "often"))
    assert told.startswith("# Последняя попытка\nМешает уже слишком многое")
    assert "согласованная цена, что в неё входит" not in told


@pytest.mark.parametrize("end", ["wants_out", "exhausted"])
def test_a_trifle_is_no_reproach_where_nobody_is_to_blame(knowledge: Knowledge, end: str) -> None:
    told = answer_to(knowledge, {end: True}, last_minute="once", vague_brief="often")
    assert "неясные задачи — часто" in told
    assert "срочные" not in told.lower()
