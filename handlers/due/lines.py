"""What has its day, as the card and the first screen tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from content.answers import words_of
from content.models import SKIP, OptionId, QuestionId, VerdictId
from content.schedule import habits
from content.stages import has_own_cause, stage_of
from content.values.weeks import WEEK, Rhythm
from handlers.due.agenda import REASSESS, REPLY
from handlers.engine import lookup
from handlers.engine.screen import Coming
from handlers.engine.visit import Visit
from storage.records import UNREADABLE, Action, ActionState, Client, ClientNumber, Fact, Promise

NAME_SHOWN = 40


def waking_day(visit: Visit) -> date:
    """Return the date as the person lives it."""
    return habits.waking_day(visit.zone, visit.now)


def of_client(visit: Visit, client: Client) -> tuple[Coming, ...]:
    """Return what a client's card tells, the nearest first."""
    return tuple(told for told, about in _all(visit) if about == client.number)


def first_due(visit: Visit) -> Coming | None:
    """Return what is due first, whoever it is about."""
    return next((told for told, _ in _all(visit) if told.due), None)


def reply_to(visit: Visit, fact: Fact) -> Promise | None:
    """Return the open promise to answer what a fact is about."""
    return next(
        (
            each
            for each in visit.memory.promises.open()
            if each.kind == REPLY and each.subject == fact.number
        ),
        None,
    )


def follow(visit: Visit, fact: Fact) -> None:
    """Let the promise of a reply follow its fact to another client."""
    promise = reply_to(visit, fact)
    if promise is not None and promise.client != fact.client:
        visit.memory.promises.save(replace(promise, client=fact.client))


def answered(visit: Visit, client: ClientNumber) -> None:
    """Close the replies put off for a client: the answer went out as a letter."""
    for promise in visit.memory.promises.open():
        if promise.kind == REPLY and promise.client == client:
            visit.memory.promises.save(replace(promise, state=ActionState.DONE))


def _all(visit: Visit) -> Iterator[tuple[Coming, int | None]]:
    for promise in visit.memory.promises.open():
        told = visit.coming(promise)
        if told is not None:
            yield told, promise.client


def without_report(visit: Visit, rhythm: Rhythm) -> str:
    """Return «отчёта не было 12 дней», beside the day that the calendar names; "" within a week."""
    if rhythm.reported is None or rhythm.weekday is None:
        return ""
    days = (visit.today - rhythm.reported).days
    return visit.texts("when.no_report", n=days) if days > WEEK else ""


def action_name(visit: Visit, action: Action) -> str:
    """Return what a plan calls an action: what is to be done, never the sign it is about."""
    if action.about == REASSESS:
        return visit.texts("plan.reassess_name")
    if action.words == UNREADABLE:
        return visit.texts("common.unreadable")
    if action.words:
        return action.words
    return _first_named(visit, action)


def _first_named(visit: Visit, action: Action) -> str:
    """Return the deed of an action of the first release, at the stage of the verdict of then."""
    about = QuestionId(action.about)
    assessment = lookup.sheet(visit, action.assessment)
    answers = {QuestionId(each.question): OptionId(each.option) for each in assessment.answers}
    stage = stage_of(
        VerdictId(assessment.verdict or VerdictId.CANNOT_TELL),
        answers.get(about, SKIP),
        tried=about in assessment.tried,
        own=has_own_cause(visit.catalogue, answers, about),
    )
    step: str = getattr(words_of(visit.words, about), stage).step
    return step
