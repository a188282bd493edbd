"""/report: the weekly report of a client, from last week's goals to a clean text.

A client has at most one report in the making; it belongs to the week that waits when it is opened.
Sending it closes that week, and what is said of a week elsewhere reaches its report by ``follow``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from content.checking import Finding, Rule, check, mend
from content.reports import (
    LONGEST_LINE,
    MOST_LINES,
    TONE,
    Line,
    Part,
    added,
    begun,
    in_part,
    is_too_long,
    text_of,
    typed_lines,
)
from content.schedule.agenda import due
from content.schedule.cycles import (
    UNANSWERED,
    UNDO,
    WEEK,
    Cycle,
    CycleState,
    Rhythm,
    sent,
    undone,
)
from handlers import agenda, callbacks, filling, finding, home, papers
from handlers.coming import NAME_SHOWN
from handlers.prompts import ask
from handlers.routing import Answered, Routes
from handlers.screen import Button, Paper, Reply, Screen, button, cut, primary
from handlers.screens import drafts as check_screens
from handlers.screens import reports as screens
from handlers.screens.wording import client_name
from handlers.visit import Visit
from storage.protocols import NotFound
from storage.records import (
    UNREADABLE,
    Client,
    ClientNumber,
    Item,
    ItemKind,
    Prompt,
    Report,
    ReportNumber,
)

FRIDAY = 4
"""The weekday that is offered to somebody who has not set a usual one."""
SAME_DAY = timedelta(days=1)
routes = Routes()
At = TypeVar("At", bound=callbacks.OfReport)
Handler = Callable[[Visit, At, Report], Answered]


def of_report(handler: Handler[At]) -> Callable[[Visit, At], Answered]:
    """Hand the report to the handler."""

    def handle(visit: Visit, at: At) -> Answered:
        return handler(visit, at, _report(visit, at.report))

    return handle


def unsent(handler: Handler[At]) -> Callable[[Visit, At], Answered]:
    """Hand a report that may still change to the handler; one that went out is only shown."""

    @of_report
    def handle(visit: Visit, at: At, report: Report) -> Answered:
        if report.sent_on is not None:
            return Reply(_reported(visit, report), toast=visit.texts("reports.toast.sent_already"))
        return handler(visit, at, report)

    return handle


@routes.command("report")
def report(visit: Visit, _words: str) -> Screen:
    """Ask whom to report to; where there is one client only, open the report."""
    listed = visit.memory.clients.list()
    if not listed:
        return home.screen(visit).saying(visit.texts("reports.whom.nobody"))
    return open_report(visit, listed[0]) if len(listed) == 1 else _whom(visit, 0)


@routes.tap(callbacks.ReportClients, opens=True)
def whom(visit: Visit, at: callbacks.ReportClients) -> Screen:
    """Ask whom to report to."""
    return _whom(visit, at.page)


@routes.tap(callbacks.OpenReport)
def open_one(visit: Visit, at: callbacks.OpenReport) -> Screen:
    """Open the report of this week."""
    return open_report(visit, finding.client(visit, at.client))


def open_report(visit: Visit, client: Client) -> Screen:
    """Go on with a client's report, say that this week's went out, or begin it."""
    making = _in_the_making(visit, client.number)
    if making is not None:
        return _screen(visit, _aimed(visit, making))
    cycle = agenda.advance(visit.memory, client.number, visit.today)
    last = _last_sent(visit, client.number)
    if _is_over(visit, cycle, last):
        told = last if last and (cycle is None or (last.week or date.min) >= cycle.day) else None
        return _reported(visit, told) if told else _marked(visit, client)
    return _screen(visit, _begin(visit, client.number))


@routes.tap(callbacks.NextReport)
def begin_next(visit: Visit, at: callbacks.NextReport) -> Screen:
    """Begin the report after the one that went out, or go on with it."""
    client = finding.client(visit, at.client).number
    making = _in_the_making(visit, client)
    return _screen(visit, _aimed(visit, making) if making else _begin(visit, client))


@routes.tap(callbacks.ShowReport, opens=True)
@unsent
def show(visit: Visit, at: callbacks.ShowReport, report: Report) -> Screen:
    """Show what a report is made of."""
    return _screen(visit, report, at.page)


@routes.tap(callbacks.TickLine)
@unsent
def tick(visit: Visit, at: callbacks.TickLine, report: Report) -> Answered:
    """Move a line between what is done and what is in hand."""
    if not _stands(report, at):
        return _screen(visit, report, at.page)
    kind = ItemKind.DONE if at.done else ItemKind.IN_HAND
    changed = replace(report.items[at.line], kind=kind)
    report = _with_items(visit, report, _put(report.items, at.line, changed))
    toast = visit.texts("reports.toast.done" if at.done else "reports.toast.in_hand")
    return Reply(_screen(visit, report, at.page), toast=toast)


@routes.tap(callbacks.ReportPart, opens=True)
@unsent
def show_part(visit: Visit, at: callbacks.ReportPart, report: Report) -> Screen:
    """Ask the lines of one part."""
    return _part(visit, report, Part(at.part), page=at.page)


@routes.prompt("report_part")
def typed(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Add what was typed or pasted, a line for each; all of it or nothing."""
    number, name = prompt.subject.split(":")
    report, part = _report(visit, int(number)), Part(name)
    if report.sent_on is not None:
        return _reported(visit, report)
    new = typed_lines(text)
    lines = added(_lines(report), part, new, visit.today)
    many = len(in_part(lines, part))
    longest = max(map(len, new), default=0)
    fault = ""
    if not new:
        fault = visit.texts("reports.part.no_words")
    elif longest > LONGEST_LINE:
        fault = visit.texts("reports.part.too_long", n=longest, limit=LONGEST_LINE)
    elif many > MOST_LINES:
        fault = visit.texts("reports.part.full", n=many, limit=MOST_LINES)
    if fault:
        return _part(visit, report, part, said=fault)
    return _screen(visit, _with_items(visit, report, _items(lines)))


