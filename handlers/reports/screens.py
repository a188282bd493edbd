"""The weekly report: whom to write to, what it is made of, its clean text, and that it went out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from content.knowledge import Words
from content.reports import MOST_CHARACTERS, MOST_WORDS, WORK, in_part, words_in
from content.texts import Texts
from content.values.reports import Item, ItemKind
from handlers.clients import buttons as to_clients
from handlers.engine.lists import choice, page_of
from handlers.engine.screen import (
    COPIED,
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    Style,
    button,
    cut,
    header,
    in_pairs,
    primary,
    units,
    way_back,
)
from handlers.letters.screens.drafts import laid
from handlers.reminders import buttons as to_reminders
from handlers.reports import buttons as to
from storage.records import Client, ClientNumber, ReportNumber

SHOWN = 60
"""Characters of a line among the others."""
IN_PAIRS = 4
"""Ticks that may stand two in a row; more make a list."""
TICKS = 6
"""Of a page."""
LONGEST = 5
"""Lines that are offered where the whole is too long."""


@dataclass(frozen=True, slots=True)
class About:
    """Which report a screen speaks of, and where one leaves it to."""

    number: ReportNumber
    client: ClientNumber
    name: str
    up: Button
    """«‹ К списку» or «‹ К клиенту»."""


def whom(
    words: Words, clients: Sequence[Client], weeks: Mapping[ClientNumber, int], page: int
) -> Screen:
    """Ask whom to report to; ``weeks`` says who waits, and in which week without a report."""
    texts = words.texts
    shown = page_of(texts, clients, to.ReportClients(page=page))
    lines: list[Button] = []
    for client in shown:
        number = client.number
        waiting = weeks.get(number, 0)
        tail = f" · {texts('digest.nth_week', n=waiting)}" if waiting > 1 else ""
        named = dict(choice(words, clients, LABEL_LIMITS[1] - len(tail)))[number]
        label, there = f"{named}{tail}", to.OpenReport(client=number)
        first = not lines and shown.number == 0 and number in weeks
        lines.append(primary(label, there) if first else button(label, there))
    return Screen(
        header=texts("reports.whom.header"),
        body=(texts("reports.whom.due", n=len(weeks)) if weeks else texts("reports.whom.none"),),
        rows=(
            *shown.rows(lines),
            (button(texts("common.to_clients"), to_clients.ClientList(page=0, archived=0)),),
        ),
        place=shown.place,
    )


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report in the making."""

    about: About
    lines: Sequence[Item]
    """Ready to be shown: every one can be read."""
    dates: Mapping[date, str]
    """How the days are told since when something is needed."""
    text: str
    own: bool
    """Whether the text is the person's own."""
    week: date | None
    """The week that waits for it; None where there is nothing to put off."""
    sent: int
    """Reports that the client got so far."""


def draft(words: Words, look: ShownReport, page: int) -> Screen:
    """Show all there is to tell on one screen: what is done is a tick."""
    texts = words.texts
    number = look.about.number
    has_goals = bool(in_part(look.lines, ItemKind.GOAL))
    goals = to.ReportPart(report=number, part="goal", page=0)
    ready = button(
        texts("reports.ready"),
        to.ReportReady(report=number, sure=0),
        Style.PRIMARY if has_goals or look.own else None,
    )
    rows = [*_ticks(texts, look, page)]
    if has_goals or look.own:
        rows.append((button(texts("reports.goals"), goals), _part(texts, number, ItemKind.NEEDED)))
        rows.append((ready,))
    else:
        rows.append((primary(texts("reports.add_goals"), goals),))
        needed = _part(texts, number, ItemKind.NEEDED)
        rows.append((needed, ready) if look.lines else (needed,))
    return Screen(
        header=header(look.about.name, texts("reports.header")),
        body=(_listed(texts, look),),
        state=_counted(texts, look),
        rows=(*rows, _leave(texts, look)),
        place=to.ShowReport(report=number, page=page).pack(),
    )


def _ticks(texts: Texts, look: ShownReport, page: int) -> list[ButtonRow]:
    """Lay the work of the week, done or in hand, and the ways to more of it."""
    number = look.about.number
    work = [each for each in look.lines if each.kind in WORK]
    adds = [_part(texts, number, part) for part in WORK]
    shown = page_of(texts, work, to.ShowReport(report=number, page=page), TICKS)
    ticks = []
    for each in shown:
        done = each.kind is ItemKind.DONE
        label = texts("reports.ticked", name=each.words) if done else each.words
        there = to.TickLine(report=number, line=each.number, done=int(not done), page=shown.number)
        ticks.append(button(cut(label, LABEL_LIMITS[1]), there))
    if len(work) <= IN_PAIRS:
        return [*in_pairs([*ticks, *adds])]
    return [*shown.rows(ticks), (adds[0], adds[1])]


