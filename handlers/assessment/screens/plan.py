"""A client's plan: as it is proposed, as it is kept, and one action of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from content.knowledge import Words
from content.texts import Texts
from handlers.assessment import buttons as to
from handlers.clients import buttons as to_clients
from handlers.due.agenda import REASSESS
from handlers.engine.screen import (
    LABEL_LIMITS,
    BodyLine,
    Button,
    ButtonRow,
    Screen,
    Strong,
    Style,
    button,
    cut,
    header,
    primary,
    way_back,
)
from handlers.letters import buttons as to_letters
from storage.records import Action, ActionState, AssessmentNumber, ClientNumber

OWN_LIMIT = 200


@dataclass(frozen=True, slots=True)
class ShownAction:
    """One action, ready to be shown."""

    action: Action
    name: str
    day: str
    late: bool
    advised: bool = False
    """Whether it is the advice on a sign or an own gap: then it may help, or not."""
    letter: tuple[str, str] | None = None
    """Id and name of the letter that the advice leads to."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One deed of a plan that is not kept yet."""

    text: str
    day: str
    without: str
    """What is left of the plan without it; see ``to.EditPlan``."""
    week_on: str
    """The plan with this deed a week later."""


def proposal(
    texts: Texts,
    name: str,
    assessment: AssessmentNumber,
    deeds: Sequence[Proposed],
    left: str,
) -> Screen:
    """Show a plan before it is kept; each deed can be taken out or moved."""
    lines = [
        texts("plan.line", number=number, name=deed.text, date=deed.day)
        for number, deed in enumerate(deeds, start=1)
    ]
    rows: list[ButtonRow] = [
        (
            button(
                texts("plan.take_out", n=number),
                to.EditPlan(assessment=assessment, left=deed.without),
            ),
            button(
                texts("plan.week_on", n=number),
                to.EditPlan(assessment=assessment, left=deed.week_on),
            ),
        )
        for number, deed in enumerate(deeds, start=1)
    ]
    if deeds:
        keep = to.KeepPlan(assessment=assessment, left=left)
        rows.append((primary(texts("plan.keep"), keep),))
    else:
        rows.append((button(texts("plan.anew"), to.MakePlan(assessment=assessment)),))
    rows.append((button(texts("verdict.to_verdict"), to.ShowVerdict(assessment=assessment)),))
    return Screen(
        header=header(name, texts("plan.proposed_header")),
        body=("\n".join(lines),) if lines else (texts("plan.nothing_left"),),
        state=texts("plan.proposed") if lines else "",
        rows=tuple(rows),
        place=to.EditPlan(assessment=assessment, left=left).pack(),
    )


def no_plan(texts: Texts, name: str, assessment: AssessmentNumber) -> Screen:
    """Say that a verdict calls for no plan."""
    verdict = to.ShowVerdict(assessment=assessment)
    return Screen(
        header=header(name, texts("plan.header")),
        body=(texts("plan.none"),),
        rows=((button(texts("verdict.to_verdict"), verdict),),),
        place=verdict.pack(),
    )


def plan(
    texts: Texts, client: ClientNumber, name: str, steps: Sequence[ShownAction], *, full: bool
) -> Screen:
    """List the actions by date, and what came of those that are over."""
    waiting = [step for step in steps if step.action.state is ActionState.OPEN]
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
    over = {ActionState.DONE: "plan.line_done", ActionState.FAILED: "plan.line_failed"}
    for state, key in over.items():
        names = [step.name for step in steps if step.action.state is state]
        if names:
            body.append(texts(key, names="; ".join(names)))
    rows: list[ButtonRow] = [
        (
            button(
                cut(f"{number}. {step.name}", LABEL_LIMITS[1]),
                to.ShowAction(action=step.action.number),
            ),
        )
        for number, step in enumerate(waiting, start=1)
    ]
    if not full:
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
    words: Words, name: str, step: ShownAction, body: tuple[BodyLine, ...], phrase: str
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


def _open_rows(texts: Texts, step: ShownAction, phrase: str) -> tuple[ButtonRow, ...]:
    number = step.action.number
    done = to.EndAction(action=number, state="done")
    rows: list[ButtonRow] = []
    if step.action.about == REASSESS:
        again = to.StartAssessment(client=step.action.client, depth="full")
        rows.append((primary(texts("plan.action.reassess_go"), again),))
    elif step.advised:
        failed = to.EndAction(action=number, state="failed")
        rows.append(
            (
                button(texts("plan.action.helped"), done, Style.SUCCESS),
                button(texts("plan.action.failed"), failed),
            )
        )
    else:
        rows.append((button(texts("plan.action.done"), done, Style.SUCCESS),))
    if step.letter is not None:
        write = to_letters.StartLetter(client=step.action.client, kind=step.letter[0])
        label = cut(texts("letters.write", name=step.letter[1].lower()), LABEL_LIMITS[1])
        rows.append((button(label, write),))
    if phrase:
        rows.append((Button(texts("common.copy"), copy=phrase),))
    rows.append((button(texts("plan.action.later"), to.PutOffAction(action=number)),))
    drop = to.EndAction(action=number, state="dropped")
    rows.append((button(texts("plan.action.drop"), drop),))
    return tuple(rows)


def later(texts: Texts, name: str, step: ShownAction, days: Mapping[int, date]) -> Screen:
    """Ask when to come back to an action; each span with the working day that it leads to."""
    number = step.action.number
    labels = ("three", "week", "fortnight")
    return Screen(
        header=header(name, texts("plan.action.later_header")),
        body=(Strong(step.name),),
        rows=(
            *(
                (
                    button(
                        texts(
                            "letters.soon", name=texts(f"plan.action.{label}"), date=texts.date(day)
                        ),
                        to.MoveAction(action=number, days=ahead),
                    ),
                )
                for label, (ahead, day) in zip(labels, days.items(), strict=True)
            ),
            (button(texts("plan.action.to_action"), to.ShowAction(action=number)),),
        ),
        place=to.PutOffAction(action=number).pack(),
    )


def helped(texts: Texts, name: str, step: ShownAction) -> Screen:
    """Offer to change the answer on the sign that an action has helped with."""
    change = to.Helped(action=step.action.number)
    return Screen(
        header=header(name, texts("plan.action.header")),
        body=(Strong(step.name), texts("plan.action.helped_body")),
        rows=(
            (primary(texts("plan.action.change"), change),),
            (button(texts("plan.to_plan"), to.ShowPlan(client=step.action.client)),),
        ),
        place=to.ShowAction(action=step.action.number).pack(),
    )


def ask_own(texts: Texts, client: ClientNumber, name: str, said: str = "") -> Screen:
    """Ask an action in the person's own words."""
    return Screen(
        header=header(name, texts("plan.own_screen.header")),
        body=(said or texts("plan.own_screen.body", limit=OWN_LIMIT),),
        rows=((way_back(texts("common.cancel"), to.ShowPlan(client=client)),),),
        place=to.OwnAction(client=client).pack(),
    )
