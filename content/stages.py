"""Which stage of an advice fits: by verdict, the person's answer, and what was tried."""

from __future__ import annotations

from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS, OptionId, Stage, VerdictId

PARTINGS = (VerdictId.PART, VerdictId.LEAVE_NOW)
CALM = (VerdictId.ORDINARY_FRICTION, VerdictId.START_WITH_YOURSELF)
"""Verdicts under which an answer alone is no reason to insist."""
BAD = REFLECTION_OPTIONS[2]
OFTEN = SIGN_OPTIONS[2:]


def stage_of(verdict: VerdictId, option: OptionId, *, tried: bool = False) -> Stage:
    """Return the stage of the advice on a sign or an own gap that was answered so.

    ``tried``: its advice was followed in vain; for a critical sign, the limit was named.
    """
    if verdict in PARTINGS:
        return Stage.LEAVE
    serious = option == BAD or (option in OFTEN and verdict not in CALM)
    return Stage.INSIST if tried or serious else Stage.MEND
