from __future__ import annotations

import logging
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from storage.errors import StorageUnusable
from storage.migrations import Migration, load_migrations
from storage.opening import open_storage
from storage.protocols import Storage
from storage.records import Client, ClientNumber, Export, Gender, Person
from storage.sqlite.engine import SqliteStorage
from tests.storage.conftest import Opening
from tests.storage.example import ANNA, BORIS, contents, fill, write
from tests.storage.sqlite.first import make_a_database_of_version_1


async def test_a_relative_and_an_absolute_address_open(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for address in ("sqlite:///a/b/coach.db", f"sqlite:///{tmp_path}/c/d e%20#/coach.db"):
        storage = await open_storage(address, tmp_path / "master.key", now=now)
        await storage.close()
    assert (tmp_path / "a" / "b" / "coach.db").is_file()
    assert (tmp_path / "a" / "b" / "keys.db").is_file()
    assert (tmp_path / "c" / "d e%20#" / "coach.db").is_file()


async def test_keys_that_have_lost_what_is_noted_of_them_are_refused_in_one_line(
    tmp_path: Path, now: datetime
) -> None:
    address = f"sqlite:///{tmp_path}/coach.db"
    storage = await open_storage(address, tmp_path / "master.key", now=now)
    await storage.write(lambda memory: memory.of(ANNA).clients.add("Вектор", now))
    await storage.close()
    with closing(sqlite3.connect(tmp_path / "keys.db")) as keys, keys:
        keys.execute("DELETE FROM state")
    with pytest.raises(StorageUnusable, match=r"keys\.db: damaged") as refused:
        await open_storage(address, tmp_path / "master.key", now=now)
    assert "\n" not in str(refused.value)


async def test_the_keys_can_lie_elsewhere(tmp_path: Path, now: datetime) -> None:
    keys = tmp_path / "other-keys.db"
    storage = await open_storage(
        f"sqlite:///{tmp_path}/coach.db", tmp_path / "master.key", now=now, keys_file=keys
    )
    await storage.write(lambda memory: memory.of(ANNA).clients.add("Вектор", now))
    await storage.close()
    assert keys.is_file()
    assert not (tmp_path / "keys.db").exists()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "data/coach.db",
        "sqlite://",
        "sqlite:///",
        "sqlite://coach.db",
        "sqlite:///:memory:",
        "sqlite:///coach.db?mode=ro",
        "mysql://user:secret@host/coach",
    ],
)
async def test_another_address_is_refused_and_not_repeated(
    address: str, tmp_path: Path, now: datetime
) -> None:
    with pytest.raises(StorageUnusable, match="must look like") as refusal:
        await open_storage(address, tmp_path / "master.key", now=now)
    assert "secret" not in str(refusal.value)


async def test_what_was_stored_is_there_after_a_restart(opened: Opening, now: datetime) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
        before = await storage.write(lambda memory: memory.of(ANNA).export())
    async with opened() as storage:
        assert await storage.write(lambda memory: memory.of(ANNA).export()) == before


async def test_a_database_of_version_1_keeps_its_data_and_takes_the_new(
    opened: Opening, database: Path, keys_file: Path, now: datetime
) -> None:
    make_a_database_of_version_1(database, keys_file, now)
    anna = Person(ANNA, language="ru", zone="Asia/Omsk", gender=Gender.FEMALE, since=now)
    old = (Client(ClientNumber(3), "Вектор", "", now), Client(ClientNumber(7), "Омега", "", now))
    for _ in range(2):
        async with opened() as storage:
            export = await storage.write(lambda memory: memory.of(ANNA).export())
            assert export == Export(anna, clients=old)
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
        export = await storage.write(lambda memory: memory.of(ANNA).export())
    assert [client.number for client in export.clients] == [3, 7, 8]
    assert [fact.client for fact in export.facts] == [8]


@pytest.mark.usefixtures("synced")
async def test_both_files_are_opened_durable_and_strict(storage: Storage) -> None:
    assert isinstance(storage, SqliteStorage)
    keys = storage._opened.keys

    def look(raw: sqlite3.Connection) -> list[list[object]]:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        return [
            [connection.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in pragmas]
            for connection in (raw, keys)
        ]

    assert await storage._connection.run(look) == [["wal", 2, 1, 1, 5000]] * 2


