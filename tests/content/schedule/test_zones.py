"""What is a time zone and what is not."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from content.places import valid_zone
from content.schedule.instants import resolve


@pytest.mark.parametrize(
    "text",
    [
        "Europe/berlin",
        "../../etc/passwd",
        "/etc/localtime",
        "Europe/Moscow\0",
        "\0",
        "GMT+3",
        "UTC+05:30",
        "+4:17",
        "Asia/Kolkatta",
        "Казань",
        "",
        "x" * 5_000,
    ],
)
def test_t36_what_is_no_zone_is_refused(text: str) -> None:
    assert not valid_zone(text)


def test_t37_an_old_name_is_a_zone_and_behaves_as_the_new_one() -> None:
    assert valid_zone("Asia/Calcutta")
    for month in range(1, 13):
        day = date(2026, month, 29 if month != 2 else 28)
        old, new = (
            resolve(ZoneInfo(key), day, time(9)) for key in ("Asia/Calcutta", "Asia/Kolkata")
        )
        assert old == new
