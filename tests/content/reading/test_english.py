"""English is read by the same grammar over its own tables, to the same bars as Russian."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from content.knowledge import Knowledge, Words
from content.reading.amounts import amounts
from content.reading.days import read_day
from content.reading.delays import read_delay
from content.reading.hours import read_hours, read_time
from content.reading.signs import classify
from tests.content.reading.cases import rows

TOWARDS = {"back": False, "ahead": True, "near": None}
SETS = ("en/signs.tsv", "en/signs_second.tsv")
SATURDAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def words(knowledge: Knowledge) -> Words:
    return knowledge.words("en")


@pytest.mark.parametrize(("text", "expected"), rows("en/amounts.tsv"))
def test_amounts_are_read(words: Words, text: str, expected: str) -> None:
    found = [(each.value, each.currency) for each in amounts(words.reading, text)]

    wanted = [each.split() for each in expected.split("; ") if each]
    assert found == [(Decimal(value), currency) for value, currency in wanted]


@pytest.mark.parametrize(("towards", "text", "expected"), rows("en/days.tsv"))
def test_days_are_read(words: Words, towards: str, text: str, expected: str) -> None:
    day = read_day(words.reading, text, SATURDAY, ahead=TOWARDS[towards])

    assert (day.isoformat() if day else "") == expected


@pytest.mark.parametrize(("text", "expected"), rows("en/delays.tsv"))
def test_delays_are_read(words: Words, text: str, expected: str) -> None:
    found = read_delay(words.reading, text)

    assert (str(found.days) if found else "") == expected


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("9", time(9)),
        ("9:30 am", time(9, 30)),
        ("7 pm", time(19)),
        ("12 am", time(0)),
        ("noon", time(12)),
        ("at midnight", time(0)),
        ("25", None),
    ],
)
def test_times_of_day_are_read(words: Words, text: str, hour: time | None) -> None:
    assert read_time(words.reading, text) == hour


def test_hours_from_one_to_another_are_read(words: Words) -> None:
    assert read_hours(words.reading, "from 10 pm to 7 am") == (time(22), time(7))
    assert read_hours(words.reading, "22-8") == (time(22), time(8))


def proposed(words: Words, text: str) -> set[str]:
    return {each.sign for each in classify(words, text, limit=9) if each.proposed}


@pytest.mark.parametrize("name", SETS)
def test_signs_are_proposed_as_well_as_in_russian(words: Words, name: str) -> None:
    said = [row for row in rows(name) if row[0]]
    made = [(row, signs) for row in said if (signs := proposed(words, row[1]))]
    wrong = [each for each in made if not each[1] <= set(each[0][0].split("|"))]
    missed = [
        row
        for row in said
        if not {each.sign for each in classify(words, row[1])} & set(row[0].split("|"))
    ]

    assert len(said) >= 60
    assert len(made) >= len(said) * 2 / 3
    assert len(wrong) <= len(made) * 0.1, wrong
    assert len(missed) <= len(said) * 0.12, missed


@pytest.mark.parametrize("name", SETS)
def test_ordinary_messages_accuse_nobody(words: Words, name: str) -> None:
    ordinary = [row[1] for row in rows(name) if not row[0]]

    assert len(ordinary) >= 25
    assert len([text for text in ordinary if proposed(words, text)]) <= len(ordinary) / 15


def test_one_text_may_speak_of_several_signs(words: Words) -> None:
    texts = [(set(row[0].split("|")), proposed(words, row[1])) for row in rows("en/several.tsv")]

    assert sum(len(signs) > 1 for _, signs in texts) >= len(texts) * 2 / 3
    assert not [each for each in texts if each[1] - each[0]]


def test_no_phrase_of_the_tests_stands_in_the_content(words: Words) -> None:
    known = {text for each in words.said.values() for text in each.says} | {*words.ordinary.says}

    assert not known & {row[1] for name in (*SETS, "en/several.tsv") for row in rows(name)}


def test_every_sign_has_phrases_enough(words: Words) -> None:
    assert min(len(each.says) for each in words.said.values()) >= 20
    assert len(words.ordinary.says) >= 300
