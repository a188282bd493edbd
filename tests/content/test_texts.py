"""Interface texts: strict keys and arguments, plurals, dates."""

from __future__ import annotations

from datetime import date, time
from functools import partial
from time import process_time
from timeit import repeat

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from content.texts import MalformedText, TextFault, Texts, flatten, needed_categories, parse

TABLE: dict[str, object] = {
    "since": "с {date}",
    "share": "{percent} % из 100 %",
    "plain": "Готово",
    "card": {
        "title": "{name} · {topic}",
        "assessments": {"one": "{n} разбор", "few": "{n} разбора", "many": "{n} разборов"},
        "days": {"one": "день", "few": "{n} дня", "many": "{n} дней"},
    },
}


def texts(language: str = "ru", table: dict[str, object] = TABLE) -> Texts:
    templates = {key: parse(value) for key, value in flatten(table, "ui")}  # type: ignore[arg-type]  # texts and plurals only
    return Texts(Locale.parse(language), templates)


def test_a_key_is_the_file_and_the_path_within_it() -> None:
    assert texts()("ui.plain") == "Готово"
    assert texts()("ui.since", date="21 ноября") == "с 21 ноября"
    assert texts()("ui.card.title", name="Вектор", topic="Деньги") == "Вектор · Деньги"
    assert texts().has("ui.card.title")
    assert not texts().has("ui.card")


def test_after_what_was_cut_short_stands_no_full_stop() -> None:
    table: dict[str, object] = {"day": "{name}: {items}."}
    said = texts(table=table)
    assert said("ui.day", name="Пт", items="Олег, магазин…") == "Пт: Олег, магазин…"
    assert said("ui.day", name="ну….", items="Олег") == "ну….: Олег.", "as it was typed"


def test_a_per_cent_sign_is_only_a_per_cent_sign() -> None:
    assert texts()("ui.share", percent="5") == "5 % из 100 %"


@given(name=st.text(), topic=st.text())
def test_what_people_type_is_never_a_template(name: str, topic: str) -> None:
    assert texts()("ui.card.title", name=name, topic=topic) == f"{name} · {topic}"


@pytest.mark.parametrize("hostile", ["{topic}", "{0}", "{", "}}", "%(topic)s", "%s", "%", "%%"])
def test_braces_and_per_cents_in_a_name_stay_as_they_are(hostile: str) -> None:
    assert texts()("ui.card.title", name=hostile, topic="Т") == f"{hostile} · Т"


@pytest.mark.parametrize(
    ("key", "arguments"),
    [
        ("ui.nothing", {}),
        ("ui.card", {}),
        ("ui.since", {}),
        ("ui.since", {"date": "1", "time": "2"}),
        ("ui.since", {"day": "1"}),
        ("ui.plain", {"date": "1"}),
        ("ui.card.assessments", {}),
        ("ui.card.assessments", {"n": "5"}),
    ],
)
def test_an_unknown_key_or_argument_is_a_fault(key: str, arguments: dict[str, str]) -> None:
    with pytest.raises(TextFault):
        texts()(key, **arguments)


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "0\N{NO-BREAK SPACE}разборов"),
        (1, "1\N{NO-BREAK SPACE}разбор"),
        (2, "2\N{NO-BREAK SPACE}разбора"),
        (5, "5\N{NO-BREAK SPACE}разборов"),
        (11, "11\N{NO-BREAK SPACE}разборов"),
        (21, "21\N{NO-BREAK SPACE}разбор"),
        (112, "112\N{NO-BREAK SPACE}разборов"),
        (1_000, "1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}разборов"),
        (1_234_567, "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567\N{NO-BREAK SPACE}разборов"),
    ],
)
def test_russian_numbers_take_their_form(n: int, text: str) -> None:
    assert texts()("ui.card.assessments", n=n) == text


def test_a_form_may_leave_the_number_out() -> None:
    assert texts()("ui.card.days", n=1) == "день"
    assert texts()("ui.card.days", n=3) == "3\N{NO-BREAK SPACE}дня"


def test_english_has_two_forms_and_commas() -> None:
    english = texts("en", {"days": {"one": "{n} day", "other": "{n} days"}})

    assert english("ui.days", n=1) == "1\N{NO-BREAK SPACE}day"
    assert english("ui.days", n=12_000) == "12,000\N{NO-BREAK SPACE}days"


