"""Asking for typed words: what the next text means is a row, it expires, any tap clears it."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.engine.screen import Screen
from handlers.engine.visit import Visit
from storage.records import Held, Prompt

LIFE = timedelta(hours=24)
"""Of a prompt, and of a text that is held until the person says what it is."""


def ask(visit: Visit, kind: str, subject: str, screen: Screen) -> Screen:
    """Remember what the next typed text means, and show the question, which has a way back."""
    if screen.back is None:
        raise ValueError(f"no way back from {kind}")
    visit.memory.scratch.ask(Prompt(kind, subject, visit.now + LIFE))
    return screen


def hold(visit: Visit, text: str) -> None:
    """Keep a text until the person says what it is."""
    visit.memory.scratch.hold(Held(text, visit.message, visit.sent + LIFE))


def held_since(held: Held) -> datetime:
    """Return when a held text was sent."""
    return held.expires_at - LIFE
