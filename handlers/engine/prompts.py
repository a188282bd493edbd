"""Asking for typed words: what the next text means is a row, it expires, any tap clears it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from handlers.engine.buttons import Data
from handlers.engine.routing import Answered
from handlers.engine.screen import Reply, Screen
from handlers.engine.visit import Visit
from storage.records import Held, Prompt

At = TypeVar("At", bound=Data)
LIFE = timedelta(hours=24)
"""Of a prompt, and of a text that is held until the person says what it is."""


def ask(visit: Visit, kind: str, subject: str, screen: Screen) -> Screen:
    """Remember what the next typed text means, and show the question, which has a way back."""
    if screen.back is None:
        raise ValueError(f"no way back from {kind}")
    visit.memory.scratch.ask(Prompt(kind, subject, visit.now + LIFE))
    return screen


def hold(visit: Visit, text: str, author: str = "") -> None:
    """Keep a text until the person says what it is; ``author`` is the key of whom it is about."""
    visit.memory.scratch.hold(Held(text, visit.message, visit.sent + LIFE, author=author))


def still_held(
    handler: Callable[[Visit, At, Held], Answered],
) -> Callable[[Visit, At], Answered]:
    """Hand the text that waits to the handler; where none waits any more that is said."""

    def handle(visit: Visit, at: At) -> Answered:
        found = visit.memory.scratch.held(visit.now)
        return handler(visit, at, found) if found else expired(visit)

    return handle


def expired(visit: Visit, screen: Screen | None = None) -> Reply:
    """Say that no text waits any more, on the screen the person is on or on this one.

    Where one was forgotten it is to be sent again; where a second tap comes it is sorted out.
    """
    screen = screen or visit.current()
    if visit.memory.scratch.stored_held() is None:
        return Reply(screen, toast=visit.texts("unsorted.sorted"))
    return Reply(screen.saying(visit.texts("unsorted.expired")))


def held_since(held: Held) -> datetime:
    """Return when a held text was sent."""
    return held.expires_at - LIFE
