"""A month in the life of one person, by chance, and what must hold of it whatever happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from content.schedule.agenda import SILENCE, Claim, Entry
from content.schedule.delivery import Ending
from content.schedule.follow_ups import FollowUp, FollowUpKind
from content.schedule.habits import Habits, kept_time
from content.schedule.instants import Quiet
from content.values.weeks import Cycle, CycleState
from tests.content.schedule.cases import WEEKDAYS, Event
from tests.content.schedule.simulated import World, to_quiet

ZONES = (
    "Africa/Cairo",
    "America/New_York",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Yekaterinburg",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Chatham",
    "Pacific/Honolulu",
    "Pacific/Kiritimati",
)
DAYS = 30
CHANGES = (datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 9, 15, tzinfo=UTC))
"""From here on clocks change within the month or the next."""
TRUSTED = timedelta(seconds=300)
"""What is further in the future was written by a wrong clock and holds nothing up."""
REMIND_AT = ("09:00", "09:00", "18:00", "00:15", "02:30", "07:45", "20:30", "23:30")
QUIET = ("21:00-08:00", "21:00-08:00", "", "00:30-06:00", "13:00-14:00", "22:00-10:30")
PERSON = ("sent", "sent", "skip", "tomorrow", "in_2_hours", "undo", "not_today", "promise", "set")
OF_THEIR_OWN = {FollowUpKind.MORNING, FollowUpKind.GOING_ON}
"""Promises that come about otherwise."""
FAULTS = ("down", "kill", "kill", "telegram", "clock", "storage_fails", "block")
LONGEST_DOWN = 9 * 24 * 60
"""Minutes."""


@dataclass
class Watched(World):
    """A world that looks up for every claim whether it was due."""

    unfounded: list[str] = field(default_factory=list)

    def claim(self, claim: Claim, entries: tuple[Entry, ...]) -> None:
        morning = any(isinstance(entry.about, FollowUp) for entry in entries)
        if self.claim_first and not morning and not _reference(self, self.wall):
            self.unfounded.append(f"{self.true}: claimed without need")
        super().claim(claim, entries)


@dataclass
class Outcome:
    """What a month came to."""

    digests: int = 0
    violations: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """What is to be lived through."""

    start: datetime
    zone: str
    settings: dict[str, Any]
    events: tuple[Event, ...]
    """The first ones, at the start, make the clients."""
    looks: tuple[tuple[datetime, ...], ...]
    """For each event the instants before it at which to look whether something was missed."""


def month(seed: int) -> Month:
    """Make up a month; the same seed is the same month."""
    chance = Random(seed)  # noqa: S311 - a repeatable sample, nothing secret
    start = chance.choice(CHANGES) + timedelta(minutes=chance.randrange(30 * 24 * 60))
    zone = chance.choice(ZONES)
    remind_at, quiet = _time(chance), chance.choice(QUIET)
    clients = [
        Event(start, "create", {"client": number, "weekday": chance.choice(WEEKDAYS)})
        for number in range(1, chance.randint(1, 3) + 1)
    ]
    kept = kept_time(remind_at, to_quiet(quiet))
    first = datetime.combine(start, kept, ZoneInfo(zone)).astimezone(UTC)
    later = sorted(_events(chance, start, first), key=lambda each: each.at)
    events = (*clients, *later)
    times = [start, *(event.at for event in events)]
    looks = tuple(tuple(_looks(chance, before, at)) for before, at in pairwise(times))
    return Month(start, zone, {"remind_at": remind_at, "quiet": quiet}, events, looks)


def live(seed: int, *, claim_first: bool = True) -> Outcome:
    """Live through a month."""
    lived = month(seed)
    world = Watched(lived.start, Habits(ZoneInfo(lived.zone)), claim_first=claim_first)
    world.set(**lived.settings)
    outcome = Outcome()
    for event, looks in zip(lived.events, lived.looks, strict=True):
        for at in looks:
            world.run(at)
            outcome.violations += missed(world)
        world.happen(event)
    outcome.digests = sum(message.key is not None for message in world.messages)
    outcome.violations += [*wrong(world), *world.unfounded]
    return outcome


def wrong(world: World) -> list[str]:
    """Tell what came that should not have come."""
    return [*_doubled(world), *_at_night(world), *_untrue(world)]


def _time(chance: Random) -> time:
    return time.fromisoformat(chance.choice(REMIND_AT))


def _looks(chance: Random, start: datetime, end: datetime) -> Iterator[datetime]:
    at = start
    while (at := at + timedelta(minutes=chance.randint(20, 150))) < end:
        yield at
    yield end


def _events(chance: Random, start: datetime, first: datetime) -> Iterator[Event]:
    for _ in range(chance.randint(8, 30)):
        yield _deed(chance, max(start, _some_time(chance, start, first)))
    for _ in range(chance.randint(0, 10)):
        yield from _fault(chance, max(start, _some_time(chance, start, first)))
    yield Event(start + timedelta(days=DAYS), "set", {})


def _some_time(chance: Random, start: datetime, first: datetime) -> datetime:
    """Return any time of the month, every other time one around the reminder time."""
    if chance.random() < 1 / 2:
        return start + timedelta(seconds=chance.randrange(DAYS * 24 * 3600))
    near = timedelta(days=chance.randrange(DAYS), seconds=chance.gauss(0, 600))
    return min(first + near, start + timedelta(days=DAYS))


def _deed(chance: Random, at: datetime) -> Event:
    do = chance.choice(PERSON)
    what: dict[str, Any] = {"client": 1}
    if do == "set":
        what = chance.choice(
            (
                {"zone": chance.choice(ZONES)},
                {"remind_at": _time(chance)},
                {"quiet": chance.choice(QUIET)},
                {"weekdays_only": chance.random() < 1 / 2},
            )
        )
    elif do == "promise":
        # A look back is listed as the others are, but silently: a seed stays the month it was.
        kinds = [kind for kind in FollowUpKind if kind not in OF_THEIR_OWN]
        kind = chance.choice([kind for kind in kinds if kind is not FollowUpKind.HINDSIGHT])
        what = {"kind": kind, "date": (at + timedelta(days=chance.randint(1, 9))).date()}
    return Event(at, do, what)


def _fault(chance: Random, at: datetime) -> Iterator[Event]:
    minutes = int(min(chance.expovariate(1 / 600), LONGEST_DOWN))
    back = at + timedelta(minutes=minutes)
    match chance.choice(FAULTS):
        case "down":
            yield Event(at, "down", {})
            yield Event(back, "up", {})
        case "kill":
            step = chance.choice(("claim", "attempt", "call"))
            yield Event(at, "kill", {"after": step, "seconds": chance.randint(1, 4000)})
        case "telegram":
            kinds = ("refused", "wait 40", "wait 3000", "wait 30000", "lost", "nothing")
            answers = chance.choices(kinds, k=chance.randint(1, 4))
            yield Event(at, "telegram", {"answers": answers})
        case "clock":
            seconds = chance.choice((-1, 1)) * chance.randint(200, 3 * 24 * 3600)
            yield Event(at, "clock", {"seconds": seconds})
            yield Event(back, "clock", {"seconds": -seconds})
        case "block":
            yield Event(at, "block", {})
            yield Event(back, "unblock", {})
        case fails:
            yield Event(at, fails, {})
            yield Event(back, "storage_recovers", {})


def missed(world: World) -> list[str]:
    """Tell what a worker that could work has left undone."""
    if not world.free:
        return []
    undone = [
        f"{world.true}: not closed since {row.stamp}"
        for row in world.rows
        if row.ending is None and row.delivery.not_after + timedelta(minutes=2) < world.wall
    ]
    silence = world.silent_since
    # Whoever says nothing for weeks is asked once, which is no list of what is due.
    asked = silence is not None and world.wall.date() - silence >= SILENCE
    due = not asked and _reference(world, world.wall)
    return undone + ([f"{world.true}: nothing came"] if due else [])


def _reference(world: World, now: datetime) -> bool:
    """Decide as the specification words it, from the wall clock, knowing nothing of the rules."""
    habits = world.habits
    day = now.astimezone(habits.zone).date()
    start = datetime.combine(day, habits.remind_at, habits.zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(0), habits.zone).astimezone(UTC)
    if habits.quiet and habits.quiet.start > habits.remind_at:
        quiet = datetime.combine(day, habits.quiet.start, habits.zone).astimezone(UTC)
        end = min(end, quiet)
    if not start <= now < end or _is_night(now.astimezone(habits.zone).time(), habits.quiet):
        return False
    changed = world.effective_from
    if changed is not None and start <= changed <= now + TRUSTED:
        return False
    digests = [row for row in world.rows if row.key is not None]
    if any(row.key == (world.epoch, day) for row in digests) or not world.reachable:
        return False
    lost = {Ending.EMPTY, Ending.EXPIRED}
    went_out = [row for row in digests if row.ending not in lost]
    stamps = [at for row in went_out for at in (row.stamp, row.met_at) if at is not None]
    if any(abs(now - at) < timedelta(hours=12) for at in stamps):
        return False
    if habits.weekdays_only and day.isoweekday() > 5:
        return False
    return any(_is_listed(world, number, day, now) for number in world.rhythms) or any(
        follow_up.date <= day and follow_up.listed < 3
        for follow_up in world.follow_ups
        if follow_up.kind is not FollowUpKind.MORNING
    )


def _is_listed(world: World, number: int, day: date, now: datetime) -> bool:
    rhythm = world.rhythms[number]
    week = next(
        each
        for back in range(7)
        if (each := day - timedelta(days=back)).weekday() == rhythm.weekday
    )
    days = [each for client, each in world.cycles if client == number and each <= day]
    newest = max([*days, *([week] if week >= rhythm.since else [])], default=None)
    if newest is None:
        return False
    cycle = world.cycles.get((number, newest))
    if cycle is None:
        return True
    snoozed = cycle.snoozed_until is not None and cycle.snoozed_until > day
    comes = cycle.again_at is not None and cycle.again_at > now
    closed = cycle.state in {CycleState.SENT, CycleState.SKIPPED}
    return not (closed or snoozed or comes)


def _is_night(at: time, quiet: Quiet | None) -> bool:
    if quiet is None:
        return False
    if quiet.start < quiet.end:
        return quiet.start <= at < quiet.end
    return at >= quiet.start or at < quiet.end


def _doubled(world: World) -> Iterator[str]:
    keys = [row.key for row in world.rows if row.key is not None]
    if len(keys) > len(set(keys)):
        yield "a day was claimed twice"
    digests = [message for message in world.messages if message.key is not None]
    for first, second in pairwise(digests):
        # By the clock that was believed or by the right one: a wrong clock can spoil either.
        apart = max(second.at - first.at, second.wall - first.wall)
        if first.key != second.key and apart < timedelta(hours=12):
            yield f"{second.at}: only {apart} after the last digest"
        if first.key == second.key and not (second.silent and apart >= timedelta(seconds=60)):
            yield f"{second.at}: a loud or hasty copy"
    for key in {message.key for message in digests}:
        if sum(message.key == key for message in digests) > 2:
            yield f"{key}: more than one copy"


def _at_night(world: World) -> Iterator[str]:
    for message in world.messages:
        local = message.wall.astimezone(message.habits.zone)
        if _is_night(local.time(), message.habits.quiet):
            yield f"{message.at}: came in quiet hours, at {local}"
        if message.key is not None and local.date() != message.key.day:
            yield f"{message.at}: came on another day than {message.key.day}"


def _untrue(world: World) -> Iterator[str]:
    """Compare what the claims say of themselves with what has come."""
    came = {message.key for message in world.messages}
    for row in world.rows:
        if row.key is None:
            continue
        if row.ending is Ending.SENT and row.key not in came:
            yield f"{row.key}: marked as sent, never came"
        if row.ending in {Ending.EMPTY, Ending.EXPIRED} and row.key in came:
            yield f"{row.key}: came, and says that it did not"
    for message in world.messages:
        for entry in message.entries:
            if isinstance(entry.about, Cycle) and entry.about.day > message.wall.date() + timedelta(
                days=1
            ):
                yield f"{message.at}: a week that has not begun"
