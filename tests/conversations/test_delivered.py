"""A reply is delivered as it is, whatever fails on its way: files, deletions, searches, an undo.

Invariant I23.

Each reply here is more than the screen of an address. One of its calls fails (500, a proxy's page,
a cut before or after), or the process dies right before or right after it; then everything must be
in the chat as if nothing had happened. What was cut off after it was carried out may be there
twice: nobody knows of it.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count, groupby, product
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from bot.app import make_ingest, make_services
from bot.local.chats import Message
from bot.local.person import Origin
from bot.local.refusals import ConnectionCut, Mishap, Refused
from bot.local.session import local_bot
from bot.local.telegram import Telegram
from bot.telegram import errors
from handlers.account.buttons import EraseNow, ExportNow
from handlers.assessment.buttons import CloseTopic, CriticalDone, GiveAnswer, SecondOpinion
from handlers.clients.buttons import DeleteClientNow
from handlers.engine.frame import Arrival
from handlers.engine.router import Coach
from handlers.engine.screen import Screen
from handlers.facts.buttons import ClearChat, DeleteFact
from handlers.letters.buttons import HeldLetter, LetterFile
from handlers.library.buttons import SearchLibrary
from handlers.pictures.buttons import DrawScale
from handlers.reminders.buttons import CalendarFile, ChooseDay, TodayList
from handlers.reports.buttons import OpenReport, ReportFile
from storage.opening import open_storage
from storage.records import Export, Owner, UpdateId
from storage.rows.memory import Memory
from storage.rows.outbox import OutboxRows
from tests.conversations.stage import EVENING, FRAME, Stage, StageClock, plain, staged
from tests.faults.replies import Way
from tests.template import laid

LETTER = "Здравствуйте, Ольга. Оплаты за макет нет уже две недели, это ужасно. Жду её сегодня."
FOREVER = 1e9
Seen: TypeAlias = tuple[str, tuple[str, ...], str]
"""A message of the bot: its text, its buttons, its file."""


@dataclass
class Trouble:
    """Lets the call with this number fail, once; a killed process makes no call any more."""

    way: Way | None
    at: int = 0
    calls: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(  # noqa: PLR0911 - a table
        self, method: str, _params: Mapping[str, Any]
    ) -> Mishap | None:
        if self.done.is_set():
            return Mishap(delay=FOREVER) if self.way is not None and self.way.kills else None
        if method == "getUpdates":
            return None
        self.calls += 1
        if self.way is None or self.calls - 1 != self.at:
            return None
        self.done.set()
        match self.way:
            case Way.REFUSED:
                return Mishap(refusal=Refused(500, "Internal Server Error"))
            case Way.PAGE:
                return Mishap(page=True)
            case Way.LOST:
                raise ConnectionCut
            case Way.CUT | Way.DIED:
                return Mishap(cut=True)
            case Way.KILLED:
                return Mishap(delay=FOREVER)


@asynccontextmanager
async def alive(folder: Path, before: Stage | None = None) -> AsyncIterator[Stage]:
    """Run a coach that is not asked when it ends: nothing is finished, parked or confirmed."""
    clock = before.clock if before else StageClock()
    telegram = before.telegram if before else Telegram(clock.now)
    database = laid(folder)
    storage = await open_storage(database, folder / "master.key", now=clock.now())
    stage = Stage(telegram, storage, clock, telegram.person(1), folder, database)
    try:
        async with local_bot(telegram) as bot:
            coach = Coach(frame=FRAME, storage=storage, now=clock.now)
            services = make_services(bot, coach, clock, asyncio.Event())
            task = asyncio.create_task(make_ingest(services, coach).run())
            try:
                yield stage
            finally:
                telegram.faults = lambda _method, _params: Mishap(delay=FOREVER)
                while not task.done():
                    task.cancel()
                    await asyncio.sleep(0)
                await asyncio.gather(task, return_exceptions=True)
    finally:
        await storage.close()


@dataclass(frozen=True)
class Reply:
    """A reply, what comes before it, and what brings it about."""

    before: Callable[[Stage], Awaitable[object]]
    brings: Callable[[Stage], object]


async def nothing(_stage: Stage) -> None:
    return


async def client(stage: Stage) -> None:
    await stage.client("Ольга")


async def verdict(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="often")


async def forward(stage: Stage) -> None:
    await stage.client("Ольга")
    stage.me.forward("Ты бездарь и хам", Origin("Ольга", EVENING, user_id=7))
    await stage.settled()


async def fact(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/fact Звонил ночью")


async def text(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say(LETTER)


async def letter(stage: Stage) -> None:
    await text(stage)
    await stage.press(HeldLetter(client=1, kind="limits"))


async def report(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press(OpenReport(client=1))


async def weekday(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press(ChooseDay(client=1, weekday=4))


async def digest(stage: Stage) -> None:
    await weekday(stage)
    stage.clock.move(days=6)
    await stage.reminded()


async def searching(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press(SearchLibrary())


def typed(words: str) -> Callable[[Stage], object]:
    return lambda stage: stage.me.send(words)


def tapped(form: object) -> Callable[[Stage], object]:
    return lambda stage: stage.me.tap(data=form.pack())  # type: ignore[attr-defined]


REPLIES = {
    "a letter as a file": Reply(letter, tapped(LetterFile(letter=1, form="eml"))),
    "a report as a file": Reply(report, tapped(ReportFile(report=1))),
    "the calendar": Reply(weekday, tapped(CalendarFile(client=0))),
    "a second opinion": Reply(verdict, tapped(SecondOpinion(assessment=1))),
    "a picture": Reply(verdict, tapped(DrawScale(assessment=1))),
    "everything there is": Reply(fact, tapped(ExportNow())),
    "out of the chat": Reply(forward, tapped(ClearChat(fact=1))),
    "a deleted fact": Reply(fact, tapped(DeleteFact(fact=1))),
    "a deleted client": Reply(client, tapped(DeleteClientNow(client=1))),
    "all erased": Reply(fact, tapped(EraseNow())),
    "a search": Reply(searching, typed("ночью звонит")),
    "a checked letter": Reply(text, tapped(HeldLetter(client=1, kind="limits"))),
    "a weekday and no zone": Reply(client, tapped(ChooseDay(client=1, weekday=4))),
    "a digest in use": Reply(digest, tapped(TodayList(page=0))),
    "a text out of nowhere": Reply(client, typed("вот опять")),
    "a fact": Reply(client, typed("/fact Звонил ночью")),
    "a question": Reply(client, typed("/newclient")),
    "the help": Reply(client, typed("/help")),
    "a newcomer": Reply(nothing, typed("/start")),
}


SOME = (
    "a picture",
    "a letter as a file",
    "everything there is",
    "out of the chat",
    "a deleted fact",
    "a search",
)
"""Played every day, with one failure and one kill; the campaign plays all of them whole."""
LOST = (*SOME, "a deleted client", "the calendar", "a second opinion")


def seen(message: Message) -> Seen:
    labels = tuple(label for row in message.labels for label in row)
    file = message.body.get("document", {}).get("file_name", "")
    return message.text, labels, file or ("photo" if "photo" in message.body else "")


@dataclass(frozen=True)
class Played:
    """What there is in the end."""

    chat: list[Seen]
    toasts: list[str]
    stored: Export
    calls: int


async def look(stage: Stage, calls: int) -> Played:
    everything = await stage.read(lambda owned: owned.export())
    stored = replace(
        everything,
        person=replace(everything.person, live_message=None),
        outgoing=None,
        # Hashes with a key that each play makes anew.
        facts=tuple(replace(each, author="") for each in everything.facts),
        authors={},
        pictures=tuple(replace(each, look="", file="") for each in everything.pictures),
    )
    toasts = [toast.text for toast in stage.me.toasts]
    return Played([seen(each) for each in stage.from_bot], toasts, stored, calls)


async def play(reply: Reply, folder: Path, way: Way | None = None, at: int = 0) -> Played:
    """Play up to a reply, let one of its calls fail, and go on until all is answered."""
    folder.mkdir()  # noqa: ASYNC240 - nobody waits for it
    trouble = Trouble(way, at)
    async with alive(folder) as stage:
        await reply.before(stage)
        stage.telegram.faults = trouble
        reply.brings(stage)
        if way is None or not way.kills:
            await stage.settled()
            return await look(stage, trouble.calls)
        async with asyncio.timeout(10):
            await trouble.done.wait()
        await asyncio.sleep(0.02)  # what was cut off is not noted by now, and never will be
        left = folder.with_name(f"{folder.name}-left")
        shutil.copytree(folder, left)
    stage.telegram.faults = Trouble(None)
    async with alive(left, stage) as again:
        await again.settled()
        return await look(again, 0)


def lost(expected: Played, found: Played, way: Way) -> list[str]:
    """Say what differs from the play in which nothing failed."""
    chat, wanted = found.chat, expected.chat
    if way.doubles:
        chat, wanted = ([each for each, _ in groupby(these)] for these in (chat, wanted))
    faults = [f"the chat: {chat} instead of {wanted}"] if chat != wanted else []
    if expected.toasts and expected.toasts[-1] not in found.toasts:
        faults.append(f"the toast: {found.toasts} instead of {expected.toasts}")
    if found.stored != expected.stored:
        faults.append("what is stored")
    return faults


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait long for the next try."""
    monkeypatch.setattr(errors, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(errors, "LONGEST_WAIT", 0.05)


async def compared(folder: Path, name: str, ways: list[Way], most: int | None = None) -> list[str]:
    """Return what is lost of a reply whose calls fail; ``most``: of that many calls by chance."""
    reply, number = REPLIES[name], count()
    expected = await play(reply, folder / "whole")
    calls = list(range(expected.calls))
    if most is not None:
        calls = random.Random(name).sample(calls, min(most, len(calls)))  # noqa: S311 - repeatable
    faults = []
    for at, way in product(calls, ways):
        found = await play(reply, folder / str(next(number)), way, at)
        faults += [f"{way.value} call {at}: {each}" for each in lost(expected, found, way)]
    return faults


@pytest.mark.parametrize("name", SOME)
async def test_a_reply_comes_whole_after_a_failure_or_a_kill(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)  # noqa: S311 - a share, the same every day
    ways = [chance.choice([each for each in Way if not each.kills]), chance.choice(list(Way)[4:])]
    assert await compared(tmp_path, name, ways, most=1) == []


@pytest.mark.campaign
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", REPLIES)
async def test_a_reply_comes_whole_whichever_of_its_calls_fails(name: str, tmp_path: Path) -> None:
    assert await compared(tmp_path, name, list(Way)) == []


async def test_without_the_outbox_it_would_be_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OutboxRows, "get", lambda _self: None)
    assert await compared(tmp_path, "a deleted fact", [Way.REFUSED]) != []


