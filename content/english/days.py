"""Days in typed English: one way to write them, and that of whoever types “2 November”."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Callable, Iterable

from content.typography import NO_BREAK

_MONTH = "|".join(month_name[1:])
_SPACE = f"[ {NO_BREAK}]"
_DAY = r"(?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = rf"(?:,?{_SPACE}(?P<year>20\d\d))?"
_LISTED = r"(?!(?:,| and| or| to| ?[\N{EN DASH}-]) ?\d)"
_DAY_FIRST = re.compile(
    rf"(?<![\w/.-])(?<!\bno )(?<!\bnr )(?<!\bno\. )(?<!#)(?<!\d and )(?<!\d or )"
    rf"(?<!\b\d, )(?<!\b[123]\d, )(?<!\d[\N{{EN DASH}}-])"
    rf"(?:the )?{_DAY}(?: of)?{_SPACE}(?P<month>{_MONTH})\b{_YEAR}"
    rf"(?!{_SPACE}(?:[1-9]|[12]\d|3[01])(?![\w:.]))"  # “chapters 1 to 3 Nov 30”
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH}){_SPACE}(?:the )?{_DAY}(?![\w/:.]|,\d){_YEAR}{_LISTED}"
)
_FIGURES = re.compile(
    r"(?P<before>\A|\n|\b(?:on|by|from|until|till|since|dated|due|of) |(?<=\d)(?: and|,) "
    r"|(?<=[A-Za-z]) (?=\d{1,2}/(?:1[345789]|2\d|3[01])\s*(?:\Z|\n)))"  # no “done to 2/3”
    r"(?!24/7\b)"
    r"(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<year>(?:20)?\d\d))?(?![\w/])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(on|by|until|till|before|after|from|since) "
    r"(?:the ([1-9]|[12]\d|3[01])|([1-9]|[12]\d|3[01])(?:st|nd|rd|th))"
    r"(?=[,;.:]?(?:\s*\Z|\s(?:the|an?|i|we|it|they|my|our|no|and|but|this|at|in|when|because|"
    r"with|everything|two|three)\b)|[,;:]\s)",
    re.IGNORECASE,
)
_OF_A_WEEK = re.compile(
    r"\b(mon|tues?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day|\.)?,? "
    rf"(?=(?:{_MONTH}){_SPACE}\d)",
    re.IGNORECASE,
)
"""“fri nov 20”, by now with its month in whole."""
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}
_MONTHS, _TEENS = 12, range(11, 14)


def puts_the_day_first(texts: Iterable[str]) -> bool | None:
    """Tell whether the first day that is typed is “2 November” or “13/11”, None without any.

    What the coach itself has written, “November 2”, tells nothing of the hand.
    """
    for text in texts:
        typed = text.replace(NO_BREAK, "_")
        found = [
            (place.start(), day_first)
            for way, day_first in ((_DAY_FIRST, True), (_MONTH_FIRST, False))
            if (place := way.search(typed))
        ]
        for place in _FIGURES.finditer(typed):
            one, two = int(place["one"]), int(place["two"])
            if max(one, two) > _MONTHS >= min(one, two):
                found.append((place.start(), one > two))
        if found:
            return min(found)[1]
    return None


def read_two_ways(text: str) -> str:
    """Return the first “4/12”, of which nothing tells whether it is of April; "" without any."""
    pairs = ((each["one"], each["two"], each) for each in _FIGURES.finditer(text))
    unsure = (
        each[0][len(each["before"]) :]
        for one, two, each in pairs
        if one != two and min(int(one), int(two)) and max(int(one), int(two)) <= _MONTHS
    )
    return next(unsure, "")


def in_one_way(text: str, *, day_first: bool) -> str:
    """Return “November 20” for “20th of November” and “11/20”, or “20 November” for both."""
    said = _written(day_first=day_first)
    text = _FIGURES.sub(lambda found: _in_words(found, day_first=day_first), text)
    text = _MONTH_FIRST.sub(said, _DAY_FIRST.sub(said, text))
    return _on_its_part(_ORDINAL.sub(_ordinal, _OF_A_WEEK.sub(_whole_day, text)))


def on_its_day(clause: str) -> str:
    """Return “on November 14, you wrote it” for “November 14 you wrote it”."""
    return _BEFORE_A_CLAUSE.sub(r"on \1, ", clause)


_BEFORE_A_CLAUSE = re.compile(
    rf"\A(?:on )?((?:{_MONTH}){_SPACE}\d{{1,2}}|\d{{1,2}}{_SPACE}(?:{_MONTH}))[,:]? "
    r"(?=(?:you|i|we|they|he|she|it|the|all|everything|a|an)\b)",
    re.IGNORECASE,
)


def _on_its_part(text: str) -> str:
    """Return “on the night of November 15” for “November 15 night”."""
    return _PART_OF_A_DAY.sub(r"\g<led>the \g<part> of \g<day>", _BARE_PART.sub(r"on \g<0>", text))


_ANY_DAY = rf"(?:(?:{_MONTH}){_SPACE}\d{{1,2}}|\d{{1,2}}{_SPACE}(?:{_MONTH}))"
_PART = r"(?P<part>night|morning|evening|afternoon)\b"
_BARE_PART = re.compile(
    rf"(?<!\bon )(?<!\bof )(?<!\bby )(?<!\bfrom )(?<!\buntil ){_ANY_DAY} {_PART}"
)
_PART_OF_A_DAY = re.compile(
    rf"(?P<led>\b(?:on|by|from|until) )(?P<day>{_ANY_DAY}) {_PART}", re.IGNORECASE
)


def set_off(line: str) -> str:
    """Return “photos placed, December 16” for that with a dash, a colon or nothing before a day."""
    line = _BARE_END.sub(
        lambda found: " on " if _DONE.search(found.string[: found.start()]) else ", ", line
    )
    return _AT_THE_END.sub(r", \g<day>", line)


_LED = "".join(
    rf"(?<!\b{each})"
    for each in (
        *("on", "by", "until", "till", "from", "since", "of", "and", "or", "to", "for", "due"),
        *("is", "are", "before", "after", "than", "dated"),
    )
)
_BARE_END = re.compile(
    rf"(?<=[\w)])(?<!\bstarting)(?<!\bbeginning)(?<!\bending)(?<!\bopening){_LED} "
    rf"(?=(?:(?:{_MONTH}){_SPACE}\d{{1,2}}|\d{{1,2}}{_SPACE}(?:{_MONTH}))\Z)"
)
_DONE = re.compile(r"\b(?:was|were|is|are|came|\w+ed|sent|paid|moved)(?: \w+)?\Z")
"""“the floor was added”: what stands behind is when."""
_AT_THE_END = re.compile(
    rf"(?<=[\w)])\s?(?:[,:\N{{EM DASH}}\N{{EN DASH}}-])\s(?P<day>(?:by |on |until )?"
    rf"(?:(?:{_MONTH}){_SPACE}\d{{1,2}}|\d{{1,2}}{_SPACE}(?:{_MONTH})))\Z"
)


def _written(*, day_first: bool) -> Callable[[re.Match[str]], str]:
    def said(found: re.Match[str]) -> str:
        return _day(found["month"], found["day"], found["year"], day_first=day_first)

    return said


def _day(month: str, day: str, year: str | None, *, day_first: bool) -> str:
    if day_first:
        return f"{day}{NO_BREAK}{month}{f'{NO_BREAK}{year}' if year else ''}"
    return f"{month}{NO_BREAK}{day}{f',{NO_BREAK}{year}' if year else ''}"


def _in_words(found: re.Match[str], *, day_first: bool) -> str:
    one, two = int(found["one"]), int(found["two"])
    day, month = (one, two) if two <= _MONTHS and (one > _MONTHS or day_first) else (two, one)
    if not 1 <= month <= _MONTHS or not 1 <= day <= 31:  # noqa: PLR2004  days of a month
        return found[0]
    year = found["year"] and found["year"][-2:]
    said = _day(month_name[month], str(day), year and f"20{year}", day_first=day_first)
    return found["before"] + said


def _whole_day(found: re.Match[str]) -> str:
    begins = found[1][:3].capitalize()
    return next(f"{each}, " for each in day_name if each.startswith(begins))


def _ordinal(found: re.Match[str]) -> str:
    day = int(found[2] or found[3])
    return f"{found[1]} the {day}{_suffix(day)}"


def _suffix(day: int) -> str:
    return "th" if day in _TEENS else _SUFFIXES.get(day % 10, "th")
