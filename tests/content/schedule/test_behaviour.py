"""The behaviour cases, played against the rules."""

from __future__ import annotations

import pytest

from tests.content.schedule.cases import Case, play, read_cases
from tests.content.schedule.simulated import SimulatedDriver

CASES = read_cases()


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.id}: {case.name}") for case in CASES]
)
async def test_it_comes_as_promised(case: Case) -> None:
    driver = SimulatedDriver()

    await play(case, driver)

    assert driver.messages() == case.messages
    if case.endings is not None:
        assert await driver.endings() == case.endings


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.id for case in CASES}) == len({case.name for case in CASES}) == len(CASES)
