"""The shapes of the letters' files.

A letter's facts stand in ``letters/<kind>.toml``, its words in
``words/<language>/letters/<kind>.toml``.

Templates are Jinja2. What a person types is only ever a value in them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, NewType, Self

from pydantic import Field, StringConstraints, model_validator

from content.checking.findings import BLAMELESS, Rule, Rules
from content.models import (
    Ground,
    Id,
    Line,
    Model,
    Phrase,
    Question,
    ShortLine,
    SignLabel,
    SourceRef,
    Stage,
    Title,
    VerdictId,
)
from content.vocabulary import Forms

LetterId = NewType("LetterId", str)

Source = Annotated[str, StringConstraints(min_length=1)]
"""A Jinja2 template; spaces at its ends are meant."""


class Tone(StrEnum):
    """From warm to firm; the neighbours are «теплее» and «твёрже»."""

    WARM = "warm"
    NEUTRAL = "neutral"
    FIRM = "firm"


class Length(StrEnum):
    """A message of one screen or a letter with paragraphs."""

    SHORT = "short"
    FULL = "full"


class BlankKind(StrEnum):
    """What a blank takes."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    FACTS = "facts"
    """Lines of the log, chosen and worded by the freelancer."""


class Soon(StrEnum):
    """Dates to propose, counted from today."""

    THREE_DAYS = "three_days"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    MONTH_END = "month_end"


class BlankData(Model):
    """One thing that a letter needs and only the freelancer knows."""

    id: Id
    kind: BlankKind
    limit: int = Field(default=300, ge=1, le=1000)
    """Characters of a text; of facts, how many."""
    soon: tuple[Soon, ...] = ()
    """Dates to propose; of a date only. One that has any lies ahead, another one behind."""
    working: bool = False
    """Whether the day should be a working day."""
    promise: bool = False
    """Whether the writer does something by this day: “today, May 1”, “by tomorrow, May 2”."""
    bill: bool = False
    """Whether it asks for the number of an invoice, so that a sum is no answer."""
    names: bool = False
    """Whether it asks for people and firms, whose names are typed small in haste."""
    money: bool = False
    """Whether a sum in it needs its currency."""
    moment: bool = False
    """Whether it tells of one time, so that «в пятницу» in it is a date; else it is of each."""
    past: bool = False
    """Whether that time is over, even where no verb says so: “‘ok, thanks’ on Monday”."""
    day: bool = False
    """Whether a day alone may answer it, though it is a text."""
    rows: bool = False
    """Whether each line of it is a thing of its own, so that several messages may tell it."""
    sum: bool = False
    """Whether it is nothing but a sum, which a sentence goes on from: «счёт на 60 000 ₽»."""
    options: tuple[Id, ...] = ()
    """Of a choice only."""
    default: Id | None = None
    """The option taken without asking."""
    instead: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)
    """Option → the signs, own gaps and grounds that propose it in place of the default, or of a
    question."""
    only_if: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)
    """Blank → the options under which this one is needed at all."""
    told_in: Id | None = None
    """Blank whose answer may say that it is handed over already; then this one is not asked."""

    @property
    def may_be_tacit(self) -> bool:
        """Whether an option of it may be taken without asking, so that it is changed by name."""
        return self.default is not None or bool(self.instead)

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        choice = self.kind is BlankKind.CHOICE
        if choice != bool(self.options):
            raise ValueError("a choice has options, nothing else has any")
        if self.soon and self.kind is not BlankKind.DATE:
            raise ValueError("only a date proposes dates")
        if not {*self.instead, *([self.default] if self.default else [])} <= set(self.options):
            raise ValueError("default and instead must be among the options")
        return self


class ProbationData(Model):
    """Which blanks hold the conditions of a last effort, and the day they are looked at."""

    conditions: Id
    until: Id


class LetterData(Model):
    """``letters/<kind>.toml``."""

    id: Id
    order: int = Field(ge=1)
    rules: frozenset[Rule] = frozenset()
    """Rules of the checker on what this kind must not lack; how it may speak its tones tell."""
    free_of: frozenset[Rule] = frozenset()
    """Rules of tone it is not held to: an agreement may speak of rights, a brief of the law."""
    tones: tuple[Tone, ...] = (Tone.NEUTRAL,)
    parting: tuple[Tone, ...] = ()
    """Tones in which it does not speak to its reader at all; in others only blame is looked for."""
    layout: dict[Length, tuple[tuple[Id, ...], ...]] = Field(min_length=1)
    """Length → paragraphs → parts. What a length leaves out, it does not say."""
    verdicts: tuple[VerdictId, ...] = ()
    """Verdicts that lead to this letter."""
    grounds: tuple[Ground, ...] = ()
    """Of those verdicts only with one of these grounds, and then before any other letter."""
    signs: tuple[Id, ...] = ()
    """Signs whose advice leads to it."""
    begins: tuple[Id, ...] = ()
    """Signs whose first step it is; what is insisted on later is another thing."""
    answers: tuple[Id, ...] = ()
    """Signs of a message that it is the reply to."""
    probation: ProbationData | None = None
    in_order: tuple[tuple[Id, Id], ...] = ()
    """Pairs of dates, of which the second is not before the first."""
    blank: tuple[BlankData, ...] = ()
    """In the order they are asked."""
    sources: tuple[SourceRef, ...] = Field(min_length=1)

    def is_about(self, sign: str, stage: Stage) -> bool:
        """Tell whether the advice on a sign leads to it at a stage."""
        return sign in self.signs or (stage is Stage.MEND and sign in self.begins)

    def held_to(self, tone: str) -> Rules:
        """Return the rules of the checker that hold in a tone."""
        manner = Rule.SECOND_PERSON if tone in self.parting else Rule.BLAME
        return self.rules | (BLAMELESS - {Rule.BLAME} - self.free_of) | {manner}


