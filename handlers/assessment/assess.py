"""The assessment: one question after the other, until nothing can move the verdict any more.

No handler remembers where the person is. A button names the assessment and the question; what
comes next is found from the answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from content.answers import label_of, quoted
from content.asking import standing
from content.models import SIGN_OPTIONS, OptionId, QuestionId, Topic
from content.prospects import seen_before
from content.questionnaire import (
    is_critical,
    is_reflection,
    is_valid_answer,
    open_in_topic,
    reflection_outcome,
)
from handlers.assessment import buttons as to
from handlers.assessment import sheets, way
from handlers.assessment.screens import assess as screens
from handlers.clients import buttons as to_clients
from handlers.engine import lookup
from handlers.engine.routing import Answered, Redelivery, Routes
from handlers.engine.screen import Reply, Screen
from handlers.engine.visit import Visit
from storage import records
from storage.errors import NotFound
from storage.records import Assessment, Depth

routes = Routes()
At = TypeVar("At", bound=to.OfAssessment)


def unjudged(
    handler: Callable[[Visit, At, Assessment], Answered],
) -> Callable[[Visit, At], Answered]:
    """Hand the assessment to the handler; a judged one is closed and only says so.

    Every screen of it names the client: where that one is deleted the screen raises, and the step
    is undone. So the client is looked up once, by the screen.
    """

    def handle(visit: Visit, at: At) -> Answered:
        assessment = lookup.sheet(visit, at.assessment)
        if assessment.judged_at is not None:
            return way.closed(visit, assessment)
        return handler(visit, at, assessment)

    return handle


@routes.command("assess")
def assess(visit: Visit, _words: str) -> Screen:
    """Go on with the assessment that is open, else ask whom to assess."""
    unfinished = visit.memory.assessments.open()
    if unfinished:
        return way.paused(visit, unfinished[0])
    listed = visit.memory.clients.list()
    if len(listed) == 1:
        return visit.open(to_clients.ClientCard(client=listed[0].number))
    clients = visit.open(to_clients.ClientList(page=0, archived=0))
    return replace(clients, header=visit.texts("assess.choose.header"))


@routes.tap(to.StartAssessment)
def start(visit: Visit, at: to.StartAssessment) -> Screen:
    """Begin, or go on with what was begun: a second tap must not begin twice.

    Who was assessed before starts from the answers of last time; who was asked about before signing
    from the signs that were there then, none of them ticked.
    """
    client = lookup.client(visit, at.client)
    if client.archived_at is not None or client.prospect:
        return visit.open(to_clients.ClientCard(client=client.number))
    begun = sheets.open_one(visit.memory, client.number)
    if begun is not None:
        if begun.answers or begun.told:
            return way.next_screen(visit, begun)
        return visit.open(to.WhatHappened(assessment=begun.number))
    effort = visit.memory.details.of_client(client.number).get(sheets.LAST_EFFORT, "none")
    tried = sheets.tried_in_vain(visit.catalogue, visit.memory, client.number)
    former = sheets.last_judged(visit.memory, client.number)
    if former is None:
        fresh = visit.memory.assessments.start(
            client.number, Depth.FULL, team=visit.person.team, now=visit.now
        )
        before = seen_before(visit.catalogue, client.beforehand)
        fresh = replace(
            fresh,
            last_effort=effort,
            tried=tried,
            since=way.period(visit),
            told=dict.fromkeys(before, False),
        )
        visit.memory.assessments.save(fresh)
        first = to.Happened if before else to.WhatHappened
        return visit.open(first(assessment=fresh.number))
    copy = visit.memory.assessments.copy(former.number, visit.now)
    copy = replace(
        copy,
        last_effort=effort,
        tried=copy.tried | tried,
        exhausted=False,
        wants_out=False,
        whole=False,
        told={},
        since=way.period(visit),
    )
    visit.memory.assessments.save(copy)
    return visit.open(to.Again(assessment=copy.number, page=0))


@routes.tap(to.Ask, opens=True)
@unjudged
def ask(visit: Visit, at: to.Ask, assessment: Assessment) -> Screen:
    """Show a question, whether answered or not."""
    question = way.known_question(visit, assessment, at.question)
    return way.question_screen(visit, assessment, question)


@routes.tap(to.Explain, opens=True)
@unjudged
def explain(visit: Visit, at: to.Explain, assessment: Assessment) -> Screen:
    """Show a question with all that may help to answer it."""
    question = way.known_question(visit, assessment, at.question)
    return way.question_screen(visit, assessment, question, explained=True)


@routes.tap(to.GiveAnswer, redelivery=Redelivery.PLACE)
@unjudged
def answer(visit: Visit, at: to.GiveAnswer, assessment: Assessment) -> Answered:
    """Keep an answer and go on."""
    question = way.known_question(visit, assessment, at.question)
    if not is_valid_answer(visit.catalogue, question, at.option):
        raise NotFound(f"option {at.option}")
    option = OptionId(at.option)
    former = assessment.option(question)
    given = records.Answer(question=question, option=option)
    visit.memory.assessments.answer(assessment.number, (given,))
    assessment = assessment.with_answers((given,))
    tapped = quoted(visit.words, label_of(visit.words, question, option))
    told = visit.texts("assess.toast.answered", answer=tapped)
    if assessment.source is not None and (former is not None or question in assessment.told):
        return Reply(_again(visit, assessment, question), toast=told)
    if former is None:
        return Reply(way.next_screen(visit, assessment), toast=told)
    if former == option:
        return Reply(way.next_screen(visit, assessment), toast=told)
    return Reply(way.next_screen(visit, assessment), toast=visit.texts("assess.toast.corrected"))


def _again(visit: Visit, assessment: Assessment, answered: QuestionId) -> Screen:
    """Show last time's answers with the new one; before that ask what else was told of."""
    if answered in assessment.told:
        left = {sign: there for sign, there in assessment.told.items() if sign != answered}
        assessment = replace(assessment, told=left)
        visit.memory.assessments.save(assessment)
    if assessment.ticked:
        return way.next_screen(visit, assessment)
    return way.hub(visit, assessment)


