"""A small bot behind the real ingest, on the in-memory Telegram and a real database."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.types import Message, Update

from bot.exits import CONFIG, SOFTWARE, UNAVAILABLE, Leave
from bot.local.refusals import Mishap, Refused, conflict, forbidden
from bot.local.server import serve
from bot.local.session import LocalSession
from bot.local.telegram import Telegram
from bot.operate.clock import SystemClock
from bot.operate.counters import Counters
from bot.serve.access import Access
from bot.serve.ingest import Ingest
from bot.serve.rate import MOST_WAITING, WINDOW, Rate
from bot.serve.services import Services, TimeLimits
from bot.telegram import session
from bot.telegram.session import JsonSession
from content.knowledge import Knowledge
from handlers.engine.frame import Arrival
from storage.errors import StorageAway
from storage.opening import open_storage
from storage.protocols import Storage
from storage.records import PutAsideUpdate
from tests.bot.telegram.proxies import Plain, running
from tests.canary import TOKEN
from tests.template import laid

QUICK = TimeLimits(poll=5, network=5, look=0.005, park=0.05, again=0.01, drain=0.2, conflict=0.2)


@dataclass
class Echo:
    """Answers what it reads, and does what a text asks of it."""

    seen: list[str] = field(default_factory=list)
    starts: Counter[str] = field(default_factory=Counter)
    answered: dict[str, float] = field(default_factory=dict)
    """When each text was answered, on the monotonic clock."""
    orders: dict[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    crowded: list[bool] = field(default_factory=list)

    async def read(self, message: Message, bot: Bot, arrival: Arrival) -> None:
        """Answer a message, after what it orders."""
        text = message.text or ""
        self.starts[text] += 1
        self.crowded.append(arrival.crowded())
        order = self.orders.get(text)
        if order:
            await order()
        await bot.send_message(message.chat.id, f"Прочитано: {text}")
        self.seen.append(text)
        self.answered[text] = SystemClock().monotonic()

    def router(self) -> Router:
        """Return the router of messages."""
        router = Router()
        router.message.register(self.read)
        return router


@dataclass
class Line:
    """One process of the bot, to be started and ended."""

    telegram: Telegram
    storage: Storage
    echo: Echo
    ingest: Ingest
    stopping: asyncio.Event
    task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start it."""
        self.task = asyncio.create_task(self.ingest.run())

    async def caught_up(self) -> None:
        """Start it, and wait until it has asked for what had gathered."""
        self.start()
        await self.until(lambda: not self.ingest._poller.catching_up)

    async def settled(self, within: float = 5.0) -> None:
        """Wait until Telegram holds nothing unconfirmed."""
        await self.telegram.updates.settled(within)

    async def until(self, true: Callable[[], bool], within: float = 5.0) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(within):
            while not true():  # noqa: ASYNC110 - any state may be waited for, not only events
                await asyncio.sleep(0.002)

    async def put_aside(self, within: float = 5.0) -> PutAsideUpdate:
        """Return the one update that is put aside, as soon as it is.

        On a busy machine Telegram may know before: what takes long is parked meanwhile.
        """
        async with asyncio.timeout(within):
            while True:
                rows = await self.storage.write(lambda memory: memory.updates.put_aside_list())
                if rows:
                    break
                await asyncio.sleep(0.002)
        (row,) = rows
        return row

    async def parked(self) -> list[int]:
        """Return the ids of the updates that wait in the database."""
        rows = await self.storage.write(lambda memory: memory.updates.parked())
        return [row.update_id for row in rows]

    async def stop(self) -> None:
        """End it as SIGTERM does; what it raises comes out here."""
        assert self.task is not None
        self.stopping.set()
        await self.task

    async def kill(self) -> None:
        """End it as SIGKILL does."""
        assert self.task is not None

        async def nothing() -> None:
            """Leave all as it is."""

        self.ingest._land = nothing  # type: ignore[method-assign]  # a kill lands nothing
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await self.ingest._lanes.drain(0)


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(SystemClock().now)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    it = await open_storage(laid(tmp_path), tmp_path / "master.key", now=SystemClock().now())
    yield it
    await it.close()


