"""«Не сегодня»: a phrase to hold the client off, and the reply at the next visit by daylight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

from content.first_letter import reply_to
from content.models import QuestionId, SignKind
from content.values.weeks import WEEK
from handlers.clients import buttons as to_clients
from handlers.due import lines
from handlers.due import when as moments
from handlers.due.agenda import REPLY
from handlers.due.lines import NAME_SHOWN
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import LABEL_LIMITS, Coming, Reply, Screen, button, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.facts import buttons as to
from handlers.facts.log import known, when
from handlers.facts.screens import put_off as screens
from handlers.facts.screens.log import sign_of
from storage.errors import NotFound
from storage.records import ActionState, Fact, Promise, PromiseNumber, Prompt

FRIDAY = 4
AHEAD = (0, 1, 2, WEEK)
"""Days after tomorrow that are proposed."""
FARTHEST = timedelta(days=14)
NOON = 12
LAST_HOUR = 23
HOURS_TO_REPLY = 2
"""The phrase names noon, or an hour so much later than the reminder."""
UNNUMBERED = PromiseNumber(0)
"""The number of what is still to be stored."""
routes = Routes()


@routes.tap(to.NotToday)
@known
def not_today(visit: Visit, _at: to.NotToday, fact: Fact) -> Screen:
    """Put the reply off until the morning, unless it is put off already."""
    promise = lines.reply_to(visit, fact)
    if promise is None:
        promise = _promised(visit, fact, _tomorrow(visit))
    return _screen(visit, fact, promise)


@routes.tap(to.AskPutOff)
@known
def ask_day(visit: Visit, _at: to.AskPutOff, fact: Fact) -> Screen:
    tomorrow = _tomorrow(visit)
    monday = tomorrow + timedelta(days=-tomorrow.weekday() % WEEK)
    days = {tomorrow + timedelta(days=step) for step in AHEAD} | {monday}
    # Before a day off Monday comes first: most clients can wait until then.
    first = [monday] if tomorrow.weekday() > FRIDAY else []
    promise = lines.reply_to(visit, fact)
    return screens.ask_day(
        visit.texts,
        fact.number,
        [(day, _named(visit, day)) for day in dict.fromkeys([*first, *sorted(days)])],
        promise.due if promise else None,
    )


@routes.tap(to.PutOff)
@known
def put_off(visit: Visit, at: to.PutOff, fact: Fact) -> Answered:
    """Put the reply off until another day."""
    today = lines.waking_day(visit)
    if not today.toordinal() < at.day <= (today + FARTHEST).toordinal():
        raise NotFound(f"day {at.day}")
    day = date.fromordinal(at.day)
    promise = lines.reply_to(visit, fact)
    if promise is None:
        promise = _promised(visit, fact, day)
    elif promise.due != day:
        promise = replace(promise, due=day, listed=0, tried=False)
        visit.memory.promises.save(promise)
    toast = visit.texts("put_off.due.toast.later", date=visit.day(day))
    return Reply(_screen(visit, fact, promise), toast=toast)


@routes.tap(to.NoteToSelf)
@known
def ask_note(visit: Visit, _at: to.NoteToSelf, fact: Fact) -> Screen:
    """Ask for the angry note."""
    return ask(visit, "fact_note", str(fact.number), screens.ask_note(visit.texts, fact))


@routes.prompt("fact_note")
def noted(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Keep the note beside the fact; no letter takes from there."""
    fact = lookup.fact(visit, int(prompt.subject))
    fact = replace(fact, note="\n".join(part for part in (fact.note, text) if part))
    visit.memory.facts.save(fact)
    promise = lines.reply_to(visit, fact)
    said = visit.texts("put_off.note.kept")
    if promise is None:
        return visit.open(to.ShowFact(fact=fact.number).pack()).saying(said)
    return _screen(visit, fact, promise).saying(said)


@routes.tap(to.DueReply, opens=True)
@known
def due(visit: Visit, _at: to.DueReply, fact: Fact) -> Screen:
    """Ask how to answer, now that the night is over."""
    return _due(visit, fact)


@routes.tap(to.DueReplies, opens=True)
def due_replies(visit: Visit, at: to.DueReplies) -> Screen:
    """List the replies whose morning has come."""
    today = lines.waking_day(visit)
    waiting = [
        each.subject or 0
        for each in visit.memory.promises.open()
        if each.kind == REPLY and each.due <= today
    ]
    found = replies(visit, waiting)
    if not found:
        return visit.open(to_clients.Home())
    return screens.several(visit.texts, found, at.page, discreet=False)


def morning(visit: Visit, facts: Iterable[int]) -> Screen:
    """Return the message of a morning to which these replies were put off."""
    discreet = visit.person.discreet
    found = replies(visit, facts)
    if len(found) != 1:
        return screens.several(visit.texts, found, 0, discreet=discreet)
    (reply,) = found
    if discreet:
        tomorrow = _tomorrow(visit)
        return screens.covered(visit.texts, reply.fact, tomorrow)
    return _due(visit, lookup.fact(visit, reply.fact), morning=True)


