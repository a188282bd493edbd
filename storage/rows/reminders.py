"""What decides when a person is reminded, and of what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

from storage.protocols import Overtaken
from storage.records import (
    ClientNumber,
    Cycle,
    Dispatch,
    DispatchNumber,
    Owner,
    Reminding,
    Rhythm,
)
from storage.rows.dispatches import to_dispatch
from storage.session import (
    Desk,
    from_date_or_none,
    to_date_or_none,
    to_moment_or_none,
    to_seconds_or_none,
    to_seconds_up_or_none,
)

if TYPE_CHECKING:
    import sqlite3


class ReminderRows:
    """``storage.protocols.Reminders``."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        """Work at ``desk`` for ``owner``."""
        self._desk = desk
        self._owner = owner

    def get(self) -> Reminding:
        """See ``Reminders.get``."""
        return self.stored() or Reminding()

    def stored(self) -> Reminding | None:
        """Return how the person wants to be reminded, None without a row."""
        row = self._desk.sql.get_reminding(self._desk.connection, owner=self._owner)
        return None if row is None else _reminding(row)

    def save(self, reminding: Reminding) -> None:
        """See ``Reminders.save``."""
        desk, owner = self._desk, self._owner
        desk.require_person(owner)
        quiet_from, quiet_to = reminding.quiet or (None, None)
        desk.sql.save_reminding(
            desk.connection,
            owner=owner,
            remind_at=_from_time(reminding.remind_at),
            quiet_from=None if quiet_from is None else _from_time(quiet_from),
            quiet_to=None if quiet_to is None else _from_time(quiet_to),
            weekdays_only=int(reminding.weekdays_only),
            holidays=reminding.holidays,
            weekday=reminding.weekday,
            epoch=reminding.epoch,
            effective_from=to_seconds_up_or_none(reminding.effective_from),
            away_until=from_date_or_none(reminding.away_until),
            reachable=int(reminding.reachable),
        )

    def rhythms(self, today: date) -> tuple[Rhythm, ...]:
        """See ``Reminders.rhythms``."""
        rows = self._desk.sql.list_rhythms(
            self._desk.connection, owner=self._owner, today=today.isoformat()
        )
        return tuple(map(_rhythm, rows))

    def rhythm(self, client: ClientNumber, today: date) -> Rhythm | None:
        """See ``Reminders.rhythm``."""
        row = self._desk.sql.get_rhythm(
            self._desk.connection, owner=self._owner, client=client, today=today.isoformat()
        )
        return None if row is None else _rhythm(row)

    def all_rhythms(self) -> tuple[Rhythm, ...]:
        """Return every rhythm without its cycle, those of deleted clients too."""
        rows = self._desk.sql.list_all_rhythms(self._desk.connection, owner=self._owner)
        return tuple(_rhythm_alone(row) for row in rows)

    def set_rhythm(self, rhythm: Rhythm) -> None:
        """See ``Reminders.set_rhythm``."""
        desk, owner = self._desk, self._owner
        desk.require_client(owner, rhythm.client)
        desk.sql.set_rhythm(
            desk.connection,
            owner=owner,
            client=rhythm.client,
            weekday=rhythm.weekday,
            since=rhythm.since.isoformat(),
            paused_until=from_date_or_none(rhythm.paused_until),
        )
        self.look_again()

    def cycle(self, client: ClientNumber, day: date) -> Cycle | None:
        """See ``Reminders.cycle``."""
        row = self._desk.sql.get_cycle(
            self._desk.connection, owner=self._owner, client=client, day=day.isoformat()
        )
        return None if row is None else _cycle(row)

    def cycles(self, client: ClientNumber) -> tuple[Cycle, ...]:
        """See ``Reminders.cycles``."""
        rows = self._desk.sql.list_cycles(self._desk.connection, owner=self._owner, client=client)
        return tuple(map(_cycle, rows))

    def all_cycles(self) -> tuple[Cycle, ...]:
        """Return every cycle, those of deleted clients too."""
        rows = self._desk.sql.list_all_cycles(self._desk.connection, owner=self._owner)
        return tuple(map(_cycle, rows))

    def save_cycle(self, cycle: Cycle, read: Cycle | None) -> None:
        """See ``Reminders.save_cycle``."""
        desk, owner = self._desk, self._owner
        desk.require_client(owner, cycle.client)
        columns = {
            "owner": owner,
            "client": cycle.client,
            "day": cycle.day.isoformat(),
            "open_since": cycle.open_since.isoformat(),
            "state": cycle.state,
            "snoozed_until": from_date_or_none(cycle.snoozed_until),
            "again_at": to_seconds_up_or_none(cycle.again_at),
            "closed_at": to_seconds_or_none(cycle.closed_at),
            "rev": cycle.rev,
        }
        if read is None:
            written = desk.sql.add_cycle(desk.connection, **columns)
        else:
            written = desk.sql.change_cycle(desk.connection, read=read.rev, **columns)
        if written != 1:
            raise Overtaken(f"cycle {cycle.day} of client {cycle.client}")
        self.look_again()

    def dispatches(self, since: date) -> tuple[Dispatch, ...]:
        """See ``Reminders.dispatches``."""
        rows = self._desk.sql.list_dispatches(
            self._desk.connection, owner=self._owner, since=since.isoformat()
        )
        return tuple(map(to_dispatch, rows))

    def all_dispatches(self) -> tuple[Dispatch, ...]:
        """Return everything that the coach sent by itself and still knows of."""
        rows = self._desk.sql.list_all_dispatches(self._desk.connection, owner=self._owner)
        return tuple(map(to_dispatch, rows))

    def adopt(self, number: DispatchNumber, message: int) -> int | None:
        """See ``Reminders.adopt``."""
        desk, owner = self._desk, self._owner
        row = desk.sql.get_dispatch(desk.connection, owner=owner, number=number)
        if row is None:
            return None
        desk.sql.adopt_message(desk.connection, owner=owner, number=number, message=message)
        known: int | None = row["message"]
        return known

    def look_again(self) -> None:
        """See ``Reminders.look_again``."""
        self._desk.look_again(self._owner)


def _reminding(row: sqlite3.Row) -> Reminding:
    quiet_from, quiet_to = row["quiet_from"], row["quiet_to"]
    return Reminding(
        remind_at=time.fromisoformat(row["remind_at"]),
        quiet=(
            None
            if quiet_from is None or quiet_to is None
            else (time.fromisoformat(quiet_from), time.fromisoformat(quiet_to))
        ),
        weekdays_only=bool(row["weekdays_only"]),
        holidays=row["holidays"],
        weekday=row["weekday"],
        epoch=row["epoch"],
        effective_from=to_moment_or_none(row["effective_from"]),
        away_until=to_date_or_none(row["away_until"]),
        reachable=bool(row["reachable"]),
    )


def _rhythm(row: sqlite3.Row) -> Rhythm:
    rhythm = _rhythm_alone(row)
    return rhythm if row["day"] is None else replace(rhythm, cycle=_cycle(row))


def _rhythm_alone(row: sqlite3.Row) -> Rhythm:
    return Rhythm(
        client=ClientNumber(row["client"]),
        weekday=row["weekday"],
        since=date.fromisoformat(row["since"]),
        paused_until=to_date_or_none(row["paused_until"]),
    )


def _cycle(row: sqlite3.Row) -> Cycle:
    return Cycle(
        client=ClientNumber(row["client"]),
        day=date.fromisoformat(row["day"]),
        open_since=date.fromisoformat(row["open_since"]),
        state=row["state"],
        snoozed_until=to_date_or_none(row["snoozed_until"]),
        again_at=to_moment_or_none(row["again_at"]),
        closed_at=to_moment_or_none(row["closed_at"]),
        rev=row["rev"],
    )


def _from_time(at: time) -> str:
    return at.isoformat("minutes")
