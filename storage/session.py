"""What all rows work with: a connection with its statements and its cipher."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from storage.errors import Full, NotFound
from storage.records import UNREADABLE, Owner
from storage.secrets.cipher import Cipher, Place, Unreadable
from storage.statements import Row, Statements


class Calls:
    """The statements, to be called with the parameters that are not bound yet."""

    def __init__(
        self,
        statements: Statements,
        connection: Any,  # noqa: ANN401 - the engine's
        **bound: int,
    ) -> None:
        """Bind every statement to the connection, and to ``bound`` where there is any."""
        self._statements = statements
        self._connection = connection
        self._bound = bound

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return one statement; it is looked up once."""
        call = partial(getattr(self._statements, name), self._connection, **self._bound)
        setattr(self, name, call)
        return call


class Session:
    """One open connection with its statements and its cipher, over all people."""

    def __init__(
        self,
        connection: Any,  # noqa: ANN401 - the engine's
        statements: Statements,
        cipher: Cipher,
    ) -> None:
        """Take a connection that the statements know how to run on."""
        self.connection = connection
        self.statements = statements
        self.cipher = cipher
        self.sql = Calls(statements, connection)

    def of(self, owner: Owner) -> OwnedSession:
        """Return the same for one person."""
        return OwnedSession(self, owner)

    def expect(self, name: str, **values: int) -> Callable[[], Row | None]:
        """Ask for the row of a statement; what is returned gives it.

        From a server it comes with whatever is asked next.
        """
        row = getattr(self.statements, name)(self.connection, **values)
        return lambda: row

    def expect_all(self, name: str, **values: int | str) -> Callable[[], Iterable[Row]]:
        """Do the same for all rows of a statement."""
        rows = list(getattr(self.statements, name)(self.connection, **values))
        return lambda: rows


class OwnedSession:
    """A session in which every statement is about one person."""

    def __init__(self, session: Session, owner: Owner) -> None:
        """Narrow ``session`` to ``owner``."""
        self.owner = owner
        self.asked: bool | None = None
        """Whether there is a prompt, where that is known."""
        self.cipher = session.cipher
        self.sql = Calls(session.statements, session.connection, owner=owner)
        self.expect = partial(session.expect, owner=owner)
        self.expect_all = partial(session.expect_all, owner=owner)

    def place(self, table: str, column: str, *row: int | str) -> Place:
        """Return where a value of this person stands; ``row`` is the rest of the row's key."""
        return Place(self.owner, table, column, row)

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

    def ensure_person(self, since: int) -> None:
        """Insert the person's row and make their key, where there is none yet."""
        if int(self.sql.ensure_person(since=since)):
            self.cipher.add_person(self.owner)

    def next_number(self, kind: str, client: int | None = None) -> int:
        """Count on: 1, 2, 3 per owner and kind, never the same again.

        Raises ``NotFound`` where it is for a client who is not there.
        """
        found = None if client is None else self.expect("get_client", number=client)
        (number,) = self.sql.next_number(kind=kind)
        if found is not None and found() is None:
            raise NotFound(f"client {client}")
        return int(number)

    def require_room(self, kind: str, number: int, most: int, count: Callable[[], Any]) -> None:
        """Raise ``Full`` where a person has ``most`` of a kind that are not deleted.

        ``number`` is what the new one would get: up to ``most`` there is nothing to ``count``.
        """
        if number > most and count()["there"] >= most:
            raise Full(kind, most)

    def require_client(self, client: int | None) -> None:
        """Raise ``NotFound`` for an unknown client; none at all is fine."""
        if client is not None and self.sql.get_client(number=client) is None:
            raise NotFound(f"client {client}")

    def require_person(self) -> None:
        """Raise ``NotFound`` for somebody without a row."""
        if self.sql.get_person() is None:
            raise NotFound(f"person {self.owner}")

    def look_again(self) -> None:
        """Have the worker think of the person at once; nothing for somebody without a row."""
        self.sql.look_again()


class Rows:
    """What is stored of one kind, of one person."""

    def __init__(self, session: OwnedSession) -> None:
        """Work with what is ``session.owner``'s."""
        self._session = session
        self._sql = session.sql
        self._ahead: dict[tuple[int | str, ...], Callable[[], Iterable[Row]]] = {}
        """What was asked for ahead, by the statement and its values, until it is read."""

    def _expect(self, name: str, **values: int | str) -> None:
        """Ask for rows that are read next, before any of them is written."""
        self._ahead[name, *values.values()] = self._session.expect_all(name, **values)

    def _found(self, name: str, **values: int | str) -> Iterable[Row]:
        """Return the rows of a statement."""
        expected = self._ahead.pop((name, *values.values()), None)
        rows: Iterable[Row] = expected() if expected else getattr(self._sql, name)(**values)
        return rows


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


def to_moment_or_none(seconds: int | None) -> datetime | None:
    """Return an aware UTC time or None."""
    return None if seconds is None else to_moment(seconds)


def from_date_or_none(day: date | None) -> str | None:
    """Return ISO text or None."""
    return None if day is None else day.isoformat()


def to_date_or_none(text: str | None) -> date | None:
    """Return the date of ISO text or None."""
    return None if text is None else date.fromisoformat(text)


def hash_of(token: str) -> str:
    """Return the hash of an invitation: 128 random bits need neither salt nor key."""
    return hashlib.sha256(token.encode()).hexdigest()
