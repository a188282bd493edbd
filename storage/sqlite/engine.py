"""SQLite as the engine: one connection, one thread, many steps to a commit."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar, cast
from urllib.parse import quote

import aiosqlite

from storage.errors import CUT_OFF, StorageAway, StorageUnusable
from storage.migrations import Migration, load_migrations, refuse_newer
from storage.outcomes import Failed, deliver
from storage.protocols import Load, nothing
from storage.records import Owner
from storage.rows.memory import Memory
from storage.secrets.cipher import Cipher
from storage.secrets.keys import NOBODY
from storage.secrets.sealed import SEALED
from storage.session import Session, to_seconds
from storage.sqlite.files import Files
from storage.sqlite.keys import FileRing
from storage.sqlite.lock import Lock
from storage.sqlite.migrating import applied_number, migrate, needed_number, transaction
from storage.sqlite.ring import no_keys, open_ring
from storage.statements import load_statements
from storage.turns import Alone

T = TypeVar("T")

_STEPS_PER_COMMIT: Final = 64
_PRAGMAS: Final = (
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = FULL",  # NORMAL loses acknowledged commits in a power cut
    "foreign_keys = ON",
    "secure_delete = ON",
)
_SWEEP_AFTER: Final = 1.0
"""Seconds from an erasure until the file is written anew: those who are served go first."""
_SWEEP_SHARE: Final = 99
"""How many times as long as a sweep took no other begins."""
_SWEEP_AGAIN: Final = 30.0
"""Seconds between two tries at most, while somebody else reads the file or the disk is full."""
_CHECKED_WHOLLY: Final = 64 * 1024 * 1024
"""Bytes that are checked wholly at each start: half by SQLite, half by types, within about 0.7 s.

