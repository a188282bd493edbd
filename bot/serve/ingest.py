"""From Telegram's queue of updates into the conversations, without losing or doubling one.

An update is confirmed only once it is handled, or, when that takes longer than two seconds, once it
is written to the database (parked): its lane goes on with it, also after a restart, and nobody else
waits. Ids are compared by membership, never by size: after a quiet week Telegram starts again
at a random, maybe lower number.
"""

from __future__ import annotations

import asyncio
from typing import Any

import structlog

from bot.serve.access import Access
from bot.serve.incoming import Flight, flight
from bot.serve.lanes import Lanes
from bot.serve.parking import Parking
from bot.serve.poller import Poller
from bot.serve.rate import MOST_WAITING, Rate
from bot.serve.services import Services
from bot.serve.waiting import patiently, unless
from bot.serve.worker import Feed, Worker
from bot.telegram.errors import Meaning, described, meaning
from bot.telegram.session import BATCH
from storage.records import Owner, UpdateId

log = structlog.get_logger()


class Ingest:
    """Takes updates from Telegram and has them handled, until told to stop."""

    def __init__(self, services: Services, feed: Feed, access: Access, rate: Rate) -> None:
        """Take what it works with; ``feed`` gives an update to the conversations."""
        self._services = services
        self._access = access
        self._rate = rate
        self._poller = Poller(services)
        self._parking = Parking(services)
        self._lanes = Lanes(self._work)
        self._worker = Worker(services, self._parking, feed, self._lanes.crowded)
        self._unsettled = self._poller.unsettled
        self._restored: dict[UpdateId, Flight] = {}
        self._guests: frozenset[Owner] = frozenset()
        """Who was invited of those in the batch that was checked in last."""
        self._rescan = False
        self._settled = asyncio.Event()

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
        services = self._services
        error = await patiently(self._take_parked, services.chance, services.counters)
        if error:
            raise error
        self._restored = dict(self._parking.flights)
        try:
            while not services.stopping.is_set():
                if self._rescan:
                    self._rescan = False
                    await self._look_again()
                await self._fetch()
                await self._linger()
        finally:
            await self._land()
        if self._worker.leave:
            raise self._worker.leave

    async def _fetch(self) -> None:
        """Poll once; take what is new."""
        batch = await self._poller.fetch()
        if batch is None:
            return
        received_at = self._services.clock.now().replace(microsecond=0)
        fresh = [flight(raw, received_at) for raw in batch if self._is_new(raw)]
        if not await self._check_in(fresh):
            return  # nothing of it is taken, so it comes again
        for each in fresh:
            self._take(each)
        self._poller.caught_up(batch)
        self._restored.clear()  # what was parked but not confirmed came with the first batch
        if len(batch) == BATCH and not fresh:
            await self._parking.park(self._unsettled.unsettled())

    async def _check_in(self, fresh: list[Flight]) -> bool:
        """Learn who may come in; False, after a pause, where the database cannot tell."""
        unknown = self._access.unknown(fresh)
        if not unknown:
            return True
        now = self._services.clock.now().replace(microsecond=0)
        try:
            self._guests = await self._services.storage.write(
                lambda memory: self._access.check_in(memory, unknown, now)
            )
        except Exception as error:
            if meaning(error) is not Meaning.WAIT:
                raise
            log.warning("cannot tell who may come in", error=described(error))
            await self._poller.pause()
            return False
        return True

    def _is_new(self, raw: dict[str, Any]) -> bool:
        update_id = raw["update_id"]
        again = self._restored.get(update_id)
        if again:
            self._unsettled.flights[update_id] = again
        return update_id not in self._unsettled.flights

    def _take(self, flight: Flight) -> None:
        flight.came_at = self._services.clock.monotonic()
        flight.late_at = flight.came_at + self._services.pace.park
        self._services.counters.updates.inc()
        self._unsettled.flights[flight.update_id] = flight
        if self._access.admits(flight, self._guests):
            self._admit(flight)
        else:
            flight.finished = True
            if self._access.greets(flight, flight.received_at.date()):
                self._worker.tell(flight, "errors.not_invited")

    def _admit(self, flight: Flight) -> None:
        """Put an update into its lane; one that comes too fast is slowed there, or turned away.

        What has gathered while nobody asked for it is no flood, however much it is.
        """
        if not self._poller.catching_up and self._rate.exceeded(flight.chat, flight.came_at):
            if self._lanes.waiting(flight.chat) >= MOST_WAITING:
                self._turn_away(flight)
                return
            flight.slow = True
            # Parked at once: it must not stand in the way of others until its turn comes.
            flight.late_at = flight.came_at
            self._worker.toast(flight, "errors.too_fast.waits")
        self._lanes.put(flight.chat, flight)

    def _turn_away(self, flight: Flight) -> None:
        """Drop an update of a chat whose lane is full, and say so."""
        flight.finished = True
        surplus = self._rate.turned_away(flight.chat)
        self._services.counters.turned_away.inc()
        self._worker.turned_away(flight, surplus)

    async def _work(self, flight: Flight) -> None:
        await self._worker.work(flight)
        self._settled.set()

    async def _take_parked(self) -> None:
        """Put the parked updates that are not in hand yet into their lanes."""
        for each in await self._parking.restored(self._unsettled.flights):
            self._lanes.put(each.chat, each)

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
        unsettled = self._unsettled.unsettled()
        now = self._services.clock.monotonic()
        late = [flight for flight in unsettled if flight.late_at <= now]
        if late:
            await self._parking.park(late)
        elif unsettled:
            self._settled.clear()
            await unless(
                self._services.stopping, self._settled.wait(), within=self._services.pace.look
            )

    async def _land(self) -> None:
        """Finish or park what is in hand, then confirm it, so that nothing comes twice."""
        await self._lanes.drain(self._services.pace.drain)
        self._worker.hush()
        unsettled = self._unsettled.unsettled()
        if unsettled:
            await self._parking.park(unsettled)
        if not self._worker.leave:
            await self._poller.confirm()
