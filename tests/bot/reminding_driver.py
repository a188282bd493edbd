"""Plays the behaviour cases against the real worker, on real SQLite and an in-memory Telegram.

The clock stands still while the worker works, and is moved to when the worker wants to be woken.
"""

from __future__ import annotations

import random
import zoneinfo
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bot.local.session import LOCAL_TOKEN, LocalSession
from bot.local.telegram import Telegram
from bot.telegram.session import NotConnected
from content.schedule.agenda import SHOWN, DigestKey, Entry
from content.schedule.cycles import later, sent, skipped, snoozed, undone, with_weekday
from content.schedule.delivery import Delivery, Ending
from content.schedule.follow_ups import FollowUpKind
from content.schedule.habits import ONE_DAY, Habits, kept_time, waking_day
from content.values.weeks import Cycle, Rhythm
from handlers.due.agenda import (
    KINDS,
    REASSESS,
    REPLY,
    advance,
    agenda_of,
    habits_of,
    keep_cycle,
    weeks_in,
)
from handlers.due.dispatch import came_back
from handlers.engine.delivery import Notice
from handlers.engine.frame import Frame
from handlers.topics import JOINED
from storage import records
from storage.errors import StorageAway
from storage.opening import open_storage
from storage.protocols import Load, Storage, Turns, nothing
from storage.records import (
    ActionState,
    ClientNumber,
    Depth,
    Dispatch,
    DispatchKind,
    FactNumber,
    Owner,
    Promise,
    PromiseNumber,
)
from storage.rows.memory import Memory, Owned
from tests.bot.reminding_workers import CALL, Killed, Stepped
from tests.content.schedule.cases import WEEKDAYS, Case, Event
from tests.content.schedule.oldzones import old_file
from tests.content.schedule.simulated import Message, Row, World, to_quiet
from tests.known import KNOWLEDGE
from tests.template import laid

OWNER = Owner(15)
"""One whose reminders start on the second."""
FRAME = Frame(JOINED, KNOWLEDGE)
KIND_OF_PROMISE = {kind: name for name, kind in KINDS.items()}
AT_ONCE = 100
"""Rounds without time passing that must suffice for all that is due at an instant."""
T = TypeVar("T")


@dataclass
class SteppedClock:
    """What a right clock shows, how wrong this one is, and a steady one."""

    true: datetime
    skew: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Return the time that this clock shows."""
        return self.true + self.skew

    def monotonic(self) -> float:
        """Return the steady seconds."""
        return self.true.timestamp()

    async def sleep(self, seconds: float) -> None:
        """Nobody sleeps here: the driver moves the clock instead."""
        raise NotImplementedError(f"{seconds}")


@dataclass(frozen=True)
class Arrived:
    """A message as it reached the chat."""

    at: datetime
    wall: datetime
    dispatch: Dispatch
    silent: bool
    text: str

    def __str__(self) -> str:
        """Tell it as the cases do."""
        names = [name.split(":") for name in self.dispatch.carried]
        words = [client if kind == "week" else kind for kind, client, _ in names[:SHOWN]]
        rest = [f"+{len(names) - SHOWN}"] if len(names) > SHOWN else []
        kind = "digest" if self.dispatch.kind is DispatchKind.DIGEST else "extra"
        sound = "silent" if self.silent else "rings"
        return " ".join([f"{self.at:%Y-%m-%dT%H:%MZ}", kind, sound, *words, *rest])


class Wire(LocalSession):
    """The way to Telegram; notices fail on it as ``answers`` say."""

    def __init__(self, telegram: Telegram, clock: SteppedClock) -> None:
        super().__init__(telegram)
        self.clock = clock
        self.answers: list[str] = []
        """What becomes of the next notices; then all goes well."""
        self.arrived: list[Arrived] = []

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - the base class asks for it
    ) -> TelegramType:
        """Carry out a call, or not."""
        notice: object = method
        if not isinstance(notice, Notice):  # the question whether Telegram answers
            return await super().make_request(bot, method, timeout)
        blocked = self.telegram.person(int(notice.chat_id)).chat.closed
        answer = self.answers.pop(0) if self.answers and not blocked else "ok"
        if answer == "refused":
            raise NotConnected(method, "refused")
        if answer == "nothing":
            raise TelegramNetworkError(method, "nothing")
        if answer.startswith("wait "):
            raise TelegramRetryAfter(method, answer, int(answer.removeprefix("wait ")))
        result = await super().make_request(bot, method, timeout)
        silent = bool(notice.disable_notification)
        call = CALL.get()
        self.arrived.append(
            Arrived(self.clock.true, self.clock.now(), call.dispatch, silent, notice.text)
        )
        if answer == "lost":
            raise TelegramNetworkError(method, "lost")
        return result


@dataclass
class Disk:
    """The storage as a worker reaches it: it can be away."""

    storage: Storage
    away: bool = False
    notices: Sequence[str] = ()
    engine: str = ""

    async def write(
        self,
        step: Callable[[Memory], T],
        people: Iterable[Owner] = (),
        expect: Callable[[Memory], None] = nothing,
    ) -> T:
        """Run a step, unless the disk is away."""
        if self.away:
            raise StorageAway("the disk is away")
        return await self.storage.write(step, people, expect)

    def turns(self) -> Turns:
        """See ``Storage.turns``."""
        return self.storage.turns()

    def load(self) -> Load:
        """See ``Storage.load``."""
        return self.storage.load()

    async def close(self) -> None:
        """Leave it open: it is the driver's."""