@pytest.fixture
async def make_line(
    telegram: Telegram, storage: Storage, knowledge: Knowledge
) -> AsyncIterator[Callable[..., Line]]:
    lines: list[Line] = []

    def make(
        *,
        allowed: frozenset[int] = frozenset(),
        pace: TimeLimits = QUICK,
        rate_limit: int = 0,
        bot: Bot | None = None,
    ) -> Line:
        echo = Echo()
        stopping = asyncio.Event()
        dispatcher = Dispatcher(disable_fsm=True)
        dispatcher.include_router(echo.router())
        bot = bot or Bot("4242:test", session=LocalSession(telegram))

        async def feed(raw: Mapping[str, Any], arrival: Arrival) -> None:
            if arrival.sent is None:
                raise ValueError(f"private words: {arrival.data}")  # as a broken handler does
            update = Update.model_validate(raw, context={"bot": bot})
            await dispatcher.feed_update(bot, update, arrival=arrival)

        services = Services(
            bot=bot,
            storage=storage,
            words=lambda language, _owner: knowledge.words(language).texts,
            clock=SystemClock(),
            counters=Counters(SystemClock()),
            chance=random.Random(1),  # noqa: S311 - no secret hangs on it
            stopping=stopping,
            pace=pace,
        )
        ingest = Ingest(services, feed, Access(allowed), Rate(rate_limit))
        lines.append(Line(telegram, storage, echo, ingest, stopping))
        return lines[-1]

    yield make
    for line in lines:
        if line.task and not line.task.done():
            await line.kill()


@pytest.fixture
async def line(make_line: Callable[..., Line]) -> Line:
    it = make_line()
    it.start()
    return it


async def test_each_message_is_answered_once_and_confirmed(line: Line) -> None:
    me = line.telegram.person(1)
    me.send("раз")
    me.send("два")
    await line.settled()
    assert line.echo.seen == ["раз", "два"]
    assert [message.body["text"] for message in me.messages if message.from_bot] == [
        "Прочитано: раз",
        "Прочитано: два",
    ]


async def test_a_chat_keeps_its_order_while_chats_go_side_by_side(line: Line) -> None:
    gate = asyncio.Event()
    line.echo.orders["стой"] = lambda: _wait(gate)
    line.telegram.person(1).send("стой")
    line.telegram.person(1).send("потом")
    line.telegram.person(2).send("сразу")
    await line.until(lambda: "сразу" in line.echo.seen)
    assert line.echo.seen == ["сразу"]
    gate.set()
    await line.settled()
    assert line.echo.seen == ["сразу", "стой", "потом"]


async def test_a_handler_knows_that_something_newer_waits_in_its_chat(line: Line) -> None:
    gate = asyncio.Event()
    line.echo.orders["раз"] = lambda: _wait(gate)
    line.telegram.person(1).send("раз")
    line.telegram.person(1).send("два")
    line.telegram.person(1).send("три")
    await line.until(lambda: line.echo.starts["раз"] == 1)
    gate.set()
    await line.settled()
    assert line.echo.crowded[1:] == [True, False]


async def test_one_stuck_chat_among_400_holds_up_nobody(line: Line) -> None:
    gate = asyncio.Event()
    line.echo.orders["стой"] = lambda: _wait(gate)
    line.telegram.person(400).send("стой")
    for number in range(399):
        line.telegram.person(number + 1).send(str(number))
    await line.settled(20)
    assert len(line.echo.seen) == 399
    assert line.echo.starts["стой"] == 1
    assert len(await line.parked()) == 1
    gate.set()
    await line.until(lambda: "стой" in line.echo.seen)
    await line.until(lambda: not line.ingest._parking.flights)
    assert await line.parked() == []


async def test_what_is_parked_goes_on_after_a_kill(
    line: Line, make_line: Callable[..., Line]
) -> None:
    forever = asyncio.Event()
    line.echo.orders["стой"] = lambda: _wait(forever)
    me = line.telegram.person(1)
    me.send("стой")
    me.send("потом")
    await line.settled()
    await line.kill()
    again = make_line()
    again.start()
    await again.until(lambda: again.echo.seen == ["стой", "потом"])
    await again.until(lambda: not again.ingest._parking.flights)
    assert await again.parked() == []


