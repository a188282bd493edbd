"""Asks Telegram for updates, and says which of them it may forget."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiogram.exceptions import AiogramError, TelegramConflictError

from bot.exits import CONFIG, UNAVAILABLE, Leave
from bot.serve.incoming import Flight
from bot.serve.services import Services
from bot.serve.waiting import unless
from bot.telegram.errors import REVOKED, Meaning, described, meaning, waits
from bot.telegram.session import BATCH, RawUpdates
from storage.records import UpdateId

log = structlog.get_logger()

LAST_CALL = 2
"""Seconds for the call that confirms, when the process ends."""


@dataclass(slots=True)
class Unsettled:
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


class Poller:
    """One reader of a bot's updates."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._conflict: tuple[float, float] | None = None
        self._pauses = waits(services.chance)
        self.unsettled = Unsettled()
        self.catching_up = True
        """What comes now has gathered while nobody asked: at first, and after a failed poll."""

    async def fetch(self) -> list[dict[str, Any]] | None:
        """Poll once; None where there is no answer, after a pause, or the process is to end."""
        services, pace = self._services, self._services.pace
        services.counters.polling()
        offset = self.unsettled.offset()
        seconds = 0 if self.unsettled.flights or self.catching_up else pace.poll
        batch = await unless(services.stopping, self._poll(offset, seconds))
        if batch is None:
            self.catching_up = True
            return None
        self.unsettled.confirmed()
        return batch

    def caught_up(self, batch: list[dict[str, Any]]) -> None:
        """Note that a batch is taken; one that is not full was the last of what had gathered."""
        if len(batch) < BATCH:
            self.catching_up = False

    async def pause(self) -> None:
        """Wait before the next poll, a little longer each time."""
        await asyncio.sleep(next(self._pauses))

    async def confirm(self) -> None:
        """Tell Telegram a last time what is settled, so that it does not come again."""
        offset = self.unsettled.offset()
        if offset is None:
            return
        try:
            call = RawUpdates(offset=offset, limit=1)
            await self._services.bot(call, request_timeout=LAST_CALL)
        except (AiogramError, OSError) as error:
            log.info("not confirmed; it will come again", error=described(error))

    async def _poll(self, offset: int | None, seconds: int) -> list[dict[str, Any]] | None:
        call = RawUpdates(offset=offset, timeout=seconds)
        within = seconds + self._services.pace.network
        try:
            batch = await self._services.bot(call, request_timeout=within)
        except TelegramConflictError as error:
            await self._note_conflict(error)
            return None
        except (AiogramError, OSError) as error:
            if meaning(error) is Meaning.REVOKED:
                raise Leave(CONFIG, REVOKED) from None
            log.warning("no updates from telegram", error=described(error))
            await self.pause()
            return None
        self._pauses = waits(self._services.chance)
        return batch

    async def _note_conflict(self, error: TelegramConflictError) -> None:
        if "webhook" in error.message:
            why = "a webhook is set for this bot; delete it (deleteWebhook) to run here"
        else:
            why = "another process reads this bot's updates; stop one of the two"
        now, patience = self._services.clock.monotonic(), self._services.pace.conflict
        since, last = self._conflict or (now, now)
        # Two readers take turns in being refused, so one answered poll does not end the conflict.
        since = since if now - last <= patience else now
        self._conflict = since, now
        if now - since >= patience:
            raise Leave(UNAVAILABLE, why)
        log.warning("telegram refuses the updates", error=why)
        await asyncio.sleep(min(3.0, patience / 4))
