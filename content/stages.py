"""Which stage of an advice fits: by verdict, the person's answer, and what was tried."""

from __future__ import annotations

from collections.abc import Mapping

from content.knowledge import Catalogue
from content.models import (
    HABITS,
    REFLECTION_OPTIONS,
    OptionId,
    QuestionId,
    Stage,
    VerdictId,
)
from content.sheet import Sheet

PARTINGS = (VerdictId.PART, VerdictId.LEAVE_NOW)
CALM = (VerdictId.ORDINARY_FRICTION, VerdictId.START_WITH_YOURSELF, VerdictId.CANNOT_TELL)
"""Verdicts under which an answer alone is no reason to insist, see decision 91."""
GAPS = REFLECTION_OPTIONS[1:]
BAD = REFLECTION_OPTIONS[2]
DELIVERED = QuestionId("giving_best")
"""What was promised and not delivered comes before anything that is asked of the client."""


def stage_of(
    verdict: VerdictId,
    option: OptionId,
    *,
    tried: bool = False,
    own: bool = False,
    owed: bool = False,
) -> Stage:
    """Return the stage of the advice on a sign or an own gap that was answered so.

    ``tried``: its advice was followed in vain; for a critical sign, the limit was named.
    ``own``: a gap of one's own can cause it; while all can be mended, the mild step comes first.
    ``owed``: what was promised and not delivered can; then nothing is insisted on.
    """
    if verdict in PARTINGS:
        return Stage.LEAVE
    patient = verdict in CALM or owed or (own and verdict is VerdictId.MENDABLE)
    often = option in HABITS and not patient
    return Stage.INSIST if tried or often or option == BAD else Stage.MEND


def is_late(sheet: Sheet) -> bool:
    """Tell whether what was promised to the client was not delivered."""
    return sheet.answers.get(DELIVERED) == BAD


def waits_for_own(
    catalogue: Catalogue, sheet: Sheet, verdict: VerdictId, about: QuestionId
) -> bool:
    """Tell whether the advice on a sign would raise the terms while one's own comes first."""
    sign = catalogue.signs.get(about)
    return sign is not None and sign.raises and comes_first(sheet, verdict)


def comes_first(sheet: Sheet, verdict: VerdictId) -> bool:
    """Tell whether one's own comes before any terms."""
    own = verdict is VerdictId.START_WITH_YOURSELF or is_late(sheet)
    return own and verdict not in PARTINGS


def stage_on(catalogue: Catalogue, sheet: Sheet, verdict: VerdictId, about: QuestionId) -> Stage:
    """Return the stage of the advice on a sign or an own gap of a sheet."""
    if waits_for_own(catalogue, sheet, verdict, about):
        return Stage.MEND
    return stage_of(
        verdict,
        sheet.answers[about],
        tried=about in sheet.tried,
        own=has_own_cause(catalogue, sheet.answers, about),
        owed=owes_work(catalogue, sheet.answers, about),
    )


def owes_work(catalogue: Catalogue, answers: Mapping[QuestionId, OptionId], about: str) -> bool:
    """Tell whether what was promised and not delivered can cause a sign."""
    sign = catalogue.signs.get(QuestionId(about))
    return sign is not None and DELIVERED in sign.excused_by and answers.get(DELIVERED) == BAD


def has_own_cause(catalogue: Catalogue, answers: Mapping[QuestionId, OptionId], about: str) -> bool:
    """Tell whether a gap of one's own can cause a sign: what was not said, or only half.

    Not where the answer says whose doing it is.
    """
    sign = catalogue.signs.get(QuestionId(about))
    causes = sign.excused_by if sign and answers[QuestionId(about)] not in sign.theirs else ()
    return any(answers.get(QuestionId(cause)) in GAPS for cause in causes)
