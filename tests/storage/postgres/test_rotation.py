"""New keys for old while several processes serve."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.operate.maintenance import change_keys, change_master
from bot.settings import read_settings
from storage.opening import open_storage
from storage.postgres.engine import PostgresStorage
from storage.postgres.rotation import rotate_keys, rotate_master
from storage.records import Export, Owner, ParkedUpdate, UpdateId
from storage.rows.memory import Memory
from storage.secrets.keys import NOBODY
from tests.postgres import look
from tests.storage.example import ANNA, BORIS, fill

KEYS = "SELECT owner, number FROM wrapped_keys WHERE number > 0 AND owner <> 0 ORDER BY owner"


@pytest.fixture
async def two(
    database_url: str, folder: Path, now: datetime
) -> AsyncIterator[tuple[PostgresStorage, PostgresStorage]]:
    opened = [await open_storage(database_url, folder / "master.key", now=now) for _ in range(2)]
    one, other = opened
    assert isinstance(one, PostgresStorage)
    assert isinstance(other, PostgresStorage)
    for owner in (ANNA, BORIS):
        await one.write(lambda memory, owner=owner: fill(memory, owner, now))  # type: ignore[misc]  # mypy cannot infer the default
    yield one, other
    await one.close()
    await other.close()


def exports(memory: Memory) -> list[Export]:
    return [memory.of(owner).export() for owner in (ANNA, BORIS)]


async def test_every_text_gets_a_new_key_while_others_write(
    two: tuple[PostgresStorage, PostgresStorage], database_url: str, now: datetime
) -> None:
    one, other = two
    before = await other.write(exports)

    async def park(number: int) -> None:
        update = ParkedUpdate(UpdateId(number), ANNA, b"%d" % number, now)
        await other.write(lambda memory: memory.updates.park([update]))

    parking = asyncio.gather(*map(park, range(50_000, 50_030)))
    done = await rotate_keys(one)
    await parking
    assert (done.people, done.left, done.resumed) == (2, 0, False)
    assert look(database_url, KEYS) == [(ANNA, 2), (BORIS, 2)]
    waiting = await other.write(lambda memory: memory.updates.parked())
    assert {each.body for each in waiting if each.update_id >= 50_000} == {
        b"%d" % number for number in range(50_000, 50_030)
    }
    await other.write(
        lambda memory: memory.updates.done([UpdateId(n) for n in range(50_000, 50_030)])
    )
    assert await other.write(exports) == before


async def test_who_was_erased_gets_no_key_again(
    two: tuple[PostgresStorage, PostgresStorage], database_url: str, now: datetime
) -> None:
    one, other = two
    await other.write(lambda memory: memory.of(ANNA).people.erase(now))
    assert (await rotate_keys(one)).people == 1
    assert look(database_url, KEYS) == [(BORIS, 2)]


async def test_the_master_key_is_changed_once_every_process_has_the_next(
    two: tuple[PostgresStorage, PostgresStorage], folder: Path, database_url: str, now: datetime
) -> None:
    one, other = two
    before = await other.write(exports)
    wrapped = look(database_url, "SELECT wrapped FROM wrapped_keys WHERE owner = ?", NOBODY)
    assert await rotate_master(one, folder / "master.key") is None
    new = base64.b64decode((folder / "master.key.new").read_bytes())
    assert await rotate_master(one, folder / "master.key") == 0
    assert base64.b64decode((folder / "master.key").read_bytes()) == new
    assert look(database_url, "SELECT wrapped FROM wrapped_keys WHERE owner = ?", NOBODY) != wrapped
    assert await other.write(exports) == before
    await other.write(lambda memory: fill(memory, Owner(33), now))
    assert (await one.write(lambda memory: memory.of(Owner(33)).export())).clients


async def test_the_commands_change_keys_on_postgresql_too(
    two: tuple[PostgresStorage, PostgresStorage],
    database_url: str,
    folder: Path,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, other = two
    before = await other.write(exports)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("MASTER_KEY_FILE", str(folder / "master.key"))
    settings = read_settings()
    said: list[str] = []
    for change in (change_keys, change_master, change_master):
        await asyncio.to_thread(change, settings, now, said.append)
    assert said[0].startswith("2 people have new keys")
    assert any("call this once more" in line for line in said)
    assert "the master key is a new one" in said
    assert await other.write(exports) == before
