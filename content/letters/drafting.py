"""From what a person filled in to a draft, and from one draft to its neighbours."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import TypeAlias

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency
from babel.units import format_unit

from content.checking.findings import Rule
from content.english.days import in_one_way, puts_the_day_first
from content.english.words import ON_A_DAY
from content.letters.letters import LetterKind, Letters
from content.letters.models import (
    BlankData,
    BlankKind,
    Length,
    LetterData,
    LetterManners,
    LetterText,
    PartText,
    Soon,
    Tone,
    TypedForLetters,
)
from content.letters.ordinary import (
    addressed,
    as_occupation,
    as_team,
    named,
    of_the_reader,
    told,
    with_a_dash,
    with_first_names,
)
from content.letters.own_words import as_event
from content.letters.sums import (
    in_one_currency,
    named_currency,
    priced,
    signed,
    spelled,
    tells_of_a_debt,
    unpriced,
    with_one_mark,
    without_beside,
    without_sum,
)
from content.letters.templates import LIST_MARK, NUMBER_MARK, bare, going_on, lines, needs, render
from content.letters.typed import (
    calendared,
    capitalised,
    dated,
    greeted,
    grouped,
    said_plainly,
    tidy,
    without_lead,
)
from content.models import FIRST_LANGUAGE, Language
from content.russian.spelling import is_russian
from content.russian.words import is_habit
from content.typography import NO_BREAK, tied
from content.vocabulary import START, one_of, plain
from content.voices import Voice, choice

Value: TypeAlias = str | dt.date | tuple[str, ...]
"""A typed text or the id of a chosen option, a date, or lines of facts."""

Variants: TypeAlias = "str | Mapping[str, Variants]"
"""A template, or templates by tone and length."""

SIGNATURE = "signature"
"""Stands among the open blanks of a draft while nobody has signed it."""
SIGNATURE_LIMIT = 100
"""Characters."""
COMMON = frozenset(
    {"today", "day", "signature", "contact", "on_what", "cause", "hurt", "owed", "near", "say"}
)
"""What every template of a letter may name beside the letter's own blanks."""
WRONG_SIGNS = frozenset({"unethical_request"})
"""Facts of these say that the work itself is wrong to do."""
TONE_SIGNS = frozenset({"rudeness", "threats", "harassment", "team_disrespect"})
"""Signs that tell how one is spoken to, not what of the terms was kept."""
TERM_SIGNS = frozenset(
    (
        *("late_payment", "payment_maze", "disputes_invoices", "scope_creep"),
        *("never_satisfied", "last_minute", "no_feedback", "no_shows"),
    )
)
"""Signs that tell of terms that were not kept."""
OWING_SIGNS = frozenset({"late_payment"})
OF_A_FACT = frozenset({"day", "sum", "delay", "term", "say"})
"""What a line of a fact may name."""


class StyleStep(StrEnum):
    """A step from one draft to a neighbour."""

    WARMER = "warmer"
    FIRMER = "firmer"
    SHORTER = "shorter"
    LONGER = "longer"


@dataclass(frozen=True, slots=True)
class Variant:
    """Which of its versions a letter is."""

    tone: Tone = Tone.NEUTRAL
    length: Length = Length.SHORT
    language: Language = FIRST_LANGUAGE


@dataclass(frozen=True, slots=True)
class People:
    """Who writes to whom. What is empty is left out, but for the signature."""

    signature: str = ""
    voice: Voice = Voice.PLAIN
    contact: str = ""
    """How the reader is greeted, nominative: «Ольга»."""
    client: str = ""
    """Whom the work is for, as it stands after «для» or “for”: «студии „Вектор“»."""
    project: str = ""
    """What the work is called, as the client knows it: «каталог». Said in place of the client."""
    currency: str = ""
    """What sums are in of which the person has not said it."""


