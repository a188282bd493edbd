from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from storage.protocols import Storage
from storage.records import Census, Export, Fact, Outgoing, Promise, UpdateId
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS, a_dispatch, a_fact, a_promise, fill

MINUTE = timedelta(minutes=1)
NOTHING = {
    "clients": 0,
    "facts": 0,
    "prompts": 0,
    "held": 0,
    "outbox": 0,
    "applied_updates": 0,
    "dispatches": 0,
    "invitations": 0,
    "judgings": 0,
    "put_aside": 0,
    "allowances": 0,
    "strangers": 0,
}


async def purge(storage: Storage, now: datetime) -> Mapping[str, int]:
    return await storage.write(lambda memory: memory.purge(now))


async def test_a_deleted_client_can_be_brought_back_for_ten_minutes(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        fill(memory, ANNA, now - timedelta(days=1))
        fill(memory, BORIS, now - timedelta(days=1))
        (client,) = memory.of(ANNA).clients.list()
        memory.of(ANNA).clients.save(replace(client, deleted_at=now))
        for owner in (ANNA, BORIS):
            memory.of(owner).scratch.ask(None)
            memory.of(owner).scratch.hold(None)

    await storage.write(step)
    assert await purge(storage, now + 10 * MINUTE - timedelta(seconds=1)) == NOTHING
    assert await purge(storage, now + 10 * MINUTE) == {**NOTHING, "clients": 1, "judgings": 1}

    export = await storage.write(lambda memory: memory.of(ANNA).export())
    assert export == Export(
        export.person,
        reminding=export.reminding,
        dispatches=export.dispatches,
        outgoing=Outgoing(UpdateId(ANNA * 100 + 2), former=(4,)),
        updates=export.updates,
        put_aside=export.put_aside,
    )
    assert len(export.dispatches) == 1
    kept = await storage.write(lambda memory: memory.of(BORIS).people.census())
    assert kept == Census(
        clients=1, assessments=1, answers=1, notes=2, actions=1, facts=1, letters=1, reports=1
    )


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_what_is_about_no_client_stays_when_a_client_goes(
    storage: Storage, database: Path, now: datetime
) -> None:
    def step(memory: Memory) -> tuple[Fact, Promise]:
        fill(memory, ANNA, now)
        mine = memory.of(ANNA)
        (client,) = mine.clients.list()
        mine.clients.save(replace(client, deleted_at=now))
        return mine.facts.add(a_fact(now)), mine.promises.add(a_promise())

    fact, promise = await storage.write(step)
    await purge(storage, now + 10 * MINUTE)

    export = await storage.write(lambda memory: memory.of(ANNA).export())
    assert (export.facts, export.promises) == ((fact,), (promise,))
    with closing(sqlite3.connect(database)) as raw:
        for table in ("letters", "versions", "details", "authors"):
            (count,) = raw.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - names of this file
            assert count == 0, table


async def test_a_deleted_fact_can_be_brought_back_for_ten_minutes(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> tuple[Fact, Fact]:
        facts = memory.of(ANNA).facts
        gone = facts.add(replace(a_fact(now), deleted_at=now))
        back = facts.add(replace(a_fact(now), deleted_at=now))
        return gone, back

    gone, back = await storage.write(step)
    assert await purge(storage, now + 10 * MINUTE - timedelta(seconds=1)) == NOTHING
    restored = replace(back, deleted_at=None)
    await storage.write(lambda memory: memory.of(ANNA).facts.save(restored))
    assert await purge(storage, now + 10 * MINUTE) == {**NOTHING, "facts": 1}

    def left(memory: Memory) -> list[Fact | None]:
        return [memory.of(ANNA).facts.get(fact.number) for fact in (gone, back)]

    assert await storage.write(left) == [None, restored]


async def test_a_number_never_comes_twice_also_after_the_purge(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        fill(memory, ANNA, now)
        (client,) = memory.of(ANNA).clients.list()
        memory.of(ANNA).clients.save(replace(client, deleted_at=now))

    await storage.write(step)
    await purge(storage, now + 10 * MINUTE)
    await storage.write(lambda memory: fill(memory, ANNA, now))

    export = await storage.write(lambda memory: memory.of(ANNA).export())
    assert [each.number for each in export.clients] == [2]
    assert [each.number for each in export.assessments] == [2]
    assert [each.number for each in export.actions] == [2]
    assert [each.number for each in export.facts] == [2]
    assert [letter.number for letter, _ in export.letters] == [2]
    assert [each.number for each in export.promises] == [2]
    assert [each.number for each in export.reports] == [2]
    assert [each.number for each in export.dispatches] == [1, 2]


async def test_expired_prompts_and_held_texts_go(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: fill(memory, ANNA, now))
    assert await purge(storage, now + 60 * MINUTE) == {**NOTHING, "prompts": 1}
    assert await purge(storage, now + timedelta(hours=24)) == {**NOTHING, "held": 1}


async def test_ids_of_updates_are_kept_for_seven_days(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: memory.updates.note(UpdateId(1), now)())
    assert await purge(storage, now + timedelta(days=7)) == NOTHING
    assert await purge(storage, now + timedelta(days=7, seconds=1)) == {
        **NOTHING,
        "applied_updates": 1,
    }
    assert await storage.write(lambda memory: memory.updates.note(UpdateId(1), now)())


async def test_dispatches_that_ended_are_kept_for_fourteen_days(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        memory.of(ANNA).clients.add("Вектор", now)
        for epoch, ending in enumerate(("sent", None)):
            claimed = memory.dispatches.claim(replace(a_dispatch(now), epoch=epoch))
            assert claimed is not None
            assert memory.dispatches.save(replace(claimed, ending=ending))

    await storage.write(step)
    assert await purge(storage, now + timedelta(days=14)) == NOTHING
    assert await purge(storage, now + timedelta(days=14, seconds=1)) == {**NOTHING, "dispatches": 1}
    export = await storage.write(lambda memory: memory.of(ANNA).export())
    assert [each.ending for each in export.dispatches] == [None]


async def test_of_a_stranger_nothing_is_kept_beyond_the_day(
    storage: Storage, now: datetime
) -> None:
    today = now.date()

    def told(day: date) -> Callable[[Memory], bool]:
        return lambda memory: memory.invitations.is_to_be_told(ANNA, day)

    assert [await storage.write(told(today)) for _ in range(2)] == [True, False]
    assert await purge(storage, now) == NOTHING
    assert await storage.write(told(today + timedelta(days=1)))
    assert await purge(storage, now + timedelta(days=2)) == {**NOTHING, "strangers": 1}
