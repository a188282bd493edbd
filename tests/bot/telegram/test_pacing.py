"""How many messages may be begun."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pacing import Pace


@given(st.lists(st.tuples(st.floats(0, 0.5), st.integers(0, 9)), max_size=80))
def test_never_more_than_25_begin_within_a_second(looks: list[tuple[float, int]]) -> None:
    pace, now, begun = Pace(), 100.0, []
    for later, wanted in looks:
        now += later
        for _ in range(min(wanted, pace.room(now))):
            pace.begin(now)
            begun.append(now)
    for first in begun:
        # Whole fifths of a second do not add up exactly.
        assert sum(first <= at < first + 1 - 1e-9 for at in begun) <= 25


def test_five_begin_at_once_and_the_next_a_fifth_of_a_second_later() -> None:
    pace = Pace()
    for _ in range(5):
        assert pace.wait(10.0) == 0
        pace.begin(10.0)
    assert pace.room(10.0) == 0
    assert pace.wait(10.05) == pytest.approx(0.151)
    assert pace.room(10.2) == 5


def test_beside_others_who_need_telegram_more_one_begins_at_a_time() -> None:
    pace = Pace()
    assert pace.room(10.0, crowded=True) == 1
    for _ in range(3):
        pace.begin(10.0)
    assert pace.room(10.1, crowded=True) == 0
    assert pace.room(10.1) == 2
    assert pace.wait(10.0, crowded=True) == pytest.approx(0.201)


def test_when_telegram_wants_a_pause_nothing_begins_before_its_end() -> None:
    pace = Pace()
    pace.hold(15.0)
    pace.hold(12.0)
    assert pace.room(14.9) == 0
    assert pace.wait(14.0) == pytest.approx(1.001)
    assert pace.room(15.0) == 5
