"""What the ingest reads of a raw update: whose it is and which chat it belongs to.

Read leniently and without aiogram's models, since it must also hold for an update they cannot read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.telegram.session import KINDS
from handlers.engine.router import Tapped
from storage.records import Owner, UpdateId

if TYPE_CHECKING:
    from collections.abc import Mapping

NOBODY = Owner(0)
INACCESSIBLE = 0
"""The date of a message that Telegram does not give away any more."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True, slots=True)
class Envelope:
    """The outside of an update."""

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
    """Id of the tap that waits for an answer."""
    tells: bool
    """The person said something and expects a word back; False for a chat joined or blocked."""
    invitation: str | None = None
    """The token of the link by which the person came: ``/start <token>``."""


def envelope(raw: Mapping[str, Any]) -> Envelope:
    """Read the outside of a raw update. Only ``update_id`` must be there."""
    kind = next((kind for kind in KINDS if isinstance(raw.get(kind), dict)), "")
    event = _table(raw, kind)
    user = _table(event, "from")
    chat = _table(_table(event, "message"), "chat") if kind == "callback_query" else None
    chat = chat or _table(event, "chat")
    person = _number(user, "id")
    where = _number(chat, "id") or person
    private = kind != "channel_post" and where == person and person > 0
    language = user.get("language_code")
    query = event.get("id") if kind == "callback_query" else None
    return Envelope(
        update_id=UpdateId(raw["update_id"]),
        kind=kind,
        chat=where,
        private=private,
        owner=Owner(person) if private else NOBODY,
        language=language if isinstance(language, str) else None,
        query=query if isinstance(query, str) else None,
        tells=private and kind in {"message", "edited_message", "callback_query"},
        invitation=_invitation(event.get("text")) if private and kind == "message" else None,
    )


def plain_tap(raw: Mapping[str, Any], envelope: Envelope) -> Tapped | None:
    """Return the tap of a raw update; None for anything else, which is left to aiogram.

    Only the plain ones are read, past aiogram's models, which cost more than all the rest of a tap:
    by a person, in their private chat, below a message that can be edited.
    """
    if not envelope.private or envelope.query is None:
        return None
    query = raw["callback_query"]
    message, data = query.get("message"), query.get("data")
    if not isinstance(message, dict) or not isinstance(data, str):
        return None
    number, date = message.get("message_id"), message.get("date")
    if not isinstance(number, int) or not isinstance(date, int) or date == INACCESSIBLE:
        return None
    return Tapped(
        query=envelope.query,
        person=envelope.owner,
        language=envelope.language,
        chat=envelope.chat,
        message=number,
        data=data,
    )


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
