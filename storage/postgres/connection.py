"""A connection as the rows know one: statements by name, rows by name, one person at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from aiosql.adapters.pyformat import PyFormatAdapter

from storage.postgres.line import Line, Reply, array
from storage.records import Owner
from storage.secrets.cipher import Cipher
from storage.session import OwnedSession, Session
from storage.statements import Row, Statements, load_statements

EVERYBODY: Final = "*"
"""The scope in which no row is hidden."""


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
    ) -> Any:  # noqa: ANN401 - a number of rows, once ``int`` asks for it
        return conn.execute(sql, parameters)


def statements() -> Statements:
    """Return the statements, as psycopg takes them."""
    return load_statements(_Adapter)


_AT_ONCE: Final = 200
"""Statements that wait, at most: neither side has to hold more of them."""
# A list is gone through in its order, so no two wait for each other.
_WAITING: Final = (
    "SELECT owner, pg_advisory_xact_lock(owner)"
    " FROM unnest(CAST(%(people)s AS bigint[])) AS person (owner)"
)
_TRYING: Final = (
    "SELECT owner FROM unnest(CAST(%(people)s AS bigint[])) AS person (owner)"
    " WHERE pg_try_advisory_xact_lock(owner)"
)
_KEYS: Final = (
    "SELECT owner, number, wrapped FROM wrapped_keys"
    " WHERE owner = ANY(CAST(%(people)s AS bigint[]))"
)
_SCOPE: Final = "SELECT set_config('coach.owner', %(scope)s, true)"
_BEGIN: Final = "BEGIN"
_SAVEPOINT: Final = "SAVEPOINT step"


class PersonBusy(Exception):  # noqa: N818 - no error: a step is to run by itself
    """Another transaction works with the person, and this one waits for nobody."""


Keys = Callable[[], Mapping[int, bytes]]
"""Returns a person's wrapped keys by number."""


class People:
    """Some people's locks and keys, which are asked for together.

    Python's ``cached_property`` would not do: until 3.12 it lets one thread at a time into the
    property of a class, and these wait for the server.
    """

    def __init__(self, lock: Reply, keys: Reply) -> None:
        self._lock = lock
        self._keys = keys
        self._taken: frozenset[int] | None = None
        self._wrapped: dict[int, dict[int, bytes]] | None = None

    def taken(self, owner: int) -> bool:
        """Tell whether a person's lock was taken."""
        if self._taken is None:
            self._taken = frozenset(row[0] for row in self._lock.fetchall())
        return owner in self._taken

    def keys_of(self, owner: int) -> Mapping[int, bytes]:
        """Return a person's wrapped keys by number."""
        if self._wrapped is None:
            found: dict[int, dict[int, bytes]] = {}
            for each, number, wrapped in self._keys.fetchall():
                found.setdefault(each, {})[number] = wrapped
            self._wrapped = found
        return self._wrapped.get(owner, {})


Lock = tuple[int, People]
"""A person, and those among whom their lock was asked for."""


