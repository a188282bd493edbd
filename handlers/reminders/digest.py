"""What is due today, and what its buttons do to the weeks it names.

``told`` makes the messages that come by themselves; the rest answers their buttons. A button names
its week, so one of last week's message acts on last week alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from content.schedule import cycles
from content.schedule.agenda import Entry, due, shown
from content.schedule.follow_ups import FollowUp, FollowUpKind
from content.values.weeks import WEEK, Cycle, CycleState
from handlers.assessment import buttons as to_assessment
from handlers.due import agenda, when
from handlers.due import lines as coming
from handlers.due.lines import NAME_SHOWN, action_name
from handlers.engine import lookup
from handlers.engine.buttons import Data
from handlers.engine.lists import choice
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import LABEL_LIMITS, Reply, Screen, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.facts import buttons as to_facts
from handlers.facts import put_off
from handlers.hindsight import buttons as to_hindsight
from handlers.letters import buttons as to_letters
from handlers.reminders import buttons as to
from handlers.reminders.screens import digest as screens
from handlers.reminders.screens.digest import DueLine
from handlers.reports import choose
from storage.errors import NotFound
from storage.records import Action, Client, ClientNumber, DispatchKind

STEP_SHOWN = 40
"""Characters of an action's name in a line."""
LAST_DAY = date.max.toordinal()
KEPT = timedelta(days=14)
"""For how long it is known what a digest has listed."""
routes = Routes()


class Week(NamedTuple):
    """One stored week, as it was read."""

    client: Client
    cycle: Cycle


def told(visit: Visit, entries: Sequence[Entry]) -> Screen:
    """Return the message that comes by itself today: a digest, or the morning's.

    In discreet mode neither its text nor its first line names anybody; its buttons do.
    """
    discreet = visit.person.discreet
    if any(_is(each, FollowUpKind.GOING_ON) for each in entries):
        return screens.going_on(visit.texts)
    if all(_is(each, FollowUpKind.MORNING) for each in entries):
        return put_off.morning(visit, _facts(visit, entries))
    day = visit.today
    named, more = shown(tuple(entries))
    return screens.digest(visit.texts, day, _lines(visit, day, named), more, discreet=discreet)


def today(visit: Visit, page: int = 0) -> Screen:
    """Return what is due now."""
    lines = _lines(visit, visit.today, _due(visit))
    again = "" if lines else _later_today(visit)
    return screens.today(visit.texts, visit.today, lines, page, undo=_undo(visit), again=again)


@routes.tap(to.TodayList, opens=True)
def show(visit: Visit, at: to.TodayList) -> Screen:
    """Show what is due now."""
    return today(visit, at.page)


@routes.tap(to.OpenWeek)
def open_week(visit: Visit, at: to.OpenWeek) -> Answered:
    """Open the report of a week; one that is over or closed is shown by itself."""
    client, cycle = _week(visit, at)
    row = visit.memory.reminders.rhythm(client.number, visit.today)
    newest = row is not None and row.cycle is not None and row.cycle.day == cycle.day
    if newest and cycle.state in cycles.UNANSWERED:
        return choose.open_report(visit, client)
    name = client_name(visit.words, client)
    said = _told(visit, cycle)
    if cycle.state in cycles.UNANSWERED:
        return screens.week(visit.texts, name, at, said, "open")
    return screens.week(visit.texts, name, at, said, "undo" if undoable(visit, cycle) else "")


@routes.tap(to.WeekSent)
def sent(visit: Visit, at: to.WeekSent) -> Answered:
    """Mark a week as sent, or all that a day's list names."""
    if not at.client:
        return _all_sent(visit, at)
    week = _week(visit, at)
    _keep(visit, week, cycles.sent(week.cycle, visit.now))
    return Reply(today(visit), toast=_marked(visit, week))


@routes.tap(to.SkipWeek)
def skip(visit: Visit, at: to.SkipWeek) -> Answered:
    """Pass a week over."""
    week = _week(visit, at)
    _keep(visit, week, cycles.skipped(week.cycle, visit.now))
    said = visit.texts("digest.toast.skipped", week=_span(visit, week.cycle.day))
    return Reply(today(visit), toast=said)


