"""Past clients who were difficult, and what was the same about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.models import HABITS, ProspectId, QuestionId, VerdictId
from content.prospects import is_there
from handlers.assessment import sheets
from handlers.engine.visit import Visit
from storage.records import Client

DIFFICULT = (VerdictId.LAST_EFFORT, VerdictId.PART, VerdictId.LEAVE_NOW)
"""Answers by which a sign is no single case."""
NAMED = 2


@dataclass(frozen=True, slots=True)
class Alike:
    """A past client about whom something was the same."""

    client: Client
    verdict: str
    same: tuple[ProspectId, ...]


def difficult_before(
    visit: Visit, prospect: Client, there: Sequence[ProspectId]
) -> tuple[Alike, ...]:
    """Return the past difficult clients who are most like this one.

    By the answers of their last judged assessment, and by those that were given before signing.
    """
    stands = visit.memory.assessments.stand()
    found = []
    for client in visit.memory.clients.everyone():
        stand = stands.get(client.number)
        if client.number == prospect.number or stand is None or stand.verdict not in DIFFICULT:
            continue
        done = sheets.last_judged(visit.memory, client.number)
        if done is None:
            continue
        given = sheets.sheet_of(done).answers
        data = visit.catalogue.prospects
        same = tuple(
            each
            for each in there
            if is_there(client.beforehand.get(each))
            or any(given.get(QuestionId(sign)) in HABITS for sign in data[each].signs)
        )
        if same:
            found.append(Alike(client, str(stand.verdict), same))
    return tuple(sorted(found, key=lambda each: -len(each.same))[:NAMED])
