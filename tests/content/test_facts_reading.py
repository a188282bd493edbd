"""Amounts, spans of time and days are read from what people type."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.facts.amounts import amounts, delay_days
from content.facts.dates import read_date

TODAY = dt.date(2026, 11, 22)
"""A Sunday."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("счёт на 60 000 ₽, пришло 40\u00a0000 ₽",
         [("60000", "RUB", "60 000 ₽"), ("40000", "RUB", "40\u00a0000 ₽")]),
        ("должен 60к", [("60000", "RUB", "60к")]),
        ("60 тыс. за макет", [("60000", "RUB", "60 тыс.")]),
        ("20 тысяч рублей", [("20000", "RUB", "20 тысяч рублей")]),
        ("1,5 млн", [("1500000", "RUB", "1,5 млн")]),
        ("2 миллиона", [("2000000", "RUB", "2 миллиона")]),
        ("3 ляма", [("3000000", "RUB", "3 ляма")]),
        ("15 000 р.", [("15000", "RUB", "15 000 р.")]),
        ("250,50 руб", [("250.5", "RUB", "250,50 руб")]),
        ("200 долларов", [("200", "USD", "200 долларов")]),
        ("$200 и 300€", [("200", "USD", "$200"), ("300", "EUR", "300€")]),
        ("€ 1 200", [("1200", "EUR", "€ 1 200")]),
        ("50 баксов, 10 евро", [("50", "USD", "50 баксов"), ("10", "EUR", "10 евро")]),
        ("в 12:30 прислал 12 правок, 5 км, в 2026 году", []),
        ("60 кругов правок", []),
    ],
)  # fmt: skip
def test_amounts_are_read_with_their_currency_and_place(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    found = [(each.value, each.currency, text[each.start : each.end]) for each in amounts(text)]

    assert found == [(Decimal(value), currency, part) for value, currency, part in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("задержал на 18 дней", [(18, "18 дней")]),
        ("Две недели тишины", [(14, "Две недели")]),
        ("третью неделю кормит завтраками", [(21, "третью неделю")]),
        ("месяц жду", [(30, "месяц")]),
        ("полтора месяца", [(45, "полтора месяца")]),
        ("на полмесяца", [(15, "полмесяца")]),
        ("задержал на неделю", [(7, "неделю")]),
        ("полгода без договора", [(182, "полгода")]),
        ("5-й день", [(5, "5-й день")]),
        ("пару дней", [(2, "пару дней")]),
        ("десять дней", [(10, "десять дней")]),
        ("трое суток, четвёртый месяц", [(3, "трое суток"), (120, "четвёртый месяц")]),
        ("10 дней и месяц", [(10, "10 дней"), (30, "месяц")]),
        ("двадцать дней", []),
        ("пятьдесят дней", []),
        ("три дня назад", []),
        ("2 недели тому назад", []),
        ("на прошлой неделе, каждый месяц, раз в месяц, в день сдачи, сегодня", []),
    ],
)
def test_spans_of_time_are_read_in_days(text: str, expected: list[tuple[int, str]]) -> None:
    found = [(each.days, text[each.start : each.end]) for each in delay_days(text)]

    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("сегодня", "2026-11-22"),
        ("Вчера вечером", "2026-11-21"),
        ("позавчера", "2026-11-20"),
        ("12 ноября", "2026-11-12"),
        ("3-го марта", "2026-03-03"),
        ("15 мая 2025", "2025-05-15"),
        ("25 ноября", "2025-11-25"),
        ("12.11", "2026-11-12"),
        ("12.11.2026", "2026-11-12"),
        ("12/11/25", "2025-11-12"),
        ("30.12", "2025-12-30"),
        ("2026-11-01", "2026-11-01"),
        ("29.02", "2024-02-29"),
        ("три дня назад", "2026-11-19"),
        ("10 дней назад", "2026-11-12"),
        ("день назад", "2026-11-21"),
        ("неделю назад", "2026-11-15"),
        ("2 недели тому назад", "2026-11-08"),
        ("месяц назад", "2026-10-22"),
        ("5 месяцев назад", "2026-06-22"),
        ("11 месяцев назад", "2025-12-22"),
        ("12 месяцев назад", "2025-11-22"),
        ("в пятницу", "2026-11-20"),
        ("в воскресенье", "2026-11-15"),
        ("в прошлый вторник", "2026-11-17"),
        ("в пятницу на прошлой неделе", "2026-11-13"),
        ("на прошлой неделе в среду", "2026-11-11"),
    ],
)
def test_a_typed_day_is_read_into_the_past(text: str, expected: str) -> None:
    assert read_date(text, TODAY) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        "", "не помню", "завтра в 10", "послезавтра", "через неделю", "в следующий вторник",
        "12.12.2026", "2026-12-01", "31.02", "32 марта", "12.13", "31.02.2026", "много дней назад",
        "99999999999 дней назад", "999 месяцев до", "версия 1.2.3.4",
    ],
)  # fmt: skip
def test_what_names_no_day_or_one_to_come_is_none(text: str) -> None:
    assert read_date(text, TODAY) is None


def test_a_month_before_the_last_day_is_the_last_day_too() -> None:
    assert read_date("месяц назад", dt.date(2026, 3, 31)) == dt.date(2026, 2, 28)
    assert read_date("месяц назад", dt.date(2026, 1, 31)) == dt.date(2025, 12, 31)


@given(text=st.text(max_size=60), days=st.integers(0, 20_000))
def test_no_text_ever_names_a_day_to_come(text: str, days: int) -> None:
    today = dt.date(2000, 1, 1) + dt.timedelta(days=days)
    read = read_date(text, today)

    assert read is None or read <= today


@given(st.text(alphabet="0123456789 дняеьмсцтк₽.,$", max_size=60))
def test_spans_lie_within_the_text(text: str) -> None:
    spans = [(each.start, each.end) for each in amounts(text)]
    spans += [(each.start, each.end) for each in delay_days(text)]

    assert all(0 <= start < end <= len(text) for start, end in spans)