@routes.tap(to.ReopenWeek)
def reopen_week(visit: Visit, at: to.ReopenWeek) -> Answered:
    """Take back what was said of a week."""
    return _reopened(visit, [_week(visit, at)])


@routes.tap(to.Reopen)
def reopen(visit: Visit, at: to.Reopen) -> Answered:
    """Take back all that was said of several weeks with one tap."""
    closed = datetime.fromtimestamp(at.at, UTC)
    return _reopened(visit, [each for each in _stored(visit) if each.cycle.closed_at == closed])


@routes.tap(to.PutOffWeek, opens=True)
def later(visit: Visit, at: to.PutOffWeek) -> Screen:
    """Ask until when a report can wait, or all that a day's list names."""
    name = client_name(visit.words, _week(visit, at).client) if at.client else ""
    return screens.later(visit.texts, at, name)


@routes.tap(to.InTwoHours)
def in_two_hours(visit: Visit, at: to.InTwoHours) -> Answered:
    """Remind once more today, or with the next digest where today is too late for it."""
    habits = agenda.habits_of(visit.person, visit.memory.reminders.get())
    return _put_off(visit, at, lambda cycle: cycles.later(cycle, habits, visit.now))


@routes.tap(to.Tomorrow)
def tomorrow(visit: Visit, at: to.Tomorrow) -> Answered:
    """List a report, or all that a day's list names, again tomorrow."""
    until = coming.waking_day(visit) + timedelta(days=1)
    return _put_off(visit, at, lambda cycle: cycles.snoozed(cycle, until))


def undoable(visit: Visit, cycle: Cycle) -> bool:
    """Tell whether what was said of a week can still be taken back."""
    return cycle.closed_at is not None and visit.now - cycle.closed_at <= cycles.UNDO


def _due(visit: Visit) -> tuple[Entry, ...]:
    return due(agenda.agenda_of(visit.memory, visit.now), visit.today, visit.now)


def _lines(visit: Visit, day: date, entries: Sequence[Entry]) -> list[DueLine]:
    """Return a line for each entry; what has nobody to open it for has none."""
    numbers = dict.fromkeys(each.client for each in entries if each.client is not None)
    clients = {number: lookup.client(visit, number) for number in numbers}
    everybody = list(clients.values())
    lines = []
    for entry in entries:
        client = None if entry.client is None else clients[entry.client]
        if _is(entry, FollowUpKind.MORNING):
            lines.append(_morning(visit, _facts(visit, [entry])))
        elif client is not None and isinstance(entry.about, Cycle):
            lines.append(_report(visit, day, entry.about, client, everybody))
        elif client is not None and isinstance(entry.about, FollowUp):
            lines.append(_follow_up(visit, entry.about, client, everybody))
    return _apart(lines)


def _apart(lines: list[DueLine]) -> list[DueLine]:
    """Give labels that would read alike a number each: two steps of one plan."""
    alike = Counter(line.label for line in lines)
    seen: Counter[str] = Counter()
    told = []
    for line in lines:
        seen[line.label] += 1
        mark = f" {seen[line.label]}"
        label = f"{cut(line.label, LABEL_LIMITS[1] - len(mark))}{mark}"
        told.append(replace(line, label=label) if alike[line.label] > 1 else line)
    return told


def _report(visit: Visit, day: date, cycle: Cycle, client: Client, others: list[Client]) -> DueLine:
    name = cut(client_name(visit.words, client), NAME_SHOWN)
    weeks = cycle.weeks_open(day)
    tail = f" · {visit.texts('digest.nth_week', n=weeks)}" if weeks > 1 else ""
    return DueLine(
        name=name,
        label=_label(visit, client, others, tail),
        told=_without_report(visit, client, name, weeks),
        opens=to.OpenWeek(client=client.number, day=cycle.day.toordinal()),
        report=True,
    )


def _without_report(visit: Visit, client: Client, name: str, weeks: int) -> str:
    """Say for how long there was no report, "" within the first week."""
    rhythm = visit.memory.reminders.rhythm(client.number, visit.today)
    days = coming.without_report(visit, rhythm) if rhythm else ""
    if days:
        return visit.texts("digest.days_line", client=name, days=days)
    return visit.texts("digest.week_line", client=name, n=weeks) if weeks > 1 else ""


