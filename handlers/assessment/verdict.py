"""The verdict and everything that hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from content import advice as answers
from content.advice import advice, card, deeds
from content.asking import standing
from content.first_letter import claim_before, cooler_than, letter_for
from content.letters.models import LetterId
from content.models import REFLECTION_OPTIONS, Certainty, VerdictId
from content.questionnaire import asked
from content.stages import PARTINGS
from content.themes import was_harmed
from content.verdict import RULE, judge
from handlers.assessment import buttons as to
from handlers.assessment import opinion, sheets, trend, way
from handlers.assessment.screens import advice as advice_screens
from handlers.assessment.screens import verdict as screens
from handlers.due import hindsight, when
from handlers.engine import lookup
from handlers.engine.routing import Answered, Redelivery, Routes
from handlers.engine.screen import ButtonRow, Paper, Reply, Screen, button
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.reminders import buttons as to_reminders
from storage.records import Assessment, Fact, FactNumber, FactSource, Letter

HAND_OVER = "hand_over"
"""The letter of a parting that is nobody's fault."""
REPORTING = "reporting"
WEAK = REFLECTION_OPTIONS[1:]
routes = Routes()
At = TypeVar("At", bound=to.OfAssessment)


def judged(
    handler: Callable[[Visit, At, screens.Judged], Answered],
) -> Callable[[Visit, At], Answered]:
    """Hand the judged assessment to the handler; one that is open goes on where it is."""

    def handle(visit: Visit, at: At) -> Answered:
        assessment, _ = lookup.assessment(visit, at.assessment)
        if assessment.judged_at is None:
            return way.next_screen(visit, assessment)
        return handler(visit, at, _look(visit, assessment))

    return handle


@routes.tap(to.ShowVerdict, opens=True)
@judged
def show(visit: Visit, _at: to.ShowVerdict, done: screens.Judged) -> Screen:
    """Show a verdict, also an older one."""
    return screens.verdict(visit.words, done)


@routes.tap(to.ShowAdvice, opens=True)
@judged
def advise(visit: Visit, at: to.ShowAdvice, done: screens.Judged) -> Screen:
    return advice_screens.advice(visit.words, visit.catalogue, done, at.index)


@routes.tap(to.ShowWhy, opens=True)
@judged
def explain(visit: Visit, _at: to.ShowWhy, done: screens.Judged) -> Screen:
    """Give all reasons, and what would move the verdict."""
    return screens.why(visit.words, visit.catalogue, done)


@routes.tap(to.ShowOwnPart, opens=True)
@judged
def own_part(visit: Visit, _at: to.ShowOwnPart, done: screens.Judged) -> Screen:
    """Say what of it may be one's own."""
    return screens.about_oneself(visit.words, done, _report_offered(visit, done))


@routes.tap(to.MoreOnVerdict, opens=True)
@judged
def more(visit: Visit, _at: to.MoreOnVerdict, done: screens.Judged) -> Screen:
    """Offer the rest."""
    return screens.more(visit.words, visit.catalogue, done)


@routes.tap(to.Encourage, opens=True)
@judged
def encourage(visit: Visit, _at: to.Encourage, done: screens.Judged) -> Screen:
    """Say the good word that fits."""
    return screens.kind_word(visit.words, done)


@routes.tap(to.SecondOpinion, redelivery=Redelivery.RUN)
@judged
def second_opinion(visit: Visit, _at: to.SecondOpinion, done: screens.Judged) -> Reply:
    """Hand over a summary without names."""
    voice = "team" if visit.person.team else visit.person.gender
    paper = Paper(screens.second_opinion(visit.words, visit.catalogue, done, voice))
    return Reply(
        opinion.show(visit, lookup.client(visit, done.assessment.client)),
        toast=visit.texts("verdict.toast.second"),
        papers=(paper,),
    )


@routes.tap(to.ShowTrend, opens=True)
@judged
def what_changed(visit: Visit, _at: to.ShowTrend, done: screens.Judged) -> Screen:
    """Say what changed since the verdict before."""
    earlier = visit.memory.assessments.judged_before(done.assessment)
    if earlier is None:
        return screens.verdict(visit.words, done)
    lines = trend.changes(visit.words, visit.catalogue, earlier, done.assessment)
    return screens.trend(visit.words, done, _period(visit, earlier, done.assessment), lines)


