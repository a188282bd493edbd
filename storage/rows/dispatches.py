"""The messages that the coach sends by itself, and whom it is to think of next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from storage.records import (
    ClientNumber,
    Dispatch,
    DispatchKind,
    DispatchNumber,
    Owner,
)
from storage.session import (
    Desk,
    from_date_or_none,
    to_date_or_none,
    to_moment,
    to_moment_or_none,
    to_seconds,
    to_seconds_or_none,
    to_seconds_up,
    to_seconds_up_or_none,
)

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime, timedelta


class DispatchRows:
    """``storage.protocols.Dispatches``."""

    def __init__(self, desk: Desk) -> None:
        """Work at ``desk``."""
        self._desk = desk

    def people(self, now: datetime, limit: int) -> tuple[Owner, ...]:
        """See ``Dispatches.people``."""
        rows = self._desk.sql.list_people_to_look_at(
            self._desk.connection, now=to_seconds(now), most=limit
        )
        return tuple(Owner(owner) for (owner,) in rows)

    def look_at(self, owner: Owner, at: datetime | None) -> None:
        """See ``Dispatches.look_at``."""
        self._desk.sql.look_at(
            self._desk.connection, owner=owner, next_look=to_seconds_up_or_none(at)
        )

    def claim(self, dispatch: Dispatch) -> Dispatch | None:
        """See ``Dispatches.claim``."""
        desk, owner = self._desk, dispatch.owner
        desk.require_person(owner)
        number = DispatchNumber(desk.next_number(owner, "dispatch"))
        added = desk.sql.add_dispatch(
            desk.connection,
            kind=dispatch.kind,
            epoch=dispatch.epoch,
            day=dispatch.day.isoformat(),
            **_changing(replace(dispatch, number=number)),
        )
        return self.get(owner, number) if added == 1 else None

    def take(
        self, holder: str, now: datetime, lease: timedelta, limit: int
    ) -> tuple[Dispatch, ...]:
        """See ``Dispatches.take``."""
        sql, connection = self._desk.sql, self._desk.connection
        until = to_seconds(now + lease)
        rows = sql.list_dispatches_to_take(
            connection, now=to_seconds(now), longest=until, holder=holder, most=limit
        )
        ends = to_moment(until)
        taken = [
            replace(to_dispatch(row), holder=holder, lease=ends, wake=ends) for row in list(rows)
        ]
        for each in taken:
            sql.take_dispatch(
                connection, owner=each.owner, number=each.number, holder=holder, lease=until
            )
        return tuple(taken)

    def get(self, owner: Owner, number: DispatchNumber) -> Dispatch | None:
        """See ``Dispatches.get``."""
        row = self._desk.sql.get_dispatch(self._desk.connection, owner=owner, number=number)
        return None if row is None else to_dispatch(row)

    def save(self, dispatch: Dispatch) -> bool:
        """See ``Dispatches.save``."""
        saved: int = self._desk.sql.save_dispatch(self._desk.connection, **_changing(dispatch))
        return saved == 1

    def next_wake(self) -> datetime | None:
        """See ``Dispatches.next_wake``."""
        sql, connection = self._desk.sql, self._desk.connection
        (look,), (wake,) = sql.next_look(connection), sql.next_wake(connection)
        return min((to_moment(each) for each in (look, wake) if each is not None), default=None)

    def clock_put_right(self, now: datetime) -> None:
        """See ``Dispatches.clock_put_right``."""
        sql, seconds = self._desk.sql, to_seconds(now)
        for put_right in (sql.put_back_settings, sql.meet_dispatches, sql.wake_dispatches):
            put_right(self._desk.connection, now=seconds)

    def computed_with(self, cache: str, version: str) -> bool:
        """See ``Dispatches.computed_with``."""
        sql, connection = self._desk.sql, self._desk.connection
        row = sql.get_version_computed_with(connection, cache=cache)
        if row is not None and row["version"] == version:
            return False
        sql.set_version_computed_with(connection, cache=cache, version=version)
        return row is not None

    def look_at_everybody(self) -> int:
        """See ``Dispatches.look_at_everybody``."""
        moved: int = self._desk.sql.look_at_everybody(self._desk.connection)
        return moved


def to_dispatch(row: sqlite3.Row) -> Dispatch:
    """Return the dispatch of a row."""
    return Dispatch(
        owner=Owner(row["owner"]),
        number=DispatchNumber(row["number"]),
        kind=DispatchKind(row["kind"]),
        epoch=row["epoch"],
        day=date.fromisoformat(row["day"]),
        claimed_at=to_moment(row["claimed_at"]),
        not_after=to_moment(row["not_after"]),
        wake=to_moment(row["wake"]),
        holder=row["holder"],
        lease=to_moment(row["lease"]),
        client=None if row["client"] is None else ClientNumber(row["client"]),
        week=to_date_or_none(row["week"]),
        met_at=to_moment_or_none(row["met_at"]),
        doubtful=row["doubtful"],
        attempted_at=to_moment_or_none(row["attempted_at"]),
        not_before=to_moment_or_none(row["not_before"]),
        carried=tuple(row["carried"].split()),
        message=row["message"],
        ending=row["ending"],
    )


def _changing(dispatch: Dispatch) -> dict[str, str | int | None]:
    """Return the key and the columns that change."""
    return {
        "owner": dispatch.owner,
        "number": dispatch.number,
        "client": dispatch.client,
        "week": from_date_or_none(dispatch.week),
        "claimed_at": to_seconds(dispatch.claimed_at),
        "met_at": to_seconds_or_none(dispatch.met_at),
        "not_after": to_seconds(dispatch.not_after),
        "doubtful": dispatch.doubtful,
        "attempted_at": to_seconds_up_or_none(dispatch.attempted_at),
        "not_before": to_seconds_up_or_none(dispatch.not_before),
        "wake": to_seconds_up(dispatch.wake),
        "holder": dispatch.holder,
        "lease": to_seconds(dispatch.lease),
        "carried": " ".join(dispatch.carried),
        "message": dispatch.message,
        "ending": dispatch.ending,
    }
