"""What to look at before a letter goes out: its days, its money, and what it promises.

The checker reads a text; here the text is held against what it was made of and the day it is
sent on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from content.checking.findings import DayAsked, Finding, Known, Rule
from content.checking.lexicon import RuleTexts, read
from content.letters.drafting import (
    OWING_SIGNS,
    FilledBlanks,
    People,
    Variant,
    day_in,
    draft,
    manners_for,
    next_working,
    told_answers,
    told_facts,
)
from content.letters.letters import LetterKind
from content.letters.models import BlankKind, LetterManners, TypedForLetters
from content.letters.ordinary import doubtful, is_a_thing, is_rough, unsure
from content.letters.own_words import Untold, accusing, names_the_reader, strangers, untold
from content.letters.sums import in_currency, spelled, tells_of_a_debt, unpriced
from content.letters.templates import bare
from content.letters.typed import dated, days_in, grouped
from content.models import RUSSIAN, Language
from content.typography import NO_BREAK
from content.vocabulary import START, one_of, plain


@dataclass(frozen=True, slots=True)
class Sending:
    """The day a letter goes out on, and what its writer alone knows."""

    today: dt.date
    is_off: Callable[[dt.date], bool]
    """Whether a day is none of the person's working days."""
    private: tuple[str, ...] = ()
    """How the client is called on the card, in the forms that a letter might have."""
    people: People = field(default_factory=People)
    """Who writes to whom: what was typed is written accordingly."""
    known: Known = field(default_factory=Known)
    """The words of the letter's language."""


def review(  # noqa: PLR0913  a letter is all of these
    kind: LetterKind,
    style: Variant,
    filled: FilledBlanks,
    text: str,
    sending: Sending,
    *,
    told_in: Language | None = None,
) -> tuple[Finding, ...]:
    """Return what of a letter does not hold on the day it is sent; its writer may keep each."""
    found = [
        *_days(kind, style, filled, text, sending),
        *_money(kind, style, filled, text),
        *_attached(kind.manners[style.language].typed, text),
        *_open_bill(kind.manners[style.language].typed, filled, text),
        *_private(text, sending.private),
        *_untold(kind, style, filled, text, sending),
        *_accusing(kind, style, filled, text, sending),
        *_weekdays(manners_for(kind, style.language, filled), style.language, text, sending.today),
        *_unsure(kind, style, filled, text, sending),
        *_typed(kind, style, filled, text, sending),
    ]
    return _told(found, text, told_in or style.language)


def doubts(  # noqa: PLR0913  a letter is all of these
    kind: LetterKind,
    style: Variant,
    filled: FilledBlanks,
    blank: str,
    sending: Sending,
    *,
    told_in: Language,
) -> tuple[Finding, ...]:
    """Return what only its writer can mend of a typed answer, as soon as it is given."""
    given = kind, style, filled, sending.people, sending.today
    facts = isinstance(filled.values.get(blank), tuple)
    money = any(each.id == blank and each.money and not each.sum for each in kind.data.blank)
    written = told_facts(*given) if facts else (told_answers(*given).get(blank, ""),)
    typed = filled.values.get(blank)
    if isinstance(typed, str) and is_rough(typed) and written[0]:
        whole = Slip(Rule.SHORTHAND, 0, len(written[0]))
        return _told([whole], written[0], told_in)
    return tuple(
        found
        for said in written
        for found in _told(
            [
                *_doubtful(said, style.language, sending, money=money, event=facts),
                *(_of_a_fact(said, kind, style, filled) if facts else ()),
            ],
            said,
            told_in,
        )
    )


def _of_a_fact(said: str, kind: LetterKind, style: Variant, filled: FilledBlanks) -> Iterator[Slip]:
    """Yield a Russian fact that does not say who did it, where no letter can say it otherwise."""
    _, day, words = dated(said, manners_for(kind, style.language, filled))
    words = bare(words).lstrip("—–, ")
    told = untold(words, dated=bool(day)) if style.language == RUSSIAN else None
    if told and said.endswith(words):
        yield Slip(Rule.UNTOLD, len(said) - len(words), len(said), told.fix)


def _doubtful(
    said: str, language: Language, sending: Sending, *, money: bool, event: bool
) -> Iterator[Slip]:
    told = unsure(said, language, sending.known, money=money, event=event)
    yield from (Slip(*each) for each in told)
    yield from (Slip(*each) for each in doubtful(said, language))
    if language == RUSSIAN:
        yield from _of_nobody(0, said, None)


def _typed(
    kind: LetterKind, style: Variant, filled: FilledBlanks, text: str, sending: Sending
) -> Iterator[Slip]:
    """Yield the doubts about what was typed, where the letter has it, as they were told before."""
    given = kind, style, filled, sending.people, sending.today
    answers = (*told_answers(*given).values(), *told_facts(*given), *filled.parts.values())
    whole = text == draft(*given).text
    for answer in dict.fromkeys(answers) if whole else (text,):
        said = answer.replace(" —", f"{NO_BREAK}—")
        start = plain(text).find(plain(said))
        for each in doubtful(said, style.language) if start >= 0 else ():
            yield Slip(each.rule, start + each.start, start + each.end, each.fix)


