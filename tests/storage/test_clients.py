from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from storage.errors import Full, NotFound
from storage.protocols import Storage
from storage.records import AssessmentNumber, Client, ClientNumber, Depth, Person
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS, a_fact


async def test_a_typed_name_becomes_a_client(storage: Storage, now: datetime) -> None:
    client = await storage.write(lambda memory: memory.of(ANNA).clients.add("Вектор", now))

    assert client == Client(ClientNumber(1), "Вектор", note="", since=now)
    assert await storage.write(lambda memory: memory.of(ANNA).clients.get(client.number)) == client


async def test_the_client_of_an_assessment_may_be_asked_for_ahead(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        mine = memory.of(ANNA)
        other, client = mine.clients.add("Другой", now), mine.clients.add("Вектор", now)
        assessed = mine.assessments.start(client.number, Depth.FULL, team=False, now=now).number
        mine.clients.expect_of(assessed)
        assert mine.clients.get(client.number) == client
        mine.clients.expect_of(assessed)
        assert mine.clients.get(other.number) == other
        mine.clients.expect_of(assessed)
        mine.clients.save(replace(client, name="ООО"))
        assert mine.clients.get(client.number) == replace(client, name="ООО")
        mine.clients.expect_of(AssessmentNumber(7))
        assert mine.clients.get(ClientNumber(7)) is None

    await storage.write(step)


async def test_the_first_client_stores_the_person(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: memory.of(ANNA).clients.add("Вектор", now))
    person = await storage.write(lambda memory: memory.of(ANNA).people.get())
    assert person == Person(ANNA, since=now)


async def test_a_client_leaves_the_settings_as_they_are(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> Person:
        memory.of(ANNA).people.save(Person(ANNA, zone="Asia/Omsk", since=now))
        memory.of(ANNA).clients.add("Вектор", now)
        return memory.of(ANNA).people.get()

    assert await storage.write(step) == Person(ANNA, zone="Asia/Omsk", since=now)


async def test_name_note_and_dates_are_changed_and_cleared(storage: Storage, now: datetime) -> None:
    def change(memory: Memory) -> tuple[Client | None, Client]:
        clients = memory.of(ANNA).clients
        changed = replace(
            clients.add("Вектор", now), name="ООО", note="долго", archived_at=now, deleted_at=now
        )
        clients.save(changed)
        return clients.get(changed.number), changed

    stored, changed = await storage.write(change)
    assert stored == changed

    def clear(memory: Memory) -> Client | None:
        cleared = replace(changed, name="", note="", archived_at=None, deleted_at=None)
        memory.of(ANNA).clients.save(cleared)
        return memory.of(ANNA).clients.get(changed.number)

    assert await storage.write(clear) == Client(changed.number, "", "", now)


async def test_lists_hold_the_active_or_the_archived_and_never_the_deleted(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> tuple[list[str], list[str]]:
        clients = memory.of(ANNA).clients
        clients.add("раз", now)
        clients.save(replace(clients.add("два", now), archived_at=now))
        clients.save(replace(clients.add("три", now), deleted_at=now))
        clients.save(replace(clients.add("четыре", now), archived_at=now, deleted_at=now))
        clients.add("пять", now)
        return (
            [client.name for client in clients.list()],
            [client.name for client in clients.list(archived=True)],
        )

    assert await storage.write(step) == (["раз", "пять"], ["два"])


async def test_an_unknown_client_is_not_saved(storage: Storage, now: datetime) -> None:
    ghost = Client(ClientNumber(7), "никто", "", now)
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(ANNA).clients.save(ghost))


async def test_numbers_count_per_owner(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> list[int]:
        return [
            memory.of(owner).clients.add("имя", now).number for owner in (ANNA, ANNA, BORIS, ANNA)
        ]

    assert await storage.write(step) == [1, 2, 1, 3]


async def test_another_owner_cannot_see_or_change_a_client(storage: Storage, now: datetime) -> None:
    client = await storage.write(lambda memory: memory.of(ANNA).clients.add("Вектор", now))

    def look(memory: Memory) -> tuple[Client | None, tuple[Client, ...]]:
        return memory.of(BORIS).clients.get(client.number), memory.of(BORIS).clients.list()

    assert await storage.write(look) == (None, ())
    with pytest.raises(NotFound):
        await storage.write(
            lambda memory: memory.of(BORIS).clients.save(replace(client, name="моё"))
        )
    assert await storage.write(lambda memory: memory.of(ANNA).clients.get(client.number)) == client


@pytest.mark.parametrize(
    ("kind", "at_most"), [("clients", "MOST_CLIENTS"), ("facts", "MOST_FACTS")]
)
async def test_nobody_keeps_more_than_is_read_in_good_time(
    storage: Storage, now: datetime, monkeypatch: pytest.MonkeyPatch, kind: str, at_most: str
) -> None:
    monkeypatch.setattr(f"storage.rows.{kind}.{at_most}", 2)

    def add(memory: Memory) -> None:
        mine = memory.of(ANNA)
        if kind == "clients":
            mine.clients.add("Вектор", now)
        else:
            mine.facts.add(a_fact(now))

    def delete_one(memory: Memory) -> None:
        mine = memory.of(ANNA)
        if kind == "clients":
            mine.clients.save(replace(mine.clients.list()[0], deleted_at=now))
        else:
            mine.facts.save(replace(mine.facts.all()[0], deleted_at=now))

    for _ in range(2):
        await storage.write(add)
    with pytest.raises(Full) as full:
        await storage.write(add)
    assert (full.value.kind, full.value.most) == (kind, 2)
    await storage.write(delete_one)
    await storage.write(add)
