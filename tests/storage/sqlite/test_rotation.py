"""New keys for old, while the bot goes on."""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

import storage as package
from storage.errors import StorageBusy, StorageUnusable
from storage.opening import open_storage
from storage.protocols import Storage
from storage.records import UNREADABLE, Export, Owner
from storage.rows.clients import MOST_CLIENTS
from storage.rows.memory import Memory
from storage.secrets.cipher import Unreadable
from storage.secrets.keys import NOBODY, KeyRing
from storage.secrets.master import next_to, read_master_key
from storage.secrets.sealed import SEALED
from storage.sqlite import rotation
from storage.sqlite.files import Files
from storage.sqlite.ring import changing_keys
from storage.sqlite.rotation import Rewrapped, rotate_keys, rotate_master
from tests.storage.conftest import Opening
from tests.storage.example import ANNA, BORIS, fill
from tests.storage.sqlite import rotator

ROOT = Path(package.__file__).parent.parent
PEOPLE = [Owner(owner) for owner in range(1, 9)]
NAMES = 120
"""Clients of each: enough for several transactions a person."""


@pytest.fixture
def files(folder: Path) -> Files:
    return Files(folder / "coach.db", folder / "keys.db", folder / "master.key")


def key_numbers(files: Files) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    with closing(sqlite3.connect(files.keys)) as raw:
        for owner, number in raw.execute("SELECT owner, number FROM wrapped_keys ORDER BY number"):
            found.setdefault(owner, []).append(number)
    return found


def heads(files: Files) -> set[bytes]:
    """Return how the names of clients begin: their format, and the number of the key."""
    with closing(sqlite3.connect(files.data)) as raw:
        return {bytes(head) for (head,) in raw.execute("SELECT substr(name, 1, 3) FROM clients")}


async def exports(storage: Storage) -> tuple[Export, Export]:
    return await storage.write(lambda memory: (memory.of(ANNA).export(), memory.of(BORIS).export()))


async def fill_both(storage: Storage, now: datetime) -> tuple[Export, Export]:
    def step(memory: Memory) -> None:
        fill(memory, ANNA, now)
        fill(memory, BORIS, now)

    await storage.write(step)
    return await exports(storage)


async def test_every_text_gets_a_new_key_and_the_old_ones_go(
    opened: Opening, files: Files, now: datetime
) -> None:
    async with opened() as storage:
        before = await fill_both(storage, now)
    assert key_numbers(files) == {ANNA: [0, 1], BORIS: [0, 1]}

    done = rotate_keys(files)
    assert (done.people, done.left, done.resumed) == (2, 0, False)
    assert done.texts == 2 * len(SEALED)
    assert key_numbers(files) == {ANNA: [0, 2], BORIS: [0, 2]}
    assert heads(files) == {b"\x02\x00\x02"}
    async with opened() as storage:
        assert await exports(storage) == before
        # What hashes was not changed: the author of a forward is still known.
        known = await storage.write(lambda memory: memory.of(ANNA).details.client_of("слова"))
        assert known == 1


async def test_the_running_bot_sees_new_keys_at_once(
    storage: Storage, files: Files, now: datetime
) -> None:
    before = await fill_both(storage, now)
    await asyncio.to_thread(rotate_keys, files)
    await asyncio.to_thread(rotate_master, files)
    assert await exports(storage) == before
    carla = Owner(33)
    await storage.write(lambda memory: fill(memory, carla, now))
    assert key_numbers(files)[carla] == [0, 2]
    await asyncio.to_thread(rotate_keys, files)
    assert await exports(storage) == before
    (client,) = await storage.write(lambda memory: memory.of(carla).clients.list())
    assert client.name == "слова"


async def test_the_master_key_is_another_and_opens_the_same(
    opened: Opening, files: Files, now: datetime
) -> None:
    async with opened() as storage:
        before = await fill_both(storage, now)
    old = files.master.read_bytes()
    assert rotate_master(files) == Rewrapped(damaged=0, resumed=False)
    assert files.master.read_bytes() != old
    assert files.master.stat().st_mode & 0o777 == 0o600
    assert not next_to(files.master).exists()
    async with opened() as storage:
        assert await exports(storage) == before

    files.master.write_bytes(old)
    with pytest.raises(StorageUnusable, match="does not open"):
        async with opened():
            pass


async def test_no_key_that_went_is_left_in_the_file(
    opened: Opening, files: Files, now: datetime
) -> None:
    async with opened() as storage:
        await fill_both(storage, now)
        with closing(sqlite3.connect(files.keys)) as raw:
            old = [wrapped for (wrapped,) in raw.execute("SELECT wrapped FROM wrapped_keys")]
        await asyncio.to_thread(rotate_keys, files)
        await asyncio.to_thread(rotate_master, files)
        for path in files.keys.parent.glob("keys.db*"):
            assert not any(wrapped in path.read_bytes() for wrapped in old), path


