"""What a client really pays by the hour, and what that says.

It affects *when* to leave, never *whether*: the verdict does that. Money is in whole units of one
currency, times are hours of the same period.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from content.models import SIGN_OPTIONS, OptionId

EDGE, LOSS, DEEP_LOSS = 1.0, 0.8, 0.5
"""Ours: paid below the own rate is on the edge, below four fifths a loss, below half a deep one."""
BIG_SHARE = 0.3
"""Ours: from this share of the income on, leaving at once hurts."""
SAFE_RESERVE = 3.0
"""Ours: months of living that a reserve should cover before a big client goes."""


class When(StrEnum):
    """When to leave, if it comes to that; whether it does is the verdict's affair."""

    ANY_TIME = "any_time"
    """The share is small or the reserve bears it."""
    REPLACE_FIRST = "replace_first"
    """A big share and no reserve: find the next client first, collect the debts."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours given to one client, all of them: none counts twice."""

    work: float
    getting_paid: float = 0.0
    """Reminders, papers, calls to the accountant."""
    out_of_hours: float = 0.0
    """Answered at night and at weekends."""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for less than nothing."""
        if min(self.work, self.getting_paid, self.out_of_hours) < 0:
            raise ValueError("hours below zero")

    @property
    def total(self) -> float:
        """Return all hours."""
        return self.work + self.getting_paid + self.out_of_hours


@dataclass(frozen=True, slots=True)
class Price:
    """The count. Rates are per hour."""

    real_rate: float
    elsewhere: float
    """What the same hours would bring at the own rate."""
    unpaid_share: float
    """Share of the hours that went into getting paid and out of hours, 0 to 1."""
    option: OptionId
    """The answer to ``costs_more_than_brings`` that the count suggests."""
    when: When


def price(
    hours: Hours, *, rate: float, paid: float, share_of_income: float, reserve_months: float
) -> Price:
    """Count the price of a client.

    ``rate`` is the own rate by the hour, ``share_of_income`` 0 to 1. Raises ``ValueError`` for
    no hours at all, a rate of zero, and what is out of its range.
    """
    if hours.total <= 0 or rate <= 0:
        raise ValueError("there must be hours and a rate")
    if paid < 0 or reserve_months < 0 or not 0 <= share_of_income <= 1:
        raise ValueError("paid, reserve or share of the income is out of range")
    elsewhere = hours.total * rate
    worth = paid / elsewhere
    value = sum(worth < limit for limit in (EDGE, LOSS, DEEP_LOSS))
    exposed = share_of_income >= BIG_SHARE and reserve_months < SAFE_RESERVE
    return Price(
        real_rate=paid / hours.total,
        elsewhere=elsewhere,
        unpaid_share=1 - hours.work / hours.total,
        option=SIGN_OPTIONS[value],
        when=When.REPLACE_FIRST if exposed else When.ANY_TIME,
    )
