"""Updates that take long are written to the database: then Telegram may forget them."""

from __future__ import annotations

import json
from collections.abc import Callable, Container

import structlog

from bot.serve.incoming import Flight, flight
from bot.serve.services import Services
from bot.serve.waiting import patiently
from bot.telegram.errors import Meaning, described, meaning
from storage.records import UpdateId
from storage.rows.memory import Memory

log = structlog.get_logger()

TRIES = 3
"""After so many an update that fails is put aside."""


class Parking:
    """The updates in the database; their lanes go on with them, also after a restart."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.flights: dict[UpdateId, Flight] = {}
        """Those in hand."""

    async def restored(self, known: Container[UpdateId] = ()) -> list[Flight]:
        """Return the parked updates that are not in hand yet."""
        rows = await self._services.storage.write(lambda memory: memory.updates.parked())
        found = []
        for row in rows:
            if row.update_id in self.flights or row.update_id in known:
                continue
            again = flight(json.loads(row.body), row.received_at)
            again.came_at = self._services.clock.monotonic()
            again.tries = min(row.tries, TRIES - 1)
            again.parked = True
            self.flights[row.update_id] = again
            found.append(again)
        return found

    async def park(self, flights: list[Flight]) -> None:
        """Write them down; while the database is away they stay unconfirmed, which is as safe."""
        rows = [each.row() for each in flights]
        try:
            await self._services.storage.write(lambda memory: memory.updates.park(rows))
        except Exception as error:
            if meaning(error) is not Meaning.WAIT:
                raise
            log.warning("cannot park", error=described(error), count=len(rows))
            return
        self._services.counters.parked.inc(len(rows))
        for each in flights:
            each.parked = True
            if each.finished:  # while it was being parked
                await self.done(each)
            else:
                self.flights[each.update_id] = each

    async def done(self, flight: Flight) -> None:
        """Forget one that is handled."""
        await self._write(lambda memory: memory.updates.done([flight.update_id]))
        self.flights.pop(flight.update_id, None)

    async def put_aside(self, flight: Flight, reason: str) -> None:
        """Keep one that cannot be handled, for the operator."""
        row, now = flight.row(), self._services.clock.now().replace(microsecond=0)
        await self._write(lambda memory: memory.updates.put_aside(row, reason, now))
        flight.aside = True
        self._services.counters.put_aside.inc()

    async def _write(self, step: Callable[[Memory], None]) -> None:
        services = self._services
        error = await patiently(
            lambda: services.storage.write(step), services.chance, services.counters
        )
        if error:
            raise error
