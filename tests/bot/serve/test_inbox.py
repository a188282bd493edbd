"""Several processes' inboxes over one database: the real conversations behind each."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import make_inbox, make_services
from bot.local.refusals import Mishap, Refused
from bot.local.session import local_bot
from bot.local.telegram import Telegram
from bot.operate.clock import SystemClock
from bot.serve import inbox as inbox_module
from bot.serve.access import Access
from bot.serve.inbox import Inbox
from bot.serve.rate import MOST_WAITING
from handlers.clients.buttons import Home
from handlers.engine.frame import Frame
from handlers.engine.router import Coach
from handlers.topics import JOINED
from storage.errors import StorageAway
from storage.opening import open_storage
from storage.protocols import Storage
from storage.records import Owner, ParkedUpdate, UpdateId
from storage.rows.updates import Noted, UpdateRows
from tests.known import KNOWLEDGE
from tests.postgres import ENGINES, database_url, prepared

__all__ = ["database_url", "prepared"]

FRAME = Frame(JOINED, KNOWLEDGE)
CLOCK = SystemClock()
ANNA, BORIS = 1, 2


@dataclass
class Replica:
    """One process of the bot."""

    inbox: Inbox
    storage: Storage
    stopping: asyncio.Event
    task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work off what comes."""
        self.task = asyncio.create_task(self.inbox.run())

    async def stop(self) -> None:
        """End it as SIGTERM does."""
        self.stopping.set()
        if self.task is not None:
            await self.task

    async def kill(self) -> None:
        """End it as SIGKILL does: the server ends its connections."""
        await self.inbox._turns.close()
        for task in (*self.inbox._tasks.values(), self.task):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        self.task = None


@dataclass
class Fleet:
    """Replicas over one database, and the Telegram they answer to."""

    telegram: Telegram
    replicas: list[Replica]
    applied: list[tuple[int, int]] = field(default_factory=list)
    """Person and update, in the order in which they were applied."""

    @property
    def storage(self) -> Storage:
        """One way to the database."""
        return self.replicas[0].storage

    def start(self) -> None:
        """Start all."""
        for each in self.replicas:
            each.start()

    async def bring(self, update: dict[str, Any], to: int = 0) -> None:
        """Bring an update to a replica."""
        await self.replicas[to].inbox.receive(update)

    async def until_empty(self, within: float = 20.0) -> None:
        """Wait until nothing is in the inbox."""
        async with asyncio.timeout(within):
            while await self.storage.write(lambda memory: memory.updates.owners_waiting(1)):  # noqa: ASYNC110 - a database tells nobody
                await asyncio.sleep(0.01)

    def answers(self) -> Counter[str]:
        """Return how often each tap was answered."""
        return Counter(
            str(call.params["callback_query_id"])
            for call in self.telegram.journal
            if call.method == "answerCallbackQuery"
        )

    def typed(self, person: int, text: str) -> dict[str, Any]:
        """Return the update of a typed text."""
        return self._taken(lambda: self.telegram.person(person).send(text))

    def tapped(self, person: int, data: str) -> dict[str, Any]:
        """Return the update of a tap on the newest message."""
        return self._taken(lambda: self.telegram.person(person).tap(data=data))

    def _taken(self, act: Callable[[], object]) -> dict[str, Any]:
        act()
        (_, update) = self.telegram.updates._queue.pop()
        return dict(update)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
async def make_fleet(
    database_url: str, engine: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[..., Any]]:
    monkeypatch.setattr(inbox_module, "LOOK", 0.05)
    async with AsyncExitStack() as stack:

        async def make(
            count: int = 3, *, lives: int = 1, rate_limit: int = 0, access: Access | None = None
        ) -> Fleet:
            telegram = Telegram(CLOCK.now)
            fleet = Fleet(telegram, [])
            _note_applied(monkeypatch, fleet)
            # One process serves SQLite; more are its next lives.
            for _ in range(count if engine == "postgres" else lives):
                storage = await open_storage(database_url, folder / "master.key", now=CLOCK.now())
                stack.push_async_callback(storage.close)
                coach = Coach(FRAME, storage, CLOCK.now)
                bot = await stack.enter_async_context(local_bot(telegram))
                stopping = asyncio.Event()
                services = make_services(bot, coach, CLOCK, stopping)
                inbox = make_inbox(services, coach, access=access, rate_limit=rate_limit)
                replica = Replica(inbox, storage, stopping)
                stack.push_async_callback(replica.stop)
                fleet.replicas.append(replica)
            return fleet

        yield make


