"""The dates to come, for a calendar file and for the list of what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from content.schedule.agenda import Agenda
from content.schedule.follow_ups import FollowUpKind, stands
from content.schedule.habits import ONE_DAY, Habits
from content.values.weeks import WEEK, CycleState, Rhythm


@dataclass(frozen=True, slots=True)
class Event:
    """One date to come."""

    day: date
    """The local date on which it is first spoken of."""
    at: datetime
    """The instant of that, aware UTC."""
    client: int | None
    follow_up: FollowUpKind | None = None
    """None for a weekly report."""


def upcoming(agenda: Agenda, now: datetime, until: date) -> tuple[Event, ...]:
    """Return the reports and follow-ups whose date is from today to ``until``, soonest first.

    A date that falls on a day off, a pause or a vacation is spoken of on the first day after.
    """
    today = agenda.habits.local_day(now)
    reports = [
        Event(day, agenda.habits.window(day).start, rhythm.client)
        for rhythm in agenda.rhythms
        for day in _reports(agenda, rhythm, today, until)
    ]
    follow_ups = [
        _follow_up(agenda, follow_up.kind, follow_up.date, follow_up.client)
        for follow_up in agenda.follow_ups
        if today <= follow_up.date <= until and stands(follow_up, follow_up.date)
    ]
    return tuple(sorted(reports + follow_ups, key=lambda event: event.at))


def _reports(agenda: Agenda, rhythm: Rhythm, today: date, until: date) -> Iterator[date]:
    if rhythm.weekday is None:
        return
    start = max(today, rhythm.since)
    day = start + timedelta(days=(rhythm.weekday - start.weekday()) % WEEK)
    while day <= until:
        free = max(day, rhythm.paused_until or day, agenda.away_until or day)
        spoken = _working(agenda.habits, free)
        # A report that nobody speaks of before the next one is due has given way to that one.
        if spoken < day + timedelta(days=WEEK) and not _is_closed(rhythm, day):
            yield spoken
        day += timedelta(days=WEEK)


def _follow_up(agenda: Agenda, kind: FollowUpKind, day: date, client: int | None) -> Event:
    free = max(day, agenda.away_until or day)
    if kind is FollowUpKind.MORNING and free == day:
        return Event(day, agenda.habits.morning(day).start, client, kind)
    spoken = _working(agenda.habits, free)
    return Event(spoken, agenda.habits.window(spoken).start, client, kind)


def _working(habits: Habits, day: date) -> date:
    while habits.is_day_off(day):
        day += ONE_DAY
    return day


def _is_closed(rhythm: Rhythm, day: date) -> bool:
    cycle = rhythm.cycle
    return cycle is not None and cycle.day == day and cycle.state is not CycleState.OPEN