@dataclass(frozen=True, slots=True)
class FilledBlanks:
    """What a person has filled in so far."""

    values: Mapping[str, Value] = field(default_factory=dict)
    later: frozenset[str] = frozenset()
    """Blanks put off: not asked again, and seen in the draft."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Parts in the person's own words, in place of the template's."""
    signs: frozenset[str] = frozenset()
    """Of the facts that it names."""


@dataclass(frozen=True, slots=True)
class Blank:
    """One question to fill a letter."""

    id: str
    question: str
    proposals: tuple[str, ...]
    """Worded answers to a text."""
    options: Mapping[str, str]
    """Of a choice: the value → its label."""
    dates: Mapping[Soon, dt.date]
    """Of a date: those to propose, the past and the same day twice left out."""
    kind: BlankKind
    limit: int
    """Characters of a text; of facts, how many."""
    example: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a draft, to be changed alone."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as it stands."""

    subject: str
    paragraphs: tuple[tuple[Part, ...], ...]
    length: Length
    open: tuple[str, ...]
    """Blanks still open, in the order they are asked, the signature last."""

    @property
    def text(self) -> str:
        """Return the clean text, ready to copy; no line of it begins with a dash."""
        whole = self._between.join(" ".join(p.text for p in each) for each in self.paragraphs)
        return whole.replace(" —", f"{NO_BREAK}—")

    @property
    def _between(self) -> str:
        return "\n\n" if self.length is Length.FULL else "\n"

    def placed(self) -> Iterator[tuple[int, Part]]:
        """Yield every part with its place in the text."""
        at = 0
        for paragraph in self.paragraphs:
            for part in paragraph:
                yield at, part
                at += len(part.text) + 1
            at += len(self._between) - 1


@dataclass(frozen=True, slots=True)
class Month:
    """The month that a note of no single day is of."""

    first: dt.date
    named: bool
    """Whether the note itself says so."""


@dataclass(frozen=True, slots=True)
class CitedFact:
    """What a letter may say of a dated fact; the words of the log stay in the log."""

    day: dt.date
    sign: str
    sum: str = ""
    """As it reads: «60 000 ₽»."""
    delay: int | None = None
    """Days."""
    month: Month | None = None
    """Where no more is known than when the fact was jotted down."""
    term: dt.date | None = None
    """First day of the month that was to be paid for."""


@dataclass(frozen=True, slots=True)
class Probation:
    """What a last effort asks for, and the day to look at it."""

    conditions: tuple[str, ...]
    until: dt.date


def missing(
    kind: LetterKind,
    filled: FilledBlanks,
    today: dt.date,
    language: Language = FIRST_LANGUAGE,
) -> tuple[Blank, ...]:
    """Return what is still to be asked, in order, in the language the letter is written in."""
    given = _given(kind.data, filled)
    return tuple(
        blank(kind, each.id, today, language)
        for each in needed(kind, given, language)
        if each.id not in filled.later and not _says(given.get(each.id))
    )


def blank(
    kind: LetterKind,
    blank_id: str,
    today: dt.date,
    language: Language = FIRST_LANGUAGE,
    is_off: Callable[[dt.date], bool] = lambda _day: False,
) -> Blank:
    """Return one question of a letter, asked before or not; its days are not off.

    Raises ``KeyError``.
    """
    data = {each.id: each for each in kind.data.blank}[blank_id]
    text = kind.texts[language].blanks[blank_id]
    dates: dict[Soon, dt.date] = {}
    for soon in data.soon:
        day = coming(soon, today, is_off)
        if day > today and day not in dates.values():
            dates[soon] = day
    return Blank(
        id=data.id,
        question=text.question,
        proposals=text.proposals,
        options=text.options,
        dates=dates,
        kind=data.kind,
        limit=data.limit,
        example=text.example or "",
    )


