"""Many people, one or more workers, and a clock that is moved to where they want to be woken."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiogram import Bot

from bot.local.session import LOCAL_TOKEN, LocalSession
from bot.local.telegram import Telegram
from bot.reminders import Reminders
from content.values.weeks import Rhythm
from storage.opening import open_storage
from storage.protocols import Storage
from storage.records import Dispatch, Owner, Person
from storage.rows.memory import Memory
from tests.bot.reminding_driver import FRAME, SteppedClock
from tests.template import laid

MONDAY = datetime(2026, 3, 2, 5, tzinfo=UTC)
"""An hour before nine in Moscow."""
MINUTE = timedelta(minutes=1)


@dataclass
class Crowd:
    """People with one client each, whose report is due on Mondays at nine, Moscow time."""

    clock: SteppedClock
    telegram: Telegram
    storages: list[Storage]
    people: range
    workers: list[Reminders]

    async def run(self, until: datetime) -> None:
        """Let the workers work up to a time, whoever wants to be woken first going first."""
        clock = self.clock
        wakes = [clock.true for _ in self.workers]
        while (at := min(wakes)) <= until:
            clock.true = max(clock.true, at)
            awake = [number for number, wake in enumerate(wakes) if wake <= clock.true]
            turns = await asyncio.gather(*(self._turn(self.workers[each]) for each in awake))
            for number, wake in zip(awake, turns, strict=True):
                wakes[number] = wake
        clock.true = until

    async def dispatches(self) -> list[Dispatch]:
        """Return all that was claimed."""
        return await self.storages[0].write(
            lambda memory: [
                each
                for owner in self.people
                for each in memory.of(Owner(owner)).reminders.dispatches(MONDAY.date())
            ]
        )

    def sent(self) -> list[tuple[int, datetime]]:
        """Return to whom a message went and when."""
        return [
            (int(call.params["chat_id"]), call.at)
            for call in self.telegram.journal
            if call.method == "sendMessage" and call.refusal is None
        ]

    async def forget(self) -> None:
        """Clear away what has had its time, and all that Telegram remembers."""
        now = self.clock.now()
        await self.storages[0].write(lambda memory: memory.purge(now))
        self.telegram.journal.clear()
        for chat in self.telegram.chats.values():
            chat.messages.clear()

    async def _turn(self, worker: Reminders) -> datetime:
        seconds = await worker.turn()
        await worker.landed(10)
        if worker._ended:
            seconds = 0.0
        if seconds is None:
            return datetime.max.replace(tzinfo=UTC)
        return self.clock.true + timedelta(seconds=seconds)


@asynccontextmanager
async def crowd(
    folder: Path, people: int, workers: int = 1, start: datetime = MONDAY
) -> AsyncIterator[Crowd]:
    """Open a storage for each worker, all on one file."""
    clock = SteppedClock(start)
    telegram = Telegram(clock.now)
    storages = [
        await open_storage(laid(folder), folder / "master.key", now=start) for _ in range(workers)
    ]
    owners = range(1, people + 1)
    for owner in owners:
        assert not telegram.person(owner).toasts  # opens the chat
    await storages[0].write(_settle(owners, start))
    bot = Bot(LOCAL_TOKEN, session=LocalSession(telegram))
    made = [
        Reminders(
            bot,
            storage,
            render=FRAME.notice,
            clock=clock,
            chance=random.Random(number),  # noqa: S311 - spreads waits
            holder=f"worker {number}",
            zones="2026f",
        )
        for number, storage in enumerate(storages)
    ]
    try:
        yield Crowd(clock, telegram, storages, owners, made)
    finally:
        for storage in storages:
            await storage.close()


def _settle(owners: Iterable[int], now: datetime) -> Callable[[Memory], None]:
    def step(memory: Memory) -> None:
        for owner in owners:
            mine = memory.of(Owner(owner))
            # Spoken to in Russian, so nine o'clock is Moscow's.
            mine.people.save(Person(Owner(owner), language="ru", since=now))
            client = mine.clients.add("Студия «Вектор»", now).number
            mine.reminders.set_rhythm(Rhythm(client, MONDAY.weekday(), MONDAY.date()))

    return step
