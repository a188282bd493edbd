"""/report: whom to report to, which week a report is for, and that it went out.

A client has at most one report in the making; it belongs to the week that waits when it is opened.
Sending it closes that week, and what is said of a week elsewhere reaches its report by ``follow``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from content.reports import begun, in_part
from content.schedule.cycles import UNANSWERED, UNDO, sent, undone
from content.values.reports import ItemKind
from content.values.weeks import WEEK, Cycle, CycleState, Rhythm
from handlers.clients import buttons as to_clients
from handlers.due import agenda, when
from handlers.due.lines import NAME_SHOWN
from handlers.engine import lookup
from handlers.engine.routing import Answered, Redelivery, Routes
from handlers.engine.screen import Paper, Reply, Screen, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.letters import files
from handlers.reports import buttons as to
from handlers.reports import contents, edit, screens
from storage.records import Client, ClientNumber, Report, ReportNumber

ONE_DAY = timedelta(days=1)
routes = Routes()


@routes.command("report")
def report(visit: Visit, _words: str) -> Screen:
    """Ask whom to report to; where there is one client only, open the report."""
    listed = visit.memory.clients.list()
    if not listed:
        return visit.open(to_clients.Home()).saying(visit.texts("reports.whom.nobody"))
    return open_report(visit, listed[0]) if len(listed) == 1 else _whom(visit, 0)


@routes.tap(to.ReportClients, opens=True)
def whom(visit: Visit, at: to.ReportClients) -> Screen:
    """Ask whom to report to."""
    return _whom(visit, at.page)


@routes.tap(to.OpenReport)
def open_one(visit: Visit, at: to.OpenReport) -> Screen:
    """Open the report of this week."""
    return open_report(visit, lookup.client(visit, at.client))


def open_report(visit: Visit, client: Client) -> Screen:
    """Go on with a client's report, say that this week's went out, or begin it."""
    making = _in_the_making(visit, client.number)
    if making is not None:
        return edit.screen(visit, _aimed(visit, making))
    rhythm = _rhythm(visit, client.number)
    cycle = rhythm.cycle if rhythm else None
    last = _last_sent(visit, client.number)
    if _is_over(visit, cycle, last):
        told = last if last and (cycle is None or (last.week or date.min) >= cycle.day) else None
        return _reported(visit, told) if told else _marked(visit, client)
    return edit.screen(visit, _begin(visit, client.number))


@routes.tap(to.NextReport)
def begin_next(visit: Visit, at: to.NextReport) -> Screen:
    """Begin the report after the one that went out, or go on with it."""
    client = lookup.client(visit, at.client).number
    making = _in_the_making(visit, client)
    return edit.screen(visit, _aimed(visit, making) if making else _begin(visit, client))


@routes.tap(to.ReportFile, redelivery=Redelivery.RUN)
@edit.of_report
def hand_over(visit: Visit, _at: to.ReportFile, report: Report) -> Answered:
    """Hand over the report as a draft for a mail program."""
    text = contents.text(visit, report)
    day = visit.texts.date(report.sent_on or visit.today)
    subject = files.subject_line(visit.texts("reports.subject", date=day))
    paper = Paper(file=lambda: files.eml(text, subject), name=files.file_name(subject, "eml"))
    if report.sent_on is not None:
        return Reply(screens.read(visit.words, report.number, text), papers=(paper,))
    return Reply(edit.final(visit, report), papers=(paper,))


@routes.tap(to.SendReport)
@edit.of_report
def send(visit: Visit, at: to.SendReport, report: Report) -> Answered:
    """Note that the client has it; then open the report of whoever waits next."""
    said = visit.texts("reports.toast.sent_already")
    if report.sent_on is None:
        report, said = _sent(visit, report)
    following = visit.memory.clients.get(ClientNumber(at.then)) if at.then else None
    if following is None or following.deleted_at is not None:
        return Reply(_reported(visit, report), toast=said)
    name = client_name(visit.words, lookup.client(visit, report.client))
    said = visit.texts("reports.toast.sent_next", client=cut(name, NAME_SHOWN))
    return Reply(open_report(visit, following), toast=said)


@routes.tap(to.ShowReported, opens=True)
@edit.of_report
def show_reported(visit: Visit, _at: to.ShowReported, report: Report) -> Screen:
    """Say that a report went out."""
    return _reported(visit, report) if report.sent_on else edit.screen(visit, report)


@routes.tap(to.UnsendReport)
@edit.of_report
def unsend(visit: Visit, _at: to.UnsendReport, report: Report) -> Answered:
    """Take the mark back within a day."""
    if report.sent_on is None:
        return edit.screen(visit, report)
    if not _can_undo(visit, report):
        return Reply(_reported(visit, report), toast=visit.texts("reports.toast.too_late"))
    cycle = contents.cycle_of(visit, report)
    if cycle is not None:
        newest = visit.memory.reminders.cycles(report.client)[0].day <= cycle.day
        changed = undone(cycle, visit.now, newest=newest)
        agenda.keep_cycle(visit.memory, report.client, changed, cycle)
    report = _taken_back(visit, report)
    return Reply(edit.final(visit, report), toast=visit.texts("reports.toast.unsent"))


@routes.tap(to.ReportHistory, opens=True)
def history(visit: Visit, at: to.ReportHistory) -> Screen:
    """List the reports that a client got, newest first."""
    client = lookup.client(visit, at.client)
    listed = [
        (each.number, visit.texts("reports.history.label", date=visit.day(each.sent_on)))
        for each in reversed(contents.sent_to(visit, client.number))
        if each.sent_on is not None
    ]
    name = client_name(visit.words, client)
    return screens.history(visit.words, (client.number, name), listed, at.page)


@routes.tap(to.ReadReport, opens=True)
@edit.of_report
def read(visit: Visit, _at: to.ReadReport, report: Report) -> Screen:
    """Show the text of a report that went out."""
    if report.sent_on is None:
        return edit.screen(visit, report)
    return screens.read(visit.words, report.number, contents.text(visit, report))


def follow(visit: Visit, client: ClientNumber, cycle: Cycle) -> None:
    """Let the report of a week follow what was said of the week elsewhere."""
    for report in visit.memory.reports.of_client(client):
        if report.week != cycle.day:
            continue
        if cycle.state is CycleState.SENT and report.sent_on is None and _is_written(report):
            _close(visit, report)
        elif cycle.state in UNANSWERED and _is_last(visit, report):
            _taken_back(visit, report)


def count(visit: Visit, client: ClientNumber) -> None:
    """Let a report that went out before a weekday was chosen count for its first week."""
    cycle = agenda.advance(visit.memory, client, visit.today)
    last = _last_sent(visit, client)
    if cycle is None or cycle.state not in UNANSWERED or last is None or last.week is not None:
        return
    if last.sent_on is not None and last.sent_on >= cycle.day:
        agenda.keep_cycle(visit.memory, client, sent(cycle, visit.now), cycle)
        visit.memory.reports.save(replace(last, week=cycle.day))


def _is_over(visit: Visit, cycle: Cycle | None, last: Report | None) -> bool:
    """Tell whether this week's report went out; without a weekday weeks begin on Monday."""
    if cycle is not None:
        return cycle.state is CycleState.SENT
    if last is None or last.sent_on is None:
        return False
    return last.sent_on.isocalendar()[:2] == visit.today.isocalendar()[:2]


