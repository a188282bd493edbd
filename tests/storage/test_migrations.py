from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from storage.migrations import (
    Migration,
    applied_number,
    load_migrations,
    migrate,
    refuse_newer,
)
from storage.protocols import StorageUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = Migration(1, "CREATE TABLE a (b text); -- with a comment;\nINSERT INTO a VALUES ('x;y');")
SECOND = Migration(2, "ALTER TABLE a ADD COLUMN c text;\nUPDATE a SET c = 'new';\n")
BROKEN = Migration(2, "CREATE TABLE half (a text);\nINSERT INTO nowhere VALUES (1);\n")


@pytest.fixture
def raw() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize("folder", [".", "keys"])
def test_migrations_are_numbered_without_a_gap(folder: str) -> None:
    migrations = load_migrations(folder)
    assert [migration.number for migration in migrations] == list(range(1, len(migrations) + 1))
    assert migrations


def test_a_new_database_gets_every_migration_once(raw: sqlite3.Connection) -> None:
    assert applied_number(raw) == 0
    migrate(raw, [FIRST, SECOND], 100)
    migrate(raw, [FIRST, SECOND], 200)
    assert raw.execute("SELECT number, applied_at FROM migrations").fetchall() == [
        (1, 100),
        (2, 100),
    ]
    assert raw.execute("SELECT b, c FROM a").fetchall() == [("x;y", "new")]


def test_an_older_database_gets_what_it_lacks(raw: sqlite3.Connection) -> None:
    migrate(raw, [FIRST], 100)
    migrate(raw, [FIRST, SECOND], 200)
    assert raw.execute("SELECT number, applied_at FROM migrations").fetchall() == [
        (1, 100),
        (2, 200),
    ]


def test_a_migration_that_fails_leaves_no_half(raw: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(raw, [FIRST, BROKEN], 100)
    assert not raw.in_transaction
    assert applied_number(raw) == 1
    assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)


def test_a_migration_that_the_engine_rolled_back_raises_its_error(raw: sqlite3.Connection) -> None:
    lost = Migration(1, "CREATE TABLE a (b text);\nROLLBACK;\nINSERT INTO nowhere VALUES (1);\n")
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(raw, [lost], 100)


def test_two_processes_that_start_at_once_migrate_once(
    raw: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(raw, [FIRST], 100)
    with monkeypatch.context() as patch:
        answers = iter([0, 1])  # the other process was faster between the two looks
        patch.setattr("storage.migrations.applied_number", lambda _: next(answers))
        migrate(raw, [FIRST], 200)
    assert raw.execute("SELECT number, applied_at FROM migrations").fetchall() == [(1, 100)]


def test_a_newer_database_is_refused(raw: sqlite3.Connection) -> None:
    migrate(raw, [FIRST, SECOND], 100)
    refuse_newer(raw, [FIRST, SECOND])
    with pytest.raises(StorageUnusable, match="newer"):
        refuse_newer(raw, [FIRST])
