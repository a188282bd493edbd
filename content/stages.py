"""Which stage of an advice fits: by verdict, the person's answer, and what was tried."""

from __future__ import annotations

from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS, OptionId, Stage, VerdictId

PARTINGS = (VerdictId.PART, VerdictId.LEAVE_NOW)
SERIOUS = (*SIGN_OPTIONS[2:], REFLECTION_OPTIONS[2])
"""Answers with which mildness is over: often, always; of one's own part: bad."""


def stage_of(verdict: VerdictId, option: OptionId, *, tried: bool = False) -> Stage:
    """Return the stage of the advice on a sign or an own gap that was answered so.

    ``tried``: its advice was followed in vain; for a critical sign, the limit was named.
    """
    if verdict in PARTINGS:
        return Stage.LEAVE
    return Stage.INSIST if tried or option in SERIOUS else Stage.MEND
