"""Every column that can hold a person's words is sealed; every other is listed, with its reason.

A migration that adds a column has to say here, or in ``storage.secrets.sealed``, what it holds.
"""

from __future__ import annotations

import ast
import inspect
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Final

import pytest

import storage as package
from storage import rows
from storage.migrations import load_migrations
from storage.protocols import Storage
from storage.rows.memory import Memory
from storage.secrets.sealed import SEALED
from storage.sqlite.migrating import migrate
from storage.statements import load_statements
from storage.tables import Table
from tests.storage.example import ANNA, BORIS, fill

NUMBERS: Final = {"bigint", "smallint"}
LANGUAGE = "a language of the content"
CONTENT = "an id of the content"
ENUM = "one of a few words of the program"
DAY = "a date"
HOUR = "a time of day"
PLAIN_TEXT: Final = {
    ("people", "language"): LANGUAGE,
    ("people", "zone"): "a key of the zone database, chosen from a list",
    ("people", "gender"): ENUM,
    ("people", "place"): "callback data of the program's own screens",
    ("counters", "kind"): ENUM,
    ("clients", "beforehand"): "ids of questions and options",
    ("assessments", "depth"): ENUM,
    ("assessments", "verdict"): CONTENT,
    ("assessments", "last_effort"): ENUM,
    ("assessments", "answers"): "ids of questions and options",
    ("assessments", "tried"): "ids of signs",
    ("assessments", "told"): "ids of signs",
    ("assessments", "since"): DAY,
    ("answer_notes", "question"): CONTENT,
    ("actions", "about"): CONTENT,
    ("actions", "due"): DAY,
    ("actions", "state"): ENUM,
    ("prompts", "kind"): ENUM,
    ("prompts", "subject"): "ids, separated by colons",
    ("held", "author"): "a hash with the person's key",
    ("held", "former"): "numbers",
    ("outbox", "former"): "numbers",
    ("pictures", "subject"): "a kind and a number",
    ("pictures", "look"): "a hash with the person's key",
    ("put_aside", "reason"): "class of an error and its place in the code",
    ("facts", "day"): DAY,
    ("facts", "source"): ENUM,
    ("facts", "sign"): CONTENT,
    ("facts", "proposed"): CONTENT,
    ("facts", "cuts"): "lengths and seconds",
    ("facts", "author"): "a hash with the person's key",
    ("facts", "messages"): "numbers",
    ("letters", "kind"): CONTENT,
    ("letters", "tone"): ENUM,
    ("letters", "length"): ENUM,
    ("letters", "language"): LANGUAGE,
    ("letters", "facts"): "numbers",
    ("letters", "sent_on"): DAY,
    ("promises", "kind"): ENUM,
    ("promises", "due"): DAY,
    ("promises", "state"): ENUM,
    ("hindsight", "occasion"): ENUM,
    ("hindsight", "kind"): CONTENT,
    ("hindsight", "ease"): ENUM,
    ("hindsight", "day"): DAY,
    ("details", "detail"): CONTENT,
    ("authors", "author"): "a hash with the person's key",
    ("reminders", "remind_at"): HOUR,
    ("reminders", "quiet_from"): HOUR,
    ("reminders", "quiet_to"): HOUR,
    ("reminders", "holidays"): "a code of a country, chosen from a list",
    ("reminders", "away_until"): DAY,
    ("reminders", "silent_since"): DAY,
    ("rhythms", "since"): DAY,
    ("rhythms", "paused_until"): DAY,
    ("cycles", "day"): DAY,
    ("cycles", "open_since"): DAY,
    ("cycles", "state"): ENUM,
    ("cycles", "snoozed_until"): DAY,
    ("reports", "week"): DAY,
    ("reports", "sent_on"): DAY,
    ("dispatches", "kind"): ENUM,
    ("dispatches", "day"): DAY,
    ("dispatches", "week"): DAY,
    ("dispatches", "holder"): "a random name of a worker",
    ("dispatches", "carried"): "kinds, numbers and dates",
    ("dispatches", "ending"): ENUM,
    ("computed_with", "cache"): ENUM,
    ("computed_with", "version"): "of the zone database",
    ("invitations", "hash"): "a hash of a random token",
    ("strangers", "who"): "a keyed hash, for a day",
    ("strangers", "day"): "a day",
    ("judgings", "hash"): "a hash of a random token",
    ("judgings", "answers"): "ids of questions and options",
    ("seats", "hash"): "a hash of a random token",
    ("webhooks", "address"): "a hash of an address of the operator's",
}
"""All text columns of the data. None of them is ever given what somebody typed."""
KEYS_PLAIN_TEXT: Final = {
    ("state", "master"): "derived from the master key, one way",
    ("erased", "person"): "a keyed hash",
}
KEYS_BLOBS: Final = {("wrapped_keys", "wrapped")}
CANARY: Final = "приметное-слово-zebra"

Columns = dict[tuple[str, str], str]


def columns(folder: str = ".") -> Columns:
    """Return (table, column) → type, in small letters, of all that the migrations make."""
    with sqlite3.connect(":memory:", isolation_level=None) as raw:
        migrate(raw, load_migrations(folder), 0)
        found = columns_of(raw)
    raw.close()
    return found


def columns_of(raw: sqlite3.Connection) -> Columns:
    tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    return {
        (table, column): kind.lower()
        for table in tables
        for _, column, kind, *_ in raw.execute(f"PRAGMA table_info({table})")
    }


