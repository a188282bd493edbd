"""What came, handed to the frame; what comes out is shown.

A tap needs nothing of aiogram's models, whose reading costs more than all the rest of it; and one
table of buttons beats a filter for each: every filter is tried in turn, the table is one look-up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from aiogram import Bot, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated, Message

from handlers.engine import delivery
from handlers.engine.buttons import Data
from handlers.engine.frame import Arrival, Frame, Handler, Outcome
from handlers.engine.routing import Redelivery
from handlers.engine.screen import Picture, Screen
from handlers.engine.thinking import NotKnownYet
from storage.errors import Frozen, Full, NotFound, Overtaken
from storage.protocols import Storage
from storage.records import ClientNumber, Owner, SentPicture, UpdateId
from storage.rows.memory import Memory, Owned
from storage.texts import clean_text


@dataclass(frozen=True, slots=True)
class Coach:
    """What lives as long as the process."""

    frame: Frame
    storage: Storage
    now: Callable[[], datetime]
    """Gives the present moment, aware UTC."""
    shown: delivery.Shown = field(default_factory=delivery.Shown)

    async def apply(
        self,
        arrival: Arrival,
        handler: Handler,
        *,
        live: bool,
        form: Data | None = None,
        redelivery: Redelivery = Redelivery.REPLY,
    ) -> Outcome:
        """Run a handler in a transaction; what it refuses becomes the screen as it is now."""
        run = partial(
            self._run,
            arrival,
            partial(self.frame.run, live=live, redelivery=redelivery),
            partial(self.frame.expect, arrival, form),
        )
        try:
            return await run(handler)
        except (NotFound, Frozen, Full, Overtaken) as error:
            return await run(self.frame.refused(error))

    async def _run(
        self,
        arrival: Arrival,
        run: Callable[[Memory, Arrival, Handler], Outcome],
        expect: Callable[[Memory], None],
        handler: Handler,
    ) -> Outcome:
        """Run a step; what it needs to know first is worked out in a thread, beside the others."""
        while True:
            try:
                return await self.storage.write(
                    lambda memory: run(memory, arrival, handler), (arrival.owner,), expect
                )
            except NotKnownYet as first:
                await asyncio.to_thread(first.work)

    async def note(self, outcome: Outcome, step: Callable[[Owned], None]) -> None:
        """Note how far a reply is delivered, where anything is kept of the person."""
        if outcome.notes:
            owner = outcome.person.owner
            await self.storage.write(lambda memory: step(memory.of(owner)), (owner,))


def make_router() -> Router:
    """Return the router of everything Telegram can bring."""
    router = Router(name="coach")
    router.message.register(on_message)
    router.edited_message.register(on_message)
    router.my_chat_member.register(on_membership)
    return router


async def tap(arrival: Arrival, bot: Bot, coach: Coach) -> None:
    """Answer a button, then show what it leads to in the message that was tapped."""
    data, reachable = clean_text(arrival.data), arrival.reachable
    handler, redelivery, form = coach.frame.tap(data)
    outcome = await coach.apply(arrival, handler, live=reachable, form=form, redelivery=redelivery)
    if arrival.query is not None:
        toast = outcome.reply.toast or ("" if reachable else outcome.moved)
        await delivery.answer(bot, arrival.query, toast)
    await _deliver(bot, coach, arrival, outcome, into=arrival.message if reachable else None)


async def on_message(message: Message, bot: Bot, coach: Coach, arrival: Arrival) -> None:
    """Read a message: a command, the answer to a prompt, or something out of nowhere."""
    if message.chat.type != ChatType.PRIVATE:
        texts = coach.frame.words(message.from_user.language_code if message.from_user else None)
        await delivery.leave(bot, message.chat.id, texts("common.private_only"))
        return
    handler = await coach.frame.topics.reader(coach.frame, message)
    if message.from_user is None or handler is None:
        return
    outcome = await coach.apply(arrival, handler, live=False)
    # The screen stands below the message already where the first of several was answered.
    below = [each for each in outcome.kept.former if each > message.message_id]
    into = max(below) if below and not outcome.reply.forget else None
    await _deliver(bot, coach, arrival, outcome, into=into)


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
            owner, now = Owner(update.from_user.id), coach.now().replace(microsecond=0)
            await coach.storage.write(
                lambda memory: coach.frame.topics.came_back(memory.of(owner), now)
            )
    elif present:
        texts = coach.frame.words(update.from_user.language_code)
        await delivery.leave(bot, update.chat.id, texts("common.private_only"))


async def _deliver(
    bot: Bot, coach: Coach, arrival: Arrival, outcome: Outcome, *, into: int | None
) -> None:
    """Show a reply in the message ``into``, or below everything; go on where the last try ended.

    Every step either may be done twice or is noted once it is done.
    """
    chat, reply, kept = arrival.owner, outcome.reply, outcome.kept
    if reply.marked:
        await delivery.mark(bot, chat, arrival.message)
    if reply.menu is not None:
        await delivery.set_menu(bot, reply.menu, chat=chat)
    await delivery.clear(bot, chat, reply.clear)
    for number, paper in enumerate(reply.papers[kept.papers :], kept.papers + 1):
        file = await delivery.hand_over(bot, chat, paper)
        sent = _sent(paper.picture, file)
        await coach.note(outcome, partial(_handed_over, kept.update_id, number, sent))
    former = {*kept.former, *((into,) if into else ())}
    shown = kept.shown or (into if not reply.papers and not reply.screen.picks else None)
    # What waits shows its own screen soon; but no old one may be all that is left until then.
    if former == {shown} and not kept.shown and arrival.crowded():
        return
    if shown is None or not await _edit(bot, coach, chat, shown, reply.screen):
        shown = await delivery.send(bot, chat, reply.screen)
        coach.shown.note(chat, shown, hash(reply.screen))
        await coach.note(outcome, partial(_shown, kept.update_id, shown))
    for each in sorted(former - {shown}):
        await delivery.withdraw(bot, chat, each, outcome.moved)
    if reply.papers or former != {shown}:
        await coach.note(outcome, partial(_delivered, kept.update_id, reply.then))


def _sent(picture: Picture | None, file: str | None) -> SentPicture | None:
    if picture is None or file is None:
        return None
    client = None if picture.client is None else ClientNumber(picture.client)
    return SentPicture(picture.subject, client, picture.look, file)


def _handed_over(update_id: UpdateId, papers: int, sent: SentPicture | None, mine: Owned) -> None:
    mine.outbox.handed_over(update_id, papers)
    if sent is not None:
        mine.pictures.keep(sent)


def _shown(update_id: UpdateId, message: int, mine: Owned) -> None:
    mine.people.moved(message)
    mine.outbox.shown(update_id, message)


def _delivered(update_id: UpdateId, then: Callable[[Owned], None] | None, mine: Owned) -> None:
    if then is not None:
        then(mine)
    mine.outbox.delivered(update_id)


async def _edit(bot: Bot, coach: Coach, chat: int, message: int, screen: Screen) -> bool:
    """Show a screen in a message unless it stands there already; False where that cannot be."""
    look = hash(screen)
    if not coach.shown.stands(chat, message, look):
        coach.shown.forget(chat)
        if not await delivery.edit(bot, chat, message, screen):
            return False
        coach.shown.note(chat, message, look)
    return True
