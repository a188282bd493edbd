"""A client's plan and one action of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.knowledge import Words
from content.texts import Texts
from handlers.assessment import buttons as to
from handlers.clients import buttons as to_clients
from handlers.due.agenda import REASSESS
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    Row,
    Screen,
    Strong,
    Style,
    button,
    cut,
    header,
    primary,
)
from handlers.letters import buttons as to_letters
from storage.records import Action, ActionState, ClientNumber

MOST = 3
"""Actions at a time, the re-assessment not counted."""
OWN_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One action, ready to be shown."""

    action: Action
    name: str
    day: str
    late: bool
    letter: tuple[str, str] | None = None
    """Id and name of the letter that the advice leads to."""


def plan(
    texts: Texts, client: ClientNumber, name: str, waiting: Sequence[Step], done: Sequence[Step]
) -> Screen:
    """List the actions by date, and what is done."""
    lines = [
        texts(
            "plan.line_late" if step.late else "plan.line",
            number=number,
            name=step.name,
            date=step.day,
        )
        for number, step in enumerate(waiting, start=1)
    ]
    body = ["\n".join(lines) if lines else texts("plan.body_empty")]
    if done:
        body.append(texts("plan.line_done", names="; ".join(step.name for step in done)))
    rows: list[Row] = [
        (
            button(
                cut(f"{number}. {step.name}", LABEL_LIMITS[1]),
                to.ShowAction(action=step.action.number),
            ),
        )
        for number, step in enumerate(waiting, start=1)
    ]
    if sum(step.action.about != REASSESS for step in waiting) < MOST:
        rows.append((button(texts("plan.own"), to.OwnAction(client=client)),))
    rows.append((button(texts("common.to_client"), to_clients.ClientCard(client=client)),))
    return Screen(
        header=header(name, texts("plan.header")),
        body=tuple(body),
        state=texts("plan.intro") if waiting else "",
        rows=tuple(rows),
        place=to.ShowPlan(client=client).pack(),
    )


def action(
    words: Words, name: str, step: Step, body: tuple[str | Strong, ...], phrase: str
) -> Screen:
    """Show one action with its advice, and what can be done about it."""
    texts = words.texts
    number = step.action.number
    to_plan = button(texts("plan.to_plan"), to.ShowPlan(client=step.action.client))
    if step.action.state is ActionState.OPEN:
        said = texts("plan.action.late" if step.late else "plan.action.due", date=step.day)
        rows = _open_rows(texts, step, phrase)
    else:
        said = texts(f"plan.action.{step.action.state}_state")
        reopen = to.EndAction(action=number, state="open")
        rows = ((button(texts("plan.action.reopen"), reopen),),)
    return Screen(
        header=header(name, texts("plan.action.header")),
        body=body,
        state=said,
        rows=(*rows, (to_plan,)),
        place=to.ShowAction(action=number).pack(),
    )


def _open_rows(texts: Texts, step: Step, phrase: str) -> tuple[Row, ...]:
    number = step.action.number
    done = to.EndAction(action=number, state="done")
    rows: list[Row] = []
    if step.action.about == REASSESS:
        again = to.StartAssessment(client=step.action.client, depth="full")
        rows.append((primary(texts("plan.action.reassess_go"), again),))
    else:
        rows.append((button(texts("plan.action.done"), done, Style.SUCCESS),))
    if step.letter is not None:
        write = to_letters.StartLetter(client=step.action.client, kind=step.letter[0])
        label = cut(texts("letters.write", name=step.letter[1].lower()), LABEL_LIMITS[1])
        rows.append((button(label, write),))
    if phrase:
        rows.append((Button(texts("common.copy"), copy=phrase),))
    rows.append(
        (
            button(texts("plan.action.three"), to.MoveAction(action=number, days=3)),
            button(texts("plan.action.week"), to.MoveAction(action=number, days=7)),
        )
    )
    rows.append((button(texts("plan.action.fortnight"), to.MoveAction(action=number, days=14)),))
    drop = to.EndAction(action=number, state="dropped")
    rows.append((button(texts("plan.action.drop"), drop),))
    return tuple(rows)


def ask_own(texts: Texts, client: ClientNumber, name: str, said: str = "") -> Screen:
    """Ask an action in the person's own words."""
    return Screen(
        header=header(name, texts("plan.own_screen.header")),
        body=(said or texts("plan.own_screen.body", limit=OWN_LIMIT),),
        rows=((button(texts("common.cancel"), to.ShowPlan(client=client)),),),
        place=to.OwnAction(client=client).pack(),
    )