def coming(
    soon: Soon, today: dt.date, is_off: Callable[[dt.date], bool] = lambda _day: False
) -> dt.date:
    """Return the day that a proposal means, moved to the next one that is not off.

    The end of a month is its last working day, unless that is less than a week away: then of the
    next month.
    """
    if soon is Soon.MONTH_END:
        day = _last_of_month(today)
        if day - today < dt.timedelta(days=_TOO_SOON):
            day = _last_of_month(day + dt.timedelta(days=1))
        return next_working(day, is_off, back=True)
    days = {Soon.THREE_DAYS: 3, Soon.WEEK: 7, Soon.FORTNIGHT: 14, Soon.MONTH: 30}[soon]
    return next_working(max(today + dt.timedelta(days=days), to_answer(today)), is_off)


def to_answer(today: dt.date) -> dt.date:
    """Return the first day by which a reader can be asked to answer: two weekdays ahead."""
    day = today
    for _ in range(_WEEKDAYS_TO_ANSWER):
        day = next_working(day + dt.timedelta(days=1), lambda each: each.weekday() >= SATURDAY)
    return day


def next_working(day: dt.date, is_off: Callable[[dt.date], bool], *, back: bool = False) -> dt.date:
    """Return a day if it is not off, else the next one that is not, or the one before."""
    step = dt.timedelta(days=-1 if back else 1)
    for _ in range(_LONGEST_HOLIDAY):
        if not is_off(day):
            break
        day += step
    return day


_TOO_SOON = 7
_WEEKDAYS_TO_ANSWER = 2
SATURDAY = 5
_LONGEST_HOLIDAY = 21


def _last_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def defaults(kind: LetterKind, why: Collection[str]) -> dict[str, Value]:
    """Return the options to begin with, by signs, gaps and grounds: a threat closes the door.

    ``why`` begins with what weighs most, which is the one that counts.
    """
    return {
        each.id: option for each in kind.data.blank if (option := _proposed(each, why)) is not None
    }


def _proposed(choice: BlankData, why: Collection[str]) -> str | None:
    """Return the option to begin with; none where it is asked."""
    instead = (o for one in why for o, those in choice.instead.items() if one in those)
    return next(instead, choice.default)


def draft(
    kind: LetterKind, style: Variant, filled: FilledBlanks, people: People, today: dt.date
) -> Draft:
    """Write the letter.

    What is open shows as «‹…›». Raises ``KeyError`` for a tone, length or language that this kind
    does not have.
    """
    return _Desk(kind, style, filled, people, today).draft()


def quote(
    letters: Letters,
    fact: CitedFact,
    language: Language,
    today: dt.date,
    voice: Voice = Voice.PLAIN,
) -> str | None:
    """Return a fact as a letter may put it, for the freelancer to keep or change.

    None for what is no fact about the client.
    """
    manners = letters.manners[language]
    line = letters.fact_lines[language].get(fact.sign)
    source = manners.fact if line is None else line.line
    if source is None:
        return None
    days = _calendar(manners, language, today)
    delay = (
        ""
        if fact.delay is None
        else tied(format_unit(fact.delay, "duration-day", locale=days.locale))
    )
    values = {
        "day": days.day(fact.day),
        "sum": tied(fact.sum),
        "delay": delay,
        "term": _of_month(manners, manners.for_months, fact.term, today),
        "say": choice(voice),
    }
    said = render(source, values)
    if fact.month is None:
        return said
    month = _of_month(manners, manners.in_months, fact.month.first, today)
    return re.sub(rf"^{ON_A_DAY}{re.escape(str(values['day']))}", month, said)


def _of_month(
    manners: LetterManners, months: Sequence[str], first: dt.date | None, today: dt.date
) -> str:
    if first is None:
        return ""
    said = months[first.month - 1]
    return tied(said if first.year == today.year else manners.of_a_year.format(said, first.year))


def month_of(letters: Letters, language: Language, day: dt.date, words: str) -> Month | None:
    """Return the month that jotted words tell of: «в октябре дважды», «пишет ночью».

    None for what may have happened on the very day it was jotted down on.
    """
    manners = letters.manners[language]
    said = plain(words)
    named = _named_month(manners.in_months, said, day)
    if not named and not (re.search(one_of(manners.typed.of_no_day), said) or is_habit(said)):
        return None
    return Month(named or day.replace(day=1), named=bool(named))


