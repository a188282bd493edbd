"""The SQL texts."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosql.queries import Queries

import storage as package
from storage.migrations import load_migrations
from storage.sqlite.migrating import migrate
from storage.statements import load_statements

FOLDER = Path(package.__file__).parent
TEXTS = sorted(FOLDER.rglob("*.sql"))
WHOLE_TABLE = {
    "list_pending",
    "list_put_aside",
    "list_erasures",
    "any_sealed",
    "some_wrapped_keys",
    "list_wrapped_keys",
    "list_owners",
    "list_people",
    "list_owners_of_rows",
    "list_heads",
    "get_state",
    "set_master",
    "begin_generation",
    "next_generation",
    "forget_ledger",
    "end_rotation",
    "put_back_settings",
    "meet_dispatches",
    "list_waiting",
    "count_hindsight",
}
"""Statements that mean the whole of a table that is small or looked at rarely: two run at the
start and after a jump of the clock, one for
the operator; the inbox is short, and its index suffices."""


def statements() -> dict[str, str]:
    """Return the text of every statement by name."""
    loaded = load_statements()
    assert isinstance(loaded, Queries)
    return {
        name: getattr(loaded, name).sql
        for name in loaded.available_queries
        if not name.endswith("_cursor")
    }


@pytest.fixture(scope="module")
def raw() -> Iterator[sqlite3.Connection]:
    """Both files in one, to look at the plans."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, load_migrations(), 0)
    for migration in load_migrations("keys"):
        connection.executescript(migration.script)
    yield connection
    connection.close()


def plan(raw: sqlite3.Connection, sql: str) -> list[str]:
    nothing = dict.fromkeys(re.findall(r":(\w+)", sql))
    return [detail for *_, detail in raw.execute(f"EXPLAIN QUERY PLAN {sql}", nothing)]


@pytest.mark.parametrize("name", sorted(statements()))
def test_no_statement_reads_a_whole_table(raw: sqlite3.Connection, name: str) -> None:
    steps = plan(raw, statements()[name])
    scans = [step for step in steps if step.startswith("SCAN") and step != "SCAN CONSTANT ROW"]
    assert bool(scans) == (name in WHOLE_TABLE), steps


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("list_people_to_look_at", "reminders_next (next_look<?)"),
        ("next_look", "reminders_next (next_look>?)"),
        ("next_wake", "dispatches_under_way"),
        ("look_at_everybody", "reminders_next (next_look>?)"),
        ("wake_dispatches", "dispatches_under_way (wake>?)"),
        ("purge_dispatches", "dispatches_ended (claimed_at<?)"),
    ],
)
def test_what_is_due_is_read_off_its_index_in_its_order(
    raw: sqlite3.Connection, name: str, index: str
) -> None:
    (step,) = plan(raw, statements()[name])  # a second step would sort
    assert re.fullmatch(rf"SEARCH \w+ USING (COVERING )?INDEX {re.escape(index)}", step)


def test_dispatches_to_take_are_read_off_their_index(raw: sqlite3.Connection) -> None:
    steps = plan(raw, statements()["take_dispatches"])
    assert [step for step in steps if "dispatches_under_way (wake<?)" in step]
    assert not [step for step in steps if "TEMP B-TREE" in step]


def test_whatever_hangs_on_a_row_is_found_by_an_index(raw: sqlite3.Connection) -> None:
    tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    keys = 0
    for table in tables:
        links: dict[int, list[str]] = {}
        for number, _, _, column, *_ in raw.execute(f"PRAGMA foreign_key_list({table})"):
            links.setdefault(number, []).append(column)
        for columns in links.values():
            where = " AND ".join(f"{column} = 1" for column in columns)
            (step,) = plan(raw, f"SELECT 1 FROM {table} WHERE {where}")  # noqa: S608 - names of the schema
            assert step.startswith("SEARCH"), (table, columns)
            assert all(f"{column}=?" in step for column in columns), step
            keys += 1
    assert keys == 23


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_the_sql_keeps_to_what_both_engines_take(path: Path) -> None:
    code = re.sub(r"--.*", "", path.read_text(encoding="utf-8")).lower()
    own_to_sqlite = re.compile(
        r"\b(insert or|replace into|rowid|autoincrement|pragma|glob|ifnull|strftime|datetime"
        r"|unixepoch|last_insert_rowid|integer|real|varchar)\b|\?|`|\[|=="
    )
    assert not own_to_sqlite.findall(code)


def test_every_name_is_given_once() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (FOLDER / "sql").glob("*.sql"))
    names = re.findall(r"^-- name: (\w+)", text, re.MULTILINE)
    assert sorted(names) == sorted(statements())


def test_every_statement_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
    assert [name for name in statements() if not re.search(rf"[.\"]{name}\b", code)] == []


@pytest.mark.parametrize("path", sorted((FOLDER / "sql").glob("*.sql")), ids=lambda path: path.name)
def test_no_statement_searches_sorts_or_compares_a_sealed_column(path: Path) -> None:
    sealed = r"(name|note|words|body|wrapped|signature|filled|items)"
    code = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    for statement in code.split(";"):
        for condition in re.findall(r"WHERE(.*?)(?:ON CONFLICT|$)", statement, re.DOTALL):
            assert not re.search(rf"\b{sealed}\b\s*(=|<|>|LIKE|IN\b)", condition), statement
        for order in re.findall(r"ORDER BY (.*)", statement):
            assert not re.search(rf"\b{sealed}\b", order), statement
