from __future__ import annotations

from datetime import datetime, timedelta

from storage.protocols import Storage
from storage.records import Held, Prompt
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS

HOUR = timedelta(hours=1)


async def test_the_last_prompt_counts_until_it_expires(storage: Storage, now: datetime) -> None:
    second = Prompt("note", "1:reporting", now + HOUR)

    def ask(memory: Memory) -> None:
        memory.of(ANNA).scratch.ask(Prompt("name", "", now + 2 * HOUR))
        memory.of(ANNA).scratch.ask(second)

    await storage.write(ask)

    def look(memory: Memory) -> list[Prompt | None]:
        scratch = memory.of(ANNA).scratch
        moments = (now, now + HOUR - timedelta(seconds=1), now + HOUR)
        return [scratch.prompt(moment) for moment in moments]

    assert await storage.write(look) == [second, second, None]
    assert await storage.write(lambda memory: memory.of(BORIS).scratch.prompt(now)) is None


async def test_a_prompt_is_cleared(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> Prompt | None:
        scratch = memory.of(ANNA).scratch
        scratch.ask(Prompt("name", "", now + HOUR))
        scratch.ask(None)
        return scratch.prompt(now)

    assert await storage.write(step) is None


async def test_the_last_held_text_counts_until_it_expires(storage: Storage, now: datetime) -> None:
    second = Held("снова звонил", 6, now + HOUR)

    def hold(memory: Memory) -> None:
        memory.of(ANNA).scratch.hold(Held("звонил ночью", 5, now + 2 * HOUR))
        memory.of(ANNA).scratch.hold(second)

    await storage.write(hold)

    def look(memory: Memory) -> list[Held | None]:
        scratch = memory.of(ANNA).scratch
        return [scratch.held(now), scratch.held(now + HOUR)]

    assert await storage.write(look) == [second, None]
    assert await storage.write(lambda memory: memory.of(BORIS).scratch.held(now)) is None


async def test_a_held_text_is_let_go(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> Held | None:
        scratch = memory.of(ANNA).scratch
        scratch.hold(Held("звонил ночью", 5, now + HOUR))
        scratch.hold(None)
        return scratch.held(now)

    assert await storage.write(step) is None
