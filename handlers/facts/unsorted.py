"""What comes out of nowhere: every message gets a useful reply, nothing is kept unasked."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from functools import partial

from aiogram.enums import ContentType
from aiogram.types import (
    Message,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUnion,
    MessageOriginUser,
    User,
)

from content.answers import label_of
from content.models import SKIP, QuestionId
from content.questionnaire import is_critical, options_of
from content.reading.signs import classify
from content.vocabulary import one_of, plain
from handlers.account import settings
from handlers.assessment import assess, sheets, ticks, way
from handlers.assessment import buttons as to_assessment
from handlers.clients import buttons as to_clients
from handlers.clients import card, names
from handlers.engine import lookup
from handlers.engine.frame import Frame, Handler
from handlers.engine.prompts import ask, held_since, hold, still_held
from handlers.engine.routing import Answered, PromptHandler, Routes
from handlers.engine.screen import Reply, Screen
from handlers.engine.visit import Visit
from handlers.facts import buttons as to
from handlers.facts import capture, log, put_off, what_happened
from handlers.facts.screens import unsorted as screens
from handlers.library import browse
from storage.errors import NotFound
from storage.records import Client, Held, Prompt
from storage.texts import clean_text

COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
WHOSE = "held_whose"
"""The prompt that asks whom a held text tells of."""
NAMING = (WHOSE, "fact_client", "prospect_name")
"""The prompts that ask a client's name, besides that of a new client."""
SURE = 0.5
"""How sure a sign must be to be named back to somebody in distress."""
LETTER_FROM = 400
"""Characters from which a text is likelier a letter than a fact."""
NOTICES = {
    ContentType.STICKER: "sticker",
    ContentType.DICE: "sticker",
    ContentType.VOICE: "voice",
    ContentType.VIDEO_NOTE: "voice",
    ContentType.AUDIO: "voice",
    ContentType.PHOTO: "picture",
    ContentType.VIDEO: "picture",
    ContentType.ANIMATION: "animation",
    ContentType.DOCUMENT: "document",
    ContentType.POLL: "poll",
    ContentType.TEXT: "empty",
}
THINGS = {
    ContentType.CONTACT: "contact",
    ContentType.LOCATION: "place",
    ContentType.VENUE: "place",
    ContentType.STORY: "story",
    ContentType.GAME: "game",
    ContentType.INVOICE: "invoice",
    ContentType.CHECKLIST: "checklist",
}
"""What is forwarded besides texts and files."""
MOST_TOLD = 300
SERVICE = {
    ContentType.PINNED_MESSAGE,
    ContentType.DELETE_CHAT_PHOTO,
    ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
    ContentType.WRITE_ACCESS_ALLOWED,
    ContentType.CHAT_BACKGROUND_SET,
}
"""Telegram's own remarks about the chat: nobody said anything. Nor does a pin that moves along."""
routes = Routes()


async def reader(frame: Frame, message: Message) -> Handler | None:
    """Return what reads a message; None for one that nobody wrote."""
    kind = message.content_type
    moving = message.location is not None and message.edit_date is not None
    if kind in SERVICE or moving:
        return None
    text = clean_text(message.text or message.caption or "")
    if message.forward_origin is not None:
        await asyncio.to_thread(frame.warm)
        return _forward(message, message.forward_origin, text)
    command = COMMAND.fullmatch(text) if message.text else None
    name, behind = (command[1].lower(), clean_text(command[2] or "")) if command else ("", "")
    if text and message.edit_date is not None and name in ("", "fact"):
        return lambda visit: edited(visit, behind or text)
    if command:
        return frame.command(name, behind)
    if text:
        await asyncio.to_thread(frame.warm)
        album = message.media_group_id is not None
        return frame.typed(text, partial(out_of_nowhere, album=album))
    return _wordless(frame, message)


def _is_own(message: Message, origin: MessageOriginUnion) -> bool:
    """Tell whether a message of this very bot is forwarded back to it."""
    return (
        isinstance(origin, MessageOriginUser)
        and message.bot is not None
        and origin.sender_user.id == message.bot.id
    )


def _forward(message: Message, origin: MessageOriginUnion, text: str) -> Handler:
    if _is_own(message, origin):
        return _not_said_by_a_client
    piece = _forwarded(message, origin, text)
    notice = NOTICES.get(ContentType(message.content_type), "other")
    return lambda visit: what_happened.forwarded(visit, piece, notice)


def _not_said_by_a_client(visit: Visit) -> Answered:
    return _as_it_is(visit).saying(visit.texts("facts.kept.own_screen"))