@routes.tap(to.CloseTopic, redelivery=Redelivery.PLACE)
@unjudged
def quiet(visit: Visit, at: to.CloseTopic, assessment: Assessment) -> Answered:
    """Close a quiet topic: «ни разу» for all its open signs but the critical ones."""
    if at.topic not in Topic.__members__.values():
        raise NotFound(f"topic {at.topic}")
    closed = open_in_topic(visit.catalogue, sheets.sheet_of(assessment), Topic(at.topic))
    if not closed:
        return way.next_screen(visit, assessment)
    assessment = way.together(visit, assessment, dict.fromkeys(closed, SIGN_OPTIONS[0]))
    return Reply(
        way.next_screen(visit, assessment),
        toast=visit.texts("assess.toast.quiet", n=len(closed)),
    )


@routes.tap(to.Back)
@unjudged
def back(visit: Visit, at: to.Back, assessment: Assessment) -> Answered:
    """Go one question back. What was answered together opens again together."""
    question = way.known_question(visit, assessment, at.question)
    number = way.number_of(assessment, question)
    if question in assessment.ticked and way.waits(assessment, question):
        return _untick(visit, assessment, question)
    return _back(visit, assessment, number - 1)


@routes.tap(to.BackToLast)
@unjudged
def back_to_last(visit: Visit, _at: to.BackToLast, assessment: Assessment) -> Answered:
    """Go back to the last answer."""
    return _back(visit, assessment, len(assessment.answers))


def _back(visit: Visit, assessment: Assessment, number: int) -> Answered:
    """Show the answer of a number, counted from 1; 0: what came before all questions."""
    if assessment.source is not None:
        return way.hub(visit, assessment)
    if number < 1:
        return visit.open(to_clients.ClientCard(client=assessment.client))
    before = assessment.answers[number - 1]
    closed = _closed_with(visit, assessment, before)
    if not closed:
        return way.question_screen(visit, assessment, QuestionId(before.question))
    visit.memory.assessments.retract(assessment.number, closed)
    assessment = assessment.without_answers(closed)
    if is_critical(visit.catalogue, closed[0]):
        at = standing(visit.catalogue, sheets.sheet_of(assessment))
        return way.critical_screen(visit, assessment, at)
    screen = way.question_screen(visit, assessment, closed[0])
    return Reply(screen, toast=visit.texts("assess.toast.unquiet"))


def _untick(visit: Visit, assessment: Assessment, question: QuestionId) -> Answered:
    """Show the ticks again that said that a sign is there."""
    again = assessment.source is not None
    if again or not is_critical(visit.catalogue, question):
        return visit.open(to.Happened(assessment=assessment.number))
    calm = [
        each.question
        for each in assessment.answers
        if each.quiet and is_critical(visit.catalogue, QuestionId(each.question))
    ]
    visit.memory.assessments.retract(assessment.number, calm)
    return way.critical_screen(visit, assessment.without_answers(calm))


def _closed_with(visit: Visit, assessment: Assessment, answer: records.Answer) -> list[QuestionId]:
    """Return the signs that were answered together with this one, in order."""
    if not answer.quiet:
        return []
    signs = visit.catalogue.signs
    first = signs[QuestionId(answer.question)]
    return [
        QuestionId(each.question)
        for each in assessment.answers
        if each.quiet
        and signs[QuestionId(each.question)].topic is first.topic
        and is_critical(visit.catalogue, QuestionId(each.question))
        == is_critical(visit.catalogue, QuestionId(answer.question))
    ]


@routes.tap(to.Reflected, opens=True)
@unjudged
def reflected(visit: Visit, _at: to.Reflected, assessment: Assessment) -> Screen:
    """Show what the self-reflection came to; buttons of the first release lead here."""
    reflection = [
        QuestionId(each.question)
        for each in assessment.answers
        if is_reflection(visit.catalogue, QuestionId(each.question))
    ]
    return screens.outcome(
        visit.words,
        assessment,
        lookup.name(visit, assessment),
        reflection_outcome(visit.catalogue, sheets.sheet_of(assessment)),
        reflection,
    )


@routes.tap(to.Pause, opens=True)
@unjudged
def pause(visit: Visit, _at: to.Pause, assessment: Assessment) -> Answered:
    """Put the assessment down; nothing needs saving."""
    return Reply(way.paused(visit, assessment), toast=visit.texts("assess.toast.paused"))


@routes.tap(to.Resume, redelivery=Redelivery.PLACE)
@unjudged
def resume(visit: Visit, _at: to.Resume, assessment: Assessment) -> Screen:
    """Go on where the assessment is."""
    return way.next_screen(visit, assessment)


@routes.tap(to.AskDiscard, opens=True)
@unjudged
def ask_discard(visit: Visit, _at: to.AskDiscard, assessment: Assessment) -> Answered:
    """Ask whether the answers may go."""
    return screens.ask_discard(visit.texts, assessment, lookup.name(visit, assessment))


@routes.tap(to.Discard)
@unjudged
def discard(visit: Visit, _at: to.Discard, assessment: Assessment) -> Answered:
    """Let an assessment go that has no verdict."""
    visit.memory.assessments.discard(assessment.number)
    card = visit.open(to_clients.ClientCard(client=assessment.client))
    return Reply(card, toast=visit.texts("assess.discard.toast"))
