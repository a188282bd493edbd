"""What is said to the server in one message, and what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from handlers.assessment.buttons import GiveAnswer
from handlers.due.dispatch import look
from storage.opening import open_storage
from storage.postgres import line
from storage.postgres.line import Line, Reply
from storage.protocols import Storage
from storage.records import (
    Answer,
    AssessmentNumber,
    Depth,
    Owner,
    ParkedUpdate,
    Person,
    UpdateId,
)
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS

CLARA = Owner(3003)

LOCK_KEYS_AND_SCOPE = ["SELECT", "SELECT", "SELECT"]


@pytest.fixture
async def storage(database_url: str, folder: Path, now: datetime) -> AsyncIterator[Storage]:
    """Return the storage of one process."""
    it = await open_storage(database_url, folder / "master.key", now=now)
    yield it
    await it.close()


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect the first words of what is said, message by message."""
    found: list[list[str]] = []
    exchange = Line.exchange

    def noted(self: Line, said: Sequence[Reply]) -> None:
        if said:
            found.append([each.way.sql.split()[0].decode() for each in said])
        exchange(self, said)

    monkeypatch.setattr(Line, "exchange", noted)
    return found


def connection(memory: Memory, owner: Owner = ANNA) -> Any:  # noqa: ANN401 - as the rows see it
    return memory.of(owner).people._sql._connection


async def test_what_needs_no_answer_goes_with_what_does(
    storage: Storage, messages: list[list[str]]
) -> None:
    def step(memory: Memory) -> None:
        people = memory.of(ANNA).people
        people.moved(5)
        people.stand("h", 6)
        people.get()
        people.moved(7)

    await storage.write(step)
    assert messages == [
        ["BEGIN", *LOCK_KEYS_AND_SCOPE, "UPDATE", "UPDATE", "SELECT"],
        ["UPDATE", "COMMIT"],
    ]


async def test_what_is_needed_of_all_who_come_together_is_asked_for_once(
    storage: Storage, messages: list[list[str]]
) -> None:
    def step(owner: Owner, memory: Memory) -> None:
        memory.of(owner).people.get()

    people = [ANNA, BORIS, ANNA]
    await asyncio.gather(*(storage.write(partial(step, each), [each]) for each in people))
    scope_and_row = ["SELECT", "SELECT"]
    assert messages == [
        ["BEGIN", "SELECT", "SELECT", "SAVEPOINT", *scope_and_row],
        ["SAVEPOINT", *scope_and_row],
        ["SAVEPOINT", *LOCK_KEYS_AND_SCOPE, "SELECT"],  # hers may have been changed meanwhile
        ["COMMIT"],
    ]


async def test_what_steps_begin_with_is_asked_for_before_the_first_of_them_runs(
    storage: Storage, messages: list[list[str]]
) -> None:
    def expect(owner: Owner, memory: Memory) -> None:
        memory.of(owner).people.expect()

    def step(owner: Owner, memory: Memory) -> None:
        memory.of(owner).people.get()
        memory.of(owner).people.moved(5)

    people = [ANNA, BORIS, CLARA]
    steps = [storage.write(partial(step, each), [each], partial(expect, each)) for each in people]
    await asyncio.gather(*steps)
    scope_and_row = ["SELECT", "SELECT"]
    assert messages == [
        ["BEGIN", "SELECT", "SELECT", *scope_and_row * 3],
        [*["SELECT", "UPDATE"] * 3, "COMMIT"],
    ]


async def test_what_a_step_raises_undoes_what_it_has_said_and_nothing_else(
    storage: Storage, messages: list[list[str]], now: datetime
) -> None:
    def known(memory: Memory) -> None:
        for owner in (ANNA, BORIS, CLARA):
            memory.of(owner).people.save(Person(owner, since=now))

    def step(owner: Owner, memory: Memory) -> None:
        people = memory.of(owner).people
        people.moved(5)
        if owner == BORIS:
            people.get()  # so that the server has heard of it
        if owner != ANNA:
            people.moved(6)
            raise LookupError

    def shown(memory: Memory) -> list[int | None]:
        return [memory.of(owner).people.get().live_message for owner in (ANNA, BORIS, CLARA)]

    await storage.write(known)
    messages.clear()
    orders = [(CLARA, BORIS, ANNA), (BORIS, ANNA, CLARA), (ANNA, CLARA, BORIS)]
    for order in orders:
        raised = await asyncio.gather(
            *(storage.write(partial(step, each), [each]) for each in order), return_exceptions=True
        )
        assert [each is None for each in raised] == [each == ANNA for each in order]
    assert sum(words.count("ROLLBACK") for words in messages) == len(orders)
    assert await storage.write(shown) == [5, None, None]


