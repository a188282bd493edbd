from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from storage.errors import NotFound
from storage.protocols import Storage
from storage.records import (
    ClientNumber,
    Dispatch,
    DispatchKind,
    DispatchNumber,
    Owner,
    Person,
    Reminding,
)
from storage.rows.dispatches import DispatchRows
from storage.rows.memory import Memory
from tests.storage.conftest import Opening
from tests.storage.example import ANNA, BORIS, MONDAY, a_dispatch

ONE = DispatchNumber(1)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
LEASE = timedelta(seconds=30)


@pytest.fixture(autouse=True)
async def people(storage: Storage, now: datetime) -> None:
    """Anna and Boris; there is something to come for both."""

    def step(memory: Memory) -> None:
        for owner in (ANNA, BORIS):
            memory.of(owner).people.save(Person(owner, since=now))
            memory.of(owner).reminders.look_again()

    await storage.write(step)


async def claimed(storage: Storage, dispatch: Dispatch) -> Dispatch:
    found = await storage.write(lambda memory: memory.dispatches.claim(dispatch))
    assert found is not None
    return found


async def stored(storage: Storage, owner: Owner = ANNA) -> Dispatch | None:
    return await storage.write(lambda memory: memory.dispatches.get(owner, ONE))


async def taken(storage: Storage, holder: str, now: datetime, limit: int = 9) -> list[Dispatch]:
    return list(
        await storage.write(lambda memory: memory.dispatches.take(holder, now, LEASE, limit))
    )


async def saved(storage: Storage, dispatch: Dispatch) -> bool:
    return await storage.write(lambda memory: memory.dispatches.save(dispatch))


