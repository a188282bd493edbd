from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from storage.protocols import Storage
from storage.records import ParkedUpdate, PutAsideUpdate, UpdateId
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS


def parked(now: datetime, number: int = 500) -> ParkedUpdate:
    owner = ANNA if number % 2 == 0 else BORIS
    return ParkedUpdate(UpdateId(number), owner, b'{"update_id":%d}' % number, now)


# Invariant I2.
async def test_an_update_is_applied_once(storage: Storage, now: datetime) -> None:
    async def first_time() -> bool:
        return await storage.write(lambda memory: memory.updates.note(UpdateId(1), now)())

    assert [await first_time(), await first_time()] == [True, False]


async def test_waiting_updates_come_back_in_order(storage: Storage, now: datetime) -> None:
    waiting = [parked(now, number) for number in (502, 500, 501)]
    await storage.write(lambda memory: memory.updates.park(waiting))
    assert await storage.write(lambda memory: memory.updates.parked()) == tuple(
        sorted(waiting, key=lambda update: update.update_id)
    )


async def test_an_update_parked_again_has_its_tries(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> tuple[ParkedUpdate, ...]:
        memory.updates.park([parked(now)])
        memory.updates.park([replace(parked(now), tries=2)])
        return memory.updates.parked()

    assert await storage.write(step) == (replace(parked(now), tries=2),)


async def test_a_finished_update_waits_no_more(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> tuple[ParkedUpdate, ...]:
        memory.updates.park([parked(now, 500), parked(now, 501)])
        memory.updates.done([UpdateId(500), UpdateId(999)])
        return memory.updates.parked()

    assert await storage.write(step) == (parked(now, 501),)


async def test_an_update_is_put_aside_with_the_reason(storage: Storage, now: datetime) -> None:
    poison = replace(parked(now), tries=3)
    later = now + timedelta(minutes=1)

    def step(memory: Memory) -> tuple[ParkedUpdate, ...]:
        memory.updates.park([poison])
        memory.updates.put_aside(poison, "ValueError at steps.py:12", later)
        memory.updates.put_aside(poison, "KeyError at steps.py:13", later)
        return memory.updates.parked()

    assert await storage.write(step) == ()
    assert await storage.write(lambda memory: memory.updates.put_aside_list()) == (
        PutAsideUpdate(
            poison.update_id, ANNA, poison.body, "KeyError at steps.py:13", later, tries=3
        ),
    )


async def test_put_aside_updates_are_tried_again_from_the_start(
    storage: Storage, now: datetime
) -> None:
    later = now + timedelta(days=1)

    def step(memory: Memory) -> int:
        memory.updates.put_aside(replace(parked(now), tries=3), "ValueError", now)
        return memory.updates.retry([UpdateId(500), UpdateId(999)], later)

    assert await storage.write(step) == 1
    assert await storage.write(lambda memory: memory.updates.put_aside_list()) == ()
    assert await storage.write(lambda memory: memory.updates.parked()) == (parked(later),)


async def test_put_aside_updates_are_dropped(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> int:
        memory.updates.put_aside(parked(now, 500), "ValueError", now)
        memory.updates.put_aside(parked(now, 501), "ValueError", now)
        return memory.updates.drop([UpdateId(500), UpdateId(999)])

    assert await storage.write(step) == 1
    left = await storage.write(lambda memory: memory.updates.put_aside_list())
    assert [update.update_id for update in left] == [501]
