"""The assessment: one question after the other, until only the verdict is left.

No handler remembers where the person is. A button names the assessment and the question; the next
question is found by replaying the answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from content.answers import state_of
from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS, OptionId, QuestionId, Topic
from content.questionnaire import (
    Sheet,
    asked,
    is_reflection,
    is_valid_answer,
    next_open,
    open_in_topic,
    opens_topic,
    position,
    previous,
    reflection_outcome,
)
from handlers.assessment import buttons as to
from handlers.assessment import sheets
from handlers.assessment.screens import assess as screens
from handlers.clients import buttons as to_clients
from handlers.due import when
from handlers.engine import lookup
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Button, Reply, Screen, button
from handlers.engine.visit import Visit
from handlers.reminders import buttons as to_reminders
from storage import records
from storage.protocols import NotFound
from storage.records import Assessment

routes = Routes()
REPORTING = "reporting"
WEAK = REFLECTION_OPTIONS[1:]
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
            return _closed(visit, assessment)
        return handler(visit, at, assessment)

    return handle


def answered(
    handler: Callable[[Visit, At, sheets.Filled], Answered],
) -> Callable[[Visit, At], Answered]:
    """Hand a wholly answered assessment to the handler; else the open question comes first."""

    @unjudged
    def handle(visit: Visit, at: At, assessment: Assessment) -> Answered:
        if next_open(visit.catalogue, sheets.sheet_of(assessment)) is not None:
            return next_screen(visit, assessment)
        return handler(visit, at, _filled(visit, assessment))

    return handle


@routes.command("assess")
def assess(visit: Visit, _words: str) -> Screen:
    """Go on with the assessment that is open, else ask whom to assess."""
    unfinished = visit.memory.assessments.open()
    if unfinished:
        return paused(visit, unfinished[0])
    listed = visit.memory.clients.list()
    if len(listed) == 1:
        return visit.open(to_clients.ClientCard(client=listed[0].number))
    clients = visit.open(to_clients.ClientList(page=0, archived=0))
    return replace(clients, header=visit.texts("assess.choose.header"))


@routes.tap(to.StartAssessment)
def start(visit: Visit, at: to.StartAssessment) -> Screen:
    """Begin, or go on with what was begun: a second tap must not begin twice."""
    client = lookup.client(visit, at.client)
    if client.archived_at is not None:
        return visit.open(to_clients.ClientCard(client=client.number))
    assessment = sheets.open_one(visit.memory, client.number)
    if assessment is None:
        assessment = visit.memory.assessments.start(
            client.number, records.Depth(at.depth), team=visit.person.team, now=visit.now
        )
        effort = visit.memory.details.of_client(client.number).get(sheets.LAST_EFFORT, "none")
        failed = sheets.tried_in_vain(visit.memory, client.number)
        tried = [each for each in failed if each in visit.catalogue.signs]
        if tried or effort != assessment.last_effort:
            assessment = replace(assessment, last_effort=effort, tried=frozenset(tried))
            visit.memory.assessments.save(assessment)
    elif (
        records.Depth(at.depth) is records.Depth.FULL and assessment.depth == records.Depth.EXPRESS
    ):
        assessment = replace(assessment, depth=records.Depth.FULL)
        visit.memory.assessments.save(assessment)
    return next_screen(visit, assessment)


@routes.tap(to.Ask, opens=True)
@unjudged
def ask(visit: Visit, at: to.Ask, assessment: Assessment) -> Screen:
    """Show a question, whether answered or not."""
    return question_screen(visit, assessment, _question(visit, assessment, at.question))


@routes.tap(to.Answer)
@unjudged
def answer(visit: Visit, at: to.Answer, assessment: Assessment) -> Answered:
    """Keep an answer and go on."""
    question = _question(visit, assessment, at.question)
    if not is_valid_answer(visit.catalogue, question, at.option):
        raise NotFound(f"option {at.option}")
    option = OptionId(at.option)
    former = assessment.option(question)
    given = records.Answer(question=question, option=option)
    visit.memory.assessments.answer(assessment.number, (given,))
    assessment = assessment.with_answers((given,))
    if former in (None, option):
        toast = visit.texts("assess.toast.answered", state=state_of(visit.words, question, option))
        return Reply(_after(visit, assessment, question, first=former is None), toast=toast)
    return Reply(next_screen(visit, assessment), toast=_corrected(visit, assessment))


@routes.tap(to.Quiet)
@unjudged
def quiet(visit: Visit, at: to.Quiet, assessment: Assessment) -> Answered:
    """Close a quiet topic: «ни разу» for all its open signs but the critical ones."""
    if at.topic not in Topic.__members__.values():
        raise NotFound(f"topic {at.topic}")
    closed = open_in_topic(visit.catalogue, sheets.sheet_of(assessment), Topic(at.topic))
    given = [records.Answer(each, SIGN_OPTIONS[0], quiet=True) for each in closed]
    visit.memory.assessments.answer(assessment.number, given)
    assessment = assessment.with_answers(given)
    if not closed:
        return next_screen(visit, assessment)
    return Reply(
        _after(visit, assessment, closed[-1], first=True),
        toast=visit.texts("assess.toast.quiet", n=len(closed)),
    )


@routes.tap(to.Back)
@unjudged
def back(visit: Visit, at: to.Back, assessment: Assessment) -> Answered:
    """Go one question back. A topic that was closed as a whole opens again."""
    sheet = sheets.sheet_of(assessment)
    question = _question(visit, assessment, at.question)
    before = previous(visit.catalogue, sheet, question)
    if before is None:
        return visit.open(to_clients.ClientCard(client=assessment.client))
    closed = _closed_together(visit, assessment, before)
    if closed:
        visit.memory.assessments.retract(assessment.number, closed)
        assessment = assessment.without_answers(closed)
        screen = question_screen(visit, assessment, closed[0])
        return Reply(screen, toast=visit.texts("assess.toast.unquiet"))
    if is_reflection(visit.catalogue, before) and not is_reflection(visit.catalogue, question):
        return _outcome(visit, assessment)
    return question_screen(visit, assessment, before)


@routes.tap(to.Reflected, opens=True)
@unjudged
def reflected(visit: Visit, _at: to.Reflected, assessment: Assessment) -> Screen:
    """Show what the self-reflection came to."""
    return _outcome(visit, assessment)


@routes.tap(to.Pause, opens=True)
@unjudged
def pause(visit: Visit, _at: to.Pause, assessment: Assessment) -> Answered:
    """Put the assessment down; nothing needs saving."""
    return Reply(paused(visit, assessment), toast=visit.texts("assess.toast.paused"))


@routes.tap(to.Resume)
@unjudged
def resume(visit: Visit, _at: to.Resume, assessment: Assessment) -> Screen:
    """Go on where the assessment is."""
    return next_screen(visit, assessment)


@routes.tap(to.Tried, opens=True)
@answered
def tried(visit: Visit, at: to.Tried, filled: sheets.Filled) -> Screen:
    """Ask what was tried already."""
    return screens.tried(visit.words, filled, at.page)


@routes.tap(to.Try)
@unjudged
def mark_tried(visit: Visit, at: to.Try, assessment: Assessment) -> Answered:
    """Mark the advice of a sign as tried in vain, or take the mark off."""
    sign = _question(visit, assessment, at.question)
    marks = assessment.tried | {sign} if at.tried else assessment.tried - {sign}
    assessment = replace(assessment, tried=frozenset(marks))
    visit.memory.assessments.save(assessment)
    return Reply(
        screens.tried(visit.words, _filled(visit, assessment), at.page),
        toast=visit.texts("assess.toast.tried" if at.tried else "assess.toast.untried"),
    )


@routes.tap(to.AskLastEffort, opens=True)
@answered
def ask_last_effort(visit: Visit, _at: to.AskLastEffort, filled: sheets.Filled) -> Screen:
    """Ask whether a last effort was made."""
    return screens.last_effort(visit.words, filled)


@routes.tap(to.SetLastEffort)
@unjudged
def set_last_effort(visit: Visit, at: to.SetLastEffort, assessment: Assessment) -> Screen:
    """Keep what became of the last effort and show the review."""
    exhausted = at.state == "exhausted"
    made = assessment.last_effort if exhausted else at.state
    assessment = replace(assessment, last_effort=made, exhausted=exhausted)
    visit.memory.assessments.save(assessment)
    return _review(visit, assessment)


@routes.tap(to.Review, opens=True)
@answered
def review(visit: Visit, _at: to.Review, filled: sheets.Filled) -> Screen:
    """Show all answers before the verdict."""
    return screens.review(visit.words, visit.catalogue, filled)


@routes.tap(to.ReviewTopic, opens=True)
@answered
def review_topic(visit: Visit, at: to.ReviewTopic, filled: sheets.Filled) -> Screen:
    """Open the answers of one topic."""
    return screens.review_topic(visit.words, visit.catalogue, filled, at.topic)


def next_screen(visit: Visit, assessment: Assessment) -> Screen:
    """Return the first open question, or the review when there is none."""
    if assessment.judged_at is not None:
        return _closed(visit, assessment)
    sheet = sheets.sheet_of(assessment)
    question = next_open(visit.catalogue, sheet)
    if question is not None:
        return question_screen(visit, assessment, question, sheet)
    return _review(visit, assessment)


def question_screen(
    visit: Visit, assessment: Assessment, question: QuestionId, sheet: Sheet | None = None
) -> Screen:
    """Show a question with the answer it has and the one it had last time.

    ``sheet`` is the assessment's, where it has been read already.
    """
    name = lookup.name(visit, assessment)
    sheet = sheet or sheets.sheet_of(assessment)
    number, total = position(visit.catalogue, sheet, question)
    sign = visit.catalogue.signs.get(question)
    closes = opens_topic(visit.catalogue, sheet, question)
    rest: tuple[QuestionId, ...] = ()
    if sign is not None and closes and not _begun(visit, assessment, sign.topic):
        others = open_in_topic(visit.catalogue, sheet, sign.topic)
        rest = tuple(each for each in others if each != question)
    earlier = visit.memory.assessments.judged_before(assessment)
    return screens.question(
        visit.words,
        screens.Asked(
            client=name,
            assessment=assessment.number,
            question=question,
            number=number,
            total=total,
            topic=sign.topic if sign else None,
            now=sheet.answers.get(question),
            before=sheets.sheet_of(earlier).answers.get(question) if earlier else None,
            note=assessment.notes.get(question, ""),
            closes=closes,
            rest=rest,
        ),
    )


def _begun(visit: Visit, assessment: Assessment, topic: Topic) -> bool:
    """Tell whether a sign of the topic has an answer."""
    given = (visit.catalogue.signs.get(QuestionId(each.question)) for each in assessment.answers)
    return any(sign is not None and sign.topic is topic for sign in given)


def _after(visit: Visit, assessment: Assessment, question: QuestionId, *, first: bool) -> Screen:
    """Return what follows an answer: the end of a part, or the next open question.

    ``first`` is False for a second tap on the same answer, which must lead where the first one led.
    """
    sheet = sheets.sheet_of(assessment)
    upcoming = next_open(visit.catalogue, sheet)
    if upcoming is None:
        filled = _filled(visit, assessment)
        if filled.fired and (first or question == filled.asked[-1]):
            return screens.tried(visit.words, filled, 0)
        return _review(visit, assessment)
    reflecting = is_reflection(visit.catalogue, question)
    if reflecting and not is_reflection(visit.catalogue, upcoming):
        return _outcome(visit, assessment)
    return question_screen(visit, assessment, upcoming, sheet)


def _outcome(visit: Visit, assessment: Assessment) -> Screen:
    name = lookup.name(visit, assessment)
    sheet = sheets.sheet_of(assessment)
    reflection = [
        each for each in asked(visit.catalogue, sheet) if is_reflection(visit.catalogue, each)
    ]
    told = screens.outcome(
        visit.words,
        assessment,
        name,
        reflection_outcome(visit.catalogue, sheet),
        reflection,
    )
    report = _report_offered(visit, assessment)
    return screens.offering(told, report) if report else told


def _report_offered(visit: Visit, assessment: Assessment) -> Button | None:
    """Offer a weekly report where the client hears too little and no weekday was chosen."""
    offered = when.offered_day(visit, assessment.client)
    if assessment.option(REPORTING) not in WEAK or offered is None:
        return None
    weekday, every = offered
    label = visit.texts("assess.outcome.report", every=every)
    return button(label, to_reminders.ChooseDay(client=assessment.client, weekday=weekday))


def _review(visit: Visit, assessment: Assessment) -> Screen:
    return screens.review(visit.words, visit.catalogue, _filled(visit, assessment))


def _filled(visit: Visit, assessment: Assessment) -> sheets.Filled:
    name = lookup.name(visit, assessment)
    return sheets.filled(visit.catalogue, assessment, name)


def paused(visit: Visit, assessment: Assessment) -> Screen:
    """Say where the assessment is and that all is kept."""
    name = lookup.name(visit, assessment)
    sheet = sheets.sheet_of(assessment)
    question = next_open(visit.catalogue, sheet)
    at = position(visit.catalogue, sheet, question) if question else None
    return screens.paused(visit.texts, assessment.client, name, at, assessment.number)


def _closed(visit: Visit, assessment: Assessment) -> Screen:
    name = lookup.name(visit, assessment)
    day = visit.day(assessment.judged_at or assessment.started_at)
    return screens.closed(visit.texts, name, assessment, day)


def _corrected(visit: Visit, assessment: Assessment) -> str:
    sheet = sheets.sheet_of(assessment)
    question = next_open(visit.catalogue, sheet)
    if question is None:
        return visit.texts("assess.toast.corrected_all")
    number, _ = position(visit.catalogue, sheet, question)
    return visit.texts("assess.toast.corrected", number=number)


def _closed_together(
    visit: Visit, assessment: Assessment, question: QuestionId
) -> list[QuestionId]:
    """Return the signs that were closed with this one by «ничего такого», in order."""
    together = {each.question for each in assessment.answers if each.quiet}
    if question not in together:
        return []
    topic = visit.catalogue.signs[question].topic
    return [
        each
        for each in asked(visit.catalogue, sheets.sheet_of(assessment))
        if each in together and visit.catalogue.signs[each].topic is topic
    ]


def _question(visit: Visit, assessment: Assessment, question: str) -> QuestionId:
    """Return the id of a question that this assessment asks; raises ``NotFound``."""
    if question not in sheets.questions_of(visit.catalogue, assessment):
        raise NotFound(f"question {question}")
    return QuestionId(question)
