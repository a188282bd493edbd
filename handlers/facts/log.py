"""The log of facts: /fact, what can be changed about one, and the lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from content.answers import short_of
from content.models import QuestionId, SignKind, Topic
from content.reading.amounts import amounts
from content.reading.days import named_days, read_day
from content.reading.delays import read_delay
from content.reading.signs import classify
from handlers.clients import buttons as to_clients
from handlers.clients import names
from handlers.due import lines
from handlers.due import when as moments
from handlers.engine import lookup
from handlers.engine.prompts import ask, expired, held_since, hold
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Reply, Screen, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.facts import buttons as to
from handlers.facts import capture
from handlers.facts.screens import log as screens
from handlers.letters import buttons as to_letters
from storage.errors import NotFound
from storage.records import Client, ClientNumber, Fact, FactNumber, FactSource, Prompt

DAY = "typed_day"
"""The prompt that asks when it was what a held text tells."""
LIKELY = 2
"""Signs that are offered before the topics."""
TOAST_NAME = 40
TYPED_SHOWN = 40
NAMED_DAYS = 3
"""Days of a text that are offered."""
DELETABLE = timedelta(hours=47)
"""Telegram lets messages be deleted for 48 hours; the last of them is left for the way."""
NIGHT = range(21, 24), range(8)
"""Hours at which nobody has to answer."""
routes = Routes()
At = TypeVar("At", bound=to.OfFact)


def known(handler: Callable[[Visit, At, Fact], Answered]) -> Callable[[Visit, At], Answered]:
    """Hand the fact to the handler; one that is deleted only says so."""

    def handle(visit: Visit, at: At) -> Answered:
        fact = visit.memory.facts.get(FactNumber(at.fact))
        if fact is None:
            return screens.gone(visit.texts)
        client = lookup.client_of(visit, fact)
        if fact.deleted_at is not None:
            return screens.deleted(visit.texts, fact, client)
        return handler(visit, at, fact)

    return handle


@routes.command("fact")
def fact(visit: Visit, words: str) -> Answered:
    """Keep what stands behind the command, or ask what happened."""
    return (
        typed(visit, words, capture.about(visit, words))
        if words
        else _ask_new(visit, capture.at_hand(visit))
    )


@routes.tap(to.NewFact, opens=True)
def ask_new(visit: Visit, at: to.NewFact) -> Screen:
    return _ask_new(visit, lookup.client(visit, at.client) if at.client else None)


@routes.prompt("fact")
def told(visit: Visit, prompt: Prompt, text: str) -> Answered:
    client = lookup.client(visit, int(prompt.subject)) if prompt.subject else None
    return typed(visit, text, client or capture.about(visit, text))


@routes.tap(to.ShowFact, opens=True)
@known
def show(visit: Visit, _at: to.ShowFact, fact: Fact) -> Screen:
    return screens.fact_screen(visit.words, _told(visit, fact))


@routes.tap(to.KeptFact, opens=True)
@known
def show_kept(visit: Visit, _at: to.KeptFact, fact: Fact) -> Screen:
    """Show the first reply to a forward again."""
    return kept(visit, fact)


@routes.tap(to.FactList, opens=True)
def listing(visit: Visit, at: to.FactList) -> Screen:
    """List the facts about a client."""
    return screens.listing(visit.words, *_of(visit, at.client), visit.today, at)


@routes.tap(to.SignFacts, opens=True)
def of_sign(visit: Visit, at: to.SignFacts) -> Screen:
    """List those that speak of one sign."""
    _require_sign(visit, at.sign)
    return screens.listing(visit.words, *_of(visit, at.client, at.sign), visit.today, at)


@routes.tap(to.FactSigns, opens=True)
def signs(visit: Visit, at: to.FactSigns) -> Screen:
    return screens.signs(visit.words, *_of(visit, at.client), at.page)


@routes.tap(to.FactClients)
@known
def ask_client(visit: Visit, at: to.FactClients, fact: Fact) -> Screen:
    """Ask which client the fact is about."""
    listed = visit.memory.clients.present()
    return screens.choose_client(visit.words, fact, listed, at.page, _address(visit, fact))


@routes.tap(to.SetFactClient)
@known
def set_client(visit: Visit, at: to.SetFactClient, fact: Fact) -> Answered:
    """Keep whom the fact is about."""
    return _about(visit, fact, lookup.client(visit, at.client))


@routes.tap(to.FactNewClient)
@known
def ask_name(visit: Visit, _at: to.FactNewClient, fact: Fact) -> Screen:
    return _ask_name(visit, fact)


@routes.prompt("fact_client")
def named(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Take the name of a client and give them the fact."""
    fact = lookup.fact(visit, int(prompt.subject))
    name = names.one_line(text)
    fault = names.fault(visit, name)
    if fault:
        return _ask_name(visit, fact, fault)
    client = names.same(visit, name) or visit.memory.clients.add(name, visit.now)
    return _about(visit, fact, client)


