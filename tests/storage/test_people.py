from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from content.values.reports import Item, ItemKind
from content.values.weeks import Rhythm
from storage.protocols import Storage
from storage.records import (
    Action,
    ActionState,
    Answer,
    Census,
    Depth,
    DispatchNumber,
    Gender,
    ParkedUpdate,
    Person,
    Prompt,
    Reminding,
    UpdateId,
    Version,
)
from storage.rows.memory import Memory
from tests.storage.example import (
    ANNA,
    BORIS,
    MONDAY,
    a_cycle,
    a_fact,
    a_held,
    a_promise,
    a_sent_one,
    fill,
)


async def test_a_person_who_never_stored_anything_has_the_defaults(storage: Storage) -> None:
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == Person(ANNA)


async def test_settings_are_kept(storage: Storage, now: datetime) -> None:
    anna = Person(
        ANNA,
        language="ru",
        zone="Asia/Yekaterinburg",
        team=True,
        gender=Gender.FEMALE,
        signature="Анна, студия",
        place="c:3",
        live_message=77,
        since=now,
        discreet=True,
    )
    await storage.write(lambda memory: memory.of(ANNA).people.save(anna))
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == anna

    later = replace(
        anna,
        zone=None,
        team=False,
        signature="",
        place=None,
        live_message=None,
        discreet=False,
    )
    await storage.write(lambda memory: memory.of(ANNA).people.save(later))
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == later


async def test_times_come_back_in_utc_with_whole_seconds(storage: Storage) -> None:
    local = datetime(2026, 1, 2, 8, 4, 5, 678, tzinfo=timezone(timedelta(hours=5)))
    await storage.write(lambda memory: memory.of(ANNA).people.save(Person(ANNA, since=local)))
    person = await storage.write(lambda memory: memory.of(ANNA).people.get())
    assert person.since == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


async def test_a_person_without_a_first_day_is_not_stored(storage: Storage) -> None:
    with pytest.raises(ValueError, match="first day"):
        await storage.write(lambda memory: memory.of(ANNA).people.save(Person(ANNA)))


async def test_nobody_is_saved_into_another_persons_memory(storage: Storage, now: datetime) -> None:
    with pytest.raises(ValueError, match="another person"):
        await storage.write(lambda memory: memory.of(ANNA).people.save(Person(BORIS, since=now)))


async def test_a_time_without_a_zone_is_refused(storage: Storage, now: datetime) -> None:
    naive = now.replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        await storage.write(lambda memory: memory.of(ANNA).clients.add("Вектор", naive))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_where_a_person_is_costs_a_read_and_a_write(storage: Storage, now: datetime) -> None:
    anna = Person(ANNA, zone="Asia/Omsk", since=now)
    ran: list[str] = []

    def step(memory: Memory) -> None:
        raw = memory._session.connection
        raw.set_trace_callback(ran.append)
        memory.of(ANNA).people.save(replace(anna, place="c:1", live_message=7))
        raw.set_trace_callback(None)

    await storage.write(lambda memory: memory.of(ANNA).people.save(anna))
    await storage.write(step)
    assert [statement.split()[0] for statement in ran] == ["SELECT", "INSERT"]


async def test_the_live_message_moves(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: memory.of(ANNA).people.save(Person(ANNA, since=now)))
    await storage.write(lambda memory: memory.of(ANNA).people.moved(99))
    person = await storage.write(lambda memory: memory.of(ANNA).people.get())
    assert person == Person(ANNA, live_message=99, since=now)


async def test_where_a_person_stands_changes_nothing_else_and_nobody_else(
    storage: Storage, now: datetime
) -> None:
    anna = Person(ANNA, since=now, signature="Анна", zone="Asia/Omsk", place="h", live_message=1)
    boris = Person(BORIS, since=now, place="h", live_message=2)

    def step(memory: Memory) -> None:
        memory.of(ANNA).people.save(anna)
        memory.of(BORIS).people.save(boris)
        memory.of(ANNA).people.stand("c:1", 9)

    await storage.write(step)
    moved = replace(anna, place="c:1", live_message=9)
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == moved
    assert await storage.write(lambda memory: memory.of(BORIS).people.get()) == boris


async def test_a_place_alone_stores_nobody(storage: Storage) -> None:
    await storage.write(lambda memory: memory.of(ANNA).people.stand("c:1", 9))
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == Person(ANNA)


async def test_a_live_message_alone_stores_nobody(storage: Storage) -> None:
    await storage.write(lambda memory: memory.of(ANNA).people.moved(99))
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == Person(ANNA)


