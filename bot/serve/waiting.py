"""Waiting: until told to stop, and for what network, Telegram and database need."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import structlog
from aiogram.exceptions import AiogramError

from bot.operate.counters import Counters
from bot.telegram.errors import Meaning, described, meaning, waits
from storage.errors import StorageAway

log = structlog.get_logger()
LONGEST_AWAY = 2.0
"""Seconds between two looks for the database: it is ours, and everybody waits for it."""
T = TypeVar("T")


async def unless(
    stopping: asyncio.Event, call: Coroutine[Any, Any, T], within: float | None = None
) -> T | None:
    """Await a call; None where the stop or the time comes first, which cancels it."""
    task = asyncio.create_task(call)
    stopped = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({task, stopped}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for each in (task, stopped):
            each.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)


async def patiently(
    act: Callable[[], Awaitable[object]], chance: random.Random, counters: Counters
) -> Exception | None:
    """Do something, as often as network, Telegram or database need; return any other error."""
    for pause in waits(chance):
        try:
            await act()
        except Exception as error:  # noqa: BLE001 - the callers decide by its meaning
            if not isinstance(error, AiogramError):  # those are noted where calls are made
                counters.failed(error)
            if meaning(error) is not Meaning.WAIT:
                return error
            away = isinstance(error, StorageAway)
            seconds = min(pause, LONGEST_AWAY) if away else pause
            log.warning("waiting", error=described(error), seconds=round(seconds, 1))
        else:
            return None
        await asyncio.sleep(seconds)
    raise AssertionError("the waits never end")
