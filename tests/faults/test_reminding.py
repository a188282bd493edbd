"""Whenever the bot is killed, each digest arrives, and at most one copy, which is silent."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from tests.bench.due_minute import AT_ONCE, DUE, RUSH, measure, share
from tests.faults.reminding import campaign

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.reminding import Report

BUSY = pytest.mark.timeout(400)
"""Each life begins with seconds of imports, which a busy machine makes many."""


async def killed(folder: Path, kills: int, *, control: bool = False) -> Report:
    """Run a campaign with a seed of its own, which a failure shows."""
    seed = secrets.randbits(32)
    report = await campaign(folder, seed, kills, control=control)
    print(f"seed {seed}, {kills} kills, {report.digests} digests")  # noqa: T201 - to play it again
    return report


@BUSY
async def test_every_digest_arrives_over_four_kills_and_a_copy_is_silent(tmp_path: Path) -> None:
    report = await killed(tmp_path, 4)
    assert report.faults == (), report


@pytest.mark.campaign
async def test_every_digest_arrives_over_sixty_kills_and_a_copy_is_silent(tmp_path: Path) -> None:
    report = await killed(tmp_path, 60)
    assert report.faults == (), report


@pytest.mark.campaign
async def test_a_bot_that_claims_after_sending_is_caught(tmp_path: Path) -> None:
    report = await killed(tmp_path, 20, control=True)
    assert report.faults != ()


@pytest.mark.campaign
async def test_a_thousand_due_in_one_minute_are_told_within_it_and_taps_are_answered(
    tmp_path: Path,
) -> None:
    figures = await measure(tmp_path)
    assert len(figures.came) == len(DUE)
    assert figures.came[-1] <= RUSH.total_seconds()
    assert figures.most_in_a_second <= AT_ONCE
    assert share(figures.rush, 0.95) < 1
