"""A delay is read where the text is sure of one; an agreed term is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.knowledge import Knowledge, Words
from content.reading.delays import read_delay
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
