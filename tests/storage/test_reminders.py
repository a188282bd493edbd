from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from content.values.weeks import Cycle, CycleState, Rhythm
from storage.errors import NotFound, Overtaken
from storage.protocols import Storage
from storage.records import (
    Action,
    ActionState,
    Answer,
    Client,
    ClientNumber,
    Depth,
    Dispatch,
    DispatchNumber,
    Export,
    Owner,
    Person,
    Promise,
    Reminding,
)
from storage.rows.memory import Memory, Owned
from tests.storage.example import (
    ANNA,
    BORIS,
    MONDAY,
    a_cycle,
    a_dispatch,
    a_fact,
    a_promise,
    a_report,
    fill,
)

Change = Callable[[Owned, datetime], object]

ONE, TWO = ClientNumber(1), ClientNumber(2)
WEEK = timedelta(days=7)
ALL_OF_IT = Reminding(
    remind_at=time(18, 30),
    quiet=(time(22, 15), time(7)),
    weekdays_only=True,
    holidays="RU",
    weekday=4,
    epoch=3,
    away_until=date(2026, 12, 1),
    reachable=False,
)


@pytest.fixture
async def clients(storage: Storage, now: datetime) -> tuple[Client, Client]:
    """Anna's two clients."""

    def step(memory: Memory) -> tuple[Client, Client]:
        mine = memory.of(ANNA).clients
        return mine.add("Вектор", now), mine.add("Омега", now)

    return await storage.write(step)


async def anna(storage: Storage, step: Callable[[Owned], object]) -> None:
    """Do something with Anna's memory."""
    await storage.write(lambda memory: step(memory.of(ANNA)))


async def reminding(storage: Storage) -> Reminding:
    return await storage.write(lambda memory: memory.of(ANNA).reminders.get())


async def rhythms(storage: Storage, today: date) -> tuple[Rhythm, ...]:
    return await storage.write(lambda memory: memory.of(ANNA).reminders.rhythms(today))


async def cycle(storage: Storage, day: date = MONDAY) -> Cycle | None:
    return await storage.write(lambda memory: memory.of(ANNA).reminders.cycle(ONE, day))


async def test_who_never_chose_anything_has_the_defaults(storage: Storage) -> None:
    assert await reminding(storage) == Reminding()


@pytest.mark.usefixtures("clients")
async def test_how_to_be_reminded_is_kept(storage: Storage, now: datetime) -> None:
    changed = replace(ALL_OF_IT, effective_from=now)
    await anna(storage, lambda mine: mine.reminders.save(changed))
    assert await reminding(storage) == changed
    await anna(storage, lambda mine: mine.reminders.save(Reminding(quiet=None)))
    assert await reminding(storage) == Reminding(quiet=None)
    assert await storage.write(lambda memory: memory.of(BORIS).reminders.get()) == Reminding()


async def test_nobody_without_a_row_is_reminded(storage: Storage) -> None:
    with pytest.raises(NotFound):
        await anna(storage, lambda mine: mine.reminders.save(Reminding()))
    await anna(storage, lambda mine: mine.reminders.look_again())
    export = await storage.write(lambda memory: memory.of(ANNA).export())
    assert export == Export(Person(ANNA))


@pytest.mark.usefixtures("clients")
async def test_a_setting_holds_from_the_second_after_it_was_changed(
    storage: Storage, now: datetime
) -> None:
    changed = Reminding(effective_from=now + timedelta(microseconds=1))
    await anna(storage, lambda mine: mine.reminders.save(changed))
    assert (await reminding(storage)).effective_from == now + timedelta(seconds=1)


def set_rhythm(rhythm: Rhythm, mine: Owned) -> None:
    mine.reminders.set_rhythm(rhythm)


@pytest.mark.usefixtures("clients")
async def test_a_rhythm_is_chosen_changed_and_given_up(storage: Storage) -> None:
    assert await storage.write(lambda memory: memory.of(ANNA).reminders.rhythm(ONE, MONDAY)) is None
    chosen = Rhythm(ONE, 0, MONDAY, paused_until=date(2026, 12, 1))
    for rhythm in (chosen, Rhythm(ONE, None, MONDAY)):
        await anna(storage, partial(set_rhythm, rhythm))
        assert await rhythms(storage, MONDAY) == (rhythm,)
        assert (
            await storage.write(lambda memory: memory.of(ANNA).reminders.rhythm(ONE, MONDAY))
            == rhythm
        )
    assert await storage.write(lambda memory: memory.of(BORIS).reminders.rhythms(MONDAY)) == ()


async def test_rhythms_are_those_of_clients_in_work(
    storage: Storage, clients: tuple[Client, Client], now: datetime
) -> None:
    first, second = clients

    def step(mine: Owned) -> None:
        third = mine.clients.add("третий", now)
        for client in (third, second, first):
            mine.reminders.set_rhythm(Rhythm(client.number, 0, MONDAY))
        mine.clients.save(replace(first, archived_at=now))
        mine.clients.save(replace(second, deleted_at=now))

    await anna(storage, step)
    assert [each.client for each in await rhythms(storage, MONDAY)] == [3]
    archived = await storage.write(lambda memory: memory.of(ANNA).reminders.rhythm(ONE, MONDAY))
    assert archived == Rhythm(ONE, 0, MONDAY)