def _part(texts: Texts, number: ReportNumber, part: ItemKind) -> Button:
    return button(texts(f"reports.add.{part}"), _part_at(number, part))


def _part_at(number: ReportNumber, part: ItemKind, page: int = 0) -> to.ReportPart:
    return to.ReportPart(report=number, part=part.value, page=page)


def _listed(texts: Texts, look: ShownReport) -> str:
    told = []
    for part in ItemKind:
        items = [_brief(texts, look, each) for each in in_part(look.lines, part)]
        told.append(
            texts(f"reports.list.{part}", items=" · ".join(items) or texts("reports.nothing"))
        )
    return "\n".join(told)


def _brief(texts: Texts, look: ShownReport, line: Item) -> str:
    words = cut(line.words, SHOWN)
    if line.kind is ItemKind.DONE:
        return texts("reports.ticked", name=words)
    if line.since is not None and line.since in look.dates:
        return texts("reports.since", text=words, date=look.dates[line.since])
    return words


def _counted(texts: Texts, look: ShownReport) -> str:
    if not look.lines and not look.own:
        return texts("reports.empty")
    count = texts("reports.words", n=words_in(look.text), limit=MOST_WORDS)
    return f"{count} {texts('reports.own')}" if look.own else count


def _leave(texts: Texts, look: ShownReport) -> ButtonRow:
    ways = []
    if look.week is not None:
        later = to_reminders.PutOffWeek(client=look.about.client, day=look.week.toordinal())
        ways.append(button(texts("reports.later"), later))
    if look.sent:
        history = to.ReportHistory(client=look.about.client, page=0)
        ways.append(button(texts("reports.earlier"), history))
    up = look.about.up
    if len(ways) > 1:
        up = Button(texts("common.back"), data=up.data)
    return (*ways, up)


def part(words: Words, look: ShownReport, shown: ItemKind, page: int, said: str = "") -> Screen:
    """Ask the lines of one part; those there are can be tapped."""
    texts = words.texts
    number = look.about.number
    inside = in_part(look.lines, shown)
    listed = page_of(texts, inside, _part_at(number, shown, page))
    lines = (
        button(cut(each.words, LABEL_LIMITS[1]), to.EditLine(report=number, line=each.number))
        for each in listed
    )
    rows = [*listed.rows(lines)]
    goals = {each.words.casefold() for each in in_part(look.lines, ItemKind.GOAL)}
    work = in_part(look.lines, ItemKind.IN_HAND)
    if shown is ItemKind.GOAL and any(each.words.casefold() not in goals for each in work):
        rows.append((button(texts("reports.part.from_work"), to.GoalsFromWork(report=number)),))
    body = [texts(f"reports.part.{shown}.body")]
    if inside:
        body.append(texts("reports.part.tap"))
    return Screen(
        header=header(look.about.name, texts(f"reports.part.{shown}.header")),
        body=tuple(body),
        state=said,
        rows=(*rows, (_to_report(texts, number),)),
        place=listed.place,
    )


def line(words: Words, look: ShownReport, line: int, said: str = "") -> Screen:
    """Ask other words for one line, named by its number."""
    texts = words.texts
    number = look.about.number
    shown = next(each for each in look.lines if each.number == line)
    body = [texts("reports.line.quoted", text=shown.words)]
    if shown.since is not None and shown.since in look.dates:
        body.append(texts("reports.line.since", date=look.dates[shown.since]))
    remove = to.RemoveLine(report=number, line=line)
    return Screen(
        header=header(look.about.name, texts("reports.line.header")),
        body=(*body, texts("reports.line.body")),
        state=said,
        rows=(
            (button(texts("reports.line.remove"), remove),),
            (way_back(texts("common.back"), _part_at(number, shown.kind)),),
        ),
        place=to.EditLine(report=number, line=line).pack(),
    )


def no_goals(words: Words, about: About) -> Screen:
    """Ask once whether a report goes without goals."""
    texts = words.texts
    number = about.number
    return Screen(
        header=header(about.name, texts("reports.no_goals.header")),
        body=(texts("reports.no_goals.body"),),
        rows=(
            (primary(texts("reports.no_goals.anyway"), to.ReportReady(report=number, sure=1)),),
            (button(texts("reports.no_goals.write"), _part_at(number, ItemKind.GOAL)),),
            (_to_report(texts, number),),
        ),
        place=to.ShowReport(report=number, page=0).pack(),
    )


