"""PostgreSQL as the engine: plain steps in threads, a transaction and a connection for each."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import psycopg
from psycopg import errors
from psycopg_pool import ConnectionPool, PoolTimeout

from storage.errors import CUT_OFF, StorageAway, StorageUnusable
from storage.outcomes import Failed, deliver
from storage.postgres.connection import (
    Lock,
    LockingSession,
    PersonBusy,
    Transaction,
    statements,
)
from storage.postgres.keys import SchemaRing
from storage.postgres.line import Line, Record, records
from storage.postgres.setup import (
    APPLICATION,
    DATA,
    KEYS,
    above_security,
    migrate,
    one_at_a_time,
    refuse_lost,
    refuse_other_intake,
    refuse_unfit,
    serving,
    take_updates,
)
from storage.postgres.turns import ServerTurns
from storage.protocols import Intake, Load, nothing
from storage.records import Owner
from storage.rows.memory import Memory
from storage.secrets.cipher import Cipher
from storage.secrets.keys import NOBODY, Boxes, state_of
from storage.secrets.master import (
    MasterKey,
    fitting,
    load_master_key,
    make_master_key,
    read_master_key,
)
from storage.session import to_seconds

T = TypeVar("T")

_CONNECTIONS: Final = 8
"""Steps that run at the same time, at most."""
_STEPS_PER_COMMIT: Final = 16
_TRIES: Final = 3
_CONNECT_SECONDS: Final = 10.0
_FREE_SECONDS: Final = 3.0
"""Until a step is told that no connection is free; whoever wants it asks again."""
_AGAIN_SECONDS: Final = 2.0
"""How long a lost connection is tried again, at growing intervals, before all begins anew: so the
pool is there soon after the server, however long that was away."""
_NETWORK: Final = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""So a server whose computer has gone is missed within seconds."""
_SETTINGS: Final = (
    f"search_path = {DATA}, {KEYS}",
    "timezone = 'UTC'",
    "lock_timeout = '10s'",
    "idle_in_transaction_session_timeout = '60s'",
)
_MISSED_SOON: Final = (
    "tcp_keepalives_idle = 5",
    "tcp_keepalives_interval = 2",
    "tcp_keepalives_count = 3",
    f"search_path = {DATA}",
    "coach.owner = '*'",
)
"""So the server misses a process whose computer has gone, and lets its turns go."""
_CONFLICTS: Final = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
)
_OLD_PLAN: Final = "cached plan must not change result type"
"""What a connection says whose statements were planned before a newer release's migration."""
_PASSING: Final = (
    "starting up",
    "shutting down",
    "recovery",
    "too many",
    "connection slots",
    "administrator command",
)
"""Parts of what a server says that does not take a connection just now."""
_BAD_ADDRESS: Final = "connection is bad: invalid "
"""What is said of a port, or of another part of the address, that there cannot be."""
_DAMAGED: Final = (
    errors.DataCorrupted,
    errors.IndexCorrupted,
    errors.UndefinedTable,
    errors.UndefinedColumn,
)
"""The last two: somebody has dropped them, or a newer release has."""
_AGAIN: Final = object()
"""Outcome of a step that was undone and is to run by itself."""


class _Step(NamedTuple):
    begin: Callable[[LockingSession, SchemaRing], Callable[[], Any]]
    """Asks for what it is going to need; returns what is to be run once all others have asked."""
    answer: asyncio.Future[Any]
    people: tuple[int, ...] = ()
    """With whom it works, and with nobody else; none where that is not known."""
    lock: tuple[int, int] | None = None
    alone: bool = False
    """It shares its transaction with no other."""

    def fits(self, other: _Step) -> bool:
        """Tell whether they may share one; the keys of people must not change unseen."""
        return not self.alone and not other.alone and bool(self.people) == bool(other.people)


class _Begun(NamedTuple):
    """A step that has asked for what it needs."""

    run: Callable[[], Any]
    locks: Sequence[Lock]


