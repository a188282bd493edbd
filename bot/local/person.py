"""A person's side of the in-memory Telegram, made to be scripted.

    me = telegram.person(1)
    me.send("/start")
    await telegram.settled()
    me.tap("Добавить клиента")

Everything here happens at once; the bot learns of it through its updates.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zlib import compress, crc32

from bot.local.chats import Chat, Message, PressedButton, Toast
from bot.local.methods import photo
from bot.local.params import Json, Upload
from bot.local.rules import SPACE, TEXT_UNITS, units
from bot.local.state import TelegramState


def _evening(width: int = 64, height: int = 40) -> bytes:
    """Draw a small PNG, a sunset over a dark hill, so that a sample picture shows something."""
    rows = bytearray()
    for y in range(height):
        hill, glow = y > height * 0.72, y / height
        colour = (38, 50, 66) if hill else (int(90 + 150 * glow), int(110 + 40 * glow), 150)
        rows += b"\0" + bytes(colour) * width

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", compress(bytes(rows))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


PICTURE = Upload("photo.png", _evening())
VOICE = Upload("voice.ogg", b"OggS")
MOVE = Upload("move.mp4", b"\0\0\0\x18ftypmp42")
STICKER = Upload("sticker.webp", b"RIFF\0\0\0\0WEBP")


@dataclass(frozen=True)
class Origin:
    """Where a forwarded message came from.

    ``user_id`` is None for an author who hides the account: then only the ``name`` is known.
    """

    name: str
    sent: datetime
    user_id: int | None = None
    is_bot: bool = False

    def shown(self) -> Json:
        """Give the Bot API's MessageOrigin object."""
        date = int(self.sent.timestamp())
        if self.user_id is None:
            return {"type": "hidden_user", "sender_user_name": self.name, "date": date}
        user = {"id": self.user_id, "is_bot": self.is_bot, "first_name": self.name}
        return {"type": "user", "sender_user": user, "date": date}


