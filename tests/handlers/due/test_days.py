"""Days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.due.days import read_day

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5 декабря", date(2026, 12, 5)),
        ("5 дек", date(2026, 12, 5)),
        ("5 дек.", date(2026, 12, 5)),
        ("  5   ДЕКАБРЯ  2027 г.", date(2027, 12, 5)),
        ("5.12", date(2026, 12, 5)),
        ("05.12.", date(2026, 12, 5)),
        ("5/12/26", date(2026, 12, 5)),
        ("05.12.2026", date(2026, 12, 5)),
        ("2026-12-05", date(2026, 12, 5)),
        ("December 5", date(2026, 12, 5)),
        ("5 December 2026", date(2026, 12, 5)),
        ("1 ноября", date(2026, 11, 1)),
        ("10 января", date(2027, 1, 10)),
        ("1 июня", date(2026, 6, 1)),
        ("29 февраля 2028", date(2028, 2, 29)),
    ],
)
def test_a_typed_day_is_read(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["", "завтра в десять", "31.02", "32 декабря", "5 брюмера", "декабря", "12", "99.99.9999"],
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert read_day(typed, TODAY) is None
