"""What a text is compared by when it is read for signs: words, pairs of them, meanings, letters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from content.models import RUSSIAN, AlikeWords
from content.russian.morphology import dictionary_form
from content.vocabulary import Vocabulary, one_of, plain

LETTERS = 0.6
"""Weight of three or four letters in a row beside a whole word: they forgive typos and endings."""
APART = 0.5
"""Weight of a pair of words with another between them."""
DENIED = "!"

_TOKEN = re.compile(r"\d+|[^\W\d_]+|\?")


class Features:
    """Takes texts of one language apart."""

    def __init__(self, language: str, alike: AlikeWords, reading: Vocabulary) -> None:
        """Only Russian is brought to dictionary forms; ``reading`` has the words that deny."""
        self._inflected = language == RUSSIAN
        self._denials = re.compile(one_of(reading.denials))
        self._groups: dict[str, list[str]] = defaultdict(list)
        for group, listed in alike.groups.items():
            for word in plain(listed).split():
                self._groups[word].append(f"@{group}")

    def of(self, text: str) -> Mapping[str, float]:
        """Count words, pairs of words, groups, and letters in a row; a denied word is another."""
        counted: dict[str, float] = defaultdict(float)
        said: list[str] = []
        denied = ""
        for token in _TOKEN.finditer(plain(text)):
            typed = token[0]
            word = self._dictionary_form(typed)
            said.append(denied + word)
            for group in self._groups.get(word, ()):
                counted[denied + group] += 1
            if typed.isalpha():
                for letters in _in_a_row(typed):
                    counted[denied + letters] += LETTERS
            denied = DENIED if self._denials.fullmatch(typed) else ""
        for word in said:
            counted[word] += 1
        for apart, weight in ((1, 1.0), (2, APART)):
            for one, other in zip(said, said[apart:], strict=False):
                counted[f"{one} {other}"] += weight
        return counted

    def _dictionary_form(self, typed: str) -> str:
        if typed.isdigit():
            return "#"
        # Of other languages the letters in a row know the endings.
        return dictionary_form(typed) if self._inflected else typed


def is_pair(feature: str) -> bool:
    """Tell whether a feature is a pair of words."""
    return " " in feature


@lru_cache(maxsize=20_000)
def _in_a_row(word: str) -> tuple[str, ...]:
    whole = f"<{word}>"
    return tuple(whole[at : at + n] for n in (3, 4) for at in range(len(whole) - n + 1))
