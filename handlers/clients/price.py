"""The price of a client: one number at a time, and what they come to.

It says *when* to leave, never *whether*; the sign it speaks for is offered to the open assessment.
"""

from __future__ import annotations

from collections.abc import Mapping

from content.answers import state_of
from content.models import OptionId, QuestionId
from content.price import Hours, Price, price
from content.reading.amounts import read_number
from handlers.assessment import sheets
from handlers.clients import buttons as to
from handlers.clients.screens import price as screens
from handlers.clients.screens.price import NUMBERS, Counted
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Reply, Screen, cut
from handlers.engine.visit import Visit
from storage import records
from storage.errors import NotFound
from storage.records import UNREADABLE, Assessment, Client, Prompt

SIGN = QuestionId("costs_more_than_brings")
DETAIL = "price."
UNKNOWN = "-"
"""Kept of a number that was asked and is not known."""
MOST = {
    "work": 744,
    "getting_paid": 744,
    "out_of_hours": 744,
    "rate": 10_000_000,
    "paid": 1_000_000_000,
    "share": 100,
    "reserve": 600,
}
"""The largest that can be meant: hours of a month, per cent, fifty years."""
ABOVE_ZERO = ("work", "rate")
TYPED_SHOWN = 40
routes = Routes()


@routes.tap(to.ShowPrice, opens=True)
def show(visit: Visit, at: to.ShowPrice) -> Screen:
    """Show what the numbers come to."""
    return _shown(visit, lookup.client(visit, at.client))


@routes.tap(to.AskPrice, opens=True)
def ask_one(visit: Visit, at: to.AskPrice) -> Screen:
    if at.number not in NUMBERS:
        raise NotFound(f"number {at.number}")
    return _ask(visit, lookup.client(visit, at.client), at.number)


@routes.prompt("price")
def typed(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Keep a number and go on to the next that was never asked."""
    number, client_number = prompt.subject.split(":")
    client = lookup.client(visit, int(client_number))
    value = read_number(visit.words.reading, text)
    said = cut(" ".join(text.split()), TYPED_SHOWN)
    if value is None:
        return _ask(visit, client, number, visit.texts("price.unclear", text=said))
    if value > MOST[number] or (not value and number in ABOVE_ZERO):
        return _ask(visit, client, number, visit.texts("price.range", text=said))
    visit.memory.details.set(client.number, f"{DETAIL}{number}", f"{value:g}")
    return _next(visit, client)


@routes.tap(to.SkipPrice)
def skip(visit: Visit, at: to.SkipPrice) -> Screen:
    """Leave a number unknown and go on."""
    client = lookup.client(visit, at.client)
    if at.number not in NUMBERS:
        raise NotFound(f"number {at.number}")
    visit.memory.details.set(client.number, f"{DETAIL}{at.number}", UNKNOWN)
    return _next(visit, client)


@routes.tap(to.TakePrice)
def take(visit: Visit, at: to.TakePrice) -> Answered:
    """Answer the open assessment with what the numbers say."""
    client = lookup.client(visit, at.client)
    counted = _counted(_numbers(visit, client))
    unfinished = sheets.open_one(visit.memory, client.number)
    if counted is None or unfinished is None:
        return Reply(_shown(visit, client), toast=visit.texts("price.nothing_open"))
    given = records.Answer(question=SIGN, option=counted.option)
    visit.memory.assessments.answer(unfinished.number, (given,))
    state = state_of(visit.words, SIGN, counted.option)
    return Reply(_shown(visit, client), toast=visit.texts("price.taken", state=state))


def _shown(visit: Visit, client: Client) -> Screen:
    numbers = _numbers(visit, client)
    if not numbers:
        return screens.intro(visit.words, client)
    unfinished = sheets.open_one(visit.memory, client.number)
    counted = _counted(numbers)
    offer = counted is not None and unfinished is not None
    return screens.price(
        visit.words,
        client,
        Counted(
            numbers=numbers,
            price=counted,
            state=state_of(visit.words, SIGN, counted.option) if counted else "",
            open=offer,
            answered=counted is not None and _given(unfinished) == counted.option,
        ),
    )


def _given(unfinished: Assessment | None) -> OptionId | None:
    option = unfinished.option(SIGN) if unfinished else None
    return OptionId(option) if option else None


def _ask(visit: Visit, client: Client, number: str, said: str = "") -> Screen:
    numbers = _numbers(visit, client)
    screen = screens.ask(visit.words, client, number, numbers.get(number), said)
    return ask(visit, "price", f"{number}:{client.number}", screen)


def _next(visit: Visit, client: Client) -> Screen:
    asked = _numbers(visit, client)
    waiting = next((number for number in NUMBERS if number not in asked), None)
    return _ask(visit, client, waiting) if waiting else _shown(visit, client)


def _numbers(visit: Visit, client: Client) -> Mapping[str, float | None]:
    """Return what was asked so far; None for what is not known."""
    return numbers_of(visit.memory.details.of_client(client.number))


def numbers_of(details: Mapping[str, str]) -> Mapping[str, float | None]:
    """Return what the details of a client hold of their price; None for what is not known."""
    kept = {number: details.get(f"{DETAIL}{number}") for number in NUMBERS}
    return {
        number: None if words in (UNKNOWN, UNREADABLE) else float(words)
        for number, words in kept.items()
        if words is not None
    }


def _counted(numbers: Mapping[str, float | None]) -> Price | None:
    """Return the price; None while hours, rate or payment are not known."""
    work, rate, paid = (numbers.get(number) for number in screens.NEEDED)
    if work is None or rate is None or paid is None:
        return None
    return price(
        Hours(work, numbers.get("getting_paid") or 0, numbers.get("out_of_hours") or 0),
        rate=rate,
        paid=paid,
        share_of_income=(numbers.get("share") or 0) / 100,
        reserve_months=numbers.get("reserve") or 0,
    )
