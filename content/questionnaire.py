"""What can be asked, and in which way. What comes next is for ``content.asking``."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from content.knowledge import Catalogue
from content.models import (
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    SKIP,
    OptionId,
    QuestionId,
    SignKind,
    Topic,
)
from content.sheet import Sheet
from content.verdict import judge, own_part_is_large

WHOLE, REST = 2, 3
"""Signs that a shortcut must close at least: of a quiet topic, of the rest of another."""


class ReflectionOutcome(StrEnum):
    """What the self-reflection comes to."""

    YOURSELF = "yourself"
    BOTH = "both"
    NOT_YOU = "not_you"


def asked(catalogue: Catalogue, *, team: bool) -> tuple[QuestionId, ...]:
    """Return all there is to ask: the self-reflection, then signs by topic."""
    return _asked(catalogue, team)


@lru_cache(maxsize=64)
def _asked(catalogue: Catalogue, team: bool) -> tuple[QuestionId, ...]:
    signs = (id_ for id_, data in catalogue.signs.items() if team or not data.team_only)
    return (*catalogue.questions, *signs)


def options_on_screen(
    catalogue: Catalogue, question: QuestionId, *, happened: bool = False
) -> tuple[OptionId, ...]:
    """Return the options as they stand on the screen, without ``skip``.

    Signs go from never to always; of oneself the worst or the good one stands first, as the
    question has it, so that no place is a habit.
    ``happened``: the person has said that the sign is there, so «не было» is left out.
    """
    options = options_of(catalogue, question)
    if question in catalogue.questions:
        return options if catalogue.questions[question].good_first else options[::-1]
    return options[1:] if happened else options


def open_in_topic(catalogue: Catalogue, sheet: Sheet, topic: Topic) -> tuple[QuestionId, ...]:
    """Return what a quiet topic closes: its open signs but for the critical ones."""
    return tuple(
        id_
        for id_ in asked(catalogue, team=sheet.team)
        if id_ not in sheet.answers
        and id_ in catalogue.signs
        and catalogue.signs[id_].topic is topic
        and not is_critical(catalogue, id_)
    )


def opens_topic(catalogue: Catalogue, sheet: Sheet, question: QuestionId) -> bool:
    """Tell whether the shortcut of a quiet topic, or of its quiet rest, belongs under a question.

    The question must be among those it would close, with others: with one where nothing of the
    topic has shown, else with two. Not where the question asks for a state: there the mildest
    answer says the same.
    """
    sign = catalogue.signs.get(question)
    if sign is None or sign.state:
        return False
    least = REST if has_shown(catalogue, sheet, sign.topic) else WHOLE
    closes = open_in_topic(catalogue, sheet, sign.topic)
    return question in closes and len(closes) >= least


def has_shown(catalogue: Catalogue, sheet: Sheet, topic: Topic) -> bool:
    """Tell whether a sign of a topic is there."""
    return any(sheet.value(id_) for id_, data in catalogue.signs.items() if data.topic is topic)


def open_critical(catalogue: Catalogue, sheet: Sheet) -> tuple[QuestionId, ...]:
    """Return the critical signs without an answer, in their order."""
    return tuple(
        id_ for id_ in catalogue.signs if is_critical(catalogue, id_) and id_ not in sheet.answers
    )


def fired(catalogue: Catalogue, sheet: Sheet) -> tuple[QuestionId, ...]:
    """Return the signs answered «once» or worse, the most harmful first."""
    return tuple(reason.question for reason in judge(catalogue, sheet).because)


def explained_by(
    catalogue: Catalogue, sheet: Sheet, question: QuestionId
) -> tuple[QuestionId, ...]:
    """Return the signs that are there and that a gap in this question could cause."""
    there = [
        sign
        for sign, data in catalogue.signs.items()
        if question in data.excused_by and sheet.value(sign)
    ]
    if not there[1:]:  # one alone has no order
        return tuple(there)
    return tuple(sign for sign in fired(catalogue, sheet) if sign in there)


def reflection_outcome(catalogue: Catalogue, sheet: Sheet) -> ReflectionOutcome:
    """Return what the self-reflection says; «it is not you» needs half of it answered."""
    if own_part_is_large(catalogue, sheet):
        return ReflectionOutcome.YOURSELF
    weighing = [id_ for id_, data in catalogue.questions.items() if data.weighs]
    known = sum(map(sheet.knows, weighing))
    if any(map(sheet.gap, weighing)) or known * 2 < len(weighing):
        return ReflectionOutcome.BOTH
    return ReflectionOutcome.NOT_YOU


def is_reflection(catalogue: Catalogue, question: QuestionId) -> bool:
    """Tell a question of the self-reflection from a sign."""
    return question in catalogue.questions


def crossed(catalogue: Catalogue, sheet: Sheet) -> tuple[QuestionId, ...]:
    """Return the critical signs that are there."""
    return tuple(each for each in fired(catalogue, sheet) if is_critical(catalogue, each))


def once_crossed(catalogue: Catalogue, sheet: Sheet) -> tuple[QuestionId, ...]:
    """Return the critical signs that came once and ended there."""
    there = crossed(catalogue, sheet)
    return tuple(each for each in there if sheet.answers.get(each) == SIGN_OPTIONS[1])


def is_critical(catalogue: Catalogue, question: QuestionId) -> bool:
    """Tell a critical sign from the rest."""
    sign = catalogue.signs.get(question)
    return sign is not None and sign.kind is SignKind.CRITICAL


def options_of(catalogue: Catalogue, question: QuestionId) -> tuple[OptionId, ...]:
    """Return the options mild to severe, without ``skip``. Raises ``KeyError`` if unknown."""
    if question in catalogue.signs:
        return (*SIGN_OPTIONS, *catalogue.signs[question].more)
    if question in catalogue.questions:
        return REFLECTION_OPTIONS
    raise KeyError(question)


def is_valid_answer(catalogue: Catalogue, question: str, option: str) -> bool:
    """Tell whether the catalogue knows this question and this option of it; ``skip`` is one."""
    id_ = QuestionId(question)
    if id_ not in catalogue.signs and id_ not in catalogue.questions:
        return False
    return option == SKIP or option in options_of(catalogue, id_)
