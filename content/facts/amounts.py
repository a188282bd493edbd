"""Amounts of money and days of delay, where a text states them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d{1,2})?)(?![\d:])"
_SCALES = {"к": 1_000, "k": 1_000, "тыс": 1_000, "млн": 1_000_000, "лям": 1_000_000}
_CURRENCIES = {"₽": "RUB", "р": "RUB", "$": "USD", "дол": "USD", "бакс": "USD", "€": "EUR",
               "евро": "EUR"}  # fmt: skip
_SCALE = r"(?P<scale>[кk](?!\w)|тыс(?:яч\w*)?\.?|млн\.?|миллион\w*|лям\w*)"
_CURRENCY = r"(?P<currency>₽|руб\w*\.?|р\.?(?!\w)|\$|долл\w*\.?|доллар\w*|бакс\w*|€|евро)"
_AMOUNT = re.compile(
    rf"(?<![\d.,:])(?P<sign>[$€₽])?[ \u00a0]?{_NUMBER}[ \u00a0]?{_SCALE}?[ \u00a0]?{_CURRENCY}?",
    re.IGNORECASE,
)
_NUMERALS = {
    "од": 1, "дв": 2, "пар": 2, "тр": 3, "четыр": 4, "четв": 4, "пят": 5, "шест": 6, "седьм": 7,
    "сем": 7, "восем": 8, "восьм": 8, "девят": 9, "десят": 10, "полтор": 1.5, "перв": 1, "втор": 2,
}  # fmt: skip
_DELAY = re.compile(
    r"(?<!\w)(?:(?:(?P<digits>\d{1,3})(?:-?(?:й|ю|ый|ую|ой|го))?|(?P<numeral>од[ни]\w*|дв[аеу]\w*|"
    r"пар[ауы]|тр[еёио]\w*|четыр\w*|четв[её]рт\w*|пят\w*|шест\w*|сем\w*|седьм\w*|вос[еь]м\w*|"
    r"девят\w*|десят\w*|полтор\w*|перв\w*|втор\w*))\s+)?"
    r"(?P<half>пол)?(?P<unit>дн[яейи]\w*|день|сут\w+|недел\w+|месяц\w*|год\w?|лет)\b",
    re.IGNORECASE,
)
_BARE = frozenset({"неделю", "неделя", "месяц", "полнедели", "полмесяца", "полгода"})
"""Units that are a span without a number: «задержал на неделю», but «на прошлой неделе»."""
_NO_SPAN_BEFORE = re.compile(
    r"(?:\bв|\bраз в|кажд\w+|прошл\w+|следующ\w+|эт\w+)\s+$", re.IGNORECASE
)
_UNITS = {"д": 1, "с": 1, "н": 7, "м": 30, "г": 365, "л": 365}
_AGO = re.compile(r"\s*(?:тому\s+)?назад", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """Money that a text states; ``start`` and ``end`` are code points."""

    value: Decimal
    currency: str
    """ISO code: ``RUB`` unless another is named."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Delay:
    """A span of time that a text states; ``start`` and ``end`` are code points."""

    days: int
    """A month counts 30 days, half a month 15."""
    start: int
    end: int


def amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of a text in order: «60 000 ₽», «60к», «1,5 млн», «$200».

    A bare number is no amount.
    """
    return tuple(filter(None, map(_amount, _AMOUNT.finditer(text))))


def delay_days(text: str) -> tuple[Delay, ...]:
    """Return the spans of time of a text in order: «на 18 дней», «третью неделю», «месяц».

    «Три дня назад» is a date and not a span; «в день сдачи» has no length.
    """
    return tuple(filter(None, (_delay(found, text) for found in _DELAY.finditer(text))))


def _amount(found: re.Match[str]) -> Amount | None:
    currency = found["currency"] or found["sign"]
    if not (currency or found["scale"]):
        return None
    scale, name = (found["scale"] or "").casefold(), (currency or "₽").casefold()
    if scale.startswith("миллион"):
        scale = "млн"
    value = Decimal(re.sub(r"\s", "", found["number"]).replace(",", "."))
    value *= next((size for stem, size in _SCALES.items() if scale.startswith(stem)), 1)
    code = next(code for stem, code in _CURRENCIES.items() if name.startswith(stem))
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    return Amount(value, code, start, found.start() + len(found[0].rstrip()))


def _delay(found: re.Match[str], text: str) -> Delay | None:
    if _AGO.match(text, found.end()):
        return None
    count = _count(found)
    if count is None:
        bare = found[0].casefold() in _BARE and not _NO_SPAN_BEFORE.search(text[: found.start()])
        count = 1 if bare else 0
    if not count:
        return None
    days = count * _UNITS[found["unit"][0].casefold()] * (0.5 if found["half"] else 1)
    return Delay(round(days), found.start(), found.end())


def _count(found: re.Match[str]) -> float | None:
    """Return the number before the unit, 0 for one that is not read, none where there is none."""
    if found["digits"]:
        return float(found["digits"])
    if not found["numeral"]:
        return None
    said = found["numeral"].casefold().replace("ё", "е")
    if "дцат" in said or (said.endswith("десят") and said != "десят"):
        return 0  # «двадцать», «пятьдесят»: people type digits there
    return next(n for stem, n in _NUMERALS.items() if said.startswith(stem))
