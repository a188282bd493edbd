"""A small share of the campaign: nothing is lost or doubled, and every control is caught."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from tests.faults.campaign import FAULTS, play
from tests.faults.games import Fault


@pytest.mark.timeout(600)  # waits of minutes on a machine that is busy
@pytest.mark.parametrize(
    "fault", [each for each in FAULTS if each.daily], ids=lambda fault: fault.name
)
async def test_nothing_is_lost_or_doubled(fault: Fault, tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # noqa: T201 - to play it again
    result, found = await play(fault, tmp_path, seed, fault.share)
    assert found.lost == []
    assert found.doubled == []
    assert result.holds, result.control
