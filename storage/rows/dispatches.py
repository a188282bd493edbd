"""The messages that the coach sends by itself, and whom it is to think of next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from storage.records import ClientNumber, Dispatch, DispatchKind, DispatchNumber, Owner
from storage.session import (
    Session,
    to_date_or_none,
    to_moment,
    to_moment_or_none,
    to_seconds,
    to_seconds_up,
)
from storage.statements import Row
from storage.tables import WAITED_FOR, Form, Table

DISPATCHES = Table(
    "dispatches",
    Dispatch,
    attempted_at=WAITED_FOR,
    not_before=WAITED_FOR,
    wake=WAITED_FOR,
    carried=Form(" ".join, lambda text: tuple(text.split())),
)

_CLOCK: Final = "clock"
"""What the instants that are stored were computed with, beside the zones."""


class DispatchRows:
    """What the worker works with, over all people. ``now`` is that of its clock."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sql = session.sql

    def people(self, now: datetime, limit: int) -> tuple[Owner, ...]:
        """Return those to think of now, the longest waiting first."""
        rows = self._sql.list_people_to_look_at(now=to_seconds(now), most=limit)
        return tuple(Owner(owner) for (owner,) in rows)

    def look_at(self, owner: Owner, at: datetime | None) -> None:
        """Note when to think of a person next; None for never.

        To be called last in a step: most writes make it "at once" again, see ``Reminders``.
        """
        self._sql.look_at(owner=owner, next_look=None if at is None else to_seconds_up(at))

    def claim(self, dispatch: Dispatch) -> Dispatch | None:
        """Insert a dispatch, its number given here; None where that digest is claimed already.

        ``NotFound`` for a person without a row.
        """
        person = self._session.of(dispatch.owner)
        person.require_person()
        number = DispatchNumber(person.next_number("dispatch"))
        added = self._sql.add_dispatch(**DISPATCHES.plain(replace(dispatch, number=number)))
        return self.get(dispatch.owner, number) if int(added) == 1 else None

    def take(
        self, holder: str, now: datetime, lease: timedelta, limit: int
    ) -> tuple[Dispatch, ...]:
        """Take, for so long, what is under way and to be looked at now.

        Nothing that another worker still holds; a lease that ends later than ``now + lease`` was
        given by a clock that has gone back, and holds nothing. ``wake`` is set to the end of the
        lease, so what was taken is not looked at again before, unless ``save`` says so.
        """
        rows = self._sql.take_dispatches(
            now=to_seconds(now), lease=to_seconds(now + lease), holder=holder, most=limit
        )
        taken = map(to_dispatch, list(rows))
        return tuple(sorted(taken, key=lambda each: (each.claimed_at, each.owner, each.number)))

    def get(self, owner: Owner, number: DispatchNumber) -> Dispatch | None:
        row = self._sql.get_dispatch(owner=owner, number=number)
        return None if row is None else to_dispatch(row)

    def save(self, dispatch: Dispatch) -> bool:
        """Write all but owner, number, kind, epoch, day; False where it is not the holder's now.

        That is: another worker holds it, or it has ended.
        """
        return int(self._sql.save_dispatch(**DISPATCHES.plain(dispatch))) == 1

    def next_wake(self) -> datetime | None:
        """Return when the next person or dispatch is to be looked at; None for none."""
        (look,), (wake,) = self._sql.next_look(), self._sql.next_wake()
        return min((to_moment(each) for each in (look, wake) if each is not None), default=None)

    def clock_put_right(self, now: datetime) -> None:
        """Take back to now what a clock that ran ahead has put into the future.

        ``effective_from`` of people, ``wake`` of dispatches under way; ``met_at`` of dispatches
        claimed or attempted in the future is set, and set again only where the clock has gone back
        once more behind it. When to think of people next stays: see ``look_at_everybody``.
        """
        sql, seconds = self._sql, to_seconds(now)
        for put_right in (sql.put_back_settings, sql.meet_dispatches, sql.wake_dispatches):
            put_right(now=seconds)

    def computed_with(self, cache: str, version: str) -> bool:
        """Note with which version of its source a cache is computed from now on.

        True where it was computed with another one so far; False the first time.
        """
        row = self._sql.get_version_computed_with(cache=cache)
        if row is not None and row["version"] == version:
            return False
        self._sql.set_version_computed_with(cache=cache, version=version)
        return row is not None

    def saw(self, now: datetime) -> timedelta | None:
        """Note what time it is by a worker's clock; return how long ago that was done last.

        Less than nothing where a clock was ahead of this one; None where it never was.
        """
        row = self._sql.get_version_computed_with(cache=_CLOCK)
        self._sql.set_version_computed_with(cache=_CLOCK, version=str(to_seconds(now)))
        return None if row is None else now - to_moment(int(row["version"]))

    def look_at_everybody(self) -> int:
        """Have the worker think at once of all whom it is to think of later; return how many."""
        return int(self._sql.look_at_everybody())


def to_dispatch(row: Row) -> Dispatch:
    """Read a row by its places: by names it takes twice as long, and hundreds are taken at once."""
    # In the order of the table, to which a later migration adds behind these.
    owner, number, kind, epoch, day, client, week, claimed_at, met_at, not_after, *rest = row
    doubtful, attempted_at, not_before, wake, holder, lease, carried, message, ending, *_ = rest
    return Dispatch(
        owner=Owner(owner),
        number=DispatchNumber(number),
        kind=DispatchKind(kind),
        epoch=epoch,
        day=date.fromisoformat(day),
        claimed_at=to_moment(claimed_at),
        not_after=to_moment(not_after),
        wake=to_moment(wake),
        holder=holder,
        lease=to_moment(lease),
        client=None if client is None else ClientNumber(client),
        week=to_date_or_none(week),
        met_at=to_moment_or_none(met_at),
        doubtful=doubtful,
        attempted_at=to_moment_or_none(attempted_at),
        not_before=to_moment_or_none(not_before),
        carried=tuple(carried.split()),
        message=message,
        ending=ending,
    )