# Invariant I2.
async def test_what_is_parked_but_not_confirmed_is_not_handled_twice_after_a_kill(
    line: Line, make_line: Callable[..., Line]
) -> None:
    forever = asyncio.Event()
    line.echo.orders["стой"] = lambda: _wait(forever)
    me = line.telegram.person(1)
    me.send("стой")
    await line.until(lambda: line.echo.starts["стой"] == 1)
    await line.ingest._parking.park(line.ingest._unsettled.unsettled())
    await line.kill()
    assert len(line.telegram.updates) == 1
    again = make_line()
    again.start()
    await again.settled()
    await again.until(lambda: again.echo.seen == ["стой"])
    me.send("ещё")
    await again.settled()
    assert again.echo.starts["стой"] == 1


async def test_what_was_neither_handled_nor_parked_comes_again_after_a_kill(
    make_line: Callable[..., Line],
) -> None:
    line = make_line(pace=TimeLimits(look=0.005, park=60))
    line.start()
    forever = asyncio.Event()
    line.echo.orders["стой"] = lambda: _wait(forever)
    line.telegram.person(1).send("стой")
    line.telegram.person(2).send("готово")
    await line.until(lambda: line.echo.seen == ["готово"] and line.echo.starts["стой"] == 1)
    await line.kill()
    again = make_line()
    again.start()
    await again.settled()
    assert "стой" in again.echo.seen


async def test_an_update_that_telegram_sends_again_while_it_is_in_hand_is_handled_once(
    make_line: Callable[..., Line],
) -> None:
    line = make_line(pace=TimeLimits(look=0.001, park=60))
    line.start()
    gate = asyncio.Event()
    line.echo.orders["стой"] = lambda: _wait(gate)
    line.telegram.person(1).send("стой")
    line.telegram.person(2).send("раз")
    await line.until(lambda: line.echo.seen == ["раз"])
    await asyncio.sleep(0.05)  # dozens of polls that bring both again
    gate.set()
    await line.settled()
    assert line.echo.starts == {"стой": 1, "раз": 1}


async def test_ids_may_start_again_at_a_lower_number(line: Line) -> None:
    me = line.telegram.person(1)
    me.send("вчера")
    await line.settled()
    message = me.send("сегодня")
    await line.settled()
    me.raw({"update_id": 17, "message": {**message.shown(), "text": "через неделю"}})
    me.raw({"update_id": 18, "message": {**message.shown(), "text": "и ещё"}})
    await line.settled()
    assert line.echo.seen == ["вчера", "сегодня", "через неделю", "и ещё"]


async def test_an_update_that_fails_three_times_is_put_aside_and_the_person_told(
    line: Line, knowledge: Knowledge
) -> None:
    me = line.telegram.person(1)
    me.send("раз")
    await line.settled()
    me.tap(data="сломайся", on=me.screen)
    await line.settled()
    row = await line.put_aside()
    assert row.tries == 3
    assert row.reason.startswith("ValueError at ")
    assert "private" not in row.reason
    texts = knowledge.words("ru").texts
    header = str(texts("errors.put_aside.header")).replace(" ·", "\N{NO-BREAK SPACE}·")
    assert header in me.screen.body["text"]
    assert line.telegram.unanswered == []
    me.send("два")
    await line.settled()
    assert line.echo.seen == ["раз", "два"]


async def test_an_update_that_nobody_can_read_is_put_aside_and_an_unknown_one_passed_over(
    line: Line,
) -> None:
    line.telegram.person(1).raw({"message": {"message_id": "как так", "chat": {"id": 1}}})
    line.telegram.person(1).raw({"message": None})
    line.telegram.person(1).raw({"telepathy": {"text": "раз"}})
    line.telegram.person(1).send("раз")
    await line.settled()
    row = await line.put_aside()
    assert row.reason.startswith("ValidationError at bot/serve/worker.py:")
    assert line.echo.seen == ["раз"]


async def test_what_is_put_aside_can_be_tried_again_while_the_bot_runs(line: Line) -> None:
    async def fail() -> None:
        raise ValueError

    line.echo.orders["раз"] = fail
    line.telegram.person(1).send("раз")
    await line.settled()
    row = await line.put_aside()
    line.echo.orders.clear()
    now = SystemClock().now().replace(microsecond=0)
    await line.storage.write(lambda memory: memory.updates.retry([row.update_id], now))
    line.ingest.look_for_parked()
    line.telegram.person(2).send("пора")  # ends the long poll
    await line.until(lambda: "раз" in line.echo.seen)
    await line.until(lambda: not line.ingest._parking.flights)
    assert line.echo.starts["раз"] == 4


