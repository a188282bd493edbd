"""A clock that jumps is not believed at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from content.schedule.clock_guard import ClockGuard, watch

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = 86_400.0


def looked(guard: ClockGuard, seconds: float, ahead: float) -> ClockGuard:
    """Look ``seconds`` after noon at a clock that is ``ahead`` of the right one."""
    return guard.look(NOON + timedelta(seconds=seconds + ahead), 1_000.0 + seconds)


@pytest.fixture
def guard() -> ClockGuard:
    return watch(NOON, 1_000.0)


def test_a_clock_that_keeps_step_is_believed(guard: ClockGuard) -> None:
    for minutes in range(0, 600, 10):
        guard = looked(guard, minutes * 60, 0)
        assert not guard.holds


@pytest.mark.parametrize(
    ("ahead", "holds"), [(300, False), (301, True), (-300, False), (-301, True)]
)
def test_five_minutes_are_a_correction_and_more_is_a_jump(
    guard: ClockGuard, ahead: float, *, holds: bool
) -> None:
    assert looked(guard, 10, ahead).holds is holds


def test_small_corrections_never_add_up_to_a_jump(guard: ClockGuard) -> None:
    for step in range(1, 100):
        guard = looked(guard, step * 60, step * 200)
        assert not guard.holds


def test_a_clock_put_right_is_believed_at_once(guard: ClockGuard) -> None:
    guard = looked(guard, 10, DAY)
    assert looked(guard, 300, DAY).holds
    assert not looked(guard, 310, -20).holds


def test_a_clock_that_stays_ahead_is_believed_after_a_quarter_of_an_hour(
    guard: ClockGuard,
) -> None:
    guard = looked(guard, 10, DAY)
    assert looked(guard, 909, DAY).holds

    believed = looked(guard, 910, DAY)

    assert not believed.holds
    assert not looked(believed, 920, DAY).holds
    assert looked(believed, 920, 0).holds


def test_a_second_jump_does_not_lengthen_the_wait(guard: ClockGuard) -> None:
    guard = looked(looked(guard, 10, DAY), 500, 2 * DAY)

    assert guard.holds
    assert not looked(guard, 910, 2 * DAY).holds
