"""A reply that is more than the screen of an address fails on its way, or the bot dies there.

Files, what is taken out of the chat, an undo, what a search has found: each is first delivered with
nothing going wrong. Then one of its calls fails, and the chat must look the same in the end. What
was cut off after it was carried out may be there twice, since nobody knows of it.
"""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from itertools import count, groupby
from typing import TypeAlias

from aiogram.filters.callback_data import CallbackData

from handlers.account.buttons import EraseNow, ExportNow
from handlers.assessment.buttons import SecondOpinion
from handlers.clients.buttons import DeleteClientNow
from handlers.facts.buttons import ClearChat, DeleteFact
from handlers.letters.buttons import HeldLetter, LetterFile
from handlers.library.buttons import SearchLibrary
from handlers.reminders.buttons import CalendarFile, ChooseDay
from handlers.reports.buttons import OpenReport, ReportFile
from storage.records import Owner
from storage.rows.memory import Memory
from tests.faults.games import Scene, compared_after
from tests.faults.players import ASSESS, BY_TAP, Found, Player, kept
from tests.faults.world import Json, World, buttons, until, world

LETTER = "Здравствуйте, Ольга. Оплаты за макет нет уже две недели, это ужасно. Жду её сегодня."
INSULT = {"text": "Ты бездарь и хам", "name": "Ольга", "user_id": 7_000_000, "date": 1_790_000_000}
TIME = re.compile(r"\b\d\d:\d\d\b")
"""A time of day, which goes on between two people."""
OF_NO_REPLY = ("get", "setMy")
"""How the names of calls begin that are no part of any answer."""


class Way(Enum):
    """How one call fails."""

    REFUSED = "500"
    PAGE = "page"
    LOST = "lost"
    CUT = "cut"
    KILLED = "before"
    DIED = "after"

    @property
    def kills(self) -> bool:
        """Tell whether the bot dies right before or right after the call."""
        return self in {Way.KILLED, Way.DIED}

    @property
    def doubles(self) -> bool:
        """Tell whether the call was carried out, and nobody knows."""
        return self in {Way.CUT, Way.DIED}


class Does(Enum):
    """What takes more than a word or a tap."""

    ASSESSES = "assess"
    FORWARDS = "forward"


Step: TypeAlias = str | CallbackData | Does
"""A text to type, a button to press, or something longer."""


@dataclass(frozen=True)
class Reply:
    """What comes before a reply, and what brings it about."""

    before: tuple[Step, ...]
    brings: Step


CLIENT = "/newclient Ольга"
FACT = "/fact Звонил ночью"
CHECKED = HeldLetter(client=1, kind="limits")
REPLIES = {
    "a letter as a PDF": Reply((CLIENT, LETTER, CHECKED), LetterFile(letter=1, form="pdf")),
    "a letter for mail": Reply((CLIENT, LETTER, CHECKED), LetterFile(letter=1, form="eml")),
    "a letter as text": Reply((CLIENT, LETTER, CHECKED), LetterFile(letter=1, form="txt")),
    "a report for mail": Reply((CLIENT, OpenReport(client=1)), ReportFile(report=1)),
    "the calendar": Reply((CLIENT, ChooseDay(client=1, weekday=4)), CalendarFile(client=0)),
    "a second opinion": Reply((CLIENT, Does.ASSESSES), SecondOpinion(assessment=1)),
    "the export": Reply((CLIENT, FACT), ExportNow()),
    "out of the chat": Reply((CLIENT, Does.FORWARDS), ClearChat(fact=1)),
    "a deleted fact": Reply((CLIENT, FACT), DeleteFact(fact=1)),
    "a deleted client": Reply((CLIENT,), DeleteClientNow(client=1)),
    "all erased": Reply((CLIENT, FACT), EraseNow()),
    "a search": Reply((CLIENT, SearchLibrary()), "ночью звонит"),
    "a checked letter": Reply((CLIENT, LETTER), CHECKED),
    "a weekday and no zone": Reply((CLIENT,), ChooseDay(client=1, weekday=4)),
    "a text out of nowhere": Reply((CLIENT,), "вот опять"),
    "a newcomer": Reply((), "/start"),
}
CAUGHT = (("a deleted fact", Way.REFUSED), ("a letter as text", Way.PAGE), ("a search", Way.LOST))
"""What the control must lose, whichever of its calls fails."""

Case: TypeAlias = tuple[str, Way]
Call: TypeAlias = tuple[str, int]
"""A method, and at which time within a reply."""
Seen: TypeAlias = tuple[str, tuple[str, ...], str]
"""A message of the bot: its words, its buttons, its file."""


@dataclass(frozen=True)
class Whole:
    """A reply that nothing has disturbed."""

    user: int
    chat: list[Seen]
    toasts: list[str]
    calls: list[Call]


