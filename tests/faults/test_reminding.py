"""Reminders under a rush: those due in one minute, beside people who tap."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.due_minute import AT_ONCE, DUE, RUSH, measure, share


@pytest.mark.campaign
async def test_a_thousand_due_in_one_minute_are_told_within_it_and_taps_are_answered(
    tmp_path: Path,
) -> None:
    figures = await measure(tmp_path)
    assert len(figures.came) == len(DUE)
    assert figures.came[-1] <= RUSH.total_seconds()
    assert figures.most_in_a_second <= AT_ONCE
    assert share(figures.rush, 0.95) < 1