class Transaction:
    """What is known of the transaction that is open on a connection.

    What is said waits until an answer is asked for, and goes to the server with all that was said
    before. A message wakes a process on either side, which costs more than most statements do.

    In a ``shared`` one what the steps begin with is asked for together, before the first of them
    runs. What a step raises undoes it alone: what it has said and nobody has heard is left out, and
    a savepoint stands before what has gone to the server.
    """

    def __init__(self, line: Line, *, shared: bool = False) -> None:
        """Take a connection in autocommit: the first thing said to it begins the transaction.

        In a ``shared`` one no step waits for a person's lock.
        """
        self.line = line
        self.ending = False
        """Whether the commit is on its way."""
        self._shared = shared
        self._begun = False
        self._said: list[Reply] = []
        self._since: int | None = None
        """Where among these the step begins that runs and has no savepoint yet."""
        self._saved = False
        self._expected: dict[int, People] = {}
        """Those with whom no step has worked yet."""
        self._ahead: set[int] = set()
        """Those of whom something was asked for a step that has not run yet."""
        self._locks: list[Lock] = []
        """Those that may turn out not to have been taken."""
        self._scope = self._scope_before = ""

    def say(self, sql: str, values: Any = ()) -> Reply:  # noqa: ANN401 - as in psycopg
        """Say a statement; its answer is there once it is asked for."""
        if len(self._said) >= _AT_ONCE:
            self.hear()
        self._open()
        reply = Reply(self.hear, sql, values)
        self._said.append(reply)
        return reply

    def _open(self) -> None:
        if not self._begun:
            self._said.append(Reply(self.hear, _BEGIN))
            self._begun = True

    def hear(self) -> None:
        """Get the answers to all that was said. Raises ``PersonBusy``."""
        if self._since is not None and self._since < len(self._said):
            self._said.insert(self._since, Reply(self.hear, _SAVEPOINT))
            self._saved, self._since = True, None
        elif self._since is not None:
            self._since = 0
        said, self._said = self._said, []
        self.line.exchange(said)
        if not self.taken(self.locks()):
            raise PersonBusy

    def commit(self) -> None:
        """End it, if it has begun, in one message with what was not heard yet."""
        if not self._begun:
            return
        self._since = None
        self.say("COMMIT")
        self.ending = True
        self.hear()

    def expect(self, people: Iterable[int]) -> None:
        """Ask for the locks and the keys of all with whom the steps are going to work."""
        wanted = {"people": array(sorted(set(people)))}
        lock = self.say(_TRYING if self._shared else _WAITING, wanted)
        found = People(lock, self.say(_KEYS, wanted))
        self._expected |= dict.fromkeys(people, found)

    def locks(self) -> Sequence[Lock]:
        """Return the locks that were asked for since this was called last."""
        found, self._locks = self._locks, []
        return found

    def taken(self, locks: Iterable[Lock]) -> bool:
        """Tell whether all of them were taken."""
        return all(people.taken(owner) for owner, people in locks)

    def ahead(self, people: Iterable[int]) -> None:
        """Let no other step change what was asked of these people for one that runs later."""
        self._ahead.update(people)

    def next_step(self, people: Iterable[int]) -> None:
        """Run a step from here on; these are its own people."""
        self._ahead.difference_update(people)
        if self._shared:
            self._open()
            self._since, self._saved = len(self._said), False
            self._scope_before = self._scope

    def end_step(self) -> None:
        """Make sure that what a step said it said of people who are its own."""
        if self._locks:
            self.hear()
        self._since = None

    def undo(self) -> None:
        """Undo this step; the others of a shared transaction stay."""
        self._locks.clear()
        del self._said[self._since or 0 :]
        self._since, self._scope = None, self._scope_before
        if not self._shared:
            self.line.rollback()
            self._begun = False
        elif self._saved:
            self.say("ROLLBACK TO SAVEPOINT step")

    def enter(self, scope: str) -> None:
        """Hide the rows of everybody else, for whatever runs next."""
        if scope != self._scope:
            self.say(_SCOPE, {"scope": scope})
            self._scope = scope

    def hold(self, owner: int) -> Keys:
        """Wait until nobody else works with this person; they wait until the end of this.

        Their keys come with the lock; each statement sees what was committed before it ran.
        ``PersonBusy`` comes instead of waiting where others share the transaction. What was
        expected of them serves one step: another one may have changed their keys.
        """
        if owner in self._ahead:
            raise PersonBusy
        if owner not in self._expected:
            self.expect([owner])
        people = self._expected.pop(owner)
        if self._shared:
            self._locks.append((owner, people))
        return partial(people.keys_of, owner)


class Scoped:
    """A connection whose statements see the rows of one person, or of everybody."""

    def __init__(self, transaction: Transaction, scope: str = EVERYBODY) -> None:
        """Narrow a transaction down."""
        self.transaction = transaction
        self._scope = scope

    def execute(self, sql: str, parameters: Any = ()) -> Reply:  # noqa: ANN401 - as in psycopg
        """Say one statement."""
        self.transaction.enter(self._scope)
        return self.transaction.say(sql, parameters)


class ScopedSession(Session):
    """A session on a server."""

    def expect(self, name: str, **values: int) -> Callable[[], Row | None]:
        """See ``Session.expect``."""
        return self._said(name, values).fetchone

    def expect_all(self, name: str, **values: int | str) -> Callable[[], Iterable[Row]]:
        """See ``Session.expect_all``."""
        return self._said(name, values).fetchall

    def _said(self, name: str, values: Mapping[str, int | str]) -> Reply:
        said: Reply = self.connection.execute(getattr(self.statements, name).sql, values)
        return said


class LockingSession(ScopedSession):
    """A session in which a person's rows are read only once nobody else works with them."""

    def __init__(
        self, transaction: Transaction, cipher: Cipher, found_keys: Callable[[int, Keys], None]
    ) -> None:
        """Work within one transaction.

        ``found_keys`` is told where a person's wrapped keys will be, which come with their lock.
        """
        super().__init__(Scoped(transaction), statements(), cipher)
        self._transaction = transaction
        self._found_keys = found_keys
        self._held: set[int] = set()

    def of(self, owner: Owner) -> OwnedSession:
        """Return the same for one person: the lock first, then everything else is hidden."""
        if owner not in self._held:
            self._found_keys(owner, self._transaction.hold(owner))
            self._held.add(owner)
        scoped = Scoped(self._transaction, str(int(owner)))
        return OwnedSession(ScopedSession(scoped, self.statements, self.cipher), owner)
