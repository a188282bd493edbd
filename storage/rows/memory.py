"""All repositories over one connection."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from storage.rows.assessments import AssessmentRows
from storage.rows.clients import ClientRows
from storage.rows.details import DetailRows
from storage.rows.dispatches import DispatchRows
from storage.rows.facts import FactRows
from storage.rows.invitations import InvitationRows
from storage.rows.letters import LetterRows
from storage.rows.people import PeopleRows
from storage.rows.plans import PlanRows
from storage.rows.promises import PromiseRows
from storage.rows.reminders import ReminderRows
from storage.rows.reports import ReportRows
from storage.rows.scratch import ScratchRows
from storage.rows.updates import UpdateRows
from storage.session import Desk, to_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from storage.protocols import (
        Assessments,
        Clients,
        Details,
        Dispatches,
        Facts,
        Invitations,
        Letters,
        Owned,
        People,
        Plans,
        Promises,
        Reminders,
        Reports,
        Scratch,
        Updates,
    )
    from storage.records import Owner
    from storage.secrets.keys import KeyRing

UNDO: Final = timedelta(minutes=10)
"""How long a deleted client or fact can be brought back."""
SEEN: Final = timedelta(days=7)
"""How long the ids of applied updates are kept; Telegram keeps an update for a day."""

ENDED: Final = timedelta(days=14)
"""How long a dispatch that has ended is kept; the schedule looks back three days."""


class OwnedRows:
    """``storage.protocols.Owned``."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        """Work at ``desk`` for ``owner``."""
        self.owner = owner
        self.sealed = desk.cipher.sealing
        self.people: People = PeopleRows(desk, owner)
        self.clients: Clients = ClientRows(desk, owner)
        self.assessments: Assessments = AssessmentRows(desk, owner)
        self.plans: Plans = PlanRows(desk, owner)
        self.details: Details = DetailRows(desk, owner)
        self.facts: Facts = FactRows(desk, owner)
        self.letters: Letters = LetterRows(desk, owner)
        self.promises: Promises = PromiseRows(desk, owner)
        self.reports: Reports = ReportRows(desk, owner)
        self.reminders: Reminders = ReminderRows(desk, owner)
        self.scratch: Scratch = ScratchRows(desk, owner)


class MemoryRows:
    """``storage.protocols.Memory``."""

    def __init__(self, desk: Desk, keys: KeyRing) -> None:
        """Work at ``desk``; ``keys`` are those of its cipher."""
        self._desk = desk
        self._keys = keys
        self.updates: Updates = UpdateRows(desk)
        self.dispatches: Dispatches = DispatchRows(desk)
        self.invitations: Invitations = InvitationRows(desk)

    def of(self, owner: Owner) -> Owned:
        """See ``Memory.of``."""
        return OwnedRows(self._desk, owner)

    def purge(self, now: datetime) -> Mapping[str, int]:
        """See ``Memory.purge``."""
        sql, connection = self._desk.sql, self._desk.connection
        seconds = to_seconds(now)
        return {
            "clients": sql.purge_clients(connection, before=to_seconds(now - UNDO)),
            "facts": sql.purge_facts(connection, before=to_seconds(now - UNDO)),
            "prompts": sql.purge_prompts(connection, before=seconds),
            "held": sql.purge_held(connection, before=seconds),
            "applied_updates": sql.purge_applied_updates(connection, before=to_seconds(now - SEEN)),
            "dispatches": sql.purge_dispatches(connection, before=to_seconds(now - ENDED)),
            "invitations": sql.purge_invitations(connection, before=seconds),
        }

    def probe(self, now: datetime) -> None:
        """See ``Memory.probe``."""
        self._desk.sql.probe(self._desk.connection, now=to_seconds(now))

    def settle(self) -> bool:
        """Delete the keys of the people whose rows are gone; tell whether there were such people.

        To be called outside any transaction.

        Rows and keys lie in two files, so no commit spans them. The rows go first, together with
        a note that more is to follow, then the key, then what both leave in the files, then the
        note (``end_erasures``). A crash in between leaves the note, and the next call ends the
        work. The other order could leave rows that nothing opens after a rollback. A person who
        has rows again, because something was stored right after the erasure, keeps the key.
        """
        sql, connection = self._desk.sql, self._desk.connection
        erased = [owner for (owner,) in sql.list_erasures(connection)]
        for owner in erased:
            (there_again,) = sql.has_rows(connection, owner=owner)
            if not there_again:
                self._keys.forget(owner)
        return bool(erased)

    def end_erasures(self) -> None:
        """Note that nothing is left of the people whose rows are gone.

        To be called outside any transaction, after ``settle`` and once the file is written anew.
        """
        self._desk.sql.end_erasures(self._desk.connection)

    def refresh(self) -> None:
        """See what other processes have changed of the keys; at the beginning of a transaction."""
        self._keys.refresh()
