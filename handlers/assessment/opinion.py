"""The second opinion: a message without names to forward, and the answer that comes back."""

from __future__ import annotations

from datetime import date

from handlers.assessment import buttons as to
from handlers.assessment import sheets
from handlers.assessment.screens import opinion as screens
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Reply, Screen
from handlers.engine.visit import Visit
from storage.errors import NotFound
from storage.records import UNREADABLE, Client, Prompt

PROMPT = "opinion"
DETAIL = "opinion."
"""With a day, a proleptic Gregorian ordinal: what colleagues said on it."""
LIMIT = 4000
routes = Routes()


@routes.tap(to.AwaitOpinion, opens=True)
def awaited(visit: Visit, at: to.AwaitOpinion) -> Screen:
    """Show what colleagues have answered, and take what is typed or forwarded now."""
    return show(visit, lookup.client(visit, at.client))


@routes.prompt(PROMPT)
def typed(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Keep an answer that was typed or pasted."""
    return _kept(visit, prompt, text)


def forwarded(visit: Visit, words: str) -> Answered | None:
    """Keep a forwarded answer; None where none is waited for, or there are no words in it."""
    prompt = visit.memory.scratch.prompt(visit.now)
    if prompt is None or prompt.kind != PROMPT or not words:
        return None
    return _kept(visit, prompt, words)


def show(visit: Visit, client: Client) -> Screen:
    """Ask for the answer, below those that are there."""
    last = sheets.last_judged(visit.memory, client.number)
    told = [(visit.day(day), words) for day, words in opinions(visit, client)]
    screen = screens.opinions(visit.words, client, told, last.number if last else None)
    return ask(visit, PROMPT, str(client.number), screen)


def opinions(visit: Visit, client: Client) -> list[tuple[date, str]]:
    """Return what colleagues have answered, oldest first."""
    details = visit.memory.details.of_client(client.number)
    return [
        (date.fromordinal(int(name.removeprefix(DETAIL))), words)
        for name, words in sorted(details.items())
        if name.startswith(DETAIL) and words != UNREADABLE
    ]


def _kept(visit: Visit, prompt: Prompt, text: str) -> Answered:
    client = lookup.client(visit, int(prompt.subject))
    detail = f"{DETAIL}{visit.today.toordinal()}"
    before = visit.memory.details.of_client(client.number).get(detail, "")
    if before == UNREADABLE:
        raise NotFound(f"detail {detail}")
    said = "\n\n".join(part for part in (before, text) if part)
    if len(said) > LIMIT:
        return show(visit, client).saying(
            visit.texts("verdict.opinion.too_long", n=len(said), limit=LIMIT)
        )
    visit.memory.details.set(client.number, detail, said)
    return Reply(show(visit, client), toast=visit.texts("verdict.opinion.kept"))