def term_of(letters: Letters, language: Language, day: dt.date, words: str) -> dt.date | None:
    """Return the first day of the month that jotted words say was to be paid for."""
    return _named_month(letters.manners[language].for_months, plain(words), day)


def _named_month(months: Sequence[str], said: str, day: dt.date) -> dt.date | None:
    """Return the first day of the first month that is said, the latest one up to a day."""
    for month, name in enumerate(months, 1):
        if re.search(rf"\b{plain(name)}\b", said):
            return dt.date(day.year - (month > day.month), month, 1)
    return None


def in_own_words(
    letters: Letters, day: dt.date, words: str, language: Language, today: dt.date
) -> str:
    """Return a fact as the person has put it: «3 ноября — две страницы сверх сметы»."""
    manners = letters.manners[language]
    said = day_in(manners, language, day, today)
    return render(manners.own_fact, {"day": said, "words": tied(words)})


def lacks_currency(kind: LetterKind, filled: FilledBlanks, language: Language) -> bool:
    """Tell whether somebody has to say in which currency a sum of the letter is."""
    typed = kind.manners[language].typed
    given = _given(kind.data, filled)
    if named_currency(typed, _texts(given.values())):
        return False
    for each in needed(kind, given, language):
        value = given.get(each.id)
        said = (value,) if isinstance(value, str) else value
        if (
            isinstance(said, tuple)
            and not each.bill
            and any(
                next(unpriced(typed, spelled(typed, one, money=each.money), money=each.money), None)
                for one in said
            )
        ):
            return True
    return False


def _texts(values: Iterable[Value]) -> Iterator[str]:
    for value in values:
        if not isinstance(value, dt.date):
            yield from (value,) if isinstance(value, str) else value


def names_the_work(kind: LetterKind, style: Variant) -> bool:
    """Tell whether a letter says what the work is about, so that it matters how it is called."""
    text, manners = kind.texts[style.language], kind.manners[style.language]
    sources = (
        choose(part_text(text, manners, part) or "", style.tone, style.length)
        for paragraph in kind.data.layout[style.length]
        for part in paragraph
    )
    return any("on_what" in needs(each) for each in (text.subject, *filter(None, sources)))


def is_signed(kind: LetterKind, style: Variant) -> bool:
    """Tell whether a letter has a place for a signature: a reply in a chat has none."""
    return any(SIGNATURE in paragraph for paragraph in kind.data.layout[style.length])


def neighbour(kind: LetterKind, style: Variant, move: StyleStep) -> Variant | None:
    """Return the style one step further, None where this kind has none there."""
    if move in {StyleStep.SHORTER, StyleStep.LONGER}:
        length = Length.SHORT if move is StyleStep.SHORTER else Length.FULL
        there = length != style.length and length in kind.data.layout
        return replace(style, length=length) if there else None
    tones = [tone for tone in Tone if tone in kind.data.tones]
    place = tones.index(style.tone) + (1 if move is StyleStep.FIRMER else -1)
    return replace(style, tone=tones[place]) if 0 <= place < len(tones) else None


def probation(kind: LetterKind, filled: FilledBlanks) -> Probation | None:
    """Return what a last effort agrees on, None for other letters and while a date is lacking."""
    if kind.data.probation is None:
        return None
    conditions = filled.values.get(kind.data.probation.conditions)
    until = filled.values.get(kind.data.probation.until)
    if not isinstance(until, dt.date) or not isinstance(conditions, str):
        return None
    return Probation(lines(conditions), until)


def choose(part: Variants, tone: str, length: str) -> str | None:
    """Return the template of a part for this tone and length, None where it says nothing."""
    chosen: Variants | None = part
    while chosen is not None and not isinstance(chosen, str):
        chosen = chosen.get(tone, chosen.get(length))
    return chosen


def part_text(text: LetterText, manners: LetterManners, part: str) -> PartText | None:
    """Return a part of a letter, its own before the one that all letters share."""
    return text.parts.get(part, manners.parts.get(part))


