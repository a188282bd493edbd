"""The project's own content and a storage on the real engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from content.knowledge import Knowledge, Words
from storage.opening import open_storage
from storage.protocols import Storage
from tests.handlers.shown import EVENING
from tests.template import laid


@pytest.fixture(scope="session")
def words(knowledge: Knowledge) -> Words:
    return knowledge.words("ru")


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    storage = await open_storage(laid(tmp_path), tmp_path / "master.key", now=EVENING)
    yield storage
    await storage.close()
