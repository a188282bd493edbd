"""From Telegram's queue of updates into the handlers, without losing or doubling one.

An update is confirmed only once it is handled, or, when that takes longer than two seconds, once it
is written to the database (parked): its lane goes on with it, also after a restart, and nobody else
waits. Ids are compared by membership, never by size: after a quiet week Telegram starts again
at a random, maybe lower number.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from aiogram.exceptions import AiogramError, TelegramConflictError
from aiogram.types import Update

from bot.operate.exits import CONFIG, SOFTWARE, UNAVAILABLE, Leave
from bot.serve.incoming import Envelope, envelope, plain_tap
from bot.serve.lanes import Lanes
from bot.serve.rate import MOST_WAITING, Rate
from bot.telegram.errors import REVOKED, Meaning, described, meaning, waits
from bot.telegram.session import BATCH, RawUpdates
from handlers.clients.buttons import Home
from handlers.engine import delivery
from handlers.engine.router import Turn
from handlers.engine.screen import Screen, button
from storage.protocols import StorageUnusable
from storage.records import ParkedUpdate, UpdateId

if TYPE_CHECKING:
    import random
    from collections.abc import Awaitable, Callable, Coroutine
    from datetime import datetime

    from aiogram import Bot, Dispatcher

    from bot.operate.clock import Clock
    from bot.operate.counters import Counters
    from bot.serve.access import Access
    from content.texts import Texts
    from handlers.engine.router import Tapped
    from storage.protocols import Storage
    from storage.rows.memory import Memory

log = structlog.get_logger()
T = TypeVar("T")

TRIES = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things may take, in seconds."""

    poll: int = 25
    """A long poll."""
    network: int = 10
    """What a poll may take beyond that."""
    look: float = 0.03
    """Between two looks at Telegram while something is in hand."""
    park: float = 2.0
    """Until an unfinished update is parked."""
    again: float = 0.5
    """Between two tries of a failing update."""
    drain: float = 10.0
    """For what is in hand when the process is told to end."""
    conflict: float = 60.0
    """Until the process leaves the updates to another reader of them."""
    slow: float = 0.5
    """Before each update of a chat that sends too fast."""


@dataclass(slots=True, eq=False)
class Flight:
    """An update on its way."""

    raw: dict[str, Any]
    envelope: Envelope
    received_at: datetime
    came_at: float
    """On the monotonic clock, as all times of this process."""
    late_at: float
    """Time to park it."""
    slow: bool = False
    """It came too fast after the others of its chat and waits a little."""
    tries: int = 0
    parked: bool = False
    finished: bool = False

    @property
    def settled(self) -> bool:
        """Tell whether it may be confirmed to Telegram."""
        return self.finished or self.parked

    def row(self) -> ParkedUpdate:
        """Return what is stored of it."""
        return ParkedUpdate(
            update_id=self.envelope.update_id,
            owner=self.envelope.owner,
            body=json.dumps(self.raw).encode(),
            received_at=self.received_at,
            tries=self.tries,
        )


@dataclass(slots=True)
class Window:
    """The updates that Telegram has given and does not know to be settled, in order of arrival."""

    flights: dict[UpdateId, Flight] = field(default_factory=dict)
    _below: int | None = None

    def unsettled(self) -> list[Flight]:
        """Return those that may not be confirmed yet."""
        return [flight for flight in self.flights.values() if not flight.settled]

    def offset(self) -> int | None:
        """Return what confirms all that is settled and nothing else; None for nothing to confirm.

        What is settled is forgotten here: call it right before the poll that carries the offset,
        for until then Telegram may send it again.
        """
        for update_id in list(self.flights):
            if not self.flights[update_id].settled:
                return update_id
            del self.flights[update_id]
            self._below = update_id + 1
        return self._below

    def confirmed(self) -> None:
        """Note that Telegram has seen the last offset; the next ids may be lower ones."""
        self._below = None


async def unless(
    stopping: asyncio.Event, call: Coroutine[Any, Any, T], within: float | None = None
) -> T | None:
    """Await a call; None where the stop or the time comes first, which cancels it."""
    task = asyncio.create_task(call)
    stopped = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({task, stopped}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for each in (task, stopped):
            each.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)


def apology(texts: Texts) -> Screen:
    """Return what a person reads when their update had to be put aside."""
    return Screen(
        header=texts("errors.put_aside.header"),
        body=(texts("errors.put_aside.body"),),
        rows=((button(texts("common.clients"), Home()),),),
    )


