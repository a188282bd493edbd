"""Bots that are wrong on purpose: a harness that finds nothing wrong with them finds nothing.

Each makes one mistake, most of them what popular bots do as shipped. ``WRONGS`` maps the name of a
mistake to what makes it.
"""

from __future__ import annotations

import asyncio
import fcntl
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiogram.types import Update

import bot.app
import bot.serve.ingest
import bot.serve.parking
import bot.serve.poller
import bot.serve.waiting
import bot.serve.worker
import bot.telegram.errors
import bot.telegram.session
import storage.sqlite.engine
import storage.sqlite.migrating
from bot.serve.incoming import Flight, flight
from bot.serve.ingest import Ingest
from bot.serve.worker import Worker
from bot.telegram.errors import Meaning
from storage.errors import StorageUnusable
from storage.migrations import Migration
from storage.opening import open_storage
from storage.outcomes import Failed
from storage.protocols import Storage
from storage.rows.outbox import OutboxRows
from storage.rows.updates import Noted, UpdateRows
from storage.secrets.cipher import Cipher
from storage.secrets.keys import KeyRing
from storage.sqlite.keys import FileRing

OLD = timedelta(seconds=60)


class ConfirmsFirst(Ingest):
    """Takes every update for settled as soon as it has come."""

    def _take(self, flight: Flight) -> None:
        super()._take(flight)
        flight.finished = True


class Abrupt(Ingest):
    """Told to end, it drops what it has in hand and confirms it."""

    async def _land(self) -> None:
        await self._lanes.drain(0)
        for each in self._unsettled.flights.values():
            each.finished = True
        await super()._land()


class Highest(Ingest):
    """Knows old updates by their size."""

    _highest = 0

    def _is_new(self, raw: dict[str, Any]) -> bool:
        new = super()._is_new(raw) and raw["update_id"] > self._highest
        self._highest = max(self._highest, raw["update_id"])
        if not new:
            known = flight(raw, self._services.clock.now())
            known.finished = True
            self._unsettled.flights.setdefault(known.update_id, known)
        return new


class SkipsOld(Ingest):
    """Leaves aside what was written more than a minute ago, by its own clock."""

    def _take(self, flight: Flight) -> None:
        event = flight.raw.get("message") or flight.raw.get("callback_query", {}).get("message")
        sent = (event or {}).get("date", 0)
        if abs(self._services.clock.now().timestamp() - sent) > OLD.total_seconds():
            flight.finished = True
            self._unsettled.flights[flight.update_id] = flight
        else:
            super()._take(flight)


class ReadsAtOnce(Ingest):
    """Reads an update with aiogram's models before it is taken, and stops where they refuse."""

    def _take(self, flight: Flight) -> None:
        Update.model_validate(flight.raw)
        super()._take(flight)


class OneLane(Ingest):
    """Handles everybody's updates one after the other."""

    def _take(self, flight: Flight) -> None:
        lanes = self._lanes
        put = lanes.put
        _set(lanes, "put", lambda _lane, item: put(1, item))
        try:
            super()._take(flight)
        finally:
            _set(lanes, "put", put)


def _is(ingest: type[Ingest]) -> Callable[[], None]:
    def make() -> None:
        _set(bot.app, "Ingest", ingest)

    return make


def _set_meaning(meaning: Callable[[Exception], Meaning]) -> None:
    """Let the whole bot take errors for what they are not."""
    serve = bot.serve
    for module in (
        bot.app,
        serve.ingest,
        serve.parking,
        serve.poller,
        serve.waiting,
        serve.worker,
    ):
        _set(module, "meaning", meaning)


def _impatient() -> None:
    """Waits for nothing: neither for the network nor for Telegram, a person or the disk."""
    meaning = bot.telegram.errors.meaning

    def rash(error: Exception) -> Meaning:
        found = meaning(error)
        return found if found is Meaning.REVOKED else Meaning.BROKEN

    class Disobedient:
        async def __call__(self, make_request: Any, bot: Any, method: Any) -> Any:  # noqa: ANN401 - handed on as it is
            return await make_request(bot, method)

    _set_meaning(rash)
    _set(bot.telegram.session, "ObeyRetryAfter", Disobedient)
    pragmas = [each for each in storage.sqlite.engine._PRAGMAS if "busy_timeout" not in each]
    _set(storage.sqlite.engine, "_PRAGMAS", ("busy_timeout = 0", *pragmas))


