"""/cancel: closes the prompt or puts the assessment down; it never deletes anything."""

from __future__ import annotations

from handlers.assessment import buttons as to_assessment
from handlers.engine.routing import Routes
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit

routes = Routes()


@routes.command("cancel")
def cancel(visit: Visit, _words: str) -> Screen:
    """Leave what is open, by the way back of its screen."""
    if visit.left_prompt is not None:
        screen = visit.current()
        visit.memory.scratch.ask(None)  # it was asked once more by looking at the screen
        return visit.open(screen.back) if screen.back else screen
    at = visit.at
    if isinstance(at, to_assessment.OfAssessment) and _is_open(visit, at):
        return visit.open(to_assessment.Pause(assessment=at.assessment))
    return visit.current().saying(visit.texts("start.nothing_to_cancel"))


def _is_open(visit: Visit, at: to_assessment.OfAssessment) -> bool:
    """Tell whether the person is within an assessment, and not already pausing."""
    unjudged = {each.number for each in visit.memory.assessments.open()}
    return at.assessment in unjudged and not isinstance(at, to_assessment.Pause)
