"""What a start would find is looked at, and nothing of it is touched."""

# ruff: noqa: ASYNC240 - nothing else runs here

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from storage.errors import StorageBusy, StorageUnusable
from storage.migrations import load_migrations
from storage.opening import look, open_storage
from storage.protocols import Inspection
from storage.secrets.master import make_master_key
from tests.postgres import ENGINES
from tests.storage.conftest import Opening
from tests.storage.example import ANNA, fill
from tests.storage.sqlite.first import make_a_database_of_version_1

ALL = sum(len(load_migrations(folder)) for folder in (".", "keys"))
on_sqlite = pytest.mark.parametrize("engine", ENGINES[:1])


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return what lies in a folder: when it was written last, and what it holds."""
    return {
        each.name: (each.stat().st_mtime_ns, each.read_bytes())
        for each in folder.iterdir()
        if each.is_file()
    }


async def filled(opened: Opening, now: datetime) -> None:
    async with opened() as storage:
        await storage.write(partial(fill, owner=ANNA, now=now))


async def test_a_database_of_this_release_is_whole_and_stays_as_it_is(
    opened: Opening, database_url: str, folder: Path, now: datetime
) -> None:
    await filled(opened, now)
    before = state(folder)
    assert await look(database_url, folder / "master.key") == Inspection(missing=0, writable=True)
    assert state(folder) == before


async def test_a_master_key_that_does_not_fit_is_refused(
    opened: Opening, database_url: str, folder: Path, now: datetime
) -> None:
    await filled(opened, now)
    make_master_key(folder / "other.key")
    with pytest.raises(StorageUnusable, match="does not open the keys"):
        await look(database_url, folder / "other.key")


@on_sqlite
async def test_a_database_of_an_older_release_stays_one(
    database_url: str, folder: Path, database: Path, keys_file: Path, now: datetime
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    make_a_database_of_version_1(database, keys_file, now)
    before = state(folder)
    assert (await look(database_url, folder / "master.key")).missing == ALL - 2
    assert state(folder) == before


@on_sqlite
async def test_what_a_killed_process_left_in_the_log_is_read(
    opened: Opening, database_url: str, folder: Path, database: Path, now: datetime
) -> None:
    await filled(opened, now)
    with closing(sqlite3.connect(database, isolation_level=None)) as killed:
        killed.execute("INSERT INTO migrations VALUES (999, 0, NULL)")
        assert (folder / "coach.db-wal").stat().st_size
        with pytest.raises(StorageUnusable, match="newer than this release"):
            await look(database_url, folder / "master.key")


@on_sqlite
async def test_one_that_is_served_is_left_alone(
    database_url: str, folder: Path, now: datetime
) -> None:
    key = folder / "master.key"
    storage = await open_storage(database_url, key, now=now, alone=True)
    with pytest.raises(StorageBusy):
        await look(database_url, key)
    await storage.close()
    assert await look(database_url, key) == Inspection(missing=0, writable=True)


@on_sqlite
async def test_a_damaged_file_is_refused(
    opened: Opening, database_url: str, folder: Path, database: Path, now: datetime
) -> None:
    await filled(opened, now)
    database.write_bytes(b"no database at all, but long enough to look like one" * 99)
    before = state(folder)
    with pytest.raises(StorageUnusable, match="not a database"):
        await look(database_url, folder / "master.key")
    assert state(folder) == before
