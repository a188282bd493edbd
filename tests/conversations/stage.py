"""A whole coach on the in-memory Telegram: the real dispatcher, handlers, ingest and database."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from aiogram.filters.callback_data import CallbackData

from bot.app import make_ingest, make_services
from bot.local.chats import Message
from bot.local.person import LocalPerson
from bot.local.session import local_bot
from bot.local.telegram import Telegram
from bot.reminders import Reminders
from bot.serve.access import Access
from content.questionnaire import asked, is_critical
from handlers.assessment.buttons import CriticalDone, GiveAnswer, GoOn, Tick
from handlers.engine.frame import Frame
from handlers.engine.router import Coach
from handlers.topics import JOINED
from storage.opening import open_storage
from storage.protocols import Storage
from storage.records import Assessment, Owner
from storage.rows.memory import Owned
from tests.conversations import grammar
from tests.known import KNOWLEDGE
from tests.postgres import look, tables
from tests.template import laid

EVENING = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)
"""23:40 in Moscow."""
TEXTS = KNOWLEDGE.words("ru").texts
TOTAL = len(asked(KNOWLEDGE.catalogue, team=False))
"""Questions there are, for somebody who works alone."""
FRAME = Frame(JOINED, KNOWLEDGE)
NOTHING_NEW = "message is not modified"
WORKED_AROUND = (NOTHING_NEW, "message can't be deleted")
"""What no call can foresee: a second tap for the same screen, a screen older than two days."""
MOST_ROUNDS = 4
"""Of a worker: think of the person, claim, call, write down."""
MOST_TAPS = TOTAL + 24
"""More than any assessment takes."""
T = TypeVar("T")
Form = TypeVar("Form", bound="CallbackData")


@dataclass
class StageClock:
    """A clock that stands still until it is moved."""

    moment: datetime = EVENING
    passed: float = 0.0
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment

    def monotonic(self) -> float:
        """Return the seconds it was moved by."""
        return self.passed

    async def sleep(self, seconds: float) -> None:
        """Return once it was moved by so many seconds."""
        end = self.passed + seconds
        while self.passed < end:
            await self.moved.wait()

    def move(self, **by: float) -> None:
        """Let time pass: ``move(hours=2)``."""
        step = timedelta(**by)
        self.moment += step
        self.passed += step.total_seconds()
        self.moved.set()
        self.moved = asyncio.Event()


def mildest(question: str) -> str:
    """Return the answer that says that nothing is wrong."""
    return "good" if question in KNOWLEDGE.catalogue.questions else "never"


def plain(text: str) -> str:
    """Return a text as it is read: where a line may break is for `grammar` to see."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@dataclass
