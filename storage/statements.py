"""The named statements of ``storage/sql``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast

import aiosql
from aiosql.adapters.sqlite3 import SQLite3Adapter


class Statements(Protocol):
    """One method per ``-- name:``, called with the connection and the named parameters."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return the method; its result depends on the mark after the name in the file."""


class Row(Protocol):
    """What a statement found: its columns by name, or one after the other."""

    def __getitem__(self, column: str, /) -> Any: ...  # noqa: ANN401 - the columns are the statement's

    def __iter__(self) -> Iterator[Any]:
        """Return all columns in their order."""

    def keys(self) -> Collection[str]:
        """Return the names of the columns in their order."""


class _Adapter(SQLite3Adapter):
    """Runs the statements that a tap is made of without a cursor of Python's making.

    Measured: a tenth of a tap's CPU on the database's thread.
    """

    def select(
        self,
        conn: Any,  # noqa: ANN401 - that of sqlite3
        query_name: str,  # noqa: ARG002 - as aiosql calls it
        sql: str,
        parameters: dict[str, Any] | list[Any] | None,
        record_class: Callable[..., Any] | None = None,  # noqa: ARG002
    ) -> Generator[Any, None, None]:
        yield from conn.execute(sql, parameters or ())

    def select_one(
        self,
        conn: Any,  # noqa: ANN401 - that of sqlite3
        _query_name: str,
        sql: str,
        parameters: dict[str, Any] | list[Any] | None,
        _record_class: object = None,
    ) -> Any:  # noqa: ANN401 - the columns are the statement's
        return conn.execute(sql, parameters or ()).fetchone()

    def insert_update_delete(
        self,
        conn: Any,  # noqa: ANN401 - that of sqlite3
        _query_name: str,
        sql: str,
        parameters: dict[str, Any] | list[Any] | None,
    ) -> int:
        return cast("int", conn.execute(sql, parameters or ()).rowcount)


@lru_cache(maxsize=2)
def load_statements(adapter: type[Any] = _Adapter) -> Statements:
    """Read all files, once; the names are one namespace. ``adapter`` is aiosql's for the engine."""
    return cast(
        "Statements",
        aiosql.from_path(Path(__file__).with_name("sql"), adapter, mandatory_parameters=False),
    )