def wrap_half(files: Files, monkeypatch: pytest.MonkeyPatch, *, after_the_commit: bool) -> None:
    """Leave what a change of the master key leaves that dies there."""

    def die(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if after_the_commit:
            patch.setattr(rotation, "put_in_place", lambda *_: False)
        else:
            patch.setattr("storage.secrets.keys.KeyRing.rewrap", die)
        try:
            rotate_master(files)
        except KeyboardInterrupt:
            assert not after_the_commit
    assert next_to(files.master).exists()


@pytest.mark.parametrize("after_the_commit", [True, False])
async def test_a_change_of_the_master_key_that_was_cut_off_is_ended(
    opened: Opening,
    files: Files,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    *,
    after_the_commit: bool,
) -> None:
    async with opened() as storage:
        before = await fill_both(storage, now)
        wrap_half(files, monkeypatch, after_the_commit=after_the_commit)
        assert await exports(storage) == before
        await storage.write(lambda memory: memory.of(Owner(33)).clients.add("Вектор", now))
    beside = read_master_key(next_to(files.master)).mark
    async with opened() as storage:
        assert await exports(storage) == before
        assert len(storage.notices) == int(after_the_commit)
    assert next_to(files.master).exists() is not after_the_commit
    if not after_the_commit:  # the next call takes the key that waits
        assert rotate_master(files).resumed is False
    assert read_master_key(files.master).mark == beside
    async with opened() as storage:
        assert await exports(storage) == before


async def test_a_call_ends_what_another_began(
    opened: Opening, files: Files, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as storage:
        before = await fill_both(storage, now)
    wrap_half(files, monkeypatch, after_the_commit=True)
    assert rotate_master(files).resumed is True

    with monkeypatch.context() as patch:
        patch.setattr(rotation.KeyRotation, "retire", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rotate_keys(files)
    assert key_numbers(files) == {ANNA: [0, 1, 2], BORIS: [0, 1]}
    assert rotate_keys(files).resumed is True
    assert key_numbers(files) == {ANNA: [0, 2], BORIS: [0, 2]}
    assert rotate_keys(files).resumed is False
    async with opened() as storage:
        assert await exports(storage) == before


async def test_a_text_that_does_not_open_keeps_its_key(
    opened: Opening, files: Files, now: datetime
) -> None:
    async with opened() as storage:
        await fill_both(storage, now)
    with closing(sqlite3.connect(files.data)) as raw, raw:
        [(name,)] = raw.execute("SELECT name FROM clients WHERE owner = 11").fetchall()
        raw.execute("UPDATE clients SET name = ? WHERE owner = 11", [name[:-1] + b"!"])
    assert rotate_keys(files).left == 1
    assert rotate_keys(files).left == 1
    assert key_numbers(files) == {ANNA: [0, 1, 3], BORIS: [0, 3]}
    with closing(sqlite3.connect(files.data)) as raw, raw:
        raw.execute("UPDATE clients SET name = ? WHERE owner = 11", [name])
    async with opened() as storage:
        (client,) = await storage.write(lambda memory: memory.of(ANNA).clients.list())
        assert client.name == "слова"
    assert rotate_keys(files).left == 0
    assert key_numbers(files) == {ANNA: [0, 4], BORIS: [0, 4]}


async def test_a_damaged_key_is_left_and_hinders_nobody(
    opened: Opening, files: Files, now: datetime
) -> None:
    async with opened() as storage:
        _, boris = await fill_both(storage, now)
    with closing(sqlite3.connect(files.keys)) as raw, raw:
        raw.execute("UPDATE wrapped_keys SET wrapped = zeroblob(61) WHERE owner = 11 AND number")
    assert rotate_master(files).damaged == 1
    assert rotate_keys(files).left == 1
    async with opened() as storage:
        anna, again = await exports(storage)
    assert again == boris
    assert [client.name for client in anna.clients] == [UNREADABLE]


async def test_who_is_erased_meanwhile_gets_no_key_again(
    storage: Storage, files: Files, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill_both(storage, now)
    renew = KeyRing.renew
    loop = asyncio.get_running_loop()

    def erase_first(ring: KeyRing, owner: int) -> bool:
        if owner == ANNA:
            erasing = storage.write(lambda memory: memory.of(ANNA).people.erase(now))
            asyncio.run_coroutine_threadsafe(erasing, loop).result()
        return renew(ring, owner)

    monkeypatch.setattr(KeyRing, "renew", erase_first)
    await asyncio.to_thread(rotate_keys, files)
    assert set(key_numbers(files)) == {NOBODY, BORIS}


async def test_two_do_not_rotate_at_once(opened: Opening, files: Files, now: datetime) -> None:
    async with opened() as storage:
        await fill_both(storage, now)
    with changing_keys(files):
        for rotate in (rotate_keys, rotate_master):
            with pytest.raises(StorageBusy, match="changes the keys"):
                rotate(files)


async def test_where_there_is_nothing_to_rotate_it_is_said(opened: Opening, files: Files) -> None:
    files.data.parent.mkdir()
    with pytest.raises(StorageUnusable, match="there is no"):
        rotate_keys(files)
    async with opened():
        pass
    with pytest.raises(StorageUnusable, match="holds no keys"):
        rotate_master(files)


async def test_texts_follow_the_setting_at_the_next_rotation(files: Files, now: datetime) -> None:
    async def opened_with(*, sealing: bool) -> Storage:
        return await open_storage(f"sqlite:///{files.data}", files.master, now=now, sealing=sealing)

    storage = await opened_with(sealing=False)
    before = await fill_both(storage, now)
    assert storage.notices
    await storage.close()
    assert "слова".encode() in files.data.read_bytes()
    assert heads(files) == {b"m\x00\x01"}
    for sealing, head in ((True, b"\x02\x00\x02"), (False, b"m\x00\x03")):
        storage = await opened_with(sealing=sealing)
        assert await exports(storage) == before
        assert await storage.write(lambda memory: memory.of(ANNA).sealed) is sealing
        await asyncio.to_thread(rotate_keys, files, sealing=sealing)
        assert heads(files) == {head}
        assert await exports(storage) == before
        await storage.close()


# Killed at random


def texts(memory: Memory) -> dict[tuple[int, int], str]:
    return {
        (owner, client.number): client.name
        for owner in PEOPLE
        for client in memory.of(owner).clients.list()
    }


def wrong(found: dict[tuple[int, int], str], known: dict[tuple[int, int], str]) -> int:
    return sum(found.get(each) != name for each, name in known.items())


class Kills:
    """A bot at work beside a rotation that is killed again and again."""

    def __init__(self, folder: Path, now: datetime, *, naive: bool) -> None:
        self.seed = secrets.randbits(32)
        self.chance = random.Random(self.seed)  # noqa: S311 - a repeatable game
        self.folder = folder
        self.now = now
        self.naive = ["naive"] if naive else []
        self.known: dict[tuple[int, int], str] = {}
        self.rounds = 0
        self.why = ""

    async def opened(self) -> Storage:
        return await open_storage(
            f"sqlite:///{self.folder}/coach.db", self.folder / "master.key", now=self.now
        )

    def add(self, owner: Owner) -> None:
        async def add() -> None:
            name = f"Клиент {secrets.token_hex(4)}"

            def step(memory: Memory) -> int:
                clients = memory.of(owner).clients
                if len(there := clients.list()) < MOST_CLIENTS:
                    return clients.add(name, self.now).number
                renamed = replace(self.chance.choice(there), name=name)
                clients.save(renamed)
                return renamed.number

            self.known[owner, await self.storage.write(step)] = name

        self.work.append(asyncio.create_task(add()))

    async def play(self, kills: int) -> int | None:
        """Return the number of the kill after which something was lost, None for none."""
        self.work: list[asyncio.Task[None]] = []
        self.storage = await self.opened()
        for owner in PEOPLE:
            for _ in range(NAMES):
                self.add(owner)
        await asyncio.gather(*self.work)
        try:
            for number in range(1, kills + 1):
                if await self.lost():
                    return number
        finally:
            await self.storage.close()
        return None

    async def lost(self) -> bool:
        """Kill the rotation once; tell whether anything is lost for the bot or for the next."""
        for _ in self.rotating(self.chance.uniform(0, 0.6)):
            self.add(self.chance.choice(PEOPLE))
            await asyncio.sleep(0.01)
        try:
            await asyncio.gather(*self.work)
            self.work.clear()
            running = await self.storage.write(texts)
            if self.chance.random() < 0.5:
                await self.storage.close()
                self.storage = await self.opened()
            else:
                other = await self.opened()
                await other.close()
            again = await self.storage.write(texts)
        except (Unreadable, StorageUnusable) as error:
            self.why = repr(error)
            return True
        self.why = f"{wrong(running, self.known)} while it ran, {wrong(again, self.known)} after"
        return not running == again == self.known

    def rotating(self, seconds: float) -> Iterator[None]:
        """Let it rotate for so long; yields while it does."""
        with subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, rotator.__file__, str(self.folder), *self.naive],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            for _ in range(int(seconds / 0.01)):
                yield
            process.kill()
            self.rounds += process.stdout.read().count("round")


async def killed(folder: Path, now: datetime, kills: int, *, naive: bool = False) -> int | None:
    game = Kills(folder, now, naive=naive)
    lost = await game.play(kills)
    told = f"seed {game.seed}, {game.rounds} rounds, {len(game.known)} texts, {game.why}"
    print(f"{kills} kills, {told}")  # noqa: T201 - to play it again
    return lost


async def test_no_text_is_lost_when_a_rotation_is_killed(
    folder: Path, files: Files, now: datetime
) -> None:
    assert await killed(folder, now, 6) is None
    assert rotate_keys(files).left == 0
    assert all(len(numbers) == 1 for numbers in key_numbers(files).values())
    rotate_master(files)
    assert not next_to(files.master).exists()


@pytest.mark.campaign
async def test_no_text_is_lost_over_two_hundred_kills(folder: Path, now: datetime) -> None:
    assert await killed(folder, now, 200) is None


async def test_a_rotation_that_replaces_the_key_first_is_caught(
    folder: Path, now: datetime
) -> None:
    assert await killed(folder, now, 20, naive=True) is not None
