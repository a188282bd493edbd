"""No answer is lost or doubled, whenever the bot is killed."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from tests.faults.kills import campaign

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.kills import Report

BUSY = pytest.mark.timeout(400)
"""Each life begins with seconds of imports, which a busy machine makes many."""


async def killed(folder: Path, kills: int, *, control: bool = False) -> Report:
    """Run a campaign with a seed of its own, which a failure shows."""
    seed = secrets.randbits(32)
    report = await campaign(folder, seed, kills, control=control)
    print(f"seed {seed}, {kills} kills, {report.told} answers")  # noqa: T201 - to play it again
    return report


@BUSY
async def test_no_answer_is_lost_or_doubled_over_five_kills(tmp_path: Path) -> None:
    report = await killed(tmp_path, 5)
    assert report.differences == (), report


@pytest.mark.campaign
async def test_no_answer_is_lost_or_doubled_over_fifty_kills(tmp_path: Path) -> None:
    report = await killed(tmp_path, 50)
    assert report.differences == (), report


@BUSY
async def test_a_bot_that_confirms_first_is_caught(tmp_path: Path) -> None:
    report = await killed(tmp_path, 8, control=True)
    assert report.differences != ()
