"""Which screen of an assessment comes next: found from what is remembered."""

from __future__ import annotations

from datetime import date

from content.asking import MONTHS, Standing, standing, until_settled
from content.models import Certainty, LastEffort, OptionId, QuestionId, SignKind, Topic, VerdictId
from content.questionnaire import (
    crossed,
    explained_by,
    has_shown,
    is_critical,
    open_critical,
    open_in_topic,
    opens_topic,
    options_on_screen,
)
from content.reading.days import months_on
from content.schedule.hindsight import Occasion
from content.sheet import Sheet
from content.stages import PARTINGS
from content.themes import DEBT
from content.verdict import RULE, verdict_of
from handlers.assessment import buttons as to
from handlers.assessment import sheets
from handlers.assessment.screens import assess as screens
from handlers.assessment.screens import closing, ticks
from handlers.due import hindsight
from handlers.due.agenda import OWN
from handlers.engine import lookup
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit
from storage.errors import NotFound
from storage.records import ActionState, Answer, Assessment
from storage.rows.assessments import CORRECTABLE


def next_screen(visit: Visit, assessment: Assessment) -> Screen:
    """Return what is asked next; the verdict, or what belongs before it, when nothing is."""
    if assessment.judged_at is not None:
        return closed(visit, assessment)
    sheet = sheets.sheet_of(assessment)
    for sign in _waiting(visit, assessment):
        return question_screen(visit, assessment, sign)
    at = standing(visit.catalogue, sheet)
    if at.question is None:
        return stop(visit, assessment, at) if at.unknown else finish(visit, assessment)
    if at.certainty is Certainty.LIKELY and not assessment.whole:
        return stop(visit, assessment, at)
    if is_critical(visit.catalogue, at.question):
        return critical_screen(visit, assessment, at)
    return question_screen(visit, assessment, at.question, at)


def question_screen(
    visit: Visit,
    assessment: Assessment,
    question: QuestionId,
    at: Standing | None = None,
    *,
    explained: bool = False,
) -> Screen:
    """Show a question with the answer it has and the one it had last time.

    ``at`` is where the assessment stands, if that is known; ``explained``: with all that may help
    to answer.
    """
    sheet = sheets.sheet_of(assessment)
    at = at or standing(visit.catalogue, sheet)
    sign = visit.catalogue.signs.get(question)
    happened = question in assessment.ticked
    closes = not happened and opens_topic(visit.catalogue, sheet, question)
    rest: tuple[QuestionId, ...] = ()
    shown = sign is not None and has_shown(visit.catalogue, sheet, sign.topic)
    if sign is not None and closes and (shown or not _begun(visit, assessment, sign.topic)):
        others = open_in_topic(visit.catalogue, sheet, sign.topic)
        rest = tuple(each for each in others if each != question)
    earlier = visit.memory.assessments.judged_before(assessment)
    causes = explained_by(visit.catalogue, sheet, question)[:1]
    return screens.question(
        visit.words,
        screens.Asked(
            client=lookup.name(visit, assessment),
            assessment=assessment.number,
            question=question,
            options=options_on_screen(visit.catalogue, question, happened=happened),
            number=step_of(visit, assessment, question),
            left=at.about_left,
            topic=sign.topic if sign else None,
            state=sign is not None and sign.state,
            since=since_told(visit, assessment),
            now=sheet.answers.get(question),
            before=sheets.sheet_of(earlier).answers.get(question) if earlier else None,
            explains=tuple((each, sheet.answers[each]) for each in causes),
            crossed=_first_of_oneself(visit, sheet, question)
            and bool(crossed(visit.catalogue, sheet)),
            note=assessment.notes.get(question, ""),
            closes=closes,
            shown=shown,
            rest=rest,
            explained=explained,
        ),
    )


def _first_of_oneself(visit: Visit, sheet: Sheet, question: QuestionId) -> bool:
    own = visit.catalogue.questions
    return question in own and not any(each in own for each in sheet.answers if each != question)


def critical_screen(visit: Visit, assessment: Assessment, at: Standing | None = None) -> Screen:
    """Show the critical signs that are open together, each a tick of its own."""
    sheet = sheets.sheet_of(assessment)
    at = at or standing(visit.catalogue, sheet)
    return ticks.critical(
        visit.words,
        ticks.OfferedSigns(
            client=lookup.name(visit, assessment),
            assessment=assessment.number,
            signs=open_critical(visit.catalogue, sheet),
            ticked=assessment.ticked,
            since=since_told(visit, assessment),
        ),
        screens.Progress(step_of(visit, assessment), at.about_left),
    )


def stop(visit: Visit, assessment: Assessment, at: Standing | None = None) -> Screen:
    """Say that the verdict can be seen, or what it would still be worth to find out."""
    sheet = sheets.sheet_of(assessment)
    at = at or standing(visit.catalogue, sheet)
    return closing.stop(
        visit.words,
        assessment,
        lookup.name(visit, assessment),
        at,
        until_settled(visit.catalogue, sheet),
    )


def finish(visit: Visit, assessment: Assessment) -> Screen:
    """Return what belongs before the verdict, where it could move it; else the verdict."""
    filled = fill(visit, assessment)
    if filled.tried_matters:
        return closing.tried(visit.words, visit.catalogue, filled, 0)
    if filled.last_effort_matters and assessment.last_effort == LastEffort.NONE:
        return closing.last_effort(visit.words, filled)
    return reach(visit, assessment)


