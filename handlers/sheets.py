"""Between what is remembered of an assessment and what the content judges."""

from __future__ import annotations

from content.knowledge import Catalogue
from content.models import Depth, LastEffort, OptionId, QuestionId, VerdictId
from content.questionnaire import asked, fired
from content.sheet import Sheet
from content.verdict import judge
from handlers.screens.assessment import Filled
from storage.protocols import Owned
from storage.records import Assessment, ClientNumber

EFFORT_MATTERS = (VerdictId.MENDABLE, VerdictId.LAST_EFFORT, VerdictId.PART)
"""Verdicts that a failed last effort could change or did; who has tried nothing made none."""


def sheet_of(assessment: Assessment) -> Sheet:
    """Return the sheet that the rules read."""
    return Sheet(
        answers={QuestionId(each.question): OptionId(each.option) for each in assessment.answers},
        depth=Depth(assessment.depth),
        team=assessment.team,
        tried=frozenset(QuestionId(each) for each in assessment.tried),
        last_effort=LastEffort(assessment.last_effort),
        exhausted=assessment.exhausted,
    )


def filled(catalogue: Catalogue, assessment: Assessment, name: str) -> Filled:
    """Look over an assessment whose questions are all answered; ``name`` is the client's."""
    sheet = sheet_of(assessment)
    whole = Sheet(answers={}, depth=Depth.FULL, team=assessment.team)
    return Filled(
        assessment=assessment,
        name=name,
        asked=asked(catalogue, sheet),
        total=len(asked(catalogue, whole)),
        fired=fired(catalogue, sheet),
        last_effort_matters=bool(sheet.tried) and judge(catalogue, sheet).id in EFFORT_MATTERS,
    )


def judged_before(memory: Owned, assessment: Assessment) -> Assessment | None:
    """Return the client's judged assessment before this one, None for the first."""
    earlier = [
        each
        for each in memory.assessments.of_client(assessment.client)
        if each.judged_at is not None and each.number < assessment.number
    ]
    return earlier[-1] if earlier else None


def last_judged(memory: Owned, client: ClientNumber) -> Assessment | None:
    """Return the client's newest judged assessment."""
    judged = [each for each in memory.assessments.of_client(client) if each.judged_at]
    return judged[-1] if judged else None


def open_one(memory: Owned, client: ClientNumber) -> Assessment | None:
    """Return the client's newest assessment without a verdict."""
    unjudged = [each for each in memory.assessments.of_client(client) if not each.judged_at]
    return unjudged[-1] if unjudged else None
