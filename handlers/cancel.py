"""/cancel: closes the prompt or puts the assessment down; it never deletes anything."""

from __future__ import annotations

from handlers import assess, callbacks, clients, finding, home
from handlers.routing import Routes
from handlers.screen import Screen
from handlers.visit import Visit

CAME_FROM = {
    "city": callbacks.ShowSettings().pack(),
    "search": callbacks.ShowLibrary().pack(),
}
"""Where a prompt about no client was opened from; the first screen where it is not said."""
routes = Routes()


@routes.command("cancel")
def cancel(visit: Visit, _words: str) -> Screen:
    """Leave what is open."""
    prompt = visit.left_prompt
    if prompt is not None:
        if prompt.subject:
            return clients.card(visit, finding.client(visit, int(prompt.subject)))
        return visit.open(CAME_FROM.get(prompt.kind, home.PLACE))
    for each in visit.memory.assessments.open():
        if _is_on(visit, each.number):
            return assess.paused(visit, each)
    return visit.current().saying(visit.texts("start.nothing_to_cancel"))


def _is_on(visit: Visit, assessment: int) -> bool:
    """Tell whether the person is somewhere within this assessment, and not already pausing."""
    place = visit.person.place or ""
    paused = callbacks.Pause(assessment=assessment).pack()
    return (
        place != paused
        and place.split(":")[1:2] == [str(assessment)]
        and any(place.startswith(f"{form.__prefix__}:") for form in assess.FORMS)
    )
