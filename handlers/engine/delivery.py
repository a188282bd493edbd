"""The only place that sends, edits, deletes or answers.

Order on a tap: the answer to the query first (the spinner stops), then one edit. What Telegram
refuses for reasons that are nobody's fault (an old message, an unchanged one) is worked around
here; everything else goes up to the ingest, which waits or puts the update aside.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    LinkPreviewOptions,
    Message,
)

from handlers.engine.making import made
from handlers.engine.screen import Json, Paper, Picture, Screen

UNCHANGED = "message is not modified"
TOO_OLD = "query is too old"
GONE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "MESSAGE_ID_INVALID",
    "message to delete not found",
    "message can't be deleted",
)
NO_PREVIEW = {"is_disabled": True}
"""A picture of some page below the words draws the eye from them, and asks that page for it."""
UNKNOWN_FILE = ("wrong file identifier", "wrong remote file", "FILE_REFERENCE_", "PHOTO_INVALID")
"""How Telegram says that it has no such file any more."""
MOMENT = 0.5
"""Seconds that something may take before it is shown that it is being made."""
ACTION_LASTS = 4.5
"""Telegram shows it for five seconds."""
WRITTEN_DOWN = "\N{WRITING HAND}"
AT_ONCE = 100
"""Messages that one call may delete."""


class _AsGiven:
    """Keeps the fields of a method of ours as they are: the type checker has looked at them.

    Measured, reading and copying them as pydantic does was a tenth of a tap.
    """

    def __init__(self, **fields: object) -> None:
        for name, value in (
            ("__dict__", fields),
            ("__pydantic_fields_set__", set(fields)),
            ("__pydantic_extra__", None),
            ("__pydantic_private__", None),
        ):
            object.__setattr__(self, name, value)  # what pydantic's `model_construct` sets, too


class AnswerTap(_AsGiven, TelegramMethod[bool]):
    """``answerCallbackQuery``; this and those below hold but the fields in use, all to be given.

    Aiogram's own classes copy their defaults and read every entity and button again: measured, a
    third of a tap.
    """

    __returning__ = bool
    __api_method__ = "answerCallbackQuery"

    callback_query_id: str
    text: str | None


class Edit(_AsGiven, TelegramMethod[Message | bool]):
    """``editMessageText``."""

    __returning__ = Message | bool
    __api_method__ = "editMessageText"

    chat_id: int
    message_id: int
    text: str
    entities: list[Json]
    reply_markup: Json | None
    link_preview_options: Json


class Send(_AsGiven, TelegramMethod[Message]):
    """``sendMessage``."""

    __returning__ = Message
    __api_method__ = "sendMessage"

    chat_id: int
    text: str
    entities: list[Json]
    reply_markup: Json | None
    link_preview_options: Json
    disable_notification: bool


class Notice(Send):
    """A message that nobody waits for; its sender decides what becomes of it when it fails."""

    allow_paid_broadcast: bool | None


class React(_AsGiven, TelegramMethod[bool]):
    """``setMessageReaction``."""

    __returning__ = bool
    __api_method__ = "setMessageReaction"

    chat_id: int
    message_id: int
    reaction: list[Json]


class Shown:
    """What the newest screens look like, so that an edit that changes nothing is not asked for.

    A few numbers, of the chats that were busy last; a chat that is forgotten costs one refusal.
    """

    def __init__(self, most: int = 1024) -> None:
        self._most = most
        self._chats: OrderedDict[int, tuple[int, int]] = OrderedDict()

    def stands(self, chat: int, message: int, look: int) -> bool:
        """Tell whether a message is known to show just this; ``look`` is the hash of a screen."""
        return self._chats.get(chat) == (message, look)

    def forget(self, chat: int) -> None:
        """Note that an edit is on its way: should its answer be lost, nobody knows what stands."""
        self._chats.pop(chat, None)

    def note(self, chat: int, message: int, look: int) -> None:
        """Remember what a message shows now."""
        self._chats[chat] = message, look
        self._chats.move_to_end(chat)
        if len(self._chats) > self._most:
            self._chats.popitem(last=False)


async def answer(bot: Bot, query_id: str, toast: str) -> None:
    """Answer a tap; a query older than Telegram remembers needs none."""
    try:
        await bot(AnswerTap(callback_query_id=query_id, text=toast or None))
    except TelegramBadRequest as refusal:
        if TOO_OLD not in refusal.message:
            raise


async def edit(bot: Bot, chat: int, message: int, screen: Screen) -> bool:
    """Show a screen in a message; False where that message is gone or cannot be edited."""
    changed = Edit(chat_id=chat, message_id=message, **_shown(screen))
    try:
        await bot(changed)
    except TelegramBadRequest as refusal:
        if UNCHANGED in refusal.message:
            return True
        if any(reason in refusal.message for reason in GONE):
            return False
        raise
    return True


async def send(bot: Bot, chat: int, screen: Screen) -> int:
    """Show a screen in a new silent message and return its id."""
    message = await bot(Send(chat_id=chat, disable_notification=True, **_shown(screen)))
    return message.message_id


def _shown(screen: Screen) -> dict[str, Any]:
    """Return what the calls that show a screen have in common."""
    text, entities = screen.formatted()
    return {
        "text": text,
        "entities": entities,
        "reply_markup": screen.keyboard(),
        "link_preview_options": NO_PREVIEW,
    }


async def notify(  # noqa: PLR0913 - what its sender decides, each by its name
    bot: Bot, chat: int, screen: Screen, *, silent: bool, within: int, paid: bool = False
) -> int:
    """Show a screen that the person has not just asked for and return its message's id.

    ``paid`` lets Telegram take Stars for more than 30 in a second. Raises whatever the call raises,
    at the latest after ``within`` seconds, and repeats nothing.
    """
    notice = Notice(
        chat_id=chat,
        disable_notification=silent,
        allow_paid_broadcast=paid or None,
        **_shown(screen),
    )
    message = await bot(notice, request_timeout=within)
    return message.message_id


async def replaced(bot: Bot, chat: int, message: int, *, within: int) -> None:
    """Take a message away that a newer one stands for; one too old for that loses its buttons."""
    try:
        await bot.delete_message(chat, message, request_timeout=within)
    except TelegramBadRequest:
        with suppress(TelegramBadRequest):
            await bot.edit_message_reply_markup(
                chat_id=chat, message_id=message, request_timeout=within
            )


@asynccontextmanager
async def _busy(bot: Bot, chat: int, action: ChatAction) -> AsyncIterator[None]:
    """Show that something is being made, where it takes longer than a moment."""

    async def show() -> None:
        await asyncio.sleep(MOMENT)
        while True:
            # Whatever comes of it, what is made must not be sent again: a proxy may send a page.
            with suppress(AiogramError):
                await bot.send_chat_action(chat, action)
            await asyncio.sleep(ACTION_LASTS)

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        showing.cancel()
        with suppress(asyncio.CancelledError):
            await showing


async def hand_over(bot: Bot, chat: int, paper: Paper) -> str | None:
    """Send a message that stays: nothing but its text, a file, or a picture.

    Returns by what Telegram has the picture from now on; None where there was nothing new.
    """
    if paper.picture is not None:
        return await _send_picture(bot, chat, paper.text, paper.picture)
    if paper.file is None:
        await bot.send_message(
            chat_id=chat,
            text=paper.text,
            parse_mode=None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            disable_notification=True,
        )
    else:
        async with _busy(bot, chat, ChatAction.UPLOAD_DOCUMENT):
            file = paper.file if isinstance(paper.file, bytes) else await made(paper.file)
            await bot.send_document(
                chat_id=chat,
                document=BufferedInputFile(file, paper.name),
                caption=paper.text or None,
                parse_mode=None,
                disable_notification=True,
            )
    return None


async def _send_picture(bot: Bot, chat: int, caption: str, picture: Picture) -> str | None:
    """Send a picture by the id that Telegram has it under, else drawn; return a new id."""

    async def send(photo: str | BufferedInputFile) -> Message:
        return await bot.send_photo(
            chat_id=chat,
            photo=photo,
            caption=caption,
            parse_mode=None,
            has_spoiler=picture.veiled or None,
            disable_notification=True,
        )

    if picture.file_id:
        try:
            await send(picture.file_id)
        except TelegramBadRequest as refusal:
            if not any(reason in refusal.message for reason in UNKNOWN_FILE):
                raise
        else:
            return None
    async with _busy(bot, chat, ChatAction.UPLOAD_PHOTO):
        sent = await send(BufferedInputFile(await made(picture.draw), "picture.png"))
    return sent.photo[-1].file_id if sent.photo else None


async def withdraw(bot: Bot, chat: int, message: int, farewell: str) -> None:
    """Take a former screen out of the way: delete it, or leave one line without buttons."""
    try:
        await bot.delete_message(chat, message)
    except TelegramBadRequest as refusal:
        if not any(reason in refusal.message for reason in GONE):
            raise
        await edit(bot, chat, message, Screen(farewell))


async def set_menu(
    bot: Bot,
    menu: tuple[tuple[str, str], ...],
    *,
    language: str | None = None,
    chat: int | None = None,
) -> None:
    """Set the menu for phones of a language, or for one chat; no commands take it back."""
    scope = None if chat is None else BotCommandScopeChat(chat_id=chat)
    if menu:
        commands = [BotCommand(command=name, description=said) for name, said in menu]
        await bot.set_my_commands(commands, scope, language)
    else:
        await bot.delete_my_commands(scope, language)


async def mark(bot: Bot, chat: int, message: int) -> None:
    """Show on a message of the person's that it is written down; one that is gone needs nothing."""
    reaction = [{"type": "emoji", "emoji": WRITTEN_DOWN}]
    with suppress(TelegramBadRequest):
        await bot(React(chat_id=chat, message_id=message, reaction=reaction))


async def clear(bot: Bot, chat: int, messages: tuple[int, ...]) -> None:
    """Delete messages of the person's; those gone or too old to be deleted stay as they are."""
    for start in range(0, len(messages), AT_ONCE):
        with suppress(TelegramBadRequest):
            await bot.delete_messages(chat, list(messages[start : start + AT_ONCE]))


async def leave(bot: Bot, chat: int, farewell: str) -> None:
    """Say once that the coach works in private, and leave a group or a channel."""
    with suppress(TelegramBadRequest, TelegramForbiddenError):
        await bot.send_message(
            chat_id=chat,
            text=farewell,
            parse_mode=None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    with suppress(TelegramBadRequest, TelegramForbiddenError):
        await bot.leave_chat(chat)
