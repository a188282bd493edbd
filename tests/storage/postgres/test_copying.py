"""From one engine to the other and back."""

from __future__ import annotations

import os
import random
import secrets
import sqlite3
import subprocess
import sys
from contextlib import AsyncExitStack, closing
from datetime import datetime
from pathlib import Path

import pytest

import storage as package
from storage.copying import copy
from storage.errors import StorageBusy, StorageUnusable
from storage.migrations import load_migrations
from storage.opening import open_storage
from storage.records import Export, Owner, ParkedUpdate, UpdateId
from storage.rows.memory import Memory
from storage.sqlite.migrating import migrate
from tests.postgres import empty, look, tables
from tests.storage import copier
from tests.storage.example import ANNA, BORIS, fill

ROOT = Path(package.__file__).parent.parent
PEOPLE = tuple(Owner(number) for number in (ANNA, BORIS, 7_123_456_789))


@pytest.fixture
def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'coach.db'}"


@pytest.fixture
def second_url(folder: Path) -> str:
    """Another SQLite database, with its keys beside it, for the same master key."""
    (folder / "back").mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / 'back' / 'coach.db'}"


def fill_all(memory: Memory, now: datetime) -> None:
    for owner in PEOPLE:
        fill(memory, owner, now, f"слова {owner}")
    memory.updates.note(UpdateId(9), now)()
    memory.updates.park([ParkedUpdate(UpdateId(77), Owner(999), b"waits", now)])
    memory.of(Owner(555)).people.erase(now)


async def exports(url: str, folder: Path, now: datetime) -> list[Export]:
    storage = await open_storage(url, folder / "master.key", now=now)
    try:
        waiting = await storage.write(lambda memory: memory.updates.parked())
        assert b"waits" in {each.body for each in waiting}
        return [
            await storage.write(lambda memory, owner=owner: memory.of(owner).export())  # type: ignore[misc]  # mypy cannot infer the default
            for owner in PEOPLE
        ]
    finally:
        await storage.close()


async def filled(url: str, folder: Path, now: datetime) -> list[Export]:
    storage = await open_storage(url, folder / "master.key", now=now)
    await storage.write(lambda memory: fill_all(memory, now))
    await storage.close()
    return await exports(url, folder, now)


def copied(source: str, target: str, folder: Path) -> tuple[int, int, bool]:
    with (
        copier.side(source, folder, new=False) as ours,
        copier.side(target, folder, new=True) as theirs,
    ):
        return copy(ours, theirs)


async def test_everything_goes_over_and_comes_back_as_it_was(
    sqlite_url: str, database_url: str, second_url: str, folder: Path, now: datetime
) -> None:
    before = await filled(sqlite_url, folder, now)
    rows, people, resumed = copied(sqlite_url, database_url, folder)
    assert (people, resumed) == (3, False)
    assert rows > 60
    sealed = look(sqlite_url, "SELECT owner, name FROM clients ORDER BY owner")
    assert look(database_url, "SELECT owner, name FROM clients ORDER BY owner") == sealed
    assert await exports(database_url, folder, now) == before
    assert copied(database_url, second_url, folder)[1] == 3
    assert await exports(second_url, folder, now) == before


def killed(source: str, target: str, folder: Path, commits: int) -> bool:
    """Copy in a process that is killed after so many commits; tell whether it got to its end."""
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, copier.__file__, source, target, str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for _ in range(commits):
            if process.stdout.readline() in {"done\n", ""}:
                break
        process.kill()
        return "done" in process.stdout.read()


@pytest.mark.parametrize("back", [False, True])
async def test_a_copy_that_is_killed_again_and_again_loses_and_doubles_nothing(  # noqa: PLR0913 - fixtures
    sqlite_url: str, database_url: str, second_url: str, folder: Path, now: datetime, *, back: bool
) -> None:
    source, target = (database_url, second_url) if back else (sqlite_url, database_url)
    before = await filled(source, folder, now)
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # noqa: T201 - to play it again
    chance = random.Random(seed)  # noqa: S311 - a repeatable game
    for _ in range(4):
        killed(source, target, folder, chance.randrange(1, 14))
    with pytest.raises(StorageUnusable, match="cut off"):
        await open_storage(target, folder / "master.key", now=now)
    assert copied(source, target, folder) == (*copied_rows(source), True)
    assert await exports(target, folder, now) == before


