"""How it went, as it is stored, and as whoever runs the coach may count it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from storage.errors import NotFound
from storage.protocols import Storage
from storage.records import Owner, Tally
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS, an_afterword


async def test_an_answer_takes_the_place_of_the_one_before(storage: Storage, now: datetime) -> None:
    answer = an_afterword()

    def step(memory: Memory) -> None:
        mine = memory.of(ANNA)
        mine.clients.add("Вектор", now)
        mine.hindsight.keep(answer)
        mine.hindsight.keep(replace(answer, ease="worse", ended=True))

    await storage.write(step)
    changed = replace(answer, ease="worse", ended=True)
    assert await storage.write(lambda memory: memory.of(ANNA).hindsight.all()) == (changed,)
    get = await storage.write(lambda memory: memory.of(ANNA).hindsight.get(answer.promise))
    assert get == changed
    assert await storage.write(lambda memory: memory.of(BORIS).hindsight.all()) == ()


async def test_there_is_none_about_an_unknown_client(storage: Storage) -> None:
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(ANNA).hindsight.keep(an_afterword()))


async def test_what_fewer_than_five_people_have_said_is_not_counted(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        for number in range(1, 6):
            mine = memory.of(Owner(number))
            mine.clients.add("Вектор", now)
            mine.hindsight.keep(an_afterword(promise=1))
            mine.hindsight.keep(an_afterword(promise=2))
            if number > 1:
                mine.hindsight.keep(replace(an_afterword(promise=3), ease="worse"))

    await storage.write(step)
    assert await storage.write(lambda memory: memory.how_it_went(5)) == (
        Tally("letter", "last_effort", 30, ended=False, ease="better", answers=10, people=5),
    )
