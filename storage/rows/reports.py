"""Weekly reports."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from storage.protocols import NotFound
from storage.records import (
    UNREADABLE,
    ClientNumber,
    Item,
    ItemKind,
    Owner,
    Report,
    ReportNumber,
)
from storage.secrets.cipher import Place
from storage.session import (
    Desk,
    from_date_or_none,
    to_date_or_none,
    to_moment,
    to_seconds,
)

if TYPE_CHECKING:
    import sqlite3

_UNREADABLE_ITEMS: Final = (Item(ItemKind.DONE, UNREADABLE),)


class ReportRows:
    """``storage.protocols.Reports``."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        """Work at ``desk`` for ``owner``."""
        self._desk = desk
        self._owner = owner

    def add(self, report: Report) -> Report:
        """See ``Reports.add``."""
        desk, owner = self._desk, self._owner
        desk.require_client(owner, report.client)
        number = ReportNumber(desk.next_number(owner, "report"))
        started_at = to_seconds(report.started_at)
        desk.sql.add_report(
            desk.connection,
            owner=owner,
            number=number,
            client=report.client,
            week=from_date_or_none(report.week),
            started_at=started_at,
            items=desk.seal(self._place("items", number), _items_text(report.items)),
            words=desk.seal(self._place("words", number), report.words),
            sent_on=from_date_or_none(report.sent_on),
        )
        return replace(report, number=number, started_at=to_moment(started_at))

    def get(self, number: ReportNumber) -> Report | None:
        """See ``Reports.get``."""
        row = self._row(number)
        return None if row is None else self._report(row)

    def of_client(self, client: ClientNumber) -> tuple[Report, ...]:
        """See ``Reports.of_client``."""
        rows = self._desk.sql.list_reports_of_client(
            self._desk.connection, owner=self._owner, client=client
        )
        return tuple(map(self._report, rows))

    def all(self) -> tuple[Report, ...]:
        """Return every report, those of deleted clients too."""
        rows = self._desk.sql.list_reports(self._desk.connection, owner=self._owner)
        return tuple(map(self._report, rows))

    def save(self, report: Report) -> None:
        """See ``Reports.save``."""
        desk, number = self._desk, report.number
        stored = self._row(number)
        if stored is None:
            raise NotFound(f"report {number}")
        items = self._place("items", number)
        desk.sql.save_report(
            desk.connection,
            owner=self._owner,
            number=number,
            week=from_date_or_none(report.week),
            items=desk.reseal(items, _items_text(report.items), stored["items"]),
            words=desk.reseal(self._place("words", number), report.words, stored["words"]),
            sent_on=from_date_or_none(report.sent_on),
        )

    def _row(self, number: ReportNumber) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._desk.sql.get_report(
            self._desk.connection, owner=self._owner, number=number
        )
        return row

    def _report(self, row: sqlite3.Row) -> Report:
        number = ReportNumber(row["number"])
        return Report(
            number=number,
            client=ClientNumber(row["client"]),
            week=to_date_or_none(row["week"]),
            started_at=to_moment(row["started_at"]),
            items=_from_items_text(self._desk.open(self._place("items", number), row["items"])),
            words=self._desk.open(self._place("words", number), row["words"]),
            sent_on=to_date_or_none(row["sent_on"]),
        )

    def _place(self, column: str, number: ReportNumber) -> Place:
        return Place(self._owner, "reports", column, (number,))


def _items_text(items: tuple[Item, ...]) -> str:
    """Return the items as JSON: nothing for nothing, the marker for the marker."""
    if items == _UNREADABLE_ITEMS:
        return UNREADABLE
    # Written anew after they could not be read: the marker goes.
    told = [
        (each.kind, each.words, from_date_or_none(each.since))
        for each in items
        if each.words != UNREADABLE
    ]
    return json.dumps(told, ensure_ascii=False) if told else ""


def _from_items_text(text: str) -> tuple[Item, ...]:
    if text == UNREADABLE:
        return _UNREADABLE_ITEMS
    return tuple(
        Item(ItemKind(kind), words, to_date_or_none(since))
        for kind, words, since in (json.loads(text) if text else ())
    )
