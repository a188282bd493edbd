"""What the coach says by itself, from the claim to its end.

Each function here is one step in one transaction; the worker (``bot.reminders``) runs them and
calls Telegram in between. The order is what keeps the promise: a claim is stored before anything is
rendered, a call is stored before it is made, and what came of it only if the claim is still ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from content.schedule.agenda import (
    Agenda,
    Claim,
    DigestKey,
    Entry,
    Extra,
    is_silent,
    next_slot,
    sendable,
    sendable_extra,
    solicited,
    tick,
)
from content.schedule.delivery import LEASE, SILENT_AFTER, Delivery, Ending, Wait, next_step
from content.schedule.follow_ups import FollowUp, FollowUpKind
from content.schedule.habits import jitter
from content.values.weeks import Cycle
from handlers.due.agenda import advance, agenda_of, carried, had, rows_of, tried, weeks_in
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit
from storage.records import ClientNumber, Dispatch, DispatchKind, DispatchNumber, Owner
from storage.rows.memory import Memory, Owned

Render = Callable[[Memory, Owner, tuple[Entry, ...], datetime], Screen]
"""Returns the message that lists entries to a person at an instant."""
SECOND = timedelta(seconds=1)
COPIES_BACK = timedelta(days=2)
"""Days after which nobody asks any more whether a message came twice."""
LIST_LIVES = timedelta(days=14)
"""For how long it is known which message a list was."""
UNNUMBERED = DispatchNumber(0)
"""The number of what is still to be stored."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A message to be sent now; that it is tried is stored already."""

    dispatch: Dispatch
    screen: Screen
    silent: bool
    former: int | None = None
    """The list before it, which nobody has touched; this one takes its place."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """It is in the chat."""

    message: int


@dataclass(frozen=True, slots=True)
class RetryAt:
    """It surely is not in the chat; another try makes sense from an instant on."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """It surely is not in the chat, and no other try would bring it there."""

    unreachable: bool
    """Because there is nobody to be reached any more."""


Receipt = Delivered | RetryAt | Undeliverable
"""What is known of a call; of one whose answer was lost nothing is, and nothing is stored."""


def look(memory: Memory, owner: Owner, now: datetime, holder: str) -> None:
    """Claim for a worker what is due for a person, and note when to think of them next."""
    mine = memory.of(owner)
    agenda = agenda_of(mine, now)
    claims = tuple(_claims(mine, agenda, now, holder))
    for each in claims:
        memory.dispatches.claim(each)
    _look_ahead(memory, mine, agenda_of(mine, now) if claims else agenda, now)


def prepare(
    memory: Memory, taken: Dispatch, now: datetime, render: Render, *, at_most_once: bool
) -> Attempt | None:
    """Look at a claim that the worker has taken: return what to send now, from the state of now.

    None where there is nothing to send; then it is closed, or put off.
    """
    delivery = Delivery(taken.not_after, taken.doubtful, taken.attempted_at, taken.not_before)
    step = next_step(delivery, now, at_most_once=at_most_once)
    if isinstance(step, Ending):
        _close(memory, taken, step, now)
        return None
    if isinstance(step, Wait):
        memory.dispatches.save(replace(taken, wake=step.until))
        return None
    mine = memory.of(taken.owner)
    until = mine.reminders.last_attempt(other_than=taken.number) + SECOND
    if now < until <= now + 2 * SECOND:  # a later one was called for by a clock that has gone back
        memory.dispatches.save(replace(taken, wake=until))
        return None
    agenda = agenda_of(mine, now)
    entries = _entries(mine, agenda, taken, now)
    if not entries:
        nothing_left = entries is not None and not taken.doubtful
        _close(memory, taken, Ending.EMPTY if nothing_left else delivery.given_up, now)
        return None
    day = agenda.habits.local_day(now)
    attempted = delivery.attempted(now)
    dispatch = replace(
        taken,
        doubtful=attempted.doubtful,
        attempted_at=attempted.attempted_at,
        carried=carried(entries),
        wake=now + SILENT_AFTER,
    )
    if not memory.dispatches.save(dispatch):
        return None
    rings = taken.kind is not DispatchKind.DIGEST or not is_silent(entries, day)
    screen = render(memory, taken.owner, entries, now)
    former = _untouched(mine, taken) if taken.kind is DispatchKind.DIGEST else None
    return Attempt(dispatch, screen, silent=step.silent or not rings, former=former)


def settle(memory: Memory, dispatch: Dispatch, receipt: Receipt, now: datetime) -> None:
    """Store what came of a call, unless the claim is another worker's by now."""
    failed = replace(dispatch, doubtful=dispatch.doubtful - 1)
    match receipt:
        case Delivered(message):
            _close(memory, replace(dispatch, message=message), Ending.SENT, now)
        case RetryAt(at):
            # Looked at again at once: that instant may be too late for it.
            memory.dispatches.save(replace(failed, not_before=at, wake=now))
        case Undeliverable(unreachable):
            given_up = Ending.AMBIGUOUS if failed.doubtful else Ending.EXPIRED
            if unreachable and memory.dispatches.get(dispatch.owner, dispatch.number):
                mine = memory.of(dispatch.owner)
                mine.reminders.save(replace(mine.reminders.get(), reachable=False))
            _close(memory, failed, given_up, now)