def reach(visit: Visit, assessment: Assessment) -> Screen:
    """Reach the verdict; from now on the answers do not change."""
    lookup.name(visit, assessment)  # raises where the client is gone
    verdict = verdict_of(visit.catalogue, sheets.sheet_of(assessment))
    visit.memory.assessments.freeze(assessment.number, verdict, RULE, visit.now)
    visit.memory.assessments.expect(assessment.number)  # with the verdict it is shown
    if verdict in PARTINGS:
        _drop_what_mends(visit, assessment)
    if verdict is not VerdictId.CANNOT_TELL:
        client, number = assessment.client, assessment.number
        hindsight.happened(visit, Occasion.VERDICT, client, visit.today, number)
    return visit.open(to.ShowVerdict(assessment=assessment.number).pack())


def _drop_what_mends(visit: Visit, assessment: Assessment) -> None:
    """Drop the open deeds of milder verdicts where it ends; money that is owed stays owed."""
    plans = visit.memory.plans
    milder = [
        each.number
        for each in plans.of_client(assessment.client)
        if each.state is ActionState.OPEN
        and each.about not in (OWN, DEBT)
        and lookup.sheet(visit, each.assessment).verdict not in PARTINGS
    ]
    plans.set_state(milder, ActionState.DROPPED)


def hub(visit: Visit, assessment: Assessment, page: int = 0) -> Screen:
    """Show the answers that a copy was made of: to correct one, or to say what has changed."""
    source = visit.memory.assessments.get(assessment.source) if assessment.source else None
    since = visit.day((source.judged_at if source else None) or assessment.started_at)
    correcting = is_correction(visit, assessment)
    return closing.again(visit.words, fill(visit, assessment), "" if correcting else since, page)


def is_correction(visit: Visit, assessment: Assessment) -> bool:
    """Tell whether an assessment only corrects a verdict of the last day."""
    source = visit.memory.assessments.get(assessment.source) if assessment.source else None
    if source is None or source.judged_at is None:
        return False
    return assessment.started_at - source.judged_at < CORRECTABLE


def fill(visit: Visit, assessment: Assessment) -> sheets.FilledSheet:
    """Look over an assessment."""
    return sheets.filled(visit.catalogue, assessment, lookup.name(visit, assessment))


def paused(visit: Visit, assessment: Assessment) -> Screen:
    """Say where the assessment is and that all is kept."""
    sheet = sheets.sheet_of(assessment)
    at = standing(visit.catalogue, sheet)
    return screens.paused(
        visit.texts,
        assessment,
        lookup.name(visit, assessment),
        screens.Progress(step_of(visit, assessment), at.about_left) if at.question else None,
        preliminary=at.certainty is Certainty.PRELIMINARY,
    )


def closed(visit: Visit, assessment: Assessment) -> Screen:
    """Say that a judged assessment does not change."""
    name = lookup.name(visit, assessment)
    day = visit.day(assessment.judged_at or assessment.started_at)
    return screens.closed(visit.texts, name, assessment, day)


def period(visit: Visit) -> date:
    """Return the day from which on signs are asked about, for what begins today."""
    return months_on(visit.today, -MONTHS)


def since_told(visit: Visit, assessment: Assessment) -> str:
    """Return the day from which on signs are asked about; empty where it is three months ago."""
    since = assessment.since
    return "" if since is None or since == period(visit) else visit.day(since)


def known_question(visit: Visit, assessment: Assessment, question: str) -> QuestionId:
    """Return the id of a question that this assessment may ask; raises ``NotFound``."""
    if question not in sheets.questions_of(visit.catalogue, assessment):
        raise NotFound(f"question {question}")
    return QuestionId(question)


def number_of(assessment: Assessment, question: str) -> int:
    """Return the place of a question among those answered; an open one comes after them."""
    given = [each.question for each in assessment.answers]
    return given.index(question) + 1 if question in given else len(given) + 1


def step_of(visit: Visit, assessment: Assessment, question: str = "") -> int:
    """Return the number that a question is shown with; without one, that of the next.

    What is answered together is one step, and what last time's answers say is none.
    """
    source = visit.memory.assessments.get(assessment.source) if assessment.source else None
    if source is None:
        before = assessment.answers[: number_of(assessment, question) - 1]
    else:
        before = tuple(
            each
            for each in assessment.answers
            if each.question != question and each.option != source.option(each.question)
        )
    return len({_group(visit, each) if each.quiet else each.question for each in before}) + 1


def _group(visit: Visit, answer: Answer) -> str:
    """Return what is answered together with it: the critical signs, or a topic."""
    sign = QuestionId(answer.question)
    if is_critical(visit.catalogue, sign):
        return SignKind.CRITICAL
    return visit.catalogue.signs[sign].topic


def together(visit: Visit, assessment: Assessment, given: dict[QuestionId, OptionId]) -> Assessment:
    """Keep answers that were given together, so that one step back takes all of them back."""
    answers = [Answer(question, option, quiet=True) for question, option in given.items()]
    visit.memory.assessments.answer(assessment.number, answers)
    return assessment.with_answers(answers)


def _waiting(visit: Visit, assessment: Assessment) -> list[QuestionId]:
    """Return the signs that did happen and of which it is not known how often."""
    ticked = assessment.ticked
    return [sign for sign in visit.catalogue.signs if sign in ticked and waits(assessment, sign)]


def waits(assessment: Assessment, told: str) -> bool:
    """Tell whether a sign that was told of has no answer since.

    A new assessment begins with last time's answers; there ``told`` holds what waits alone.
    """
    return assessment.source is not None or assessment.option(told) is None


def _begun(visit: Visit, assessment: Assessment, topic: Topic) -> bool:
    """Tell whether a sign of the topic has an answer."""
    given = (visit.catalogue.signs.get(QuestionId(each.question)) for each in assessment.answers)
    return any(sign is not None and sign.topic is topic for sign in given)
