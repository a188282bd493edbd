"""The inbox: what came, in order, once, and as fast as somebody may."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage.errors import OutOfTurn
from storage.protocols import Storage
from storage.records import Owner, ParkedUpdate, UpdateId
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS

COACH = Owner(0)
SECOND = timedelta(seconds=1)


def came(now: datetime, number: int, owner: Owner = ANNA) -> ParkedUpdate:
    return ParkedUpdate(UpdateId(number), owner, b'{"update_id":%d}' % number, now)


async def received(storage: Storage, *updates: ParkedUpdate) -> list[bool]:
    return [await storage.write(lambda memory, it=it: memory.updates.receive(it)) for it in updates]  # type: ignore[misc]  # mypy cannot infer the default


async def following(storage: Storage, owner: Owner = ANNA) -> tuple[int | None, bool]:
    update, more = await storage.write(lambda memory: memory.updates.next_of(owner))
    return (update.update_id if update else None), more


async def test_an_update_is_received_once(storage: Storage, now: datetime) -> None:
    assert await received(storage, came(now, 5), came(now, 5)) == [True, False]
    assert await storage.write(lambda memory: memory.updates.waiting(ANNA)) == 1


async def test_what_is_settled_is_not_received_again_but_what_is_only_applied_is(
    storage: Storage, now: datetime
) -> None:
    await received(storage, came(now, 5), came(now, 6))
    await storage.write(lambda memory: memory.updates.settle(UpdateId(5), ANNA, now))
    await storage.write(lambda memory: memory.updates.note(UpdateId(6), now)())
    await storage.write(lambda memory: memory.updates.done([UpdateId(6)]))
    assert await received(storage, came(now, 5), came(now, 6)) == [False, True]


async def test_the_next_is_the_earliest_of_those_that_came(storage: Storage, now: datetime) -> None:
    await received(storage, came(now, 7), came(now, 1, BORIS), came(now, 6))
    assert await following(storage) == (6, True)
    await storage.write(lambda memory: memory.updates.settle(UpdateId(6), ANNA, now))
    assert await following(storage) == (7, False)
    await storage.write(lambda memory: memory.updates.settle(UpdateId(7), ANNA, now))
    assert await following(storage) == (None, False)
    assert await following(storage, BORIS) == (1, False)


async def test_whose_updates_wait_longest_comes_first(storage: Storage, now: datetime) -> None:
    await received(storage, came(now, 7, BORIS), came(now, 8), came(now, 9, BORIS))
    assert await storage.write(lambda memory: memory.updates.owners_waiting(5)) == (BORIS, ANNA)
    assert await storage.write(lambda memory: memory.updates.owners_waiting(1)) == (BORIS,)


async def test_nothing_is_applied_while_an_earlier_one_of_the_person_waits(
    storage: Storage, now: datetime
) -> None:
    await received(storage, came(now, 3, BORIS), came(now, 5), came(now, 6))

    async def applied(number: int) -> bool:
        def step(memory: Memory) -> bool:
            return memory.updates.note_in_turn(UpdateId(number), ANNA, now)()

        return await storage.write(step)

    with pytest.raises(OutOfTurn):
        await applied(6)
    assert await applied(5)
    assert not await applied(5)
    assert await applied(6), "the earlier one is applied, though its reply is still on its way"


async def test_a_slow_one_is_marked_and_every_other_is_not(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> list[bool]:
        memory.updates.receive(came(now, 1))
        memory.updates.receive(came(now, 2))
        memory.updates.slow_down(UpdateId(2))
        return [each.slow for each in memory.updates.parked()]

    assert await storage.write(step) == [False, True]


async def test_what_may_be_done_is_used_up_and_comes_back_with_time(
    storage: Storage, now: datetime
) -> None:
    async def drawn(at: datetime) -> float:
        used = await storage.write(
            lambda memory: memory.allowances.draw(ANNA, at, SECOND / 2, 3 * SECOND)
        )
        return used.total_seconds()

    assert [await drawn(now) for _ in range(8)] == [0.5, 1, 1.5, 2, 2.5, 3, 3, 3]
    assert await drawn(now + SECOND) == 2.5
    assert await drawn(now + 10 * SECOND) == 0.5


async def test_an_allowance_of_a_clock_that_has_gone_back_counts_for_nothing(
    storage: Storage, now: datetime
) -> None:
    later = now + timedelta(days=3)
    await storage.write(lambda memory: memory.allowances.draw(COACH, later, SECOND))
    used = await storage.write(lambda memory: memory.allowances.draw(COACH, now))
    assert used == timedelta(0)


async def test_the_surplus_is_counted_until_it_is_quiet(storage: Storage, now: datetime) -> None:
    async def turned_away(at: datetime) -> int:
        def step(memory: Memory) -> int:
            memory.allowances.draw(ANNA, at, SECOND)
            return memory.allowances.turn_away(ANNA)

        return await storage.write(step)

    assert [await turned_away(now) for _ in range(3)] == [1, 2, 3]
    assert await turned_away(now + 10 * SECOND) == 1


async def test_what_nobody_uses_any_more_is_cleared_away(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: memory.allowances.draw(ANNA, now, SECOND))
    await storage.write(lambda memory: memory.allowances.draw(COACH, now, SECOND))
    gone = await storage.write(lambda memory: memory.purge(now + 2 * SECOND))
    assert gone["allowances"] == 2
