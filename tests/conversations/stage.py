"""A whole coach on the in-memory Telegram: the real dispatcher, handlers, ingest and SQLite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path


from bot.app import local_bot, make_ingest
from bot.local.person import Person
from bot.local.telegram import Telegram
from content.loading import load
from handlers.frame import Frame
from handlers.router import Coach
from handlers.topics import ROUTES
from storage.opening import open_storage
from storage.protocols import Storage

EVENING = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)
"""23:40 in Moscow."""
KNOWLEDGE = load()


@dataclass
class StageClock:
    """A clock that stands still until it is moved."""

    moment: datetime = EVENING
    passed: float = 0.0

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment

    def monotonic(self) -> float:
        """Return the seconds it was moved by."""
        return self.passed

    def move(self, **by: float) -> None:
        """Let time pass: ``move(hours=2)``."""
        step = timedelta(**by)
        self.moment += step
        self.passed += step.total_seconds()


@dataclass
class Stage:
    """The coach and its Telegram, and what a test does with both."""

    telegram: Telegram
    storage: Storage
    clock: StageClock
    me: Person
    frame: Frame = field(default_factory=lambda: Frame(ROUTES, KNOWLEDGE))

    async def say(self, text: str) -> str:
        """Type a text and return what the screen says then."""
        self.me.send(text)
        return await self.settled()

    async def tap(self, label: str) -> str:
        """Press a button of the screen and return what the screen says then."""
        self.me.tap(label)
        return await self.settled()

    async def settled(self) -> str:
        """Wait until everything is answered and return what the screen says."""
        await self.telegram.settled()
        return self.me.screen.text

    @property
    def toast(self) -> str:
        """The last toast."""
        return self.me.toasts[-1].text

    @property
    def labels(self) -> list[str]:
        """The labels of the screen's buttons, row by row."""
        return [label for row in self.me.screen.labels for label in row]

    async def answer_all(self, column: int = 0, row: int = 0) -> None:
        """Answer question after question with the same place of the keyboard, to the last one."""
        while " из " in self.me.screen.text.splitlines()[0]:
            self.me.tap_at(row, column)
            await self.settled()
            if self.labels[:1] == ["Дальше, к признакам"]:
                await self.tap("Дальше, к признакам")


@asynccontextmanager
async def staged(folder: Path, user: int = 1) -> AsyncIterator[Stage]:
    """Open a coach whose database lies in a folder; opening it again goes on with the same one."""
    clock = StageClock()
    telegram = Telegram(clock.now)
    storage = await open_storage(
        f"sqlite:///{folder}/coach.db", folder / "master.key", now=clock.now()
    )
    stage = Stage(telegram, storage, clock, telegram.person(user))
    try:
        async with running(stage):
            yield stage
    finally:
        await storage.close()


@asynccontextmanager
async def running(stage: Stage) -> AsyncIterator[None]:
    """Let the ingest run."""
    coach = Coach(frame=stage.frame, storage=stage.storage, clock=stage.clock)
    async with local_bot(stage.telegram) as bot:
        stopping = asyncio.Event()
        task = asyncio.create_task(make_ingest(bot, coach, stage.clock, stopping).run())
        try:
            yield
        finally:
            stopping.set()
            await task
