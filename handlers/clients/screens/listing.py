"""The list of clients: how things stand with each, and what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.knowledge import Words
from content.texts import Texts
from handlers.assessment import buttons as to_assessment
from handlers.clients import buttons as to
from handlers.engine.lists import choice, page_of
from handlers.engine.screen import LABEL_LIMITS, ButtonRow, Coming, Screen, Style, button, cut
from handlers.pictures import buttons as to_pictures
from handlers.prospects import buttons as to_prospects
from storage.records import AssessmentNumber, Client, ClientNumber

MOST_ROWS = 12
FIRST = 2
"""Rows above the list: what is due, and the assessments that wait."""
LAST_ROWS = 2
"""Below it: somebody new, and what shows them all."""


@dataclass(frozen=True, slots=True)
class ClientStanding:
    """How things stand with one client, every part ready to be shown, empty where absent."""

    verdict: str = ""
    """With its day."""
    waiting: AssessmentNumber | None = None
    """The assessment without a verdict."""
    report: str = ""
    """That one is due, or since when."""

    @property
    def waits(self) -> bool:
        """Whether something is to be done."""
        return self.waiting is not None or bool(self.report)


@dataclass(frozen=True, slots=True)
class Overview:
    """All clients and how things stand with them."""

    clients: Sequence[Client]
    states: Mapping[ClientNumber, ClientStanding]
    due: Coming | None
    """The promise whose day has come."""
    archive: bool
    """Whether there are archived ones too."""


def listing(words: Words, there_is: Overview, page: int) -> Screen:
    """List clients, first those with whom something waits."""
    texts = words.texts
    clients, states, due = there_is.clients, there_is.states, there_is.due
    ordered = sorted(clients, key=lambda each: not states[each.number].waits)
    shown = page_of(texts, choice(words, ordered), to.ClientList(page=page, archived=0))
    body = [] if due is None else [due.start]
    lines = [_line(texts, label, states[number]) for number, label in shown]
    told = "\n".join(line for line in lines if line)
    count = texts("clients.list.body", n=len(clients)) if clients else texts("clients.list.empty")
    body.append(told or count)
    room = MOST_ROWS - len(shown.items) - len(shown.pager) - LAST_ROWS
    rows: list[ButtonRow] = []
    if due is not None:
        rows.append((due.opens_at_start.as_main(),))
    for number, label in shown:
        waiting = states[number].waiting
        if waiting is not None and len(rows) < min(FIRST, room):
            named = cut(texts("clients.list.resume", client=label), LABEL_LIMITS[1])
            there = to_assessment.Resume(assessment=waiting)
            rows.append((button(named, there, None if rows else Style.PRIMARY),))
    main = None if rows or clients else Style.PRIMARY
    rows += shown.rows(button(label, to.ClientCard(client=number)) for number, label in shown)
    add = button(texts("clients.list.add"), to.NewClient(), main)
    others = button(texts("clients.list.archive"), to.ClientList(page=0, archived=1))
    rows.append((add, others) if there_is.archive else (add,))
    beside = [button(texts("prospects.list.button"), to_prospects.ProspectList(page=0))]
    if any(state.verdict for state in states.values()):
        beside.append(button(texts("pictures.show"), to_pictures.DrawPortfolio()))
    rows.append(tuple(beside))
    return Screen(
        header=texts("clients.list.header"),
        body=tuple(body),
        rows=tuple(rows),
        place=shown.place,
    )


def archived(words: Words, clients: Sequence[Client], page: int) -> Screen:
    texts = words.texts
    shown = page_of(texts, choice(words, clients), to.ClientList(page=page, archived=1))
    told = (
        texts("clients.list.body", n=len(clients))
        if clients
        else texts("clients.list.empty_archive")
    )
    return Screen(
        header=texts("clients.list.header_archive"),
        body=(told,),
        rows=(
            *shown.rows(button(label, to.ClientCard(client=number)) for number, label in shown),
            (button(texts("common.to_clients"), to.ClientList(page=0, archived=0)),),
        ),
        place=shown.place,
    )


def _line(texts: Texts, client: str, state: ClientStanding) -> str:
    """Return how things stand with a client; nothing where there is nothing to tell."""
    told = (
        state.verdict,
        texts("clients.list.waits") if state.waiting is not None else "",
        state.report,
    )
    said = "; ".join(each for each in told if each)
    return texts("clients.list.line", client=client, state=said) if said else ""
