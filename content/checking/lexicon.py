"""The reviewed words of the checker: one folder of ``content/data/checking`` per language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Annotated, Self

from pydantic import BaseModel, Field, RootModel, model_validator

from content.checking.findings import Rule
from content.checking.patterns import PatternText
from content.models import Language, Line, Model, Title
from content.russian.lexicon import (
    RussianDoubts,
    RussianGrammar,
    RussianHaste,
    RussianOrdinary,
)
from content.wordlists import M, OrdinaryWords, WordList, WordSet, read_file


class RuleText(Model):
    """How a rule is told: its name, and why the letter is better without."""

    label: Title
    why: Annotated[Line, Field(max_length=200)]


class RuleTexts(RootModel[dict[Rule, RuleText]]):
    """``rules.toml``: every rule."""

    @model_validator(mode="after")
    def _of_every_rule(self) -> Self:
        if missing := frozenset(Rule) - self.root.keys():
            raise ValueError(f"lacks {', '.join(sorted(missing))}")
        return self

    def __getitem__(self, rule: Rule) -> RuleText:
        return self.root[rule]


class Wordings(Model):
    """Turns of speech that a rule looks for."""

    say: tuple[PatternText, ...] = Field(min_length=1)
    but: tuple[PatternText, ...] = ()
    """Innocent turns: what lies within one is not found."""
    drop: tuple[PatternText, ...] = ()
    """More turns; here the fix is to leave the words out."""
    free: int = Field(default=0, ge=0)
    """How many may stand in a letter before one is too many."""
    never_free: tuple[PatternText, ...] = ()
    """Those of ``say`` that are too many even alone."""
    told: tuple[PatternText, ...] = ()
    """Before what somebody else has said: up to the next ``;`` nothing is found there."""


class Lexicon(Model):
    """``lexicon.toml``: the rules that are lists of turns."""

    judging_word: Wordings
    absolute: Wordings
    impatience: Wordings
    threat: Wordings
    apology: Wordings
    legal_claim: Wordings


class Cues(Model):
    """``cues.toml``: by what a letter shows that it has what it should have."""

    months: WordList
    units: WordList
    on: WordSet = frozenset()
    """Before a day that heads a line with a comma behind it: “on May 9, 14 edits”."""
    ahead: WordSet = frozenset()
    """With one of these such a line tells of no fact."""
    """What is counted: days, hours, roubles, pages."""
    happened: tuple[PatternText, ...] = ()
    """What tells that a thing came to pass; Russian has its past tense for that."""
    not_a_fact: tuple[PatternText, ...]
    """A sentence on the last working day tells no fact, though it has a date."""
    state: tuple[PatternText, ...]
    handover: tuple[PatternText, ...]
    replacement: tuple[PatternText, ...]
    door: tuple[PatternText, ...]
    ending: tuple[PatternText, ...]
    closing: tuple[PatternText, ...]
    """«С уважением»: a name follows."""


class RussianAddress(Model):
    """``ru/second_person.toml``. What each list does, the file says."""

    forms: WordList
    courtesy: WordList
    never_verbs: WordList
    titles: WordList
    firms: WordList
    places: WordList
    quantities: WordList
    times: WordList
    dates: WordList
    passing: WordList
    thing_verbs: WordList
    of_people: WordList
    addressing: WordList
    addressing_if: WordList
    ours: WordList
    subordinating: WordList
    conditions: WordList
    blaming: WordList
    blaming_nouns: WordList
    accepting: WordList
    agreeing: WordList
    in_time: WordList
    idioms: tuple[PatternText, ...]

    @cached_property
    def sets(self) -> Mapping[str, frozenset[str]]:
        """The lists, by name, to look words up in."""
        return {name: frozenset(words) for name, words in self if name != "idioms"}


class Replaced(Model):
    """A verb that another one is better said for: «прислали правки» → «правки пришли»."""

    verb: Line
    by: Line


class Turn(Model):
    """A whole turn and what is said instead, with ``{*}`` for the adverbs that ``*`` skipped."""

    say: PatternText
    by: str = ""
    """Empty: the turn is left out."""
    we: str = ""
    """What «мы» say instead; empty: the same."""
    alone: bool = False
    """Only where the turn is all that its sentence says."""
    kept: bool = False
    """Only the writer knows what to say instead."""


class Nominal(Model):
    """A verb that its noun is better said for: «не ответили» → «ответа не было»."""

    verbs: WordList
    noun: Line
    was: Line
    """The verb that says in the past that there was such a thing."""
    preps: WordList = ()
    """What is said after the noun with these belongs to it: «ответа на письмо не было»."""
    about: str = ""
    """The preposition between the noun and what was the verb's object: «просьба о скидке»."""
    done: bool = False
    """Whether nothing is said where it was not done: «не приняли» is no lack of work."""
    of_work: bool = False
    """Whether it is said of the work, where the verb has no object of its own."""
    more: str = ""
    """What is asked for where there is to be more of it: «просьба добавить ещё страницу»."""
    still: str = ""
    """The verb that says in the present that it goes on: «есть просьба убирать и двор»."""
    now: str = ""
    """The same in the present, where it is told how: «ответы приходят поздно»."""


