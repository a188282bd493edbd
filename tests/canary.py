"""What must never be logged: a token, a client's name and a note, and the watch for all three.

Invariant I16.

The whole suite runs under this watch. The token is the one in use everywhere, the name is that of
the client of most conversations.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.operate.logs import make_handler

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"  # noqa: S105 - made up
NAME = "Вектор"
NOTE = "канарейка поёт в полночь"


def leaks(text: str) -> list[str]:
    """Return what of it a text holds, in whatever way a log may write it."""
    return [
        secret
        for secret in (TOKEN, NAME, NOTE)
        if any(form in text for form in (secret, ascii(secret)[1:-1], repr(secret.encode())[2:-1]))
    ]


@contextmanager
def watched() -> Iterator[io.StringIO]:
    """Log as the program does at DEBUG, into the stream that is given, and hold it to be clean."""
    stream = io.StringIO()
    root = logging.getLogger()
    handler = make_handler("DEBUG", TOKEN, stream)
    root.addHandler(handler)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        structlog.reset_defaults()
    if found := leaks(stream.getvalue()):
        raise AssertionError(f"in the log: {found}")