class Stage:
    """The coach and its Telegram, and what a test does with both."""

    telegram: Telegram
    storage: Storage
    clock: StageClock
    me: LocalPerson
    folder: Path
    database: str
    """Its address; see ``tests.postgres.look``."""
    frame: Frame = FRAME
    seen: list[str] = field(default_factory=list)
    """What was wrong with a screen, as soon as it was shown."""
    spoken: Mapping[str, str] = field(default_factory=dict)
    """What somebody of another language than Russian types in place of Russian words."""

    # What the person does

    async def say(self, text: str) -> str:
        """Type a text and return what the screen says then."""
        self.me.send(self.said(text))
        return await self.settled()

    def said(self, text: str) -> str:
        """Return what this person types for a Russian text."""
        for russian, own in self.spoken.items():
            text = text.replace(russian, own)
        return text

    async def tap(self, label: str) -> str:
        """Press a button of the screen and return what the screen says then."""
        own = self.names_of(label)
        self.me.tap(next((each for each in self.labels if each in own), label))
        return await self.settled()

    def names_of(self, label: str) -> frozenset[str]:
        """Return what a button of this Russian label is called in the person's language."""
        if not self.spoken:
            return frozenset({label})
        texts = KNOWLEDGE.words(str(self.me.user["language_code"])).texts.templates
        alike = (
            texts[key].forms
            for key, template in TEXTS.templates.items()
            if label in map(plain, template.forms.values())
        )
        return frozenset({label, *(plain(form) for forms in alike for form in forms.values())})

    def offers(self, label: str) -> bool:
        """Tell whether a button is on the screen, by its Russian label."""
        return not self.names_of(label).isdisjoint(self.labels)

    async def press(self, data: str | CallbackData, on: Message | None = None) -> str:
        """Press a button that may be old or forged, and return what the screen says then."""
        self.me.tap(on=on, data=data if isinstance(data, str) else data.pack())
        return await self.settled()

    async def settled(self) -> str:
        """Wait until everything is answered and return what the screen says."""
        await self.telegram.settled()
        return self.text

    async def reminded(self) -> str:
        """Let the worker say what is due, and return what the newest message says."""
        async with local_bot(self.telegram) as bot:
            worker = Reminders(
                bot,
                self.storage,
                render=self.frame.notice,
                clock=self.clock,
                chance=random.Random(1),  # noqa: S311 - spreads waits
                holder="stage",
                zones="stage",
            )
            for _ in range(MOST_ROUNDS):
                await worker.turn()
                await worker.landed(5)
        return await self.settled()

    async def client(self, name: str = "Студия «Вектор»") -> str:
        """Add a client."""
        return await self.say(f"/newclient {name}")

    async def answer(self, option: str) -> str:
        """Give the question on screen an answer by its id."""
        given = next(each for each in self.offered(GiveAnswer) if each.option == option)
        return await self.press(given)

    async def begin(self, label: str = "Разбор") -> str:
        """Begin an assessment from the client's card, without telling what happened."""
        await self.tap(label)
        if self.offers("Сразу к вопросам"):
            await self.tap("Сразу к вопросам")
        return self.text

    async def answer_all(self, **answers: str) -> str:
        """Answer what is asked to the end: those named as told, the others as mildly as can be."""
        return await self._answer(answers, whole=True)

    async def answer_likely(self, **answers: str) -> str:
        """Do the same until the verdict is likely."""
        return await self._answer(answers, whole=False)

    async def _answer(self, answers: Mapping[str, str], *, whole: bool) -> str:
        for _ in range(MOST_TAPS):
            question = self.question
            if done := self.offered(CriticalDone):
                for tick in self.offered(Tick):
                    if tick.ticked and answers.get(tick.question, "never") != "never":
                        await self.press(tick)
                await self.press(done[0])
            elif question is not None:
                await self.answer(answers.get(question, mildest(question)))
            elif whole and self.offered(GoOn):
                await self.press(self.offered(GoOn)[0])
            else:
                return self.text
        raise AssertionError(f"no end of questions: {self.text}")

    async def review(self) -> str:
        """Go on to the verdict, with nothing tried and no last effort."""
        for label in ("Показать вывод", "Дальше", "Ещё нет", "• Ещё нет"):
            if self.offers(label) and not re.search("вывод 2|verdict of", self.header):
                await self.tap(label)
        return self.text

    async def assess(self, label: str = "Разбор", **answers: str) -> str:
        """Answer every question of a new assessment, whether asked or not, up to the verdict.

        Those named as told, the others mildly. Critical signs come last: they alone can end it.
        """
        await self.begin(label)
        number = (await self.assessment()).number
        team = (await self.assessment()).team
        everything = asked(KNOWLEDGE.catalogue, team=team)
        for question in sorted(everything, key=lambda each: is_critical(KNOWLEDGE.catalogue, each)):
            option = answers.get(question, mildest(question))
            if (await self.assessment(number)).judged_at is None:
                await self.press(GiveAnswer(assessment=number, question=question, option=option))
        if self.offers("Остальное как было"):
            await self.tap("Остальное как было")
        return await self.review()

    # What the person sees

    @property
    def text(self) -> str:
        """What the screen says."""
        return plain(self.me.screen.text)

    @property
    def header(self) -> str:
        """The first line of the screen."""
        return plain(grammar.header(self.me.screen))

    @property
    def toast(self) -> str:
        """The last toast."""
        return plain(self.me.toasts[-1].text)

    @property
    def labels(self) -> list[str]:
        """The labels of the screen's buttons, row by row."""
        return [plain(label) for row in self.me.screen.labels for label in row]

    @property
    def main(self) -> str:
        """The label of the one recommended button, "" where there is none."""
        buttons = [button for row in self.me.screen.keyboard for button in row]
        return next((one["text"] for one in buttons if one.get("style") == "primary"), "")

    @property
    def from_bot(self) -> list[Message]:
        """The bot's messages that are in the chat."""
        return [message for message in self.me.messages if message.from_bot]

    @property
    def question(self) -> str | None:
        """The id of the question on screen."""
        offered = self.offered(GiveAnswer)
        return offered[0].question if offered else None

    def offered(self, form: type[Form]) -> list[Form]:
        """The buttons of one form on the screen, unpacked."""
        data = [button.get("callback_data") for row in self.me.screen.keyboard for button in row]
        prefix = form.__prefix__
        return [form.unpack(each) for each in data if each and each.split(":")[0] == prefix]

    # What is remembered

    async def read(self, step: Callable[[Owned], T], owner: int | None = None) -> T:
        """Look into the memory of one person."""
        whose = Owner(self.me.id if owner is None else owner)
        return await self.storage.write(lambda memory: step(memory.of(whose)))

    async def assessment(self, number: int | None = None) -> Assessment:
        """Return an assessment of the first person's, the newest by default."""
        everything = (await self.read(lambda owned: owned.export())).assessments
        if number is None:
            return max(everything, key=lambda each: each.number)
        return next(each for each in everything if each.number == number)

    async def given(self, number: int | None = None) -> dict[str, str]:
        """Return the answers of an assessment."""
        return {each.question: each.option for each in (await self.assessment(number)).answers}

    def rows(self) -> dict[str, int]:
        """Count the rows of every table that has any, but for the ledger of updates."""
        counts = {
            name: look(self.database, f'SELECT count(*) FROM "{name}"')[0][0]  # noqa: S608 - its own tables
            for name in tables(self.database)
            # The last: a mark that stands until the file is written anew, a second later.
            if name not in {"applied_updates", "migrations", "erasures"}
        }
        return {name: count for name, count in counts.items() if count}

    async def in_order(self) -> None:
        """Hold what holds after every conversation."""
        aside = await self.storage.write(lambda memory: memory.updates.put_aside_list())
        refused = [f"{one.method}: {one.refusal}" for one in self.telegram.refusals]
        odd = [one for one in refused if not any(known in one for known in WORKED_AROUND)]
        assert [row.reason for row in aside] == []
        assert odd == []
        assert [tap.data for tap in self.telegram.unanswered] == []
        # Invariant I5.
        written_to = [chat for chat in self.telegram.chats.values() if chat.private]
        assert {chat.id for chat in written_to if chat.messages} <= self.telegram.persons.keys()
        for person in self.telegram.persons.values():
            assert [toast for toast in person.toasts if len(toast.text) > grammar.TOAST] == []
            assert [toast for toast in person.toasts if toast.alert] == []
        assert self.seen == []


