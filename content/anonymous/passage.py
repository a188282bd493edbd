"""A text with the words of its language, and the places of it that tell who somebody is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Final

from content.anonymous.language import LanguageWords, is_big, lowered
from content.anonymous.naming import Naming
from content.anonymous.shapes import BIG
from content.named_entities import WORD, AnonymousWords, Around, HiddenKind

OF_HEADING: Final = rf"(?:{BIG}[\w’'-]*|[a-z]{{1,4}})"
HEADING: Final = re.compile(
    rf"(?:^|(?<=: )){OF_HEADING}(?:,? {OF_HEADING}){{3,}}(?=:|$)", re.MULTILINE
)
"""A line in which every longer word has a capital: “What Was Done This Week”."""
SPACES: Final = (" ", "\u00a0")


@dataclass(frozen=True, slots=True)
class Telltale:
    """A place of a text that tells who somebody is."""

    start: int
    end: int
    kind: HiddenKind
    keys: frozenset[str]
    """By which the same is known again in another form."""
    year: str = ""
    """Of a day, where it is said."""


@dataclass(frozen=True)
class Passage:
    """A text with the words of its language."""

    language: LanguageWords
    text: str

    @property
    def words(self) -> AnonymousWords:
        return self.language.words

    @property
    def naming(self) -> Naming:
        return self.language.naming

    @cached_property
    def tokens(self) -> list[re.Match[str]]:
        return list(WORD.finditer(self.text))

    def word(self, place: int) -> str:
        return self.tokens[place][0]

    def between(self, place: int) -> str:
        """Return what stands between a word and the next one."""
        return self.text[self.tokens[place].end() : self.tokens[place + 1].start()]

    def around(self, place: int) -> Around:
        """Return the three words before a word and the five behind it that only spaces part."""
        return self._around[place]

    @cached_property
    def _around(self) -> tuple[Around, ...]:
        said = [token[0] for token in self.tokens]
        beside = [self.between(place) in SPACES for place in range(len(said) - 1)]
        return tuple(
            Around(
                tuple(said[at] for at in takewhile(beside.__getitem__, ahead)),
                tuple(said[at + 1] for at in takewhile(beside.__getitem__, behind)),
            )
            for place in range(len(said))
            for ahead in (range(place - 1, max(-1, place - 4), -1),)
            for behind in (range(place, min(place + 5, len(beside))),)
        )

    def near(self, place: int) -> Iterator[int]:
        """Yield the places of the words beside a word in its sentence."""
        for one, near in ((place - 1, place - 1), (place, place + 1)):
            there = one >= 0 and one + 1 < len(self.tokens)
            if there and set(self.between(one)).isdisjoint(".!?…\n;"):
                yield near

    @cached_property
    def _headings(self) -> tuple[tuple[int, int], ...]:
        """Where headings stand whose capitals tell nothing."""
        return tuple(
            match.span()
            for match in HEADING.finditer(self.text)
            if all(map(self.naming.is_known, said := WORD.findall(match[0])))
            and sum(map(str.islower, said)) < len(said) / 2  # “A call from Mark: …” is none
        )

    def begins(self, place: int) -> bool:
        """Tell whether a word begins a sentence or is in a heading: its capital tells nothing."""
        at = self.tokens[place].start()
        return any(start <= at < end for start, end in self._headings) or self.is_first(place)

    def is_first(self, place: int) -> bool:
        """Tell whether a word begins a sentence, a line or what somebody said."""
        before = self.text[: self.tokens[place].start()].rstrip(" \u00a0\t")
        if not before or before[-1] in '\n!?…:;«„"“([{•*—–-→>':
            return True
        if before[-1] in "»”)]":
            return before.rstrip("»”)]").endswith((".", "!", "?", "…"))
        if before[-1] != ".":
            return not (before[-1].isalnum() or before[-1] in ",%№+/\\&’'")
        last = WORD.findall(before[-14:])
        return (
            not last
            or last[-1].isdigit()
            or (last[-1].casefold() not in self.words.short and len(last[-1]) > 1)
        )

    def is_common(self, place: int) -> bool:
        """Tell whether a word is a part of a saying: «слава богу», “mark my words”.

        A capital inside a sentence makes a name of it all the same, unless all of it has one.
        """
        word, around = self.word(place), self.around(place)
        behind = [other for other in around.after[:1] if self._is_saying(word, other)]
        if behind and len(around.after) > 1 and behind[0] in self.words.joining:
            behind = [] if is_big(around.after[1]) else behind  # “Frank and Joy”
        found = [*behind, *(one for one in around.before[:1] if self._is_saying(one, word))]
        if not found or word.islower() or any(map(is_big, found)):
            return bool(found)
        return self.is_first(place)

    def _is_saying(self, one: str, other: str) -> bool:
        lemmas = self.naming.lemmas
        return any(
            f"{first} {second}" in self.words.idioms
            for first in lemmas(lowered(one))
            for second in lemmas(lowered(other))
        )
