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
    Report,
    ReportNumber,
)
from storage.secrets.cipher import Place
from storage.session import (
    Rows,
    from_date_or_none,
    to_date_or_none,
    to_moment,
    to_seconds,
)

if TYPE_CHECKING:
    from storage.statements import Row

_UNREADABLE_ITEMS: Final = (Item(ItemKind.DONE, UNREADABLE),)


class ReportRows(Rows):
    """The weekly reports of one person."""

    def add(self, report: Report) -> Report:
        """Insert a report; its number is given here. ``NotFound`` for an unknown client."""
        self._session.require_client(report.client)
        number = ReportNumber(self._session.next_number("report"))
        started_at = to_seconds(report.started_at)
        self._sql.add_report(
            number=number,
            client=report.client,
            week=from_date_or_none(report.week),
            started_at=started_at,
            items=self._session.seal(self._place("items", number), _items_text(report.items)),
            words=self._session.seal(self._place("words", number), report.words),
            sent_on=from_date_or_none(report.sent_on),
        )
        return replace(report, number=number, started_at=to_moment(started_at))

    def get(self, number: ReportNumber) -> Report | None:
        """Return the report, or None."""
        row = self._row(number)
        return None if row is None else self._report(row)

    def of_client(self, client: ClientNumber) -> tuple[Report, ...]:
        """Return all reports of a client, oldest first."""
        rows = self._sql.list_reports_of_client(client=client)
        return tuple(map(self._report, rows))

    def all(self) -> tuple[Report, ...]:
        """Return every report, those of deleted clients too."""
        rows = self._sql.list_reports()
        return tuple(map(self._report, rows))

    def save(self, report: Report) -> None:
        """Write week, items, words and sent_on; ``NotFound`` for an unknown report.

        Items that do not decrypt read as one with the words ``UNREADABLE``; saved back alone, that
        leaves them as they are stored, and among others it goes.
        """
        number = report.number
        stored = self._row(number)
        if stored is None:
            raise NotFound(f"report {number}")
        items = self._place("items", number)
        self._sql.save_report(
            number=number,
            week=from_date_or_none(report.week),
            items=self._session.reseal(items, _items_text(report.items), stored["items"]),
            words=self._session.reseal(self._place("words", number), report.words, stored["words"]),
            sent_on=from_date_or_none(report.sent_on),
        )

    def _row(self, number: ReportNumber) -> Row | None:
        row: Row | None = self._sql.get_report(number=number)
        return row

    def _report(self, row: Row) -> Report:
        number = ReportNumber(row["number"])
        return Report(
            number=number,
            client=ClientNumber(row["client"]),
            week=to_date_or_none(row["week"]),
            started_at=to_moment(row["started_at"]),
            items=_from_items_text(self._session.open(self._place("items", number), row["items"])),
            words=self._session.open(self._place("words", number), row["words"]),
            sent_on=to_date_or_none(row["sent_on"]),
        )

    def _place(self, column: str, number: ReportNumber) -> Place:
        return self._session.place("reports", column, number)


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
