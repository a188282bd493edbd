"""/cancel: closes the prompt or puts the assessment down; it never deletes anything."""

from __future__ import annotations

from handlers.assessment import assess
from handlers.assessment import buttons as to_assessment
from handlers.clients import card, home
from handlers.engine import lookup
from handlers.engine.routing import Routes
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit

ABOUT_CLIENTS = ("client_name", "client_rename", "client_note", "own_action", "fact")
"""Prompts whose subject is a client, where there is one already: leaving leads to the card."""
routes = Routes()


@routes.command("cancel")
def cancel(visit: Visit, _words: str) -> Screen:
    """Leave what is open."""
    prompt = visit.left_prompt
    if prompt is not None:
        if prompt.kind not in ABOUT_CLIENTS:
            return _left(visit)
        if not prompt.subject:
            return home.screen(visit)
        return card.card(visit, lookup.client(visit, int(prompt.subject)))
    for each in visit.memory.assessments.open():
        if _is_on(visit, each.number):
            return assess.paused(visit, each)
    return visit.current().saying(visit.texts("start.nothing_to_cancel"))


def _left(visit: Visit) -> Screen:
    """Do what «‹ Отмена» does: the way out of a screen that asks is its last button."""
    screen = visit.current()
    if visit.memory.scratch.prompt(visit.now) is None:
        return screen
    visit.memory.scratch.ask(None)
    return visit.open(screen.rows[-1][-1].data or "")


def _is_on(visit: Visit, assessment: int) -> bool:
    """Tell whether the person is somewhere within this assessment, and not already pausing."""
    place = visit.person.place or ""
    paused = to_assessment.Pause(assessment=assessment).pack()
    return (
        place != paused
        and place.split(":")[1:2] == [str(assessment)]
        and any(place.startswith(f"{form.__prefix__}:") for form in assess.FORMS)
    )