@asynccontextmanager
async def staged(  # noqa: PLR0913 - what a test wants otherwise, each by its name
    folder: Path,
    user: int = 1,
    before: Stage | None = None,
    access: Access | None = None,
    *,
    sealing: bool = True,
    database: str = "",
    through: Callable[[Storage], Storage] = lambda storage: storage,
) -> AsyncIterator[Stage]:
    """Open a coach over a database; ``before`` is the one that ran there until now.

    The database is SQLite's in the folder, where the master key lies, unless it is named.

    Telegram and its time go on over a restart. Without ``access`` everybody comes in. The coach
    reaches its storage by what ``through`` makes of it.
    """
    clock = before.clock if before else StageClock()
    telegram = before.telegram if before else Telegram(clock.now)
    address = database or (before.database if before else laid(folder))
    storage = await open_storage(address, folder / "master.key", now=clock.now(), sealing=sealing)
    stage = Stage(telegram, through(storage), clock, telegram.person(user), folder, address)
    if before is None:
        look_at_screens(stage)
    else:
        stage.frame = Frame(JOINED, KNOWLEDGE)
    try:
        async with running(stage, access):
            yield stage
    finally:
        await storage.close()


@asynccontextmanager
async def running(stage: Stage, access: Access | None = None) -> AsyncIterator[None]:
    """Let the ingest run."""
    coach = Coach(frame=stage.frame, storage=stage.storage, now=stage.clock.now)
    async with local_bot(stage.telegram) as bot:
        stopping = asyncio.Event()
        services = make_services(bot, coach, stage.clock, stopping)
        ingest = make_ingest(services, coach, access=access)
        task = asyncio.create_task(ingest.run())
        try:
            yield
        finally:
            stopping.set()
            await task


def look_at_screens(stage: Stage) -> None:
    """Note what is wrong with any screen, the moment it is shown."""
    telegram = stage.telegram

    def look(chat_id: int, message_id: int) -> None:
        message = telegram.chats[chat_id].messages[message_id]
        if message.from_bot and message.keyboard:
            typed = "\n".join(each.text for each in stage.me.messages if not each.from_bot)
            found = [*grammar.faults(message), *grammar.loose(message, typed)]
            stage.seen.extend(f"{message.text!r}: {each}" for each in found)

    telegram.watch(
        lambda event: (
            look(event.chat_id, event.content["message_id"])
            if event.kind in {"message", "edited"}
            else None
        )
    )
