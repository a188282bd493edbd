"""Who handles whose updates, among several processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

import pytest

from storage.opening import open_storage
from storage.protocols import Handled, Storage, Turns
from storage.records import Owner, ParkedUpdate, UpdateId
from tests.postgres import look
from tests.storage.example import ANNA, BORIS


@pytest.fixture
async def storages(database_url: str, folder: Path, now: datetime) -> AsyncIterator[list[Storage]]:
    async with AsyncExitStack() as stack:
        opened = []
        for _ in range(2):
            storage = await open_storage(database_url, folder / "master.key", now=now)
            stack.push_async_callback(storage.close)
            opened.append(storage)
        yield opened


@pytest.fixture
async def turns(storages: list[Storage]) -> AsyncIterator[list[Turns]]:
    mine = [each.turns() for each in storages]
    yield mine
    for each in mine:
        await each.close()


async def test_a_turn_is_one_process_s_until_it_ends(turns: list[Turns]) -> None:
    one, other = turns
    assert await one.take(ANNA)
    assert not await other.take(ANNA)
    assert await other.take(BORIS)
    assert one.holds(ANNA)
    assert not other.holds(ANNA)
    await one.give_back(ANNA)
    assert not one.holds(ANNA)
    assert await other.take(ANNA)


async def test_many_are_asked_for_at_once(turns: list[Turns]) -> None:
    people = [Owner(number) for number in range(1, 301)]
    first, second = await asyncio.gather(
        *(asyncio.gather(*(each.take(person) for person in people)) for each in turns)
    )
    assert [one != other for one, other in zip(first, second, strict=True)] == [True] * 300


async def test_who_ends_a_turn_is_told_of_what_came_too_late_for_it(
    turns: list[Turns], storages: list[Storage], now: datetime
) -> None:
    one, other = turns
    await one.take(ANNA)
    await one.take(BORIS)
    update = ParkedUpdate(UpdateId(5), ANNA, b"{}", now)
    await storages[1].write(lambda memory: memory.updates.receive(update))
    assert not await other.take(ANNA)
    assert await one.give_back(ANNA)
    assert not await one.give_back(BORIS)


async def test_what_is_settled_leaves_the_inbox_while_the_turn_goes_on(
    turns: list[Turns], storages: list[Storage], now: datetime
) -> None:
    one, other = turns
    await one.take(ANNA)
    for number in (5, 6):
        update = ParkedUpdate(UpdateId(number), ANNA, b"{}", now)
        await storages[1].write(lambda memory, it=update: memory.updates.receive(it))  # type: ignore[misc]  # mypy cannot infer the default
    await one.settle(ANNA, Handled(UpdateId(5), now))
    left = await storages[1].write(lambda memory: memory.updates.parked())
    assert [each.update_id for each in left] == [6]
    assert not await other.take(ANNA)
    assert not await one.give_back(ANNA, Handled(UpdateId(6), now))


async def test_the_end_of_a_process_ends_its_turns(turns: list[Turns]) -> None:
    one, other = turns
    await one.take(ANNA)
    await one.close()
    assert await other.take(ANNA)


async def test_a_lost_connection_is_noticed_and_its_turns_are_anybody_s(
    turns: list[Turns], database_url: str
) -> None:
    one, other = turns
    await one.take(ANNA)
    await one.look()
    assert one.holds(ANNA)
    look(
        database_url,
        "SELECT pg_terminate_backend(pid) FROM pg_locks AS l JOIN pg_database AS d"
        " ON d.oid = l.database AND d.datname = current_database()"
        " WHERE locktype = 'advisory' AND objsubid = 1 AND pid <> pg_backend_pid()",
    )
    async with asyncio.timeout(5):
        while not await other.take(ANNA):  # noqa: ASYNC110 - it is the server that ends it
            await asyncio.sleep(0.01)
    await one.look()
    assert not one.holds(ANNA)
    assert not await one.give_back(ANNA), "nothing is ours to give back"
    assert await one.take(BORIS), "the next wish opens another connection"
