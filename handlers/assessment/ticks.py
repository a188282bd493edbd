"""What happened, in a sentence; and the critical signs together. Both come back as ticks.

Nothing that a text seems to say is an answer before the person has confirmed it.
"""

from __future__ import annotations

from dataclasses import replace

from content.models import SIGN_OPTIONS, QuestionId
from content.questionnaire import is_critical, open_critical
from content.reading.days import named_days
from content.reading.signs import classify
from handlers.assessment import buttons as to
from handlers.assessment import sheets, way
from handlers.assessment.assess import start, unjudged
from handlers.assessment.screens import ticks as screens
from handlers.engine import lookup
from handlers.engine.prompts import ask, held_since, hold
from handlers.engine.routing import Answered, Redelivery, Routes
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit
from storage.records import Assessment, AssessmentNumber, Held, Prompt

routes = Routes()
HAPPENED = "happened"
"""The prompt that asks what happened; its subject is the assessment."""
MOST = 5
"""Signs that one text is taken to speak of."""


@routes.tap(to.WhatHappened, opens=True)
@unjudged
def what_happened(visit: Visit, _at: to.WhatHappened, assessment: Assessment) -> Screen:
    """Ask for a sentence about it."""
    screen = screens.ask_what_happened(visit.words, assessment, lookup.name(visit, assessment))
    return ask(visit, HAPPENED, str(assessment.number), screen)


@routes.prompt(HAPPENED)
def told(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Propose the signs that a text speaks of; go on with the questions where it names none."""
    assessment = lookup.sheet(visit, int(prompt.subject))
    if assessment.judged_at is not None:
        return way.closed(visit, assessment)
    hold(visit, text)
    return propose(visit, assessment, text)


def telling(visit: Visit) -> Assessment | None:
    """Return the assessment of which it is being told what happened, else None."""
    prompt = visit.memory.scratch.prompt(visit.now)
    if prompt is not None and prompt.kind == HAPPENED:
        number = int(prompt.subject)
    elif isinstance(visit.at, to.Happened):
        number = visit.at.assessment
    else:
        return None
    found = visit.memory.assessments.get(AssessmentNumber(number))
    return None if found is None or found.judged_at is not None else found


def propose(visit: Visit, assessment: Assessment, text: str) -> Screen:
    """Offer the signs that a text surely speaks of, ticked."""
    told = dict(assessment.told) | dict.fromkeys(_spoken(visit, assessment, text), True)
    if told != assessment.told:
        assessment = replace(assessment, told=told)
        visit.memory.assessments.save(assessment)
    return _happened(visit, assessment)


def _spoken(visit: Visit, assessment: Assessment, text: str) -> list[str]:
    """Return the signs that a text surely speaks of; not those that are answered already.

    What last time's answers say of a sign is no answer to it.
    """
    asked = sheets.questions_of(visit.catalogue, assessment)
    return [
        str(each.sign)
        for each in visit.think(classify, visit.words, text, limit=MOST)
        if each.proposed and each.sign in asked and way.waits(assessment, each.sign)
    ]


@routes.tap(to.SortOut)
def sort_out(visit: Visit, at: to.SortOut) -> Answered:
    """Begin an assessment, or go on with it, by what the words that wait speak of."""
    screen = start(visit, to.StartAssessment(client=at.client, depth="full"))
    assessment = sheets.open_one(visit.memory, lookup.client(visit, at.client).number)
    held = visit.memory.scratch.held(visit.now)
    if assessment is None or held is None:
        return screen
    if assessment.source is not None and not _spoken(visit, assessment, held.words):
        return screen
    return propose(visit, assessment, held.words)


@routes.tap(to.Happened, opens=True)
@unjudged
def happened(visit: Visit, _at: to.Happened, assessment: Assessment) -> Screen:
    """Show what a text speaks of."""
    return _happened(visit, assessment)


@routes.tap(to.NothingOfIt)
@unjudged
def nothing_of_it(visit: Visit, _at: to.NothingOfIt, assessment: Assessment) -> Screen:
    """Forget what was proposed."""
    assessment = replace(assessment, told={})
    visit.memory.assessments.save(assessment)
    again = assessment.source is not None
    return way.hub(visit, assessment) if again else way.next_screen(visit, assessment)


@routes.tap(to.Critical, opens=True)
@unjudged
def critical(visit: Visit, _at: to.Critical, assessment: Assessment) -> Screen:
    """Show the critical signs that are open; where none is, that all is kept."""
    if not open_critical(visit.catalogue, sheets.sheet_of(assessment)):
        return way.paused(visit, assessment)
    return way.critical_screen(visit, assessment)


@routes.tap(to.Tick)
@unjudged
def tick(visit: Visit, at: to.Tick, assessment: Assessment) -> Screen:
    """Say that a sign is there, or take that back."""
    sign = way.known_question(visit, assessment, at.question)
    assessment = replace(assessment, told={**assessment.told, sign: bool(at.ticked)})
    visit.memory.assessments.save(assessment)
    if not at.critical:
        return _happened(visit, assessment)
    if not open_critical(visit.catalogue, sheets.sheet_of(assessment)):
        return way.paused(visit, assessment)
    return way.critical_screen(visit, assessment)


@routes.tap(to.CriticalDone, redelivery=Redelivery.PLACE)
@unjudged
def critical_done(visit: Visit, _at: to.CriticalDone, assessment: Assessment) -> Answered:
    """Take what is not ticked as «не было»; of the ticked it is asked how often."""
    open_ = open_critical(visit.catalogue, sheets.sheet_of(assessment))
    calm = dict.fromkeys((each for each in open_ if each not in assessment.ticked), SIGN_OPTIONS[0])
    assessment = way.together(visit, assessment, calm)
    return way.next_screen(visit, assessment)


def _happened(visit: Visit, assessment: Assessment) -> Screen:
    waiting = [QuestionId(sign) for sign in assessment.told if way.waits(assessment, sign)]
    held = visit.memory.scratch.held(visit.now)
    if not waiting and held is None:
        return way.paused(visit, assessment)
    return screens.happened(
        visit.words,
        screens.OfferedSigns(
            client=lookup.name(visit, assessment),
            assessment=assessment.number,
            signs=waiting,
            ticked=assessment.ticked,
            told=_told(visit, held) if held else None,
            hurts=any(is_critical(visit.catalogue, sign) for sign in waiting),
            before=held is None and bool(lookup.client(visit, assessment.client).beforehand),
        ),
    )


def _told(visit: Visit, held: Held) -> screens.OfferedFact:
    """Return what was told with its day: when it was said, or the one day that the words name."""
    sent = (held.said_at or held_since(held)).astimezone(visit.zone).date()
    named = {each.day for each in named_days(visit.words.reading, held.words, sent, ahead=False)}
    past = {day for day in named if day < sent}
    day = past.pop() if len(past) == 1 and held.said_at is None else sent
    return screens.OfferedFact(held.words, day, "" if day == visit.today else visit.day(day))