@dataclass(frozen=True)
class Theatre:
    """One person after the other asks for a reply."""

    scene: Scene
    it: World

    async def whole(self, user: int, reply: Reply) -> Whole:
        """Let a reply come undisturbed; return it, and the calls that it consists of."""
        await self._before(user, reply)
        since = len(await self.it.people.journal())
        await self._do(user, reply.brings)
        made = [call["method"] for call in (await self.it.people.journal())[since:]]
        calls = [(each, made[: at + 1].count(each)) for at, each in enumerate(made)]
        calls = [each for each in calls if not each[0].startswith(OF_NO_REPLY)]
        return Whole(user, *await self._seen(user), calls)

    async def failed(self, user: int, reply: Reply, whole: Whole, way: Way) -> str:
        """Let one of the calls of a reply fail; return what differs in the end, "" for nothing."""
        method, nth = self.scene.chance.choice(whole.calls)
        await self._before(user, reply)
        if way.kills:
            await self._killed(user, reply, f"telegram: {way.value} {method}", nth)
        else:
            passing = {"kind": "delay", "method": method, "times": nth - 1}
            await self.it.people.faults(passing, {"kind": way.value, "method": method})
            await self._do(user, reply.brings)
        found = ""

        async def same() -> bool:  # it may be confirmed before: what takes long is parked
            nonlocal found
            found = _lost(whole, *await self._seen(user), doubled=way.doubles)
            return not found

        try:
            await until(same, self.scene.patience)
        except TimeoutError:
            return f"{way.value} {method} {nth}: {found}"
        finally:
            await self.it.people.faults()
        return ""

    async def _before(self, user: int, reply: Reply) -> None:
        for each in reply.before:
            await self._do(user, each)

    async def _do(self, user: int, step: Step) -> None:
        await self._begin(user, step)
        await self._quiet()

    async def _quiet(self) -> None:
        """Wait until all is answered: what takes long is confirmed before that, and kept."""
        await self.it.people.settled(self.scene.patience)
        await until(self._nothing_waits, self.scene.patience)

    async def _nothing_waits(self) -> bool:
        with closing(sqlite3.connect(self.it.bot.disk / "coach.db")) as base:
            return not base.execute("SELECT count(*) FROM pending_updates").fetchone()[0]

    async def _begin(self, user: int, step: Step) -> None:
        people = self.it.people
        if isinstance(step, str):
            await people.send(user, step)
        elif isinstance(step, CallbackData):
            await people.tap(user, step.pack())
        elif step is Does.FORWARDS:
            await people.act(user, "forward", **INSULT)
        else:
            await self._assess(user)

    async def _assess(self, user: int) -> None:
        """Answer up to the verdict, everybody alike."""
        player = Player(self.it.people, user, random.Random(7), topics=BY_TAP, often=1)  # noqa: S311 - alike
        player.ledger.clients.append("Ольга")
        await player.say(CLIENT)
        await player.until_changed()
        while not player.ledger.judged:
            await player.turn(ASSESS)

    async def _killed(self, user: int, reply: Reply, point: str, on: int) -> None:
        bot = self.it.bot
        await bot.end()
        await bot.start(KILL_AT=point, KILL_ON=str(on))
        await self._begin(user, reply.brings)
        await bot.over(self.scene.patience)
        await bot.start()
        await self._quiet()

    async def _seen(self, user: int) -> tuple[list[Seen], list[str]]:
        chat = await self.it.people.chat(user)
        messages = [_seen(each) for each in chat["messages"] if each["from"]["is_bot"]]
        return messages, [each["text"] for each in chat["toasts"]]


def _seen(message: Json) -> Seen:
    labels = tuple(TIME.sub("…", str(each["text"])) for each in buttons(message))
    words = str(message.get("text", message.get("caption", "")))
    return TIME.sub("…", words), labels, str(message.get("document", {}).get("file_name", ""))


def _lost(whole: Whole, chat: list[Seen], toasts: list[str], *, doubled: bool) -> str:
    wanted = whole.chat
    if doubled:
        chat, wanted = ([each for each, _ in groupby(these)] for these in (chat, wanted))
    if chat != wanted:
        return f"{chat} instead of {wanted}"
    if whole.toasts and whole.toasts[-1] not in toasts:
        return f"the toasts {toasts} instead of {whole.toasts}"
    return ""


async def failing(scene: Scene) -> Found:
    """Let a call of each reply fail in each way, or those of a few replies."""
    cases: Sequence[Case] = [(name, way) for name in REPLIES for way in Way]
    if scene.wrong:
        cases = CAUGHT
    elif 0 < scene.times < len(cases):
        cases = scene.chance.sample(cases, scene.times)
    faults: list[str] = []
    like: dict[int, int] = {}
    async with world(scene.folder, scene.wrong) as it:
        await it.bot.start()
        theatre, users = Theatre(scene, it), count(1)
        whole: dict[str, Whole] = {}
        for name, way in sorted(cases, key=lambda case: case[1].kills):
            reply = REPLIES[name]
            try:
                if name not in whole:
                    whole[name] = await theatre.whole(next(users), reply)
                user = next(users)
                like[user] = whole[name].user
                fault = await theatre.failed(user, reply, whole[name], way)
            except (TimeoutError, AssertionError) as why:
                fault = f"{way.value}: not played to the end: {why!r}"
                if not it.bot.runs:
                    await it.bot.start()
            faults += [f"{name}, {fault}"] if fault else []
        found = await compared_after(it, (), faults)
        found.lost += [f"put aside: {reason}" for reason in await it.put_aside()]
        async with it.memory() as storage:
            await storage.write(lambda memory: _compare(found, memory, like))
        found.played = len(cases)
        return found


def _compare(found: Found, memory: Memory, like: Mapping[int, int]) -> None:
    """Compare what is stored of each person with what is stored of whom nothing has disturbed."""
    for user, other in like.items():
        mine, theirs = (kept(memory.of(Owner(each)).export()) for each in (user, other))
        found.compare(user, theirs, mine)