@pytest.mark.usefixtures("clients")
async def test_a_rhythm_comes_with_the_newest_cycle_that_is_not_after_today(
    storage: Storage,
) -> None:
    def step(mine: Owned) -> None:
        for client in (ONE, TWO):
            mine.reminders.set_rhythm(Rhythm(client, 0, MONDAY - WEEK))
        for day in (MONDAY - WEEK, MONDAY, MONDAY + WEEK):
            mine.reminders.save_cycle(ONE, a_cycle(day), None)
        mine.reminders.save_cycle(TWO, a_cycle(MONDAY + WEEK), None)

    def of_one(memory: Memory) -> Rhythm | None:
        return memory.of(ANNA).reminders.rhythm(ONE, MONDAY + timedelta(days=6))

    await anna(storage, step)
    first, second = await rhythms(storage, MONDAY + timedelta(days=6))
    assert (first.cycle, second.cycle) == (a_cycle(MONDAY), None)
    assert await storage.write(of_one) == first
    before, _ = await rhythms(storage, MONDAY - WEEK - timedelta(days=1))
    assert before.cycle is None


async def test_there_is_no_rhythm_and_no_cycle_of_an_unknown_client(
    storage: Storage, clients: tuple[Client, Client]
) -> None:
    number = clients[0].number
    with pytest.raises(NotFound):
        await storage.write(
            lambda memory: memory.of(BORIS).reminders.set_rhythm(Rhythm(number, 0, MONDAY))
        )
    with pytest.raises(NotFound):
        await storage.write(
            lambda memory: memory.of(BORIS).reminders.save_cycle(ONE, a_cycle(), None)
        )
    assert await rhythms(storage, MONDAY) == ()
    assert await cycle(storage) is None


@pytest.mark.usefixtures("clients")
async def test_a_cycle_is_stored_and_changed(storage: Storage, now: datetime) -> None:
    changed = Cycle(
        day=MONDAY,
        open_since=MONDAY - WEEK,
        state=CycleState.SENT,
        snoozed_until=date(2026, 11, 25),
        again_at=now + timedelta(hours=2),
        closed_at=now,
        rev=1,
    )
    await anna(storage, lambda mine: mine.reminders.save_cycle(ONE, a_cycle(), None))
    assert await cycle(storage) == a_cycle()
    await anna(storage, lambda mine: mine.reminders.save_cycle(ONE, changed, a_cycle()))
    assert await cycle(storage) == changed
    undone = replace(a_cycle(), rev=2)
    await anna(storage, lambda mine: mine.reminders.save_cycle(ONE, undone, changed))
    assert await cycle(storage) == undone
    assert await storage.write(lambda memory: memory.of(BORIS).reminders.cycle(ONE, MONDAY)) is None


@pytest.mark.usefixtures("clients")
async def test_cycles_come_newest_first(storage: Storage) -> None:
    def step(mine: Owned) -> None:
        for number, day in ((ONE, MONDAY), (TWO, MONDAY), (ONE, MONDAY + WEEK)):
            mine.reminders.save_cycle(number, a_cycle(day), None)

    await anna(storage, step)
    found = await storage.write(lambda memory: memory.of(ANNA).reminders.cycles(ONE))
    assert found == (a_cycle(MONDAY + WEEK), a_cycle(MONDAY))


@pytest.mark.usefixtures("clients")
async def test_of_two_who_change_the_same_cycle_the_second_is_overtaken(storage: Storage) -> None:
    first = replace(a_cycle(), state=CycleState.SENT, rev=1)
    second = replace(a_cycle(), state=CycleState.SKIPPED, rev=1)
    await anna(storage, lambda mine: mine.reminders.save_cycle(ONE, a_cycle(), None))
    await anna(storage, lambda mine: mine.reminders.save_cycle(ONE, first, a_cycle()))
    with pytest.raises(Overtaken):
        await anna(storage, lambda mine: mine.reminders.save_cycle(ONE, second, a_cycle()))
    with pytest.raises(Overtaken):
        await anna(storage, lambda mine: mine.reminders.save_cycle(ONE, second, None))
    unknown = a_cycle(MONDAY + WEEK)
    with pytest.raises(Overtaken):
        await anna(storage, lambda mine: mine.reminders.save_cycle(ONE, unknown, unknown))
    assert await cycle(storage) == first


