"""The questionnaire is replayed from the answers: nothing else remembers where the person is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.models import SKIP, Depth, OptionId, QuestionId, SignKind, Topic
from content.questionnaire import (
    ReflectionOutcome,
    Sheet,
    asked,
    fired,
    is_reflection,
    is_valid_answer,
    next_open,
    open_in_topic,
    opens_topic,
    options_of,
    position,
    previous,
    reflection_outcome,
)
from tests.content.sheets import CORE_QUESTIONS, CORE_SIGNS, answers, calm, random_sheet

if TYPE_CHECKING:
    from content.knowledge import Catalogue

EMPTY = Sheet({})
Q = QuestionId


def test_the_full_set_is_all_but_what_only_a_team_is_asked(catalogue: Catalogue) -> None:
    everything = {*catalogue.questions, *catalogue.signs}
    for_teams = {id_ for id_, sign in catalogue.signs.items() if sign.team_only}

    assert set(asked(catalogue, EMPTY)) == everything - for_teams
    assert set(asked(catalogue, replace(EMPTY, team=True))) == everything
    assert "change_manager" in for_teams


def test_the_agreed_core_is_asked(catalogue: Catalogue) -> None:
    # More signs are welcome; one of these that goes missing is a mistake.
    assert len(CORE_SIGNS) == 27
    assert len(CORE_QUESTIONS) == 10
    assert set(catalogue.signs) >= CORE_SIGNS
    assert set(catalogue.questions) >= CORE_QUESTIONS


def test_the_express_set_is_two_and_nine_team_or_not(catalogue: Catalogue) -> None:
    express = asked(catalogue, Sheet({}, depth=Depth.EXPRESS))

    assert express[:2] == ("agreed_in_writing", "set_limits")
    assert set(express[2:]) == {
        "late_payment",
        "no_contract",
        "scope_creep",
        "never_satisfied",
        "after_hours",
        "rudeness",
        "threats",
        "unethical_request",
        "costs_more_than_brings",
    }
    assert asked(catalogue, Sheet({}, depth=Depth.EXPRESS, team=True)) == express


def test_the_reflection_comes_first_then_the_topics_in_their_order(catalogue: Catalogue) -> None:
    questions = asked(catalogue, replace(EMPTY, team=True))
    topics = [catalogue.signs[id_].topic for id_ in questions[10:]]

    assert all(is_reflection(catalogue, id_) for id_ in questions[:10])
    assert questions[0] == "is_it_them"
    assert list(dict.fromkeys(topics)) == list(Topic)
    assert topics == sorted(topics, key=list(Topic).index)


def test_the_express_questions_keep_their_order_in_the_full_set(catalogue: Catalogue) -> None:
    express = asked(catalogue, Sheet({}, depth=Depth.EXPRESS))

    assert [id_ for id_ in asked(catalogue, EMPTY) if id_ in express] == list(express)


def test_every_answer_leads_on_and_the_last_one_to_the_end(catalogue: Catalogue) -> None:
    sheet, walked = EMPTY, []
    while (question := next_open(catalogue, sheet)) is not None:
        walked.append(question)
        sheet = replace(sheet, answers={**sheet.answers, question: SKIP})

    assert tuple(walked) == asked(catalogue, EMPTY)


def test_going_on_from_express_to_full_asks_nothing_twice(catalogue: Catalogue) -> None:
    express = Sheet({}, depth=Depth.EXPRESS)
    given_answers = dict.fromkeys(asked(catalogue, express), SKIP)
    full = Sheet(given_answers, depth=Depth.FULL)

    assert next_open(catalogue, replace(express, answers=given_answers)) is None
    assert next_open(catalogue, full) == "is_it_them"
    still_open = [id_ for id_ in asked(catalogue, full) if id_ not in full.answers]
    assert len(still_open) == len(asked(catalogue, full)) - len(given_answers)


@given(seed=st.integers(0, 10**9))
def test_the_next_question_is_open_and_all_before_it_are_answered(
    catalogue: Catalogue, seed: int
) -> None:
    sheet = random_sheet(catalogue, seed)
    question = next_open(catalogue, sheet)
    questions = asked(catalogue, sheet)

    before = questions if question is None else questions[: questions.index(question)]
    assert question not in sheet.answers
    assert all(id_ in sheet.answers for id_ in before)


def test_the_position_counts_reflection_and_signs_together(catalogue: Catalogue) -> None:
    total = len(asked(catalogue, EMPTY))

    assert position(catalogue, EMPTY, Q("is_it_them")) == (1, total)
    assert position(catalogue, EMPTY, Q("no_contract")) == (len(catalogue.questions) + 1, total)
    assert position(catalogue, EMPTY, asked(catalogue, EMPTY)[-1]) == (total, total)


def test_a_question_that_is_not_asked_has_no_position(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="tuple"):
        position(catalogue, EMPTY, Q("change_manager"))
    with pytest.raises(ValueError, match="tuple"):
        previous(catalogue, EMPTY, Q("change_manager"))


def test_back_leads_to_the_question_before_and_from_the_first_nowhere(catalogue: Catalogue) -> None:
    assert previous(catalogue, EMPTY, Q("no_contract")) == "second_opinion"
    assert previous(catalogue, EMPTY, Q("is_it_them")) is None


def test_closing_a_topic_closes_what_is_open_and_never_a_critical_sign(
    catalogue: Catalogue,
) -> None:
    sheet = Sheet(answers(late_payment="never", price_pressure="skip"))

    money = open_in_topic(catalogue, sheet, Topic.MONEY)
    boundaries = open_in_topic(catalogue, sheet, Topic.BOUNDARIES)

    assert money[:3] == ("no_contract", "payment_maze", "disputes_invoices")
    assert not {"late_payment", "price_pressure"} & set(money)
    assert "team_disrespect" in boundaries
    assert not {"rudeness", "threats", "unethical_request"} & set(boundaries)


def test_no_topic_ever_closes_critical_signs(catalogue: Catalogue) -> None:
    closed = {id_ for topic in Topic for id_ in open_in_topic(catalogue, EMPTY, topic)}
    critical = {id_ for id_, sign in catalogue.signs.items() if sign.kind is SignKind.CRITICAL}

    assert critical >= {"rudeness", "threats", "unethical_request"}
    assert closed.isdisjoint(critical)


@pytest.mark.parametrize(
    ("given_answers", "question", "opens"),
    [
        ({}, "no_contract", True),
        ({}, "is_it_them", False),
        ({}, "team_disrespect", False),
        ({}, "rudeness", False),
        ({}, "change_manager", False),
        ({"no_contract": "never"}, "late_payment", True),
        ({"no_contract": "once"}, "late_payment", False),
        ({"no_contract": "never"}, "no_contract", False),
        ({"emotional_toll": "never"}, "costs_more_than_brings", False),
    ],
)
def test_nothing_of_the_kind_is_offered_while_nothing_of_the_topic_has_shown(
    core: Catalogue, given_answers: dict[str, str], question: str, opens: bool
) -> None:
    assert opens_topic(core, Sheet(answers(**given_answers)), Q(question)) is opens


def test_what_fired_comes_most_harmful_first(catalogue: Catalogue) -> None:
    sheet = Sheet(
        calm(
            catalogue, last_minute="often", scope_creep="often", threats="once", no_feedback="skip"
        )
    )

    assert fired(catalogue, sheet) == ("threats", "scope_creep", "last_minute")


@pytest.mark.parametrize(
    ("given_answers", "outcome"),
    [
        ({}, ReflectionOutcome.NOT_YOU),
        ({"second_opinion": "bad"}, ReflectionOutcome.NOT_YOU),
        ({"reporting": "partly"}, ReflectionOutcome.BOTH),
        ({"reporting": "bad", "set_limits": "bad"}, ReflectionOutcome.BOTH),
        (
            {"reporting": "bad", "set_limits": "bad", "giving_best": "bad"},
            ReflectionOutcome.YOURSELF,
        ),
    ],
)
def test_the_reflection_has_three_outcomes(
    catalogue: Catalogue, given_answers: dict[str, str], outcome: ReflectionOutcome
) -> None:
    assert reflection_outcome(catalogue, Sheet(calm(catalogue, **given_answers))) is outcome


def test_it_is_not_you_needs_half_of_the_reflection_answered(catalogue: Catalogue) -> None:
    express = Sheet(answers(agreed_in_writing="good", set_limits="skip"), depth=Depth.EXPRESS)

    assert reflection_outcome(catalogue, EMPTY) is ReflectionOutcome.BOTH
    assert reflection_outcome(catalogue, replace(express, answers={})) is ReflectionOutcome.BOTH
    assert reflection_outcome(catalogue, express) is ReflectionOutcome.NOT_YOU


def test_only_the_options_of_a_question_and_dont_know_are_answers(catalogue: Catalogue) -> None:
    assert options_of(catalogue, Q("late_payment")) == ("never", "once", "often", "always")
    assert options_of(catalogue, Q("reporting")) == ("good", "partly", "bad")
    assert is_valid_answer(catalogue, "late_payment", "often")
    assert is_valid_answer(catalogue, "reporting", OptionId(SKIP))
    assert not is_valid_answer(catalogue, "late_payment", "bad")
    assert not is_valid_answer(catalogue, "reporting", "often")
    assert not is_valid_answer(catalogue, "gone_question", "skip")
    with pytest.raises(KeyError):
        options_of(catalogue, Q("gone_question"))
