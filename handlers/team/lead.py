"""The team of a client on one screen, and who leads them."""

from __future__ import annotations

from handlers.clients import names
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Reply, Screen
from handlers.engine.visit import Visit
from handlers.team import buttons as to
from handlers.team import screens
from handlers.team.judging import judges
from storage.records import Client, Prompt

PROMPT = "team_lead"
LIMIT = 60
routes = Routes()


@routes.tap(to.ShowTeam, opens=True)
def team(visit: Visit, at: to.ShowTeam) -> Screen:
    """Show who leads a client, and who else judges them."""
    return show(visit, lookup.client(visit, at.client))


@routes.tap(to.AskLead, opens=True)
def ask_lead(visit: Visit, at: to.AskLead) -> Screen:
    """Ask who leads a client."""
    return _ask(visit, lookup.client(visit, at.client))


@routes.prompt(PROMPT)
def typed(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Keep who leads them."""
    client = lookup.client(visit, int(prompt.subject))
    name = " ".join(text.split())
    if len(name) > LIMIT:
        said = visit.texts("team.lead_screen.too_long", n=len(name), limit=LIMIT)
        return _ask(visit, client, said)
    visit.memory.details.set(client.number, names.LEAD, name)
    return Reply(show(visit, client), toast=visit.texts("team.lead_screen.kept"))


@routes.tap(to.ClearLead)
def clear(visit: Visit, at: to.ClearLead) -> Answered:
    """Forget who leads them."""
    client = lookup.client(visit, at.client)
    visit.memory.details.set(client.number, names.LEAD, "")
    return Reply(show(visit, client), toast=visit.texts("team.lead_screen.cleared"))


def show(visit: Visit, client: Client) -> Screen:
    """Show who leads a client, and who else judges them."""
    return screens.team(visit.words, client, names.lead_of(visit, client), judges(visit, client))


def _ask(visit: Visit, client: Client, said: str = "") -> Screen:
    screen = screens.ask_lead(visit.words, client, said, there=bool(names.lead_of(visit, client)))
    return ask(visit, PROMPT, str(client.number), screen)
