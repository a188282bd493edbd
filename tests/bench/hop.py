"""What a hop to the database's thread costs, and what a shared commit saves.

    python -m tests.bench.hop

The first two lines are CPU of the whole process for one tap of six statements, awaited one by one
and as one function. The last two are time by the wall for a small tap of the real storage, alone
and with 63 others that may share its commit. Each is a median and a range over ten rounds.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from storage.opening import open_storage
from storage.records import Owner, UpdateId
from storage.sqlite.engine import Connection

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from storage.protocols import Storage
    from storage.rows.memory import Memory

ROUNDS = 10
TAPS = 200
TOGETHER = 64
NOW = datetime(2025, 11, 21, 9, 0, tzinfo=UTC)
SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE updates (id integer PRIMARY KEY);
CREATE TABLE people (id integer PRIMARY KEY, place text NOT NULL);
CREATE TABLE answers (question text PRIMARY KEY, option text NOT NULL);
INSERT INTO people VALUES (1, 'h');
"""
SELECTS = ("SELECT * FROM people WHERE id = 1", "SELECT * FROM answers ORDER BY question")
WRITES = (
    "INSERT INTO updates SELECT coalesce(max(id), 0) + 1 FROM updates",
    "INSERT INTO answers VALUES ('threats', 'once') ON CONFLICT DO UPDATE SET option = 'often'",
    "UPDATE people SET place = 'q:1:scope_creep' WHERE id = 1",
)
TAP = (WRITES[0], SELECTS[0], SELECTS[1], WRITES[1], SELECTS[1], WRITES[2])
"""As an answer needs them: seen, person, answers, answer, answers again, place."""


async def awaited(connection: Connection) -> None:
    """Tap with an ``await`` for each statement."""
    await connection.execute("BEGIN IMMEDIATE")
    for sql in TAP:
        if sql in SELECTS:
            await connection.execute_fetchall(sql)
        else:
            await connection.execute(sql)
    await connection.execute("COMMIT")


async def in_one_function(connection: Connection) -> None:
    """Tap with one function on the database's thread."""
    await connection.run(_tap)


def _tap(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN IMMEDIATE")
    for sql in TAP:
        cursor = raw.execute(sql)
        if sql in SELECTS:
            cursor.fetchall()
    raw.execute("COMMIT")


async def cpu(tap: Callable[[Connection], Awaitable[None]], folder: Path) -> list[float]:
    """Return µs of CPU for a tap, one figure a round."""
    path = folder / f"{tap.__name__}.db"
    connection = Connection(partial(sqlite3.connect, path, isolation_level=None), 64)
    found = []
    async with connection:
        await connection.executescript(SCHEMA)
        for _ in range(1 + ROUNDS):
            began = process_time()
            for _ in range(TAPS):
                await tap(connection)
            found.append((process_time() - began) / TAPS * 1e6)
    return found[1:]  # the first round warms up


async def wall(storage: Storage, together: int) -> list[float]:
    """Return µs by the wall for a tap, of ``together`` at a time; one figure a round."""
    found = []
    for round_ in range(ROUNDS):
        began = perf_counter()
        for group in range(TAPS // together):
            first = ((together * ROUNDS + round_) * TAPS + group) * together
            await asyncio.gather(
                *(storage.write(_noted(UpdateId(first + each))) for each in range(together))
            )
        found.append((perf_counter() - began) / (TAPS // together * together) * 1e6)
    return found


def _noted(update: UpdateId) -> Callable[[Memory], object]:
    def step(memory: Memory) -> None:
        memory.updates.note(update, NOW)()
        memory.of(Owner(1)).people.get()
        memory.of(Owner(1)).assessments.open()

    return step


async def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [
            ("CPU, six awaited statements", await cpu(awaited, folder)),
            ("CPU, one function", await cpu(in_one_function, folder)),
        ]
        database = f"sqlite:///{folder / 'real.db'}"
        storage = await open_storage(database, folder / "master.key", now=NOW)
        lines.append(("wall, alone", await wall(storage, 1)))
        lines.append((f"wall, {TOGETHER} at a time", await wall(storage, TOGETHER)))
        await storage.close()
    for what, found in lines:
        spread = f"{min(found):.0f} to {max(found):.0f}"
        sys.stdout.write(f"{what}: {median(found):.0f} µs a tap ({spread})\n")


if __name__ == "__main__":
    asyncio.run(main())