def _follow_up(visit: Visit, about: FollowUp, client: Client, others: list[Client]) -> DueLine:
    rows = agenda.rows_of(visit.memory, about)
    kind, row, name = about.kind, rows[0], cut(client_name(visit.words, client), NAME_SHOWN)
    said = {"client": name}
    what: str = kind
    opens: Data
    if isinstance(row, Action):
        opens = to_assessment.ShowAction(action=row.number)
        if kind is FollowUpKind.ACTION:
            said["name"] = cut(action_name(visit, row), STEP_SHOWN)
        if len(rows) > 1:
            opens = to_assessment.ShowPlan(client=client.number)
    elif kind is FollowUpKind.HINDSIGHT:
        opens = to_hindsight.AskHowItWent(promise=rows[-1].number)
    elif kind is FollowUpKind.PROBATION:
        opens = to_letters.ShowProbation(promise=row.number)
        said["date"] = visit.day(row.due)
    else:
        what, opens = row.kind, to_letters.ShowSent(letter=row.subject or 0)
        if what == agenda.LAST_DAY:
            said["date"] = visit.day(row.due)
    return DueLine(
        name=name,
        label=_label(visit, client, others, visit.texts(f"digest.{what}.tail")),
        told=visit.texts(f"digest.{what}.told", **said),
        opens=opens,
        report=False,
    )


def _morning(visit: Visit, facts: Sequence[int]) -> DueLine:
    texts, replies = visit.texts, put_off.replies(visit, facts)
    opens: Data = to_facts.DueReplies(page=0)
    if len(replies) != 1:
        told = texts("digest.morning.several", count=len(replies))
        return DueLine(told, told, told, opens, report=False)
    (reply,) = replies
    opens = to_facts.DueReply(fact=reply.fact)
    if not reply.name:
        told = texts("digest.morning.one")
        return DueLine(told, told, told, opens, report=False)
    told = texts("digest.morning.told", client=cut(reply.name, NAME_SHOWN))
    label = cut(texts("put_off.due.open_client", client=reply.name), LABEL_LIMITS[1])
    return DueLine(reply.name, label, told, opens, report=False)


def _label(visit: Visit, client: Client, others: list[Client], tail: str) -> str:
    labels = dict(choice(visit.words, others, LABEL_LIMITS[1] - len(tail)))
    return labels[client.number] + tail


def _is(entry: Entry, kind: FollowUpKind) -> bool:
    return isinstance(entry.about, FollowUp) and entry.about.kind is kind


def _facts(visit: Visit, entries: Iterable[Entry]) -> list[int]:
    """Return the numbers of the facts whose replies were put off to these mornings."""
    return [
        row.subject or 0
        for entry in entries
        if isinstance(entry.about, FollowUp)
        for row in agenda.rows_of(visit.memory, entry.about)
        if not isinstance(row, Action)
    ]


def _week(visit: Visit, at: to.OfWeek) -> Week:
    """Return the week that a button names; the one that has just become due is stored first."""
    client = lookup.client(visit, at.client)
    if not 0 < at.day <= LAST_DAY:
        raise NotFound(f"day {at.day}")
    agenda.advance(visit.memory, client.number, visit.today)
    cycle = visit.memory.reminders.cycle(client.number, date.fromordinal(at.day))
    if cycle is None:
        raise NotFound(f"week {at.day} of client {at.client}")
    return Week(client, cycle)


def _named(visit: Visit, at: to.OfWeek) -> Iterator[Week]:
    """Yield the weeks of a day's list: today's as it is now, an older one as it was sent."""
    if at.day == visit.today.toordinal():
        named = {
            (each.client, each.about.day)
            for each in _due(visit)
            if each.client is not None and isinstance(each.about, Cycle)
        }
    else:
        named = {
            (client, day)
            for each in visit.memory.reminders.dispatches(visit.today - KEPT)
            if each.kind is DispatchKind.DIGEST and each.day.toordinal() == at.day
            for client, day in agenda.weeks_in(each.carried)
        }
    for client, day in sorted(named):
        try:
            yield _week(visit, to.OpenWeek(client=client, day=day.toordinal()))
        except NotFound:
            continue


