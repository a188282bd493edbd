"""Databases on a real PostgreSQL server, for the tests that run on both engines.

``TEST_POSTGRES_DSN`` names the server (default: the local one). Where none answers
the tests that need it are skipped and say so; under ``CI`` they fail.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from storage.postgres.connection import records
from storage.postgres.setup import DATA, KEYS, migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVER: Final = os.environ.get(
    "TEST_POSTGRES_DSN", "postgresql://postgres@127.0.0.1:5432/postgres?connect_timeout=3"
)
ENGINES: Final = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


def of_database(name: str) -> str:
    """Return the address of a database on the server."""
    parts = conninfo_to_dict(SERVER)
    user = parts.get("user", "postgres")
    password = f":{parts['password']}" if parts.get("password") else ""
    host, port = parts.get("host", "127.0.0.1"), parts.get("port", 5432)
    return f"postgresql://{user}{password}@{host}:{port}/{name}"


@lru_cache(maxsize=1)
def why_not() -> str:
    """Return why there is no server, nothing where there is one."""
    try:
        with psycopg.connect(SERVER):
            return ""
    except psycopg.OperationalError as error:
        return str(error).splitlines()[0]


def need_server() -> None:
    """Skip where no server answers; fail under CI."""
    if why := why_not():
        told = f"no PostgreSQL: {why}; start one, or name it in TEST_POSTGRES_DSN"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)


@contextmanager
def a_database(name: str, icu: str = "") -> Iterator[str]:
    """Make a database for as long as it is needed; yield its address.

    With ``icu`` it sorts as people of that language do.
    """
    need_server()
    it = sql.Identifier(name)
    order = (
        sql.SQL("LOCALE_PROVIDER icu ICU_LOCALE {}").format(sql.Literal(icu))
        if icu
        else sql.SQL("")
    )
    with psycopg.connect(SERVER, autocommit=True) as raw:
        raw.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(it))
        raw.execute(
            sql.SQL(
                "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' {}"
            ).format(it, order)
        )
        # What a power cut would lose no test needs.
        raw.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(it))
    try:
        yield of_database(name)
    finally:
        with psycopg.connect(SERVER, autocommit=True) as raw:
            raw.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(it))


@pytest.fixture(scope="session")
def prepared() -> Iterator[str]:
    """Yield the address of a migrated database, one for each worker of the tests."""
    with a_database(f"coach_test_{os.getpid()}") as url:
        with psycopg.connect(url, autocommit=True, row_factory=records) as raw:
            migrate(raw, 0)
        yield url


def empty(url: str) -> str:
    """Delete every row of a prepared database; return its address."""
    with psycopg.connect(url) as raw:
        raw.execute(f"DROP TABLE IF EXISTS {DATA}.copying".encode())  # of a test that failed
        raw.execute("SET session_replication_role = replica")  # in any order
        found = raw.execute(
            "SELECT schemaname, tablename FROM pg_tables"
            " WHERE schemaname = ANY(%s) AND tablename NOT IN ('migrations', 'state')",
            ([DATA, KEYS],),
        ).fetchall()
        for schema, table in found:
            raw.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(schema, table)))
        raw.execute(
            sql.SQL("UPDATE {} SET master = NULL, generation = 1, rotating = 0").format(
                sql.Identifier(KEYS, "state")
            )
        )
    return url


def look(url: str, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Run a statement on a database of either engine past the storage; ``?`` marks a parameter."""
    if path := url.removeprefix("sqlite:///") if url.startswith("sqlite:") else "":
        with closing(sqlite3.connect(path)) as base, base:
            return base.execute(query, parameters).fetchall()
    with psycopg.connect(url) as raw:
        raw.execute(f"SET search_path = {DATA}, {KEYS}".encode())
        found = raw.execute(query.replace("?", "%s").encode(), parameters)
        return found.fetchall() if found.description else []


def tables(url: str) -> list[str]:
    """Return the names of the tables of the data."""
    if url.startswith("sqlite:"):
        return [name for (name,) in look(url, "SELECT name FROM sqlite_master WHERE type='table'")]
    return [
        name for (name,) in look(url, "SELECT tablename FROM pg_tables WHERE schemaname = ?", DATA)
    ]


@pytest.fixture
def database_url(request: pytest.FixtureRequest, engine: str, folder: Path) -> str:
    """Return the address of an empty database of the engine."""
    if engine == "sqlite":
        return f"sqlite:///{folder / 'coach.db'}"
    need_server()
    return empty(request.getfixturevalue("prepared"))
