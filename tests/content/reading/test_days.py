"""Days are read as people type them: back, ahead, or the nearest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.knowledge import Knowledge, Words
from content.reading.days import in_dates, named_days, read_day
from tests.content.reading.cases import rows

TOWARDS = {"back": False, "ahead": True, "near": None}
SATURDAY, WEDNESDAY, THURSDAY = date(2026, 11, 21), date(2027, 3, 10), date(2027, 1, 14)
ROWS = [
    *((SATURDAY, *row) for row in rows("days.tsv", "days_second.tsv", "days_fifth.tsv")),
    *((WEDNESDAY, *row) for row in rows("days_third.tsv")),
    *((THURSDAY, *row) for row in rows("days_fourth.tsv")),
]


@pytest.mark.parametrize(("today", "towards", "text", "expected"), ROWS)
def test_a_typed_day_is_read(
    words: Words, today: date, towards: str, text: str, expected: str
) -> None:
    day = read_day(words.reading, text, today, ahead=TOWARDS[towards])

    assert (day.isoformat() if day else "") == expected


def test_several_days_are_told_with_their_places(words: Words) -> None:
    text = "С 3 по 17 ноября и вчера — ни слова"
    found = named_days(words.reading, text, SATURDAY, ahead=False)

    assert [(each.day.isoformat(), text[each.start : each.end]) for each in found] == [
        ("2026-11-03", "3"),
        ("2026-11-17", "17 ноября"),
        ("2026-11-20", "вчера"),
    ]


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("вчера опять не пришёл", "20 ноября опять не пришёл"),
        ("в пятницу звонили в 23:00", "20 ноября звонили в 23:00"),
        ("с прошлой пятницы тишина", "с 20 ноября тишина"),
        ("два дня назад пришла правка", "19 ноября пришла правка"),
        ("3 ноября добавилась задача", "3 ноября добавилась задача"),
        ("просили срочное на воскресенье", "просили срочное на воскресенье"),
        ("обещали до пятницы", "обещали до пятницы"),
        ("8 ноября прислал пост в воскресенье", "8 ноября прислал пост в воскресенье"),
        ("11.11 попросили ещё проект", "11 ноября попросили ещё проект"),
        ("версия 11.11 готова", "версия 11.11 готова"),
        ("вчера прислал правки к 3 ноября", "20 ноября прислал правки к 3 ноября"),
        ("8 ноября пост\nв пятницу ещё один", "8 ноября пост\n20 ноября ещё один"),
    ],
)
def test_what_was_said_of_days_before_holds_on_a_later_day(
    words: Words, said: str, holds: str
) -> None:
    told = in_dates(words.reading, said, SATURDAY, lambda day: f"{day.day} ноября")

    assert told == holds


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("снимаю в субботу, отдам в среду", "снимаю 28.11, отдам 2.12"),
        ("в четверг снимаю, монтаж к воскресенью", "26.11 снимаю, монтаж к 29.11"),
        ("раскрой в четверг\nсборка к вторнику", "раскрой 26.11\nсборка к 1.12"),
        ("отчёт в среду, макет в пятницу", "отчёт 25.11, макет 27.11"),
        (
            "отдам в среду, если тексты придут в понедельник",
            "отдам 25.11, если тексты придут 23.11",
        ),
        (
            "если данные будут до пятницы, то к 10 декабря",
            "если данные будут до 27.11, то к 10 декабря",
        ),
        ("в среду, 2 декабря, созвон", "в среду, 2 декабря, созвон"),
        ("подпишу сегодняшним числом", "подпишу сегодняшним числом"),
    ],
)
def test_the_days_of_a_plan_follow_one_another(words: Words, said: str, holds: str) -> None:
    told = in_dates(words.reading, said, SATURDAY, lambda day: f"{day.day}.{day.month}", ahead=None)

    assert told == holds


def test_a_month_before_the_last_day_is_the_last_day_too(words: Words) -> None:
    def ago(today: date) -> date | None:
        return read_day(words.reading, "месяц назад", today, ahead=False)

    assert ago(date(2026, 3, 31)) == date(2026, 2, 28)
    assert ago(date(2026, 1, 31)) == date(2025, 12, 31)


@given(
    day=st.integers(1, 28),
    month=st.integers(1, 12),
    today=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_a_day_without_its_year_lies_on_the_side_that_is_asked_for(
    knowledge: Knowledge, day: int, month: int, today: date
) -> None:
    reading, typed = knowledge.words("ru").reading, f"{day}.{month:02}"
    back = read_day(reading, typed, today, ahead=False)
    ahead = read_day(reading, typed, today, ahead=True)
    near = read_day(reading, typed, today, ahead=None)

    assert back is not None
    assert ahead is not None
    assert today - timedelta(days=366) <= back <= today <= ahead <= today + timedelta(days=366)
    assert near == min(back, ahead, key=lambda each: abs(each - today))


@given(text=st.text(max_size=60), today=st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_any_text_is_read_without_a_fault(knowledge: Knowledge, text: str, today: date) -> None:
    for ahead in (True, False, None):
        found = named_days(knowledge.words("ru").reading, text, today, ahead=ahead)

        assert all(0 <= each.start < each.end <= len(text) for each in found)
