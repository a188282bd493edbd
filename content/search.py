"""Search in the library, forgiving word forms and typos."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import log

from content.knowledge import Words
from content.mistyped import nearest
from content.models import RUSSIAN
from content.russian.morphology import meant
from content.russian.spelling import undotted

NAMED = 1.0
"""Weight of a word in a name, short name or keyword."""
MENTIONED = 0.7
"""Weight of a word in a question."""
GOOD_ENOUGH = 0.45
"""Share of the query's words, by how rare they are, that an entry must cover."""
SAME_STEM = 0.8
"""Likeness of «ночной» and «ночь», of «заплатить» and «платить»."""
MISTYPED = 0.9
LIKE_ENOUGH = 78
"""Likeness of 100 from which one word counts as a typo of another: one letter in five."""
SHORTEST_TYPO = 4
SHORTEST_PART = 5
STEM = 3
"""Letters that words of one stem share at least; and three fifths of the shorter word."""
LONGEST_QUERY = 200

_WORD = re.compile(r"[^\W_]+")


class HitKind(StrEnum):
    """What was found; of equal hits a sign comes first."""

    SIGN = "sign"
    TYPE = "type"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry of the library that a query may mean; the score is 0 to 1."""

    kind: HitKind
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: HitKind
    id: str
    words: Mapping[str, float]
    """Lemma → weight."""


class Library:
    """Signs, types and questions of one language, to be searched by what they are called.

    The index is built on first use, which takes half a second; ``warm`` does it ahead of time
    and may run in a thread.
    """

    def __init__(self, words: Words) -> None:
        """Take the words to search; only Russian ones are reduced to their dictionary form."""
        self._words = words
        self._russian = words.language == RUSSIAN

    def warm(self) -> None:
        """Load the dictionary and build the index."""
        _ = self._rarity

    def search(self, query: str, limit: int = 8) -> tuple[Hit, ...]:
        """Return what the query may mean, likeliest first; nothing for what means nothing here."""
        wanted = [self._similar(forms) for forms in self._forms(query[:LONGEST_QUERY])]
        unknown = max(self._rarity.values(), default=0.0) / 2
        importance = [
            max((self._rarity[word] for word in similar), default=unknown) for similar in wanted
        ]
        total = sum(importance)
        if not total:
            return ()
        hits = [
            Hit(
                entry.kind,
                entry.id,
                sum(
                    weight * max((like * entry.words.get(word, 0.0) for word, like in s.items()))
                    for s, weight in zip(wanted, importance, strict=True)
                    if s
                )
                / total,
            )
            for entry in self._entries
        ]
        found = sorted((hit for hit in hits if hit.score >= GOOD_ENOUGH), key=lambda h: -h.score)
        return tuple(found[:limit])

    @cached_property
    def _entries(self) -> tuple[_Entry, ...]:
        words = self._words
        return (
            *(
                self._entry(HitKind.SIGN, id_, (w.name, w.short, *w.keywords), w.question)
                for id_, w in words.signs.items()
            ),
            *(
                self._entry(HitKind.TYPE, id_, (w.name, *w.keywords), "")
                for id_, w in words.types.items()
            ),
            *(
                self._entry(HitKind.QUESTION, id_, (w.name, w.short, *w.keywords), w.question)
                for id_, w in words.questions.items()
            ),
        )

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        count: dict[str, int] = {}
        for entry in self._entries:
            for word in entry.words:
                count[word] = count.get(word, 0) + 1
        return {word: log(1 + len(self._entries) / n) for word, n in count.items()}

    def _entry(self, kind: HitKind, id_: str, names: Iterable[str], question: str) -> _Entry:
        weights: dict[str, float] = {}
        for text, weight in ((question, MENTIONED), (" ".join(names), NAMED)):
            for forms in self._forms(text):
                weights.update(dict.fromkeys(forms, weight))
        return _Entry(kind, id_, weights)

    def _forms(self, text: str) -> Iterator[frozenset[str]]:
        """Yield each word that means something, with the dictionary forms it may have.

        As it is typed it tells a typo from another word: «изчез» is near «исчез» alone.
        """
        for word in _WORD.findall(text.casefold()):
            forms = meant(word) if self._russian else frozenset({word})
            if forms and not forms & self._words.typed.empty:
                yield forms | {undotted(word)}

    def _similar(self, forms: frozenset[str]) -> dict[str, float]:
        """Return the words of the index that one of these forms may mean, with the likeness."""
        similar: dict[str, float] = {}
        for form in forms:
            for word in self._rarity:
                if word == form:
                    similar[word] = 1.0
                elif _same_stem(form, word):
                    similar.setdefault(word, SAME_STEM)
            if len(form) >= SHORTEST_TYPO:
                for word, like in nearest(form, self._rarity, from_=LIKE_ENOUGH, limit=5):
                    likeness = like / 100 * MISTYPED
                    similar[word] = max(similar.get(word, 0.0), likeness)
        return similar


def _same_stem(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) >= SHORTEST_PART and long.endswith(short):
        return True
    common = 0
    for a, b in zip(short, long, strict=False):
        if a != b:
            break
        common += 1
    return common >= STEM and common * 5 >= len(short) * 3