class PostgresStorage:
    """``storage.protocols.Storage``. Any number of processes may serve the same database.

    Steps that come together, or wait for a connection, share a transaction on the next one that is
    free: none of them waits for a person's lock, and whatever one stumbles over, all that were not
    committed run again by themselves.
    """

    def __init__(  # noqa: PLR0913 - what the opening has found, each by its name
        self,
        pool: ConnectionPool[Line],
        ring: Callable[[Any], SchemaRing],
        *,
        sealing: bool,
        notices: Sequence[str],
        engine: str,
        turns: Callable[[], ServerTurns],
    ) -> None:
        """Take what ``open_postgres`` has opened; ``ring`` makes one for a connection."""
        self.notices = notices
        self.engine = engine
        self.turns = turns
        self._pool = pool
        self._ring = ring
        self._sealing = sealing
        self._threads = ThreadPoolExecutor(_CONNECTIONS, thread_name_prefix="postgres")
        self._waiting: deque[_Step] = deque()
        self._running = 0
        """Threads that have steps."""
        self._rests = asyncio.Event()
        """Set while none has."""
        self._rests.set()
        self._accepted = 0
        """Steps that run or wait."""
        self._closed = False

    async def write(
        self,
        step: Callable[[Memory], T],
        people: Iterable[Owner] = (),
        expect: Callable[[Memory], None] = nothing,
    ) -> T:
        """See ``Storage.write``."""

        def begin(session: LockingSession, _ring: SchemaRing) -> Callable[[], T]:
            memory = Memory(session)
            expect(memory)
            return partial(step, memory)

        return await self._accept(begin, people)

    async def with_keys(
        self,
        step: Callable[[LockingSession, SchemaRing], T],
        people: Iterable[Owner] = (),
        *,
        lock: tuple[int, int] | None = None,
    ) -> T:
        """Run a step that knows the keys as well; ``lock`` is taken before it begins."""
        return await self._accept(lambda *known: partial(step, *known), people, lock)

    async def _accept(
        self,
        begin: Callable[[LockingSession, SchemaRing], Callable[[], T]],
        people: Iterable[Owner],
        lock: tuple[int, int] | None = None,
    ) -> T:
        if self._closed:
            raise RuntimeError("the storage is closed")
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._accepted += 1
        self._waiting.append(_Step(begin, answer, tuple(people), lock, alone=lock is not None))
        if len(self._waiting) == 1:  # those that come in the same moment share a transaction
            asyncio.get_running_loop().call_soon(self._start)
        return await answer  # whoever gives this up does not stop the step

    def load(self) -> Load:
        """See ``Storage.load``."""
        pool = self._pool.get_stats()
        return Load(self._accepted, pool["pool_size"], pool["pool_available"])

    async def close(self) -> None:
        """See ``Storage.close``."""
        if self._closed:
            return
        self._closed = True
        self._start()  # what came this moment
        await self._rests.wait()
        await asyncio.to_thread(self._pool.close)
        self._threads.shutdown()

    def _start(self) -> None:
        """Give steps to the threads that have none; those that had to wait share one."""
        while self._waiting and self._running < _CONNECTIONS:
            steps = [self._waiting.popleft()]
            while self._waiting and len(steps) < _STEPS_PER_COMMIT:
                if not steps[0].fits(self._waiting[0]):
                    break
                steps.append(self._waiting.popleft())
            self._running += 1
            self._rests.clear()
            # Without a future of asyncio's around that of the threads: four callbacks less.
            self._threads.submit(self._run, steps, asyncio.get_running_loop())
        if not self._running:
            self._rests.set()

    def _came_out(self, steps: Sequence[_Step], outcomes: Sequence[object]) -> None:
        self._running -= 1
        for step, outcome in zip(steps, outcomes, strict=True):
            if outcome is _AGAIN:
                self._waiting.append(step._replace(alone=True))
            else:
                self._accepted -= 1
                deliver(outcome, step.answer)
        self._start()

    def _run(self, steps: Sequence[_Step], loop: asyncio.AbstractEventLoop) -> None:
        """Find out what each step returned, ``Failed``, or that it is to run by itself."""
        try:
            outcomes = self._tried(steps)
        except Exception as error:  # noqa: BLE001 - it is raised in the callers
            outcomes = [Failed(error)] * len(steps)
        loop.call_soon_threadsafe(self._came_out, steps, outcomes)

    def _tried(self, steps: Sequence[_Step]) -> Sequence[object]:
        """Run steps, again where nothing of them was done."""
        for left in reversed(range(_TRIES)):
            try:
                return self._attempt(steps)
            except psycopg.Error as error:
                if isinstance(error, _DAMAGED):
                    raise StorageUnusable(told("the database is damaged", error)) from error
                if len(steps) > 1:
                    return [_AGAIN] * len(steps)
                if not _may_go_well(error):
                    raise
                if not left:
                    raise StorageAway(type(error).__name__) from error
                time.sleep(0.05)
            except PoolTimeout as error:
                raise StorageAway("no connection is free") from error
        raise AssertionError("the last try returns or raises")

    def _attempt(self, steps: Sequence[_Step]) -> Sequence[object]:
        raw = self._pool.getconn(_FREE_SECONDS)
        transaction = Transaction(raw, shared=len(steps) > 1)
        try:
            if people := [owner for step in steps for owner in step.people]:
                transaction.expect(people)
            begun = self._begun(transaction, steps)
            outcomes = [
                self._outcome(transaction, *each) for each in zip(steps, begun, strict=True)
            ]
            transaction.commit()
        except (psycopg.OperationalError, errors.FeatureNotSupported) as error:
            if isinstance(error, _CONFLICTS):
                raw.rollback()
                raise
            raw.close()
            self._pool.check()  # the others may have been lost with it
            if transaction.ending and not error.sqlstate:
                # No word of the server's: whoever asks again finds out whether it was committed.
                raise StorageAway("the connection broke at the commit") from error
            raise
        except BaseException:
            raw.rollback()
            raise
        else:
            return outcomes
        finally:
            self._pool.putconn(raw)

    def _begun(self, transaction: Transaction, steps: Sequence[_Step]) -> list[_Begun | None]:
        """Let steps ask for what they need; not those for whose people another one works before."""
        seen: set[int] = set()
        found: list[_Begun | None] = []
        for step in steps:
            apart = seen.isdisjoint(step.people) and not step.lock
            seen.update(step.people)
            found.append(self._ahead(transaction, step) if apart else None)
        return found

    def _ahead(self, transaction: Transaction, step: _Step) -> _Begun | None:
        try:
            run = self._begin(transaction, step)
        except psycopg.Error:
            raise
        except Exception:  # noqa: BLE001 - it comes again when the step runs
            transaction.locks()
            return None
        transaction.ahead(step.people)
        return _Begun(run, transaction.locks())

    def _begin(self, transaction: Transaction, step: _Step) -> Callable[[], Any]:
        ring = self._ring(transaction)
        session = LockingSession(transaction, Cipher(ring, sealing=self._sealing), ring.found)
        ring.attend(session)
        return step.begin(session, ring)

    def _outcome(self, transaction: Transaction, step: _Step, begun: _Begun | None) -> object:
        """Run one step of a transaction; what it raises undoes it alone."""
        if begun and not transaction.taken(begun.locks):
            return _AGAIN
        transaction.next_step(step.people)
        try:
            if step.lock:
                transaction.say("SELECT pg_advisory_xact_lock({}, {})".format(*step.lock))
            outcome = (begun.run if begun else self._begin(transaction, step))()
            transaction.end_step()
        except psycopg.Error:
            raise
        except PersonBusy:
            transaction.undo()
            return _AGAIN
        except Exception as error:  # noqa: BLE001 - it is raised in its caller
            transaction.undo()
            return Failed(error)
        else:
            return outcome


