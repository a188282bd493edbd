"""From the last question to the verdict: what was tried, the last effort, a look at all answers."""

from __future__ import annotations

from dataclasses import replace

from handlers.assessment import buttons as to
from handlers.assessment import way
from handlers.assessment.assess import unjudged
from handlers.assessment.screens import closing as screens
from handlers.engine import lookup
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Reply, Screen
from handlers.engine.visit import Visit
from storage.records import Assessment

routes = Routes()


@routes.tap(to.Stop, opens=True)
@unjudged
def stop(visit: Visit, _at: to.Stop, assessment: Assessment) -> Screen:
    """Say which verdict can be seen already."""
    return way.stop(visit, assessment)


@routes.tap(to.GoOn)
@unjudged
def go_on(visit: Visit, _at: to.GoOn, assessment: Assessment) -> Screen:
    """Answer until nothing can move the verdict."""
    assessment = replace(assessment, whole=True)
    visit.memory.assessments.save(assessment)
    return way.next_screen(visit, assessment)


@routes.tap(to.Finish)
@unjudged
def finish(visit: Visit, _at: to.Finish, assessment: Assessment) -> Screen:
    """Go to the verdict by way of what could still move it."""
    return (
        way.finish(visit, assessment) if assessment.answers else way.next_screen(visit, assessment)
    )


@routes.tap(to.Tried, opens=True)
@unjudged
def tried(visit: Visit, at: to.Tried, assessment: Assessment) -> Screen:
    """Ask what was tried already."""
    return screens.tried(visit.words, visit.catalogue, way.fill(visit, assessment), at.page)


@routes.tap(to.Try)
@unjudged
def mark_tried(visit: Visit, at: to.Try, assessment: Assessment) -> Answered:
    """Mark the advice of a sign as tried in vain, or take the mark off."""
    sign = way.known_question(visit, assessment, at.question)
    marks = assessment.tried | {sign} if at.tried else assessment.tried - {sign}
    assessment = replace(assessment, tried=frozenset(marks))
    visit.memory.assessments.save(assessment)
    return Reply(
        screens.tried(visit.words, visit.catalogue, way.fill(visit, assessment), at.page),
        toast=visit.texts("assess.toast.tried" if at.tried else "assess.toast.untried"),
    )


@routes.tap(to.AskLastEffort, opens=True)
@unjudged
def ask_last_effort(visit: Visit, _at: to.AskLastEffort, assessment: Assessment) -> Screen:
    """Ask whether a last effort was made."""
    return screens.last_effort(visit.words, way.fill(visit, assessment))


@routes.tap(to.SetLastEffort)
@unjudged
def set_last_effort(visit: Visit, at: to.SetLastEffort, assessment: Assessment) -> Screen:
    """Keep what became of the last effort and reach the verdict."""
    exhausted = at.state == "exhausted"
    made = assessment.last_effort if exhausted else at.state
    assessment = replace(assessment, last_effort=made, exhausted=exhausted)
    visit.memory.assessments.save(assessment)
    return way.reach(visit, assessment)


@routes.tap(to.Review, opens=True)
@unjudged
def review(visit: Visit, _at: to.Review, assessment: Assessment) -> Screen:
    """Show all answers, and what was not asked."""
    return screens.review(visit.words, visit.catalogue, way.fill(visit, assessment))


@routes.tap(to.ReviewTopic, opens=True)
@unjudged
def review_topic(visit: Visit, at: to.ReviewTopic, assessment: Assessment) -> Screen:
    """Open one topic: its answers, and what was not asked."""
    return screens.review_topic(visit.words, visit.catalogue, way.fill(visit, assessment), at.topic)


@routes.tap(to.Again, opens=True)
@unjudged
def again(visit: Visit, at: to.Again, assessment: Assessment) -> Screen:
    """Show the answers of last time, to say what has changed."""
    return way.hub(visit, assessment, at.page)


@routes.tap(to.Judge)
def judge(visit: Visit, at: to.Judge) -> Screen:
    """Reach the verdict at once; a second tap shows it again."""
    assessment = lookup.sheet(visit, at.assessment)
    if assessment.judged_at is not None:
        return visit.open(to.ShowVerdict(assessment=assessment.number))
    return (
        way.reach(visit, assessment) if assessment.answers else way.next_screen(visit, assessment)
    )
