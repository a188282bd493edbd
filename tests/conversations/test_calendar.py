"""The calendar file: valid, in UTC, the same event for the same date, and silent if wanted."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from icalendar import Calendar
from icalendar.cal import Component

from tests.conversations.stage import Stage


async def in_berlin(stage: Stage, *names: str) -> None:
    await stage.say("/start")
    await stage.press("sz:Europe/Berlin")
    for number, name in enumerate(names or ("Ольга",), start=1):
        await stage.client(name)
        await stage.press(f"iy:{number}:4")


def newest(stage: Stage) -> bytes:
    """Return the file that came last."""
    sent = [message for message in stage.from_bot if "document" in message.body]
    return stage.telegram.files[sent[-1].body["document"]["file_id"]].data


def events(stage: Stage) -> list[Component]:
    """Read the file that came last as a calendar program would."""
    return list(Calendar.from_ical(newest(stage)).walk("VEVENT"))


async def test_twelve_weeks_of_reports_are_events_in_utc(stage: Stage) -> None:
    await in_berlin(stage)
    await stage.press("if:0")
    assert stage.toast == "Файл выше"
    starts = [each.decoded("dtstart") for each in events(stage)]
    assert starts[0] == datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert len(starts) == 12
    assert {each.utcoffset() for each in starts} == {starts[0].utcoffset()}
    assert {str(each["summary"]) for each in events(stage)} == {"Отчёт: Ольга"}
    assert b"DTSTART:20261127T080000Z" in newest(stage)
    assert b"VALARM" not in newest(stage)


async def test_after_a_change_of_clocks_the_hour_on_the_wall_is_the_same(stage: Stage) -> None:
    stage.clock.moment = datetime(2026, 3, 20, 12, tzinfo=UTC)
    await in_berlin(stage)
    await stage.press("if:0")
    assert [each.decoded("dtstart").hour for each in events(stage)][:2] == [8, 7]
    stage.clock.moment = datetime(2026, 10, 20, 12, tzinfo=UTC)
    await stage.press("if:0")
    assert [each.decoded("dtstart").hour for each in events(stage)][:2] == [7, 8]


async def test_the_same_date_is_the_same_event_in_every_file(stage: Stage) -> None:
    await in_berlin(stage, "Ольга", "Пётр")
    await stage.press("if:0")
    first = {str(each["uid"]) for each in events(stage)}
    await stage.press("if:1")
    of_olga = {str(each["uid"]) for each in events(stage)}
    assert len(first) == 24
    assert of_olga < first
    assert not any(re.search(r"Ольга|2026-?1[12]-?[0-3]\d", each) for each in first)


async def test_a_promise_is_an_event_too(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="always")
    await stage.press("pk:1:00")
    await stage.press("if:0")
    assert [str(each["summary"]) for each in events(stage)] == [
        "Шаг плана: Ольга",
        "Новый разбор: Ольга",
    ]


async def test_in_discreet_mode_the_file_names_nobody(stage: Stage) -> None:
    await in_berlin(stage, "Ольга")
    await stage.press("sd:1")
    await stage.press("if:0")
    assert {str(each["summary"]) for each in events(stage)} == {"Запись в рабочем дневнике"}
    assert "Ольга" not in newest(stage).decode()


@pytest.mark.parametrize("data", ["if:0", "if:1"])
async def test_without_dates_there_is_no_file(stage: Stage, data: str) -> None:
    await stage.client("Ольга")
    await stage.press(data)
    assert stage.toast == "Впереди нет ни одной даты"
    assert not any("document" in message.body for message in stage.from_bot)
