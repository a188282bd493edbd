"""Whose turn it is to handle a person's updates: an advisory lock of the server's.

It lives as long as the one connection of a process that takes them, so whatever becomes of the
process, the others may go on at once. What is asked for meanwhile goes with the next exchange.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import psycopg

from storage.session import to_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storage.protocols import Handled
    from storage.records import Owner

_APART: Final = 1 << 62
"""Added to a person's number: that alone is the lock of a transaction."""
_TAKE: Final = (
    "SELECT owner FROM unnest(%s::bigint[]) AS owner WHERE pg_try_advisory_lock(%s + owner)"
)
# Without the person's lock: a copy that comes this moment finds the note that it was applied.
_SETTLE: Final = """
WITH settled AS (
    INSERT INTO applied_updates (update_id, applied_at, settled)
    SELECT number, at, 1 FROM unnest(%s::bigint[], %s::bigint[]) AS done (number, at)
    ON CONFLICT (update_id) DO UPDATE SET settled = 1 WHERE applied_updates.settled = 0
)
DELETE FROM pending_updates WHERE update_id = ANY(%s::bigint[])
"""
_GIVE_BACK: Final = "SELECT pg_advisory_unlock(%s + owner) FROM unnest(%s::bigint[]) AS owner"
# A statement of its own: who came too late for the lock has committed what this then sees.
_MORE: Final = "SELECT DISTINCT owner FROM pending_updates WHERE owner = ANY(%s::bigint[])"


class _Wish(NamedTuple):
    owner: Owner
    to_take: bool
    done: Handled | None
    answer: asyncio.Future[bool]


class ServerTurns:
    """``storage.protocols.Turns`` of any number of processes."""

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]]) -> None:
        """Take what opens a connection in autocommit, on which everybody's rows are in sight."""
        self._connect = connect
        self._raw: psycopg.Connection[Any] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="turns")
        self._wishes: list[_Wish] = []
        self._exchanging: asyncio.Task[None] | None = None
        self._held: set[Owner] = set()
        self._closed = False

    async def take(self, owner: Owner) -> bool:
        """See ``Turns.take``."""
        return await self._wish(owner, to_take=True)

    async def give_back(self, owner: Owner, done: Handled | None = None) -> bool:
        """See ``Turns.give_back``."""
        if owner not in self._held:  # lost meanwhile: whoever has it now settles what is left
            return False
        self._held.discard(owner)
        return await self._wish(owner, to_take=False, done=done)

    async def look(self) -> None:
        """See ``Turns.look``."""
        if self._exchanging is None and self._held and not self._closed:
            self._exchanging = asyncio.create_task(self._exchange())
        if self._exchanging is not None:
            await asyncio.shield(self._exchanging)

    def holds(self, owner: Owner) -> bool:
        """See ``Turns.holds``."""
        return owner in self._held

    async def close(self) -> None:
        """See ``Turns.close``."""
        if self._closed:
            return
        self._closed = True
        self._held.clear()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._say_goodbye)
        self._thread.shutdown()

    async def _wish(self, owner: Owner, *, to_take: bool, done: Handled | None = None) -> bool:
        if self._closed:
            return False
        wish = _Wish(owner, to_take, done, asyncio.get_running_loop().create_future())
        self._wishes.append(wish)
        if self._exchanging is None:
            self._exchanging = asyncio.create_task(self._exchange())
        return await wish.answer

    async def _exchange(self) -> None:
        """Tell the server what is wished, until nothing is; once at least, to see if it is there.

        Where it is not, nothing is held any more and no wish comes true.
        """
        loop = asyncio.get_running_loop()
        try:
            while True:
                wishes, self._wishes = self._wishes, []
                to_take = [each.owner for each in wishes if each.to_take]
                granted: set[Owner] = set()
                try:
                    granted = await loop.run_in_executor(self._thread, self._talk, wishes)
                    self._held |= granted.intersection(to_take)
                except psycopg.Error:
                    self._held.clear()
                finally:
                    for each in wishes:
                        if not each.answer.done():
                            each.answer.set_result(each.owner in granted)
                if not self._wishes:
                    return
        finally:
            self._exchanging = None

    def _talk(self, wishes: Sequence[_Wish]) -> set[Owner]:
        """Return whose turns were taken, and of those given back, for whom more has come."""
        to_take = [each.owner for each in wishes if each.to_take]
        to_give = [each.owner for each in wishes if not each.to_take]
        done = [each.done for each in wishes if each.done]
        granted: set[Owner] = set()
        try:
            if self._raw is None:
                self._raw = self._connect()
            if done:
                numbers = [each.update_id for each in done]
                times = [to_seconds(each.at) for each in done]
                self._raw.execute(_SETTLE, (numbers, times, numbers))
            if to_give:
                self._raw.execute(_GIVE_BACK, (_APART, to_give))
                granted |= {owner for (owner,) in self._raw.execute(_MORE, (to_give,))}
            if to_take:
                granted |= {owner for (owner,) in self._raw.execute(_TAKE, (to_take, _APART))}
            if not (to_take or to_give):
                self._raw.execute("SELECT")
        except BaseException:
            self._hang_up()
            raise
        return granted

    def _say_goodbye(self) -> None:
        """Let all turns go at once: a server is slow to see that a connection has ended."""
        with suppress(psycopg.Error):
            if self._raw is not None:
                self._raw.execute("SELECT pg_advisory_unlock_all()")
        self._hang_up()

    def _hang_up(self) -> None:
        if self._raw is not None:
            self._raw.close()
            self._raw = None
