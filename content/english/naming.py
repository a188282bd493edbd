"""Which English words are names: by lists, and by what is said of persons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile
from typing import Final

from content.named_entities import WORD, AnonymousWords, Around, Genders, HiddenKind, NameRole

CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
STEM: Final = 3
CLAUSE: Final = re.compile(r"[ \u00a0\w'-]*")
MADE_OF_WORDS: Final = re.compile(r"(?:less|ness|lessness|ized|izing)$")
"""Ends of words that no name has."""


class EnglishNaming:
    """A language without cases, whose dictionary is what the coach itself says and hears in it."""

    def __init__(
        self,
        words: AnonymousWords,
        common: frozenset[str],
        rarer: frozenset[str],
        names: frozenset[str],
    ) -> None:
        called = {each for each in words.full_names if len(each) > STEM and each not in common}
        words = words.model_copy(update={"names": words.names | called})
        self._words, self._names = words, names - words.plain
        self._common = (common - words.names) | words.plain | words.words_too
        self._known = self._common | rarer - words.names
        self._doubted = words.names | words.surnames_too | words.words_too
        self._of_any = words.trade | words.generic | words.plain | words.auxiliary
        self._dealing = words.human | words.dealing | words.deeds
        self._leading = words.towards | words.of_firm | words.places_before
        self._firms = words.firms | words.firm_tails
        self._ending = (
            words.polite
            | words.before_thing
            | words.after_verb
            | words.between
            | words.verbs
            | words.human
            | words.towards
            | words.of_firm
            | words.joining
            | words.before_month
        )

    def is_foreign(self, word: str) -> bool:
        return bool(CYRILLIC.search(word))

    def lemmas(self, word: str) -> frozenset[str]:
        return frozenset((self.key(word),))

    def forms(self, name: str) -> frozenset[str]:
        return frozenset((f"{name}’s", f"{name}'s", f"{name}s"))

    def same_stem(self, word: str, form: str) -> bool:
        return word.removesuffix("s") == form.removesuffix("s") and len(form) > STEM

    def share(self, word: str) -> float:
        key = self.key(word)
        return float(key in self._names or (key in self._words.names and not self.is_known(key)))

    def may_be_name(self, word: str) -> bool:
        return not self.is_function(word)

    def is_known(self, word: str) -> bool:
        return self._is_among(self._known, word)

    def _is_among(self, known: frozenset[str], word: str) -> bool:
        pieces = re.split(r"[-’']", word.casefold())
        return all(
            len(piece) < STEM or {piece, MADE_OF_WORDS.sub("", piece)} & known for piece in pieces
        )

    def is_made_verb(self, word: str) -> bool:  # noqa: ARG002
        return False

    def is_function(self, word: str) -> bool:
        return word.casefold() in self._words.polite

    def is_verb(self, word: str) -> bool:
        small = word.casefold()
        return small in self._words.verbs | self._words.human or (
            small.endswith("ed") and small in self._known
        )

    def acts(self, word: str, behind: str) -> bool:
        key, names, after = self.key(word), self._words.names, WORD.findall(behind)
        if key not in names | self._words.surnames_too and not self.may_be_firm(key):
            return False
        if word.casefold() != key:
            return self._is_whose(key, after) or self._is_being(WORD.findall(behind.casefold()))
        if self._is_somebody(behind) or self._is_from(after):
            return True
        if behind[:1] == " " and self._is_joined(after):
            return key in names or self.share(after[1]) > 0
        return key in names and self._does_something(key, after)

    def _is_whose(self, key: str, after: Sequence[str]) -> bool:
        """Tell whether what stands behind “Rose’s” is somebody’s: “Rose’s invoice”."""
        words, said = self._words, after[0].casefold() if after else ""
        if said in words.trade | words.generic | words.whose:
            return key not in words.months
        return bool(said) and key in words.names - words.things

    def _is_from(self, after: Sequence[str]) -> bool:
        """Tell whether who is from somewhere does something: “Rose from accounting lost it”."""
        said = [*dropwhile(self._words.auxiliary.__contains__, map(str.casefold, after[:6]))]
        does = self._words.verbs | self._words.human
        return said[:1] != [] and said[0] in self._words.of_firm and not does.isdisjoint(said)

    def _does_something(self, key: str, after: Sequence[str]) -> bool:
        """Tell it of a first name by what it does, or by nothing else being said: “Mark again”."""
        words, said = self._words, after[0].casefold() if after else ""
        if key in words.things:
            return said in words.human
        alone = bool(after) and words.between.issuperset(after)
        return alone or said in words.verbs or (said.endswith(("s", "ed")) and len(said) > STEM)

    def _is_somebody(self, behind: str) -> bool:
        """Tell it by what only persons do and are, and by how they are spoken to."""
        words, said = self._words, behind.casefold().replace("’", "'")
        clause = CLAUSE.match(said)
        after = WORD.findall(clause[0]) if clause else []
        if words.addressing.match(said) or " ".join(after[:2]) in words.departments:
            return True
        told = [*dropwhile(words.auxiliary.__contains__, after)]
        before = after[: len(after) - len(told)]
        deed = told[:1] != [] and told[0] in words.deeds and (before or self._is_past(told))
        if deed or not words.human.isdisjoint(before):
            return True
        return bool(after) and after[0] in words.being and self._is_being(after[1:])

    def _is_being(self, after: Sequence[str]) -> bool:
        """Tell whether what stands behind “is” is said of persons: “the manager”, “on vacation”."""
        words = self._words
        rest = [*dropwhile(words.auxiliary.__contains__, after)]
        of_it = rest[1:] if rest[:1] and rest[0] in words.before_thing else rest
        return " ".join(rest[:2]) in words.states or not words.of_person.isdisjoint(of_it[:3])

    def _is_past(self, told: Sequence[str]) -> bool:
        """Tell whether a verb is no command: “Bill them,” “Mark said,” “Rose asks”."""
        return told[0].endswith(("s", "ed")) or told[0] in self._words.human

    def is_doubtful(self, word: str) -> bool:  # noqa: ARG002
        return False

    def kind(self, word: str) -> HiddenKind | None:
        return HiddenKind.PERSON if self.key(word) in self._words.names else None

    def key(self, word: str) -> str:
        return word.casefold().replace("’", "'").removesuffix("'s")

    def role(self, word: str) -> NameRole:
        return NameRole.FIRST if self.key(word) in self._words.names else NameRole.UNKNOWN

    def called(self, word: str) -> frozenset[str]:
        return self._words.full_names.get(self.key(word), frozenset())

    def is_called(self, word: str, around: Around) -> bool:  # noqa: ARG002
        return False

    def leads(self, word: str) -> bool:
        words, small = self._words, word.casefold()
        of_any = words.plain | words.trade | words.polite | words.verbs | words.human | words.whose
        return self.is_known(word) and not self.share(word) and small not in of_any

    def goes_on(self, word: str, after: str) -> bool:  # noqa: ARG002
        return len(after) > 1 and after.istitle() and self.is_function(after)  # “Bean There”

    def begins_name(self, word: str) -> bool:
        return self.key(word) in self._words.names or self.may_be_firm(word)

    def may_follow_title(self, word: str) -> bool:
        return not self.is_function(word)

    def may_be_firm(self, word: str) -> bool:
        return not self._is_among(self._common, word)

    def length_from(self, run: Sequence[str]) -> int:
        somewhere = {pair.rpartition(" ")[2] for pair in self._words.departments}
        known = self._words.generic | self._words.trade | somewhere | self._words.between
        return 0 if run[0].casefold() in known else self.called_length(run)

    def called_length(self, run: Sequence[str]) -> int:
        return next((place for place, word in enumerate(run) if self._ends(word)), len(run))

    def firm_length(self, run: Sequence[str]) -> int:
        """Count “lumenhaus”, and two words of any text before what somebody does: “doctor fox”."""
        if len(run) > 2 and self._is_deed(run[2]):  # noqa: PLR2004
            said = [re.sub("['’]s$", "", each) for each in run[:2]]
            of_any = self._words.trade | self._words.plain
            if not any(self._ends(each) or each in of_any for each in said):
                return 2
        if not self.may_be_firm(run[0]):
            return 0
        generic = self._words.generic - self._words.polite
        ends = (
            place
            for place, word in enumerate(run)
            if place and (self._ends(word) or (word not in generic and self.is_known(word)))
        )
        return next(ends, len(run))

    def _is_deed(self, word: str) -> bool:
        return word in self._words.verbs | self._words.human | self._words.deeds

    def may_be_called(self, word: str) -> bool:
        strange = not self.is_known(word) and len(word) > STEM
        return (self.share(word) > 0 or strange) and not self._ends(word)

    def _ends(self, word: str) -> bool:
        """Tell whether a word is none of a name in small letters."""
        return word.casefold() in self._ending or not word.isalpha()

    def is_of(self, word: str) -> bool:  # noqa: ARG002
        return False

    def is_surely(self, word: str, around: Around) -> bool:
        if self.share(word) > 0:
            return True
        before, after = (next(iter(each), "").casefold() for each in around)
        if (
            not self.is_known(word)
            and len(word) > STEM
            and self._is_somebody(" ".join(around.after))
        ):
            return True
        says = after in self._words.human and before not in self._words.before_thing
        beside = around.before[1:2] if before in self._words.joining else ()
        both = any(self.share(each) > 0 for each in beside) and self._is_deed(
            after
        )  # “max and will”
        says = says or both or " ".join(around.after[:2]).casefold() in self._words.departments
        return self.key(word) in self._words.names and says

    def is_surname(self, word: str, around: Around) -> bool:
        if len(word) <= STEM or self.share(around.previous) <= 0:
            return False
        of_any = self._ends(word) or word in self._words.trade | self._words.auxiliary
        return self.may_be_firm(word) or (self._is_deed(around.following) and not of_any)

    def speaks(self, after: Sequence[str]) -> bool:
        deed = bool(after) and after[0] in self._words.human
        return deed or self._is_somebody(" ".join(after))

    def is_person(self, word: str, around: Around) -> bool:
        """Tell it by who speaks and is spoken to: “hope said”, “talked to April”, “Bill’s wife”."""
        words, before = self._words, tuple(map(str.casefold, around.before))
        behind = [each for each in map(str.casefold, around.after) if each not in words.between]
        if word.casefold() != self.key(word):
            return word[0].isupper()
        if behind and behind[0] in words.human:
            return True
        begins = word[0].isupper() and not before
        if begins and (self._is_somebody(" ".join(around.after)) or self._is_from(around.after)):
            key = self.key(word)
            return key in words.names | words.surnames_too or self.may_be_firm(key)
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
        words, before = self._words, around.previous.casefold()
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

    def maybe_length(self, around: Around, run: Sequence[str], *, begins: bool) -> int:
        """Count what nobody knows, what stands without an article behind “with” or beside “firm”.

        And what does what firms do: “for green leaf,” “the bakery sweet whale,” “blue door owes”.
        """
        words, before = self._words, around.previous.casefold()
        small = [word.casefold() for word in run]
        bare = [*takewhile(lambda word: not (self._ends(word) or self.is_verb(word)), small)]
        if not bare or len(run[0]) < STEM:
            return 0
        strange = not self._of_any.issuperset(bare)
        behind = small[len(bare)] if len(bare) < len(small) else ""
        rare = any(map(self.may_be_firm, bare))
        if before in words.firms and strange:
            rest = [*takewhile(lambda word: not self._ends(word), small[len(bare) + 1 :])]
            return len(bare) + (1 + len(rest) if behind in words.of_firm and rest else 0)
        does = behind in self._dealing or (run[0].islower() and self.is_verb(behind))
        # “doctor hare clinic is silent”
        named = rare or bare[-1] in self._firms or bare[0] not in self._of_any
        if begins and does and (len(bare) > 1 or rare) and strange and named:
            return len(bare)
        if before in self._leading:
            tail = bare[-1] in self._firms or bare[0].endswith(("'s", "’s"))
            if len(bare) > 1 and (rare or tail or (named and len(bare) == len(run))):
                return len(bare)
            if self.is_doubted(bare[0]):
                return min(len(bare), 2)  # “for green leaf”
        return int(not self.is_known(run[0]))

    def is_usual(self, word: str) -> bool:
        return not (self.is_doubted(word) or self.share(word) or self.may_be_firm(word))

    def is_doubted(self, word: str) -> bool:
        return self.key(word) in self._doubted

    def genders(self, word: str, before: str = "") -> Genders:  # noqa: ARG002
        return Genders()
