"""What several processes over one PostgreSQL may count on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from storage.errors import StorageAway, StorageBusy, StorageUnusable
from storage.migrations import Migration, load_migrations
from storage.opening import look as inspect
from storage.opening import open_storage
from storage.postgres import engine as postgres_engine
from storage.postgres import setup
from storage.postgres.connection import EVERYBODY, Scoped, Transaction
from storage.postgres.engine import PostgresStorage
from storage.postgres.line import Line, Reply
from storage.protocols import Intake, Storage
from storage.records import Held, Owner, ParkedUpdate, Person, UpdateId
from storage.rows.memory import Memory
from storage.secrets.keys import NOBODY
from storage.secrets.master import MasterKey
from tests.postgres import SERVER, a_database, of_database
from tests.storage.example import ANNA, BORIS, a_dispatch, fill

ROUNDS = 60
DISPATCHES = 120
WORKERS = ("one", "two", "three")
NOW = datetime(2026, 11, 21, 20, 38, 5, tzinfo=UTC)


@pytest.fixture
async def replicas(database_url: str, folder: Path, now: datetime) -> AsyncIterator[list[Storage]]:
    """Three processes' storages over one database."""
    opened = [await open_storage(database_url, folder / "master.key", now=now) for _ in WORKERS]
    yield opened
    for each in opened:
        await each.close()


def look(url: str, query: str) -> list[tuple[Any, ...]]:
    """Look past the storage."""
    with psycopg.connect(url) as raw:
        raw.execute("SET search_path = coach, coach_keys")
        return raw.execute(query.encode()).fetchall()


