"""The person."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from storage.records import Census, Export, Gender, Owner, Person
from storage.rows.assessments import AssessmentRows
from storage.rows.clients import ClientRows
from storage.rows.details import DetailRows
from storage.rows.facts import FactRows
from storage.rows.letters import LetterRows
from storage.rows.plans import PlanRows
from storage.rows.promises import PromiseRows
from storage.rows.reminders import ReminderRows
from storage.rows.reports import ReportRows
from storage.rows.scratch import ScratchRows
from storage.rows.updates import UpdateRows
from storage.secrets.cipher import Place
from storage.session import Desk, to_moment, to_moment_or_none, to_seconds, to_seconds_or_none

if TYPE_CHECKING:
    import sqlite3


class Unread(Enum):
    """Stands for a row that was not read yet."""

    YET = auto()


UNREAD: Final = Unread.YET


class PeopleRows:
    """``storage.protocols.People``."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        """Work at ``desk`` for ``owner``."""
        self._desk = desk
        self._owner = owner
        self._signature = Place(owner, "people", "signature")
        self._read: sqlite3.Row | Unread | None = UNREAD
        """The row as this step has read it: it is looked at again when it is written."""

    def get(self) -> Person:
        """See ``People.get``."""
        row = self._row()
        if row is None:
            return Person(self._owner)
        return Person(
            owner=self._owner,
            language=row["language"],
            zone=row["zone"],
            team=bool(row["team"]),
            gender=Gender(row["gender"]),
            signature=self._desk.open(self._signature, row["signature"]),
            place=row["place"],
            live_message=row["live_message"],
            since=to_moment(row["since"]),
            discreet=bool(row["discreet"]),
            reachable=row["reachable"] != 0,
            exported_at=to_moment_or_none(row["exported_at"]),
            invited_at=to_moment_or_none(row["invited_at"]),
        )

    def save(self, person: Person) -> None:
        """See ``People.save``."""
        if person.owner != self._owner:
            raise ValueError("this is another person's memory")
        if person.since is None:
            raise ValueError("a stored person has a first day")
        desk = self._desk
        stored = self._row() if self._read is UNREAD else self._read
        if stored is None:
            desk.cipher.add_person(self._owner)
        signature, zone = (None, None) if stored is None else (stored["signature"], stored["zone"])
        desk.sql.save_person(
            desk.connection,
            owner=self._owner,
            language=person.language,
            zone=person.zone,
            team=int(person.team),
            gender=person.gender,
            signature=desk.reseal(self._signature, person.signature, signature),
            place=person.place,
            live_message=person.live_message,
            since=to_seconds(person.since),
            discreet=int(person.discreet),
            exported_at=to_seconds_or_none(person.exported_at),
        )
        self._read = UNREAD
        if person.zone != zone:
            desk.look_again(self._owner)

    def moved(self, live_message: int) -> None:
        """See ``People.moved``."""
        self._desk.sql.move_person(
            self._desk.connection, owner=self._owner, live_message=live_message
        )

    def census(self) -> Census:
        """See ``People.census``."""
        row = self._desk.sql.count_stored(self._desk.connection, owner=self._owner)
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

    def export(self) -> Export:
        """See ``People.export``."""
        desk, owner = self._desk, self._owner
        scratch = ScratchRows(desk, owner)
        updates = UpdateRows(desk)
        reminders = ReminderRows(desk, owner)
        return Export(
            person=self.get(),
            clients=ClientRows(desk, owner).all(),
            assessments=AssessmentRows(desk, owner).all(),
            actions=PlanRows(desk, owner).all(),
            facts=FactRows(desk, owner).all(),
            letters=LetterRows(desk, owner).all(),
            promises=PromiseRows(desk, owner).all(),
            reports=ReportRows(desk, owner).all(),
            reminding=reminders.stored(),
            rhythms=reminders.all_rhythms(),
            cycles=reminders.all_cycles(),
            dispatches=reminders.all_dispatches(),
            details=DetailRows(desk, owner).all(),
            authors=DetailRows(desk, owner).authors(),
            prompt=scratch.stored_prompt(),
            held=scratch.stored_held(),
            updates=updates.parked_of(owner),
            put_aside=updates.put_aside_of(owner),
        )

    def erase(self) -> None:
        """See ``People.erase``."""
        desk, owner = self._desk, self._owner
        for erase in (
            desk.sql.erase_person,
            desk.sql.erase_promises,
            desk.sql.erase_counters,
            desk.sql.erase_pending,
            desk.sql.erase_put_aside,
            desk.sql.clear_prompt,
            desk.sql.clear_held,
            # The key lies in another file and goes once this is committed: see MemoryRows.settle.
            desk.sql.note_erasure,
        ):
            erase(desk.connection, owner=owner)

    def _row(self) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._desk.sql.get_person(
            self._desk.connection, owner=self._owner
        )
        self._read = row
        return row
