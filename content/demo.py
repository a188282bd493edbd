"""The made-up client: a sheet built from the taps on its scenes and nothing else."""

from __future__ import annotations

from content.knowledge import Catalogue
from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS, SKIP, OptionId, QuestionId
from content.questionnaire import options_of
from content.sheet import Sheet

SKIP_DIGIT = "s"


def demo_sheet(catalogue: Catalogue, digits: str) -> Sheet:
    """Return the sheet after these taps: one character per scene, the option's place or ``s``.

    What no scene asks is as mild as can be. Raises ``ValueError`` for digits that no tap gives.
    """
    answers: dict[QuestionId, OptionId] = {
        **dict.fromkeys(catalogue.questions, REFLECTION_OPTIONS[0]),
        **dict.fromkeys(catalogue.signs, SIGN_OPTIONS[0]),
    }
    scenes = [QuestionId(scene.question) for scene in catalogue.demo.scene]
    if len(digits) > len(scenes):
        raise ValueError(f"{len(digits)} answers for {len(scenes)} scenes")
    for question, digit in zip(scenes, digits, strict=False):
        options = options_of(catalogue, question)
        if digit == SKIP_DIGIT:
            answers[question] = SKIP
        elif digit in "0123"[: len(options)]:
            answers[question] = options[int(digit)]
        else:
            raise ValueError(f"no answer {digit!r} to {question!r}")
    return Sheet(answers)
