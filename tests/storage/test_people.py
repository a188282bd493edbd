from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from storage.records import Gender, Owner, Person

if TYPE_CHECKING:
    from storage.protocols import Storage

ANNA, BORIS = Owner(11), Owner(22)


async def test_a_person_who_never_stored_anything_has_the_defaults(storage: Storage) -> None:
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == Person(ANNA)


async def test_settings_are_kept(storage: Storage, now: datetime) -> None:
    anna = Person(
        ANNA,
        language="ru",
        zone="Asia/Yekaterinburg",
        team=True,
        gender=Gender.FEMALE,
        place="c:3",
        live_message=77,
        since=now,
    )
    await storage.write(lambda memory: memory.of(ANNA).people.save(anna))
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == anna

    later = replace(anna, zone=None, team=False, place=None, live_message=None)
    await storage.write(lambda memory: memory.of(ANNA).people.save(later))
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == later


async def test_times_come_back_in_utc_with_whole_seconds(storage: Storage) -> None:
    local = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC) + timedelta(hours=0)
    await storage.write(lambda memory: memory.of(ANNA).people.save(Person(ANNA, since=local)))
    person = await storage.write(lambda memory: memory.of(ANNA).people.get())
    assert person.since == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


async def test_a_person_without_a_first_day_is_not_stored(storage: Storage) -> None:
    with pytest.raises(ValueError, match="first day"):
        await storage.write(lambda memory: memory.of(ANNA).people.save(Person(ANNA)))


async def test_nobody_is_saved_into_another_persons_memory(
    storage: Storage, now: datetime
) -> None:
    with pytest.raises(ValueError, match="another person"):
        await storage.write(lambda memory: memory.of(ANNA).people.save(Person(BORIS, since=now)))


async def test_a_time_without_a_zone_is_refused(storage: Storage, now: datetime) -> None:
    naive = now.replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        await storage.write(lambda memory: memory.of(ANNA).clients.add("Вектор", naive))


async def test_the_live_message_moves(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: memory.of(ANNA).people.save(Person(ANNA, since=now)))
    await storage.write(lambda memory: memory.of(ANNA).people.moved(99))
    person = await storage.write(lambda memory: memory.of(ANNA).people.get())
    assert person == Person(ANNA, live_message=99, since=now)


async def test_a_live_message_alone_stores_nobody(storage: Storage) -> None:
    await storage.write(lambda memory: memory.of(ANNA).people.moved(99))
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == Person(ANNA)