def _note_applied(monkeypatch: pytest.MonkeyPatch, fleet: Fleet) -> None:
    note = UpdateRows.note_in_turn

    def noting(self: UpdateRows, update_id: UpdateId, owner: Owner, now: datetime) -> Noted:
        noted = note(self, update_id, owner, now)

        def first_time() -> bool:
            first = noted()
            if first:
                fleet.applied.append((owner, update_id))
            return first

        return first_time

    monkeypatch.setattr(UpdateRows, "note_in_turn", noting)


@pytest.fixture
async def fleet(make_fleet: Callable[..., Any]) -> Fleet:
    it: Fleet = await make_fleet()
    return it


def shown(fleet: Fleet, person: int) -> str:
    """Return the text of the newest message to a person."""
    return str(fleet.telegram.person(person).screen.text)


async def test_what_comes_is_answered_and_leaves_the_inbox(fleet: Fleet) -> None:
    fleet.start()
    await fleet.bring(fleet.typed(ANNA, "/start"))
    await fleet.until_empty()
    assert "клиент" in shown(fleet, ANNA)
    assert fleet.telegram.refusals == []


async def test_what_comes_several_times_to_several_processes_is_handled_once(
    make_fleet: Callable[..., Any],
) -> None:
    fleet: Fleet = await make_fleet()
    fleet.start()
    await fleet.bring(fleet.typed(ANNA, "/start"))
    await fleet.until_empty()
    taps = [fleet.tapped(ANNA, Home().pack()) for _ in range(5)]
    many = [(tap, number % len(fleet.replicas)) for tap in taps for number in range(5)]
    random.Random(1).shuffle(many)  # noqa: S311 - a test
    await asyncio.gather(*(fleet.bring(tap, to) for tap, to in many))
    await fleet.until_empty()
    for tap in taps:
        await fleet.bring(tap)  # once more, when all is done
    await fleet.until_empty()
    assert Counter(fleet.applied).most_common(1)[0][1] == 1
    assert fleet.answers() == Counter(tap["callback_query"]["id"] for tap in taps)


async def test_a_person_s_updates_are_applied_by_their_ids(fleet: Fleet) -> None:
    updates = [
        fleet.typed(person, f"/{word}")
        for word in ("start", "help", "clients")
        for person in (ANNA, BORIS)
    ]
    for number, update in enumerate(reversed(updates)):
        await fleet.bring(update, number % len(fleet.replicas))
    fleet.start()
    await fleet.until_empty()
    for person in (ANNA, BORIS):
        mine = [update for owner, update in fleet.applied if owner == person]
        assert len(mine) == 3
        assert mine == sorted(mine)


async def test_what_comes_while_one_is_in_hand_is_applied_by_its_id_too(
    make_fleet: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "AT_HAND", 2)  # the others are read from the inbox
    fleet: Fleet = await make_fleet(1)
    (replica,) = fleet.replicas
    give, go = replica.inbox._worker._feed, asyncio.Event()

    async def held(raw: Any, arrival: Any) -> None:  # noqa: ANN401 - handed on
        await go.wait()
        await give(raw, arrival)

    replica.inbox._worker._feed = held
    updates = [fleet.typed(ANNA, f"/{word}") for word in ("start", "help", "clients") * 2]
    fleet.start()
    for each in (3, 5, 1, 4, 0, 2):
        await fleet.bring(updates[each])
    go.set()
    await fleet.until_empty()
    assert [update for _, update in fleet.applied] == [each["update_id"] for each in updates]


async def test_one_that_comes_late_is_applied_all_the_same(fleet: Fleet) -> None:
    early, late = fleet.typed(ANNA, "/help"), fleet.typed(ANNA, "/start")
    fleet.start()
    await fleet.bring(late)
    await fleet.until_empty()
    await fleet.bring(early)
    await fleet.until_empty()
    assert [update for _, update in fleet.applied] == [late["update_id"], early["update_id"]]


async def test_what_a_dead_process_had_in_hand_another_goes_on_with(
    make_fleet: Callable[..., Any],
) -> None:
    fleet: Fleet = await make_fleet(2, lives=2)
    first, last = fleet.replicas[0], fleet.replicas[-1]
    stuck = asyncio.Event()

    async def hang(*_: object) -> None:
        stuck.set()
        await asyncio.Event().wait()

    first.inbox._worker._feed = hang
    await fleet.bring(fleet.typed(ANNA, "/start"))
    first.start()
    async with asyncio.timeout(5):
        await stuck.wait()
    await first.kill()
    last.start()
    await fleet.until_empty()
    assert "клиент" in shown(fleet, ANNA)
    assert len(fleet.applied) == 1


