"""Clients' names are declined as a careful writer would."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.russian.names import Case, decline, mentioned
from tests.content.reading.cases import rows

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


@pytest.mark.parametrize(("name", "genitive"), rows("names.tsv"))
def test_a_name_is_declined_whole_or_not_at_all(name: str, genitive: str) -> None:
    assert decline(name, Case.GENITIVE) in genitive.split("|")


MEN = ("Олег", "Пётр", "Илья", "Алексей", "Тимур", "Лев")
WOMEN = ("Анна", "Мария", "Юлия", "Оксана", "Любовь")
CHANGING = ("Иванов", "Черныш", "Ткач", "Коломиец", "Жук", "Чайковский", "Смирнов-Белый")
STAYING = ("Живаго", "Седых", "Шевченко", "Мкртчян", "Ткач", "Жук")
case = st.sampled_from(list(Case))


@given(first=st.sampled_from(MEN), last=st.sampled_from(CHANGING), case=case)
def test_every_word_of_a_mans_name_changes(first: str, last: str, case: Case) -> None:
    for name in (f"{first} {last}", f"{last} {first}", f"ИП {last} {first}"):
        declined = decline(name, case)

        assert {word for word in name.split() if word in declined.split()} <= {"ИП"}, declined


@pytest.mark.parametrize("last", ["Ким", "Ткач", "Черныш", "Кац"])
def test_initials_do_not_say_whether_a_surname_changes(last: str) -> None:
    for name in (f"{last} А. С.", f"А. {last}", f"ИП {last} А. С."):
        assert {decline(name, each) for each in Case} == {name}


@pytest.mark.parametrize(("name", "genitive", "dative", "instrumental"), rows("names_second.tsv"))
def test_a_name_is_declined_alike_in_every_case(
    name: str, genitive: str, dative: str, instrumental: str
) -> None:
    assert [decline(name, each) for each in (Case.GENITIVE, Case.DATIVE, Case.INSTRUMENTAL)] == [
        genitive,
        dative,
        instrumental,
    ]


@given(first=st.sampled_from(WOMEN), last=st.sampled_from(STAYING), case=case)
def test_a_surname_that_stays_stays_in_every_case(first: str, last: str, case: Case) -> None:
    assert decline(f"{first} {last}", case).endswith(f" {last}")
    if last not in ("Ткач", "Жук"):  # «Ткач Анна» may be Anna the weaver
        assert decline(f"{last} {first}", case).startswith(f"{last} ")


@given(one=st.sampled_from(MEN), other=st.sampled_from(WOMEN), case=case)
def test_of_two_people_both_are_declined(one: str, other: str, case: Case) -> None:
    declined = decline(f"{one} и {other}", case)

    assert declined == f"{decline(one, case)} и {decline(other, case)}"


@given(st.text(max_size=40), case)
def test_any_name_is_declined_without_a_fault(name: str, case: Case) -> None:
    assert len(decline(name, case).split()) == len(name.split())


@pytest.mark.parametrize(
    ("names", "text", "place"),
    [
        (("Wei Zhang", "Анна Кузнецова"), "Wei Zhang опять прислал правки", 0),
        (("Wei Zhang", "Анна Кузнецова"), "с анной не договориться", 1),
        (("Студия «Вектор»", "Пётр"), "студия молчит", None),
        (("Студия «Вектор»", "Пётр"), "студия вектор молчит", 0),
        (("Жмот с дизайном", "Пётр"), "правки по дизайну", None),
        (("Анна К.", "Анна Белова"), "Анна опять не заплатила", None),
        (("Анна К.", "Анна Белова"), "Беловой не нравится", 1),
        ((), "Анна", None),
        (("🦊", "12"), "12 правок", None),
    ],
)
def test_the_one_client_that_a_text_names_is_found(
    names: tuple[str, ...], text: str, place: int | None
) -> None:
    assert mentioned(names, text) == place
