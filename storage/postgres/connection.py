"""A connection as the rows know one: statements by name, rows by name, one person at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from aiosql.adapters.pyformat import PyFormatAdapter

from storage.records import Owner
from storage.secrets.cipher import Cipher
from storage.session import OwnedSession, Session
from storage.statements import Statements, load_statements

if TYPE_CHECKING:
    import psycopg

EVERYBODY: Final = "*"
"""The scope in which no row is hidden."""


class Record(tuple[Any, ...]):
    """A row: its columns by name or one after the other."""

    __slots__ = ()
    places: Mapping[str, int] = {}

    def __getitem__(self, column: Any) -> Any:  # noqa: ANN401 - the columns are the statement's
        """Return a column by name or place."""
        return tuple.__getitem__(self, self.places[column] if isinstance(column, str) else column)


@lru_cache(maxsize=512)
def _record(names: tuple[bytes | None, ...]) -> type[Record]:
    places = {name.decode(): place for place, name in enumerate(names) if name}
    return type("Record", (Record,), {"places": places, "__slots__": ()})


def records(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], Record]:
    """Make the rows of a cursor (psycopg's ``row_factory``).

    The names are read off the result: ``description`` makes an object for each column, which was a
    fifth of a statement's CPU.
    """
    found = cursor.pgresult
    return _record(tuple(map(found.fname, range(found.nfields))) if found else ())


class _Adapter(PyFormatAdapter):
    """Runs the statements of ``storage/sql`` on psycopg."""

    def select(
        self,
        conn: Scoped,
        query_name: str,  # noqa: ARG002 - as aiosql calls it
        sql: str,
        parameters: dict[str, Any] | list[Any] | None,
        record_class: Callable[..., Any] | None = None,  # noqa: ARG002
    ) -> Generator[Any, None, None]:
        yield from conn.execute(sql, parameters).fetchall()

    def select_one(
        self,
        conn: Scoped,
        query_name: str,  # noqa: ARG002
        sql: str,
        parameters: dict[str, Any] | list[Any] | None,
        record_class: Callable[..., Any] | None = None,  # noqa: ARG002
    ) -> Any:  # noqa: ANN401 - the columns are the statement's
        return conn.execute(sql, parameters).fetchone()

    def insert_update_delete(
        self,
        conn: Scoped,
        query_name: str,  # noqa: ARG002
        sql: str,
        parameters: dict[str, Any] | list[Any] | None,
    ) -> int:
        return cast("int", conn.execute(sql, parameters).rowcount)


def statements() -> Statements:
    """Return the statements, as psycopg takes them."""
    return load_statements(_Adapter)


_HOLD: Final = (
    "SELECT {0}({1}), set_config('coach.owner', '{1}', true);"
    " SELECT number, wrapped FROM wrapped_keys WHERE owner = {1}"
)


class PersonBusy(Exception):  # noqa: N818 - no error: a step is to run by itself
    """Another transaction works with the person, and this one waits for nobody."""


def _ignore(_owner: int, _keys: Iterable[tuple[int, bytes]]) -> None:
    """Take no notice."""


class Transaction:
    """What is known of the transaction that is open on a connection."""

    def __init__(self, raw: psycopg.Connection[Record], *, shared: bool = False) -> None:
        """Take a connection in autocommit: the first thing said to it begins the transaction.

        In a ``shared`` one each step is under a savepoint, and waits for nobody.
        """
        self.raw = raw
        self.cursor = raw.cursor()
        """One for all: making one is a tenth of a statement's CPU."""
        self.found_keys: Callable[[int, Iterable[tuple[int, bytes]]], None] = _ignore
        """Is told a person's wrapped keys, which come with their lock."""
        self._shared = shared
        self._begin = "BEGIN; SAVEPOINT step;" if shared else "BEGIN;"
        """What goes before the next statement."""
        self._scope = ""
        self._held: set[int] = set()

    def next_step(self) -> None:
        """Begin a step that knows nothing of those before it."""
        if self._shared and not self._begin:
            self._begin = "RELEASE SAVEPOINT step; SAVEPOINT step;"
        self._scope = ""
        self._held.clear()

    def undo(self) -> None:
        """Undo this step; the others of a shared transaction stay."""
        if not self._shared:
            self.raw.rollback()
        elif not self._begin:
            self._say("ROLLBACK TO SAVEPOINT step")

    def begin(self) -> None:
        """Begin, if nothing has begun."""
        if self._begin:
            self._say(f"{self._begin} SELECT")

    def enter(self, scope: str) -> None:
        """Hide the rows of everybody else, for whatever runs next."""
        if scope != self._scope:
            assert scope == EVERYBODY or scope.isdecimal()  # noqa: S101 - it is written into the statement
            self._say(f"{self._begin} SELECT set_config('coach.owner', '{scope}', true)")
            self._scope = scope

    def hold(self, owner: int) -> None:
        """Wait until nobody else works with this person; they wait until the end of this.

        What runs next is theirs as a rule, so their scope comes with the lock, and their keys. It
        is one message; each statement of it sees what was committed before it ran. Raises
        ``PersonBusy`` instead of waiting, where others share the transaction.
        """
        if owner in self._held:
            return
        scope = str(int(owner))
        lock = "pg_try_advisory_xact_lock" if self._shared else "pg_advisory_xact_lock"
        answers = self._say(f"{self._begin} {_HOLD.format(lock, scope)}")
        for locked, _ in answers.set_result(-2):
            if locked is False:
                raise PersonBusy
        self.found_keys(owner, answers.set_result(-1).fetchall())
        self._scope = scope
        self._held.add(owner)

    def _say(self, statements: str) -> psycopg.Cursor[Record]:
        """Run statements without parameters, unprepared: there may be several in one message."""
        found = self.raw.execute(statements.encode(), prepare=False)
        self._begin = ""
        return found


class Scoped:
    """A connection whose statements see the rows of one person, or of everybody."""

    def __init__(self, transaction: Transaction, scope: str = EVERYBODY) -> None:
        """Narrow a transaction down."""
        self.transaction = transaction
        self._scope = scope

    def execute(self, sql: str, parameters: Any = None) -> Any:  # noqa: ANN401 - as in psycopg
        """Run one statement; what comes of it is to be read before the next one runs."""
        self.transaction.enter(self._scope)
        return self.transaction.cursor.execute(sql.encode(), parameters)


class LockingSession(Session):
    """A session in which a person's rows are read only once nobody else works with them."""

    def __init__(self, transaction: Transaction, cipher: Cipher) -> None:
        """Work within one transaction."""
        super().__init__(Scoped(transaction), statements(), cipher)
        self._transaction = transaction

    def of(self, owner: Owner) -> OwnedSession:
        """Return the same for one person: the lock first, then everything else is hidden."""
        self._transaction.hold(owner)
        narrowed = Session(Scoped(self._transaction, str(int(owner))), self.statements, self.cipher)
        return OwnedSession(narrowed, owner)
