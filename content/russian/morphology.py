"""The dictionary of Russian word forms, loaded once and only when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from content.russian.spelling import undotted

LONGEST_WORD = 80
"""Letters; what is longer is no word, and is not read."""
MOST_WORDS = 5_000
"""Whose readings are kept, about 10 MB: the text of a letter is read again after each answer."""


class Tag(Protocol):
    """Grammemes of one reading of a word; ``"femn" in tag`` asks for one of them."""

    @property
    def POS(self) -> str | None: ...  # noqa: N802  the library's own name
    @property
    def grammemes(self) -> frozenset[str]: ...
    @property
    def case(self) -> str | None: ...
    @property
    def gender(self) -> str | None: ...
    @property
    def number(self) -> str | None: ...
    @property
    def person(self) -> str | None: ...
    def __contains__(self, grammeme: str) -> bool: ...


class Parse(Protocol):
    """One reading of a word, the likeliest first in a list of them."""

    @property
    def word(self) -> str: ...
    @property
    def normal_form(self) -> str: ...
    @property
    def tag(self) -> Tag: ...
    @property
    def score(self) -> float: ...
    @property
    def is_known(self) -> bool: ...

    def inflect(self, required_grammemes: set[str]) -> Parse | None:
        """Return the form with these grammemes, None where there is none."""


class Morphology(Protocol):
    """What is used of pymorphy3, which ships no annotations."""

    def parse(self, word: str) -> tuple[Parse, ...]:
        """Return every reading of a word."""

    def word_is_known(self, word: str) -> bool:
        """Tell whether the word stands in the dictionary."""


@dataclass(frozen=True, slots=True)
class _Unread:
    """The reading of what is too long to be a word."""

    word: str
    tag: Tag
    score: float = 1.0
    is_known: bool = False

    @property
    def normal_form(self) -> str:
        return self.word

    def inflect(self, required_grammemes: set[str]) -> Parse | None:  # noqa: ARG002
        return None


class _Guarded:
    """The analyzer, spared what it cannot bear: it takes a word apart by recursion."""

    def __init__(self) -> None:
        from pymorphy3 import MorphAnalyzer  # noqa: PLC0415  only for those who need it

        self._analyzer = MorphAnalyzer()
        self._unread: Tag = self._analyzer.TagClass("UNKN")
        self._parse = lru_cache(MOST_WORDS)(self._read)

    def parse(self, word: str) -> tuple[Parse, ...]:
        return self._parse(word) if len(word) <= LONGEST_WORD else (_Unread(word, self._unread),)

    def _read(self, word: str) -> tuple[Parse, ...]:
        read = tuple(self._analyzer.parse(word))
        # «см» of a page to look up, «смотри», is never written where centimetres are.
        kept = tuple(each for each in read if not {"VERB", "Abbr"} <= each.tag.grammemes)
        return kept or read

    def word_is_known(self, word: str) -> bool:
        return len(word) <= LONGEST_WORD and bool(self._analyzer.word_is_known(word))


@cache
def morphology() -> Morphology:
    """Return the analyzer; the first call takes a fifth of a second and 15 MB."""
    return _Guarded()


@lru_cache(maxsize=20_000)
def dictionary_form(word: str) -> str:
    """Return the likeliest form under which a dictionary has the word, with «е» for «ё»."""
    return undotted(morphology().parse(word)[0].normal_form)


def as_told(word: str) -> tuple[Parse, ...]:
    """Return the readings of a word, but not «тортов» as a short form: cakes are as likely."""
    readings = morphology().parse(word)
    things = (r.score for r in readings if {"NOUN", "gent", "plur"} <= r.tag.grammemes)
    most = max(things, default=0.0)
    return tuple(r for r in readings if r.tag.POS != "ADJS" or r.score > most)


@cache
def meant(word: str) -> frozenset[str]:
    """Return the dictionary forms that a word may have; none for what means nothing by itself."""
    parses = morphology().parse(word)[:2]
    if parses[0].tag.POS in _SMALL:
        return frozenset()
    return frozenset(undotted(parse.normal_form) for parse in parses)


_SMALL = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ"})
"""Parts of speech that carry no meaning alone."""
