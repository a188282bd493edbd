"""At least once, and at most one silent copy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from content.schedule.delivery import (
    Delivery,
    Ending,
    SendNow,
    Wait,
    next_step,
)

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRESH = Delivery(not_after=NINE + timedelta(hours=12))
DOUBTFUL = FRESH.attempted(NINE)


def step(
    delivery: Delivery, *, minutes: float = 0, at_most_once: bool = False
) -> SendNow | Wait | Ending:
    return next_step(delivery, NINE + timedelta(minutes=minutes), at_most_once=at_most_once)


def test_what_was_never_tried_is_sent_with_its_sound() -> None:
    assert step(FRESH) == SendNow(silent=False)


def test_what_was_never_tried_expires_at_the_end_of_its_window() -> None:
    assert step(FRESH, minutes=12 * 60 - 1 / 60) == SendNow(silent=False)
    assert step(FRESH, minutes=12 * 60) is Ending.EXPIRED


def test_a_call_that_may_have_been_applied_is_repeated_silently_a_minute_later() -> None:
    assert step(DOUBTFUL) == Wait(NINE + timedelta(minutes=1))
    assert step(DOUBTFUL, minutes=1) == SendNow(silent=True)


def test_no_silent_copy_comes_in_the_last_quarter_of_an_hour() -> None:
    assert step(DOUBTFUL, minutes=11.7 * 60) == SendNow(silent=True)
    assert step(DOUBTFUL, minutes=11.75 * 60) is Ending.AMBIGUOUS


def test_a_second_doubtful_call_is_the_last() -> None:
    assert step(DOUBTFUL.attempted(NINE + timedelta(minutes=1)), minutes=5) is Ending.AMBIGUOUS


def test_at_most_once_means_no_silent_copy() -> None:
    assert step(FRESH, at_most_once=True) == SendNow(silent=False)
    assert step(DOUBTFUL, minutes=1, at_most_once=True) is Ending.AMBIGUOUS


def test_a_call_that_surely_failed_leaves_no_doubt() -> None:
    assert step(DOUBTFUL.failed()) == SendNow(silent=False)
    assert DOUBTFUL.failed().given_up is Ending.EXPIRED
    assert DOUBTFUL.given_up is Ending.AMBIGUOUS


def test_a_silent_copy_that_surely_failed_is_tried_again_silently() -> None:
    again = DOUBTFUL.attempted(NINE + timedelta(minutes=1)).failed()

    assert step(again, minutes=2) == SendNow(silent=True)


def test_telegram_is_not_called_before_it_wants_to_be() -> None:
    at = NINE + timedelta(seconds=40)

    assert step(DOUBTFUL.failed(at)) == Wait(at)
    assert step(DOUBTFUL.failed(at), minutes=1) == SendNow(silent=False)


def test_t17_a_wait_past_the_end_expires_at_once() -> None:
    delivery = DOUBTFUL.failed(FRESH.not_after + timedelta(seconds=30))

    assert step(delivery, minutes=12 * 60 - 1 / 6) is Ending.EXPIRED