def _forwarded(message: Message, origin: MessageOriginUnion, text: str) -> capture.Forwarded:
    """Read a forwarded message: the words, else what can be told of a thing without words."""
    kind = ContentType(message.content_type)
    recording = message.voice or message.video_note or message.audio
    named = "text" if kind is ContentType.TEXT else THINGS.get(kind) or NOTICES.get(kind, "other")
    return capture.Forwarded(
        words=text,
        kind=named,
        seconds=recording.duration if recording else 0,
        author=_author(origin, message.from_user),
        said_at=origin.date,
        detail=clean_text(_detail(message))[:MOST_TOLD].replace("]", ")"),
        named=_name(origin),
    )


def _detail(message: Message) -> str:
    """Return what is readable of a contact, a place, a poll … No telephone number is kept."""
    contact, venue, checklist = message.contact, message.venue, message.checklist
    told = (
        contact and f"{contact.first_name} {contact.last_name or ''}".strip(),
        venue and f"{venue.title}, {venue.address}",
        message.poll and message.poll.question,
        message.sticker and message.sticker.emoji,
        message.game and message.game.title,
        message.invoice and message.invoice.title,
        checklist and f"{checklist.title}: {'; '.join(each.text for each in checklist.tasks)}",
    )
    return next((each for each in told if each), "")


def _author(origin: MessageOriginUnion, sender: User | None) -> str:
    """Return who wrote a forwarded message; empty for a bot and for the person themselves."""
    if isinstance(origin, MessageOriginUser):
        own = origin.sender_user.is_bot or (sender and origin.sender_user.id == sender.id)
        return "" if own else f"user:{origin.sender_user.id}"
    if isinstance(origin, MessageOriginHiddenUser):
        return f"name:{origin.sender_user_name}" if origin.sender_user_name else ""
    if isinstance(origin, MessageOriginChat):
        return f"chat:{origin.sender_chat.id}"
    return f"chat:{origin.chat.id}"


def _name(origin: MessageOriginUnion) -> str:
    """Return how Telegram names the person who wrote a forwarded message; it is kept nowhere."""
    if isinstance(origin, MessageOriginUser):
        return "" if origin.sender_user.is_bot else origin.sender_user.full_name
    return origin.sender_user_name if isinstance(origin, MessageOriginHiddenUser) else ""


def _wordless(frame: Frame, message: Message) -> Handler:
    """Return what answers a message without a text: a contact, a pin, or what cannot be read."""
    shared = message.users_shared.users[0] if message.users_shared else message.contact
    if shared is not None:
        name = clean_text(f"{shared.first_name or ''} {shared.last_name or ''}")
        author = "" if shared.user_id is None else f"user:{shared.user_id}"
        return lambda visit: contact_sent(visit, name, author, frame.routes.prompts)
    if message.location is not None:
        place = message.location
        return lambda visit: settings.located(visit, place.latitude, place.longitude)
    notice = NOTICES.get(ContentType(message.content_type), "other")
    return lambda visit: _as_it_is(visit).saying(visit.texts(f"unsorted.notice.{notice}"))


def out_of_nowhere(visit: Visit, text: str, *, album: bool = False) -> Answered:
    """Open the client of that name; else keep the text for a day and ask what it is.

    Whoever types what a button of the question on screen says has answered it. The captions of one
    album are one text.
    """
    before = visit.memory.scratch.held(visit.now) if album else None
    if before is not None and visit.sent - held_since(before) <= capture.ONE_COMMENT:
        text = f"{before.words}\n{text}"
    if answered := _answered_in_words(visit, text):
        return answered
    if named := names.called(visit, text):
        return visit.open(to_clients.ClientCard(client=named.number))
    typed = visit.words.typed
    for what, said in typed.talk.items():
        if re.fullmatch(rf"{one_of(said)}\W*", plain(text)):
            return visit.current().saying(visit.texts(f"unsorted.talk.{what}"))
    if city := settings.city_out_of_nowhere(visit, text):
        return city
    hold(visit, text)
    return _show(visit, text)


def _cry(visit: Visit, text: str) -> Screen:
    """Say a word of warmth first; then what it seems to be about, and what can be done with it."""
    spoken = visit.think(classify, visit.words, text, limit=screens.SIGNS_OF_A_CRY)
    signs = [QuestionId(each.sign) for each in spoken if each.score >= SURE]
    client = _likely(visit, visit.memory.clients.list(), text)
    return screens.cry(visit.words, text, client, signs)


