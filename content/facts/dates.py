"""The day a person means by what was typed: only a day that can have been, never one to come."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_COUNTS = {
    "один": 1, "одну": 1, "два": 2, "две": 2, "пару": 2, "три": 3, "четыре": 4, "пять": 5,
    "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10,
    "день": 1, "неделю": 1, "месяц": 1,
}  # fmt: skip
_NEAR = {"сегодня": 0, "вчера": 1, "позавчера": 2}
_UNITS = {"д": 1, "н": 7}
_NOT_A_DATE = re.compile(r"\b(завтра|послезавтра|через|следующ\w*|будущ\w*)\b")
_NEAR_WORD = re.compile(r"\b(сегодня|вчера|позавчера)\b")
_AGO = re.compile(
    r"(?:\b(?P<count>\d+|[а-я]+)\s+)?(?P<unit>день|дня|дней|недел[юиья]+|месяц(?:а|ев)?)"
    r"\s+(?:тому\s+)?назад\b"
)
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_NUMBERS = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{4}|\d{2}))?(?![\d.]\d|\d)"
)
_WORDS = re.compile(
    r"\b(?P<day>\d{1,2})(?:-?го)?\s+(?P<month>янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)"
    r"[а-я]*\.?(?:\s+(?P<year>\d{4}))?"
)
_WEEKDAY = re.compile(
    r"\b(?P<name>понедельник|вторник|сред[уаы]|четверг|пятниц[уаы]|суббот[уаы]|воскресенье)\b"
    r"(?P<week>.*прошлой неделе)?"
)


def read_date(text: str, today: dt.date) -> dt.date | None:
    """Return the day a text names, none where it names none or one after ``today``.

    Without a year the last such day is meant; «в пятницу» and «в прошлую пятницу» are the last
    Friday before today, «в пятницу на прошлой неделе» the one of the week before.
    """
    said = " ".join(text.casefold().replace("ё", "е").split())
    if _NOT_A_DATE.search(said):
        return None
    for pattern, reader in _READERS:
        if found := pattern.search(said):
            try:
                day = reader(found, today)
            except (ValueError, OverflowError):
                return None
            return day if day is not None and day <= today else None
    return None


def _near(found: re.Match[str], today: dt.date) -> dt.date:
    return today - dt.timedelta(days=_NEAR[found[1]])


def _ago(found: re.Match[str], today: dt.date) -> dt.date | None:
    said = found["count"] or found["unit"]
    count = int(said) if said.isdecimal() else _COUNTS.get(said)
    if count is None:
        return None
    if found["unit"][0] != "м":
        return today - dt.timedelta(days=count * _UNITS[found["unit"][0]])
    year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    # The 31st a month ago was the last day of a shorter month.
    following = dt.date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = (following - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(today.day, last))


def _numbers(found: re.Match[str], today: dt.date) -> dt.date | None:
    return _dated(int(found["day"]), int(found["month"]), found["year"], today)


def _words(found: re.Match[str], today: dt.date) -> dt.date | None:
    month = next(n for n, stem in enumerate(_MONTHS, 1) if found["month"].startswith(stem))
    return _dated(int(found["day"]), month, found["year"], today)


def _dated(day: int, month: int, year: str | None, today: dt.date) -> dt.date | None:
    if year:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), month, day)  # noqa: PLR2004
    for guess in range(today.year, today.year - 8, -1):  # 29 February comes once in eight at worst
        try:
            past = dt.date(guess, month, day)
        except ValueError:
            continue
        if past <= today:
            return past
    return None


def _weekday(found: re.Match[str], today: dt.date) -> dt.date:
    wanted = next(n for n, stem in enumerate(_WEEKDAYS) if found["name"].startswith(stem))
    if found["week"] or "прошлой неделе" in found.string[: found.start()]:
        monday = today - dt.timedelta(days=today.weekday() + 7)
        return monday + dt.timedelta(days=wanted)
    return today - dt.timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], dt.date | None]], ...] = (
    (_ISO, _numbers),
    (_NUMBERS, _numbers),
    (_WORDS, _words),
    (_AGO, _ago),
    (_NEAR_WORD, _near),
    (_WEEKDAY, _weekday),
)
