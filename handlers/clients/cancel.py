"""/cancel: closes the prompt or puts the assessment down; it never deletes anything."""

from __future__ import annotations

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
    at = visit.at
    if isinstance(at, to_assessment.OfAssessment) and _is_open(visit, at):
        return visit.open(to_assessment.Pause(assessment=at.assessment))
    return visit.current().saying(visit.texts("start.nothing_to_cancel"))


def _left(visit: Visit) -> Screen:
    """Do what «‹ Отмена» does: the way out of a screen that asks is its last button."""
    screen = visit.current()
    if visit.memory.scratch.prompt(visit.now) is None:
        return screen
    visit.memory.scratch.ask(None)
    return visit.open(screen.rows[-1][-1].data or "")


def _is_open(visit: Visit, at: to_assessment.OfAssessment) -> bool:
    """Tell whether the person is within an assessment, and not already pausing."""
    unjudged = {each.number for each in visit.memory.assessments.open()}
    return at.assessment in unjudged and not isinstance(at, to_assessment.Pause)
