"""Months by chance: nothing doubled, nothing missed, nothing in quiet hours."""

from __future__ import annotations

import pytest

from tests.content.schedule.simulation import live

MONTHS = 20
CAMPAIGN = 1_500
CHUNKS = 10
CONTROLS = 5
"""Months of which one at least shows a worker that claims too late."""


def lived(seeds: range, *, claim_first: bool = True) -> tuple[int, dict[int, list[str]]]:
    outcomes = {seed: live(seed, claim_first=claim_first) for seed in seeds}
    digests = sum(each.digests for each in outcomes.values())
    return digests, {seed: each.violations for seed, each in outcomes.items() if each.violations}


# Invariant I11.
def test_no_digest_is_doubled_missed_or_sent_at_night() -> None:
    digests, violations = lived(range(MONTHS))

    assert violations == {}
    assert digests > MONTHS * 12


@pytest.mark.campaign
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_digest_is_doubled_missed_or_sent_at_night_in_many_months(chunk: int) -> None:
    size = CAMPAIGN // CHUNKS
    digests, violations = lived(range(MONTHS + chunk * size, MONTHS + (chunk + 1) * size))

    assert violations == {}
    assert digests > size * 12


def test_a_worker_that_claims_after_sending_is_found_out() -> None:
    _, violations = lived(range(CONTROLS), claim_first=False)

    assert any("copy" in each for found in violations.values() for each in found)