class BlankText(Model):
    """How a blank is asked for, in the language of the letter."""

    question: Question
    open: ShortLine
    """What stands in the draft while the blank is open: «‹последний рабочий день›»."""
    lead: tuple[Line, ...] = ()
    """The words that the answer goes on from; taken off where they are typed once more."""
    example: Line | None = None
    """A typical answer; of a text or facts."""
    proposals: tuple[ShortLine, ...] = ()
    options: dict[Id, ShortLine] = Field(default_factory=dict)
    """Option → label; of a choice."""


PartText = Source | dict[Id, Source | dict[Id, Source]]
"""One template for all, or one per tone, per length, or per length within a tone."""


class LetterText(Model):
    """One letter in one language, as it is written."""

    subject: Source
    """Of the e-mail that goes out for the record."""
    blanks: dict[Id, BlankText] = Field(default_factory=dict)
    parts: dict[Id, PartText]


class LetterWords(LetterText):
    """``words/<language>/letters/<kind>.toml``: the same, with what the coach says of it."""

    name: ShortLine
    when: Annotated[Line, Field(max_length=250)]
    """When to use it."""
    tones: dict[Tone, SignLabel] = Field(default_factory=dict)
    """Names of its tones where «теплее» and «твёрже» are not what they are."""


class TypedForLetters(Model):
    """How people of one language type what goes into a letter: forms as in ``reading.toml``."""

    greetings: Forms
    """Before a name; the letter greets by itself."""
    everybody: Forms
    """What is greeted and is no name: it stays small."""
    titles: Forms = "-"
    """Before a name, and small in the middle of a sentence: «фрау Шнайдер»."""
    abbreviated: str = ""
    """Titles that are short and have a full stop, with ``|`` between: “Mr. Smith”."""
    nobody: Forms
    """Said where a name is asked for and none is wanted."""
    on_day: str = ""
    """Before a day with which a fact begins; none in Russian."""
    weekdays: tuple[Forms, ...] = Field(min_length=7, max_length=7)
    """From Monday on."""
    spoken: Forms
    """Begins an answer that is said aloud, with a comma behind it; a letter goes without."""
    spoken_on: Forms
    """The same without a comma."""
    laughs: Forms
    """Said with a smile or a sigh, at an end; a letter goes without."""
    written: dict[Forms, str] = Field(default_factory=dict)
    """What is typed short → how a letter writes it."""
    who: Forms
    """Before one of these no comma is needed: “well the numbers had an error”."""
    capitals: tuple[ShortLine, ...] = ()
    """Names and short names, as they are written; in haste they are typed small."""
    nothing: Forms
    """Begins an answer of one to whom nothing comes to mind: «ничего хорошего не было»."""
    before_price: Forms
    """A number after one of these is a price, unless it counts something: «сайт за 80 000»."""
    after_price: Forms
    """What may follow a price; any other word is what a number counts."""
    price_words: Forms
    """Where one of these is said before, a number is a price: «аванс за май 20 000»."""
    beside_sum: Forms = "-"
    """Said beside the one sum that is asked for, and no part of it: “2,200 still”."""
    flat: Forms = "-"
    """Behind a number, at the end of what is said: it is a price, “900 total”."""
    part: Forms = "-"
    """Behind a number without a currency: it is a part of the sum before it."""
    part_of: Forms = "-"
    """Before one."""
    beside_price: Forms
    """Words between such a one and its number."""
    reached: Forms = "-"
    """What may be many and is no money: «охват 50 000»."""
    numbered: Forms
    """What has a number that is no price: «счёт 112»."""
    jobs: Forms
    """Work that nobody calls a project: lessons, a translation, a wedding to be photographed."""
    rude: Forms
    """A fact that says so tells how one was spoken to."""
    last: Forms
    """Before an invoice that is not called by its number: «последний счёт 650»."""
    rates: Forms
    """After a sum that is paid again and again: «12 000 в месяц»."""
    of_time: Forms = "-"
    """Of these, what tells how often a thing is done as well: “12 a month”."""
    apiece: Forms
    """Said with a sum that is not all there is to pay."""
    units: Forms = "-"
    """Short forms of what a number counts."""
    thousand: Forms
    currencies: Forms
    spelled: dict[Forms, str] = Field(default_factory=dict)
    """Short forms beside a number → how a letter writes them, in this order."""
    pixels: Forms = "-"
    """Short forms that are no thousands of money where nobody has asked about it: «видео в 4к»."""
    of_money: dict[Forms, str] = Field(default_factory=dict)
    """More of them, which only an answer about money has: «45т за ролик»."""
    signs: dict[Forms, str] = Field(default_factory=dict)
    """Words for money → its sign, in languages that put it before the sum."""
    weighed: Forms = "-"
    """Of these, what may be a weight besides."""
    same: dict[ShortLine, Forms] = Field(default_factory=dict)
    """Mark of a currency → words for it; one letter has one of them, so the mark where both are."""
    close: Forms = "-"
    """Of these, a word too: it has to stand close. «10к», but not «10 к 5 мая»."""
    list_mark: str
    """Before each line of a list: a dash, with ``;`` behind the line, or a hyphen."""
    number_mark: str
    """Before the number of an invoice."""
    handed: Forms
    """In the state of the work: it is with the client already."""
    not_handed: Forms
    """What it says beside, where not all is."""
    offered: tuple[ShortLine, ...] = Field(min_length=1)
    """Marks of currencies to choose from; the first is what the check proposes."""
    of_no_day: Forms
    """Said of what happened more than once, or over some time."""
    attached: Forms
    settled: Forms
    """Of an invoice: nothing of it is open."""
    unsettled: Forms
    """What has such a word in it and says the contrary."""
    money: Forms
    not_paid: Forms
    """Says it without a word for money."""
    unpaid: Forms
    """After a word for money, in one clause: it has not come."""


