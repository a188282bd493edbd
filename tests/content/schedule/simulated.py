"""A person, a network and a worker in plain Python, on the real rules.

What is committed survives a kill; a worker that is killed takes its lease with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

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
from content.schedule.clock_guard import ClockGuard, watch
from content.schedule.cycles import (
    later,
    new_cycle,
    sent,
    skipped,
    snoozed,
    superseded,
    undone,
    with_weekday,
)
from content.schedule.delivery import LEASE, Delivery, Ending, Wait, next_step
from content.schedule.follow_ups import FollowUp, FollowUpKind
from content.schedule.habits import ONE_DAY, Habits, kept_time, waking_day
from content.schedule.instants import Quiet
from content.values.weeks import Cycle, Rhythm
from tests.content.schedule.cases import WEEKDAYS, Case, Event
from tests.content.schedule.oldzones import old_zone

SECOND = timedelta(seconds=1)
RETRY = timedelta(seconds=5)
LOOK = timedelta(seconds=30)
"""How often a worker looks at a clock that it does not trust."""
ENOUGH = 5
"""Looks at one instant that must suffice to do all that is due at it."""


class Killed(Exception):  # noqa: N818 - not an error
    """The worker's process is gone."""


@dataclass
class Row:
    """A claim as it is stored."""

    kind: str
    delivery: Delivery
    stamp: datetime
    """When it was claimed, or last attempted."""
    met_at: datetime | None = None
    """When a clock, put right, first found that to be in the future."""
    key: DigestKey | None = None
    extra: Extra | None = None
    entries: tuple[Entry, ...] = ()
    holder: int | None = None
    lease: datetime | None = None
    wake: datetime | None = None
    ending: Ending | None = None


@dataclass(frozen=True)
class Message:
    at: datetime
    wall: datetime
    kind: str
    entries: tuple[Entry, ...]
    silent: bool
    key: DigestKey | None
    habits: Habits
    """The settings as they were when it came."""

    def __str__(self) -> str:
        names, more = shown(self.entries)
        words = [
            str(each.client) if isinstance(each.about, Cycle) else each.about.kind for each in names
        ]
        sound = "silent" if self.silent else "rings"
        rest = [f"+{more}"] if more else []
        return " ".join([f"{self.at:%Y-%m-%dT%H:%MZ}", self.kind, sound, *words, *rest])


