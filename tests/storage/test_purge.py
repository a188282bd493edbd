from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from storage.records import Census, UpdateId
from tests.storage.example import ANNA, BORIS, fill

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from storage.protocols import Memory, Storage

MINUTE = timedelta(minutes=1)
NOTHING = {"clients": 0, "facts": 0, "prompts": 0, "held": 0, "applied_updates": 0}


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
    assert await purge(storage, now + 10 * MINUTE) == {**NOTHING, "clients": 1}

    export = await storage.write(lambda memory: memory.of(ANNA).people.export())
    assert (export.clients, export.assessments, export.actions) == ((), (), ())
    kept = await storage.write(lambda memory: memory.of(BORIS).people.census())
    assert kept == Census(
        clients=1, assessments=1, answers=1, notes=2, actions=1, facts=1, letters=1
    )


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

    export = await storage.write(lambda memory: memory.of(ANNA).people.export())
    assert [each.number for each in export.clients] == [2]
    assert [each.number for each in export.assessments] == [2]
    assert [each.number for each in export.actions] == [2]


async def test_expired_prompts_and_held_texts_go(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: fill(memory, ANNA, now))
    assert await purge(storage, now + 60 * MINUTE) == {**NOTHING, "prompts": 1}
    assert await purge(storage, now + timedelta(hours=24)) == {**NOTHING, "held": 1}


async def test_ids_of_updates_are_kept_for_seven_days(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: memory.updates.first_time(UpdateId(1), now))
    assert await purge(storage, now + timedelta(days=7)) == NOTHING
    assert await purge(storage, now + timedelta(days=7, seconds=1)) == {
        **NOTHING,
        "applied_updates": 1,
    }
    assert await storage.write(lambda memory: memory.updates.first_time(UpdateId(1), now))