@routes.tap(to.History, opens=True)
def history(visit: Visit, at: to.History) -> Screen:
    """List the verdicts on a client and say what the last one changed."""
    client = lookup.client(visit, at.client)
    done = sheets.comparable(visit.memory.assessments.of_client(client.number))
    entries = [(each, _day(visit, each)) for each in reversed(done)]
    lines: tuple[str, ...] = ()
    if len(done) > 1:
        before, after = done[-2:]
        changes = trend.changes(visit.words, visit.catalogue, before, after)
        lines = (_period(visit, before, after), *changes)
    lines += hindsight.told(visit, client.number)
    name = client_name(visit.words, client)
    return screens.history(visit.words, client.number, name, entries, lines)


@routes.tap(to.Change)
@judged
def change(visit: Visit, _at: to.Change, done: screens.Judged) -> Answered:
    """Copy the answers into an assessment of today, where one can be changed."""
    unfinished = sheets.open_one(visit.memory, done.assessment.client)
    if unfinished is not None:
        return Reply(way.next_screen(visit, unfinished), toast=visit.texts("assess.toast.resumed"))
    copy = visit.memory.assessments.copy(done.assessment.number, visit.now)
    return Reply(way.hub(visit, copy), toast=visit.texts("verdict.toast.copied"))


@routes.tap(to.Deepen)
@judged
def deepen(visit: Visit, _at: to.Deepen, done: screens.Judged) -> Screen:
    """Answer what was not asked and could still move it; nothing is asked twice.

    A preliminary verdict goes on until it is likely, a likely one until nothing can move it.
    """
    if done.standing.question is None:
        return screens.verdict(visit.words, done)
    unfinished = sheets.open_one(visit.memory, done.assessment.client)
    copy = unfinished or visit.memory.assessments.copy(done.assessment.number, visit.now)
    likely = done.standing.certainty is Certainty.LIKELY
    copy = replace(copy, whole=copy.whole or likely)
    visit.memory.assessments.save(copy)
    return way.next_screen(visit, copy)


@routes.tap(to.NoStrength, opens=True)
@judged
def no_strength(visit: Visit, _at: to.NoStrength, done: screens.Judged) -> Screen:
    """Ask before it is judged again, knowing that no strength is left."""
    return screens.ask_end(visit.words, done, "exhausted")


@routes.tap(to.WantsOut, opens=True)
@judged
def wants_out(visit: Visit, _at: to.WantsOut, done: screens.Judged) -> Screen:
    """Ask before it is judged again, knowing that the person wants to end it."""
    return screens.ask_end(visit.words, done, "wants_out")


@routes.tap(to.EndIt)
@judged
def end_it(visit: Visit, at: to.EndIt, done: screens.Judged) -> Answered:
    """Judge again, knowing that; a second tap shows what came of the first."""
    newest = sheets.last_judged(visit.memory, done.assessment.client)
    if newest is not None and getattr(newest, at.why):
        return screens.verdict(visit.words, _look(visit, newest))
    copy = visit.memory.assessments.copy(done.assessment.number, visit.now)
    copy = replace(
        copy,
        exhausted=copy.exhausted or at.why == "exhausted",
        wants_out=copy.wants_out or at.why == "wants_out",
    )
    visit.memory.assessments.save(copy)
    hurt = at.why == "wants_out" and was_harmed(done.verdict)
    key = f"verdict.toast.{at.why}_hurt" if hurt else f"verdict.toast.{at.why}"
    return Reply(way.reach(visit, copy), toast=visit.texts(key))


@routes.tap(to.ClientLeaves, opens=True)
@judged
def client_leaves(visit: Visit, _at: to.ClientLeaves, done: screens.Judged) -> Screen:
    """Say what to ask for where the client goes by themselves."""
    return screens.client_leaves(visit.words, done, HAND_OVER)


@routes.tap(to.KeepLeaving)
@judged
def keep_leaving(visit: Visit, _at: to.KeepLeaving, done: screens.Judged) -> Answered:
    """Write into the log that the client goes; twice on one day is once."""
    words = visit.texts("verdict.leaves.fact")
    client = done.assessment.client
    there = visit.memory.facts.of_client(client)
    if not any(each.words == words and each.day == visit.today for each in there):
        visit.memory.facts.add(
            Fact(
                number=FactNumber(0),
                client=client,
                day=visit.today,
                words=words,
                source=FactSource.TYPED,
                captured_at=visit.now,
                touched_at=visit.sent,
            )
        )
    hindsight.ended(visit, client, visit.today)
    screen = screens.client_leaves(visit.words, done, HAND_OVER)
    return Reply(screen, toast=visit.texts("verdict.toast.leaves"))