def replies(visit: Visit, facts: Iterable[int]) -> list[screens.Waiting]:
    """Return what a list says of replies, by their facts; without those deleted since."""
    found = []
    for number in facts:
        try:
            fact = lookup.fact(visit, number)
        except NotFound:
            continue
        client = lookup.client_of(visit, fact)
        name = client_name(visit.words, client) if client else ""
        found.append(screens.Waiting(fact.number, name, when(visit, fact)))
    return found


@routes.promise(REPLY)
def coming(visit: Visit, promise: Promise) -> Coming | None:
    """Tell of a reply that was put off."""
    texts = visit.texts
    try:
        fact = lookup.fact(visit, promise.subject or 0)
    except NotFound:
        return None
    client = lookup.client_of(visit, fact)
    due = promise.due <= lines.waking_day(visit)
    day, opens = visit.day(fact.day), to.DueReply(fact=fact.number)
    if client is None:
        start, label = texts("put_off.due.line_nobody", date=day), texts("put_off.due.open")
    else:
        name = client_name(visit.words, client)
        start = texts("put_off.due.line_client", client=cut(name, NAME_SHOWN), date=day)
        label = cut(texts("put_off.due.open_client", client=name), LABEL_LIMITS[1])
    return Coming(
        due=due,
        card=texts("put_off.due.line", date=day)
        if due
        else texts("put_off.due.line_later", date=visit.day(promise.due)),
        start=start,
        opens=button(texts("put_off.due.open"), opens),
        opens_at_start=button(label, opens),
    )


@routes.tap(to.EndReply)
@known
def end(visit: Visit, at: to.EndReply, fact: Fact) -> Answered:
    """Close what was put off."""
    promise = lines.reply_to(visit, fact)
    if promise is not None:
        visit.memory.promises.save(replace(promise, state=ActionState(at.state)))
    client = lookup.client_of(visit, fact)
    screen = visit.open(
        to_clients.ClientCard(client=client.number) if client else to_clients.Home()
    )
    return Reply(screen, toast=visit.texts(f"put_off.due.toast.{at.state}"))


def _due(visit: Visit, fact: Fact, *, morning: bool = False) -> Screen:
    sign = sign_of(visit.words, fact)
    return screens.due(
        visit.words,
        fact,
        lookup.client_of(visit, fact),
        screens.Due(
            when=when(visit, fact),
            sign=sign,
            critical=sign is not None and visit.catalogue.signs[sign].kind is SignKind.CRITICAL,
            tomorrow=_tomorrow(visit),
            reply=_reply(visit, sign),
        ),
        morning=morning,
    )


def _reply(visit: Visit, sign: QuestionId | None) -> tuple[str, str] | None:
    letters = visit.knowledge.letters
    kind = reply_to(letters, sign)
    return None if kind is None else (kind, letters.talk[visit.words.language].letters[kind].name)


def _promised(visit: Visit, fact: Fact, due: date) -> Promise:
    promise = Promise(UNNUMBERED, fact.client, REPLY, due, subject=fact.number)
    return visit.memory.promises.add(promise)


def _reply_by(visit: Visit, hour: int) -> str:
    """Return «12:00», or a later hour of the same day."""
    if hour <= NOON:
        return visit.texts("put_off.phrase.noon")
    return visit.texts.clock(time(hour) if hour <= LAST_HOUR else time(LAST_HOUR, 59))


def _screen(visit: Visit, fact: Fact, promise: Promise) -> Screen:
    """Say when the coach comes back to it, and offer the phrase; tomorrow may be a day off."""
    at = moments.of_morning(visit, promise.due).astimezone(visit.zone)
    tomorrow = _tomorrow(visit)
    off = promise.due == tomorrow and tomorrow.weekday() > FRIDAY
    return screens.tonight(
        visit.words,
        fact,
        screens.Until(
            near={0: "today", 1: "tomorrow"}.get((at.date() - visit.today).days, "date"),
            # Within weeks of today no date needs its year, and the first line has no room for it.
            day=visit.texts.date(at.date()),
            hour=visit.texts.clock(at),
            by=_reply_by(visit, at.hour + HOURS_TO_REPLY),
            monday=tomorrow + timedelta(days=WEEK - tomorrow.weekday()) if off else None,
            chosen_zone=visit.person.zone is not None,
        ),
    )


def _tomorrow(visit: Visit) -> date:
    return lines.waking_day(visit) + timedelta(days=1)


def _named(visit: Visit, day: date) -> str:
    """Return «Понедельник, 23 ноября»."""
    weekday = visit.texts.weekday(day)
    return f"{weekday[:1].upper()}{weekday[1:]}, {visit.day(day)}"
