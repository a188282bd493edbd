"""What each error means for the update in hand: one table."""

from __future__ import annotations

import random
from collections.abc import Iterator
from enum import Enum, auto

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
from storage.errors import OutOfTurn, StorageAway, StorageUnusable

__all__ = ["REVOKED", "Meaning", "described", "meaning", "waits"]

FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0

REVOKED = "BOT_TOKEN: Telegram does not accept this token; ask @BotFather for a new one"
_UNREACHABLE = ("chat not found", "user is deactivated", "bot was blocked", "PEER_ID_INVALID")
"""Refusals that mean: there is nobody to answer to any more."""

_PASSING = (
    TelegramNetworkError,
    TelegramServerError,
    TelegramRetryAfter,
    ClientDecodeError,  # the HTML page of a proxy
    ConnectionError,
    TimeoutError,
    StorageAway,
)


class Meaning(Enum):
    """What to do about an error."""

    WAIT = auto()
    """Network, Telegram or the database: try the same again later."""
    OVER = auto()
    """The person is out of reach: nothing is left to do."""
    REVOKED = auto()
    """The token is not valid any more: the process must end."""
    ELSEWHERE = auto()
    """Another process goes on with it: nothing is left to do here."""
    UNUSABLE = auto()
    """The data cannot be used any more: the process must end."""
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
    if isinstance(error, OutOfTurn):
        return Meaning.ELSEWHERE
    return Meaning.UNUSABLE if isinstance(error, StorageUnusable) else Meaning.BROKEN


def _out_of_reach(error: Exception) -> bool:
    return isinstance(error, TelegramBadRequest) and any(
        why in error.message for why in _UNREACHABLE
    )


def waits(chance: random.Random) -> Iterator[float]:
    """Yield growing seconds to wait, up to half of each by chance, so that chats do not march."""
    longest = FIRST_WAIT
    while True:
        yield longest * chance.uniform(0.5, 1.0)
        longest = min(longest * 2, LONGEST_WAIT)
