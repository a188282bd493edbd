"""The week of a client."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from content.schedule.cycles import (
    cycle_day,
    later,
    listed,
    new_cycle,
    sent,
    skipped,
    snoozed,
    superseded,
    undone,
    with_weekday,
)
from content.schedule.habits import Habits
from content.values.weeks import Cycle, CycleState, Rhythm

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
BERLIN = Habits(ZoneInfo("Europe/Berlin"))
OPEN = Cycle(MONDAY, open_since=MONDAY)


@pytest.mark.parametrize("weekday", range(7))
def test_the_week_of_a_date_began_on_the_last_such_weekday(weekday: int) -> None:
    for after in range(-10, 20):
        day = MONDAY + timedelta(days=after)
        last = [day - timedelta(days=back) for back in range(7)]

        found = cycle_day(Rhythm(1, weekday, MONDAY), day)

        assert found == next(
            (each for each in last if each.weekday() == weekday and each >= MONDAY), None
        )


def test_without_a_weekday_a_client_has_no_weeks_and_is_not_listed() -> None:
    assert cycle_day(Rhythm(1), MONDAY) is None
    assert listed(Rhythm(1, cycle=OPEN), MONDAY) is None


def test_a_week_becomes_due_once() -> None:
    rhythm = Rhythm(1, 0, MONDAY)
    cycle = new_cycle(rhythm, MONDAY)

    assert cycle == OPEN
    assert new_cycle(replace(rhythm, cycle=cycle), MONDAY + timedelta(days=6)) is None


def test_a_week_after_an_unanswered_one_is_the_second_without_a_report() -> None:
    rhythm = Rhythm(1, 0, MONDAY, cycle=OPEN)
    second = new_cycle(rhythm, MONDAY + timedelta(days=9))

    assert second is not None
    assert second.day == MONDAY + timedelta(days=7)
    assert [second.weeks_open(MONDAY + timedelta(days=d)) for d in (0, 6, 7, 13, 14)] == [
        *(1, 1, 2, 2, 3)
    ]


def test_a_week_after_a_closed_one_is_the_first_again() -> None:
    rhythm = Rhythm(1, 0, MONDAY, cycle=sent(OPEN, NOON))
    second = new_cycle(rhythm, MONDAY + timedelta(days=7))

    assert second is not None
    assert second.open_since == second.day


def test_a_week_that_lies_ahead_after_a_flight_west_is_not_listed_yet() -> None:
    assert listed(Rhythm(1, 0, MONDAY, cycle=OPEN), MONDAY - timedelta(days=1)) is None


def test_a_weekday_taken_back_ends_the_reminders() -> None:
    rhythm = with_weekday(Rhythm(1, 0, MONDAY, cycle=OPEN), None, BERLIN, NOON)

    assert listed(rhythm, MONDAY) is None


@pytest.mark.parametrize(
    ("at", "since"), [("2026-03-05T07:59:59", 5), ("2026-03-05T08:00:00", 12), ("2026-03-03", 5)]
)
def test_a_new_weekday_counts_from_the_first_to_come(at: str, since: int) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)

    assert with_weekday(Rhythm(1, 0, MONDAY), 3, BERLIN, now).since == date(2026, 3, since)


def test_t19_a_second_tap_changes_nothing() -> None:
    done, skip = sent(OPEN, NOON), skipped(OPEN, NOON)

    assert done.rev == 1
    assert sent(done, NOON + timedelta(minutes=1)) is done
    assert skipped(skip, NOON + timedelta(minutes=1)) is skip


def test_what_was_sent_is_not_skipped_and_what_was_skipped_may_be_sent() -> None:
    done = sent(OPEN, NOON)

    assert skipped(done, NOON) is done
    assert snoozed(done, MONDAY) is done
    assert later(done, BERLIN, NOON) is done
    assert superseded(done) is done
    assert sent(skipped(OPEN, NOON), NOON).state is CycleState.SENT


def test_last_weeks_report_can_still_be_sent() -> None:
    last = superseded(OPEN)

    assert last.state is CycleState.SUPERSEDED
    assert sent(last, NOON).state is CycleState.SENT
    assert undone(sent(last, NOON), NOON, newest=False) == replace(last, rev=last.rev + 2)


def test_for_a_day_a_report_can_be_taken_back() -> None:
    done, day = sent(OPEN, NOON), timedelta(hours=24)

    assert undone(done, NOON + day, newest=True).state is CycleState.OPEN
    assert undone(done, NOON + day + timedelta(seconds=1), newest=True) is done
    assert undone(OPEN, NOON, newest=True) is OPEN


def test_put_off_the_client_is_listed_again_on_the_date() -> None:
    tuesday = MONDAY + timedelta(days=1)
    rhythm = Rhythm(1, 0, MONDAY, cycle=snoozed(OPEN, tuesday))

    assert listed(rhythm, MONDAY) is None
    assert listed(rhythm, tuesday) == rhythm.cycle


@pytest.mark.parametrize(("hour", "comes"), [(5, False), (8, True), (17, True), (19, False)])
def test_in_two_hours_a_message_comes_if_that_is_within_the_day(hour: int, *, comes: bool) -> None:
    now = NOON.replace(hour=hour)
    at = later(OPEN, BERLIN, now).again_at

    assert at == (now + timedelta(hours=2) if comes else None)
