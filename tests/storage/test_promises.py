from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from storage.errors import NotFound
from storage.protocols import Storage
from storage.records import ActionState, ClientNumber, Person, Promise, PromiseNumber
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS, a_promise


async def test_a_probation_is_kept_with_its_conditions(storage: Storage, now: datetime) -> None:
    probation = Promise(
        number=PromiseNumber(99),
        client=ClientNumber(1),
        kind="probation",
        due=date(2026, 12, 5),
        state=ActionState.DROPPED,
        words="оплата в срок",
        subject=3,
        listed=1,
        tried=True,
    )

    def step(memory: Memory) -> Promise:
        memory.of(ANNA).clients.add("Вектор", now)
        return memory.of(ANNA).promises.add(probation)

    added = await storage.write(step)
    assert added == replace(probation, number=PromiseNumber(1))
    assert await storage.write(lambda memory: memory.of(ANNA).promises.get(added.number)) == added
    assert await storage.write(lambda memory: memory.of(BORIS).promises.get(added.number)) is None


async def test_a_promise_about_no_client_stores_nobody(storage: Storage) -> None:
    reply = replace(a_promise(), kind="reply", subject=1)
    added = await storage.write(lambda memory: memory.of(ANNA).promises.add(reply))
    assert added == replace(reply, number=PromiseNumber(1))
    assert await storage.write(lambda memory: memory.of(ANNA).promises.open()) == (added,)
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == Person(ANNA)


async def test_open_ones_come_by_date_and_none_of_deleted_clients(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> list[int]:
        mine = memory.of(ANNA)
        mine.clients.add("Вектор", now)
        mine.clients.save(replace(mine.clients.add("удалён", now), deleted_at=now))
        mine.clients.save(replace(mine.clients.add("в архиве", now), archived_at=now))
        memory.of(BORIS).promises.add(a_promise())
        for client, day in ((1, 30), (None, 27), (2, 1), (3, 30), (1, 2)):
            mine.promises.add(a_promise(client, date(2026, 11, day)))
        for state in (ActionState.DONE, ActionState.DROPPED):
            mine.promises.add(replace(a_promise(1), state=state))
        return [promise.number for promise in mine.promises.open()]

    assert await storage.write(step) == [5, 2, 1, 4]


async def test_all_but_kind_and_subject_changes(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> tuple[Promise | None, Promise]:
        mine = memory.of(ANNA)
        client = mine.clients.add("Вектор", now)
        added = mine.promises.add(replace(a_promise(), subject=1))
        changed = replace(
            added,
            client=client.number,
            due=date(2026, 12, 24),
            state=ActionState.DONE,
            words="оплата в срок",
            listed=2,
            tried=True,
        )
        mine.promises.save(replace(changed, kind="reply", subject=7))
        return mine.promises.get(added.number), changed

    stored, changed = await storage.write(step)
    assert stored == changed


async def test_there_is_no_promise_of_an_unknown_client(storage: Storage) -> None:
    added = await storage.write(lambda memory: memory.of(ANNA).promises.add(a_promise()))
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(ANNA).promises.add(a_promise(1)))
    with pytest.raises(NotFound):
        await storage.write(
            lambda memory: memory.of(ANNA).promises.save(replace(added, client=ClientNumber(1)))
        )
    assert await storage.write(lambda memory: memory.of(ANNA).promises.open()) == (added,)


async def test_an_unknown_promise_is_not_saved(storage: Storage) -> None:
    added = await storage.write(lambda memory: memory.of(ANNA).promises.add(a_promise()))
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(BORIS).promises.save(added))
    assert await storage.write(lambda memory: memory.of(BORIS).promises.open()) == ()


async def test_the_promises_about_a_client_are_told_apart(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> None:
        for owner in (ANNA, BORIS):
            mine = memory.of(owner)
            for name in ("Вектор", "Север"):
                client = mine.clients.add(name, now).number
                mine.promises.add(a_promise(client))
        mine = memory.of(ANNA)
        mine.promises.add(a_promise(ClientNumber(1)))

    await storage.write(step)
    found = await storage.write(lambda memory: memory.of(ANNA).promises.of_client(ClientNumber(1)))
    assert [(each.number, each.client) for each in found] == [(1, 1), (3, 1)]