@pytest.mark.usefixtures("storage")
def test_the_driver_does_not_log_parameters() -> None:
    assert not logging.getLogger("aiosqlite").isEnabledFor(logging.DEBUG)


async def refusal(opened: Opening) -> str:
    with pytest.raises(StorageUnusable) as refused:
        async with opened():
            pass
    text = str(refused.value)
    assert "\n" not in text
    return text


@pytest.mark.parametrize("name", ["coach.db", "keys.db"])
async def test_a_file_that_is_no_database_is_refused_and_kept(
    opened: Opening, folder: Path, name: str
) -> None:
    write(folder / name, b"a letter, not a database\n" * 100)
    before = contents(folder)
    text = await refusal(opened)
    assert name in text
    assert "not a database" in text
    assert before.items() <= contents(folder).items()
    assert not (folder / "master.key").exists()


@pytest.mark.parametrize("name", ["coach.db", "keys.db"])
async def test_a_damaged_database_is_refused_and_kept(
    opened: Opening, folder: Path, name: str, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
    held = bytearray((folder / name).read_bytes())
    held[4096 : 3 * 4096] = b"\xff" * 2 * 4096
    (folder / name).write_bytes(held)

    text = await refusal(opened)
    assert name in text
    assert (folder / name).read_bytes() == held


@pytest.mark.parametrize("name", ["coach.db", "keys.db"])
async def test_a_database_of_a_newer_release_is_refused_and_kept(
    opened: Opening, folder: Path, name: str
) -> None:
    async with opened():
        pass
    with closing(sqlite3.connect(folder / name)) as raw, raw:
        raw.execute("INSERT INTO migrations VALUES (999, 0, NULL)")
    before = (folder / name).read_bytes()
    assert "newer than this release" in await refusal(opened)
    assert (folder / name).read_bytes() == before


@pytest.mark.parametrize("name", ["coach.db", "keys.db"])
async def test_a_folder_in_the_place_of_the_database_is_refused(
    opened: Opening, folder: Path, name: str
) -> None:
    (folder / name).mkdir(parents=True)
    assert name in await refusal(opened)


async def test_a_file_in_the_place_of_the_folder_is_refused(opened: Opening, folder: Path) -> None:
    write(folder, b"")
    assert str(folder) in await refusal(opened)


@pytest.mark.parametrize("name", ["coach.db", "keys.db"])
async def test_a_migration_that_fails_is_one_line(
    opened: Opening, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = (Migration(1, "INSERT INTO nowhere VALUES (1);"),)

    def load(folder: str = ".") -> tuple[Migration, ...]:
        is_broken = (folder == "keys") == (name == "keys.db")
        return broken if is_broken else load_migrations(folder)

    monkeypatch.setattr("storage.sqlite.engine.load_migrations", load)
    text = await refusal(opened)
    assert name in text
    assert "nowhere" in text


async def test_a_file_that_cannot_be_set_up_is_one_line(
    opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite.engine._PRAGMAS", ("journal_mode = (",))
    assert "coach.db" in await refusal(opened)


# Invariant I17.
async def test_sealed_texts_without_the_master_key_refuse_to_open(
    opened: Opening, folder: Path, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
    (folder / "master.key").unlink()
    assert "master key" in await refusal(opened)
    assert not (folder / "master.key").exists()


async def test_another_master_key_refuses_to_open(
    opened: Opening, folder: Path, now: datetime, tmp_path: Path
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
    other = await open_storage(
        f"sqlite:///{tmp_path}/other/coach.db", tmp_path / "other" / "master.key", now=now
    )
    await other.close()
    shutil.copy(tmp_path / "other" / "master.key", folder / "master.key")
    assert "does not open" in await refusal(opened)


async def test_sealed_texts_without_any_key_refuse_to_open(
    opened: Opening, folder: Path, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
    (folder / "keys.db").unlink()
    assert "keys.db holds no keys" in await refusal(opened)


async def test_when_everybody_is_erased_a_new_master_key_may_be_made(
    opened: Opening, folder: Path, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
        await storage.write(lambda memory: fill(memory, BORIS, now))
        await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
        await storage.write(lambda memory: memory.of(BORIS).people.erase(now))
    (folder / "master.key").unlink()
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
