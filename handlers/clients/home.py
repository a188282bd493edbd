"""The first screen: the clients there are, or the welcome."""

from __future__ import annotations

from handlers.clients import buttons as to
from handlers.clients.screens import card, start
from handlers.due import lines
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit

PLACE = to.Home().pack()


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
    return lines.under_first(visit, screen)
