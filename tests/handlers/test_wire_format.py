"""The buttons' wire format is public: a golden string for every form, for ever."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import handlers
from handlers.engine.buttons import Data
from handlers.topics import ROUTES

BYTES = 64
GOLDEN = [
    line
    for line in (Path(__file__).parent / "wire_format.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
ABSTRACT = {"-", "-c", "-a", "-q", "-p", "-f", "-w", "-y", "-o", "-ol", "-of", "-i", "-h", "-m"}
"""Prefixes of what several forms share; no button is ever one of them."""


def forms() -> Iterator[type[Data]]:
    for room in Path(handlers.__file__).parent.glob("*/buttons.py"):
        module = import_module(f"handlers.{room.parent.name}.buttons")
        for form in vars(module).values():
            if isinstance(form, type) and form.__module__ == module.__name__:
                assert issubclass(form, Data)
                yield form


# Invariant I3.
@pytest.mark.parametrize("golden", GOLDEN)
def test_what_a_release_has_sent_is_understood_for_ever(golden: str) -> None:
    found = ROUTES.find(golden)
    assert found is not None
    _, form = found
    assert form.pack() == golden
    assert len(golden.encode()) <= BYTES


# Invariant I3.
def test_every_form_has_a_golden_string() -> None:
    prefixes = {form.__prefix__ for form in forms()} - ABSTRACT
    assert prefixes == {golden.split(":")[0] for golden in GOLDEN}


def test_every_form_has_a_handler() -> None:
    assert {form.__prefix__ for form in forms()} - ABSTRACT == ROUTES.taps.keys()


def test_no_two_forms_share_a_prefix() -> None:
    prefixes = [form.__prefix__ for form in forms()]
    assert len(prefixes) == len(set(prefixes))


def test_the_longest_of_every_form_fits_a_button() -> None:
    longest = {
        golden.split(":")[0]: max(
            len(other.encode()) for other in GOLDEN if other.split(":")[0] == golden.split(":")[0]
        )
        for golden in GOLDEN
    }
    for form in forms():
        if form.__prefix__ in ABSTRACT:
            continue
        numbers = [name for name, field in form.model_fields.items() if field.annotation is int]
        names = [
            name
            for name, field in form.model_fields.items()
            if field.annotation is str and name not in {"digits", "zone"}
        ]
        size = len(form.__prefix__) + 8 * len(numbers) + 25 * len(names)
        assert size <= BYTES, form.__prefix__
        assert longest[form.__prefix__] <= BYTES


@pytest.mark.parametrize(
    "strange",
    [
        "",
        ":",
        "c",
        "c:",
        "c:0",
        "c:x",
        "c:1:1",
        "c:99999999",
        "a:1:LATE:never",
        "a:1:x",
        "-c:1",
        "zz",
    ],
)
def test_what_no_release_has_sent_is_understood_as_nothing(strange: str) -> None:
    assert ROUTES.find(strange) is None
