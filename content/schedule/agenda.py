"""Whether a person is to be reminded now, of what, how loudly, and when next.

The rules say *at most one digest a day, never in quiet hours, never two within twelve hours*; the
caller keeps the other half of the promise by storing the claim of a digest under its unique key
before sending anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from content.schedule.cycles import is_extra_time, listed
from content.schedule.follow_ups import FollowUp, FollowUpKind, calls, stands
from content.schedule.habits import ONE_DAY, Habits
from content.schedule.instants import Window
from content.values.weeks import Cycle, Rhythm

APART = timedelta(hours=12)
"""Least time between two digests, whatever happens to clocks and zones."""
JOINS_WITHIN = timedelta(minutes=60)
"""How far from a digest a message put off by «Не сегодня» is taken along by it."""
RINGING_DAYS = 2
SHOWN = 10
SILENCE = timedelta(days=21)
"""Without a word; then the person is asked once whether to go on."""
LOOK_AHEAD = 60
"""Days searched for the next digest before the search is put off itself."""


class DigestKey(NamedTuple):
    """With the person, the unique key of a digest."""

    epoch: int
    day: date


class Claim(NamedTuple):
    """A digest that may be claimed now, to be sent before an instant."""

    key: DigestKey
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a digest: a client whose week is open, or a follow-up."""

    about: Cycle | FollowUp
    client: int | None


