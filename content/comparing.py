"""Where people who judge the same client disagree. Their answers stand side by side, never mixed.

Pure. Nobody is outvoted: a difference is something to talk about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.knowledge import Catalogue
from content.models import OptionId, QuestionId
from content.sheet import value_of


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A sign to which not all who know it gave the same answer."""

    sign: QuestionId
    answers: tuple[OptionId | None, ...]
    """In the order of the people; None where one does not know."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing."""

    differ: tuple[Disagreement, ...]
    """Those furthest apart first."""
    same: int
    """Signs that at least two know, and on which all of those agree."""


def compare(catalogue: Catalogue, sheets: Sequence[Mapping[str, str]]) -> Comparison:
    """Compare the answers of several people to the signs; «не знаю» differs from nothing."""
    differ: list[tuple[int, Disagreement]] = []
    same = 0
    for sign in catalogue.signs:
        given = tuple(_known(sheet.get(sign)) for sheet in sheets)
        values = [value for each in given if each and (value := value_of(each)) is not None]
        if len(values) < 2:  # noqa: PLR2004 - one alone agrees with nobody
            continue
        apart = max(values) - min(values)
        if apart:
            differ.append((apart, Disagreement(sign, given)))
        else:
            same += 1
    differ.sort(key=lambda each: -each[0])
    return Comparison(tuple(each for _, each in differ), same)


def _known(option: str | None) -> OptionId | None:
    return OptionId(option) if option and value_of(option) is not None else None
