"""How near a word is to another that may have been meant.

rapidfuzz is loaded when somebody types something that no list knows: 2.5 MB.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Iterable, Iterator


def nearest(
    word: str, among: Iterable[str], *, from_: float, limit: int
) -> Iterator[tuple[str, float]]:
    """Yield the words likeliest meant, the nearest first, with their likeness of 100."""
    from rapidfuzz import fuzz, process

    for each, like, _ in process.extract(
        word, [*among], scorer=fuzz.ratio, score_cutoff=from_, limit=limit
    ):
        yield each, like


def edits(one: str, other: str) -> int:
    """Return how many letters were put in, left out or taken for another."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other)
