"""Whether to sign: what the answers about somebody who is no client yet come to. Pure.

The weights stand in the questions' data. A worse answer never makes the advice milder; what is not
known counts for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from content.knowledge import Catalogue
from content.letters.models import LetterId
from content.models import PROSPECT_OPTIONS, SKIP, OptionId, ProspectId

CONDITIONS_FROM = 2
"""One light thing is none: who wrote on a Sunday once, who has never hired anybody."""
DECLINE_FROM = 12
"""No answer is enough alone, not even a refused agreement: three clear alarms together are."""
ENOUGH = 4
"""Answers without which nothing can be said in favour."""


DECLINE_LETTER = LetterId("decline")


class Decision(StrEnum):
    """What to do, from mild to severe; ``UNCLEAR`` is said where too little is known."""

    SIGN = "sign"
    UNCLEAR = "unclear"
    CONDITIONS = "conditions"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Foresight:
    """What to do, and why."""

    decision: Decision
    because: tuple[ProspectId, ...]
    """What is there, the heaviest first."""
    unknown: tuple[ProspectId, ...]
    """What was not answered, where the answer alone could make it more severe."""


def letters(catalogue: Catalogue) -> frozenset[LetterId]:
    """Return the kinds that are written before signing: conditions, and the one that declines."""
    return frozenset(
        {DECLINE_LETTER, *(LetterId(each.letter) for each in catalogue.prospects.values())}
    )


def foresee(catalogue: Catalogue, answers: Mapping[str, str]) -> Foresight:
    """Weigh the answers; those to questions that there are no more count for nothing."""
    values = {each: _value(answers.get(each, SKIP)) for each in catalogue.prospects}
    weights = {each: data.weight for each, data in catalogue.prospects.items()}
    load = sum(weights[each] * value for each, value in values.items())
    known = sum(answers.get(each, SKIP) != SKIP for each in catalogue.prospects)
    there = [each for each, value in values.items() if value]
    most = len(PROSPECT_OPTIONS) - 1
    return Foresight(
        decision=_decision(load, known),
        because=tuple(sorted(there, key=lambda each: -weights[each] * values[each])),
        unknown=tuple(
            each
            for each in catalogue.prospects
            if answers.get(each, SKIP) == SKIP
            and _level(load + most * weights[each]) > _level(load)
        ),
    )


def open_questions(catalogue: Catalogue, answers: Mapping[str, str]) -> tuple[ProspectId, ...]:
    """Return what was not asked yet, in order; «не знаю» is an answer."""
    return tuple(each for each in catalogue.prospects if each not in answers)


def seen_before(catalogue: Catalogue, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the signs that were there before signing, to be offered and never to be taken."""
    return tuple(
        sign
        for id_, data in catalogue.prospects.items()
        if is_there(answers.get(id_))
        for sign in data.signs
    )


def is_there(option: str | None) -> bool:
    """Tell whether an answer says that it is so, at least partly."""
    return _value(option or SKIP) > 0


def _value(option: str) -> int:
    known = OptionId(option)
    return PROSPECT_OPTIONS.index(known) if known in PROSPECT_OPTIONS else 0


def _level(load: int) -> int:
    return (load >= CONDITIONS_FROM) + (load >= DECLINE_FROM)


def _decision(load: int, known: int) -> Decision:
    level = (Decision.SIGN, Decision.CONDITIONS, Decision.DECLINE)[_level(load)]
    return Decision.UNCLEAR if level is Decision.SIGN and known < ENOUGH else level
