"""What tells who somebody is by its shape: mails, links, phones, numbers, sums, days, streets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from content.named_entities import AnonymousWords, HiddenKind
from content.reading.amounts import amounts, counts
from content.reading.days import named_days, read_day
from content.reading.numbers import SPACE, in_words, number, ordinal, words_number
from content.vocabulary import START, Vocabulary, any_of, one_of, plain

BIG: Final = r"[A-Z\u0410-\u042f\u0401]"
"""A capital letter of either alphabet."""
PATTERNS: Final = (
    (HiddenKind.MAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        HiddenKind.LINK,
        re.compile(
            r"(?:(?:https?://|www\.)|(?<![\w.])[a-z][\w-]*(?:\.[\w-]+)*\.[a-z]{2,12}/)\S*[^\s.,;:!?)»]"
            r"|(?<!\w)@\w(?:[.-]?\w){2,}"
        ),
    ),
    (
        HiddenKind.LINK,
        re.compile(
            r"\b[a-z\u0430-\u044f\u0451\d][\w-]*(?:\.[\w-]+)*\.(?:ru|com|net|org|io|\u0440\u0444|su|me|pro|online|site"
            r"|\u0440\u0443|shop|store|studio|design|by|kz|ua|uz|am|ge|dev|app|info|biz|co|ai|us|uk|eu|de|fr|es|it|pl"
            r"|agency|art|cafe|club|digital|live|media|space|team|tech|world|xyz)\b(?:/\S*)?",
            re.IGNORECASE,
        ),
    ),
    # An IBAN, a card, a passport, a tax payer, a wallet.
    (
        HiddenKind.NUMBER,
        re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z\d]{4}){2,7}(?:[ \u00a0]?[A-Z\d]{1,4})?\b"),
    ),
    (HiddenKind.NUMBER, re.compile(r"(?<!\d)(?:\d{4}[ \u00a0-]){3}\d{1,7}(?!\d)")),
    (HiddenKind.NUMBER, re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z\d]{20,}\b")),
    (HiddenKind.DATE, re.compile(r"(?<!\d)(?:19|20)\d{2}([-./])\d{2}\1\d{2}(?!\d)")),
    (HiddenKind.DATE, re.compile(r"(?<![\d.])\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?![\d.]\d)")),
    (
        HiddenKind.PHONE,
        re.compile(
            r"(?<![\w+])(?:\+(?:[ \u00a0()-]*\d){9,15}"
            r"|8[ \u00a0-]*\(?\d{3,4}\)?(?:[ \u00a0-]*\d{2,4}){2,3})"
            r"(?:,?[ \u00a0](?:ext|\u0434\u043e\u0431)\.?[ \u00a0]?\d{1,5})?(?!\d)"
        ),
    ),
    (
        HiddenKind.PHONE,
        re.compile(
            r"(?<![\d-])\(?\d{3}\)?[ \u00a0.-]\d{3}[ \u00a0.-](?:\d{2}[ \u00a0-]\d{2}|\d{4})(?!\d)"
            r"|(?<!\d)0\d{2,4}[ \u00a0]\d{3,4}[ \u00a0]\d{3,4}(?!\d)"
            r"|(?<![\d-])\d{3}-\d{2}-\d{2}(?!\d)"
        ),
    ),
    (HiddenKind.NUMBER, re.compile(r"(?<!\d)\d{2}[ \u00a0]?\d{2}[ \u00a0]\d{6}(?!\d)")),
    (
        HiddenKind.NUMBER,
        re.compile(r"(?<![\d.,-])(?=(?:-?\d){7})\d+(?:-\d+)+(?:[ \u00a0]\d{2})?(?![\d-])"),
    ),
    (HiddenKind.NUMBER, re.compile(r"(?<!\d)\d{8,20}(?!\d)")),
    (HiddenKind.NUMBER, re.compile(r"(?:№\s*|#)[\w/-]*\d[\w/-]*")),
    # What stands behind a state, and a post code with letters.
    (
        HiddenKind.ADDRESS,
        re.compile(
            r"(?<=[a-z]{3}, )(?!PM|AM|OK|CEO)[A-Z]{2}(?: \d{5}(?:-\d{4})?(?!\d)|(?=[.,;)]|$))"
        ),
    ),
    (
        HiddenKind.ADDRESS,
        re.compile(r"\b[A-Z]{2} \d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"),
    ),
)
BARE: Final = re.compile(r"(?<![\w.,№/-])(?:\d{5,7}|\d{1,3}(?:[ \u00a0,]\d{3})+)(?![\w%/-]|[.,]\d)")
"""A number that long is a sum, whatever stands beside it, if nothing is counted by it."""
HUNDREDS: Final = 100
"""In words and with nothing behind it, a number that large is a sum: “got eight hundred”."""
SHORT: Final = 4
"""Letters of what is cut short: «ул», “ave”."""
TENS: Final = 5
"""Behind a word of paying a number that large is one: «должны пятьдесят»."""
LINES: Final = re.compile(r"[248][kK\u043a\u041a]\.?")
"""What is filmed in so many thousands of lines is no sum: «просят 4K»."""
NATIONAL: Final = 10
"""Digits of a phone without what stands for the country: +7 and 8 are one."""
MONTHS: Final = 12
SLASHED: Final = re.compile(r"(?<![\w.,:/№#$-])(?!24/7\b)(\d{1,2})/(\d{1,2})(?![\w/%-]|[.,]\d)")
WITH_YEAR: Final = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d")
TO: Final = r"[ \u00a0]?[–—-][ \u00a0]?"
"""Between the first day and the last: “November 23–29”."""
ANY_DAY: Final = dt.date(2026, 9, 23)
"""Only where a day stands counts here, not which it is."""


class Shape(NamedTuple):
    """A place of a text, in code points."""

    kind: HiddenKind
    start: int
    end: int
    key: str = ""
    """What it says, where that can be written in several ways; none: what stands there tells."""
    year: str = ""
    """Of a day, where it is said: without one it may be any."""


def shapes(words: AnonymousWords, reading: Vocabulary, text: str) -> Iterator[Shape]:
    """Yield them, the surest first; they may overlap."""
    for search in (_numbered, _patterns, _addresses, _dates, _amounts):
        for each in search(words, reading, text):
            if not words.days_of_all.search(text, each.start, each.end):
                yield each


def _patterns(_words: AnonymousWords, reading: Vocabulary, text: str) -> Iterator[Shape]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if kind is HiddenKind.DATE:
                yield _day(reading, text, *match.span())
            elif kind is HiddenKind.PHONE:
                digits = re.sub(r"\D", "", match[0])
                yield Shape(kind, *match.span(), digits[-NATIONAL:])
            else:
                yield Shape(kind, *match.span())


def _numbered(words: AnonymousWords, _reading: Vocabulary, text: str) -> Iterator[Shape]:
    """Yield what is numbered: «ИНН 7707083893», "invoice INV-0047"; no year of four digits."""
    for match in _after(words.numbered, words.of_numbers).finditer(text):
        yield Shape(HiddenKind.NUMBER, *match.span(1))


@lru_cache(maxsize=8)
def _after(numbered: frozenset[str], of_numbers: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(numbered, key=len, reverse=True)))
    no_year, enough = r"(?!(?:19|20)\d\d(?![\w/-]))", r"(?=[\w/-]*\d{2})(?=(?:[\w/-]*[\d/-]){3})"
    number = rf"{no_year}{enough}[\w/-]*\d[\w/-]*(?:[ \u00a0]\d{{2}}(?!\d))?"
    named = rf"(?:[ \u00a0](?:{'|'.join(map(re.escape, of_numbers))}))?"
    between = rf"{named}[.:]?[ \u00a0]?(?:№|#)?[ \u00a0]?"
    grouped = r"\d{2,}(?:[ \u00a0]\d{2,})+"
    return re.compile(rf"(?<!\w)(?:{words}){between}((?:{grouped}|{number}))(?!\w)", re.IGNORECASE)


def _addresses(words: AnonymousWords, _reading: Vocabulary, text: str) -> Iterator[Shape]:
    streets, houses, roomy = (
        "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        for forms in (_also_big(words.streets), words.houses, words.rooms)
    )
    before_it = r"(?:\d{1,5}[-\w]*,?[ \u00a0](?:[NSEW]{1,2}\.?[ \u00a0])?)?"
    name = rf"{before_it}(?:{BIG}[\w-]+|\d{{1,3}}(?:st|nd|rd|th))(?:[ \u00a0]{BIG}[\w-]+){{0,2}}"
    number = r"\d{1,4}(?:[/-]?\d{1,3})?\w?(?!\w)"
    house = rf"(?:,?[ \u00a0]*(?:(?:{houses})\.?[ \u00a0]*)?{number})"
    tail = rf"(?:{house}(?:,?[ \u00a0]*(?:{houses})\.?[ \u00a0]*№?\d{{1,5}}\w?)*)?"
    of_it = r"(?:(?:de|del|della|des|di|du|la|le)[ \u00a0])*"
    before = rf"(?<!\w){before_it}(?:{streets})\.?[ \u00a0]+{of_it}{name}{tail}"
    after = rf"{name}[ \u00a0]+(?:{streets})\b\.?{tail}"
    bare = rf"(?<!\w){before_it}{BIG}[\w-]+,?[ \u00a0](?:{houses})\.?[ \u00a0]*\d{{1,4}}\w?{tail}"
    rooms = rf"(?<!\w)(?:{roomy})\.?[ \u00a0]*\d{{1,5}}"
    # «На Большую Ордынку, 21.»: a house that only a comma parts from its street.
    behind = r"(?:(?<=(?<!\w)[^\W\d_]{2}[ \u00a0])|(?<=(?<!\w)[^\W\d_][ \u00a0]))"
    there = rf"{behind}{name},[ \u00a0]{number}(?=[ \u00a0]*(?:[,.;)]|$))"
    for pattern in (before, after, bare, there, rooms):
        for match in re.finditer(pattern, text):
            said = re.findall(r"\w+", match[0])
            if any(each.casefold() not in words.plain for each in said):  # “Google Drive”
                yield Shape(HiddenKind.ADDRESS, *match.span())


def _also_big(forms: frozenset[str]) -> frozenset[str]:
    return forms | {each.capitalize() for each in forms if len(each) > SHORT}


def _amounts(words: AnonymousWords, reading: Vocabulary, text: str) -> Iterator[Shape]:
    currency, said = reading.money.currency, plain(text)
    filmed = words.filmed and re.search(one_of("|".join(words.filmed)), said)
    for each in amounts(reading, text):
        if filmed and LINES.fullmatch(text[each.start : each.end]):
            continue
        yield _sum(each.value, each.currency, each.start, each.end)
    for match in BARE.finditer(text):
        for_it = re.match(rf"{SPACE}+{one_of('|'.join(words.for_it))}", said[match.end() :])
        if for_it or not counts(reading, text, match.end()):
            yield _sum(number(match[0]), currency, *match.span())
    for match in re.finditer(one_of("|".join(words.sums)), said) if words.sums else ():
        yield Shape(HiddenKind.AMOUNT, *match.span())
    paid = one_of("|".join(words.paying)) if words.paying else r"(?!)"
    for match in _owed(words.paying, words.for_it).finditer(said):
        if not counts(reading, text, match.end(1)):
            yield _sum(number(match[1]), currency, *match.span(1))
    for match in re.finditer(in_words(reading), said):
        value = words_number(reading, match[0])
        ends = re.match(rf"{SPACE}*(?:[.,;!?)]|$)", said[match.end() :])
        owed = re.search(rf"{paid}(?:{SPACE}+\w+)?{SPACE}+$", said[: match.start()])
        uncounted = owed and not counts(reading, text, match.end())
        if (ends and value >= HUNDREDS) or (uncounted and value >= (TENS if ends else HUNDREDS)):
            yield _sum(value, currency, *match.span())


@lru_cache(maxsize=8)
def _owed(paying: frozenset[str], for_it: frozenset[str]) -> re.Pattern[str]:
    """Return what finds «обещали 90» and «3000 за сайт»."""
    it = rf"{SPACE}+{one_of('|'.join(for_it))}"
    ends = rf"(?={SPACE}*(?:[.,;!?)](?!\d)|$)|{it})"
    large = r"(?!19|20)\d{4}(?![\w.,/-])"
    before = rf"{one_of('|'.join(paying))}{SPACE}+(?=\d{{2,4}}{ends}|{large})"
    return re.compile(rf"(?:{before}|(?<![\w.,№#/:-])(?=\d{{3,4}}{it}))(\d{{2,4}})")


def _sum(value: Decimal, currency: str, start: int, end: int) -> Shape:
    return Shape(HiddenKind.AMOUNT, start, end, f"{value.normalize():f} {currency}")


def _dates(words: AnonymousWords, reading: Vocabulary, text: str) -> Iterator[Shape]:
    if words.after_day:
        for match in _day_alone(words, reading).finditer(plain(text)):
            yield Shape(HiddenKind.DATE, *match.span(), match[1])
    for match in _day_in_words(reading).finditer(plain(text)):
        yield Shape(HiddenKind.DATE, *match.span(match.lastindex or 0))
    for match in _written_date(reading).finditer(plain(text)):
        if not re.search(r"\d", match[0]) and text[match.start()].islower():
            continue  # “they may first ask”
        if re.search(rf"\d{TO}\d", match[0]):
            yield Shape(HiddenKind.DATE, *match.span())
        else:
            yield _day(reading, text, *match.span())
    yield from _slashed(reading, text)
    for each in named_days(reading, text, ANY_DAY, ahead=None):
        said = plain(text[each.start : each.end])
        of_day = re.search(rf"\d|{any_of(reading.days.months)}", said)
        last_days = not re.search(r"\d", said) and re.match(one_of(reading.days.end), said)
        if of_day and not each.counted and not last_days:  # «конец мая» is no day
            end = each.end - said.endswith(".")  # of the sentence
            yield _day(reading, text, each.start, end, each.day)


def _slashed(reading: Vocabulary, text: str) -> Iterator[Shape]:
    """Yield “by 3/12”, “7/15” and “11/3”: no part of something is larger than the whole."""
    words, said = reading.days, plain(text)
    aims = "|".join((words.until, words.since, words.at) if words.month_first else (words.until,))
    for match in SLASHED.finditer(said):
        aimed = re.search(rf"{one_of(aims)}\s+$", said[: match.start()])
        first, second = int(match[1]), int(match[2])
        larger = words.month_first and (first > second or second > MONTHS)
        counted = re.match(rf"\s*{one_of(words.not_after)}", said[match.end() :])
        if (aimed or larger) and not counted and read_day(reading, match[0], ANY_DAY, ahead=None):
            yield _day(reading, text, *match.span())


def _day(reading: Vocabulary, text: str, start: int, end: int, day: dt.date | None = None) -> Shape:
    """Return the place of a day by what it is: «3 ноября» and «03.11.2026» are one."""
    said = text[start:end]
    day = day or read_day(reading, said, ANY_DAY, ahead=None)
    if day is None:
        return Shape(HiddenKind.DATE, start, end)
    year = str(day.year) if WITH_YEAR.search(said) else ""
    return Shape(HiddenKind.DATE, start, end, f"{day:%m-%d}", year)


@lru_cache(maxsize=8)
def _day_alone(words: AnonymousWords, reading: Vocabulary) -> re.Pattern[str]:
    """Return what finds «25-го» where nothing stands behind it that could be the twenty-fifth."""
    ends = reading.numbers.ordinal.of_days
    behind = "|".join(map(re.escape, sorted(words.after_day)))
    return re.compile(
        rf"(?<![\w.,-])(0?[1-9]|[12]\d|3[01])-?(?:{ends})(?!\w)"
        rf"(?={SPACE}*(?:[.,;:!?)\u2014]|$)|{SPACE}+(?:{behind})(?!\w))"
    )


@lru_cache(maxsize=8)
def _day_in_words(reading: Vocabulary) -> re.Pattern[str]:
    """Return what finds «до двадцатого» where nothing stands behind it that could be so many."""
    aims = one_of("|".join((reading.days.until, reading.days.since)))
    of_month = rf"{SPACE}+{one_of(reading.days.number)}"
    ends = rf"(?={of_month}|{SPACE}*(?:[.,;:!?)\u2014]|$))"
    return re.compile(
        rf"{aims}{SPACE}+({ordinal(reading)}){ends}|({ordinal(reading)})(?={of_month})"
    )


@lru_cache(maxsize=8)
def _written_date(reading: Vocabulary) -> re.Pattern[str]:
    """Return what finds «3 ноября 2025 г.», «November 3–9, 2025» and «ноябрь 2025»."""
    month, suffix = any_of(reading.days.months), one_of(reading.numbers.ordinal.suffixes)
    digits, year = rf"\d{{1,2}}(?:-?{suffix.replace(START, '')})?", r"\d{4}"
    day = rf"(?:{digits}|{ordinal(reading)})(?:{TO}{digits}(?!\w))?"
    sign = rf"(?:[ \u00a0]?{one_of(reading.days.year_sign)}\.?)?"
    behind = rf"{day}(?:,?[ \u00a0]{year})?|{year}" if reading.days.month_first else year
    return re.compile(
        rf"(?<!\w)(?:{digits}{TO})?{digits}[ \u00a0]{month}(?:\.?,?[ \u00a0]{year}{sign})?"
        rf"|{month}\.?[ \u00a0](?:{behind}|[a-z]{{2}}[ \u00a0]\d{{4}})(?!\w)"
    )