async def test_what_was_asked_of_somebody_is_not_changed_before_their_own_step(
    storage: Storage, now: datetime
) -> None:
    def both(memory: Memory) -> None:
        for owner in (ANNA, BORIS):
            memory.of(owner).people.save(Person(owner, since=now, live_message=3))

    def hers(memory: Memory) -> None:
        memory.of(BORIS).people.moved(4)

    def his(memory: Memory) -> int | None:
        return memory.of(BORIS).people.get().live_message

    await storage.write(both)
    _, found = await asyncio.gather(
        storage.write(hers, [ANNA]),
        storage.write(his, [BORIS], lambda memory: memory.of(BORIS).people.expect()),
    )
    assert found == 3
    assert await storage.write(his) == 4


async def test_what_is_going_to_be_read_comes_with_the_person(
    storage: Storage, messages: list[list[str]], now: datetime
) -> None:
    def begun(memory: Memory) -> None:
        client = memory.of(ANNA).clients.add("Вектор", now)
        memory.of(ANNA).assessments.start(client.number, Depth.FULL, team=False, now=now)

    def tapped(memory: Memory) -> str | None:
        mine = memory.of(ANNA)
        GiveAnswer(assessment=1, question="late_payment", option="often").expect(mine)
        mine.people.get()
        assessment = mine.assessments.get(AssessmentNumber(1))
        assert assessment is not None
        mine.assessments.answer(assessment.number, [Answer("late_payment", "often")])
        client = mine.clients.get(assessment.client)
        return client.name if client else None

    await storage.write(begun)
    messages.clear()
    assert await storage.write(tapped) == "Вектор"
    assert messages == [
        ["BEGIN", *LOCK_KEYS_AND_SCOPE, *["SELECT"] * 3],
        ["UPDATE", "COMMIT"],
    ]


async def test_the_number_of_what_is_about_a_client_comes_with_the_client(
    storage: Storage, messages: list[list[str]], now: datetime
) -> None:
    def step(memory: Memory) -> None:
        mine = memory.of(ANNA)
        client = mine.clients.add("Вектор", now)
        assert mine.clients.get(client.number) == client
        messages.clear()
        assert mine.clients.get(client.number) == client
        mine.assessments.start(client.number, Depth.FULL, team=False, now=now)

    await storage.write(step)
    assert messages == [["SELECT", "INSERT"], ["INSERT", "COMMIT"]]


async def test_what_is_expected_comes_with_what_is_asked_next_and_is_read_once(
    storage: Storage, messages: list[list[str]], now: datetime
) -> None:
    def step(memory: Memory) -> None:
        mine = memory.of(ANNA)
        client = mine.clients.add("Вектор", now).number
        mine.details.set(client, "form.genitive", "Вектора")
        mine.details.expect_of_client(client)
        mine.letters.expect_of_client(client)
        assert mine.assessments.of_client(client) == ()
        messages.clear()
        assert mine.details.of_client(client) == {"form.genitive": "Вектора"}
        assert mine.letters.of_client(client) == ()
        assert messages == []
        mine.details.set(client, "form.genitive", "")
        assert mine.details.of_client(client) == {}

    await storage.write(step)


async def test_when_to_remind_somebody_is_found_by_three_messages(
    storage: Storage, messages: list[list[str]], now: datetime
) -> None:
    await storage.write(lambda memory: memory.of(ANNA).people.save(Person(ANNA, since=now)))
    messages.clear()
    await storage.write(lambda memory: look(memory, ANNA, now, "a worker"), [ANNA])
    assert len(messages) == 3


