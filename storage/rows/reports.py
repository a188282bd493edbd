"""Weekly reports."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from content.values.reports import Item, ItemKind
from storage.errors import NotFound
from storage.records import UNREADABLE, ClientNumber, Report, ReportNumber
from storage.secrets.cipher import Place
from storage.session import Rows, from_date_or_none, to_date_or_none, to_moment, to_seconds
from storage.statements import Row
from storage.tables import Table

REPORTS = Table("reports", Report, others=("items", "last_item"))
_UNREADABLE_ITEMS: Final = (Item(ItemKind.DONE, UNREADABLE, number=1),)


class ReportRows(Rows):
    """The weekly reports of one person."""

    def add(self, report: Report) -> Report:
        """Insert a report; its number is given here. ``NotFound`` for an unknown client."""
        added = replace(
            report,
            number=ReportNumber(self._session.next_number("report", report.client)),
            started_at=to_moment(to_seconds(report.started_at)),
        )
        self._sql.add_report(
            items=self._session.seal(self._items(added.number), _items_text(added)),
            **REPORTS.columns(self._session, added),
        )
        return added

    def get(self, number: ReportNumber) -> Report | None:
        row = self._sql.get_report(number=number)
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
        stored = self._sql.get_report(number=report.number)
        if stored is None:
            raise NotFound(f"report {report.number}")
        place = self._items(report.number)
        self._sql.save_report(
            items=self._session.reseal(place, _items_text(report), stored["items"]),
            **REPORTS.columns(self._session, report, stored),
        )

    def _report(self, row: Row) -> Report:
        text = self._session.open(self._items(row["number"]), row["items"])
        items, last_item = _from_items_text(text)
        return REPORTS.read(self._session, row, items=items, last_item=last_item)

    def _items(self, number: int) -> Place:
        return self._session.place("reports", "items", number)


def _items_text(report: Report) -> str:
    """Return the items as JSON: nothing for nothing, the marker for the marker."""
    if [each.words for each in report.items] == [UNREADABLE]:
        return UNREADABLE
    # Written anew after they could not be read: the marker goes.
    told = [
        (each.kind, each.words, from_date_or_none(each.since), each.number)
        for each in report.items
        if each.words != UNREADABLE
    ]
    if not told and not report.last_item:
        return ""
    return json.dumps({"last": report.last_item, "items": told}, ensure_ascii=False)


def _from_items_text(text: str) -> tuple[tuple[Item, ...], int]:
    """Return the items, and the last number that was given to one."""
    if text == UNREADABLE:
        return _UNREADABLE_ITEMS, 1
    stored = json.loads(text) if text else []
    if isinstance(stored, list):  # as the first release wrote them: without numbers
        stored = {
            "last": len(stored),
            "items": [(*each, number) for number, each in enumerate(stored, 1)],
        }
    items = (
        Item(ItemKind(kind), words, to_date_or_none(since), number)
        for kind, words, since, number in stored["items"]
    )
    return tuple(items), stored["last"]
