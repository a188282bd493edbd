"""Between what is remembered of an assessment and what the content judges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from content.knowledge import Catalogue
from content.models import LastEffort, OptionId, QuestionId, VerdictId
from content.questionnaire import asked, once_crossed
from content.sheet import Sheet
from content.verdict import Verdict, judge, verdict_of
from storage.records import ActionState, Assessment, ClientNumber
from storage.rows.assessments import CORRECTABLE
from storage.rows.memory import Owned

LAST_EFFORT = "letter.effort"
"""Detail of a client: ``made`` once a last effort was sent, ``failed`` when it did not help."""


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """An assessment, ready to be looked over."""

    assessment: Assessment
    name: str
    """Of the client."""
    asked: tuple[QuestionId, ...]
    """All there is to ask, in order."""
    answers: Mapping[QuestionId, OptionId]
    fired: tuple[QuestionId, ...]
    """Signs that are there, the most harmful first."""
    triable: tuple[QuestionId, ...]
    """Those of them that may have been tried to mend; what came once and ended is none at first."""
    tried_matters: bool
    """Whether it would move the verdict that the advice was followed in vain."""
    last_effort_matters: bool
    """Whether it would that a last effort failed; who has tried nothing made none."""


def sheet_of(assessment: Assessment) -> Sheet:
    """Return the sheet that the rules read."""
    answers = {each.question: each.option for each in assessment.answers}
    return Sheet(
        # The ids of the storage are those of the content; naming each anew costs as much as this.
        answers=cast("dict[QuestionId, OptionId]", answers),
        team=assessment.team,
        tried=frozenset(QuestionId(each) for each in assessment.tried),
        last_effort=LastEffort(assessment.last_effort),
        exhausted=assessment.exhausted,
        wants_out=assessment.wants_out,
    )


def sheet_now(memory: Owned, assessment: Assessment) -> Sheet:
    """Return the sheet; that a last effort was made since moves no verdict, yet the words."""
    sheet = sheet_of(assessment)
    told = memory.details.of_client(assessment.client).get(LAST_EFFORT)
    if told != LastEffort.MADE or sheet.last_effort is not LastEffort.NONE:
        return sheet
    newest = last_judged(memory, assessment.client)
    if newest is None or newest.number != assessment.number:
        return sheet
    return replace(sheet, last_effort=LastEffort.MADE)


def judged(memory: Owned, catalogue: Catalogue, assessment: Assessment) -> tuple[Sheet, Verdict]:
    """Return a sheet with the verdict that was given on it."""
    sheet = sheet_now(memory, assessment)
    verdict = judge(catalogue, sheet)
    return sheet, replace(verdict, id=VerdictId(assessment.verdict or verdict.id))


def questions_of(catalogue: Catalogue, assessment: Assessment) -> tuple[QuestionId, ...]:
    """Return all questions of an assessment in order, answered or not."""
    return asked(catalogue, team=assessment.team)


def filled(catalogue: Catalogue, assessment: Assessment, name: str) -> FilledSheet:
    """Look over an assessment; ``name`` is the client's."""
    sheet = sheet_of(assessment)
    verdict = judge(catalogue, sheet)
    fired = tuple(reason.question for reason in verdict.because)
    ended = () if assessment.source is not None else once_crossed(catalogue, sheet)
    triable = tuple(each for each in fired if each not in ended)
    in_vain = replace(sheet, tried=sheet.tried | set(triable))
    failed = replace(sheet, last_effort=LastEffort.FAILED)
    return FilledSheet(
        assessment=assessment,
        name=name,
        asked=asked(catalogue, team=assessment.team),
        answers=sheet.answers,
        fired=fired,
        triable=triable,
        tried_matters=verdict_of(catalogue, in_vain) is not verdict.id,
        last_effort_matters=bool(sheet.tried) and verdict_of(catalogue, failed) is not verdict.id,
    )


def tried_in_vain(catalogue: Catalogue, memory: Owned, client: ClientNumber) -> frozenset[str]:
    """Return the signs that steps of plans were about which did not help.

    The steps of a verdict are about its heaviest sign.
    """
    tried = set()
    for action in memory.plans.of_client(client):
        if action.state is not ActionState.FAILED:
            continue
        assessment = memory.assessments.get(action.assessment)
        if action.about in catalogue.signs:
            tried.add(action.about)
        elif action.about in VerdictId.__members__.values() and assessment is not None:
            heaviest = judge(catalogue, sheet_of(assessment)).because[:1]
            tried.update(str(each.question) for each in heaviest)
    return frozenset(tried)


def comparable(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Return the judged ones, oldest first, without those that were corrected within a day."""
    judged = [each for each in assessments if each.judged_at]
    corrected = {each.source: each.started_at for each in judged if each.source is not None}
    return [
        each
        for each in judged
        if each.judged_at is not None
        and (each.number not in corrected or corrected[each.number] - each.judged_at >= CORRECTABLE)
    ]


def last_judged(memory: Owned, client: ClientNumber) -> Assessment | None:
    """Return the client's newest judged assessment."""
    judged = [each for each in memory.assessments.of_client(client) if each.judged_at]
    return judged[-1] if judged else None


def open_one(memory: Owned, client: ClientNumber) -> Assessment | None:
    """Return the client's newest assessment without a verdict."""
    unjudged = [each for each in memory.assessments.of_client(client) if not each.judged_at]
    return unjudged[-1] if unjudged else None
