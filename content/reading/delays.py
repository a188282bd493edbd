"""Days of delay, where a text is sure of them; a term that was agreed is no delay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from content.reading.numbers import (
    DIGITS,
    SPACE,
    in_words,
    number,
    ordinal,
    ordinal_number,
    words_number,
)
from content.vocabulary import Vocabulary, one_of, plain

LENGTHS = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.0, "year": 365.0}
"""Days of a unit: a month counts 30."""
_CLAUSE_END = re.compile(r"[.!?…;\n]+(?=\s|$)|\n")
_START = r"(?<!\w)"
_REACH = 25
"""Characters before a span in which its «по договору» or «через» stands."""


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay that a text states; ``start`` and ``end`` are code points."""

    days: int
    """A month counts 30 days, half a month 15."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A span of time: «две недели», «третий месяц», «месяца два»."""

    count: float
    unit: str
    """A key of ``LENGTHS``."""
    start: int
    end: int

    @property
    def days(self) -> float:
        """Return its length; a month counts 30 days, half a month 15."""
        return self.count * LENGTHS[self.unit]


def read_delay(vocabulary: Vocabulary, text: str) -> Delay | None:
    """Return the delay that a text tells: «задержал на 18 дней», «третью неделю не платит».

    A span is one where its sentence speaks of waiting, or says nothing else. With an agreed term
    («на 30 дней, а платят через 45») it is what is over the term. None where that is not sure.
    """
    said = plain(text)
    begin = 0
    for end in [*(found.end() for found in _CLAUSE_END.finditer(said)), len(said)]:
        if (delay := _of_sentence(vocabulary, said[begin:end], begin)) is not None:
            return delay
        begin = end
    return None


def _of_sentence(vocabulary: Vocabulary, said: str, offset: int) -> Delay | None:
    found = [each for each in spans(vocabulary, said) if not _ago(vocabulary).match(said, each.end)]
    for start, end, days in _instead_of(vocabulary, said):
        return Delay(round(days), offset + start, offset + end) if days > 0 else None
    terms = [each for each in found if _is_agreed(vocabulary, said, each)]
    terms += () if terms else _net(vocabulary, said)
    for span in found:
        if span not in terms and _is_late(vocabulary, said, span, beside_a_term=bool(terms)):
            return Delay(round(span.days), offset + span.start, offset + span.end)
    for start, end, days in _over(vocabulary, said, terms):
        if days > 0:
            return Delay(round(days), offset + start, offset + end)
    return None


def _instead_of(vocabulary: Vocabulary, said: str) -> Iterator[tuple[int, int, float]]:
    """Yield what passed over a term: «45 дней вместо 30», «вместо 30 дней ждали 45»."""
    for pattern in (_instead_pattern(vocabulary), _instead_first(vocabulary)):
        for found in pattern.finditer(said):
            said_unit = found["unit"] or found["before"]
            if said_unit is not None:
                over = _value(vocabulary, found["passed"]) - _value(vocabulary, found["term"])
                yield (*found.span(), over * LENGTHS[_unit(vocabulary, said_unit)])


def _net(vocabulary: Vocabulary, said: str) -> Iterator[TimeSpan]:
    """Yield the terms that are told by a bare number: "net 30"."""
    if vocabulary.spans.net is not None:
        for found in re.finditer(rf"{one_of(vocabulary.spans.net)}[ -]?(\d+)", said):
            yield TimeSpan(float(found[1]), "day", *found.span())


def _is_agreed(vocabulary: Vocabulary, said: str, span: TimeSpan) -> bool:
    before = said[max(0, span.start - _REACH) : span.start]
    but = one_of(vocabulary.spans.but)
    clause = re.split(rf",\s(?!{but})|\s{but}\s", before)[-1]
    return bool(_term(vocabulary).search(clause) or _instead(vocabulary).search(clause))


def _is_late(vocabulary: Vocabulary, said: str, span: TimeSpan, *, beside_a_term: bool) -> bool:
    spans = vocabulary.spans
    before = said[: span.start]
    if re.match(rf"{SPACE}*{one_of(spans.overdue)}", said[span.end :]):
        return True
    if re.search(rf"{one_of(spans.called)}[\w\s:—–-]{{0,12}}$", before):
        return True
    if spans.lasting is not None and _lasting(vocabulary).search(before):
        return not beside_a_term
    # Beside a term other spans are the time since it began.
    if beside_a_term or re.search(rf"{one_of(spans.within)}{SPACE}+$", before):
        return False
    if re.search(one_of(spans.late), said):
        return True
    alone = before + said[span.end :]
    return not re.sub(rf"{one_of(spans.filler)}|\W", "", alone)


def _over(
    vocabulary: Vocabulary, said: str, terms: list[TimeSpan]
) -> Iterator[tuple[int, int, float]]:
    """Yield what passed over the one agreed term: «на 30 дней, а платят через 45»."""
    if len(terms) != 1:
        return
    for found in _elapsed(vocabulary).finditer(said):
        at = found.start("passed") if found["passed"] else found.start("one")
        if at in range(terms[0].start, terms[0].end):
            continue
        unit = found["unit"] or found["one"]
        count = _value(vocabulary, found["passed"]) if found["passed"] else 1.0
        passed = count * (LENGTHS[_unit(vocabulary, unit)] if unit else 1.0)
        yield at, found.end(), passed - terms[0].days


