"""From what is remembered to what ``content.schedule`` decides on, and back.

The one place where stored rows and the values of the schedule meet: the worker, the screens of the
reminders and the buttons of a digest all go through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from content.schedule.agenda import Agenda, DigestKey, Entry
from content.schedule.cycles import new_cycle, recounted, superseded
from content.schedule.delivery import Ending
from content.schedule.follow_ups import FollowUp, FollowUpKind
from content.schedule.habits import Habits
from content.schedule.hindsight import KINDS as HINDSIGHT
from content.schedule.instants import Quiet
from content.values.weeks import Cycle
from handlers.engine.visit import zone_of
from storage import records
from storage.records import ClientNumber, DispatchKind
from storage.rows.memory import Owned

REPLY = "reply"
PROBATION = "probation"
OUTCOME = "outcome"
LAST_DAY = "last_day"
ANSWER = "answer"
PAYMENT = "payment"
"""What a letter that went out has set: a farewell its last day, a last effort its answer, a
reminder of an invoice the day on which its money is asked after."""
REASSESS = "reassess"
"""What an action is about that asks for the next assessment."""
OWN = "own"
"""What an action is about that has the person's own words."""
KINDS = {
    PROBATION: FollowUpKind.PROBATION,
    REPLY: FollowUpKind.MORNING,
    OUTCOME: FollowUpKind.OUTCOME,
    LAST_DAY: FollowUpKind.OUTCOME,
    ANSWER: FollowUpKind.OUTCOME,
    PAYMENT: FollowUpKind.OUTCOME,
    **dict.fromkeys(HINDSIGHT, FollowUpKind.HINDSIGHT),
}
"""Kind of a stored promise → of its follow-up."""
LOOK_BACK = timedelta(days=7)
"""Digests of so many days back still count: for one a day, the twelve hours, so many a week."""
NOBODY = 0
WEEK = "week"


def habits_of(person: records.Person, reminding: records.Reminding) -> Habits:
    """Return the settings as the schedule takes them."""
    return Habits(
        zone=zone_of(person, person.language),
        remind_at=reminding.remind_at,
        quiet=None if reminding.quiet is None else Quiet(*reminding.quiet),
        weekdays_only=reminding.weekdays_only,
        holidays=reminding.holidays,
    )


def agenda_of(memory: Owned, now: datetime) -> Agenda:
    """Return all that the schedule needs to know of a person."""
    memory.people.expect()
    memory.clients.expect_archived()
    memory.plans.expect_open()
    memory.promises.expect_open()
    reminding, person = memory.reminders.get(), memory.people.get()
    habits = habits_of(person, reminding)
    today = habits.local_day(now)
    memory.reminders.expect_rhythms(today)
    dispatches = memory.reminders.dispatches(today - LOOK_BACK)
    digests = [each for each in dispatches if each.kind is DispatchKind.DIGEST]
    out = [each for each in digests if each.ending not in {Ending.EMPTY, Ending.EXPIRED}]
    rhythms, promises = memory.reminders.rhythms(today), memory.promises.open()
    over = parted(promises, today)
    return Agenda(
        habits=habits,
        epoch=reminding.epoch,
        effective_from=reminding.effective_from,
        digests=tuple(
            at
            for each in out
            for at in (each.attempted_at or each.claimed_at, each.met_at)
            if at is not None
        ),
        claimed=frozenset(DigestKey(each.epoch, each.day) for each in digests),
        under_way=any(each.ending is None for each in digests),
        reachable=reminding.reachable,
        silent_since=reminding.silent_since,
        a_week=reminding.a_week,
        away_until=reminding.away_until,
        rhythms=tuple(each for each in rhythms if each.client not in over),
        follow_ups=tuple(
            _newest(_follow_ups(memory, promises, _mornings_under_way(dispatches)), today),
        ),
    )


def keep_cycle(memory: Owned, client: ClientNumber, cycle: Cycle, read: Cycle | None) -> None:
    """Write a changed cycle; ``Overtaken`` where somebody else has changed it since ``read``.

    What is said of an older week changes how long the newest has gone without a report.
    """
    if cycle == read:
        return
    memory.reminders.save_cycle(client, cycle, read)
    newest, *older = memory.reminders.cycles(client)
    if newest.day > cycle.day:
        changed = recounted(newest, older)
        if changed != newest:
            memory.reminders.save_cycle(client, changed, newest)


def advance(memory: Owned, client: ClientNumber, today: date) -> Cycle | None:
    """Store the cycle of a client that has become due; return the newest one there is."""
    rhythm = memory.reminders.rhythm(client, today)
    if rhythm is None:
        return None
    due = new_cycle(rhythm, today)
    if due is None:
        return rhythm.cycle
    if rhythm.cycle is not None:
        keep_cycle(memory, client, superseded(rhythm.cycle), rhythm.cycle)
    keep_cycle(memory, client, due, None)
    return due


