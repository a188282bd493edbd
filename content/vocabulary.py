"""How people type numbers, money, spans of time and days in one language.

The forms stand in ``words/<language>/reading.toml``: ``|`` between them, ``*`` for any letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field

from content.models import Model, OfLanguage
from content.russian.spelling import undotted

_FORMS = re.compile(r"[^|]+(?:\|[^|]+)*")


def _reads_as_forms(forms: str) -> str:
    if not _FORMS.fullmatch(forms) or forms != undotted(forms.casefold()):
        raise ValueError(f"not forms: {forms!r}; lower case, no dots on an e, | between them")
    return forms


Forms = Annotated[str, AfterValidator(_reads_as_forms)]
Values = Annotated[Mapping[Forms, float], Field(min_length=1)]


class Ordinals(Model):
    """«Пятого», «третью», «5-го»."""

    stems: Values
    endings: Forms
    of_days: Forms
    """Ends of what can be a day of the month: «пятого», not «пятый»."""
    forms: Values
    """Those that the stems and endings do not make."""
    suffixes: Forms
    """After digits and a hyphen."""


class Numbers(Model):
    """Numbers in words."""

    cardinal: Values
    ordinal: Ordinals
    half: Forms
    """The beginning of a word: «полмесяца»."""
    quarter: Forms
    """Before a scale: «четверть миллиона»."""
    and_a_half: Forms


class Money(Model):
    """Sums."""

    currency: str
    """The code of an amount that names none."""
    joins: Forms
    """Between two numbers of one currency: «20 из 80 тысяч»."""
    counted: Forms
    """After a number: what is counted is not money."""
    single: Forms
    """A scale that is one of itself where it stands alone: «тысячу за выезд»."""
    beside: Forms
    """Behind such a scale; else it ends the clause."""
    inverted: Forms
    """A scale before its number: «тысяч пять»."""
    scales: Values
    currencies: Mapping[str, Forms]
    hundredths: Mapping[str, Forms]
    """The small coins of a currency: «80 копеек», “80 cents”."""
    with_coins: Forms
    """Between a sum and its small coins: “$5 and 80 cents”."""
    idle: Forms
    """Before small coins: no sum is meant, «ни одной копейки», “my two cents”."""


class Units(Model):
    """What spans of time are counted in."""

    day: Forms
    week: Forms
    fortnight: Forms | None = None
    month: Forms
    year: Forms


class Spans(Model):
    """Spans of time, and when one is a delay."""

    units: Units
    single: Forms
    """Units that are one where no number stands beside them."""
    ago: Forms
    agreed: Forms
    """Before a span: a term that was agreed."""
    net: Forms | None = None
    """Before a bare number: a term that was agreed, in days."""
    instead: Forms
    elapsed: Forms
    """Before the time that has passed since."""
    late: Forms
    """In the sentence: a span beside it is a delay."""
    called: Forms
    """Beside a term only what is called a delay is one."""
    overdue: Forms
    """Behind a span: it is a delay."""
    within: Forms
    """Before a span: a measure."""
    lasting: Forms | None = None
    """Before a span, behind what is denied: “hasn't paid in a month”."""
    about: Forms
    """Between a unit and its number: «дня на три»."""
    filler: Forms
    but: Forms
    """Between what was agreed and what came of it."""


