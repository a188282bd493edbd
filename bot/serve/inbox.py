"""From the inbox in the database into the conversations, whichever process an update came to.

What a webhook brings is stored before it is confirmed. A person's updates are handled by one
process at a time, the one that has their turn, and each time by the lowest id among those that have
come. Where a process ends, its turns end, and the others find what it has left within moments.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
from typing import Any, NamedTuple

import structlog

from bot.exits import CONFIG, Leave
from bot.serve.access import Access
from bot.serve.incoming import Flight, flight
from bot.serve.parking import TRIES, Parking
from bot.serve.rate import MOST_WAITING, WINDOW
from bot.serve.services import Services
from bot.serve.waiting import unless
from bot.serve.worker import Feed, Worker
from bot.telegram.errors import Meaning, described, meaning
from handlers.engine.frame import Arrival
from storage.errors import OutOfTurn
from storage.outcomes import Failed, deliver
from storage.protocols import Handled
from storage.records import NOBODY, Owner, ParkedUpdate, UpdateId
from storage.rows.memory import Memory

log = structlog.get_logger()

TURNS = 100
"""People whose turn is here at once, at most."""
LOOK = 0.5
"""Seconds between two looks for what other processes have left."""
SEEN = 1000
"""People looked at in one look."""
STORED_AT_ONCE = 32
"""Updates that share a transaction on their way into the inbox, at most."""
AT_HAND = 20
"""Updates of a person that need not be read again, at most."""
GATHERED = timedelta(minutes=1)
"""What was sent longer ago has gathered while nobody took it, and is no flood."""
COUNTED_OVER = timedelta(seconds=WINDOW)


class Received(Enum):
    """What became of an update that came."""

    QUEUED = auto()
    SLOWED = auto()
    """It is in the inbox, and waits a little."""
    KNOWN = auto()
    """It was there already, or nothing of it is left to do."""
    STRANGER = auto()
    GREETED = auto()
    """A stranger's first of the day, at whichever process: they are to be told."""
    TURNED_AWAY = auto()


class _Coming(NamedTuple):
    """An update that is to be stored."""

    flight: Flight
    row: ParkedUpdate
    now: datetime
    stored: asyncio.Future[tuple[Received, int]]


