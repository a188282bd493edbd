"""Life after a letter: the last day of a farewell, the day an answer is due, what was said before.

A farewell that went out has its last day on the card; on that day the hand-over and the archive
are offered, and the weekly reports end with it. A letter that asks for an answer is asked about on
the day that it was due.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.clients import buttons as to_clients
from handlers.due import hindsight
from handlers.due.agenda import ANSWER, LAST_DAY, PAYMENT
from handlers.due.lines import NAME_SHOWN
from handlers.engine import lookup
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import LABEL_LIMITS, Button, Coming, Reply, button, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.letters import buttons as to
from handlers.letters import ladder, values
from storage.errors import NotFound
from storage.records import ActionState, ClientNumber, Letter, Promise, PromiseNumber

HAND_OVER, SILENCE, BEGGING, ANGRY = "hand_over", "reply_silence", "reply_begging", "reply_angry"
DATES = {
    "farewell": (LAST_DAY, "last_day"),
    "leaving": (LAST_DAY, "last_day"),
    "closing": (LAST_DAY, "last_day"),
    "last_effort": (ANSWER, "answer_by"),
    "reply_discount": (ANSWER, "answer_by"),
    "agreement": (ANSWER, "confirm_by"),
    "stage_plan": (ANSWER, "confirm_by"),
    "brief": (ANSWER, "confirm_by"),
}
"""Kind of a letter → the promise that it opens, and the blank that holds its day."""
KNOWN = {BEGGING: ("last_day", "last_day"), HAND_OVER: ("until", "last_day")}
"""Kind of a letter → its blank that the farewell before it has answered, and that one's."""
routes = Routes()


def promised(visit: Visit, letter: Letter) -> Promise | None:
    """Return the open promise of a letter that went out."""
    kinds = {kind for kind, _ in DATES.values()} | {PAYMENT}
    return next(
        (
            each
            for each in visit.memory.promises.open()
            if each.kind in kinds and each.subject == letter.number
        ),
        None,
    )


def went_out(visit: Visit, letter: Letter) -> None:
    """Remember the day that a letter has set."""
    ladder.went_out(visit, letter)
    kind, blank = DATES.get(letter.kind, ("", ""))
    day = values.filled(visit, letter).values.get(blank) if kind else None
    if isinstance(day, date) and promised(visit, letter) is None:
        promise = Promise(
            number=PromiseNumber(0),
            client=letter.client,
            kind=kind,
            due=day,
            subject=letter.number,
        )
        visit.memory.promises.add(promise)


def taken_back(visit: Visit, letter: Letter) -> None:
    """Forget the day of a letter that did not go out after all."""
    promise = promised(visit, letter)
    if promise is not None:
        visit.memory.promises.save(replace(promise, state=ActionState.DROPPED))


def known(visit: Visit, letter: Letter) -> dict[str, str]:
    """Return what an earlier letter to this client says already, by the blanks of a new one."""
    if letter.kind == ladder.KIND:
        return ladder.known(visit, letter)
    sent = [each for each in visit.memory.letters.of_client(letter.client) if each.sent_on]
    newest = max(sent, key=lambda each: (each.sent_on, each.number), default=None)
    if letter.kind == SILENCE and newest is not None and newest.sent_on is not None:
        return {"sent_on": newest.sent_on.isoformat()}
    blank, said_in = KNOWN.get(letter.kind, ("", ""))
    partings = [each for each in sent if DATES.get(each.kind, ("",))[0] == LAST_DAY]
    parting = max(partings, key=lambda each: (each.sent_on, each.number), default=None)
    day = parting.filled.get(said_in, "") if parting else ""
    return {blank: day} if blank and day >= visit.today.isoformat() else {}


def told(visit: Visit, letter: Letter) -> tuple[str, tuple[Button, ...]]:
    """Return what the screen of a sent letter says of its day, and what it offers to do."""
    promise = promised(visit, letter)
    if promise is None:
        return ladder.came(visit, letter), ()
    if promise.kind == PAYMENT:
        return ladder.told(visit, promise, letter)
    texts, number, client = visit.texts, promise.number, letter.client
    due = promise.due <= visit.today
    said = texts(
        f"letters.after.{promise.kind}.{'due' if due else 'until'}", date=visit.day(promise.due)
    )
    if promise.kind == ANSWER:
        silent = button(
            texts("letters.after.answer.silent"), to.StartLetter(client=client, kind=SILENCE)
        )
        agreed = button(texts("letters.after.answer.agreed"), to.EndOutcome(promise=number))
        return said, (agreed, silent)
    replies = [
        button(texts(f"letters.after.last_day.{kind}"), to.StartLetter(client=client, kind=kind))
        for kind in (BEGGING, ANGRY, SILENCE)
    ]
    hand_over = to.StartLetter(client=client, kind=HAND_OVER)
    offers = [button(texts("letters.after.last_day.hand_over"), hand_over)]
    if due:
        archive = to_clients.ArchiveClient(client=client, archived=1)
        offers.append(button(texts("letters.after.last_day.archive"), archive))
        offers.append(button(texts("letters.after.last_day.over"), to.EndOutcome(promise=number)))
        return said, tuple(offers)
    return f"{said}\n{texts('letters.after.last_day.replies')}", (*offers, *replies)


@routes.tap(to.EndOutcome)
def end(visit: Visit, at: to.EndOutcome) -> Answered:
    """Take the day as answered: nobody asks again."""
    promise = lookup.promise(visit, at.promise)
    if promise.kind not in {LAST_DAY, ANSWER, PAYMENT} or promise.subject is None:
        raise NotFound(f"promise {at.promise} of a letter")
    if promise.kind == PAYMENT:
        ladder.paid(visit, promise, lookup.letter(visit, promise.subject))
    visit.memory.promises.save(replace(promise, state=ActionState.DONE))
    if promise.kind == LAST_DAY and promise.client is not None:
        _end_reports(visit, ClientNumber(promise.client))
        hindsight.ended(visit, ClientNumber(promise.client), promise.due)
    shown = visit.open(to.ShowSent(letter=promise.subject).pack())
    return Reply(shown, toast=visit.texts("letters.toast.noted"))


@routes.promise(LAST_DAY)
@routes.promise(ANSWER)
def coming(visit: Visit, promise: Promise) -> Coming | None:
    """Tell of the day on the card, and at the next visit once it has come."""
    if promise.client is None or promise.subject is None:
        return None
    texts = visit.texts
    name = client_name(visit.words, lookup.client(visit, promise.client))
    day = visit.day(promise.due)
    due = promise.due <= visit.today
    opens = to.ShowSent(letter=promise.subject)
    return Coming(
        due=due,
        card=texts(f"letters.after.{promise.kind}.{'due' if due else 'until'}", date=day),
        start=texts(f"letters.after.{promise.kind}.start", client=cut(name, NAME_SHOWN), date=day),
        opens=button(texts(f"letters.after.{promise.kind}.open"), opens),
        opens_at_start=button(
            cut(texts(f"letters.after.{promise.kind}.open_client", client=name), LABEL_LIMITS[1]),
            opens,
        ),
    )


def _end_reports(visit: Visit, client: ClientNumber) -> None:
    row = visit.memory.reminders.rhythm(client, visit.today)
    if row is not None and row.weekday is not None:
        visit.memory.reminders.set_rhythm(replace(row, weekday=None))