@pytest.mark.campaign
@pytest.mark.parametrize("name", LOST)
async def test_without_the_outbox_all_of_these_would_be_lost(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OutboxRows, "get", lambda _self: None)
    assert await compared(tmp_path, name, [Way.REFUSED, Way.KILLED]) != []


async def answering(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.begin()


@pytest.mark.parametrize("way", [Way.REFUSED, Way.KILLED, Way.DIED])
async def test_an_answer_that_comes_again_opens_what_it_led_to(way: Way, tmp_path: Path) -> None:
    async with alive(tmp_path) as stage:
        await answering(stage)
        question = stage.question
    assert question is not None
    again = GiveAnswer(assessment=1, question=question, option="bad")
    reply = Reply(answering, tapped(again))
    expected = await play(reply, tmp_path / "whole")
    for at in range(expected.calls):
        found = await play(reply, tmp_path / str(at), way, at)
        # The toast may have become another: that it is recorded.
        assert lost(replace(expected, toasts=[]), found, way) == [], at


@pytest.mark.parametrize("seed", range(3))
async def test_the_screen_after_an_answer_is_the_one_its_address_opens(
    seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable

    def here(memory: Memory) -> Screen:
        return FRAME.visit(memory, Arrival(UpdateId(0), owner, 0, stage.clock.now())).current()

    async with staged(tmp_path) as stage:
        owner = Owner(1)
        await answering(stage)
        for _ in range(12):
            if (question := stage.question) is None:
                if not (done := stage.offered(CriticalDone)):
                    break
                await stage.press(done[0])
                continue
            ways = stage.offered(GiveAnswer) + stage.offered(CloseTopic)
            await stage.press(chance.choice(ways))
            assert stage.question != question
            assert plain((await stage.storage.write(here)).formatted()[0]) == stage.text