@dataclass(frozen=True, slots=True)
class Extra:
    """A message that the person asked for: in two hours, or on the morning after."""

    entry: Entry
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Agenda:
    """All that the decision needs to know of one person."""

    habits: Habits
    epoch: int = 0
    """Goes up by one at each change of the zone."""
    effective_from: datetime | None = None
    """The last change of a setting, or the return of somebody out of reach; not in the future, so
    to be taken back to now when a clock that ran ahead has been put right."""
    digests: tuple[datetime, ...] = ()
    """When each digest of the last week was sent, or claimed if it is still under way; none that
    never went out. For one that a clock running ahead has put into the future, also when the clock,
    put right, first met it: the person has just had it."""
    claimed: frozenset[DigestKey] = frozenset()
    """Digests claimed, however they ended; the last few days suffice."""
    under_way: bool = False
    """A claimed digest is not closed yet."""
    reachable: bool = True
    silent_since: date | None = None
    """The day of the first digest since the person was last here."""
    a_week: int | None = None
    """Digests from Monday to Sunday at most; None for one a day."""
    away_until: date | None = None
    """First date of reminders after a vacation or a pause of all clients."""
    rhythms: tuple[Rhythm, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    """Those not answered; a morning's not while its own message is under way."""


def tick(agenda: Agenda, now: datetime) -> Claim | None:
    """Return the digest to claim now, None for none."""
    day = agenda.habits.local_day(now)
    slot = _slot(agenda, day)
    if slot is None or now not in slot or agenda.habits.is_quiet(now):
        return None
    if _rested(agenda, now) > now:
        return None
    return Claim(DigestKey(agenda.epoch, day), slot.end) if _is_worth(agenda, day, now) else None


def due(agenda: Agenda, day: date, now: datetime) -> tuple[Entry, ...]:
    """Return what a digest of a date lists, as things stand now.

    First the replies put off, then clients, then the other follow-ups. Who has been silent for
    weeks is asked whether to go on instead.
    """
    found = _listed(agenda, day, now)
    since = agenda.silent_since
    if since is not None and found and _is_silence(agenda, since, day):
        return (Entry(FollowUp(FollowUpKind.GOING_ON, since), None),)
    return found


def _is_silence(agenda: Agenda, since: date, day: date) -> bool:
    """Tell three weeks without a word from a clock that has jumped: of late there were lists."""
    lately = any(since <= agenda.habits.local_day(at) < day for at in agenda.digests)
    return lately and day - since >= SILENCE


def _listed(agenda: Agenda, day: date, now: datetime) -> tuple[Entry, ...]:
    weeks = (
        Entry(cycle, rhythm.client)
        for rhythm in agenda.rhythms
        if (cycle := listed(rhythm, day)) and not _comes_by_itself(agenda.habits, cycle, day, now)
    )
    follow_ups = (
        Entry(follow_up, follow_up.client)
        for follow_up in agenda.follow_ups
        if stands(follow_up, day) and _is_for_digest(agenda.habits, follow_up, day)
    )
    return tuple(sorted((*weeks, *follow_ups), key=lambda each: not _is_reply(each)))


def _is_reply(entry: Entry) -> bool:
    return isinstance(entry.about, FollowUp) and entry.about.kind is FollowUpKind.MORNING


def _is_worth(agenda: Agenda, day: date, now: datetime) -> bool:
    """Tell whether anything that a digest would list is worth one."""
    found = due(agenda, day, now)
    return any(not isinstance(each.about, FollowUp) or calls(each.about, day) for each in found)


def sendable(agenda: Agenda, claim: Claim, now: datetime) -> tuple[Entry, ...] | None:
    """Return what a claimed digest lists if sent now, None if it is too late for it.

    To be asked right before the call. An empty answer means that nothing is left to say.
    """
    habits = agenda.habits
    late = now >= claim.not_after or habits.is_quiet(now) or habits.local_day(now) != claim.key.day
    if late or claim.key.epoch != agenda.epoch or not _wanted(agenda, claim.key.day):
        return None
    return due(agenda, claim.key.day, now)


def solicited(agenda: Agenda, now: datetime) -> tuple[Extra, ...]:
    """Return the messages that the person asked for and that are to be sent now, one for each.

    A digest goes first and takes along what it lists; while it is under way there are none.
    """
    day = agenda.habits.local_day(now)
    if agenda.under_way or not _wanted(agenda, day) or agenda.habits.is_quiet(now):
        return ()
    if tick(agenda, now) is not None:
        return ()
    window = agenda.habits.window(day)
    again = (
        Extra(Entry(cycle, rhythm.client), window.end)
        for rhythm in agenda.rhythms
        if (cycle := listed(rhythm, day))
        and cycle.again_at is not None
        and cycle.again_at <= now < window.end
        and agenda.habits.local_day(cycle.again_at) == day
        and cycle.again_at in window
    )
    morning = agenda.habits.morning(day)
    mornings = (
        Extra(Entry(follow_up, follow_up.client), morning.end)
        for follow_up in agenda.follow_ups
        if follow_up.kind is FollowUpKind.MORNING
        and follow_up.date == day
        and not follow_up.tried
        and not follow_up.listed
        and now in morning
        and not _joins(agenda, day)
    )
    return (*again, *mornings)


def sendable_extra(agenda: Agenda, extra: Extra, now: datetime) -> tuple[Entry, ...] | None:
    """Return what an asked-for message shows if sent now; None and empty as for ``sendable``."""
    habits, day = agenda.habits, agenda.habits.local_day(now)
    if now >= extra.not_after or habits.is_quiet(now) or not _wanted(agenda, day):
        return None
    if isinstance(extra.entry.about, FollowUp):
        return (extra.entry,)
    return tuple(
        Entry(cycle, rhythm.client)
        for rhythm in agenda.rhythms
        if rhythm.client == extra.entry.client
        and (cycle := listed(rhythm, day))
        and cycle.day == extra.entry.about.day
    )


def is_silent(entries: tuple[Entry, ...], day: date) -> bool:
    """Tell whether a digest of a date makes no sound: nothing in it is in its first two days."""
    return not any(_rings(entry, day) for entry in entries)


def shown(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], int]:
    """Return the entries that a digest names, and how many more there are."""
    return entries[:SHOWN], max(0, len(entries) - SHOWN)


def next_slot(agenda: Agenda, now: datetime) -> datetime | None:
    """Return when ``tick`` or ``solicited`` will next have something, None for never.

    Nothing comes earlier unless the agenda changes; at worst there is nothing yet at that instant
    and the question is to be asked again. It is good for an index, never for the truth.
    """
    if not agenda.reachable:
        return None
    times = [*_next_extras(agenda, now)]
    digest = _next_digest(agenda, now)
    if digest is not None:
        times.append(digest)
    return min(times, default=None)


def _wanted(agenda: Agenda, day: date) -> bool:
    return agenda.reachable and (agenda.away_until is None or agenda.away_until <= day)


def _slot(agenda: Agenda, day: date) -> Window | None:
    """Return the window of a date's digest, None when the date has none."""
    if not _wanted(agenda, day) or agenda.habits.is_day_off(day):
        return None
    if DigestKey(agenda.epoch, day) in agenda.claimed or _is_spent(agenda, day):
        return None
    window = agenda.habits.window(day)
    changed = agenda.effective_from
    return None if changed is not None and window.start <= changed else window