def unlisted(found: Columns, blobs: set[tuple[str, str]], texts: set[tuple[str, str]]) -> set[str]:
    """Return what is neither a number, nor sealed, nor on the list of plain texts."""
    return {
        f"{table}.{column}: {kind}"
        for (table, column), kind in found.items()
        if kind not in NUMBERS
        and not (kind == "blob" and (table, column) in blobs)
        and not (kind == "text" and (table, column) in texts)
    }


SEALED_COLUMNS: Final = {(each.table, each.column) for each in SEALED}


# Invariant I14.
def test_every_column_is_a_number_or_sealed_or_listed_with_its_reason() -> None:
    found = columns()
    assert unlisted(found, SEALED_COLUMNS, set(PLAIN_TEXT)) == set()
    assert SEALED_COLUMNS | set(PLAIN_TEXT) <= set(found), "listed, and not there"
    assert all(PLAIN_TEXT.values())


def test_the_file_of_keys_holds_no_words_either() -> None:
    assert unlisted(columns("keys"), KEYS_BLOBS, set(KEYS_PLAIN_TEXT)) == set()


@pytest.mark.parametrize("kind", ["text", "blob", "varchar(20)", ""])
def test_a_column_that_a_migration_adds_unlisted_is_found(kind: str) -> None:
    found = columns() | {("clients", "phone"): kind}
    assert unlisted(found, SEALED_COLUMNS, set(PLAIN_TEXT)) == {f"clients.phone: {kind}"}


def test_a_sealed_column_is_named_by_the_key_of_its_row() -> None:
    with sqlite3.connect(":memory:", isolation_level=None) as raw:
        migrate(raw, load_migrations(), 0)
        for each in SEALED:
            info = raw.execute(f"PRAGMA table_info({each.table})").fetchall()
            key = {name: place for _, name, _, _, _, place in info if place}
            assert tuple(sorted(key.keys() - {"owner"}, key=key.__getitem__)) == each.key, each
            assert "owner" in {name for _, name, *_ in info}, each
    raw.close()


# Invariant I14.
async def test_every_sealed_column_holds_bytes_and_no_column_a_word(
    storage: Storage, database: Path, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        for owner in (ANNA, BORIS):
            fill(memory, owner, now, CANARY)

    await storage.write(step)
    with sqlite3.connect(database) as raw:
        for (table, column), kind in columns_of(raw).items():
            values = [
                value
                for (value,) in raw.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - names of the schema
                if value is not None
            ]
            assert not any(CANARY in str(value) for value in values), (table, column)
            if kind == "blob":
                assert values, (table, column)
                assert all(isinstance(value, bytes) for value in values), (table, column)
                assert not any(CANARY.encode() in value for value in values), (table, column)
    raw.close()


def written_to_sealed_columns(code: str) -> list[ast.expr]:
    """Return what the code hands to statements under the name of a sealed column."""
    names = {each.column for each in SEALED}
    return [
        keyword.value
        for call in ast.walk(ast.parse(code))
        if isinstance(call, ast.Call) and "._sql." in ast.unparse(call.func)
        for keyword in call.keywords
        if keyword.arg in names
    ]


def modules_of_rows() -> list[ModuleType]:
    return [import_module(f"storage.rows.{each.name}") for each in iter_modules(rows.__path__)]


def tables_of(module: ModuleType) -> dict[str, Table[Any]]:
    return {name: each for name, each in vars(module).items() if isinstance(each, Table)}


BESIDE: Final = {"list_notes"}
"""What is read beside a record, by hand."""


def read_by_a_table() -> Iterator[tuple[str, Table[Any]]]:
    """Yield each statement of a function that reads rows by a table, with that table."""
    for module in modules_of_rows():
        tables = tables_of(module)
        for function in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(function, ast.FunctionDef):
                code = ast.unparse(function)
                for name in set(re.findall(r"\b([A-Z]+)\.(?:read|one|all)\(", code)) & {*tables}:
                    for statement in {*re.findall(r"self\._sql\.(\w+)", code)} - BESIDE:
                        yield statement, tables[name]


def test_every_statement_that_a_table_reads_has_all_its_columns() -> None:
    found = dict(read_by_a_table())
    assert len(found) > 25
    with sqlite3.connect(":memory:", isolation_level=None) as raw:
        migrate(raw, load_migrations(), 0)
        for name, table in found.items():
            sql = getattr(load_statements(), name).sql
            given = dict.fromkeys(re.findall(r"(?<!:):(\w+)", sql), 1)
            there = {name for name, *_ in raw.execute(sql, given).description or ()}
            assert table.names - there == set(), name
    raw.close()


def test_no_code_writes_a_sealed_column_but_with_what_the_cipher_gave() -> None:
    found = [
        ast.unparse(value)
        for path in (Path(package.__file__).parent / "rows").glob("*.py")
        for value in written_to_sealed_columns(path.read_text("utf-8"))
    ]
    tables = [each for of in modules_of_rows() for each in tables_of(of).values()]
    # What a table has among its fields it seals itself; put_aside is given its columns in a bundle.
    sealed = {(each.table, each.column) for table in tables for each in table.sealed}
    assert len(found) + len(sealed) >= len(SEALED) - 1
    # "sealed" is what `UpdateRows` has just sealed, or read from the other of its two tables.
    through = re.compile(
        r"self\._session\.(seal|reseal)\(|people\[each\.owner\]\.cipher\.seal_waiting\(|sealed$"
    )
    assert [value for value in found if not through.match(value)] == []


def test_words_that_pass_the_cipher_by_are_found() -> None:
    (value,) = written_to_sealed_columns("self._sql.put_note(question=question, words=words)")
    assert ast.unparse(value) == "words"
