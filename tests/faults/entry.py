"""The bot with a hand on it: it can be killed at a named point, or made to be wrong.

What is done to it stands in the environment: ``KILL_AT`` and ``KILL_ON`` (the name of a point, and
at which time), ``POINTS_TO`` (a file that gets the name of every point reached) and ``WRONG`` (a
name of ``tests.faults.wrongs``). Switches are files in the working folder, to be thrown while it
runs: ``clock`` holds the seconds that its clock is ahead, ``readonly`` makes the database refuse to
write. With ``OBEY`` it keeps to the modes of files even where root runs it.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import re
import signal
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from aiogram import methods, types

import bot.app
import bot.local.server
import bot.operate.clock
import storage.sqlite.engine
from bot.cli import main as bot_main
from bot.telegram.session import JsonSession
from content.reading.amounts import amounts
from content.reading.days import named_days
from content.reading.delays import read_delay
from handlers.engine.frame import Frame
from handlers.topics import JOINED
from storage.errors import StorageUnusable
from storage.opening import open_storage
from tests.faults.world import OPEN
from tests.faults.wrongs import WRONGS
from tests.known import KNOWLEDGE

_KIND = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*"
    r"(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|INSERT INTO|UPDATE|DELETE FROM"
    r"|CREATE TABLE|CREATE INDEX|CREATE UNIQUE INDEX|ALTER TABLE|DROP TABLE)"
    r"\s*(?:IF NOT EXISTS )?(\w*)"
)


@dataclass
class Points:
    """The named points of a life, and at which of them it ends."""

    at: str = ""
    times: int = 1
    """The life ends when the point is reached for this time."""
    log: Path | None = None

    def reach(self, name: str) -> None:
        """Note that a point is reached; this may be the end."""
        if self.log:
            with self.log.open("a") as log:
                log.write(name + "\n")
        if name == self.at:
            self.times -= 1
            if not self.times:
                os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, base: str, sql: str) -> None:
        """Note that a statement is about to run; what only reads is no point."""
        found = _KIND.match(sql)
        if found:
            verb, name = found.groups()
            subject = "" if verb in {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"} else f" {name}"
            self.reach(f"{base}: before {verb}{subject}")


class ShiftedClock(bot.operate.clock.SystemClock):
    """The machine's clock after somebody has set it."""

    def now(self) -> datetime:
        """Return the time; aware UTC."""
        ahead = 0.0
        with suppress(FileNotFoundError):  # it may be taken away at any moment
            ahead = float(Path("clock").read_text())
        return super().now() + timedelta(seconds=ahead)


def warm() -> None:
    """Load what a start and the first typed text of a life would wait for."""
    for each in (types.User, methods.GetMe, methods.GetUpdates, methods.SetMyCommands):
        each.model_rebuild()
    Frame(JOINED, KNOWLEDGE).warm()
    reading, told = KNOWLEDGE.words("ru").reading, "3 ноября, вторую неделю, 5 000 ₽"
    named_days(reading, told, date(2026, 11, 20), ahead=False)
    read_delay(reading, told)
    amounts(reading, told)


def main(arguments: Sequence[str]) -> int:
    """Do what the environment says to the bot, then run it."""
    environment = os.environ
    points = Points(
        environment.get("KILL_AT", ""),
        int(environment.get("KILL_ON", "1")),
        Path(environment["POINTS_TO"]) if "POINTS_TO" in environment else None,
    )
    _replace(bot.app, "load", lambda: KNOWLEDGE)
    _replace(bot.app, "TEND_EVERY", 1.0)  # what is done every minute gets its share of the faults
    if list(arguments) == ["run"]:
        _replace(bot.operate.clock, "SystemClock", ShiftedClock)
    if points.at or points.log:
        _mark(points)
    _watch_switches()
    if "OBEY" in environment:
        _obey_modes()
    if wrong := environment.get("WRONG"):
        WRONGS[wrong]()
    return _open() if list(arguments) == [OPEN] else bot_main(arguments)


def _open() -> int:
    async def open_and_close() -> None:
        address, key = os.environ["DATABASE_URL"], Path(os.environ["MASTER_KEY_FILE"])
        await (await open_storage(address, key, now=ShiftedClock().now())).close()

    try:
        asyncio.run(open_and_close())
    except StorageUnusable as why:
        os.write(2, f"{why}\n".encode())
        return 1
    return 0


def _mark(points: Points) -> None:
    """Name the points of every transaction and of every call to Telegram."""
    connect, commit = storage.sqlite.engine.connect, storage.sqlite.engine.SqliteStorage._commit
    make_request = JsonSession.make_request

    def connected(path: Path) -> sqlite3.Connection:
        raw = connect(path)
        base = "keys" if path.name == "keys.db" else "data"
        raw.set_trace_callback(lambda sql: points.statement(base, sql))
        return raw

    def committed(self: Any, steps: Any, raw: sqlite3.Connection) -> Any:  # noqa: ANN401 - handed on as it is
        outcomes = commit(self, steps, raw)
        points.reach("data: after COMMIT")
        return outcomes

    async def requested(self: Any, bot: Any, method: Any, timeout: Any = None) -> Any:  # noqa: ANN401, ASYNC109 - handed on as it is
        name = method.__api_method__
        points.reach(f"telegram: before {name}")
        result = await make_request(self, bot, method, timeout)
        points.reach(f"telegram: after {name}")
        return result

    _replace(storage.sqlite.engine, "connect", connected)
    _replace(storage.sqlite.engine.SqliteStorage, "_commit", committed)
    _replace(JsonSession, "make_request", requested)


def _watch_switches() -> None:
    """Let the database refuse to write while the switch is thrown."""
    commit = storage.sqlite.engine.SqliteStorage._commit

    def switched(self: Any, steps: Any, raw: sqlite3.Connection) -> Any:  # noqa: ANN401 - handed on as it is
        raw.execute(f"PRAGMA query_only = {int(Path('readonly').exists())}")
        return commit(self, steps, raw)

    _replace(storage.sqlite.engine.SqliteStorage, "_commit", switched)


def _obey_modes() -> None:
    """Give up root's right to write what its mode forbids; see capabilities(7)."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, this process
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable: low words, then high ones
    libc.capget(header, sets)
    sets[0] &= ~(1 << 1)  # CAP_DAC_OVERRIDE
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")


def _replace(where: object, name: str, what: object) -> None:
    setattr(where, name, what)
