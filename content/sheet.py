"""A filled-in sheet: all that the questionnaire and the verdict know of one assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from content.models import (
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    SKIP,
    WORST,
    LastEffort,
    OptionId,
    QuestionId,
)

_VALUE = {option: value for value, option in enumerate(SIGN_OPTIONS)}
_VALUE |= dict.fromkeys(WORST, len(SIGN_OPTIONS) - 1)
_GAP = {option: gap for gap, option in enumerate(REFLECTION_OPTIONS)}


def value_of(option: str) -> int | None:
    """Return the value of an answer to a sign, 0 (never) to 3; none where it is no answer."""
    return _VALUE.get(OptionId(option))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers of one assessment and what was tried; the order of the answers means nothing."""

    answers: Mapping[QuestionId, OptionId]
    team: bool = False
    """Whether the team's questions are asked."""
    tried: frozenset[QuestionId] = frozenset()
    """Signs whose advice was followed in vain; for a critical sign: the limit was named."""
    last_effort: LastEffort = LastEffort.NONE
    exhausted: bool = False
    """The freelancer says that no strength is left."""
    wants_out: bool = False
    """The freelancer wants to end it, whatever the client is like."""

    def __hash__(self) -> int:
        """Let equal sheets be looked at once: the answers must not be changed in place."""
        told = (self.team, self.tried, self.last_effort, self.exhausted, self.wants_out)
        return hash((frozenset(self.answers.items()), told))

    def value(self, sign: QuestionId) -> int:
        """Return 0 (never) to 3 (always); 0 where it is not known."""
        return value_of(self.answers.get(sign, SKIP)) or 0

    def gap(self, question: QuestionId) -> int:
        """Return 0 (good) to 2 (bad); 0 where it is not known."""
        return _GAP.get(self.answers.get(question, SKIP), 0)

    def knows(self, question: QuestionId) -> bool:
        """Tell whether the question was answered, and not with «не знаю»."""
        return self.answers.get(question, SKIP) != SKIP
