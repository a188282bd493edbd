"""What a language says of single words: whether anybody may write them, and whether with whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from content.anonymous.naming import Naming
from content.named_entities import AnonymousWords
from content.russian.spelling import undotted
from content.vocabulary import Values, Vocabulary, any_of

STEM: Final = 3


def lowered(word: str) -> str:
    """Return a word in small letters, with «е» for «ё»."""
    return undotted(word.casefold())


def is_big(word: str) -> bool:
    """Tell whether a word has a capital where a word begins: «Анна», «д’Арвиль»."""
    return any(piece[:1].isupper() for piece in re.split(r"[-’']", word))


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """What reading needs of a language."""

    words: AnonymousWords
    reading: Vocabulary
    naming: Naming

    def with_lemmas(self, word: str) -> frozenset[str]:
        small = lowered(word)
        return self.naming.lemmas(small) | {small}

    def keys(self, word: str) -> frozenset[str]:
        """Return by what the word of a name is known again, alone and in other forms."""
        called = self.naming.called(word)
        lemmas = frozenset[str]() if called else self.naming.lemmas(lowered(word))
        return frozenset((self.naming.key(word),)) | called | lemmas

    def is_generic(self, word: str) -> bool:
        small = word.casefold()
        generic = self.words.generic
        return small in generic or not generic.isdisjoint(self.naming.lemmas(small))

    def is_firm(self, word: str) -> bool:
        """Tell whether a word is a kind of firm, beside which its name stands."""
        return not self.words.firms.isdisjoint(self.with_lemmas(word))

    def is_trade(self, word: str) -> bool:
        """Tell whether a word is of contracts and letters, where many have a capital: «Договор»."""
        trade = self.words.trade
        return not trade.isdisjoint(self.with_lemmas(word)) or self.is_generic(lowered(word))

    def is_plain(self, word: str) -> bool:
        """Tell whether a word is of any text, as «ютуб» is and so «ютуб-канал»."""
        plain, small = self.words.plain, lowered(word)
        first, *rest = small.split("-")
        return not plain.isdisjoint(self.with_lemmas(small)) or (
            not plain.isdisjoint(self.with_lemmas(first))
            and all(len(piece) >= STEM and self.naming.is_known(piece) for piece in rest)
        )

    def is_anybody(self, word: str) -> bool:
        return self.is_plain(word) or self.is_trade(word)

    def is_month(self, word: str) -> bool:
        return self._is_any(self.reading.days.months, word)

    def is_of_calendar(self, word: str) -> bool:
        """Tell whether a word is a month or a day of the week."""
        return self.is_month(word) or self._is_any(self.reading.days.weekdays, word)

    def _is_any(self, values: Values, word: str) -> bool:
        return any(re.fullmatch(any_of(values), form) for form in self.with_lemmas(word))

    def is_among(self, word: str, heard: frozenset[str]) -> bool:
        """Tell whether a word is a form of what was ``heard`` as a name, in dictionary form."""
        met = not heard.isdisjoint(self.naming.lemmas(lowered(word)))
        return met and not self.naming.is_function(word)

    def goes_on(self, after: str) -> bool:
        """Tell whether what stands beside a name may be the rest of it: «Роман | Беркутов»."""
        if not is_big(after) or (after.isupper() and len(after) > 1):
            return False
        nobody = self.words.plain | self.words.polite
        return nobody.isdisjoint(self.with_lemmas(after)) and not self.is_trade(after)
