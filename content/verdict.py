"""How the coach judges.

The weights stand in the signs' data, the rule stands here. It is pure: the same sheet always gives
the same verdict. A worse answer on a sign, advice followed in vain or a failed last effort never
make it milder; a worse self-reflection never makes it more severe.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from content.models import (
    SIGN_OPTIONS,
    Certainty,
    ClientKind,
    LastEffort,
    OptionId,
    QuestionId,
    SignKind,
    VerdictId,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content.knowledge import Catalogue
    from content.sheet import Sheet

THREATS = QuestionId("threats")
COSTS = QuestionId("costs_more_than_brings")
SIGNS_OF_THE_RULE = (THREATS, COSTS)
"""The only signs that the rule knows by name."""

BAD = 2
"""Gap of the answer ``bad``."""
OFTEN = 2
ALWAYS = 3
"""Values of the answers ``often`` and ``always``."""

TAKEN_OFF = (1.0, 0.75, 0.5)
"""What is left of a sign by the largest own gap that can cause it: good, partly, bad."""
TRIED_IN_VAIN = 1.5

KNOWN_ENOUGH = 6
"""Express signs that must be known before a mild verdict can be given."""
HARM_OF_LAST_EFFORT = 8
HARM_OF_PARTING = 12
HARM_OF_MENDING = 3
LOAD_OF_MENDING = 6
"""Harm and strain together."""
SHARE_OF_HIGH_CERTAINTY = 0.9

LEVELS = (
    VerdictId.START_WITH_YOURSELF,
    VerdictId.ORDINARY_FRICTION,
    VerdictId.MENDABLE,
    VerdictId.LAST_EFFORT,
    VerdictId.PART,
    VerdictId.LEAVE_NOW,
)
"""Mild to severe. ``cannot_tell`` is not on this scale."""
SEVERITY = {verdict: level for level, verdict in enumerate(LEVELS, start=1)}
"""1 to 6."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign that is there, with what it adds to harm and strain (0 for a critical one)."""

    question: QuestionId
    option: OptionId
    contribution: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict with its evidence."""

    id: VerdictId
    kind: ClientKind
    certainty: Certainty
    harm: float
    strain: float
    because: tuple[Reason, ...]
    """Every sign that is there: the critical first, then by contribution."""
    softened: tuple[tuple[QuestionId, QuestionId], ...]
    """(sign, question): signs that an own gap took something off, and the gap that did."""
    gaps: tuple[tuple[QuestionId, OptionId], ...]
    """Answers of the self-reflection that are not good, in the order asked."""
    critical: tuple[QuestionId, ...]
    """Critical signs that are there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One changed answer and the verdict it would lead to.

    ``question`` may also be ``tried:<sign>`` (option ``yes``) or ``last_effort`` (``failed``).
    """

    question: str
    option: str
    verdict: VerdictId


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What one sign that is there weighs on this sheet."""

    sign: QuestionId
    critical: bool
    value: int
    harm: float
    strain: float
    softened_by: QuestionId | None


def judge(catalogue: Catalogue, sheet: Sheet) -> Verdict:
    """Judge a sheet. Answers to questions the catalogue does not know count for nothing.

    Harm and strain are multiples of 1/8, so the sums are exact.
    """
    present = [_weigh(catalogue, sheet, sign) for sign in catalogue.signs if sheet.value(sign)]
    critical = tuple(weighed.sign for weighed in present if weighed.critical)
    harm = sum((weighed.harm for weighed in present), 0.0)
    strain = sum((weighed.strain for weighed in present), 0.0)
    failed = sheet.last_effort is LastEffort.FAILED

    # How bad are the deeds? One episode does no harm, and strain alone never passes mendable.
    if harm >= HARM_OF_LAST_EFFORT:
        level = VerdictId.LAST_EFFORT
    elif (
        harm >= HARM_OF_MENDING
        or harm + strain >= LOAD_OF_MENDING
        or any(weighed.value >= ALWAYS for weighed in present)
        or critical
    ):
        level = VerdictId.MENDABLE
    else:
        level = VerdictId.ORDINARY_FRICTION
    troubled = level is not VerdictId.ORDINARY_FRICTION

    # Is there still something to save?
    drained = harm >= HARM_OF_PARTING and sheet.value(COSTS) >= OFTEN
    if drained or (failed and troubled) or sheet.exhausted or THREATS in critical:
        level = VerdictId.PART

    # Critical signs override the rest; no own fault excuses them, no last effort is owed.
    limit_was_named = failed or not sheet.tried.isdisjoint(critical)
    if sum(w.value for w in present if w.critical) >= OFTEN or (critical and limit_was_named):
        level = VerdictId.LEAVE_NOW

    kind = ClientKind.ORDINARY
    if level is VerdictId.LEAVE_NOW or THREATS in critical or harm >= HARM_OF_LAST_EFFORT:
        kind = ClientKind.TOXIC
    elif troubled:
        kind = ClientKind.DIFFICULT

    # A mild verdict must rest on enough knowledge, and one's own house comes first.
    if SEVERITY[level] < SEVERITY[VerdictId.LAST_EFFORT]:
        if sum(map(sheet.knows, catalogue.express_signs)) < KNOWN_ENOUGH:
            level = VerdictId.CANNOT_TELL
        elif own_faults_prevail(catalogue, sheet) and not critical:
            level = VerdictId.START_WITH_YOURSELF

    present.sort(key=lambda w: (not w.critical, -w.harm - w.strain, -w.value))
    return Verdict(
        id=level,
        kind=kind,
        certainty=_certainty(catalogue, sheet),
        harm=harm,
        strain=strain,
        because=tuple(Reason(w.sign, sheet.answers[w.sign], w.harm + w.strain) for w in present),
        softened=tuple((w.sign, w.softened_by) for w in present if w.softened_by is not None),
        gaps=tuple(
            (question, sheet.answers[question])
            for question, data in catalogue.questions.items()
            if data.weighs and sheet.gap(question)
        ),
        critical=critical,
    )