def money(value: Decimal, currency: str, language: Language) -> str:
    """Return a sum as a letter of another language than the log's writes it: «RUB 60,000»."""
    locale = language.replace("-", "_")
    said = format_currency(
        value, currency, format="¤#,##0.##", locale=locale, currency_digits=False
    )
    return said.replace(currency, f"{currency}{NO_BREAK}")


def _on_what(manners: LetterManners, people: People) -> str:
    """Return « по проекту „Каталог“» or « для студии „Вектор“», nothing where neither is named."""
    project = capitalised(bare(people.project).strip('"”').replace("'", "’"), manners)
    project = named(project, people=False)
    if project.startswith("«") and project.endswith("»"):
        project = project[1:-1]
    occupation = as_occupation(one_of(manners.typed.jobs), going_on(project))
    project = project.replace("«", "„").replace("»", "“")
    project = project[:1].upper() + project[1:]
    client = bare(people.client)
    if re.search("[«„]", client[1:]):  # «Школы „Эрудит“» begins with no name
        client = going_on(client)
    values = {"occupation": occupation, "project": project, "client": client}
    return render(manners.on_what, values).rstrip()


def _given(data: LetterData, filled: FilledBlanks) -> dict[str, Value]:
    """Return what was filled in, on top of what is taken without asking."""
    defaults = {each.id: each.default for each in data.blank if each.default is not None}
    return {**defaults, **filled.values}


def _cause(signs: Collection[str], facts: Collection[str], typed: TypedForLetters) -> str:
    """Return what the facts amount to: a tone, wrong work, terms not kept, or how it goes.

    Facts that the person has typed have no sign, and tell it themselves.
    """
    if facts and not signs:
        if all(re.search(one_of(typed.rude), plain(each)) for each in facts):
            return "tone"
        return "terms" if all(tells_of_a_debt(typed, each) for each in facts) else "order"
    if signs and set(signs) <= TONE_SIGNS:
        return "tone"
    if signs and set(signs) <= WRONG_SIGNS:
        return "wrong"
    return "terms" if signs and set(signs) <= TERM_SIGNS else "order"


def _together(facts: tuple[str, ...], manners: LetterManners, locale: str) -> tuple[str, ...]:
    """Return facts of which those that differ by their day alone are one, at its first place.

    What speaks of its reader and cannot be said otherwise is left out.
    """
    days: dict[tuple[str, str], list[str]] = {}
    for fact in facts:
        on, day, rest = dated(tidy(fact), manners)
        if (said := told(_as_event(rest, dated=bool(day)), dated=bool(day))) is not None:
            days.setdefault((on, said), []).append(day)
    return tuple(f"{on}{_days_listed(each, locale)}{rest}" for (on, rest), each in days.items())


def _as_event(rest: str, *, dated: bool) -> str:
    """Return « съёмка отменена» for « отменил съёмку», which is told to whoever did it.

    Where there is no sure way to say it, it stays, and the check names it.
    """
    words = rest.lstrip("—–, ")
    return rest.removesuffix(words) + as_event(words, dated=dated) if is_russian(words) else rest


def _days_listed(days: Collection[str], locale: str) -> str:
    """Return «1 и 8 ноября», “November 1 and 8”, «30 октября и 1 ноября»."""
    once = tuple(dict.fromkeys(days))
    words = [re.split(r"[\s\u00a0]", each) for each in once]
    if len(once) > 1 and all(len(each) == _DAY_AND_MONTH for each in words):
        first, then = zip(*words, strict=True)
        if len(set(then)) == 1:
            return f"{format_list(first, locale=locale)}{NO_BREAK}{then[0]}"
        if len(set(first)) == 1:
            return f"{first[0]}{NO_BREAK}{format_list(then, locale=locale)}"
    return format_list(once, locale=locale)


_DAY_AND_MONTH = 2


