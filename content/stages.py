"""Which stage of an advice fits: by verdict, the person's answer, and what was tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.models import (
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    OptionId,
    QuestionId,
    Stage,
    VerdictId,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content.knowledge import Catalogue

PARTINGS = (VerdictId.PART, VerdictId.LEAVE_NOW)
CALM = (VerdictId.ORDINARY_FRICTION, VerdictId.START_WITH_YOURSELF, VerdictId.CANNOT_TELL)
"""Verdicts under which an answer alone is no reason to insist, see decision 91."""
BAD = REFLECTION_OPTIONS[2]
OFTEN = SIGN_OPTIONS[2:]


def stage_of(
    verdict: VerdictId, option: OptionId, *, tried: bool = False, unsaid: bool = False
) -> Stage:
    """Return the stage of the advice on a sign or an own gap that was answered so.

    ``tried``: its advice was followed in vain; for a critical sign, the limit was named.
    ``unsaid``: the sign can come of what was never said to the client; then it is said first.
    """
    if verdict in PARTINGS:
        return Stage.LEAVE
    often = option in OFTEN and verdict not in CALM and not unsaid
    return Stage.INSIST if tried or often or option == BAD else Stage.MEND


def is_unsaid(catalogue: Catalogue, answers: Mapping[QuestionId, OptionId], about: str) -> bool:
    """Tell whether a sign can come of what the person has never said to the client."""
    sign = catalogue.signs.get(QuestionId(about))
    return sign is not None and any(
        answers.get(QuestionId(cause)) == BAD for cause in sign.excused_by
    )
