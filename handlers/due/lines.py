"""What has its day, as the card and the first screen tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from content.schedule import habits
from handlers.clients.screens.card import Coming, under
from handlers.due.agenda import REPLY
from handlers.engine import lookup
from handlers.engine.screen import LABEL_LIMITS, Screen, button, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.facts import buttons as to_facts
from storage.protocols import NotFound
from storage.records import ActionState, Client, ClientNumber, Fact, Promise

NAME_SHOWN = 40


def waking_day(visit: Visit) -> date:
    """Return the date as the person lives it."""
    return habits.waking_day(visit.zone, visit.now)


def of_client(visit: Visit, client: Client) -> tuple[Coming, ...]:
    """Return what a client's card tells, the nearest first."""
    return tuple(told for told, about in _all(visit) if about == client.number)


def under_first(visit: Visit, screen: Screen) -> Screen:
    """Put what is due first above the list of clients; when it is done the next one comes."""
    due = next((told for told, _ in _all(visit) if told.due), None)
    return screen if due is None else under(screen, due)


def reply_to(visit: Visit, fact: Fact) -> Promise | None:
    """Return the open promise to answer what a fact is about."""
    return next(
        (
            each
            for each in visit.memory.promises.open()
            if each.kind == REPLY and each.subject == fact.number
        ),
        None,
    )


def follow(visit: Visit, fact: Fact) -> None:
    """Let the promise of a reply follow its fact to another client."""
    promise = reply_to(visit, fact)
    if promise is not None and promise.client != fact.client:
        visit.memory.promises.save(replace(promise, client=fact.client))


def answered(visit: Visit, client: ClientNumber) -> None:
    """Close the replies put off for a client: the answer went out as a letter."""
    for promise in visit.memory.promises.open():
        if promise.kind == REPLY and promise.client == client:
            visit.memory.promises.save(replace(promise, state=ActionState.DONE))


def _all(visit: Visit) -> Iterator[tuple[Coming, int | None]]:
    for promise in visit.memory.promises.open():
        teller = TELLERS.get(promise.kind)
        told = teller(visit, promise) if teller else None
        if told is not None:
            yield told, promise.client


def _reply(visit: Visit, promise: Promise) -> Coming | None:
    texts = visit.texts
    try:
        fact = lookup.fact(visit, promise.subject or 0)
    except NotFound:
        return None
    client = lookup.client_of(visit, fact)
    due = promise.due <= waking_day(visit)
    day, opens = visit.day(fact.day), to_facts.DueReply(fact=fact.number)
    if client is None:
        start, label = texts("tonight.due.line_nobody", date=day), texts("tonight.due.open")
    else:
        name = client_name(visit.words, client)
        start = texts("tonight.due.line_client", client=cut(name, NAME_SHOWN), date=day)
        label = cut(texts("tonight.due.open_client", client=name), LABEL_LIMITS[1])
    return Coming(
        due=due,
        card=texts("tonight.due.line", date=day)
        if due
        else texts("tonight.due.line_later", date=visit.day(promise.due)),
        start=start,
        opens=button(texts("tonight.due.open"), opens),
        opens_at_start=button(label, opens),
    )


TELLERS: dict[str, Callable[[Visit, Promise], Coming | None]] = {REPLY: _reply}
"""Kind of promise → what tells it; None for one that has nothing to tell any more."""
