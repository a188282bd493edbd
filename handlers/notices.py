"""What a message of the coach's own accord shows, from the state of the moment."""

from __future__ import annotations

from content.schedule.agenda import Entry
from handlers import digest
from handlers.screen import Screen
from handlers.visit import Visit


def screen(visit: Visit, entries: tuple[Entry, ...]) -> Screen:
    """Return the message that lists these entries today."""
    return digest.told(visit, visit.today, entries)
