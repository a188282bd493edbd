"""No pattern takes long over any text that a person can send."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections import deque
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

import bot
import content
import handlers

LONGEST: Final = 4_096
"""Characters of a message."""
AT_MOST: Final = 0.03
"""Seconds of CPU; what is quadratic takes ten times as long, what is linear a thirtieth."""
HOSTILE: Final = ("?", "-", ".", " ", "1", "a", "а", "‹", "«", "\n", "а ", "1.", "- ")


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Return every pattern that stands in a module, by where it stands."""
    found: dict[str, re.Pattern[str]] = {}

    def look(module: ModuleType) -> None:
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found.setdefault(f"{module.__name__}.{name}", value)

    for package in (content, handlers, bot):
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not each.name.endswith("__main__"):
                look(importlib.import_module(each.name))
    return found


@cache
def code(module: str = "") -> str:
    """Return the program, or one module of it."""
    if module:
        return inspect.getsource(importlib.import_module(module))
    files = (
        file
        for package in (content, handlers, bot)
        for file in Path(package.__path__[0]).rglob("*.py")
    )
    return "\n".join(file.read_text("utf-8") for file in files)


def only_matched(name: str) -> bool:
    """Tell whether a pattern is tried at the beginning of a text alone.

    One that begins with ``_`` is used in its own module and nowhere else.
    """
    module, _, own = name.rpartition(".")
    used_in = code(module if own.startswith("_") else "")
    return not re.search(rf"\b{own}\.(search|find|sub|split)", used_in)


def slowest(pattern: re.Pattern[str], *, at_start: bool = False) -> tuple[float, str]:
    """Return the seconds of the text that takes longest, and how it begins."""
    times = []
    for piece in HOSTILE:
        text = (piece * LONGEST)[:LONGEST]
        started = time.process_time()
        if at_start:
            pattern.fullmatch(text)
        else:
            deque(pattern.finditer(text), 0)
        times.append((time.process_time() - started, text[:4]))
    return max(times)


@pytest.mark.parametrize("name", sorted(patterns()))
def test_no_pattern_takes_long_over_a_hostile_text(name: str) -> None:
    pattern = patterns()[name]
    took, text = slowest(pattern, at_start=only_matched(name))
    assert took < AT_MOST, text


def test_a_quadratic_pattern_is_caught() -> None:
    took, _ = slowest(re.compile(r"\S*\w\S*"))
    assert took > AT_MOST
