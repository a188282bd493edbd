"""SQLite as the engine: one connection, one thread, many steps to a commit."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import deque
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast
from urllib.parse import quote

import aiosqlite

from storage.cipher import Cipher
from storage.keys import KeyRing, load_master_key, opens_any
from storage.migrations import Migration, load_migrations, migrate, refuse_newer
from storage.protocols import Memory, StorageUnusable
from storage.rows.desk import Desk, to_seconds
from storage.rows.memory import MemoryRows
from storage.statements import load_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from storage.statements import Statements

T = TypeVar("T")

_STEPS_PER_COMMIT: Final = 64
_PRAGMAS: Final = (
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = FULL",  # NORMAL loses acknowledged commits in a power cut
    "foreign_keys = ON",
    "secure_delete = ON",
)
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
class _Failed:
    """What a step raised."""

    error: Exception


class SqliteStorage:
    """``storage.protocols.Storage``, with group commit.

    Steps that arrive while a commit is under way wait for the next one and share it, so a commit's
    sync to the disk is paid once for all of them.
    """

    def __init__(
        self, connection: Connection, keys: sqlite3.Connection, memory: MemoryRows
    ) -> None:
        """Take what ``open_sqlite`` has opened."""
        self._connection = connection
        self._keys = keys
        self._memory = memory
        self._waiting: deque[tuple[Callable[[Memory], Any], asyncio.Future[Any]]] = deque()
        self._drain: asyncio.Task[None] | None = None
        self._closed = False

    async def write(self, step: Callable[[Memory], T]) -> T:
        """See ``Storage.write``."""
        if self._closed:
            raise RuntimeError("the storage is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append((step, future))
        if self._drain is None or self._drain.done():
            self._drain = loop.create_task(self._commit_waiting())
        return await future

    async def close(self) -> None:
        """See ``Storage.close``."""
        if self._closed:
            return
        self._closed = True
        if self._drain is not None:
            await asyncio.wait([self._drain])
        await self._connection.run(lambda _: self._keys.close())
        await self._connection.close()

    async def _commit_waiting(self) -> None:
        while self._waiting:
            size = min(len(self._waiting), _STEPS_PER_COMMIT)
            batch = [self._waiting.popleft() for _ in range(size)]
            steps = [step for step, _ in batch]
            outcomes: Sequence[object]
            try:
                outcomes = await self._connection.run(partial(self._commit, steps))
            except Exception as error:  # noqa: BLE001 - it is raised in every caller of the batch
                outcomes = [_Failed(error)] * size
            for (_, future), outcome in zip(batch, outcomes, strict=True):
                _deliver(outcome, future)

    def _commit(
        self, steps: Sequence[Callable[[Memory], object]], raw: sqlite3.Connection
    ) -> list[object]:
        """Run the steps in one transaction; return what each returned, or ``_Failed``."""
        raw.execute("BEGIN IMMEDIATE")
        try:
            outcomes = [self._attempt(step, raw) for step in steps]
            raw.execute("COMMIT")
        except BaseException:
            # After a full disk or an I/O error SQLite has rolled back by itself.
            if raw.in_transaction:
                raw.execute("ROLLBACK")
            raise
        try:
            _settle(self._memory, raw)
        except sqlite3.Error:
            # The steps are committed. What could not be settled is settled after the next commit.
            _LOG.exception("a key of an erased person could not be deleted yet")
        return outcomes

    def _attempt(self, step: Callable[[Memory], object], raw: sqlite3.Connection) -> object:
        raw.execute("SAVEPOINT step")
        try:
            outcome = step(self._memory)
        except Exception as error:  # noqa: BLE001 - it is raised in the caller of the step
            raw.execute("ROLLBACK TO step")
            outcome = _Failed(error)
        raw.execute("RELEASE step")
        return outcome


def _deliver(outcome: object, future: asyncio.Future[Any]) -> None:
    if future.done():  # its caller was cancelled
        return
    if not isinstance(outcome, _Failed):
        future.set_result(outcome)
    elif isinstance(outcome.error, StopIteration):  # the one error that a future refuses
        future.set_exception(RuntimeError("the step raised StopIteration"))
    else:
        future.set_exception(outcome.error)


async def open_sqlite(
    path: Path, *, keys_file: Path, master_key_file: Path, now: datetime
) -> SqliteStorage:
    """Open, check and migrate the two files, or raise ``StorageUnusable``.

    A file that is refused (damaged, no database, of a newer release) is left as it is.
    """
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)  # its DEBUG lines print parameters
    migrations = load_migrations()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_unusable(path, migrations)
        connection = Connection(partial(_connect, path), iter_chunk_size=64)
        await connection
    except (OSError, sqlite3.Error) as error:
        raise StorageUnusable(f"{path}: {_reason(error)}") from error
    try:
        keys, memory = await connection.run(
            partial(
                _prepare,
                path=path,
                keys_file=keys_file,
                master_key_file=master_key_file,
                now=to_seconds(now),
            )
        )
    except BaseException:
        await connection.close()
        raise
    return SqliteStorage(connection, keys, memory)


def _prepare(
    raw: sqlite3.Connection, *, path: Path, keys_file: Path, master_key_file: Path, now: int
) -> tuple[sqlite3.Connection, MemoryRows]:
    """Migrate the data, open the keys and bring both together."""
    sql = load_statements()
    try:
        migrate(raw, load_migrations(), now)
    except sqlite3.Error as error:
        raise StorageUnusable(f"{path}: {error}") from error
    keys = _open_keys(keys_file, now)
    try:
        ring = _open_ring(raw, keys, sql, master_key_file=master_key_file, keys_file=keys_file)
        memory = MemoryRows(Desk(raw, sql, Cipher(ring)), ring)
        _settle(memory, raw)
    except BaseException:
        keys.close()
        raise
    return keys, memory


def _settle(memory: MemoryRows, raw: sqlite3.Connection) -> None:
    """Delete the keys of erased people, and what the log still holds of their rows."""
    if memory.settle():
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _open_keys(path: Path, now: int) -> sqlite3.Connection:
    migrations = load_migrations("keys")
    try:
        _refuse_unusable(path, migrations)
        keys = _connect(path)
        try:
            migrate(keys, migrations, now)
        except BaseException:
            keys.close()
            raise
    except (OSError, sqlite3.Error) as error:
        raise StorageUnusable(f"{path}: {_reason(error)}") from error
    return keys


def _open_ring(
    raw: sqlite3.Connection,
    keys: sqlite3.Connection,
    sql: Statements,
    *,
    master_key_file: Path,
    keys_file: Path,
) -> KeyRing:
    """Load the master key and see that the three files belong together."""
    wrapped = list(sql.some_wrapped_keys(keys))
    (sealed,) = sql.any_sealed(raw)
    if sealed and not wrapped:
        raise StorageUnusable(
            f"{keys_file} holds no keys, and there are texts that only they open: restore it"
        )
    master = load_master_key(master_key_file, fresh_ok=not wrapped)
    if wrapped and not opens_any(master, wrapped):
        raise StorageUnusable(f"the master key {master_key_file} does not open {keys_file}")
    return KeyRing(keys, sql, master)


def _refuse_unusable(path: Path, migrations: Sequence[Migration]) -> None:
    """Check an existing file through a connection that cannot write to it."""
    if not path.exists() or not path.stat().st_size:
        return
    uri = f"file:{quote(str(path))}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as raw:
        raw.execute("PRAGMA busy_timeout = 5000")
        (verdict,) = raw.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(f"the file is damaged: {verdict}")
        refuse_newer(raw, migrations)


def _connect(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    raw.row_factory = sqlite3.Row
    try:
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
    except BaseException:
        raw.close()
        raise
    return raw


def _reason(error: OSError | sqlite3.Error) -> str:
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return text.partition("\n")[0]