async def test_a_key_is_unwrapped_once_for_all_transactions(
    replicas: list[Storage], monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    await replicas[0].write(lambda memory: memory.of(ANNA).clients.add("Вектор", now))
    unwrapped: list[int] = []
    unwrap = MasterKey.unwrap

    def noted(self: MasterKey, owner: int, number: int, wrapped: bytes) -> bytes:
        unwrapped.append(owner)
        return unwrap(self, owner, number, wrapped)

    monkeypatch.setattr(MasterKey, "unwrap", noted)
    for _ in range(3):
        await replicas[1].write(lambda memory: memory.of(ANNA).clients.list())
    assert unwrapped == [ANNA]


# One person, one step at a time


def one_more(memory: Memory) -> None:
    """Read, think, write: what is lost where two do it at the same time."""
    (client,) = memory.of(ANNA).clients.list()
    memory.of(ANNA).clients.save(replace(client, note=str(int(client.note or "0") + 1)))


async def counted(replicas: list[Storage], now: datetime) -> int:
    await replicas[0].write(lambda memory: memory.of(ANNA).clients.add("Вектор", now))
    await asyncio.gather(
        *(replicas[number % len(replicas)].write(one_more) for number in range(ROUNDS))
    )
    (client,) = await replicas[0].write(lambda memory: memory.of(ANNA).clients.list())
    return int(client.note)


async def test_steps_of_one_person_never_overtake_each_other(
    replicas: list[Storage], now: datetime
) -> None:
    assert await counted(replicas, now) == ROUNDS


async def test_without_the_lock_they_would(
    replicas: list[Storage], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Transaction, "hold", lambda *_: None)
    assert await counted(replicas, now) < ROUNDS


# Dispatches


def claim_many(memory: Memory, now: datetime) -> None:
    memory.of(ANNA).people.save(Person(ANNA, since=now))
    for number in range(DISPATCHES):
        day = date(2026, 1, 1) + timedelta(days=number)
        ended = now - timedelta(seconds=1)
        claimed = memory.dispatches.claim(replace(a_dispatch(now, day=day), lease=ended))
        assert claimed


async def taken(replicas: list[Storage], now: datetime) -> list[int]:
    """Return the numbers that three workers took, who all begin at the same moment."""
    ready = threading.Barrier(len(replicas), timeout=10)

    def take(holder: str) -> Callable[[Memory], list[int]]:
        def step(memory: Memory) -> list[int]:
            ready.wait()
            lease = timedelta(seconds=30)
            return [each.number for each in memory.dispatches.take(holder, now, lease, DISPATCHES)]

        return step

    found = await asyncio.gather(
        *(storage.write(take(holder)) for storage, holder in zip(replicas, WORKERS, strict=True))
    )
    return [number for each in found for number in each]


DISPATCH_ROUNDS = 3


async def test_no_dispatch_is_taken_by_two(replicas: list[Storage], now: datetime) -> None:
    await replicas[0].write(lambda memory: claim_many(memory, now))
    for _ in range(DISPATCH_ROUNDS):
        assert sorted(await taken(replicas, now)) == list(range(1, DISPATCHES + 1))
        now += timedelta(minutes=1)  # every lease is over


async def test_without_the_repeated_conditions_they_are(
    replicas: list[Storage], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute = Scoped.execute

    def careless(self: Scoped, sql: str, parameters: Any = None) -> Any:  # noqa: ANN401 - as it is
        head, condition, tail = sql.partition("    AND ending IS NULL")
        if sql.startswith("UPDATE dispatches\nSET holder") and condition:
            sql = head + "RETURNING" + tail.partition("RETURNING")[2]
        return execute(self, sql, parameters)

    await replicas[0].write(lambda memory: claim_many(memory, now))
    monkeypatch.setattr(Scoped, "execute", careless)
    # Whether they meet is chance in one round.
    moments = (now + timedelta(minutes=number) for number in range(10 * DISPATCH_ROUNDS))
    for moment in moments:
        if len(await taken(replicas, moment)) > DISPATCHES:
            return
    pytest.fail("nothing was taken twice")


# The second wall


async def test_a_statement_that_names_nobody_sees_the_rows_of_one_person(
    replicas: list[Storage], now: datetime
) -> None:
    def all_clients(memory: Memory) -> tuple[set[int], set[int]]:
        connection = memory.of(ANNA).clients._sql._connection
        seen = connection.execute("SELECT owner FROM clients").fetchall()
        changed = connection.execute("UPDATE people SET zone = 'X' RETURNING owner").fetchall()
        return {owner for (owner,) in seen}, {owner for (owner,) in changed}

    for owner in (ANNA, BORIS):
        await replicas[0].write(lambda memory, owner=owner: fill(memory, owner, now))  # type: ignore[misc]  # mypy cannot infer the default
    assert await replicas[0].write(all_clients) == ({ANNA}, {ANNA})


async def test_without_the_wall_it_would_see_everybody_s(
    replicas: list[Storage], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter = Transaction.enter
    monkeypatch.setattr(Transaction, "enter", lambda self, _: enter(self, EVERYBODY))
    for owner in (ANNA, BORIS):
        await replicas[0].write(lambda memory, owner=owner: fill(memory, owner, now))  # type: ignore[misc]  # mypy cannot infer the default

    def all_clients(memory: Memory) -> int:
        connection = memory.of(ANNA).clients._sql._connection
        return len(connection.execute("SELECT owner FROM clients").fetchall())

    assert await replicas[0].write(all_clients) == 2


async def test_nobody_writes_a_row_of_somebody_else_s(replicas: list[Storage]) -> None:
    def forge(memory: Memory) -> None:
        connection = memory.of(ANNA).clients._sql._connection
        connection.execute("INSERT INTO counters VALUES (22, 'client', 5)")

    with pytest.raises(errors.InsufficientPrivilege):
        await replicas[0].write(forge)


async def test_every_table_with_an_owner_is_behind_the_wall(
    replicas: list[Storage], database_url: str
) -> None:
    assert replicas
    walled = look(
        database_url,
        "SELECT c.relname, c.relforcerowsecurity AND c.relrowsecurity FROM pg_class AS c"
        " JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'owner'"
        " WHERE c.relnamespace = 'coach'::regnamespace AND c.relkind = 'r'",
    )
    assert len(walled) >= 20
    assert all(forced for _, forced in walled)


# What goes wrong


class Trouble:
    """A step that goes wrong a few times before it goes well."""

    def __init__(self, error: Callable[[Memory], None], times: int) -> None:
        self.error = error
        self.left = times
        self.starts = 0

    def __call__(self, memory: Memory) -> str:
        self.starts += 1
        memory.probe(NOW)
        if self.left:
            self.left -= 1
            self.error(memory)
        return "done"


def cut(memory: Memory) -> None:
    """Lose the connection, as when the server goes down."""
    (pid,) = memory.updates._sql._connection.execute("SELECT pg_backend_pid()").fetchone()
    look(SERVER, f"SELECT pg_terminate_backend({pid}, 1000)")
    memory.probe(NOW)


def deadlock(_: Memory) -> None:
    raise errors.DeadlockDetected


def serialization(_: Memory) -> None:
    raise errors.SerializationFailure


@pytest.mark.parametrize("error", [cut, deadlock, serialization])
async def test_a_step_runs_again_where_nothing_of_it_was_done(
    replicas: list[Storage], error: Callable[[Memory], None]
) -> None:
    step = Trouble(error, times=2)
    assert await replicas[0].write(step) == "done"
    assert step.starts == 3


@pytest.mark.parametrize("error", [cut, deadlock, serialization])
async def test_after_three_tries_the_database_is_away(
    replicas: list[Storage], error: Callable[[Memory], None]
) -> None:
    step = Trouble(error, times=9)
    with pytest.raises(StorageAway):
        await replicas[0].write(step)
    assert step.starts == 3
    assert await replicas[0].write(lambda _: "well again") == "well again"


async def test_what_may_have_been_committed_is_not_done_again(
    replicas: list[Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = Line.exchange

    def lost(self: Line, said: Sequence[Reply]) -> None:
        exchange(self, said)
        if said and said[-1].way.sql == b"COMMIT":
            raise psycopg.OperationalError("the connection is lost")

    with monkeypatch.context() as patched:
        patched.setattr(Line, "exchange", lost)
        with pytest.raises(StorageAway):
            await replicas[0].write(named(ANNA, "Вектор"))
    assert await names(replicas[0], ANNA) == ["Вектор"]


async def test_connections_that_were_lost_while_idle_are_replaced(
    replicas: list[Storage], database_url: str
) -> None:
    await asyncio.gather(*(replicas[0].write(lambda memory: memory.probe(NOW)) for _ in range(20)))
    look(
        database_url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    done = await asyncio.gather(
        *(replicas[0].write(lambda memory: memory.probe(NOW)) for _ in range(20)),
        return_exceptions=True,
    )
    assert done == [None] * 20


async def test_a_statement_that_is_wrong_is_the_trouble_of_its_step(
    replicas: list[Storage], now: datetime
) -> None:
    def wrong(memory: Memory) -> None:
        memory.of(ANNA).clients.add("Вектор", now)
        memory.updates._sql._connection.execute("SELECT 1 / 0")

    with pytest.raises(errors.DivisionByZero):
        await replicas[0].write(wrong)
    assert await replicas[0].write(lambda memory: memory.of(ANNA).clients.list()) == ()


async def test_the_step_of_a_cancelled_caller_is_done_all_the_same_before_the_end(
    replicas: list[Storage],
) -> None:
    going, on = threading.Event(), threading.Event()

    def slow(memory: Memory) -> None:
        going.set()
        assert on.wait(10)
        named(ANNA, "А")(memory)

    call = asyncio.create_task(replicas[0].write(slow))
    assert await asyncio.to_thread(going.wait, 10)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert replicas[0].load().steps == 1
    on.set()
    await replicas[0].close()
    assert await names(replicas[1], ANNA) == ["А"]


# Steps that share a transaction


async def on_every_connection(
    storage: Storage, step: Callable[[Memory], object]
) -> list[asyncio.Task[object]]:
    """Begin a step on each."""
    begun: list[asyncio.Task[object]] = []
    for _ in range(postgres_engine._CONNECTIONS):
        begun.append(asyncio.create_task(storage.write(step)))
        for _ in range(2):  # what comes in the same moment would share one
            await asyncio.sleep(0)
    return begun


async def waited(
    storage: Storage, *steps: Callable[[Memory], object], people: Sequence[Owner] = ()
) -> list[object]:
    """Run steps that find every connection taken at first; return what came of each."""
    free = threading.Event()
    first = await on_every_connection(storage, lambda _: free.wait(10))
    running = [asyncio.create_task(storage.write(step, people)) for step in steps]
    await asyncio.sleep(0)
    free.set()
    await asyncio.gather(*first)
    return await asyncio.gather(*running, return_exceptions=True)


def transaction(memory: Memory) -> str:
    asked = memory.updates._sql._connection.execute("SELECT pg_current_xact_id()::text AS number")
    return str(asked.fetchone()["number"])


def named(owner: Owner, name: str) -> Callable[[Memory], str]:
    def step(memory: Memory) -> str:
        memory.of(owner).clients.add(name, NOW)
        return transaction(memory)

    return step


async def names(storage: Storage, owner: Owner) -> list[str]:
    found = await storage.write(lambda memory: memory.of(owner).clients.list())
    return [client.name for client in found]


async def test_steps_that_wait_share_a_commit_and_each_is_undone_alone(
    replicas: list[Storage],
) -> None:
    def fails(memory: Memory) -> None:
        memory.of(ANNA).clients.add("Ничей", NOW)
        raise ValueError("no")

    one, wrong, other = await waited(replicas[0], named(ANNA, "А"), fails, named(BORIS, "Б"))
    assert isinstance(one, str)
    assert one == other
    assert isinstance(wrong, ValueError)
    assert await names(replicas[0], ANNA) == ["А"]
    assert await names(replicas[0], BORIS) == ["Б"]


async def test_what_a_step_stumbles_over_holds_up_none_that_shares_its_transaction(
    replicas: list[Storage],
) -> None:
    trouble = Trouble(deadlock, times=1)
    one, done, other = await waited(replicas[0], named(ANNA, "А"), trouble, named(BORIS, "Б"))
    assert done == "done"
    assert one != other, "each has run again by itself"
    assert await names(replicas[0], ANNA) == ["А"]
    assert await names(replicas[0], BORIS) == ["Б"]


async def test_nobody_waits_for_a_person_whom_another_transaction_works_with(
    replicas: list[Storage],
) -> None:
    holds, done = threading.Event(), threading.Event()

    def hold(memory: Memory) -> bool:
        memory.of(ANNA).people.get()
        holds.set()
        return done.wait(10)

    holding = asyncio.create_task(replicas[1].write(hold))
    assert await asyncio.to_thread(holds.wait, 10)

    def let_go(memory: Memory) -> str:
        found = named(BORIS, "Б")(memory)
        done.set()
        return found

    one, other = await waited(replicas[0], named(ANNA, "А"), let_go)
    assert one != other
    assert await holding
    assert await names(replicas[0], ANNA) == ["А"]


async def test_who_waits_for_one_person_holds_up_nobody_else(
    replicas: list[Storage], now: datetime
) -> None:
    holds, done = threading.Event(), threading.Event()

    def hold(memory: Memory) -> bool:
        memory.of(ANNA).people.get()
        holds.set()
        return done.wait(20)

    def come(owner: Owner, memory: Memory) -> bool:
        return memory.updates.receive(ParkedUpdate(UpdateId(owner), owner, b"{}", now))

    holding = asyncio.create_task(replicas[1].write(hold))
    assert await asyncio.to_thread(holds.wait, 10)
    waiting = asyncio.create_task(replicas[0].write(partial(come, ANNA), [ANNA]))
    await asyncio.sleep(0.2)
    async with asyncio.timeout(5):
        assert await replicas[0].write(partial(come, BORIS), [BORIS])
    assert not waiting.done()
    done.set()
    assert await waiting
    assert await holding


# Keys


async def test_keys_go_in_the_transaction_of_the_erasure(
    replicas: list[Storage], database_url: str, now: datetime
) -> None:
    def change_of_mind(memory: Memory) -> None:
        memory.of(ANNA).people.erase(now)
        raise RuntimeError

    await replicas[0].write(lambda memory: fill(memory, ANNA, now))
    with pytest.raises(RuntimeError):
        await replicas[0].write(change_of_mind)
    export = await replicas[1].write(lambda memory: memory.of(ANNA).export())
    assert [client.name for client in export.clients] == ["слова"]

    await replicas[0].write(lambda memory: memory.of(ANNA).people.erase(now))
    assert look(database_url, "SELECT DISTINCT owner FROM wrapped_keys") == [(NOBODY,)]
    assert len(look(database_url, "SELECT person FROM erased")) == 1
    await replicas[1].write(lambda memory: fill(memory, ANNA, now, "новое"))
    export = await replicas[2].write(lambda memory: memory.of(ANNA).export())
    assert [client.name for client in export.clients] == ["новое"]


async def test_what_is_stored_after_the_erasure_in_the_same_step_gets_new_keys(
    replicas: list[Storage], now: datetime
) -> None:
    def begin_anew(memory: Memory) -> None:
        memory.of(ANNA).people.erase(now)
        fill(memory, ANNA, now, "новое")

    await replicas[0].write(lambda memory: fill(memory, ANNA, now))
    await replicas[0].write(begin_anew, [ANNA])
    export = await replicas[1].write(lambda memory: memory.of(ANNA).export())
    assert [client.name for client in export.clients] == ["новое"]


async def test_who_shares_a_transaction_with_an_erasure_of_theirs_gets_new_keys(
    replicas: list[Storage], now: datetime
) -> None:
    await replicas[0].write(lambda memory: fill(memory, ANNA, now))
    one, other = await waited(
        replicas[0],
        lambda memory: memory.of(ANNA).people.erase(now),
        named(ANNA, "Вектор"),
        people=[ANNA],
    )
    assert one is None
    assert isinstance(other, str)
    assert await names(replicas[1], ANNA) == ["Вектор"]


async def test_keys_that_nothing_needs_go(
    replicas: list[Storage], database_url: str, now: datetime
) -> None:
    minute = timedelta(minutes=1)
    await replicas[0].write(
        lambda memory: memory.of(ANNA).scratch.hold(Held("слова", 5, now + minute))
    )
    parked = ParkedUpdate(UpdateId(1), BORIS, b"{}", now)
    await replicas[1].write(lambda memory: memory.updates.park([parked]))
    assert look(database_url, "SELECT DISTINCT owner FROM wrapped_keys ORDER BY 1") == [(0,), (11,)]
    await asyncio.gather(*(each.write(lambda memory: memory.purge(now)) for each in replicas))
    assert (11,) in look(database_url, "SELECT owner FROM wrapped_keys")
    (waiting,) = await replicas[2].write(lambda memory: memory.updates.parked())
    assert waiting.body == b"{}"
    await replicas[0].write(lambda memory: memory.updates.done([UpdateId(1)]))
    await replicas[0].write(lambda memory: memory.purge(now + 2 * minute))
    assert look(database_url, "SELECT owner, number FROM wrapped_keys") == [(0, 0)]


async def test_what_is_parked_while_others_tidy_stays_readable(
    replicas: list[Storage], now: datetime
) -> None:
    async def park(number: int) -> None:
        update = ParkedUpdate(UpdateId(number), Owner(1000 + number), b"%d" % number, now)
        await replicas[number % 2].write(lambda memory: memory.updates.park([update]))

    async def tidy() -> None:
        await replicas[2].write(lambda memory: memory.purge(now))

    await asyncio.gather(*(tidy() if number % 4 == 0 else park(number) for number in range(80)))
    waiting = await replicas[0].write(lambda memory: memory.updates.parked())
    assert {each.body for each in waiting} == {b"%d" % n for n in range(80) if n % 4}


# Opening


async def test_three_may_start_at_once_on_an_empty_database(folder: Path, now: datetime) -> None:
    with a_database(f"coach_starters_{id(folder)}") as url:
        started = await asyncio.gather(
            *(open_storage(url, folder / "master.key", now=now) for _ in WORKERS)
        )
        for each in started:
            await each.write(lambda memory: memory.probe(now))
            await each.close()
        assert sum(bool(each.notices) for each in started) == 1  # one made the master key


@pytest.mark.parametrize("after", range(3))
async def test_a_first_start_that_was_cut_off_is_ended_by_the_next(
    after: int, folder: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def until(where: str) -> list[Migration]:
        """Return some migrations, and one at which the start ends."""
        there = load_migrations(where)
        return [*there[:after], there[after]._replace(script="SELECT 1 / 0")]

    with a_database(f"coach_half_{id(folder)}") as url:
        with monkeypatch.context() as patch:
            patch.setattr(setup, "load_migrations", until)
            assert "division by zero" in await refused(url, folder, now)
        storage = await open_storage(url, folder / "master.key", now=now)
        await storage.write(lambda memory: fill(memory, ANNA, now))
        await storage.close()


async def refused(url: str, folder: Path, now: datetime) -> str:
    with pytest.raises(StorageUnusable) as why:
        await open_storage(url, folder / "master.key", now=now)
    line = str(why.value)
    assert "\n" not in line
    return line


async def test_a_database_that_sorts_otherwise_is_refused(folder: Path, now: datetime) -> None:
    with a_database(f"coach_order_{id(folder)}", icu="ru") as url:
        assert "make one with ENCODING 'UTF8' LOCALE 'C.UTF-8'" in await refused(url, folder, now)


@pytest.mark.parametrize("intake", Intake)
async def test_who_takes_updates_in_another_way_is_refused(
    intake: Intake,
    database_url: str,
    folder: Path,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(setup, "_MOMENT", 0.0)
    (other,) = set(Intake) - {intake}
    serving = await open_storage(database_url, folder / "master.key", now=now, intake=intake)
    with pytest.raises(StorageBusy) as why:
        await open_storage(database_url, folder / "master.key", now=now, intake=other)
    line = str(why.value)
    assert f"takes the updates {intake.value}, this one would {other.value}" in line
    assert (await inspect(database_url, folder / "master.key")).intakes == {intake}
    # Of one kind there may be many, and whoever takes none is no matter.
    for same in (intake, None):
        beside = await open_storage(database_url, folder / "master.key", now=now, intake=same)
        await beside.close()
    await serving.close()
    monkeypatch.setattr(setup, "_MOMENT", 5.0)  # the server may take its time
    await (await open_storage(database_url, folder / "master.key", now=now, intake=other)).close()


async def test_a_database_of_a_newer_release_is_refused(
    database_url: str, folder: Path, now: datetime
) -> None:
    with psycopg.connect(database_url) as raw:
        raw.execute("INSERT INTO coach.migrations VALUES (999, 0, NULL)")
    try:
        assert "newer than this release" in await refused(database_url, folder, now)
    finally:
        with psycopg.connect(database_url) as raw:
            raw.execute("DELETE FROM coach.migrations WHERE number = 999")


async def test_another_master_key_is_refused(
    replicas: list[Storage], database_url: str, folder: Path, now: datetime
) -> None:
    assert replicas
    (folder / "master.key").rename(folder / "elsewhere.key")
    assert "is missing" in await refused(database_url, folder, now)


async def test_people_without_keys_are_refused_and_nothing_is_made(
    folder: Path, now: datetime
) -> None:
    with a_database(f"coach_keyless_{id(folder)}") as url:
        storage = await open_storage(url, folder / "master.key", now=now)
        await storage.write(lambda memory: fill(memory, ANNA, now))
        await storage.close()
        with psycopg.connect(url) as raw:
            raw.execute("DROP SCHEMA coach_keys CASCADE")
        line = "the schema coach_keys holds no keys, and there are texts that only they open"
        assert line in await refused(url, folder, now)
        with pytest.raises(StorageUnusable, match=line):
            await inspect(url, folder / "master.key")
        assert look(url, "SELECT to_regnamespace('coach_keys') IS NULL") == [(True,)]


async def test_a_table_that_is_gone_ends_the_work_rather_than_one_update_after_the_other(
    folder: Path, now: datetime
) -> None:
    with a_database(f"coach_tableless_{id(folder)}") as url:
        storage = await open_storage(url, folder / "master.key", now=now)
        with psycopg.connect(url) as raw:
            raw.execute("DROP TABLE coach.facts CASCADE")
        with pytest.raises(StorageUnusable, match="damaged"):
            await storage.write(lambda memory: fill(memory, ANNA, now))
        await storage.close()


@pytest.mark.parametrize(
    "address", [":abc/coach", ":70000/coach", "/coach?sslmode=x", "/coach?x=y", "/coach%zz"]
)
async def test_an_address_that_there_cannot_be_is_refused(
    address: str, folder: Path, now: datetime
) -> None:
    assert "invalid" in await refused(f"postgresql://coach:s3cret@127.0.0.1{address}", folder, now)


async def test_a_server_that_is_not_there_is_told_without_the_password(
    folder: Path, now: datetime
) -> None:
    with pytest.raises(StorageAway, match="cannot be opened") as why:
        await open_storage(
            "postgresql://coach:s3cret@127.0.0.1:1/coach", folder / "master.key", now=now
        )
    assert "s3cret" not in str(why.value)


@pytest.mark.parametrize("cuts", [0, 2, 3])
async def test_an_opening_that_is_cut_off_begins_again(
    database_url: str, folder: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, cuts: int
) -> None:
    tries: list[psycopg.Connection[Any]] = []

    def cut(raw: psycopg.Connection[Any]) -> None:
        tries.append(raw)
        if len(tries) <= cuts:
            raw.close()
        setup.refuse_unfit(raw)

    monkeypatch.setattr(postgres_engine, "refuse_unfit", cut)
    opening = open_storage(database_url, folder / "master.key", now=now)
    if cuts < 3:
        await (await opening).close()
    else:
        with pytest.raises(StorageAway, match="cannot be opened"):
            await opening
    assert len(tries) == min(cuts + 1, 3)


async def test_a_database_that_there_is_not_is_refused(folder: Path, now: datetime) -> None:
    assert "does not exist" in await refused(of_database("nobody_made_this"), folder, now)


async def test_the_engine_tells_its_version(replicas: list[Storage]) -> None:
    assert isinstance(replicas[0], PostgresStorage)
    assert replicas[0].engine.startswith("PostgreSQL ")


async def test_nothing_is_free_forever(
    replicas: list[Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_engine, "_CONNECT_SECONDS", 0.2)
    free = threading.Event()
    busy = await on_every_connection(replicas[0], lambda _: free.wait(20))
    await asyncio.sleep(0.3)
    waiting = asyncio.ensure_future(replicas[0].write(lambda memory: memory.probe(NOW)))
    await asyncio.sleep(0.1)
    assert not waiting.done()  # it waits for a thread, as all do
    free.set()
    await asyncio.gather(*busy, waiting)
