"""Numbered migrations, forward only."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from storage.errors import StorageUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FOLDER: Final = Path(__file__).with_name("migrations")


class Migration(NamedTuple):
    """One file ``<number>_<name>.sql``."""

    number: int
    script: str


def load_migrations(folder: str = ".") -> tuple[Migration, ...]:
    """Return the migrations of ``storage/migrations/<folder>`` by number."""
    return tuple(
        Migration(int(path.name.partition("_")[0]), path.read_text(encoding="utf-8"))
        for path in sorted((_FOLDER / folder).glob("[0-9]*_*.sql"))
    )


def applied_number(connection: sqlite3.Connection) -> int:
    """Return the number of the last migration applied; 0 for a new database."""
    there = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
    ).fetchone()
    if there is None:
        return 0
    (number,) = connection.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()
    return int(number)


def refuse_newer(applied: int, migrations: Sequence[Migration]) -> None:
    """Raise ``StorageUnusable`` for a database that a newer release has changed.

    ``applied`` is the number of the last migration applied to it.
    """
    known = migrations[-1].number
    if applied > known:
        raise StorageUnusable(
            f"the database is newer than this release: it has migration {applied}, "
            f"this release knows {known}"
        )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what is done inside, or nothing of it; nobody else writes meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After a full disk or an I/O error SQLite has rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migrate(
    connection: sqlite3.Connection, migrations: Sequence[Migration], applied_at: int
) -> None:
    """Apply what is missing, each migration in one transaction with its record.

    ``migrations`` are all there are, from number 1; ``applied_at`` is in epoch seconds. What has
    been applied is read again inside each transaction, so that two processes that start at once do
    not apply the same migration twice.
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations "
        "(number bigint NOT NULL PRIMARY KEY, applied_at bigint NOT NULL)"
    )
    applied = applied_number(connection)
    for migration in migrations[applied:]:
        with transaction(connection):
            if applied_number(connection) < migration.number:
                for statement in _statements(migration.script):
                    connection.execute(statement)
                connection.execute(
                    "INSERT INTO migrations (number, applied_at) VALUES (?, ?)",
                    (migration.number, applied_at),
                )


def _statements(script: str) -> Iterator[str]:
    """Split a script; ``executescript`` would commit in between."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