@routes.tap(to.FactTopics)
@known
def ask_sign(visit: Visit, _at: to.FactTopics, fact: Fact) -> Screen:
    """Ask which sign the fact speaks of; its own screen has asked about the proposed one."""
    spoken = visit.think(classify, visit.words, fact.words, limit=LIKELY + 1)
    known = {fact.sign} if _letter(visit) else {fact.sign, fact.proposed}
    likely = [each.sign for each in spoken if each.sign not in known][:LIKELY]
    return screens.choose_topic(visit.words, fact, likely, _asked_from(visit, fact))


@routes.tap(to.FactTopic)
@known
def ask_sign_of(visit: Visit, at: to.FactTopic, fact: Fact) -> Screen:
    if at.topic not in Topic.__members__.values():
        raise NotFound(f"topic {at.topic}")
    return screens.choose_sign(visit.words, visit.catalogue, fact, Topic(at.topic))


@routes.tap(to.SetFactSign)
@known
def set_sign(visit: Visit, at: to.SetFactSign, fact: Fact) -> Answered:
    """Keep which sign the fact speaks of."""
    sign = _require_sign(visit, at.sign)
    fact = _saved(visit, replace(fact, sign=sign, proposed=None))
    toast = visit.texts("facts.sign_screen.toast", sign=short_of(visit.words, sign))
    return Reply(visit.open(_asked_from(visit, fact)), toast=toast)


@routes.tap(to.ClearFactSign)
@known
def clear_sign(visit: Visit, _at: to.ClearFactSign, fact: Fact) -> Answered:
    """Let the fact speak of no sign."""
    fact = _saved(visit, replace(fact, sign=None, proposed=None))
    cleared = visit.texts("facts.sign_screen.cleared")
    return Reply(visit.open(_asked_from(visit, fact)), toast=cleared)


@routes.tap(to.AskFactDay, opens=True)
@known
def ask_day(visit: Visit, _at: to.AskFactDay, fact: Fact) -> Screen:
    return _ask_day(visit, fact)


