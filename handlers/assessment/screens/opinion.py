"""What colleagues think."""

from __future__ import annotations

from collections.abc import Sequence

from content.knowledge import Words
from handlers.assessment import buttons as to
from handlers.clients import buttons as to_clients
from handlers.engine.screen import ButtonRow, Screen, button, cut, header, way_back
from handlers.engine.wording import client_name
from storage.records import AssessmentNumber, Client

SHOWN, LONGEST = 3, 900
"""Answers, the newest, and characters of each: a screen is no archive."""


def opinions(
    words: Words,
    client: Client,
    told: Sequence[tuple[str, str]],
    judged: AssessmentNumber | None,
) -> Screen:
    """Show the newest answers, each with its day, and wait for the next one."""
    texts = words.texts
    number = client.number
    rows: list[ButtonRow] = []
    if judged is not None:
        again = to.SecondOpinion(assessment=judged)
        rows.append((button(texts("verdict.opinion.again"), again),))
    return Screen(
        header=header(client_name(words, client), texts("verdict.opinion.header")),
        body=(texts("verdict.opinion.some" if told else "verdict.opinion.body"),),
        folded=tuple(
            texts("verdict.opinion.said", date=day, text=cut(said, LONGEST))
            for day, said in told[-SHOWN:]
        ),
        rows=(*rows, (way_back(texts("common.to_client"), to_clients.ClientCard(client=number)),)),
        place=to.AwaitOpinion(client=number).pack(),
    )
