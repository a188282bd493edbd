"""The worker, played through all that can happen to it."""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING

import pytest

from tests.bot.reminding_driver import RealDriver
from tests.content.schedule.cases import Case, play, read_cases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _pinned_zones() -> Iterator[None]:
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(to=before)
    zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.id}: {case.name}") for case in read_cases()]
)
async def test_it_comes_as_promised(case: Case, tmp_path: Path) -> None:
    driver = RealDriver(tmp_path)
    try:
        await play(case, driver)
        assert driver.messages() == case.messages
        if case.endings is not None:
            assert await driver.endings() == case.endings
    finally:
        await driver.close()