async def test_the_census_counts_what_is_stored(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> Census:
        fill(memory, ANNA, now)
        fill(memory, ANNA, now)
        fill(memory, BORIS, now)
        mine = memory.of(ANNA).assessments
        newest, oldest = mine.open()
        mine.answer(newest.number, [Answer("rudeness", "never")])
        mine.note(oldest.number, "threats", "ещё без ответа")
        return memory.of(ANNA).people.census()

    assert await storage.write(step) == Census(
        clients=2, assessments=2, answers=3, notes=5, actions=2, facts=2, letters=2, reports=2
    )


async def test_a_deleted_client_and_what_hangs_on_it_do_not_count(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> Census:
        fill(memory, ANNA, now)
        mine = memory.of(ANNA)
        (client,) = mine.clients.list()
        mine.clients.save(replace(client, deleted_at=now))
        return mine.people.census()

    assert await storage.write(step) == Census()


async def test_facts_count_without_a_client_and_not_once_deleted(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> Census:
        facts = memory.of(ANNA).facts
        facts.add(a_fact(now))
        facts.add(replace(a_fact(now), deleted_at=now))
        memory.of(BORIS).facts.add(a_fact(now))
        return memory.of(ANNA).people.census()

    assert await storage.write(step) == Census(facts=1)


async def test_the_export_holds_everything_also_the_deleted_and_the_expired(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        fill(memory, ANNA, now, "моё")
        fill(memory, BORIS, now, "чужое")
        mine = memory.of(ANNA)
        (client,) = mine.clients.list()
        mine.clients.save(replace(client, deleted_at=now))
        mine.facts.add(replace(a_fact(now, words="стёрто"), deleted_at=now))
        mine.promises.add(replace(a_promise(), state=ActionState.DONE))
        (letter,) = mine.letters.of_client(client.number)
        mine.letters.add_version(letter.number, "короче", now)
        mine.letters.start(letter)
        mine.scratch.ask(Prompt("name", "", now - timedelta(hours=1)))

    await storage.write(step)
    export = await storage.write(lambda memory: memory.of(ANNA).export())

    assert export.person == Person(ANNA, language="ru", signature="моё", since=now, awaited=True)
    (client,) = export.clients
    assert (client.name, client.note, client.deleted_at) == ("моё", "моё", now)
    (assessment,) = export.assessments
    assert assessment.depth is Depth.FULL
    assert assessment.answers == (Answer("late_payment", "often"),)
    assert assessment.notes == {"late_payment": "моё"}
    assert assessment.tried == {"late_payment"}
    assert assessment.since == now.date()
    assert export.actions == (
        Action(
            export.actions[0].number,
            client.number,
            assessment.number,
            "own",
            date(2026, 12, 1),
            words="моё",
        ),
    )
    assert [(fact.client, fact.words, fact.note) for fact in export.facts] == [
        (client.number, "моё", "моё"),
        (None, "стёрто", ""),
    ]
    assert export.facts[1].deleted_at == now
    (letter, versions), (second, nothing) = export.letters
    assert (letter.filled, letter.version, second.number) == ({"good": "моё"}, 2, 2)
    assert versions == (Version(1, "моё", now), Version(2, "короче", now))
    assert nothing == ()
    assert [(promise.client, promise.words, promise.state) for promise in export.promises] == [
        (client.number, "моё", ActionState.OPEN),
        (None, "", ActionState.DONE),
    ]
    assert [(report.client, report.words) for report in export.reports] == [(client.number, "моё")]
    assert export.reports[0].items == (Item(ItemKind.NEEDED, "моё", since=now.date()),)
    reminding = Reminding(weekday=0, holidays="RU", effective_from=now, away_until=MONDAY)
    assert export.reminding == replace(reminding, silent_since=MONDAY, a_week=3)
    assert export.rhythms == (Rhythm(client.number, 0, MONDAY, paused_until=MONDAY),)
    week = replace(a_cycle(), snoozed_until=MONDAY, again_at=now, closed_at=now)
    assert export.cycles == {client.number: (week,)}
    digest = replace(a_sent_one(now, ANNA, client.number), number=DispatchNumber(1))
    assert export.dispatches == (digest,)
    assert export.details == {client.number: {"form.genitive": "моё"}}
    assert export.prompt == Prompt("name", "", now - timedelta(hours=1))
    assert export.held == a_held(now, "моё")
    assert export.updates == (ParkedUpdate(UpdateId(1100), ANNA, "моё".encode(), now),)
    (aside,) = export.put_aside
    assert (aside.update_id, aside.body, aside.tries) == (1101, "моё".encode(), 3)
