"""Cities and clocks."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from content.loading import check
from content.places import (
    _cities,
    countries,
    country_of,
    find_city,
    valid_zone,
    zone_for_clock,
)


def test_the_table_is_long_and_every_zone_exists(small_root: Path) -> None:
    assert len(_cities()) >= 220
    assert [city for city in _cities() if not valid_zone(city.zone)] == []
    assert [fault for fault in check(small_root) if fault.file == "cities.toml"] == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Москва", "Москва"),
        ("москва", "Москва"),
        (" МОСКВА! ", "Москва"),
        ("г. Москва", "Москва"),
        ("Мос", "Москва"),
        ("Моква", "Москва"),
        ("Moscow", "Москва"),
        ("Moskow", "Москва"),
        ("Питер", "Санкт-Петербург"),
        ("питербург", "Санкт-Петербург"),
        ("санкт петербург", "Санкт-Петербург"),
        ("СПб", "Санкт-Петербург"),
        ("Екб", "Екатеринбург"),
        ("Свердловск", "Екатеринбург"),
        ("Краснадар", "Краснодар"),
        ("Орел", "Орёл"),
        ("Новгород", "Великий Новгород"),
        ("нижний", "Нижний Новгород"),
        ("Алма-Ата", "Алматы"),
        ("Нур-Султан", "Астана"),
        ("Київ", "Киев"),
        ("тбилиси", "Тбилиси"),
        ("Бали", "Денпасар"),
        ("нью йорк", "Нью-Йорк"),
        ("Рио", "Рио-де-Жанейро"),
        ("ош", "Ош"),
        ("Берлине", "Берлин"),
    ],
)
def test_a_city_is_found_as_people_write_it(text: str, first: str) -> None:
    assert find_city(text)[0].name == first


@pytest.mark.parametrize(
    "text",
    ["ыва", "фывапролдж", "не знаю", "привет", "да", "14:05", "", "🙂", "а", "...", "М" * 500],
)
def test_what_is_no_city_is_never_taken_for_one(text: str) -> None:
    assert find_city(text) == ()


def test_a_name_that_fits_well_hides_likely_typos_of_others() -> None:
    assert [city.name for city in find_city("петропавловск")] == [
        "Петропавловск",
        "Петропавловск-Камчатский",
    ]


def test_no_more_cities_are_proposed_than_asked_for() -> None:
    assert len(find_city("нов", limit=4)) == 4
    assert len(find_city("нов", limit=1)) == 1


def test_every_name_and_alias_finds_its_city_first() -> None:
    assert [
        name
        for city in _cities()
        for name in (city.name, *city.aliases)
        if find_city(name)[0] != city
    ] == []


def test_a_clock_tells_the_zones_it_may_hang_in() -> None:
    now = datetime(2026, 11, 21, 9, 5, tzinfo=UTC)

    assert zone_for_clock(now, time(14, 3))[0] == "Asia/Yekaterinburg"
    assert "Asia/Tashkent" in zone_for_clock(now, time(14, 10))
    assert zone_for_clock(now, time(12, 5))[0] == "Europe/Moscow"
    assert zone_for_clock(now, time(14, 35)) == ("Asia/Kolkata", "Asia/Colombo")
    assert zone_for_clock(now, time(14, 20)) == ()


def test_the_clock_may_already_show_tomorrow() -> None:
    now = datetime(2026, 11, 21, 20, 58, tzinfo=UTC)

    assert zone_for_clock(now, time(0, 1))[0] == "Europe/Moscow"


def test_a_zone_is_a_name_of_the_tz_database() -> None:
    assert valid_zone("Asia/Yekaterinburg")
    assert not valid_zone("Asia/Nowhere")
    assert not valid_zone("../etc/passwd")


def test_a_zone_lies_in_a_country() -> None:
    assert country_of("Asia/Tbilisi") == "GE"
    assert country_of("Etc/UTC") is None


def test_countries_with_cities_are_listed_once_the_best_known_first() -> None:
    assert countries()[0] == "RU"
    assert len(countries()) == len(set(countries()))
    assert {"KZ", "DE", "AR"} <= set(countries())
