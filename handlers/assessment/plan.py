"""The plan: at most three dated deeds of a client, and a day to assess again.

It is shown before it is kept. On its date each deed stands in the list of the day, until it is
answered, on three days at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from content.advice import AdviceItem, item
from content.first_letter import letter_about, letter_for
from content.models import QuestionId, VerdictId
from content.plan import DAYS_TO_REASSESS, MOST, Calendar, PlanStep
from content.plan import plan as planned
from content.stages import stage_on
from handlers.assessment import buttons as to
from handlers.assessment import sheets, way
from handlers.assessment.screens import plan as screens
from handlers.assessment.screens.advice import parts
from handlers.assessment.screens.plan import OWN_LIMIT, Proposed, ShownAction
from handlers.due.agenda import OWN, REASSESS, habits_of
from handlers.due.lines import action_name
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import BodyLine, Reply, Screen, Strong
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from storage.errors import NotFound
from storage.records import Action, ActionState, Assessment, Client, Prompt

OWN_DAYS = 7
WEEKS = 9
"""By so many weeks a deed of a proposed plan can be moved."""
LATER = (3, 7, 14)
"""Days after which to come back to an action."""
routes = Routes()


@routes.tap(to.MakePlan, opens=True)
def make(visit: Visit, at: to.MakePlan) -> Screen:
    """Propose a plan, or show the one that was kept."""
    assessment, name = lookup.assessment(visit, at.assessment)
    client = lookup.client(visit, assessment.client)
    if _is_kept(visit, assessment):
        return show_plan(visit, client)
    steps = _deeds(visit, assessment)
    if not steps:
        return screens.no_plan(visit.texts, name, assessment.number)
    return _proposal(visit, assessment, _packed([(place, 0) for place in range(len(steps))]))


@routes.tap(to.EditPlan, opens=True)
def edit(visit: Visit, at: to.EditPlan) -> Screen:
    """Show a proposed plan as it was changed."""
    assessment, _ = lookup.assessment(visit, at.assessment)
    if _is_kept(visit, assessment):
        return show_plan(visit, lookup.client(visit, assessment.client))
    return _proposal(visit, assessment, at.left)


@routes.tap(to.KeepPlan)
def keep(visit: Visit, at: to.KeepPlan) -> Answered:
    """Keep a proposed plan in place of the one before, and a day to assess again."""
    assessment, _ = lookup.assessment(visit, at.assessment)
    client = lookup.client(visit, assessment.client)
    if _is_kept(visit, assessment):
        return show_plan(visit, client)
    actions = visit.memory.plans.of_client(client.number)
    superseded = [each.number for each in actions if each.state is ActionState.OPEN]
    visit.memory.plans.set_state(superseded, ActionState.DROPPED)
    number = assessment.number
    for deed in _chosen(visit, assessment, at.left):
        visit.memory.plans.add(client.number, number, deed.about, deed.due, deed.text)
    if assessment.verdict not in (VerdictId.PART, VerdictId.LEAVE_NOW):
        due = _calendar(visit).after(DAYS_TO_REASSESS)
        visit.memory.plans.add(client.number, number, REASSESS, due)
    return Reply(show_plan(visit, client), toast=visit.texts("plan.made"))


@routes.tap(to.ShowPlan, opens=True)
def show(visit: Visit, at: to.ShowPlan) -> Screen:
    return show_plan(visit, lookup.client(visit, at.client))


@routes.tap(to.ShowAction, opens=True)
def show_one(visit: Visit, at: to.ShowAction) -> Screen:
    action, client = lookup.action(visit, at.action)
    return _action(visit, action, client)


@routes.tap(to.MoveAction)
def move(visit: Visit, at: to.MoveAction) -> Answered:
    """Give an action another date."""
    action, client = lookup.action(visit, at.action)
    action = replace(action, due=_calendar(visit).coming(min(at.days, 366)), listed=0)
    visit.memory.plans.save(action)
    toast = visit.texts("plan.toast.moved", date=visit.day(action.due))
    return Reply(_action(visit, action, client), toast=toast)


@routes.tap(to.PutOffAction, opens=True)
def later(visit: Visit, at: to.PutOffAction) -> Screen:
    """Ask when to come back to an action."""
    action, client = lookup.action(visit, at.action)
    calendar = _calendar(visit)
    days = {ahead: calendar.coming(ahead) for ahead in LATER}
    return screens.later(visit.texts, client_name(visit.words, client), _step(visit, action), days)


@routes.tap(to.EndAction)
def end(visit: Visit, at: to.EndAction) -> Answered:
    """Keep what came of an action, or take it up again; what helped may change an answer."""
    action, client = lookup.action(visit, at.action)
    action = replace(action, state=ActionState(at.state), listed=0)
    visit.memory.plans.save(action)
    toast = visit.texts(f"plan.toast.{at.state}")
    step = _step(visit, action)
    if action.state is ActionState.DONE and step.advised:
        name = client_name(visit.words, client)
        return Reply(screens.helped(visit.texts, name, step), toast=toast)
    return Reply(show_plan(visit, client), toast=toast)


@routes.tap(to.Helped)
def helped(visit: Visit, at: to.Helped) -> Answered:
    """Open the answer on what an action has helped with, in an assessment of today."""
    action, client = lookup.action(visit, at.action)
    newest = sheets.last_judged(visit.memory, client.number)
    unfinished = sheets.open_one(visit.memory, client.number)
    if unfinished is None and newest is None:
        raise NotFound(f"client {client.number} has no assessment")
    if unfinished is None and newest is not None:
        unfinished = visit.memory.assessments.copy(newest.number, visit.now)
    assert unfinished is not None  # noqa: S101 - one of the two is there
    return way.question_screen(visit, unfinished, QuestionId(action.about))


@routes.tap(to.OwnAction, opens=True)
def ask_own(visit: Visit, at: to.OwnAction) -> Screen:
    """Ask an action in the person's own words."""
    client = lookup.client(visit, at.client)
    name = client_name(visit.words, client)
    if _is_full(visit, client):
        said = visit.texts("plan.own_screen.full")
        return show_plan(visit, client).saying(said)
    screen = screens.ask_own(visit.texts, client.number, name)
    return ask(visit, "own_action", str(client.number), screen)


