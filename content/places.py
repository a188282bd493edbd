"""Time zones by city or by the clock on the wall. The place itself is never kept."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from datetime import datetime, time
from functools import cache

import tomli
from babel.core import get_global

from content.loading import DATA
from content.mistyped import nearest
from content.models import RUSSIAN, Cities, City, Language
from content.russian.spelling import undotted

SHORTEST_START = 3
"""Letters from which the start of a name is worth a proposal: «Мос»."""
SHORTEST_TYPO = 5
LIKE_ENOUGH = 80
"""Likeness of 100 from which a name counts as mistyped: «Моква» is 91, «Краснадар» 89."""
LONGEST = 60
CLOCK_TOLERANCE = 7
"""Minutes a clock may be off: less than half of the smallest step between two zones."""
NO_COUNTRY = "ZZ"


def find_city(text: str, limit: int = 4) -> tuple[City, ...]:
    """Return the cities a text may mean: named so, then starting so; else likely mistyped."""
    wanted = _normal(text)
    if not wanted or len(wanted) > LONGEST:
        return ()
    names = _names()
    found = list(names.get(wanted, ()))
    if len(wanted) >= SHORTEST_START:
        found += [
            city for name, group in names.items() if name.startswith(wanted) for city in group
        ]
    if not found and len(wanted) >= SHORTEST_TYPO:
        similar = nearest(wanted, names, from_=LIKE_ENOUGH, limit=limit)
        found += [city for name, _ in similar for city in names[name]]
    return tuple(dict.fromkeys(found))[:limit]


def city_named(text: str) -> City | None:
    """Return the city of just this name; None where no city is called so, or several are."""
    found = set(_names().get(_normal(text), ()))
    return found.pop() if len(found) == 1 else None


def zone_for_clock(now_utc: datetime, local_time: time) -> tuple[str, ...]:
    """Return the zones of the table where the clock shows about this time now, likelier first.

    ``now_utc`` must be aware.
    """
    wanted = local_time.hour * 60 + local_time.minute
    zones = dict.fromkeys(city.zone for city in _cities())
    return tuple(zone for zone in zones if _minutes_off(now_utc, zone, wanted) <= CLOCK_TOLERANCE)


def city_of(zone: str) -> City | None:
    """Return the city by which a zone is called, else its best known one; None for no such city."""
    there = [city for city in _cities() if city.zone == zone]
    namesake = city_named(zone.rpartition("/")[2].replace("_", " "))
    return namesake if namesake in there else next(iter(there), None)


def called(city: City, language: Language) -> str:
    """Return how a city is called on the screens of a language."""
    return city.name if language == RUSSIAN else city.latin or city.name


def country_of(zone: str) -> str | None:
    """Return the ISO 3166 code of the country a zone lies in; None where it lies in none."""
    found = _territories().get(zone)
    return None if found == NO_COUNTRY else found


def countries() -> tuple[str, ...]:
    """Return the codes of the countries where the table has cities, the best known first."""
    return tuple(dict.fromkeys(filter(None, (country_of(city.zone) for city in _cities()))))


def valid_zone(key: str) -> bool:
    """Tell whether there is a time zone of this name."""
    return key in _zones()


def _minutes_off(now_utc: datetime, zone: str, wanted: int) -> int:
    local = now_utc.astimezone(zoneinfo.ZoneInfo(zone))
    off = abs(local.hour * 60 + local.minute - wanted)
    return min(off, 24 * 60 - off)


def _normal(name: str) -> str:
    words = undotted(" ".join(re.findall(r"\w+", name.casefold())))
    return _prefix().sub("", words)


@cache
def _territories() -> Mapping[str, str]:
    territories: Mapping[str, str] = get_global("zone_territories")
    return territories


@cache
def _prefix() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(_table().before)})\s+")


def _cities() -> tuple[City, ...]:
    return _table().city


@cache
def _table() -> Cities:
    return Cities.model_validate(tomli.loads((DATA / "cities.toml").read_text("utf-8")))


@cache
def _names() -> dict[str, list[City]]:
    names: dict[str, list[City]] = {}
    for city in _cities():
        for name in dict.fromkeys((city.name, city.latin or city.name, *city.aliases)):
            names.setdefault(_normal(name), []).append(city)
    return names


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())