class Ingest:
    """Takes updates from Telegram and feeds the dispatcher, until told to stop."""

    def __init__(  # noqa: PLR0913 - nothing is global, so everything it works with is named here
        self,
        bot: Bot,
        dispatcher: Dispatcher,
        storage: Storage,
        *,
        words: Callable[[str | None], Texts],
        access: Access,
        rate: Rate,
        counters: Counters,
        clock: Clock,
        chance: random.Random,
        stopping: asyncio.Event,
        pace: Pace | None = None,
        tap: Callable[[Tapped, Turn], Awaitable[None]] | None = None,
    ) -> None:
        """Take what it works with.

        ``words`` gives the interface texts of a language; ``stopping``, once set, ends it; ``tap``
        takes plain taps, past the dispatcher, which takes everything else.
        """
        self._bot = bot
        self._dispatcher = dispatcher
        self._storage = storage
        self._words = words
        self._access = access
        self._rate = rate
        self._counters = counters
        self._clock = clock
        self._chance = chance
        self._pace = pace or Pace()
        self._tap = tap
        self._window = Window()
        self._lanes = Lanes(self._work)
        self._parked: dict[UpdateId, Flight] = {}
        self._restored: dict[UpdateId, Flight] = {}
        self._asides: set[asyncio.Task[None]] = set()
        self._poll_waits = waits(chance)
        self._conflict: tuple[float, float] | None = None
        self._rescan = False
        self._settled = asyncio.Event()
        self._stopping = stopping
        self._leave: Leave | None = None

    def look_for_parked(self) -> None:
        """Take up, soon, what somebody else has parked: put-aside updates to be tried again."""
        self._rescan = True

    def busy(self) -> int:
        """Return how many chats are being answered."""
        return self._lanes.busy()

    async def run(self) -> None:
        """Work until told to stop; then finish or park what is in hand.

        Raises ``Leave`` where there is no going on.
        """
        error = await self._patiently(self._take_parked)
        if error:
            raise error
        self._restored = dict(self._parked)
        try:
            while not self._stopping.is_set():
                if self._rescan:
                    self._rescan = False
                    await self._look_again()
                await self._fetch()
                await self._linger()
        finally:
            await self._land()
        if self._leave:
            raise self._leave

    async def _fetch(self) -> None:
        """Poll once; take what is new."""
        self._counters.polling()
        offset = self._window.offset()
        patient = not self._window.flights
        batch = await unless(self._stopping, self._poll(offset, self._pace.poll if patient else 0))
        if batch is None:
            return
        self._window.confirmed()
        fresh = [raw for raw in batch if self._is_new(raw)]
        if not await self._check_in(fresh):
            return  # nothing of it is taken, so it comes again
        for raw in fresh:
            self._take(raw)
        self._restored.clear()  # what was parked but not confirmed came with the first batch
        if len(batch) == BATCH and not fresh:
            await self._park(self._window.unsettled())

    async def _poll(self, offset: int | None, seconds: int) -> list[dict[str, Any]] | None:
        """Ask Telegram for updates; None, after a pause, where it gave none for a fault."""
        call = RawUpdates(offset=offset, timeout=seconds)
        try:
            batch = await self._bot(call, request_timeout=seconds + self._pace.network)
        except TelegramConflictError as error:
            await self._note_conflict(error)
            return None
        except (AiogramError, OSError) as error:
            if meaning(error) is Meaning.REVOKED:
                raise Leave(CONFIG, REVOKED) from None
            pause = next(self._poll_waits)
            log.warning("no updates from telegram", error=described(error), seconds=round(pause, 1))
            await asyncio.sleep(pause)
            return None
        self._poll_waits = waits(self._chance)
        return batch

    async def _note_conflict(self, error: TelegramConflictError) -> None:
        if "webhook" in error.message:
            why = "a webhook is set for this bot; delete it (deleteWebhook) to run here"
        else:
            why = "another process reads this bot's updates; stop one of the two"
        now = self._clock.monotonic()
        since, last = self._conflict or (now, now)
        # Two readers take turns in being refused, so one answered poll does not end the conflict.
        since = since if now - last <= self._pace.conflict else now
        self._conflict = since, now
        if now - since >= self._pace.conflict:
            raise Leave(UNAVAILABLE, why)
        log.warning("telegram refuses the updates", error=why)
        await asyncio.sleep(min(3.0, self._pace.conflict / 4))

    async def _check_in(self, fresh: list[dict[str, Any]]) -> bool:
        """Learn who may come in; False, after a pause, where the database cannot tell."""
        unknown = self._access.unknown(map(envelope, fresh))
        if not unknown:
            return True
        now = self._clock.now().replace(microsecond=0)
        try:
            await self._storage.write(lambda memory: self._access.check_in(memory, unknown, now))
        except Exception as error:
            if meaning(error) is not Meaning.WAIT:
                raise
            pause = next(self._poll_waits)
            log.warning(
                "cannot tell who may come in", error=described(error), seconds=round(pause, 1)
            )
            await asyncio.sleep(pause)
            return False
        return True

    def _is_new(self, raw: dict[str, Any]) -> bool:
        update_id = raw["update_id"]
        again = self._restored.get(update_id)
        if again:
            self._window.flights[update_id] = again
        return update_id not in self._window.flights

    def _take(self, raw: dict[str, Any]) -> None:
        now = self._clock.monotonic()
        flight = Flight(
            raw=raw,
            envelope=envelope(raw),
            received_at=self._clock.now().replace(microsecond=0),
            came_at=now,
            late_at=now + self._pace.park,
        )
        self._counters.counts["updates"] += 1
        self._window.flights[flight.envelope.update_id] = flight
        if self._access.admits(flight.envelope):
            self._admit(flight)
        else:
            flight.finished = True
            if self._access.greets(flight.envelope, flight.received_at.date()):
                texts = self._words(flight.envelope.language)
                word = Screen(texts("errors.not_invited"))
                self._aside(self._say(flight.envelope, word))

    def _admit(self, flight: Flight) -> None:
        """Put an update into its lane; one that comes too fast is slowed there, or turned away."""
        chat = flight.envelope.chat
        if self._rate.exceeded(chat, flight.came_at):
            if self._lanes.waiting(chat) >= MOST_WAITING:
                self._turn_away(flight)
                return
            flight.slow = True
            # Parked at once: it must not stand in the way of others until its turn comes.
            flight.late_at = flight.came_at
            self._toast(flight.envelope, "errors.too_fast.waits")
        self._lanes.put(chat, flight)

    def _turn_away(self, flight: Flight) -> None:
        """Drop an update of a chat whose lane is full, and say so: in words only once."""
        flight.finished = True
        to = flight.envelope
        surplus = self._rate.turned_away(to.chat)
        self._counters.counts["turned_away"] += 1
        if surplus & (surplus - 1) == 0:  # 1, 2, 4, 8 and so on: a flood must not fill the log
            log.warning("turned away", person=to.owner, count=surplus)
        if surplus == 1 and to.tells:
            texts = self._words(to.language)
            self._aside(self._say(to, Screen(texts("errors.too_fast.told"))))
        else:
            self._toast(to, "errors.too_fast.gone")

    def _toast(self, to: Envelope, key: str) -> None:
        """Answer a tap right away, if it is one; in one try, for a spinner ends by itself."""
        query = to.query
        if query is None:
            return
        text = self._words(to.language)(key)

        async def answer() -> None:
            try:
                await delivery.answer(self._bot, query, text)
            except (AiogramError, OSError) as error:
                log.info("not told", person=to.owner, error=described(error))

        self._aside(answer())

    def _aside(self, act: Coroutine[Any, Any, None]) -> None:
        """Say something beside the lanes, for nothing waits for it."""
        task = asyncio.create_task(act)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def _take_parked(self) -> None:
        """Put the parked updates that are not in hand yet into their lanes."""
        rows = await self._storage.write(lambda memory: memory.updates.parked())
        for row in rows:
            if row.update_id in self._parked or row.update_id in self._window.flights:
                continue
            raw = json.loads(row.body)
            flight = Flight(
                raw=raw,
                envelope=envelope(raw),
                received_at=row.received_at,
                came_at=self._clock.monotonic(),
                late_at=0.0,
                tries=min(row.tries, TRIES - 1),
                parked=True,
            )
            self._parked[row.update_id] = flight
            self._lanes.put(flight.envelope.chat, flight)

    async def _look_again(self) -> None:
        """Take up what is new among the parked; while the disk is away, the next look will do."""
        try:
            await self._take_parked()
        except Exception as error:
            if meaning(error) is not Meaning.WAIT:
                raise
            log.warning("cannot look for parked updates", error=described(error))

    async def _linger(self) -> None:
        """While something is in hand: park what is late, and wait for the next thing to finish."""
        unsettled = self._window.unsettled()
        now = self._clock.monotonic()
        late = [flight for flight in unsettled if flight.late_at <= now]
        if late:
            await self._park(late)
        elif unsettled:
            self._settled.clear()
            await unless(self._stopping, self._settled.wait(), within=self._pace.look)

    async def _park(self, flights: list[Flight]) -> None:
        rows = [flight.row() for flight in flights]
        try:
            await self._storage.write(lambda memory: memory.updates.park(rows))
        except Exception as error:
            if meaning(error) is not Meaning.WAIT:
                raise
            log.warning("cannot park", error=described(error), count=len(rows))
            return  # they stay unconfirmed, which is as safe
        self._counters.counts["parked"] += len(rows)
        for flight in flights:
            flight.parked = True
            if flight.finished:  # while it was being parked
                await self._forget(flight)
            else:
                self._parked[flight.envelope.update_id] = flight

    async def _forget(self, flight: Flight) -> None:
        update_id = flight.envelope.update_id
        await self._write(lambda memory: memory.updates.done([update_id]))
        self._parked.pop(update_id, None)

    async def _work(self, flight: Flight) -> None:
        """Handle an update, whatever happens; the lane goes on afterwards."""
        if flight.slow:
            await unless(self._stopping, asyncio.sleep(self._pace.slow))
        try:
            await self._handle(flight)
            flight.finished = True
            self._counters.lag = self._clock.monotonic() - flight.came_at
            if flight.parked:
                await self._forget(flight)
        except Leave as leave:
            self._leave = leave
        except StorageUnusable as why:
            self._leave = Leave(CONFIG, str(why))
        except Exception as error:  # noqa: BLE001 - it is told, and ends the process
            self._leave = Leave(SOFTWARE, f"cannot go on: {described(error)}")
        if self._leave:
            self._stopping.set()
        self._settled.set()

    async def _handle(self, flight: Flight) -> None:
        person = flight.envelope.owner
        while True:
            error = await self._patiently(partial(self._feed, flight))
            if error is None:
                return
            what = meaning(error)
            if what is Meaning.REVOKED:
                raise Leave(CONFIG, REVOKED)
            if what is Meaning.UNUSABLE:
                raise error
            if what is Meaning.OVER:
                log.info("person out of reach", person=person, error=described(error))
                return
            flight.tries += 1
            log.error(
                "update failed",
                update=flight.envelope.update_id,
                person=person,
                error=described(error),
                tries=flight.tries,
            )
            if flight.tries >= TRIES:
                break
            await asyncio.sleep(self._pace.again)
        await self._put_aside(flight, described(error))

    async def _feed(self, flight: Flight) -> None:
        if not flight.envelope.kind:
            return  # nothing that was asked for; aiogram would warn with all of its text
        crowded = partial(self._lanes.crowded, flight.envelope.chat)
        turn = Turn(update_id=flight.envelope.update_id, crowded=crowded)
        tapped = plain_tap(flight.raw, flight.envelope) if self._tap else None
        if tapped and self._tap:
            await self._tap(tapped, turn)
            return
        update = Update.model_validate(flight.raw, context={"bot": self._bot})
        await self._dispatcher.feed_update(self._bot, update, turn=turn)

    async def _put_aside(self, flight: Flight, reason: str) -> None:
        row = flight.row()
        now = self._clock.now().replace(microsecond=0)
        await self._write(lambda memory: memory.updates.put_aside(row, reason, now))
        self._counters.counts["put_aside"] += 1
        if flight.envelope.tells:
            texts = self._words(flight.envelope.language)
            await self._say(flight.envelope, apology(texts))

    async def _say(self, to: Envelope, screen: Screen) -> None:
        """Tell a person one thing, and stop the spinner of the button they tapped."""
        calls: list[Callable[[], Awaitable[object]]] = []
        if to.query:
            calls.append(partial(delivery.answer, self._bot, to.query, ""))
        calls.append(partial(delivery.send, self._bot, to.chat, screen))
        for call in calls:
            error = await self._patiently(call)
            if error:
                log.warning("not told", person=to.owner, error=described(error))

    async def _write(self, step: Callable[[Memory], None]) -> None:
        error = await self._patiently(lambda: self._storage.write(step))
        if error:
            raise error

    async def _patiently(self, act: Callable[[], Awaitable[object]]) -> Exception | None:
        """Do something, as often as network, Telegram or disk need; return any other error."""
        for pause in waits(self._chance):
            try:
                await act()
            except Exception as error:  # noqa: BLE001 - the callers decide by its meaning
                if not isinstance(error, AiogramError):  # those are noted where calls are made
                    self._counters.failed(error)
                if meaning(error) is not Meaning.WAIT:
                    return error
                log.warning("waiting", error=described(error), seconds=round(pause, 1))
            else:
                return None
            await asyncio.sleep(pause)
        raise AssertionError("the waits never end")

    async def _land(self) -> None:
        """Finish or park what is in hand, then confirm it, so that nothing comes twice."""
        await self._lanes.drain(self._pace.drain)
        for aside in list(self._asides):
            aside.cancel()
        unsettled = self._window.unsettled()
        if unsettled:
            await self._park(unsettled)
        offset = self._window.offset()
        if offset is None or self._leave:
            return
        try:
            await self._bot(RawUpdates(offset=offset, limit=1), request_timeout=2)
        except (AiogramError, OSError) as error:
            log.info("not confirmed; it will come again", error=described(error))
