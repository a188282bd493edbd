from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from storage.errors import NotFound
from storage.protocols import Storage
from storage.records import ClientNumber, Cut, Fact, FactNumber, Person
from storage.rows.facts import FactRows
from storage.rows.memory import Memory
from tests.storage.conftest import Opening
from tests.storage.example import ANNA, BORIS, a_fact

SECOND = timedelta(seconds=1)


def with_a_client(memory: Memory, now: datetime) -> FactRows:
    """Return Anna's facts; she has client 1."""
    memory.of(ANNA).clients.add("Вектор", now)
    return memory.of(ANNA).facts


async def test_a_captured_fact_is_kept_whole(storage: Storage, now: datetime) -> None:
    captured = Fact(
        number=FactNumber(99),
        client=ClientNumber(1),
        day=date(2026, 11, 20),
        words="звонил\nночью",
        captured_at=now,
        touched_at=now + 40 * SECOND,
        source="forward",
        note="сил нет",
        sign="always_on_call",
        said_at=now - 90 * SECOND,
        author="5f0e",
        pieces=2,
        messages=(501, 502),
        deleted_at=now + 50 * SECOND,
    )
    added = await storage.write(lambda memory: with_a_client(memory, now).add(captured))

    assert added == replace(captured, number=FactNumber(1))
    assert await storage.write(lambda memory: memory.of(ANNA).facts.get(added.number)) == added
    assert await storage.write(lambda memory: memory.of(BORIS).facts.get(added.number)) is None


async def test_the_first_fact_stores_the_person(storage: Storage, now: datetime) -> None:
    fact = await storage.write(lambda memory: memory.of(ANNA).facts.add(a_fact(now)))
    assert fact.client is None
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == Person(
        ANNA, since=now
    )


async def test_a_fact_leaves_the_settings_as_they_are(storage: Storage, now: datetime) -> None:
    anna = Person(ANNA, zone="Asia/Omsk", signature="Анна", since=now - timedelta(days=1))

    def step(memory: Memory) -> Person:
        memory.of(ANNA).people.save(anna)
        memory.of(ANNA).facts.add(a_fact(now))
        return memory.of(ANNA).people.get()

    assert await storage.write(step) == anna


async def test_the_times_of_a_fact_have_whole_seconds(storage: Storage, now: datetime) -> None:
    exact = now.replace(microsecond=678)
    added = await storage.write(lambda memory: memory.of(ANNA).facts.add(a_fact(exact)))
    assert (added.captured_at, added.touched_at) == (now, now)
    assert await storage.write(lambda memory: memory.of(ANNA).facts.get(added.number)) == added


async def test_a_voice_message_without_words_needs_no_key(opened: Opening, now: datetime) -> None:
    silent = replace(a_fact(now, words=""), source="voice")
    async with opened() as storage:
        await storage.write(lambda memory: memory.of(ANNA).facts.add(silent))
    async with opened() as storage:
        (fact,) = await storage.write(lambda memory: memory.of(ANNA).facts.of_client(None))
    assert fact == replace(silent, number=FactNumber(1))


