"""A connection as the rows know one: statements by name, rows by name, one person at a time."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from aiosql.adapters.pyformat import PyFormatAdapter

from storage.session import OwnedSession, Session
from storage.statements import load_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping, Sequence

    import psycopg

    from storage.records import Owner
    from storage.secrets.cipher import Cipher
    from storage.statements import Statements

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
    "SELECT pg_advisory_xact_lock({0}), set_config('coach.owner', '{0}', true);"
    " SELECT number, wrapped FROM wrapped_keys WHERE owner = {0}"
)


def _ignore(_owner: int, _keys: Iterable[tuple[int, bytes]]) -> None:
    """Take no notice."""


class Transaction:
    """What is known of the transaction that is open on a connection."""

    def __init__(self, raw: psycopg.Connection[Record]) -> None:
        """Take a connection in autocommit: the first thing said to it begins the transaction."""
        self.raw = raw
        self.cursor = raw.cursor()
        """One for all: making one is a tenth of a statement's CPU."""
        self.found_keys: Callable[[int, Iterable[tuple[int, bytes]]], None] = _ignore
        """Is told a person's wrapped keys, which come with their lock."""
        self._begin = "BEGIN;"
        self._scope = ""
        self._held: set[int] = set()

    def begin(self) -> None:
        """Begin, if nothing has begun."""
        if self._begin:
            self._say("BEGIN")

    def enter(self, scope: str) -> None:
        """Hide the rows of everybody else, for whatever runs next."""
        if scope != self._scope:
            assert scope == EVERYBODY or scope.isdecimal()  # noqa: S101 - it is written into the statement
            self._say(f"{self._begin} SELECT set_config('coach.owner', '{scope}', true)")
            self._scope = scope

    def hold(self, owner: int) -> None:
        """Wait until nobody else works with this person; they wait until the end of this.

        What runs next is theirs as a rule, so their scope comes with the lock, and their keys. It
        is one message; each statement of it sees what was committed before it ran.
        """
        if owner in self._held:
            return
        scope = str(int(owner))
        answers = self._say(f"{self._begin} {_HOLD.format(scope)}")
        while answers.nextset():
            pass
        self.found_keys(owner, answers.fetchall())
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
