"""Group commit."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from storage.errors import StorageAway
from storage.protocols import Storage
from storage.records import UpdateId
from storage.rows.memory import Memory
from storage.sqlite.engine import SqliteStorage
from tests.storage.example import ANNA


async def names(storage: Storage) -> list[str]:
    clients = await storage.write(lambda memory: memory.of(ANNA).clients.list())
    return [client.name for client in clients]


def add(name: str, now: datetime) -> Callable[[Memory], int]:
    return lambda memory: memory.of(ANNA).clients.add(name, now).number


async def trace(storage: Storage, statements: list[str]) -> None:
    assert isinstance(storage, SqliteStorage)
    await storage._connection.run(lambda raw: raw.set_trace_callback(statements.append))


async def test_steps_that_come_together_share_commits(storage: Storage, now: datetime) -> None:
    statements: list[str] = []
    await trace(storage, statements)
    numbers = await asyncio.gather(*(storage.write(add(str(i), now)) for i in range(150)))

    assert numbers == list(range(1, 151))
    kinds = [line for line in statements if line in {"BEGIN IMMEDIATE", "SAVEPOINT step", "COMMIT"}]
    sizes = [part.count("SAVEPOINT step") for part in " ".join(kinds).split("COMMIT")]
    assert sizes == [64, 64, 22, 0]
    assert kinds.count("BEGIN IMMEDIATE") == 3


async def test_a_step_that_raises_undoes_only_itself(storage: Storage, now: datetime) -> None:
    def fail(memory: Memory) -> None:
        memory.of(ANNA).clients.add("не будет", now)
        raise LookupError("this one")

    outcomes = await asyncio.gather(
        storage.write(add("раз", now)),
        storage.write(fail),
        storage.write(add("два", now)),
        return_exceptions=True,
    )
    assert isinstance(outcomes[1], LookupError)
    assert (outcomes[0], outcomes[2]) == (1, 2)
    assert await names(storage) == ["раз", "два"]


async def test_a_caller_goes_on_only_after_the_commit(
    storage: Storage, database: Path, now: datetime
) -> None:
    def others_see() -> int:
        other = sqlite3.connect(database)
        (count,) = other.execute("SELECT count(*) FROM clients").fetchone()
        other.close()
        return int(count)

    def step(memory: Memory) -> int:
        memory.of(ANNA).clients.add("Вектор", now)
        return others_see()

    assert await storage.write(step) == 0
    assert others_see() == 1


async def test_a_commit_that_fails_undoes_every_step_that_shared_it(
    storage: Storage, now: datetime
) -> None:
    def break_the_commit(memory: Memory) -> None:
        raw = memory._session.connection
        raw.execute("PRAGMA defer_foreign_keys = ON")
        raw.execute("INSERT INTO answer_notes VALUES (11, 99, 'rudeness', 'x')")

    outcomes = await asyncio.gather(
        storage.write(add("раз", now)), storage.write(break_the_commit), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [sqlite3.IntegrityError] * 2
    assert await names(storage) == []
    assert await storage.write(add("два", now)) == 1


async def test_a_transaction_that_the_engine_ended_undoes_every_step(
    storage: Storage, now: datetime
) -> None:
    def lose_the_transaction(memory: Memory) -> None:
        memory._session.connection.execute("ROLLBACK")  # as SQLite does when the disk is full
        raise sqlite3.OperationalError("database or disk is full")

    outcomes = await asyncio.gather(
        storage.write(add("раз", now)), storage.write(lose_the_transaction), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [sqlite3.OperationalError] * 2
    assert await names(storage) == []


async def test_a_locked_database_fails_the_call_and_not_the_storage(
    storage: Storage, database: Path, now: datetime
) -> None:
    assert isinstance(storage, SqliteStorage)
    await storage._connection.run(lambda raw: raw.execute("PRAGMA busy_timeout = 0").fetchall())
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageAway, match="locked"):
        await storage.write(add("раз", now))
    other.close()

    await storage.write(add("два", now))
    assert await names(storage) == ["два"]


async def test_the_step_of_a_cancelled_caller_is_done_all_the_same(
    storage: Storage, now: datetime
) -> None:
    call = asyncio.ensure_future(storage.write(add("раз", now)))
    await asyncio.sleep(0)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert await names(storage) == ["раз"]


async def test_a_step_may_run_out_of_an_iterator(storage: Storage) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        await storage.write(lambda _: next(iter(())))


async def test_closing_waits_for_what_was_accepted(storage: Storage, now: datetime) -> None:
    calls = [asyncio.ensure_future(storage.write(add(str(i), now))) for i in range(100)]
    await asyncio.sleep(0)
    await storage.close()
    assert [call.result() for call in calls if call.done()] == list(range(1, 101))

    with pytest.raises(RuntimeError, match="closed"):
        await storage.write(add("поздно", now))
    await storage.close()


async def test_steps_see_what_earlier_steps_of_the_same_commit_did(
    storage: Storage, now: datetime
) -> None:
    firsts = await asyncio.gather(
        *(storage.write(lambda memory: memory.updates.note(UpdateId(7), now)()) for _ in "ab")
    )
    assert firsts == [True, False]
