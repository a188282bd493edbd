"""The rule: monotone, exact, and able to explain itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from random import Random
from time import process_time
from timeit import repeat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.explain import explain_json
from content.knowledge import Catalogue, Words
from content.models import (
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    SKIP,
    ClientKind,
    Ground,
    LastEffort,
    OptionId,
    QuestionId,
    SignKind,
    VerdictId,
)
from content.sheet import Sheet
from content.verdict import SEVERITY, Gap, judge
from tests.content.sheets import answers, calm, random_sheet

SEEDS = st.integers(0, 10**9)
BAD_ALL_OVER = dict.fromkeys(
    (
        "is_it_them",
        "could_do_better",
        "giving_best",
        "know_the_job",
        "reporting",
        "explained_scope",
        "agreed_in_writing",
        "set_limits",
        "calm_facts",
    ),
    "bad",
)


def severity(catalogue: Catalogue, sheet: Sheet) -> int:
    """1 to 6. ``cannot_tell`` stands below all: with as much known, it hides what is milder than a
    last effort."""
    return SEVERITY.get(judge(catalogue, sheet).id, 0)


def worse_deeds(catalogue: Catalogue, sheet: Sheet) -> Iterator[Sheet]:
    """Every sheet that is worse in one answer on a sign, one solution tried, or the last effort."""
    for sign in catalogue.signs:
        if sheet.knows(sign):
            for option in SIGN_OPTIONS[sheet.value(sign) + 1 :]:
                yield replace(sheet, answers={**sheet.answers, sign: option})
        if sign not in sheet.tried:
            yield replace(sheet, tried=sheet.tried | {sign})
    for last_effort in list(LastEffort)[list(LastEffort).index(sheet.last_effort) + 1 :]:
        yield replace(sheet, last_effort=last_effort)
    yield replace(sheet, exhausted=True)
    yield replace(sheet, wants_out=True)


def worse_reflections(catalogue: Catalogue, sheet: Sheet) -> Iterator[Sheet]:
    for question in catalogue.questions:
        if sheet.knows(question):
            for option in REFLECTION_OPTIONS[sheet.gap(question) + 1 :]:
                yield replace(sheet, answers={**sheet.answers, question: option})


def assert_monotone(catalogue: Catalogue, sheet: Sheet) -> None:
    before = severity(catalogue, sheet)
    for worse in worse_deeds(catalogue, sheet):
        assert severity(catalogue, worse) >= before, worse
    for worse in worse_reflections(catalogue, sheet):
        assert severity(catalogue, worse) <= before, worse


# Invariant I6.
def test_no_single_change_for_the_worse_is_ever_rewarded(catalogue: Catalogue) -> None:
    for seed in range(60):
        assert_monotone(catalogue, random_sheet(catalogue, seed))


@pytest.mark.campaign
@pytest.mark.parametrize("start", range(0, 10_000, 500))
def test_no_single_change_is_rewarded_on_ten_thousand_sheets(
    catalogue: Catalogue, start: int
) -> None:
    for seed in range(start, start + 500):
        assert_monotone(catalogue, random_sheet(catalogue, 1_000_000 + seed))


def test_the_random_sheets_reach_every_verdict(catalogue: Catalogue) -> None:
    reached = {judge(catalogue, random_sheet(catalogue, seed)).id for seed in range(300)}

    assert reached == set(VerdictId)


@given(seed=SEEDS)
def test_an_unknown_sign_that_becomes_known_never_makes_the_verdict_milder(
    catalogue: Catalogue, seed: int
) -> None:
    sheet = random_sheet(catalogue, seed)
    before = severity(catalogue, sheet)

    for sign in catalogue.signs:
        if not sheet.knows(sign):
            for option in SIGN_OPTIONS:
                known = replace(sheet, answers={**sheet.answers, sign: option})
                assert severity(catalogue, known) >= before


@given(seed=SEEDS, order=st.randoms(use_true_random=False))
def test_the_same_answers_in_any_order_get_the_same_verdict(
    catalogue: Catalogue, seed: int, order: Random
) -> None:
    sheet = random_sheet(catalogue, seed)
    shuffled = list(sheet.answers.items())
    order.shuffle(shuffled)

    assert judge(catalogue, replace(sheet, answers=dict(shuffled))) == judge(catalogue, sheet)


@given(seed=SEEDS)
def test_money_that_was_taken_back_weighs_as_money_that_never_came(
    catalogue: Catalogue, seed: int
) -> None:
    sheet = random_sheet(catalogue, seed)
    late = [
        judge(catalogue, replace(sheet, answers={**sheet.answers, **answers(late_payment=option)}))
        for option in ("always", "taken_back")
    ]

    assert late[0].id is late[1].id
    assert late[0].harm == late[1].harm


@given(seed=SEEDS)
def test_the_second_opinion_has_no_weight(catalogue: Catalogue, seed: int) -> None:
    sheet = random_sheet(catalogue, seed)
    verdicts = {
        judge(
            catalogue,
            replace(sheet, answers={**sheet.answers, QuestionId("second_opinion"): option}),
        )
        for option in (*REFLECTION_OPTIONS, SKIP)
    }

    assert len(verdicts) == 1


@given(data=st.data())
def test_difficult_signs_alone_never_pass_mendable(
    catalogue: Catalogue, data: st.DataObject
) -> None:
    difficult = [id_ for id_, s in catalogue.signs.items() if s.kind is SignKind.DIFFICULT]
    deeds = {sign: data.draw(st.sampled_from(SIGN_OPTIONS)) for sign in difficult}
    tried = data.draw(st.frozensets(st.sampled_from(difficult)))

    verdict = judge(catalogue, Sheet({**calm(catalogue), **deeds}, tried=tried))

    assert SEVERITY[verdict.id] <= SEVERITY[VerdictId.MENDABLE]
    assert verdict.harm == 0
    assert verdict.kind is not ClientKind.TOXIC


@given(seed=SEEDS)
def test_single_episodes_do_no_harm(catalogue: Catalogue, seed: int) -> None:
    sheet = random_sheet(catalogue, seed)
    once = {
        id_: OptionId("once") if sheet.value(id_) else SIGN_OPTIONS[0] for id_ in catalogue.signs
    }

    assert judge(catalogue, replace(sheet, answers={**sheet.answers, **once})).harm == 0


def test_own_gaps_take_off_only_what_they_can_cause(catalogue: Catalogue) -> None:
    everything = dict.fromkeys(catalogue.signs, OptionId("often"))
    verdict = judge(catalogue, Sheet({**everything, **answers(**BAD_ALL_OVER)}))

    softened = {sign for gap in verdict.gaps for sign in gap.softens}
    assert softened == {id_ for id_, sign in catalogue.signs.items() if sign.excused_by}
    assert softened.isdisjoint(
        {
            "late_payment",
            "payment_maze",
            "team_disrespect",
            "rudeness",
            "threats",
            "unethical_request",
            "harassment",
            "costs_more_than_brings",
        }
    )


def test_a_partly_gap_takes_off_a_quarter_a_bad_one_half_and_trying_adds_half(
    catalogue: Catalogue,
) -> None:
    def harm(tried: tuple[str, ...] = (), **given: str) -> float:
        sheet = Sheet(
            calm(catalogue, scope_creep="always", **given), tried=frozenset(map(QuestionId, tried))
        )
        return judge(catalogue, sheet).harm

    assert harm() == 6
    assert harm(explained_scope="partly") == 4.5
    assert harm(explained_scope="partly", agreed_in_writing="bad") == 3
    assert harm(tried=("scope_creep",)) == 9
    assert harm(tried=("scope_creep",), agreed_in_writing="bad") == 4.5


def test_dread_of_every_client_is_not_this_clients(catalogue: Catalogue) -> None:
    def harm(**given: str) -> float:
        return judge(catalogue, Sheet(calm(catalogue, emotional_toll="always", **given))).harm

    assert (harm(), harm(is_it_them="partly"), harm(is_it_them="bad")) == (4, 2, 0)


def test_the_reasons_come_critical_first_then_by_weight(catalogue: Catalogue) -> None:
    sheet = Sheet(
        calm(
            catalogue,
            last_minute="once",
            late_payment="often",
            scope_creep="often",
            rudeness="once",
        )
    )

    reasons = judge(catalogue, sheet).because

    assert [reason.question for reason in reasons] == [
        "rudeness",
        "late_payment",
        "scope_creep",
        "last_minute",
    ]
    assert [reason.contribution for reason in reasons] == [0, 5, 4, 1]


def test_the_evidence_names_gaps_and_critical_signs(catalogue: Catalogue) -> None:
    verdict = judge(
        catalogue, Sheet(calm(catalogue, threats="once", reporting="partly", second_opinion="bad"))
    )

    assert verdict.gaps == (Gap(QuestionId("reporting"), OptionId("partly"), ()),)
    assert verdict.critical == ("threats",)


def test_own_gaps_come_worst_first_then_by_what_they_soften(catalogue: Catalogue) -> None:
    sheet = Sheet(
        calm(
            catalogue,
            after_hours="often",
            last_minute="once",
            scope_creep="always",
            reporting="bad",
            set_limits="bad",
            explained_scope="partly",
            agreed_in_writing="partly",
        )
    )

    gaps = [(gap.question, gap.softens) for gap in judge(catalogue, sheet).gaps]

    assert gaps == [
        ("set_limits", ("after_hours", "last_minute")),
        ("reporting", ()),
        ("explained_scope", ("scope_creep",)),
        ("agreed_in_writing", ("scope_creep",)),
    ]


@pytest.mark.parametrize(
    ("given_answers", "kind"),
    [
        ({}, ClientKind.ORDINARY),
        ({"late_payment": "once"}, ClientKind.ORDINARY),
        ({"late_payment": "often"}, ClientKind.DIFFICULT),
        ({"rudeness": "once"}, ClientKind.DIFFICULT),
        ({"rudeness": "often"}, ClientKind.TOXIC),
        ({"threats": "once"}, ClientKind.TOXIC),
        ({"late_payment": "always"}, ClientKind.TOXIC),
    ],
)
def test_difficult_is_not_toxic(
    catalogue: Catalogue, given_answers: dict[str, str], kind: ClientKind
) -> None:
    assert judge(catalogue, Sheet(calm(catalogue, **given_answers))).kind is kind


def test_having_no_strength_left_says_nothing_about_the_client(catalogue: Catalogue) -> None:
    verdict = judge(catalogue, Sheet(calm(catalogue), exhausted=True))

    assert (verdict.id, verdict.kind) == (VerdictId.PART, ClientKind.ORDINARY)


@pytest.mark.parametrize(
    ("given_answers", "told", "verdict", "grounds"),
    [
        ({}, {}, "ordinary_friction", []),
        ({"late_payment": "always"}, {}, "last_effort", ["harm"]),
        ({"late_payment": "often"}, {}, "mendable", ["load"]),
        (
            {"after_hours": "always", "my_project_first": "often", "set_limits": "bad"},
            {},
            "mendable",
            ["always"],
        ),
        ({"scope_creep": "always"}, {}, "mendable", ["load", "always"]),
        ({"rudeness": "once"}, {}, "mendable", ["episode"]),
        ({"rudeness": "often"}, {}, "leave_now", ["repeated"]),
        (
            {"rudeness": "once"},
            {"tried": frozenset({"rudeness"})},
            "leave_now",
            ["episode", "limit_crossed"],
        ),
        ({"late_payment": "always", "rudeness": "once"}, {}, "part", ["harm", "episode"]),
        ({"threats": "once"}, {}, "part", ["episode", "threat"]),
        ({}, {"wants_out": True}, "part", ["wants_out"]),
        ({"last_minute": "always"}, {"exhausted": True}, "part", ["always", "exhausted"]),
        (
            {"late_payment": "always", "scope_creep": "always", "costs_more_than_brings": "often"},
            {"last_effort": LastEffort.FAILED},
            "part",
            ["harm", "drained", "failed"],
        ),
        (
            {"giving_best": "bad", "could_do_better": "bad", "reporting": "bad"},
            {},
            "start_with_yourself",
            ["own_part"],
        ),
    ],
)
def test_the_grounds_say_why(
    catalogue: Catalogue,
    given_answers: dict[str, str],
    told: dict[str, Any],
    verdict: str,
    grounds: list[str],
) -> None:
    found = judge(catalogue, Sheet(calm(catalogue, **given_answers), **told))

    assert (found.id, list(found.grounds)) == (verdict, grounds)


@given(seed=SEEDS)
def test_every_verdict_has_a_ground_but_for_friction_and_ignorance(
    catalogue: Catalogue, seed: int
) -> None:
    verdict = judge(catalogue, random_sheet(catalogue, seed))
    mild = (VerdictId.ORDINARY_FRICTION, VerdictId.CANNOT_TELL)

    assert bool(verdict.grounds) is (verdict.id not in mild)
    assert list(verdict.grounds) == sorted(verdict.grounds, key=list(Ground).index)


def test_answers_to_questions_of_another_release_count_for_nothing(catalogue: Catalogue) -> None:
    sheet = Sheet(calm(catalogue, late_payment="often"))
    older = replace(sheet, answers={**sheet.answers, **answers(gone_question="always")})

    assert judge(catalogue, older) == judge(catalogue, sheet)


def test_the_explanation_is_json_with_answers_and_sources(catalogue: Catalogue) -> None:
    sheet = Sheet(calm(catalogue, scope_creep="always", agreed_in_writing="bad"))

    explained = json.loads(json.dumps(explain_json(catalogue, sheet)))

    assert explained["verdict"] == "mendable"
    assert explained["kind"] == "difficult"
    assert explained["certainty"] == "settled"
    assert explained["grounds"] == ["load", "always"]
    assert explained["because"] == [
        {
            "question": "scope_creep",
            "option": "always",
            "contribution": 3.5,
            "sources": list(catalogue.signs[QuestionId("scope_creep")].sources),
        }
    ]
    assert explained["reflection"]["start_with_yourself"] is False
    assert explained["reflection"]["gaps"][0]["question"] == "agreed_in_writing"
    assert explained["reflection"]["softened"] == [
        {"sign": "scope_creep", "by": "agreed_in_writing"}
    ]
    assert explained["reflection"]["gaps"][0]["softens"] == ["scope_creep"]
    assert explained["easier_if"] == [], "«often» with everything in writing still needs mending"
    assert explained["serious_if"] == []


@pytest.mark.speed
def test_a_verdict_costs_about_as_much_as_the_words_of_its_screen(
    catalogue: Catalogue, words: Words
) -> None:
    sheet = Sheet(dict.fromkeys(catalogue.signs, OptionId("often")))

    timed = partial(repeat, timer=process_time, number=10, repeat=20)
    judged = min(timed(lambda: judge(catalogue, sheet)))
    said = min(timed(lambda: words.texts("digest.again", when="завтра")))

    assert judged < 300 * said, "some fifty texts, where this was measured"
