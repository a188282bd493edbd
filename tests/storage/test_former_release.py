"""What the release before asks of a database is still there, so both may serve it side by side."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import aiosql
import psycopg
import pytest
from aiosql.queries import Queries

from storage.migrations import load_migrations, refuse_newer
from storage.sqlite.migrating import migrate, needed_number
from tests.former import RECORD, in_history, record, recorded
from tests.postgres import Lasting, need_server

COMMIT, DATA, KEYS = recorded()


def statements(driver: str) -> dict[str, str]:
    """Return the former release's statements by name, as a driver takes them."""
    loaded = aiosql.from_str(RECORD.read_text("utf-8"), driver, mandatory_parameters=False)
    assert isinstance(loaded, Queries)
    names = [name for name in loaded.available_queries if not name.endswith("_cursor")]
    assert len(names) > 100
    return {name: getattr(loaded, name).sql for name in names}


if in_history(COMMIT):

    def test_the_record_is_that_of_its_commit() -> None:
        assert RECORD.read_text("utf-8") == record(COMMIT)


def test_the_former_release_is_not_refused() -> None:
    for folder, known in ((".", DATA), ("keys", KEYS)):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
            migrate(raw, load_migrations(folder), 0)
            refuse_newer(needed_number(raw), load_migrations(folder)[:known])


def test_sqlite_runs_every_statement_of_it() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        migrate(raw, load_migrations(), 0)
        for migration in load_migrations("keys"):
            raw.executescript(migration.script)
        for name, text in statements("sqlite3").items():
            nothing = dict.fromkeys(re.findall(r":(\w+)", text))
            try:
                raw.execute(f"EXPLAIN {text}", nothing)
            except sqlite3.Error as error:
                pytest.fail(f"{name}: {error}")


@pytest.mark.postgres
def test_postgresql_runs_every_statement_of_it(request: pytest.FixtureRequest) -> None:
    need_server()
    lasting: Lasting = request.getfixturevalue("prepared")
    with psycopg.connect(lasting.url) as raw:
        raw.execute("SET search_path = coach, coach_keys")
        for name, text in statements("psycopg").items():
            names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", text)))
            for number, each in enumerate(names, 1):
                text = text.replace(f"%({each})s", f"${number}")  # noqa: PLW2901 - as the server numbers them
            try:
                raw.execute(f"PREPARE former AS {text.rstrip().rstrip(';')}".encode())
            except psycopg.Error as error:
                pytest.fail(f"{name}: {error}")
            raw.execute("DEALLOCATE former")