class LocalPerson:
    """Somebody with an account, and what they see of the bot."""

    def __init__(
        self, telegram: TelegramState, user_id: int, first_name: str, language_code: str
    ) -> None:
        """Make an account; the chat with the bot opens with the first message."""
        self.telegram = telegram
        self.user: Json = {
            "id": user_id,
            "is_bot": False,
            "first_name": first_name,
            "language_code": language_code,
        }

    @property
    def id(self) -> int:
        """The account's number, which is the private chat's too."""
        return int(self.user["id"])

    # What the person sees

    @property
    def chat(self) -> Chat:
        """The private chat with the bot, opened at the first look."""
        if self.id not in self.telegram.chats:
            card = {"id": self.id, "type": "private", "first_name": self.user["first_name"]}
            self.telegram.chats[self.id] = Chat(card)
        return self.telegram.chats[self.id]

    @property
    def messages(self) -> list[Message]:
        """The chat's messages as they are now, oldest first, without the deleted ones."""
        return self.chat.visible

    @property
    def screen(self) -> Message:
        """The bot's last message that is still there."""
        for message in reversed(self.messages):
            if message.from_bot:
                return message
        raise LookupError("the bot has no message in the chat")

    @property
    def toasts(self) -> list[Toast]:
        """The toasts and alerts shown so far."""
        return self.chat.toasts

    # What the person does

    def send(self, text: str, *, to: Group | None = None) -> Message:
        """Type a text, here or in a group; a long one goes in pieces, as the apps send it."""
        typed = text.strip(SPACE)
        if not typed:
            raise ValueError("an app sends no empty message")
        *first, last = _pieces(typed)
        for piece in first:
            self._post({"text": piece} | _command(piece), to)
        return self._post({"text": last} | _command(last), to)

    def tap(
        self, label: str | None = None, *, on: Message | int | None = None, data: str | None = None
    ) -> str:
        """Press the button that reads ``label`` and give the tap's id.

        ``on`` is the message, the bot's last one by default. ``data`` is sent instead of a
        button's own: any text, on any message, as a forged or an old button would. A button that
        does not speak to the bot (copy, link) gives "".
        """
        message = self._message(on)
        if data is None:
            if label is None:
                raise ValueError("name the button or give its data")
            button = message.button(label)
            data = button.get("callback_data")
            if data is None:
                self._type(message, button)
        return "" if data is None else self.tap_raw(message, data)

    def tap_at(self, row: int, column: int, *, on: Message | int | None = None) -> str:
        """Press the button in a row and a column, both counted from 0; else as `tap`."""
        message = self._message(on)
        button = message.keyboard[row][column]
        data = button.get("callback_data")
        if data is None:
            self._type(message, button)
        return "" if data is None else self.tap_raw(message, str(data))

    def _type(self, message: Message, button: Json) -> None:
        """Press a button that stands in the place of the phone's keyboard."""
        if "_keyboard" not in message.body:
            return
        if "request_users" in button:
            self.share_user(request_id=int(button["request_users"]["request_id"]))
        else:
            self.send(str(button["text"]))

    def share_user(
        self, first_name: str = "Olga", user_id: int = 5_000_000_001, request_id: int = 1
    ) -> Message:
        """Pick somebody from the contacts for a button that asks for it."""
        users = [{"user_id": user_id, "first_name": first_name}]
        return self._post({"users_shared": {"request_id": request_id, "users": users}})

    def tap_raw(self, message: Message, data: str) -> str:
        """Send ``data`` as if a button under ``message`` carried it, and give the tap's id."""
        telegram = self.telegram
        tap = PressedButton(str(telegram.number()), self.chat, telegram.clock(), data)
        telegram.taps[tap.id] = tap
        gone = message.deleted or message.forgotten
        inaccessible = {"chat": message.body["chat"], "message_id": message.id, "date": 0}
        telegram.updates.add(
            "callback_query",
            {
                "id": tap.id,
                "from": self.user,
                "message": inaccessible if gone else message.shown(),
                "chat_instance": str(self.id),
                "data": data,
            },
        )
        return tap.id

    def forward(self, text: str, origin: Origin) -> Message:
        """Forward a text that somebody else wrote."""
        return self._post({"text": text, "forward_origin": origin.shown()})

    def forward_voice(self, origin: Origin, duration: int = 42) -> Message:
        """Forward a voice message of somebody else, ``duration`` seconds long."""
        return self._post(self._voice(duration) | {"forward_origin": origin.shown()})

    def forward_own(self, message: Message) -> Message:
        """Forward one of the bot's messages back to it: the bot is named, callbacks are gone."""
        bot = self.telegram.bot
        origin = Origin(bot["first_name"], message.date, bot["id"], is_bot=True)
        kept = {"text", "entities", "caption", "caption_entities", "photo", "document"}
        content = {name: value for name, value in message.body.items() if name in kept}
        return self._post(content | {"forward_origin": origin.shown()})

    def send_location(self, latitude: float, longitude: float) -> Message:
        """Send a pin on the map."""
        return self._post({"location": {"latitude": latitude, "longitude": longitude}})

    def send_contact(
        self, first_name: str, phone_number: str = "+70000000000", user_id: int | None = None
    ) -> Message:
        """Send a card from the address book, of somebody with an account or without."""
        card: Json = {"first_name": first_name, "phone_number": phone_number}
        return self._post({"contact": card | ({"user_id": user_id} if user_id else {})})

    def send_sticker(self, emoji: str = "👍") -> Message:
        """Send a sticker."""
        kind = {"type": "regular", "is_animated": False, "is_video": False, "emoji": emoji}
        return self._post({"sticker": self._file(STICKER) | kind | {"width": 512, "height": 512}})

    def send_voice(self, duration: int = 42) -> Message:
        """Send a voice message, ``duration`` seconds long."""
        return self._post(self._voice(duration))

    def send_photo(self, caption: str = "", picture: Upload = PICTURE) -> Message:
        """Send a picture, with a caption or without."""
        return self._post(self._photo(caption, picture))

    def send_album(
        self, captions: Sequence[str] = ("", ""), origin: Origin | None = None
    ) -> list[Message]:
        """Send several pictures as one album, or forward one of somebody else's."""
        album: Json = {"media_group_id": str(self.telegram.number())}
        if origin is not None:
            album["forward_origin"] = origin.shown()
        return [self._post(self._photo(caption, PICTURE) | album) for caption in captions]

    def send_document(self, upload: Upload, caption: str = "") -> Message:
        document = self._file(upload) | {"file_name": upload.name}
        return self._post({"document": document} | ({"caption": caption} if caption else {}))

    def send_gif(self) -> Message:
        """Send a GIF, which Telegram shows as an animation and, for old bots, as a document."""
        file = self._file(MOVE) | {"mime_type": "video/mp4"}
        sizes = {"width": 320, "height": 240, "duration": 3}
        return self._post({"animation": file | sizes, "document": file})

    def send_poll(self, question: str = "When?", options: Sequence[str] = ("Yes", "No")) -> Message:
        choices = [
            {"persistent_id": str(index), "text": option, "voter_count": 0}
            for index, option in enumerate(options)
        ]
        poll = {
            "id": str(self.telegram.number()),
            "question": question,
            "options": choices,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return self._post({"poll": poll})

    def edit(self, message: Message, text: str) -> None:
        """Change the text or the caption of an own message."""
        field = "text" if "text" in message.body else "caption"
        message.body |= {field: text, "edit_date": self.telegram.seconds()}
        self.telegram.tell(self.chat, "edited", message.seen())
        self.telegram.updates.add("edited_message", message.shown())

    def delete(self, message: Message) -> None:
        """Delete a message on both sides; the bot is not told."""
        self.telegram.delete(self.chat, message)

    def block(self) -> None:
        """Stop the bot."""
        self._turn("bot was blocked by the user", "member", "kicked")

    def unblock(self) -> None:
        """Let the bot in again."""
        self._turn("", "kicked", "member")

    def raw(self, update: Json) -> int:
        """Send any update at all, even one that makes no sense, and give its id."""
        return self.telegram.updates.add_raw(update)

    def _turn(self, closed: str, before: str, after: str) -> None:
        self.chat.closed = closed
        self.telegram.tell(self.chat, "blocked", {"blocked": bool(closed)})
        telegram = self.telegram
        telegram.updates.add(
            "my_chat_member", _membership(telegram, self, self.chat, before, after)
        )

    def _post(self, content: Json, to: Group | None = None) -> Message:
        chat = to.chat if to else self.chat
        if self.chat.closed and chat is self.chat:
            self.unblock()
        message = self.telegram.post(chat, self.user, content)
        self.telegram.updates.add("message", message.shown())
        return message

    def _message(self, on: Message | int | None) -> Message:
        if on is None:
            return self.screen
        return self.chat.messages[on] if isinstance(on, int) else on

    def _file(self, upload: Upload) -> Json:
        file_id = self.telegram.keep_file(upload)
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": len(upload.data)}

    def _voice(self, duration: int) -> Json:
        return {"voice": self._file(VOICE) | {"duration": duration, "mime_type": "audio/ogg"}}

    def _photo(self, caption: str, picture: Upload) -> Json:
        sizes = photo(self.telegram.keep_file(picture), picture)
        return {"photo": sizes} | ({"caption": caption} if caption else {})


class Group:
    """A group or a channel that the bot may be added to."""

    def __init__(self, telegram: TelegramState, card: Json) -> None:
        """Found the chat; the bot is not in it yet."""
        self.telegram = telegram
        self.chat = telegram.chats.setdefault(int(card["id"]), Chat(card))

    @classmethod
    def supergroup(
        cls, telegram: TelegramState, chat_id: int, title: str = "A group at work"
    ) -> Self:
        """Give a group the bot can be added to; ``chat_id`` is negative."""
        return cls(telegram, {"id": chat_id, "type": "supergroup", "title": title})

    @classmethod
    def channel(cls, telegram: TelegramState, chat_id: int, title: str = "A channel") -> Self:
        """Give a channel the bot can be added to; ``chat_id`` is negative."""
        return cls(telegram, {"id": chat_id, "type": "channel", "title": title})

    def add_bot(self, by: LocalPerson) -> None:
        """Let ``by`` add the bot: a member of a group, an administrator of a channel."""
        self.chat.closed = ""
        telegram = self.telegram
        channel = self.chat.card["type"] == "channel"
        status = "administrator" if channel else "member"
        change = _membership(telegram, by, self.chat, "left", status)
        telegram.updates.add("my_chat_member", change)

    def post(self, text: str) -> Message:
        """Post in a channel, in the channel's own name."""
        message = self.telegram.post(self.chat, None, {"sender_chat": self.chat.card, "text": text})
        self.telegram.updates.add("channel_post", message.shown())
        return message


RIGHTS = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


def _membership(
    telegram: TelegramState, by: LocalPerson, chat: Chat, before: str, after: str
) -> Json:
    """Give the ChatMemberUpdated object for the bot itself."""

    def member(status: str) -> Json:
        more: Json = {}
        if status == "kicked":
            more = {"until_date": 0}
        if status == "administrator":
            more = dict.fromkeys(RIGHTS, False) | {"can_be_edited": False}
        return {"user": telegram.bot, "status": status} | more

    return {
        "chat": chat.card,
        "from": by.user,
        "date": telegram.seconds(),
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }


def _command(text: str) -> Json:
    """Mark a command at the start of a text, as Telegram does."""
    found = re.match(r"/[A-Za-z0-9_]{1,64}(@\w+)?(?!\w)", text)
    if not found:
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": found.end()}]}


def _pieces(text: str) -> list[str]:
    """Cut a text where it reaches the limit of one message."""
    if units(text) <= TEXT_UNITS:
        return [text]
    pieces, piece, size = [], "", 0
    for letter in text:
        if size + units(letter) > TEXT_UNITS:
            pieces.append(piece)
            piece, size = "", 0
        piece += letter
        size += units(letter)
    return [*pieces, piece]