def manners_for(kind: LetterKind, language: Language, filled: FilledBlanks) -> LetterManners:
    """Return the manners of a letter, with days as its writer types them: “2 November”."""
    manners = kind.manners[language]
    if manners.day_first is None or not puts_days_first(kind, language, filled):
        return manners
    return manners.model_copy(update={each: getattr(manners.day_first, each) for each in _DATES})


_DATES = ("date", "date_and_year")


def puts_days_first(
    kind: LetterKind, language: Language, filled: FilledBlanks, currency: str = ""
) -> bool | None:
    """Tell whether “4/12” is of December, by the days typed, or by the money; None if unknown.

    ``currency``: that of the client, where no sum has one.
    """
    manners = kind.manners[language]
    if manners.day_first is None:
        return None
    typed = (filled.values.get(each.id) for each in kind.data.blank)
    texts = [each for value in typed for each in ((value,) if isinstance(value, str) else ())]
    facts = filled.values.get("facts")
    texts += facts if isinstance(facts, tuple) else ()
    first = puts_the_day_first(calendared(each, language) for each in texts)
    money = named_currency(manners.typed, texts) or currency
    if first is not None or not money:
        return first
    ways = ((manners.day_first.money, True), (manners.day_first.other_money, False))
    return next((way for forms, way in ways if re.fullmatch(one_of(forms), money)), None)


def told_facts(
    kind: LetterKind, style: Variant, filled: FilledBlanks, people: People, today: dt.date
) -> tuple[str, ...]:
    """Return the facts as the letter writes them, to look for what it says of whom."""
    told = _Desk(kind, style, filled, people, today).values.get("facts")
    return told if isinstance(told, tuple) else ()


def told_answers(
    kind: LetterKind, style: Variant, filled: FilledBlanks, people: People, today: dt.date
) -> Mapping[str, str]:
    """Return the typed answers as the letter writes them, by their blanks, but for the facts."""
    written = _Desk(kind, style, filled, people, today).values
    texts = ((each.id, written[each.id]) for each in kind.data.blank if each.kind is BlankKind.TEXT)
    return {blank: said for blank, said in texts if isinstance(said, str) and said}


def needed(kind: LetterKind, given: Mapping[str, Value], language: Language) -> list[BlankData]:
    """Return the blanks that a letter needs, by what was given: none that another one tells."""
    typed = kind.manners[language].typed
    return [
        each
        for each in kind.data.blank
        if all(given.get(other) in options for other, options in each.only_if.items())
        and not _is_told(each, given, typed)
    ]


def _is_told(each: BlankData, given: Mapping[str, Value], typed: TypedForLetters) -> bool:
    """Tell whether another answer says it: «всё сдано, доступы переданы»."""
    told = given.get(each.told_in or "")
    if not isinstance(told, str) or _says(given.get(each.id)):
        return False
    words = plain(told)
    handed = re.search(one_of(typed.handed), words)
    goes_on = is_russian(told) and is_habit(told)  # «два отданы, третий сохнет»
    return bool(handed) and not (re.search(one_of(typed.not_handed), words) or goes_on)


def _says(value: Value | None) -> bool:
    """Tell whether an answer says anything."""
    return bool(bare(value)) if isinstance(value, str) else bool(value)


def day_in(
    manners: LetterManners, language: Language, day: dt.date, today: dt.date, *, full: bool = False
) -> str:
    """Return a day as a letter of ``today`` writes it; ``full``: with its year in any case."""
    days = _calendar(manners, language, today)
    return days.full(day) if full else days.day(day)


def _mark(words: str) -> str:
    return f"‹{words}›"


@dataclass(frozen=True, slots=True)
class _Calendar:
    """How days are written in one language."""

    manners: LetterManners
    locale: str
    today: dt.date

    def day(self, day: dt.date) -> str:
        return self.full(day) if day.year != self.today.year else self._as(self.manners.date, day)

    def full(self, day: dt.date) -> str:
        return self._as(self.manners.date_and_year, day)

    def promised(self, day: dt.date) -> str:
        how = self.manners.promised
        soon = {0: how.today, 1: how.tomorrow}.get((day - self.today).days, how.later)
        return soon.format(self.day(day))

    def _as(self, pattern: str, day: dt.date) -> str:
        return format_date(day, pattern, locale=self.locale).replace(" ", NO_BREAK)