Of larger files the second part grows with them.
"""
_ALL_HAVE_KEYS: Final = 4
"""Migration since which everybody with a row has a key; before, only who had sealed something."""
_PLAIN_IS_MARKED: Final = 6
"""Migration since which what is not sealed carries a mark, see ``Cipher``."""
_AWAY: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
    }
)
"""A lock, a disk that is full, failing or read-only."""
_TYPES: Final = {
    "bigint": "integer",
    "smallint": "integer",
    "integer": "integer",
    "text": "text",
    "blob": "blob",
}
"""How SQLite keeps what a column of a type holds, where it holds anything."""
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_LEAST_VERSION: Final = (3, 35, 0)
"""The first SQLite that knows RETURNING."""
_LOG = logging.getLogger(__name__)


class Connection(aiosqlite.Connection):
    """aiosqlite's connection, with a way to run many statements in one hop to its thread."""

    async def _connect(self) -> aiosqlite.Connection:
        try:
            return await super()._connect()
        except BaseException:
            # The thread has only its end left to do. If the loop closed before that, a traceback
            # would follow the one line that says what is wrong.
            self._thread.join()
            raise

    async def run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``job`` with the raw connection on aiosqlite's thread.

        Measured by ``python -m tests.bench.hop``: a tap of six statements costs two to three times
        the CPU when each statement is awaited.
        """
        result = await self._execute(  # type: ignore[no-untyped-call]  # aiosqlite leaves it bare
            job, self._conn
        )
        return cast("T", result)


@dataclass(frozen=True, slots=True)
class _Opened:
    """Both files, open and fit to each other."""

    keys: sqlite3.Connection
    ring: FileRing
    session: Session
    notices: Sequence[str]


class SqliteStorage:
    """``storage.protocols.Storage``, with group commit.

    Steps that arrive while a commit is under way wait for the next one and share it, so a commit's
    sync to the disk is paid once for all of them.
    """

    def __init__(
        self,
        files: Files,
        connection: Connection,
        opened: _Opened,
        lock: Lock | None,
    ) -> None:
        """Take what ``open_sqlite`` has opened."""
        self.notices = opened.notices
        self.engine = f"SQLite {sqlite3.sqlite_version}"
        self._files = files
        self._connection = connection
        self._opened = opened
        self._lock = lock
        self._unusable: StorageUnusable | None = None
        self._erased = asyncio.Event()
        self._sweeper = asyncio.get_running_loop().create_task(self._sweep_on())
        self._waiting: deque[tuple[Callable[[Memory], Any], asyncio.Future[Any]]] = deque()
        self._drain: asyncio.Task[None] | None = None
        self._closed = False

    async def write(
        self,
        step: Callable[[Memory], T],
        people: Iterable[Owner] = (),  # noqa: ARG002 - there is one writer
        expect: Callable[[Memory], None] = nothing,  # noqa: ARG002 - asking costs no way
    ) -> T:
        """See ``Storage.write``."""
        if self._closed:
            raise RuntimeError("the storage is closed")
        if self._unusable:
            raise self._unusable
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append((step, future))
        if self._drain is None or self._drain.done():
            self._drain = loop.create_task(self._commit_waiting())
        return await future

    def turns(self) -> Alone:
        """See ``Storage.turns``: no other process serves the same files."""
        return Alone(self)

    def load(self) -> Load:
        """See ``Storage.load``; the one connection is free while no commit is under way."""
        idle = self._drain is None or self._drain.done()
        return Load(len(self._waiting), 1, int(idle))

    async def close(self) -> None:
        """See ``Storage.close``."""
        if self._closed:
            return
        self._closed = True
        if self._drain is not None:
            await asyncio.wait([self._drain])
        self._sweeper.cancel()
        await asyncio.wait([self._sweeper])
        await self._connection.run(partial(_sweep, self._opened))
        await self._connection.run(lambda _: self._opened.keys.close())
        await self._connection.close()
        if self._lock:
            self._lock.release()

    async def _sweep_on(self) -> None:
        """After each erasure, write the file anew, so that nothing of the rows is left in it.

        Everybody waits meanwhile (measured, 8 ms for a megabyte), so erasures that come close
        together share it, and it takes a hundredth of the time at most, however many there are.
        """
        clock = asyncio.get_running_loop().time
        not_before = 0.0
        while True:
            await self._erased.wait()
            self._erased.clear()
            pause = _SWEEP_AFTER
            await asyncio.sleep(max(pause, not_before - clock()))
            began = clock()
            while not await self._connection.run(partial(_sweep, self._opened)):
                pause = min(2 * pause, _SWEEP_AGAIN)
                await asyncio.sleep(pause)
                began = clock()
            not_before = clock() + _SWEEP_SHARE * (clock() - began)

    async def _commit_waiting(self) -> None:
        while self._waiting:
            size = min(len(self._waiting), _STEPS_PER_COMMIT)
            batch = [self._waiting.popleft() for _ in range(size)]
            steps = [step for step, _ in batch]
            outcomes: Sequence[object]
            try:
                outcomes, erased = await self._connection.run(partial(self._commit, steps))
                if erased:
                    self._erased.set()
            except Exception as error:  # noqa: BLE001 - it is raised in every caller of the batch
                outcomes = [Failed(error)] * size
            for (_, future), outcome in zip(batch, outcomes, strict=True):
                if isinstance(outcome, Failed):
                    deliver(Failed(self._meant(outcome.error)), future)
                else:
                    deliver(outcome, future)

    def _meant(self, error: Exception) -> Exception:
        """Return what an error means to whoever knows no engine."""
        # The primary result code is the low byte of the extended one.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if isinstance(error, sqlite3.OperationalError) and code in _AWAY:
            meant: Exception = StorageAway(str(error))
        elif isinstance(error, sqlite3.DatabaseError) and code in _DAMAGED:
            # Nothing is written any more: it would only spoil what can still be rescued.
            meant = self._unusable = StorageUnusable(refusal(self._files.data, error))
        else:
            return error
        meant.__cause__ = error
        return meant.with_traceback(error.__traceback__)

    def _commit(
        self, steps: Sequence[Callable[[Memory], object]], raw: sqlite3.Connection
    ) -> tuple[list[object], bool]:
        """Run the steps in one transaction; return what each returned, or ``Failed``.

        And whether somebody was erased.
        """
        with transaction(raw):
            self._opened.ring.refresh()
            outcomes = [self._attempt(step, raw) for step in steps]
        try:
            erased = self._opened.ring.settle()
        except sqlite3.Error:
            # The steps are committed. What could not be settled is settled soon.
            _LOG.exception("a key of an erased person could not be deleted yet")
            erased = True
        return outcomes, erased

    def _attempt(self, step: Callable[[Memory], object], raw: sqlite3.Connection) -> object:
        raw.execute("SAVEPOINT step")
        try:
            outcome = step(Memory(self._opened.session))
        except Exception as error:  # noqa: BLE001 - it is raised in the caller of the step
            raw.execute("ROLLBACK TO step")
            self._opened.ring.refresh()
            outcome = Failed(error)
        raw.execute("RELEASE step")
        return outcome


async def open_sqlite(files: Files, *, now: datetime, sealing: bool, alone: bool) -> SqliteStorage:
    """Open, check and migrate the files, or raise ``StorageUnusable``.

    A file that is refused (damaged, no database, of a newer release) is left as it is.
    """
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)  # its DEBUG lines print parameters
    if sqlite3.sqlite_version_info < _LEAST_VERSION:
        raise StorageUnusable(
            f"SQLite {sqlite3.sqlite_version} is too old: 3.35 or newer is needed"
        )
    make_folder(files.data)
    lock = serving_alone(files) if alone else None
    try:
        try:
            refuse_unusable(files.data, load_migrations())
            refuse_lost(files)
            connection = Connection(partial(connect, files.data), iter_chunk_size=64)
            await connection
        except (OSError, sqlite3.Error) as error:
            raise StorageUnusable(refusal(files.data, error)) from error
        try:
            opened = await connection.run(
                partial(_prepare, files=files, now=to_seconds(now), sealing=sealing)
            )
        except BaseException:
            await connection.close()
            raise
    except BaseException:
        if lock:
            lock.release()
        raise
    return SqliteStorage(files, connection, opened, lock)


def _prepare(raw: sqlite3.Connection, *, files: Files, now: int, sealing: bool) -> _Opened:
    """Migrate the data, open the keys and bring both together."""
    sql = load_statements()
    keys = open_keys(files.keys, now)
    try:
        former = applied_number(raw)
        try:
            migrate(raw, load_migrations(), now)
        except sqlite3.Error as error:
            raise StorageUnusable(refusal(files.data, error)) from error
        _refuse_half_a_copy(raw)
        (sealed,) = sql.any_sealed(raw)
        ring, notices = open_ring(keys, sql, files, needed=bool(sealed))
        session = Session(raw, sql, Cipher(ring, sealing=sealing))
        ring.attend(session.sql)
        if former < _ALL_HAVE_KEYS:
            for (owner,) in sql.list_people(raw):
                session.cipher.add_person(owner)
        if former < _PLAIN_IS_MARKED:
            _mark_plain(session)
        if not sealing:
            off = "encryption is OFF: new names and texts are stored as they are"
            notices = [*notices, off]
        opened = _Opened(keys, ring, session, notices)
        _sweep(opened, raw)
    except BaseException:
        keys.close()
        raise
    return opened


def _refuse_half_a_copy(raw: sqlite3.Connection) -> None:
    if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'copying'").fetchone():
        raise StorageUnusable(CUT_OFF)


def _mark_plain(session: Session) -> None:
    """Mark what the first release wrote while its encryption was off: it is believed this once."""
    raw, cipher = session.connection, session.cipher
    with transaction(raw):
        for (owner,) in list(session.sql.list_owners_of_rows()):
            for column in SEALED:
                for row, stored in column.values(raw, owner):
                    marked = cipher.mark_plain(column.place(owner, row), stored)
                    if marked is not None:
                        column.write(raw, owner, row, marked)


def serving_alone(files: Files) -> Lock:
    """Return the lock of whoever serves a database; ``StorageBusy`` where somebody does."""
    return Lock(files.data, f"another process works with {files.data}; stop it first")


def _sweep(opened: _Opened, raw: sqlite3.Connection) -> bool:
    """After an erasure, write the file anew and empty its log; False where that cannot be done yet.

    ``secure_delete`` alone leaves copies in the gaps of pages that were split.
    """
    sql = opened.session.sql
    try:
        if not opened.ring.settle():
            return True
        erased = [owner for owner, *_ in sql.list_erasures()]
        if not empty_log(raw):
            return False
        raw.execute("VACUUM")
        if not empty_log(raw):
            return False
        for owner in erased:
            sql.end_erasure(owner=owner)
        empty_log(raw)  # the notes name somebody, too
    except sqlite3.Error as error:
        _LOG.warning("the file cannot be written anew yet: %s", type(error).__name__)
        return False
    return True


def empty_log(raw: sqlite3.Connection) -> bool:
    """Copy the log into the file and cut it to nothing; False at once if others read an old part.

    The others may be a backup, which takes its time; nobody's tap waits for it.
    """
    (patience,) = raw.execute("PRAGMA busy_timeout").fetchone()
    raw.execute("PRAGMA busy_timeout = 0").fetchall()
    try:
        (busy, *_) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        raw.execute(f"PRAGMA busy_timeout = {int(patience)}").fetchall()
    return not busy


def make_folder(path: Path) -> None:
    """Make the folder of a file; ``StorageUnusable`` where that cannot be."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnusable(f"{path}: {error.strerror}") from error


