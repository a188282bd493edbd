"""Whose keys there are: theirs of whom something is stored, and no others."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.errors import StorageUnusable
from storage.protocols import Storage
from storage.records import UNREADABLE, Held, Owner, ParkedUpdate, UpdateId
from storage.rows.memory import Memory
from storage.secrets.keys import HASHING, NOBODY
from storage.sqlite.backup import back_up, restore
from storage.sqlite.files import Files
from tests.storage.conftest import Opening
from tests.storage.example import ANNA, BORIS, contents, fill, mode, swept
from tests.storage.sqlite.first import make_a_database_of_version_1

MINUTE = timedelta(minutes=1)
MARKER = "приметное-слово-zebra"


@pytest.fixture
def files(folder: Path) -> Files:
    return Files(folder / "coach.db", folder / "keys.db", folder / "master.key")


def keys_of(files: Files) -> dict[int, set[int]]:
    """Return the numbers of everybody's keys, as they lie in the file."""
    found: dict[int, set[int]] = {}
    with closing(sqlite3.connect(files.keys)) as raw:
        for owner, number in raw.execute("SELECT owner, number FROM wrapped_keys"):
            found.setdefault(owner, set()).add(number)
    return found


def waiting(owner: Owner, number: int, now: datetime, words: str = MARKER) -> ParkedUpdate:
    return ParkedUpdate(UpdateId(number), owner, words.encode(), now)


def parking(*updates: ParkedUpdate) -> Callable[[Memory], None]:
    return lambda memory: memory.updates.park(updates)


async def test_what_waits_of_somebody_who_only_looks_around_makes_no_key_of_theirs(
    storage: Storage, files: Files, now: datetime
) -> None:
    await storage.write(parking(waiting(ANNA, 1, now)))
    assert set(keys_of(files)) == {NOBODY}
    (parked,) = await storage.write(lambda memory: memory.updates.parked())
    assert parked.body == MARKER.encode()
    await storage.write(lambda memory: memory.updates.done([UpdateId(1)]))
    await storage.write(lambda memory: memory.purge(now))
    assert keys_of(files) == {}


async def test_a_key_of_nobody_s_goes_with_what_waited_in_its_time(
    storage: Storage, files: Files, now: datetime
) -> None:
    await storage.write(parking(waiting(ANNA, 1, now)))
    await storage.write(lambda memory: memory.purge(now))
    await storage.write(parking(waiting(BORIS, 2, now)))
    assert keys_of(files) == {NOBODY: {1, 2}}
    await storage.write(lambda memory: memory.updates.done([UpdateId(1)]))
    await storage.write(lambda memory: memory.purge(now))
    assert keys_of(files) == {NOBODY: {2, 3}}
    (parked,) = await storage.write(lambda memory: memory.updates.parked())
    assert parked.body == MARKER.encode()


async def test_an_update_parked_in_the_commit_of_the_erasure_keeps_no_key(
    storage: Storage, files: Files, now: datetime
) -> None:
    await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
    before = keys_of(files)[ANNA]
    await asyncio.gather(  # these two share a commit
        storage.write(lambda memory: memory.of(ANNA).people.erase(now)),
        storage.write(parking(waiting(ANNA, 7, now, "позже"))),
    )
    assert before
    assert ANNA not in keys_of(files)
    (parked,) = await storage.write(lambda memory: memory.updates.parked())
    assert parked.body == "позже".encode()


async def test_what_is_stored_in_the_commit_of_the_erasure_has_a_newer_key(
    opened: Opening, files: Files, tmp_path: Path, now: datetime
) -> None:
    copy = tmp_path / "copy.db"
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
        await asyncio.to_thread(back_up, files.data, copy)
        (old,) = keys_of(files)[ANNA] - {HASHING}
        await asyncio.gather(
            storage.write(lambda memory: memory.of(ANNA).people.erase(now)),
            storage.write(lambda memory: fill(memory, ANNA, now, "новое")),
        )
        assert min(keys_of(files)[ANNA] - {HASHING}) > old
        await swept(storage)
        known = await storage.write(lambda memory: memory.of(ANNA).details.client_of("новое"))
        assert known is not None
    files.data.write_bytes(copy.read_bytes())  # without the restoration, which would drop her
    async with opened() as storage:
        export = await storage.write(lambda memory: memory.of(ANNA).export())
    assert [client.name for client in export.clients] == [UNREADABLE]


