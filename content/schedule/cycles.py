"""The weekly report of each client: which week is open, and what the buttons do to it.

A cycle is one client and one date of the client's weekday. It is stored when it becomes due, or
when the person acts on it earlier; a newer one supersedes the older.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from content.schedule.habits import Habits
from content.values.weeks import WEEK, Cycle, CycleState, Rhythm

REST = 3
"""Days after a report in which nobody is asked for the next one."""
UNDO = timedelta(hours=24)
SETTLES = 2
"""Days after a letter in which nobody is asked for a report: it is not to talk across it."""
LATER = timedelta(hours=2)
"""How long «через 2 часа» is."""


UNANSWERED = frozenset({CycleState.OPEN, CycleState.SUPERSEDED})


def cycle_day(rhythm: Rhythm, day: date) -> date | None:
    """Return the date that names a client's cycle on a date, None where there is none yet.

    A report sent a day or two early is that of the week to come, which is not asked for again.
    """
    if rhythm.weekday is None:
        return None
    back = (day.weekday() - rhythm.weekday) % WEEK
    named, reported = day - timedelta(days=back), rhythm.reported
    if reported is not None and 0 < (named - reported).days < REST:
        back += WEEK
    if (day - rhythm.since).days < back:
        return None
    return day - timedelta(days=back)


def new_cycle(rhythm: Rhythm, day: date) -> Cycle | None:
    """Return the cycle that has become due and is not stored yet, None for none.

    Whoever stores it marks an older open one as superseded.
    """
    due, stored = cycle_day(rhythm, day), rhythm.cycle
    if due is None or (stored is not None and stored.day >= due):
        return None
    unanswered = stored is not None and stored.state in UNANSWERED
    return Cycle(due, open_since=stored.open_since if stored and unanswered else due)


def recounted(newest: Cycle, older: Iterable[Cycle]) -> Cycle:
    """Return the newest cycle with its weeks counted anew; ``older`` ones come newest first.

    A week that was closed late ends the count there, and one opened again goes on with it.
    """
    since = newest.day
    for each in older:
        if each.state not in UNANSWERED:
            break
        since = each.day
    else:
        since = min(newest.open_since, since)
    if newest.state not in UNANSWERED or since == newest.open_since:
        return newest
    return replace(newest, open_since=since, rev=newest.rev + 1)


def listed(rhythm: Rhythm, day: date) -> Cycle | None:
    """Return the cycle of a client that waits for a report on a date, None for none."""
    if rhythm.weekday is None or _after(rhythm.paused_until, day):
        return None
    if rhythm.written is not None and 0 <= (day - rhythm.written).days < SETTLES:
        return None
    cycle = new_cycle(rhythm, day) or rhythm.cycle
    if cycle is None or cycle.state not in UNANSWERED or cycle.day > day:
        return None
    return None if _after(cycle.snoozed_until, day) else cycle


def with_weekday(
    rhythm: Rhythm,
    weekday: int | None,
    habits: Habits,
    now: datetime,
) -> Rhythm:
    """Return the rhythm with another weekday, from its first date to come; None: no reminders.

    The week that is open stays open until then.
    """
    if weekday is None:
        return replace(rhythm, weekday=None)
    first = habits.first_day(now)
    since = first + timedelta(days=(weekday - first.weekday()) % WEEK)
    return replace(rhythm, weekday=weekday, since=since)


def superseded(cycle: Cycle) -> Cycle:
    """Return an open cycle as a newer one leaves it; a closed one stays as it is."""
    return _changed(cycle, CycleState.SUPERSEDED) if cycle.state is CycleState.OPEN else cycle


def sent(cycle: Cycle, now: datetime) -> Cycle:
    """Return the cycle marked as sent, whatever it was before; itself when it is already."""
    return cycle if cycle.state is CycleState.SENT else _changed(cycle, CycleState.SENT, now)


def skipped(cycle: Cycle, now: datetime) -> Cycle:
    """Return an unanswered cycle marked as skipped; any other stays as it is."""
    return _changed(cycle, CycleState.SKIPPED, now) if cycle.state in UNANSWERED else cycle


def undone(cycle: Cycle, now: datetime, *, newest: bool) -> Cycle:
    """Return a cycle open again that was closed in the last 24 hours; else itself.

    Where a newer cycle is stored it goes back to superseded instead.
    """
    if cycle.closed_at is None or now - cycle.closed_at > UNDO:
        return cycle
    return _changed(cycle, CycleState.OPEN if newest else CycleState.SUPERSEDED)


def snoozed(cycle: Cycle, until: date) -> Cycle:
    """Return an unanswered cycle listed again from a date on; any other stays as it is."""
    if cycle.state not in UNANSWERED:
        return cycle
    return replace(cycle, snoozed_until=until, again_at=None, rev=cycle.rev + 1)


def later(cycle: Cycle, habits: Habits, now: datetime) -> Cycle:
    """Return an unanswered cycle with one extra message two hours from now.

    Where that would be outside the day's window there is none (``again_at`` stays empty): the
    client joins the next digest.
    """
    if cycle.state not in UNANSWERED:
        return cycle
    at = now + LATER
    return replace(cycle, again_at=at if is_extra_time(habits, at) else None, rev=cycle.rev + 1)


def is_extra_time(habits: Habits, at: datetime) -> bool:
    """Tell whether an extra message may come at an instant."""
    return at in habits.window(habits.local_day(at)) and not habits.is_quiet(at)


def _changed(cycle: Cycle, state: CycleState, closed_at: datetime | None = None) -> Cycle:
    return replace(
        cycle,
        state=state,
        closed_at=closed_at,
        again_at=None,
        snoozed_until=None,
        rev=cycle.rev + 1,
    )


def _after(first: date | None, day: date) -> bool:
    return first is not None and first > day
