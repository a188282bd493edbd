"""The real worker with a word said after each of its steps, and a worker that does them wrongly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import date
from functools import partial

from bot.reminders import Reminders
from content.schedule.agenda import due, is_silent, tick
from handlers.due.agenda import agenda_of, carried
from handlers.due.dispatch import Attempt, Delivered, Receipt
from storage.records import Dispatch, DispatchKind, DispatchNumber, Owner
from storage.rows.memory import Memory

CALL: ContextVar[Attempt] = ContextVar("CALL")
"""The call that the running task makes."""


class Killed(Exception):  # noqa: N818 - not an error
    """The worker's process is gone."""


def _nothing(_step: str) -> bool:
    return False


class Stepped(Reminders):
    """Tells of each ``claim``, ``attempt`` and ``call``; whoever listens may end it."""

    reached: Callable[[str], bool] = staticmethod(_nothing)
    """Returns True for: the process is gone right now."""

    async def _think_of(self, people: Sequence[Owner]) -> None:
        before = await self._storage.write(partial(_under_way, people=people))
        await super()._think_of(people)
        if await self._storage.write(partial(_under_way, people=people)) > before:
            self._pass("claim")

    def _begin(self, call: Attempt) -> None:
        self._pass("attempt")
        super()._begin(call)

    async def _call(self, call: Attempt) -> Receipt | None:
        CALL.set(call)
        answer = await super()._call(call)
        return None if self.reached("call") else answer

    def _pass(self, step: str) -> None:
        if self.reached(step):
            raise Killed


class Hasty(Stepped):
    """The control: it sends first and claims after, without a lease."""

    async def _think_of(self, people: Sequence[Owner]) -> None:
        for owner in people:
            call = await self._storage.write(partial(self._unclaimed, owner=owner))
            if call is not None and await self._call(call) is None:
                raise Killed
        await super()._think_of(people)

    def _begin(self, call: Attempt) -> None:
        self._pass("attempt")
        # It went out before it was claimed.
        self._ended.append((call.dispatch, Delivered(0)))

    def _unclaimed(self, memory: Memory, owner: Owner) -> Attempt | None:
        now = self._clock.now()
        agenda = agenda_of(memory.of(owner), now)
        claim = tick(agenda, now)
        if claim is None:
            return None
        entries = due(agenda, claim.key.day, now)
        dispatch = Dispatch(
            owner,
            DispatchNumber(0),
            DispatchKind.DIGEST,
            claim.key.epoch,
            claim.key.day,
            claimed_at=now,
            not_after=claim.not_after,
            wake=now,
            holder="",
            lease=now,
            carried=carried(entries),
        )
        screen = self._render(memory, owner, entries, now)
        return Attempt(dispatch, screen, silent=is_silent(entries, claim.key.day))


def _under_way(memory: Memory, people: Sequence[Owner]) -> int:
    dispatches = [memory.of(owner).reminders.dispatches(date.min) for owner in people]
    return sum(each.ending is None for every in dispatches for each in every)
