"""Asking for typed words: what the next text means is a row, it expires, any tap clears it."""

from __future__ import annotations

from datetime import timedelta

from handlers.screen import Screen
from handlers.visit import Visit
from storage.records import Prompt

LIFE = timedelta(hours=24)


def ask(visit: Visit, kind: str, subject: str, screen: Screen) -> Screen:
    """Remember what the next typed text means, and show the question."""
    visit.memory.scratch.ask(Prompt(kind, subject, visit.now + LIFE))
    return screen
