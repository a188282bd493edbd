"""What a language knows of names: their forms, and which words may be one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Protocol

from content.hidden import AnonymousWords, Around, Genders, HiddenKind, NameRole
from content.knowledge import Words
from content.models import RUSSIAN
from content.russian.naming import RussianNaming

CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
STEM: Final = 3
MADE_OF_WORDS: Final = re.compile(r"(?:less|ness|lessness|ized|izing)$")
"""Ends of words that no name has."""


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

    def is_function(self, word: str) -> bool:
        """Tell whether it is a small word, such as a preposition."""

    def is_verb(self, word: str) -> bool:
        """Tell whether it is likeliest a verb."""

    def acts(self, word: str, after: Sequence[str]) -> bool:
        """Tell whether a word that may be a name is what a verb soon ``after`` it speaks of."""

    def kind(self, word: str) -> HiddenKind | None:
        """Return what a name names, where the language tells."""

    def key(self, word: str) -> str:
        """Return the form under which a word is known again."""

    def role(self, word: str) -> NameRole:
        """Return what a word is within a name, where the language tells."""

    def called(self, word: str) -> frozenset[str]:
        """Return the full first names that a first name may stand for; none of other words."""

    def leads(self, word: str) -> bool:
        """Tell whether a common word may be the first or second of a name: «Альфа Дизайн»."""

    def begins_name(self, word: str) -> bool:
        """Tell whether a word with a capital and another behind it are a name: «Роман Беркутов»."""

    def may_follow_title(self, word: str) -> bool:
        """Tell whether a word, in whatever letters, can be the name behind a title."""

    def may_be_firm(self, word: str) -> bool:
        """Tell whether a word in small letters beside «студия» or "ltd" can be its name."""

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

    def is_person(self, word: str, around: Around) -> bool:
        """Tell whether the words beside a word tell that somebody is called so: «писал вере»."""

    def is_thing(self, word: str, around: Around) -> bool:
        """Tell whether the words beside a word that may be a name tell that it is none."""

    def genders(self, word: str, before: str = "") -> Genders:
        """Return the genders that a word of a name shows after the word ``before`` it."""


class PlainNaming:
    """A language without cases, whose dictionary is what the coach itself says and hears in it."""

    def __init__(self, words: AnonymousWords, known: frozenset[str]) -> None:
        self._words = words
        self._known = (known - words.names) | words.plain | words.words_too

    def is_foreign(self, word: str) -> bool:
        return bool(CYRILLIC.search(word))

    def lemmas(self, word: str) -> frozenset[str]:
        small = word.casefold().replace("’", "'")
        return frozenset((small.removesuffix("'s"),))

    def forms(self, name: str) -> frozenset[str]:
        return frozenset((f"{name}’s", f"{name}'s", f"{name}s"))

    def same_stem(self, word: str, form: str) -> bool:
        return word.removesuffix("s") == form.removesuffix("s") and len(form) > STEM

    def share(self, word: str) -> float:
        return float(self.key(word) in self._words.names and not self.is_known(self.key(word)))

    def may_be_name(self, word: str) -> bool:
        return not self.is_function(word)

    def is_known(self, word: str) -> bool:
        pieces = re.split(r"[-’']", word.casefold())
        return all(
            len(piece) < STEM or {piece, MADE_OF_WORDS.sub("", piece)} & self._known
            for piece in pieces
        )

    def is_function(self, word: str) -> bool:
        return word.casefold() in self._words.polite

    def is_verb(self, word: str) -> bool:
        small = word.casefold()
        return small in self._words.verbs | self._words.human or (
            small.endswith("ed") and small in self._known
        )

    def acts(self, word: str, after: Sequence[str]) -> bool:
        said = after[0].casefold() if after else ""
        theirs = word.casefold() != self.key(word) and said in self._words.whose
        if theirs or (said and self._is_joined(after)):
            return self.key(word) in self._words.names
        if said in self._words.of_firm and set(map(str.casefold, after)) & (
            self._words.verbs | self._words.human
        ):
            return self.key(word) in self._words.names  # “Rose from accounting lost it”
        if self.key(word) in self._words.things:
            return said in self._words.human
        told = said in self._words.verbs or (said.endswith(("s", "ed")) and len(said) > STEM)
        return self.key(word) in self._words.names and told

    def kind(self, word: str) -> HiddenKind | None:
        return HiddenKind.PERSON if self.key(word) in self._words.names else None

    def key(self, word: str) -> str:
        return next(iter(self.lemmas(word)))

    def role(self, word: str) -> NameRole:
        return NameRole.FIRST if self.key(word) in self._words.names else NameRole.UNKNOWN

    def called(self, word: str) -> frozenset[str]:
        return self._words.full_names.get(self.key(word), frozenset())

    def leads(self, word: str) -> bool:  # noqa: ARG002
        return False

    def begins_name(self, word: str) -> bool:
        return self.key(word) in self._words.names

    def may_follow_title(self, word: str) -> bool:
        return not self.is_function(word)

    def may_be_firm(self, word: str) -> bool:
        return not self.is_known(word)

    def called_length(self, run: Sequence[str]) -> int:
        return next((place for place, word in enumerate(run) if self._ends(word)), len(run))

    def firm_length(self, run: Sequence[str]) -> int:
        if not self.may_be_firm(run[0]):
            return 0
        generic = self._words.generic - self._words.polite
        rest = (place for place, word in enumerate(run) if place and word not in generic)
        return next((at for at in rest if self.is_known(run[at])), len(run))

    def may_be_called(self, word: str) -> bool:
        return self.share(word) > 0 and not self._ends(word)

    def _ends(self, word: str) -> bool:
        """Tell whether a word is none of a name in small letters."""
        words, small = self._words, word.casefold()
        small_words = words.polite | words.before_thing | words.after_verb | words.between
        others = words.verbs | words.human | words.towards | words.of_firm | words.joining
        return small in small_words | others | words.before_month or not word.isalpha()

    def is_of(self, word: str) -> bool:  # noqa: ARG002
        return False

    def is_surely(self, word: str, around: Around) -> bool:
        if self.share(word) > 0:
            return True
        before, after = (next(iter(each), "").casefold() for each in around)
        says = after in self._words.human and before not in self._words.before_thing
        return self.key(word) in self._words.names and says

    def is_person(self, word: str, around: Around) -> bool:
        """Tell it by who speaks and is spoken to: “hope said”, “talked to April”, “Bill’s wife”."""
        words, before = self._words, tuple(map(str.casefold, around.before))
        behind = [each for each in map(str.casefold, around.after) if each not in words.between]
        if word.casefold() != self.key(word):
            return word[0].isupper()
        if behind and behind[0] in words.human:
            return True
        if not before:
            return False
        spoken = words.spoken_to | words.human
        if before[0] in words.towards:
            return len(before) > 1 and before[1] in spoken
        return before[0] in words.spoken_to

    def is_thing(self, word: str, around: Around) -> bool:
        """Tell it by what is said: “will they”, “the bill”, “in May”; a capital may begin it."""
        if self.is_person(word, around):
            return False
        words, before = self._words, next(iter(around.before), "").casefold()
        if self.key(word) in words.months:
            begins = not before and not self._is_joined(around.after)
            return before in words.before_month or word[0].islower() or begins
        behind = [each for each in map(str.casefold, around.after) if each not in words.between]
        if word[0].isupper():
            alone = word.casefold() in words.words_too and not self._is_joined(around.after)
            return alone and bool(behind) and self._does(word, behind)
        told = words.human if self.key(word) in words.things else words.verbs | words.human
        return not told & set(behind[:1]) or before in words.before_thing

    def _does(self, word: str, behind: Sequence[str]) -> bool:
        """Tell whether a word that begins a sentence is a verb or a thing: “Rose gold is out”."""
        words, said = self._words, behind[0]
        if said in words.before_thing | words.after_verb:
            return True
        acted = said in words.verbs or (len(said) > STEM and said.endswith(("ed", "ly")))
        if acted and words.after_verb & set(behind[1:2]):
            return False  # “Chase shared them”
        if word.casefold() in words.things:
            return not words.human & set(behind)
        known = self.is_known(said) and not self.is_function(said)
        return known and not acted and not (words.human | words.verbs) & set(behind)

    def _is_joined(self, after: Sequence[str]) -> bool:
        """Tell whether a name goes on, or another or a firm is beside it: “Frank and Joy”."""
        linking = self._words.joining | self._words.of_firm
        if not after:
            return False
        if after[0].casefold() in self._words.joining and [*after[1:2]] == ["I"]:
            return True  # “Grant and I”
        at = 1 if after[0].casefold() in linking else 0
        nobody = self._words.plain | self._words.polite
        return len(after) > at and after[at][0].isupper() and after[at].casefold() not in nobody

    def genders(self, word: str, before: str = "") -> Genders:  # noqa: ARG002
        return Genders()


@lru_cache(maxsize=16)
def naming(words: Words) -> Naming:
    """Return what reads names in a language."""
    if words.language == RUSSIAN:
        return RussianNaming(words.anonymous, words.vocabulary)
    return PlainNaming(words.anonymous, words.vocabulary)
