"""These tests look into PostgreSQL, open one database several times, or end its sessions."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.postgres import ENGINES, Lasting, a_prepared_database, empty


@pytest.fixture(params=ENGINES[1:])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="package")
def apart() -> Iterator[Lasting]:
    """Yield a database that no other test has connections to."""
    with a_prepared_database(f"coach_apart_{os.getpid()}") as lasting:
        yield lasting


@pytest.fixture
def database_url(apart: Lasting) -> str:
    """Return the address of an empty database; every storage makes connections of its own."""
    return empty(apart.url)
