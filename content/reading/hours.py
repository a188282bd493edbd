"""A time of day, or the hours from one to another: «9:30», «в 9 утра», «с 22 до 7», «полночь»."""

from __future__ import annotations

import re
from datetime import time
from functools import cache

from content.vocabulary import Vocabulary, any_of, one_of, plain, value_of

DAY = 24
HALF_DAY = 12


def read_time(vocabulary: Vocabulary, text: str) -> time | None:
    """Return the time that the whole text means: «9», «9:30», «в 9.30», «21 час», «9 вечера»."""
    found = _one(vocabulary).fullmatch(_squeezed(text))
    return _time(vocabulary, found, "") if found else None


def read_hours(vocabulary: Vocabulary, text: str) -> tuple[time, time] | None:
    """Return both times of «22-7», «22:30–7:00» or «с 22 до 7»; None where they are one."""
    found = _two(vocabulary).fullmatch(_squeezed(text))
    if found is None:
        return None
    start, end = _time(vocabulary, found, ""), _time(vocabulary, found, "_2")
    return (start, end) if start is not None and end is not None and start != end else None


def _squeezed(text: str) -> str:
    return " ".join(plain(text).split()).strip(" .,")


def _time(vocabulary: Vocabulary, found: re.Match[str], which: str) -> time | None:
    words = vocabulary.hours
    if name := found[f"name{which}"]:
        return time(int(value_of(words.names, name) or 0))
    hour, part = int(found[f"hour{which}"]), found[f"part{which}"]
    if part:
        if not 1 <= hour <= HALF_DAY:
            return None
        begin = int(value_of(words.parts, part) or 0)
        hour = (begin + (hour - begin) % HALF_DAY) % DAY
    try:
        return time(0 if hour == DAY else hour, int(found[f"minute{which}"] or 0))
    except ValueError:
        return None


def _clock(vocabulary: Vocabulary, which: str) -> str:
    words = vocabulary.hours
    hour = one_of(words.hour).replace(r"(?<!\w)", "")
    return (
        rf"(?:(?P<name{which}>{any_of(words.names)})|"
        rf"(?P<hour{which}>\d{{1,2}})(?:\s*(?:[:.]|{hour}\s*(?=\d))(?P<minute{which}>\d{{2}}))?"
        rf"(?:\s*{hour}\.?)?(?:\s*(?P<part{which}>{any_of(words.parts)}))?)"
    )


@cache
def _one(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of(vocabulary.hours.at)}\s+)?{_clock(vocabulary, '')}")


@cache
def _two(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = vocabulary.hours
    until = rf"(?:[-–—]|{one_of(words.until)})"
    return re.compile(
        rf"(?:{one_of(words.since)}\s+)?{_clock(vocabulary, '')}\s*{until}\s*"
        rf"{_clock(vocabulary, '_2')}"
    )