class RussianFixes(Model):
    """``ru/fixes.toml``. What each list does, the file says."""

    passive: WordList
    reflexive: WordList
    attached: WordList
    dropping: tuple[PatternText, ...]
    kept_with: WordList
    not_asked: WordList
    telling: WordList
    money: WordList
    insults: WordList
    absolutes: WordList
    meetings: WordList
    replaced: tuple[Replaced, ...]
    nominal: tuple[Nominal, ...]
    turns: tuple[Turn, ...]


class EnglishOrdinary(OrdinaryWords):
    """``en/ordinary.toml``."""

    mass: WordSet
    small: WordList


class EnglishHaste(Model):
    """``en/haste.toml``. What each list does, the file says."""

    finite: WordSet
    determiners: WordSet
    ever: WordSet
    how: WordSet
    felt: WordSet
    qualities: WordSet
    when: WordSet
    on_these: WordSet
    less: WordSet
    only: WordList
    before_a_sum: WordList
    ordered: WordList
    now: WordList
    no_order: WordList
    asked: WordList
    asked_about: WordList
    nobody: WordSet
    owners: WordList
    owned: WordList
    measures: WordList
    no_thing: WordList
    joined: WordList
    numbered: WordList
    counted: WordList
    kinds: WordList
    of_many: WordList
    several: WordList
    behind_counted: WordList
    one_of: WordList
    no_noun: WordList
    nth: WordList
    done: WordSet
    before_a_date: WordSet
    before_on: WordSet
    before_not: WordList
    not_so: WordList
    same: WordList
    doing: WordList
    paid: WordList
    subjects: WordSet
    who: WordSet
    pointing: WordSet
    being_there: WordList
    aside: WordSet
    its_verb: WordList
    its_state: WordList
    then: WordList
    of_a_sum: WordSet
    often: WordSet
    before_weekday: WordList
    of_people: WordList
    family: WordList
    of_one: dict[Line, Line]
    short: dict[Line, Line]


class EnglishDoubts(Model):
    """``en/doubts.toml``. What each list does, the file says."""

    joints: WordSet
    under: WordSet
    parting: WordSet
    attributive: WordSet
    wholes: WordSet
    before_no: WordList
    behind_done: WordSet
    behind_no: WordList
    before_a_thing: WordList
    bare: WordSet
    past: WordSet
    ends: WordSet
    subjects: WordSet
    clauses: WordSet
    thats: WordSet
    saying: WordSet
    helpers: WordSet
    objects: WordSet
    states: WordSet
    being: WordSet
    people: WordSet
    rated: WordList
    of_money: WordList
    priced: WordList
    passing: WordList
    chat: WordSet
    elided: WordSet
    casual: WordList
    open: WordList
    dangling: WordList
    trade: WordSet


