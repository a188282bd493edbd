"""What each error means, and how it is told."""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections import deque

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe

from bot.serve.lanes import Lanes
from bot.telegram.errors import LONGEST_WAIT, Meaning, described, meaning, waits
from storage.errors import StorageAway, StorageUnusable

CALL = GetMe()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (TelegramNetworkError(CALL, "ClientConnectorError"), Meaning.WAIT),
        (TelegramServerError(CALL, "Bad Gateway"), Meaning.WAIT),
        (RestartingTelegram(CALL, "restart"), Meaning.WAIT),
        (TelegramRetryAfter(CALL, "Too Many Requests", 5), Meaning.WAIT),
        (ClientDecodeError("HTTP 502", ValueError(), None), Meaning.WAIT),
        (TimeoutError(), Meaning.WAIT),
        (ConnectionResetError(), Meaning.WAIT),
        (StorageAway("database is locked"), Meaning.WAIT),
        (StorageUnusable("the file is damaged"), Meaning.UNUSABLE),
        (sqlite3.IntegrityError("UNIQUE"), Meaning.BROKEN),
        (TelegramForbiddenError(CALL, "Forbidden: bot was blocked by the user"), Meaning.OVER),
        (TelegramBadRequest(CALL, "Bad Request: chat not found"), Meaning.OVER),
        (TelegramBadRequest(CALL, "Bad Request: message text is empty"), Meaning.BROKEN),
        (TelegramEntityTooLarge(CALL, "Request Entity Too Large"), Meaning.BROKEN),
        (TelegramUnauthorizedError(CALL, "Unauthorized"), Meaning.REVOKED),
        (TelegramConflictError(CALL, "Conflict"), Meaning.BROKEN),
        (FileNotFoundError(), Meaning.BROKEN),
        (ValueError(), Meaning.BROKEN),
    ],
)
def test_each_error_has_one_meaning(error: Exception, expected: Meaning) -> None:
    assert meaning(error) is expected


def test_waits_grow_up_to_a_limit_and_differ_by_chance() -> None:
    one = list(itertools.islice(waits(random.Random(1)), 12))  # noqa: S311 - no secret hangs on it
    other = list(itertools.islice(waits(random.Random(2)), 12))  # noqa: S311 - as above
    assert one != other
    assert 0.25 <= one[0] <= 0.5
    assert LONGEST_WAIT / 2 <= one[-1] <= LONGEST_WAIT


async def test_an_error_is_told_by_the_innermost_place_in_our_own_code() -> None:
    async def work(_item: int) -> None:
        raise ValueError("private words")

    lanes = Lanes(work)
    lanes._queues[1] = deque([1])
    with pytest.raises(ValueError, match="private") as caught:
        await lanes._run(1)
    assert described(caught.value).startswith("ValueError at bot/serve/lanes.py:")
    assert described(ValueError("private words")) == "ValueError at unknown"
