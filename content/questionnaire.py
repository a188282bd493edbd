"""Which question comes next: a replay of the answers, with no position remembered anywhere."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from content.models import (
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    SKIP,
    Depth,
    OptionId,
    QuestionId,
    SignKind,
    Topic,
)
from content.sheet import Sheet
from content.verdict import judge, own_part_is_large

if TYPE_CHECKING:
    from content.knowledge import Catalogue

__all__ = [
    "ReflectionOutcome",
    "Sheet",
    "asked",
    "fired",
    "is_reflection",
    "is_valid_answer",
    "next_open",
    "open_in_topic",
    "opens_topic",
    "options_of",
    "position",
    "previous",
    "reflection_outcome",
]


class ReflectionOutcome(StrEnum):
    """What the self-reflection comes to."""

    YOURSELF = "yourself"
    BOTH = "both"
    NOT_YOU = "not_you"


def asked(catalogue: Catalogue, sheet: Sheet) -> tuple[QuestionId, ...]:
    """Return all questions of the sheet in order: the self-reflection, then signs by topic."""
    return _asked(catalogue, sheet.depth, sheet.team)


@lru_cache(maxsize=64)
def _asked(catalogue: Catalogue, depth: Depth, team: bool) -> tuple[QuestionId, ...]:
    everything = depth is Depth.FULL
    return (
        *(id_ for id_, data in catalogue.questions.items() if everything or data.express),
        *(
            id_
            for id_, data in catalogue.signs.items()
            if (everything or data.express) and (team or not data.team_only)
        ),
    )


def next_open(catalogue: Catalogue, sheet: Sheet) -> QuestionId | None:
    """Return the first question without an answer, or None. «Не знаю» is an answer."""
    return next((id_ for id_ in asked(catalogue, sheet) if id_ not in sheet.answers), None)


def position(catalogue: Catalogue, sheet: Sheet, question: QuestionId) -> tuple[int, int]:
    """Return (place from 1, total). Raises ``ValueError`` for a question that is not asked."""
    questions = asked(catalogue, sheet)
    return questions.index(question) + 1, len(questions)


def previous(catalogue: Catalogue, sheet: Sheet, question: QuestionId) -> QuestionId | None:
    """Return the question before this one, answered or not; None before the first.

    Raises ``ValueError`` for a question that is not asked.
    """
    questions = asked(catalogue, sheet)
    place = questions.index(question)
    return questions[place - 1] if place else None


def open_in_topic(catalogue: Catalogue, sheet: Sheet, topic: Topic) -> tuple[QuestionId, ...]:
    """Return what «ничего такого» closes: the topic's open signs but for the critical ones."""
    return tuple(
        id_
        for id_ in asked(catalogue, sheet)
        if id_ not in sheet.answers
        and id_ in catalogue.signs
        and catalogue.signs[id_].topic is topic
        and catalogue.signs[id_].kind is not SignKind.CRITICAL
    )


def opens_topic(catalogue: Catalogue, sheet: Sheet, question: QuestionId) -> bool:
    """Tell whether «ничего такого» belongs under this question.

    It does while nothing of the topic has shown, the question is among those it would close, and
    it would close more than this one.
    """
    if question not in catalogue.signs:
        return False
    topic = catalogue.signs[question].topic
    shown = any(sheet.value(id_) for id_, data in catalogue.signs.items() if data.topic is topic)
    closes = open_in_topic(catalogue, sheet, topic)
    return not shown and question in closes and len(closes) > 1


def fired(catalogue: Catalogue, sheet: Sheet) -> tuple[QuestionId, ...]:
    """Return the signs answered «once» or worse, the most harmful first."""
    return tuple(reason.question for reason in judge(catalogue, sheet).because)


def reflection_outcome(catalogue: Catalogue, sheet: Sheet) -> ReflectionOutcome:
    """Return what the self-reflection says; «it is not you» needs half of it answered."""
    if own_part_is_large(catalogue, sheet):
        return ReflectionOutcome.YOURSELF
    weighing = [
        id_
        for id_ in asked(catalogue, sheet)
        if id_ in catalogue.questions and catalogue.questions[id_].weighs
    ]
    known = sum(map(sheet.knows, weighing))
    if any(map(sheet.gap, weighing)) or known * 2 < len(weighing):
        return ReflectionOutcome.BOTH
    return ReflectionOutcome.NOT_YOU


def is_reflection(catalogue: Catalogue, question: QuestionId) -> bool:
    """Tell a question of the self-reflection from a sign."""
    return question in catalogue.questions


def options_of(catalogue: Catalogue, question: QuestionId) -> tuple[OptionId, ...]:
    """Return the options mild to severe, without ``skip``. Raises ``KeyError`` if unknown."""
    if question in catalogue.signs:
        return SIGN_OPTIONS
    if question in catalogue.questions:
        return REFLECTION_OPTIONS
    raise KeyError(question)


def is_valid_answer(catalogue: Catalogue, question: str, option: str) -> bool:
    """Tell whether the catalogue knows this question and this option of it; ``skip`` is one."""
    id_ = QuestionId(question)
    if id_ not in catalogue.signs and id_ not in catalogue.questions:
        return False
    return option == SKIP or option in options_of(catalogue, id_)