@dataclass
class RealDriver:
    """Plays a case against the worker, with its database in a folder."""

    folder: Path
    make: type[Stepped] = Stepped
    clock: SteppedClock = field(
        default_factory=lambda: SteppedClock(datetime.min.replace(tzinfo=UTC))
    )
    worker: Stepped | None = None
    kill: str = ""
    """The step after which the worker dies next: claim, attempt or call."""
    dead: bool = False
    dead_for: timedelta = timedelta(seconds=20)
    restart_at: datetime | None = None
    wake: datetime | None = None
    """When the worker is to be given its next turn, by the right clock."""
    zones: str = "2026f"
    lives: int = 0
    habits_then: list[Habits] = field(default_factory=list)
    """For each message that has come, the settings as they were."""

    async def begin(self, case: Case) -> None:
        """Set up the person with the worker running."""
        settings = dict(case.settings)
        if settings.pop("older_zones", False):
            self._take_older_zones(case.zone)
        await self.open(case.start)
        await self.write(lambda mine: _set_up(mine, case, settings))
        await self._turn()

    async def open(self, start: datetime) -> None:
        """Open storage and Telegram, and start a worker."""
        self.clock = SteppedClock(start)
        self.storage = await open_storage(laid(self.folder), self.folder / "master.key", now=start)
        self.disk = Disk(self.storage)
        self.telegram = Telegram(self.clock.now)
        self.person = self.telegram.person(OWNER)
        assert not self.person.toasts  # opens the chat
        self.wire = Wire(self.telegram, self.clock)
        self.bot = Bot(LOCAL_TOKEN, session=self.wire)
        self._start()

    async def close(self) -> None:
        """Close the storage."""
        await self.storage.close()

    async def run(self, until: datetime) -> None:
        """Let the worker work up to a time."""
        rounds = 0
        while self.wake is not None and self.wake <= until:
            rounds = rounds + 1 if self.wake <= self.clock.true else 0
            assert rounds < AT_ONCE, "the worker finds no end"
            self.clock.true = max(self.clock.true, self.wake)
            await self._turn()
        self.clock.true = until

    async def do(self, event: Event) -> None:
        """Let an event happen."""
        if not await self._to_the_world(event):
            now = self.clock.now()
            await self.write(lambda mine: _happen(mine, event, now))
        await self._turn()

    def messages(self) -> list[str]:
        """Return what has come, as it is written in a case."""
        return [str(each) for each in self.wire.arrived]

    async def endings(self) -> list[str]:
        """Return how claims of digests were closed, ``open`` for one under way."""
        digests = [each for each in await self.dispatches() if each.kind is DispatchKind.DIGEST]
        return [each.ending or "open" for each in digests]

    async def dispatches(self) -> tuple[Dispatch, ...]:
        """Return all that was ever claimed."""
        return await self.write(lambda mine: mine.reminders.dispatches(date.min))

    async def write(self, step: Callable[[Owned], T]) -> T:
        """Run a step in the person's memory."""
        return await self.storage.write(lambda memory: step(memory.of(OWNER)))

    async def mirror(self) -> World:
        """Return how things stand, as the simulation of the rules describes them."""
        now = self.clock.now()
        person, reminding, agenda, stored, dispatches = await self.write(
            lambda mine: (
                mine.people.get(),
                mine.reminders.get(),
                agenda_of(mine, now),
                {each.number: mine.reminders.cycles(each.number) for each in mine.clients.list()},
                mine.reminders.dispatches(date.min),
            )
        )
        world = World(
            true=self.clock.true,
            habits=habits_of(person, reminding),
            skew=self.clock.skew,
            epoch=reminding.epoch,
            effective_from=reminding.effective_from,
            reachable=reminding.reachable,
            silent_since=reminding.silent_since,
            rhythms={each.client: each for each in agenda.rhythms},
            cycles={(client, each.day): each for client in stored for each in stored[client]},
            follow_ups=list(agenda.follow_ups),
            rows=[_row(each) for each in dispatches],
            messages=[
                _message(each, habits)
                for each, habits in zip(self.wire.arrived, self.habits_then, strict=True)
            ],
            storage=not self.disk.away,
        )
        world.guard = self.worker._guard if self.worker else None
        return world

    async def _turn(self) -> None:
        await self._work()
        if len(self.habits_then) < len(self.wire.arrived):
            habits = await self.write(
                lambda mine: habits_of(mine.people.get(), mine.reminders.get())
            )
            self.habits_then += [habits] * (len(self.wire.arrived) - len(self.habits_then))

    async def _work(self) -> None:
        if self.worker is None:
            self.wake = self.restart_at
            if self.restart_at is None or self.clock.true < self.restart_at:
                return
            self._start()
        worker = self.worker
        assert worker is not None
        try:
            seconds = await worker.turn()
            await worker.landed(5)
        except Killed:
            seconds = None
        if self.dead:
            self.kill, self.dead, self.worker = "", False, None
            self.wake = self.restart_at = self.clock.true + self.dead_for
            return
        if worker._ended:
            seconds = 0.0
        self.wake = None if seconds is None else self.clock.true + timedelta(seconds=seconds)

    def _start(self) -> None:
        self.lives += 1
        self.restart_at = None
        self.wake = self.clock.true
        self.worker = self.make(
            self.bot,
            self.disk,
            render=FRAME.notice,
            clock=self.clock,
            chance=random.Random(self.lives),  # noqa: S311 - spreads waits
            holder=f"worker {self.lives}",
            zones=self.zones,
        )
        self.worker.reached = self._reached

    def _reached(self, step: str) -> bool:
        self.dead = self.dead or step == self.kill
        return self.dead

    async def _to_the_world(self, event: Event) -> bool:
        """Let it happen to what surrounds the person; False where it is the person's own deed."""
        what = event.what
        match event.do:
            case "telegram":
                self.wire.answers = list(what["answers"])
            case "block":
                self.person.block()
            case "unblock":
                self.person.unblock()
                now = self.clock.now()
                await self.write(lambda mine: came_back(mine, now))
            case "kill":
                self.kill = what["after"]
                self.dead_for = timedelta(seconds=what.get("seconds", 20))
            case "down":
                self.worker, self.restart_at = None, None
            case "up":
                self._start()
            case "storage_fails" | "storage_recovers":
                self.disk.away = event.do == "storage_fails"
            case "clock":
                self.clock.skew += timedelta(seconds=what["seconds"])
            case "newer_zones":
                zoneinfo.reset_tzpath(to=())
                zoneinfo.ZoneInfo.clear_cache()
                self.zones = "newer"
                self._start()
            case _:
                return False
        return True

    def _take_older_zones(self, key: str) -> None:
        path = self.folder / "zones" / key
        path.parent.mkdir(parents=True)
        path.write_bytes(old_file(key))
        zoneinfo.reset_tzpath(to=(self.folder / "zones",))
        zoneinfo.ZoneInfo.clear_cache()
        self.zones = "older"


