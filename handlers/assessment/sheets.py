"""Between what is remembered of an assessment and what the content judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from content.knowledge import Catalogue
from content.models import SKIP, Depth, LastEffort, OptionId, QuestionId, VerdictId
from content.questionnaire import asked
from content.sheet import Sheet
from content.verdict import judge
from storage.records import ActionState, Assessment, ClientNumber
from storage.rows.memory import Owned

LAST_EFFORT = "letter.effort"
"""Detail of a client: ``made`` once a last effort was sent, ``failed`` when it did not help."""
EFFORT_MATTERS = (VerdictId.MENDABLE, VerdictId.LAST_EFFORT, VerdictId.PART)
"""Verdicts that a failed last effort could change or did; who has tried nothing made none."""


@dataclass(frozen=True, slots=True)
class Filled:
    """An assessment whose questions are all answered, ready to be looked over."""

    assessment: Assessment
    name: str
    """Of the client."""
    asked: tuple[QuestionId, ...]
    total: int
    """How many questions the full assessment has."""
    answers: Mapping[QuestionId, OptionId]
    fired: tuple[QuestionId, ...]
    """Signs that are there, the most harmful first."""
    last_effort_matters: bool

    def answer(self, question: QuestionId) -> OptionId:
        """Return the answer to a question that is asked."""
        return self.answers.get(question, SKIP)


def sheet_of(assessment: Assessment) -> Sheet:
    """Return the sheet that the rules read."""
    answers = {each.question: each.option for each in assessment.answers}
    return Sheet(
        # The ids of the storage are those of the content; naming each anew costs as much as this.
        answers=cast("dict[QuestionId, OptionId]", answers),
        depth=Depth(assessment.depth),
        team=assessment.team,
        tried=frozenset(QuestionId(each) for each in assessment.tried),
        last_effort=LastEffort(assessment.last_effort),
        exhausted=assessment.exhausted,
        wants_out=assessment.wants_out,
    )


def questions_of(catalogue: Catalogue, assessment: Assessment) -> tuple[QuestionId, ...]:
    """Return all questions of an assessment in order, answered or not."""
    return asked(catalogue, Sheet({}, depth=Depth(assessment.depth), team=assessment.team))


def filled(catalogue: Catalogue, assessment: Assessment, name: str) -> Filled:
    """Look over an assessment whose questions are all answered; ``name`` is the client's."""
    sheet = sheet_of(assessment)
    whole = Sheet(answers={}, depth=Depth.FULL, team=assessment.team)
    verdict = judge(catalogue, sheet)
    return Filled(
        assessment=assessment,
        name=name,
        asked=asked(catalogue, sheet),
        total=len(asked(catalogue, whole)),
        answers=sheet.answers,
        fired=tuple(reason.question for reason in verdict.because),
        last_effort_matters=bool(sheet.tried) and verdict.id in EFFORT_MATTERS,
    )


def tried_in_vain(memory: Owned, client: ClientNumber) -> tuple[str, ...]:
    """Return what steps of plans were about that did not help; a sign's counts as tried."""
    failed = [
        each.about
        for each in memory.plans.of_client(client)
        if each.state is ActionState.FAILED and each.about
    ]
    return tuple(dict.fromkeys(failed))


def last_judged(memory: Owned, client: ClientNumber) -> Assessment | None:
    """Return the client's newest judged assessment."""
    judged = [each for each in memory.assessments.of_client(client) if each.judged_at]
    return judged[-1] if judged else None


def open_one(memory: Owned, client: ClientNumber) -> Assessment | None:
    """Return the client's newest assessment without a verdict."""
    unjudged = [each for each in memory.assessments.of_client(client) if not each.judged_at]
    return unjudged[-1] if unjudged else None