def _unsure(
    kind: LetterKind, style: Variant, filled: FilledBlanks, text: str, sending: Sending
) -> list[Slip]:
    """Return what only the writer can mend, in a draft nowhere in the coach's own words."""
    given = kind, style, filled, sending.people, sending.today
    found = [Slip(*each) for each in unsure(text, style.language, sending.known)]
    written = draft(*given)
    if not found or text != written.text:
        return found
    who = sending.people
    named = (who.contact, who.client, who.project, who.signature, *filled.parts.values())
    answers = (*told_answers(*given).values(), *told_facts(*given), *named)
    typed = [plain(bare(each)) for each in answers if bare(each)]
    words = set(_WORDS.findall(" ".join(typed)))
    said = plain(text)
    places = [place.span() for each in typed for place in re.finditer(re.escape(each), said)]
    return [
        each
        for each in found
        if any(start < each.end and each.start < end for start, end in places)
        or words.issuperset(_WORDS.findall(said[each.start : each.end]))
    ]


_WORDS = re.compile(r"\w+")


def _told(found: Iterable[Slip], text: str, told_in: Language) -> tuple[Finding, ...]:
    texts = read(told_in, RuleTexts)
    return tuple(
        Finding(
            each.rule,
            each.start,
            each.end,
            text[each.start : each.end],
            texts[each.rule].why,
            each.fix,
            each.move,
        )
        for each in sorted(found, key=lambda each: each.start)
    )


def redated(  # noqa: PLR0913  a letter is all of these
    kind: LetterKind,
    style: Variant,
    filled: FilledBlanks,
    people: People,
    text: str,
    *,
    was: dt.date,
    today: dt.date,
) -> str:
    """Return the letter with the date of today, where it bears that of the day it was written."""
    if was == today:
        return text
    if text == draft(kind, style, filled, people, was).text:
        return draft(kind, style, filled, people, today).text
    manners = manners_for(kind, style.language, filled)
    head, lines = text.split("\n")[:-_LAST_LINES], text.split("\n")[-_LAST_LINES:]
    for place, line in enumerate(lines):
        for full in (True, False):
            old = day_in(manners, style.language, was, was, full=full)
            if line == old or line.startswith(f"{old}, "):
                new = day_in(manners, style.language, today, today, full=full)
                lines[place] = new + line.removeprefix(old)
                return "\n".join([*head, *lines])
    return text


_LAST_LINES = 2
"""Of a letter, in which its date may stand."""


class Slip(NamedTuple):
    """What does not hold, where, and what to write there instead."""

    rule: Rule
    start: int
    end: int
    fix: str | None = None
    move: DayAsked | None = None


def _days(
    kind: LetterKind, style: Variant, filled: FilledBlanks, text: str, sending: Sending
) -> Iterator[Slip]:
    manners = manners_for(kind, style.language, filled)
    days = {
        each.id: day
        for each in kind.data.blank
        if isinstance(day := filled.values.get(each.id), dt.date)
    }

    def placed(rule: Rule, blank: str, instead: dt.date | None = None) -> Iterator[Slip]:
        # A draft of last year has its days without a year.
        ways = [
            day_in(manners, style.language, days[blank], of) for of in (sending.today, days[blank])
        ]
        said = next((way for way in ways if way in text), None)
        if said is None:
            return
        start = text.find(said)
        fix = day_in(manners, style.language, instead, sending.today) if instead else None
        yield Slip(rule, start, start + len(said), fix, DayAsked(blank, instead))

    ahead = {each.id: each for each in kind.data.blank if each.id in days and each.soon}
    for blank, data in ahead.items():
        if days[blank] < sending.today:
            yield from placed(Rule.PAST_DAY, blank)
        elif data.working and sending.is_off(days[blank]):
            yield from placed(Rule.DAY_OFF, blank, next_working(days[blank], sending.is_off))
    for first, then in kind.data.in_order:
        if first in days and then in days and days[then] <= days[first]:
            yield from placed(Rule.DAY_ORDER, then)


def _weekdays(
    manners: LetterManners, language: Language, text: str, today: dt.date
) -> Iterator[Slip]:
    """Yield the days of the week beside a date, or told of one, that are not the date's own."""
    names = manners.typed.weekdays
    said = plain(text)
    for start, end, day in days_in(manners, language, text, today):
        for number, forms in enumerate(names):
            if number == day.weekday():
                continue
            near = rf"(?P<before>{one_of(forms)}),?\s(?:the\s)?\Z"
            found = re.search(near, said[:start]) or re.compile(
                rf"\s?[,(]?\s?(?P<behind>{one_of(forms)})(?!\w)"
            ).match(said, end)
            told = day <= today and _told_of(said, end, forms, manners.typed.on_day)
            if found:
                yield Slip(Rule.WEEKDAY, *found.span(found.lastgroup or 0))
            elif told:
                yield Slip(Rule.WEEKDAY, *told.span(1))


