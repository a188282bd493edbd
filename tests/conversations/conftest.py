"""A stage of its own for every conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conversations.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as stage:
        yield stage
        await stage.in_order()