def too_long(words: Words, look: ShownReport) -> Screen:
    """Say by how much a report is too long, and offer its longest lines."""
    texts = words.texts
    number = look.about.number
    longest = sorted(look.lines, key=lambda each: -len(each.words))[:LONGEST]
    rows = [
        (button(cut(each.words, LABEL_LIMITS[1]), to.EditLine(report=number, line=each.number)),)
        for each in look.lines
        if each in longest
    ]
    return Screen(
        header=header(look.about.name, texts("reports.too_long.header")),
        body=(over(texts, look.text), texts("reports.too_long.lines")),
        rows=(*rows, (_to_report(texts, number),)),
        place=to.ShowReport(report=number, page=0).pack(),
    )


def over(texts: Texts, text: str) -> str:
    """Say by how much a text is too long."""
    count = words_in(text)
    if count > MOST_WORDS:
        return texts("reports.too_long.words", n=count, limit=MOST_WORDS)
    return texts("reports.too_long.characters", n=len(text), limit=MOST_CHARACTERS)


def ready(  # noqa: PLR0913  a text, its check, and all that it leads to
    words: Words,
    about: About,
    text: str,
    findings: int,
    then: tuple[ClientNumber, str] | None,
    *,
    unasked: Sequence[str] = (),
) -> Screen:
    """Show the report and nothing else; ``then`` is the client who waits next.

    ``unasked`` is what nobody has said yet of what stands around the lines.
    """
    texts = words.texts
    number = about.number
    check = (
        button(texts("letters.findings", n=findings), to.ReportFinding(report=number, index=0))
        if findings
        else button(texts("letters.clean"), to.ReportRules(report=number))
    )
    label = texts("reports.sent")
    if then is not None:
        label = cut(texts("reports.sent_next", name=then[1]), LABEL_LIMITS[1])
    sent = to.SendReport(report=number, then=then[0] if then else 0)
    others = [
        button(texts("reports.change"), to.EditReport(report=number)),
        button(texts("reports.file"), to.ReportFile(report=number)),
    ]
    around = [
        to.AskAround(report=number, what=each)
        for each in ("contact", "signature")
        if each in unasked
    ]
    return Screen(
        header="",
        body=(text,),
        plain=True,
        rows=(
            (check,),
            (button(label, sent, Style.SUCCESS),),
            *_copy(texts, text),
            *((button(texts("reports.around"), each),) for each in around[:1]),
            *laid(others, text),
            (about.up,),
        ),
        place=to.ReportReady(report=number, sure=1).pack(),
    )


def _copy(texts: Texts, text: str) -> tuple[ButtonRow, ...]:
    fits = units(text) <= COPIED
    return ((Button(texts("reports.copy"), copy=text),),) if fits else ()


def edit(words: Words, about: About, *, own: bool, said: str = "") -> Screen:
    """Ask the whole text in the person's own words; ``own``: it is that already."""
    texts = words.texts
    number = about.number
    rows: list[ButtonRow] = [
        (button(texts("reports.edit.lines"), to.ShowReport(report=number, page=0)),)
    ]
    if own:
        rows.append((button(texts("reports.edit.reset"), to.ResetReport(report=number)),))
    else:
        rows.append((button(texts("reports.edit.closing"), to.AskClosing(report=number)),))
        contact = to.AskAround(report=number, what="contact")
        signature = to.AskAround(report=number, what="signature")
        rows.append(
            (
                button(texts("reports.edit.contact"), contact),
                button(texts("reports.edit.signature"), signature),
            )
        )
    return Screen(
        header=header(about.name, texts("reports.edit.header")),
        body=(texts("reports.edit.body", limit=MOST_WORDS),),
        state=said,
        rows=(*rows, (way_back(texts("reports.to_text"), to.ReportReady(report=number, sure=1)),)),
        place=to.EditReport(report=number).pack(),
    )


def closing(words: Words, about: About, now: str, said: str = "") -> Screen:
    """Ask the last line of a client's reports; ``now`` is that of the person, if they have one."""
    texts = words.texts
    number = about.number
    rows: list[ButtonRow] = []
    if now:
        rows.append((button(texts("reports.closing.drop"), to.DropClosing(report=number)),))
    shown = now or texts("reports.text.closing")
    return Screen(
        header=header(about.name, texts("reports.closing.header")),
        body=(texts("reports.line.quoted", text=shown), texts("reports.closing.body")),
        state=said,
        rows=(*rows, (way_back(texts("common.back"), to.EditReport(report=number)),)),
        place=to.AskClosing(report=number).pack(),
    )


