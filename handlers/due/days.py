"""Reading a day that somebody typed, in the past or in the future."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import get_month_names

NUMBERS = re.compile(r"(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{2}|\d{4}))?(?: ?г\.?)?")
WORDS = re.compile(r"(?:(\d{1,2})\.? )?([^\W\d_]{3,})\.?(?: (\d{1,2}))?(?:,? (\d{4}))?(?: ?г\.?)?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def read_day(text: str, today: date) -> date | None:
    """Return the day that «5 декабря», «5.12», «05.12.2026» or "December 5" means.

    Without a year it is the one nearest to today.
    """
    typed = " ".join(text.casefold().split()).strip(" .,")
    if whole := ISO.fullmatch(typed):
        return _day(int(whole[1]), int(whole[2]), int(whole[3]))
    if numbers := NUMBERS.fullmatch(typed):
        day, month, year = int(numbers[1]), int(numbers[2]), numbers[3]
    elif words := WORDS.fullmatch(typed):
        number = words[1] or words[3]
        found = _months().get(words[2]) or _months().get(words[2][:3])
        if number is None or found is None:
            return None
        day, month, year = int(number), found, words[4]
    else:
        return None
    if year is not None:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)  # noqa: PLR2004 - «26»
    near = (_day(today.year + step, month, day) for step in (0, 1, -1))
    return min((each for each in near if each), key=lambda each: abs(each - today), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Return the names of the months, whole and by their first three letters, in ru and en."""
    return dict(_names())


def _names() -> Iterator[tuple[str, int]]:
    for language in ("ru", "en"):
        for context in ("format", "stand-alone"):
            names = get_month_names("wide", context, Locale.parse(language))
            for number, name in names.items():
                yield name.casefold(), number
                yield name.casefold()[:3], number