class Inbox:
    """Takes updates from a webhook and has them handled, until told to stop."""

    def __init__(
        self,
        services: Services,
        feed: Feed,
        access: Access,
        *,
        rate_limit: int = 0,
        begins: Callable[[Owner], None] = lambda _owner: None,
    ) -> None:
        """Take what it works with.

        ``feed`` gives an update to the conversations. ``begins`` is called when a person's turn
        begins here: what is remembered of their chat may be out of date.
        """
        self._services = services
        self._feed = feed
        self._access = access
        self._begins = begins
        self._each = COUNTED_OVER / rate_limit if rate_limit else None
        self._turns = services.storage.turns()
        self._worker = Worker(
            services, Parking(services), self._in_turn, lambda chat: chat in self._behind
        )
        self._tasks: dict[Owner, asyncio.Task[None]] = {}
        self._in_hand: dict[Owner, UpdateId] = {}
        self._behind: set[Owner] = set()
        """Those for whom something newer waits behind what is in hand."""
        self._woken: set[Owner] = set()
        """Those for whom something has come since the inbox was read for them."""
        self._fresh: dict[Owner, dict[UpdateId, Flight]] = {}
        """What has come here and waits: it stands in the inbox, but need not be read from there."""
        self._coming: list[_Coming] = []
        self._storing: asyncio.Task[None] | None = None
        self._waiting: dict[Owner, None] = {}
        """Those for whom there was no room yet, in their order."""
        self._open = False
        """Whether turns begin: not before it runs, nor once it is to end."""
        self._fruitful = False
        """Whether any turn was granted since the last look."""
        self._again = asyncio.Event()
        """Set where the next look would find more to do at once."""

    def busy(self) -> int:
        """Return how many people are being answered."""
        return len(self._tasks)

    def look_for_parked(self) -> None:
        """Nothing: it looks all the time."""

    async def receive(self, raw: Mapping[str, Any]) -> None:
        """Store an update and have it handled; returns once it is durable.

        Raises whatever the storage raises; then Telegram is to send it again.
        """
        services, now = self._services, self._services.clock.now()
        each = flight(raw, now.replace(microsecond=0))
        if not each.kind:
            return
        each.queued = True
        coming = _Coming(each, each.row(), now, asyncio.get_running_loop().create_future())
        self._coming.append(coming)
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store())
        try:
            what, surplus = await coming.stored
        except Exception as error:
            if meaning(error) is Meaning.UNUSABLE:
                self._worker.leave = Leave(CONFIG, str(error))
                services.stopping.set()
            raise
        self._react(each, what, surplus)

    async def run(self) -> None:
        """Work until told to stop; then end what is in hand and leave the rest to the others.

        Raises ``Leave`` where there is no going on.
        """
        stopping = self._services.stopping
        self._open = True
        try:
            while not stopping.is_set():
                self._services.counters.polling()
                await self._look()
                self._again.clear()
                pause = LOOK * random.uniform(0.8, 1.2)  # noqa: S311 - so replicas do not march  # nosec B311
                await unless(stopping, self._again.wait(), within=pause)
        finally:
            await self._land()
        if self._worker.leave:
            raise self._worker.leave

    async def _store(self) -> None:
        """Store what has come; what comes meanwhile waits, and is stored together."""
        while self._coming:
            batch, self._coming = self._coming[:STORED_AT_ONCE], self._coming[STORED_AT_ONCE:]
            outcomes = await self._stored(batch)
            failed = outcomes[0].error if isinstance(outcomes[0], Failed) else None
            if failed and len(batch) > 1 and meaning(failed) is not Meaning.WAIT:
                # By one of them, which is not the others' fault.
                outcomes = [outcome for each in batch for outcome in await self._stored([each])]
            for each, outcome in zip(batch, outcomes, strict=True):
                deliver(outcome, each.stored)

    async def _stored(self, coming: Sequence[_Coming]) -> Sequence[object]:
        """Return what became of each, or for all of them that it failed."""
        try:
            return await self._services.storage.write(
                partial(self._received_all, coming), {each.flight.owner for each in coming}
            )
        except Exception as error:  # noqa: BLE001 - it is raised where each is waited for
            return [Failed(error)] * len(coming)

    def _received_all(
        self, coming: Sequence[_Coming], memory: Memory
    ) -> list[tuple[Received, int]]:
        """Return what became of each, and how many were turned away lately."""
        outside = {
            number: stranger
            for number, each in enumerate(coming)
            if (stranger := self._stranger(memory, each)) is not None
        }
        inside = [each for number, each in enumerate(coming) if number not in outside]
        new = iter(memory.updates.receive_all([each.row for each in inside]))
        return [
            (outside[number], 0)
            if number in outside
            else self._received(memory, each.flight, each.now)
            if next(new)
            else (Received.KNOWN, 0)
            for number, each in enumerate(coming)
        ]

    def _stranger(self, memory: Memory, coming: _Coming) -> Received | None:
        """Return what becomes of an update of who may not come in; None of all others."""
        each = coming.flight
        unknown = self._access.unknown([each])
        if not unknown or each.owner in self._access.check_in(memory, unknown, coming.now):
            return None
        today = each.received_at.date()
        first = self._access.may_greet(each, today) and memory.invitations.is_to_be_told(
            each.owner, today
        )
        return Received.GREETED if first else Received.STRANGER

    def _received(self, memory: Memory, each: Flight, now: datetime) -> tuple[Received, int]:
        if self._each is None or each.owner == NOBODY or now - each.sent > GATHERED:
            return Received.QUEUED, 0
        used = memory.allowances.draw(each.owner, now, self._each, COUNTED_OVER + self._each)
        if used <= COUNTED_OVER:
            return Received.QUEUED, 0
        if memory.updates.waiting(each.owner) > MOST_WAITING:
            memory.updates.settle(each.update_id, each.owner, now)
            return Received.TURNED_AWAY, memory.allowances.turn_away(each.owner)
        memory.updates.slow_down(each.update_id)
        return Received.SLOWED, 0

    def _react(self, each: Flight, what: Received, surplus: int) -> None:
        counters, tells = self._services.counters, self._worker
        if what in {Received.STRANGER, Received.GREETED}:
            # Remembered, so that the database is not asked for each of theirs.
            first = self._access.greets(each, each.received_at.date())
            if first and what is Received.GREETED:
                tells.tell(each, "errors.not_invited")
            return
        if what is Received.TURNED_AWAY:
            counters.turned_away.inc()
            tells.turned_away(each, surplus)
            return
        if what is Received.SLOWED:
            tells.toast(each, "errors.too_fast.waits")
        if what is not Received.KNOWN:
            counters.updates.inc()
            # What is shown for one that is overtaken is left out, so it must not be this one.
            if self._in_hand.get(each.owner, each.update_id) < each.update_id:
                self._behind.add(each.owner)
        here = self._fresh.get(each.owner, {})
        room = len(here) < AT_HAND and len(self._fresh) < SEEN
        if what is Received.QUEUED and each.private and room:
            each.came_at = self._services.clock.monotonic()
            self._fresh[each.owner] = here | {each.update_id: each}
        else:
            self._woken.add(each.owner)
        self._begin(each.owner)

    def _begin(self, owner: Owner) -> None:
        """Begin a person's turn, once there is room."""
        if not self._open or self._services.stopping.is_set() or owner in self._tasks:
            return
        if len(self._tasks) >= TURNS:
            self._waiting[owner] = None
            return
        task = self._tasks[owner] = asyncio.create_task(self._turn(owner))
        task.add_done_callback(lambda _: self._ended(owner))

    def _ended(self, owner: Owner) -> None:
        del self._tasks[owner]
        self._behind.discard(owner)
        if self._has_come(owner):  # since the end of the turn
            self._waiting[owner] = None
        if self._waiting:
            self._begin_next()
            if not self._waiting and self._fruitful:
                self._again.set()

    def _begin_next(self) -> None:
        owner = next(iter(self._waiting))
        del self._waiting[owner]
        self._begin(owner)

    def _has_come(self, owner: Owner) -> bool:
        """Tell whether anything has come for a person that was not looked at yet."""
        return owner in self._woken or owner in self._fresh

    def _forget(self, owner: Owner) -> None:
        """Leave what has come for a person to whoever looks into the inbox."""
        self._woken.discard(owner)
        self._fresh.pop(owner, None)

    async def _look(self) -> None:
        """Begin the turns of those whose updates wait, wherever they came."""
        try:
            if self._tasks:
                await self._turns.look()
            found = await self._services.storage.write(
                lambda memory: memory.updates.owners_waiting(SEEN)
            )
        except Exception as error:
            if meaning(error) is not Meaning.WAIT:
                raise
            log.warning("cannot look into the inbox", error=described(error))
            return
        left = [owner for owner in found if owner not in self._tasks]
        self._services.chance.shuffle(left)  # the others look at the same ones
        self._waiting = dict.fromkeys((*left, *self._waiting))
        self._fruitful = False
        while self._waiting and len(self._tasks) < TURNS:
            self._begin_next()

    async def _turn(self, owner: Owner) -> None:
        """Handle what waits of a person, if nobody else does."""
        try:
            while await self._turns.take(owner):
                self._fruitful = True
                self._begins(owner)
                done = await self._work_off(owner)
                more = await self._turns.give_back(owner, done) or self._has_come(owner)
                if not more or self._services.stopping.is_set():
                    return
            self._forget(owner)  # who has the turn is told at its end that more has come
        except Exception as error:  # noqa: BLE001 - what is left is found by the next look
            self._forget(owner)
            await self._turns.give_back(owner)
            what = meaning(error)
            if what is Meaning.UNUSABLE:
                self._worker.leave = Leave(CONFIG, str(error))
                self._services.stopping.set()
            else:
                log.warning("a turn broke off", person=owner, error=described(error))

    async def _work_off(self, owner: Owner) -> Handled | None:
        """Handle what waits; return the last one where it is not settled yet.

        What has come here is at hand; where nothing has, or something earlier waits, or a copy came
        of what may be another process's, the inbox is read.
        """
        done: Handled | None = None
        to_read = owner not in self._fresh
        while not self._services.stopping.is_set():
            self._behind.discard(owner)
            read = to_read or owner in self._woken
            if read:
                each, to_read = await self._next(owner, done)
                done = None
            else:
                each = self._newcomer(owner)
            if each is None:
                break
            if done is not None:
                await self._turns.settle(owner, done)
            await self._handle(owner, each)
            settled = each.finished and not each.aside  # which is handled anew, once tried again
            done = Handled(each.update_id, each.received_at) if settled else None
            if not each.finished:
                if read or not each.elsewhere:
                    break
                to_read = True
        return done  # settled with the end of the turn

    def _newcomer(self, owner: Owner) -> Flight | None:
        """Return the earliest of what has come here."""
        here = self._fresh.get(owner)
        each = self._taken(owner, min(here)) if here else None
        if owner in self._fresh:
            self._behind.add(owner)
        return each

    def _taken(self, owner: Owner, update_id: UpdateId) -> Flight | None:
        """Return an update that has come here and waited until now; None for any other."""
        here = self._fresh.get(owner, {})
        each = here.pop(update_id, None)
        if not here:
            self._fresh.pop(owner, None)
        return each

    async def _next(self, owner: Owner, before: Handled | None) -> tuple[Flight | None, bool]:
        """Settle what was handled; return what the inbox has next, and whether more is behind."""
        self._woken.discard(owner)

        def step(memory: Memory) -> tuple[ParkedUpdate | None, bool]:
            if before is not None:
                memory.updates.settle(before.update_id, owner, before.at)
            return memory.updates.next_of(owner)

        update, more = await self._services.storage.write(step, (owner,))
        if more:
            self._behind.add(owner)
        if update is None or self._services.stopping.is_set():
            return None, more
        return self._taken(owner, update.update_id) or self._restored(update), more

    async def _handle(self, owner: Owner, each: Flight) -> None:
        self._in_hand[owner] = each.update_id
        try:
            await self._worker.work(each)
        finally:
            self._in_hand.pop(owner, None)

    def _restored(self, row: ParkedUpdate) -> Flight:
        again = flight(json.loads(row.body), row.received_at)
        again.came_at = self._services.clock.monotonic()
        again.tries = min(row.tries, TRIES - 1)
        again.slow = row.slow
        again.queued = True
        return again

    async def _in_turn(self, raw: Mapping[str, Any], arrival: Arrival) -> None:
        if not self._turns.holds(arrival.owner):
            raise OutOfTurn(f"update {arrival.update_id}")
        await self._feed(raw, arrival)

    async def _land(self) -> None:
        """Let what is in hand end for a while; the rest another process goes on with."""
        self._open = False
        tasks = set(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=self._services.pace.drain)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._worker.hush()
        await self._turns.close()
