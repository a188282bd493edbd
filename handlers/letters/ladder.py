"""An unpaid invoice: three reminders as one plan, which stops when the money comes.

A promise to pay moves the plan and is no payment: only «Деньги пришли» ends it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from content.letters.ladder import STEPS, ladder, steps_gone
from content.letters.models import LetterId, Soon, Tone
from content.reading.days import read_day
from handlers.due.agenda import PAYMENT
from handlers.due.lines import NAME_SHOWN
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import LABEL_LIMITS, Button, Coming, Reply, Screen, button, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.letters import buttons as to
from handlers.letters import values
from handlers.letters.screens import ladder as screens
from storage.errors import NotFound
from storage.records import (
    ActionState,
    ClientNumber,
    Fact,
    FactNumber,
    FactSource,
    Letter,
    Promise,
    PromiseNumber,
    Prompt,
)

KIND = LetterId("payment_reminder")
FAREWELL = "farewell"
PAID = "paid"
"""Kept among a letter's answers: the day on which its money came."""
PROMISED = "promised"
"""Kept in a promise to ask for money: the client has named the day."""
CARRIED = ("invoice", "sum", "due", "done")
"""Blanks of a reminder that the next one knows."""
PROPOSED = {Soon.THREE_DAYS: 3, Soon.WEEK: 7, Soon.FORTNIGHT: 14}
FARTHEST = 366
DAY = timedelta(days=1)
routes = Routes()


def unpaid(visit: Visit, client: ClientNumber) -> list[Letter]:
    """Return the reminders that went out and whose money has not come, oldest first."""
    sent = [
        each
        for each in visit.memory.letters.of_client(client)
        if each.kind == KIND and each.sent_on is not None and PAID not in each.filled
    ]
    return sorted(sent, key=lambda each: (each.sent_on or date.min, each.number))


def gone(visit: Visit, client: ClientNumber) -> int:
    """Return how many steps of the plan are behind, by the tones of what went out."""
    return steps_gone([Tone(each.tone) for each in unpaid(visit, client)])


def known(visit: Visit, letter: Letter) -> dict[str, str]:
    """Return what the reminder before has said: the same invoice, the same sum."""
    before = unpaid(visit, letter.client)
    if letter.kind != KIND or not before:
        return {}
    named = {values.key_of(before[-1], each) for each in CARRIED} | {*CARRIED}
    return {key: words for key, words in before[-1].filled.items() if key in named and words}


def went_out(visit: Visit, letter: Letter) -> None:
    """Wait for the money from the next day on; what was asked for before is asked for by this."""
    day = values.filled(visit, letter).values.get("pay_by")
    if letter.kind != KIND or not isinstance(day, date):
        return
    for promise in _open(visit, letter.client):
        visit.memory.promises.save(replace(promise, state=ActionState.DROPPED))
    visit.memory.promises.add(
        Promise(
            number=PromiseNumber(0),
            client=letter.client,
            kind=PAYMENT,
            due=day + DAY,
            subject=letter.number,
        )
    )


def told(visit: Visit, promise: Promise, letter: Letter) -> tuple[str, tuple[Button, ...]]:
    """Return how the plan stands, and what can be said of the money."""
    unanswered = unpaid(visit, letter.client)
    sent = [(Tone(each.tone), each.sent_on) for each in unanswered if each.sent_on]
    rungs = ladder(sent, promise.due - DAY, values.days_off(visit))
    tones = visit.knowledge.letters.talk[visit.words.language].letters[KIND].tones
    plan = screens.plan(visit.texts, tones, rungs, visit.today)
    offers = [
        button(visit.texts("letters.ladder.paid"), to.EndOutcome(promise=promise.number)),
        button(visit.texts("letters.ladder.promised"), to.AskPromised(promise=promise.number)),
    ]
    if promise.due <= visit.today:
        step = gone(visit, letter.client)
        name = tones[STEPS[step]].lower() if step < len(STEPS) else ""
        offers.append(
            button(
                visit.texts("letters.ladder.next", name=name),
                to.StartLetter(client=letter.client, kind=KIND),
            )
            if name
            else button(
                visit.texts("letters.probation.farewell"),
                to.StartLetter(client=letter.client, kind=FAREWELL),
            )
        )
    return f"{_told(visit, promise)}\n{plan}", tuple(offers)


def came(visit: Visit, letter: Letter) -> str:
    """Say on which day the money of a reminder came; empty where it has not."""
    day = letter.filled.get(PAID, "")
    return (
        visit.texts("letters.ladder.came", date=visit.day(date.fromisoformat(day))) if day else ""
    )