async def test_a_reply_that_a_dead_process_has_not_delivered_another_delivers(
    make_fleet: Callable[..., Any],
) -> None:
    fleet: Fleet = await make_fleet(2, lives=2)
    first, last = fleet.replicas[0], fleet.replicas[-1]
    refused = asyncio.Event()

    def fault(_method: str, _params: object) -> Mishap | None:
        refused.set()
        return Mishap(refusal=Refused(500, "Internal Server Error"))

    fleet.telegram.faults = fault
    first.start()
    await fleet.bring(fleet.typed(ANNA, "/newclient"))
    async with asyncio.timeout(5):
        await refused.wait()
    await first.kill()
    assert len(fleet.applied) == 1, "it is committed"
    fleet.telegram.faults = lambda _method, _params: None
    last.start()
    await fleet.until_empty()
    assert len(fleet.applied) == 1
    assert [each.from_bot for each in fleet.telegram.person(ANNA).messages] == [False, True]


async def test_a_process_that_has_lost_its_turn_applies_nothing_more(
    make_fleet: Callable[..., Any],
) -> None:
    fleet: Fleet = await make_fleet(1)
    (replica,) = fleet.replicas
    give = replica.inbox._worker._feed

    async def robbed(raw: Any, arrival: Any) -> None:  # noqa: ANN401 - handed on
        replica.inbox._turns._held.clear()  # type: ignore[attr-defined]  # of either engine
        replica.inbox._worker._feed = give
        await give(raw, arrival)

    replica.inbox._worker._feed = robbed
    await fleet.bring(fleet.typed(ANNA, "/start"))
    assert await replica.storage.write(lambda memory: memory.updates.owners_waiting(1))
    assert fleet.applied == []
    replica.start()
    await fleet.until_empty()
    assert len(fleet.applied) == 1


async def test_what_fails_three_times_is_put_aside_and_not_taken_again(
    make_fleet: Callable[..., Any],
) -> None:
    fleet: Fleet = await make_fleet(1)
    (replica,) = fleet.replicas

    async def broken(*_: object) -> None:
        raise ValueError("private words")

    replica.inbox._worker._feed = broken
    update = fleet.typed(ANNA, "/start")
    fleet.start()
    for _ in range(2):
        await fleet.bring(update)
        await fleet.until_empty()
        aside = await fleet.storage.write(lambda memory: memory.updates.put_aside_list())
        assert [each.update_id for each in aside] == [update["update_id"]]
    texts = [each.text for each in fleet.telegram.person(ANNA).messages if each.from_bot]
    assert len(texts) == 1


async def test_what_was_put_aside_is_applied_once_it_is_tried_again(fleet: Fleet) -> None:
    update, later = fleet.typed(ANNA, "/newclient"), fleet.typed(ANNA, "/help")
    mended = [each.inbox._worker._feed for each in fleet.replicas]

    async def broken(*_: object) -> None:
        raise ValueError("private words")

    for each in fleet.replicas:
        each.inbox._worker._feed = broken
    fleet.start()
    await fleet.bring(update)
    await fleet.until_empty()
    for each, feed in zip(fleet.replicas, mended, strict=True):
        each.inbox._worker._feed = feed
    await fleet.bring(later)
    await fleet.until_empty()
    number = UpdateId(update["update_id"])
    await fleet.storage.write(lambda memory: memory.updates.retry([number], CLOCK.now()))
    await fleet.until_empty()
    assert [update for _, update in fleet.applied] == [later["update_id"], number]


async def test_what_the_poll_has_parked_is_worked_off_first(fleet: Fleet) -> None:
    parked, later = fleet.typed(ANNA, "/help"), fleet.typed(ANNA, "/start")
    row = ParkedUpdate(
        UpdateId(parked["update_id"]), Owner(ANNA), json.dumps(parked).encode(), CLOCK.now()
    )
    await fleet.storage.write(lambda memory: memory.updates.park([row]))
    await fleet.bring(later)
    fleet.start()
    await fleet.until_empty()
    assert [update for _, update in fleet.applied] == [parked["update_id"], later["update_id"]]


