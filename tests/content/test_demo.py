"""The made-up client, all of it in a handful of digits."""

from __future__ import annotations

from itertools import product

import pytest

from content.demo import demo_sheet
from content.knowledge import Catalogue
from content.models import OptionId, QuestionId, VerdictId
from content.questionnaire import asked, options_of
from content.sheet import Sheet
from content.verdict import judge


def every_digits(catalogue: Catalogue) -> list[str]:
    scenes = (QuestionId(scene.question) for scene in catalogue.demo.scene)
    places = ([*map(str, range(len(options_of(catalogue, q)))), "s"] for q in scenes)
    return ["".join(digits) for digits in product(*places)]


def test_each_digit_answers_its_scene_and_all_else_is_mild(catalogue: Catalogue) -> None:
    sheet = demo_sheet(catalogue, "21s30")
    first, second, third, fourth, fifth = (scene.question for scene in catalogue.demo.scene)
    told = {first: "bad", second: "once", third: "skip", fourth: "always", fifth: "never"}

    others = {option for question, option in sheet.answers.items() if question not in told}
    assert {question: sheet.answers[QuestionId(question)] for question in told} == told
    assert others == {"never", "good"}
    assert set(asked(catalogue, team=sheet.team)) <= sheet.answers.keys()


@pytest.mark.parametrize("digits", ["4", "3", "x", "0000s0", "²"])
def test_digits_that_no_tap_gives_are_refused(catalogue: Catalogue, digits: str) -> None:
    # The first scene is a question of the self-reflection: it has three options.
    with pytest.raises(ValueError, match="answer"):
        demo_sheet(catalogue, digits)


def test_every_way_through_the_scenes_ends_in_a_verdict(catalogue: Catalogue) -> None:
    verdicts = {judge(catalogue, demo_sheet(catalogue, d)).id for d in every_digits(catalogue)}

    assert VerdictId.CANNOT_TELL not in verdicts
    assert {VerdictId.ORDINARY_FRICTION, VerdictId.MENDABLE, VerdictId.LAST_EFFORT} <= verdicts


def test_middling_answers_are_mendable(catalogue: Catalogue) -> None:
    assert judge(catalogue, demo_sheet(catalogue, "12222")).id is VerdictId.MENDABLE


def test_if_he_were_rude_too_every_way_leads_out_at_once(catalogue: Catalogue) -> None:
    rude = QuestionId(catalogue.demo.rude)
    for digits in every_digits(catalogue):
        answers = {**demo_sheet(catalogue, digits).answers, rude: OptionId("often")}
        assert judge(catalogue, Sheet(answers)).id is VerdictId.LEAVE_NOW
