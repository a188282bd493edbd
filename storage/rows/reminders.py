"""What decides when a person is reminded, and of what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from content.values.weeks import Cycle, CycleState, Rhythm
from storage.errors import Overtaken
from storage.records import ClientNumber, Dispatch, DispatchNumber, Reminding
from storage.rows.dispatches import to_dispatch
from storage.session import (
    Rows,
    from_date_or_none,
    to_date_or_none,
    to_moment,
    to_moment_or_none,
    to_seconds_or_none,
    to_seconds_up_or_none,
)
from storage.statements import Row


class ReminderRows(Rows):
    """What decides when one person is reminded, and of what.

    Every write here, and every write of a promise or an action, of an archived or deleted client or
    of the person's zone, makes the worker think of the person again (``look_again``).
    """

    def get(self) -> Reminding:
        """Return how the person wants to be reminded, the defaults where nothing was stored."""
        return self.stored() or Reminding()

    def stored(self) -> Reminding | None:
        """Return how the person wants to be reminded, None without a row."""
        row = self._sql.get_reminding()
        return None if row is None else _reminding(row)

    def save(self, reminding: Reminding) -> None:
        """Write it; ``NotFound`` for a person without a row."""
        self._session.require_person()
        quiet_from, quiet_to = reminding.quiet or (None, None)
        self._sql.save_reminding(
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
            silent_since=from_date_or_none(reminding.silent_since),
            a_week=reminding.a_week,
        )

    def rhythms(self, today: date) -> tuple[Rhythm, ...]:
        """Return those of clients neither archived nor deleted, by client."""
        rows = self._sql.list_rhythms(today=today.isoformat())
        return tuple(map(_rhythm, rows))

    def rhythm(self, client: ClientNumber, today: date) -> Rhythm | None:
        """Return that of one client, also of an archived one; None before the first choice."""
        row = self._sql.get_rhythm(client=client, today=today.isoformat())
        return None if row is None else _rhythm(row)

    def all_rhythms(self) -> tuple[Rhythm, ...]:
        """Return every rhythm without its cycle, those of deleted clients too."""
        rows = self._sql.list_all_rhythms()
        return tuple(_rhythm_alone(row) for row in rows)

    def set_rhythm(self, rhythm: Rhythm) -> None:
        """Write weekday, since and paused_until; ``NotFound`` for an unknown client."""
        self._session.require_client(ClientNumber(rhythm.client))
        self._sql.set_rhythm(
            client=rhythm.client,
            weekday=rhythm.weekday,
            since=rhythm.since.isoformat(),
            paused_until=from_date_or_none(rhythm.paused_until),
        )
        self.look_again()

    def cycle(self, client: ClientNumber, day: date) -> Cycle | None:
        """Return one cycle, or None."""
        row = self._sql.get_cycle(client=client, day=day.isoformat())
        return None if row is None else _cycle(row)

    def cycles(self, client: ClientNumber) -> tuple[Cycle, ...]:
        """Return all cycles of a client, newest first."""
        rows = self._sql.list_cycles(client=client)
        return tuple(map(_cycle, rows))

    def all_cycles(self) -> dict[ClientNumber, tuple[Cycle, ...]]:
        """Return every cycle by client, those of deleted clients too."""
        found: dict[ClientNumber, tuple[Cycle, ...]] = {}
        for row in self._sql.list_all_cycles():
            client = ClientNumber(row["client"])
            found[client] = (*found.get(client, ()), _cycle(row))
        return found

    def save_cycle(self, client: ClientNumber, cycle: Cycle, read: Cycle | None) -> None:
        """Write a client's cycle that was read as ``read`` (None: there was none).

        Raises ``Overtaken`` where the stored one has another ``rev`` by now; ``NotFound`` for an
        unknown client.
        """
        self._session.require_client(client)
        columns = {
            "client": client,
            "day": cycle.day.isoformat(),
            "open_since": cycle.open_since.isoformat(),
            "state": cycle.state,
            "snoozed_until": from_date_or_none(cycle.snoozed_until),
            "again_at": to_seconds_up_or_none(cycle.again_at),
            "closed_at": to_seconds_or_none(cycle.closed_at),
            "rev": cycle.rev,
        }
        if read is None:
            written = self._sql.add_cycle(**columns)
        else:
            written = self._sql.change_cycle(read=read.rev, **columns)
        if int(written) != 1:
            raise Overtaken(f"cycle {cycle.day} of client {client}")
        self.look_again()

    def dispatches(self, since: date) -> tuple[Dispatch, ...]:
        """Return what the coach sent by itself for dates from ``since`` on, by number."""
        rows = self._sql.list_dispatches(since=since.isoformat())
        return tuple(map(to_dispatch, rows))

    def all_dispatches(self) -> tuple[Dispatch, ...]:
        """Return everything that the coach sent by itself and still knows of."""
        rows = self._sql.list_all_dispatches()
        return tuple(map(to_dispatch, rows))

    def last_attempt(self, other_than: DispatchNumber) -> datetime:
        """Return when another dispatch was last called for, up to a second later than it was.

        The beginning of time where none was.
        """
        (at,) = self._sql.last_attempt(number=other_than)
        return to_moment(at or 0)

    def adopt(self, number: DispatchNumber, message: int) -> int | None:
        """Note which message of a dispatch the person uses; return the one known before.

        Nothing, and None, for an unknown dispatch. The worker need not think of it.
        """
        row = self._sql.get_dispatch(number=number)
        if row is None:
            return None
        self._sql.adopt_message(number=number, message=message)
        known: int | None = row["message"]
        return known

    def look_again(self) -> None:
        """Have the worker think of the person at once; nothing for a person without a row."""
        self._session.look_again()


def _reminding(row: Row) -> Reminding:
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
        silent_since=to_date_or_none(row["silent_since"]),
        a_week=row["a_week"],
    )


def _rhythm(row: Row) -> Rhythm:
    return replace(
        _rhythm_alone(row),
        cycle=None if row["day"] is None else _cycle(row),
        reported=to_date_or_none(row["reported"]),
        written=to_date_or_none(row["written"]),
    )


def _rhythm_alone(row: Row) -> Rhythm:
    return Rhythm(
        client=row["client"],
        weekday=row["weekday"],
        since=date.fromisoformat(row["since"]),
        paused_until=to_date_or_none(row["paused_until"]),
    )


def _cycle(row: Row) -> Cycle:
    return Cycle(
        day=date.fromisoformat(row["day"]),
        open_since=date.fromisoformat(row["open_since"]),
        state=CycleState(row["state"]),
        snoozed_until=to_date_or_none(row["snoozed_until"]),
        again_at=to_moment_or_none(row["again_at"]),
        closed_at=to_moment_or_none(row["closed_at"]),
        rev=row["rev"],
    )


def _from_time(at: time) -> str:
    return at.isoformat("minutes")
