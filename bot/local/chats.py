"""Chats and their messages, as the in-memory Telegram holds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.local.params import Json


@dataclass
class Message:
    """One message of a chat. ``body`` is the Bot API's Message object."""

    body: Json
    deleted: bool = False
    forgotten: bool = False
    """Too old to be loaded: a tap names it by its id alone, and it cannot be edited."""

    @property
    def id(self) -> int:
        """The message's number."""
        return int(self.body["message_id"])

    @property
    def text(self) -> str:
        """The text or the caption, "" when there is none."""
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or of the caption."""
        found = self.body.get("entities") or self.body.get("caption_entities") or []
        return list(found)

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.body.get("from", {}).get("is_bot"))

    @property
    def edited(self) -> bool:
        """Whether its text was ever changed."""
        return "edit_date" in self.body

    @property
    def silent(self) -> bool:
        """Whether it arrived without a sound."""
        return bool(self.body.get("_silent"))

    @property
    def reactions(self) -> list[str]:
        """What the bot has put on it."""
        return list(self.body.get("_reactions", []))

    @property
    def date(self) -> datetime:
        """When it was sent, in UTC."""
        return datetime.fromtimestamp(self.body["date"], UTC)

    @property
    def keyboard(self) -> list[list[Json]]:
        """The buttons, row by row: under it, or in the place of the phone's keyboard."""
        if (keys := self.body.get("_keyboard")) is not None:
            return [list(row) for row in keys]
        rows = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return [list(row) for row in rows]

    @property
    def labels(self) -> list[list[str]]:
        """What the buttons read, row by row."""
        return [[str(button["text"]) for button in row] for row in self.keyboard]

    def button(self, label: str) -> Json:
        """Give the one button that reads ``label``, or starts with it when none reads so.

        Spaces that do not break read as any others.
        Raises `LookupError` that names the buttons there are.
        """
        buttons = [button for row in self.keyboard for button in row]
        for fits in (str.__eq__, str.startswith):
            found: list[Json] = [one for one in buttons if fits(_read(one["text"]), _read(label))]
            if len(found) == 1:
                return found[0]
        raise LookupError(f"no single button {label!r} in {self.labels} under {self.text!r}")

    def shown(self) -> Json:
        """Give the object the Bot API would give: without what only this Telegram keeps."""
        return {name: value for name, value in self.body.items() if not name.startswith("_")}

    def seen(self) -> Json:
        """Give the object as the person's side shows it: with reactions and the phone's keys."""
        beside = {"reactions": self.reactions, "keyboard": self.body.get("_keyboard")}
        return self.shown() | {name: value for name, value in beside.items() if value}


def _read(label: object) -> str:
    return str(label).replace("\N{NO-BREAK SPACE}", " ")


@dataclass(frozen=True)
class Toast:
    """What an answered tap showed for a moment, or, as an ``alert``, until it was closed."""

    text: str
    alert: bool


@dataclass
class Chat:
    """A private chat, a group or a channel, with everything that was ever said in it."""

    card: Json
    """The Bot API's Chat object."""
    messages: dict[int, Message] = field(default_factory=dict)
    toasts: list[Toast] = field(default_factory=list)
    closed: str = ""
    """Why the bot may not write here ("bot was blocked by the user"), "" while it may."""
    actions: list[str] = field(default_factory=list)
    """The chat actions the bot has shown ("typing")."""

    @property
    def id(self) -> int:
        """The chat's number: positive for a person, negative for a group or a channel."""
        return int(self.card["id"])

    @property
    def private(self) -> bool:
        """Whether it is a chat with one person."""
        return bool(self.card["type"] == "private")

    @property
    def visible(self) -> list[Message]:
        """The messages a person sees now, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]


@dataclass
class PressedButton:
    """A pressed button that waits for the bot's answer."""

    id: str
    chat: Chat
    at: datetime
    data: str
    answered: bool = False