def _rhythm(visit: Visit, client: ClientNumber) -> Rhythm | None:
    """Return how a client is reported to, with the week that is current; None for no weekday."""
    cycle = agenda.advance(visit.memory, client, visit.today)
    rhythm = visit.memory.reminders.rhythm(client, visit.today)
    if rhythm is None or rhythm.weekday is None:
        return None
    return replace(rhythm, cycle=cycle)


def _week(visit: Visit, client: ClientNumber, done: date | None) -> date | None:
    """Return the day of the week that a report opened now is for, None without a weekday.

    A week that was sent is over, and so is ``done``, the last that was: what is written now is for
    the one after.
    """
    rhythm = _rhythm(visit, client)
    if rhythm is None or rhythm.weekday is None or rhythm.cycle is None:
        return None
    if rhythm.cycle.state is not CycleState.SENT:
        return rhythm.cycle.day
    first = max(visit.today, done or visit.today) + ONE_DAY
    first = max(first, rhythm.since)
    return first + timedelta(days=(rhythm.weekday - first.weekday()) % WEEK)


def _aimed(visit: Visit, report: Report) -> Report:
    """Return the report in the making, for the week that waits now."""
    last = _last_sent(visit, report.client)
    week = _week(visit, report.client, last.week if last else None)
    if week == report.week:
        return report
    report = replace(report, week=week)
    visit.memory.reports.save(report)
    return report


