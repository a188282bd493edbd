"""How many updates are counted, and for how long anybody is remembered."""

from __future__ import annotations

import pytest

from bot.serve.rate import WINDOW, Rate


@pytest.mark.parametrize("limit", [1, 5, 20])
def test_as_many_as_the_limit_are_fine_and_the_next_is_not(limit: int) -> None:
    rate = Rate(limit)
    assert [rate.exceeded(1, 0.1) for _ in range(limit + 1)] == [*[False] * limit, True]


def test_the_window_moves_along() -> None:
    rate = Rate(2)
    assert [rate.exceeded(1, at) for at in (0, 6, 9.9, 16, 19)] == [False, False, True, False, True]


def test_two_a_second_are_never_too_many() -> None:
    rate = Rate(20)
    assert not any(rate.exceeded(1, number * 0.5) for number in range(200))


def test_three_a_second_are_too_many_for_as_long_as_they_last() -> None:
    rate = Rate(20)
    exceeded = [rate.exceeded(1, number / 3) for number in range(120)]
    assert exceeded == [*[False] * 20, *[True] * 100]


def test_everybody_is_counted_alone() -> None:
    rate = Rate(1)
    assert [rate.exceeded(chat, 0) for chat in (1, 2, 1)] == [False, False, True]


def test_without_a_limit_nothing_is_counted() -> None:
    rate = Rate()
    assert not any(rate.exceeded(1, 0) for _ in range(1000))
    assert len(rate) == 0


def test_who_is_quiet_is_forgotten() -> None:
    rate = Rate(5)
    for chat in range(1000):
        rate.exceeded(chat, chat * 0.1)
        assert len(rate) <= WINDOW / 0.1 + 1


def test_the_surplus_is_counted_until_it_is_quiet() -> None:
    rate = Rate(1)
    rate.exceeded(1, 0)
    assert [rate.turned_away(1), rate.turned_away(1)] == [1, 2]
    rate.exceeded(1, WINDOW)
    assert rate.turned_away(1) == 1
