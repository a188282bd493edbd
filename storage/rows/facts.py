"""The dated facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from storage.errors import NotFound
from storage.records import ClientNumber, Cut, Fact, FactNumber, LetterNumber
from storage.secrets.cipher import Place
from storage.session import (
    Rows,
    from_numbers,
    to_moment,
    to_moment_or_none,
    to_numbers,
    to_seconds,
    to_seconds_or_none,
)
from storage.statements import Row

MOST_FACTS: Final = 5_000
"""Of one person."""


class FactRows(Rows):
    """The dated facts of one person."""

    def add(self, fact: Fact) -> Fact:
        """Insert a fact, and the person's row where there is none yet.

        Its number is given here, the one it carries does not count. ``NotFound`` for an unknown
        client; may raise ``Full``.
        """
        self._session.require_client(fact.client)
        captured_at = to_seconds(fact.captured_at)
        self._session.ensure_person(captured_at)
        number = FactNumber(self._session.next_number("fact"))
        self._session.require_room("facts", number, MOST_FACTS, self._sql.count_facts)
        self._sql.add_fact(
            captured_at=captured_at,
            words=self._session.seal(self._place("words", number), fact.words),
            note=self._session.seal(self._place("note", number), fact.note),
            **self._plain(replace(fact, number=number)),
        )
        return replace(
            fact,
            number=number,
            captured_at=to_moment(captured_at),
            touched_at=to_moment(to_seconds(fact.touched_at)),
        )

    def get(self, number: FactNumber) -> Fact | None:
        """Return the fact, also a deleted one, or None."""
        row = self._row(number)
        return None if row is None else self._fact(row)

    def of_letter(self, letter: LetterNumber) -> Fact | None:
        """Return the fact that tells of a letter's sending, wherever it was moved since."""
        row = self._sql.get_fact_of_letter(letter=letter)
        return None if row is None else self._fact(row)

    def of_client(self, client: ClientNumber | None, sign: str | None = None) -> tuple[Fact, ...]:
        """Return the facts not deleted, newest day first; None: those without a client."""
        if client is None:
            rows = self._sql.list_facts_without_client()
        else:
            rows = self._sql.list_facts_of_client(client=client)
        return tuple(self._fact(row) for row in rows if sign in (None, row["sign"]))

    def all(self) -> tuple[Fact, ...]:
        """Return every fact, also deleted ones and those of deleted clients."""
        rows = self._sql.list_facts()
        return tuple(map(self._fact, rows))

    def recent(self, since: datetime) -> tuple[Fact, ...]:
        """Return the facts touched from a moment on, the latest first, none that are deleted."""
        rows = self._sql.list_recent_facts(since=to_seconds(since))
        return tuple(map(self._fact, rows))

    def save(self, fact: Fact) -> None:
        """Write everything but number and captured_at.

        ``NotFound`` for an unknown fact or client.
        """
        number = fact.number
        stored = self._row(number)
        if stored is None:
            raise NotFound(f"fact {number}")
        self._session.require_client(fact.client)
        self._sql.save_fact(
            words=self._session.reseal(self._place("words", number), fact.words, stored["words"]),
            note=self._session.reseal(self._place("note", number), fact.note, stored["note"]),
            **self._plain(fact),
        )

    def _plain(self, fact: Fact) -> dict[str, str | int | None]:
        """Return the key and the columns that change and are not sealed."""
        return {
            "number": fact.number,
            "client": fact.client,
            "day": fact.day.isoformat(),
            "touched_at": to_seconds(fact.touched_at),
            "source": fact.source,
            "sign": fact.sign,
            "proposed": fact.proposed,
            "said_at": to_seconds_or_none(fact.said_at),
            "author": fact.author,
            "pieces": fact.pieces,
            "cuts": " ".join(f"{each.length}:{to_seconds(each.said_at)}" for each in fact.cuts),
            "messages": from_numbers(fact.messages),
            "letter": fact.letter,
            "deleted_at": to_seconds_or_none(fact.deleted_at),
        }

    def _row(self, number: FactNumber) -> Row | None:
        row: Row | None = self._sql.get_fact(number=number)
        return row

    def _fact(self, row: Row) -> Fact:
        number = FactNumber(row["number"])
        return Fact(
            number=number,
            client=None if row["client"] is None else ClientNumber(row["client"]),
            day=date.fromisoformat(row["day"]),
            words=self._session.open(self._place("words", number), row["words"]),
            captured_at=to_moment(row["captured_at"]),
            touched_at=to_moment(row["touched_at"]),
            source=row["source"],
            note=self._session.open(self._place("note", number), row["note"]),
            sign=row["sign"],
            proposed=row["proposed"],
            said_at=to_moment_or_none(row["said_at"]),
            author=row["author"],
            pieces=row["pieces"],
            cuts=tuple(map(_cut, row["cuts"].split())),
            messages=to_numbers(row["messages"]),
            letter=None if row["letter"] is None else LetterNumber(row["letter"]),
            deleted_at=to_moment_or_none(row["deleted_at"]),
        )

    def _place(self, column: str, number: FactNumber) -> Place:
        return self._session.place("facts", column, number)


def _cut(stored: str) -> Cut:
    length, said_at = stored.split(":")
    return Cut(int(length), to_moment(int(said_at)))
