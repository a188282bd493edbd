"""What can be asked, and what a quiet topic closes."""

from __future__ import annotations

import pytest

from content.knowledge import Catalogue
from content.models import SKIP, OptionId, QuestionId, SignKind, Topic
from content.questionnaire import (
    ReflectionOutcome,
    asked,
    explained_by,
    fired,
    is_reflection,
    is_valid_answer,
    open_critical,
    open_in_topic,
    opens_topic,
    options_of,
    options_on_screen,
    reflection_outcome,
)
from content.sheet import Sheet
from tests.content.sheets import CORE_QUESTIONS, CORE_SIGNS, answers, calm

EMPTY = Sheet({})
Q = QuestionId


def test_everything_can_be_asked_but_what_only_a_team_is(catalogue: Catalogue) -> None:
    everything = {*catalogue.questions, *catalogue.signs}
    for_teams = {id_ for id_, sign in catalogue.signs.items() if sign.team_only}

    assert set(asked(catalogue, team=False)) == everything - for_teams
    assert set(asked(catalogue, team=True)) == everything
    assert "change_manager" in for_teams


def test_the_agreed_core_is_asked(catalogue: Catalogue) -> None:
    # More signs are welcome; one of these that goes missing is a mistake.
    assert len(CORE_SIGNS) == 29
    assert len(CORE_QUESTIONS) == 10
    assert set(catalogue.signs) >= CORE_SIGNS
    assert set(catalogue.questions) >= CORE_QUESTIONS


def test_the_reflection_comes_first_then_the_topics_in_their_order(catalogue: Catalogue) -> None:
    questions = asked(catalogue, team=True)
    topics = [catalogue.signs[id_].topic for id_ in questions[10:]]

    assert all(is_reflection(catalogue, id_) for id_ in questions[:10])
    assert list(dict.fromkeys(topics)) == list(Topic)
    assert topics == sorted(topics, key=list(Topic).index)


def test_boundaries_and_time_have_their_order(catalogue: Catalogue) -> None:
    questions = asked(catalogue, team=False)

    def of(topic: Topic) -> list[str]:
        return [q for q in questions if q in catalogue.signs and catalogue.signs[q].topic is topic]

    assert of(Topic.BOUNDARIES) == [
        "team_disrespect",
        "rudeness",
        "harassment",
        "threats",
        "unethical_request",
    ]
    assert of(Topic.TIME)[-1] == "no_shows"


def test_every_scale_runs_one_way_and_good_has_no_place_of_its_own(catalogue: Catalogue) -> None:
    own = {options_on_screen(catalogue, each) for each in catalogue.questions}
    signs = {options_on_screen(catalogue, each)[:4] for each in catalogue.signs}

    assert own == {("bad", "partly", "good"), ("good", "partly", "bad")}
    assert signs == {("never", "once", "often", "always")}


def test_who_said_that_it_happened_is_not_asked_whether(catalogue: Catalogue) -> None:
    options = options_on_screen(catalogue, Q("scope_creep"), happened=True)

    assert options == ("once", "often", "always")


def test_the_critical_signs_are_open_until_each_is_answered(catalogue: Catalogue) -> None:
    assert open_critical(catalogue, Sheet(answers(threats="never", late_payment="often"))) == (
        "rudeness",
        "harassment",
        "unethical_request",
    )


def test_a_question_of_ones_own_knows_the_heaviest_sign_it_could_explain(
    catalogue: Catalogue,
) -> None:
    sheet = Sheet(answers(after_hours="often", last_minute="once", scope_creep="always"))

    assert explained_by(catalogue, sheet, Q("set_limits")) == ("after_hours", "last_minute")
    assert explained_by(catalogue, sheet, Q("reporting")) == ()


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
        ({}, "late_payment", True),
        ({}, "no_contract", False),
        ({}, "is_it_them", False),
        ({}, "team_disrespect", False),
        ({}, "rudeness", False),
        ({}, "change_manager", False),
        ({"no_contract": "never"}, "late_payment", True),
        ({"no_contract": "once"}, "late_payment", True),
        ({"no_contract": "once", "price_pressure": "never"}, "late_payment", True),
        (dict.fromkeys(("no_contract", "price_pressure"), "once"), "late_payment", True),
        (
            dict.fromkeys(("no_contract", "price_pressure", "disputes_invoices"), "once"),
            "late_payment",
            False,
        ),
        ({"late_payment": "never"}, "late_payment", False),
        ({"emotional_toll": "never"}, "costs_more_than_brings", False),
    ],
)
def test_the_shortcut_closes_a_quiet_topic_or_a_rest_worth_a_tap(
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
    few = dict.fromkeys(list(catalogue.questions)[:4], OptionId("good"))
    half = dict.fromkeys(list(catalogue.questions)[:5], OptionId("good"))

    assert reflection_outcome(catalogue, Sheet({})) is ReflectionOutcome.BOTH
    assert reflection_outcome(catalogue, Sheet(few)) is ReflectionOutcome.BOTH
    assert reflection_outcome(catalogue, Sheet(half)) is ReflectionOutcome.NOT_YOU


def test_only_the_options_of_a_question_and_dont_know_are_answers(catalogue: Catalogue) -> None:
    assert options_of(catalogue, Q("scope_creep")) == ("never", "once", "often", "always")
    assert options_of(catalogue, Q("late_payment"))[4:] == ("taken_back",)
    assert not is_valid_answer(catalogue, "scope_creep", "taken_back")
    assert options_of(catalogue, Q("reporting")) == ("good", "partly", "bad")
    assert is_valid_answer(catalogue, "late_payment", "often")
    assert is_valid_answer(catalogue, "reporting", OptionId(SKIP))
    assert not is_valid_answer(catalogue, "late_payment", "bad")
    assert not is_valid_answer(catalogue, "reporting", "often")
    assert not is_valid_answer(catalogue, "gone_question", "skip")
    with pytest.raises(KeyError):
        options_of(catalogue, Q("gone_question"))
