"""Public holidays by country."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from typing import Protocol, cast


class _Holidays(Protocol):
    """What is used of the library ``holidays``."""

    def country_holidays(self, country: str, *, years: int) -> Container[date]: ...

    def list_supported_countries(self) -> Mapping[str, object]: ...


def knows_country(code: str) -> bool:
    """Tell whether the holidays of a country, by its ISO 3166 code (``RU``), are known."""
    return code in _library().list_supported_countries()


def is_holiday(country: str, day: date) -> bool:
    """Tell whether a date is a public holiday; ``NotImplementedError`` for an unknown country."""
    return day in _of_year(country, day.year)


@cache
def _of_year(country: str, year: int) -> Container[date]:
    return _library().country_holidays(country, years=year)


@cache
def _library() -> _Holidays:
    # Loaded by the first person who asks for holidays; most never do.
    return cast("_Holidays", import_module("holidays"))
