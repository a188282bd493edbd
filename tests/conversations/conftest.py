"""A stage of its own for every conversation."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from zlib import crc32

import pytest

from tests.conversations.stage import FRAME, Stage, staged
from tests.postgres import ENGINES, database_url, prepared

__all__ = ["database_url", "prepared"]

CRAWLS = {"test_discreet.py", "test_every_button.py", "test_letters_english.py"}
"""What taps everything there is, or all of all letters."""
SHARE = 8
"""One in so many other conversations is held on PostgreSQL too. What an engine may do differently
is the affair of ``tests/storage``, where every test runs on both."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the other conversations on PostgreSQL to CI and to ``BOTH_ENGINES=1``."""
    if os.environ.get("CI") or os.environ.get("BOTH_ENGINES"):
        return
    here = Path(__file__).parent
    left = {
        item
        for item in items
        if item.get_closest_marker("postgres")
        and item.path.parent == here
        and (item.path.name in CRAWLS or crc32(item.nodeid.encode()) % SHARE)
    }
    config.hook.pytest_deselected(items=[*left])
    items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    """Load what the first typed text needs, so that no conversation waits for it."""
    FRAME.warm()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Return the name of the engine; a test of one engine's files sets it."""
    return str(request.param)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the database of SQLite and the master key lie."""
    return tmp_path


@pytest.fixture
async def stage(folder: Path, database_url: str) -> AsyncIterator[Stage]:
    async with staged(folder, database=database_url) as stage:
        yield stage
        await stage.in_order()
