"""What would make a verdict easier or more serious.

Easier names only what can still be done; an insult that happened cannot be wished away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from content.knowledge import Catalogue
from content.models import (
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    TAKEN_BACK,
    LastEffort,
    OptionId,
    QuestionId,
    SignKind,
    VerdictId,
)
from content.sheet import Sheet
from content.verdict import ALWAYS, SEVERITY, Verdict, verdict_of

MOST_TOGETHER = 3
"""Steps that are named together: as many as a plan has."""
GOOD = REFLECTION_OPTIONS[0]
TRIED = "tried:"
"""Before a sign: its advice is followed in vain, or for a critical sign, the limit is named."""
LAST_EFFORT = "last_effort"

Answers: TypeAlias = dict[QuestionId, OptionId]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Changes that together lead to another verdict."""

    changes: tuple[tuple[str, str], ...]
    """(question, option). ``question`` may also be ``tried:<sign>`` (option ``yes``) or
    ``last_effort`` (``failed``)."""
    verdict: VerdictId
    taken_back: bool = False
    """Whether it is money that was taken back that would return."""


@lru_cache(maxsize=256)
def easier_if(catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> tuple[Outlook, ...]:
    """Return every single step to an easier verdict; if none leads there, the fewest together.

    A card, its advice and its picture ask for the same: equal sheets are looked at once.
    """
    steps = list(_steps(catalogue, sheet, verdict))
    for together in range(1, MOST_TOGETHER + 1):
        found = []
        for chosen in combinations(steps, together):
            changed: Answers = {}
            for step in chosen:
                changed |= step
            moved = verdict_of(catalogue, replace(sheet, answers={**sheet.answers, **changed}))
            if ease(moved) < ease(verdict.id) and moved is not VerdictId.CANNOT_TELL:
                taken_back = any(sheet.answers.get(each) == TAKEN_BACK for each in changed)
                found.append(Outlook(tuple(changed.items()), moved, taken_back))
                if together > 1:
                    break
        if found:
            return tuple(found)
    return ()


def serious_if(catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> tuple[Outlook, ...]:
    """Return what one step for the worse leads to, of the signs that are there."""
    found = []
    for question, option, changed in _worse(sheet, verdict):
        moved = verdict_of(catalogue, changed)
        if moved is not VerdictId.CANNOT_TELL and ease(moved) > ease(verdict.id):
            found.append(Outlook(((question, option),), moved))
    return tuple(found)


def _steps(catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> Iterator[Answers]:
    """Yield what can still be done, the heaviest first.

    An own gap is mended together with the signs it softens; a sign that no gap softens gets one
    option milder, since its solution works.
    """
    if verdict.id is VerdictId.CANNOT_TELL:
        return
    weight = {each.question: each.contribution for each in verdict.because}
    softened = {sign for gap in verdict.gaps for sign in gap.softens}
    steps: list[tuple[float, Answers]] = [
        (
            sum(weight[sign] for sign in gap.softens),
            {gap.question: GOOD, **{sign: _milder(sheet, sign) for sign in gap.softens}},
        )
        for gap in verdict.gaps
        if gap.softens or verdict.id is VerdictId.START_WITH_YOURSELF
    ]
    steps += [
        (each.contribution, {each.question: _milder(sheet, each.question)})
        for each in verdict.because
        if each.question not in softened
        and catalogue.signs[each.question].kind is not SignKind.CRITICAL
    ]
    steps.sort(key=lambda step: -step[0])
    yield from (changed for _, changed in steps)


def _worse(sheet: Sheet, verdict: Verdict) -> Iterator[tuple[str, str, Sheet]]:
    for each in verdict.because:
        sign, value = each.question, sheet.value(each.question)
        if value < ALWAYS:
            option = SIGN_OPTIONS[value + 1]
            yield sign, option, replace(sheet, answers={**sheet.answers, sign: option})
        if sign not in sheet.tried:
            yield f"{TRIED}{sign}", "yes", replace(sheet, tried=sheet.tried | {sign})
    made = sheet.last_effort is LastEffort.MADE or verdict.id is VerdictId.LAST_EFFORT
    if made and sheet.last_effort is not LastEffort.FAILED:
        failed = LastEffort.FAILED
        yield LAST_EFFORT, str(failed), replace(sheet, last_effort=failed)


def _milder(sheet: Sheet, sign: QuestionId) -> OptionId:
    return SIGN_OPTIONS[sheet.value(sign) - 1]


def ease(verdict: VerdictId) -> int:
    """Return the severity; ordinary friction is easier than to have to begin with oneself."""
    return 0 if verdict is VerdictId.ORDINARY_FRICTION else SEVERITY.get(verdict, 0)
