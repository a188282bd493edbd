"""What a letter needs, asked one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from content.knowledge import Words
from content.letters.drafting import Blank, Variant
from content.letters.letters import LetterTalk
from content.letters.models import BlankKind
from content.texts import Texts
from handlers.engine.lists import page_of
from handlers.engine.screen import (
    COPIED,
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    button,
    cut,
    header,
    in_pairs,
    primary,
    units,
    way_back,
)
from handlers.facts import buttons as to_facts
from handlers.letters import buttons as to
from handlers.letters.screens.choose import Way
from storage.records import FactNumber, LetterNumber

FACTS_A_PAGE = 6
FORM_LIMIT = 60
LINE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Offer:
    """A fact of the log, as the letter would put it."""

    number: int
    line: str
    on: bool


@dataclass(frozen=True, slots=True)
class OfferedFacts:
    """The facts that a letter can name."""

    log: Sequence[Offer]
    own: Sequence[str]
    """Those in the person's own words."""
    unsigned: FactNumber | None = None
    """The newest fact of the log of which nobody has said that it was a breach."""
    said: str = ""
    """What was wrong with the last one."""


def facts(words: Words, way: Way, asked: Blank, offered: OfferedFacts, page: int) -> Screen:
    """Ask which facts the letter names; a typed one is one more."""
    texts = words.texts
    number = way.number
    here = to.LetterBlank(letter=number, blank=asked.id, page=page)
    shown = page_of(texts, offered.log, here, FACTS_A_PAGE)
    away = [each.line for each in offered.log if each.on and each not in shown]
    told = [_ticked(texts, each.line, on=each.on) for each in shown]
    told += [_ticked(texts, line, on=True) for line in (*away, *offered.own)]
    rows: list[ButtonRow] = []
    for each in shown:
        there = to.PickFact(letter=number, fact=each.number, on=int(not each.on), page=shown.number)
        rows.append((button(_tick(texts, each.line, on=each.on), there),))
    for index, line in enumerate(offered.own):
        drop = to.DropLine(letter=number, line=index, of=len(offered.own))
        rows.append((button(_tick(texts, line, on=True), drop),))
    rows += shown.pager
    if offered.unsigned:
        ask_sign = to_facts.FactTopics(fact=offered.unsigned)
        rows.append((button(texts("letters.facts_sign"), ask_sign),))
    main = primary(texts("letters.on"), to.FactsChosen(letter=number))
    known = len(offered.log)
    none = texts("letters.facts_unsigned" if offered.unsigned else "letters.facts_none")
    log = texts("letters.facts_log", n=known) if known else none
    body = [asked.question, log]
    if told:
        body.append("\n".join(told))
    if asked.example:
        body.append(texts("letters.example", text=asked.example))
    return Screen(
        header=header(way.name, texts("letters.facts_header")),
        body=tuple(body),
        state=offered.said,
        rows=(*rows, (main,), *_languages(way), _leave(texts, way, asked.id)),
        place=shown.place,
    )


def _tick(texts: Texts, line: str, *, on: bool) -> str:
    return cut(texts("letters.ticked", name=line) if on else line, LABEL_LIMITS[1])


def _ticked(texts: Texts, line: str, *, on: bool) -> str:
    """Return a fact to be read: as a label it is too long."""
    return texts("letters.ticked" if on else "letters.unticked", name=line)


@dataclass(frozen=True, slots=True)
class Given:
    """What was given for a blank before."""

    now: str = ""
    """In this letter."""
    elsewhere: Mapping[int, str] = field(default_factory=dict)
    """Letter → in that one."""
    at: tuple[int, int] = (0, 0)
    """Which of the blanks it is, and how many there are; zeros once there is a draft."""
    said: str = ""
    """What was wrong with the last answer, or how the letter writes it."""
    ways_out: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Blank and option that make this answer needless → the option's label."""


