"""Days are read as people type them: back, ahead, or the nearest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.knowledge import Knowledge, Words
from content.reading.days import Told, in_dates, named_days, read_day
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
    told = in_dates(words.reading, said, Told(SATURDAY), lambda day: f"{day.day} ноября")

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
        ("сдам через 10 дней", "сдам 1.12"),
        ("сегодня начну, через неделю сдам", "21.11 начну, 28.11 сдам"),
        ("через 10 дней после ваших правок", "через 10 дней после ваших правок"),
        (
            "старт 7 декабря, готово через три недели",
            "старт 7 декабря, готово через три недели",
        ),
        ("после оплаты через 3 дня", "после оплаты через 3 дня"),
        ("черновик через 3 дня, финал через неделю", "черновик через 3 дня, финал через неделю"),
        ("в течение недели после оплаты", "в течение недели после оплаты"),
        ("съёмка в среду, монтаж в следующую пятницу", "съёмка 25.11, монтаж 27.11"),
        (
            "съёмка 7 декабря, монтаж в следующую пятницу",
            "съёмка 7 декабря, монтаж в следующую пятницу",
        ),
        ("в пятницу после съёмки", "в пятницу после съёмки"),
        ("в понедельник после 17:00", "23.11 после 17:00"),
        ("отдам до 4-го", "отдам до 4.12"),
        ("28 числа сдам", "28.11 сдам"),
        ("отчёт до 5-го, ежемесячно", "отчёт до 5-го, ежемесячно"),
        ("28 числа каждого месяца", "28 числа каждого месяца"),
        ("до 5-го варианта", "до 5-го варианта"),
    ],
)
def test_the_days_of_a_plan_follow_one_another(words: Words, said: str, holds: str) -> None:
    told = in_dates(
        words.reading, said, Told(SATURDAY, ahead=None), lambda day: f"{day.day}.{day.month}"
    )

    assert told == holds


@pytest.mark.parametrize(
    ("said", "ahead", "holds"),
    [
        ("in 10 days", None, "1.12"),
        ("ready in 10 days", None, "ready on 1.12"),
        ("in a week from monday", None, "30.11"),
        ("in 3 days from today", None, "24.11"),
        ("3 weeks from now", None, "12.12"),
        ("due in 14 days", None, "due 5.12"),
        ("invoice on 1st december, due in 14 days", None, ""),
        ("first draft by Dec 4, final in 10 days after your comments", None, ""),
        ("final in 10 days after your comments", None, ""),
        ("in two weeks of your approval", None, ""),
        ("start Dec 7, done in three weeks", None, ""),
        ("the draft goes out December 1 and the final in 7 days", None, ""),
        ("once you approve, the final in 3 days", None, ""),
        ("the draft in 5 days and the final in 10 days", None, ""),
        ("within a week of payment", None, ""),
        ("a week after friday's call", None, "a week after 27.11's call"),
        ("two weeks after tuesday", None, "8.12"),
        ("shoot on friday, edit next friday", None, "shoot on 27.11, edit next friday"),
        ("shoot saturday, hand over wednesday", None, "shoot on 28.11, hand over on 2.12"),
        ("pay on friday after the call", None, ""),
        ("on monday after 5pm", None, "on 23.11 after 5pm"),
        ("i can do it by Tuesday the 24th", None, "i can do it by 24.11"),
        ("friday week", None, "4.12"),
        ("by monday week", None, "by 30.11"),
        ("on monday week 2 starts", None, "on 23.11 week 2 starts"),
        ("animate it by the 4th", None, "animate it by 4.12"),
        ("half on the 1st, half on the 15th", None, "half on 1.12, half on 15.12"),
        ("all files delivered on the 28th", False, "all files delivered on 28.10"),
        ("receipts by the 5th every month", None, ""),
        ("sept receipts came on the 19th", False, ""),
        ("changes on the 2nd, the 3rd and the 4th page", None, ""),
        ("the 2nd draft by friday", None, "the 2nd draft by 27.11"),
    ],
)
def test_what_counts_from_another_day_than_today_stays_as_it_was_said(
    knowledge: Knowledge, said: str, ahead: bool | None, holds: str
) -> None:
    english = knowledge.words("en").reading
    told = in_dates(english, said, Told(SATURDAY, ahead), lambda day: f"{day.day}.{day.month}")

    assert told == (holds or said)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("end of next week", "2026-11-27"),
        ("next friday", "2026-11-27"),
        ("friday week", "2026-12-04"),
        ("thurs the 3rd", "2026-12-03"),
        ("in 10 days after your comments", ""),
    ],
)
def test_next_week_is_one_week_however_it_is_said(
    knowledge: Knowledge, text: str, day: str
) -> None:
    read = read_day(knowledge.words("en").reading, text, SATURDAY, ahead=True)

    assert (read.isoformat() if read else "") == day


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
