"""The price of a client is counted, and says when rather than whether."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.models import SIGN_OPTIONS
from content.price import Hours, Price, When, price


def count(paid: float, *, share: float = 0.1, reserve: float = 6) -> Price:
    return price(
        Hours(work=40, getting_paid=6, out_of_hours=4),
        rate=2_000,
        paid=paid,
        share_of_income=share,
        reserve_months=reserve,
    )


def test_all_hours_count_not_only_those_of_the_work() -> None:
    counted = count(50_000)

    assert counted.real_rate == 1_000
    assert counted.elsewhere == 100_000
    assert counted.unpaid_share == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("paid", "option"),
    [
        (120_000, "never"),
        (100_000, "never"),
        (99_999, "once"),
        (80_000, "once"),
        (79_999, "often"),
        (50_000, "often"),
        (49_999, "always"),
        (0, "always"),
    ],
)
def test_the_further_below_the_own_rate_the_worse_the_answer(paid: float, option: str) -> None:
    assert count(paid).option == option


@pytest.mark.parametrize(
    ("share", "reserve", "when"),
    [
        (0.29, 0, When.ANY_TIME),
        (0.3, 2.9, When.REPLACE_FIRST),
        (0.3, 3, When.ANY_TIME),
        (1, 0, When.REPLACE_FIRST),
    ],
)
def test_a_big_share_without_a_reserve_says_to_replace_it_first(
    share: float, reserve: float, when: When
) -> None:
    assert count(10_000, share=share, reserve=reserve).when is when


@given(share=st.floats(0, 1), reserve=st.floats(0, 60))
def test_the_fear_for_income_never_changes_the_answer(share: float, reserve: float) -> None:
    assert count(60_000, share=share, reserve=reserve).option == "often"


@given(st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)))
def test_more_pay_is_never_a_worse_answer(paid: tuple[float, float]) -> None:
    less, more = (SIGN_OPTIONS.index(count(each).option) for each in sorted(paid))

    assert more <= less


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": Hours(0)},
        {"rate": 0},
        {"paid": -1},
        {"reserve_months": -1},
        {"share_of_income": 1.1},
        {"share_of_income": -0.1},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    right: dict[str, object] = {
        "hours": Hours(10), "rate": 1, "paid": 1, "share_of_income": 0.5, "reserve_months": 1
    }  # fmt: skip
    with pytest.raises(ValueError, match=r"must be hours|out of range"):
        price(**{**right, **wrong})  # type: ignore[arg-type]  # a table of wrong values


def test_hours_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Hours(work=1, getting_paid=-1)
