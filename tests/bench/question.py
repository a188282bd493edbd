"""The screen that every bot of the bench shows: one question of the coach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.questionnaire import options_of
from handlers.assessment.screens.assess import Asked, question
from tests.bench.responder import Question

if TYPE_CHECKING:
    from content.knowledge import Knowledge


def shown_question(knowledge: Knowledge) -> Question:
    """Return the screen of a sign as Telegram writes it."""
    sign = next(iter(knowledge.catalogue.signs))
    screen = question(
        knowledge.words("ru"),
        Asked(
            client="Студия «Север»",
            assessment=1,
            question=sign,
            options=options_of(knowledge.catalogue, sign),
            number=11,
            left=10,
            topic=knowledge.catalogue.signs[sign].topic,
        ),
    )
    text, entities = screen.formatted()
    keyboard = screen.keyboard()
    assert keyboard is not None
    return Question(
        text,
        tuple(entities),
        keyboard,
    )
