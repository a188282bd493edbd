"""The plan of an unpaid invoice, and the question by when payment was promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from content.letters.ladder import Rung
from content.letters.models import Tone
from content.texts import Texts
from handlers.engine.screen import Screen, button, way_back
from handlers.letters import buttons as to
from handlers.letters.screens.questions import soon_label
from storage.records import Promise


def plan(texts: Texts, tones: Mapping[Tone, str], rungs: Sequence[Rung], today: date) -> str:
    """Return the letters in their order, those that went out ticked, and what stops them."""
    steps = [
        texts(
            "letters.ladder.sent" if each.sent else "letters.ladder.step",
            name=tones[each.tone],
            date=texts.date(each.day, today),
        )
        for each in rungs
    ]
    last = all(each.sent for each in rungs)
    return "\n".join((*steps, texts("letters.ladder.last" if last else "letters.ladder.stops")))


def ask_promised(
    texts: Texts, promise: Promise, days: Sequence[tuple[str, date]], said: str
) -> Screen:
    """Ask by which day the client has promised to pay; ``days`` pairs names with days."""
    number = promise.number
    return Screen(
        header=texts("letters.ladder.ask_header"),
        body=(texts("letters.ladder.ask_body"), texts("letters.type_day")),
        state=said,
        rows=(
            *(
                (
                    button(
                        soon_label(texts, name, day),
                        to.SetPromised(promise=number, day=day.toordinal()),
                    ),
                )
                for name, day in days
            ),
            (way_back(texts("common.back"), to.ShowSent(letter=promise.subject or 0)),),
        ),
        place=to.AskPromised(promise=number).pack(),
    )