def _row(each: Dispatch) -> Row:
    return Row(
        kind=each.kind,
        delivery=Delivery(each.not_after, each.doubtful, each.attempted_at, each.not_before),
        stamp=each.attempted_at or each.claimed_at,
        met_at=each.met_at,
        key=_key(each),
        ending=None if each.ending is None else Ending(each.ending),
    )


def _key(each: Dispatch) -> DigestKey | None:
    return DigestKey(each.epoch, each.day) if each.kind is DispatchKind.DIGEST else None


def _message(each: Arrived, habits: Habits) -> Message:
    weeks = tuple(
        Entry(Cycle(day, open_since=day), client) for client, day in weeks_in(each.dispatch.carried)
    )
    kind, key = each.dispatch.kind, _key(each.dispatch)
    return Message(each.at, each.wall, kind, weeks, each.silent, key, habits)


def _set_up(mine: Owned, case: Case, settings: dict[str, Any]) -> None:
    person = mine.people.get()
    mine.people.save(replace(person, since=case.start, zone=case.zone))
    for each in case.clients:
        _add_client(mine, each.number, case.start)
        mine.reminders.set_rhythm(Rhythm(each.number, each.weekday, each.since))
    _set(mine, settings, None)


def _add_client(mine: Owned, number: int, now: datetime) -> None:
    assert mine.clients.add(f"Клиент {number}", now).number == number