class Retold(Model):
    """What a note says of somebody it does not name → what happened instead."""

    say: Line
    """A regular expression; what stands in it behind ``@``, the file says."""
    by: Line
    once: str = ""
    """Said instead of what was on one day; empty: the same."""


class EnglishNotes(Model):
    """``en/notes.toml``. What each list does, the file says."""

    counts: WordSet
    with_verb: WordSet
    between: WordSet
    prepositions: WordSet
    leading: WordSet
    before_a_day: WordSet
    behind: WordSet
    participles: WordSet
    of_things: WordSet
    small: WordSet
    firms: WordSet
    by_phone: WordSet
    keeping: dict[Line, Line]
    doubling: WordSet
    of_one_thing: WordSet
    by_themselves: WordSet
    noting: WordSet
    to_come: WordSet
    alike: WordSet
    the_reader: WordList
    readers_of_things: WordSet
    late: WordSet
    degrees: WordSet
    nth: WordSet
    with_article: WordSet
    uncounted: WordSet
    of_one: WordSet
    subjects: WordSet
    being: WordSet
    relatives: WordSet
    retold: tuple[Retold, ...]


class OwnWords(Model):
    """``own_words.toml``: which typed words of a fact a letter may repeat. The file says more."""

    passing: tuple[PatternText, ...]
    accusing: dict[PatternText, str] = Field(default_factory=dict)
    """What a letter's own sentences may name, but no fact → what to say of it; "" where nothing."""
    towards: WordSet = frozenset()
    """Behind such a noun, before those who are meant: «крик на менеджера»."""
    begins: tuple[PatternText, ...] = ()
    """Russian needs neither this nor what follows: its dictionary tells who does something."""
    somebody: tuple[PatternText, ...] = ()
    led: WordList = ()
    deeds: WordList = ()
    events: dict[str, str] = Field(default_factory=dict)


class EnglishFix(Model):
    """«you did not pay the invoice» → «the invoice was not paid»."""

    base: Line
    past: Line
    participle: Line
    by: str = ""
    """A verb in the past said instead of the passive: «came» for «were sent»."""


class EnglishAddress(Model):
    """``en/second_person.toml``. What each list does, the file says."""

    forms: WordList
    courtesy: tuple[PatternText, ...]
    accepting: tuple[PatternText, ...]
    saying: WordList
    praise: WordList
    not_served: WordList
    serving: WordList
    handing: WordList
    will: WordList
    thanking: WordList
    imperatives: WordList
    before_imperatives: WordList
    object_ends: WordList
    kept_with: WordList
    blaming: WordList
    verbs: tuple[EnglishFix, ...]
    turns: tuple[Turn, ...]


SHAPES: Mapping[Language, Mapping[str, type[BaseModel]]] = {
    Language("ru"): {
        "rules": RuleTexts,
        "lexicon": Lexicon,
        "cues": Cues,
        "second_person": RussianAddress,
        "fixes": RussianFixes,
        "grammar": RussianGrammar,
        "haste": RussianHaste,
        "doubts": RussianDoubts,
        "ordinary": RussianOrdinary,
        "own_words": OwnWords,
    },
    Language("en"): {
        "rules": RuleTexts,
        "lexicon": Lexicon,
        "cues": Cues,
        "second_person": EnglishAddress,
        "ordinary": EnglishOrdinary,
        "haste": EnglishHaste,
        "doubts": EnglishDoubts,
        "notes": EnglishNotes,
        "own_words": OwnWords,
    },
}
"""The files of each language's folder."""


@cache
def read(language: str, model: type[M]) -> M:
    """Read the file of a language that has this shape. Raises ``LookupError`` without one."""
    for name, shape in SHAPES.get(Language(language), {}).items():
        if shape is model:
            found: M = read_file(language, name, model)
            return found
    raise LookupError(f"no letter in {language!r} can be checked")
