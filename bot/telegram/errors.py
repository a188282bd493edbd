"""What each error means for the update in hand: one table."""

from __future__ import annotations

import sqlite3
from enum import Enum, auto
from typing import TYPE_CHECKING

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.operate.redaction import described

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

__all__ = ["REVOKED", "Meaning", "described", "meaning", "waits"]

FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0

REVOKED = "BOT_TOKEN: Telegram does not accept this token; ask @BotFather for a new one"
_UNREACHABLE = ("chat not found", "user is deactivated", "bot was blocked", "PEER_ID_INVALID")
"""Refusals that mean: there is nobody to answer to any more."""

_DATABASE_BUSY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
    }
)
"""A lock, a disk that is full, failing or read-only: nobody's update is to blame, and nothing
could be put aside."""

_PASSING = (
    TelegramNetworkError,
    TelegramServerError,
    TelegramRetryAfter,
    ClientDecodeError,  # the HTML page of a proxy
    ConnectionError,
    TimeoutError,
)


class Meaning(Enum):
    """What to do about an error."""

    WAIT = auto()
    """Network, Telegram or the disk: try the same again later."""
    OVER = auto()
    """The person is out of reach: nothing is left to do."""
    REVOKED = auto()
    """The token is not valid any more: the process must end."""
    BROKEN = auto()
    """A fault of the update or of this program: a few tries, then put it aside."""


def meaning(error: Exception) -> Meaning:
    """Tell what an error means."""
    if isinstance(error, TelegramUnauthorizedError):
        return Meaning.REVOKED
    if isinstance(error, TelegramForbiddenError) or _out_of_reach(error):
        return Meaning.OVER
    if isinstance(error, _PASSING) and not isinstance(error, TelegramEntityTooLarge):
        return Meaning.WAIT
    return Meaning.WAIT if _disk_is_away(error) else Meaning.BROKEN


def _out_of_reach(error: Exception) -> bool:
    return isinstance(error, TelegramBadRequest) and any(
        why in error.message for why in _UNREACHABLE
    )


def _disk_is_away(error: Exception) -> bool:
    # The primary result code is the low byte of the extended one.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, sqlite3.OperationalError) and code in _DATABASE_BUSY


def waits(chance: random.Random) -> Iterator[float]:
    """Yield growing seconds to wait, up to half of each by chance, so that chats do not march."""
    longest = FIRST_WAIT
    while True:
        yield longest * chance.uniform(0.5, 1.0)
        longest = min(longest * 2, LONGEST_WAIT)