def _sent(visit: Visit, report: Report) -> tuple[Report, str]:
    """Close a report and its week; say so, and name the week where it is not the newest."""
    if report.week is None:
        report = _aimed(visit, report)
    said = visit.texts("reports.toast.sent", date=visit.day(visit.today))
    if report.week is not None:
        stored = contents.cycle_of(visit, report)
        cycle = stored or Cycle(report.week, open_since=report.week)
        agenda.keep_cycle(visit.memory, report.client, sent(cycle, visit.now), stored)
        last_day = report.week + timedelta(days=WEEK - 1)
        if visit.today > last_day:
            span = visit.texts.span(report.week, last_day)
            said = visit.texts("digest.toast.sent_week", week=span)
    return _close(visit, report), said


def _close(visit: Visit, report: Report) -> Report:
    """Keep the text as it went out: later releases may put the same lines otherwise."""
    report = replace(report, words=contents.text(visit, report), sent_on=visit.today)
    visit.memory.reports.save(report)
    return report


def _taken_back(visit: Visit, report: Report) -> Report:
    own = report.words != contents.made(visit, report)
    report = replace(report, sent_on=None, words=report.words if own else "")
    visit.memory.reports.save(report)
    return report


def _can_undo(visit: Visit, report: Report) -> bool:
    """Tell whether a mark can be taken back: within a day, and before the next one is begun."""
    if report.sent_on is None or not _is_last(visit, report):
        return False
    cycle = contents.cycle_of(visit, report)
    if cycle is not None and cycle.closed_at is not None:
        return visit.now - cycle.closed_at <= UNDO
    return visit.today - report.sent_on <= ONE_DAY


def _is_last(visit: Visit, report: Report) -> bool:
    """Tell whether no other report was begun since: a client has one in the making at most."""
    return visit.memory.reports.of_client(report.client)[-1].number == report.number


def _last_sent(visit: Visit, client: ClientNumber) -> Report | None:
    return next(reversed(contents.sent_to(visit, client)), None)


def _in_the_making(visit: Visit, client: ClientNumber) -> Report | None:
    return next(
        (each for each in visit.memory.reports.of_client(client)[::-1] if each.sent_on is None),
        None,
    )


def _begin(visit: Visit, client: ClientNumber) -> Report:
    last = _last_sent(visit, client)
    report = Report(
        number=ReportNumber(0),
        client=client,
        week=_week(visit, client, last.week if last else None),
        started_at=visit.now,
    )
    items = begun(last.items, visit.words.typed) if last else ()
    return visit.memory.reports.add(report.with_items(items))


def _is_written(report: Report) -> bool:
    return bool(report.items) or contents.is_own(report)


def _whom(visit: Visit, page: int) -> Screen:
    weeks = contents.waiting(visit)
    everybody = {each.number: each for each in visit.memory.clients.list()}
    first = [everybody[each] for each in weeks if each in everybody]
    others = [each for number, each in everybody.items() if number not in weeks]
    return screens.whom(visit.words, [*first, *others], weeks, page)


def _reported(visit: Visit, report: Report) -> Screen:
    client = lookup.client(visit, report.client)
    reports = contents.sent_to(visit, client.number)
    last = _is_last(visit, report)
    # Of the week after one that was sent ahead nothing is stored yet.
    ahead = report.week is not None and report.week > visit.today
    return screens.reported(
        visit.words,
        screens.Reported(
            client=client.number,
            name=client_name(visit.words, client),
            up=edit.way_up(visit, client.number),
            number=report.number,
            day=visit.day(report.sent_on) if report.sent_on else "",
            again=_again(visit, client.number) if last and not ahead else "",
            goals=last and bool(in_part(report.items, ItemKind.GOAL)),
            undo=_can_undo(visit, report),
            weekday=when.offered_day(visit, client.number) if len(reports) == 1 else None,
            sent=len(reports),
        ),
    )


def _again(visit: Visit, client: ClientNumber) -> str:
    """Say when the coach will remind of the next one, "" for never."""
    at = when.of_client(visit, client)
    return visit.texts("reports.reported.again", when=when.told(visit, at)) if at else ""


def _marked(visit: Visit, client: Client) -> Screen:
    return screens.reported(
        visit.words,
        screens.Reported(
            client=client.number,
            name=client_name(visit.words, client),
            up=edit.way_up(visit, client.number),
            again=_again(visit, client.number),
            sent=len(contents.sent_to(visit, client.number)),
        ),
    )