async def test_people_are_thought_of_when_their_time_has_come_the_longest_waiting_first(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> list[tuple[Owner, ...]]:
        dispatches = memory.dispatches
        both = dispatches.people(now, 9)
        dispatches.look_at(ANNA, now)
        dispatches.look_at(BORIS, now - SECOND)
        ordered = dispatches.people(now, 9), dispatches.people(now, 1)
        dispatches.look_at(ANNA, now + SECOND)
        dispatches.look_at(BORIS, None)
        return [both, *ordered, dispatches.people(now, 9), dispatches.people(now + SECOND, 9)]

    assert await storage.write(step) == [(ANNA, BORIS), (BORIS, ANNA), (BORIS,), (), (ANNA,)]


async def test_people_out_of_reach_are_thought_of_as_well(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> tuple[Owner, ...]:
        memory.dispatches.look_at(BORIS, None)
        memory.of(ANNA).reminders.save(Reminding(reachable=False))
        return memory.dispatches.people(now, 9)

    assert await storage.write(step) == (ANNA,)


async def test_nobody_is_thought_of_after_the_erasure(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> tuple[Owner, ...]:
        memory.of(ANNA).people.erase(now)
        memory.dispatches.look_at(ANNA, now)
        memory.of(ANNA).reminders.look_again()
        return memory.dispatches.people(now, 9)

    assert await storage.write(step) == (BORIS,)


async def test_nothing_that_is_waited_for_comes_early(storage: Storage, now: datetime) -> None:
    within = now + timedelta(milliseconds=300)

    def look(memory: Memory) -> list[tuple[Owner, ...]]:
        memory.dispatches.look_at(BORIS, None)
        memory.dispatches.look_at(ANNA, within)
        return [memory.dispatches.people(at, 9) for at in (now, within, now + SECOND)]

    assert await storage.write(look) == [(), (), (ANNA,)]
    dispatch = await claimed(storage, replace(a_dispatch(now), wake=within, not_before=within))
    assert (dispatch.wake, dispatch.not_before) == (now + SECOND, now + SECOND)
    assert await taken(storage, "one", within) == []
    assert len(await taken(storage, "one", now + SECOND)) == 1


async def test_a_digest_is_claimed_once_for_a_person_a_zone_and_a_date(
    storage: Storage, now: datetime
) -> None:
    first = await claimed(storage, a_dispatch(now))
    assert first == replace(a_dispatch(now), number=ONE)
    assert await stored(storage) == first
    again = replace(a_dispatch(now + MINUTE), holder="two")
    assert await storage.write(lambda memory: memory.dispatches.claim(again)) is None
    await saved(storage, replace(first, ending="empty"))
    assert await storage.write(lambda memory: memory.dispatches.claim(again)) is None
    for other in (
        replace(again, epoch=1),
        replace(again, day=MONDAY + DAY),
        replace(again, owner=BORIS),
    ):
        await claimed(storage, other)
    assert await stored(storage, BORIS) == replace(again, owner=BORIS, number=ONE)


async def test_of_workers_with_connections_of_their_own_one_claims_and_one_takes(
    storage: Storage, opened: Opening, now: datetime
) -> None:
    def step(holder: str, memory: Memory) -> tuple[bool, int]:
        claim = memory.dispatches.claim(replace(a_dispatch(now), holder=holder))
        later = now + LEASE
        return claim is not None, len(memory.dispatches.take(holder, later, LEASE, 9))

    async with opened() as second, opened() as third:
        found = await asyncio.gather(
            *(
                each.write(partial(step, holder))
                for each, holder in ((storage, "one"), (second, "two"), (third, "three"))
            )
        )
    assert sorted(found) == [(False, 0), (False, 0), (True, 1)]


async def test_messages_that_were_asked_for_are_not_bound_to_one_a_day(
    storage: Storage, now: datetime
) -> None:
    again = replace(
        a_dispatch(now), kind=DispatchKind.AGAIN, client=ClientNumber(3), week=MONDAY - 7 * DAY
    )
    morning = replace(a_dispatch(now), kind=DispatchKind.MORNING)
    numbers = [
        (await claimed(storage, each)).number for each in (again, again, morning, a_dispatch(now))
    ]
    assert numbers == [1, 2, 3, 4]
    assert await stored(storage) == replace(again, number=ONE)


async def test_nothing_is_claimed_for_somebody_who_is_gone(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
    with pytest.raises(NotFound):
        await claimed(storage, a_dispatch(now))


async def test_what_came_of_it_is_written(storage: Storage, now: datetime) -> None:
    dispatch = await claimed(storage, a_dispatch(now))
    changed = replace(
        dispatch,
        claimed_at=now - SECOND,
        not_after=now + DAY,
        wake=now + MINUTE,
        lease=now + 2 * LEASE,
        client=ClientNumber(4),
        week=MONDAY,
        met_at=now,
        doubtful=2,
        attempted_at=now + SECOND,
        not_before=now + MINUTE,
        carried=("week:3:2026-11-20", "action:3:2026-11-20"),
        message=70,
    )
    frozen = replace(changed, kind=DispatchKind.AGAIN, epoch=9, day=MONDAY + DAY)
    assert await saved(storage, frozen)
    assert await stored(storage) == changed
    assert await saved(storage, dispatch)
    assert await stored(storage) == dispatch


async def test_what_another_worker_holds_is_not_written(storage: Storage, now: datetime) -> None:
    dispatch = await claimed(storage, a_dispatch(now))
    assert not await saved(storage, replace(dispatch, holder="two", message=70))
    assert not await saved(storage, replace(dispatch, owner=BORIS))
    [now_twos] = await taken(storage, "two", now + LEASE)
    assert not await saved(storage, replace(dispatch, ending="sent"))
    assert await stored(storage) == now_twos


async def test_a_lease_that_ran_out_does_no_harm_while_nobody_else_took_it(
    storage: Storage, now: datetime
) -> None:
    dispatch = await claimed(storage, replace(a_dispatch(now), lease=now - DAY))
    assert await saved(storage, replace(dispatch, message=70))


async def test_what_has_ended_stays_as_it_is(storage: Storage, now: datetime) -> None:
    ended = replace(await claimed(storage, a_dispatch(now)), ending="sent", message=70)
    assert await saved(storage, ended)
    assert not await saved(storage, replace(ended, ending=None))
    assert await taken(storage, "two", now + DAY) == []
    assert await stored(storage) == ended


async def test_what_is_under_way_is_taken_by_one_worker_at_a_time(
    storage: Storage, now: datetime
) -> None:
    dispatch = await claimed(storage, a_dispatch(now))
    assert await taken(storage, "two", now + LEASE - SECOND) == []
    later = now + LEASE
    expected = replace(dispatch, holder="two", lease=later + LEASE, wake=later + LEASE)
    assert await taken(storage, "two", later) == [expected]
    assert await stored(storage) == expected
    for holder in ("one", "two", "three"):
        assert await taken(storage, holder, later + SECOND) == []


async def test_a_worker_takes_its_own_again_once_it_is_to_be_looked_at(
    storage: Storage, now: datetime
) -> None:
    dispatch = await claimed(storage, replace(a_dispatch(now), wake=now + 5 * SECOND))
    assert await taken(storage, "one", now) == []
    assert await taken(storage, "two", now + 5 * SECOND) == []
    [mine] = await taken(storage, "one", now + 5 * SECOND)
    assert mine.lease == now + 5 * SECOND + LEASE > dispatch.lease


async def test_a_lease_of_a_clock_that_has_gone_back_holds_nothing(
    storage: Storage, now: datetime
) -> None:
    await claimed(storage, replace(a_dispatch(now), lease=now + LEASE + SECOND))
    [dispatch] = await taken(storage, "two", now)
    assert dispatch.lease == now + LEASE


async def test_what_waits_longest_is_taken_first(storage: Storage, now: datetime) -> None:
    for number, wake in enumerate((3, 1, 2)):
        await claimed(storage, replace(a_dispatch(now), epoch=number, wake=now - wake * SECOND))
    assert [each.epoch for each in await taken(storage, "one", now, limit=2)] == [0, 2]
    assert [each.epoch for each in await taken(storage, "one", now, limit=2)] == [1]


async def test_the_next_look_is_that_of_a_person_or_of_what_is_under_way(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> list[datetime | None]:
        dispatches = memory.dispatches
        found = []
        for anna, boris, wake in (
            (None, None, None),
            (now + MINUTE, None, None),
            (now + MINUTE, now, None),
            (now + MINUTE, now + DAY, now + SECOND),
            (None, None, now + SECOND),
        ):
            dispatches.look_at(ANNA, anna)
            dispatches.look_at(BORIS, boris)
            if wake and dispatches.get(ANNA, ONE) is None:
                dispatches.claim(replace(a_dispatch(now), wake=wake))
            found.append(dispatches.next_wake())
        dispatch = dispatches.get(ANNA, ONE)
        assert dispatch is not None
        dispatches.save(replace(dispatch, ending="sent"))
        return [*found, dispatches.next_wake()]

    assert await storage.write(step) == [
        None,
        now + MINUTE,
        now,
        now + SECOND,
        now + SECOND,
        None,
    ]


async def test_a_clock_put_right_takes_back_what_it_put_into_the_future(
    storage: Storage, now: datetime
) -> None:
    ahead = now + DAY

    def remind(memory: Memory) -> None:
        memory.of(ANNA).reminders.save(Reminding(effective_from=ahead, epoch=3))
        memory.of(BORIS).reminders.save(Reminding(effective_from=now - DAY))

    await storage.write(remind)
    early = await claimed(storage, a_dispatch(ahead))
    tried = await claimed(storage, replace(a_dispatch(now), epoch=1, attempted_at=ahead))
    past = await claimed(storage, replace(a_dispatch(now - MINUTE), epoch=2))
    gone = replace(await claimed(storage, replace(a_dispatch(ahead), epoch=3)), ending="sent")
    await saved(storage, gone)

    def put_right(memory: Memory) -> tuple[Reminding, Reminding, tuple[Dispatch, ...]]:
        for clock in (ahead - SECOND, now, now + SECOND):  # put right in two steps
            memory.dispatches.clock_put_right(clock)
        anna, boris = memory.of(ANNA).reminders, memory.of(BORIS).reminders
        return anna.get(), boris.get(), anna.dispatches(MONDAY)

    assert await storage.write(put_right) == (
        Reminding(effective_from=now, epoch=3),
        Reminding(effective_from=now - DAY),
        (
            replace(early, met_at=now, wake=now),
            replace(tried, met_at=now),
            past,
            replace(gone, met_at=now),
        ),
    )


async def test_caches_computed_with_another_version_are_told(storage: Storage) -> None:
    def step(memory: Memory) -> list[bool]:
        return [
            memory.dispatches.computed_with(cache, version)
            for cache, version in (
                ("zones", "2025b"),
                ("zones", "2025b"),
                ("holidays", "1"),
                ("zones", "2026f"),
                ("zones", "2026f"),
            )
        ]

    assert await storage.write(step) == [False, False, False, True, False]


async def test_all_who_are_to_be_thought_of_later_can_be_thought_of_at_once(
    storage: Storage, now: datetime
) -> None:
    def step(dispatches: DispatchRows) -> tuple[int, tuple[Owner, ...], int]:
        dispatches.look_at(ANNA, now + DAY)
        dispatches.look_at(BORIS, None)
        return (
            dispatches.look_at_everybody(),
            dispatches.people(now, 9),
            (dispatches.look_at_everybody()),
        )

    assert await storage.write(lambda memory: step(memory.dispatches)) == (1, (ANNA,), 0)
