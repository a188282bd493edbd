"""Turns of speech, as the content writes them down.

A pattern is words with spaces between, compared by their dictionary forms: ``чёрный список``
stands for every form of the two words one after the other.

* ``=иначе`` is that very form;
* ``суд|полиция`` is one of several words;
* ``вы?`` may be left out;
* ``..`` skips up to three words or numbers;
* ``*`` skips up to three adverbs, particles and conjunctions.

Commas in the text are passed over, no pattern reaches beyond its sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated

from pydantic import AfterValidator

from content.checking.reading import Token, lemmas, plain
from content.models import Line
from content.russian.spelling import NOT

GAP = 3
"""Words that ``..`` and ``*`` skip at most."""
ADVERBIAL = frozenset({"ADVB", "PRCL", "CONJ"})

_WORD = r"=?[^\W\d_]+(?:[-'][^\W\d_]+)*"
_ELEMENT = re.compile(rf"\.\.|\*|{_WORD}(?:\|{_WORD})*\??")


def _well_formed(pattern: str) -> str:
    elements = pattern.split()
    if wrong := [element for element in elements if not _ELEMENT.fullmatch(element)]:
        raise ValueError(f"{wrong[0]!r} is no part of a pattern")
    if elements[0] in {"..", "*"} or all(element.endswith("?") for element in elements):
        raise ValueError("a pattern begins with a word and has one that must be there")
    return pattern


PatternText = Annotated[Line, AfterValidator(_well_formed)]


@dataclass(frozen=True, slots=True)
class Match:
    """Places of tokens, ``start`` to before ``end``, and those that ``*`` stands for."""

    start: int
    end: int
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True)
class Pattern:
    """A pattern without parts that may be left out."""

    elements: tuple[frozenset[str], ...]
    """What each word may be, a form with ``=`` or a lemma; ``..`` and ``*`` for themselves."""
    source: str

    def match(self, tokens: Sequence[Token], start: int) -> Match | None:
        """Return the shortest match that begins with this token."""
        return self._from(tokens, 0, start, start, ())

    def _from(
        self,
        tokens: Sequence[Token],
        element: int,
        place: int,
        start: int,
        skipped: tuple[int, ...],
    ) -> Match | None:
        if element == len(self.elements):
            return Match(start, place, skipped)
        wanted = self.elements[element]
        if ".." in wanted or "*" in wanted:
            return self._over_gap(tokens, element, place, start, skipped)
        place = _after_commas(tokens, place) if element else place
        if place >= len(tokens) or not fits(tokens[place], wanted):
            return None
        return self._from(tokens, element + 1, place + 1, start, skipped)

    def _over_gap(
        self,
        tokens: Sequence[Token],
        element: int,
        place: int,
        start: int,
        skipped: tuple[int, ...],
    ) -> Match | None:
        adverbs = "*" in self.elements[element]
        for _ in range(GAP + 1):
            place = place if adverbs else _after_commas(tokens, place)
            if found := self._from(tokens, element + 1, place, start, skipped):
                return found
            if place >= len(tokens) or not (tokens[place].is_word or tokens[place].is_number):
                break
            if adverbs:
                if tokens[place].pos not in ADVERBIAL or tokens[place].low == NOT:
                    break
                skipped += (place,)
            place += 1
        return None


def fits(token: Token, wanted: frozenset[str]) -> bool:
    """Tell whether a word is one of these lemmas or forms; quoted words are none."""
    return not token.silent and (not wanted.isdisjoint(token.lemmas) or f"={token.low}" in wanted)


def _after_commas(tokens: Sequence[Token], place: int) -> int:
    while place < len(tokens) and tokens[place].text == ",":
        place += 1
    return place


def compile_pattern(source: str) -> Iterator[Pattern]:
    """Yield the patterns a text stands for: one with, one without each ``?``."""
    variants: list[list[frozenset[str]]] = [[]]
    for element in source.split():
        wanted = frozenset(
            key for word in element.removesuffix("?").split("|") for key in _keys(word)
        )
        longer = [[*variant, wanted] for variant in variants]
        variants = [*longer, *variants] if element.endswith("?") else longer
    for variant in variants:
        while variant[0] & {"..", "*"}:
            del variant[0]
        yield Pattern(tuple(variant), source)


def _keys(word: str) -> frozenset[str]:
    return frozenset({plain(word)}) if word[0] in "=.*" else lemmas(word.lower(), russian=True)


class PatternSet:
    """Many patterns, found in one pass: each is looked up by its first word."""

    def __init__(self, sources: Iterable[str]) -> None:
        """Take patterns as the content writes them; of two that match, the longer is found."""
        self._sources = tuple(sources)

    @cached_property
    def _by_first(self) -> dict[str, list[Pattern]]:
        by_first = defaultdict(list)
        for source in self._sources:
            for pattern in compile_pattern(source):
                for first in pattern.elements[0]:
                    by_first[first].append(pattern)
        return by_first

    def at(self, tokens: Sequence[Token], place: int) -> Iterator[tuple[Pattern, Match]]:
        """Yield the patterns that match from this token on."""
        token = tokens[place]
        if token.silent or not token.is_word:
            return
        for key in (f"={token.low}", *token.lemmas):
            for pattern in self._by_first.get(key, ()):
                if match := pattern.match(tokens, place):
                    yield pattern, match

    def longest_at(self, tokens: Sequence[Token], place: int) -> tuple[Pattern, Match] | None:
        """Return the one that reaches farthest from this token, if any does."""
        return max(self.at(tokens, place), key=lambda found: found[1].end, default=None)

    def are_in(self, tokens: Sequence[Token]) -> bool:
        """Tell whether any matches anywhere."""
        return next(self.find(tokens), None) is not None

    def find(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """Yield matches from left to right that do not overlap."""
        place = 0
        while place < len(tokens):
            found = self.longest_at(tokens, place)
            if found:
                yield found[1]
            place = found[1].end if found else place + 1


@cache
def patterns(sources: tuple[str, ...]) -> PatternSet:
    """Return those of a list of the content, made once."""
    return PatternSet(sources)
