"""Days of the calendar, where a text names them: «вчера», «в пятницу», «до 5-го», «3 ноября»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property

from content.mistyped import edits
from content.reading.delays import LENGTHS, TimeSpan, spans
from content.reading.numbers import (
    DIGITS,
    in_words,
    number,
    ordinal,
    ordinal_day,
    ordinal_number,
    words_number,
)
from content.values.weeks import WEEK
from content.vocabulary import Vocabulary, any_of, one_of, plain, value_of

FRIDAY = 4
"""The end of a week, for what is promised by it."""
DECEMBER = 12
MIDDLE = 15
"""The middle of a month, for what is promised by it."""
MOST_WEEKS = 53
"""Nobody counts more days of the week back."""
CENTURY = 2000
LONG_AGO = timedelta(days=366 * 20)
"""A day farther away than this is a slip of the finger."""
_ISO = re.compile(r"(?<![\d.-])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])")
_NUMBERS = re.compile(
    r"(?<![\d.,:/№-])(?!24/7\b)(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})"
    r"(?:(?P=mark)(?P<year>\d{4}|\d{2})|\.)?(?![\d/]|[.,-]\d)"
)
_TYPO = 1
_SHORTEST_TYPO = 5
"""«Наября» is November; a shorter word is not corrected."""


@dataclass(frozen=True, slots=True)
class Named:
    """A day that a text names; ``start`` and ``end`` are code points."""

    day: date
    start: int
    end: int
    counted: bool = False
    """Whether it is counted from the day it was said on: «вчера», «в пятницу»."""
    away: bool = False
    """Whether it is a span of time away: «через неделю»."""


@dataclass(frozen=True, slots=True)
class Told:
    """When something was said, and of which time it is."""

    on: date
    ahead: bool | None = False
    whole: str = ""
    """All that was said at once, where a part of it is looked at."""


@dataclass(frozen=True)
class _Reading:
    """What the readers of one text share."""

    vocabulary: Vocabulary
    said: str
    today: date
    ahead: bool | None

    @cached_property
    def spans(self) -> tuple[TimeSpan, ...]:
        return tuple(spans(self.vocabulary, self.said))

    @cached_property
    def dates(self) -> tuple[Named, ...]:
        """Return the days that need no day of the week, which may only repeat one of them."""
        readers = (_iso, _of_month, _numbers, _near)
        return tuple(each for reader in readers for each in reader(self))


def read_day(vocabulary: Vocabulary, text: str, today: date, *, ahead: bool | None) -> date | None:
    """Return the one day that a text names; None where it names none, several, or it is not sure.

    Where the year or the week is not said, ``ahead`` tells the way: True is the next such day from
    today on, False the last one, None the nearest (days of the week lie ahead). A day that the
    words fix («завтра», «20.11.2027») is returned wherever it lies.
    """
    days = {each.day for each in named_days(vocabulary, text, today, ahead=ahead)}
    return days.pop() if len(days) == 1 else None


def named_days(
    vocabulary: Vocabulary, text: str, today: date, *, ahead: bool | None
) -> tuple[Named, ...]:
    """Return every day that a text names, in order; see ``read_day``."""
    reading = _Reading(vocabulary, plain(text), today, ahead)
    found: list[Named] = []
    for reader in _READERS:
        for each in reader(reading):
            free = all(each.end <= other.start or other.end <= each.start for other in found)
            if free and abs(each.day - today) <= LONG_AGO:
                found.append(each)
    return tuple(sorted(found, key=lambda each: each.start) or _day_end(reading))


@cache
def with_the_day_first(vocabulary: Vocabulary) -> Vocabulary:
    """Return a vocabulary in which 4/12 is a day of December."""
    days = vocabulary.days.model_copy(update={"month_first": False})
    return vocabulary.model_copy(update={"days": days})


def in_dates(vocabulary: Vocabulary, text: str, told: Told, written: Callable[[date], str]) -> str:
    """Return what was said on a day, so that it holds on any other day as well.

    «Вчера опять», «в пятницу звонили» → «23 ноября опять», «20 ноября звонили»; ``written`` is how
    a date is. Beside a date a day of the week is of the same days, and stays: «8 ноября прислали
    срочный пост в воскресенье». So it does before a part of the day, “posts on Sunday night”, and
    where it says which thing is meant: “the Tuesday hours”. A span of time stays where the
    ``whole`` answer tells of another day or of what it may count from: “final in 10 days”.
    """
    words, ahead = vocabulary.days, told.ahead
    before_weekday = re.compile(rf"{one_of(words.dateless)}\s+$") if words.dateless else None
    parts = re.compile(rf"\s+{one_of(words.parts)}(?!\w)") if words.parts else None
    bare = re.compile(rf"{one_of(words.before_a_day)}\s+$") if words.before_a_day else None
    of_a_thing = re.compile(rf"{one_of(words.of_a_thing)}\s+$") if words.of_a_thing else None
    said = text
    weekday = _weekday_pattern(vocabulary)
    of_a_day = vocabulary.days.of_a_day
    found = named_days(vocabulary, text, told.on, ahead=ahead)
    if ahead is not False:
        found = _one_after_another(vocabulary, text, found)
        found = _of_today_alone(vocabulary, text, told, found)
    numbered = _of_no_month(vocabulary, text, found)
    beside = [each for each in found if not each.counted and ahead is False]
    dated = {text.count("\n", 0, each.start) for each in beside}
    for each in reversed(found):
        line = text.count("\n", 0, each.start)
        stays = line in dated and weekday.fullmatch(plain(text[each.start : each.end]))
        begins = each.start == 0 or text[each.start - 1] == "\n"
        figures = _NUMBERS.fullmatch(text, each.start, each.end)
        if of_a_day and re.fullmatch(one_of(of_a_day), plain(text[each.start : each.end])):
            continue
        part = parts and parts.match(plain(text), each.end)
        before = plain(text[: each.start])
        kind = of_a_thing and of_a_thing.search(before) and re.match(r" [a-z]", text[each.end :])
        if each in numbered:
            said = said[: numbered[each]] + written(each.day) + said[each.end :]
        elif (each.counted and not (stays or kind) and (begins or not part)) or figures:
            weekday_on = before_weekday and before_weekday.search(before)
            start = weekday_on.start() if weekday_on else each.start
            end = part.end() if part and begins else each.end
            lead = f"{words.on} " if bare and not begins and not bare.search(before) else ""
            said = said[:start] + lead + written(each.day) + said[end:]
    return said


def _one_after_another(
    vocabulary: Vocabulary, text: str, found: tuple[Named, ...]
) -> tuple[Named, ...]:
    """Return the days of a plan so that none is before the one it follows.

    «Снимаю в субботу, отдам в среду» is of the next Wednesday behind that Saturday; but what a day
    depends on comes first: «отдам в среду, если тексты придут в понедельник».
    """
    weekday = _weekday_pattern(vocabulary)
    depends = one_of(vocabulary.days.depending or "-")
    said = plain(text)
    days: list[Named] = []
    for each in found:
        before = days[-1] if days else None
        follows = before and not re.search(depends, said)
        name = weekday.fullmatch(said[each.start : each.end])
        if before and follows and name and each.counted and each.day <= before.day:
            if name["which"]:
                continue  # “shoot on December 7, edit next Friday” is of no Friday that is sure
            weeks = -(-(before.day - each.day).days // WEEK)
            each = replace(each, day=each.day + timedelta(days=weeks * WEEK))  # noqa: PLW2901
        days.append(each)
    return tuple(days)


def _of_today_alone(
    vocabulary: Vocabulary, text: str, told: Told, found: tuple[Named, ...]
) -> tuple[Named, ...]:
    """Return the days without those that may count from something else than today."""
    said, words, whole = plain(text), vocabulary.days, told.whole or text
    others = named_days(vocabulary, whole, told.on, ahead=None)
    anchored = len([each for each in others if each.day > told.on]) > 1
    anchored = anchored or bool(re.search(one_of(words.anchors), plain(whole)))
    event = re.compile(rf"\s+{one_of(words.anchors)}\s+(?!\d)")
    weekday = _weekday_pattern(vocabulary)

    def counts_from_another(each: Named) -> bool:
        named = weekday.fullmatch(said[each.start : each.end])
        return (each.away and anchored) or bool(named and event.match(said, each.end))

    return tuple(each for each in found if not counts_from_another(each))


def _of_no_month(vocabulary: Vocabulary, text: str, found: tuple[Named, ...]) -> dict[Named, int]:
    """Return the days of no month, “by the 4th”, each with where a date in its place begins.

    None where a month is named, or where it may be each month's: «отчёт до 5-го ежемесячно».
    """
    said, words = plain(text), vocabulary.days
    lead = rf"(?:^|\n|{one_of(words.before_a_number)}\s+)"
    the = rf"(?:{one_of(words.the)}\s+)?" if words.the else ""
    led = re.compile(rf"{lead}(?P<date>{the})$")
    surely = re.compile(rf"\s{one_of(words.number)}$")
    numbered = {
        each: led.search(said[: each.start])
        or (
            surely.search(said[each.start : each.end])
            and re.search("(?P<date>)$", said[: each.start])
        )
        for each in found
        if not each.counted and _day_pattern(vocabulary).fullmatch(said[each.start : each.end])
    }
    counted = re.findall(rf"\d{{1,2}}-?(?:{vocabulary.numbers.ordinal.suffixes})\b", said)
    of_months = re.search(rf"{any_of(words.months)}|{one_of(words.of_each_month)}", said)
    if of_months or len(counted) > len(numbered) or None in numbered.values():
        return {}
    return {each: place.start("date") for each, place in numbered.items() if place}


def _iso(reading: _Reading) -> Iterator[Named]:
    for found in _ISO.finditer(reading.said):
        day = _day(int(found["year"]), int(found["month"]), int(found["day"]))
        yield from _named(day, found.start(), found.end())


def _numbers(reading: _Reading) -> Iterator[Named]:
    """Yield «12.11», unless it is a version, a clause of a contract or an hour."""
    words = reading.vocabulary.days
    for found in _NUMBERS.finditer(reading.said):
        if _is_deadline(reading, found.start()):
            continue
        alone = found[0] == reading.said.strip()
        if not found["year"] and not alone:
            before, after = reading.said[: found.start()], reading.said[found.end() :]
            if found["mark"] != "." or re.search(
                rf"{one_of(words.not_before)}\W*(?:\w\w?\W+)?$", before
            ):
                continue
            if re.match(rf"\s*{one_of(words.not_after)}", after):
                continue
        first, second = int(found["day"]), int(found["month"])
        if words.month_first and found["mark"] != "." and first <= DECEMBER:
            first, second = second, first
        day = _of_year(reading, first, second, found["year"])
        yield from _named(day, found.start(), found.end())


def _of_month(reading: _Reading) -> Iterator[Named]:
    """Yield «3 ноября», «пятого декабря», «с 3 по 17 ноября», "December 5"."""
    words = reading.vocabulary.days
    if not _month_anywhere(reading.vocabulary).search(reading.said):
        return  # the whole pattern takes thirty times as long
    for found in _month_pattern(reading.vocabulary).finditer(reading.said):
        month = _month(reading.vocabulary, found["month"] or found["before"])
        if month is None or _is_deadline(reading, found.start()):
            continue
        year = found["year"]
        if year is None and re.match(rf"\s*{one_of(words.last_year)}", reading.said[found.end() :]):
            year = str(reading.today.year - 1)
        for name in ("first", "second", "third"):
            if said := found[name]:
                day = _of_year(reading, ordinal_number(reading.vocabulary, said), month, year)
                last = name != "first" or not found["second"]
                end = found.end() if last else found.end(name)
                yield from _named(day, found.start("before" if name == "third" else name), end)


def _near(reading: _Reading) -> Iterator[Named]:
    near = reading.vocabulary.days.near
    for found in re.finditer(any_of(near), reading.said):
        days = value_of(near, found[0])
        day = reading.today + timedelta(days=int(days or 0))
        yield Named(day, *found.span(), counted=True)


def _day_end(reading: _Reading) -> Iterator[Named]:
    """Yield “EOD” and «до конца дня», for what is promised by it; “EOD Friday” is that Friday."""
    words = reading.vocabulary.days
    if words.day_end and reading.ahead is not False:
        for found in re.finditer(one_of(words.day_end), reading.said):
            yield Named(reading.today, *found.span(), counted=True)


def _from_today(reading: _Reading) -> Iterator[Named]:
    """Yield «три дня назад» and «через неделю»."""
    words = reading.vocabulary.days
    for span in reading.spans:
        if after := re.match(rf"\s*{one_of(words.past)}", reading.said[span.end :]):
            day = _away(reading.today, span.count, span.unit, -1)
            yield from _named(day, span.start, span.end + after.end(), counted=True)
            continue
        if words.from_now and (
            after := re.match(rf"\s*{one_of(words.from_now)}", reading.said[span.end :])
        ):
            day = _away(reading.today, span.count, span.unit, 1)
            yield from _named(day, span.start, span.end + after.end(), counted=True)
            continue
        before = re.search(rf"{one_of(words.future)}\s+$", reading.said[: span.start])
        event = re.match(rf"\s+{one_of(words.of_an_event)}\s+(?!\d)", reading.said[span.end :])
        if before and not event and reading.ahead is not False:
            day = _away(reading.today, span.count, span.unit, 1)
            for each in _named(day, before.start(), span.end, counted=True):
                yield replace(each, away=True)


def _from_a_day(reading: _Reading) -> Iterator[Named]:
    """Yield “a week from Tuesday”, “two weeks from today” and “a week ago Friday”."""
    words = reading.vocabulary.days
    if words.counted_from is None or not reading.spans:
        return
    ways = ((one_of(words.counted_from), 1), (one_of(words.past), -1))
    days = (*_near(reading), *_weekday(reading))
    for span in reading.spans:
        for between, way in ways:
            for day in days:
                between_them = reading.said[span.end : max(day.start, span.end)]
                ahead, owns = reading.ahead is not False, re.match("['’]", reading.said[day.end :])
                found = re.fullmatch(rf"\s*{between}\s+", between_them)
                if found and not owns and (way > 0) is ahead:
                    whole = _away(day.day, span.count, span.unit, way)
                    led = re.search(rf"{one_of(words.future)}\s+$", reading.said[: span.start])
                    yield from _named(
                        whole, led.start() if led else span.start, day.end, counted=True
                    )


def _weekday(reading: _Reading) -> Iterator[Named]:
    words = reading.vocabulary.days
    for found in _weekday_pattern(reading.vocabulary).finditer(reading.said):
        said = found["name"] or found["short"]
        if found["every"] or _is_deadline(reading, found.start("said")):
            continue
        if reading.ahead is False and _is_aimed_at(reading, found):
            continue
        weekday = value_of(words.weekdays, said)
        if weekday is None:
            weekday = value_of(words.weekdays_short, said)
        if not _beside_a_date(reading, int(weekday or 0), *found.span()):
            day = _weekday_day(reading, int(weekday or 0), found["which"] or found["week"] or "")
            day, end = _a_week_off(reading, day, found.end())
            day, end = _with_its_number(reading, day, end)
            yield Named(day, found.start(), end, counted=True)


def _a_week_off(reading: _Reading, day: date, end: int) -> tuple[date, int]:
    """Move a day of the week that is “the one before last” or “the one after next”.

    So is “Friday week”.
    """
    words, behind = reading.vocabulary.days, reading.said[end:]
    week = re.match(rf"\s+{one_of(words.week)}(?=\W*$|[,.;:!?])", behind)
    if words.a_week_on and week and reading.ahead is not False:
        return day + timedelta(days=WEEK), end + week.end()
    for forms, way in ((words.before_last, -1), (words.after_next, 1)):
        if forms and (found := re.match(rf"\s+{one_of(forms)}", behind)):
            return day + timedelta(days=way * WEEK), end + found.end()
    return day, end


def _with_its_number(reading: _Reading, day: date, end: int) -> tuple[date, int]:
    """Return the day that “thu 26” is, where a Thursday near has this number, and where it ends."""
    words = reading.vocabulary.days
    number = _of_a_weekday(reading.vocabulary).match(reading.said, end)
    counts = rf"\s*{one_of(f'{words.not_after}|{words.behind_an_hour or words.not_after}')}"
    if number is None or re.match(counts, reading.said[number.end() :]):
        return day, end
    weeks = range(7) if reading.ahead else range(-6, 7)
    near = (day + timedelta(days=WEEK * away) for away in weeks)
    return next(((each, number.end()) for each in near if each.day == int(number[1])), (day, end))


@cache
def _of_a_weekday(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return what finds the number behind a day of the week: “thu 26”, “Thursday the 26th”."""
    the = rf"(?:,?\s+{one_of(vocabulary.days.the)})?" if vocabulary.days.the else ""
    suffix = rf"-?(?:{vocabulary.numbers.ordinal.suffixes})\b"
    alone = r"(?![\w:.,%]|\s*\w+s\b|\s?[\N{EN DASH}-])"
    return re.compile(rf"{the}\s+(\d{{1,2}})(?:{suffix}|{alone})")


