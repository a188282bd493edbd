"""What the checker says of a letter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Rule(StrEnum):
    """One thing that a letter must not say or must not lack."""

    SECOND_PERSON = "second_person"
    JUDGING_WORD = "judging_word"
    ABSOLUTE = "absolute"
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


Rules: TypeAlias = frozenset[Rule]
"""The rules a kind of letter is held to."""

ALL_RULES: Rules = frozenset(Rule)
FAREWELL: Rules = ALL_RULES
"""A farewell is held to all of them."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a text, in code points: ``text[start:end]``."""

    start: int
    end: int


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