def carried(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Name what a message lists by plain ids: ``week:3:2026-11-20``, ``action:3:2026-11-20``."""
    return tuple(_named(each) for each in entries)


def weeks_in(names: Iterable[str]) -> Iterator[tuple[ClientNumber, date]]:
    """Return the weeks among what a message has listed: the client and the day of the cycle."""
    for kind, client, day in map(_unnamed, names):
        if kind == WEEK:
            yield client, day


def had(memory: Owned, names: Iterable[str], at: datetime) -> None:
    """Note what a message sent at an instant has carried."""
    for name in names:
        kind, client, day = _unnamed(name)
        if kind == WEEK:
            _reminded_again(memory, client, day, at)
        elif kind == FollowUpKind.GOING_ON:
            # Asked once: until they are back, nothing more comes.
            memory.reminders.save(replace(memory.reminders.get(), reachable=False))
        else:
            _listed(memory, FollowUpKind(kind), client, day)


def tried(memory: Owned, day: date) -> None:
    """Note that the morning's own message of a date never got out: a digest carries it."""
    for row in memory.promises.open():
        if row.kind == REPLY and row.due == day:
            memory.promises.save(replace(row, tried=True))


def rows_of(memory: Owned, follow_up: FollowUp) -> tuple[records.Promise | records.Action, ...]:
    """Return the open rows behind a follow-up: kind, client and date may name several."""
    return tuple(
        row for each, row in _due(memory, memory.promises.open()) if _same(each, follow_up)
    )


def parted(promises: Iterable[records.Promise], today: date) -> set[ClientNumber]:
    """Return the clients whose last day is over: their reports have ended with it.

    ``promises`` are the open ones, here and below.
    """
    return {
        row.client
        for row in promises
        if row.kind == LAST_DAY and row.client is not None and row.due < today
    }


def _mornings_under_way(dispatches: Iterable[records.Dispatch]) -> set[date]:
    return {
        each.day for each in dispatches if each.kind is DispatchKind.MORNING and each.ending is None
    }


def _follow_ups(
    memory: Owned, promises: Iterable[records.Promise], mornings_under_way: set[date]
) -> Iterator[FollowUp]:
    """Return one follow-up for all rows of the same kind, client and date."""
    merged: dict[tuple[FollowUpKind, date, int | None], FollowUp] = {}
    for each, _ in _due(memory, promises):
        if each.kind is FollowUpKind.MORNING and each.date in mornings_under_way:
            continue
        name = each.kind, each.date, each.client
        other = merged.get(name)
        if other is None or each.listed < other.listed:
            merged[name] = each
    yield from merged.values()


def _newest(follow_ups: Iterable[FollowUp], today: date) -> Iterator[FollowUp]:
    """Leave of all that asks by now how it went with a client the newest: it settles the others."""
    asking: dict[int | None, FollowUp] = {}
    for each in follow_ups:
        if each.kind is not FollowUpKind.HINDSIGHT or each.date > today:
            yield each
        elif each.client not in asking or each.date > asking[each.client].date:
            asking[each.client] = each
    yield from asking.values()


def _due(
    memory: Owned, promises: Iterable[records.Promise]
) -> Iterator[tuple[FollowUp, records.Promise | records.Action]]:
    archived = {client.number for client in memory.clients.list(archived=True)}
    for action in memory.plans.open():
        if action.client not in archived:
            kind = FollowUpKind.REASSESSMENT if action.about == REASSESS else FollowUpKind.ACTION
            yield FollowUp(kind, action.due, action.client, action.listed), action
    for row in promises:
        kind_of_row = KINDS.get(row.kind)
        if kind_of_row is None:
            continue
        # Who was put to the archive is still asked about: an end is what there is to ask about.
        if row.client in archived and kind_of_row is not FollowUpKind.HINDSIGHT:
            continue
        # All that was put off to one morning comes in one message.
        client = None if kind_of_row is FollowUpKind.MORNING else row.client
        yield FollowUp(kind_of_row, row.due, client, row.listed, row.tried), row


def _same(one: FollowUp, other: FollowUp) -> bool:
    return (one.kind, one.date, one.client) == (other.kind, other.date, other.client)


def _reminded_again(memory: Owned, client: ClientNumber, day: date, at: datetime) -> None:
    cycle = memory.reminders.cycle(client, day)
    if cycle is not None and cycle.again_at is not None and cycle.again_at <= at:
        keep_cycle(memory, client, replace(cycle, again_at=None, rev=cycle.rev + 1), cycle)


def _listed(memory: Owned, kind: FollowUpKind, client: ClientNumber, day: date) -> None:
    named = FollowUp(kind, day, client or None)
    for row in rows_of(memory, named):
        if isinstance(row, records.Action):
            memory.plans.save(replace(row, listed=row.listed + 1))
        else:
            memory.promises.save(replace(row, listed=row.listed + 1))


def _named(entry: Entry) -> str:
    about = entry.about
    kind, day = (about.kind, about.date) if isinstance(about, FollowUp) else (WEEK, about.day)
    return f"{kind}:{entry.client or NOBODY}:{day.isoformat()}"


def _unnamed(name: str) -> tuple[str, ClientNumber, date]:
    kind, client, day = name.split(":")
    return kind, ClientNumber(int(client)), date.fromisoformat(day)
