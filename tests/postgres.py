"""Databases on a real PostgreSQL server, for the tests that run on both engines.

``TEST_POSTGRES_DSN`` names the server (default: the local one). Where none answers
the tests that need it are skipped and say so; under ``CI`` they fail.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from storage.postgres import engine as postgres
from storage.postgres.line import records
from storage.postgres.setup import DATA, KEYS, migrate
from storage.protocols import Intake
from tests.template import laid

if TYPE_CHECKING:
    from psycopg_pool import ConnectionPool

SERVER: Final = os.environ.get(
    "TEST_POSTGRES_DSN", "postgresql://postgres@127.0.0.1:5432/postgres?connect_timeout=3"
)
_POOL: Final = postgres._pool
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
def a_database(name: str, icu: str = "", *, durable: bool = False) -> Iterator[str]:
    """Make a database for as long as it is needed; yield its address.

    With ``icu`` it sorts as people of that language do. Only a ``durable`` one waits for the disk.
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
        if not durable:  # what a power cut would lose no test needs
            raw.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(it))
    try:
        yield of_database(name)
    finally:
        with psycopg.connect(SERVER, autocommit=True) as raw:
            raw.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(it))


class Lasting:
    """What connects to a prepared database, kept from test to test.

    A server's process that is new reads the catalogue and plans every statement anew: measured,
    three quarters of what a conversation cost on PostgreSQL.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._raw: psycopg.Connection[Any] | None = None
        self._pool: ConnectionPool[Any] | None = None
        self._emptying: sql.Composed | None = None

    @contextmanager
    def connected(self, _url: str = "") -> Iterator[psycopg.Connection[Any]]:
        """Lend the one connection out, in autocommit."""
        if self._raw is None or self._raw.closed:
            self._raw = psycopg.connect(self.url, autocommit=True, row_factory=records)
        yield self._raw

    def pool(self, url: str, *, step_down: bool, intake: Intake | None = None) -> _Lent:
        """Return the one pool, which outlives the storage that closes it."""
        assert intake is None
        self._pool = self._pool or _POOL(url, step_down=step_down)
        return _Lent(self._pool)

    def empty(self) -> None:
        """Delete every row."""
        try:
            self._empty()
        except psycopg.OperationalError:
            self._empty()  # by a new connection: a test before has ended all there were

    def _empty(self) -> None:
        with self.connected() as raw:
            self._emptying = self._emptying or emptying(raw)
            raw.execute(self._emptying)

    def close(self) -> None:
        """Let everything go."""
        if self._pool is not None:
            self._pool.close()
        if self._raw is not None:
            self._raw.close()


class _Lent:
    """A pool as a storage uses it."""

    def __init__(self, pool: ConnectionPool[Any]) -> None:
        self.wait = pool.wait
        self.check = pool.check
        self.getconn = pool.getconn
        self.putconn = pool.putconn

    def close(self) -> None:
        """Leave it open for the next."""


@contextmanager
def a_prepared_database(name: str) -> Iterator[Lasting]:
    """Make a migrated database for as long as it is needed."""
    with a_database(name) as url, closing(Lasting(url)) as lasting:
        with lasting.connected() as raw:
            migrate(raw, 0)
        yield lasting


@pytest.fixture(scope="session")
def prepared() -> Iterator[Lasting]:
    """Yield a migrated database, one for each worker of the tests."""
    with a_prepared_database(f"coach_test_{os.getpid()}") as lasting:
        yield lasting


def empty(url: str) -> str:
    """Delete every row of a prepared database; return its address."""
    with psycopg.connect(url, autocommit=True) as raw:
        raw.execute(emptying(raw))
    return url


def emptying(raw: psycopg.Connection[Any]) -> sql.Composed:
    """Return the statements that delete every row, in any order, and what a failed test left."""
    found = raw.execute(
        "SELECT schemaname, tablename FROM pg_tables"
        " WHERE schemaname = ANY(%s) AND tablename NOT IN ('migrations', 'state', 'copying')",
        ([DATA, KEYS],),
    ).fetchall()
    delete = [sql.SQL("DELETE FROM {};").format(sql.Identifier(*each)) for each in found]
    return (
        sql.SQL("BEGIN; SET LOCAL session_replication_role = replica;")
        + sql.SQL("DROP TABLE IF EXISTS {};").format(sql.Identifier(DATA, "copying"))
        + sql.Composed(delete)
        + sql.SQL("UPDATE {} SET master = NULL, generation = 1, rotating = 0; COMMIT").format(
            sql.Identifier(KEYS, "state")
        )
    )


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
def database_url(
    request: pytest.FixtureRequest, engine: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Return the address of an empty database of the engine.

    A storage over PostgreSQL works with connections that are there already.
    """
    if engine == "sqlite":
        return laid(folder)
    need_server()
    lasting: Lasting = request.getfixturevalue("prepared")
    lasting.empty()
    monkeypatch.setattr(postgres, "_connected", lasting.connected)
    monkeypatch.setattr(postgres, "_pool", lasting.pool)
    return lasting.url
