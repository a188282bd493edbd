"""What a message of the coach's own accord shows, from the state of the moment."""

from __future__ import annotations

from content.schedule.agenda import Entry, shown
from handlers.screen import Screen
from handlers.visit import Visit


def screen(visit: Visit, entries: tuple[Entry, ...]) -> Screen:
    """Return the message that lists these entries today."""
    names = {int(client.number): client.name for client in visit.memory.clients.list()}
    first, more = shown(entries)
    lines = [names.get(each.client or 0, "—") for each in first]
    return Screen(header=visit.day(visit.today), body=("\n".join([*lines, f"+{more}"]),))