def _look(visit: Visit, assessment: Assessment) -> screens.Judged:
    """Gather what the screens of a verdict say.

    The verdict is the one that was given, also where the rule has changed since.
    """
    memory, client = visit.memory, assessment.client
    for each in (memory.assessments, memory.letters, memory.details):  # in one message
        each.expect_of_client(client)
    sheet = sheets.sheet_now(memory, assessment)
    newest = sheets.last_judged(memory, client)
    written = memory.letters.of_client(client)
    verdict = judge(visit.catalogue, sheet)
    former = assessment.rule != RULE
    if former:
        verdict = replace(verdict, id=VerdictId(assessment.verdict or verdict.id), grounds=())
    words, catalogue = visit.words, visit.catalogue
    whole = asked(catalogue, team=sheet.team)
    older = newest is not None and newest.number != assessment.number
    before = memory.assessments.judged_before(assessment)
    earlier = sheets.sheet_of(before) if before is not None else None
    items = advice(words, catalogue, sheet, verdict)
    steps = deeds(words, catalogue, sheet, verdict)
    letters = visit.knowledge.letters
    first = letter_for(catalogue, letters, sheet, verdict)
    letter = _named(visit, first)
    sent = _sent(visit, assessment, written, letter)
    claim = _named(visit, claim_before(letters, verdict, steps))
    shown = card(words, catalogue, sheet, verdict, earlier)
    if sent:
        shown, letter = replace(shown, next=sent), None
    return screens.Judged(
        assessment=assessment,
        name=lookup.name(visit, assessment),
        day=_day(visit, assessment),
        verdict=verdict,
        sheet=sheet,
        total=len(whole),
        card=replace(shown, easier="") if former else shown,
        own=answers.own_part(words, catalogue, verdict),
        advice=items,
        standing=standing(catalogue, sheet),
        former_rule=former,
        planned=bool(steps),
        newer=_day(visit, newest) if older and newest is not None else "",
        has_earlier=before is not None,
        letter=letter,
        cooler=_named(visit, cooler_than(letters, first, verdict)) if letter else None,
        claim=None if _sent(visit, assessment, written, claim) else claim,
        record="" if older else hindsight.record(visit, verdict.id),
    )


def _report_offered(visit: Visit, done: screens.Judged) -> ButtonRow:
    """Offer a weekly report where the client hears too little and no weekday was chosen.

    Not where it comes to an end, nor under an older verdict.
    """
    client = done.assessment.client
    offered = when.offered_day(visit, client)
    going_on = done.verdict.id not in PARTINGS and not done.newer
    if done.assessment.option(REPORTING) not in WEAK or offered is None or not going_on:
        return ()
    weekday, every = offered
    label = visit.texts("verdict.own_report", every=every)
    return (button(label, to_reminders.ChooseDay(client=client, weekday=weekday)),)


def _sent(
    visit: Visit,
    assessment: Assessment,
    written: Iterable[Letter],
    letter: tuple[str, str] | None,
) -> str:
    """Say when the letter that a verdict leads to was sent since; empty where it was not."""
    if letter is None:
        return ""
    id_, name = letter
    since = (assessment.judged_at or assessment.started_at).astimezone(visit.zone).date()
    days = [
        each.sent_on
        for each in written
        if each.kind == id_ and each.sent_on is not None and each.sent_on >= since
    ]
    return visit.texts("verdict.letter_sent", name=name, date=visit.day(max(days))) if days else ""


def _named(visit: Visit, letter: LetterId | None) -> tuple[str, str] | None:
    """Return a letter with its name."""
    talk = visit.knowledge.letters.talk[visit.words.language]
    return None if letter is None else (letter, talk.letters[letter].name)


def _period(visit: Visit, before: Assessment, after: Assessment) -> str:
    return visit.texts(
        "verdict.trend.line",
        before=_day(visit, before),
        after=_day(visit, after),
        change=trend.change_in_brief(visit.words, before, after),
    )


def _day(visit: Visit, assessment: Assessment) -> str:
    return visit.day(assessment.judged_at or assessment.started_at)