async def test_who_is_erased_while_their_update_is_parked_late_stays_erased(
    opened: Opening, files: Files, tmp_path: Path, now: datetime
) -> None:
    """The order of what happens where the answer to «Удалить навсегда» takes its time."""
    copy = tmp_path / "copy.db"
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
        await asyncio.to_thread(back_up, files.data, copy)
        await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
        await storage.write(parking(waiting(ANNA, 9, now)))
        await storage.write(lambda memory: memory.updates.done([UpdateId(9)]))
    done = restore(files, copy, now)
    assert (done.people, done.dropped) == (0, 1)


async def test_a_key_goes_with_the_last_row_of_somebody(
    storage: Storage, files: Files, now: datetime
) -> None:
    held = Held(MARKER, 5, now + MINUTE)
    await storage.write(lambda memory: memory.of(ANNA).scratch.hold(held))
    assert ANNA in keys_of(files)
    await storage.write(lambda memory: memory.purge(now + 2 * MINUTE))
    assert ANNA not in keys_of(files)


async def test_nothing_in_the_log_names_the_erased(
    storage: Storage, files: Files, now: datetime
) -> None:
    owner = Owner(7_123_456_789)
    await storage.write(lambda memory: fill(memory, owner, now))
    await storage.write(lambda memory: fill(memory, BORIS, now))
    named = owner.to_bytes(5)
    assert named in b"".join(contents(files.data.parent).values())
    await storage.write(lambda memory: memory.of(owner).people.erase(now))
    await swept(storage)
    await asyncio.sleep(0.1)
    assert named not in b"".join(contents(files.data.parent).values())


@pytest.mark.parametrize("folder_mode", [0o700, 0o755])
async def test_nobody_else_reads_the_files_whatever_their_folder(
    opened: Opening, files: Files, now: datetime, folder_mode: int
) -> None:
    files.data.parent.mkdir(mode=folder_mode)
    files.data.touch(0o644)
    files.data.chmod(0o644)
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
        modes = {path.name: mode(path) for path in files.data.parent.iterdir()}
    assert {"coach.db", "coach.db-wal", "keys.db", "master.key"} <= set(modes)
    assert set(modes.values()) == {0o600}


async def name_of(storage: Storage) -> str:
    (client,) = await storage.write(lambda memory: memory.of(ANNA).clients.list())
    return client.name


async def test_a_plain_text_put_into_the_file_by_hand_is_not_shown_as_the_person_s(
    opened: Opening, files: Files, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: memory.of(ANNA).clients.add("Вектор", now))
    for forged in ("pПлати", "m\0\1" + "0" * 32 + "Плати"):
        with closing(sqlite3.connect(files.data)) as raw, raw:
            raw.execute("UPDATE clients SET name = ?", [forged.encode()])
        async with opened() as storage:
            assert await name_of(storage) == UNREADABLE


async def test_what_the_first_release_wrote_unsealed_is_marked_once_and_read(
    opened: Opening, files: Files, now: datetime
) -> None:
    make_a_database_of_version_1(files.data, files.keys, now)
    with closing(sqlite3.connect(files.data)) as raw, raw:
        raw.execute("UPDATE clients SET name = ? WHERE number = 3", ["pОдин".encode()])
    for _ in range(2):
        async with opened() as storage:
            clients = await storage.write(lambda memory: memory.of(ANNA).clients.list())
            assert [client.name for client in clients] == ["Один", "Омега"]


async def test_a_database_damaged_while_it_serves_is_told_once_and_written_no_more(
    storage: Storage, now: datetime
) -> None:
    await storage.write(lambda memory: fill(memory, ANNA, now))

    def damage(_: Memory) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    with pytest.raises(StorageUnusable, match=r"malformed; .*restore a backup"):
        await storage.write(damage)
    with pytest.raises(StorageUnusable, match="malformed"):
        await storage.write(lambda memory: memory.of(ANNA).people.get())
