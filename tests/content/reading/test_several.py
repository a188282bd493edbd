"""Several complaints in one text are all heard, however they are joined.

The clauses are those of the cases that are sure of one sign when they stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple

import pytest

from content.knowledge import Knowledge, Words
from content.reading.signs import classify
from tests.content.reading.cases import rows

LONGEST = 12
"""Words of a clause."""
AT_LEAST = {", ": 0.9, " и ": 0.88, " and ": 0.9, ". ": 0.95}
"""By what joins them, the share of the signs that must be proposed."""
TEXTS = 120
FILES = {
    "ru": (
        "signs.tsv",
        "signs_fourth.tsv",
        "signs_fifth.tsv",
        "signs_sixth.tsv",
        "signs_seventh.tsv",
    ),
    "en": ("en/signs.tsv", "en/signs_second.tsv"),
}


class Clause(NamedTuple):
    sign: str
    text: str


def proposed(words: Words, text: str) -> set[str]:
    return {each.sign for each in classify(words, text, limit=30) if each.proposed}


@cache
def sure(words: Words) -> list[Clause]:
    return [*_sure(words)]


def _sure(words: Words) -> Iterator[Clause]:
    for sign, text, *_ in rows(*FILES[words.language]):
        clause = text.strip().rstrip(".!")
        short = len(clause.split()) <= LONGEST and not re.search(r"[.!?…;:,—]", clause)
        if short and proposed(words, clause) == {sign}:
            yield Clause(sign, clause)


def begun_small(text: str) -> str:
    return text if re.match(r"I\b|.[A-ZА-Я]", text) else text[0].lower() + text[1:]


def of_different_signs(clauses: list[Clause], together: int) -> Iterator[list[Clause]]:
    """Yield some pairs or triples, every clause in many of them."""
    for steps in combinations(range(1, 20), together - 1):
        for first in range(0, len(clauses), 4):
            chosen = [clauses[(first + step * 5) % len(clauses)] for step in (0, *steps)]
            if len({each.sign for each in chosen}) == together:
                yield chosen


@pytest.mark.parametrize(
    ("language", "joint"),
    [("ru", ", "), ("ru", " и "), ("ru", ". "), ("en", ", "), ("en", " and "), ("en", ". ")],
)
@pytest.mark.parametrize("together", [2, 3])
def test_what_is_proposed_alone_is_proposed_among_others(
    knowledge: Knowledge, language: str, joint: str, together: int
) -> None:
    words = knowledge.words(language)
    clauses = sure(words)
    told = heard = wrong = 0
    for chosen in list(of_different_signs(clauses, together))[:TEXTS]:
        first, *others = [each.text for each in chosen]
        read = others if joint == ". " else map(begun_small, others)
        found = proposed(words, joint.join((first, *read)))
        signs = {each.sign for each in chosen}
        told += together
        heard += len(found & signs)
        wrong += bool(found - signs)

    assert told >= 80 * together
    assert heard >= told * AT_LEAST[joint], f"{heard} of {told}"
    assert wrong <= told / together * 0.05


@pytest.mark.parametrize(
    ("language", "text", "signs"),
    [
        (
            "ru",
            "Орёт матом, за октябрь не заплатил, пишет ночью и требует отвечать",
            {"rudeness", "late_payment", "after_hours"},
        ),
        (
            "en",
            "He swears at me, hasn’t paid for October, writes at night and expects an answer",
            {"rudeness", "late_payment", "after_hours"},
        ),
    ],
)
def test_a_cry_of_three_complaints_proposes_all_three(
    knowledge: Knowledge, language: str, text: str, signs: set[str]
) -> None:
    assert proposed(knowledge.words(language), text) == signs