def _put_off(visit: Visit, at: to.OfWeek, change: Callable[[Cycle], Cycle]) -> Reply:
    """Put off a report, or all that a day's list names."""
    weeks = [_week(visit, at)] if at.client else list(_named(visit, at))
    for week in weeks:
        _keep(visit, week, change(week.cycle))
    if not weeks:
        return Reply(today(visit), toast=visit.texts("digest.toast.already"))
    return Reply(today(visit), toast=_again(visit, weeks[0].client.number))


def _all_sent(visit: Visit, at: to.WeekSent) -> Reply:
    waiting = [each for each in _named(visit, at) if each.cycle.state in cycles.UNANSWERED]
    for week in waiting:
        _keep(visit, week, cycles.sent(week.cycle, visit.now))
    if not waiting:
        return Reply(today(visit), toast=visit.texts("digest.toast.already"))
    return Reply(today(visit), toast=visit.texts("digest.toast.all_sent", n=len(waiting)))


def _reopened(visit: Visit, weeks: Sequence[Week]) -> Reply:
    opened = 0
    for week in weeks:
        newest = visit.memory.reminders.cycles(week.client.number)[0].day == week.cycle.day
        changed = cycles.undone(week.cycle, visit.now, newest=newest)
        opened += changed != week.cycle
        _keep(visit, week, changed)
    said = "digest.toast.reopened" if opened else "digest.toast.too_late"
    return Reply(today(visit), toast=visit.texts(said, **({"n": opened} if opened else {})))


def _keep(visit: Visit, week: Week, changed: Cycle) -> None:
    if changed != week.cycle:
        agenda.keep_cycle(visit.memory, week.client.number, changed, week.cycle)
        choose.follow(visit, week.client.number, changed)


def _stored(visit: Visit) -> Iterator[Week]:
    """Yield the newest stored week of every client."""
    for rhythm in visit.memory.reminders.rhythms(visit.today):
        if rhythm.cycle is not None:
            client = lookup.client(visit, ClientNumber(rhythm.client))
            yield Week(client, rhythm.cycle)


def _undo(visit: Visit) -> screens.Undo | None:
    """Return what was closed last, while it can be taken back."""
    closed = [each for each in _stored(visit) if undoable(visit, each.cycle)]
    last = max((each.cycle.closed_at for each in closed if each.cycle.closed_at), default=None)
    if last is None:
        return None
    names = (
        client_name(visit.words, each.client) for each in closed if each.cycle.closed_at == last
    )
    return screens.Undo(tuple(names), int(last.timestamp()))


def _marked(visit: Visit, week: Week) -> str:
    """Say what was marked: an older week by its dates."""
    if visit.today - week.cycle.day < timedelta(days=WEEK):
        name = cut(client_name(visit.words, week.client), NAME_SHOWN)
        return visit.texts("digest.toast.sent", client=name)
    return visit.texts("digest.toast.sent_week", week=_span(visit, week.cycle.day))


def _again(visit: Visit, client: ClientNumber) -> str:
    """Say when a report is spoken of again."""
    at = when.of_client(visit, client)
    if at is None:
        return visit.texts("digest.toast.already")
    return visit.texts("digest.toast.later", when=when.told(visit, at))


def _later_today(visit: Visit) -> str:
    """Say when something comes once more today; empty where nothing does."""
    rhythms = agenda.agenda_of(visit.memory, visit.now).rhythms
    coming_again = [each.cycle.again_at for each in rhythms if each.cycle and each.cycle.again_at]
    at = min((each for each in coming_again if each > visit.now), default=None)
    if at is None or at.astimezone(visit.zone).date() != visit.today:
        return ""
    return visit.texts("digest.again", when=when.told(visit, at))


def _span(visit: Visit, day: date) -> str:
    """Return the week from Monday to Sunday that a date lies in: «3–9 ноября»."""
    monday = day - timedelta(days=day.weekday())
    return visit.texts.span(monday, monday + timedelta(days=WEEK - 1))


def _told(visit: Visit, cycle: Cycle) -> str:
    """Say what became of a week."""
    week = _span(visit, cycle.day)
    if cycle.state is CycleState.SENT and cycle.closed_at is not None:
        return visit.texts("digest.week.done", week=week, date=visit.day(cycle.closed_at))
    return visit.texts(f"digest.week.{cycle.state}", week=week)
