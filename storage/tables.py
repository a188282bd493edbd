"""How the records of one kind stand in their table, by the types of their fields.

A day is its ISO text, a moment epoch seconds, a truth 0 or 1; several numbers are one text, and so
are answers. What stands otherwise has a form of its own. What is sealed opens in its place only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Generic, NamedTuple, TypeVar, get_args, get_type_hints

from storage.secrets.sealed import SEALED
from storage.session import OwnedSession, to_moment, to_seconds, to_seconds_up
from storage.statements import Row

Record = TypeVar("Record")


class Form(NamedTuple):
    """How a value goes into its column and comes back."""

    stored: Callable[[Any], Any]
    read: Callable[[Any], Any]


ANSWERS = Form(
    lambda answers: " ".join(f"{question}:{option}" for question, option in answers.items()),
    lambda text: dict(item.split(":", 1) for item in text.split()),
)
NUMBERS = Form(
    lambda numbers: " ".join(map(str, numbers)), lambda text: tuple(map(int, text.split()))
)
WAITED_FOR = Form(to_seconds_up, to_moment)
"""A moment that must not come early."""
_FORMS: Mapping[object, Form] = {
    bool: Form(int, bool),
    date: Form(date.isoformat, date.fromisoformat),
    datetime: Form(to_seconds, to_moment),
    tuple[int, ...]: NUMBERS,
    Mapping[str, str]: ANSWERS,
}


class Table(Generic[Record]):
    """The records of one kind; ``others`` are fields that whoever keeps the rows sees to."""

    def __init__(
        self, name: str, record: type[Record], others: Collection[str] = (), **forms: Form
    ) -> None:
        """Take the forms of the fields that do not stand as their type does."""
        self._record = record
        self.names = frozenset(get_type_hints(record)) - {*others}
        """The columns that a row to be read must have."""
        hints = {each: hint for each, hint in get_type_hints(record).items() if each not in others}
        self.sealed = tuple(e for e in SEALED if e.table == name and e.column in hints)
        """Those of its columns that only the cipher writes."""
        for each in self.sealed:
            del hints[each.column]
        found = {each: forms.get(each) or _form(hint) for each, hint in hints.items()}
        self._same = tuple(each for each, form in found.items() if form is None)
        self._formed = tuple((each, *form) for each, form in found.items() if form is not None)

    def read(self, session: OwnedSession, row: Row, **others: object) -> Record:
        """Return the record that a row stands for."""
        row = dict(zip(row.keys(), row, strict=True))  # either engine's own look-up is slower
        values = {name: row[name] for name in self._same}
        for name, _, read in self._formed:
            value = row[name]
            values[name] = None if value is None else read(value)
        for column in self.sealed:
            place = column.place(session.owner, tuple(row[key] for key in column.key))
            values[column.column] = session.open(place, row[column.column])
        return self._record(**values, **others)

    def one(self, session: OwnedSession, row: Row | None) -> Record | None:
        """Return the record of a row that may have been found."""
        return None if row is None else self.read(session, row)

    def all(self, session: OwnedSession, rows: Iterable[Row]) -> tuple[Record, ...]:
        """Return the records of rows, in their order."""
        return tuple(self.read(session, row) for row in rows)

    def plain(self, record: Record) -> dict[str, Any]:
        """Return the columns of a record that are not sealed."""
        columns = {name: getattr(record, name) for name in self._same}
        for name, stored_as, _ in self._formed:
            value = getattr(record, name)
            columns[name] = None if value is None else stored_as(value)
        return columns

    def columns(
        self, session: OwnedSession, record: Record, stored: Row | None = None
    ) -> dict[str, Any]:
        """Return the columns of a record that is new, or takes the place of what is stored."""
        columns = self.plain(record)
        for column in self.sealed:
            place = column.place(session.owner, tuple(columns[key] for key in column.key))
            words = getattr(record, column.column)
            columns[column.column] = (
                session.seal(place, words)
                if stored is None
                else session.reseal(place, words, stored[column.column])
            )
        return columns


def _form(hint: object) -> Form | None:
    """Return how values of a type stand; None for those that stand as they are."""
    kinds = set(get_args(hint)) if isinstance(hint, UnionType) else {hint}
    (kind,) = kinds - {NoneType}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Form(str, kind)
    return _FORMS.get(kind)
