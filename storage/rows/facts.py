"""The dated facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from storage.errors import NotFound
from storage.records import ClientNumber, Cut, Fact, FactNumber, LetterNumber
from storage.session import Rows, to_moment, to_seconds
from storage.tables import Form, Table

MOST_FACTS: Final = 5_000
"""Of one person."""


def _cut(stored: str) -> Cut:
    length, said_at = stored.split(":")
    return Cut(int(length), to_moment(int(said_at)))


FACTS = Table(
    "facts",
    Fact,
    cuts=Form(
        lambda cuts: " ".join(f"{each.length}:{to_seconds(each.said_at)}" for each in cuts),
        lambda text: tuple(map(_cut, text.split())),
    ),
)


class FactRows(Rows):
    """The dated facts of one person."""

    def add(self, fact: Fact) -> Fact:
        """Insert a fact, and the person's row where there is none yet.

        Its number is given here, the one it carries does not count. ``NotFound`` for an unknown
        client; may raise ``Full``.
        """
        self._session.require_client(fact.client)
        self._session.ensure_person(to_seconds(fact.captured_at))
        number = FactNumber(self._session.next_number("fact"))
        self._session.require_room("facts", number, MOST_FACTS, self._sql.count_facts)
        added = replace(
            fact,
            number=number,
            captured_at=to_moment(to_seconds(fact.captured_at)),
            touched_at=to_moment(to_seconds(fact.touched_at)),
        )
        self._sql.add_fact(**FACTS.columns(self._session, added))
        return added

    def get(self, number: FactNumber) -> Fact | None:
        """Return the fact, also a deleted one, or None."""
        return FACTS.one(self._session, self._sql.get_fact(number=number))

    def of_letter(self, letter: LetterNumber) -> Fact | None:
        """Return the fact that tells of a letter's sending, wherever it was moved since."""
        return FACTS.one(self._session, self._sql.get_fact_of_letter(letter=letter))

    def of_client(self, client: ClientNumber | None, sign: str | None = None) -> tuple[Fact, ...]:
        """Return the facts not deleted, newest day first; None: those without a client."""
        if client is None:
            rows = self._sql.list_facts_without_client()
        else:
            rows = self._sql.list_facts_of_client(client=client)
        return FACTS.all(self._session, (row for row in rows if sign in (None, row["sign"])))

    def all(self) -> tuple[Fact, ...]:
        """Return every fact, also deleted ones and those of deleted clients."""
        return FACTS.all(self._session, self._sql.list_facts())

    def recent(self, since: datetime) -> tuple[Fact, ...]:
        """Return the facts touched from a moment on, the latest first, none that are deleted."""
        return FACTS.all(self._session, self._sql.list_recent_facts(since=to_seconds(since)))

    def save(self, fact: Fact) -> None:
        """Write everything but number and captured_at.

        ``NotFound`` for an unknown fact or client.
        """
        stored = self._sql.get_fact(number=fact.number)
        if stored is None:
            raise NotFound(f"fact {fact.number}")
        self._session.require_client(fact.client)
        self._sql.save_fact(**FACTS.columns(self._session, fact, stored))
