"""The dates to come."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from content.schedule.agenda import Agenda
from content.schedule.cycles import sent, skipped
from content.schedule.events import Event, upcoming
from content.schedule.follow_ups import FollowUp, FollowUpKind
from content.schedule.habits import Habits
from content.values.weeks import Cycle, Rhythm

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
UNTIL = date(2026, 3, 31)
HABITS = Habits(ZoneInfo("Europe/Berlin"))


def days(agenda: Agenda) -> list[int]:
    return [event.day.day for event in upcoming(agenda, NOON, UNTIL)]


def test_each_week_has_its_report_at_the_hour_of_the_wall() -> None:
    events = upcoming(Agenda(HABITS, rhythms=(Rhythm(7, 0, date(2026, 3, 1)),)), NOON, UNTIL)

    assert [event.at.isoformat() for event in events] == [
        "2026-03-02T08:00:00+00:00",
        "2026-03-09T08:00:00+00:00",
        "2026-03-16T08:00:00+00:00",
        "2026-03-23T08:00:00+00:00",
        "2026-03-30T07:00:00+00:00",
    ]
    assert events[0] == Event(date(2026, 3, 2), datetime(2026, 3, 2, 8, tzinfo=UTC), 7)


def test_a_client_without_a_weekday_has_no_dates() -> None:
    assert days(Agenda(HABITS, rhythms=(Rhythm(7),))) == []


def test_a_week_that_is_closed_is_no_date_to_come() -> None:
    monday = date(2026, 3, 2)
    for close in (sent, skipped):
        cycle = close(Cycle(monday, monday), NOON)
        assert days(Agenda(HABITS, rhythms=(Rhythm(7, 0, monday, cycle=cycle),))) == [9, 16, 23, 30]


def test_after_a_pause_only_the_newest_week_is_spoken_of() -> None:
    paused = Rhythm(7, 0, date(2026, 3, 1), paused_until=date(2026, 3, 18))

    assert days(Agenda(HABITS, rhythms=(paused,))) == [18, 23, 30]


def test_a_vacation_moves_reports_and_promises_to_its_end() -> None:
    agenda = Agenda(
        HABITS,
        away_until=date(2026, 3, 25),
        rhythms=(Rhythm(7, 0, date(2026, 3, 1)),),
        follow_ups=(
            FollowUp(FollowUpKind.ACTION, date(2026, 3, 4), 7),
            FollowUp(FollowUpKind.MORNING, date(2026, 3, 3)),
        ),
    )

    assert [(event.day.day, event.follow_up) for event in upcoming(agenda, NOON, UNTIL)] == [
        (25, None),
        (25, FollowUpKind.ACTION),
        (25, FollowUpKind.MORNING),
        (30, None),
    ]


def test_what_falls_on_a_weekend_is_spoken_of_on_monday_by_those_who_want_it_so() -> None:
    agenda = Agenda(
        Habits(HABITS.zone, weekdays_only=True),
        rhythms=(Rhythm(7, 5, date(2026, 3, 20)),),
        follow_ups=(
            FollowUp(FollowUpKind.REASSESSMENT, date(2026, 3, 8), 7),
            FollowUp(FollowUpKind.MORNING, date(2026, 3, 7)),
        ),
    )

    assert days(agenda) == [7, 9, 23, 30]


def test_promises_past_worn_out_or_far_away_are_not_listed() -> None:
    follow_ups = (
        FollowUp(FollowUpKind.ACTION, date(2026, 3, 1)),
        FollowUp(FollowUpKind.ACTION, date(2026, 3, 5), listed=3),
        FollowUp(FollowUpKind.ACTION, date(2026, 4, 1)),
    )

    assert days(Agenda(HABITS, follow_ups=follow_ups)) == []