@routes.prompt("fact_day")
def day_typed(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Show a typed day back before it is kept."""
    fact = lookup.fact(visit, int(prompt.subject))
    day = read_day(visit.words.reading, text, visit.today, ahead=False)
    if day is None or day > visit.today:
        return _ask_day(visit, fact, _not_a_day(visit, text, day))
    return screens.confirm_day(visit.texts, fact, day, visit.today)


@routes.tap(to.ConfirmFactDay, opens=True)
@known
def confirm_day(visit: Visit, at: to.ConfirmFactDay, fact: Fact) -> Screen:
    """Show the typed day again."""
    return screens.confirm_day(visit.texts, fact, _day(visit, at.day), visit.today)


@routes.tap(to.SetFactDay)
@known
def set_day(visit: Visit, at: to.SetFactDay, fact: Fact) -> Answered:
    fact = _saved(visit, replace(fact, day=_day(visit, at.day)))
    toast = visit.texts("facts.day_screen.toast", date=visit.day(fact.day))
    return Reply(_shown(visit, fact), toast=toast)


@routes.tap(to.EditFact, opens=True)
@known
def ask_words(visit: Visit, _at: to.EditFact, fact: Fact) -> Screen:
    return ask(visit, "fact_words", str(fact.number), screens.ask_words(visit.words, fact))


@routes.prompt("fact_words")
def rewritten(visit: Visit, prompt: Prompt, text: str) -> Answered:
    fact = _reworded(visit, lookup.fact(visit, int(prompt.subject)), text)
    return Reply(_shown(visit, fact), toast=visit.texts("facts.words_screen.toast"))


@routes.tap(to.UpdateFact)
@known
def update(visit: Visit, _at: to.UpdateFact, fact: Fact) -> Answered:
    """Take over what the edited message says; a forward is never edited, but its comment is."""
    held = visit.memory.scratch.held(visit.now)
    if held is None or held.message not in fact.messages:
        return expired(visit, _shown(visit, fact))
    visit.memory.scratch.hold(None)
    if fact.source == FactSource.TYPED:
        fact = _reworded(visit, fact, held.words)
    else:
        fact = _saved(visit, replace(fact, note=held.words))
    return Reply(_shown(visit, fact), toast=visit.texts("facts.edited.updated"))


@routes.tap(to.LeaveFact)
@known
def leave(visit: Visit, _at: to.LeaveFact, fact: Fact) -> Answered:
    visit.memory.scratch.hold(None)
    return Reply(_shown(visit, fact), toast=visit.texts("facts.edited.left"))


@routes.tap(to.DeleteFact)
@known
def delete(visit: Visit, _at: to.DeleteFact, fact: Fact) -> Answered:
    """Hide the fact; ten minutes later it is deleted."""
    fact = _saved(visit, replace(fact, deleted_at=visit.now))
    screen = screens.deleted(visit.texts, fact, lookup.client_of(visit, fact))
    return Reply(screen, toast=visit.texts("facts.deleted.toast"))


@routes.tap(to.UndeleteFact)
def undelete(visit: Visit, at: to.UndeleteFact) -> Answered:
    """Bring the fact back while there is something to bring back."""
    fact = visit.memory.facts.get(FactNumber(at.fact))
    if fact is None:
        return screens.gone(visit.texts)
    lookup.client_of(visit, fact)
    fact = _saved(visit, replace(fact, deleted_at=None))
    return Reply(_shown(visit, fact), toast=visit.texts("facts.deleted.undone"))


@routes.tap(to.ClearChat)
@known
def clear_chat(visit: Visit, _at: to.ClearChat, fact: Fact) -> Answered:
    """Take the messages that brought the fact out of the chat; a second tap does no harm."""
    screen = visit.open(_address(visit, fact))
    if not _clears(visit, fact):
        return Reply(screen, toast=visit.texts("facts.chat.late"))
    return Reply(screen, toast=visit.texts("facts.chat.cleared"), clear=fact.messages)


@routes.tap(to.SplitFact)
@known
def split(visit: Visit, _at: to.SplitFact, fact: Fact) -> Answered:
    """Make a fact of each piece."""
    made = capture.split(visit, fact)
    if len(made) == 1:
        return _shown(visit, fact)
    screen = visit.open(to.FactList(client=fact.client or 0, page=0))
    return Reply(screen, toast=visit.texts("facts.split_toast"))


@routes.tap(to.JoinFact)
@known
def join(visit: Visit, at: to.JoinFact, fact: Fact) -> Answered:
    """Put the fact behind the one before it."""
    earlier = _before(visit, fact)
    if earlier is None or earlier.number != at.other:
        return _shown(visit, fact)
    return Reply(
        _shown(visit, capture.joined(visit, earlier, fact)),
        toast=visit.texts("facts.joined_toast"),
    )


def typed(
    visit: Visit,
    text: str,
    client: Client | None,
    at: datetime | None = None,
    message: int | None = None,
) -> Answered:
    """Keep a typed text; where it names other days, ask first which."""
    day = (at or visit.sent).astimezone(visit.zone).date()
    if not _named_days(visit, text, day):
        if message is not None:
            visit.memory.scratch.hold(None)
        return keep(visit, text, client, day, message)
    if message is None:
        hold(visit, text)
    return ask_typed_day(visit, client)


def ask_typed_day(visit: Visit, client: Client | None, said: str = "") -> Answered:
    """Ask on which of the days that it names the held text is a fact."""
    held = visit.memory.scratch.held(visit.now)
    if held is None:
        return expired(visit)
    today = held_since(held).astimezone(visit.zone).date()
    days = _named_days(visit, held.words, today)
    screen = screens.ask_typed_day(visit.words, held.words, client, days, today)
    screen = screen.saying(said) if said else screen
    return ask(visit, DAY, str(client.number) if client else "", screen)


@routes.prompt(DAY)
def another_day(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Keep the held text on a day that was typed."""
    client = lookup.client(visit, int(prompt.subject)) if prompt.subject else None
    day = read_day(visit.words.reading, text, visit.today, ahead=False)
    if day is None or day > visit.today:
        return ask_typed_day(visit, client, _not_a_day(visit, text, day))
    return _keep_held(visit, client, day)


@routes.leaving(DAY)
def unanswered(visit: Visit, prompt: Prompt) -> str:
    """Keep the held text, for it was told as a fact, under the day it came; return what to say."""
    held = visit.memory.scratch.held(visit.now)
    if held is None:
        return ""
    client = visit.memory.clients.get(ClientNumber(int(prompt.subject or 0)))
    day = held_since(held).astimezone(visit.zone).date()
    capture.typed(
        visit, held.words, client if client and not client.deleted_at else None, day, held.message
    )
    visit.memory.scratch.hold(None)
    return visit.texts("facts.typed_day.left", date=visit.day(day))


@routes.tap(to.HeldOn)
def held_on(visit: Visit, at: to.HeldOn) -> Answered:
    """Keep the held text on one of its days."""
    client = lookup.client(visit, at.client) if at.client else None
    return _keep_held(visit, client, _day(visit, at.day))


def keep(
    visit: Visit, text: str, client: Client | None, day: date, message: int | None = None
) -> Reply:
    """Keep a typed text as a fact of a day, and show what can be changed."""
    fact = capture.typed(visit, text, client, day, visit.message if message is None else message)
    told = (
        visit.texts("facts.new.kept")
        if day == visit.today
        else visit.texts("facts.new.kept_on", date=visit.day(day))
    )
    return Reply(_shown(visit, fact), toast=told)


def _keep_held(visit: Visit, client: Client | None, day: date) -> Answered:
    held = visit.memory.scratch.held(visit.now)
    if held is None:
        return expired(visit)
    visit.memory.scratch.hold(None)
    return keep(visit, held.words, client, day, held.message)


def _named_days(visit: Visit, text: str, today: date) -> tuple[date, ...]:
    """Return the days before ``today`` that a text names; none where it says «сегодня» alone."""
    named = {each.day for each in named_days(visit.words.reading, text, today, ahead=False)}
    return tuple(sorted((day for day in named if day < today), reverse=True)[:NAMED_DAYS])


def _not_a_day(visit: Visit, text: str, day: date | None) -> str:
    if day is not None:
        return visit.texts("facts.day_screen.ahead", date=visit.day(day))
    shown = cut(names.one_line(text), TYPED_SHOWN)
    return visit.texts("facts.day_screen.unclear", text=shown)


def _before(visit: Visit, fact: Fact) -> Fact | None:
    """Return the fact about the same client that came before this one, if the two can be one."""
    if fact.source == FactSource.LETTER:
        return None
    earlier = [
        each
        for each in visit.memory.facts.of_client(fact.client)
        if each.number < fact.number and each.source != FactSource.LETTER
    ]
    last = max(earlier, key=lambda each: each.number, default=None)
    return last if last is not None and capture.fits(last, fact) else None


def kept(visit: Visit, fact: Fact) -> Screen:
    """Answer a forward."""
    hour = visit.now.astimezone(visit.zone).hour
    night = any(hour in span for span in NIGHT)
    held = visit.memory.scratch.held(visit.now)
    return screens.kept(
        visit.words,
        _told(visit, fact),
        night=night,
        beside=capture.beside(visit, fact),
        waiting=names.one_line(held.words) if held else "",
    )


def forwarded(visit: Visit, piece: capture.Forwarded) -> Answered:
    """Keep a forward at once and say so; of several each is marked, and one reply is for all."""
    asked = visit.memory.scratch.prompt(visit.now)
    said = unanswered(visit, asked) if asked and asked.kind == DAY else ""
    captured = capture.forwarded(visit, piece)
    screen = kept(visit, captured.fact)
    if said:
        screen = screen.saying(said)
    if captured.full:
        screen = screen.saying(visit.texts("facts.kept.full"))
    return Reply(screen, marked=True)


def edited(visit: Visit, text: str) -> Answered | None:
    """Ask whether the fact of an edited message follows it; None where there is no such fact."""
    everybody = [None, *(each.number for each in visit.memory.clients.everyone())]
    for client in everybody:
        for fact in visit.memory.facts.of_client(client):
            if visit.message in fact.messages:
                hold(visit, text)
                return screens.edited(visit.texts, fact, visit.day(fact.day))
    return None


def _ask_new(visit: Visit, client: Client | None) -> Screen:
    loose = len(visit.memory.facts.of_client(None))
    back = (
        to_clients.ClientCard(client=client.number)
        if client
        else to_clients.ClientList(page=0, archived=0)
    )
    screen = screens.ask_new(visit.words, client, loose, back)
    return ask(visit, "fact", str(client.number) if client else "", screen)


def _ask_name(visit: Visit, fact: Fact, said: str = "") -> Screen:
    screen = screens.ask_name(visit.texts, _address(visit, fact), said)
    return ask(visit, "fact_client", str(fact.number), screen)


def _ask_day(visit: Visit, fact: Fact, said: str = "") -> Screen:
    screen = screens.ask_day(visit.texts, fact, visit.today, said)
    return ask(visit, "fact_day", str(fact.number), screen)


def _about(visit: Visit, fact: Fact, client: Client) -> Reply:
    fact = _saved(visit, replace(fact, client=client.number))
    capture.recognise(visit, fact)
    lines.follow(visit, fact)
    name = cut(client_name(visit.words, client), TOAST_NAME)
    toast = visit.texts("facts.client.toast", client=name)
    return Reply(visit.open(_address(visit, fact)), toast=toast)


def _reworded(visit: Visit, fact: Fact, text: str) -> Fact:
    """Give a fact other words; a sign that is only proposed follows them."""
    like = None if fact.sign else capture.proposed(visit, text)
    return _saved(visit, replace(fact, words=text, proposed=like, pieces=1, cuts=()))


def _saved(visit: Visit, fact: Fact) -> Fact:
    visit.memory.facts.save(fact)
    return fact


def _shown(visit: Visit, fact: Fact) -> Screen:
    return screens.fact_screen(visit.words, _told(visit, fact))


def _address(visit: Visit, fact: Fact) -> str:
    """Return the screen of a fact that the person came from."""
    first = to.KeptFact(fact=fact.number).pack()
    return first if visit.person.place == first else to.ShowFact(fact=fact.number).pack()


def _asked_from(visit: Visit, fact: Fact) -> str:
    """Return the screen from which a sign was asked for: a letter's question, or the fact's."""
    return _letter(visit) or _address(visit, fact)


def _letter(visit: Visit) -> str:
    """Return the question of a letter that the person is on; empty elsewhere."""
    return visit.at.pack() if isinstance(visit.at, to_letters.LetterBlank) else ""


def _told(visit: Visit, fact: Fact) -> screens.ShownFact:
    fresh = fact.captured_at.astimezone(visit.zone).date() == visit.today
    just_typed = fact.source == FactSource.TYPED and fresh and fact.day == visit.today
    listed = visit.memory.clients.present()
    sign = screens.sign_of(visit.words, fact) or screens.like_of(visit.words, fact)
    earlier = _before(visit, fact)
    return screens.ShownFact(
        fact=fact,
        client=lookup.client_of(visit, fact),
        day=visit.day(fact.day),
        when=when(visit, fact),
        put_off=_put_off(visit, fact),
        others=tuple(reversed(listed)) if fact.client is None else (),
        known=len(listed),
        found=_found(visit, fact),
        yesterday=visit.today.toordinal() - 1 if just_typed else None,
        clears=_clears(visit, fact),
        critical=sign is not None and visit.catalogue.signs[sign].kind is SignKind.CRITICAL,
        unread=_unread(visit, fact),
        parts=len(capture.pieces_of(fact)),
        before=earlier.number if earlier else 0,
    )


def _unread(visit: Visit, fact: Fact) -> str:
    """Return what of a forward could not be read; nothing once the person has put it in words."""
    if fact.source == FactSource.TYPED:
        return ""
    pieces = [words for words, _ in capture.pieces_of(fact)]
    things = {words: what for words in pieces if (what := capture.thing_in(visit, words))}
    if not things:
        return ""
    first = next(iter(things.values()))
    if captions := sum(words != f"[{what}]" for words, what in things.items()):
        return visit.texts("facts.unread.caption", n=captions)
    if first.startswith(visit.texts("facts.piece.voice")):
        return visit.texts("facts.unread.voice")
    return visit.texts("facts.unread.other", what=cut(first, TYPED_SHOWN))


def when(visit: Visit, fact: Fact) -> str:
    """Return «сегодня, 23:38»: when it was, or was written down."""
    moment = (fact.said_at or fact.captured_at).astimezone(visit.zone)
    ago = (visit.today - moment.date()).days
    near = {0: "facts.today", 1: "facts.yesterday"}.get(ago)
    day = visit.texts(near) if near else visit.day(moment)
    return visit.texts("facts.hour", day=day, time=visit.texts.clock(moment))


def _put_off(visit: Visit, fact: Fact) -> str:
    promise = lines.reply_to(visit, fact)
    if promise is None:
        return ""
    if promise.due <= lines.waking_day(visit):
        return visit.texts("put_off.waits")
    at = moments.of_morning(visit, promise.due)
    return visit.texts("put_off.put_off", when=moments.told(visit, at))


def _found(visit: Visit, fact: Fact) -> tuple[str, ...]:
    """Return the amounts and the delay that the words state."""
    reading, words = visit.words.reading, fact.words
    stated = dict.fromkeys(words[each.start : each.end] for each in amounts(reading, words))
    late = read_delay(reading, words)
    said = []
    if stated:
        said.append(visit.texts("facts.amounts", items="; ".join(stated)))
    if late:
        said.append(visit.texts("facts.delay", n=late.days))
    return tuple(said)


def _clears(visit: Visit, fact: Fact) -> bool:
    return bool(fact.messages) and visit.now - fact.captured_at < DELETABLE


def _of(
    visit: Visit, number: int, sign: str | None = None
) -> tuple[Client | None, tuple[Fact, ...]]:
    """Return a client with their facts; number 0: the facts without one."""
    if not number:
        return None, visit.memory.facts.of_client(None, sign)
    client = lookup.client(visit, number)
    return client, visit.memory.facts.of_client(ClientNumber(number), sign)


def _require_sign(visit: Visit, sign: str) -> QuestionId:
    if sign not in visit.words.signs:
        raise NotFound(f"sign {sign}")
    return QuestionId(sign)


def _day(visit: Visit, ordinal: int) -> date:
    """Return the day of an ordinal; raises ``NotFound`` for one that has not been yet."""
    if not 0 < ordinal <= visit.today.toordinal():
        raise NotFound(f"day {ordinal}")
    return date.fromordinal(ordinal)
