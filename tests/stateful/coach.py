"""The whole coach on the in-memory Telegram, in the hands of a test that is not asynchronous."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from aiogram import Bot

from bot.app import make_ingest, make_services
from bot.local.session import local_bot
from bot.local.state import ScreenEvent
from bot.local.telegram import Telegram
from bot.serve.ingest import Ingest
from handlers.engine.frame import Frame
from handlers.engine.router import Coach
from handlers.topics import JOINED
from storage.opening import open_storage
from storage.protocols import Load, Storage, Turns, nothing
from storage.records import Export, Owner
from storage.rows.memory import Memory
from tests.conversations import grammar
from tests.conversations.stage import StageClock
from tests.known import KNOWLEDGE
from tests.template import laid

T = TypeVar("T")
POINTS = ("before the commit", "after the commit", "after the answer")
"""Where the process can die: nothing is written, it is not told, it is not confirmed."""
ANSWERS = {"sendmessage", "editmessagetext", "senddocument"}
PATIENCE = 20.0


class Fragile:
    """A storage that never comes back from the next write, if that is its lot."""

    def __init__(self, storage: Storage, host: Host) -> None:
        """Stand before a storage."""
        self._storage = storage
        self._host = host
        self.notices = storage.notices
        self.engine = storage.engine

    async def write(
        self,
        step: Callable[[Memory], T],
        people: Iterable[Owner] = (),
        expect: Callable[[Memory], None] = nothing,
    ) -> T:
        """See ``Storage.write``."""
        await self._host.reach(POINTS[0])
        result = await self._storage.write(step, people, expect)
        await self._host.reach(POINTS[1])
        return result

    def turns(self) -> Turns:
        """See ``Storage.turns``."""
        return self._storage.turns()

    def load(self) -> Load:
        """See ``Storage.load``."""
        return self._storage.load()

    async def close(self) -> None:
        """See ``Storage.close``."""
        await self._storage.close()


class Host:
    """Runs the coach in a loop of its own, kills it where it is told to, and starts it again."""

    def __init__(self) -> None:
        """Start over an empty folder."""
        self._loop = asyncio.new_event_loop()
        self._place = tempfile.TemporaryDirectory(prefix="stateful")
        self.folder = Path(self._place.name)
        self.clock = StageClock()
        self.telegram = Telegram(self.clock.now)
        self.seen: list[str] = []
        self.die_at = ""
        self.deaths = 0
        self._down = asyncio.Event()
        self._listen()
        self.do(self._start())

    def do(self, act: Coroutine[Any, Any, T]) -> T:
        """Do something with the coach."""
        return self._loop.run_until_complete(act)

    def send(self, user: int, text: str, *, twice: bool = False) -> None:
        """Let a person type a text, until all is settled; the update may come ``twice``."""
        self.telegram.person(user).send(text)
        self.settle()
        if twice:
            self.again(user)

    def tap(self, user: int, data: str, *, twice: bool = False) -> None:
        """Let a person press a button, of today or of long ago, as they type a text."""
        self.telegram.person(user).tap(data=data)
        self.settle()
        if twice:
            self.again(user)

    def again(self, user: int) -> None:
        """Let the person's last update come once more, as after a lost confirmation."""
        if (update := self._last.get(user)) is not None:
            self.telegram.updates.add_raw(update)
            self.settle()

    def settle(self) -> None:
        """Wait until all is answered; a coach that died meanwhile is started again."""
        self.do(self._settled())

    def restart(self) -> None:
        """End the coach in good order and start it again."""
        self.do(self._stop())
        self.do(self._start())

    def export(self, user: int) -> Export:
        """Return all that is remembered of a person."""
        return self.do(self._storage.write(lambda memory: memory.of(Owner(user)).export()))

    def purge(self) -> None:
        """Let eleven minutes pass, and what was deleted go."""
        self.clock.move(minutes=11)
        self.do(self._storage.write(lambda memory: memory.purge(self.clock.now())))

    def left_over(self) -> list[str]:
        """Return what must not be: updates put aside or parked, taps that turn, refused calls."""
        aside = self.do(self._storage.write(lambda memory: memory.updates.put_aside_list()))
        parked = self.do(self._storage.write(lambda memory: memory.updates.parked()))
        wrong = [f"put aside: {row.reason}" for row in aside]
        wrong += [f"parked: {row.update_id}" for row in parked]
        wrong += [f"no answer: {tap.data}" for tap in self.telegram.unanswered]
        return wrong + self.seen

    async def reach(self, point: str) -> None:
        """Die here, if this is the point; whoever waits will wait for good."""
        if point == self.die_at:
            self.die_at = ""
            self.deaths += 1
            self._down.set()
        if self._down.is_set():
            await asyncio.Future()

    def close(self) -> None:
        """End it all."""
        self.do(self._stop())
        self._loop.close()
        self._place.cleanup()

    def _listen(self) -> None:
        """Note every update, what is wrong with any screen, and the answers that go out."""
        self._last: dict[int, dict[str, Any]] = {}
        add_raw, call = self.telegram.updates.add_raw, self.telegram.call

        def added(update: dict[str, Any]) -> int:
            number = add_raw(update)
            event = update.get("message") or update.get("callback_query") or {}
            self._last[event.get("from", {}).get("id", 0)] = {**update, "update_id": number}
            return number

        async def called(method: str, *rest: Any) -> Any:  # noqa: ANN401 - handed on as it is
            result = await call(method, *rest)
            if method.lower() in ANSWERS:
                await self.reach(POINTS[2])
            return result

        setattr(self.telegram.updates, "add_raw", added)  # noqa: B010 - a method is replaced
        setattr(self.telegram, "call", called)  # noqa: B010 - the same
        self.telegram.watch(self._look)

    def _look(self, event: ScreenEvent) -> None:
        if event.kind in {"message", "edited"}:
            message = self.telegram.chats[event.chat_id].messages[event.content["message_id"]]
            if message.from_bot and message.keyboard:
                self.seen += [f"{message.text!r}: {each}" for each in grammar.faults(message)]

    async def _settled(self) -> None:
        while True:
            down = asyncio.create_task(self._down.wait())
            calm = asyncio.create_task(self.telegram.settled(PATIENCE))
            await asyncio.wait({down, calm, self._task}, return_when=asyncio.FIRST_COMPLETED)
            died = down.done()
            for each in (down, calm):
                each.cancel()
            ends = await asyncio.gather(down, calm, return_exceptions=True)
            if died:
                await self._kill()
                await self._start()
                continue
            if self._task.done():
                self._task.result()
                raise AssertionError("the coach ended by itself")
            if isinstance(ends[1], TimeoutError):
                raise ends[1]
            return

    async def _start(self) -> None:
        self._down = asyncio.Event()
        self._stopping = asyncio.Event()
        self._storage = Fragile(
            await open_storage(
                laid(self.folder),
                self.folder / "master.key",
                now=self.clock.now(),
            ),
            self,
        )
        coach = Coach(frame=FRAME, storage=self._storage, now=self.clock.now)
        self._bot: Bot = local_bot(self.telegram)
        services = make_services(self._bot, coach, self.clock, self._stopping)
        self._ingest: Ingest = make_ingest(services, coach)
        self._task = asyncio.create_task(self._ingest.run())

    async def _kill(self) -> None:
        """End it as a power cut does: nothing in hand is finished, parked or confirmed."""

        async def nothing() -> None:
            """Leave all as it is."""

        self._ingest._land = nothing  # type: ignore[method-assign]  # a kill lands nothing
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        await self._ingest._lanes.drain(0)
        await self._storage.close()

    async def _stop(self) -> None:
        self._stopping.set()
        await self._task
        await self._storage.close()


FRAME = Frame(JOINED, KNOWLEDGE)
