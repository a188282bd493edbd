"""A client asks for another manager: a few taps, then what to do.

The answers live in the buttons: nothing of it is kept but the steps that are taken into the plan.
"""

from __future__ import annotations

from content.sorting import TeamAdvice, TeamQuestion, next_asked, sort_out
from handlers.assessment.plan import add_own
from handlers.assessment.sheets import last_judged
from handlers.engine import lookup
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Reply, Screen
from handlers.engine.visit import Visit
from handlers.team import buttons as to
from handlers.team import screens

UNKNOWN = "s"
routes = Routes()


@routes.tap(to.SortManager, opens=True)
def sort_manager(visit: Visit, at: to.SortManager) -> Screen:
    """Ask what comes next, or say what to do."""
    return _shown(visit, at.client, at.digits)


@routes.tap(to.KeepSorting)
def keep(visit: Visit, at: to.KeepSorting) -> Answered:
    """Take the steps into the plan, as far as it has room."""
    client = lookup.client(visit, at.client)
    if last_judged(visit.memory, client.number) is None:
        said = visit.texts("team.sorting.no_verdict")
        return Reply(_shown(visit, at.client, at.digits), toast=said)
    steps = [
        visit.texts(f"team.sorting.{each}.{which}")
        for which in ("first", "second")
        for each in _findings(at.digits)
    ]
    added = add_own(visit, client, steps)
    said = visit.texts("team.sorting.kept", n=added)
    return Reply(
        _shown(visit, at.client, at.digits),
        toast=said if added else visit.texts("team.sorting.no_room"),
    )


def _shown(visit: Visit, number: int, digits: str) -> Screen:
    client = lookup.client(visit, number)
    asked = next_asked(_answers(digits))
    if asked is not None:
        return screens.sorting(visit.words, client, asked, digits)
    return screens.sorted_out(visit.words, client, _findings(digits), digits)


def _findings(digits: str) -> tuple[TeamAdvice, ...]:
    return sort_out(_answers(digits))


def _answers(digits: str) -> dict[TeamQuestion, int]:
    """Read the answers in the order in which they were asked; what is not known is 0."""
    answers: dict[TeamQuestion, int] = {}
    for digit in digits:
        asked = next_asked(answers)
        if asked is not None:
            answers[asked] = 0 if digit == UNKNOWN else int(digit)
    return answers
