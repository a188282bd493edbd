"""The next question: the same for the same sheet, and as sure of the verdict as it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from random import Random
from statistics import median
from time import process_time
from timeit import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

import content.asking
from content.asking import moves, open_questions, standing
from content.continuations import ROWS, column, ends
from content.knowledge import Catalogue
from content.models import (
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    SKIP,
    Certainty,
    OptionId,
    QuestionId,
    SignKind,
    VerdictId,
)
from content.sheet import Sheet
from content.verdict import judge
from tests.content.asking.population import POPULATIONS, people, personas
from tests.content.asking.walk import ONE_BY_ONE, Walk, Way, walk
from tests.content.sheets import answers, calm, random_sheet

SEEDS = st.integers(0, 10**9)
EACH = 25
"""People of each population in the everyday run."""
MEDIAN_QUESTIONS, MEDIAN_TAPS, P90_TAPS, AGREEMENT = 28, 18, 24, 0.95


def completions(catalogue: Catalogue, sheet: Sheet) -> Iterator[Sheet]:
    """Every way in which the sheet could be filled in."""
    left = list(open_questions(catalogue, sheet))
    options = [SIGN_OPTIONS if q in catalogue.signs else REFLECTION_OPTIONS for q in left]
    for chosen in product(*options):
        yield replace(sheet, answers={**sheet.answers, **dict(zip(left, chosen, strict=True))})


def with_four_open(catalogue: Catalogue, seed: int) -> Sheet:
    full = random_sheet(catalogue, seed)
    asked = [*open_questions(catalogue, replace(full, answers={}))]
    open_ = set(Random(seed).sample(asked, 4))  # noqa: S311  a repeatable sample
    known = {q: o for q, o in {**calm(catalogue), **full.answers}.items() if q not in open_}
    return replace(full, answers=known)


def assert_settled_is_exact(catalogue: Catalogue, seeds: Sequence[int]) -> int:
    settled = 0
    for seed in seeds:
        sheet = with_four_open(catalogue, seed)
        at = standing(catalogue, sheet)
        there = {judge(catalogue, each).id for each in completions(catalogue, sheet)}
        one = there == {at.verdict} and at.verdict is not VerdictId.CANNOT_TELL
        assert (at.certainty is Certainty.SETTLED) is one, seed
        assert (at.question is None) is one
        settled += one
    return settled


def test_settled_is_exact(catalogue: Catalogue) -> None:
    assert 5 < assert_settled_is_exact(catalogue, range(40)) < 35


@pytest.mark.campaign
def test_settled_is_exact_on_fifteen_hundred_sheets(catalogue: Catalogue) -> None:
    assert_settled_is_exact(catalogue, range(1_000, 2_500))


@given(seed=SEEDS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_answers_means_nothing(
    catalogue: Catalogue, seed: int, order: Random
) -> None:
    sheet = random_sheet(catalogue, seed)
    shuffled = list(sheet.answers.items())
    order.shuffle(shuffled)
    before = standing(catalogue, sheet)
    standing.cache_clear()

    assert standing(catalogue, replace(sheet, answers=dict(shuffled))) == before


@given(seed=SEEDS)
def test_only_what_is_open_is_asked_and_something_is_while_it_can_matter(
    catalogue: Catalogue, seed: int
) -> None:
    sheet = random_sheet(catalogue, seed)
    at = standing(catalogue, sheet)

    assert at.open == tuple(open_questions(catalogue, sheet))
    assert (at.question is None) is (at.certainty is Certainty.SETTLED)
    assert at.question is None or at.question in at.open
    assert 0 <= at.share <= 1
    assert at.verdict is judge(catalogue, sheet).id


def test_the_ends_are_the_verdicts_of_the_filled_in_sheets(catalogue: Catalogue) -> None:
    for seed in range(25):
        sheet = random_sheet(catalogue, seed)
        left = tuple(open_questions(catalogue, sheet))
        found = ends(catalogue, sheet, left)
        assert len(found) == ROWS
        for row in range(seed % 5, ROWS, 9):
            filled = dict(sheet.answers)
            for question in left:
                value = dict(column(catalogue, question)).get(row, 0)
                scale = SIGN_OPTIONS if question in catalogue.signs else REFLECTION_OPTIONS
                filled[question] = scale[value]
            assert found[row] is judge(catalogue, replace(sheet, answers=filled)).id


def test_it_begins_with_the_person_then_asks_what_overrides_all(catalogue: Catalogue) -> None:
    asked = walk(catalogue, Sheet(calm(catalogue)), ONE_BY_ONE).asked

    assert asked[:4] == ["is_it_them", "giving_best", "agreed_in_writing", "set_limits"]
    assert asked[4:8] == ["rudeness", "harassment", "threats", "unethical_request"]
    assert len(asked) == len(set(asked)), "nothing is asked twice"


def test_insults_end_the_questions_at_once(catalogue: Catalogue) -> None:
    at = standing(catalogue, Sheet(answers(rudeness="often")))

    assert (at.question, at.verdict) == (None, VerdictId.LEAVE_NOW)
    assert at.certainty is Certainty.SETTLED


def test_the_why_names_the_answers_that_alone_move_the_verdict(catalogue: Catalogue) -> None:
    known = calm(catalogue, late_payment="often", scope_creep="once")
    del known[QuestionId("disputes_invoices")]
    at = standing(catalogue, Sheet(known))

    assert at.question == "disputes_invoices"
    assert at.why == {"always": VerdictId.LAST_EFFORT}


def test_dont_know_is_not_asked_again_but_named_where_it_would_decide(
    catalogue: Catalogue,
) -> None:
    sheet = Sheet(calm(catalogue, late_payment="skip", last_minute="skip"))
    at = standing(catalogue, sheet)

    assert at.question is None
    assert at.unknown == ("late_payment", "last_minute")
    assert moves(catalogue, sheet, QuestionId("last_minute"), at.verdict) == {
        "always": VerdictId.MENDABLE
    }
    harmless = Sheet(calm(catalogue, rudeness="often", late_payment="skip"))
    assert standing(catalogue, harmless).unknown == ()


def test_nothing_is_certain_while_it_cannot_tell(catalogue: Catalogue) -> None:
    few = Sheet({**dict.fromkeys(catalogue.questions, REFLECTION_OPTIONS[0])})
    at = standing(catalogue, few)

    assert at.verdict is VerdictId.CANNOT_TELL
    assert at.certainty is Certainty.PRELIMINARY
    unknown = Sheet(dict.fromkeys((*catalogue.questions, *catalogue.signs), SKIP))
    assert standing(catalogue, unknown).question is None


def test_a_team_is_asked_one_more(catalogue: Catalogue) -> None:
    known = calm(catalogue)
    del known[QuestionId("change_manager")]
    alone = Sheet(known)

    assert standing(catalogue, alone).open == ()
    assert standing(catalogue, replace(alone, team=True)).open == ("change_manager",)


def test_what_is_left_is_never_more_than_before(catalogue: Catalogue) -> None:
    """The bar that is drawn from it never runs back."""
    full = Sheet(calm(catalogue, late_payment="often", vague_brief="often", after_hours="once"))
    sheet, shares = replace(full, answers={}), []
    while (at := standing(catalogue, sheet)).question is not None:
        given = len(sheet.answers)
        shares.append(given / (given + at.about_left))
        sheet = replace(sheet, answers={**sheet.answers, at.question: full.answers[at.question]})
    assert shares == sorted(shares)


def simulated(catalogue: Catalogue, each: int, way: Way) -> list[Walk]:
    sheets = [sheet for name in POPULATIONS for sheet in people(catalogue, name, each)]
    return [walk(catalogue, sheet, way) for sheet in sheets]


def agreement(walks: Sequence[Walk]) -> float:
    """Share of the likely verdicts that are the verdict of the full sheet."""
    return sum(walk.likely[2] is walk.full for walk in walks if walk.likely) / len(walks)


def test_a_likely_verdict_is_nearly_always_that_of_the_full_sheet(catalogue: Catalogue) -> None:
    walks = simulated(catalogue, EACH, ONE_BY_ONE)

    assert agreement(walks) >= AGREEMENT
    assert median(walk.likely[0] for walk in walks if walk.likely) <= MEDIAN_QUESTIONS
    assert all(walk.settled and walk.settled[2] is walk.full for walk in walks)
    for each in walks:
        assert len(each.asked) == len(set(each.asked))


def test_the_control_fails(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content.asking, "LIKELY", 0.6)
    standing.cache_clear()
    try:
        assert agreement(simulated(catalogue, EACH, ONE_BY_ONE)) < AGREEMENT
    finally:
        standing.cache_clear()


def test_the_way_is_short(catalogue: Catalogue) -> None:
    walks = simulated(catalogue, EACH, Way())
    taps = sorted(walk.likely[1] for walk in walks if walk.likely)

    assert median(taps) <= MEDIAN_TAPS
    assert taps[len(taps) * 9 // 10] <= P90_TAPS


def test_every_persona_gets_its_verdict_before_all_is_asked(catalogue: Catalogue) -> None:
    walks = [walk(catalogue, sheet) for sheet in personas(catalogue)]

    assert agreement(walks) >= AGREEMENT
    assert all(walk.settled and walk.settled[2] is walk.full for walk in walks)


@pytest.mark.speed
def test_a_choice_costs_a_few_dozen_verdicts(catalogue: Catalogue) -> None:
    full = Sheet(calm(catalogue, late_payment="often", scope_creep="once"))
    sheet = replace(full, answers=dict(list(full.answers.items())[:20]))

    def choose() -> None:
        standing.cache_clear()
        standing(catalogue, sheet)

    choose()
    timed = partial(repeat, timer=process_time, number=1, repeat=20)
    chosen, judged = min(timed(choose)), min(timed(lambda: judge(catalogue, full)))
    assert chosen < 80 * judged


def test_critical_signs_are_never_far(catalogue: Catalogue) -> None:
    """However the sheet came about, they are asked before the rest."""
    sheet = Sheet(answers(late_payment="always", after_hours="often"))
    early = {q for q, data in catalogue.questions.items() if data.early}
    critical = {q for q, sign in catalogue.signs.items() if sign.kind is SignKind.CRITICAL}
    asked: list[QuestionId] = []
    for _ in range(len(early | critical)):
        question = standing(catalogue, sheet).question
        assert question is not None
        asked.append(question)
        mild = SIGN_OPTIONS[0] if question in catalogue.signs else REFLECTION_OPTIONS[0]
        sheet = replace(sheet, answers={**sheet.answers, question: OptionId(mild)})

    assert set(asked) == early | critical
