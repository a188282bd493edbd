"""Each step begins with what is stored, whatever an earlier one has read or wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from weakref import ref

import pytest

from storage.protocols import Storage
from storage.records import ClientNumber, Depth
from storage.rows.memory import Memory, Owned
from tests.storage.example import ANNA


class Undone(Exception):  # noqa: N818 - it is no fault
    """Whatever a step raises."""


async def test_nothing_of_a_person_is_kept_behind_a_step(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> ref[Owned]:
        mine = memory.of(ANNA)
        assert memory.of(ANNA) is mine
        mine.clients.add("Вектор", now)
        return ref(mine)

    kept = await storage.write(step)
    await storage.write(lambda memory: memory.of(ANNA).people.get())

    assert kept() is None


async def test_a_step_knows_nothing_of_what_an_undone_one_has_read(
    storage: Storage, now: datetime
) -> None:
    one = ClientNumber(1)
    await storage.write(lambda memory: memory.of(ANNA).clients.add("Вектор", now))

    def undone(memory: Memory) -> None:
        mine = memory.of(ANNA)
        client = mine.clients.get(one)
        assert client is not None
        mine.clients.save(replace(client, name="Не тот"))
        assert mine.clients.get(one) == replace(client, name="Не тот")
        mine.assessments.start(one, Depth.FULL, team=False, now=now)
        raise Undone

    with pytest.raises(Undone):
        await storage.write(undone)

    client = await storage.write(lambda memory: memory.of(ANNA).clients.get(one))
    assert client is not None
    assert client.name == "Вектор"
    assert await storage.write(lambda memory: memory.of(ANNA).assessments.open()) == ()
