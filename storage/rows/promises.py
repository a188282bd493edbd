"""The promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from storage.protocols import NotFound
from storage.records import ActionState, ClientNumber, Owner, Promise, PromiseNumber
from storage.secrets.cipher import Place

if TYPE_CHECKING:
    import sqlite3

    from storage.session import Desk


class PromiseRows:
    """``storage.protocols.Promises``."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        """Work at ``desk`` for ``owner``."""
        self._desk = desk
        self._owner = owner

    def add(self, promise: Promise) -> Promise:
        """See ``Promises.add``."""
        desk, owner = self._desk, self._owner
        desk.require_client(owner, promise.client)
        number = PromiseNumber(desk.next_number(owner, "promise"))
        desk.sql.add_promise(
            desk.connection,
            owner=owner,
            number=number,
            client=promise.client,
            kind=promise.kind,
            due=promise.due.isoformat(),
            state=promise.state,
            words=desk.seal(self._place(number), promise.words),
            subject=promise.subject,
            listed=promise.listed,
            tried=int(promise.tried),
        )
        desk.look_again(owner)
        return replace(promise, number=number)

    def get(self, number: PromiseNumber) -> Promise | None:
        """See ``Promises.get``."""
        row = self._row(number)
        return None if row is None else self._promise(row)

    def open(self) -> tuple[Promise, ...]:
        """See ``Promises.open``."""
        rows = self._desk.sql.list_open_promises(self._desk.connection, owner=self._owner)
        return tuple(map(self._promise, rows))

    def all(self) -> tuple[Promise, ...]:
        """Return every promise, those of deleted clients too."""
        rows = self._desk.sql.list_promises(self._desk.connection, owner=self._owner)
        return tuple(map(self._promise, rows))

    def save(self, promise: Promise) -> None:
        """See ``Promises.save``."""
        desk, owner, number = self._desk, self._owner, promise.number
        stored = self._row(number)
        if stored is None:
            raise NotFound(f"promise {number}")
        desk.require_client(owner, promise.client)
        desk.sql.save_promise(
            desk.connection,
            owner=owner,
            number=number,
            client=promise.client,
            due=promise.due.isoformat(),
            state=promise.state,
            words=desk.reseal(self._place(number), promise.words, stored["words"]),
            listed=promise.listed,
            tried=int(promise.tried),
        )
        desk.look_again(owner)

    def _row(self, number: PromiseNumber) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._desk.sql.get_promise(
            self._desk.connection, owner=self._owner, number=number
        )
        return row

    def _promise(self, row: sqlite3.Row) -> Promise:
        number = PromiseNumber(row["number"])
        return Promise(
            number=number,
            client=None if row["client"] is None else ClientNumber(row["client"]),
            kind=row["kind"],
            due=date.fromisoformat(row["due"]),
            state=ActionState(row["state"]),
            words=self._desk.open(self._place(number), row["words"]),
            subject=row["subject"],
            listed=row["listed"],
            tried=bool(row["tried"]),
        )

    def _place(self, number: PromiseNumber) -> Place:
        return Place(self._owner, "promises", "words", (number,))
