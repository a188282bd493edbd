"""The dictionary of Russian word forms, loaded once and only when first asked for."""

from __future__ import annotations

from functools import cache
from typing import Protocol


class Tag(Protocol):
    """Grammemes of one reading of a word; ``"femn" in tag`` asks for one of them."""

    @property
    def POS(self) -> str | None: ...  # noqa: D102, N802  the library's own name
    @property
    def case(self) -> str | None: ...  # noqa: D102
    @property
    def gender(self) -> str | None: ...  # noqa: D102
    @property
    def number(self) -> str | None: ...  # noqa: D102
    @property
    def person(self) -> str | None: ...  # noqa: D102
    @property
    def tense(self) -> str | None: ...  # noqa: D102
    @property
    def mood(self) -> str | None: ...  # noqa: D102
    def __contains__(self, grammeme: str) -> bool: ...  # noqa: D105


class Parse(Protocol):
    """One reading of a word, the likeliest first in a list of them."""

    @property
    def word(self) -> str: ...  # noqa: D102
    @property
    def normal_form(self) -> str: ...  # noqa: D102
    @property
    def tag(self) -> Tag: ...  # noqa: D102
    @property
    def score(self) -> float: ...  # noqa: D102
    @property
    def is_known(self) -> bool: ...  # noqa: D102

    def inflect(self, required_grammemes: set[str]) -> Parse | None:
        """Return the form with these grammemes, None where there is none."""


class Morphology(Protocol):
    """What is used of pymorphy3, which ships no annotations."""

    def parse(self, word: str) -> list[Parse]:
        """Return every reading of a word."""

    def word_is_known(self, word: str) -> bool:
        """Tell whether the word stands in the dictionary."""


@cache
def morphology() -> Morphology:
    """Return the analyzer; the first call takes a fifth of a second and 15 MB."""
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415  only for those who need it

    analyzer: Morphology = MorphAnalyzer()
    return analyzer
