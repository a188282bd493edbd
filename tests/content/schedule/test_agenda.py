"""Whether to speak up now, and when next."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from content.schedule.agenda import (
    Agenda,
    Claim,
    DigestKey,
    Entry,
    Extra,
    due,
    is_silent,
    next_slot,
    sendable,
    sendable_extra,
    shown,
    solicited,
    tick,
)
from content.schedule.follow_ups import FollowUp, FollowUpKind
from content.schedule.habits import Habits
from content.schedule.instants import Quiet
from content.values.weeks import Cycle, CycleState, Rhythm
from tests.content.schedule.simulation import ZONES

MONDAY = date(2026, 3, 2)
NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)
HABITS = Habits(ZoneInfo("Europe/Berlin"))
WEEKLY = (Rhythm(1, 0, MONDAY),)
HOUR = timedelta(hours=1)

days = st.dates(date(2026, 3, 20), date(2026, 4, 10))
instants = st.datetimes(
    datetime(2026, 3, 20),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2026, 4, 10),  # noqa: DTZ001 - the strategy adds the zone
    timezones=st.just(UTC),
).map(lambda at: at.replace(microsecond=0))
hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
quiets = st.none() | st.tuples(hours, hours).filter(lambda two: two[0] != two[1]).map(
    lambda two: Quiet(*two)
)
habits = st.builds(
    Habits, st.sampled_from(ZONES).map(ZoneInfo), hours, quiets, weekdays_only=st.booleans()
).filter(lambda each: each.quiet is None or each.remind_at not in each.quiet)
cycles = st.builds(
    Cycle,
    days,
    days,
    st.sampled_from(CycleState),
    snoozed_until=st.none() | days,
    again_at=st.none() | instants,
)
rhythms = st.builds(
    Rhythm,
    st.integers(1, 3),
    st.none() | st.integers(0, 6),
    days,
    paused_until=st.none() | days,
    cycle=st.none() | cycles,
)
follow_ups = st.builds(
    FollowUp,
    st.sampled_from(FollowUpKind),
    days,
    listed=st.integers(0, 3),
    tried=st.booleans(),
)
agendas = st.builds(
    Agenda,
    habits,
    effective_from=st.none() | instants,
    digests=st.lists(instants, max_size=2).map(tuple),
    claimed=st.frozensets(st.builds(DigestKey, st.just(0), days), max_size=3),
    under_way=st.booleans(),
    reachable=st.integers(0, 9).map(bool),
    away_until=st.none() | days,
    rhythms=st.lists(rhythms, max_size=2).map(tuple),
    follow_ups=st.lists(follow_ups, max_size=2).map(tuple),
)


@given(agendas, instants)
def test_nothing_is_due_before_the_next_slot(agenda: Agenda, now: datetime) -> None:
    slot = next_slot(agenda, now)
    last = now + timedelta(days=9) if slot is None else slot

    at = now
    while at < last and at < now + timedelta(days=9):
        assert tick(agenda, at) is None
        assert solicited(agenda, at) == ()
        at += timedelta(minutes=71)
    if slot is not None and slot < now + timedelta(days=30):
        assert slot >= now
        assert tick(agenda, slot) or solicited(agenda, slot)


def test_t13_after_nine_days_down_ten_thousand_people_get_one_digest_each() -> None:
    now = NINE + timedelta(days=9, hours=3)
    people = {
        owner: Agenda(HABITS, rhythms=(Rhythm(1, owner % 7, MONDAY),)) for owner in range(10_000)
    }
    claims = {owner: claim for owner, agenda in people.items() if (claim := tick(agenda, now))}

    assert len(claims) == 10_000
    assert {claim.key.day for claim in claims.values()} == {date(2026, 3, 11)}
    again = Agenda(HABITS, claimed=frozenset({claims[0].key}), digests=(now,), rhythms=WEEKLY)
    assert tick(again, now) is None


def test_t33_three_workers_that_tick_at_once_claim_each_digest_once() -> None:
    agenda = Agenda(HABITS, rhythms=WEEKLY)
    wanted = [
        (owner, claim.key)
        for owner in range(1_000)
        for _worker in range(3)
        if (claim := tick(agenda, NINE))
    ]

    assert set(Counter(wanted).values()) == {3}
    assert len({(owner, key.epoch, key.day) for owner, key in wanted}) == 1_000


def test_a_setting_changed_at_the_very_minute_counts_from_the_next_slot() -> None:
    assert tick(Agenda(HABITS, effective_from=NINE, rhythms=WEEKLY), NINE) is None


def test_a_digest_that_comes_late_is_not_sent() -> None:
    agenda = Agenda(HABITS, rhythms=WEEKLY)
    claim = tick(agenda, NINE)
    assert claim == Claim(DigestKey(0, MONDAY), NINE + 12 * HOUR)

    assert sendable(agenda, claim, NINE + 11 * HOUR) == (Entry(Cycle(MONDAY, MONDAY), 1),)
    assert sendable(agenda, claim, NINE + 12 * HOUR) is None
    assert sendable(Agenda(HABITS, epoch=1, rhythms=WEEKLY), claim, NINE) is None
    assert sendable(Agenda(HABITS, reachable=False, rhythms=WEEKLY), claim, NINE) is None
    early = Agenda(Habits(HABITS.zone, quiet=Quiet(time(9), time(10))), rhythms=WEEKLY)
    assert sendable(early, claim, NINE) is None
    assert sendable(Agenda(HABITS), claim, NINE) == ()


def test_an_asked_for_message_that_comes_late_or_for_nothing_is_not_sent() -> None:
    cycle = Cycle(MONDAY, MONDAY)
    extra = Extra(Entry(cycle, 1), NINE + 12 * HOUR)
    agenda = Agenda(HABITS, rhythms=(Rhythm(1, 0, MONDAY, cycle=cycle),))

    assert sendable_extra(agenda, extra, NINE) == (extra.entry,)
    assert sendable_extra(agenda, extra, NINE + 12 * HOUR) is None
    assert sendable_extra(Agenda(HABITS), extra, NINE) == ()


def test_a_message_put_off_by_not_today_is_shown_even_if_nothing_else_is() -> None:
    extra = Extra(Entry(FollowUp(FollowUpKind.MORNING, MONDAY), None), NINE + HOUR)

    assert sendable_extra(Agenda(HABITS), extra, NINE) == (extra.entry,)


def test_while_a_digest_is_under_way_nothing_else_comes() -> None:
    follow_up = FollowUp(FollowUpKind.MORNING, MONDAY)
    claimed = frozenset({DigestKey(0, MONDAY)})
    agenda = Agenda(HABITS, claimed=claimed, under_way=True, follow_ups=(follow_up,))
    free = Agenda(HABITS, claimed=claimed, follow_ups=(follow_up,))

    assert solicited(agenda, NINE) == ()
    assert solicited(free, NINE) == (Extra(Entry(follow_up, None), NINE + 12 * HOUR),)


def test_a_digest_that_is_due_goes_before_what_was_asked_for() -> None:
    cycle = Cycle(MONDAY, MONDAY, again_at=NINE + HOUR)
    agenda = Agenda(HABITS, rhythms=(Rhythm(1, 0, MONDAY, cycle=cycle), Rhythm(2, 0, MONDAY)))
    two_hours_late = NINE + 2 * HOUR

    assert tick(agenda, two_hours_late) is not None
    assert solicited(agenda, two_hours_late) == ()


def test_a_digest_rings_while_anything_in_it_is_new() -> None:
    old = Entry(Cycle(MONDAY - timedelta(days=5), MONDAY), 1)
    new = Entry(Cycle(MONDAY, MONDAY), 2)
    worn, fresh = (Entry(FollowUp(FollowUpKind.ACTION, MONDAY, listed=n), 1) for n in (2, 1))

    assert is_silent((old, worn), MONDAY)
    assert not is_silent((old, new), MONDAY)
    assert not is_silent((old, fresh), MONDAY)


def test_t4_ten_entries_are_shown_and_the_rest_counted() -> None:
    entries = tuple(Entry(Cycle(MONDAY, MONDAY), number) for number in range(12))

    assert shown(entries) == (entries[:10], 2)
    assert shown(entries[:3]) == (entries[:3], 0)


def test_clients_come_before_promises() -> None:
    agenda = Agenda(HABITS, rhythms=WEEKLY, follow_ups=(FollowUp(FollowUpKind.OUTCOME, MONDAY, 1),))

    assert [type(entry.about) for entry in due(agenda, MONDAY, NINE)] == [Cycle, FollowUp]


def test_for_somebody_with_nothing_to_be_told_there_is_no_next_slot() -> None:
    assert next_slot(Agenda(HABITS), NINE) is None
    assert next_slot(Agenda(HABITS, reachable=False, rhythms=WEEKLY), NINE) is None


def test_the_next_slot_looks_over_a_long_vacation() -> None:
    back = date(2027, 3, 5)
    agenda = Agenda(HABITS, away_until=back, rhythms=WEEKLY)

    assert next_slot(agenda, NINE) == datetime(2027, 3, 5, 8, tzinfo=UTC)


def test_where_nothing_is_found_for_long_the_search_is_put_off() -> None:
    snoozed = Cycle(MONDAY, MONDAY, snoozed_until=date(2027, 1, 1))
    agenda = Agenda(HABITS, rhythms=(Rhythm(1, 0, date(2027, 1, 1), cycle=snoozed),), follow_ups=())

    assert next_slot(agenda, NINE) == datetime(2026, 5, 1, 7, tzinfo=UTC)