def around(words: Words, about: About, what: str, said: str = "") -> Screen:
    """Ask how a client is greeted, or how reports are signed."""
    texts = words.texts
    number = about.number
    asked: to.Around = "contact" if what == "contact" else "signature"
    drop = to.DropAround(report=number, what=asked)
    return Screen(
        header=header(about.name, texts(f"reports.{asked}.header")),
        body=(texts(f"reports.{asked}.body"),),
        state=said,
        rows=(
            (button(texts(f"reports.{asked}.drop"), drop),),
            (way_back(texts("reports.to_text"), to.ReportReady(report=number, sure=1)),),
        ),
        place=to.AskAround(report=number, what=asked).pack(),
    )


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that went out, or a week that was marked without one."""

    client: ClientNumber
    name: str
    up: Button
    number: ReportNumber | None = None
    day: str = ""
    again: str = ""
    """When the coach will remind of the next one."""
    goals: bool = False
    """Whether it set goals for the week to come."""
    undo: bool = False
    weekday: tuple[int, str] | None = None
    """The weekday to offer, 0 is Monday, with «по пятницам»; None where nothing is offered."""
    sent: int = 0
    """Reports that the client got so far."""


def reported(words: Words, told: Reported) -> Screen:
    """Say that the report of this week went out, and offer what comes next."""
    texts = words.texts
    body = [
        texts("reports.reported.body", date=told.day)
        if told.number
        else texts("reports.reported.marked")
    ]
    if told.goals:
        body.append(texts("reports.reported.goals"))
    if told.again:
        body.append(told.again)
    rows: list[ButtonRow] = []
    if told.weekday is not None:
        body.append(texts("reports.reported.offer"))
        weekday, every = told.weekday
        label = every[:1].upper() + every[1:]
        rows.append((button(label, to_reminders.ChooseDay(client=told.client, weekday=weekday)),))
        rows.append(
            (
                button(
                    texts("reports.reported.other_day"), to_reminders.AskDay(client=told.client)
                ),
                button(texts("reports.reported.no"), to_clients.ClientCard(client=told.client)),
            )
        )
    if told.number is not None:
        rows.append((button(texts("reports.reported.show"), to.ReadReport(report=told.number)),))
    others = [button(texts("reports.reported.next"), to.NextReport(client=told.client))]
    if told.undo and told.number is not None:
        others.append(button(texts("reports.reported.unsend"), to.UnsendReport(report=told.number)))
    rows += in_pairs(others)
    if told.sent > 1:
        history = to.ReportHistory(client=told.client, page=0)
        rows.append((button(texts("reports.reported.history", n=told.sent), history),))
    return Screen(
        header=header(told.name, texts("reports.reported.header")),
        body=tuple(body),
        rows=(*rows, (told.up,)),
        place=to.ShowReported(report=told.number).pack() if told.number else "",
    )


def history(
    words: Words,
    client: tuple[ClientNumber, str],
    reports: Sequence[tuple[ReportNumber, str]],
    page: int,
) -> Screen:
    """List the reports that a client got; each with its label."""
    texts = words.texts
    number, name = client
    shown = page_of(texts, reports, to.ReportHistory(client=number, page=page))
    return Screen(
        header=header(name, texts("reports.history.header")),
        body=(texts("reports.history.body" if reports else "reports.history.none"),),
        rows=(
            *shown.rows(button(label, to.ReadReport(report=report)) for report, label in shown),
            (button(texts("common.to_client"), to_clients.ClientCard(client=number)),),
        ),
        place=shown.place,
    )


def read(words: Words, number: ReportNumber, text: str) -> Screen:
    """Show a report that went out, to be read and copied once more."""
    texts = words.texts
    return Screen(
        header="",
        body=(text,),
        plain=True,
        rows=(
            *_copy(texts, text),
            (button(texts("reports.file"), to.ReportFile(report=number)),),
            (button(texts("common.back"), to.ShowReported(report=number)),),
        ),
        place=to.ReadReport(report=number).pack(),
    )


def _to_report(texts: Texts, number: ReportNumber) -> Button:
    return way_back(texts("reports.to_report"), to.ShowReport(report=number, page=0))
