"""What is hidden from strangers, and the words of ``words/<language>/anonymous.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from content.models import OfLanguage


class HiddenKind(StrEnum):
    """What something is that tells who somebody is."""

    CLIENT = "client"
    ME = "me"
    PERSON = "person"
    FIRM = "firm"
    PLACE = "place"
    NAME = "name"
    """What is written as a name, and nobody knows of what."""
    ADDRESS = "address"
    PHONE = "phone"
    MAIL = "mail"
    LINK = "link"
    NUMBER = "number"
    """Of a card, an account, a tax payer, a contract."""
    AMOUNT = "amount"
    DATE = "date"
    ADDED = "added"
    """What the person has named themselves."""


LETTERED: Final = (HiddenKind.PERSON, HiddenKind.FIRM, HiddenKind.PLACE, HiddenKind.NAME)
"""Kinds told apart by a letter."""


class NameRole(StrEnum):
    """What a word is within a name."""

    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"
    UNKNOWN = "unknown"


class Genders(NamedTuple):
    """What a word of a name shows of whose it is."""

    possible: frozenset[str] = frozenset()
    """None where nothing tells."""
    acting: str = ""
    """That of whom the sentence speaks of, where the form can be theirs."""


class AnonymousWords(OfLanguage):
    """What names nobody though it looks like a name, what addresses are made of, and labels."""

    plain: frozenset[str]
    """Written with capitals or in Latin letters by anybody."""
    polite: frozenset[str]
    generic: frozenset[str]
    """Words of names that tell whose they are only beside the name itself; in dictionary form."""
    names: frozenset[str] = frozenset()
    """First names that are words as well, where no dictionary tells them."""
    words_too: frozenset[str] = frozenset()
    """Those of ``names`` that are oftener a word: at the beginning of a sentence a verb decides."""
    verbs: frozenset[str] = frozenset()
    """After a word that may be a name: then it is one."""
    called: dict[str, frozenset[str]]
    """Full first names, and what their bearers are called: one person has both."""
    short: frozenset[str]
    """Shortened words, after which a full stop ends no sentence."""
    streets: frozenset[str]
    houses: frozenset[str]
    rooms: frozenset[str]
    letters: str
    """By which replacements are told apart."""
    labels: dict[HiddenKind, str]
    """With ``{which}``: a letter or a number; the client and oneself have none."""

    @cached_property
    def full_names(self) -> Mapping[str, frozenset[str]]:
        """The full first names that a first name may stand for, itself where it is one."""
        found = {full: {full} for full in self.called}
        for full, shorter in self.called.items():
            for each in shorter:
                found.setdefault(each, set()).add(full)
        return {name: frozenset(full) for name, full in found.items()}
