"""The letters, loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from content.letters.models import (
    ChecklistData,
    ChecklistWords,
    FactLine,
    LetterData,
    LetterId,
    LetterManners,
    LettersWords,
    LetterText,
    LetterWords,
)
from content.models import Language


@dataclass(frozen=True, eq=False)
class LetterKind:
    """One kind of letter in every language it can be written in."""

    id: LetterId
    data: LetterData
    texts: Mapping[Language, LetterText]
    """The languages one can choose from."""
    manners: Mapping[Language, LetterManners]
    """What letters share, at least in those languages."""


@dataclass(frozen=True, eq=False)
class LetterTalk:
    """What the coach says about letters in one of its own languages."""

    letters: Mapping[LetterId, LetterWords]
    common: LettersWords
    checklist: ChecklistWords


@dataclass(frozen=True, eq=False)
class Letters:
    """All that is known of letters."""

    kinds: Mapping[LetterId, LetterKind]
    """In the order they are listed."""
    talk: Mapping[Language, LetterTalk]
    fact_lines: Mapping[Language, Mapping[str, FactLine]]
    """Language of a letter → sign → how a fact of it reads."""
    manners: Mapping[Language, LetterManners]
    checklist: ChecklistData
    """What to see to before parting."""