def spans(vocabulary: Vocabulary, said: str) -> Iterator[TimeSpan]:
    """Yield the spans of time of a text that ``plain`` has made plain."""
    if not _unit_anywhere(vocabulary).search(said):
        return  # most texts have none, and the whole pattern takes a hundred times as long
    for found in _pattern(vocabulary).finditer(said):
        if found["half"]:
            count = 0.5
        else:
            count_said = found["number"] or found["after"]
            if not count_said and not re.fullmatch(one_of(vocabulary.spans.single), found["unit"]):
                continue
            count = _value(vocabulary, count_said) if count_said else 1.0
            count += 0.5 if found["more"] else 0.0
        yield TimeSpan(count, _unit(vocabulary, found["unit"]), *found.span())


def is_exact(vocabulary: Vocabulary, text: str, delay: Delay) -> bool:
    """Tell whether a delay counts what is over, and not «вторая неделя» or «три-четыре дня»."""
    said = plain(text)
    counted = said[delay.start : delay.end]
    join = rf"{SPACE}*{one_of(vocabulary.days.joins)}{SPACE}*"
    other = re.search(rf"(?:{_numeral(vocabulary)}){join}$", said[: delay.start])
    return not (
        other
        or re.match(r"-\w", said[delay.end :])
        or re.search(rf"{_START}{ordinal(vocabulary)}|{SPACE}{join}{SPACE}", counted)
    )


def _value(vocabulary: Vocabulary, said: str) -> float:
    if re.fullmatch(ordinal(vocabulary), said):
        return float(ordinal_number(vocabulary, said))
    if re.fullmatch(DIGITS, said):
        return float(number(said))
    return float(words_number(vocabulary, said))


def _unit(vocabulary: Vocabulary, said: str) -> str:
    return next(unit for unit, forms in _units(vocabulary) if re.fullmatch(one_of(forms), said))


def _any_unit(vocabulary: Vocabulary) -> str:
    return one_of("|".join(forms for _, forms in _units(vocabulary)))


def _units(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield each unit with its forms; not every language has a fortnight."""
    for unit in LENGTHS:
        if forms := getattr(vocabulary.spans.units, unit):
            yield unit, forms


def _numeral(vocabulary: Vocabulary) -> str:
    return rf"(?:{ordinal(vocabulary)}|{DIGITS}|{in_words(vocabulary)})"


@cache
def _unit_anywhere(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(_any_unit(vocabulary).replace(_START, ""))


@cache
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    unit, numeral, units = _any_unit(vocabulary), _numeral(vocabulary), vocabulary.spans.units
    about = one_of(vocabulary.spans.about)
    inverted = rf"(?P<after>{in_words(vocabulary)})(?!{SPACE}+{unit})"
    loose = _unit_anywhere(vocabulary).pattern
    halved = one_of("|".join((units.week, units.month, units.year))).replace(_START, "")
    return re.compile(
        rf"(?<![\d.,])(?:(?P<number>{numeral}){SPACE}*|\b(?P<half>{vocabulary.numbers.half}){SPACE}?)?"
        rf"(?P<unit>(?(half){halved}|(?(number){loose}|{unit})))(?(number)|(?:{SPACE}+(?:{about}{SPACE}+)?{inverted})?)"
        rf"(?P<more>{SPACE}+{one_of(vocabulary.numbers.and_a_half)})?"
    )


@cache
def _ago(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{SPACE}*{one_of(vocabulary.spans.ago)}")


@cache
def _lasting(vocabulary: Vocabulary) -> re.Pattern[str]:
    lasting = one_of(vocabulary.spans.lasting or "")
    return re.compile(rf"{one_of(vocabulary.denials)}\W[^.,;]*{lasting}{SPACE}+$")


@cache
def _term(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(one_of(vocabulary.spans.agreed))


@cache
def _instead(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{one_of(vocabulary.spans.instead)}{SPACE}+$")


@cache
def _instead_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    unit, numeral = _any_unit(vocabulary), _numeral(vocabulary)
    return re.compile(
        rf"(?<!\d)(?P<passed>{numeral})(?:{SPACE}*(?P<before>{unit}))?{SPACE}+{one_of(vocabulary.spans.instead)}{SPACE}+"
        rf"(?P<term>{numeral})(?:{SPACE}*(?P<unit>{unit}))?"
    )


@cache
def _instead_first(vocabulary: Vocabulary) -> re.Pattern[str]:
    unit, numeral = _any_unit(vocabulary), _numeral(vocabulary)
    return re.compile(
        rf"{one_of(vocabulary.spans.instead)}{SPACE}+(?P<term>{numeral})"
        rf"(?:{SPACE}*(?P<before>{unit}))?[^\d.,;!?]{{1,{_REACH}}}?"
        rf"(?<!\w)(?P<passed>{numeral})(?!\w)(?:{SPACE}*(?P<unit>{unit}))?"
    )


@cache
def _elapsed(vocabulary: Vocabulary) -> re.Pattern[str]:
    unit, numeral = _any_unit(vocabulary), _numeral(vocabulary)
    return re.compile(
        rf"{one_of(vocabulary.spans.elapsed)}{SPACE}+(?:(?P<passed>{numeral})"
        rf"(?:{SPACE}*(?P<unit>{unit}))?|(?P<one>{one_of(vocabulary.spans.single)}))"
    )
