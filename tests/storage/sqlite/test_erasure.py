"""After an erasure no file holds a byte of it, while the storage stays open.

Tried with the encryption off, where every text lies in the files as it was typed.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from storage.opening import open_storage
from storage.protocols import Storage
from storage.records import FactNumber, Held, LetterNumber, Owner, ParkedUpdate, UpdateId
from storage.rows.memory import Memory
from storage.sqlite import engine as sqlite
from tests.storage.example import a_fact, contents, fill, swept

PEOPLE = [Owner(owner) for owner in range(1, 13)]
GONE = PEOPLE[:4]
SEED = 6
ROUNDS = 100


def marker(owner: Owner) -> str:
    return f"приметное-{owner:03}-слово"


def live(memory: Memory, chance: random.Random, now: datetime) -> None:
    """Let people write, change and delete, all mixed, so that pages are split and joined."""
    for _ in range(10):
        live_one(memory, chance, now)


def live_one(memory: Memory, chance: random.Random, now: datetime) -> None:
    owner = chance.choice(PEOPLE)
    words = marker(owner) * chance.choice((1, 2, 5, 9))
    mine = memory.of(owner)
    fact = mine.facts.add(a_fact(now, 1, words))
    older = mine.facts.get(FactNumber(chance.randrange(1, fact.number + 1)))
    if older and chance.random() < 0.6:
        grown = marker(owner) * chance.choice((1, 4, 14, 30, 300))
        gone = now if chance.random() < 0.2 else None
        mine.facts.save(replace(older, words=grown, deleted_at=gone))
    if chance.random() < 0.3:
        mine.letters.add_version(LetterNumber(1), words, now)
    if chance.random() < 0.3:
        mine.scratch.hold(Held(words, 5, now))
    number = UpdateId(chance.randrange(1000, 9000))
    memory.updates.park([ParkedUpdate(number, owner, words.encode(), now)])
    if chance.random() < 0.2:
        waiting = ParkedUpdate(number, owner, words.encode(), now, tries=3)
        memory.updates.put_aside(waiting, "ValueError at steps.py:1", now)


def fill_all(memory: Memory, now: datetime) -> None:
    for owner in PEOPLE:
        fill(memory, owner, now, marker(owner))


def erase_some(memory: Memory, now: datetime) -> None:
    for owner in GONE:
        memory.of(owner).people.erase(now)


async def opened_plain(folder: Path, now: datetime) -> Storage:
    return await open_storage(
        f"sqlite:///{folder}/coach.db", folder / "master.key", now=now, sealing=False
    )


async def left_after_erasing(folder: Path, now: datetime) -> dict[str, int]:
    """Return how often the words of the erased are in each file, where they are at all."""
    chance = random.Random(SEED)  # noqa: S311 - a repeatable life
    storage = await opened_plain(folder, now)
    try:
        await storage.write(lambda memory: fill_all(memory, now))
        for _ in range(ROUNDS):
            await storage.write(lambda memory: live(memory, chance, now))
        await storage.write(lambda memory: memory.purge(now.replace(year=2027)))
        await storage.write(lambda memory: erase_some(memory, now))
        await swept(storage)
        files = contents(folder)
        for owner in set(PEOPLE) - set(GONE):
            assert any(marker(owner).encode() in held for held in files.values())
        found = {
            name: sum(held.count(marker(owner).encode()) for owner in GONE)
            for name, held in files.items()
        }
        return {name: count for name, count in found.items() if count}
    finally:
        await storage.close()


# Invariant I15.
async def test_no_byte_of_the_erased_is_left_in_any_file(folder: Path, now: datetime) -> None:
    assert await left_after_erasing(folder, now) == {}


def end_erasures(opened: sqlite._Opened) -> None:
    for owner, *_ in list(opened.session.sql.list_erasures()):
        opened.session.sql.end_erasure(owner=owner)


def without_a_new_file(opened: sqlite._Opened, raw: sqlite3.Connection) -> bool:
    """Trust ``secure_delete`` alone, as the documentation of SQLite has it."""
    assert sqlite.empty_log(raw)
    opened.ring.settle()
    end_erasures(opened)
    return True


def without_emptying_the_log(opened: sqlite._Opened, raw: sqlite3.Connection) -> bool:
    """Write the file anew into the log and leave it there."""
    raw.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
    raw.execute("VACUUM")
    end_erasures(opened)
    return True


@pytest.mark.parametrize("careless", [without_a_new_file, without_emptying_the_log])
async def test_a_careless_erasure_is_caught(
    folder: Path,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    careless: Callable[[sqlite._Opened, sqlite3.Connection], bool],
) -> None:
    monkeypatch.setattr(sqlite, "_sweep", careless)
    assert await left_after_erasing(folder, now) != {}


async def test_an_erasure_that_was_cut_off_is_ended_at_the_next_start(
    folder: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = GONE[0]
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "_sweep", lambda *_: True)  # died before
        storage = await opened_plain(folder, now)
        await storage.write(lambda memory: fill(memory, owner, now, marker(owner)))
        await storage.write(lambda memory: memory.of(owner).people.erase(now))
        assert any(marker(owner).encode() in held for held in contents(folder).values())
        await storage.close()
    storage = await opened_plain(folder, now)
    assert not any(marker(owner).encode() in held for held in contents(folder).values())
    await storage.close()


async def test_who_comes_back_at_once_is_not_erased_again(folder: Path, now: datetime) -> None:
    owner = GONE[0]
    storage = await opened_plain(folder, now)
    await storage.write(lambda memory: fill(memory, owner, now, "прежнее-слово"))
    await storage.write(lambda memory: memory.of(owner).people.erase(now))
    await storage.write(lambda memory: fill(memory, owner, now, "новое-слово"))
    await swept(storage)
    (client,) = await storage.write(lambda memory: memory.of(owner).clients.list())
    assert client.name == "новое-слово"
    await storage.close()
    assert not any("прежнее-слово".encode() in held for held in contents(folder).values())