def adopted(visit: Visit) -> int | None:
    """Take the tapped message for the one that is used, where a message may have come twice.

    Returns the other copy, where its id is known. To be asked only of a message that shows no
    screen of the conversation.
    """
    recent = visit.memory.reminders.dispatches(visit.today - COPIES_BACK)
    if any(each.message == visit.message for each in recent):
        return None
    twins = [each for each in recent if each.doubtful > 1 or (each.doubtful and not each.message)]
    return visit.memory.reminders.adopt(twins[-1].number, visit.message) if twins else None


def came_back(memory: Owned, now: datetime) -> None:
    """Note that a person is here: who was out of reach has their next slot, and no backlog."""
    reminding = memory.reminders.get()
    changed = replace(reminding, silent_since=None)
    if not reminding.reachable:
        changed = replace(changed, reachable=True, effective_from=now)
    if changed != reminding:
        memory.reminders.save(changed)


def _claims(mine: Owned, agenda: Agenda, now: datetime, holder: str) -> Iterator[Dispatch]:
    """Return what is due, and store what a claim of it changes."""
    day = agenda.habits.local_day(now)
    blank = Dispatch(
        owner=mine.owner,
        number=UNNUMBERED,
        kind=DispatchKind.DIGEST,
        epoch=agenda.epoch,
        day=day,
        claimed_at=now,
        not_after=now,
        wake=now,
        holder=holder,
        lease=now + LEASE,
    )
    if claim := tick(agenda, now):
        for rhythm in agenda.rhythms:
            advance(mine, ClientNumber(rhythm.client), claim.key.day)
        yield replace(blank, epoch=claim.key.epoch, day=claim.key.day, not_after=claim.not_after)
        return
    put_off: defaultdict[datetime | None, list[Extra]] = defaultdict(list)
    for extra in solicited(agenda, now):
        about = extra.entry.about
        if isinstance(about, FollowUp):
            asked_for = replace(blank, kind=DispatchKind.MORNING, not_after=extra.not_after)
            yield replace(asked_for, day=about.date)
        else:
            put_off[about.again_at].append(extra)
    # What one tap has put off comes back in one message.
    for together in put_off.values():
        asked_for = replace(blank, kind=DispatchKind.AGAIN, not_after=together[0].not_after)
        weeks = carried(each.entry for each in together)
        had(mine, weeks, now)  # it is not to be claimed twice
        client, week = next(weeks_in(weeks))
        yield replace(asked_for, client=client, week=week, carried=weeks)


def _entries(
    mine: Owned, agenda: Agenda, taken: Dispatch, now: datetime
) -> tuple[Entry, ...] | None:
    """Return what a claimed message shows if sent now, None if it is too late for it."""
    if taken.kind is DispatchKind.DIGEST:
        key = DigestKey(taken.epoch, taken.day)
        return sendable(agenda, Claim(key, taken.not_after), now)
    if taken.week is not None:
        weeks = [(taken.client, taken.week), *weeks_in(taken.carried)]
        found = [
            sendable_extra(agenda, Extra(Entry(Cycle(day, day), client), taken.not_after), now)
            for client, day in dict.fromkeys(weeks)
        ]
        return None if None in found else tuple(chain.from_iterable(filter(None, found)))
    morning = FollowUp(FollowUpKind.MORNING, taken.day)
    entries = sendable_extra(agenda, Extra(Entry(morning, None), taken.not_after), now)
    return entries if rows_of(mine, morning) else entries and ()


def _close(memory: Memory, dispatch: Dispatch, ending: Ending, now: datetime) -> None:
    if not memory.dispatches.save(replace(dispatch, ending=ending)):
        return
    mine = memory.of(dispatch.owner)
    if ending in {Ending.SENT, Ending.AMBIGUOUS}:
        _waits(mine, dispatch)
        had(mine, dispatch.carried, dispatch.attempted_at or now)
    elif dispatch.kind is DispatchKind.MORNING:
        tried(mine, dispatch.day)
    # What waited for its end may come now.
    _look_ahead(memory, mine, agenda_of(mine, now), now)


def _waits(mine: Owned, dispatch: Dispatch) -> None:
    """Note since when a person has let lists lie."""
    reminding = mine.reminders.get()
    if dispatch.kind is DispatchKind.DIGEST and reminding.silent_since is None:
        mine.reminders.save(replace(reminding, silent_since=dispatch.day))


def _untouched(mine: Owned, taken: Dispatch) -> int | None:
    """Return the message of the list before, unless it has become the screen in use."""
    lists = [
        each.message
        for each in mine.reminders.dispatches(taken.day - LIST_LIVES)
        if each.kind is DispatchKind.DIGEST and each.message and each.number != taken.number
    ]
    return lists[-1] if lists and lists[-1] != mine.people.get().live_message else None


def _look_ahead(memory: Memory, mine: Owned, agenda: Agenda, now: datetime) -> None:
    at = next_slot(agenda, now)
    # Never at once: what is due now was claimed just now.
    soon = now + SECOND
    memory.dispatches.look_at(
        mine.owner, None if at is None else max(at + jitter(mine.owner), soon)
    )
