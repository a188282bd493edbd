"""A copy while the bot goes on, and the way back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import ANY

import pytest

from storage.errors import StorageBusy, StorageUnusable
from storage.opening import open_storage
from storage.protocols import Storage
from storage.records import UNREADABLE, Export, Owner, Person
from storage.rows.memory import Memory
from storage.secrets.sealed import SEALED
from storage.sqlite.backup import Restored, back_up, restore
from storage.sqlite.files import Files
from storage.sqlite.rotation import rotate_keys
from tests.storage.conftest import Opening
from tests.storage.example import ANNA, BORIS, contents, fill, mode, read, swept, write
from tests.storage.sqlite.first import make_a_database_of_version_1

MARKER = "приметное-слово-zebra"


@pytest.fixture
def files(folder: Path) -> Files:
    return Files(folder / "coach.db", folder / "keys.db", folder / "master.key")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


def names(memory: Memory) -> dict[int, list[str]]:
    return {
        owner: [client.name for client in memory.of(owner).clients.list()]
        for owner in (ANNA, BORIS)
    }


async def export(storage: Storage, owner: Owner) -> Export:
    return await storage.write(lambda memory: memory.of(owner).export())


async def test_a_copy_holds_what_was_there_when_it_began(
    opened: Opening, files: Files, copy: Path, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
        anna = await export(storage, ANNA)
        await asyncio.to_thread(back_up, files.data, copy)
        await storage.write(lambda memory: fill(memory, ANNA, now))
        await storage.write(lambda memory: fill(memory, BORIS, now))
    assert mode(copy) == 0o600
    assert set(contents(copy.parent)) == {copy.name}

    later = contents(files.data.parent)["coach.db"]
    done = restore(files, copy, now)
    assert (done.people, done.dropped, done.unreadable) == (1, 0, 0)
    assert done.former is not None
    assert done.former.read_bytes() == later
    async with opened() as storage:
        assert await export(storage, ANNA) == anna
        assert (await export(storage, BORIS)).clients == ()


async def test_nobody_waits_for_a_copy_nor_for_an_erasure_beside_it(
    opened: Opening, files: Files, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
        with closing(sqlite3.connect(files.data, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM clients").fetchone()
            started = asyncio.get_running_loop().time()
            await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
            await asyncio.sleep(1.2)  # the file is tried to be written anew
            await storage.write(lambda memory: fill(memory, BORIS, now))
            assert asyncio.get_running_loop().time() - started < 3
        await swept(storage)


async def test_who_has_erased_everything_since_is_dropped(
    opened: Opening, files: Files, copy: Path, now: datetime
) -> None:
    carla = Owner(33)
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
        await storage.write(lambda memory: fill(memory, BORIS, now, MARKER))
        settings = Person(carla, zone="Antarctica/Troll", since=now)
        await storage.write(lambda memory: memory.of(carla).people.save(settings))
        boris = await export(storage, BORIS)
        await asyncio.to_thread(back_up, files.data, copy)
        await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
        await storage.write(lambda memory: memory.of(carla).people.erase(now))
    done = restore(files, copy, now)
    assert (done.people, done.dropped, done.unreadable) == (1, 2, 0)
    assert b"Antarctica/Troll" not in files.data.read_bytes()
    async with opened() as storage:
        assert await export(storage, BORIS) == boris
        assert (await export(storage, ANNA)).person == Person(ANNA)
        assert (await export(storage, ANNA)).updates == ()
        assert (await export(storage, ANNA)).put_aside == ()


async def test_without_encryption_the_erased_stay_erased_too(
    files: Files, copy: Path, now: datetime
) -> None:
    storage = await open_storage(f"sqlite:///{files.data}", files.master, now=now, sealing=False)
    await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
    await storage.write(lambda memory: fill(memory, BORIS, now))
    await asyncio.to_thread(back_up, files.data, copy)
    await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
    await storage.close()
    assert MARKER.encode() in read(copy)
    assert restore(files, copy, now).dropped == 1
    assert MARKER.encode() not in files.data.read_bytes()


async def test_texts_sealed_before_a_rotation_are_counted(
    opened: Opening, files: Files, copy: Path, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
        await asyncio.to_thread(back_up, files.data, copy)
        keys = copy.with_name("keys-copy.db")
        await asyncio.to_thread(back_up, files.keys, keys)
    rotate_keys(files)
    assert restore(files, copy, now).unreadable == len(SEALED)
    async with opened() as storage:
        assert (await storage.write(names))[ANNA] == [UNREADABLE]
    keys.replace(files.keys)
    async with opened() as storage:
        assert (await storage.write(names))[ANNA] == ["слова"]


async def test_a_bot_at_work_keeps_a_copy_out(files: Files, copy: Path, now: datetime) -> None:
    storage = await open_storage(f"sqlite:///{files.data}", files.master, now=now, alone=True)
    await storage.write(lambda memory: fill(memory, ANNA, now))
    await asyncio.to_thread(back_up, files.data, copy)
    before = contents(files.data.parent)
    with pytest.raises(StorageBusy, match="another process works with"):
        restore(files, copy, now)
    assert contents(files.data.parent) == before
    await storage.close()
    assert restore(files, copy, now).people == 1


async def test_two_cannot_serve_the_same_database_but_a_command_looks_in(
    files: Files, now: datetime
) -> None:
    address = f"sqlite:///{files.data}"
    storage = await open_storage(address, files.master, now=now, alone=True)
    with pytest.raises(StorageBusy, match="stop it first"):
        await open_storage(address, files.master, now=now, alone=True)
    beside = await open_storage(address, files.master, now=now)
    await beside.close()
    await storage.close()
    storage = await open_storage(address, files.master, now=now, alone=True)
    await storage.close()


async def test_an_opening_that_is_refused_holds_nobody_up(files: Files, now: datetime) -> None:
    write(files.data, b"a letter, not a database\n" * 100)
    for _ in range(2):
        with pytest.raises(StorageUnusable, match="not a database"):
            await open_storage(f"sqlite:///{files.data}", files.master, now=now, alone=True)


async def test_what_is_no_copy_is_refused_and_nothing_changed(
    opened: Opening, files: Files, copy: Path, tmp_path: Path, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
    back_up(files.data, copy)
    newer, other, damaged = (tmp_path / name for name in ("newer.db", "other.db", "damaged.db"))
    write(newer, read(copy))
    with closing(sqlite3.connect(newer)) as raw, raw:
        raw.execute("INSERT INTO migrations VALUES (999, 0, NULL)")
    with closing(sqlite3.connect(other)) as raw, raw:
        raw.execute("CREATE TABLE recipes (name text)")
    held = read(copy)
    damaged.write_bytes(held[: len(held) // 2])
    write(tmp_path / "letter.db", b"a letter, not a database\n" * 100)
    before = contents(files.data.parent)
    for path, why in (
        (newer, "newer than this release"),
        (other, "no backup of a coach"),
        (files.keys, "no backup of a coach"),
        (damaged, "damaged|malformed"),
        (tmp_path / "letter.db", "not a database"),
        (tmp_path / "nowhere.db", "there is no"),
    ):
        with pytest.raises(StorageUnusable, match=why) as refused:
            restore(files, path, now)
        assert "\n" not in str(refused.value)
        after = contents(files.data.parent)
        assert {name: data for name, data in after.items() if name in before} == before
    with pytest.raises(StorageUnusable, match="there already"):
        back_up(files.data, copy)
    with pytest.raises(StorageUnusable, match="there is no"):
        back_up(tmp_path / "nowhere.db", tmp_path / "new.db")
    with pytest.raises(StorageUnusable, match="No such file"):
        back_up(files.data, tmp_path / "nowhere" / "new.db")


async def test_a_damaged_database_is_replaced_and_kept(
    opened: Opening, files: Files, copy: Path, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
    back_up(files.data, copy)
    files.data.write_bytes(b"\xff" * 5000)
    write(files.data.with_name("coach.db-wal"), b"\xff" * 5000)
    done = restore(files, copy, now)
    assert done.former is not None
    assert done.former.read_bytes() == b"\xff" * 5000
    assert done.former.with_name(done.former.name + "-wal").read_bytes() == b"\xff" * 5000
    async with opened() as storage:
        assert (await storage.write(names))[ANNA] == ["слова"]


async def test_a_copy_goes_into_an_empty_folder_where_its_keys_are(
    opened: Opening, files: Files, copy: Path, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
    back_up(files.data, copy)
    for path in files.data.parent.glob("coach.db*"):
        path.unlink()
    with pytest.raises(StorageUnusable, match=r"is empty, and .* holds keys"):
        async with opened():
            pass
    assert restore(files, copy, now).former is None
    async with opened() as storage:
        assert (await storage.write(names))[ANNA] == ["слова"]


async def test_a_copy_of_an_older_release_is_brought_up_to_date(
    opened: Opening, files: Files, copy: Path, now: datetime
) -> None:
    make_a_database_of_version_1(files.data, files.keys, now)
    back_up(files.data, copy)
    assert restore(files, copy, now) == Restored(people=1, dropped=0, unreadable=0, former=ANY)
    async with opened() as storage:
        assert (await storage.write(names))[ANNA] == ["Вектор", "Омега"]


async def test_the_erased_are_dropped_also_where_they_have_come_back_since(
    opened: Opening, files: Files, copy: Path, now: datetime
) -> None:
    later = now + timedelta(days=1)
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
        await storage.write(lambda memory: fill(memory, BORIS, now, MARKER))
        await asyncio.to_thread(back_up, files.data, copy)
        for owner in (ANNA, BORIS):
            await storage.write(lambda memory, owner=owner: memory.of(owner).people.erase(later))  # type: ignore[misc]  # mypy cannot infer the default
        await storage.write(
            lambda memory: memory.of(ANNA).clients.add("новая", later + timedelta(hours=1))
        )
        newer = copy.with_name("newer.db")
        await asyncio.to_thread(back_up, files.data, newer)
    done = restore(files, copy, now)
    assert (done.people, done.dropped) == (0, 2)
    assert MARKER.encode() not in files.data.read_bytes()
    assert restore(files, newer, now + timedelta(minutes=1)).people == 1
    async with opened() as storage:
        assert (await storage.write(names))[ANNA] == ["новая"]


async def test_a_restoration_after_the_only_person_has_gone_drops_them_and_advises_nothing(
    opened: Opening, files: Files, copy: Path, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
        await asyncio.to_thread(back_up, files.data, copy)
        await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
    assert restore(files, copy, now) == Restored(people=0, dropped=1, unreadable=0, former=ANY)


async def test_the_ledger_of_erasures_names_nobody(
    opened: Opening, files: Files, now: datetime
) -> None:
    owner = Owner(7_123_456_789)
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, owner, now))
        await storage.write(lambda memory: memory.of(owner).people.erase(now))
        await swept(storage)
        held = b"".join(contents(files.data.parent).values())
        assert str(owner).encode() not in held
        assert owner.to_bytes(5) not in held
    with closing(sqlite3.connect(files.keys)) as keys:
        assert len(keys.execute("SELECT * FROM erased").fetchall()) == 1
