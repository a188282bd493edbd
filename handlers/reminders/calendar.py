"""The dates to come as a calendar file, to import once.

Times are in UTC, so that no calendar has to know the zone's rules, and each report is an event of
its own, since a weekly rule in UTC would be an hour off after a change of clocks.
"""

from __future__ import annotations

from datetime import timedelta

from content.schedule.events import Event, upcoming
from content.schedule.follow_ups import FollowUpKind
from handlers.due import agenda
from handlers.engine import lookup
from handlers.engine.routing import Answered, Redelivery, Routes
from handlers.engine.screen import Paper, Reply, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.reminders import buttons as to
from handlers.reminders import settings

AHEAD = timedelta(weeks=12)
LASTS = timedelta(minutes=15)
NAME_SHOWN = 60
routes = Routes()


@routes.tap(to.CalendarFile, redelivery=Redelivery.RUN)
def hand_over(visit: Visit, at: to.CalendarFile) -> Answered:
    """Hand over the dates of a client, or of everybody."""
    if at.client:
        screen = settings.client_day(visit, lookup.client(visit, at.client))
    else:
        screen = settings.reminders(visit)
    known = agenda.agenda_of(visit.memory, visit.now)
    events = [
        each
        for each in upcoming(known, visit.now, visit.today + AHEAD)
        if each.at > visit.now
        and (not at.client or each.client == at.client)
        and each.follow_up is not FollowUpKind.HINDSIGHT  # nothing to be done that day
    ]
    if not events:
        return Reply(screen, toast=visit.texts("reminders.toast.nothing"))
    paper = Paper(file=written(visit, events), name=visit.texts("reminders.calendar.file"))
    return Reply(screen, toast=visit.texts("reminders.toast.file"), papers=(paper,))


def written(visit: Visit, events: list[Event]) -> bytes:
    """Return the calendar; in discreet mode its entries name nobody."""
    from icalendar import Calendar  # noqa: PLC0415  3 MB, for those who want a file
    from icalendar import Event as Entry  # noqa: PLC0415  as above

    calendar = Calendar()
    calendar.add("prodid", "-//diary//dates 1//")
    calendar.add("version", "2.0")
    for each in events:
        entry = Entry()
        entry.add("uid", _uid(visit, each))
        entry.add("dtstamp", visit.now)
        entry.add("dtstart", each.at)
        entry.add("dtend", each.at + LASTS)
        entry.add("summary", _summary(visit, each))
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _summary(visit: Visit, event: Event) -> str:
    texts = visit.texts
    if visit.person.discreet:
        return texts("reminders.calendar.discreet")
    kind = texts(f"reminders.calendar.{event.follow_up or 'report'}")
    if event.client is None:
        return kind
    name = client_name(visit.words, lookup.client(visit, event.client))
    return texts("reminders.calendar.about", kind=kind, client=cut(name, NAME_SHOWN))


def _uid(visit: Visit, event: Event) -> str:
    """Return the same for the same date in every file, and nothing to be read from it."""
    named = f"calendar:{event.follow_up or 'report'}:{event.client or 0}:{event.day.isoformat()}"
    return visit.memory.details.author_key(named)
