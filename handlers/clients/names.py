"""How clients are called, and who leads them: whoever tells of somebody asks here."""

from __future__ import annotations

import re

from handlers.engine.visit import Visit
from storage.records import UNREADABLE, Client

WORD = re.compile(r"\w+")
NAME_LIMIT = 60
NOTE_LIMIT = 1000
LEAD = "team.lead"
"""Detail of a client: who in the team leads them."""


def add_unnamed(visit: Visit, *, prospect: bool = False) -> Client:
    """Add a client, or who may become one, with a name of our making."""
    taken = {each.name for each in visit.memory.clients.everyone()}
    n = 1
    while (name := visit.texts("clients.called_later", n=n)) in taken:
        n += 1
    return visit.memory.clients.add(name, visit.now, prospect=prospect)


def one_line(text: str) -> str:
    """Bring a typed name onto one line."""
    return " ".join(text.split())


def same(visit: Visit, name: str) -> Client | None:
    """Return the client who has this name already."""
    named = name.casefold()
    return next(
        (each for each in visit.memory.clients.everyone() if each.name.casefold() == named), None
    )


def called(visit: Visit, text: str) -> Client | None:
    """Return the client whom a text only names: whole, or by first words that no other has."""
    if whole := same(visit, one_line(text)):
        return whole
    typed = WORD.findall(text.casefold())
    begin = [
        each
        for each in visit.memory.clients.present()
        if typed and WORD.findall(each.name.casefold())[: len(typed)] == typed
    ]
    return begin[0] if len(begin) == 1 else None


def free(visit: Visit, name: str) -> str:
    """Return a name that no client has: the name, or it with the first number that is free."""
    n = 2
    told = name
    while same(visit, told) is not None:
        told, n = f"{name} {n}", n + 1
    return told


def fault(visit: Visit, name: str) -> str:
    """Say what is wrong with a name; empty for a good one."""
    if len(name) > NAME_LIMIT:
        limit = NAME_LIMIT
        return visit.texts("clients.new.too_long", n=len(name), limit=limit)
    if not any(character.isalnum() for character in name):
        return visit.texts("clients.new.empty")
    return ""


def lead_of(visit: Visit, client: Client) -> str:
    """Return who in the team leads a client; empty where nobody is named, or not readable."""
    lead = visit.memory.details.of_client(client.number).get(LEAD, "")
    return "" if lead == UNREADABLE else lead
