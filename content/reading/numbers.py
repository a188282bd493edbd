"""Numbers as people type them: «60'000», «1 200,50», «двадцать пять», «пятого»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from content.vocabulary import START, Vocabulary, any_of, one_of, value_of

HUNDRED = 100
SPACE = r"[ \t\u00a0\u202f]"
_GROUP = r"[ \u00a0\u202f'’]"
DIGITS = (
    rf"(?:\d{{1,3}}(?:{_GROUP}\d{{3}})+(?:[.,]\d{{1,2}})?|\d{{1,3}}(?:\.\d{{3}})+(?:,\d{{1,2}})?"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d+)?)(?!\d|[.,:]\d)"
)
"""A number in digits; what separates thousands is told from what separates cents by its place."""


def number(said: str, *, scaled: bool = False) -> Decimal:
    """Return the value of what ``DIGITS`` matched; ``scaled``: «тыс.» follows, so «1,250» is 1¼."""
    bare = re.sub(_GROUP, "", said)
    marks = re.findall(r"[.,]", bare)
    if not marks:
        return Decimal(bare)
    whole, mark, rest = bare.rpartition(marks[-1])
    thousands = len(rest) == 3 and not whole.startswith("0") and not scaled  # noqa: PLR2004
    if len(set(marks)) == 1 and (len(marks) > 1 or thousands):
        return Decimal(bare.replace(mark, ""))
    return Decimal(f"{whole.replace('.', '').replace(',', '')}.{rest}")


@cache
def in_words(vocabulary: Vocabulary) -> str:
    """Return a regular expression for a number in words: one, where «две-три» is two."""
    small, tens, hundreds = (
        any_of({forms: n for forms, n in vocabulary.numbers.cardinal.items() if low <= n < high})
        for low, high in ((1, 20), (20, HUNDRED), (HUNDRED, HUNDRED * 10))
    )
    below = rf"(?:{tens}(?:(?:{SPACE}+|-){small})?|{small})"
    whole = rf"(?:(?:{below}{SPACE}+)?{hundreds}(?:{SPACE}+{below})?|{below})"
    return rf"{whole}(?:{SPACE}+{one_of(vocabulary.numbers.and_a_half)})?"


def words_number(vocabulary: Vocabulary, said: str) -> Decimal:
    """Return the value of what ``in_words`` matched."""
    numbers = vocabulary.numbers
    halves = re.search(one_of(numbers.and_a_half), said)
    words = said[: halves.start()] if halves else said
    whole = 0.0
    for word in re.split(rf"{SPACE}+|-", words.strip()):
        part = value_of(numbers.cardinal, word) or 0
        whole = whole * part if part == HUNDRED and 0 < whole < HUNDRED else whole + part
    return Decimal(str(whole)) + (Decimal("0.5") if halves else 0)


@cache
def ordinal(vocabulary: Vocabulary) -> str:
    """Return a regular expression for «5-го», «пятого» and «двадцать пятого»."""
    said = vocabulary.numbers.ordinal
    tens = any_of({forms: n for forms, n in vocabulary.numbers.cardinal.items() if n >= 20})  # noqa: PLR2004
    digits = rf"\d{{1,2}}-?{one_of(said.suffixes).replace(START, '')}"
    return rf"(?:{digits}|(?:{tens}{SPACE}+)?{any_of(_ordinals(vocabulary))})"


@cache
def ordinal_day(vocabulary: Vocabulary) -> str:
    """Return a regular expression for an ordinal that can be a day: «пятого», not «пятый»."""
    ends = vocabulary.numbers.ordinal.of_days.split("|")
    return rf"{ordinal(vocabulary)}(?:{'|'.join(f'(?<={end})' for end in ends)})"


def ordinal_number(vocabulary: Vocabulary, said: str) -> int:
    """Return the value of what ``ordinal`` matched."""
    if found := re.match(r"\d+", said):
        return int(found[0])
    *tens, last = said.split()
    before = value_of(vocabulary.numbers.cardinal, tens[0]) if tens else 0
    return int((before or 0) + (value_of(_ordinals(vocabulary), last) or 0))


@cache
def _ordinals(vocabulary: Vocabulary) -> Mapping[str, float]:
    said = vocabulary.numbers.ordinal
    endings = said.endings.split("|")
    made = {"|".join(stem + end for end in endings): value for stem, value in said.stems.items()}
    return {**made, **said.forms}
