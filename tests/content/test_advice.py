"""The answer that fits: every verdict with every sign, answer, voice, tried or not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import combinations, product
from zoneinfo import ZoneInfo

import pytest

from content.advice import (
    OWN_REASONS,
    REASONS,
    advice,
    advice_line,
    card,
    deeds,
    easier,
    item,
    like,
    link_sentences,
    mended_sentence,
    own_part,
    serious,
)
from content.answers import words_of
from content.assembled import read
from content.client_types import client_types
from content.first_letter import claim_before, cooler_than, first_tone, letter_for
from content.knowledge import Catalogue, Knowledge, Words
from content.letters.models import LetterId, Tone
from content.models import (
    FIRST_LANGUAGE,
    SIGN_OPTIONS,
    SKIP,
    ClientKind,
    Ground,
    Language,
    LastEffort,
    OptionId,
    OwnAdvice,
    QuestionId,
    SignKind,
    Stage,
    StepOf,
    StepWithWork,
    VerdictId,
)
from content.outlook import easier_if
from content.plan import MOST, Calendar, plan
from content.schedule.habits import Habits
from content.sheet import Sheet
from content.stages import CALM, stage_of, stage_on
from content.themes import DEBT
from content.typography import slips
from content.verdict import Verdict, judge
from content.voices import Voice
from tests.content.sheets import random_sheet

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
LANGUAGES = (Language("ru"), Language("en"))
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


@cache
def every(catalogue: Catalogue) -> list[tuple[Sheet, Verdict]]:
    return [*_every(catalogue)]


def _every(catalogue: Catalogue) -> Iterator[tuple[Sheet, Verdict]]:
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


LINKED = ", а "
"""Between a sign and the own gap that may cause it."""


def test_what_is_said_fits_the_card(knowledge: Knowledge, voice: Voice) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru", voice)
    for sheet, verdict in every(catalogue):
        shown = card(words, catalogue, sheet, verdict)
        assert len(shown.reasons) <= 3
        explained = [each for each in shown.reasons if LINKED in each]
        assert len(explained) <= 1, shown.reasons
        assert not (explained and shown.own), "a gap is told of once"
        assert all(len(each) <= 130 for each in explained), explained
        assert all(len(each) <= 62 for each in shown.reasons if LINKED not in each), shown.reasons
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
        for each in advice(words, catalogue, sheet, verdict):
            line = advice_line(words, each)
            if verdict.id in PARTINGS:
                assert each.stage is Stage.LEAVE
                assert not [word for word in OPENING if word in line.lower()], line
            else:
                assert each.stage is not Stage.LEAVE
                label, _, said = line.partition(":\n")
                assert said[:1].isupper(), line
                mild = each.own or each.stage is Stage.MEND
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
            # Somebody is told, and a threat kept, on a day off, too.
            first = any(catalogue.signs[each].at_once for each in verdict.critical)
            assert all(not calendar.is_free(step.due) for step in steps[first:])
            assert not first or steps[0].due == FRIDAY + dt.timedelta(days=1)
            assert [step.due for step in steps] == sorted(step.due for step in steps)
            assert all(step.due > FRIDAY for step in steps)
            assert len({step.due for step in steps}) == len(steps), "one deed a day"
            # «Уходить сейчас» does not wait a week for its letter.
            at_once = verdict.id is VerdictId.LEAVE_NOW
            assert not at_once or all(step.due <= calendar.after(4) for step in steps)
            # Who is asked for money has a day to read that before the farewell comes.
            claim = next((each.due for each in steps if each.about == "late_payment"), None)
            if claim and verdict.id in PARTINGS:
                (goodbye,) = (each.due for each in steps if "рощальн" in each.text)
                between = (claim + dt.timedelta(n) for n in range(1, (goodbye - claim).days))
                assert not all(map(calendar.is_free, between))
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
        "сказать это стоит прямо",
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
    links = link_sentences(words, catalogue, judge(catalogue, Sheet(answers)))
    assert links[0] == "Сообщения не вовремя — часто, а часов связи вы не называли."
    for sign, data in catalogue.signs.items():
        for gap in data.excused_by:
            for option in ("partly", "bad"):
                theirs = "once" if data.theirs else "often"
                answers = calm(catalogue, **{sign: theirs, gap: option})
                verdict = judge(catalogue, Sheet(answers, team=True))
                (link,) = link_sentences(words, catalogue, verdict)
                assert re.fullmatch(r"[А-ЯЁ].+ — .+, а [а-яё].+\.", link)
                assert " а и " not in link


def test_a_sign_with_two_causes_of_ones_own_is_told_of_once(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    answers = calm(catalogue, unfair_criticism="once", giving_best="bad", know_the_job="partly")
    links, _remark, rest = own_part(words, catalogue, judge(catalogue, Sheet(answers)))
    assert links.lower().count("критика без конкретики") == 1
    assert words.questions[QuestionId("know_the_job")].told.partly in rest


def test_a_debt_does_not_come_before_what_is_owed_oneself(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    sheet = Sheet(calm(catalogue, late_payment="always", giving_best="bad"))
    verdict = judge(catalogue, sheet)
    assert verdict.id is VerdictId.LAST_EFFORT
    for language in ("ru", "en"):
        words = knowledge.words(language)
        (_, first), *_ = deeds(words, catalogue, sheet, verdict)
        assert first[1:] in card(words, catalogue, sheet, verdict).next, language


@pytest.mark.parametrize(("language", "today"), [("ru", "сегодня"), ("en", "today")])
def test_no_verdict_asks_for_today_what_its_plan_has_for_tomorrow(
    knowledge: Knowledge, language: str, today: str
) -> None:
    for told in knowledge.words(language).verdicts.values():
        said = [(told.steps, told.next), *((e.steps, e.next) for e in told.weighed.values())]
        assert not [then for steps, then in said if steps and today in (then or "").lower()]


def test_what_was_mended_is_said_first(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    before = Sheet(calm(catalogue, set_limits="bad", reporting="bad", after_hours="often"))
    part = Sheet(calm(catalogue, reporting="bad", after_hours="always"))
    whole = Sheet(calm(catalogue, after_hours="always"))
    assert mended_sentence(words, catalogue, part, before) == (
        "С прошлого раза вы поправили своё: правила для клиента."
    )
    said = "Своё вы сделали, теперь видно, что дело не в вас."
    assert mended_sentence(words, catalogue, whole, before) == said
    assert card(words, catalogue, whole, judge(catalogue, whole), before).own == said
    assert mended_sentence(words, catalogue, before, before) == ""


def test_who_should_start_with_themselves_reads_their_own_gaps_first(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    own = {"could_do_better": "bad", "giving_best": "bad", "explained_scope": "partly"}
    sheet = Sheet(calm(catalogue, price_pressure="once", emotional_toll="once", **own))
    verdict = judge(catalogue, sheet)
    assert verdict.id is VerdictId.START_WITH_YOURSELF
    told = card(words, catalogue, sheet, verdict).reasons
    assert len(told) == REASONS
    worst = [words.questions[QuestionId(each)].told for each in ("could_do_better", "giving_best")]
    assert sorted(told[:OWN_REASONS]) == sorted(each.bad for each in worst)


def test_easier_names_only_what_can_still_be_done(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    night = Sheet(calm(catalogue, after_hours="always", my_project_first="often", set_limits="bad"))
    assert easier(words, catalogue, night, judge(catalogue, night)) == (
        "Вывод смягчится, если вы назовёте свои правила, а в нерабочее время будут писать"
        " реже: «Обычные трения»."
    )
    insulted = Sheet(calm(catalogue, rudeness="once"))
    verdict = judge(catalogue, insulted)
    assert easier(words, catalogue, insulted, verdict) == ""
    assert serious(words, catalogue, insulted, verdict) == (
        "Вывод станет серьёзнее, если грубость повторится: «Уходить сейчас»."
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
        ({"disputes_invoices": "always"}, "reply_withheld"),
        ({"outside_competence": "always"}, "refusal"),
        ({"after_hours": "always"}, "limits"),
        ({"payment_maze": "always"}, "limits"),
        ({"team_disrespect": "always"}, "limits"),
        ({"costs_more_than_brings": "always"}, "agreement"),
        ({"price_pressure": "always"}, "reply_discount"),
        ({}, None),
    ):
        sheet = Sheet(calm(catalogue, **answers))
        verdict = judge(catalogue, sheet)
        assert letter_for(catalogue, knowledge.letters, sheet, verdict) == letter, verdict.id


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
        assert letter_for(catalogue, knowledge.letters, sheet, judge(catalogue, sheet)) == "leaving"
    hurt = ending(Sheet(calm(catalogue, rudeness="once")))
    warm = "leaving" if end == "exhausted" else "farewell"
    assert letter_for(catalogue, knowledge.letters, hurt, judge(catalogue, hurt)) == warm
    told = ending(Sheet(calm(catalogue, rudeness="often")))
    assert letter_for(catalogue, knowledge.letters, told, judge(catalogue, told)) == "farewell"


def test_nobody_is_led_to_a_last_effort_after_harassment(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    for sign, letter in (("harassment", None), ("rudeness", "last_effort")):
        sheet = Sheet(calm(catalogue, scope_creep="often", after_hours="often", **{sign: "once"}))
        verdict = judge(catalogue, sheet)
        assert verdict.id is VerdictId.LAST_EFFORT
        assert letter_for(catalogue, knowledge.letters, sheet, verdict) == letter


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
    for part in (
        "# Последняя попытка",
        "• деньги позже срока — дольше месяца",
        "## План",
        "счёт",
    ):
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
        if data.kind is SignKind.CRITICAL:
            continue
        for more, id_ in product(
            ({}, {"rudeness": "once"}), (VerdictId.MENDABLE, VerdictId.LAST_EFFORT)
        ):
            answers = calm(catalogue, late_payment="always", scope_creep="often", **more)
            sheet = Sheet({**answers, sign: OptionId("always")}, last_effort=LastEffort.MADE)
            verdict = replace(judge(catalogue, sheet), id=id_)
            assert letter_for(catalogue, knowledge.letters, sheet, verdict) is None
            shown = card(words, catalogue, sheet, verdict)
            items = advice(words, catalogue, sheet, verdict)
            waiting = [advice_line(words, each) for each in items if each.waits]
            steps = [text for _, text in deeds(words, catalogue, sheet, verdict)]
            said = " ".join((shown.meaning, shown.next, *waiting, *steps)).lower()
            assert "ответ" in shown.meaning
            assert len(waiting) == len([e for e in items if not e.own and e.about not in more])
            assert not ask_again.search(said), said
            assert all(not each.phrase for each in items if each.waits)


def test_no_terms_are_asked_for_while_an_answer_to_them_is_awaited(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    gaps = ("agreed_in_writing", "explained_scope", "set_limits")
    sheet = Sheet(
        calm(catalogue, late_payment="always", scope_creep="always", **dict.fromkeys(gaps, "bad")),
        last_effort=LastEffort.MADE,
    )
    for language in LANGUAGES:
        words = knowledge.words(language)
        own = [e for e in advice(words, catalogue, sheet, judge(catalogue, sheet)) if e.own]
        assert {each.about for each in own} == {*gaps}
        assert all(each.waits and not each.phrase for each in own)


def test_a_lawyer_is_spoken_of_only_where_money_is_late_by_more_than_a_month(
    knowledge: Knowledge,
) -> None:
    catalogue = knowledge.catalogue
    for language, lawyer in (("ru", "юрист"), ("en", "lawyer")):
        words = knowledge.words(Language(language))
        for option in SIGN_OPTIONS[1:]:
            sheet = Sheet(calm(catalogue, late_payment=option), wants_out=True)
            said = advice(words, catalogue, replace(sheet), judge(catalogue, sheet))
            debt = [each.text for each in said if each.about == "late_payment"]
            assert (lawyer in " ".join(debt)) == (option == SIGN_OPTIONS[3])


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


def test_nothing_is_likened_beside_what_nobody_need_bear(knowledge: Knowledge) -> None:
    for sign in ("harassment", "rudeness"):
        told = answer_to(knowledge, {}, **{sign: "often"}, after_hours="always")
        assert "Похоже на" not in told
    assert "Похоже на" in answer_to(knowledge, {}, after_hours="always")


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
    assert "• грубость — снова, после слов «так нельзя»" in told
    assert "## Грубит и оскорбляет\nВаш ответ: снова, после слов «так нельзя»." in told
    assert "грубость — один раз" not in told
    first = answer_to(knowledge, {}, rudeness="once")
    assert first.count("Вывод станет серьёзнее") == 1


def test_friction_with_a_cause_of_ones_own_begins_there(knowledge: Knowledge) -> None:
    own = answer_to(knowledge, {}, scope_creep="often", explained_scope="bad")
    assert "Первый шаг — написать план на одну страницу." in own
    assert "Первый шаг" not in answer_to(knowledge, {}, last_minute="often")


def test_who_has_talked_in_vain_is_not_told_that_one_talk_is_enough(knowledge: Knowledge) -> None:
    told = answer_to(knowledge, {}, vague_brief="often")
    assert "хватает одного спокойного разговора" in told
    again = answer_to(knowledge, {"tried": frozenset({"vague_brief"})}, vague_brief="often")
    assert "хватает одного" not in again
    assert "Следующий шаг — предложить этап" in again


def test_nobody_is_sent_to_meet_who_insulted_or_harassed_them(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    for language, meeting in (
        ("ru", r"\bвстретит|позвоните"),
        ("en", r"\bmeet\b|suggest a meeting"),
    ):
        words = knowledge.words(Language(language))
        assert re.search(
            meeting, words.signs[QuestionId("no_partnership")].mend.text, re.IGNORECASE
        )
        for critical, sign in product(("harassment", "rudeness"), catalogue.signs):
            for option in SIGN_OPTIONS[1:]:
                sheet = Sheet(calm(catalogue, **{sign: option, critical: "once"}), team=True)
                for each in advice(words, catalogue, sheet, judge(catalogue, sheet)):
                    assert not re.search(meeting, f"{each.text} {each.phrase}", re.IGNORECASE), each


@pytest.mark.parametrize("end", ["wants_out", "exhausted"])
def test_nobody_is_likened_to_anything_where_nobody_is_to_blame(
    knowledge: Knowledge, end: str
) -> None:
    assert "Похоже на" in answer_to(knowledge, {}, know_it_all="always")
    assert "Похоже на" not in answer_to(knowledge, {end: True}, know_it_all="always")


def test_an_answer_is_read_back_as_it_was_tapped(knowledge: Knowledge) -> None:
    told = answer_to(knowledge, {}, no_partnership="always", scope_creep="often")
    assert "## Держит в стороне от проекта\nВаш ответ: «Всё закрыто»." in told
    assert "## Новые задачи в ту же цену\nВаш ответ: «Часто»." in told
    assert "• допуск к проекту — закрыт" in told


def test_the_card_names_first_what_it_speaks_of(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    order = ("harassment", "threats", "unethical_request", "rudeness")
    for first, second in combinations(order, 2):
        sheet = Sheet(calm(catalogue, **{first: "once", second: "always"}))
        verdict = judge(catalogue, sheet)
        shown = card(words, catalogue, sheet, verdict)
        assert shown.reasons[0].startswith(words.signs[QuestionId(first)].short)
        assert advice(words, catalogue, sheet, verdict)[0].about == first


def test_many_trifles_are_not_answered_as_the_first_of_them(knowledge: Knowledge) -> None:
    often = ("vague_brief", "indecision", "last_minute", "after_hours", "price_pressure")
    assert "хватает одного спокойного разговора" in answer_to(
        knowledge, {}, **dict.fromkeys(often, "once")
    )
    assert "меньше работы" in answer_to(knowledge, {}, price_pressure="once")


def test_a_step_says_by_itself_what_it_is_about(knowledge: Knowledge) -> None:
    pointing = {
        "ru": r"\b(?:их|его|её|ими|это)\b",
        "en": r"^\w+ (?:them|it|this) (?:and|to)\b",
    }
    for language in LANGUAGES:
        words = knowledge.words(language)
        told = [words.step(e) for verdict in words.verdicts.values() for e in verdict.every_step]
        for each in (words_of(words, id_) for id_ in (*words.signs, *words.questions)):
            told += [stage.step for stage in (each.mend, each.insist, each.leave)]
        for text in told:
            assert not re.search(pointing[language], text, re.IGNORECASE), text


def test_no_phrase_of_a_parting_says_that_all_is_done(knowledge: Knowledge) -> None:
    done = {"ru": r"\b(?:всё|все) (?:обещанн|согласованн|готов|сделан)|работа закончена"}
    done["en"] = r"\beverything that was (?:promised|agreed) (?:is|has)\b|work is finished"
    for language in LANGUAGES:
        for sign in knowledge.words(language).signs.values():
            assert not re.search(done[language], sign.leave.phrase, re.IGNORECASE), sign.name


def test_nothing_becomes_easier_where_it_ends(knowledge: Knowledge) -> None:
    answers = {"costs_more_than_brings": "always", "price_pressure": "always"}
    told = answer_to(knowledge, {}, **answers, never_satisfied="always", scope_creep="often")
    assert told.startswith("# Расстаться спокойно")
    assert "Вывод смягчится" not in told


def test_who_was_insulted_reads_on_the_card_nothing_of_what_gets_easier(
    knowledge: Knowledge,
) -> None:
    catalogue = knowledge.catalogue
    for language in knowledge.languages:
        words = knowledge.words(language)
        for once, eases in (({}, True), ({"harassment": "once"}, False)):
            often = {"scope_creep": "often", "price_pressure": "often"}
            sheet = Sheet(calm(catalogue, **often, **once))
            shown = card(words, catalogue, sheet, judge(catalogue, sheet))
            assert bool(shown.easier) is eases, shown


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({"price_pressure": "always"}, None),
        ({"price_pressure": "always", "scope_creep": "once"}, None),
        ({"price_pressure": "always", "scope_creep": "often"}, "тысяча задач по одной цене"),
        (
            {"late_payment": "always", "never_satisfied": "always", "scope_creep": "always"},
            "платит потом",
        ),
        ({"never_satisfied": "always", "late_payment": "once"}, "всегда мало"),
    ],
)
def test_a_type_is_what_weighs_most_and_all_that_its_name_says(
    knowledge: Knowledge, answers: dict[str, str], first: str | None
) -> None:
    catalogue = knowledge.catalogue
    types = client_types(catalogue, Sheet(calm(catalogue, **answers)))
    assert (knowledge.words("ru").types[types[0]].name if types else None) == first


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


RUDENESS = QuestionId("rudeness")
SAID_AND_PLANNED = {"счёт": "счёт", "передач": "переда", "расскажите": "рассказать"}
"""What a card says, and how its plan says it."""


def grounded(catalogue: Catalogue) -> Iterator[tuple[Sheet, Verdict]]:
    """Yield sheets on which every ground holds, each with a debt or none, and own gaps or none."""
    cases: dict[Ground, tuple[dict[str, str], dict[str, object]]] = {
        Ground.OWN_PART: (dict.fromkeys(("giving_best", "set_limits", "reporting"), "bad"), {}),
        Ground.LOAD: ({"scope_creep": "often", "after_hours": "often"}, {}),
        Ground.ALWAYS: ({"after_hours": "always"}, {}),
        Ground.HARM: ({"scope_creep": "always", "no_shows": "always"}, {}),
        Ground.EPISODE: ({"harassment": "once"}, {}),
        Ground.THREAT: ({"threats": "once"}, {}),
        Ground.DRAINED: (
            {"costs_more_than_brings": "always", "scope_creep": "always", "no_shows": "always"},
            {},
        ),
        Ground.FAILED: ({"scope_creep": "always"}, {"last_effort": LastEffort.FAILED}),
        Ground.EXHAUSTED: ({"rudeness": "once"}, {"exhausted": True}),
        Ground.WANTS_OUT: ({"rudeness": "once"}, {"wants_out": True}),
        Ground.REPEATED: ({"harassment": "often"}, {}),
        Ground.LIMIT_CROSSED: ({"rudeness": "once"}, {"tried": frozenset({RUDENESS})}),
    }
    assert set(cases) == set(Ground)
    for ground, (answers, more) in cases.items():
        held = False
        for debt in ("never", "once", "often", "always"):
            for own in ({}, {"giving_best": "bad"}, {"is_it_them": "bad", "set_limits": "partly"}):
                for toll in ("never", "once", "always"):
                    told = {**answers, "emotional_toll": toll, **own}
                    told.setdefault("late_payment", debt)
                    sheet = replace(Sheet(calm(catalogue, **told)), **more)  # type: ignore[arg-type]
                    verdict = judge(catalogue, sheet)
                    held |= ground in verdict.grounds
                    yield sheet, verdict
        assert held, ground


def test_who_cannot_or_will_not_go_on_is_asked_for_no_last_effort(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    for language in LANGUAGES:
        words = knowledge.words(language)
        effort = words.verdicts[VerdictId.LAST_EFFORT].name.lower()
        for sheet, verdict in grounded(catalogue):
            steps = " ".join(text for _, text in deeds(words, catalogue, sheet, verdict)).lower()
            if {Ground.EXHAUSTED, Ground.WANTS_OUT} & {*verdict.grounds}:
                assert effort not in steps
                assert letter_for(catalogue, knowledge.letters, sheet, verdict) != "last_effort"
        dread = words.verdicts[VerdictId.LAST_EFFORT].weighed["emotional_toll"]
        assert effort not in " ".join(map(words.step, dread.steps)).lower()


def test_a_parting_plans_the_money_and_what_its_card_says(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    for sheet, verdict in grounded(catalogue):
        if verdict.id not in PARTINGS:
            continue
        steps = " ".join(text for _, text in deeds(words, catalogue, sheet, verdict)).lower()
        said = card(words, catalogue, sheet, verdict).next.lower()
        assert re.search("счёт|оплат", steps), steps
        assert "письмо" in steps
        for told, planned in SAID_AND_PLANNED.items():
            assert told not in said or planned in steps, (said, steps)
        assert not verdict.critical or not re.search("тёпл", steps + said), (steps, said)
        if "harassment" in verdict.critical:
            assert steps.startswith("рассказать"), steps
            assert "поскорее расскажите" in said


def test_own_deliveries_come_before_what_is_asked_of_the_client(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    own = words.questions[QuestionId("giving_best")].insist.step
    for sheet, verdict in grounded(catalogue):
        steps = [text for _, text in deeds(words, catalogue, sheet, verdict)]
        items = [each.about for each in advice(words, catalogue, sheet, verdict)]
        late = sheet.answers[QuestionId("giving_best")] == "bad"
        going_on = verdict.id in (VerdictId.MENDABLE, VerdictId.LAST_EFFORT)
        if late and going_on and not verdict.critical:
            assert steps[0] == own, (verdict.id, steps)
            assert items[0] == "giving_best"
        elif verdict.critical:
            assert own not in steps


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_owed_to_the_client_is_a_deed_where_it_ends(
    knowledge: Knowledge, language: Language
) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words(language)
    said_of = [words.verdicts[each] for each in PARTINGS]
    plans = [each.steps for each in said_of]
    plans += [told.steps for each in said_of for told in each.weighed.values()]
    with_work = {e.owing for steps in plans for e in steps if isinstance(e, StepWithWork)}
    for sheet, verdict in grounded(catalogue):
        unspoken = {"harassment", "unethical_request"} & {*verdict.critical}
        if verdict.id not in PARTINGS or unspoken:
            continue
        late = sheet.answers[QuestionId("giving_best")] == "bad"
        steps = {text for _, text in deeds(words, catalogue, sheet, verdict)}
        assert bool(steps & with_work) == late, steps
        said = own_part(words, catalogue, verdict)
        assert (words.texts("verdict.self_owing") in said) == late, said


def test_a_reminder_is_as_firm_as_what_is_known(knowledge: Knowledge) -> None:
    catalogue, letters = knowledge.catalogue, knowledge.letters
    reminder = LetterId("payment_reminder")

    def tone(more: Mapping[str, object], answers: Mapping[str, str], sent: int = 0) -> Tone:
        sheet = replace(Sheet(calm(catalogue, **answers)), **more)  # type: ignore[arg-type]
        return first_tone(catalogue, letters, reminder, (sheet, judge(catalogue, sheet)), sent)

    late, tried = {"late_payment": "often"}, {"tried": frozenset({DEBT})}
    harmed = {**late, "scope_creep": "always", "no_shows": "always"}
    assert tone({}, {"late_payment": "once"}) is Tone.WARM
    assert tone({}, late) is Tone.NEUTRAL, "the card asks for a last day"
    assert tone(tried, late) is Tone.NEUTRAL
    assert tone({"wants_out": True}, late) is Tone.WARM
    assert tone({"wants_out": True}, late, 1) is Tone.FIRM
    assert tone({"wants_out": True}, harmed) is Tone.FIRM
    assert tone({"exhausted": True}, late) is Tone.FIRM
    assert tone({}, {"late_payment": "always"}) is Tone.FIRM
    assert tone({}, {**late, "rudeness": "often"}) is Tone.FIRM
    assert [first_tone(catalogue, letters, reminder, None, n) for n in range(4)] == [
        *Tone,
        Tone.FIRM,
    ]


def test_a_letter_insists_where_its_advice_does(knowledge: Knowledge) -> None:
    catalogue, letters = knowledge.catalogue, knowledge.letters
    for sign, option in product(letters.kinds[LetterId("limits")].data.signs, SIGN_OPTIONS[1:]):
        for tried in (frozenset[QuestionId](), frozenset({QuestionId(sign)})):
            sheet = Sheet(calm(catalogue, **{sign: option}), tried=tried)
            verdict = judge(catalogue, sheet)
            stage = stage_on(catalogue, sheet, verdict.id, QuestionId(sign))
            tone = first_tone(catalogue, letters, LetterId("limits"), (sheet, verdict))
            assert (tone is Tone.FIRM) == (stage is Stage.INSIST), (sign, option, tried)


def test_what_would_make_it_easier_is_among_the_advice(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    for sheet, verdict in (*grounded(catalogue), *every(catalogue)):
        told = easier(words, catalogue, sheet, verdict)
        texts = [each.text for each in advice(words, catalogue, sheet, verdict)]
        assert len(texts) == len({*texts}), "nothing is advised twice"
        for gap in verdict.gaps:
            said = item(words, catalogue, sheet, verdict.id, gap.question).text
            assert words.questions[gap.question].mended not in told or said in texts


def test_nothing_is_insisted_on_that_own_late_work_can_explain(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    for sign, data in catalogue.signs.items():
        if "giving_best" not in data.excused_by:
            continue
        for verdict_id in (VerdictId.MENDABLE, VerdictId.LAST_EFFORT):
            answers = calm(catalogue, **{sign: "always", "giving_best": "bad"})
            sheet = Sheet(answers, team=True)
            verdict = replace(judge(catalogue, sheet), id=verdict_id, grounds=())
            said = {each.about: each for each in advice(words, catalogue, sheet, verdict)}
            assert said[QuestionId(sign)].stage is Stage.MEND


RAISED = {
    "ru": r"доплат|(нов|друг)(ую|ая|ой) цен|смет[аыу]|по часам|предоплат|назовите ему цену",
    "en": r"surcharge|extra pay|new price|estimate|by the hour|prepa|extra fee",
}
"""What raises the terms of a client."""


def test_no_terms_are_raised_while_ones_own_comes_first(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    first = (VerdictId.MENDABLE, VerdictId.LAST_EFFORT, VerdictId.ORDINARY_FRICTION)
    for language, (sign, data), option in product(
        LANGUAGES, catalogue.signs.items(), SIGN_OPTIONS[1:]
    ):
        if not data.raises:
            continue
        words = knowledge.words(language)
        late = Sheet(calm(catalogue, **{sign: option, "giving_best": "bad"}))
        gaps = dict.fromkeys(("reporting", "could_do_better", "know_the_job"), "bad")
        own = Sheet(calm(catalogue, **{sign: option, **gaps}))
        cases = [(late, each) for each in first] + [(own, VerdictId.START_WITH_YOURSELF)]
        for sheet, verdict_id in cases:
            verdict = replace(judge(catalogue, sheet), id=verdict_id, grounds=())
            shown = card(words, catalogue, sheet, verdict)
            asked = item(words, catalogue, sheet, verdict_id, sign)
            assert asked.stage is Stage.MEND
            for text in (shown.meaning, shown.next, shown.kind_word, asked.phrase, asked.step):
                assert not re.search(RAISED[language], text, re.IGNORECASE), (sign, text)
            if verdict_id is VerdictId.MENDABLE:
                assert letter_for(catalogue, knowledge.letters, sheet, verdict) is None


def test_no_word_calls_blame_unfair_that_own_late_work_can_explain(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    for giving, told in (("good", True), ("bad", False)):
        answers = {"unfair_criticism": "always", "never_satisfied": "often", "giving_best": giving}
        sheet = Sheet(calm(catalogue, **answers))
        verdict = judge(catalogue, sheet)
        said = card(words, catalogue, sheet, verdict).kind_word
        assert ("Чужое недовольство" in said) == told
        assert ("всегда мало" in like(words, catalogue, sheet, verdict.id)) == told


def test_dread_of_every_client_is_answered_though_it_weighs_nothing(knowledge: Knowledge) -> None:
    told = answer_to(knowledge, {}, emotional_toll="always", is_it_them="bad", no_feedback="once")
    assert "разговоры всё равно даются тяжело" in told
    assert "Отдых не нужно заслуживать." in told


def test_no_own_part_stands_beside_what_nobody_need_bear(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    gaps = dict.fromkeys(("giving_best", "set_limits", "explained_scope"), "bad")
    for sign in ("rudeness", "harassment", "threats", "unethical_request"):
        for option in SIGN_OPTIONS[1:]:
            answers = {sign: option, "after_hours": "always", "scope_creep": "often", **gaps}
            sheet = Sheet(calm(catalogue, **answers))
            verdict = judge(catalogue, sheet)
            assert card(words, catalogue, sheet, verdict).own == ""
            assert easier(words, catalogue, sheet, verdict) == ""
            assert not any(each.own for each in advice(words, catalogue, sheet, verdict))


def test_what_would_move_a_verdict_is_said_once_for_each(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    for language in LANGUAGES:
        words = knowledge.words(language)
        names = [words.verdicts[each].name for each in VerdictId]
        for sheet, verdict in grounded(catalogue):
            eased = easier(words, catalogue, sheet, verdict)
            worse = serious(words, catalogue, sheet, verdict)
            for told in (eased, worse):
                led = [len(re.findall(rf"[«“]{n}[.»”]", told)) for n in names]
                assert max(led) <= 1, told
                assert bool(sum(led)) == bool(told), told
                assert len(told) <= 450, told
                assert "\n" not in told, told
            assert ") (" not in worse, worse


def test_a_doctor_is_spoken_of_only_where_dread_is_a_habit(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    for language, doctor in (("ru", "врач"), ("en", "doctor")):
        words = knowledge.words(Language(language))
        for sheet, verdict in grounded(catalogue):
            for each in advice(words, catalogue, sheet, verdict):
                if each.about == "emotional_toll" and doctor in each.text:
                    assert sheet.answers[each.about] in SIGN_OPTIONS[2:]


TRADES = {
    "ru": r"\b(?:файл|доступ|материал|акт(?:ы|ов|ам)?\b|макет|приложен|сдач|сдан)",
    "en": r"\b(?:files?|logins?|attach|archive|deliver|materials)",
}
"""What no plan of a parting and no phrase of one speaks of: not every work has it."""
CONTRACTS = {"ru": r"\bдоговор(?:а|у|е|ом)?\b", "en": r"\bcontract\b"}
"""What no phrase names: there may be none."""


def test_the_words_of_a_parting_fit_every_trade_and_need_no_contract(knowledge: Knowledge) -> None:
    for language in LANGUAGES:
        words = knowledge.words(language)
        told = [words.step(e) for each in PARTINGS for e in words.verdicts[each].every_step]
        told += [each.leave.phrase for each in words.signs.values()]
        for text in told:
            assert not re.search(TRADES[language], text, re.IGNORECASE), text
        for sign in words.signs.values():
            for stage in (sign.mend, sign.insist, sign.leave):
                assert not re.search(CONTRACTS[language], stage.phrase, re.IGNORECASE), stage.phrase


def test_one_surcharge_stands_on_a_sheet(knowledge: Knowledge) -> None:
    rates = r"\d+\s?%|двойн\w+|в полтора раза|double|one and a half"
    for language in LANGUAGES:
        words = knowledge.words(language)
        said = [
            f"{stage.text} {stage.phrase or ''}"
            for each in (words_of(words, id_) for id_ in (*words.signs, *words.questions))
            for stage in (each.mend, each.insist, each.leave)
        ]
        found = {rate.replace("\u00a0", "") for text in said for rate in re.findall(rates, text)}
        assert found == {"50%"}, found


NEAR = {"ru": r"созвон|встрет|познаком|вместе найти|позвоните", "en": r"one call|\bmeet\b|together"}
"""What nobody is told to do with somebody who harassed them."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_harassment_only_what_protects_is_advised(
    knowledge: Knowledge, language: Language
) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words(language)
    for sign, other in combinations(catalogue.signs, 2):
        sheet = Sheet(calm(catalogue, **{sign: "often", other: "often", "harassment": "once"}))
        verdict = judge(catalogue, sheet)
        if verdict.id in PARTINGS:
            continue
        for each in advice(words, catalogue, sheet, verdict):
            assert each.about == "harassment" or catalogue.signs[each.about].protects
            assert not re.search(NEAR[language], f"{each.text} {each.phrase}", re.IGNORECASE), each


