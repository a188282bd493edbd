"""Clients' names are declined as a careful writer would."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from content.names import Case, decline

NAMES = tomllib.loads((Path(__file__).parents[1] / "cases/facts/names.toml").read_text("utf-8"))
SHORT = (Case.GENITIVE, Case.DATIVE, Case.INSTRUMENTAL)
EXPECTED = [
    (row[0], case, form)
    for kind in ("people", "firms")
    for row in NAMES[kind]
    for case, form in zip(Case if len(row) == 6 else SHORT, row[1:], strict=True)
]


def test_nineteen_of_twenty_forms_are_right() -> None:
    wrong = [
        f"{name}, {case.name}: {decline(name, case)}, not {form}"
        for name, case, form in EXPECTED
        if decline(name, case) != form
    ]

    assert len(NAMES["people"]) + len(NAMES["firms"]) >= 90
    assert len(wrong) <= len(EXPECTED) * 0.05, wrong


@pytest.mark.parametrize("name", ["", " ", ",", "🦊", "12", "«»", "{name}", "Пшщ Фыв Бум Гав", "Ъ"])
def test_what_is_no_name_stays_as_it_was_typed(name: str) -> None:
    assert decline(name, Case.GENITIVE) == name


def test_spaces_and_signs_around_a_name_stay() -> None:
    assert decline("  Ольга 😀", Case.DATIVE) == "  Ольге 😀"
    assert decline("Пётр\\1", Case.GENITIVE) == "Пётр\\1"


def test_a_sole_trader_that_is_no_person_keeps_its_words() -> None:
    assert decline("ИП «Весна»", Case.GENITIVE) == "ИП «Весна»"


def test_a_name_of_either_gender_follows_the_word_beside_it() -> None:
    assert decline("Саша Иванова", Case.INSTRUMENTAL) == "Сашей Ивановой"
    assert decline("Саша Иванов", Case.INSTRUMENTAL) == "Сашей Ивановым"


def test_a_very_long_name_is_declined_at_once() -> None:
    assert decline("Студия " + "очень " * 2000, Case.GENITIVE).startswith("Студии очень")
