"""The project's own content and a storage on the real engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.opening import open_storage
from tests.handlers.shown import EVENING
from tests.template import laid

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from content.knowledge import Knowledge, Words
    from storage.protocols import Storage


@pytest.fixture(scope="session")
def words(knowledge: Knowledge) -> Words:
    return knowledge.words("ru")


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    storage = await open_storage(laid(tmp_path), tmp_path / "master.key", now=EVENING)
    yield storage
    await storage.close()