def own_faults_prevail(catalogue: Catalogue, sheet: Sheet) -> bool:
    """Tell whether the self-reflection says «начать с себя»: bad twice and on a third of it."""
    weighing = [question for question, data in catalogue.questions.items() if data.weighs]
    bad = sum(sheet.gap(question) == BAD for question in weighing)
    known = sum(map(sheet.knows, weighing))
    return bad >= 2 and bad * 3 >= known  # noqa: PLR2004  "twice" and "a third" are the rule


def would_change(catalogue: Catalogue, sheet: Sheet) -> tuple[Change, ...]:
    """Return the single changes that would move the verdict.

    Of each sign the smallest step that makes it milder and the smallest that makes it more severe.
    The milder first, then the smaller step, then the heavier sign.
    """
    verdict = judge(catalogue, sheet)
    heavy_first = [reason.question for reason in verdict.because]
    signs = heavy_first + [sign for sign in catalogue.signs if sign not in heavy_first]
    found: dict[tuple[str, bool], tuple[int, Change]] = {}
    for question, option, step, changed in _single_changes(sheet, signs, heavy_first):
        moved = judge(catalogue, changed).id
        if moved is verdict.id:
            continue
        more_severe = SEVERITY.get(moved, 0) > SEVERITY.get(verdict.id, 0)
        found.setdefault((question, more_severe), (step, Change(question, option, moved)))
    ordered = sorted(found.items(), key=lambda entry: (entry[0][1], entry[1][0]))
    return tuple(change for _, (_, change) in ordered)


def explain_json(catalogue: Catalogue, sheet: Sheet) -> dict[str, object]:
    """Explain the verdict on a sheet as plain values for JSON, for authors of the content."""
    verdict = judge(catalogue, sheet)
    return {
        "verdict": str(verdict.id),
        "kind": str(verdict.kind),
        "certainty": str(verdict.certainty),
        "harm": verdict.harm,
        "strain": verdict.strain,
        "because": [
            {
                "question": reason.question,
                "option": reason.option,
                "contribution": reason.contribution,
                "sources": list(catalogue.signs[reason.question].sources),
            }
            for reason in verdict.because
        ],
        "reflection": {
            "start_with_yourself": own_faults_prevail(catalogue, sheet),
            "gaps": [
                {
                    "question": question,
                    "option": option,
                    "sources": list(catalogue.questions[question].sources),
                }
                for question, option in verdict.gaps
            ],
            "softened": [{"sign": sign, "by": gap} for sign, gap in verdict.softened],
        },
        "would_change": [
            {"question": change.question, "option": change.option, "verdict": str(change.verdict)}
            for change in would_change(catalogue, sheet)
        ],
    }


def _weigh(catalogue: Catalogue, sheet: Sheet, sign: QuestionId) -> _Weighed:
    data = catalogue.signs[sign]
    value = sheet.value(sign)
    if data.kind is SignKind.CRITICAL:
        return _Weighed(sign, critical=True, value=value, harm=0, strain=0, softened_by=None)
    cause = max(data.excused_by, key=lambda gap: sheet.gap(QuestionId(gap)), default=None)
    gap = 0 if cause is None else sheet.gap(QuestionId(cause))
    factor = TAKEN_OFF[gap] * (TRIED_IN_VAIN if sign in sheet.tried else 1.0)
    toxic = data.kind is SignKind.TOXIC
    return _Weighed(
        sign,
        critical=False,
        value=value,
        harm=data.weight * (value - 1) * factor if toxic else 0.0,
        strain=(1 if toxic else value) * factor,
        softened_by=QuestionId(cause) if cause is not None and gap else None,
    )


def _certainty(catalogue: Catalogue, sheet: Sheet) -> Certainty:
    asked = [*catalogue.questions] + [
        sign for sign, data in catalogue.signs.items() if sheet.team or not data.team_only
    ]
    if sum(map(sheet.knows, asked)) >= SHARE_OF_HIGH_CERTAINTY * len(asked):
        return Certainty.HIGH
    unknown = len(catalogue.express_signs) - sum(map(sheet.knows, catalogue.express_signs))
    return Certainty.MEDIUM if unknown <= 1 else Certainty.LOW


def _single_changes(
    sheet: Sheet, signs: list[QuestionId], present: list[QuestionId]
) -> Iterator[tuple[str, str, int, Sheet]]:
    """Yield (question, option, size of the step, changed sheet), smaller steps first per sign."""
    for sign in signs:
        value = sheet.value(sign)
        for other in sorted(range(len(SIGN_OPTIONS)), key=lambda to: abs(to - value)):
            option = SIGN_OPTIONS[other]
            if sheet.answers.get(sign) != option:
                answers = {**sheet.answers, sign: option}
                yield sign, option, abs(other - value), replace(sheet, answers=answers)
    for sign in present:
        if sign not in sheet.tried:
            yield f"tried:{sign}", "yes", 1, replace(sheet, tried=sheet.tried | {sign})
    if sheet.last_effort is not LastEffort.FAILED:
        yield "last_effort", "failed", 1, replace(sheet, last_effort=LastEffort.FAILED)
