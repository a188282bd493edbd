"""A screen as the person sees it, and a turn of a person without any Telegram."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from bot.local.chats import Message
from content.knowledge import Knowledge
from handlers.engine.frame import Arrival, Frame
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit
from handlers.topics import JOINED
from storage.records import Owner, UpdateId
from storage.rows.memory import Memory

EVENING = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)
_ids = count(1)


def shown(screen: Screen) -> Message:
    """Return the message that a screen becomes."""
    text, entities = screen.formatted()
    return Message({"text": text, "entities": entities, "reply_markup": screen.keyboard() or {}})


def visit(knowledge: Knowledge, memory: Memory, owner: int = 1, language: str = "ru") -> Visit:
    """Open a person's turn; ``language`` is that of their phone."""
    arrival = Arrival(UpdateId(next(_ids)), Owner(owner), 1, EVENING, language)
    return Frame(JOINED, knowledge).visit(memory, arrival)