@routes.prompt("own_action")
def own(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Keep an action in the person's own words."""
    client = lookup.client(visit, int(prompt.subject))
    if _is_full(visit, client):
        return show_plan(visit, client).saying(visit.texts("plan.own_screen.full"))
    words = " ".join(text.split())
    if len(words) > OWN_LIMIT:
        said = visit.texts("plan.own_screen.too_long", n=len(words), limit=OWN_LIMIT)
        name = client_name(visit.words, client)
        screen = screens.ask_own(visit.texts, client.number, name, said)
        return ask(visit, prompt.kind, prompt.subject, screen)
    due = visit.today + timedelta(days=OWN_DAYS)
    newest = sheets.last_judged(visit.memory, client.number)
    if newest is None:
        raise NotFound(f"client {client.number} has no verdict to plan from")
    visit.memory.plans.add(client.number, newest.number, OWN, due, words)
    toast = visit.texts("plan.toast.own", date=visit.day(due))
    return Reply(show_plan(visit, client).saying(toast), toast=toast)


def add_own(visit: Visit, client: Client, steps: Sequence[str]) -> int:
    """Add steps that are not in the plan yet, as far as it has room; return how many."""
    newest = sheets.last_judged(visit.memory, client.number)
    waiting = {
        each.words
        for each in visit.memory.plans.of_client(client.number)
        if each.state is ActionState.OPEN
    }
    added = 0
    for words in steps:
        if newest is not None and words not in waiting and not _is_full(visit, client):
            due = visit.today + timedelta(days=OWN_DAYS)
            visit.memory.plans.add(client.number, newest.number, OWN, due, words)
            added += 1
    return added


def show_plan(visit: Visit, client: Client) -> Screen:
    return screens.plan(
        visit.texts,
        client.number,
        client_name(visit.words, client),
        [_step(visit, each) for each in visit.memory.plans.of_client(client.number)],
        full=_is_full(visit, client),
    )


def _is_kept(visit: Visit, assessment: Assessment) -> bool:
    actions = visit.memory.plans.of_client(assessment.client)
    return any(each.assessment == assessment.number for each in actions)


def _calendar(visit: Visit) -> Calendar:
    reminding = visit.memory.reminders.get()
    return Calendar(visit.today, habits_of(visit.person, reminding), reminding.away_until)


def _deeds(visit: Visit, assessment: Assessment) -> tuple[PlanStep, ...]:
    judged = sheets.judged(visit.memory, visit.catalogue, assessment)
    return planned(visit.words, visit.catalogue, *judged, calendar=_calendar(visit))


def _chosen(visit: Visit, assessment: Assessment, left: str) -> list[PlanStep]:
    """Return the deeds that are left of a proposed plan, each moved as it was wished."""
    deeds = _deeds(visit, assessment)
    free = _calendar(visit).is_free
    chosen = []
    for place, weeks in _unpacked(left):
        if place < len(deeds):
            due = deeds[place].due + timedelta(weeks=weeks)
            while weeks and free(due):
                due += timedelta(days=1)
            chosen.append(replace(deeds[place], due=due))
    return chosen


def _proposal(visit: Visit, assessment: Assessment, left: str) -> Screen:
    marks = [each for each in _unpacked(left) if each[0] < len(_deeds(visit, assessment))]
    proposed = []
    for number, (deed, (place, weeks)) in enumerate(
        zip(_chosen(visit, assessment, left), marks, strict=True)
    ):
        others = marks[:number], marks[number + 1 :]
        moved = (place, min(weeks + 1, WEEKS))
        proposed.append(
            Proposed(
                text=deed.text,
                day=visit.day(deed.due),
                without=_packed([*others[0], *others[1]]),
                week_on=_packed([*others[0], moved, *others[1]]),
            )
        )
    name = lookup.name(visit, assessment)
    return screens.proposal(visit.texts, name, assessment.number, proposed, _packed(marks))


def _packed(marks: Sequence[tuple[int, int]]) -> str:
    return "".join(f"{place}{weeks}" for place, weeks in marks)


def _unpacked(left: str) -> list[tuple[int, int]]:
    pairs = zip(left[::2], left[1::2], strict=True)
    return [(int(place), int(weeks)) for place, weeks in pairs]


def _is_full(visit: Visit, client: Client) -> bool:
    waiting = [
        each
        for each in visit.memory.plans.of_client(client.number)
        if each.state is ActionState.OPEN and each.about != REASSESS
    ]
    return len(waiting) >= MOST


def _step(visit: Visit, action: Action) -> ShownAction:
    return ShownAction(
        action=action,
        name=action_name(visit, action),
        day=visit.day(action.due),
        late=action.due < visit.today,
        advised=_is_advised(visit, action),
        letter=_letter(visit, action),
    )


def _is_advised(visit: Visit, action: Action) -> bool:
    return action.about in visit.catalogue.signs or action.about in visit.catalogue.questions


def _advice(visit: Visit, action: Action) -> AdviceItem | None:
    """Return the advice that an action comes from, as it was given then."""
    if not _is_advised(visit, action):
        return None
    assessment = lookup.sheet(visit, action.assessment)
    sheet = sheets.sheet_of(assessment)
    verdict = VerdictId(assessment.verdict or VerdictId.CANNOT_TELL)
    return item(visit.words, visit.catalogue, sheet, verdict, QuestionId(action.about))


def _action(visit: Visit, action: Action, client: Client) -> Screen:
    body: tuple[BodyLine, ...] = (Strong(action_name(visit, action)),)
    phrase = ""
    if action.about == REASSESS:
        body += (visit.texts("plan.action.reassess_body"),)
    elif advice := _advice(visit, action):
        said, _ = parts(visit.words, visit.catalogue, advice)
        body, phrase = (*body, *said[1:]), advice.phrase
    name = client_name(visit.words, client)
    return screens.action(visit.words, name, _step(visit, action), body, phrase)


def _letter(visit: Visit, action: Action) -> tuple[str, str] | None:
    """Return the letter that a deed leads to, with its name: of the sign, or of the verdict."""
    letters = visit.knowledge.letters
    assessment = lookup.sheet(visit, action.assessment)
    sheet, verdict = sheets.judged(visit.memory, visit.catalogue, assessment)
    if action.about == assessment.verdict:
        id_ = letter_for(visit.catalogue, letters, sheet, verdict)
    elif (about := QuestionId(action.about)) in sheet.answers:
        stage = stage_on(visit.catalogue, sheet, verdict.id, about)
        id_ = letter_about(letters, about, stage)
    else:
        id_ = None
    return (id_, letters.talk[visit.words.language].letters[id_].name) if id_ else None
