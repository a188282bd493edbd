"""The promises."""

from __future__ import annotations

from dataclasses import replace

from storage.errors import NotFound
from storage.records import ClientNumber, Promise, PromiseNumber
from storage.session import Rows
from storage.tables import Table

PROMISES = Table("promises", Promise)


class PromiseRows(Rows):
    """What one person has coming up besides the plans."""

    def add(self, promise: Promise) -> Promise:
        """Insert a promise; its number is given here. ``NotFound`` for an unknown client."""
        number = self._session.next_number("promise", promise.client)
        added = replace(promise, number=PromiseNumber(number))
        self._sql.add_promise(**PROMISES.columns(self._session, added))
        self._session.look_again()
        return added

    def get(self, number: PromiseNumber) -> Promise | None:
        return PROMISES.one(self._session, self._sql.get_promise(number=number))

    def expect_open(self) -> None:
        """Ask for what ``open`` is going to return."""
        self._expect("list_open_promises")

    def open(self) -> tuple[Promise, ...]:
        """Return the open ones by due date, then number; none of deleted clients."""
        return PROMISES.all(self._session, self._found("list_open_promises"))

    def of_client(self, client: ClientNumber) -> tuple[Promise, ...]:
        """Return every promise about a client, by number."""
        return PROMISES.all(self._session, self._sql.list_promises_of_client(client=client))

    def all(self) -> tuple[Promise, ...]:
        """Return every promise, those of deleted clients too."""
        return PROMISES.all(self._session, self._sql.list_promises())

    def save(self, promise: Promise) -> None:
        """Write all but the kind and the subject; ``NotFound`` for an unknown promise or client."""
        stored = self._sql.get_promise(number=promise.number)
        if stored is None:
            raise NotFound(f"promise {promise.number}")
        self._session.require_client(promise.client)
        self._sql.save_promise(**PROMISES.columns(self._session, promise, stored))
        self._session.look_again()
