"""A name, a note and a token go through everything that can fail, and no log holds them.

At DEBUG, with asyncio's own debugging on, which prints what it runs. The control logs as libraries
do by default, and is caught.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram import Bot

from bot.app import introduced
from bot.operate.logs import log_lost_errors
from bot.telegram.session import JsonSession
from handlers.clients.buttons import Home
from handlers.engine.visit import Visit
from handlers.topics import ROUTES
from tests.canary import NAME, NOTE, TOKEN, leaks, watched
from tests.conversations.stage import TEXTS, staged

LIBRARIES = ("aiogram", "aiosqlite", "aiohttp", "asyncio")


@pytest.fixture(autouse=True)
def _everything_is_logged() -> Iterator[None]:
    """Let every library speak."""
    loggers = [logging.getLogger(name) for name in ("", *LIBRARIES)]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


async def everything_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Talk to the coach, break a handler, lose an error and look for a Telegram that is away.

    Return why the update of the broken handler was put aside.
    """
    loop = asyncio.get_running_loop()
    log_lost_errors(loop)
    loop.set_debug(True)
    loop.slow_callback_duration = 0
    async with staged(folder) as stage:
        await stage.client(f"Студия «{NAME}»")
        await stage.say(NOTE)
        monkeypatch.setitem(ROUTES.commands, "help", broken)
        await stage.say(f"/help {NOTE}")
        assert TEXTS("errors.put_aside.header") in stage.text
        (row,) = await stage.storage.write(lambda memory: memory.updates.put_aside_list())
        await stage.press(Home())
    loop.call_soon(loop.call_exception_handler, {"message": NOTE})
    loop.call_soon(fail, NOTE)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.2), Bot(TOKEN, session=JsonSession(NOWHERE)) as bot:
            await introduced(bot)
    loop.set_debug(False)
    return row.reason


NOWHERE = "http://127.0.0.1:1"


def broken(visit: Visit, words: str) -> None:
    """Fail as a handler may: with the words of a person in the error."""
    del visit
    fail(f"{NAME}: {words}")


def fail(text: str) -> None:
    raise ValueError(text)


async def test_no_log_holds_a_word_of_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched() as stream:
        reason = await everything_fails(tmp_path, monkeypatch)
    assert leaks(reason) == []
    said = stream.getvalue()
    assert "update failed" in said
    assert "lost error" in said
    assert "telegram does not answer" in said
    assert "logger=asyncio" in said


async def test_a_log_that_tells_errors_by_their_text_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.serve.worker.described", str)
    monkeypatch.setattr("bot.operate.logs.described", repr)
    with pytest.raises(AssertionError, match="in the log"), watched():
        await everything_fails(tmp_path, monkeypatch)


async def test_a_log_as_libraries_write_it_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    try:
        await everything_fails(tmp_path, monkeypatch)
    finally:
        logging.getLogger().removeHandler(handler)
    assert leaks(stream.getvalue()) != []


@pytest.mark.parametrize("secret", [TOKEN, NAME, NOTE])
def test_the_watch_sees_each_of_them_in_any_form(secret: str) -> None:
    for form in (secret, ascii(secret), repr(secret.encode())):
        assert leaks(f"error={form}") == [secret]
    assert leaks(secret[:-1]) == []