FAULTS = [
    Mishap(refusal=Refused(500, "Internal Server Error")),
    Mishap(refusal=Refused(502, "Bad Gateway: restart")),
    Mishap(page=True),
    Mishap(cut=True),
]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
async def test_faults_of_telegram_and_the_network_are_waited_out(
    line: Line, fault: Mishap, method: str
) -> None:
    faults = iter([fault])
    line.telegram.faults = lambda called, _params: next(faults, None) if called == method else None
    line.telegram.person(1).send("раз")
    await line.settled()
    await line.until(lambda: line.echo.seen == ["раз"])
    rows = await line.storage.write(lambda memory: memory.updates.put_aside_list())
    assert rows == ()


async def test_a_person_out_of_reach_is_nobody_s_fault(line: Line) -> None:
    refusals = {
        1: forbidden("bot was blocked by the user"),
        2: forbidden("user is deactivated"),
        3: Refused(400, "Bad Request: chat not found"),
    }
    line.telegram.faults = lambda called, params: (
        Mishap(refusal=refusals[params["chat_id"]]) if called == "sendMessage" else None
    )
    for person in refusals:
        line.telegram.person(person).send(str(person))
    await line.settled()
    assert line.echo.starts == {"1": 1, "2": 1, "3": 1}
    rows = await line.storage.write(lambda memory: memory.updates.put_aside_list())
    assert rows == ()


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
async def test_a_revoked_token_ends_the_process(line: Line, method: str) -> None:
    line.telegram.faults = lambda called, _params: (
        Mishap(refusal=Refused(401, "Unauthorized")) if called == method else None
    )
    line.telegram.person(1).send("раз")
    assert line.task is not None
    with pytest.raises(Leave, match="BOT_TOKEN") as left:
        await asyncio.wait_for(line.task, 5)
    assert left.value.code == CONFIG
    if method == "sendMessage":
        assert len(await line.parked()) == 1


@pytest.mark.parametrize(
    ("description", "word"),
    [
        ("terminated by other getUpdates request", "another process"),
        ("can't use getUpdates method while webhook is active", "webhook"),
    ],
)
async def test_another_reader_of_the_updates_is_named_before_the_process_leaves(
    line: Line, description: str, word: str
) -> None:
    line.telegram.faults = lambda called, _params: (
        Mishap(refusal=conflict(description)) if called == "getUpdates" else None
    )
    line.telegram.person(1).send("раз")
    assert line.task is not None
    with pytest.raises(Leave, match=word) as left:
        await asyncio.wait_for(line.task, 5)
    assert left.value.code == UNAVAILABLE


async def test_a_conflict_that_passes_is_no_reason_to_leave(line: Line) -> None:
    faults = iter([Mishap(refusal=conflict("terminated by other getUpdates request"))])
    line.telegram.faults = lambda called, _params: (
        next(faults, None) if called == "getUpdates" else None
    )
    line.telegram.person(1).send("раз")
    await line.settled()
    assert line.echo.seen == ["раз"]


async def test_a_database_that_is_locked_is_waited_out(line: Line) -> None:
    calls = iter([True, True, False])

    async def locked() -> None:
        if next(calls):
            raise StorageAway("database is locked")

    line.echo.orders["раз"] = locked
    line.telegram.person(1).send("раз")
    await line.settled()
    await line.until(lambda: line.echo.seen == ["раз"])
    assert line.echo.starts["раз"] == 3


async def test_a_look_for_parked_updates_while_the_disk_is_away_ends_nothing(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_step: object) -> None:
        raise StorageAway("attempt to write a readonly database")

    with monkeypatch.context() as disk:
        disk.setattr(line.storage, "write", away)
        line.ingest.look_for_parked()
        for text in ("раз", "два"):  # each wakes the loop, which looks before it fetches again
            line.telegram.person(1).send(text)
            await line.settled()
    assert line.echo.seen == ["раз", "два"]
    assert line.task
    assert not line.task.done()


async def test_the_end_finishes_what_is_in_hand_and_confirms_it(line: Line) -> None:
    gate = asyncio.Event()
    line.echo.orders["раз"] = lambda: _wait(gate)
    line.telegram.person(1).send("раз")
    await line.until(lambda: line.echo.starts["раз"] == 1)
    line.stopping.set()
    line.telegram.person(2).send("слишком поздно")
    gate.set()
    await line.stop()
    assert line.echo.seen == ["раз"]
    assert len(line.telegram.updates) == 1
    assert await line.parked() == []