def paid(visit: Visit, promise: Promise, letter: Letter) -> None:
    """Stop the plan: the money is there, and the log knows the day."""
    visit.memory.promises.save(replace(promise, state=ActionState.DONE))
    for each in unpaid(visit, letter.client):
        filled = {**each.filled, PAID: visit.today.isoformat()}
        visit.memory.letters.save(replace(each, filled=filled))
    _log(visit, letter, visit.texts("letters.ladder.logged_paid"))


@routes.tap(to.AskPromised, opens=True)
def ask_promised(visit: Visit, at: to.AskPromised) -> Screen:
    """Ask by which day the client has promised to pay."""
    return _ask(visit, _promise(visit, at.promise))


@routes.tap(to.SetPromised)
def set_promised(visit: Visit, at: to.SetPromised) -> Answered:
    """Wait for the promised day."""
    promise = _promise(visit, at.promise)
    if not 0 <= at.day - visit.today.toordinal() <= FARTHEST:
        raise NotFound(f"day {at.day}")
    return _promised(visit, promise, date.fromordinal(at.day))


@routes.prompt("letter_promised")
def typed(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Take the typed day."""
    promise = _promise(visit, int(prompt.subject))
    day = read_day(visit.words.reading, text, visit.today, ahead=True)
    if day is None:
        return _ask(visit, promise, visit.texts("letters.no_day"))
    if not visit.today <= day <= visit.today + FARTHEST * DAY:
        return _ask(visit, promise, visit.texts("letters.day_past", date=visit.day(day)))
    return _promised(visit, promise, day)


@routes.promise(PAYMENT)
def coming(visit: Visit, promise: Promise) -> Coming | None:
    """Tell on the card what is waited for, and ask at the next visit once its day is over."""
    if promise.client is None or promise.subject is None:
        return None
    texts, opens = visit.texts, to.ShowSent(letter=promise.subject)
    name = client_name(visit.words, lookup.client(visit, promise.client))
    day = visit.day(promise.due - DAY)
    return Coming(
        due=promise.due <= visit.today,
        card=_told(visit, promise),
        start=texts("letters.ladder.start", client=cut(name, NAME_SHOWN), date=day),
        opens=button(texts("letters.ladder.open"), opens),
        opens_at_start=button(
            cut(texts("letters.ladder.open_client", client=name), LABEL_LIMITS[1]), opens
        ),
    )


def _told(visit: Visit, promise: Promise) -> str:
    state = "promised" if promise.words == PROMISED else "asked"
    when = "due" if promise.due <= visit.today else "until"
    return visit.texts(f"letters.ladder.{state}_{when}", date=visit.day(promise.due - DAY))


def _ask(visit: Visit, promise: Promise, said: str = "") -> Screen:
    soon = visit.knowledge.letters.talk[visit.words.language].common.soon
    days = [(soon[each], visit.today + ahead * DAY) for each, ahead in PROPOSED.items()]
    screen = screens.ask_promised(visit.texts, promise, days, said)
    return ask(visit, "letter_promised", str(promise.number), screen)


def _promised(visit: Visit, promise: Promise, day: date) -> Reply:
    promise = replace(promise, due=day + DAY, words=PROMISED, listed=0)
    visit.memory.promises.save(promise)
    letter = lookup.letter(visit, promise.subject or 0)
    _log(visit, letter, visit.texts("letters.ladder.logged_promised", date=visit.day(day)))
    shown = visit.open(to.ShowSent(letter=letter.number).pack())
    return Reply(shown, toast=visit.texts("letters.ladder.toast"))


def _log(visit: Visit, letter: Letter, words: str) -> None:
    fact = Fact(
        number=FactNumber(0),
        client=letter.client,
        day=visit.today,
        words=words,
        captured_at=visit.now,
        touched_at=visit.now,
        source=FactSource.LETTER,
    )
    visit.memory.facts.add(fact)


def _promise(visit: Visit, number: int) -> Promise:
    promise = lookup.promise(visit, number)
    if promise.kind != PAYMENT or promise.state is not ActionState.OPEN:
        raise NotFound(f"promise {number} of money")
    return promise


def _open(visit: Visit, client: ClientNumber) -> list[Promise]:
    return [
        each
        for each in visit.memory.promises.open()
        if each.kind == PAYMENT and each.client == client
    ]
