"""Clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.protocols import NotFound
from storage.records import Client, ClientNumber, Owner
from storage.secrets.cipher import Place
from storage.session import (
    Desk,
    to_moment,
    to_moment_or_none,
    to_seconds,
    to_seconds_or_none,
)

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime


class ClientRows:
    """``storage.protocols.Clients``."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        """Work at ``desk`` for ``owner``."""
        self._desk = desk
        self._owner = owner

    def add(self, name: str, now: datetime) -> Client:
        """See ``Clients.add``."""
        desk, owner = self._desk, self._owner
        since = to_seconds(now)
        desk.ensure_person(owner, since)
        number = ClientNumber(desk.next_number(owner, "client"))
        desk.sql.add_client(
            desk.connection,
            owner=owner,
            number=number,
            name=desk.seal(self._place("name", number), name),
            since=since,
        )
        return Client(number=number, name=name, note="", since=to_moment(since))

    def get(self, number: ClientNumber) -> Client | None:
        """See ``Clients.get``."""
        row = self._row(number)
        return None if row is None else self._client(row)

    def list(self, *, archived: bool = False) -> tuple[Client, ...]:
        """See ``Clients.list``."""
        sql = self._desk.sql
        query = sql.list_archived_clients if archived else sql.list_clients
        return tuple(map(self._client, query(self._desk.connection, owner=self._owner)))

    def all(self) -> tuple[Client, ...]:
        """Return every client, also archived and deleted ones."""
        rows = self._desk.sql.list_all_clients(self._desk.connection, owner=self._owner)
        return tuple(map(self._client, rows))

    def save(self, client: Client) -> None:
        """See ``Clients.save``."""
        desk, number = self._desk, client.number
        stored = self._row(number)
        if stored is None:
            raise NotFound(f"client {number}")
        archived_at = to_seconds_or_none(client.archived_at)
        deleted_at = to_seconds_or_none(client.deleted_at)
        desk.sql.save_client(
            desk.connection,
            owner=self._owner,
            number=number,
            name=desk.reseal(self._place("name", number), client.name, stored["name"]),
            note=desk.reseal(self._place("note", number), client.note, stored["note"]),
            archived_at=archived_at,
            deleted_at=deleted_at,
        )
        if (archived_at, deleted_at) != (stored["archived_at"], stored["deleted_at"]):
            desk.look_again(self._owner)

    def _row(self, number: ClientNumber) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._desk.sql.get_client(
            self._desk.connection, owner=self._owner, number=number
        )
        return row

    def _client(self, row: sqlite3.Row) -> Client:
        number = ClientNumber(row["number"])
        return Client(
            number=number,
            name=self._desk.open(self._place("name", number), row["name"]),
            note=self._desk.open(self._place("note", number), row["note"]),
            since=to_moment(row["since"]),
            archived_at=to_moment_or_none(row["archived_at"]),
            deleted_at=to_moment_or_none(row["deleted_at"]),
        )

    def _place(self, column: str, number: ClientNumber) -> Place:
        return Place(self._owner, "clients", column, (number,))