def _is_aimed_at(reading: _Reading, found: re.Match[str]) -> bool:
    """Tell whether it is what something was asked for by then: «срочное задание на воскресенье».

    Then nothing says which one it is: «просили работать в воскресенье» may be of any.
    """
    return not found["which"] and bool(
        _before_what_is_aimed_at(reading.vocabulary).search(reading.said[: found.start("said")])
    )


@cache
def _before_what_is_aimed_at(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = vocabulary.days
    asked = (
        rf"{one_of(words.asked)}[^.,;:!?—\n]{{0,60}}{one_of(words.asked_for)}[^.,;:!?—\n]{{0,60}}"
    )
    return re.compile(rf"(?:{one_of(words.meant_for)}\s+|{asked})$")


def _beside_a_date(reading: _Reading, weekday: int, start: int, end: int) -> bool:
    """Tell whether the day of the week only repeats a date: «среда, 2 декабря»."""
    return any(
        each.day.weekday() == weekday
        and not re.search(r"\w", reading.said[min(each.end, end) : max(each.start, start)])
        for each in reading.dates
    )


def _weekday_day(reading: _Reading, weekday: int, which: str) -> date:
    words, today = reading.vocabulary.days, reading.today
    if (weeks := _weeks_away(reading, which)) is not None:
        return today + timedelta(days=weekday - today.weekday() + weeks * WEEK)
    if words.last_but_one and re.search(one_of(words.last_but_one), which):
        return _weekday_away(today, weekday, -2)
    back = reading.ahead is False or re.search(one_of(words.last), which)
    return _weekday_away(today, weekday, -1 if back else 1)


def _weeks_away(reading: _Reading, which: str) -> int | None:
    """Return how many weeks from this one a day of the week is, where that is said."""
    words = reading.vocabulary.days
    of_week = re.search(one_of(words.week), which)
    ways = (
        (words.week_before_last, -2),
        (words.week_after_next, 2),
        (words.that, -1 if reading.ahead is False else 1),
        (words.next, 1),
        (words.last_but_one if of_week else None, -2),
        (words.last if of_week else None, -1),
        (words.this if of_week else None, 0),
    )
    return next((way for forms, way in ways if forms and re.search(one_of(forms), which)), None)


def _weekday_away(today: date, weekday: int, count: int) -> date:
    """Return the day of the week that is the so manyth before today, or after it."""
    weeks = timedelta(days=WEEK * (abs(count) - 1))
    if count < 0:
        return today - timedelta(days=(today.weekday() - weekday - 1) % WEEK + 1) - weeks
    return today + timedelta(days=(weekday - today.weekday() - 1) % WEEK + 1) + weeks


def _weekdays_away(reading: _Reading) -> Iterator[Named]:
    """Yield «две пятницы назад» and “in two Fridays”."""
    words = reading.vocabulary.days
    for found in _weekdays_pattern(reading.vocabulary).finditer(reading.said):
        count, weekday = found["count"], value_of(words.weekdays_counted, found["name"])
        many = number(count) if count[0].isdigit() else words_number(reading.vocabulary, count)
        if weekday is None or many != int(many) or not 0 < many <= MOST_WEEKS:
            continue
        way = 1 if found["future"] or found["from_now"] else -1
        if way > 0 and reading.ahead is False:
            continue
        day = _weekday_away(reading.today, int(weekday), way * int(many))
        yield Named(day, *found.span(), counted=True)


def _of_this_month(reading: _Reading) -> Iterator[Named]:
    """Yield «до 5-го», «5 числа», «20-го обещал», «пятого числа прошлого месяца»."""
    today = reading.today
    for found in _day_pattern(reading.vocabulary).finditer(reading.said):
        if _is_deadline(reading, found.start("day")):
            continue
        number, end = ordinal_number(reading.vocabulary, found["day"]), found.end()
        day = _with_number(reading, number)
        for pattern, way in _months_beside(reading.vocabulary):
            if of_month := pattern.match(reading.said, found.end()):
                month = months_on(today.replace(day=1), way)
                day, end = _day(month.year, month.month, number), of_month.end()
        yield from _named(day, found.start("day"), end)


def _last_days(reading: _Reading) -> Iterator[Named]:
    """Yield «конец месяца», «до конца следующей недели», «к середине декабря»."""
    if reading.ahead is False:
        return
    words, today = reading.vocabulary.days, reading.today
    yield from _ends_in_a_word(reading)
    for found in _last_pattern(reading.vocabulary).finditer(reading.said):
        if found["middle"]:
            yield from _middle(reading, found)
        elif re.fullmatch(one_of(words.week), found["of"]):
            away = FRIDAY - today.weekday()  # “next week” as “next Friday” is
            friday = today + timedelta(days=away + WEEK if found["next"] else away % WEEK)
            day, end = _a_week_off(reading, friday, found.end())
            yield Named(day, found.start(), end)
        elif re.fullmatch(one_of(words.of_month), found["of"]):
            first = months_on(today.replace(day=1), bool(found["next"]))
            yield Named(_month_end(first.year, first.month), *found.span())
        elif re.fullmatch(one_of(words.of_year), found["of"]):
            yield Named(date(today.year, DECEMBER, 31), *found.span())
        elif month := value_of(words.months, found["of"]):
            year = today.year + (month < today.month)
            yield Named(_month_end(year, int(month)), *found.span())


def _ends_in_a_word(reading: _Reading) -> Iterator[Named]:
    words, today = reading.vocabulary.days, reading.today
    for found in re.finditer(one_of(words.month_end), reading.said) if words.month_end else ():
        yield Named(_month_end(today.year, today.month), *found.span())
    for found in re.finditer(one_of(words.week_end), reading.said) if words.week_end else ():
        yield Named(today + timedelta(days=(FRIDAY - today.weekday()) % WEEK), *found.span())


def _middle(reading: _Reading, found: re.Match[str]) -> Iterator[Named]:
    words, today = reading.vocabulary.days, reading.today
    if re.fullmatch(one_of(words.of_month), found["of"]):
        first = months_on(today.replace(day=1), bool(found["next"]) or today.day > MIDDLE)
        yield Named(first.replace(day=MIDDLE), *found.span())
    elif month := value_of(words.months, found["of"]):
        yield from _named(_of_year(reading, MIDDLE, int(month), None), *found.span())


_READERS: tuple[Callable[[_Reading], Iterator[Named]], ...] = (
    _iso,
    _of_month,
    _numbers,
    _from_a_day,
    _near,
    _from_today,
    _weekdays_away,
    _weekday,
    _last_days,
    _of_this_month,
)
"""The surest first: what one has read is not read again by the next."""


def _is_deadline(reading: _Reading, start: int) -> bool:
    """Tell whether a day of the past is only what somebody was to keep: «обещал до 20 марта»."""
    until = rf"{one_of(reading.vocabulary.days.until)}\s+$"
    return reading.ahead is False and bool(re.search(until, reading.said[:start]))


def _named(day: date | None, start: int, end: int, *, counted: bool = False) -> Iterator[Named]:
    if day is not None:
        yield Named(day, start, end, counted)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_year(reading: _Reading, day: int, month: int, year: str | None) -> date | None:
    """Return a day of a year that is said, else of the year that ``ahead`` tells."""
    if year:
        return _day(int(year) + (CENTURY if len(year) == 2 else 0), month, day)  # noqa: PLR2004
    today = reading.today
    # 29 February comes once in eight years at worst.
    near = (_day(today.year + step, month, day) for step in range(-8, 9))
    wanted = [
        each
        for each in near
        if each and (reading.ahead is None or each == today or (each > today) is reading.ahead)
    ]
    return min(wanted, key=lambda each: abs(each - today), default=None)


def _with_number(reading: _Reading, number: int) -> date | None:
    """Return the last or the next day with this number; without a way told, the next."""
    back = reading.ahead is False
    for step in range(3):
        month = months_on(reading.today.replace(day=1), -step if back else step)
        day = _day(month.year, month.month, number)
        if day and (day <= reading.today if back else day >= reading.today):
            return day
    return None


def _away(today: date, count: float, unit: str, way: int) -> date | None:
    try:
        if unit in ("month", "year"):
            months, part = divmod(count * (12 if unit == "year" else 1), 1)
            return months_on(today, way * int(months)) + timedelta(days=way * round(part * 30))
        return today + timedelta(days=way * int(count * LENGTHS[unit]))
    except (ValueError, OverflowError):
        return None


def months_on(day: date, months: int) -> date:
    """Return the same day so many months on; the 31st becomes the last of a shorter month."""
    year, month = divmod(day.year * DECEMBER + day.month - 1 + months, DECEMBER)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), _month_end(year, month + 1))


