"""A dress rehearsal: the made-up client and one whole assessment, on the in-memory Telegram.

It proves an installed copy, not the checkout: the content, the database, the dispatcher and the
conversations, with nothing of Telegram's and nothing kept.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.app import make_ingest, make_services, opened
from bot.exits import FAULTS, OK
from bot.local.person import LocalPerson
from bot.local.session import local_bot
from bot.local.telegram import Telegram
from bot.operate.clock import SystemClock
from content.models import QuestionId
from handlers.assessment.buttons import (
    CriticalDone,
    GiveAnswer,
    NothingOfIt,
    SetLastEffort,
    StartAssessment,
)
from handlers.clients.buttons import Demo
from handlers.engine.router import Coach
from storage.records import ClientNumber, Owner

SOMEBODY = Owner(1)
FIRST_CLIENT = ClientNumber(1)
TOLD_OF = (QuestionId("after_hours"), QuestionId("late_payment"))
"""Signs that the first words about the client speak of."""
MOST_TAPS = 100
PATIENCE = 20.0
"""Seconds for one answer, on a machine that is busy."""


class Unhurried(SystemClock):
    """A clock by which nothing is ever late.

    So no update is parked on a busy machine, and one that is confirmed has been answered.
    """

    def monotonic(self) -> float:
        """Return the same moment, always."""
        return 0.0


class Stuck(Exception):  # noqa: N818 - it says where the play stands
    """The rehearsal cannot go on; the text says why."""


def rehearse(say: Callable[[str], None]) -> int:
    """Play, say what was played, and return the exit code."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_play(Path(folder), say))
    except (Stuck, TimeoutError, LookupError) as why:
        say(f"rehearsal: failed: {str(why) or type(why).__name__}")
        return FAULTS
    say("rehearsal: all in order")
    return OK


async def _play(folder: Path, say: Callable[[str], None]) -> None:
    clock = Unhurried()
    database = f"sqlite:///{folder / 'rehearsal.db'}"
    async with opened(database, folder / "master.key", clock) as coach:
        telegram = Telegram(clock.now)
        async with local_bot(telegram) as bot:
            stopping = asyncio.Event()
            ingest = make_ingest(make_services(bot, coach, clock, stopping), coach)
            running = asyncio.create_task(ingest.run())
            try:
                visitor = Visitor(telegram, telegram.person(SOMEBODY), running)
                await visitor.example(say)
                await visitor.assessment(coach, say)
            finally:
                stopping.set()
                await running
        put_aside = await coach.storage.write(lambda memory: memory.updates.put_aside_list())
        wrong = [f"{call.method}: {call.refusal}" for call in telegram.refusals]
        wrong += [f"put aside: {row.reason}" for row in put_aside]
        wrong += [f"no answer to {tap.data}" for tap in telegram.unanswered]
        if wrong:
            raise Stuck("; ".join(wrong))


@dataclass
class Visitor:
    """One person before the bot."""

    telegram: Telegram
    person: LocalPerson
    running: asyncio.Task[None]

    async def example(self, say: Callable[[str], None]) -> None:
        """Play the made-up client up to the verdict."""
        await self.send("/start")
        taps = 0
        while on := self._next_scene(answered=taps):
            await self.tap(on)
            taps += 1
        say(f"example: {taps} taps, «{self._body_line()}»")

    async def assessment(self, coach: Coach, say: Callable[[str], None]) -> None:
        """Add a client, tell what happened and answer what is asked up to the verdict."""
        await self.send("/newclient")
        words = coach.frame.knowledge.words(str(self.person.user["language_code"]))
        await self.send(words.demo.client)
        await self.tap(self._first(StartAssessment, depth="full"))
        await self.send(". ".join(words.said[sign].says[0] for sign in TOLD_OF))
        if not self._all(NothingOfIt):
            raise Stuck(f"nothing proposed of what happened: «{self.person.screen.text}»")
        for taps in range(1, MOST_TAPS):
            sheets = await coach.storage.write(
                lambda memory: memory.of(SOMEBODY).assessments.of_client(FIRST_CLIENT)
            )
            if sheets and sheets[-1].judged_at:
                answers = len(sheets[-1].answers)
                say(f"assessment: {answers} answers, {taps} taps, «{self._body_line()}»")
                return
            await self.tap(self._step(taps))
        raise Stuck(f"no verdict after {MOST_TAPS} taps")

    async def send(self, text: str) -> None:
        """Type something and wait for the answer."""
        self.person.send(text)
        await self._settled()

    async def tap(self, button: dict[str, Any] | None) -> None:
        """Press a button and wait for the answer."""
        if button is None:
            raise Stuck(f"no button to go on with under «{self.person.screen.text}»")
        self.person.tap(data=button["callback_data"])
        await self._settled()

    async def _settled(self) -> None:
        settled = asyncio.create_task(self.telegram.updates.settled(PATIENCE))
        await asyncio.wait({settled, self.running}, return_when=asyncio.FIRST_COMPLETED)
        if not settled.done():
            settled.cancel()
            raise Stuck(f"the bot has ended: {self.running.exception()}")
        settled.result()

    def _step(self, turn: int) -> dict[str, Any] | None:
        """Choose what to press: an answer, now this one and now that, else what leads on."""
        answers = self._all(GiveAnswer)
        if answers:
            return answers[turn % len(answers)]
        main = [button for button in self._buttons() if button.get("style") == "primary"]
        return self._first(SetLastEffort) or next(iter(main), None) or self._first(CriticalDone)

    def _buttons(self) -> list[dict[str, Any]]:
        rows = self.person.screen.keyboard
        return [button for row in rows for button in row if "callback_data" in button]

    def _all(self, form: type[CallbackData], **fields: str) -> list[dict[str, Any]]:
        return [
            button
            for button in self._buttons()
            if button["callback_data"].split(":")[0] == form.__prefix__
            and fields.items() <= form.unpack(button["callback_data"]).model_dump().items()
        ]

    def _first(self, form: type[CallbackData], **fields: str) -> dict[str, Any] | None:
        return next(iter(self._all(form, **fields)), None)

    def _next_scene(self, answered: int) -> dict[str, Any] | None:
        """Return a button that leads on, to the first scene or with one more answer."""
        on = [
            button
            for button in self._all(Demo)
            if len(Demo.unpack(button["callback_data"]).digits) == answered
        ]
        return on[min(2, len(on) - 1)] if on else None  # mildest first: «often» where there is one

    def _body_line(self) -> str:
        """Return the statement of the screen: the line below its header."""
        return next(line for line in self.person.screen.text.splitlines()[1:] if line)