def _set(mine: Owned, what: dict[str, Any], effective_from: datetime | None) -> None:
    reminding, person = mine.reminders.get(), mine.people.get()
    if "quiet" in what:
        quiet = to_quiet(what["quiet"])
        kept = None if quiet is None else (quiet.start, quiet.end)
        reminding = replace(reminding, quiet=kept)
    quiet = habits_of(person, reminding).quiet
    if "zone" in what:
        mine.people.save(replace(person, zone=what["zone"]))
        reminding = replace(reminding, epoch=reminding.epoch + 1)
    given = {name: what[name] for name in ("weekdays_only", "holidays") if name in what}
    wanted = what.get("remind_at", reminding.remind_at)
    mine.reminders.save(
        replace(
            reminding,
            remind_at=kept_time(wanted, quiet),
            effective_from=effective_from,
            **given,
        )
    )


def _happen(mine: Owned, event: Event, now: datetime) -> None:
    what = event.what
    match event.do:
        case "set":
            _set(mine, what, now)
        case "create":
            _add_client(mine, what["client"], now)
            _choose_weekday(mine, Rhythm(what["client"]), what["weekday"], now)
        case "weekday":
            (rhythm,) = (
                each for each in agenda_of(mine, now).rhythms if each.client == what["client"]
            )
            _choose_weekday(mine, rhythm, what["weekday"], now)
        case "pause":
            rhythm_row = mine.reminders.rhythm(ClientNumber(what["client"]), now.date())
            assert rhythm_row is not None
            mine.reminders.set_rhythm(replace(rhythm_row, paused_until=what["until"]))
        case "vacation":
            mine.reminders.save(replace(mine.reminders.get(), away_until=what["until"]))
        case "promise":
            _promise(mine, FollowUpKind(what["kind"]), what["date"], now)
        case "answer":
            _answer(mine, FollowUpKind(what["kind"]))
        case "not_today":
            _not_today(mine, now)
        case "delete_account":
            mine.people.erase(now)
            return
        case _:
            _act(mine, event.do, ClientNumber(what["client"]), what.get("day"), now)
    mine.reminders.save(replace(mine.reminders.get(), silent_since=None))  # somebody is here


def _choose_weekday(mine: Owned, rhythm: Rhythm, weekday: str, now: datetime) -> None:
    habits = habits_of(mine.people.get(), mine.reminders.get())
    mine.reminders.set_rhythm(with_weekday(rhythm, WEEKDAYS.index(weekday), habits, now))


def _promise(mine: Owned, kind: FollowUpKind, due: date, now: datetime) -> None:
    if kind in KIND_OF_PROMISE:
        promise = Promise(PromiseNumber(0), None, KIND_OF_PROMISE[kind], due)
        mine.promises.add(promise)
        return
    client = mine.clients.add("Клиент с планом", now).number
    assessment = mine.assessments.start(client, Depth.FULL, team=False, now=now).number
    about = REASSESS if kind is FollowUpKind.REASSESSMENT else "own"
    mine.plans.add(client, assessment, about, due, "Написать")


def _answer(mine: Owned, kind: FollowUpKind) -> None:
    for promise in mine.promises.open():
        if promise.kind == KIND_OF_PROMISE.get(kind):
            mine.promises.save(replace(promise, state=ActionState.DONE))


def _not_today(mine: Owned, now: datetime) -> None:
    habits = habits_of(mine.people.get(), mine.reminders.get())
    day = waking_day(habits.zone, now) + ONE_DAY
    fact = mine.facts.add(
        records.Fact(FactNumber(0), None, habits.local_day(now), "Где макет?", now, now, "forward")
    )
    mine.promises.add(Promise(PromiseNumber(0), None, REPLY, day, subject=fact.number))


def _act(mine: Owned, do: str, client: ClientNumber, day: date | None, now: datetime) -> None:
    habits = habits_of(mine.people.get(), mine.reminders.get())
    today = habits.local_day(now)
    if day is None:
        advance(mine, client, today)
    row = mine.reminders.rhythm(client, today)
    newest = None if row is None else row.cycle
    if newest is None:
        return
    cycle = mine.reminders.cycle(client, day or newest.day)
    assert cycle is not None
    changed = {
        "sent": lambda: sent(cycle, now),
        "skip": lambda: skipped(cycle, now),
        "tomorrow": lambda: snoozed(cycle, today + ONE_DAY),
        "in_2_hours": lambda: later(cycle, habits, now),
        "undo": lambda: undone(cycle, now, newest=cycle.day == newest.day),
    }[do]()
    keep_cycle(mine, client, changed, cycle)
