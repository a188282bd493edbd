"""A connection on which many statements go to the server in one message.

Psycopg's own pipeline sends each by itself, and its cursors take three times the CPU of what the
library below does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import generators, pq
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result

if TYPE_CHECKING:
    from psycopg.abc import PQGen
    from psycopg.pq.abc import PGresult

_PLACE: Final = re.compile(r"%(?:\((\w+)\))?s")
_BIGINT: Final = 20
_BYTEA: Final = 17
_PREPARED: Final = 400
"""Statements that stay prepared, about. There are some 300 texts, each counts once for every way
of its values' types, and people use a few dozen."""
_ANY: Final = 0
"""The server takes what fits."""


def array(numbers: Iterable[int]) -> str:
    """Return numbers as the server reads an array of them."""
    return f"{{{','.join(map(str, map(int, numbers)))}}}"


class Record(tuple[Any, ...]):
    """A row: its columns by name or one after the other."""

    __slots__ = ()
    places: Mapping[str, int] = {}

    def keys(self) -> Collection[str]:
        """Return the names of the columns, in their order."""
        return self.places.keys()

    def __getitem__(self, column: Any) -> Any:  # noqa: ANN401 - the columns are the statement's
        """Return a column by name or place."""
        return tuple.__getitem__(self, self.places[column] if isinstance(column, str) else column)


@lru_cache(maxsize=512)
def _record(names: tuple[bytes | None, ...]) -> type[Record]:
    places = {name.decode(): place for place, name in enumerate(names) if name}
    return type("Record", (Record,), {"places": places, "__slots__": ()})


def records(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], Record]:
    """Make the rows of a cursor (psycopg's ``row_factory``)."""
    return _record_of(cursor.pgresult) if cursor.pgresult else Record


def _record_of(result: PGresult) -> type[Record]:
    """Read the names off a result; psycopg's description makes an object for each column."""
    return _record(tuple(map(result.fname, range(result.nfields))))


class _Way:
    """A statement with values of these types, as the server is told of them."""

    __slots__ = ("dumps", "formats", "oids", "sql")

    def __init__(self, sql: bytes, types: tuple[type, ...]) -> None:
        kinds = [_KINDS[each] for each in types]
        self.sql = sql
        self.oids = [oid for oid, _ in kinds]
        self.formats = [pq.Format.BINARY if oid == _BYTEA else pq.Format.TEXT for oid in self.oids]
        self.dumps = [dump for _, dump in kinds]


class _Prepared:
    """A way that a connection knows by a name, and what its rows are made into."""

    __slots__ = ("name", "record")

    def __init__(self, name: bytes) -> None:
        self.name = name
        self.record: type[Record] | None = None


class Reply:
    """A statement, and what comes of it; asking for that has it sent, if it was not yet."""

    __slots__ = ("_hear", "_line", "data", "result", "way")

    def __init__(self, hear: Callable[[], None], sql: str, values: Any = ()) -> None:  # noqa: ANN401 - as in psycopg
        """Take a statement with psycopg's placeholders; ``hear`` gets all answers there are."""
        text, names = _numbered(sql)
        if isinstance(values, dict):
            values = [values[each] for each in names]
        self.way = _way(text, tuple(map(type, values)))
        self.data = [dump(each) for dump, each in zip(self.way.dumps, values, strict=True)]
        self.result: PGresult | None = None
        self._hear = hear
        self._line: Line | None = None

    def answered(self, line: Line, result: PGresult) -> None:
        """Take the answer."""
        self._line, self.result = line, result

    def fetchall(self) -> list[Record]:
        """Return all rows."""
        result = self._heard()
        if not result.ntuples or self._line is None:
            return []
        return self._line.rows(self.way, result)

    def fetchone(self) -> Record | None:
        """Return the first row, if there is any."""
        rows = self.fetchall()
        return rows[0] if rows else None

    @property
    def returns(self) -> bool:
        """Whether it is a statement that returns rows."""
        return self._heard().nfields > 0

    def __int__(self) -> int:
        """Return how many rows it has written."""
        return self._heard().command_tuples or 0

    def __bool__(self) -> bool:
        """Refuse: whether anything was written is to be asked by ``int``."""
        raise TypeError("ask for the number of rows by int()")

    def __eq__(self, _other: object) -> bool:
        """Refuse, for the same reason."""
        return bool(self)

    __hash__ = None  # type: ignore[assignment]  # it is not to be looked up

    def _heard(self) -> PGresult:
        if self.result is None:
            self._hear()
        if self.result is None:
            raise psycopg.InterfaceError("it was said with something that failed")
        return self.result


