"""Looking things up for a handler: by number, of this person, and still there."""

from __future__ import annotations

from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from storage.errors import NotFound
from storage.records import (
    Action,
    ActionNumber,
    Assessment,
    AssessmentNumber,
    Client,
    ClientNumber,
    Fact,
    FactNumber,
    Letter,
    LetterNumber,
    Promise,
    PromiseNumber,
    Report,
    ReportNumber,
)


class Deleted(NotFound):
    """The client was deleted a moment ago; for ten minutes that can be undone."""


def client(visit: Visit, number: int) -> Client:
    """Return a client; raises ``NotFound``, or ``Deleted`` for one who can still come back."""
    found = visit.memory.clients.get(ClientNumber(number))
    if found is None:
        raise NotFound(f"client {number}")
    if found.deleted_at is not None:
        raise Deleted(f"client {number}")
    return found


def assessment(visit: Visit, number: int) -> tuple[Assessment, str]:
    """Return an assessment and its client's name; raises ``NotFound`` where one is gone."""
    found = sheet(visit, number)
    return found, name(visit, found)


def sheet(visit: Visit, number: int) -> Assessment:
    """Return an assessment, whether its client is still there or not; raises ``NotFound``."""
    found = visit.memory.assessments.get(AssessmentNumber(number))
    if found is None:
        raise NotFound(f"assessment {number}")
    return found


def name(visit: Visit, assessment: Assessment) -> str:
    """Return the name of the client that an assessment is of; raises ``NotFound``."""
    return client_name(visit.words, client(visit, assessment.client))


def action(visit: Visit, number: int) -> tuple[Action, Client]:
    """Return an action of a plan and its client; raises ``NotFound``."""
    found = visit.memory.plans.get(ActionNumber(number))
    if found is None:
        raise NotFound(f"action {number}")
    return found, client(visit, found.client)


def fact(visit: Visit, number: int) -> Fact:
    """Return a fact; raises ``NotFound`` for a deleted one too, and ``Deleted`` with its client."""
    found = visit.memory.facts.get(FactNumber(number))
    if found is None or found.deleted_at is not None:
        raise NotFound(f"fact {number}")
    client_of(visit, found)
    return found


def client_of(visit: Visit, fact: Fact) -> Client | None:
    """Return whom a fact is about; None until that is said."""
    return None if fact.client is None else client(visit, fact.client)


def letter(visit: Visit, number: int) -> Letter:
    """Return a letter; raises ``NotFound``, and ``Deleted`` with its client."""
    found = visit.memory.letters.get(LetterNumber(number))
    if found is None:
        raise NotFound(f"letter {number}")
    client(visit, found.client)
    return found


def report(visit: Visit, number: int) -> Report:
    """Return a report; raises ``NotFound``, and ``Deleted`` with its client."""
    found = visit.memory.reports.get(ReportNumber(number))
    if found is None:
        raise NotFound(f"report {number}")
    client(visit, found.client)
    return found


def promise(visit: Visit, number: int) -> Promise:
    """Return a promise, whether its client is still there or not; raises ``NotFound``."""
    found = visit.memory.promises.get(PromiseNumber(number))
    if found is None:
        raise NotFound(f"promise {number}")
    return found
