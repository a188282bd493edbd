from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pytest

from content.values.reports import Item, ItemKind
from storage.errors import NotFound
from storage.protocols import Storage
from storage.records import ClientNumber, Report, ReportNumber
from storage.rows.memory import Memory
from storage.rows.reports import _from_items_text
from tests.storage.example import ANNA, BORIS, MONDAY, a_report

ONE = ReportNumber(1)
ITEMS = (
    Item(ItemKind.DONE, "макеты главной"),
    Item(ItemKind.GOAL, 'тексты "О нас"\n{{ 7*7 }}'),
    Item(ItemKind.NEEDED, "доступ к хостингу", since=date(2026, 11, 9)),
    Item(ItemKind.IN_HAND, "каталог"),
)


@pytest.fixture
async def report(storage: Storage, now: datetime) -> Report:
    """The one report to Anna's one client."""

    def step(memory: Memory) -> Report:
        memory.of(ANNA).clients.add("Вектор", now)
        return memory.of(ANNA).reports.add(a_report(now))

    return await storage.write(step)


async def stored(storage: Storage) -> Report | None:
    return await storage.write(lambda memory: memory.of(ANNA).reports.get(ONE))


async def test_a_report_is_begun_empty(storage: Storage, report: Report, now: datetime) -> None:
    assert report == Report(ONE, ClientNumber(1), MONDAY, now)
    assert await stored(storage) == report
    assert await storage.write(lambda memory: memory.of(BORIS).reports.get(ONE)) is None


def test_the_lines_of_the_first_release_get_numbers_where_they_stand() -> None:
    stored = '[["done", "макеты", null], ["needed", "доступ", "2026-11-09"]]'
    assert _from_items_text(stored) == (
        (
            Item(ItemKind.DONE, "макеты", number=1),
            Item(ItemKind.NEEDED, "доступ", since=date(2026, 11, 9), number=2),
        ),
        2,
    )


def save(report: Report, memory: Memory) -> None:
    memory.of(ANNA).reports.save(report)


async def test_no_line_gets_the_number_of_one_that_was_taken_away(
    storage: Storage, report: Report
) -> None:
    first, second = Item(ItemKind.DONE, "макеты"), Item(ItemKind.GOAL, "тексты")
    for items in ((first, second), (), (second,)):
        report = report.with_items(items)
        await storage.write(partial(save, report))
        assert await stored(storage) == report
    assert [each.number for each in report.items] == [3]


async def test_a_report_begun_with_all_there_is_comes_back_whole(
    storage: Storage, report: Report, now: datetime
) -> None:
    whole = replace(
        report,
        week=None,
        started_at=now.replace(microsecond=5),
        items=ITEMS,
        words="Готово: макеты.",
        sent_on=date(2026, 11, 24),
    )
    added = await storage.write(lambda memory: memory.of(ANNA).reports.add(whole))
    assert added == replace(whole, number=ReportNumber(2), started_at=now)
    assert await storage.write(lambda memory: memory.of(ANNA).reports.get(added.number)) == added


async def test_what_is_written_and_sent_is_saved(
    storage: Storage, report: Report, now: datetime
) -> None:
    changed = replace(
        report, week=date(2026, 11, 30), items=ITEMS, words="своё", sent_on=date(2026, 12, 1)
    )
    frozen = replace(changed, client=ClientNumber(9), started_at=now.replace(day=1))
    await storage.write(lambda memory: memory.of(ANNA).reports.save(frozen))
    assert await stored(storage) == changed

    await storage.write(lambda memory: memory.of(ANNA).reports.save(report))
    assert await stored(storage) == report


@pytest.mark.usefixtures("report")
async def test_reports_of_a_client_come_oldest_first(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> list[int]:
        mine = memory.of(ANNA)
        mine.clients.add("другой", now)
        for client in (2, 1):
            mine.reports.add(a_report(now, client))
        return [each.number for each in mine.reports.of_client(ClientNumber(1))]

    assert await storage.write(step) == [1, 3]


async def test_numbers_of_reports_count_per_owner(
    storage: Storage, report: Report, now: datetime
) -> None:
    def step(memory: Memory) -> Report:
        memory.of(BORIS).clients.add("Омега", now)
        return memory.of(BORIS).reports.add(report)

    assert (await storage.write(step)).number == 1
    assert await stored(storage) == report


async def test_there_is_no_report_to_an_unknown_client(storage: Storage, now: datetime) -> None:
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(ANNA).reports.add(a_report(now)))


async def test_an_unknown_report_does_not_change(storage: Storage, report: Report) -> None:
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(BORIS).reports.save(report))
    assert await stored(storage) == report