class Line(psycopg.Connection[Any]):
    """A connection; every statement is prepared the first time it is said."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - handed on
        """Take what psycopg's has."""
        super().__init__(*arguments, **options)
        self._known: dict[_Way, _Prepared] = {}
        self._count = 0
        self._transformer = Transformer(self)

    def exchange(self, said: Sequence[Reply]) -> None:
        """Send statements in one message and hand out the answers.

        Raises the first error there is; what was said after it did not run.
        """
        if not said:
            return
        anew = (
            len(self._known) >= _PREPARED
            and self.pgconn.transaction_status == pq.TransactionStatus.IDLE
        )
        self.pgconn.enter_pipeline_mode()
        if anew:
            self._known.clear()
            self.pgconn.send_query_params(b"DEALLOCATE ALL", None)
        fresh = [self._send(each) for each in said]
        self.pgconn.pipeline_sync()
        results = iter(self.wait(_results(self.pgconn)))
        self.pgconn.exit_pipeline_mode()
        if anew and (first := next(results)).status in _FAILED:
            raise error_from_result(first, encoding="utf-8")
        for each, new in zip(said, fresh, strict=True):
            for result in (next(results), next(results)) if new else (next(results),):
                if result.status in _FAILED:
                    self._forget(filter(None, fresh))
                    raise error_from_result(result, encoding="utf-8")
            each.answered(self, result)

    def rows(self, way: _Way, result: PGresult) -> list[Record]:
        """Return the rows of a result."""
        prepared = self._known.get(way) or _Prepared(b"")  # forgotten meanwhile
        if prepared.record is None:
            prepared.record = _record_of(result)
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, prepared.record)

    def _send(self, said: Reply) -> _Way | None:
        """Send one; return its way where that was new."""
        way = said.way
        prepared = self._known.get(way)
        new = prepared is None
        if prepared is None:
            self._count += 1
            prepared = self._known[way] = _Prepared(b"coach_%d" % self._count)
            self.pgconn.send_prepare(prepared.name, way.sql, way.oids)
        self.pgconn.send_query_prepared(prepared.name, said.data, way.formats)
        return way if new else None

    def _forget(self, ways: Iterable[_Way]) -> None:
        """Prepare these again, by another name: where something failed they may not have been."""
        for each in ways:
            self._known.pop(each, None)


_FAILED: Final = frozenset({pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED})


def _results(pgconn: Any) -> PQGen[list[PGresult]]:  # noqa: ANN401 - libpq's
    """Send what is buffered; return the result of each statement."""
    yield from generators.send(pgconn)
    found: list[PGresult] = []
    while True:
        results = yield from generators.fetch_many(pgconn)
        if not results:
            raise psycopg.OperationalError("the connection is lost")
        if results[0].status == pq.ExecStatus.PIPELINE_SYNC:
            return found
        found.append(results[-1])


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a statement with the server's own placeholders, and whose they are."""
    places: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"${places.setdefault(found[1] or f'%{len(places)}', len(places) + 1)}"

    text = _PLACE.sub(number, sql)
    return text.encode(), tuple(places)


@lru_cache(maxsize=1024)
def _way(sql: bytes, types: tuple[type, ...]) -> _Way:
    return _Way(sql, types)


def _dumped_text(value: str) -> bytes:
    if "\0" in value:
        raise psycopg.DataError("a text holds a NUL")
    return value.encode()


class _Kinds(dict[type, tuple[int, Callable[[Any], bytes | None]]]):
    """How values of a type, or of one derived from it, are read by the server."""

    def __missing__(self, kind: type) -> tuple[int, Callable[[Any], bytes | None]]:
        for each in kind.__mro__[1:-1]:
            if each in self:
                return self[each]
        raise TypeError(f"{kind.__name__} is no value of a statement")


_KINDS: Final = _Kinds(
    {
        int: (_BIGINT, b"%d".__mod__),
        str: (_ANY, _dumped_text),
        bytes: (_BYTEA, bytes),
        type(None): (_ANY, lambda _: None),
    }
)