async def test_a_stranger_is_told_once_a_day_by_whomever_they_meet(
    make_fleet: Callable[..., Any],
) -> None:
    fleets = [await make_fleet(1, access=Access(frozenset({ANNA}))) for _ in range(2)]
    for fleet in fleets * 2:
        await fleet.bring(fleet.typed(BORIS, "/start"))
    await asyncio.sleep(0.05)  # what is said beside the lanes
    assert (
        sum(each.from_bot for fleet in fleets for each in fleet.telegram.person(BORIS).messages)
        == 1
    )


async def test_a_stranger_is_told_and_leaves_no_trace(make_fleet: Callable[..., Any]) -> None:
    fleet: Fleet = await make_fleet(1, access=Access(frozenset({ANNA})))
    fleet.start()
    for _ in range(3):
        await fleet.bring(fleet.typed(BORIS, "/start"))
    await fleet.bring(fleet.typed(ANNA, "/start"))
    await fleet.until_empty()
    await asyncio.sleep(0.05)  # what is said beside the lanes
    assert [owner for owner, _ in fleet.applied] == [ANNA]
    assert sum(each.from_bot for each in fleet.telegram.person(BORIS).messages) == 1


async def test_too_fast_is_slowed_by_all_processes_together(make_fleet: Callable[..., Any]) -> None:
    fleet: Fleet = await make_fleet(rate_limit=4)
    await fleet.bring(fleet.typed(ANNA, "/start"))
    for number in range(6):
        await fleet.bring(fleet.typed(ANNA, "/help"), number % len(fleet.replicas))
    await fleet.bring(fleet.typed(BORIS, "/start"))
    rows = await fleet.storage.write(lambda memory: memory.updates.parked())
    assert [each.slow for each in rows] == [False] * 4 + [True] * 3 + [False]


async def test_beyond_200_that_wait_the_surplus_is_dropped_and_told_once(
    make_fleet: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 5
    assert most < MOST_WAITING
    monkeypatch.setattr(inbox_module, "MOST_WAITING", most)
    fleet: Fleet = await make_fleet(rate_limit=1)
    for number in range(most + 4):
        await fleet.bring(fleet.typed(ANNA, "/help"), number % len(fleet.replicas))
    rows = await fleet.storage.write(lambda memory: memory.updates.parked())
    assert len(rows) == most
    await asyncio.sleep(0.05)  # what is said beside the lanes
    assert sum(each.from_bot for each in fleet.telegram.person(ANNA).messages) == 1


async def test_while_the_database_is_away_nothing_is_taken_and_nothing_lost(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    fleet.start()
    storage = fleet.storage
    write = storage.write

    async def away(*_step: object) -> None:
        raise StorageAway("its server is away")

    monkeypatch.setattr(storage, "write", away)
    update = fleet.typed(ANNA, "/start")
    with pytest.raises(StorageAway):
        await fleet.bring(update)
    monkeypatch.setattr(storage, "write", write)
    await fleet.bring(update)
    await fleet.until_empty()
    assert len(fleet.applied) == 1


async def test_the_end_finishes_what_is_in_hand_and_leaves_the_rest(
    make_fleet: Callable[..., Any],
) -> None:
    fleet: Fleet = await make_fleet(1)
    (replica,) = fleet.replicas
    give = replica.inbox._worker._feed

    async def slow(raw: Any, arrival: Any) -> None:  # noqa: ANN401 - handed on
        replica.stopping.set()
        await asyncio.sleep(0.02)
        await give(raw, arrival)

    replica.inbox._worker._feed = slow
    await fleet.bring(fleet.typed(ANNA, "/start"))
    await fleet.bring(fleet.typed(ANNA, "/help"))
    replica.start()
    assert replica.task is not None
    await replica.task
    assert len(fleet.applied) == 1
    left = await fleet.storage.write(lambda memory: memory.updates.parked())
    assert len(left) == 1


async def test_what_is_remembered_of_a_chat_counts_for_one_turn(fleet: Fleet) -> None:
    fleet.start()
    await fleet.bring(fleet.typed(ANNA, "/help"))
    await fleet.until_empty()
    # Whoever handles what comes next, the others may have shown something else meanwhile.
    for number, data in enumerate([Home().pack(), "hp", Home().pack(), "hp"] * 2):
        await fleet.bring(fleet.tapped(ANNA, data), number % len(fleet.replicas))
        await fleet.until_empty()
        assert ("Добавить" in str(fleet.telegram.person(ANNA).screen.labels)) == (data != "hp")