async def test_where_nothing_was_said_there_is_nothing_to_commit(
    storage: Storage, messages: list[list[str]]
) -> None:
    assert await storage.write(lambda _: "done") == "done"
    assert messages == []


async def test_updates_that_come_together_are_stored_by_two_messages(
    storage: Storage, messages: list[list[str]], now: datetime
) -> None:
    came = [
        ParkedUpdate(UpdateId(number), owner, b"{}", now)
        for number, owner in enumerate([BORIS, ANNA, BORIS, BORIS], 1)
    ]

    def known(memory: Memory) -> None:
        for owner in (ANNA, BORIS):
            memory.of(owner).people.save(Person(owner, since=now))

    await storage.write(known)
    for new in (True, False):
        messages.clear()
        stored = await storage.write(lambda memory: memory.updates.receive_all(came), [ANNA, BORIS])
        assert stored == [new] * 4
        assert messages == [
            ["BEGIN", "SELECT", "SELECT"],
            ["SELECT", *["INSERT"] * 4],
            ["COMMIT"],
        ]


async def test_a_step_that_only_writes_does_not_keep_all_of_it_back(
    storage: Storage, messages: list[list[str]]
) -> None:
    def step(memory: Memory) -> None:
        for number in range(1_000):
            memory.of(ANNA).people.moved(number)

    await storage.write(step)
    assert sum(words.count("UPDATE") for words in messages) == 1_000
    assert max(map(len, messages)) <= 203  # with what begins a transaction


async def test_a_server_does_not_keep_statements_without_end(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "_PREPARED", 20)

    def step(number: int, memory: Memory) -> int:
        asked = connection(memory)
        assert asked.execute(f"SELECT {number} AS found").fetchone()["found"] == number
        (prepared,) = asked.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()
        return int(prepared)

    found = [await storage.write(partial(step, number)) for number in range(50)]
    assert 15 < max(found) < 30
    assert found != sorted(found)


async def test_how_many_rows_were_written_is_asked_by_int_alone(storage: Storage) -> None:
    def step(memory: Memory) -> int:
        written = connection(memory).execute("INSERT INTO counters VALUES (%s, 'a', 1)", [ANNA])
        with pytest.raises(TypeError, match="int"):
            assert written
        with pytest.raises(TypeError, match="int"):
            assert written == 1
        return int(written)

    assert await storage.write(step) == 1


async def test_a_wrong_statement_spoils_no_other(storage: Storage) -> None:
    """Nothing that was said behind it was prepared, which must be known."""

    def step(memory: Memory, *, wrong: bool) -> int:
        if wrong:
            connection(memory).execute("SELECT nothing()")
        (found,) = connection(memory).execute("SELECT 40 + %s", [2]).fetchone()
        return int(found)

    def deaf(memory: Memory) -> None:
        connection(memory).execute("SELECT nothing()")
        behind = connection(memory).execute("SELECT 1")
        with pytest.raises(errors.UndefinedFunction):
            behind.fetchone()
        behind.fetchone()

    with pytest.raises(errors.UndefinedFunction):
        await storage.write(lambda memory: step(memory, wrong=True))
    with pytest.raises(psycopg.InterfaceError):
        await storage.write(deaf)
    assert await storage.write(lambda memory: step(memory, wrong=False)) == 42


@pytest.mark.parametrize(
    ("value", "error"), [("a\0b", psycopg.DataError), (1.5, TypeError), ([], TypeError)]
)
async def test_what_no_statement_can_say_is_refused_where_it_is_said(
    storage: Storage, value: object, error: type[Exception]
) -> None:
    def step(memory: Memory) -> None:
        with pytest.raises(error):
            connection(memory).execute("SELECT %s", [value])

    await storage.write(step)


@pytest.mark.parametrize(
    "value", [0, -1, 2**62, "", "«Анна» 'x' %s $1", b"", b"\0\xff", None], ids=repr
)
async def test_a_value_comes_back_as_it_was_said(storage: Storage, value: object) -> None:
    kind = {int: "bigint", str: "text", bytes: "bytea", type(None): "text"}[type(value)]

    def step(memory: Memory) -> object:
        (found,) = connection(memory).execute(f"SELECT CAST(%s AS {kind})", [value]).fetchone()
        return found

    assert await storage.write(step) == value
