"""Bringing a file of SQLite's up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from storage.migrations import LEDGER, NEEDED, WITH_NEEDS, Migration


def applied_number(connection: sqlite3.Connection) -> int:
    """Return the number of the last migration applied; 0 for a new database."""
    there = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
    ).fetchone()
    if there is None:
        return 0
    (number,) = connection.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()
    return int(number)


def needed_number(connection: sqlite3.Connection) -> int:
    """Return the last migration that a release must know; 0 for a new database."""
    if not _has_needs(connection):
        return applied_number(connection)
    (number,) = connection.execute(NEEDED).fetchone()
    return int(number)


def _has_needs(connection: sqlite3.Connection) -> bool:
    columns = connection.execute("PRAGMA table_info(migrations)").fetchall()
    return "needs" in {name for _, name, *_ in columns}


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
    connection.execute(LEDGER)
    with transaction(connection):
        if not _has_needs(connection):
            connection.execute(WITH_NEEDS)
    applied = applied_number(connection)
    for migration in migrations[applied:]:
        with transaction(connection):
            if applied_number(connection) < migration.number:
                for statement in _statements(migration.script):
                    connection.execute(statement)
                connection.execute(
                    "INSERT INTO migrations (number, applied_at, needs) VALUES (?, ?, ?)",
                    (migration.number, applied_at, migration.needs),
                )


def _statements(script: str) -> Iterator[str]:
    """Split a script; ``executescript`` would commit in between."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
