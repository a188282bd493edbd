"""The promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storage.errors import NotFound
from storage.records import ActionState, ClientNumber, Promise, PromiseNumber
from storage.secrets.cipher import Place
from storage.session import Rows
from storage.statements import Row


class PromiseRows(Rows):
    """What one person has coming up besides the plans."""

    def add(self, promise: Promise) -> Promise:
        """Insert a promise; its number is given here. ``NotFound`` for an unknown client."""
        self._session.require_client(promise.client)
        number = PromiseNumber(self._session.next_number("promise"))
        self._sql.add_promise(
            number=number,
            client=promise.client,
            kind=promise.kind,
            due=promise.due.isoformat(),
            state=promise.state,
            words=self._session.seal(self._place(number), promise.words),
            subject=promise.subject,
            listed=promise.listed,
            tried=int(promise.tried),
        )
        self._session.look_again()
        return replace(promise, number=number)

    def get(self, number: PromiseNumber) -> Promise | None:
        """Return the promise or None."""
        row = self._row(number)
        return None if row is None else self._promise(row)

    def open(self) -> tuple[Promise, ...]:
        """Return the open ones by due date, then number; none of deleted clients."""
        rows = self._sql.list_open_promises()
        return tuple(map(self._promise, rows))

    def of_client(self, client: ClientNumber) -> tuple[Promise, ...]:
        """Return every promise about a client, by number."""
        rows = self._sql.list_promises_of_client(client=client)
        return tuple(map(self._promise, rows))

    def all(self) -> tuple[Promise, ...]:
        """Return every promise, those of deleted clients too."""
        rows = self._sql.list_promises()
        return tuple(map(self._promise, rows))

    def save(self, promise: Promise) -> None:
        """Write all but the kind and the subject; ``NotFound`` for an unknown promise or client."""
        number = promise.number
        stored = self._row(number)
        if stored is None:
            raise NotFound(f"promise {number}")
        self._session.require_client(promise.client)
        self._sql.save_promise(
            number=number,
            client=promise.client,
            due=promise.due.isoformat(),
            state=promise.state,
            words=self._session.reseal(self._place(number), promise.words, stored["words"]),
            listed=promise.listed,
            tried=int(promise.tried),
        )
        self._session.look_again()

    def _row(self, number: PromiseNumber) -> Row | None:
        row: Row | None = self._sql.get_promise(number=number)
        return row

    def _promise(self, row: Row) -> Promise:
        number = PromiseNumber(row["number"])
        return Promise(
            number=number,
            client=None if row["client"] is None else ClientNumber(row["client"]),
            kind=row["kind"],
            due=date.fromisoformat(row["due"]),
            state=ActionState(row["state"]),
            words=self._session.open(self._place(number), row["words"]),
            subject=row["subject"],
            listed=row["listed"],
            tried=bool(row["tried"]),
        )

    def _place(self, number: PromiseNumber) -> Place:
        return self._session.place("promises", "words", number)