class Days(Model):
    """Days of the calendar."""

    near: Values
    """Days from today."""
    month_first: bool = False
    """Whether 11/05 is a day of November."""
    months: Values
    weekdays: Values
    weekdays_short: Values
    weekdays_counted: Values
    """Behind a number: «две пятницы назад», “in two Fridays”."""
    past: Forms
    future: Forms
    number: Forms
    until: Forms
    since: Forms
    at: Forms
    dateless: Forms | None = None
    """Before a day of the week, and never before a date: «в пятницу», «3 ноября»."""
    on: Forms = ""
    """Before a date that takes the place of “yesterday”, unless one of the next stands there."""
    before_a_day: Forms | None = None
    behind_an_hour: Forms | None = None
    """Behind a number beside a day of the week, which is no day then: “Tuesday 10 am”."""
    of_a_thing: Forms | None = None
    """Before a day of the week that a thing is of: “the Tuesday hours”."""
    parts: Forms | None = None
    """Of a day, which a date has not behind it: “Sunday night”."""
    meant_for: Forms
    """Before a day of the week: what was asked for, not when: «срочное на воскресенье»."""
    asked: Forms
    asked_for: Forms
    """Behind one that asks, and before a day of the week: «просили работать в воскресенье»."""
    every: Forms
    last: Forms
    next: Forms
    this: Forms
    that: Forms
    """«На той неделе»: the last one or the next, as ``ahead`` tells."""
    before_last: Forms | None = None
    """Behind a day of the week: one week earlier, “the Friday before last”."""
    last_but_one: Forms | None = None
    """Before a day of the week or «неделя»: «позапрошлая», one week earlier than the last."""
    week_before_last: Forms | None = None
    week_after_next: Forms | None = None
    after_next: Forms | None = None
    of_a_day: Forms | None = None
    """Adjectives, in whose place no date can stand: «сегодняшним числом»."""
    depending: Forms | None = None
    """What comes first is told behind one of these: «отдам в среду, если придут во вторник»."""
    of_an_event: Forms
    """Right behind a span: it counts from what follows, “in 10 days after your comments”."""
    anchors: Forms
    """What a span anywhere beside it may count from: “once you approve, the final in 10 days”."""
    before_a_number: Forms
    """Before a day without its month: “by the 4th”."""
    the: Forms | None = None
    """Between them, and not before a date."""
    of_each_month: Forms
    """What shows that a day without its month may be of each: “by the 5th every month”."""
    a_week_on: bool = False
    """Whether “Friday week” is a week later than Friday."""
    from_now: Forms | None = None
    """Behind a span: “three weeks from now”."""
    counted_from: Forms | None = None
    """Between a span and the day it is counted from: “a week from Tuesday”."""
    of: Forms | None = None
    """Between an ordinal and its month: “the first of May”."""
    day_end: Forms | None = None
    """The end of a day: of another that is named, else of today."""
    week: Forms
    week_end: Forms | None = None
    """The end of this week in one word: “EOW”."""
    month_end: Forms | None = None
    end: Forms
    middle: Forms
    """Before a month: its 15th, where it is said until when."""
    of_month: Forms
    of_year: Forms
    year_sign: Forms
    last_year: Forms
    joins: Forms
    """Between the two days of «3 и 17 ноября»."""
    not_before: Forms
    """Before «5.11»: a number of something else."""
    not_after: Forms
    follows: Forms
    """After «20-го»: then it is a day of the month."""


class TimesOfDay(Model):
    """Times of day."""

    names: Values
    parts: Values
    """«Утра»: the hour at which its twelve hours begin."""
    at: Forms
    since: Forms
    until: Forms
    hour: Forms


class Aside(Model):
    """What tells that a text speaks of something else than the client, and what ends that."""

    begins: Forms
    """At the beginning of a sentence: somebody else, or what was only feared."""
    supposed: Forms
    """Anywhere in a sentence that supposes: «если бы»."""
    condition: Forms | None = None
    would: Forms | None = None
    """Two that suppose together: “if he … I'd …”."""
    once: Forms
    now: Forms
    """What was «раньше» is over where «теперь» follows."""
    but: Forms
    """Behind it the client is spoken of again."""
    denials: Forms
    """What denies a whole clause: «никто», “never”."""


class Vocabulary(OfLanguage):
    """``words/<language>/reading.toml``."""

    denials: Forms
    """«Не», «без»: the next word is denied."""
    breaks: Forms
    """Between the clauses of a sentence."""
    addressed: Forms | None = None
    """«Вы», «тебя»: in a complaint, the words of whoever is complained of."""
    aside: Aside
    numbers: Numbers
    money: Money
    spans: Spans
    days: Days
    hours: TimesOfDay


def plain(text: str) -> str:
    """Return a text in lower case, without «ё», with one apostrophe; offsets stay true."""
    small = text.lower()
    if len(small) != len(text):  # «İ» becomes two
        lower = ((each, each.lower()) for each in text)
        small = "".join(low if len(low) == 1 else each for each, low in lower)
    return undotted(small).replace("’", "'")


@lru_cache(maxsize=1024)
def one_of(forms: str) -> str:
    """Return a regular expression for one of the forms as whole words."""
    return f"(?:{'|'.join(map(_form, forms.split('|')))})"


START = r"(?<!\w)"
"""How a form begins, unless it may stand right behind digits."""


def _form(form: str) -> str:
    start = START if form[0].isalnum() or form[0] == "*" else ""
    end = r"(?!\w)" if form[-1].isalnum() else ""
    return start + re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") + end


def any_of(values: Mapping[str, object]) -> str:
    """Return a regular expression for any form of a table."""
    return one_of("|".join(values))


def value_of(values: Mapping[str, float], said: str) -> float | None:
    """Return the value of the form that was said."""
    squeezed = " ".join(said.split())
    return next((n for forms, n in values.items() if _whole(forms).fullmatch(squeezed)), None)


@lru_cache(maxsize=1024)
def _whole(forms: str) -> re.Pattern[str]:
    return re.compile(one_of(forms))
