"""Public holidays."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from content.schedule.days_off import is_holiday, knows_country
from content.schedule.habits import Habits


def test_the_holidays_of_russia_are_known() -> None:
    assert knows_country("RU")
    assert [day for day in range(1, 31) if is_holiday("RU", date(2026, 6, day))] == [12]


def test_a_country_without_holidays_to_know_is_told_apart() -> None:
    assert not knows_country("XX")
    with pytest.raises(NotImplementedError):
        is_holiday("XX", date(2026, 6, 12))


def test_holidays_are_free_only_for_those_who_asked() -> None:
    zone, friday = ZoneInfo("Europe/Moscow"), date(2026, 6, 12)

    assert Habits(zone, holidays="RU").is_day_off(friday)
    assert not Habits(zone, weekdays_only=True).is_day_off(friday)
    assert Habits(zone, weekdays_only=True).is_day_off(date(2026, 6, 13))
