"""Pasted texts, huge and hostile, are checked fast enough to be read beside."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from time import process_time
from timeit import repeat

import pytest

from content.checking import check
from tests.content.checking.scores import read_sentences

SENTENCES = read_sentences(
    (Path(__file__).parents[2] / "cases/checking/second_person.txt").read_text("utf-8")
)
LONGEST = 4096
TIMES = 15
"""A hostile text takes up to five times as long as sentences that are as long, both seen here."""


@pytest.mark.speed
@pytest.mark.parametrize(
    "text",
    [
        "вы " * LONGEST,
        "вы, " * LONGEST,
        "не " * LONGEST,
        "правки и " * LONGEST,
        "в два " * LONGEST,
        "передать в " * LONGEST,
        "«" * LONGEST,
        '"' * LONGEST,
        "«а" * LONGEST,
        "." * LONGEST,
        "а_а" * LONGEST,
        "а" * LONGEST,
        "1 " * LONGEST,
        "you " * LONGEST,
        "\n" * LONGEST,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_hostile_text_takes_about_as_long_as_sentences(text: str) -> None:
    for language in ("ru", "en"):
        assert seconds(text, language) < TIMES * seconds(" ".join(SENTENCES), language)


@cache
def seconds(text: str, language: str) -> float:
    """Return the CPU time of a check, the shorter of two: the first one loads a dictionary."""
    text = text[:LONGEST]
    once = partial(check, text, language=language)
    return min(repeat(once, timer=process_time, number=1, repeat=2))