async def test_everything_but_number_and_capture_changes(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> tuple[Fact | None, Fact]:
        facts = with_a_client(memory, now)
        added = facts.add(a_fact(now))
        changed = Fact(
            number=added.number,
            client=ClientNumber(1),
            day=date(2026, 11, 3),
            words="звонил дважды",
            captured_at=added.captured_at,
            touched_at=now + SECOND,
            source="typed",
            note="устала",
            sign="rudeness",
            pieces=3,
            messages=(7, 8, 9),
            deleted_at=now + 2 * SECOND,
        )
        facts.save(replace(changed, captured_at=now + timedelta(days=9)))
        return facts.get(added.number), changed

    stored, changed = await storage.write(step)
    assert stored == changed

    def undo(memory: Memory) -> tuple[Fact | None, Fact]:
        cleared = replace(
            changed, client=None, words="", note="", sign=None, messages=(), deleted_at=None
        )
        memory.of(ANNA).facts.save(cleared)
        return memory.of(ANNA).facts.get(cleared.number), cleared

    stored, cleared = await storage.write(undo)
    assert stored == cleared


async def test_facts_come_newest_day_first_and_the_later_capture_first_within_a_day(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> list[int]:
        facts = with_a_client(memory, now)
        for day in (3, 20, 3, 17):
            facts.add(replace(a_fact(now, client=1), day=date(2026, 11, day)))
        return [fact.number for fact in facts.of_client(ClientNumber(1))]

    assert await storage.write(step) == [2, 4, 3, 1]


async def test_facts_are_listed_by_client_and_by_sign_and_never_the_deleted(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> list[list[int]]:
        facts = with_a_client(memory, now)
        memory.of(ANNA).clients.add("другой", now)
        memory.of(BORIS).facts.add(replace(a_fact(now), sign="rudeness"))
        for client, sign, deleted_at in (
            (1, "rudeness", None),
            (1, None, None),
            (1, "late_payment", None),
            (1, "rudeness", now),
            (2, "rudeness", None),
            (None, "rudeness", None),
            (None, None, None),
            (None, "rudeness", now),
        ):
            facts.add(replace(a_fact(now, client=client), sign=sign, deleted_at=deleted_at))
        one = ClientNumber(1)
        lists = (
            facts.of_client(one),
            facts.of_client(one, "rudeness"),
            facts.of_client(one, "threats"),
            facts.of_client(None),
            facts.of_client(None, "rudeness"),
        )
        return [[fact.number for fact in each] for each in lists]

    assert await storage.write(step) == [[3, 2, 1], [1], [], [7, 6], [6]]


async def test_the_recent_ones_are_those_touched_since_the_latest_first(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> list[list[int]]:
        facts = with_a_client(memory, now)
        first = facts.add(a_fact(now))
        second = facts.add(a_fact(now))
        seen = [facts.recent(now)]
        facts.save(replace(first, touched_at=now + SECOND))
        seen += [facts.recent(now), facts.recent(now + SECOND), facts.recent(now + 2 * SECOND)]
        facts.save(replace(second, deleted_at=now))
        seen += [facts.recent(now), memory.of(BORIS).facts.recent(now)]
        return [[fact.number for fact in each] for each in seen]

    assert await storage.write(step) == [[2, 1], [1, 2], [1], [], [1], []]


async def test_a_deleted_client_has_no_recent_facts(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> tuple[tuple[Fact, ...], Fact, tuple[Fact, ...]]:
        facts = with_a_client(memory, now)
        added = facts.add(a_fact(now, client=1))
        before = facts.recent(now)
        (client,) = memory.of(ANNA).clients.list()
        memory.of(ANNA).clients.save(replace(client, deleted_at=now))
        return before, added, facts.recent(now)

    before, added, after = await storage.write(step)
    assert before == (added,)
    assert after == ()


async def test_a_proposal_and_the_pieces_are_kept_as_given(storage: Storage, now: datetime) -> None:
    given = replace(a_fact(now), proposed="threats", cuts=(Cut(3, now), Cut(12, now + SECOND)))

    def step(memory: Memory) -> tuple[Fact | None, Fact | None]:
        facts = with_a_client(memory, now)
        number = facts.add(given).number
        first = facts.get(number)
        assert first is not None
        facts.save(replace(first, sign="threats", proposed=None, cuts=()))
        return first, facts.get(number)

    first, second = await storage.write(step)
    assert first is not None
    assert second is not None
    assert (first.sign, first.proposed, first.cuts) == (None, "threats", given.cuts)
    assert (second.sign, second.proposed, second.cuts) == ("threats", None, ())


async def test_there_is_no_fact_of_an_unknown_client(storage: Storage, now: datetime) -> None:
    fact = await storage.write(lambda memory: with_a_client(memory, now).add(a_fact(now)))
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(ANNA).facts.add(a_fact(now, client=2)))
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(BORIS).facts.add(a_fact(now, client=1)))
    with pytest.raises(NotFound):
        await storage.write(
            lambda memory: memory.of(ANNA).facts.save(replace(fact, client=ClientNumber(2)))
        )
    assert await storage.write(lambda memory: memory.of(ANNA).facts.get(fact.number)) == fact


async def test_an_unknown_fact_is_not_saved(storage: Storage, now: datetime) -> None:
    fact = await storage.write(lambda memory: memory.of(ANNA).facts.add(a_fact(now)))
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(BORIS).facts.save(fact))
    assert await storage.write(lambda memory: memory.of(BORIS).facts.of_client(None)) == ()
