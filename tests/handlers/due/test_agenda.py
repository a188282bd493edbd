"""Between what is stored and what the schedule decides on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from content.schedule.agenda import Agenda, DigestKey, Entry
from content.schedule.cycles import later, sent, skipped
from content.schedule.delivery import Ending
from content.schedule.follow_ups import FollowUp, FollowUpKind
from content.schedule.habits import Habits
from content.schedule.instants import Quiet
from content.values.weeks import Cycle, CycleState, Rhythm
from handlers.due import agenda
from handlers.due.agenda import REASSESS
from storage import records
from storage.errors import Overtaken
from storage.protocols import Storage
from storage.records import (
    ActionState,
    ClientNumber,
    Depth,
    DispatchKind,
    DispatchNumber,
    Owner,
    Person,
    PromiseNumber,
    Reminding,
)
from storage.rows.memory import Memory, Owned

T = TypeVar("T")

ME = Owner(1)
ONE, TWO = ClientNumber(1), ClientNumber(2)
MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
WEEK = timedelta(days=7)
NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""On that Monday in Moscow."""


@pytest.fixture
async def clients(storage: Storage) -> None:
    """Two clients, each with an assessment."""

    def step(memory: Memory) -> None:
        for name in ("Вектор", "Омега"):
            client = memory.of(ME).clients.add(name, NOON)
            memory.of(ME).assessments.start(client.number, Depth.FULL, team=False, now=NOON)

    await storage.write(step)


@pytest.fixture
async def weekly(storage: Storage, clients: None) -> None:
    """The first client is reported to on Mondays."""
    assert clients is None
    monday = Rhythm(ONE, 0, MONDAY)
    await storage.write(lambda memory: memory.of(ME).reminders.set_rhythm(monday))


async def mine(storage: Storage, step: Callable[[Owned], T]) -> T:
    return await storage.write(lambda memory: step(memory.of(ME)))


def plan(memory: Owned, client: int, due: date, about: str = "own", listed: int = 0) -> None:
    """Add an action of a client's plan; the numbers of clients and assessments agree."""
    action = memory.plans.add(
        ClientNumber(client), records.AssessmentNumber(client), about, due, "позвонить"
    )
    memory.plans.save(replace(action, listed=listed))


def promise(kind: str, client: int | None, due: date = FRIDAY) -> records.Promise:
    about = None if client is None else ClientNumber(client)
    return records.Promise(PromiseNumber(0), about, kind, due)


def dispatch(kind: DispatchKind, day: date, ending: str | None = None) -> records.Dispatch:
    at = datetime.combine(day, time(6), UTC)
    return records.Dispatch(
        ME,
        DispatchNumber(0),
        kind,
        epoch=2,
        day=day,
        claimed_at=at,
        not_after=at + timedelta(hours=12),
        wake=at,
        holder="one",
        lease=at,
        ending=ending,
    )


async def test_somebody_without_a_row_has_an_empty_agenda_by_the_clock_of_an_unknown_language(
    storage: Storage,
) -> None:
    found = await mine(storage, lambda memory: agenda.agenda_of(memory, NOON))
    assert found == Agenda(Habits(ZoneInfo("America/New_York")))


async def test_settings_are_taken_as_they_are_stored(storage: Storage) -> None:
    reminding = Reminding(
        remind_at=time(18),
        quiet=(time(22), time(7)),
        weekdays_only=True,
        holidays="RU",
        epoch=2,
        effective_from=NOON,
        away_until=FRIDAY,
        reachable=False,
    )

    def step(memory: Owned) -> tuple[Agenda, Habits]:
        memory.people.save(Person(ME, zone="Asia/Omsk", since=NOON))
        memory.reminders.save(reminding)
        without = agenda.habits_of(memory.people.get(), replace(reminding, quiet=None))
        return agenda.agenda_of(memory, NOON), without

    found, without = await mine(storage, step)
    habits = Habits(ZoneInfo("Asia/Omsk"), time(18), Quiet(time(22), time(7)), True, "RU")
    assert found == Agenda(habits, epoch=2, effective_from=NOON, away_until=FRIDAY, reachable=False)
    assert without == replace(habits, quiet=None)