async def open_postgres(
    url: str,
    master_key_file: Path,
    *,
    now: datetime,
    sealing: bool,
    intake: Intake | None = None,
) -> PostgresStorage:
    """Check, migrate and open a database; a connection that is cut meanwhile is made anew.

    Raises ``StorageUnusable``, ``StorageAway``, ``StorageBusy``.
    """
    opening = partial(_open, url, master_key_file, to_seconds(now), sealing=sealing, intake=intake)
    for _ in range(_TRIES - 1):
        with suppress(_Cut):
            return await asyncio.to_thread(opening)
    return await asyncio.to_thread(opening)


class _Cut(StorageAway):
    """The server answered, and then the connection broke: each step of an opening may run again."""


def _open(
    url: str, master_key_file: Path, now: int, *, sealing: bool, intake: Intake | None
) -> PostgresStorage:
    notices: list[str] = []
    pool: ConnectionPool[Line] | None = None
    away: type[StorageAway] = StorageAway
    try:
        with _connected(url) as raw:
            away = _Cut
            refuse_unfit(raw)
            serving(raw)
            if intake:
                take_updates(raw, intake)
                refuse_other_intake(raw, intake)
            with one_at_a_time(raw):
                refuse_lost(raw)
                migrate(raw, now)
                if raw.execute("SELECT to_regclass('copying') IS NOT NULL").fetchone() == (True,):
                    raise StorageUnusable(CUT_OFF)
                master = _master(raw, master_key_file, notices)
            step_down = above_security(raw)
            engine = "PostgreSQL {}.{}".format(*divmod(raw.info.server_version, 10_000))
            pool = _pool(url, step_down=step_down, intake=intake)
            pool.wait(_CONNECT_SECONDS)
    except (psycopg.Error, PoolTimeout) as error:
        if pool is not None:
            pool.close()
        if _is_away(error):
            raise away(told("it cannot be opened", error)) from error
        raise StorageUnusable(told("the database cannot be used", error)) from error
    if not sealing:
        notices.append("encryption is OFF: new names and texts are stored as they are")
    boxes = Boxes()
    find_master = partial(load_master_key, master_key_file)

    def ring(transaction: Transaction) -> SchemaRing:
        return SchemaRing(_Keys(transaction), statements(), master, find_master, boxes)

    def turns() -> ServerTurns:
        return ServerTurns(partial(_connect_for_turns, url, step_down=step_down))

    return PostgresStorage(pool, ring, sealing=sealing, notices=notices, engine=engine, turns=turns)


