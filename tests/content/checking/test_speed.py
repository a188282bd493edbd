"""Pasted texts, huge and hostile, are checked fast enough to be read beside."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from content.checking import check
from tests.content.checking.scores import read_sentences

SENTENCES = read_sentences(
    (Path(__file__).parents[2] / "cases/checking/second_person.txt").read_text("utf-8")
)
LONGEST = 4096
SECONDS = 3
"""Of CPU, since this test shares its machine with others; six times what it takes there."""


@pytest.mark.parametrize(
    "text",
    [
        " ".join(SENTENCES[:200]),
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
def test_a_long_text_is_checked_quickly(text: str) -> None:
    check("Вы!")  # loads the dictionary
    for language in ("ru", "en"):
        started = time.process_time()
        check(text[:LONGEST], language=language)
        assert time.process_time() - started < SECONDS
