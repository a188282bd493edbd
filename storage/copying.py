"""All that is stored from one engine into the other, row by row, as it is sealed.

The rows of a table go in the order of their key, a batch to a commit, so a copy that was cut off
goes on behind the last row that is there. No key is opened: the same master key fits both.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from graphlib import TopologicalSorter
from typing import Any, Final, NamedTuple, Protocol

from storage.errors import StorageUnusable
from storage.migrations import load_migrations
from storage.secrets.keys import NOBODY
from storage.sqlite.engine import (
    connect,
    make_folder,
    refusal,
    refuse_lost,
    refuse_unusable,
    serving_alone,
)
from storage.sqlite.files import Files
from storage.sqlite.migrating import applied_number, migrate

COPYING: Final = "copying"
"""Table that stands in a target until the copy is whole; nobody serves it meanwhile."""
_ROWS_PER_COMMIT: Final = 200


class Table(NamedTuple):
    """What a table is made of."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


class Database(Protocol):
    """One database, or one schema of it; ``?`` marks a parameter."""

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; return the rows it found."""

    def committing(self) -> AbstractContextManager[Any]:
        """Commit what runs inside, or nothing of it."""

    def has(self, table: str) -> bool:
        """Tell whether there is such a table."""


class Side(NamedTuple):
    """A storage, as it is copied."""

    data: Database
    keys: Database


class Copied(NamedTuple):
    """What a copy has done."""

    rows: int
    """In all tables, those of a copy that was cut off before included."""
    people: int
    resumed: bool


def copy(source: Side, target: Side, progress: Callable[[], object] = lambda: None) -> Copied:
    """Copy everything, compare what is there then, and give the target free.

    Raises ``StorageUnusable`` where the target holds anything else, and where the two differ in
    the end. ``progress`` is called after each commit.
    """
    resumed = target.data.has(COPYING)
    if not resumed:
        if any(target.data.run(f"SELECT 1 FROM {table.name} LIMIT 1") for table in _tables(".")):  # noqa: S608 - names of the schema  # nosec B608
            raise StorageUnusable("the database to copy to is not empty")
        if target.keys.run(f"SELECT 1 FROM wrapped_keys WHERE owner <> {NOBODY} LIMIT 1"):  # noqa: S608 - a number  # nosec B608
            raise StorageUnusable("where it is to be copied to there are keys of other people")
        with target.data.committing():
            target.data.run(f"CREATE TABLE {COPYING} (begun smallint)")
        # A storage that was opened once has made keys of nobody's.
        with target.keys.committing():
            for name in ("wrapped_keys", "erased"):
                target.keys.run(f"DELETE FROM {name}")  # noqa: S608 - names of the schema  # nosec B608
    rows = 0
    for folder, from_rows, to_rows in (
        ("keys", source.keys, target.keys),
        (".", source.data, target.data),
    ):
        for table in _tables(folder):
            _copy_table(table, from_rows, to_rows, progress)
            rows += _compare(table, from_rows, to_rows)
    _copy_state(source.keys, target.keys)
    with target.data.committing():
        target.data.run(f"DROP TABLE {COPYING}")
    ((people,),) = target.data.run("SELECT count(*) FROM people")
    return Copied(rows, people, resumed)


def _copy_table(
    table: Table, source: Database, target: Database, progress: Callable[[], object]
) -> None:
    names = ", ".join(table.columns)
    insert = (
        f"INSERT INTO {table.name} ({names}) VALUES ({_marks(table.columns)})"  # noqa: S608 - names of the schema  # nosec B608
        " ON CONFLICT DO NOTHING"
    )
    for batch in _batches(table, source, _last(table, target)):
        with target.committing():
            for row in batch:
                target.run(insert, row)
        progress()


def _batches(
    table: Table, rows: Database, after: Sequence[Any] | None
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows behind a key, in its order."""
    names, key = ", ".join(table.columns), ", ".join(table.key)
    places = [table.columns.index(name) for name in table.key]
    while True:
        where = f"WHERE ({key}) > ({_marks(table.key)})" if after is not None else ""
        query = f"SELECT {names} FROM {table.name} {where} ORDER BY {key} LIMIT {_ROWS_PER_COMMIT}"  # noqa: S608 - names of the schema  # nosec B608
        batch = rows.run(query, after or ())
        if not batch:
            return
        yield batch
        after = [batch[-1][place] for place in places]


