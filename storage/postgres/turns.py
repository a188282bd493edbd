"""Whose turn it is to handle a person's updates: an advisory lock of the server's.

It lives as long as the one connection of a process that takes them, so whatever becomes of the
process, the others may go on at once. What is asked for meanwhile goes with the next exchange.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, NamedTuple

import psycopg

from storage.postgres.line import Line, Reply, array
from storage.protocols import Handled
from storage.records import Owner
from storage.session import to_seconds

# 1 << 62 is added to a person's number: that alone is the lock of a transaction.
_TAKE: Final = (
    "SELECT owner FROM unnest(CAST(%(people)s AS bigint[])) AS person (owner)"
    " WHERE pg_try_advisory_lock(4611686018427387904 + owner)"
)
# Without the person's lock: a copy that comes this moment finds the note that it was applied.
# Committed before the turn ends, or who has it next would find them still.
_NOTE: Final = (
    "INSERT INTO applied_updates (update_id, applied_at, settled)"
    " SELECT number, at, 1"
    " FROM unnest(CAST(%(updates)s AS bigint[]), CAST(%(times)s AS bigint[])) AS done (number, at)"
    # Nearly all are settled: a conflict would lock the row, and a join would read the whole table.
    " WHERE coalesce((SELECT settled FROM applied_updates WHERE update_id = number), 0) = 0"
    " ON CONFLICT (update_id) DO UPDATE SET settled = 1 WHERE applied_updates.settled = 0"
)
_DELETE: Final = "DELETE FROM pending_updates WHERE update_id = ANY(CAST(%(updates)s AS bigint[]))"
_GIVE_BACK: Final = (
    "SELECT pg_advisory_unlock(4611686018427387904 + owner)"
    " FROM unnest(CAST(%(people)s AS bigint[])) AS person (owner)"
)
# A statement of its own: who came too late for the lock has committed what this then sees.
_MORE: Final = (
    "SELECT DISTINCT owner FROM pending_updates WHERE owner = ANY(CAST(%(people)s AS bigint[]))"
)


class _Wish(NamedTuple):
    answer: asyncio.Future[bool]
    take: Owner | None = None
    done: Handled | None = None
    give: Owner | None = None


class ServerTurns:
    """``storage.protocols.Turns`` of any number of processes."""

    def __init__(self, connect: Callable[[], Line]) -> None:
        """Take what opens a connection in autocommit, on which everybody's rows are in sight."""
        self._connect = connect
        self._line: Line | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="turns")
        self._wishes: list[_Wish] = []
        self._exchanging: asyncio.Task[None] | None = None
        self._held: set[Owner] = set()
        self._closed = False

    async def take(self, owner: Owner) -> bool:
        """See ``Turns.take``."""
        return await self._wish(take=owner)

    async def give_back(self, owner: Owner, done: Handled | None = None) -> bool:
        """See ``Turns.give_back``."""
        if owner not in self._held:  # lost meanwhile: whoever has it now settles what is left
            return False
        self._held.discard(owner)
        return await self._wish(done=done, give=owner)

    async def settle(self, owner: Owner, done: Handled) -> None:
        """See ``Turns.settle``."""
        if owner in self._held:
            await self._wish(done=done)

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

    async def _wish(
        self, take: Owner | None = None, done: Handled | None = None, give: Owner | None = None
    ) -> bool:
        if self._closed:
            return False
        wish = _Wish(asyncio.get_running_loop().create_future(), take, done, give)
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
                taken: set[Owner] = set()
                more: set[Owner] = set()
                try:
                    taken, more = await loop.run_in_executor(self._thread, self._talk, wishes)
                    self._held |= taken
                except psycopg.Error:
                    self._held.clear()
                finally:
                    for each in wishes:
                        if not each.answer.done():
                            each.answer.set_result(each.take in taken or each.give in more)
                if not self._wishes:
                    return
        finally:
            self._exchanging = None

    def _talk(self, wishes: Sequence[_Wish]) -> tuple[set[Owner], set[Owner]]:
        """Return whose turns were taken, and of those given back, for whom more has come.

        One message for all.
        """
        take = array(each.take for each in wishes if each.take is not None)
        give = array(each.give for each in wishes if each.give is not None)
        done = [each.done for each in wishes if each.done]
        said: list[Reply] = []
        if done:
            updates = {"updates": array(each.update_id for each in done)}
            times = {"times": array(to_seconds(each.at) for each in done)}
            said += _say("BEGIN"), _say(_NOTE, updates | times), _say(_DELETE, updates)
            said.append(_say("COMMIT"))
        more, taken = _say(_MORE, {"people": give}), _say(_TAKE, {"people": take})
        said += _say(_GIVE_BACK, {"people": give}), more, taken
        try:
            if self._line is None:
                self._line = self._connect()
            self._line.exchange(said)
        except BaseException:
            self._hang_up()
            raise
        return {owner for (owner,) in taken.fetchall()}, {owner for (owner,) in more.fetchall()}

    def _say_goodbye(self) -> None:
        """Let all turns go at once: a server is slow to see that a connection has ended."""
        with suppress(psycopg.Error):
            if self._line is not None:
                self._line.execute("SELECT pg_advisory_unlock_all()")
        self._hang_up()

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


def _say(sql: str, values: Mapping[str, str] | tuple[()] = ()) -> Reply:
    return Reply(lambda: None, sql, values)