def open_keys(path: Path, now: int) -> sqlite3.Connection:
    """Open, check and migrate the file of keys; ``StorageUnusable`` where it cannot be used."""
    migrations = load_migrations("keys")
    try:
        refuse_unusable(path, migrations)
        keys = connect(path)
        try:
            migrate(keys, migrations, now)
        except BaseException:
            keys.close()
            raise
    except (OSError, sqlite3.Error) as error:
        raise StorageUnusable(refusal(path, error)) from error
    return keys


def refuse_lost(files: Files, *, still: bool = False) -> None:
    """Refuse to make one file anew while the other is of use: the real one has gone astray."""
    data, keys = _is_there(files.data), _is_there(files.keys)
    of_people = f"wrapped_keys WHERE owner <> {NOBODY}"
    if keys and not data and _any(files.keys, of_people, still=still):
        raise StorageUnusable(
            f"{files.data} is empty, and {files.keys} holds keys of people: restore a backup of it"
            f" (to begin anew, move {files.keys} away)"
        )
    if data and not keys and _any(files.data, "people", still=still):
        raise StorageUnusable(no_keys(files))


def _any(path: Path, rows: str, *, still: bool) -> bool:
    """Tell whether a table is there and has such rows."""
    there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    try:
        with reading(path, still=still) as raw:
            if not raw.execute(there, (rows.partition(" ")[0],)).fetchone():
                return False
            return bool(raw.execute(f"SELECT 1 FROM {rows} LIMIT 1").fetchone())  # noqa: S608 - names of this file  # nosec B608
    except sqlite3.Error as error:
        raise StorageUnusable(refusal(path, error)) from error