def _last(table: Table, rows: Database) -> Sequence[Any] | None:
    """Return the last key there is, None in an empty table."""
    order = ", ".join(f"{name} DESC" for name in table.key)
    found = rows.run(f"SELECT {', '.join(table.key)} FROM {table.name} ORDER BY {order} LIMIT 1")  # noqa: S608 - names of the schema  # nosec B608
    return found[0] if found else None


def _compare(table: Table, source: Database, target: Database) -> int:
    """Return how many rows there are; ``StorageUnusable`` where the two sides differ."""
    ours, theirs = _summed(table, source), _summed(table, target)
    if ours != theirs:
        raise StorageUnusable(
            f"the copies of {table.name} differ: {ours[0]} rows became {theirs[0]}; is somebody"
            " serving one of the two?"
        )
    return ours[0]


def _summed(table: Table, rows: Database) -> tuple[int, str]:
    """Return the number of rows and their checksum."""
    count, checksum = 0, hashlib.sha256()
    for batch in _batches(table, rows, None):
        count += len(batch)
        for row in batch:
            checksum.update(repr(tuple(row)).encode())
    return count, checksum.hexdigest()


def _copy_state(source: Database, target: Database) -> None:
    (state,) = source.run("SELECT master, generation, rotating FROM state")
    with target.committing():
        target.run("UPDATE state SET master = ?, generation = ?, rotating = ?", state)


def _marks(columns: Iterable[str]) -> str:
    return ", ".join("?" for _ in columns)


def _tables(folder: str) -> list[Table]:
    """Return the tables of a folder of migrations, each behind those it refers to."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        migrate(raw, load_migrations(folder), 0)
        found: dict[str, Table] = {}
        needs: dict[str, set[str]] = {}
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            info = raw.execute(f"PRAGMA table_info({name})").fetchall()
            key = sorted((place, column) for _, column, *_, place in info if place)
            if name == "migrations" or not key:  # the second: a table of one row
                continue
            found[name] = Table(
                name, tuple(column for _, column, *_ in info), tuple(column for _, column in key)
            )
            links = raw.execute(f"PRAGMA foreign_key_list({name})").fetchall()
            needs[name] = {other for _, _, other, *_ in links}
    return [found[name] for name in TopologicalSorter(needs).static_order()]


# The two engines


class SqliteRows:
    """A file of SQLite's."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        """Take it open, in autocommit."""
        self._raw = raw

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """See ``Database.run``."""
        return [tuple(row) for row in self._raw.execute(statement, parameters)]

    @contextmanager
    def committing(self) -> Iterator[None]:
        """See ``Database.committing``."""
        self._raw.execute("BEGIN IMMEDIATE")
        with self._raw:
            yield

    def has(self, table: str) -> bool:
        """See ``Database.has``."""
        return bool(self.run("SELECT 1 FROM sqlite_master WHERE name = ?", [table]))


@contextmanager
def sqlite_side(files: Files, now: int, *, new: bool) -> Iterator[Side]:
    """Open the files while nobody serves them; ``new`` ones are made and migrated as needed.

    ``now`` is in epoch seconds. Raises ``StorageUnusable``, ``StorageBusy``.
    """
    try:
        with ExitStack() as stack:
            if new:
                make_folder(files.data)
            elif not files.data.exists():
                raise StorageUnusable(f"there is no {files.data}")
            stack.enter_context(serving_alone(files))
            refuse_lost(files)
            sides = []
            for path, folder in ((files.data, "."), (files.keys, "keys")):
                migrations = load_migrations(folder)
                refuse_unusable(path, migrations)
                raw = stack.enter_context(closing(connect(path)))
                if new:
                    migrate(raw, migrations, now)
                elif applied_number(raw) != migrations[-1].number:
                    raise StorageUnusable(
                        f"{path} is of another release: start the bot of this one once first"
                    )
                sides.append(SqliteRows(raw))
            yield Side(*sides)
    except sqlite3.Error as error:
        raise StorageUnusable(refusal(files.data, error)) from error
