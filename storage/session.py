"""What every repository works with: connection, statements, cipher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from storage.protocols import NotFound
from storage.records import UNREADABLE
from storage.secrets.cipher import Cipher, Place, Unreadable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from storage.statements import Statements


@dataclass(frozen=True, slots=True)
class Desk:
    """One open connection with its statements and its cipher."""

    connection: sqlite3.Connection
    sql: Statements
    cipher: Cipher

    def seal(self, place: Place, text: str) -> bytes | None:
        """Seal a text; an empty one is NULL."""
        return self.cipher.seal(place, text.encode()) if text else None

    def reseal(self, place: Place, text: str, stored: bytes | None) -> bytes | None:
        """Seal a text that replaces a stored one.

        The marker of an unreadable text keeps what is stored: a person who archives a client whose
        name cannot be read today must not lose the name for good.
        """
        return stored if text == UNREADABLE else self.seal(place, text)

    def open(self, place: Place, sealed: bytes | None) -> str:
        """Open a text; ``UNREADABLE`` where it cannot be."""
        if sealed is None:
            return ""
        try:
            return self.cipher.open(place, sealed).decode()
        except (Unreadable, UnicodeDecodeError):  # the second: damaged where nothing was sealed
            return UNREADABLE

    def ensure_person(self, owner: int, since: int) -> None:
        """Insert the person's row and make their key, where there is none yet."""
        if self.sql.ensure_person(self.connection, owner=owner, since=since):
            self.cipher.add_person(owner)

    def next_number(self, owner: int, kind: str) -> int:
        """Count on: 1, 2, 3 per owner and kind, never the same again."""
        (number,) = self.sql.next_number(self.connection, owner=owner, kind=kind)
        return int(number)

    def require_client(self, owner: int, client: int | None) -> None:
        """Raise ``NotFound`` for an unknown client; none at all is fine."""
        if client is None:
            return
        if self.sql.get_client(self.connection, owner=owner, number=client) is None:
            raise NotFound(f"client {client}")

    def require_person(self, owner: int) -> None:
        """Raise ``NotFound`` for somebody without a row."""
        if self.sql.get_person(self.connection, owner=owner) is None:
            raise NotFound(f"person {owner}")

    def look_again(self, owner: int) -> None:
        """Have the worker think of a person at once; nothing for somebody without a row."""
        self.sql.look_again(self.connection, owner=owner)


def to_seconds(moment: datetime) -> int:
    """Return epoch seconds; ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a time needs a zone")
    return int(moment.timestamp())


def to_seconds_up(moment: datetime) -> int:
    """Return epoch seconds, rounded up: for what is waited for, and must not come early."""
    whole = moment.replace(microsecond=0)
    return to_seconds(whole) + (moment != whole)


def to_moment(seconds: int) -> datetime:
    """Return an aware UTC time."""
    return datetime.fromtimestamp(seconds, UTC)


def to_seconds_or_none(moment: datetime | None) -> int | None:
    """Return epoch seconds or None."""
    return None if moment is None else to_seconds(moment)


def to_seconds_up_or_none(moment: datetime | None) -> int | None:
    """Return epoch seconds, rounded up, or None."""
    return None if moment is None else to_seconds_up(moment)


def to_moment_or_none(seconds: int | None) -> datetime | None:
    """Return an aware UTC time or None."""
    return None if seconds is None else to_moment(seconds)


def from_date_or_none(day: date | None) -> str | None:
    """Return ISO text or None."""
    return None if day is None else day.isoformat()


def to_date_or_none(text: str | None) -> date | None:
    """Return the date of ISO text or None."""
    return None if text is None else date.fromisoformat(text)


def from_numbers(numbers: Iterable[int]) -> str:
    """Return plain numbers as one text."""
    return " ".join(map(str, numbers))


def to_numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of such a text."""
    return tuple(map(int, text.split()))