def _calendar(manners: LetterManners, language: Language, today: dt.date) -> _Calendar:
    return _Calendar(manners, language.replace("-", "_"), today)


class _Desk:
    """Everything that one draft is written from."""

    def __init__(
        self, kind: LetterKind, style: Variant, filled: FilledBlanks, people: People, today: dt.date
    ) -> None:
        self.data: LetterData = kind.data
        self.style = style
        self.text = kind.texts[style.language]
        self.manners = manners_for(kind, style.language, filled)
        self.filled = filled
        self.open: set[str] = set()
        self.marked: set[str] = set()
        self.days = _calendar(self.manners, style.language, today)
        said = named_currency(self.manners.typed, _texts(filled.values.values()))
        self.currency = said or people.currency
        self.team = people.voice is Voice.TEAM
        self.contact = people.contact
        self.addressed = Rule.SECOND_PERSON not in kind.data.held_to(style.tone)
        signature = " ".join(people.signature.split())
        if signature.islower():
            signature = greeted(signature, self.manners)
        typed = self.manners.typed
        told = filled.values.get("facts")
        facts = told if isinstance(told, tuple) else ()
        self.values: dict[str, object] = {
            "today": self.days.day(today),
            "day": self.days.full(today),
            "signature": signature or _mark(self.manners.unsigned),
            "contact": greeted(people.contact, self.manners),
            "on_what": _on_what(self.manners, people),
            "cause": _cause(filled.signs, facts, typed),
            "hurt": not filled.signs.isdisjoint(TONE_SIGNS)
            or any(re.search(one_of(typed.rude), plain(each)) for each in facts),
            "owed": not filled.signs.isdisjoint(OWING_SIGNS)
            or any(tells_of_a_debt(typed, each) for each in facts),
            "near": {
                each
                for each, day in filled.values.items()
                if isinstance(day, dt.date) and day < to_answer(today)
            },
            "say": choice(people.voice),
            LIST_MARK: self.manners.typed.list_mark,
            NUMBER_MARK: self.manners.typed.number_mark,
        }
        if not signature:
            self.open.add(SIGNATURE)
        given = _given(self.data, filled)
        self.needed = needed(kind, given, style.language)
        self.told = {
            each.id for each in self.data.blank if _is_told(each, given, self.manners.typed)
        }
        self.money = {each.id for each in self.data.blank if each.money}
        self.names = {each.id for each in self.data.blank if each.names}
        self.bills = {each.id for each in self.data.blank if each.bill}
        self.sums = {each.id for each in self.data.blank if each.sum}
        self.promises = {each.id for each in self.data.blank if each.promise}
        self.values |= dict.fromkeys((each.id for each in self.data.blank), "")
        read = {each.id: self._readable(each.id, given.get(each.id)) for each in self.needed}
        lines_read = ((each,) if isinstance(each, str) else each for each in read.values())
        marked = with_one_mark(typed, chain.from_iterable(lines_read))
        self.values |= {
            id_: marked(each) if isinstance(each, str) else tuple(map(marked, each))
            for id_, each in read.items()
        }

    def _readable(self, blank_id: str, value: Value | None) -> str | tuple[str, ...]:
        """Return a value as the templates take it: worded, or the mark of an open blank."""
        text = self.text.blanks[blank_id]
        if value is None or not _says(value):
            self.open.add(blank_id)
            return _mark(text.open)
        if isinstance(value, dt.date):
            return self.days.promised(value) if blank_id in self.promises else self.days.day(value)
        if not isinstance(value, str):
            typed = (said_plainly(each, self.manners) for each in value)
            typed = (of_the_reader(each, self.contact) for each in typed)
            facts = tuple(self._priced(each, blank_id) for each in typed)
            facts = tuple(map(as_team, facts)) if self.team else facts
            facts = _together(facts, self.manners, self.days.locale)
            if not facts:
                self.open.add(blank_id)
            return facts or _mark(text.open)
        plain = said_plainly(value, self.manners)
        said = calendared(without_lead(text, plain), self.style.language)
        if blank_id in self.names:  # before a row is made of «ирина ким бухгалтер»
            said = named(capitalised(said, self.manners), people=True)
        said = tidy(said)
        if blank_id in self.sums:
            said = without_beside(self.manners.typed, said)
        given = self._priced(said, blank_id)
        if blank_id in self.bills:
            others = {id_: each for id_, each in self.text.blanks.items() if id_ != blank_id}
            given = without_sum(self.manners.typed, given, others)
        elif blank_id not in self.names | self.sums:
            given = with_a_dash(given, self._money())
        return self._between_us(with_first_names(given))

    def _between_us(self, typed: str) -> str:
        """Return what was typed as it is said to whoever reads it, by whoever writes it."""
        typed = addressed(typed) if self.addressed else typed
        return as_team(typed) if self.team else typed

    def _dated(self, typed: str) -> str:
        """Return what was typed with its days in the letter's one way."""
        if self.manners.day_first is None:
            return typed
        day_first = self.manners.date == self.manners.day_first.date
        return in_one_way(typed, day_first=day_first)

    def _priced(self, typed: str, blank_id: str) -> str:
        """Return what was typed with its months and sums as the letter writes them."""
        money, language = blank_id in self.money, self.style.language
        said = calendared(capitalised(typed, self.manners), language)
        if blank_id not in self.names:  # “the shop on 5th” is of no day
            said = self._dated(said)
        said = spelled(self.manners.typed, said, money=money)
        if blank_id not in self.bills:
            said = signed(self.manners.typed, said, money=money)
            said = priced(self.manners.typed, said, self.currency, language, money=money)
            said = spelled(self.manners.typed, signed(self.manners.typed, said, money=money))
        if money and blank_id not in self.bills:
            said = in_one_currency(self.manners.typed, said)
        return grouped(said, self.manners, language, named=not money)

    def _money(self) -> str:
        """Return what finds a currency behind a sum; by now no pounds that are left are money."""
        typed = self.manners.typed
        weights = typed.weighed.split("|")
        words = "|".join(each for each in typed.currencies.split("|") if each not in weights)
        return one_of(words).replace(START, "")

    def draft(self) -> Draft:
        if self.style.tone not in self.data.tones:
            raise KeyError(self.style.tone)
        told: set[str] = set()
        paragraphs = []
        for paragraph in self.data.layout[self.style.length]:
            parts = tuple(self._parts(paragraph, told))
            if parts:
                paragraphs.append(parts)
        order = [*(each.id for each in self.data.blank), SIGNATURE]
        return Draft(
            subject=render(self.text.subject, self.values),
            paragraphs=tuple(paragraphs),
            length=self.style.length,
            open=tuple(id_ for id_ in order if id_ in self.open & told),
        )

    def _parts(self, ids: Collection[str], told: set[str]) -> Iterator[Part]:
        for id_ in ids:
            if id_ in self.filled.parts:
                text = self.filled.parts[id_].strip()
            else:
                text = self._written(id_, told)
            if text:
                yield Part(id_, text)

    def _written(self, part: str, told: set[str]) -> str:
        source = choose(
            part_text(self.text, self.manners, part) or "", self.style.tone, self.style.length
        )
        if not source:
            return ""
        names = needs(source)
        if names & self.told:
            return ""
        told |= names
        for each in self.needed:
            # Which way to put it depends on the choice: until then the whole part is open, once.
            if each.kind is BlankKind.CHOICE and each.id in names & self.open:
                again = each.id in self.marked
                self.marked.add(each.id)
                return "" if again else str(self.values[each.id])
        return render(source, self.values).strip()
