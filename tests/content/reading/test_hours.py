"""Times of day are read as people type them."""

from __future__ import annotations

from datetime import time

import pytest

from content.knowledge import Words
from content.reading.hours import read_hours, read_time


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("9", time(9)),
        ("9:05", time(9, 5)),
        ("9 часов", time(9)),
        ("21 ч", time(21)),
        ("в 7.30", time(7, 30)),
        ("в 7 ч 30", time(7, 30)),
        ("24", time(0)),
        ("в 9 утра", time(9)),
        ("9 вечера", time(21)),
        ("в 10 часов вечера", time(22)),
        ("12 дня", time(12)),
        ("12 ночи", time(0)),
        ("1 ночи", time(1)),
        ("11 ночи", time(23)),
        ("полночь", time(0)),
        ("в полдень", time(12)),
        ("14 вечера", None),
        ("25", None),
        ("9:60", None),
        ("", None),
        ("утром", None),
    ],
)
def test_times_are_read_as_people_type_them(words: Words, text: str, read: time | None) -> None:
    assert read_time(words.reading, text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("22-7", (time(22), time(7))),
        ("с 22:30 до 7:15", (time(22, 30), time(7, 15))),
        ("23 — 8", (time(23), time(8))),
        ("с 10 вечера до 8 утра", (time(22), time(8))),
        ("0–24", None),
        ("22", None),
    ],
)
def test_hours_are_read_as_people_type_them(
    words: Words, text: str, read: tuple[time, time] | None
) -> None:
    assert read_hours(words.reading, text) == read
