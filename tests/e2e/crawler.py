"""A person who taps every button there is and writes what nobody should, over HTTP."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from aiogram.filters.callback_data import CallbackData

from bot.operate.clock import SystemClock
from handlers.account.buttons import AskCity, EraseNow, ExportNow
from handlers.assessment.buttons import GiveAnswer, OwnAction
from handlers.clients.buttons import DeleteClientNow, NewClient, NoteClient, RenameClient
from handlers.library.buttons import SearchLibrary
from handlers.reports.buttons import EditLine, EditReport, ReportPart
from handlers.topics import ROUTES
from tests.faults.world import Json, People, buttons

CLOCK = SystemClock()
SOON = timedelta(seconds=1)
COMMANDS = (
    *("start", "newclient", "assess", "clients", "library", "settings", "help", "cancel"),
    *("fact", "letter", "report", "privacy", "export", "delete", "reminders", "nonsense"),
)
PROMPTS = tuple(
    form.__prefix__
    for form in (
        *(NewClient, RenameClient, NoteClient, OwnAction, SearchLibrary, AskCity),
        *(ReportPart, EditLine, EditReport),
    )
)
LAST = tuple(form.__prefix__ for form in (ExportNow, DeleteClientNow, EraseNow))
"""Tapped when nothing else is left, in this order: they take away what the others need."""
HOSTILE = (
    "ы" * 4096,
    "👨‍👩‍👧‍👦🏳️‍🌈👩🏽‍💻" * 80,
    "مرحبا \u202eשלום\u202c عالم",
    "<b>жирно</b> <a href='x'>&amp;",
    "{name} {0} %s {{7*7}}",
    "нуль\0внутри",
    "половина \ud83d пары \udc00",
    "*_[`~>#+-=|{}.!\\",
    "\u200b\u2060\ufeff",
    "' OR 1=1; --",
)
DOINGS = ("sticker", "voice", "gif", "poll", "photo", "album")


def _typing(message: Json) -> list[Json]:
    """Return the keys in the place of the phone's keyboard that only type their words."""
    rows = message.get("keyboard") or []
    return [each for row in rows for each in row if "request_users" not in each]


@dataclass
class Crawler:
    """Taps and writes, and notes what should not be."""

    people: People
    user: int
    alike: int = 1
    """How many buttons that differ in their numbers alone are tapped."""
    whole: bool = True
    """Write all that nobody should at every prompt, and tap what opens once more in the end.

    Else a third of it at each, by turns.
    """
    faults: list[str] = field(default_factory=list)
    tapped: dict[str, None] = field(default_factory=dict)
    """Everything that was tapped, in order."""
    known: dict[int, Json] = field(default_factory=dict)
    """The bot's messages as last seen."""
    _screen: Json = field(default_factory=dict)
    """The newest of them."""
    _left: list[str] = field(default_factory=list)
    _held: dict[int, str] = field(default_factory=dict)
    """By their place in ``LAST``."""
    _written: set[str] = field(default_factory=set)
    _alike: Counter[str] = field(default_factory=Counter)

    async def commands(self) -> None:
        """Give every command."""
        for command in COMMANDS:
            await self.send(f"/{command}")

    async def crawl(self) -> None:
        """Tap every button that was or will be seen; write badly wherever writing is asked for."""
        await self._follow()
        for data in list(self.tapped):
            if self.whole and self._opens(data):  # by now there may be more to see
                await self.tap(data)
        await self._follow()
        for _, data in sorted(self._held.items()):
            await self.tap(data)
            await self._follow()

    async def _follow(self) -> None:
        while self._left:
            data = self._left.pop()
            await self.tap(data)
            form = data.split(":")[0]
            if form not in self._written and (form in PROMPTS or self._shows(GiveAnswer)):
                self._written.add(form)
                await self._write_badly(data)

    def _opens(self, data: str) -> bool:
        route = ROUTES.find(data)
        return route is not None and route[0].opens

    async def _write_badly(self, data: str) -> None:
        share = slice(None) if self.whole else slice(len(self._written) % 3, None, 3)
        for text in HOSTILE[share]:
            await self.send(text)
            await self.tap(data)
        for doing in DOINGS[share]:
            await self.do(doing)
        await self.do("location", latitude=56.84, longitude=60.6)
        await self.do("contact", name="{name} Ольга")

    def _shows(self, form: type[CallbackData]) -> bool:
        screen = buttons(self.known[max(self.known)])
        return any(each["callback_data"].startswith(f"{form.__prefix__}:") for each in screen)

    async def tap(self, data: str) -> None:
        """Press a button, or what somebody would take for one.

        A screen in the place of the phone's keyboard has none, so it is left first.
        """
        self.tapped[data] = None
        if ways := _typing(self._screen):
            await self.send(str(ways[-1]["text"]))
        await self.do("tap", data=data)

    async def send(self, text: str) -> None:
        """Write a text."""
        await self.do("send", text=text)

    async def do(self, act: str, **wish: object) -> None:
        """Do one thing and look at all that has changed by it."""
        wait = await self._wait(act, wish)
        if wait > SOON:  # a disk is slow once, a slow answer every time
            wait = min(wait, await self._wait(act, wish))
        if wait > SOON:
            self.faults.append(f"{wait} for {act} {wish}")
        self._look((await self.people.chat(self.user, last=12))["messages"])

    async def _wait(self, act: str, wish: dict[str, object]) -> timedelta:
        """Return how long it took, without what others on a busy machine took meanwhile."""
        began, others = CLOCK.now(), self.people.waited_for_cores()
        await self.people.act(self.user, act, **wish)
        await self.people.settled()
        others = max(self.people.waited_for_cores() - others, timedelta())
        return CLOCK.now() - began - others

    def _look(self, messages: Iterable[Json]) -> None:
        theirs = [each for each in messages if each["from"]["is_bot"]]
        for message in theirs:
            if self.known.get(message["message_id"]) != message:
                self.known[message["message_id"]] = message
                for button in buttons(message):
                    self._meet(str(button["callback_data"]))
        self._screen = theirs[-1] if theirs else {}
        if theirs and not (buttons(theirs[-1]) or _typing(theirs[-1]) or "document" in theirs[-1]):
            self.faults.append(f"a dead end: {theirs[-1].get('text')!r}")

    def _meet(self, data: str) -> None:
        # Numbers and the answers to the made-up client's scenes; their count stays.
        alike = re.sub(r"(?<=:)[0-9s]+(?=:|$)", lambda found: "#" * len(found[0]), data)
        if data in self.tapped or self._alike[alike] >= self.alike:
            return
        self._alike[alike] += 1
        form = data.split(":", maxsplit=1)[0]
        if form in LAST:
            self._held[LAST.index(form)] = data
        else:
            self._left.append(data)