def _is_spent(agenda: Agenda, day: date) -> bool:
    """Tell whether the week has had its digests before a date."""
    if agenda.a_week is None:
        return False
    return lists_had(agenda, day - ONE_DAY, day) >= agenda.a_week


def lists_had(agenda: Agenda, until: date, of: date | None = None) -> int:
    """Return how many days up to a date had a digest, in its week or that of another date."""
    monday = (of or until) - ONE_DAY * (of or until).weekday()
    had = {agenda.habits.local_day(at) for at in agenda.digests}
    return sum(monday <= each <= until for each in had)


def _comes_by_itself(habits: Habits, cycle: Cycle, day: date, now: datetime) -> bool:
    at = cycle.again_at
    return at is not None and at > now and habits.local_day(at) == day and is_extra_time(habits, at)


def _is_for_digest(habits: Habits, follow_up: FollowUp, day: date) -> bool:
    if follow_up.kind is not FollowUpKind.MORNING or follow_up.date < day:
        return True
    return follow_up.tried or follow_up.listed > 0 or _takes_along(habits, day)


def _takes_along(habits: Habits, day: date) -> bool:
    """Tell whether the hour of a date's digest is late enough for the morning's message."""
    return habits.window(day).start >= habits.morning(day).start - JOINS_WITHIN


def _joins(agenda: Agenda, day: date) -> bool:
    """Tell whether the morning's message of a date waits for the digest, which is near."""
    slot = _slot(agenda, day)
    if slot is None or not _takes_along(agenda.habits, day):
        return False
    at = _rested(agenda, slot.start)
    return at in slot and at <= agenda.habits.morning(day).start + JOINS_WITHIN


def _rested(agenda: Agenda, now: datetime) -> datetime:
    """Return the first instant from now on that is far enough from every digest."""
    for at in sorted(agenda.digests):
        if abs(now - at) < APART:
            now = at + APART
    return now


def _rings(entry: Entry, day: date) -> bool:
    if isinstance(entry.about, FollowUp):
        if entry.about.kind is FollowUpKind.HINDSIGHT:
            return False
        return entry.about.listed < (1 if _is_reply(entry) else RINGING_DAYS)
    return (day - entry.about.day).days < RINGING_DAYS


def _next_digest(agenda: Agenda, now: datetime) -> datetime | None:
    habits, today = agenda.habits, agenda.habits.local_day(now)
    first = [day for rhythm in agenda.rhythms if (day := _first_listed(rhythm, today))]
    waiting = [each for each in agenda.follow_ups if calls(each, date.max)]
    first += [max(each.date, today) for each in waiting]
    if not first:
        return None
    day = max(min(first), agenda.away_until or today)
    for _ in range(LOOK_AHEAD):
        slot = _slot(agenda, day)
        if slot is not None:
            at = habits.quiet_over(_rested(agenda, max(slot.start, now)))
            if at in slot and _is_worth(agenda, day, at):
                return at
        day += ONE_DAY
    return habits.window(day).start


def _first_listed(rhythm: Rhythm, today: date) -> date | None:
    """Return a date before which a client is surely not listed; None for one never listed."""
    if rhythm.weekday is None:
        return None
    return max(today, rhythm.paused_until or today, min(rhythm.since, _stored_day(rhythm)))


def _stored_day(rhythm: Rhythm) -> date:
    return rhythm.since if rhythm.cycle is None else rhythm.cycle.day


def _next_extras(agenda: Agenda, now: datetime) -> list[datetime]:
    habits, today = agenda.habits, agenda.habits.local_day(now)
    again = [
        (habits.quiet_over(max(at, now)), habits.window(habits.local_day(at)))
        for rhythm in agenda.rhythms
        if (cycle := rhythm.cycle)
        and (at := cycle.again_at)
        and is_extra_time(habits, at)
        and listed(rhythm, habits.local_day(at)) == cycle
    ]
    mornings = [
        (habits.quiet_over(max(morning.start, now)), morning)
        for follow_up in agenda.follow_ups
        for morning in (habits.morning(follow_up.date),)
        if follow_up.kind is FollowUpKind.MORNING
        and follow_up.date >= today
        and not follow_up.tried
        and not follow_up.listed
        and not _joins(agenda, follow_up.date)
    ]
    wanted = [
        at
        for at, window in again + mornings
        if at in window and _wanted(agenda, habits.local_day(at))
    ]
    return [] if agenda.under_way else wanted
