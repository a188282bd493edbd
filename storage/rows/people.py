"""The person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto
from typing import Final

from storage.records import Census, Person
from storage.session import OwnedSession, Rows, to_seconds
from storage.statements import Row
from storage.tables import Table

PEOPLE = Table("people", Person, others=("owner", "reachable", "awaited"))


class Unread(Enum):
    """Stands for a row that was not read yet."""

    YET = auto()


UNREAD: Final = Unread.YET


class PeopleRows(Rows):
    """The one person whose memory this is."""

    def __init__(self, session: OwnedSession) -> None:
        """Work with what is ``session.owner``'s."""
        super().__init__(session)
        self._read: Row | Unread | None = UNREAD
        """The row as this step has read it: it is looked at again when it is written."""
        self._expected: Callable[[], Row | None] | None = None

    def expect(self) -> None:
        """Ask for the person, who is going to be read."""
        self._expected = self._session.expect("get_person")

    def get(self) -> Person:
        """Return the person, with the defaults where nothing was ever stored."""
        row = self._row()
        if row is None:
            return Person(self._session.owner)
        self._session.asked = bool(row["asked"])
        return PEOPLE.read(
            self._session,
            row,
            owner=self._session.owner,
            reachable=row["reachable"] != 0,
            awaited=row["silent_since"] is not None,
        )

    def save(self, person: Person) -> None:
        """Write everything but ``invited_at``; ``since`` must be set."""
        if person.owner != self._session.owner:
            raise ValueError("this is another person's memory")
        if person.since is None:
            raise ValueError("a stored person has a first day")
        stored = self._row() if self._read is UNREAD else self._read
        if stored is None:
            self._session.cipher.add_person(self._session.owner)
        self._sql.save_person(**PEOPLE.columns(self._session, person, stored))
        self._read = UNREAD
        if person.zone != (stored and stored["zone"]):
            self._session.look_again()

    def exported(self, at: datetime) -> None:
        """Note when everything was handed out; nothing for a person without a row."""
        self._sql.note_export(exported_at=to_seconds(at))

    def stand(self, place: str | None, live_message: int | None) -> None:
        """Note which screen shows, and where; nothing for a person without a row."""
        self._sql.stand_person(place=place, live_message=live_message)

    def moved(self, live_message: int) -> None:
        """Note that another message shows the screen now; nothing for a person without a row."""
        self._sql.move_person(live_message=live_message)

    def census(self) -> Census:
        """Count what is stored (deleted clients do not count)."""
        row = self._sql.count_stored()
        return Census(
            clients=row["clients"],
            assessments=row["assessments"],
            answers=row["answers"],
            notes=row["client_notes"] + row["answer_notes"],
            actions=row["actions"],
            facts=row["facts"],
            letters=row["letters"],
            reports=row["reports"],
        )

    def erase(self, now: datetime) -> None:
        """Delete every row of the person in every table, and, with the commit, their keys.

        Numbers begin at 1 again. What the deleted rows leave in the files is gone soon after, or
        when the storage is closed.
        """
        sql = self._sql
        for erase in (
            sql.erase_judgings,  # by the seats, which go with the person
            sql.erase_person,
            sql.erase_promises,
            sql.erase_counters,
            sql.erase_pending,
            sql.erase_put_aside,
            sql.erase_allowance,
            sql.clear_prompt,
            sql.clear_held,
        ):
            erase()
        self._session.cipher.erase_person(self._session.owner, to_seconds(now))

    def _row(self) -> Row | None:
        expected, self._expected = self._expected, None
        row: Row | None = expected() if expected else self._sql.get_person()
        self._read = row
        return row
