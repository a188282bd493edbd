"""The queue of updates for the bot, with the Bot API's own rules for reading it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.local.params import Json, Params
from bot.local.refusals import bad_request, conflict

BATCH = 100
KEPT = timedelta(hours=24)
TAP_KEPT = timedelta(seconds=150)
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


class Updates:
    """Unconfirmed updates in order. Kept for 24 hours, a tap for 150 seconds."""

    def __init__(self, clock: Callable[[], datetime], first_id: int) -> None:
        """Start with no update; the first one will be number ``first_id``."""
        self._clock = clock
        self._next_id = first_id
        self._queue: deque[tuple[datetime, Json]] = deque()
        self._allowed: set[str] | None = None
        self._reader: asyncio.Future[None] | None = None
        self._settling: list[asyncio.Future[None]] = []
        self.webhook = ""
        """The address updates are pushed to; polling is refused while there is one."""
        self.secret = ""  # nosec B105
        """What is shown at that address."""

    def __len__(self) -> int:
        """Count the unconfirmed updates."""
        return len(self._queue)

    def add(self, kind: str, content: Json) -> int:
        """Queue an update of one ``kind`` and give its id; an unwanted kind is dropped."""
        if self._allowed is None and kind in NOT_BY_DEFAULT:
            return 0
        if self._allowed is not None and kind not in self._allowed:
            return 0
        return self.add_raw({kind: content})

    def add_raw(self, update: Json) -> int:
        """Queue whatever ``update`` holds; without an ``update_id`` it gets the next one."""
        update_id = int(update.get("update_id", self._next_id))
        self._next_id = max(self._next_id, update_id) + 1
        kept = TAP_KEPT if "callback_query" in update else KEPT
        self._queue.append((self._clock() + kept, {"update_id": update_id} | update))
        if self._reader and not self._reader.done():
            self._reader.set_result(None)
        return update_id

    def drop_all(self) -> None:
        """Forget every unconfirmed update."""
        self._queue.clear()
        self._tell_settled()

    async def read(self, params: Params) -> list[Json]:
        """Answer one ``getUpdates``: confirm below the offset, then wait for what comes."""
        if self.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first"
            )
        if self._reader and not self._reader.done():
            self._reader.set_exception(
                conflict(
                    "terminated by other getUpdates request;"
                    " make sure that only one bot instance is running"
                )
            )
        limit = params.integer("limit", BATCH)
        self.allow(params)
        self._confirm(params.integer("offset", 0))
        found = self._waiting(limit)
        seconds = params.integer("timeout", 0)
        if seconds < 0:
            raise bad_request("timeout must be non-negative")
        if found or not seconds:
            return found
        return await self._wait(seconds, limit)

    def allow(self, params: Params) -> None:
        """Note which kinds are wanted from now on, where the call says so."""
        if params.raw.get("allowed_updates") is not None:
            self._allowed = set(map(str, params.array("allowed_updates"))) or None

    def to_push(self) -> list[Json]:
        """Return what is to be pushed; nothing without a webhook."""
        return self._waiting(BATCH) if self.webhook else []

    def pushed(self, update_id: int) -> None:
        """Forget an update that was taken."""
        self._queue = deque(each for each in self._queue if each[1]["update_id"] != update_id)
        self._tell_settled()

    async def settled(self, within: float) -> None:
        """Wait until all is confirmed; `TimeoutError` after ``within`` seconds."""
        if not self._queue:
            return
        done = asyncio.get_running_loop().create_future()
        self._settling.append(done)
        await asyncio.wait_for(done, within)

    async def _wait(self, seconds: int, limit: int) -> list[Json]:
        reader: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reader = reader
        try:
            await asyncio.wait_for(reader, seconds)
        except TimeoutError:
            return []
        finally:
            if self._reader is reader:
                self._reader = None
        return self._waiting(limit)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        while self._queue and offset > 0 and self._queue[0][1]["update_id"] < offset:
            self._queue.popleft()
        self._tell_settled()

    def _tell_settled(self) -> None:
        if self._queue:
            return
        for done in self._settling:
            if not done.done():
                done.set_result(None)
        self._settling.clear()

    def _waiting(self, limit: int) -> list[Json]:
        now = self._clock()
        self._queue = deque(entry for entry in self._queue if entry[0] > now)
        size = limit if 0 < limit <= BATCH else BATCH
        return [update for _, update in list(self._queue)[:size]]
