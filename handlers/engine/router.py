"""Telegram's events, unpacked and handed to the frame; what comes out is shown.

One callback handler with its own table beats a filter for each button: every filter is tried in the
order of registration, the table is one look-up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from aiogram import Bot, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, InaccessibleMessage, Message

from handlers.engine import delivery
from handlers.engine.frame import Arrival, Frame, Handler, Outcome
from handlers.engine.screen import Screen
from handlers.engine.thinking import NotKnownYet
from storage.protocols import Frozen, NotFound, Overtaken, Storage
from storage.records import Owner, UpdateId
from storage.texts import clean_text


class Clock(Protocol):
    """Gives the time; aware UTC."""

    def now(self) -> datetime:
        """Return the present moment."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What the ingest knows of the update in hand."""

    update_id: UpdateId
    crowded: Callable[[], bool]
    """True when a newer update of the same chat waits: an edit would be overtaken at once."""


@dataclass(frozen=True, slots=True)
class Tapped:
    """A tap on a button below one of the bot's messages."""

    query: str
    """Telegram's id of the tap, to be answered."""
    person: Owner
    language: str | None
    """As Telegram tells it."""
    chat: int
    message: int
    data: str
    reachable: bool = True
    """False where the message is too old to be edited."""


@dataclass(frozen=True, slots=True)
class Coach:
    """What lives as long as the process."""

    frame: Frame
    storage: Storage
    clock: Clock
    shown: delivery.Shown = field(default_factory=delivery.Shown)

    async def apply(self, arrival: Arrival, handler: Handler, *, live: bool) -> Outcome:
        """Run a handler in a transaction; what it refuses becomes the screen as it is now."""
        try:
            return await self._run(arrival, handler, live=live)
        except (NotFound, Frozen, Overtaken) as error:
            return await self._run(arrival, self.frame.refused(error), live=live)

    async def _run(self, arrival: Arrival, handler: Handler, *, live: bool) -> Outcome:
        """Run a step; what it needs to know first is worked out in a thread, beside the others."""
        frame = self.frame
        while True:
            try:
                return await self.storage.write(
                    lambda memory: frame.run(memory, arrival, handler, live=live)
                )
            except NotKnownYet as first:
                await asyncio.to_thread(first.work)

    def arrival(
        self,
        turn: Turn,
        person: Owner,
        language: str | None,
        message: int,
        sent: datetime | None = None,
    ) -> Arrival:
        """Describe an update to the frame; ``sent`` is when a message was written."""
        now = self.clock.now().replace(microsecond=0)
        return Arrival(
            update_id=turn.update_id,
            owner=person,
            message=message,
            now=now,
            telegram_language=language,
            sent=sent and min(sent, now),
        )


def make_router() -> Router:
    """Return the router of everything Telegram can bring."""
    router = Router(name="coach")
    router.callback_query.register(on_tap)
    router.message.register(on_message)
    router.edited_message.register(on_message)
    router.my_chat_member.register(on_membership)
    return router


async def on_tap(query: CallbackQuery, bot: Bot, coach: Coach, turn: Turn) -> None:
    """Take a tap that came through aiogram."""
    message = query.message
    if message is None:  # tapped below an inline message, which this bot never sends
        await delivery.answer(bot, query.id, "")
        return
    tapped = Tapped(
        query=query.id,
        person=Owner(query.from_user.id),
        language=query.from_user.language_code,
        chat=message.chat.id,
        message=message.message_id,
        data=query.data or "",
        reachable=not isinstance(message, InaccessibleMessage),
    )
    await tap(tapped, bot, coach, turn)