def _connected(url: str) -> psycopg.Connection[Record]:
    """Return a connection for the opening alone."""
    seconds = int(_CONNECT_SECONDS)
    return psycopg.connect(url, autocommit=True, row_factory=records, connect_timeout=seconds)


def _pool(url: str, *, step_down: bool, intake: Intake | None = None) -> ConnectionPool[Line]:
    return ConnectionPool(
        url,
        connection_class=Line,
        kwargs={"autocommit": True, "prepare_threshold": None, **_NETWORK},
        configure=partial(_configure, step_down=step_down, intake=intake),
        min_size=1,
        max_size=_CONNECTIONS,
        reconnect_timeout=_AGAIN_SECONDS,
        reconnect_failed=ConnectionPool.check,
        open=True,
        name="coach",
    )


class _Keys:
    """The connection as the ring sees it: the keys know no scope, but the rows it looks at do."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def execute(self, statement: str, parameters: Any = ()) -> Any:  # noqa: ANN401 - as in psycopg
        return self._transaction.say(statement, parameters)


def _connect_for_turns(url: str, *, step_down: bool) -> Line:
    raw = Line.connect(url, autocommit=True, **_NETWORK)  # type: ignore[arg-type]  # libpq's own
    for setting in _MISSED_SOON:
        raw.execute(f"SET {setting}".encode())
    if step_down:
        raw.execute(f"SET ROLE {APPLICATION}".encode())
    return raw


def _configure(raw: Line, *, step_down: bool, intake: Intake | None) -> None:
    serving(raw)
    if intake:
        take_updates(raw, intake)
    for setting in _SETTINGS:
        raw.execute(f"SET {setting}".encode())
    if step_down:
        raw.execute(f"SET ROLE {APPLICATION}".encode())


def _master(raw: psycopg.Connection[Record], file: Path, notices: list[str]) -> MasterKey:
    """Return the master key that all keys are wrapped by; the first starter may make it."""
    sql = statements()
    state = state_of(sql.get_state(raw))
    wrapped = [tuple(row) for row in sql.some_wrapped_keys(raw)]
    if wrapped:
        master = load_master_key(file, fitting(state.master, wrapped))
    else:
        if not file.exists():
            make_master_key(file)
            notices.append(
                f"A NEW MASTER KEY was made: {file}. Back it up now, apart from the data, and give"
                " every replica the same: without it nobody can read what people store, ever"
            )
        master = read_master_key(file)
    ring = SchemaRing(raw, sql, master, partial(load_master_key, file))
    if state.master != master.mark:
        ring.adopt(master)
    with raw.transaction():
        # From here on there is a key, so nobody begins with another master key.
        ring.hashing(NOBODY, make=True)
    return master


def _may_go_well(error: psycopg.Error) -> bool:
    """Tell whether nothing was done, and the same may go well: a conflict, a lost connection."""
    return isinstance(error, psycopg.OperationalError) or _OLD_PLAN in str(error)


def _is_away(error: psycopg.Error) -> bool:
    """Tell whether a server that does not answer now may later; others say ``FATAL`` and why."""
    if not isinstance(error, psycopg.OperationalError):
        return False
    text = str(error)
    if "FATAL" in text:
        return any(why in text for why in _PASSING)
    return _BAD_ADDRESS not in text


def told(what: str, error: Exception) -> str:
    """Return one line; the address of the server is not repeated, for it may hold a password."""
    return f"{what}: {str(error).strip().partition(chr(10))[0] or type(error).__name__}"