def test_a_first_harassment_can_be_mended_only_if_it_is_the_last(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    sheet = Sheet(calm(catalogue, harassment="once", set_limits="bad", after_hours="often"))
    for language, said in (
        ("ru", "Второго раза быть не должно"),
        ("en", "This must not happen again"),
    ):
        words, verdict = knowledge.words(Language(language)), judge(catalogue, sheet)
        assert verdict.id is VerdictId.MENDABLE
        assert card(words, catalogue, sheet, verdict).name == said
        assert own_part(words, catalogue, verdict) == ()


def test_nobody_who_was_harmed_is_led_to_a_warm_goodbye_alone(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    harm = dict.fromkeys(("scope_creep", "never_satisfied", "unfair_criticism"), "always")
    for language, warm in (("ru", r"тёпл"), ("en", r"warm")):
        words = knowledge.words(Language(language))
        for answers, cooler in ((harm, "farewell"), ({}, None)):
            sheet = Sheet(calm(catalogue, **answers), wants_out=True)
            verdict = judge(catalogue, sheet)
            shown = card(words, catalogue, sheet, verdict)
            steps = [text for _, text in deeds(words, catalogue, sheet, verdict)]
            assert bool(re.search(warm, " ".join((shown.next, *steps)))) == (cooler is None)
            first = letter_for(catalogue, knowledge.letters, sheet, verdict)
            assert first == "leaving"
            assert cooler_than(knowledge.letters, first, verdict) == cooler


def test_what_is_owed_is_asked_for_before_any_goodbye_on_card_plan_and_letter(
    knowledge: Knowledge,
) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    asked = 0
    for sheet, verdict in grounded(catalogue):
        steps = deeds(words, catalogue, sheet, verdict)
        claim = claim_before(knowledge.letters, verdict, steps)
        owed = verdict.id in PARTINGS and "late_payment" in [about for about, _ in steps]
        assert claim == ("payment_reminder" if owed else None)
        if claim and (next_ := card(words, catalogue, sheet, verdict).next):
            asked += 1
            paid = re.search("оплат|заплач|деньги|денег|долг", next_)
            parting = re.search("прощ|попрощ", next_)
            assert paid, next_
            assert parting is None or paid.start() < parting.start(), next_
    assert asked


def test_what_waits_for_an_answer_leaves_days_for_it(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    calendar = Calendar(FRIDAY, HABITS)
    for sheet, verdict in grounded(catalogue):
        steps = plan(words, catalogue, sheet, verdict, calendar)
        about = [step.about for step in steps]
        awaited = verdict.id is VerdictId.LAST_EFFORT and sheet.last_effort is LastEffort.NONE
        if "harassment" in verdict.critical:
            continue  # what is said there waits for no answer
        if verdict.id is VerdictId.PART and "late_payment" in about and not verdict.critical:
            asks = about.index("late_payment")
        elif awaited and len(steps) == MOST:
            asks = MOST - 2
        else:
            continue
        days = range((steps[asks + 1].due - steps[asks].due).days)
        working = [d for d in days if not calendar.is_free(steps[asks].due + dt.timedelta(days=d))]
        assert len(working) >= 5, steps


def test_the_demand_for_what_is_owed_is_a_step_about_the_debt(knowledge: Knowledge) -> None:
    for language in LANGUAGES:
        words = knowledge.words(language)
        of_the_debt = {getattr(words.signs[DEBT], stage).step for stage in Stage}
        for verdict in PARTINGS:
            for key, told in words.verdicts[verdict].weighed.items():
                about = [each.sign for each in told.steps if isinstance(each, StepOf)]
                assert "owed" not in key or DEBT in about, (verdict, key)
                # Said in words of its own, a plan would not know that it asks for the money.
                assert not of_the_debt & {*told.steps}, (verdict, key)


def test_no_link_says_again_what_was_answered(knowledge: Knowledge) -> None:
    """The card says it in other words: the answer itself stands in its reasons."""
    catalogue = knowledge.catalogue
    for language in LANGUAGES:
        words = knowledge.words(language)
        for sign, data in catalogue.signs.items():
            for gap in data.excused_by:
                for option in ("partly", "bad"):
                    said = getattr(words.signs[sign].links[gap], option)
                    given = words.questions[gap]
                    for answer in (getattr(given.labels, option), getattr(given.states, option)):
                        assert len(answer) < 10 or answer.lower() not in said, (sign, gap, said)


def test_what_is_linked_is_told_once_about_oneself(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    sheet = Sheet(calm(catalogue, after_hours="often", set_limits="bad", could_do_better="bad"))
    told = "\n".join(own_part(words, catalogue, judge(catalogue, sheet)))
    assert "а часов связи вы не называли" in told
    assert "• часы связи" not in told
    assert "• по проекту недоделано что-то заметное" in told


def test_to_begin_with_oneself_is_told_as_nothing_easier(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    gaps = dict.fromkeys(("reporting", "set_limits", "agreed_in_writing"), "bad")
    answers = {"know_it_all": "often", "ignored_advice": "often", "emotional_toll": "once", **gaps}
    sheet = Sheet(calm(catalogue, **answers))
    verdict = judge(catalogue, sheet)
    own = VerdictId.START_WITH_YOURSELF
    assert own in {each.verdict for each in easier_if(catalogue, sheet, verdict)}
    assert words.verdicts[own].name not in easier(words, catalogue, sheet, verdict)


def test_who_owes_is_offered_nothing_before_the_money(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    first = words.texts("verdict.advice_screen.paid_first", text="").strip()
    for sign, data in catalogue.signs.items():
        for option, debt in product(SIGN_OPTIONS[1:], ("once", "often")):
            answers = {"late_payment": debt, sign: option}
            if sign == "late_payment":
                continue
            sheet = Sheet(calm(catalogue, **answers), team=True)
            for each in advice(words, catalogue, sheet, judge(catalogue, sheet)):
                if each.about == sign:
                    offers = each.stage in data.offers and debt == "often"
                    assert each.text.startswith(first) == offers, each


def test_what_waits_for_the_money_has_words_of_its_own(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    rushed = dict.fromkeys(("last_minute", "my_project_first", "scope_creep"), "once")
    sheet = Sheet(calm(catalogue, late_payment="often", **rushed))
    told = advice(words, catalogue, sheet, judge(catalogue, sheet))
    waiting = [each for each in told if each.text.startswith("Сначала пусть оплатят")]
    assert {each.phrase for each in waiting} == {
        words.signs[QuestionId(each)].until for each in rushed
    }
    for sign, data in catalogue.signs.items():
        for language in LANGUAGES:
            assert bool(knowledge.words(language).signs[sign].until) == bool(data.offers), sign


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_new_price_is_named_while_the_agreed_one_is_held(
    knowledge: Knowledge, language: Language
) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words(language)
    price, costs = "price_pressure", "costs_more_than_brings"
    asked_new = r"нов\w+ (цен|услови)|друг\w+ цен|new (price|terms)|another price"
    kept = r"согласованн\w+ цен|цена на этот объём прежняя|(the one we agreed|agreed price)"
    for haggles, pays in product(SIGN_OPTIONS[1:], repeat=2):
        sheet = Sheet(calm(catalogue, **{price: haggles, costs: pays}))
        told = advice(words, catalogue, sheet, judge(catalogue, sheet))
        written = " ".join(f"{each.phrase} {each.step}" for each in told)
        both = [re.search(each, written, re.IGNORECASE) for each in (asked_new, kept)]
        assert {each.about for each in told} >= {price, costs}
        assert sum(map(bool, both)) == 1, (haggles, pays, written)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_starts_new_work_while_a_debt_stops_it(
    knowledge: Knowledge, language: Language
) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words(language)
    starts = r"работа(ю|ем) дальше|новые пожелания сдела|I’ll do new|estimate for|смета в письме"
    signs = ("no_contract", "never_satisfied", "scope_creep", "indecision")
    for sign, option in product(signs, SIGN_OPTIONS[1:]):
        sheet = Sheet(calm(catalogue, **{"late_payment": "always", sign: option}))
        for each in advice(words, catalogue, sheet, judge(catalogue, sheet)):
            assert not re.search(starts, each.phrase), each


def test_friction_is_met_with_a_good_word_about_what_it_is(knowledge: Knowledge) -> None:
    catalogue = knowledge.catalogue
    signs = ("late_payment", "price_pressure", "no_contract", "vague_brief", "last_minute")
    for language in ("ru", "en"):
        words = knowledge.words(language)
        said = set()
        for sign in (*signs, "unfair_criticism"):
            sheet = Sheet(calm(catalogue, **{sign: "once"}))
            verdict = judge(catalogue, sheet)
            assert verdict.id is VerdictId.ORDINARY_FRICTION
            said.add(card(words, catalogue, sheet, verdict).kind_word)
        assert len(said) == len(signs) + 1, (language, said)


def test_who_only_wants_to_leave_begins_with_the_warm_letter(knowledge: Knowledge) -> None:
    catalogue, letters = knowledge.catalogue, knowledge.letters
    answers = calm(catalogue)
    for sheet, tone in (
        (Sheet(answers, wants_out=True), Tone.WARM),
        (Sheet(answers, exhausted=True), Tone.WARM),
    ):
        judged = sheet, judge(catalogue, sheet)
        assert first_tone(catalogue, letters, LetterId("leaving"), judged) is tone


ASKED: dict[str, dict[str, str]] = {
    "ru": {
        "reporting": r"[Ее]сли отчёта пока нет|если его ещё нет",
        "know_the_job": r"Если менеджеру не хватает|Если проект ведёт менеджер",
        "no_feedback": r"Если клиент пропал",
        "is_it_them": r"Если так почти со всеми",
    },
    "en": {
        "reporting": r"[Ii]f there(’s no report| isn’t one) yet",
        "know_the_job": r"If the manager is short on|If a manager runs",
        "no_feedback": r"If they’ve gone silent",
        "is_it_them": r"If it’s like this with almost everyone",
    },
}
"""Question → what no text makes depend on it once it is answered."""


def every_stage(words: Words) -> Iterator[OwnAdvice]:
    for told in (*words.signs.values(), *words.questions.values()):
        yield from (getattr(told, stage) for stage in Stage)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_makes_depend_on_an_answer_what_the_answer_decides(
    knowledge: Knowledge, language: Language
) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words(language)
    conditional = [
        (question, said[SKIP])
        for stage in every_stage(words)
        for question, said in stage.on.items()
        if SKIP in said
    ]
    assert conditional
    hedges = [*conditional, *ASKED[language].items()]
    calendar = Calendar(FRIDAY, HABITS)
    sheets = [random_sheet(catalogue, seed) for seed in range(60)]
    sheets += [Sheet(calm(catalogue, no_feedback="once", reporting=o)) for o in ("bad", "good")]
    for sheet in sheets:
        text = read(knowledge, language, sheet, Voice.TEAM, calendar)
        for question, hedge in hedges:
            if sheet.knows(QuestionId(question)):
                found = hedge in text or re.search(hedge, text)
                assert not found, (question, hedge)


def test_what_was_not_answered_is_asked_about_in_the_advice(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    answers = calm(catalogue, no_feedback="once", reporting="skip")
    for option, said in (
        ("skip", "Если отчёта пока нет"),
        ("bad", "Сами вы пока не пишете"),
        ("partly", "не каждую неделю"),
    ):
        sheet = Sheet({**answers, QuestionId("reporting"): OptionId(option)})
        verdict = judge(catalogue, sheet)
        told = item(words, catalogue, sheet, verdict.id, QuestionId("no_feedback"))
        assert said in told.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_one_is_reached_is_written_once(knowledge: Knowledge, language: Language) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words(language)
    channels = {id_ for id_, sign in catalogue.signs.items() if sign.channel}
    for first, second in combinations(sorted(channels), 2):
        answers = calm(catalogue, **{first: "often", second: "often"})
        sheet = Sheet(answers, team=True)
        items = advice(words, catalogue, sheet, judge(catalogue, sheet))
        phrases = [each.about for each in items if each.about in channels and each.phrase]
        assert len(phrases) == 1, (first, second)


@pytest.mark.parametrize(
    ("language", "late"), [("ru", "сдавали позже срока"), ("en", "delivered late")]
)
def test_what_the_plan_begins_with_stands_on_the_card(
    knowledge: Knowledge, language: str, late: str
) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words(language)
    for signs in ({"late_payment": "often"}, {"late_payment": "often", "after_hours": "often"}):
        sheet = Sheet(calm(catalogue, giving_best="bad", set_limits="bad", **signs))
        verdict = judge(catalogue, sheet)
        assert deeds(words, catalogue, sheet, verdict)[0][0] == "giving_best"
        shown = card(words, catalogue, sheet, verdict)
        assert late in " ".join((shown.own, *shown.reasons))


def test_gaps_that_soften_nothing_stand_under_a_lead_of_their_own(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    own = {"set_limits": "bad", "is_it_them": "partly"}
    sheet = Sheet(calm(catalogue, late_payment="often", after_hours="often", **own))
    link, remark, rest = own_part(words, catalogue, judge(catalogue, sheet))
    assert link.startswith("Сообщения не вовремя — часто, а ")
    assert remark == "Это уже учтено: такое весит меньше."
    assert rest == "И ещё:\n• с кем-то из других клиентов бывает похоже"


def test_terms_wait_for_what_one_owes_in_every_part_of_the_answer(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    own = {"giving_best": "bad", "agreed_in_writing": "bad", "set_limits": "bad"}
    sheet = Sheet(calm(catalogue, scope_creep="often", after_hours="often", **own))
    verdict = judge(catalogue, sheet)
    assert verdict.id is VerdictId.START_WITH_YOURSELF
    assert "платить" not in easier(words, catalogue, sheet, verdict)


def test_nobody_is_told_to_write_once_more_what_was_refused(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    refused = calm(catalogue, late_payment="often", no_contract="always", agreed_in_writing="bad")
    sheet = Sheet(refused)
    verdict = judge(catalogue, sheet)
    assert "запишете" not in easier(words, catalogue, sheet, verdict)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("end", ["wants_out", "exhausted"])
def test_a_letter_that_ends_the_work_says_so_while_its_reason_is_open(
    knowledge: Knowledge, language: Language, end: str
) -> None:
    catalogue = knowledge.catalogue
    sheet = replace(Sheet(calm(catalogue)), **{end: True})  # type: ignore[arg-type]
    text = read(knowledge, language, sheet, Voice.PLAIN, Calendar(FRIDAY, HABITS))
    letter = text.rpartition("## ")[2]
    day = {"ru": "‹последний рабочий день›", "en": "‹last working day›"}[language]
    assert day in letter.splitlines()[2]


def test_who_has_no_strength_reads_nothing_for_the_next_client(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")
    own = {"set_limits": "bad", "reporting": "bad"}
    sheet = Sheet(calm(catalogue, after_hours="always", **own), exhausted=True)
    verdict = judge(catalogue, sheet)
    assert own_part(words, catalogue, verdict) == ()
    assert all(not each.own for each in advice(words, catalogue, sheet, verdict))
    _rest, second, _ = deeds(words, catalogue, sheet, verdict)
    assert second[1] == "Отправить прощальное письмо", "what waits for the end comes after it"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_recommended_for_a_fraud_nor_is_that_regretted_before_who_harmed(
    knowledge: Knowledge, language: Language
) -> None:
    catalogue = knowledge.catalogue
    for sign in ("unethical_request", "harassment"):
        sheet = Sheet(calm(catalogue, **{sign: "often"}))
        text = read(knowledge, language, sheet, Voice.PLAIN, Calendar(FRIDAY, HABITS))
        for said in ("сожалению", "Unfortunately", "‹замена›", "‹recommendation›"):
            assert said not in text