async def test_the_end_parks_what_takes_too_long(
    make_line: Callable[..., Line],
) -> None:
    line = make_line(pace=TimeLimits(look=0.005, park=60, drain=0.05))
    line.start()
    forever = asyncio.Event()
    line.echo.orders["раз"] = lambda: _wait(forever)
    line.telegram.person(1).send("раз")
    line.telegram.person(1).send("два")
    await line.until(lambda: line.echo.starts["раз"] == 1)
    await line.stop()
    assert len(await line.parked()) == 2
    assert len(line.telegram.updates) == 0


async def test_an_idle_bot_ends_at_once(line: Line) -> None:
    await asyncio.sleep(0.02)
    await asyncio.wait_for(line.stop(), 1)


async def test_a_fault_of_the_storage_ends_the_process_rather_than_losing_updates(
    line: Line,
) -> None:
    me = line.telegram.person(1)
    me.send("раз")
    await line.settled()
    await line.storage.close()
    me.tap(data="сломайся", on=me.screen)
    assert line.task is not None
    with pytest.raises(Exception, match="closed"):
        await asyncio.wait_for(line.task, 5)
    assert line.ingest._worker.leave is not None
    assert line.ingest._worker.leave.code == SOFTWARE


async def test_a_stranger_is_told_once_and_leaves_no_trace(
    make_line: Callable[..., Line], knowledge: Knowledge
) -> None:
    line = make_line(allowed=frozenset({1}))
    line.start()
    stranger = line.telegram.person(2)
    for _ in range(3):
        stranger.send("впустите")
        await line.settled()
    stranger.block()
    line.telegram.person(1).send("раз")
    await line.settled()
    assert line.echo.seen == ["раз"]
    words = [message.body["text"] for message in stranger.messages if message.from_bot]
    assert words == [knowledge.words("ru").texts("errors.not_invited")]


FLOODED = replace(QUICK, slow=0.01)


async def test_above_the_limit_a_chat_is_slowed_and_the_others_are_not(
    make_line: Callable[..., Line],
) -> None:
    line = make_line(pace=replace(QUICK, slow=60), rate_limit=20)
    await line.caught_up()
    for number in range(30):
        line.telegram.person(1).send(str(number))
    await line.settled()
    line.telegram.person(2).send("сразу")
    await line.until(lambda: "сразу" in line.echo.seen)
    assert line.echo.seen == [*map(str, range(20)), "сразу"]
    assert len(await line.parked()) == 10


async def test_what_was_slowed_is_answered_in_order_and_nothing_is_lost(
    make_line: Callable[..., Line],
) -> None:
    line = make_line(pace=FLOODED, rate_limit=20)
    await line.caught_up()
    for number in range(MOST_WAITING):
        line.telegram.person(1).send(str(number))
    await line.until(lambda: len(line.echo.seen) == MOST_WAITING, 20)
    assert line.echo.seen == [*map(str, range(MOST_WAITING))]
    await line.until(lambda: not line.ingest._parking.flights)
    assert await line.parked() == []


async def test_a_tap_that_is_slowed_gets_its_toast_at_once(
    make_line: Callable[..., Line], knowledge: Knowledge
) -> None:
    line = make_line(pace=replace(QUICK, slow=60), rate_limit=1)
    await line.caught_up()
    me = line.telegram.person(1)
    me.send("раз")
    await line.settled()
    me.tap(data="потом", on=me.screen)
    await line.settled()
    await line.until(lambda: not line.telegram.unanswered)
    texts = knowledge.words("ru").texts
    assert [toast.text for toast in me.toasts] == [texts("errors.too_fast.waits")]
    assert len(await line.parked()) == 1