@pytest.mark.usefixtures("weekly")
@pytest.mark.parametrize(
    "change",
    [
        lambda cycle, _: cycle,
        lambda cycle, habits: later(cycle, habits, NOON),
        lambda cycle, _: sent(cycle, NOON),
        lambda cycle, _: skipped(cycle, NOON),
        lambda cycle, _: replace(cycle, snoozed_until=FRIDAY, open_since=MONDAY - WEEK, rev=5),
    ],
)
async def test_a_cycle_comes_back_as_it_was_kept(
    storage: Storage, change: Callable[[Cycle, Habits], Cycle]
) -> None:
    kept = change(Cycle(MONDAY, open_since=MONDAY), Habits(ZoneInfo("Europe/Moscow")))

    def step(memory: Owned) -> tuple[Rhythm, ...]:
        agenda.keep_cycle(memory, ONE, kept, None)
        return agenda.agenda_of(memory, NOON).rhythms

    assert await mine(storage, step) == (Rhythm(ONE, 0, MONDAY, cycle=kept),)


@pytest.mark.usefixtures("weekly")
async def test_a_cycle_that_did_not_change_is_not_written(storage: Storage) -> None:
    cycle = Cycle(MONDAY, open_since=MONDAY)

    def step(memory: Owned) -> Cycle | None:
        agenda.keep_cycle(memory, ONE, cycle, cycle)
        return memory.reminders.cycle(ONE, MONDAY)

    assert await mine(storage, step) is None


@pytest.mark.usefixtures("weekly")
async def test_who_changes_a_cycle_that_another_has_changed_is_overtaken(storage: Storage) -> None:
    cycle = Cycle(MONDAY, open_since=MONDAY)

    def step(memory: Owned) -> None:
        agenda.keep_cycle(memory, ONE, cycle, None)
        agenda.keep_cycle(memory, ONE, sent(cycle, NOON), cycle)
        with pytest.raises(Overtaken):
            agenda.keep_cycle(memory, ONE, skipped(cycle, NOON), cycle)

    await mine(storage, step)


@pytest.mark.usefixtures("weekly")
async def test_a_week_is_stored_once_it_is_due(storage: Storage) -> None:
    def step(memory: Owned) -> list[Cycle | None]:
        return [
            agenda.advance(memory, client, day)
            for client, day in (
                (TWO, MONDAY),
                (ONE, MONDAY - timedelta(days=1)),
                (ONE, MONDAY),
                (ONE, FRIDAY),
            )
        ]

    cycle = Cycle(MONDAY, open_since=MONDAY)
    assert await mine(storage, step) == [None, None, cycle, cycle]
    stored = await mine(storage, lambda memory: memory.reminders.cycles(ONE))
    assert stored == (Cycle(MONDAY, MONDAY),)


@pytest.mark.usefixtures("weekly")
async def test_a_new_week_supersedes_the_open_one_and_remembers_since_when(
    storage: Storage,
) -> None:
    def step(memory: Owned) -> Cycle | None:
        agenda.advance(memory, ONE, MONDAY)
        return agenda.advance(memory, ONE, FRIDAY + WEEK)

    new = await mine(storage, step)
    assert new == Cycle(MONDAY + WEEK, open_since=MONDAY)
    stored = await mine(storage, lambda memory: memory.reminders.cycles(ONE))
    assert [(each.day, each.state, each.rev) for each in stored] == [
        (MONDAY + WEEK, CycleState.OPEN, 0),
        (MONDAY, CycleState.SUPERSEDED, 1),
    ]


@pytest.mark.usefixtures("weekly")
async def test_a_new_week_leaves_the_answered_one(storage: Storage) -> None:
    def step(memory: Owned) -> Cycle | None:
        cycle = agenda.advance(memory, ONE, MONDAY)
        assert cycle is not None
        agenda.keep_cycle(memory, ONE, sent(cycle, NOON), cycle)
        return agenda.advance(memory, ONE, MONDAY + WEEK)

    assert await mine(storage, step) == Cycle(MONDAY + WEEK, open_since=MONDAY + WEEK)
    stored = await mine(storage, lambda memory: memory.reminders.cycle(ONE, MONDAY))
    assert stored is not None
    assert (stored.state, stored.closed_at) == (CycleState.SENT, NOON)


