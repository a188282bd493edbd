"""When the coach will speak next, in the person's own days and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from content.schedule.agenda import Agenda, next_slot
from content.schedule.follow_ups import FollowUp, FollowUpKind
from content.values.weeks import Rhythm
from handlers.due.agenda import agenda_of
from handlers.engine.visit import Visit
from storage.records import ClientNumber

FRIDAY = 4
"""The weekday that is offered to somebody who has not set a usual one."""


def told(visit: Visit, at: datetime) -> str:
    """Return «сегодня в 16:05», «завтра в 09:00», «в пятницу, 27 ноября, в 09:00»."""
    local = at.astimezone(visit.zone)
    ahead = (local.date() - visit.today).days
    near = {0: "when.today", 1: "when.tomorrow"}.get(ahead)
    hour = visit.texts.clock(local)
    if near is not None:
        return visit.texts(near, time=hour)
    weekday = visit.texts(f"when.on.{local.weekday()}")
    return visit.texts("when.day", weekday=weekday, date=visit.day(local.date()), time=hour)


def of_client(visit: Visit, client: ClientNumber) -> datetime | None:
    """Return when a client's report is next spoken of, None for never."""
    agenda = agenda_of(visit.memory, visit.now)
    rhythm = next((each for each in agenda.rhythms if each.client == client), None)
    return None if rhythm is None else of_report(visit.now, agenda, rhythm)


def of_report(now: datetime, agenda: Agenda, rhythm: Rhythm) -> datetime | None:
    """Return when the report of one rhythm of an agenda is next spoken of, None for never."""
    return _next(now, agenda, (rhythm,), ())


def of_morning(visit: Visit, day: date) -> datetime:
    """Return when a reply put off to a date comes back: by itself, or in the digest near it."""
    agenda = agenda_of(visit.memory, visit.now)
    at = _next(visit.now, agenda, (), (FollowUp(FollowUpKind.MORNING, day),))
    return at or agenda.habits.morning(day).start


def offered_day(visit: Visit, client: ClientNumber) -> tuple[int, str] | None:
    """Return the weekday to propose for a client's reports, with «по пятницам».

    None where the person has decided on that already.
    """
    if visit.memory.reminders.rhythm(client, visit.today) is not None:
        return None
    usual = visit.memory.reminders.get().weekday
    weekday = FRIDAY if usual is None else usual
    return weekday, visit.texts(f"when.every.{weekday}")


def _next(
    now: datetime, agenda: Agenda, rhythms: tuple[Rhythm, ...], follow_ups: tuple[FollowUp, ...]
) -> datetime | None:
    # What is under way now is over by the time that is asked about.
    alone = replace(agenda, rhythms=rhythms, follow_ups=follow_ups, under_way=False, reachable=True)
    return next_slot(alone, now)