def _told_of(text: str, end: int, forms: str, on_day: str) -> re.Match[str] | None:
    """Return the day of the week on which it is told to have been: “sent on Friday night”."""
    if not on_day:
        return None
    goes_on = re.compile(rf"[^.;\n]*?\b{on_day}({one_of(forms)})\b")
    return goes_on.match(text, end)


def _attached(typed: TypedForLetters, text: str) -> Iterator[Slip]:
    for each in re.finditer(one_of(typed.attached), plain(text)):
        yield Slip(Rule.ATTACHMENT, *each.span())


def _money(kind: LetterKind, style: Variant, filled: FilledBlanks, text: str) -> Iterator[Slip]:
    manners = kind.manners[style.language]
    typed = manners.typed
    currencies = one_of(typed.currencies).replace(START, r"(?<![^\W\d])")
    for each in kind.data.blank:
        value = filled.values.get(each.id)
        if each.kind is not BlankKind.TEXT or each.bill or not isinstance(value, str):
            continue
        for found in unpriced(
            typed, said := spelled(typed, value, money=each.money), money=each.money
        ):
            amount = said[found.start() : found.end()]
            written = grouped(amount, manners, style.language)
            start, end = next(
                (_span(text, way) for way in (written, amount) if way in text), (0, 0)
            )
            before = re.search(rf"{currencies}\s?\Z", plain(text[:start]))
            if end and not before and not re.match(rf"\s*{currencies}", plain(text[end:])):
                fix = in_currency(written, typed.offered[0], style.language)
                yield Slip(Rule.NO_CURRENCY, start, end, fix)


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.find(words)
    return start, start + len(words)


def _open_bill(typed: TypedForLetters, filled: FilledBlanks, text: str) -> Iterator[Slip]:
    bill = filled.values.get("invoice")
    if not isinstance(bill, str) or not (settled := _settled(typed, bill)):
        return
    facts = filled.values.get("facts")
    told = facts if isinstance(facts, tuple) else ()
    if not filled.signs & OWING_SIGNS and not any(tells_of_a_debt(typed, each) for each in told):
        return
    start = text.find(settled)
    if start >= 0:
        yield Slip(Rule.OPEN_BILL, start, start + len(settled))


def _settled(typed: TypedForLetters, bill: str) -> str:
    """Return the word that calls an invoice settled, as it is typed; "" where none does."""
    said = re.sub(one_of(typed.unsettled), lambda each: " " * len(each[0]), plain(bill))
    found = re.search(one_of(typed.settled), said)
    return bill[found.start() : found.end()] if found else ""


def _untold(
    kind: LetterKind, style: Variant, filled: FilledBlanks, text: str, sending: Sending
) -> Iterator[Slip]:
    """Yield what is told of nobody, and so of the reader: «не пришёл», «с ней легко»."""
    strict = Rule.SECOND_PERSON in kind.data.held_to(style.tone)
    said = plain(text)
    answers = told_answers(kind, style, filled, sending.people, sending.today)
    for answer in map(bare, (*answers.values(), *filled.parts.values())):
        start = said.find(plain(answer))
        told = untold(answer) if strict and names_the_reader(answer) else None
        if start >= 0:
            yield from _of_nobody(start, answer, told)
    manners = manners_for(kind, style.language, filled)
    for fact in told_facts(kind, style, filled, sending.people, sending.today):
        _, day, words = dated(fact, manners)
        words = bare(words).lstrip("—–, ")
        start = said.find(plain(words))
        # As the letter writes it, which may begin it with a capital.
        words = text[start : start + len(words)]
        if start >= 0:
            yield from _of_nobody(start, words, untold(words, dated=bool(day)) if strict else None)


def _of_nobody(start: int, words: str, told: Untold | None) -> Iterator[Slip]:
    if told:
        yield Slip(Rule.UNTOLD, start, start + len(words), told.fix)
        return
    for found in strangers(words):
        yield Slip(Rule.UNTOLD, start + found.start, start + found.end, found.fix)


def _accusing(
    kind: LetterKind, style: Variant, filled: FilledBlanks, text: str, sending: Sending
) -> Iterator[Slip]:
    """Yield the nouns of typed facts that accuse; the letter's own sentences may have them."""
    for fact in told_facts(kind, style, filled, sending.people, sending.today):
        said = bare(fact)
        start = plain(text.replace(NO_BREAK, " ")).find(plain(said.replace(NO_BREAK, " ")))
        for found in accusing(said, style.language) if start >= 0 else ():
            yield Slip(Rule.JUDGING_WORD, start + found.start, start + found.end, found.fix)


def _private(text: str, names: tuple[str, ...]) -> Iterator[Slip]:
    for name in sorted(names, key=len, reverse=True):
        # «Меню бара» gives no «Бара» away; «передать жмоту» does.
        how = re.NOFLAG if is_a_thing(name.lower()) else re.IGNORECASE
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, how) if name else None
        if found:
            yield Slip(Rule.NICKNAME, *found.span())
            return
