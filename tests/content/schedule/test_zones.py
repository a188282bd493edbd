"""What is a time zone and what is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from content.places import valid_zone
from content.schedule.instants import resolve
from content.schedule.zones import check_zone

NOW = datetime(2026, 11, 21, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Europe/berlin", "Europe/Berlin"),
        ("../../etc/passwd", "Europe/Moscow"),
        ("/etc/localtime", "Europe/Moscow"),
        ("Europe/Moscow\0", "Europe/Moscow"),
        ("\0", "Europe/Moscow"),
        ("GMT+3", "Europe/Moscow"),
        ("UTC+05:30", "Asia/Kolkata"),
        ("utc -3", "America/Argentina/Buenos_Aires"),
        ("GMT+99", "Europe/Moscow"),
        ("+4:17", "Europe/Moscow"),
        ("Asia/Ekaterinburg", "Asia/Yekaterinburg"),
        ("Asia/Kolkatta", "Asia/Kolkata"),
        ("Казань", "Europe/Moscow"),
        ("", "Europe/Moscow"),
        ("x" * 5_000, "Europe/Moscow"),
    ],
)
def test_t36_what_is_no_zone_is_refused_with_proposals(text: str, first: str) -> None:
    proposals = check_zone(text, NOW)

    assert isinstance(proposals, tuple)
    assert proposals[0] == first
    assert len(proposals) <= 4
    assert all(map(valid_zone, proposals))


def test_t37_an_old_name_is_a_zone_and_behaves_as_the_new_one() -> None:
    assert check_zone("Asia/Calcutta", NOW) == "Asia/Calcutta"
    for month in range(1, 13):
        day = date(2026, month, 29 if month != 2 else 28)
        old, new = (
            resolve(ZoneInfo(key), day, time(9)) for key in ("Asia/Calcutta", "Asia/Kolkata")
        )
        assert old == new