async def test_beyond_200_that_wait_the_surplus_is_confirmed_and_told_once(
    make_line: Callable[..., Line], knowledge: Knowledge
) -> None:
    line = make_line(pace=replace(QUICK, slow=60), rate_limit=20)
    await line.caught_up()
    me = line.telegram.person(1)
    for number in range(20 + MOST_WAITING + 15):
        me.send(str(number))
    me.tap(data="лишнее", on=me.messages[0])
    await line.settled()
    await line.until(lambda: not line.telegram.unanswered)
    texts = knowledge.words("ru").texts
    words = [message.text for message in me.messages if message.from_bot]
    assert words.count(texts("errors.too_fast.told")) == 1
    assert me.toasts[-1].text == texts("errors.too_fast.gone")
    assert MOST_WAITING - 20 <= len(await line.parked()) <= MOST_WAITING


async def test_what_gathered_while_the_bot_was_away_is_worked_off_however_much_it_is(
    make_line: Callable[..., Line],
) -> None:
    line = make_line(rate_limit=20)
    count = MOST_WAITING + 150
    for number in range(count):
        line.telegram.person(1).send(str(number))
    line.start()
    await line.settled(20)
    await line.until(lambda: len(line.echo.seen) == count, 20)
    assert line.echo.seen == [*map(str, range(count))]


async def test_a_tap_below_a_message_in_a_group_is_told_where_the_coach_works(
    make_line: Callable[..., Line], knowledge: Knowledge
) -> None:
    line = make_line()
    line.start()
    me = line.telegram.person(1)
    me.raw(
        {
            "callback_query": {
                "id": "99",
                "from": {"id": 1, "is_bot": False, "first_name": "Я"},
                "chat_instance": "1",
                "message": {"message_id": 5, "date": 1, "chat": {"id": -100, "type": "group"}},
                "data": "h",
            }
        }
    )
    await line.settled()
    (call,) = [each for each in line.telegram.journal if each.method == "answerCallbackQuery"]
    assert call.params["text"] == knowledge.words(None).texts("common.private_only")


async def flooded(line: Line) -> tuple[list[float], int, float]:
    """Let one chat flood, at most 50 a second, and 30 others say something.

    Return how long each of the others waited, how many of the flood were answered by then, and
    the seconds that took: about three, more where the machine is busy.
    """
    await line.caught_up()
    clock, said = SystemClock(), {}
    start = clock.monotonic()
    for number in range(150):
        line.telegram.person(1).send(f"лишнее {number}")
        if number % 5 == 0:
            said[f"дело {number}"] = clock.monotonic()
            line.telegram.person(number + 2).send(f"дело {number}")
        await asyncio.sleep(0.02)
    await line.until(lambda: said.keys() <= line.echo.answered.keys())
    waited = sorted(line.echo.answered[text] - since for text, since in said.items())
    return waited, len(line.echo.seen) - len(said), clock.monotonic() - start


# Invariant I18.
async def test_beside_one_who_floods_the_others_do_not_wait(
    make_line: Callable[..., Line],
) -> None:
    waited, of_the_flood, took = await flooded(
        make_line(pace=replace(QUICK, slow=0.5), rate_limit=20)
    )
    assert waited[len(waited) * 95 // 100] < took / 3
    assert 20 <= of_the_flood <= 20 * (1 + took // WINDOW) + 1 + took / 0.5


async def test_without_a_limit_the_flood_is_answered_like_everybody(
    make_line: Callable[..., Line],
) -> None:
    _, of_the_flood, _ = await flooded(make_line(pace=replace(QUICK, slow=0.5)))
    assert of_the_flood > 100


async def _wait(gate: asyncio.Event) -> None:
    await gate.wait()


async def test_a_network_that_forgets_its_connections_makes_the_bot_deaf_for_one_poll(
    telegram: Telegram, make_line: Callable[..., Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many connections are idle: each poll and call of this test has two seconds."""
    monkeypatch.setattr(session, "PATIENCE", 2)
    runner, address = await serve(telegram, 0, TOKEN)
    wire = Plain(int(address.rpartition(":")[2]))
    async with running(wire) as port:
        bot = Bot(TOKEN, session=JsonSession(f"http://127.0.0.1:{port}"))
        line = make_line(pace=replace(QUICK, poll=1, network=1, park=60), bot=bot)
        line.start()
        people = [telegram.person(number) for number in range(1, 21)]
        for number in range(3):
            for person in people:
                person.send(f"{person.id} {number}")
        await line.settled()
        wire.freeze()
        people[0].send("и снова")
        await line.until(lambda: "и снова" in line.echo.seen, within=4)
        await line.stop()
        await bot.session.close()
    await runner.cleanup()
