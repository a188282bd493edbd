"""The first screen: the clients there are, or the welcome."""

from __future__ import annotations

from handlers.clients import buttons as to
from handlers.clients.screens import card, start
from handlers.due import lines
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit


def screen(visit: Visit) -> Screen:
    """Return the list of clients, or the welcome for who has none."""
    listed = visit.memory.clients.list()
    if not listed:
        return start.welcome(visit.texts)
    screen = card.listing(
        visit.words,
        listed,
        to.ClientList(page=0, archived=0),
        archive=bool(visit.memory.clients.list(archived=True)),
    )
    return with_due(visit, screen)


def with_due(visit: Visit, screen: Screen) -> Screen:
    """Put what is due first above the list of clients; when it is done the next one comes."""
    due = lines.first_due(visit)
    return screen if due is None else card.under(screen, due)