def blank(words: Words, talk: LetterTalk, way: Way, asked: Blank, given: Given) -> Screen:
    """Ask one blank: proposals as buttons, anything else typed."""
    texts = words.texts
    number = way.number
    offers: list[Button] = []

    def offer(label: str, id_: str) -> None:
        filled = to.FillBlank(letter=number, blank=asked.id, given=id_)
        offers.append(button(cut(label, LABEL_LIMITS[1]), filled))

    for index, text in enumerate(asked.proposals):
        offer(text, str(index))
    for option, text in asked.options.items():
        offer(text, option)
    for soon, day in asked.dates.items():
        offer(soon_label(texts, talk.common.soon[soon], day), str(day.toordinal()))
    body = [asked.question]
    for other, text in given.elsewhere.items():
        label = cut(texts("letters.before_label", text=text), LABEL_LIMITS[1])
        offers.append(button(label, to.ReuseBlank(letter=number, blank=asked.id, other=other)))
    for (other_blank, option), text in given.ways_out.items():
        taken = to.FillBlank(letter=number, blank=other_blank, given=option)
        offers.append(button(cut(text, LABEL_LIMITS[1]), taken))
    if given.now:
        body.append(texts("letters.now", text=given.now))
    if asked.kind is BlankKind.DATE:
        body.append(texts("letters.type_day" if offers else "letters.type_past_day"))
    elif asked.kind is BlankKind.TEXT:
        example = texts("letters.example", text=asked.example) if asked.example else ""
        typed = "letters.type_text" if offers else "letters.type_only"
        body.append(example or texts(typed, limit=asked.limit))
    at, total = given.at
    place = texts("letters.left", number=at, total=total) if at else ""
    return Screen(
        header=header(way.name, place or texts("letters.blank_header")),
        body=tuple(body),
        state=given.said,
        rows=(*in_pairs(offers), *_languages(way), _leave(texts, way, asked.id)),
        place=to.LetterBlank(letter=number, blank=asked.id, page=0).pack(),
    )


def rows(texts: Texts, way: Way, asked: Blank, given: Sequence[str], said: str) -> Screen:
    """Take a list line by line; a tap leaves one out."""
    drops = (
        to.DropRow(letter=way.number, blank=asked.id, line=index, of=len(given))
        for index in range(len(given))
    )
    lines = [
        (button(_tick(texts, line, on=True), drop),)
        for line, drop in zip(given, drops, strict=True)
    ]
    main = primary(texts("letters.on"), to.RowsDone(letter=way.number))
    told = "\n".join(_ticked(texts, line, on=True) for line in given)
    return Screen(
        header=header(way.name, texts("letters.blank_header")),
        body=(asked.question, told, texts("letters.more_lines")),
        state=said,
        rows=(*lines, (main,), _leave(texts, way, asked.id)),
        place=to.LetterBlank(letter=way.number, blank=asked.id, page=0).pack(),
    )


def doubted(texts: Texts, way: Way, asked: Blank, given: str, said: str) -> Screen:
    """Give an answer back to be typed anew, or left as it is."""
    rows: list[ButtonRow] = []
    if units(given) <= COPIED:
        rows.append((Button(texts("letters.copy_line"), copy=given),))
    keep = to.KeepAnswer(letter=way.number, blank=asked.id)
    rows.append((button(texts("letters.keep"), keep),))
    return Screen(
        header=header(way.name, texts("letters.blank_header")),
        body=(asked.question, texts("letters.now", text=given), texts("letters.retype")),
        state=said,
        rows=(*rows, _leave(texts, way, asked.id)),
        place=to.LetterBlank(letter=way.number, blank=asked.id, page=0).pack(),
    )


def soon_label(texts: Texts, name: str, day: date) -> str:
    """Return «Через неделю, 28 ноября»."""
    return texts("letters.soon", name=name, date=texts.date(day))


def restyle(letter: LetterNumber, there: Variant) -> to.Restyle:
    """Make the way to another style of a letter."""
    return to.Restyle(
        letter=letter, tone=there.tone.value, length=there.length.value, language=there.language
    )


def _languages(way: Way) -> tuple[ButtonRow, ...]:
    return tuple((button(label, restyle(way.number, there)),) for label, there in way.others)


def _leave(texts: Texts, way: Way, blank_id: str) -> ButtonRow:
    letter = way.number
    draft = to.ShowDraft(letter=letter, piece=0).pack()
    return (
        button(texts("common.back"), to.BeforeBlank(letter=letter, blank=blank_id)),
        button(texts("letters.later"), to.LaterBlank(letter=letter, blank=blank_id)),
        way_back(texts("letters.cancel"), draft if way.drafted else way.up.data or draft),
    )
