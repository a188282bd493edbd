"""An update on its way: what the ingest reads on its outside, and how far it has come.

Read leniently and without aiogram's models, since it must also hold for an update they cannot read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from bot.telegram.session import KINDS
from handlers.engine.frame import Arrival
from storage.records import NOBODY, Owner, ParkedUpdate, UpdateId

TAP = "callback_query"
TAPPED = ("message_id", "date", "chat")
"""What is asked of a tapped message. The rest of it is the bot's own words, and most of a tap."""
INACCESSIBLE = 0
"""The date of a message that Telegram does not give away any more."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(slots=True, eq=False)
class Flight:
    """An update, from Telegram's queue to its end."""

    raw: Mapping[str, Any]
    update_id: UpdateId
    kind: str
    """One of ``KINDS``; empty for anything else."""
    chat: int
    """Telegram id of the chat, or of the person for a tap that names no chat; else 0."""
    private: bool
    owner: Owner
    """The person in a private chat; nobody elsewhere, where nothing is ever stored."""
    language: str | None
    query: str | None
    """Id of the tap that waits for an answer; None once it has one."""
    tells: bool
    """The person said something and expects a word back; False for a chat joined or blocked."""
    invitation: str | None
    """The token of the link by which the person came: ``/start <token>``."""
    received_at: datetime
    sent: datetime
    """When a message was sent, as far as it says; of anything else, when it was received."""
    came_at: float = 0.0
    """On the monotonic clock, as all times of this process."""
    late_at: float = 0.0
    """Time to park it."""
    slow: bool = False
    """It came too fast after the others of its chat and waits a little."""
    tries: int = 0
    parked: bool = False
    finished: bool = False
    aside: bool = False
    """It could not be handled, and is set apart for the operator."""
    elsewhere: bool = False
    """Another process goes on with it."""
    queued: bool = False
    """It is in the inbox, where an earlier one goes first."""

    @property
    def settled(self) -> bool:
        """Tell whether it may be confirmed to Telegram."""
        return self.finished or self.parked

    def row(self) -> ParkedUpdate:
        """Return what is stored of it."""
        return ParkedUpdate(
            update_id=self.update_id,
            owner=self.owner,
            body=_written(_needed(self.raw, self.kind)),
            received_at=self.received_at,
            tries=self.tries,
        )

    def arrival(self, now: datetime, crowded: Callable[[], bool]) -> Arrival:
        """Describe it to the conversations."""
        event = _table(self.raw, self.kind)
        message = _table(event, "message") if self.kind == TAP else event
        number, date, data = (
            _number(message, "message_id"),
            _number(message, "date"),
            event.get("data"),
        )
        return Arrival(
            update_id=self.update_id,
            owner=self.owner,
            message=number,
            now=now,
            telegram_language=self.language,
            sent=None if self.kind == TAP else min(_instant(date), now),
            query=self.query,
            data=data if isinstance(data, str) else "",
            reachable=date != INACCESSIBLE,
            crowded=crowded,
            queued=self.queued,
        )


def flight(raw: Mapping[str, Any], received_at: datetime) -> Flight:
    """Read the outside of a raw update. Only ``update_id`` must be there."""
    kind = next((kind for kind in KINDS if isinstance(raw.get(kind), dict)), "")
    event = _table(raw, kind)
    user = _table(event, "from")
    chat = _table(_table(event, "message"), "chat") if kind == TAP else None
    chat = chat or _table(event, "chat")
    person = _number(user, "id")
    where = _number(chat, "id") or person
    private = kind != "channel_post" and where == person and person > 0
    language = user.get("language_code")
    query = event.get("id") if kind == TAP else None
    return Flight(
        raw=raw,
        update_id=UpdateId(raw["update_id"]),
        kind=kind,
        chat=where,
        private=private,
        owner=Owner(person) if private else NOBODY,
        language=language if isinstance(language, str) else None,
        query=query if isinstance(query, str) else None,
        tells=private and kind in {"message", "edited_message", TAP},
        invitation=_invitation(event.get("text")) if private and kind == "message" else None,
        received_at=received_at,
        sent=_instant(_number(event, "date")) if kind == "message" else received_at,
    )


def _needed(raw: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    """Return what an update is handled by."""
    if kind != TAP:
        return raw
    event = _table(raw, TAP)
    message = _table(event, "message")
    tapped = {name: message[name] for name in TAPPED if name in message}
    return {**raw, TAP: {**event, "message": tapped}}


def _written(update: Mapping[str, Any]) -> bytes:
    try:
        return orjson.dumps(update)
    except TypeError:  # lone surrogates, and numbers beyond 64 bits
        return json.dumps(update).encode()


def _invitation(text: object) -> str | None:
    if not isinstance(text, str) or not text.startswith("/start "):
        return None
    token = text.removeprefix("/start ").strip()
    return token if _TOKEN.fullmatch(token) else None


def _table(parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = parent.get(name)
    return value if isinstance(value, dict) else {}


def _number(table: Mapping[str, Any], name: str) -> int:
    value = table.get(name)
    return value if isinstance(value, int) else 0


def _instant(date: int) -> datetime:
    try:
        return datetime.fromtimestamp(date, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
