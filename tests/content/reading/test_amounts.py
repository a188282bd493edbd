"""Sums are read as people type them, and what is not money is not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.knowledge import Knowledge, Words
from content.reading.amounts import amounts, read_number
from tests.content.reading.cases import rows

ROWS = rows(
    "amounts.tsv",
    "amounts_second.tsv",
    "amounts_third.tsv",
    "amounts_fourth.tsv",
    "amounts_fifth.tsv",
)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_amounts_are_read_with_their_currency(words: Words, text: str, expected: str) -> None:
    found = [(each.value, each.currency) for each in amounts(words.reading, text)]

    wanted = [each.split() for each in expected.split("; ") if each]
    assert found == [(Decimal(value), currency) for value, currency in wanted]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Счёт на 60 000 ₽, пришло 40 000 ₽", ["60 000 ₽", "40 000 ₽"]),
        ("ЁЛКИ, $1,200.50 и полтора миллиона", ["$1,200.50", "полтора миллиона"]),
        ("тридцать пять тысяч двести рублей.", ["тридцать пять тысяч двести рублей"]),
        ("за это ещё 30 тыс. сверху", ["30 тыс."]),
    ],
)
def test_an_amount_knows_its_place_in_the_text(words: Words, text: str, said: list[str]) -> None:
    assert [text[each.start : each.end] for each in amounts(words.reading, text)] == said


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("60 000", 60000),
        ("60\N{NO-BREAK SPACE}000 ₽", 60000),
        ("60к", 60000),
        ("1,5 млн", 1_500_000),
        ("2.5", 2.5),
        ("часов 12", 12),
        ("около 30 %", 30),
        ("двадцать", 20),
        ("25.000", 25000),
        ("", None),
        ("10 и 20", None),
        ("10к и 20к", None),
        ("-3", None),
        ("много", None),
    ],
)
def test_one_number_is_read_and_several_are_not(
    words: Words, text: str, number: float | None
) -> None:
    assert read_number(words.reading, text) == number


@given(st.text(alphabet="0123456789 дняеьмсцтк₽.,$'-", max_size=60))
def test_an_amount_is_positive_and_lies_within_the_text(knowledge: Knowledge, text: str) -> None:
    found = amounts(knowledge.words("ru").reading, text)

    assert all(0 <= each.start < each.end <= len(text) and each.value >= 0 for each in found)