@pytest.mark.usefixtures("clients")
async def test_dispatches_of_one_person_come_by_number(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> list[int]:
        memory.of(BORIS).clients.add("чужой", now)
        memory.dispatches.claim(a_dispatch(now, BORIS))
        for day in (MONDAY, MONDAY - WEEK, MONDAY - timedelta(days=1)):
            memory.dispatches.claim(a_dispatch(now, day=day))
        since = MONDAY - timedelta(days=3)
        return [each.number for each in memory.of(ANNA).reminders.dispatches(since)]

    assert await storage.write(step) == [1, 3]


@pytest.mark.usefixtures("clients")
async def test_the_copy_of_a_message_that_is_tapped_is_adopted(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> tuple[list[int | None], Dispatch | None]:
        memory.of(BORIS).clients.add("чужой", now)
        number = DispatchNumber(1)
        memory.dispatches.claim(a_dispatch(now))
        known = [
            memory.of(owner).reminders.adopt(number, message)
            for owner, message in ((ANNA, 70), (ANNA, 71), (BORIS, 72))
        ]
        return known, memory.dispatches.get(ANNA, number)

    known, dispatch = await storage.write(step)
    assert known == [None, 70, None]
    assert dispatch == replace(a_dispatch(now), number=DispatchNumber(1), message=71)


def client_of(mine: Owned) -> Client:
    client = mine.clients.get(ONE)
    assert client is not None
    return client


def action_of(mine: Owned) -> Action:
    return mine.plans.of_client(ONE)[0]


def promise_of(mine: Owned) -> Promise:
    return mine.promises.open()[0]


CHANGES: dict[str, Change] = {
    "settings": lambda mine, _: mine.reminders.save(ALL_OF_IT),
    "rhythm": lambda mine, _: mine.reminders.set_rhythm(Rhythm(ONE, 3, MONDAY)),
    "cycle": lambda mine, _: mine.reminders.save_cycle(ONE, replace(a_cycle(), rev=1), a_cycle()),
    "by hand": lambda mine, _: mine.reminders.look_again(),
    "new promise": lambda mine, _: mine.promises.add(a_promise()),
    "promise": lambda mine, _: mine.promises.save(replace(promise_of(mine), due=MONDAY)),
    "new action": lambda mine, _: mine.plans.add(
        ONE, action_of(mine).assessment, "reassess", MONDAY
    ),
    "action": lambda mine, _: mine.plans.save(replace(action_of(mine), due=MONDAY)),
    "action done": lambda mine, _: mine.plans.set_state([action_of(mine).number], ActionState.DONE),
    "archived": lambda mine, now: mine.clients.save(replace(client_of(mine), archived_at=now)),
    "deleted": lambda mine, now: mine.clients.save(replace(client_of(mine), deleted_at=now)),
    "zone": lambda mine, _: mine.people.save(replace(mine.people.get(), zone="Asia/Omsk")),
}
NO_CHANGES: dict[str, Change] = {
    "renamed": lambda mine, _: mine.clients.save(replace(client_of(mine), name="ООО")),
    "new client": lambda mine, now: mine.clients.add("новый", now),
    "place": lambda mine, _: mine.people.save(
        replace(mine.people.get(), place="c:1", live_message=7)
    ),
    "live message": lambda mine, _: mine.people.moved(8),
    "answer": lambda mine, _: mine.assessments.answer(
        action_of(mine).assessment, [Answer("rudeness", "never")]
    ),
    "assessment": lambda mine, now: mine.assessments.start(ONE, Depth.FULL, team=False, now=now),
    "fact": lambda mine, now: mine.facts.add(a_fact(now, 1)),
    "report": lambda mine, now: mine.reports.add(a_report(now)),
    "detail": lambda mine, _: mine.details.set(ONE, "form.genitive", "Вектора"),
    "no action": lambda mine, _: mine.plans.set_state([], ActionState.DONE),
    "adopted": lambda mine, _: mine.reminders.adopt(DispatchNumber(1), 70),
}


def nothing(_: Owned, __: datetime) -> None:
    """Change nothing."""


async def thought_of_after(
    storage: Storage, change: Change, now: datetime, before: Change = nothing
) -> tuple[Owner, ...]:
    """Return whom the worker is to think of at once after a change of Anna's."""

    def step(memory: Memory) -> tuple[Owner, ...]:
        for owner in (ANNA, BORIS):
            fill(memory, owner, now)
        before(memory.of(ANNA), now)
        for owner in (ANNA, BORIS):
            memory.dispatches.look_at(owner, now + timedelta(hours=1))
        assert memory.dispatches.people(now, 9) == ()
        change(memory.of(ANNA), now)
        return memory.dispatches.people(now, 9)

    return await storage.write(step)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_what_changes_what_is_to_come_makes_the_worker_look(
    storage: Storage, now: datetime, change: Change
) -> None:
    assert await thought_of_after(storage, change, now) == (ANNA,)


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
async def test_what_changes_nothing_of_it_does_not(
    storage: Storage, now: datetime, change: Change
) -> None:
    assert await thought_of_after(storage, change, now) == ()


@pytest.mark.parametrize("away", ["archived", "deleted"])
async def test_a_client_that_comes_back_makes_the_worker_look(
    storage: Storage, now: datetime, away: str
) -> None:
    def back(mine: Owned, _: datetime) -> None:
        mine.clients.save(replace(client_of(mine), archived_at=None, deleted_at=None))

    assert await thought_of_after(storage, back, now, before=CHANGES[away]) == (ANNA,)
