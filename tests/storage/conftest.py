"""A storage on each real engine, and the moment at which the tests play."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from storage.opening import open_storage
from storage.protocols import Storage
from tests.postgres import ENGINES, database_url, prepared

__all__ = ["database_url", "prepared"]

NOW = datetime(2026, 11, 21, 20, 38, 5, tzinfo=UTC)


class Opening(Protocol):
    """Opens the storage of this test; every call after the first is a restart."""

    def __call__(self) -> AbstractAsyncContextManager[Storage]: ...


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the storage of this test keeps its files."""
    return tmp_path / "data"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Return the name of the engine; a test of one engine's files sets it."""
    return str(request.param)


@pytest.fixture
def opened(database_url: str, folder: Path) -> Opening:
    @asynccontextmanager
    async def open_it() -> AsyncIterator[Storage]:
        storage = await open_storage(database_url, folder / "master.key", now=NOW)
        try:
            yield storage
        finally:
            await storage.close()

    return open_it


@pytest.fixture
async def storage(opened: Opening) -> AsyncIterator[Storage]:
    async with opened() as it:
        yield it


@pytest.fixture
def database(folder: Path) -> Path:
    """The file of the data, for a look past the storage."""
    return folder / "coach.db"


@pytest.fixture
def keys_file(folder: Path) -> Path:
    return folder / "keys.db"
