"""A change of managers is sorted out, and judges who disagree are set side by side."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.comparing import compare
from content.knowledge import Catalogue
from content.models import SIGN_OPTIONS, SKIP
from content.sorting import TeamAdvice, TeamQuestion, next_asked, sort_out

OPTIONS = st.sampled_from((*SIGN_OPTIONS, SKIP))


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, (TeamAdvice.LISTEN,)),
        ({TeamQuestion.KNOWS: 1}, (TeamAdvice.LISTEN,)),
        ({TeamQuestion.KNOWS: 2, TeamQuestion.EQUIPPED: 2}, (TeamAdvice.EQUIP,)),
        ({TeamQuestion.KNOWS: 1, TeamQuestion.DOES: 1}, (TeamAdvice.TEACH,)),
        ({TeamQuestion.DOES: 2, TeamQuestion.TAUGHT: 1}, (TeamAdvice.TEACH,)),
        ({TeamQuestion.DOES: 2, TeamQuestion.TAUGHT: 2}, (TeamAdvice.PART,)),
        ({TeamQuestion.TALK: 2}, (TeamAdvice.PROTECT,)),
        ({TeamQuestion.TALK: 1, TeamQuestion.BRIEF: 1}, (TeamAdvice.PROTECT,)),
        (
            {TeamQuestion.DOES: 2, TeamQuestion.TAUGHT: 2, TeamQuestion.TALK: 2},
            (TeamAdvice.PART, TeamAdvice.LIMIT),
        ),
        ({TeamQuestion.DOES: 2, TeamQuestion.BRIEF: 2}, (TeamAdvice.TEACH, TeamAdvice.LIMIT)),
    ],
)
def test_what_is_found(answers: dict[TeamQuestion, int], found: tuple[TeamAdvice, ...]) -> None:
    assert sort_out(answers) == found


def test_every_way_ends_after_four_to_six_questions_and_says_what_to_do() -> None:
    lengths = set()
    for given_ in product(range(3), repeat=len(TeamQuestion)):
        answers: dict[TeamQuestion, int] = {}
        while (asked := next_asked(answers)) is not None:
            answers[asked] = given_[len(answers)]
        lengths.add(len(answers))
        assert sort_out(answers)
    assert lengths == {4, 5, 6}


def test_nobody_is_parted_with_who_lacked_something_or_was_not_taught() -> None:
    for values in product(range(3), repeat=len(TeamQuestion)):
        answers = dict(zip(TeamQuestion, values, strict=True))
        if TeamAdvice.PART in sort_out(answers):
            assert answers[TeamQuestion.EQUIPPED] == 0
            assert answers[TeamQuestion.TAUGHT] == 2


@given(data=st.data())
def test_what_differs_keeps_both_answers_and_what_is_not_known_differs_from_nothing(
    catalogue: Catalogue, data: st.DataObject
) -> None:
    people = data.draw(st.integers(2, 3))
    sheets = [{str(sign): data.draw(OPTIONS) for sign in catalogue.signs} for _ in range(people)]
    found = compare(catalogue, sheets)
    differ = {each.sign for each in found.differ}
    same = 0
    for sign in catalogue.signs:
        known = {sheet[sign] for sheet in sheets} - {SKIP}
        several = sum(sheet[sign] != SKIP for sheet in sheets) > 1
        assert (sign in differ) == (len(known) > 1)
        same += several and len(known) == 1
    assert found.same == same
    for each in found.differ:
        given_ = [sheet[each.sign] for sheet in sheets]
        assert [option or SKIP for option in each.answers] == given_


def test_those_furthest_apart_come_first(catalogue: Catalogue) -> None:
    mine = {"rudeness": "never", "late_payment": "often", "scope_creep": "once"}
    theirs = {"rudeness": "always", "late_payment": "once", "scope_creep": "once"}
    found = compare(catalogue, [mine, theirs])
    assert [each.sign for each in found.differ] == ["rudeness", "late_payment"]
    assert found.same == 1
