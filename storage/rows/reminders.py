"""What decides when a person is reminded, and of what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from content.values.weeks import Cycle, Rhythm
from storage.errors import Overtaken
from storage.records import ClientNumber, Dispatch, DispatchNumber, Reminding
from storage.rows.dispatches import to_dispatch
from storage.session import Rows, to_date_or_none, to_moment
from storage.statements import Row
from storage.tables import WAITED_FOR, Form, Table

_AT = Form(lambda at: at.isoformat("minutes"), time.fromisoformat)
REMINDING = Table("people", Reminding, others=("quiet",), remind_at=_AT, effective_from=WAITED_FOR)
RHYTHMS = Table("rhythms", Rhythm, others=("cycle", "reported", "written"))
CYCLES = Table("cycles", Cycle, again_at=WAITED_FOR)


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
        return None if row is None else REMINDING.read(self._session, row, quiet=_quiet(row))

    def save(self, reminding: Reminding) -> None:
        """Write it; ``NotFound`` for a person without a row."""
        self._session.require_person()
        start, end = reminding.quiet or (None, None)
        self._sql.save_reminding(
            quiet_from=start and _AT.stored(start),
            quiet_to=end and _AT.stored(end),
            **REMINDING.columns(self._session, reminding),
        )

    def expect_rhythms(self, today: date) -> None:
        """Ask for what ``rhythms`` is going to return."""
        self._expect("list_rhythms", today=today.isoformat())

    def rhythms(self, today: date) -> tuple[Rhythm, ...]:
        """Return those of clients neither archived nor deleted, by client."""
        rows = self._found("list_rhythms", today=today.isoformat())
        return tuple(map(self._rhythm, rows))

    def rhythm(self, client: ClientNumber, today: date) -> Rhythm | None:
        """Return that of one client, also of an archived one; None before the first choice."""
        row = self._sql.get_rhythm(client=client, today=today.isoformat())
        return None if row is None else self._rhythm(row)

    def all_rhythms(self) -> tuple[Rhythm, ...]:
        """Return every rhythm without its cycle, those of deleted clients too."""
        return RHYTHMS.all(self._session, self._sql.list_all_rhythms())

    def set_rhythm(self, rhythm: Rhythm) -> None:
        """Write weekday, since and paused_until; ``NotFound`` for an unknown client."""
        self._session.require_client(ClientNumber(rhythm.client))
        self._sql.set_rhythm(**RHYTHMS.columns(self._session, rhythm))
        self.look_again()

    def cycle(self, client: ClientNumber, day: date) -> Cycle | None:
        return CYCLES.one(self._session, self._sql.get_cycle(client=client, day=day.isoformat()))

    def cycles(self, client: ClientNumber) -> tuple[Cycle, ...]:
        """Return all cycles of a client, newest first."""
        return CYCLES.all(self._session, self._sql.list_cycles(client=client))

    def all_cycles(self) -> dict[ClientNumber, tuple[Cycle, ...]]:
        """Return every cycle by client, those of deleted clients too."""
        found: dict[ClientNumber, tuple[Cycle, ...]] = {}
        for row in self._sql.list_all_cycles():
            client = ClientNumber(row["client"])
            found[client] = (*found.get(client, ()), CYCLES.read(self._session, row))
        return found

    def save_cycle(self, client: ClientNumber, cycle: Cycle, read: Cycle | None) -> None:
        """Write a client's cycle that was read as ``read`` (None: there was none).

        Raises ``Overtaken`` where the stored one has another ``rev`` by now; ``NotFound`` for an
        unknown client.
        """
        self._session.require_client(client)
        columns = CYCLES.columns(self._session, cycle)
        if read is None:
            written = self._sql.add_cycle(client=client, **columns)
        else:
            written = self._sql.change_cycle(client=client, read=read.rev, **columns)
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

    def _rhythm(self, row: Row) -> Rhythm:
        return replace(
            RHYTHMS.read(self._session, row),
            cycle=None if row["day"] is None else CYCLES.read(self._session, row),
            reported=to_date_or_none(row["reported"]),
            written=to_date_or_none(row["written"]),
        )


def _quiet(row: Row) -> tuple[time, time] | None:
    start, end = row["quiet_from"], row["quiet_to"]
    return None if start is None or end is None else (_AT.read(start), _AT.read(end))
