"""The worker that speaks up by itself: digests, what was asked for again, the morning after.

It knows no rule. ``content.schedule`` decides, ``handlers.due.dispatch`` stores each step, and here
the steps are run, Telegram is called, and the pace is kept. Everything that counts is in the
database, so workers may be killed at any moment, run side by side, and take over from each other.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

import structlog
from aiogram import Bot

from bot.exits import Leave
from bot.operate.clock import Clock
from bot.operate.counters import Counters
from bot.serve.waiting import unless
from bot.telegram import reminder_call
from bot.telegram.errors import Meaning, described, meaning, waits
from content.schedule.clock_guard import ClockGuard, watch
from content.schedule.delivery import LEASE
from handlers.due import dispatch
from handlers.due.dispatch import Attempt, Delivered, Receipt, Render, RetryAt, Undeliverable
from storage.protocols import Storage
from storage.records import NOBODY, Dispatch, Owner
from storage.rows.memory import Memory

log = structlog.get_logger()
T = TypeVar("T")

ZONES = "tzdata"
"""What the stored instants are computed with."""
PEOPLE = 20
"""People thought of in one round, so that a tap never waits long for its turn."""
PEOPLE_BESIDE_OTHERS = 2
"""The same while others are waiting for answers."""
CALLS = 50
"""Calls under way at most: some chats are slow, the others must not wait for them."""
AFTER_FAULT = timedelta(minutes=5)
"""Until something is looked at again that made us stumble."""
LOOK = 1.0
"""Seconds between two looks when nothing is to be expected: what people set is seen by then."""
SOON = 0.05
"""Seconds between two looks while calls are under way."""
DISTRUST = 30.0
"""Seconds between two looks at a clock that has jumped."""
NOTE = 30.0
"""Seconds between two notes of what time it is."""
KNOWN = timedelta(seconds=3 * NOTE)
"""A clock that a worker has noted so short ago needs no putting right by one that begins."""
WENT_BACK = 1.0
"""Seconds by which a clock must go back to matter; all that is stored is in whole ones."""
PER_SECOND = 25
"""Messages that all workers together begin in a second; Telegram refuses above 30."""
AT_ONCE = timedelta(seconds=0.2)
"""What a worker begins at once is what may be begun in this time."""
FREE = 30
"""Messages in a second above which Telegram takes Stars for each."""
STALE = 0.25
"""Seconds after which leave to begin is asked for anew: others have begun since."""
ASK_AGAIN = 5.0
"""Seconds between two questions whether Telegram answers again."""
GRACE = 7.0
"""Seconds for the calls under way when the process is told to end."""


class Picked(NamedTuple):
    """What there is to do now."""

    people: tuple[Owner, ...]
    taken: tuple[Dispatch, ...]
    wake: datetime | None
    """When something is to be looked at next."""
    used: timedelta = timedelta(0)
    """Until the next message may begin, by all that the workers have begun."""


class Reminders:
    """One worker; any number of them may share a database."""

    def __init__(  # noqa: PLR0913 - nothing is global, so everything it works with is named here
        self,
        bot: Bot,
        storage: Storage,
        *,
        render: Render,
        clock: Clock,
        chance: random.Random,
        holder: str,
        zones: str,
        at_most_once: bool = False,
        crowded: Callable[[], bool] = lambda: False,
        admits: Callable[[Memory, Owner], bool] = lambda _memory, _owner: True,
        per_second: int = PER_SECOND,
        counters: Counters | None = None,
    ) -> None:
        """Take what it works with.

        ``holder`` names this worker and no other; ``zones`` is the version of the time zones;
        ``crowded`` tells whether people are waiting for answers, who come first; ``admits`` whether
        somebody may use the coach at all; ``per_second`` is for all workers together; ``counters``
        are told what is done.
        """
        self._bot = bot
        self._storage = storage
        self._render = render
        self._clock = clock
        self._chance = chance
        self._holder = holder
        self._zones = zones
        self._at_most_once = at_most_once
        self._crowded = crowded
        self._admits = admits
        self._counters = counters or Counters(clock)
        self._each = timedelta(seconds=1) / per_second
        self._most = max(1, AT_ONCE // self._each)
        self._paid = per_second > FREE
        self._not_before = float("-inf")
        """When this worker begins again, on the steady clock, beside others who come first."""
        self._guard: ClockGuard | None = None
        self._noted_at = float("-inf")
        self._calls: set[asyncio.Task[None]] = set()
        self._ended: list[tuple[Dispatch, Receipt]] = []
        self._pauses = waits(chance)
        self._leave: Leave | None = None
        self._in_doubt = False
        """Whether it is not known that Telegram answers."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Work until told to stop; then write down what comes of the calls under way.

        Raises ``Leave`` where there is no going on.
        """
        try:
            while not stopping.is_set():
                seconds = await self.turn()
                most = SOON if self._calls or self._ended else LOOK
                pause = most if seconds is None else min(seconds, most)
                await unless(stopping, self._clock.sleep(pause))
        finally:
            await self.landed(GRACE)
            try:
                await self._record()
            except Exception as error:  # noqa: BLE001 - the next start finds out what is not known
                log.warning("the end of reminders is not stored", error=described(error))

    async def turn(self) -> float | None:
        """Do what is to be done now, up to the calls, which go on beside.

        Returns in how many seconds there will be something to do, None for nothing unless somebody
        changes something. A disk that is away is waited for.
        """
        if self._leave:
            raise self._leave
        try:
            seconds = await self._round()
        except Exception as error:
            if meaning(error) is not Meaning.WAIT:
                raise
            pause = next(self._pauses)
            log.warning("reminders wait", error=described(error), seconds=round(pause, 1))
            return pause
        self._pauses = waits(self._chance)
        return seconds

    async def landed(self, within: float) -> None:
        """Wait for the calls under way; one that takes longer stays without a known end."""
        if self._calls:
            _, late = await asyncio.wait(set(self._calls), timeout=within)
            for call in late:
                call.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _round(self) -> float | None:
        await self._record()
        if not await self._trusts_the_clock():
            return DISTRUST
        room = self._room() if await self._is_answered() else 0
        since = self._clock.monotonic()
        picked = await self._storage.write(lambda memory: self._pick(memory, room))
        if picked.taken:
            self._counters.claim_seconds.observe(self._clock.monotonic() - since)
            self._counters.claimed.inc(len(picked.taken))
        await self._think_of(picked.people)
        await self._send(picked.taken, since)
        if picked.people:
            return 0.0
        if picked.used or not room:
            own = self._not_before - self._clock.monotonic()
            return max(picked.used.total_seconds(), own, 0 if room else SOON)
        if picked.wake is None:
            return None
        # What is past is leased to somebody else.
        return max(LOOK, (picked.wake - self._clock.now()).total_seconds())

    async def _trusts_the_clock(self) -> bool:
        now, monotonic = self._clock.now(), self._clock.monotonic()
        before = self._guard
        guard = watch(now, monotonic) if before is None else before.look(now, monotonic)
        if before is None or guard.offset < before.offset - WENT_BACK:
            begins = before is None
            await self._storage.write(lambda memory: self._take_stock(memory, begins=begins))
            self._noted_at = monotonic
        elif not guard.holds and monotonic - self._noted_at >= NOTE:
            await self._storage.write(lambda memory: memory.dispatches.saw(now))
            self._noted_at = monotonic
        if guard.holds and not (before and before.holds):
            log.warning("the clock has jumped, reminders wait")
        self._guard = guard
        return not guard.holds

    def _take_stock(self, memory: Memory, *, begins: bool) -> None:
        """Mend what another clock or other time zones have left.

        When to think of people was computed with those, so everybody is thought of again: nobody
        knows what the clock was while no worker ran. Where one ran until now, and one ``begins``
        beside it or in its place, the clock is known; else each start would have all the others
        think of everybody anew.
        """
        now = self._clock.now()
        since = memory.dispatches.saw(now)
        other_zones = memory.dispatches.computed_with(ZONES, self._zones)
        known = since is not None and timedelta(seconds=-WENT_BACK) <= since <= KNOWN
        if begins and known and not other_zones:
            return
        memory.dispatches.clock_put_right(now)
        people = memory.dispatches.look_at_everybody()
        if other_zones:
            log.info("other time zones than before", version=self._zones, count=people)
        else:
            log.debug("time zones", version=self._zones, count=people)

    async def _is_answered(self) -> bool:
        """Tell whether Telegram answers, after a call that nobody knows the end of.

        A list has two such calls and no more, so none is spent on a trouble of everybody's.
        """
        if self._in_doubt and self._clock.monotonic() >= self._not_before:
            self._in_doubt = not await reminder_call.answers(self._bot)
            if self._in_doubt:
                self._not_before = self._clock.monotonic() + ASK_AGAIN
        return not self._in_doubt

    def _room(self) -> int:
        if self._clock.monotonic() < self._not_before:
            return 0
        return min(1 if self._crowded() else self._most, CALLS - len(self._calls))

    def _pick(self, memory: Memory, room: int) -> Picked:
        now, dispatches = self._clock.now(), memory.dispatches
        people = dispatches.people(now, PEOPLE_BESIDE_OTHERS if self._crowded() else PEOPLE)
        wake = dispatches.next_wake()
        if not room or wake is None or wake > now:
            return Picked(people, (), wake)
        if used := memory.allowances.draw(NOBODY, now):
            return Picked(people, (), wake, used)
        taken = dispatches.take(self._holder, now, LEASE, room)
        if taken:
            used = memory.allowances.draw(NOBODY, now, len(taken) * self._each)
        return Picked(people, taken, dispatches.next_wake(), used)

    async def _think_of(self, people: Sequence[Owner]) -> None:
        def step(owner: Owner) -> Callable[[Memory], None]:
            return lambda memory: dispatch.look(memory, owner, self._clock.now(), self._holder)

        outcomes = await self._all([step(owner) for owner in people])
        _blame_the_disk(outcomes)
        for owner, outcome in zip(people, outcomes, strict=True):
            if isinstance(outcome, Exception):
                log.error("cannot think of a person", person=owner, error=described(outcome))
                await self._put_off(owner)

    async def _send(self, taken: Sequence[Dispatch], since: float) -> None:
        """Make the calls; ``since`` is when, on the steady clock, leave to begin was asked for."""

        def step(each: Dispatch) -> Callable[[Memory], Attempt | None]:
            return lambda memory: self._prepared(memory, each)

        outcomes = await self._all([step(each) for each in taken])
        attempts = [each for each in outcomes if isinstance(each, Attempt)]
        if attempts and self._clock.monotonic() - since > STALE:
            await self._wait_for_leave(len(attempts))
        for attempt in attempts:
            self._begin(attempt)
        if attempts and self._crowded():
            self._not_before = self._clock.monotonic() + AT_ONCE.total_seconds()
        _blame_the_disk(outcomes)
        for each, outcome in zip(taken, outcomes, strict=True):
            if isinstance(outcome, Exception):
                # Its lease runs out, and it is looked at again.
                log.error("cannot remind a person", person=each.owner, error=described(outcome))

    async def _wait_for_leave(self, count: int) -> None:
        """Ask anew: a slow database has held us up, and what is begun late comes on top."""

        def step(memory: Memory) -> timedelta:
            now = self._clock.now()
            if used := memory.allowances.draw(NOBODY, now):
                return used
            memory.allowances.draw(NOBODY, now, count * self._each)
            return timedelta(0)

        until = self._clock.monotonic() + reminder_call.RETRY.total_seconds()
        while self._clock.monotonic() < until:
            if not (used := await self._storage.write(step)):
                return
            await self._clock.sleep(used.total_seconds())

    def _prepared(self, memory: Memory, each: Dispatch) -> Attempt | None:
        now = self._clock.now()
        if self._admits(memory, each.owner):
            return dispatch.prepare(
                memory, each, now, self._render, at_most_once=self._at_most_once
            )
        # Until they come in again, as with somebody who has blocked the bot.
        tried = replace(each, doubtful=each.doubtful + 1)
        dispatch.settle(memory, tried, Undeliverable(unreachable=True), now)
        return None

    def _begin(self, attempt: Attempt) -> None:
        task = asyncio.create_task(self._make(attempt))
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def _make(self, attempt: Attempt) -> None:
        try:
            receipt = await self._call(attempt)
        except Leave as leave:
            self._leave, receipt = leave, RetryAt(self._clock.now())
        self._counters.reminders.labels(_result(receipt)).inc()
        if receipt is None:
            self._in_doubt = True
        else:
            self._ended.append((attempt.dispatch, receipt))

    async def _call(self, attempt: Attempt) -> Receipt | None:
        return await reminder_call.make(self._bot, attempt, self._clock.now, paid=self._paid)

    async def _record(self) -> None:
        """Write down what came of calls; if that fails, the next round tries again."""
        ended = tuple(self._ended)

        def step(sent: Dispatch, receipt: Receipt) -> Callable[[Memory], None]:
            return lambda memory: self._settle(memory, sent, receipt)

        outcomes = await self._all([step(*each) for each in ended])
        _blame_the_disk(outcomes)
        del self._ended[: len(ended)]
        for (sent, _), outcome in zip(ended, outcomes, strict=True):
            if outcome is not None:
                log.error(
                    "a reminder's end is not stored", person=sent.owner, error=described(outcome)
                )

    def _settle(self, memory: Memory, sent: Dispatch, receipt: Receipt) -> None:
        now = self._clock.now()
        dispatch.settle(memory, sent, receipt, now)
        if isinstance(receipt, RetryAt):
            # It may concern everybody, so everybody waits a little.
            wait = min(receipt.at - now, reminder_call.RETRY) - memory.allowances.draw(NOBODY, now)
            if wait > timedelta(0):
                memory.allowances.draw(NOBODY, now, wait)

    async def _put_off(self, owner: Owner) -> None:
        at = self._clock.now() + AFTER_FAULT
        await self._storage.write(lambda memory: memory.dispatches.look_at(owner, at))

    async def _all(self, steps: Sequence[Callable[[Memory], T]]) -> list[T | Exception]:
        """Run steps that may share a commit; what one raises is returned and stops no other."""
        outcomes: list[T | Exception] = []
        for each in await asyncio.gather(*map(self._storage.write, steps), return_exceptions=True):
            if isinstance(each, BaseException) and not isinstance(each, Exception):
                raise each
            outcomes.append(each)
        return outcomes


def _result(receipt: Receipt | None) -> str:
    """Return what came of a call, as it is counted."""
    match receipt:
        case Delivered():
            return "delivered"
        case RetryAt():
            return "again"
        case Undeliverable(unreachable):
            return "unreachable" if unreachable else "refused"
        case _:
            return "unknown"


def _blame_the_disk(outcomes: Sequence[object]) -> None:
    """Raise what is nobody's fault: the next round tries again."""
    for each in outcomes:
        if isinstance(each, Exception) and meaning(each) is Meaning.WAIT:
            raise each
