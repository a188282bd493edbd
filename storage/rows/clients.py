"""Clients."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from storage.errors import NotFound
from storage.records import Client, ClientNumber
from storage.secrets.cipher import Place
from storage.session import (
    Rows,
    to_answers,
    to_moment,
    to_moment_or_none,
    to_seconds,
    to_seconds_or_none,
)
from storage.statements import Row

MOST_CLIENTS: Final = 300
"""Of one person, archived ones included: every list of them is read at almost every tap."""


class ClientRows(Rows):
    """The clients of one person. Deleted ones are found by ``get`` only."""

    def add(self, name: str, now: datetime, *, prospect: bool = False) -> Client:
        """Add a client, or who may become one, and the person's row where there is none yet.

        May raise ``Full``.
        """
        since = to_seconds(now)
        self._session.ensure_person(since)
        number = ClientNumber(self._session.next_number("client"))
        self._session.require_room("clients", number, MOST_CLIENTS, self._sql.count_clients)
        self._sql.add_client(
            number=number,
            name=self._session.seal(self._place("name", number), name),
            since=since,
            prospect=int(prospect),
        )
        return Client(number=number, name=name, note="", since=to_moment(since), prospect=prospect)

    def get(self, number: ClientNumber) -> Client | None:
        """Return the client, also an archived or deleted one, or None."""
        row = self._row(number)
        return None if row is None else self._client(row)

    def list(self, *, archived: bool = False) -> tuple[Client, ...]:
        """Return the clients not deleted, by number: the archived, prospects too, or the others."""
        query = self._sql.list_archived_clients if archived else self._sql.list_clients
        return tuple(map(self._client, query()))

    def prospects(self) -> tuple[Client, ...]:
        """Return those with whom nothing is signed yet, by number; none archived or deleted."""
        return tuple(map(self._client, self._sql.list_prospects()))

    def present(self) -> tuple[Client, ...]:
        """Return those who are not archived: clients, then prospects."""
        return (*self.list(), *self.prospects())

    def everyone(self) -> tuple[Client, ...]:
        """Return all that are not deleted: clients, prospects, and the archived of both."""
        return (*self.present(), *self.list(archived=True))

    def all(self) -> tuple[Client, ...]:
        """Return every client, also archived and deleted ones."""
        rows = self._sql.list_all_clients()
        return tuple(map(self._client, rows))

    def save(self, client: Client) -> None:
        """Write all but the number and ``since``; ``NotFound`` for an unknown client."""
        number = client.number
        stored = self._row(number)
        if stored is None:
            raise NotFound(f"client {number}")
        archived_at = to_seconds_or_none(client.archived_at)
        deleted_at = to_seconds_or_none(client.deleted_at)
        self._sql.save_client(
            number=number,
            name=self._session.reseal(self._place("name", number), client.name, stored["name"]),
            note=self._session.reseal(self._place("note", number), client.note, stored["note"]),
            archived_at=archived_at,
            deleted_at=deleted_at,
            prospect=int(client.prospect),
            beforehand=" ".join(
                f"{question}:{option}" for question, option in client.beforehand.items()
            ),
        )
        if (archived_at, deleted_at) != (stored["archived_at"], stored["deleted_at"]):
            self._session.look_again()

    def _row(self, number: ClientNumber) -> Row | None:
        row: Row | None = self._sql.get_client(number=number)
        return row

    def _client(self, row: Row) -> Client:
        number = ClientNumber(row["number"])
        return Client(
            number=number,
            name=self._session.open(self._place("name", number), row["name"]),
            note=self._session.open(self._place("note", number), row["note"]),
            since=to_moment(row["since"]),
            archived_at=to_moment_or_none(row["archived_at"]),
            deleted_at=to_moment_or_none(row["deleted_at"]),
            prospect=bool(row["prospect"]),
            beforehand=to_answers(row["beforehand"]),
        )

    def _place(self, column: str, number: ClientNumber) -> Place:
        return self._session.place("clients", column, number)