@dataclass
class World:
    """One person and whatever serves them. ``true`` is what a right clock shows."""

    true: datetime
    habits: Habits
    claim_first: bool = True
    """Off for the control: it sends first and claims after, without a lease."""
    skew: timedelta = timedelta(0)
    epoch: int = 0
    effective_from: datetime | None = None
    reachable: bool = True
    silent_since: date | None = None
    away_until: date | None = None
    deleted: bool = False
    rhythms: dict[int, Rhythm] = field(default_factory=dict)
    cycles: dict[tuple[int, date], Cycle] = field(default_factory=dict)
    follow_ups: list[FollowUp] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    guard: ClockGuard | None = None
    worker: int = 0
    """Which process is at work; each restart is another one."""
    restart_at: datetime | None = None
    storage: bool = True
    blocked: bool = False
    answers: list[str] = field(default_factory=list)
    """What Telegram does with the next calls; then ``ok``."""
    kill: str = ""
    """The step after which the worker dies next: claim, attempt or call."""
    dead_for: timedelta = timedelta(seconds=20)

    def __post_init__(self) -> None:
        self.start()

    @property
    def wall(self) -> datetime:
        return self.true + self.skew

    @property
    def free(self) -> bool:
        """Tell whether there is a worker that trusts its clock and reaches the storage."""
        return self.guard is not None and not self.guard.holds and self.storage

    def agenda(self) -> Agenda:
        digests = [row for row in self.rows if row.key is not None]
        live = [row for row in digests if row.ending not in {Ending.EMPTY, Ending.EXPIRED}]
        return Agenda(
            habits=self.habits,
            epoch=self.epoch,
            effective_from=self.effective_from,
            digests=tuple(at for row in live for at in (row.stamp, row.met_at) if at is not None),
            claimed=frozenset(row.key for row in digests if row.key is not None),
            under_way=any(row.ending is None for row in digests),
            reachable=self.reachable,
            away_until=self.away_until,
            rhythms=tuple(self.rhythm(number) for number in self.rhythms),
            follow_ups=tuple(self.follow_ups),
        )

    def rhythm(self, number: int) -> Rhythm:
        today = self.habits.local_day(self.wall)
        days = [day for client, day in self.cycles if client == number and day <= today]
        newest = self.cycles[number, max(days)] if days else None
        return replace(self.rhythms[number], cycle=newest)

    def run(self, until: datetime) -> None:
        looks = 0
        while (wake := self.next_wake()) is not None and wake <= until:
            looks = looks + 1 if wake <= self.true else 0
            assert looks < ENOUGH, "the cache names what is done already"
            self.true = max(self.true, wake)
            self.step()
        self.true = until

    def next_wake(self) -> datetime | None:
        if self.guard is None:
            return self.restart_at
        if self.guard.holds:
            return self.true + LOOK
        if not self.storage or self.deleted:
            return None
        times = [next_slot(self.agenda(), self.wall)]
        for row in self.rows:
            if row.ending is None:
                mine = row.holder == self.worker or not is_leased(row.lease, self.wall)
                times.append((row.wake or self.wall + SECOND) if mine else row.lease)
        return min((at - self.skew for at in times if at is not None), default=None)

    def step(self) -> None:
        if self.guard is None:
            if self.restart_at is None or self.true < self.restart_at:
                return
            self.start()
        assert self.guard is not None
        before = self.guard
        self.guard = self.guard.look(self.wall, self.true.timestamp())
        if self.guard.offset < before.offset:
            self.heal()
        if not self.free or self.deleted:
            return
        try:
            self.work()
        except Killed:
            self.guard = None
            self.restart_at = self.true + self.dead_for

    def start(self) -> None:
        self.worker += 1
        self.restart_at = None
        self.guard = watch(self.wall, self.true.timestamp())
        self.heal()

    def heal(self) -> None:
        if self.effective_from is not None:
            self.effective_from = min(self.effective_from, self.wall)
        for row in self.rows:
            if (row.met_at or row.stamp) > self.wall:
                row.met_at = self.wall

    def work(self) -> None:
        for look in (self.look_for_digest, self.look_for_extras):
            look()
            for row in self.rows:
                mine = row.holder == self.worker or not is_leased(row.lease, self.wall)
                if row.ending is None and mine:
                    row.holder, row.lease = self.worker, self.wall + LEASE
                    self.deliver(row)

    def look_for_digest(self) -> None:
        agenda = self.agenda()
        if claim := tick(agenda, self.wall):
            entries = due(agenda, claim.key.day, self.wall)
            if self.claim_first:
                self.claim(claim, entries)
            else:
                self.send_first(claim, entries)

    def look_for_extras(self) -> None:
        for extra in solicited(self.agenda(), self.wall):
            self.take(extra)

    def claim(self, claim: Claim, entries: tuple[Entry, ...]) -> None:
        assert entries
        for number in self.rhythms:
            self.advance(number, claim.key.day)
        delivery = Delivery(claim.not_after)
        self.rows.append(self.owned(Row("digest", delivery, self.wall, key=claim.key)))
        self.die_after("claim")

    def take(self, extra: Extra) -> None:
        about = extra.entry.about
        if isinstance(about, FollowUp):
            self.follow_ups.remove(about)
        elif extra.entry.client is not None:
            self.save(extra.entry.client, replace(about, again_at=None))
        self.rows.append(
            self.owned(Row("extra", Delivery(extra.not_after), self.wall, extra=extra))
        )
        self.die_after("claim")

    def owned(self, row: Row) -> Row:
        row.holder, row.lease = self.worker, self.wall + LEASE
        return row

    def deliver(self, row: Row) -> None:
        step = next_step(row.delivery, self.wall, at_most_once=False)
        if isinstance(step, Ending):
            self.close(row, step)
            return
        if isinstance(step, Wait):
            row.wake = step.until
            return
        entries = self.to_send(row)
        if not entries:
            nothing_left = entries is not None and not row.delivery.doubtful
            self.close(row, Ending.EMPTY if nothing_left else row.delivery.given_up)
            return
        row.delivery, row.entries, row.stamp = row.delivery.attempted(self.wall), entries, self.wall
        self.die_after("attempt")
        day = row.key.day if row.key else self.habits.local_day(self.wall)
        silent = step.silent or (row.extra is None and is_silent(entries, day))
        answer = self.call(row, entries, silent=silent)
        self.die_after("call")
        self.answered(row, answer)

    def to_send(self, row: Row) -> tuple[Entry, ...] | None:
        if row.key is not None:
            return sendable(self.agenda(), Claim(row.key, row.delivery.not_after), self.wall)
        assert row.extra is not None
        return sendable_extra(self.agenda(), row.extra, self.wall)

    def call(self, row: Row, entries: tuple[Entry, ...], *, silent: bool) -> str:
        answer = "blocked" if self.blocked else self.answers.pop(0) if self.answers else "ok"
        if answer in {"ok", "lost"}:
            self.messages.append(
                Message(self.true, self.wall, row.kind, entries, silent, row.key, self.habits)
            )
        return answer

    def answered(self, row: Row, answer: str) -> None:
        if answer == "ok":
            self.close(row, Ending.SENT)
        elif answer == "blocked":
            self.reachable = False
            self.close(row, row.delivery.failed().given_up)
        elif answer == "refused":
            row.delivery = row.delivery.failed(self.wall + RETRY)
            row.wake = self.wall + RETRY
        elif answer.startswith("wait "):
            row.delivery = row.delivery.failed(self.wall + timedelta(seconds=int(answer[5:])))
            row.wake = None
        else:  # the answer is lost, with the message or without it
            row.wake = None

    def close(self, row: Row, ending: Ending) -> None:
        row.ending = ending
        asked_for = row.extra.entry.about if row.extra is not None else None
        had = ending in {Ending.SENT, Ending.AMBIGUOUS}
        if isinstance(asked_for, FollowUp):
            listed = asked_for.listed + had
            self.follow_ups.append(replace(asked_for, listed=listed, tried=not had))
        elif had:
            for entry in row.entries:
                self.has_had(entry, row.stamp)

    def has_had(self, entry: Entry, at: datetime) -> None:
        about = entry.about
        if isinstance(about, FollowUp):
            if about in self.follow_ups:
                self.follow_ups.remove(about)
                self.follow_ups.append(replace(about, listed=about.listed + 1))
        elif entry.client is not None:
            cycle = self.cycles[entry.client, about.day]
            if cycle.again_at is not None and cycle.again_at <= at:
                self.save(entry.client, replace(cycle, again_at=None))

    def send_first(self, claim: Claim, entries: tuple[Entry, ...]) -> None:
        row = Row("digest", Delivery(claim.not_after), self.wall, key=claim.key)
        self.call(row, entries, silent=is_silent(entries, claim.key.day))
        self.die_after("call")
        self.claim(claim, entries)
        self.rows[-1].entries = entries
        self.close(self.rows[-1], Ending.SENT)

    def die_after(self, step: str) -> None:
        if self.kill == step:
            self.kill = ""
            raise Killed

    # What the person does.

    def advance(self, number: int, day: date) -> None:
        rhythm = self.rhythm(number)
        cycle = new_cycle(rhythm, day)
        if cycle is not None:
            if rhythm.cycle is not None:
                self.save(number, superseded(rhythm.cycle))
            self.save(number, cycle)

    def save(self, number: int, cycle: Cycle) -> None:
        self.cycles[number, cycle.day] = cycle

    def act(self, do: str, number: int, day: date | None = None) -> None:
        today = self.habits.local_day(self.wall)
        if day is None:
            self.advance(number, today)
        newest = self.rhythm(number).cycle
        if newest is None:
            return
        cycle = self.cycles[number, day or newest.day]
        now = self.wall
        changed = {
            "sent": lambda: sent(cycle, now),
            "skip": lambda: skipped(cycle, now),
            "tomorrow": lambda: snoozed(cycle, today + ONE_DAY),
            "in_2_hours": lambda: later(cycle, self.habits, now),
            "undo": lambda: undone(cycle, now, newest=cycle.day == newest.day),
        }[do]()
        self.save(number, changed)

    def set(self, **what: Any) -> None:  # noqa: ANN401 - as many types as settings
        quiet = to_quiet(what["quiet"]) if "quiet" in what else self.habits.quiet
        wanted = what.get("remind_at", self.habits.remind_at)
        zone = ZoneInfo(what["zone"]) if "zone" in what else self.habits.zone
        self.habits = Habits(
            zone,
            kept_time(wanted, quiet),
            quiet,
            what.get("weekdays_only", self.habits.weekdays_only),
            what.get("holidays", self.habits.holidays),
        )
        self.epoch += "zone" in what
        self.effective_from = self.wall

    def happen(self, event: Event) -> None:  # noqa: C901, PLR0912 - a list of all there is
        what = event.what
        match event.do:
            case "set":
                self.set(**what)
            case "create":
                rhythm = Rhythm(what["client"])
                self.rhythms[what["client"]] = self.with_weekday(rhythm, what["weekday"])
            case "weekday":
                rhythm = self.rhythms[what["client"]]
                self.rhythms[what["client"]] = self.with_weekday(rhythm, what["weekday"])
            case "pause":
                rhythm = self.rhythms[what["client"]]
                self.rhythms[what["client"]] = replace(rhythm, paused_until=what["until"])
            case "vacation":
                self.away_until = what["until"]
            case "promise":
                kind = FollowUpKind(what["kind"])
                self.follow_ups.append(FollowUp(kind, what["date"], what.get("client")))
            case "answer":
                self.follow_ups = [each for each in self.follow_ups if each.kind != what["kind"]]
            case "not_today":
                day = waking_day(self.habits.zone, self.wall) + ONE_DAY
                self.follow_ups.append(FollowUp(FollowUpKind.MORNING, day))
            case "telegram":
                self.answers = list(what["answers"])
            case "block":
                self.blocked = True
            case "unblock":
                self.blocked, self.reachable, self.effective_from = False, True, self.wall
            case "kill":
                self.kill = what["after"]
                self.dead_for = timedelta(seconds=what.get("seconds", 20))
            case "down":
                self.guard, self.restart_at = None, None
            case "up":
                self.start()
            case "storage_fails" | "storage_recovers":
                self.storage = event.do == "storage_recovers"
            case "clock":
                self.skew += timedelta(seconds=what["seconds"])
            case "newer_zones":
                self.habits = replace(self.habits, zone=ZoneInfo(self.habits.zone.key))
            case "delete_account":
                self.deleted = True
            case _:
                self.act(event.do, what["client"], what.get("day"))
        self.step()

    def with_weekday(self, rhythm: Rhythm, weekday: str) -> Rhythm:
        return with_weekday(rhythm, WEEKDAYS.index(weekday), self.habits, self.wall)