def _hopeful() -> None:
    """Takes a refused token for a passing trouble."""
    meaning = bot.telegram.errors.meaning

    def hoping(error: Exception) -> Meaning:
        found = meaning(error)
        return Meaning.WAIT if found is Meaning.REVOKED else found

    _set_meaning(hoping)


def _forgets_updates() -> None:
    """Takes every update for a new one."""

    def note(self: UpdateRows, *args: Any) -> Noted:  # noqa: ANN401 - handed on as it is
        known(self, *args)
        return lambda: True

    known = UpdateRows.note
    _set(UpdateRows, "note", note)


def _forgets_replies() -> None:
    """Keeps no reply: an update that comes again is answered with the screen of the day."""
    _set(OutboxRows, "get", lambda _: None)


def _no_transaction() -> None:
    """Lets every statement stand for itself."""

    def commit(
        self: Any,  # noqa: ANN401 - a storage
        steps: Sequence[Callable[[Any], object]],
        raw: sqlite3.Connection,  # noqa: ARG001 - as in the storage
    ) -> tuple[list[object], bool]:
        self._opened.ring.refresh()
        outcomes: list[object] = []
        for step in steps:
            try:
                outcomes.append(step(self._memory))
            except Exception as error:  # noqa: BLE001 - raised in the caller of the step
                outcomes.append(Failed(error))
        return outcomes, self._opened.ring.settle()

    def migrate(
        connection: sqlite3.Connection, migrations: Sequence[Migration], applied_at: int
    ) -> None:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS migrations "
            "(number bigint NOT NULL PRIMARY KEY, applied_at bigint NOT NULL)"
        )
        for migration in migrations[storage.sqlite.migrating.applied_number(connection) :]:
            for statement in storage.sqlite.migrating._statements(migration.script):
                connection.execute(statement)
            connection.execute(
                "INSERT INTO migrations (number, applied_at) VALUES (?, ?)",
                (migration.number, applied_at),
            )

    _set(storage.sqlite.engine.SqliteStorage, "_commit", commit)
    _set(storage.sqlite.engine, "migrate", migrate)


def _somewhere_else() -> None:
    """Where it cannot write it goes on with an empty database in another place."""

    async def opened(address: str, key: Path, **more: Any) -> Storage:  # noqa: ANN401 - handed on as it is
        try:
            return await open_storage(address, key, **more)
        except StorageUnusable:
            place = Path(tempfile.mkdtemp())
            return await open_storage(f"sqlite:///{place}/coach.db", place / "key", **more)

    _set(bot.app, "open_storage", opened)


def _greedy() -> None:
    """Takes all there is at once, and works at it all together."""
    _is(ConfirmsFirst)()
    # Handled in no time, the updates would never pile up: this one rests before each.
    give = Worker._give

    async def slowly(self: Worker, flight: Flight) -> None:
        await asyncio.sleep(20)
        await give(self, flight)

    _set(Worker, "_give", slowly)


def _set(where: object, name: str, what: object) -> None:
    setattr(where, name, what)


def _generous() -> None:
    """Makes a key for whoever has something waiting, and keeps it."""
    _set(Cipher, "seal_waiting", Cipher.seal)
    _set(KeyRing, "tidy", lambda _: None)
    _set(FileRing, "tidy", lambda _: None)


def _unlocked() -> None:
    """Lets anybody in."""
    _set(fcntl, "flock", lambda _descriptor, _how: None)


WRONGS: dict[str, Callable[[], None]] = {
    "confirms first": _is(ConfirmsFirst),
    "drops what is in hand": _is(Abrupt),
    "compares ids by size": _is(Highest),
    "skips what looks old": _is(SkipsOld),
    "reads a batch as a whole": _is(ReadsAtOnce),
    "one queue for all": _is(OneLane),
    "waits for nothing": _impatient,
    "believes in a refused token": _hopeful,
    "forgets which updates it knows": _forgets_updates,
    "forgets what it was about to say": _forgets_replies,
    "no transactions": _no_transaction,
    "takes all at once": _greedy,
    "goes on somewhere else": _somewhere_else,
    "locks nothing": _unlocked,
    "makes keys for anybody": _generous,
}