async def tap(tapped: Tapped, bot: Bot, coach: Coach, turn: Turn) -> None:
    """Answer a button, then show what it leads to in the message that was tapped."""
    chat, message, reachable = tapped.chat, tapped.message, tapped.reachable
    arrival = coach.arrival(turn, tapped.person, tapped.language, message)
    handler = coach.frame.tap(clean_text(tapped.data))
    outcome = await coach.apply(arrival, handler, live=reachable)
    toast = outcome.reply.toast or ("" if reachable else outcome.moved)
    await delivery.answer(bot, tapped.query, toast)
    await delivery.clear(bot, chat, outcome.reply.clear)
    if outcome.spare is not None:
        await delivery.withdraw(bot, chat, outcome.spare, outcome.moved)
    other = outcome.former_live if outcome.former_live != message else None
    shown = reachable and not outcome.reply.papers
    # What waits shows its own screen soon; but no old one may be all that is left until then.
    if shown and (other is not None or not turn.crowded()):
        shown = await _edit(bot, coach, chat, message, outcome.reply.screen)
    if not shown:
        await _below(bot, coach, chat, outcome)
        return
    if other is not None:
        await delivery.withdraw(bot, chat, other, outcome.moved)


async def on_message(message: Message, bot: Bot, coach: Coach, turn: Turn) -> None:
    """Read a message: a command, the answer to a prompt, or something out of nowhere."""
    if message.chat.type != ChatType.PRIVATE:
        await delivery.leave(bot, message.chat.id, coach.frame.words(None)("common.private_only"))
        return
    handler = await coach.frame.topics.reader(coach.frame, message)
    if message.from_user is None or handler is None:
        return
    user = message.from_user
    arrival = coach.arrival(
        turn, Owner(user.id), user.language_code, message.message_id, message.date
    )
    outcome = (await coach.apply(arrival, handler, live=False)).spoken()
    if not await _in_place(bot, coach, message, outcome):
        await _below(bot, coach, message.chat.id, outcome)


async def on_membership(update: ChatMemberUpdated, bot: Bot, coach: Coach) -> None:
    """Note who let the bot in again; leave a group at once.

    What is said about a client is for one pair of eyes.
    """
    present = update.new_chat_member.status in (
        ChatMemberStatus.MEMBER,
        ChatMemberStatus.ADMINISTRATOR,
        ChatMemberStatus.RESTRICTED,
    )
    if update.chat.type == ChatType.PRIVATE:
        if present:
            owner, now = Owner(update.from_user.id), coach.clock.now().replace(microsecond=0)
            await coach.storage.write(
                lambda memory: coach.frame.topics.came_back(memory.of(owner), now)
            )
    elif present:
        await delivery.leave(bot, update.chat.id, coach.frame.words(None)("common.private_only"))


async def _edit(bot: Bot, coach: Coach, chat: int, message: int, screen: Screen) -> bool:
    """Show a screen in a message unless it stands there already; False where that cannot be."""
    look = hash(screen)
    if not coach.shown.stands(chat, message, look):
        coach.shown.forget(chat)
        if not await delivery.edit(bot, chat, message, screen):
            return False
        coach.shown.note(chat, message, look)
    return True


async def _in_place(bot: Bot, coach: Coach, message: Message, outcome: Outcome) -> bool:
    """Edit the screen if it stands below the message already: the first of several was answered."""
    live = outcome.former_live
    if live is None or live < message.message_id or outcome.reply.papers or outcome.reply.forget:
        return False
    return await _edit(bot, coach, message.chat.id, live, outcome.reply.screen)


async def _below(bot: Bot, coach: Coach, chat: int, outcome: Outcome) -> None:
    """Hand over the papers, show the screen below them, and take the former screen away."""
    for paper in outcome.reply.papers:
        await delivery.hand_over(bot, chat, paper)
    shown = await delivery.send(bot, chat, outcome.reply.screen)
    coach.shown.note(chat, shown, hash(outcome.reply.screen))
    if outcome.person.since is not None and not outcome.reply.forget:
        owner = outcome.person.owner
        await coach.storage.write(lambda memory: memory.of(owner).people.moved(shown))
    for former in {outcome.former_live, outcome.person.live_message}:
        if former is not None and former != shown:
            await delivery.withdraw(bot, chat, former, outcome.moved)