@pytest.mark.usefixtures("weekly")
async def test_without_a_weekday_the_open_week_stays_the_newest(storage: Storage) -> None:
    def step(memory: Owned) -> Cycle | None:
        agenda.advance(memory, ONE, MONDAY)
        memory.reminders.set_rhythm(Rhythm(ONE, None, MONDAY))
        return agenda.advance(memory, ONE, MONDAY + WEEK)

    assert await mine(storage, step) == Cycle(MONDAY, open_since=MONDAY)


@pytest.mark.usefixtures("clients")
async def test_digests_of_the_last_days_count_and_those_that_went_out_hold_back_others(
    storage: Storage,
) -> None:
    day = timedelta(days=1)
    met = NOON - timedelta(hours=1)

    def step(memory: Memory) -> Agenda:
        for row in (
            dispatch(DispatchKind.DIGEST, MONDAY - 8 * day, Ending.SENT),
            dispatch(DispatchKind.DIGEST, MONDAY - 3 * day, Ending.AMBIGUOUS),
            dispatch(DispatchKind.DIGEST, MONDAY - 2 * day, Ending.EMPTY),
            dispatch(DispatchKind.DIGEST, MONDAY - day, Ending.EXPIRED),
            replace(dispatch(DispatchKind.DIGEST, MONDAY), attempted_at=NOON, met_at=met),
            dispatch(DispatchKind.AGAIN, MONDAY),
        ):
            memory.dispatches.claim(row)
        return agenda.agenda_of(memory.of(ME), NOON)

    found = await storage.write(step)
    assert found.digests == (datetime(2026, 11, 20, 6, tzinfo=UTC), NOON, met)
    assert found.claimed == {DigestKey(2, MONDAY - back * day) for back in range(4)}
    assert found.under_way


@pytest.mark.usefixtures("clients")
async def test_nothing_is_under_way_once_the_digest_has_ended(storage: Storage) -> None:
    def step(memory: Memory) -> Agenda:
        memory.dispatches.claim(dispatch(DispatchKind.DIGEST, MONDAY, Ending.SENT))
        memory.dispatches.claim(dispatch(DispatchKind.MORNING, MONDAY))
        return agenda.agenda_of(memory.of(ME), NOON)

    assert not (await storage.write(step)).under_way


@pytest.mark.usefixtures("clients")
async def test_rows_of_one_kind_client_and_date_are_one_promise(storage: Storage) -> None:
    def step(memory: Owned) -> set[FollowUp]:
        plan(memory, 1, FRIDAY, listed=2)
        plan(memory, 1, FRIDAY, listed=1)
        plan(memory, 1, FRIDAY, REASSESS)
        plan(memory, 1, MONDAY)
        plan(memory, 2, FRIDAY)
        for kind in (agenda.PROBATION, agenda.OUTCOME):
            memory.promises.add(promise(kind, 1))
        memory.promises.add(promise("unheard of", 1))
        memory.promises.add(replace(promise(agenda.OUTCOME, 2), state=ActionState.DONE))
        found = agenda.agenda_of(memory, NOON).follow_ups
        assert len(found) == len(set(found))
        return set(found)

    assert await mine(storage, step) == {
        FollowUp(FollowUpKind.ACTION, FRIDAY, ONE, listed=1),
        FollowUp(FollowUpKind.REASSESSMENT, FRIDAY, ONE),
        FollowUp(FollowUpKind.ACTION, MONDAY, ONE),
        FollowUp(FollowUpKind.ACTION, FRIDAY, TWO),
        FollowUp(FollowUpKind.PROBATION, FRIDAY, ONE),
        FollowUp(FollowUpKind.OUTCOME, FRIDAY, ONE),
    }


@pytest.mark.usefixtures("weekly")
async def test_nothing_of_an_archived_client_is_to_come(storage: Storage) -> None:
    def step(memory: Owned) -> Agenda:
        plan(memory, 1, MONDAY)
        memory.promises.add(promise(agenda.PROBATION, 1))
        memory.promises.add(promise(agenda.REPLY, 1))
        client = memory.clients.get(ONE)
        assert client is not None
        memory.clients.save(replace(client, archived_at=NOON))
        return agenda.agenda_of(memory, NOON)

    found = await mine(storage, step)
    assert (found.rhythms, found.follow_ups) == ((), ())