def copied_rows(url: str) -> tuple[int, int]:
    """Return how many rows are copied of a database, and how many people there are."""
    own = {"migrations", "erasures"} if url.startswith("postgresql:") else {"migrations"}
    rows = sum(
        look(url, f'SELECT count(*) FROM "{name}"')[0][0]  # noqa: S608 - its own tables
        for name in set(tables(url)) - own
    )
    keys = url if url.startswith("postgresql:") else url.replace("coach.db", "keys.db")
    for name in ("wrapped_keys", "erased"):
        rows += look(keys, f"SELECT count(*) FROM {name}")[0][0]  # noqa: S608 - its own tables
    return rows, look(url, "SELECT count(*) FROM people")[0][0]


async def test_nothing_is_copied_over_something_else(
    sqlite_url: str, database_url: str, folder: Path, now: datetime
) -> None:
    await filled(sqlite_url, folder, now)
    await filled(database_url, folder, now)
    with pytest.raises(StorageUnusable, match="not empty"):
        copied(sqlite_url, database_url, folder)


@pytest.mark.parametrize("back", [False, True])
async def test_nothing_is_copied_beside_the_keys_of_another_database(
    sqlite_url: str, database_url: str, folder: Path, now: datetime, *, back: bool
) -> None:
    source = database_url if back else sqlite_url
    await filled(sqlite_url, folder, now)
    before = await filled(source, folder, now) if back else await exports(source, folder, now)
    keys = sqlite_url.replace("coach.db", "keys.db")
    held = look(keys, "SELECT * FROM wrapped_keys ORDER BY owner, number")
    beside = sqlite_url.replace("coach.db", "second.db")
    for _ in range(2):
        with pytest.raises(StorageUnusable, match="holds keys of people"):
            copied(source, beside, folder)
    assert look(keys, "SELECT * FROM wrapped_keys ORDER BY owner, number") == held
    # Nor where the database is there and empty.
    with closing(sqlite3.connect(beside.removeprefix("sqlite:///"))) as raw:
        migrate(raw, load_migrations(), 0)
    with pytest.raises(StorageUnusable, match="keys of other people"):
        copied(source, beside, folder)
    assert look(keys, "SELECT * FROM wrapped_keys ORDER BY owner, number") == held
    assert await exports(source, folder, now) == before


async def test_a_row_that_comes_to_be_meanwhile_is_noticed(
    sqlite_url: str, database_url: str, folder: Path, now: datetime
) -> None:
    await filled(sqlite_url, folder, now)
    empty(database_url)
    moves = iter(range(1000))

    def meddle() -> None:
        look(sqlite_url, "UPDATE people SET live_message = ?", next(moves))

    with (
        copier.side(sqlite_url, folder, new=False) as ours,
        copier.side(database_url, folder, new=True) as theirs,
        pytest.raises(StorageUnusable, match=r"copies of people differ: 3 rows became 3"),
    ):
        copy(ours, theirs, meddle)


async def test_a_database_in_use_is_not_copied(
    sqlite_url: str, database_url: str, folder: Path, now: datetime
) -> None:
    storage = await open_storage(sqlite_url, folder / "master.key", now=now, alone=True)
    with pytest.raises(StorageBusy):
        copied(sqlite_url, database_url, folder)
    await storage.close()


async def test_while_replicas_serve_nothing_is_copied_and_none_begins_during_a_copy(
    sqlite_url: str, database_url: str, folder: Path, now: datetime
) -> None:
    await filled(database_url, folder, now)
    async with AsyncExitStack() as serving:
        for _ in range(2):
            storage = await open_storage(database_url, folder / "master.key", now=now)
            serving.push_async_callback(storage.close)
        with pytest.raises(StorageBusy, match="another process"):
            copied(database_url, sqlite_url, folder)
    with (
        copier.side(database_url, folder, new=False),
        pytest.raises(StorageBusy, match="being copied"),
    ):
        await open_storage(database_url, folder / "master.key", now=now)
    await (await open_storage(database_url, folder / "master.key", now=now)).close()
