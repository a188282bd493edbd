"""The plan: at most three dated actions of a client, and a day to assess again.

On its date each stands in the list of the day, until it is answered, on three days at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from content.models import QuestionId, VerdictId
from content.verdict import judge
from handlers.assessment import buttons as to
from handlers.assessment import sheets
from handlers.assessment.screens import plan as screens
from handlers.assessment.screens.plan import MOST, OWN_LIMIT, Step
from handlers.assessment.screens.verdict import advice_parts
from handlers.assessment.verdict import advised
from handlers.due.agenda import OWN, REASSESS
from handlers.due.lines import action_name
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Reply, Screen, Strong
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from storage.protocols import NotFound
from storage.records import Action, ActionState, Assessment, Client, Prompt

DAYS = (2, 7, 12)
"""Days from today for the three actions of a new plan: «план на две недели»."""
DAYS_TO_REASSESS = 21
OWN_DAYS = 7
routes = Routes()


@routes.tap(to.MakePlan)
def make(visit: Visit, at: to.MakePlan) -> Answered:
    """Make a plan of the first three pieces of advice, or show the one made before."""
    assessment, _ = lookup.assessment(visit, at.assessment)
    client = lookup.client(visit, assessment.client)
    actions = visit.memory.plans.of_client(client.number)
    if any(each.assessment == assessment.number for each in actions):
        return show_plan(visit, client)
    superseded = [each.number for each in actions if each.state is ActionState.OPEN]
    visit.memory.plans.set_state(superseded, ActionState.DROPPED)
    _propose(visit, assessment)
    return Reply(show_plan(visit, client), toast=visit.texts("plan.made"))


@routes.tap(to.ShowPlan, opens=True)
def show(visit: Visit, at: to.ShowPlan) -> Screen:
    """Show the plan of a client."""
    return show_plan(visit, lookup.client(visit, at.client))


@routes.tap(to.ShowAction, opens=True)
def show_one(visit: Visit, at: to.ShowAction) -> Screen:
    """Show one action."""
    action, client = lookup.action(visit, at.action)
    return _action(visit, action, client)


@routes.tap(to.MoveAction)
def move(visit: Visit, at: to.MoveAction) -> Answered:
    """Give an action another date."""
    action, client = lookup.action(visit, at.action)
    action = replace(action, due=visit.today + timedelta(days=min(at.days, 366)), listed=0)
    visit.memory.plans.save(action)
    toast = visit.texts("plan.toast.moved", date=visit.day(action.due))
    return Reply(_action(visit, action, client), toast=toast)


@routes.tap(to.EndAction)
def end(visit: Visit, at: to.EndAction) -> Answered:
    """Mark an action as done or dropped, or take it up again."""
    action, client = lookup.action(visit, at.action)
    visit.memory.plans.save(replace(action, state=ActionState(at.state), listed=0))
    return Reply(show_plan(visit, client), toast=visit.texts(f"plan.toast.{at.state}"))


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
    """Show the actions of a client."""
    steps = [_step(visit, each) for each in visit.memory.plans.of_client(client.number)]
    return screens.plan(
        visit.texts,
        client.number,
        client_name(visit.words, client),
        waiting=[step for step in steps if step.action.state is ActionState.OPEN],
        done=[step for step in steps if step.action.state is ActionState.DONE],
    )


def _propose(visit: Visit, assessment: Assessment) -> None:
    sheet = sheets.sheet_of(assessment)
    verdict = judge(visit.catalogue, sheet)
    about = advised(verdict)[:MOST]
    for question, days in zip(about, DAYS, strict=False):
        due = visit.today + timedelta(days=days)
        visit.memory.plans.add(assessment.client, assessment.number, question, due)
    if verdict.id not in (VerdictId.PART, VerdictId.LEAVE_NOW):
        due = visit.today + timedelta(days=DAYS_TO_REASSESS)
        visit.memory.plans.add(assessment.client, assessment.number, REASSESS, due)


def _is_full(visit: Visit, client: Client) -> bool:
    waiting = [
        each
        for each in visit.memory.plans.of_client(client.number)
        if each.state is ActionState.OPEN and each.about != REASSESS
    ]
    return len(waiting) >= MOST


def _step(visit: Visit, action: Action) -> Step:
    return Step(
        action=action,
        name=action_name(visit, action),
        day=visit.day(action.due),
        late=action.due < visit.today,
        letter=_letter(visit, action.about),
    )


def _action(visit: Visit, action: Action, client: Client) -> Screen:
    body: tuple[str | Strong, ...]
    phrase = ""
    if action.about == REASSESS:
        body = (Strong(action_name(visit, action)), visit.texts("plan.action.reassess_body"))
    elif action.about == OWN:
        body = (Strong(action_name(visit, action)),)
    else:
        body, _, phrase = advice_parts(visit.words, visit.catalogue, QuestionId(action.about))
    name = client_name(visit.words, client)
    return screens.action(visit.words, name, _step(visit, action), body, phrase)


def _letter(visit: Visit, about: str) -> tuple[str, str] | None:
    """Return the letter that the advice on a sign leads to, with its name."""
    letters = visit.knowledge.letters
    for id_, kind in letters.kinds.items():
        if about in kind.data.signs:
            return id_, letters.talk[visit.words.language].letters[id_].name
    return None