@pytest.mark.parametrize("text", ["{", "{Имя}", "{a b}", "a}", "{{name}}", "{0}"])
def test_a_stray_brace_is_malformed(text: str) -> None:
    with pytest.raises(MalformedText):
        parse(text)


def test_a_span_names_its_month_once() -> None:
    assert texts().span(date(2026, 11, 23), date(2026, 11, 29)) == "23–29\N{NO-BREAK SPACE}ноября"
    assert (
        texts().span(date(2026, 9, 28), date(2026, 10, 4))
        == "28\N{NO-BREAK SPACE}сентября\N{NO-BREAK SPACE}– 4\N{NO-BREAK SPACE}октября"
    )
    assert (
        texts("en").span(date(2026, 11, 9), date(2026, 11, 15)) == "November\N{NO-BREAK SPACE}9–15"
    )


def test_dates_carry_the_year_only_when_it_is_another_one() -> None:
    day = date(2025, 11, 21)

    assert texts().date(day) == "21\N{NO-BREAK SPACE}ноября"
    assert texts().date(day, today=date(2025, 1, 1)) == "21\N{NO-BREAK SPACE}ноября"
    assert (
        texts().date(day, today=date(2026, 1, 1))
        == "21\N{NO-BREAK SPACE}ноября\N{NO-BREAK SPACE}2025"
    )
    assert texts().weekday(day) == "пятница"
    assert texts("en").date(day) == "November\N{NO-BREAK SPACE}21"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("{date} is still ahead.", "December 7, 2026, is still ahead."),
        ("On {date} at 9 AM", "On December 7, 2026, at 9 AM"),
        ("Until {date}, nothing comes.", "Until December 7, 2026, nothing comes."),
        ("It is due {date}.", "It is due December 7, 2026."),
        ("{date} · verdict", "December 7, 2026 · verdict"),
    ],
)
def test_an_english_year_is_parted_by_commas_on_both_sides(said: str, read: str) -> None:
    english = texts("en", {"text": said})
    day = english.date(date(2026, 12, 7), today=date(2025, 1, 1))
    assert english("ui.text", date=day).replace("\N{NO-BREAK SPACE}", " ") == read


@pytest.mark.parametrize(
    ("at", "russian", "english", "hour"),
    [
        (time(0, 5), "00:05", "12:05 AM", "12 AM"),
        (time(9), "09:00", "9:00 AM", "9 AM"),
        (time(12), "12:00", "12:00 PM", "12 PM"),
        (time(22, 30), "22:30", "10:30 PM", "10 PM"),
    ],
)
def test_the_clock_has_twelve_hours_in_english(
    at: time, russian: str, english: str, hour: str
) -> None:
    assert texts().clock(at) == russian
    assert texts("en").clock(at) == english.replace(" ", "\N{NO-BREAK SPACE}")
    assert texts("en").clock(at, whole=False) == hour.replace(" ", "\N{NO-BREAK SPACE}")


def test_lists_read_as_a_sentence() -> None:
    assert texts().list(["торг"]) == "торг"
    assert texts().list(["торг", "счета", "путь к оплате"]) == "торг, счета и путь к оплате"


def test_whole_numbers_need_three_forms_in_russian_and_two_in_english() -> None:
    assert needed_categories(Locale.parse("ru")) == {"one", "few", "many"}
    assert needed_categories(Locale.parse("en")) == {"one", "other"}


@pytest.mark.speed
def test_a_text_that_is_said_again_is_not_parsed_again() -> None:
    ours, written = texts(), "{name} · {topic}"
    timed = partial(repeat, timer=process_time, number=500, repeat=20)
    said = min(timed(lambda: ours("ui.card.title", name="В", topic="Д")))
    parsed = min(timed(lambda: parse(written)))

    assert said < 2 * parsed, "about half, where this was measured"


def test_what_stands_in_quotation_marks_has_others_within() -> None:
    table: dict[str, object] = {"russian": "«{name}» — это {name}", "english": "“{name}”"}
    assert texts(table=table)("ui.russian", name="ИП «Кит»") == "«ИП „Кит“» — это ИП „Кит“"
    assert texts(table=table)("ui.english", name="The “Whale”") == "“The ‘Whale’”"
