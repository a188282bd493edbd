"""What a language knows of names: their forms, and which words may be one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from content.english.naming import EnglishNaming
from content.knowledge import Words
from content.models import RUSSIAN
from content.named_entities import Around, Genders, HiddenKind, NameRole
from content.russian.naming import RussianNaming


class Naming(Protocol):
    """Reads single words of a language for names; there is one for each language."""

    def __hash__(self) -> int: ...

    def is_foreign(self, word: str) -> bool:
        """Tell whether a word is in letters of another alphabet: there it is a name."""

    def lemmas(self, word: str) -> frozenset[str]:
        """Return what a word may be in a dictionary, at least the word itself."""

    def forms(self, name: str) -> frozenset[str]:
        """Return the forms of a stored name, whole, besides the one it is stored in."""

    def same_stem(self, word: str, form: str) -> bool:
        """Tell whether a word is an unknown form of a name's word."""

    def share(self, word: str) -> float:
        """Return how likely a word is a name whatever stands around it, 0 to 1."""

    def may_be_name(self, word: str) -> bool:
        """Tell whether a word can be a name at all."""

    def is_known(self, word: str) -> bool:
        """Tell whether it is a word of the language."""

    def is_made_verb(self, word: str) -> bool:
        """Tell whether a word that no dictionary has can only be a verb: «Трекаю», «Запилили»."""

    def is_function(self, word: str) -> bool:
        """Tell whether it is a small word, such as a preposition."""

    def is_verb(self, word: str) -> bool:
        """Tell whether it is likeliest a verb."""

    def acts(self, word: str, behind: str) -> bool:
        """Tell whether what stands behind a word that may be a name tells that it is one."""

    def is_doubtful(self, word: str) -> bool:
        """Tell whether a word that may be a name is one only where that is told."""

    def kind(self, word: str) -> HiddenKind | None:
        """Return what a name names, where the language tells."""

    def key(self, word: str) -> str:
        """Return the form under which a word is known again."""

    def role(self, word: str) -> NameRole:
        """Return what a word is within a name, where the language tells."""

    def called(self, word: str) -> frozenset[str]:
        """Return the full first names that a first name may stand for; none of other words."""

    def is_called(self, word: str, around: Around) -> bool:
        """Tell whether a common word that begins a sentence is a name by what only persons do."""

    def leads(self, word: str) -> bool:
        """Tell whether a common word may be the first or second of a name: «Альфа Дизайн»."""

    def goes_on(self, word: str, after: str) -> bool:
        """Tell whether a small word is the rest of a name that has a capital: «Лесная сказка»."""

    def begins_name(self, word: str) -> bool:
        """Tell whether a word with a capital and another behind it are a name: «Роман Беркутов»."""

    def may_follow_title(self, word: str) -> bool:
        """Tell whether a word, in whatever letters, can be the name behind a title."""

    def may_be_firm(self, word: str) -> bool:
        """Tell whether a word in small letters beside «студия» or "ltd" can be its name."""

    def length_from(self, run: Sequence[str]) -> int:
        """Return how many of the words behind «ленка из» are a firm."""

    def called_length(self, run: Sequence[str]) -> int:
        """Return how many of the words behind «зовут» are a name; none where the first is not."""

    def firm_length(self, run: Sequence[str]) -> int:
        """Return how many of the words behind «фирма» are its name; none where the first is not."""

    def may_be_called(self, word: str) -> bool:
        """Tell whether a small word behind «клиент» can be how they are called."""

    def is_of(self, word: str) -> bool:
        """Tell whether a small word can be the second of a firm's name: «Бюро находок»."""

    def is_surely(self, word: str, around: Around) -> bool:
        """Tell whether a word in small letters is hardly anything but a name."""

    def is_surname(self, word: str, around: Around) -> bool:
        """Tell whether a small word that nobody knows goes on with a first name: «вадим грицай»."""

    def speaks(self, after: Sequence[str]) -> bool:
        """Tell whether what stands behind is what only persons do."""

    def is_person(self, word: str, around: Around) -> bool:
        """Tell whether the words beside a word tell that somebody is called so: «писал вере»."""

    def is_thing(self, word: str, around: Around) -> bool:
        """Tell whether the words beside a word that may be a name tell that it is none."""

    def maybe_length(self, around: Around, run: Sequence[str], *, begins: bool) -> int:
        """Return how many words of a run that no rule hides may be a name; 0 for none."""

    def is_usual(self, word: str) -> bool:
        """Tell whether the coach itself says a word, and nobody is called so."""

    def is_doubted(self, word: str) -> bool:
        """Tell whether a word with a capital may be a first name, though nothing tells it."""

    def genders(self, word: str, before: str = "") -> Genders:
        """Return the genders that a word of a name shows after the word ``before`` it."""


@lru_cache(maxsize=16)
def naming(words: Words) -> Naming:
    """Return what reads names in a language."""
    if words.language == RUSSIAN:
        return RussianNaming(words.anonymous, words.vocabulary)
    return EnglishNaming(words.anonymous, words.vocabulary, words.rarer.words, words.names.words)
