"""How well the checker tells sentences that address the reader from ones that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.checking.checker import check
from content.checking.findings import Rule


@dataclass(frozen=True, slots=True)
class Score:
    """What was found of what should be, and what should not."""

    found: int
    missed: tuple[str, ...]
    mistaken: tuple[str, ...]

    @property
    def recall(self) -> float:
        """The share found of the sentences that address the reader, 0 to 1."""
        return self.found / (self.found + len(self.missed))

    @property
    def precision(self) -> float:
        """The share of what was found that does address the reader, 0 to 1."""
        return self.found / (self.found + len(self.mistaken))


def read_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a test set: one a line, headings begin with ``#``."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def score(addressing: Sequence[str], clean: Sequence[str], language: str = "ru") -> Score:
    """Check sentences of both kinds for the second person; the first must not be empty."""

    def speaks(sentence: str) -> bool:
        return bool(check(sentence, language=language, rules=frozenset({Rule.SECOND_PERSON})))

    missed = tuple(sentence for sentence in addressing if not speaks(sentence))
    return Score(
        found=len(addressing) - len(missed),
        missed=missed,
        mistaken=tuple(sentence for sentence in clean if speaks(sentence)),
    )