@pytest.mark.usefixtures("clients")
async def test_all_replies_put_off_to_one_morning_are_one_promise_until_it_is_under_way(
    storage: Storage,
) -> None:
    def step(memory: Memory) -> list[tuple[FollowUp, ...]]:
        mine = memory.of(ME)
        for client in (1, 2, None):
            mine.promises.add(promise(agenda.REPLY, client))
        mine.promises.add(promise(agenda.REPLY, 1, MONDAY))
        before = agenda.agenda_of(mine, NOON).follow_ups
        claimed = memory.dispatches.claim(dispatch(DispatchKind.MORNING, MONDAY))
        assert claimed is not None
        during = agenda.agenda_of(mine, NOON).follow_ups
        memory.dispatches.save(replace(claimed, ending=Ending.EXPIRED))
        agenda.tried(mine, MONDAY)
        return [before, during, agenda.agenda_of(mine, NOON).follow_ups]

    monday = FollowUp(FollowUpKind.MORNING, MONDAY)
    friday = FollowUp(FollowUpKind.MORNING, FRIDAY)
    assert await storage.write(step) == [
        (monday, friday),
        (friday,),
        (replace(monday, tried=True), friday),
    ]


@pytest.mark.usefixtures("clients")
async def test_what_a_message_carried_is_counted_in_every_row_behind_it(storage: Storage) -> None:
    def step(memory: Owned) -> list[tuple[int, int]]:
        plan(memory, 1, FRIDAY, listed=1)
        plan(memory, 1, FRIDAY)
        plan(memory, 2, FRIDAY)
        memory.promises.add(promise(agenda.PROBATION, 1))
        for client in (1, None):
            memory.promises.add(promise(agenda.REPLY, client))
        entries = [
            Entry(each, each.client)
            for each in agenda.agenda_of(memory, NOON).follow_ups
            if each.client != TWO
        ]
        agenda.had(memory, agenda.carried(entries), NOON)
        return [
            *((each.number, each.listed) for each in memory.plans.open()),
            *((each.number, each.listed) for each in memory.promises.open()),
        ]

    assert await mine(storage, step) == [
        *((1, 2), (2, 1), (3, 0)),
        *((1, 1), (2, 1), (3, 1)),
    ]


@pytest.mark.usefixtures("weekly")
@pytest.mark.parametrize("minutes", [0, 5])
async def test_a_message_carries_the_week_that_was_put_off_by_two_hours(
    storage: Storage, minutes: int
) -> None:
    cycle = Cycle(MONDAY, MONDAY, again_at=NOON, rev=3)

    def step(memory: Owned) -> list[Cycle | None]:
        agenda.keep_cycle(memory, ONE, cycle, None)
        names = agenda.carried([Entry(cycle, ONE)])
        found = []
        for at in (NOON - timedelta(minutes=1), NOON + timedelta(minutes=minutes), NOON + WEEK):
            agenda.had(memory, names, at)
            found.append(agenda.advance(memory, ONE, MONDAY))
        return found

    after = replace(cycle, again_at=None, rev=4)
    assert await mine(storage, step) == [cycle, after, after]


@pytest.mark.usefixtures("clients")
async def test_what_was_carried_and_is_gone_since_is_passed_over(storage: Storage) -> None:
    names = ("week:1:2026-11-23", "action:1:2026-11-27", "morning:0:2026-11-23")

    def step(memory: Owned) -> list[tuple[object, ...]]:
        agenda.had(memory, names, NOON)
        return [memory.reminders.cycles(ONE), memory.plans.open(), memory.promises.open()]

    assert await mine(storage, step) == [(), (), ()]


@pytest.mark.usefixtures("clients")
async def test_the_rows_behind_a_promise_are_found(storage: Storage) -> None:
    def step(memory: Owned) -> list[list[int]]:
        plan(memory, 1, FRIDAY)
        plan(memory, 2, FRIDAY)
        plan(memory, 1, FRIDAY)
        memory.promises.add(promise(agenda.PROBATION, 1))
        return [
            [row.number for row in agenda.rows_of(memory, FollowUp(kind, FRIDAY, ONE, listed=9))]
            for kind in (FollowUpKind.ACTION, FollowUpKind.PROBATION, FollowUpKind.OUTCOME)
        ]

    assert await mine(storage, step) == [[1, 3], [1], []]
