"""Kill the bot between claim, send and mark, day after day, and count what arrives."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.exits import OK
from bot.operate.clock import SystemClock
from content.schedule.delivery import LEASE, SILENT_AFTER
from content.values.weeks import Rhythm
from handlers.engine.visit import MOSCOW
from storage.records import Owner, Person
from storage.rows.memory import Memory
from tests.faults.games import Scene
from tests.faults.players import Found
from tests.faults.timed import tell
from tests.faults.world import PATIENCE, World, until, world

PEOPLE = range(1, 7)
STEPS = ("claim", "attempt", "call")
CAUGHT = ("call",)
"""After which step the control must have lost or doubled something."""
CLOCK = SystemClock()
ZONE = ZoneInfo(MOSCOW)
A_BIT = timedelta(seconds=2)
SPREAD = timedelta(seconds=20)
"""By then the last of them is due."""


@dataclass
class Days:
    """One day after the other, each with its digests, on the clock of the bot."""

    it: World
    at: datetime
    patience: float = PATIENCE

    async def killed(self, step: str, count: int) -> None:
        """Begin the next day; the bot dies after a step, at one of its occurrences."""
        tell(self.it.bot.disk / "die", f"{step} {count}")
        self._move(nine_after(self.at) + SPREAD)
        await self.it.bot.over(self.patience)

    async def ended(self) -> None:
        """Start the bot again and let everything come that is still to come today."""
        await self.it.bot.start()
        self._move(self.at + LEASE + A_BIT)
        await until(self._has_looked, self.patience)
        self._move(self.at + SILENT_AFTER + A_BIT)
        await self.are_told()

    async def are_told(self) -> None:
        """Wait until there is nothing to come as long as the clock stands."""
        await until(self._has_ended, self.patience)

    async def copies(self, since: int) -> list[str]:
        """Return what is wrong with the messages after the first ``since`` calls of the bot."""
        sent = [call for call in (await self.it.people.journal())[since:] if _is_message(call)]
        wrong = []
        for person in PEOPLE:
            silent = [
                bool(call["params"].get("disable_notification"))
                for call in sent
                if call["params"]["chat_id"] == person
            ]
            # The first is silent, too, where the bot died between noting a call and making it.
            if not 1 <= len(silent) <= 2 or not all(silent[1:]):
                wrong.append(f"{self.at:%d %B}, person {person}: silent copies {silent}")
        return wrong

    async def calls(self) -> int:
        """Return how many calls the bot has made."""
        return len(await self.it.people.journal())

    async def _has_looked(self) -> bool:
        now = self.at.timestamp()
        return not self._count("ending IS NULL AND wake <= ?", now) and not self._due(now)

    async def _has_ended(self) -> bool:
        return not self._count("ending IS NULL") and not self._due(self.at.timestamp())

    def _due(self, now: float) -> int:
        with closing(sqlite3.connect(self.it.bot.disk / "coach.db")) as base:
            query = "SELECT count(*) FROM reminders WHERE next_look <= ?"
            return int(base.execute(query, (now,)).fetchone()[0])

    def _count(self, which: str, *values: float) -> int:
        with closing(sqlite3.connect(self.it.bot.disk / "coach.db")) as base:
            query = f"SELECT count(*) FROM dispatches WHERE {which}"  # noqa: S608 - our own words
            return int(base.execute(query, values).fetchone()[0])

    def _move(self, to: datetime) -> None:
        self.at = to
        ahead = (to - CLOCK.now()).total_seconds()
        tell(self.it.bot.disk / "ahead", f"{ahead}")


async def killed(scene: Scene) -> Found:
    """Kill the bot once a day for so many days; each day each person must get a digest.

    One copy more may come, silently.
    """
    found = Found(told=scene.times * len(PEOPLE))
    steps = CAUGHT if scene.wrong else STEPS
    async with world(scene.folder, scene.wrong, module="tests.faults.timed") as it:
        async with it.memory() as storage:
            await storage.write(lambda memory: set_up(memory, PEOPLE, clients=7))
        for person in PEOPLE:
            await it.people.send(person, "/start")
        days = Days(it, CLOCK.now(), scene.patience)
        days._move(days.at)
        tell(it.bot.disk / "die", "")
        await it.bot.start()
        await it.people.settled()
        await days.are_told()
        try:
            for _ in range(scene.times):
                since = await days.calls()
                step = scene.chance.choice(steps)
                # What is due at one moment is claimed in one go.
                most = 1 if step == "claim" else len(PEOPLE)
                await days.killed(step, scene.chance.randint(1, most))
                await days.ended()
                found.lost += await days.copies(since)
        except (TimeoutError, AssertionError) as why:
            found.lost.append(f"not played to the end: {why!r} {it.bot.complained()[-300:]}")
        if it.bot.runs and (code := await it.bot.end()) != OK:
            found.lost.append(f"ended with {code}: {it.bot.complained()[-300:]}")
    return found


def nine_after(after: datetime) -> datetime:
    """Return nine o'clock of the day after."""
    day = after.astimezone(ZONE).date() + timedelta(days=1)
    return datetime.combine(day, time(9), ZONE)


def _is_message(call: dict[str, object]) -> bool:
    return call["method"] == "sendMessage" and call["refusal"] is None


def set_up(memory: Memory, people: range, clients: int = 1) -> None:
    """Give everybody so many clients, whose reports are due today, tomorrow, and so on.

    With seven there is something new every day, so each digest makes a sound.
    """
    now = CLOCK.now().replace(microsecond=0)
    today = now.astimezone(ZONE).date()
    for person in people:
        mine = memory.of(Owner(person))
        # Spoken to in Russian, so nine o'clock is Moscow's.
        mine.people.save(Person(Owner(person), language="ru", since=now))
        for nth in range(clients):
            client = mine.clients.add(f"Студия {nth}", now).number
            mine.reminders.set_rhythm(Rhythm(client, (today.weekday() + nth) % 7, today))
