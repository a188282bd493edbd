"""Handles one update, whatever happens: tries, waits, or puts it aside and says so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial
from typing import Any

import structlog
from aiogram.exceptions import AiogramError

from bot.exits import CONFIG, SOFTWARE, Leave
from bot.serve.incoming import TAP, Flight
from bot.serve.parking import TRIES, Parking
from bot.serve.services import Services
from bot.serve.waiting import patiently, unless
from bot.telegram.errors import REVOKED, Meaning, described, meaning
from content.texts import Texts
from handlers.clients.buttons import Home
from handlers.engine import delivery
from handlers.engine.frame import Arrival
from handlers.engine.screen import Screen, button
from storage.errors import StorageUnusable

Feed = Callable[[Mapping[str, Any], Arrival], Awaitable[None]]

log = structlog.get_logger()


def apology(texts: Texts) -> Screen:
    """Return what a person reads when their update had to be put aside."""
    return Screen(
        header=texts("errors.put_aside.header"),
        body=(texts("errors.put_aside.body"),),
        rows=((button(texts("common.clients"), Home()),),),
    )


class Worker:
    """Feeds updates to the conversations, and speaks where these cannot."""

    def __init__(
        self,
        services: Services,
        parking: Parking,
        feed: Feed,
        crowded: Callable[[int], bool],
    ) -> None:
        """Take what it works with; ``crowded`` tells whether more waits in the lane of a chat."""
        self._services = services
        self._parking = parking
        self._feed = feed
        self._crowded = crowded
        self._asides: set[asyncio.Task[None]] = set()
        self.leave: Leave | None = None
        """Why there is no going on."""

    async def work(self, flight: Flight) -> None:
        """Handle an update; the lane goes on afterwards."""
        services = self._services
        if flight.slow:
            await unless(services.stopping, asyncio.sleep(services.pace.slow))
        try:
            await self._handle(flight)
            if flight.elsewhere:
                return
            flight.finished = True
            services.counters.update_seconds.observe(services.clock.monotonic() - flight.came_at)
            if flight.parked:
                await self._parking.done(flight)
        except Leave as leave:
            self.leave = leave
        except StorageUnusable as why:
            self.leave = Leave(CONFIG, str(why))
        except Exception as error:  # noqa: BLE001 - it is told, and ends the process
            self.leave = Leave(SOFTWARE, f"cannot go on: {described(error)}")
        if self.leave:
            services.stopping.set()

    def tell(self, to: Flight, key: str) -> None:
        """Tell a person one thing, beside the lanes."""
        self._aside(self._say(to, Screen(self._services.words(to.language, to.owner)(key))))

    def toast(self, to: Flight, key: str) -> None:
        """Answer a tap right away, if it is one; in one try, for a spinner ends by itself."""
        if to.query is None:
            return
        texts = self._services.words(to.language, to.owner)
        call = delivery.answer(self._services.bot, to.query, texts(key))
        to.query = None  # Telegram takes one answer

        async def answer() -> None:
            try:
                await call
            except (AiogramError, OSError) as error:
                log.info("not told", person=to.owner, error=described(error))

        self._aside(answer())

    def turned_away(self, to: Flight, surplus: int) -> None:
        """Say that an update is dropped, ``surplus`` of its chat so far: in words only once."""
        if surplus & (surplus - 1) == 0:  # 1, 2, 4, 8 and so on: a flood must not fill the log
            log.warning("turned away", person=to.owner, count=surplus)
        if surplus == 1 and to.tells:
            self.tell(to, "errors.too_fast.told")
        else:
            self.toast(to, "errors.too_fast.gone")

    def hush(self) -> None:
        """Say no more beside the lanes."""
        for aside in list(self._asides):
            aside.cancel()

    def _aside(self, act: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(act)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def _handle(self, flight: Flight) -> None:
        person = flight.owner
        while True:
            error = await self._patiently(partial(self._give, flight))
            if error is None:
                return
            what = meaning(error)
            if what is Meaning.REVOKED:
                raise Leave(CONFIG, REVOKED)
            if what is Meaning.UNUSABLE:
                raise error
            if what is Meaning.ELSEWHERE:
                flight.elsewhere = True
                return
            if what is Meaning.OVER:
                log.info("person out of reach", person=person, error=described(error))
                return
            flight.tries += 1
            log.error(
                "update failed",
                update=flight.update_id,
                person=person,
                error=described(error),
                tries=flight.tries,
            )
            if flight.tries >= TRIES:
                break
            await asyncio.sleep(self._services.pace.again)
        await self._parking.put_aside(flight, described(error))
        if flight.tells:
            await self._say(flight, apology(self._services.words(flight.language, person)))

    async def _give(self, flight: Flight) -> None:
        """Hand an update to the conversations."""
        services = self._services
        if not flight.kind:
            return  # nothing that was asked for; aiogram would warn with all of its text
        if flight.kind == TAP and not flight.private:
            # What is said about a client is for one pair of eyes.
            text = services.words(flight.language, flight.owner)("common.private_only")
            await delivery.answer(services.bot, flight.query or "", text)
            return
        now = services.clock.now().replace(microsecond=0)
        arrival = flight.arrival(now, partial(self._crowded, flight.chat))
        await self._feed(flight.raw, arrival)

    async def _say(self, to: Flight, screen: Screen) -> None:
        """Tell a person one thing, and stop the spinner of the button they tapped."""
        calls: list[Callable[[], Awaitable[object]]] = []
        if to.query:
            calls.append(partial(delivery.answer, self._services.bot, to.query, ""))
        calls.append(partial(delivery.send, self._services.bot, to.chat, screen))
        for call in calls:
            error = await self._patiently(call)
            if error:
                log.warning("not told", person=to.owner, error=described(error))

    async def _patiently(self, act: Callable[[], Awaitable[object]]) -> Exception | None:
        return await patiently(act, self._services.chance, self._services.counters)