class PromisedDays(Model):
    """How one says by when one does something; ``{}`` is the day."""

    today: ShortLine
    tomorrow: ShortLine
    later: ShortLine


class DayFirst(Model):
    """How days are written in a letter of whoever types “2 November”."""

    date: Line
    date_and_year: Line
    money: Forms
    """The money of those who do, where no day is typed."""
    other_money: Forms
    """Of those who type the month first."""


class LetterManners(Model):
    """What all letters of one language share."""

    date: Line
    """How a day of this year is written, in the patterns of CLDR: ``d MMMM``."""
    date_and_year: Line
    """How any other day is."""
    day_first: DayFirst | None = None
    """None in languages that have one way to write a day."""
    promised: PromisedDays
    in_months: tuple[ShortLine, ...] = Field(min_length=12, max_length=12)
    """“In January” and so on."""
    for_months: tuple[ShortLine, ...] = Field(min_length=12, max_length=12)
    """“For January”: what was to be paid."""
    of_a_year: ShortLine
    """How such a month is said of another year."""
    unsigned: ShortLine
    """What stands in the draft while there is no signature."""
    fact: Source
    """A dated fact of a sign that has no line of its own."""
    own_fact: Source
    """A fact in the person's own words."""
    on_what: Source
    """What the work is about, as it goes on from «работа» and «проект»; begins with a space."""
    parts: dict[Id, PartText] = Field(default_factory=dict)
    """Parts that a letter need not write itself."""
    typed: TypedForLetters


class LettersWords(LetterManners):
    """``words/<language>/letters.toml``: the same, with what the coach says of all letters."""

    tones: dict[Tone, SignLabel]
    lengths: dict[Length, SignLabel]
    soon: dict[Soon, SignLabel]
    names: dict[Id, ShortLine]
    """Part → its name in the list of what can be changed."""
    holding: tuple[Phrase, ...] = Field(min_length=3)
    """Replies that win time until the next day."""


class FactLine(Model):
    """``words/<language>/fact_lines/<sign>.toml``: a fact of this sign, worded neutrally."""

    line: Source | None = None
    """None: a fact about the freelancer, not one to quote to a client."""


class ChecklistItemData(Model):
    """One thing to see to before parting."""

    id: Id
    blank: Id | None = None
    """The blank of the farewell that takes what is still open."""
    not_after: tuple[Id, ...] = ()
    """Signs after which nobody is told of it."""


class ChecklistData(Model):
    """``checklist.toml``."""

    item: tuple[ChecklistItemData, ...] = Field(min_length=1)
    sources: tuple[SourceRef, ...] = Field(min_length=1)


class ChecklistItemWords(Model):
    """How one thing is ticked, why it matters, and the step of the plan while it is open."""

    label: ShortLine
    why: Annotated[Line, Field(max_length=160)]
    step: Title


class ChecklistWords(Model):
    """``words/<language>/checklist.toml``."""

    intro: Annotated[Line, Field(max_length=160)]
    item: dict[Id, ChecklistItemWords]
