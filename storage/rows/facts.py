"""The dated facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from storage.protocols import NotFound
from storage.records import ClientNumber, Fact, FactNumber, Owner
from storage.secrets.cipher import Place
from storage.session import (
    Desk,
    from_numbers,
    to_moment,
    to_moment_or_none,
    to_numbers,
    to_seconds,
    to_seconds_or_none,
)

if TYPE_CHECKING:
    import sqlite3


class FactRows:
    """``storage.protocols.Facts``."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        """Work at ``desk`` for ``owner``."""
        self._desk = desk
        self._owner = owner

    def add(self, fact: Fact) -> Fact:
        """See ``Facts.add``."""
        desk, owner = self._desk, self._owner
        desk.require_client(owner, fact.client)
        captured_at = to_seconds(fact.captured_at)
        desk.ensure_person(owner, captured_at)
        number = FactNumber(desk.next_number(owner, "fact"))
        desk.sql.add_fact(
            desk.connection,
            captured_at=captured_at,
            words=desk.seal(self._place("words", number), fact.words),
            note=desk.seal(self._place("note", number), fact.note),
            **self._plain(replace(fact, number=number)),
        )
        return replace(
            fact,
            number=number,
            captured_at=to_moment(captured_at),
            touched_at=to_moment(to_seconds(fact.touched_at)),
        )

    def get(self, number: FactNumber) -> Fact | None:
        """See ``Facts.get``."""
        row = self._row(number)
        return None if row is None else self._fact(row)

    def of_client(self, client: ClientNumber | None, sign: str | None = None) -> tuple[Fact, ...]:
        """See ``Facts.of_client``."""
        sql, connection, owner = self._desk.sql, self._desk.connection, self._owner
        if client is None:
            rows = sql.list_facts_without_client(connection, owner=owner)
        else:
            rows = sql.list_facts_of_client(connection, owner=owner, client=client)
        return tuple(self._fact(row) for row in rows if sign in (None, row["sign"]))

    def all(self) -> tuple[Fact, ...]:
        """Return every fact, also deleted ones and those of deleted clients."""
        rows = self._desk.sql.list_facts(self._desk.connection, owner=self._owner)
        return tuple(map(self._fact, rows))

    def latest(self) -> Fact | None:
        """See ``Facts.latest``."""
        row = self._desk.sql.get_latest_fact(self._desk.connection, owner=self._owner)
        return None if row is None else self._fact(row)

    def save(self, fact: Fact) -> None:
        """See ``Facts.save``."""
        desk, number = self._desk, fact.number
        stored = self._row(number)
        if stored is None:
            raise NotFound(f"fact {number}")
        desk.require_client(self._owner, fact.client)
        desk.sql.save_fact(
            desk.connection,
            words=desk.reseal(self._place("words", number), fact.words, stored["words"]),
            note=desk.reseal(self._place("note", number), fact.note, stored["note"]),
            **self._plain(fact),
        )

    def _plain(self, fact: Fact) -> dict[str, str | int | None]:
        """Return the key and the columns that change and are not sealed."""
        return {
            "owner": self._owner,
            "number": fact.number,
            "client": fact.client,
            "day": fact.day.isoformat(),
            "touched_at": to_seconds(fact.touched_at),
            "source": fact.source,
            "sign": fact.sign,
            "said_at": to_seconds_or_none(fact.said_at),
            "author": fact.author,
            "pieces": fact.pieces,
            "messages": from_numbers(fact.messages),
            "deleted_at": to_seconds_or_none(fact.deleted_at),
        }

    def _row(self, number: FactNumber) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._desk.sql.get_fact(
            self._desk.connection, owner=self._owner, number=number
        )
        return row

    def _fact(self, row: sqlite3.Row) -> Fact:
        number = FactNumber(row["number"])
        return Fact(
            number=number,
            client=None if row["client"] is None else ClientNumber(row["client"]),
            day=date.fromisoformat(row["day"]),
            words=self._desk.open(self._place("words", number), row["words"]),
            captured_at=to_moment(row["captured_at"]),
            touched_at=to_moment(row["touched_at"]),
            source=row["source"],
            note=self._desk.open(self._place("note", number), row["note"]),
            sign=row["sign"],
            said_at=to_moment_or_none(row["said_at"]),
            author=row["author"],
            pieces=row["pieces"],
            messages=to_numbers(row["messages"]),
            deleted_at=to_moment_or_none(row["deleted_at"]),
        )

    def _place(self, column: str, number: FactNumber) -> Place:
        return Place(self._owner, "facts", column, (number,))
