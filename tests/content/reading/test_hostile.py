"""No text is read longer than its length says: one that is would hold up everybody."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from content.knowledge import Words
from content.places import find_city
from content.reading.amounts import amounts
from content.reading.days import named_days
from content.reading.delays import read_delay
from content.reading.hours import read_hours
from content.reading.signs import classify
from content.reports import typed_lines, words_in
from content.russian.names import mentioned
from storage.texts import clean_text

TODAY = date(2026, 11, 21)
FEW, MANY = 500, 2_000
LITTLE = 0.002
"""Seconds that nobody notices."""
PIECES = (
    "1",
    "два ",
    "2 пятницы ",
    "50 центов ",
    "1 ",
    "?",
    "-",
    "а-",
    "«",
    "‹",
    " ",
    "пере",
    "1 ноября ",
    "1000 рублей ",
    "И.",
    "a1",
)


def seconds(read: Callable[[], object], times: int) -> float:
    """Return the processor's time, the shortest of so many: others work beside."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        read()
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_about_four_times_as_long(words: Words, piece: str) -> None:
    reading = words.reading
    readers: dict[str, Callable[[str], object]] = {
        "amounts": partial(amounts, reading),
        "days": lambda text: named_days(reading, text, TODAY, ahead=None),
        "delays": partial(read_delay, reading),
        "hours": partial(read_hours, reading),
        "signs": partial(classify, words),
        "names": partial(mentioned, ("Иван Петров", "ООО «Вектор»")),
        "cities": find_city,
        "lines": typed_lines,
        "words": words_in,
        "clean": clean_text,
    }
    slow = {}
    for name, read in readers.items():
        few, many = ((piece * length)[:length] for length in (FEW, MANY))
        read(few[:3])  # what is learned once is learned
        long = seconds(partial(read, many), 1)
        if long > LITTLE and long > 9 * (short := seconds(partial(read, few), 3)):
            again = seconds(partial(read, many), 3)  # once may be chance
            if again > LITTLE and again > 9 * short:
                slow[name] = (short, again)
    assert slow == {}
