"""A delay is read where the text is sure of one; an agreed term is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.knowledge import Knowledge, Words
from content.reading.delays import is_exact, read_delay
from tests.content.reading.cases import rows

ROWS = rows(
    "delays.tsv", "delays_second.tsv", "delays_third.tsv", "delays_fourth.tsv", "delays_fifth.tsv"
)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_a_delay_is_read_in_days(words: Words, text: str, expected: str) -> None:
    found = read_delay(words.reading, text)

    assert (str(found.days) if found else "") == expected


def test_a_delay_knows_its_place_also_in_a_later_sentence(words: Words) -> None:
    text = "Ёлки! Сайт сдан. Оплату задержал на 18 дней, молчит."
    found = read_delay(words.reading, text)

    assert found is not None
    assert text[found.start : found.end] == "18 дней"


@given(st.text(alphabet="0123456789 днейнедльмсцжу,.вчрз", max_size=60))
def test_a_delay_lies_within_the_text(knowledge: Knowledge, text: str) -> None:
    found = read_delay(knowledge.words("ru").reading, f"задержал {text}")

    assert found is None or (0 <= found.start < found.end <= len(text) + 9 and found.days >= 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("задержал на 18 дней", True),
        ("45 дней вместо 30", True),
        ("задержал на 20 дней - и молчит", True),
        ("вторая неделя пошла, а денег нет", False),
        ("задержка три-четыре дня", False),
        ("опоздал на 3-4 дня", False),
        ("опоздал на 2 или 3 недели", False),
        ("на неделю-две задержали", False),
    ],
)
def test_a_delay_is_exact_where_one_number_counts_what_is_over(
    words: Words, text: str, *, expected: bool
) -> None:
    delay = read_delay(words.reading, text)

    assert delay
    assert is_exact(words.reading, text, delay) is expected