def to_quiet(text: str) -> Quiet | None:
    if not text:
        return None
    start, end = text.split("-")
    return Quiet(time.fromisoformat(start), time.fromisoformat(end))


class SimulatedDriver:
    """Plays the cases against the rules alone."""

    def __init__(self) -> None:
        self.world = World(datetime(2000, 1, 1, tzinfo=UTC), Habits(ZoneInfo("UTC")))

    async def begin(self, case: Case) -> None:
        settings = dict(case.settings)
        zone = old_zone(case.zone) if settings.pop("older_zones", False) else ZoneInfo(case.zone)
        self.world = World(case.start, Habits(zone))
        self.world.set(**settings)
        # Set up long ago.
        self.world.effective_from = None
        for client in case.clients:
            self.world.rhythms[client.number] = Rhythm(client.number, client.weekday, client.since)

    async def do(self, event: Event) -> None:
        self.world.happen(event)

    async def run(self, until: datetime) -> None:
        self.world.run(until)

    def messages(self) -> list[str]:
        return [str(message) for message in self.world.messages]

    async def endings(self) -> list[str]:
        return list(self._endings())

    def _endings(self) -> Iterator[str]:
        for row in self.world.rows:
            if row.key is not None:
                yield row.ending or "open"


def is_leased(until: datetime | None, now: datetime) -> bool:
    """Tell whether a claim still belongs to the worker that took it, as the statement does.

    A lease that runs longer than leases do was given by a clock that has gone back since.
    """
    return until is not None and now < until <= now + LEASE
