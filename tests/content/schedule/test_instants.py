"""Clocks on walls, in zones that change."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from content.schedule.habits import Habits, jitter, kept_time, waking_day
from content.schedule.instants import Quiet, Window, resolve
from tests.content.schedule.oldzones import old_zone

CASES = Path(__file__).parents[2] / "cases" / "schedule"
VECTORS: list[dict[str, Any]] = tomllib.loads((CASES / "instants.toml").read_text("utf-8"))[
    "vector"
]
BERLIN = ZoneInfo("Europe/Berlin")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_zones_are_those_of_the_vectors_or_newer() -> None:
    assert import_module("tzdata").IANA_VERSION >= "2026f"
    assert len(VECTORS) == 33


@pytest.mark.parametrize(
    "vector", VECTORS, ids=[f"{each['zone']} {each['local']} {each['kind']}" for each in VECTORS]
)
def test_a_local_time_is_this_instant(vector: dict[str, Any]) -> None:
    zone, local = ZoneInfo(vector["zone"]), vector["local"]

    instant = resolve(zone, local.date(), local.time())

    assert instant == vector["utc"]
    assert instant.tzinfo is UTC
    assert f"{instant.astimezone(zone):%Y-%m-%d %H:%M %z}" == vector["shown"]


@pytest.mark.parametrize(
    "vector", [each for each in VECTORS if "before" in each], ids=lambda each: each["zone"]
)
def test_an_older_zone_file_makes_another_instant_of_it(vector: dict[str, Any]) -> None:
    local = vector["local"]

    assert resolve(old_zone(vector["zone"]), local.date(), local.time()) == vector["before"]


def test_the_first_of_a_time_that_comes_twice_is_meant_whatever_the_time_says_of_itself() -> None:
    day = date(2026, 10, 25)

    assert resolve(BERLIN, day, time(2, 30, fold=1)) == resolve(BERLIN, day, time(2, 30))


def test_quiet_hours_may_cross_midnight() -> None:
    night, nap = Quiet(time(21), time(8)), Quiet(time(13), time(14))

    assert [time(h) in night for h in (20, 21, 0, 7, 8)] == [False, True, True, True, False]
    assert [time(h) in nap for h in (12, 13, 14)] == [False, True, False]


def test_quiet_hours_of_no_length_are_refused() -> None:
    with pytest.raises(ValueError, match="21:00"):
        Quiet(time(21), time(21))


@pytest.mark.parametrize(
    ("remind_at", "quiet", "start", "end"),
    [
        (time(9), Quiet(time(21), time(8)), "2026-11-21T08:00", "2026-11-21T20:00"),
        (time(9), Quiet(time(0, 30), time(6)), "2026-11-21T08:00", "2026-11-21T23:00"),
        (time(9), Quiet(time(13), time(14)), "2026-11-21T08:00", "2026-11-21T12:00"),
        (time(15), Quiet(time(13), time(14)), "2026-11-21T14:00", "2026-11-21T23:00"),
        (time(9), None, "2026-11-21T08:00", "2026-11-21T23:00"),
    ],
)
def test_a_digest_may_go_out_until_quiet_hours_or_midnight(
    remind_at: time, quiet: Quiet | None, start: str, end: str
) -> None:
    habits = Habits(BERLIN, remind_at, quiet)

    assert habits.window(date(2026, 11, 21)) == Window(utc(start), utc(end))


def test_the_end_of_a_window_is_outside_it() -> None:
    window = Window(utc("2026-11-21T08:00"), utc("2026-11-21T20:00"))

    assert window.start in window
    assert window.end not in window


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [(time(21, 30), time(8)), (time(7, 59), time(8)), (time(8), time(8)), (time(20), time(20))],
)
def test_t38_a_reminder_time_in_quiet_hours_is_kept_as_their_end(wanted: time, kept: time) -> None:
    assert kept_time(wanted, Quiet(time(21), time(8))) == kept
    assert kept_time(wanted, None) == wanted


def test_quiet_hours_end_where_their_clock_says_so() -> None:
    habits = Habits(BERLIN)

    assert habits.quiet_over(utc("2026-11-21T12:00")) == utc("2026-11-21T12:00")
    assert habits.quiet_over(utc("2026-11-21T21:00")) == utc("2026-11-22T07:00")
    assert habits.quiet_over(utc("2026-11-21T01:00")) == utc("2026-11-21T07:00")
    assert Habits(BERLIN, quiet=None).quiet_over(utc("2026-11-21T01:00")) == utc("2026-11-21T01:00")


def test_quiet_hours_that_come_twice_are_both_quiet() -> None:
    habits = Habits(BERLIN, time(2, 45), Quiet(time(2), time(2, 30)))
    again = utc("2026-10-25T01:10")

    assert again in habits.window(date(2026, 10, 25))
    assert habits.is_quiet(again)
    assert habits.quiet_over(again) == utc("2026-10-25T01:30")


@pytest.mark.parametrize(
    ("quiet", "hour"),
    [
        (Quiet(time(21), time(8)), time(9)),
        (Quiet(time(22), time(10, 30)), time(10, 30)),
        (None, time(9)),
    ],
)
def test_a_morning_is_at_nine_or_when_quiet_hours_end(quiet: Quiet | None, hour: time) -> None:
    day = date(2026, 11, 22)

    assert Habits(BERLIN, quiet=quiet).morning(day).start == resolve(BERLIN, day, hour)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-21T22:41", date(2026, 11, 21)),
        ("2026-11-21T23:30", date(2026, 11, 21)),
        ("2026-11-22T00:30", date(2026, 11, 21)),
        ("2026-11-22T03:59", date(2026, 11, 21)),
        ("2026-11-22T04:00", date(2026, 11, 22)),
    ],
)
def test_a_day_ends_when_one_has_slept(now: str, day: date) -> None:
    assert waking_day(BERLIN, utc(now)) == day


def test_what_is_set_up_after_the_reminder_counts_from_tomorrow() -> None:
    habits = Habits(BERLIN)

    assert habits.first_day(utc("2026-11-21T07:59:59")) == date(2026, 11, 21)
    assert habits.first_day(utc("2026-11-21T08:00:00")) == date(2026, 11, 22)


def test_those_who_share_a_reminder_time_are_spread_over_fifteen_seconds() -> None:
    assert {jitter(owner) for owner in range(100)} == {timedelta(seconds=s) for s in range(15)}
    assert jitter(44) == jitter(44) == timedelta(seconds=14)