@routes.tap(callbacks.GoalsFromWork)
@unsent
def goals_from_work(visit: Visit, _at: callbacks.GoalsFromWork, report: Report) -> Answered:
    """Make goals of what is in hand, as far as they fit."""
    before = _lines(report)
    room = MOST_LINES - len(in_part(before, Part.GOAL))
    goals = {each.words.casefold() for each in in_part(before, Part.GOAL)}
    work = [each.words for each in in_part(before, Part.IN_HAND)]
    fresh = [each for each in work if each.casefold() not in goals][:room]
    report = _with_items(visit, report, _items(added(before, Part.GOAL, fresh, visit.today)))
    toast = visit.texts("reports.toast.from_work", n=len(fresh))
    return Reply(_screen(visit, report), toast=toast)


@routes.tap(callbacks.EditLine, opens=True)
@unsent
def edit_line(visit: Visit, at: callbacks.EditLine, report: Report) -> Screen:
    """Ask other words for a line."""
    return _line(visit, report, at.line) if _stands(report, at) else _screen(visit, report)


@routes.prompt("report_line")
def retyped(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Take other words for a line; several lines replace it by several."""
    number, place, of = map(int, prompt.subject.split(":"))
    report = _report(visit, number)
    if report.sent_on is not None:
        return _reported(visit, report)
    if len(report.items) != of:
        return _screen(visit, report)
    words = " ".join(typed_lines(text))
    if not words:
        return _line(visit, report, place, said=visit.texts("reports.part.no_words"))
    if len(words) > LONGEST_LINE:
        said = visit.texts("reports.part.too_long", n=len(words), limit=LONGEST_LINE)
        return _line(visit, report, place, said=said)
    changed = replace(report.items[place], words=words)
    return _screen(visit, _with_items(visit, report, _put(report.items, place, changed)))


@routes.tap(callbacks.RemoveLine)
@unsent
def remove(visit: Visit, at: callbacks.RemoveLine, report: Report) -> Answered:
    """Take a line away."""
    if not _stands(report, at):
        return _screen(visit, report)
    report = _with_items(visit, report, _put(report.items, at.line))
    return Reply(_screen(visit, report), toast=visit.texts("reports.toast.removed"))


@routes.tap(callbacks.ReportReady, opens=True)
@unsent
def ready(visit: Visit, at: callbacks.ReportReady, report: Report) -> Answered:
    """Show the text; ask first where it has no goals, and say where it is too long."""
    own = _is_own(report)
    if not report.items and not own:
        return _screen(visit, report)
    if is_too_long(_text(visit, report)):
        return screens.too_long(visit.words, _look(visit, report))
    if not at.sure and not own and not in_part(_lines(report), Part.GOAL):
        return screens.no_goals(visit.words, _about(visit, report))
    first = _nothing_sent(visit, report.client)
    return Reply(_ready(visit, report), toast=visit.texts("letters.toast.copy") if first else "")


@routes.tap(callbacks.ReportRules, opens=True)
@unsent
def rules(visit: Visit, at: callbacks.ReportRules, report: Report) -> Screen:
    """Tick every rule of tone, or say that it does not hold."""
    broken = {each.rule for each in _findings(visit, report)}
    held = [(rule, "broken" if rule in broken else "held") for rule in Rule if rule in TONE]
    name = _about(visit, report).name
    told = check_screens.rules(visit.words, name, held, (), _to_text(visit, report))
    return replace(told, place=at.pack())


@routes.tap(callbacks.ReportFinding, opens=True)
@unsent
def show_finding(visit: Visit, at: callbacks.ReportFinding, report: Report) -> Screen:
    """Show one finding, or the text where there is none left."""
    return _finding(visit, report, at.index)


@routes.tap(callbacks.FixReport)
@unsent
def fix(visit: Visit, at: callbacks.FixReport, report: Report) -> Answered:
    """Take a fix. A second tap speaks of findings that are no longer there and changes nothing."""
    found = _findings(visit, report)
    if len(found) != at.of:
        return _finding(visit, report, 0)
    if at.index >= len(found) or found[at.index].fix is None:
        raise NotFound(f"finding {at.index}")
    report = _mended(visit, report, found[at.index : at.index + 1])
    return Reply(_finding(visit, report, 0), toast=visit.texts("letters.toast.fixed"))


@routes.tap(callbacks.FixWholeReport)
@unsent
def fix_all(visit: Visit, at: callbacks.FixWholeReport, report: Report) -> Answered:
    """Take every fix there is."""
    found = _findings(visit, report)
    if len(found) != at.of:
        return _ready(visit, report)
    fixable = [each for each in found if each.fix is not None]
    report = _mended(visit, report, fixable)
    toast = visit.texts("letters.toast.fixed_all", n=len(fixable))
    return Reply(_ready(visit, report), toast=toast)


@routes.tap(callbacks.EditReport, opens=True)
@unsent
def edit(visit: Visit, _at: callbacks.EditReport, report: Report) -> Screen:
    """Ask the whole text."""
    return _edit(visit, report)


@routes.prompt("report_text")
def own_text(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Take the text as it is; the check reads it as any other."""
    report = _report(visit, int(prompt.subject))
    if report.sent_on is not None:
        return _reported(visit, report)
    words = text.strip()
    if is_too_long(words):
        said = f"{screens.over(visit.texts, words)} {visit.texts('reports.too_long.own')}"
        return _edit(visit, report, said)
    return _ready(visit, _with_words(visit, report, words))


@routes.tap(callbacks.ResetReport)
@unsent
def reset(visit: Visit, _at: callbacks.ResetReport, report: Report) -> Answered:
    """Make the text of the lines again."""
    report = _with_words(visit, report, "")
    return Reply(_screen(visit, report), toast=visit.texts("reports.toast.reset"))


@routes.tap(callbacks.ReportFile)
@of_report
def hand_over(visit: Visit, _at: callbacks.ReportFile, report: Report) -> Answered:
    """Hand over the report as a draft for a mail program."""
    text = _text(visit, report)
    day = visit.texts.date(report.sent_on or visit.today)
    subject = papers.subject_line(visit.texts("reports.subject", date=day))
    paper = Paper(file=lambda: papers.eml(text, subject), name=papers.file_name(subject, "eml"))
    if report.sent_on is not None:
        return Reply(screens.read(visit.words, report.number, text), papers=(paper,))
    return Reply(_ready(visit, report), papers=(paper,))


@routes.tap(callbacks.SendReport)
@of_report
def send(visit: Visit, at: callbacks.SendReport, report: Report) -> Answered:
    """Note that the client has it; then open the report of whoever waits next."""
    said = visit.texts("reports.toast.sent_already")
    if report.sent_on is None:
        report, said = _sent(visit, report)
    following = visit.memory.clients.get(ClientNumber(at.then)) if at.then else None
    if following is None or following.deleted_at is not None:
        return Reply(_reported(visit, report), toast=said)
    return Reply(open_report(visit, following), toast=said)


@routes.tap(callbacks.ShowReported, opens=True)
@of_report
def show_reported(visit: Visit, _at: callbacks.ShowReported, report: Report) -> Screen:
    """Say that a report went out."""
    return _reported(visit, report) if report.sent_on else _screen(visit, report)


@routes.tap(callbacks.UnsendReport)
@of_report
def unsend(visit: Visit, _at: callbacks.UnsendReport, report: Report) -> Answered:
    """Take the mark back within a day."""
    if report.sent_on is None:
        return _screen(visit, report)
    if not _can_undo(visit, report):
        return Reply(_reported(visit, report), toast=visit.texts("reports.toast.too_late"))
    cycle = _cycle(visit, report)
    if cycle is not None:
        newest = visit.memory.reminders.cycles(report.client)[0].day <= cycle.day
        changed = undone(cycle, visit.now, newest=newest)
        agenda.keep_cycle(visit.memory, report.client, changed, cycle)
    report = _taken_back(visit, report)
    return Reply(_ready(visit, report), toast=visit.texts("reports.toast.unsent"))


@routes.tap(callbacks.ReportHistory, opens=True)
def history(visit: Visit, at: callbacks.ReportHistory) -> Screen:
    """List the reports that a client got, newest first."""
    client = finding.client(visit, at.client)
    listed = [
        (each.number, visit.texts("reports.history.label", date=visit.day(each.sent_on)))
        for each in reversed(_all_sent(visit, client.number))
        if each.sent_on is not None
    ]
    name = client_name(visit.words, client)
    return screens.history(visit.words, (client.number, name), listed, at.page)


@routes.tap(callbacks.ReadReport, opens=True)
@of_report
def read(visit: Visit, _at: callbacks.ReadReport, report: Report) -> Screen:
    """Show the text of a report that went out."""
    if report.sent_on is None:
        return _screen(visit, report)
    return screens.read(visit.words, report.number, _text(visit, report))


def follow(visit: Visit, client: ClientNumber, cycle: Cycle) -> None:
    """Let the report of a week follow what was said of the week elsewhere."""
    for report in visit.memory.reports.of_client(client):
        if report.week != cycle.day:
            continue
        if cycle.state is CycleState.SENT and report.sent_on is None and _is_written(report):
            _close(visit, report)
        elif cycle.state in UNANSWERED and report.sent_on is not None:
            _taken_back(visit, report)


# What the week says


def _waiting(visit: Visit) -> dict[ClientNumber, int]:
    """Return whose week is open today, and in which week without a report, the longest first."""
    entries = due(agenda.agenda_of(visit.memory, visit.now), visit.today, visit.now)
    weeks = {
        ClientNumber(each.client): each.about.weeks_open(visit.today)
        for each in entries
        if each.client is not None and isinstance(each.about, Cycle)
    }
    return dict(sorted(weeks.items(), key=lambda each: -each[1]))


def _is_over(visit: Visit, cycle: Cycle | None, last: Report | None) -> bool:
    """Tell whether this week's report went out; without a weekday weeks begin on Monday."""
    if cycle is not None:
        return cycle.state is CycleState.SENT
    if last is None or last.sent_on is None:
        return False
    return last.sent_on.isocalendar()[:2] == visit.today.isocalendar()[:2]


def _week(visit: Visit, client: ClientNumber, aimed_at: date | None) -> date | None:
    """Return the day of the week that a report opened now is for, None without a weekday.

    A week that was sent is over: what is written now is for the next one.
    """
    cycle = agenda.advance(visit.memory, client, visit.today)
    if cycle is None or cycle.state is not CycleState.SENT:
        return cycle.day if cycle else None
    if aimed_at is not None and aimed_at > cycle.day:
        return aimed_at
    row = visit.memory.reminders.rhythm(client, visit.today)
    return _next_day(agenda.rhythm_of(row), visit.today) if row else None


def _next_day(rhythm: Rhythm, today: date) -> date | None:
    if rhythm.weekday is None:
        return None
    first = max(today + SAME_DAY, rhythm.since)
    return first + timedelta(days=(rhythm.weekday - first.weekday()) % WEEK)


def _aimed(visit: Visit, report: Report) -> Report:
    """Return the report, for the week that waits now."""
    week = _week(visit, report.client, report.week)
    if week == report.week:
        return report
    report = replace(report, week=week)
    visit.memory.reports.save(report)
    return report


def _cycle(visit: Visit, report: Report) -> Cycle | None:
    if report.week is None:
        return None
    row = visit.memory.reminders.cycle(report.client, report.week)
    return agenda.cycle_of(row) if row else None


def _sent(visit: Visit, report: Report) -> tuple[Report, str]:
    """Close a report and its week; say so, and name the week where it is not the newest."""
    if report.week is None:
        report = _aimed(visit, report)
    late = False
    if report.week is not None:
        stored = _cycle(visit, report)
        cycle = stored or Cycle(report.week, open_since=report.week)
        agenda.keep_cycle(visit.memory, report.client, sent(cycle, visit.now), stored)
        late = visit.today - report.week >= timedelta(days=WEEK)
    key = "reports.toast.sent_late" if late else "reports.toast.sent"
    day = report.week if late and report.week else visit.today
    return _close(visit, report), visit.texts(key, date=visit.day(day))


def _close(visit: Visit, report: Report) -> Report:
    """Keep the text as it went out: later releases may put the same lines otherwise."""
    report = replace(report, words=_text(visit, report), sent_on=visit.today)
    visit.memory.reports.save(report)
    return report


def _taken_back(visit: Visit, report: Report) -> Report:
    own = report.words != _made(visit, report)
    report = replace(report, sent_on=None, words=report.words if own else "")
    visit.memory.reports.save(report)
    return report


def _can_undo(visit: Visit, report: Report) -> bool:
    """Tell whether a mark can be taken back: within a day, and before the next one is begun."""
    if report.sent_on is None or _of_client(visit, report.client)[-1].number != report.number:
        return False
    cycle = _cycle(visit, report)
    if cycle is not None and cycle.closed_at is not None:
        return visit.now - cycle.closed_at <= UNDO
    return visit.today - report.sent_on <= SAME_DAY


# The reports of a client


def _report(visit: Visit, number: int) -> Report:
    found = visit.memory.reports.get(ReportNumber(number))
    if found is None:
        raise NotFound(f"report {number}")
    finding.client(visit, found.client)
    return found


def _of_client(visit: Visit, client: ClientNumber) -> tuple[Report, ...]:
    return visit.memory.reports.of_client(client)


def _all_sent(visit: Visit, client: ClientNumber) -> list[Report]:
    return [each for each in _of_client(visit, client) if each.sent_on is not None]


def _last_sent(visit: Visit, client: ClientNumber) -> Report | None:
    return next(reversed(_all_sent(visit, client)), None)


def _in_the_making(visit: Visit, client: ClientNumber) -> Report | None:
    return next((each for each in _of_client(visit, client)[::-1] if each.sent_on is None), None)


def _nothing_sent(visit: Visit, client: ClientNumber) -> bool:
    """Tell whether the person has sent no report yet, to anybody."""
    if _all_sent(visit, client):
        return False
    others = visit.memory.clients.list()
    return not any(_all_sent(visit, each.number) for each in others)


def _begin(visit: Visit, client: ClientNumber) -> Report:
    last = _last_sent(visit, client)
    report = Report(
        number=ReportNumber(0),
        client=client,
        week=_week(visit, client, last.week if last else None),
        started_at=visit.now,
        items=_items(begun(_lines(last))) if last else (),
    )
    return visit.memory.reports.add(report)


# Lines and the text


def _lines(report: Report) -> tuple[Line, ...]:
    return tuple(Line(Part(each.kind), each.words, each.since) for each in report.items)


def _items(lines: Sequence[Line]) -> tuple[Item, ...]:
    return tuple(Item(ItemKind(each.part), each.words, each.since) for each in lines)


def _put(items: Sequence[Item], place: int, *changed: Item) -> tuple[Item, ...]:
    return (*items[:place], *changed, *items[place + 1 :])


def _stands(report: Report, at: callbacks.OfLine) -> bool:
    """Tell whether a button still means the line it was made for."""
    return at.of == len(report.items) and at.line < at.of


def _with_items(visit: Visit, report: Report, items: tuple[Item, ...]) -> Report:
    report = replace(report, items=items)
    visit.memory.reports.save(report)
    return report


def _with_words(visit: Visit, report: Report, words: str) -> Report:
    report = replace(report, words=words)
    visit.memory.reports.save(report)
    return report


def _is_own(report: Report) -> bool:
    return report.words not in ("", UNREADABLE)


def _is_written(report: Report) -> bool:
    return bool(report.items) or _is_own(report)


def _text(visit: Visit, report: Report) -> str:
    """Return the text as it goes out: the person's own, else the one made of the lines."""
    return report.words if _is_own(report) else _made(visit, report)


def _made(visit: Visit, report: Report) -> str:
    lines = tuple(each for each in _lines(report) if each.words != UNREADABLE)
    return visit.think(text_of, lines, visit.texts, _begun_on(visit, report))


def _begun_on(visit: Visit, report: Report) -> date:
    return report.started_at.astimezone(visit.zone).date()


def _findings(visit: Visit, report: Report) -> tuple[Finding, ...]:
    text = _text(visit, report)
    return visit.think(
        check,
        text,
        language=filling.language_of(text),
        rules=TONE,
        told_in=filling.told_in(visit),
    )


def _mended(visit: Visit, report: Report, fixes: Sequence[Finding]) -> Report:
    """Mend the lines, so that the next report inherits it; a text of one's own as it stands."""
    text = _text(visit, report)
    items = report.items
    if not _is_own(report):
        for each in fixes:
            mended = ((i, filling.mended(item.words, each)) for i, item in enumerate(items))
            found = next(((i, words) for i, words in mended if words is not None), None)
            if found is None:
                break
            place, words = found
            changed = (replace(items[place], words=words),) if words else ()
            items = _put(items, place, *changed)
        else:
            return _with_items(visit, report, items)
    return _with_words(visit, report, mend(text, fixes))


# Screens


def _whom(visit: Visit, page: int) -> Screen:
    weeks = _waiting(visit)
    everybody = {each.number: each for each in visit.memory.clients.list()}
    first = [everybody[each] for each in weeks if each in everybody]
    others = [each for number, each in everybody.items() if number not in weeks]
    return screens.whom(visit.words, [*first, *others], weeks, page)


def _screen(visit: Visit, report: Report, page: int = 0) -> Screen:
    return screens.draft(visit.words, _look(visit, report), page)


def _about(visit: Visit, report: Report) -> screens.About:
    client = finding.client(visit, report.client)
    name = client_name(visit.words, client)
    return screens.About(report.number, client.number, name, _up(visit, client.number))


def _up(visit: Visit, client: ClientNumber) -> Button:
    """Return the way out: to the day's list while somebody waits, else to the clients."""
    texts = visit.texts
    if _waiting(visit):
        return button(texts("reports.to_list"), callbacks.TodayList(page=0))
    if len(visit.memory.clients.list()) > 1:
        return button(texts("reports.to_list"), callbacks.ReportClients(page=0))
    return button(texts("common.to_client"), callbacks.ClientCard(client=client))


def _look(visit: Visit, report: Report) -> screens.Look:
    unreadable = visit.texts("common.unreadable")
    lines = [
        replace(each, words=unreadable) if each.words == UNREADABLE else each
        for each in _lines(report)
    ]
    first = _begun_on(visit, report)
    cycle = _cycle(visit, report)
    return screens.Look(
        about=_about(visit, report),
        lines=lines,
        dates={
            each.since: visit.day(each.since) for each in lines if each.since and each.since < first
        },
        text=_text(visit, report),
        own=_is_own(report),
        week=cycle.day if cycle and cycle.state in UNANSWERED else None,
        sent=len(_all_sent(visit, report.client)),
    )


def _part(visit: Visit, report: Report, part: Part, *, page: int = 0, said: str = "") -> Screen:
    screen = screens.part(visit.words, _look(visit, report), part, page, said)
    return ask(visit, "report_part", f"{report.number}:{part}", screen)


def _line(visit: Visit, report: Report, place: int, said: str = "") -> Screen:
    screen = screens.line(visit.words, _look(visit, report), place, said)
    return ask(visit, "report_line", f"{report.number}:{place}:{len(report.items)}", screen)


def _edit(visit: Visit, report: Report, said: str = "") -> Screen:
    own = _is_own(report)
    screen = screens.edit(visit.words, _about(visit, report), own=own, said=said)
    return ask(visit, "report_text", str(report.number), screen)


def _ready(visit: Visit, report: Report) -> Screen:
    following = next((each for each in _waiting(visit) if each != report.client), None)
    then = None
    if following is not None:
        name = client_name(visit.words, finding.client(visit, following))
        then = following, cut(name, NAME_SHOWN)
    findings = len(_findings(visit, report))
    about = _about(visit, report)
    return screens.ready(visit.words, about, _text(visit, report), findings, then)


def _to_text(visit: Visit, report: Report) -> Button:
    to = callbacks.ReportReady(report=report.number, sure=1)
    return button(visit.texts("reports.to_text"), to)


def _finding(visit: Visit, report: Report, place: int) -> Screen:
    found = _findings(visit, report)
    if not found:
        return _ready(visit, report)
    place = min(place, len(found) - 1)
    number, of = report.number, len(found)
    shown = check_screens.Shown(
        found=found[place],
        label=filling.rule_label(visit, found[place].rule),
        place=place,
        total=of,
        fixable=sum(each.fix is not None for each in found),
    )
    ways = check_screens.Ways(
        at=lambda to: callbacks.ReportFinding(report=number, index=to),
        fix=callbacks.FixReport(report=number, index=place, of=of),
        fix_all=callbacks.FixWholeReport(report=number, of=of),
        change=_change(visit, report, found[place]),
        keep=None,
        up=_to_text(visit, report),
    )
    return check_screens.finding(visit.words, shown, ways)


def _change(visit: Visit, report: Report, found: Finding) -> Button:
    """Return the way to the line that a finding speaks of, or to the whole text."""
    words = found.excerpt.casefold()
    if words and not _is_own(report):
        for place, each in enumerate(report.items):
            if words in each.words.casefold():
                to = callbacks.EditLine(report=report.number, line=place, of=len(report.items))
                return primary(visit.texts("reports.fix_line"), to)
    return primary(visit.texts("reports.fix_text"), callbacks.EditReport(report=report.number))


def _reported(visit: Visit, report: Report) -> Screen:
    client = finding.client(visit, report.client)
    reports = _all_sent(visit, client.number)
    return screens.reported(
        visit.words,
        screens.Sent(
            client=client.number,
            name=client_name(visit.words, client),
            up=_up(visit, client.number),
            number=report.number,
            day=visit.day(report.sent_on) if report.sent_on else "",
            goals=bool(in_part(_lines(report), Part.GOAL)),
            undo=_can_undo(visit, report),
            weekday=_offered(visit, client.number) if len(reports) == 1 else None,
            sent=len(reports),
        ),
    )


def _marked(visit: Visit, client: Client) -> Screen:
    return screens.reported(
        visit.words,
        screens.Sent(
            client=client.number,
            name=client_name(visit.words, client),
            up=_up(visit, client.number),
            sent=len(_all_sent(visit, client.number)),
        ),
    )


def _offered(visit: Visit, client: ClientNumber) -> tuple[int, str] | None:
    """Return the weekday to propose, where the person has not decided on one for this client."""
    if visit.memory.reminders.rhythm(client, visit.today) is not None:
        return None
    usual = visit.memory.reminders.get().weekday
    weekday = FRIDAY if usual is None else usual
    label = visit.texts(f"moments.every.{weekday}")
    return weekday, label[:1].upper() + label[1:]
