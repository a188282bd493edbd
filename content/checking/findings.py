"""What the checker says of a letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class Rule(StrEnum):
    """One thing that a letter must not say or must not lack."""

    SECOND_PERSON = "second_person"
    BLAME = "blame"
    JUDGING_WORD = "judging_word"
    ABSOLUTE = "absolute"
    IMPATIENCE = "impatience"
    THREAT = "threat"
    APOLOGY = "apology"
    LEGAL_CLAIM = "legal_claim"
    MISSING_FACT = "missing_fact"
    MISSING_STATE = "missing_state"
    MISSING_HANDOVER = "missing_handover"
    MISSING_REPLACEMENT = "missing_replacement"
    MISSING_DOOR = "missing_door"
    MISSING_ENDING = "missing_ending"
    MISSING_DATE = "missing_date"
    MISSING_SIGNATURE = "missing_signature"
    PAST_DAY = "past_day"
    DAY_OFF = "day_off"
    DAY_ORDER = "day_order"
    NO_CURRENCY = "no_currency"
    ATTACHMENT = "attachment"
    OPEN_BILL = "open_bill"
    NICKNAME = "nickname"
    UNTOLD = "untold"
    WEEKDAY = "weekday"
    UNSURE = "unsure"
    RUN_ON = "run_on"
    SHORTHAND = "shorthand"
    UNFINISHED = "unfinished"
    PASSING = "passing"


Rules: TypeAlias = frozenset[Rule]
"""The rules a kind of letter is held to."""

OF_THE_DAY: Rules = frozenset(
    (
        Rule.PAST_DAY,
        Rule.DAY_OFF,
        Rule.DAY_ORDER,
        Rule.NO_CURRENCY,
        Rule.ATTACHMENT,
        Rule.OPEN_BILL,
        Rule.NICKNAME,
        Rule.UNTOLD,
        Rule.WEEKDAY,
        Rule.UNSURE,
        Rule.RUN_ON,
        Rule.SHORTHAND,
        Rule.UNFINISHED,
        Rule.PASSING,
    )
)
"""What the text alone does not tell: ``content.letters.review`` looks at what it was made of."""
BLAMELESS: Rules = frozenset(
    (
        Rule.BLAME,
        Rule.JUDGING_WORD,
        Rule.ABSOLUTE,
        Rule.IMPATIENCE,
        Rule.THREAT,
        Rule.APOLOGY,
        Rule.LEGAL_CLAIM,
    )
)
"""The tone of letters while the work goes on: they may say «вам» and «пришлите, пожалуйста»."""
FAREWELL: Rules = frozenset(Rule) - OF_THE_DAY - {Rule.BLAME}
"""A letter of parting does not speak to its reader at all, and has everything it should."""


class Doubt(NamedTuple):
    """A place in a text, which rule it breaks, and what surely stands there instead."""

    rule: Rule
    start: int
    end: int
    fix: str | None = None


class Known(NamedTuple):
    """Which words in small letters the language has, and which it has as names alone."""

    words: Callable[[str], bool] = str.isalpha
    common: Callable[[str], bool] = str.isdigit
    """Which of them are so common that a strange word may be meant for one."""
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a text, in code points: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DayAsked:
    """A blank that wants another day, so that what the letter sets and what it says stay one."""

    blank: str
    day: dt.date | None = None
    """Which one; none where only the writer can tell."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at in a letter; never an order, its writer may keep it."""

    rule: Rule
    start: int | None
    """In code points; none, as ``end``, for what is missing."""
    end: int | None
    excerpt: str
    """``text[start:end]``; empty for what is missing."""
    why: str
    fix: str | None
    """What to write instead of the excerpt; none where only the writer can tell."""
    move: DayAsked | None = None
    """Where it is about a day that was answered."""