def _month_end(year: int, month: int) -> date:
    return date(year + month // DECEMBER, month % DECEMBER + 1, 1) - timedelta(days=1)


def _month(vocabulary: Vocabulary, said: str) -> int | None:
    """Return the month of its name, also of one with a letter mistyped."""
    months = vocabulary.days.months
    if exact := value_of(months, said):
        return int(exact)
    if len(said) < _SHORTEST_TYPO:
        return None
    for forms, month in months.items():
        for form in forms.split("|"):
            stem = form.rstrip("*")
            head = said[: len(stem)] if form.endswith("*") else said
            if len(stem) >= _SHORTEST_TYPO and edits(stem, head) <= _TYPO:
                return int(month)
    return None


@cache
def _month_anywhere(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return what finds the name of a month, or a word that may be one mistyped."""
    return re.compile(rf"(?:{any_of(vocabulary.days.months)}|(?<=\d\s)[^\W\d_]{{5,}})")


@cache
def _month_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = vocabulary.days
    before = rf"|{ordinal(vocabulary)}(?=\s+{one_of(words.of)})" if words.of else ""
    number = rf"(?:{ordinal_day(vocabulary)}|\d{{1,2}}(?!\d){before})"
    join = rf"\s*(?:{one_of(words.joins)})\s*"
    year = rf"(?:,?\s+(?P<year>\d{{4}}|\d{{2}}(?=\s*{one_of(words.year_sign)}))(?!\d))?"
    month = rf"(?P<month>{_month_anywhere(vocabulary).pattern})\.?"
    return re.compile(
        rf"(?:(?<![\d.,:])(?P<first>{number})(?:{join}(?P<second>{number}))?\s+{month}|"
        rf"{month.replace('?P<month>', '?P<before>')}\s+(?P<third>\d{{1,2}})(?!\d|[.:]\d)){year}"
    )


@cache
def _weekday_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = vocabulary.days
    whichever = "|".join(filter(None, (words.last, words.next, words.this, words.last_but_one)))
    which, one = one_of(whichever), one_of(f"{whichever}|{words.that}")
    weeks = "|".join(filter(None, (words.week_before_last, words.week_after_next)))
    other = rf"|{one_of(weeks)}" if weeks else ""
    week = rf"(?:{one_of(words.at)}\s+)?(?:{one}\s+{one_of(words.week)}{other})"
    short = "|".join((words.at, words.until, words.since))
    return re.compile(
        rf"(?:(?P<every>{one_of(words.every)})\s+)?(?P<said>(?:(?P<which>{which}|{week}(?:\s+{one_of(words.at)})?)\s+)?"
        rf"(?:(?P<name>{any_of(words.weekdays)})|"
        rf"(?(which)|(?:^|(?<!\w){one_of(short)}\s+))(?P<short>{any_of(words.weekdays_short)})\.?"
        r"(?(which)(?=\s*(?:$|[^\w\s]))))"  # “by next wed”, but not “this sat with them”
        rf"(?:\s+(?P<week>{week}))?)"
    )


@cache
def _weekdays_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = vocabulary.days
    behind = rf"(?:(?P<past>{one_of(words.past)})"
    behind += rf"|(?P<from_now>{one_of(words.from_now)}))" if words.from_now else ")(?P<from_now>)"
    return re.compile(
        rf"(?:(?P<future>{one_of(words.future)})\s+)?(?<!\w)(?P<count>{DIGITS}|{in_words(vocabulary)})"
        rf"\s+(?P<name>{any_of(words.weekdays_counted)})(?(future)|\s+{behind})"
    )


@cache
def _last_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = vocabulary.days
    return re.compile(
        rf"(?:{one_of(words.end)}\s+|(?P<middle>{one_of(words.middle)})(?:\s+|-))"
        rf"(?:(?P<next>{one_of(words.next)})\s+)?(?P<of>\w+)"
    )


@cache
def _months_beside(vocabulary: Vocabulary) -> tuple[tuple[re.Pattern[str], int], ...]:
    """Return what «прошлого месяца» and «следующего месяца» match, with how many months away."""
    words = vocabulary.days
    of = rf"(?:{one_of(words.of)}\s+)?" if words.of else ""
    ways = ((words.last, -1), (words.next, 1))
    return tuple(
        (re.compile(rf"\s+{of}{one_of(which)}\s+{one_of(words.of_month)}"), way)
        for which, way in ways
    )


@cache
def _day_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = vocabulary.days
    of_month = "|".join(each.pattern for each, _ in _months_beside(vocabulary))
    follows = rf"(?=\W*$|[,.;:!?—–]|\s+{one_of(words.follows)}|{of_month})"
    return re.compile(
        rf"(?<!\w)(?:(?P<day>(?:{ordinal_day(vocabulary)}|\d{{1,2}}(?!\d))(?=\s+{one_of(words.number)})"
        rf"|{ordinal_day(vocabulary)}{follows})(?:\s+{one_of(words.number)})?)"
    )