def _is_there(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def refuse_unusable(path: Path, migrations: Sequence[Migration], *, still: bool = False) -> None:
    """Check an existing file through a connection that cannot write to it.

    Raises ``sqlite3.Error`` for a damaged one, ``StorageUnusable`` for one of a newer release.
    """
    if not _is_there(path):
        return
    with reading(path, still=still) as raw:
        refuse_damaged(raw)
        refuse_newer(needed_number(raw), migrations)


@contextmanager
def reading(path: Path, *, still: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a file without the right to write to it.

    Beside it SQLite makes a log and an index, and leaves them. Where nobody works with the file,
    ``still``, it makes none unless there is a log to be read.
    """
    uri = f"file:{quote(str(path))}?mode=ro"
    if still and not _is_there(path.with_name(path.name + "-wal")):
        uri += "&immutable=1"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as raw:
        raw.execute("PRAGMA busy_timeout = 5000").fetchall()
        try:
            yield raw
        except UnicodeDecodeError as error:  # SQLite quotes it, and Python cannot read the quote
            raise sqlite3.DatabaseError("the schema is damaged") from error


def refuse_damaged(raw: sqlite3.Connection, wholly_up_to: float = _CHECKED_WHOLLY) -> None:
    """Raise ``sqlite3.DatabaseError`` for a damaged file.

    One of more than ``wholly_up_to`` bytes is not searched for entries that are in a table and in
    none of its indexes, or the other way round.
    """
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    check = "integrity_check" if pages * size <= wholly_up_to else "quick_check"
    (verdict,) = raw.execute(f"PRAGMA {check}(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"the file is damaged: {verdict}")
    _refuse_foreign_rows(raw)


def _refuse_foreign_rows(raw: sqlite3.Connection) -> None:
    """Raise ``sqlite3.DatabaseError`` where a column holds what its type does not allow.

    A page that took another one's place may be whole in itself, with rows of another table.
    """
    for (table,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = raw.execute("SELECT name, lower(type) FROM pragma_table_info(?)", (table,))
        allowed = [
            f"typeof({_quoted(name)}) IN ('null', '{_TYPES[kind]}')"
            for name, kind in columns
            if kind in _TYPES
        ]
        if not allowed:
            continue
        foreign = f"SELECT 1 FROM {_quoted(table)} WHERE NOT ({' AND '.join(allowed)}) LIMIT 1"  # noqa: S608 - names of the file  # nosec B608
        if raw.execute(foreign).fetchone():
            raise sqlite3.DatabaseError(f"the file is damaged: rows that do not belong to {table}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def connect(path: Path) -> sqlite3.Connection:
    """Open a file, durable and strict, in autocommit."""
    _keep_to_oneself(path)
    raw = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    raw.row_factory = sqlite3.Row
    try:
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
    except BaseException:
        raw.close()
        raise
    return raw


def _keep_to_oneself(path: Path) -> None:
    """See that nobody else can read a file, whatever its folder; its log takes after it.

    One that is there is not opened for that: closing it would drop SQLite's locks.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    for ending in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError, PermissionError):  # the second: it is another user's
            path.with_name(path.name + ending).chmod(0o600)


def refusal(path: Path, error: OSError | sqlite3.Error) -> str:
    """Return one line: what is wrong with a file, and what helps against damage."""
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    reason = text.partition("\n")[0]
    damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(
        error, sqlite3.OperationalError
    )
    way_out = "; it is kept as it is, restore a backup (see docs/operations.md)" if damaged else ""
    return f"{path}: {reason}{way_out}"
