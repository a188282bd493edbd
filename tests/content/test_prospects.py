"""Whether to sign: monotone, what is not known counts for nothing, no answer decides alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.knowledge import Catalogue, Knowledge
from content.models import PROSPECT_OPTIONS, SKIP
from content.prospects import Decision, foresee, open_questions, seen_before

LEVEL = {
    Decision.SIGN: 0,
    Decision.UNCLEAR: 0,
    Decision.CONDITIONS: 1,
    Decision.DECLINE: 2,
}
"""Of these two neither warns; one says that little is known."""
OPTIONS = st.sampled_from((*PROSPECT_OPTIONS, SKIP, None))


def answers_of(data: st.DataObject, catalogue: Catalogue) -> dict[str, str]:
    drawn = {str(each): data.draw(OPTIONS) for each in catalogue.prospects}
    return {each: option for each, option in drawn.items() if option is not None}


@given(data=st.data())
def test_a_worse_answer_never_makes_the_advice_milder(
    catalogue: Catalogue, data: st.DataObject
) -> None:
    answers = answers_of(data, catalogue)
    question = data.draw(st.sampled_from(tuple(catalogue.prospects)))
    levels = [
        LEVEL[foresee(catalogue, {**answers, question: option}).decision]
        for option in PROSPECT_OPTIONS
    ]
    assert all(milder <= worse for milder, worse in pairwise(levels))


@given(data=st.data())
def test_what_is_not_known_weighs_as_much_as_what_was_never_asked(
    catalogue: Catalogue, data: st.DataObject
) -> None:
    answers = answers_of(data, catalogue)
    known = {each: option for each, option in answers.items() if option != SKIP}
    assert foresee(catalogue, answers) == foresee(catalogue, known)


@given(data=st.data())
def test_reasons_are_what_is_there_and_unknown_is_what_could_still_move_it(
    catalogue: Catalogue, data: st.DataObject
) -> None:
    answers = answers_of(data, catalogue)
    seen = foresee(catalogue, answers)
    assert set(seen.because) == {
        each for each, option in answers.items() if option in PROSPECT_OPTIONS[1:]
    }
    for each in seen.unknown:
        assert answers.get(each, SKIP) == SKIP
        worse = foresee(catalogue, {**answers, each: "yes"})
        assert LEVEL[worse.decision] > LEVEL[seen.decision]


def test_no_answer_alone_says_to_decline(catalogue: Catalogue) -> None:
    calm = dict.fromkeys(map(str, catalogue.prospects), "no")
    for each in catalogue.prospects:
        assert foresee(catalogue, {**calm, each: "yes"}).decision is Decision.CONDITIONS


@pytest.mark.parametrize(
    ("there", "decision"),
    [
        ({}, Decision.SIGN),
        ({"odd_hours": "partly"}, Decision.SIGN),
        ({"first_time": "partly"}, Decision.SIGN),
        ({"haggles": "partly"}, Decision.CONDITIONS),
        ({"odd_hours": "yes"}, Decision.CONDITIONS),
        ({"no_paper": "yes", "haggles": "yes"}, Decision.CONDITIONS),
        ({"fog": "yes", "haggles": "yes", "free_work": "yes"}, Decision.DECLINE),
        ({"no_paper": "yes", "fog": "yes", "odd_hours": "yes"}, Decision.DECLINE),
    ],
)
def test_what_the_answers_come_to(
    catalogue: Catalogue, there: dict[str, str], decision: Decision
) -> None:
    calm = dict.fromkeys(map(str, catalogue.prospects), "no")
    assert foresee(catalogue, {**calm, **there}).decision is decision


def test_too_little_known_is_no_reason_to_sign(catalogue: Catalogue) -> None:
    unknown = dict.fromkeys(map(str, catalogue.prospects), SKIP)
    assert foresee(catalogue, unknown).decision is Decision.UNCLEAR
    assert open_questions(catalogue, unknown) == ()


def test_only_what_was_there_is_offered_as_a_sign(catalogue: Catalogue) -> None:
    answers = {"fog": "yes", "haggles": "no", "odd_hours": SKIP, "free_work": "yes"}
    assert seen_before(catalogue, answers) == ("vague_brief",)


def test_every_condition_has_a_letter_that_there_is(knowledge: Knowledge) -> None:
    kinds = {kind.id for kind in knowledge.letters.kinds.values()}
    for data in knowledge.catalogue.prospects.values():
        assert data.letter in kinds
