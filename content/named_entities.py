"""What is hidden from strangers, and the words of ``words/<language>/anonymous.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Final, NamedTuple

from pydantic import BeforeValidator, Field

from content.models import OfLanguage

WORD: Final = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


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


@dataclass(frozen=True, slots=True)
class StoredName:
    """A name that is stored, whole: «Студия „Вектор“»."""

    kind: HiddenKind
    name: str


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


class Around(NamedTuple):
    """The words beside a word, the nearest first, as far as only spaces part them."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def previous(self) -> str:
        """The word right before; empty where there is none."""
        return self.before[0] if self.before else ""

    @property
    def following(self) -> str:
        """The word right behind; empty where there is none."""
        return self.after[0] if self.after else ""


WordList = Annotated[
    frozenset[str], BeforeValidator(lambda each: each.split() if isinstance(each, str) else each)
]
"""A list, or one text with spaces between the words."""


class AnonymousWords(OfLanguage):
    """What names nobody though it looks like a name, what addresses are made of, and labels."""

    plain: frozenset[str]
    """Written with capitals or in Latin letters by anybody."""
    polite: frozenset[str]
    generic: frozenset[str]
    """Words of names that tell whose they are only beside the name itself; in dictionary form."""
    firms: frozenset[str]
    """Kinds of firms beside which a small word that nobody knows is a name."""
    captions: frozenset[str]
    """Before what is quoted: then it is read on a screen: «кнопка „Отмена“»."""
    abbreviated: frozenset[str] = frozenset()
    """Of two of them a name of a firm is made, in whatever letters: «промтех»."""
    called_so: frozenset[str]
    """One or two words before a name in whatever letters: «зовут», “is called”."""
    whose: frozenset[str]
    """Who has a name that may stand behind in small letters: «клиент», “my boss”."""
    places_before: frozenset[str] = frozenset()
    """One or two words before a name that nobody knows: “at”, “lives in”."""
    firm_ends: frozenset[str] = frozenset()
    """What the name of a firm may end with: «ромашка плюс»."""
    firm_tails: frozenset[str] = frozenset()
    """With one of these a firm's name in small letters ends: “harbor lane studio”."""
    no_firm: frozenset[str] = frozenset()
    """But for those behind one of these: “social media”."""
    dealing: frozenset[str] = frozenset()
    """What a firm is said to do."""
    dealings: frozenset[str] = frozenset()
    """Two words of it that tell a firm by a common word with a capital: “Spectrum paid half”."""
    somebody: frozenset[str] = frozenset()
    """Who does the same and is no firm: “Bride paid half”."""
    role_ends: tuple[str, ...] = ()
    """How words for somebody end, and for several: “Tenant”, “Clients”."""
    city_begins: frozenset[str] = frozenset()
    """First words of cities in small letters, behind what stands before places: “el paso”."""
    company: frozenset[str]
    """What a name of a firm may end with behind «и»: «пиксель и ко»."""
    trade: frozenset[str]
    """Words of contracts and letters: a capital makes no name of them; in dictionary form."""
    attributes: frozenset[str]
    """A capital makes a name of them only beside another: «Красная Поляна»; in dictionary form."""
    titles: frozenset[str]
    """A name comes behind, in whatever letters."""
    idioms: frozenset[str]
    """Two words, in dictionary form, that name nobody though one may be a name."""
    particles: frozenset[str]
    """Small words within a name: «ван дер», «де»."""
    nobody: frozenset[str] = frozenset()
    """Words of which is said what persons do: «телефон молчит», «главный просит»."""
    filmed: frozenset[str] = frozenset()
    """Of moving pictures: beside them «4K» is no sum."""
    holidays: frozenset[str] = frozenset()
    """Days that everybody has, as their names are written: they tell nothing."""
    after_day: frozenset[str] = frozenset()
    """Behind an ordinal they tell that it is a day: «25-го ничего не пришло»."""
    sums: frozenset[str] = frozenset()
    """What sums are called: «полтинник»."""
    for_it: frozenset[str]
    """Behind a bare number: then it is a sum: «3000 за сайт»."""
    paying: frozenset[str]
    """A bare number in words behind them is a sum; beginnings of words end with ``*``."""
    numbered: frozenset[str]
    """A number behind them is somebody's."""
    of_numbers: frozenset[str]
    """Stands between such a word and its number: “invoice no. 47”."""
    names: WordList = frozenset()
    """First names, where no dictionary tells them."""
    words_too: frozenset[str] = frozenset()
    """Those of ``names`` that are oftener a word: at the beginning of a sentence a verb decides."""
    things: frozenset[str] = frozenset()
    """Those of ``words_too`` of which much is said that is said of persons as well."""
    verbs: frozenset[str] = frozenset()
    """After a word that may be a name: then it is one."""
    human: frozenset[str] = frozenset()
    """Those of ``verbs`` that only persons do."""
    of_papers: frozenset[str] = frozenset()
    """Those of ``human`` that are done to papers and money alone: «Спектр подписал»."""
    surnames_too: frozenset[str] = frozenset()
    """Surnames that are oftener a word, where no dictionary tells them."""
    addressed: frozenset[str] = frozenset()
    """Behind a name and a comma: “Rose, you owe me.”"""
    theirs: frozenset[str] = frozenset()
    """Behind a name and a dash: “Rose — my client.”"""
    being: frozenset[str] = frozenset()
    """Forms of “is.”"""
    deeds: frozenset[str] = frozenset()
    """What hardly anything but a person does, in all forms."""
    auxiliary: frozenset[str] = frozenset()
    """What may stand between a name and what it does: “still hasn’t”."""
    of_person: frozenset[str] = frozenset()
    """What only a person is: “is the manager”, “was rude”."""
    departments: frozenset[str] = frozenset()
    """Where a person is from: “from marketing”."""
    states: frozenset[str] = frozenset()
    """One or two words behind a word that may be a name: then it is one: «в отпуске»."""
    whereabouts: frozenset[str] = frozenset()
    """Where persons are, in dictionary form: «Вера в отпуске», not «лев на логотипе»."""
    befalls: frozenset[str] = frozenset()
    """What things do, and hardly persons: «роман получился»."""
    lacking: frozenset[str] = frozenset()
    """Beside a word in the genitive: then there is too little of it: «света нет»."""
    months: frozenset[str] = frozenset()
    """Those of ``names`` that are months: a capital tells nothing of them."""
    before_month: frozenset[str] = frozenset()
    """Before such a word: then it is the month."""
    before_thing: frozenset[str] = frozenset()
    """Before a word that may be a name it makes a thing of it, and behind it a verb: “will the”."""
    articles: frozenset[str] = frozenset()
    """Those before which hardly a name stands: “a Mark in the calendar”."""
    after_verb: frozenset[str] = frozenset()
    """More of what makes a verb of a word before it."""
    between: frozenset[str] = frozenset()
    """Between a name and its verb."""
    towards: frozenset[str] = frozenset()
    """Between what is said and to whom."""
    joining: frozenset[str] = frozenset()
    """Between two names."""
    of_firm: frozenset[str] = frozenset()
    """Between a name and that of a firm: “Rose from Acme”."""
    spoken_to: frozenset[str] = frozenset()
    """Before a word that may be a name in small letters: then it is one."""
    governs: dict[str, frozenset[str]] = Field(default_factory=dict)
    """Prepositions with the cases behind them: a word in none of them is a name."""
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
    def addressing(self) -> re.Pattern[str]:
        """What finds, right behind a name, that somebody is spoken to, or speaks."""
        comma, dash = (
            "|".join(map(re.escape, sorted(each))) for each in (self.addressed, self.theirs)
        )
        return re.compile(rf", (?:{comma})(?!\w)|:[ \u00a0]?[\"“«]|[ \u00a0][—–] (?:{dash})(?!\w)")

    @cached_property
    def days_of_all(self) -> re.Pattern[str]:
        """What finds a holiday, however its words are tied."""
        days = "|".join(map(re.escape, sorted(self.holidays, key=len, reverse=True))) or "(?!)"
        return re.compile(re.sub(r"\\?[ \u00a0]", "[ \u00a0]", days))

    @cached_property
    def full_names(self) -> Mapping[str, frozenset[str]]:
        """The full first names that a first name may stand for, itself where it is one."""
        found = {full: {full} for full in self.called}
        for full, shorter in self.called.items():
            for each in shorter:
                found.setdefault(each, set()).add(full)
        return {name: frozenset(full) for name, full in found.items()}