@routes.tap(to.HeldOfNew)
@still_held
def sort_out_new(visit: Visit, _at: to.HeldOfNew, _text: Held) -> Answered:
    """Ask the name of somebody new; the words wait meanwhile."""
    return ask(visit, WHOSE, "", screens.ask_whose(visit.texts))


@routes.prompt(WHOSE)
def whose(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Take the name, and sort the words out that wait."""
    name = names.one_line(text)
    if wrong := names.fault(visit, name):
        return ask(visit, prompt.kind, "", screens.ask_whose(visit.texts, wrong))
    return _sort_out(visit, names.same(visit, name) or visit.memory.clients.add(name, visit.now))


@routes.tap(to.HeldOfUnnamed)
@still_held
def sort_out_unnamed(visit: Visit, _at: to.HeldOfUnnamed, text: Held) -> Answered:
    """Name the client later, and sort the words out that wait; an old button names nobody anew."""
    if any(each.started_at >= held_since(text) for each in visit.memory.assessments.open()):
        return visit.current()
    return _sort_out(visit, names.add_unnamed(visit))


def _sort_out(visit: Visit, client: Client) -> Answered:
    return ticks.sort_out(visit, to_assessment.SortOut(client=client.number))


@routes.tap(to.HeldPutOff)
@still_held
def put_off_held(visit: Visit, at: to.HeldPutOff, text: Held) -> Answered:
    """Keep the text as a fact, and leave the rest for the morning."""
    client = lookup.client(visit, at.client) if at.client else None
    day = held_since(text).astimezone(visit.zone).date()
    fact = capture.typed(visit, text.words, client, day, text.message)
    visit.memory.scratch.hold(None)
    return put_off.not_today(visit, to.NotToday(fact=fact.number))


def edited(visit: Visit, text: str) -> Answered:
    """Take an edit over where the text still waits; what is written does not change by itself."""
    held = visit.memory.scratch.held(visit.now)
    fact = log.edited(visit, text)
    if fact is not None:
        return fact
    if held is not None and held.message == visit.message:
        hold(visit, text)
        return _show(visit, text)
    return visit.current().saying(visit.texts("unsorted.edited"))


def contact_sent(
    visit: Visit, name: str, author: str, prompts: Mapping[str, PromptHandler]
) -> Answered:
    """Take a contact for the client whose name is asked, else offer to add one.

    What they write is known for theirs from the first forward on. No telephone number is kept.
    """
    asked = visit.memory.scratch.prompt(visit.now)
    key = visit.memory.details.author_key(author) if author else ""
    if asked is not None and asked.kind == card.NAME:
        visit.memory.scratch.ask(None)
        return card.picked(visit, name, key)
    if asked is not None and asked.kind in NAMING and name:
        visit.memory.scratch.ask(None)
        return prompts[asked.kind](visit, asked, name)
    if not name:
        return visit.current().saying(visit.texts("unsorted.notice.empty"))
    hold(visit, name, key)
    return screens.contact(visit.words, name)


@routes.tap(to.ShowHeld, opens=True)
@still_held
def show_held(visit: Visit, _at: to.ShowHeld, text: Held) -> Answered:
    """Ask again what the held text is."""
    return _show(visit, text.words)


@routes.tap(to.HeldDrop)
def drop(visit: Visit, _at: to.HeldDrop) -> Reply:
    """Forget the text and go back to where the person was."""
    visit.memory.scratch.hold(None)
    return Reply(visit.current(), toast=visit.texts("unsorted.dropped"))


@routes.tap(to.HeldAsClient)
@still_held
def as_client(visit: Visit, _at: to.HeldAsClient, text: Held) -> Answered:
    """Take the text as the name of a new client."""
    visit.memory.scratch.hold(None)
    return card.picked(visit, text.words, text.author)


@routes.tap(to.HeldAsFact)
@still_held
def as_fact(visit: Visit, at: to.HeldAsFact, text: Held) -> Answered:
    """Keep the text as a fact of the day it was sent."""
    client = lookup.client(visit, at.client) if at.client else None
    return log.typed(visit, text.words, client, held_since(text), text.message)


@routes.tap(to.HeldChooseFact)
@still_held
def choose_for_fact(visit: Visit, at: to.HeldChooseFact, _text: Held) -> Answered:
    """Ask which client the fact is about."""
    return screens.choose_client(visit.words, visit.memory.clients.present(), at)


@routes.tap(to.HeldChoose)
@still_held
def choose(visit: Visit, at: to.HeldChoose, _text: Held) -> Answered:
    """Ask which client the text is about."""
    return screens.choose_client(visit.words, visit.memory.clients.present(), at)


@routes.tap(to.HeldAsNote)
@still_held
def as_note(visit: Visit, at: to.HeldAsNote, text: Held) -> Answered:
    """Add the text to the note on a client."""
    client = lookup.client(visit, at.client)
    note = "\n".join(part for part in (client.note, text.words) if part)
    if len(note) > names.NOTE_LIMIT:
        said = visit.texts("unsorted.full", limit=names.NOTE_LIMIT, n=len(note))
        return _show(visit, text.words).saying(said)
    visit.memory.scratch.hold(None)
    return card.keep_note(visit, client, note)


@routes.tap(to.HeldAsAnswerNote)
@still_held
def as_answer_note(visit: Visit, at: to.HeldAsAnswerNote, text: Held) -> Answered:
    """Keep the text as the note on a question, and show the question."""
    assessment, _ = lookup.assessment(visit, at.assessment)
    if at.question not in sheets.questions_of(visit.catalogue, assessment):
        raise NotFound(f"question {at.question}")
    visit.memory.assessments.note(assessment.number, at.question, text.words)
    visit.memory.scratch.hold(None)
    screen = visit.open(to_assessment.Ask(assessment=at.assessment, question=at.question).pack())
    return Reply(screen, toast=visit.texts("assess.toast.noted"))


@routes.tap(to.HeldSearch)
@still_held
def search_held(visit: Visit, _at: to.HeldSearch, text: Held) -> Answered:
    """Look for the text in the library."""
    return browse.search(visit, text.words, held=True)


def _as_it_is(visit: Visit) -> Screen:
    """Return the text that still waits to be sorted, else the screen the person is on."""
    held = visit.memory.scratch.held(visit.now)
    return _show(visit, held.words) if held else visit.current()


def _show(visit: Visit, text: str) -> Screen:
    typed, said = visit.words.typed, plain(text)
    if re.search(one_of(typed.cry), said):
        return _cry(visit, text)
    question, number = _question_on_screen(visit)
    listed = visit.memory.clients.present()
    like = capture.all_proposed(visit, text)
    return screens.held(
        visit.words,
        text,
        screens.Guess(
            question=question,
            number=number,
            client=_likely(visit, listed, text),
            several=len(listed) > 1,
            nameable=len(names.one_line(text)) <= names.NAME_LIMIT,
            asks=bool(re.search(one_of(typed.asking), said)),
            letter=len(text) >= LETTER_FROM or bool(re.match(one_of(typed.greeting), said)),
            like=like,
            hurts=any(is_critical(visit.catalogue, sign) for sign in like),
        ),
    )


def _answered_in_words(visit: Visit, text: str) -> Answered | None:
    """Take a text that says no more than a button of the question on screen for its answer."""
    asked, _ = _question_on_screen(visit)
    if asked is None:
        return None
    question = QuestionId(asked.question)
    said = _as_on_a_button(text)
    for option in (*options_of(visit.catalogue, question), SKIP):
        if said == _as_on_a_button(label_of(visit.words, question, option)):
            number = asked.assessment
            given = to_assessment.GiveAnswer(assessment=number, question=question, option=option)
            return assess.answer(visit, given)
    return None


def _as_on_a_button(text: str) -> str:
    return plain(text).replace("–", "-").strip(" .!")


def _question_on_screen(visit: Visit) -> tuple[to.HeldAsAnswerNote | None, int]:
    """Return the note on the question the person is looking at, and the question's number."""
    place = visit.person.place or ""
    if not place.startswith(f"{to_assessment.Ask.__prefix__}:"):
        return None, 0
    at = to_assessment.Ask.unpack(place)
    try:
        assessment, _ = lookup.assessment(visit, at.assessment)
        number = way.step_of(visit, assessment, at.question)
    except (NotFound, ValueError):
        return None, 0
    return to.HeldAsAnswerNote(assessment=at.assessment, question=at.question), number


def _likely(visit: Visit, listed: tuple[Client, ...], text: str) -> Client | None:
    """Return the client named, else on screen, else the one assessed last, else added last."""
    shown = capture.named_in(visit, text) or capture.at_hand(visit)
    if shown is not None:
        return shown
    unfinished = visit.memory.assessments.open()
    if unfinished:
        return lookup.client(visit, unfinished[0].client)
    return max(listed, key=lambda each: each.number, default=None)
