from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from storage.errors import NotFound
from storage.protocols import Storage
from storage.records import Client, ClientNumber
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS

ONE, TWO = ClientNumber(1), ClientNumber(2)
AUTHOR = "user:777000"


@pytest.fixture(autouse=True)
async def clients(storage: Storage, now: datetime) -> tuple[Client, Client]:
    """The two clients of Anna; Boris has one."""

    def step(memory: Memory) -> tuple[Client, Client]:
        memory.of(BORIS).clients.add("чужой", now)
        return memory.of(ANNA).clients.add("Вектор", now), memory.of(ANNA).clients.add("Омега", now)

    return await storage.write(step)


async def details(storage: Storage, client: ClientNumber) -> Mapping[str, str]:
    return await storage.write(lambda memory: memory.of(ANNA).details.of_client(client))


async def client_of(storage: Storage, author: str) -> ClientNumber | None:
    return await storage.write(lambda memory: memory.of(ANNA).details.client_of(author))


async def remember(storage: Storage, client: ClientNumber, author: str) -> None:
    def step(memory: Memory) -> None:
        mine = memory.of(ANNA).details
        mine.remember_author(client, mine.author_key(author))

    await storage.write(step)


async def test_what_was_asked_once_is_kept_per_client(storage: Storage) -> None:
    def step(memory: Memory) -> None:
        mine = memory.of(ANNA).details
        mine.set(ONE, "form.genitive", "Вектора")
        mine.set(ONE, "price.rate", "2000")
        mine.set(ONE, "price.rate", "2500")
        mine.set(TWO, "form.genitive", "Омеги")
        memory.of(BORIS).details.set(ONE, "form.genitive", "чужого")

    await storage.write(step)
    assert await details(storage, ONE) == {"form.genitive": "Вектора", "price.rate": "2500"}
    assert await details(storage, TWO) == {"form.genitive": "Омеги"}
    assert await details(storage, ClientNumber(9)) == {}


async def test_an_empty_text_forgets_a_detail(storage: Storage) -> None:
    def step(memory: Memory) -> None:
        mine = memory.of(ANNA).details
        mine.set(ONE, "form.genitive", "Вектора")
        mine.set(ONE, "price.rate", "2000")
        mine.set(ONE, "form.genitive", "")
        mine.set(ONE, "never.asked", "")

    await storage.write(step)
    assert await details(storage, ONE) == {"price.rate": "2000"}


@pytest.mark.parametrize("words", ["Вектора", ""], ids=["set", "forgotten"])
async def test_there_is_no_detail_of_an_unknown_client(storage: Storage, words: str) -> None:
    with pytest.raises(NotFound):
        await storage.write(
            lambda memory: memory.of(BORIS).details.set(TWO, "form.genitive", words)
        )


async def test_an_author_is_recognised_with_the_client_last_noted(storage: Storage) -> None:
    assert await client_of(storage, AUTHOR) is None
    await remember(storage, ONE, AUTHOR)
    await remember(storage, TWO, "user:5")
    assert await client_of(storage, AUTHOR) == ONE
    assert await client_of(storage, AUTHOR + "0") is None
    await remember(storage, TWO, AUTHOR)
    assert await client_of(storage, AUTHOR) == TWO


async def test_an_author_noted_by_one_is_a_stranger_to_another(storage: Storage) -> None:
    await remember(storage, ONE, AUTHOR)
    assert await storage.write(lambda memory: memory.of(BORIS).details.client_of(AUTHOR)) is None


async def test_an_author_is_a_stranger_while_the_client_is_deleted(
    storage: Storage, clients: tuple[Client, Client], now: datetime
) -> None:
    await remember(storage, ONE, AUTHOR)
    await storage.write(
        lambda memory: memory.of(ANNA).clients.save(replace(clients[0], deleted_at=now))
    )
    assert await client_of(storage, AUTHOR) is None
    await storage.write(lambda memory: memory.of(ANNA).clients.save(clients[0]))
    assert await client_of(storage, AUTHOR) == ONE


async def test_no_author_is_noted_with_an_unknown_client(storage: Storage) -> None:
    with pytest.raises(NotFound):
        await remember(storage, ClientNumber(9), AUTHOR)
    assert await client_of(storage, AUTHOR) is None


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_the_stored_hash_of_an_author_is_another_for_each_person(
    storage: Storage, database: Path
) -> None:
    def step(memory: Memory) -> None:
        for owner in (ANNA, BORIS):
            theirs = memory.of(owner).details
            theirs.remember_author(ONE, theirs.author_key(AUTHOR))

    await storage.write(step)
    with closing(sqlite3.connect(database)) as raw:
        hashes = [each for (each,) in raw.execute("SELECT author FROM authors")]
    assert len(set(hashes)) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", each) for each in hashes)
    assert hashlib.sha256(AUTHOR.encode()).hexdigest() not in hashes
