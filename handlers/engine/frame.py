"""One update, one transaction: remember it, find its handler, keep where the person is.

``Frame`` is plain and synchronous; ``router`` feeds it and ``delivery`` shows what comes out.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from aiogram.types import Message

from content.answers import stopped
from content.knowledge import Knowledge
from content.reading.signs import classify
from content.schedule.agenda import Entry
from content.search import Library
from content.texts import Texts
from content.vocabulary import one_of, plain
from handlers.engine.buttons import Data
from handlers.engine.lookup import Deleted
from handlers.engine.outbox import packed, unpacked
from handlers.engine.routing import Answered, Redelivery, Routes
from handlers.engine.screen import Coming, Reply, Screen
from handlers.engine.thinking import Thinking
from handlers.engine.visit import Visit
from handlers.engine.wording import menu
from storage.errors import Frozen, Full, NotFound, Overtaken
from storage.records import NOBODY, Outgoing, Owner, Person, Promise, UpdateId
from storage.rows.memory import Memory, Owned
from storage.rows.updates import Noted


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a handler needs to know of an update, whatever brought it."""

    update_id: UpdateId
    owner: Owner
    message: int
    """Telegram id of the message that was tapped or sent."""
    now: datetime
    telegram_language: str | None = None
    sent: datetime | None = None
    """When the message was sent; None for a tap."""
    query: str | None = None
    """Telegram's id of a tap that waits for its answer."""
    data: str = ""
    """What the tapped button carries."""
    reachable: bool = True
    """False where the tapped message is too old to be edited."""
    crowded: Callable[[], bool] = bool
    """True when a newer update of the same chat waits: an edit would be overtaken at once."""
    queued: bool = False
    """It comes from the inbox, where an earlier one goes first: ``OutOfTurn``."""

    @property
    def tapped(self) -> bool:
        """Tell whether a toast can be shown; of anything else it stands on the screen."""
        return self.query is not None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reply and the person as they stand after it."""

    reply: Reply
    person: Person
    kept: Outgoing
    """How far the reply is delivered, and what showed the screens before."""
    moved: str
    """What is left of a former message where it cannot be deleted."""

    @property
    def notes(self) -> bool:
        """Tell whether the outbox holds this: not for who only looks around, or has gone."""
        return self.person.since is not None and not self.reply.forget


Handler = Callable[[Visit], Answered]
START = "start"
"""The command that a link into the chat sends, with its parameter."""
CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Topics:
    """What the topics hand to the engine, which knows none of them."""

    routes: Routes
    home: Data
    """The address of the first screen."""
    gone: Callable[[Visit], Screen]
    """Says that a client was deleted."""
    reader: Callable[[Frame, Message], Awaitable[Handler | None]]
    """Returns what reads a message; None for one that nobody wrote."""
    notice: Callable[[Visit, tuple[Entry, ...]], Screen]
    """Lists what is due now."""
    came_back: Callable[[Owned, datetime], None]
    """Notes that a person who was out of reach, or has let lists lie, is back."""
    adopted: Callable[[Visit], int | None]
    """Takes the tapped message for the one in use; returns its copy, if it came twice."""


class Frame:
    """Runs handlers inside a transaction."""

    def __init__(self, topics: Topics, knowledge: Knowledge) -> None:
        """Take the topics and what they talk about."""
        self.topics = topics
        self.routes = topics.routes
        self.knowledge = knowledge
        self.thinking = Thinking()
        self.bot_name = ""
        """The bot's user name, once Telegram has told it."""
        self._home = topics.home.pack()
        self._spoken: dict[Owner, str] = {}
        """The language of people who have another one than their phone."""
        self.libraries = {
            language: Library(words) for language, words in knowledge.languages.items()
        }

    def words(self, telegram_language: str | None, owner: Owner = NOBODY) -> Texts:
        """Return the interface texts for a phone, or for the person who was here lately."""
        return self.knowledge.words(self._spoken.get(owner) or telegram_language).texts

    def expect(self, arrival: Arrival, form: Data | None, memory: Memory) -> None:
        """Ask for what an update is applied with, and for what the form of its button is about."""
        owned = memory.of(arrival.owner)
        if arrival.queued:
            memory.updates.expect(arrival.update_id, arrival.owner)
        if form is not None:
            form.expect(owned)
        owned.people.expect()

    def visit(self, memory: Memory, arrival: Arrival) -> Visit:
        """Open one person's turn."""
        owned = memory.of(arrival.owner)
        return Visit(
            memory=owned,
            person=owned.people.get(),
            knowledge=self.knowledge,
            libraries=self.libraries,
            now=arrival.now,
            sent=arrival.sent or arrival.now,
            telegram_language=arrival.telegram_language,
            message=arrival.message,
            ways=self,
            think=self.thinking,
            bot_name=self.bot_name,
        )

    def notice(
        self, memory: Memory, owner: Owner, entries: tuple[Entry, ...], now: datetime
    ) -> Screen:
        """Return the message that lists to a person what is due now."""
        visit = self.visit(memory, Arrival(UpdateId(0), owner, message=0, now=now))
        return self.topics.notice(visit, entries)

    def read(self, place: str) -> Data | None:
        """Return the form of an address; None for what no button carries."""
        return self.routes.read(place)

    def coming(self, visit: Visit, promise: Promise) -> Coming | None:
        """Return how a promise is told; None for one that has nothing to tell any more."""
        teller = self.routes.promises.get(promise.kind)
        return teller and teller(visit, promise)

    def open(self, visit: Visit, place: str) -> Screen:
        """Return the screen of an address, or the home screen where there is none any more."""
        found = self.routes.find(place)
        if found is not None and found[0].opens:
            tap, form = found
            with suppress(NotFound):
                return _screen(tap.handler(visit, form))
        home = self.topics.home
        return _screen(self.routes.taps[home.__prefix__].handler(visit, home))

    def run(
        self,
        memory: Memory,
        arrival: Arrival,
        handler: Handler,
        *,
        live: bool,
        redelivery: Redelivery = Redelivery.REPLY,
    ) -> Outcome:
        """Apply one update, and keep its reply until it is delivered.

        A redelivered update changes nothing and gives the same reply, as its ``redelivery`` says.
        One of a person without a row runs again, for nothing was recorded of them. ``live`` says
        that the screen will stand in the message of the arrival (a tap), not in a new one.
        """
        first_time = _note(memory, arrival)
        visit = self.visit(memory, arrival)
        before = visit.person
        if before.awaited or not before.reachable:
            self.topics.came_back(visit.memory, arrival.now)

        def moved() -> str:
            return visit.texts("common.moved")

        def others(*messages: int | None) -> tuple[int, ...]:
            here = visit.message if live else None
            return tuple({each for each in messages if each and each != here})

        if first_time() or before.since is None:
            reply = self._reply(visit, arrival, handler)
            spare = live and visit.message != before.live_message and self.topics.adopted(visit)
            stays = self._stays(before.place, reply.screen.place)
            former = (None if stays else before.live_message, spare or None)
            if reply.forget:
                self.thinking.forget()
            else:
                self._keep(visit, before, reply, live=live)
            reply = self._in_language(visit, arrival, reply)
            kept = Outgoing(arrival.update_id, former=others(*former))
            outcome = Outcome(reply, visit.person, kept, moved())
            if outcome.notes and (redelivery is not Redelivery.PLACE or kept.former or not live):
                words = packed(reply) if redelivery is Redelivery.REPLY else ""
                visit.memory.outbox.keep(replace(kept, reply=words), visit.now)
            return outcome
        found, runs = visit.memory.outbox.get(), redelivery is Redelivery.RUN
        if found is not None and found.update_id == arrival.update_id:
            again = unpacked(found.reply)
            if again is None and runs and not found.delivered:
                again = self._reply(visit, arrival, handler)
            if again is not None:
                shown = found.shown or (before.live_message if found.delivered else None)
                return Outcome(again, before, replace(found, shown=shown), moved())
        # Delivered long ago: what the person sees stands, whatever Telegram asks again.
        kept = Outgoing(arrival.update_id, former=others(before.live_message))
        toast = visit.texts("common.already") if arrival.tapped and not runs else ""
        reply = replace(self._reply(visit, arrival, Visit.current), toast=toast)
        return Outcome(reply, before, kept, moved())

    def _stays(self, place: str | None, then: str = "") -> bool:
        """Tell whether the screen of an address is a text that stays when this one comes below.

        It does unless both are about the same.
        """
        if not self.routes.stays(place or "") or (form := self.read(place or "")) is None:
            return False
        subject, after = next(iter(form)), self.read(then)
        return after is None or subject not in after

    def _reply(self, visit: Visit, arrival: Arrival, handler: Handler) -> Reply:
        """Run a handler; its screen is as the person may see it."""
        answered = handler(visit)
        reply = answered if isinstance(answered, Reply) else Reply(answered)
        screen = reply.screen
        if visit.person.discreet:
            screen = screen.covered(visit.texts("common.cover"), visit.texts("common.cover_line"))
        if reply.toast and not arrival.tapped and not screen.state:
            screen = screen.saying(_as_a_sentence(visit, reply.toast))
        return reply if screen is reply.screen else replace(reply, screen=screen)

    def warm(self) -> None:
        """Load what reading a typed text needs; may run in a thread, the second time is free."""
        for library in self.libraries.values():
            library.warm()
        for language in self.knowledge.languages:
            classify(self.knowledge.words(language), "")

    def _keep(self, visit: Visit, before: Person, reply: Reply, *, live: bool) -> None:
        """Write where the person is.

        Who only looks around leaves no row. Who was told something does: the next word takes the
        place of this one.
        """
        place = reply.screen.place or visit.person.place
        if not reply.screen.place and self._stays(place):
            place = self._home  # what stays is left behind by a screen without an address too
        shown = visit.message if live else visit.person.live_message
        changed = visit.person != before
        looks = place is None or (place == self._home and not reply.screen.state)
        if before.since is None and looks and not changed:
            return
        if (place, shown) != (visit.person.place, visit.person.live_message):
            visit.person = replace(visit.person, place=place, live_message=shown)
        if changed or before.since is None or before.language is None:
            visit.person = replace(
                visit.person,
                since=before.since or visit.now,
                # What comes by itself brings no word of the phone's language.
                language=visit.person.language or visit.words.language,
            )
            visit.memory.people.save(visit.person)
        elif visit.person is not before:
            visit.memory.people.stand(place, shown)

    def _in_language(self, visit: Visit, arrival: Arrival, reply: Reply) -> Reply:
        """Keep in which language to speak where no turn can be opened.

        The menu of who speaks another than their phone is theirs alone, and as old as the release
        that set it: this one sets it anew when they first come.
        """
        spoken = visit.person.language
        if spoken is None or spoken == self.knowledge.words(arrival.telegram_language).language:
            self._spoken.pop(arrival.owner, None)
            return reply
        former, self._spoken[arrival.owner] = self._spoken.get(arrival.owner), spoken
        renewed = former != spoken and reply.menu is None and not reply.forget
        return replace(reply, menu=menu(visit.texts)) if renewed else reply

    def tap(self, data: str) -> tuple[Handler, Redelivery, Data | None]:
        """Return what answers a button, how one is answered that comes again, and its form."""
        found = self.routes.find(data)

        def handle(visit: Visit) -> Answered:
            said = self._leave(visit, answered=visit.message == visit.person.live_message)
            if found is None:
                return self._stale(visit, "stale.unknown")
            tap, form = found
            return _saying(tap.handler(visit, form), said)

        return (
            (handle, found[0].redelivery, found[1]) if found else (handle, Redelivery.REPLY, None)
        )

    def command(self, name: str, words: str) -> Handler:
        """Return what answers a command; any command closes an open prompt."""

        def handle(visit: Visit) -> Answered:
            said = self._leave(visit, answered=name == CANCEL)
            link, _, parameter = words.partition("-")
            if name == START and link in self.routes.links:
                return self.routes.links[link](visit, parameter)
            handler = self.routes.commands.get(name)
            if handler is None:
                return _saying(self._stale(visit, "stale.command"), said)
            return _saying(handler(visit, words), said)

        return handle

    def _leave(self, visit: Visit, *, answered: bool) -> str:
        """Close an open prompt; return what is to be said where that leaves it unanswered."""
        left = visit.left_prompt = visit.memory.scratch.leave(visit.now)
        leave = self.routes.left.get(left.kind) if left and not answered else None
        return leave(visit, left) if left and leave else ""

    def typed(self, text: str, otherwise: Callable[[Visit, str], Answered]) -> Handler:
        """Return what reads a typed text: the open prompt's reader, or ``otherwise``.

        «Отмена» is the command: else it would become the name of a client or a line of a letter.
        """

        def handle(visit: Visit) -> Answered:
            if re.fullmatch(rf"{one_of(visit.words.typed.leave)}\W*", plain(text)):
                return self.command(CANCEL, "")(visit)
            prompt = visit.memory.scratch.prompt(visit.now)
            reader = self.routes.prompts.get(prompt.kind) if prompt else None
            if prompt is None or reader is None:
                return otherwise(visit, text)
            visit.memory.scratch.ask(None)
            return reader(visit, prompt, text)

        return handle

    def refused(self, error: NotFound | Frozen | Full | Overtaken) -> Handler:
        """Return what answers where the subject is gone, closed or changed, or no room is left."""
        if isinstance(error, Deleted):
            return self.topics.gone
        if isinstance(error, Full):
            key = f"full.{error.kind}"
            most = f"{error.most:,}".replace(",", "\N{NO-BREAK SPACE}")
            return lambda visit: Reply(visit.current(), toast=visit.texts(key, most=most))
        if isinstance(error, Overtaken):
            return lambda visit: self._stale(visit, "common.already")
        key = "stale.unknown" if isinstance(error, NotFound) else "stale.frozen"
        return lambda visit: self._stale(visit, key)

    def _stale(self, visit: Visit, key: str) -> Reply:
        return Reply(visit.current(), toast=visit.texts(key))


def _note(memory: Memory, arrival: Arrival) -> Noted:
    update_id, now = arrival.update_id, arrival.now
    if arrival.queued:
        return memory.updates.note_in_turn(update_id, arrival.owner, now)
    return memory.updates.note(update_id, now)


def _saying(answered: Answered, said: str) -> Answered:
    """Return the same answer, which says this too."""
    if not said:
        return answered
    if isinstance(answered, Reply):
        return replace(answered, screen=answered.screen.saying(said))
    return answered.saying(said)


def _as_a_sentence(visit: Visit, toast: str) -> str:
    """Return a toast as it stands among sentences."""
    return toast if toast.endswith((".", "!", "?", "…")) else stopped(visit.words, toast)


def _screen(answered: Answered) -> Screen:
    return answered.screen if isinstance(answered, Reply) else answered
