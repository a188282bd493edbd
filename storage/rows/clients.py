"""Clients."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from storage.errors import NotFound
from storage.records import AssessmentNumber, Client, ClientNumber
from storage.session import Rows, to_moment, to_seconds
from storage.statements import Row
from storage.tables import Table

CLIENTS = Table("clients", Client)
MOST_CLIENTS: Final = 300
"""Of one person, archived ones included: every list of them is read at almost every tap."""


class ClientRows(Rows):
    """The clients of one person. Deleted ones are found by ``get`` only."""

    _expected: Callable[[], Row | None] | None = None
    """The one that was asked for ahead or read last, until any is written."""

    def add(self, name: str, now: datetime, *, prospect: bool = False) -> Client:
        """Add a client, or who may become one, and the person's row where there is none yet.

        May raise ``Full``.
        """
        since = to_seconds(now)
        self._session.ensure_person(since)
        number = ClientNumber(self._session.next_number("client"))
        self._session.require_room("clients", number, MOST_CLIENTS, self._sql.count_clients)
        client = Client(number, name, note="", since=to_moment(since), prospect=prospect)
        self._sql.add_client(**CLIENTS.columns(self._session, client))
        return client

    def expect_of(self, assessment: AssessmentNumber) -> None:
        """Ask for the client of an assessment, who is going to be read."""
        self._expected = self._session.expect("get_client_of", assessment=assessment)

    def get(self, number: ClientNumber) -> Client | None:
        """Return the client, also an archived or deleted one, or None."""
        return CLIENTS.one(self._session, self._row(number))

    def expect_archived(self) -> None:
        """Ask for the archived ones, who are going to be listed."""
        self._expect("list_archived_clients")

    def list(self, *, archived: bool = False) -> tuple[Client, ...]:
        """Return the clients not deleted, by number: the archived, prospects too, or the others."""
        rows = self._found("list_archived_clients" if archived else "list_clients")
        return CLIENTS.all(self._session, rows)

    def prospects(self) -> tuple[Client, ...]:
        """Return those with whom nothing is signed yet, by number; none archived or deleted."""
        return CLIENTS.all(self._session, self._sql.list_prospects())

    def present(self) -> tuple[Client, ...]:
        """Return those who are not archived: clients, then prospects."""
        return (*self.list(), *self.prospects())

    def everyone(self) -> tuple[Client, ...]:
        """Return all that are not deleted: clients, prospects, and the archived of both."""
        return (*self.present(), *self.list(archived=True))

    def all(self) -> tuple[Client, ...]:
        """Return every client, also archived and deleted ones."""
        return CLIENTS.all(self._session, self._sql.list_all_clients())

    def save(self, client: Client) -> None:
        """Write all but the number and ``since``; ``NotFound`` for an unknown client."""
        stored = self._row(client.number)
        if stored is None:
            raise NotFound(f"client {client.number}")
        columns = CLIENTS.columns(self._session, client, stored)
        self._sql.save_client(**columns)
        self._expected = None
        if any(columns[each] != stored[each] for each in ("archived_at", "deleted_at")):
            self._session.look_again()

    def _row(self, number: ClientNumber) -> Row | None:
        row = self._expected() if self._expected else None
        if row is None or row["number"] != number:
            row = self._sql.get_client(number=number)
            self._expected = lambda: row
        return row
