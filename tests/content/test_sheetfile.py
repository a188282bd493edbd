"""Sheets as files: what is wrong is named in one line."""

from __future__ import annotations

import pytest

from content.knowledge import Catalogue
from content.models import LastEffort
from content.sheetfile import SheetFault, read_sheet


def test_a_file_becomes_a_sheet(catalogue: Catalogue) -> None:
    sheet = read_sheet(
        """
        tried = ["scope_creep"]
        last_effort = "failed"
        team = true
        exhausted = true
        [answers]
        scope_creep = "often"
        reporting = "bad"
        threats = "skip"
        """,
        catalogue,
    )

    assert sheet.answers == {"scope_creep": "often", "reporting": "bad", "threats": "skip"}
    assert sheet.tried == {"scope_creep"}
    assert sheet.last_effort is LastEffort.FAILED
    assert sheet.team
    assert sheet.exhausted


def test_an_empty_file_is_an_empty_sheet(catalogue: Catalogue) -> None:
    assert not read_sheet("", catalogue).answers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('answers = { late_payments = "often" }', "late_payments"),
        ('answers = { late_payment = "sometimes" }', "sometimes"),
        ('answers = { late_payment = "bad" }', "bad"),
        ('answers = { reporting = "often" }', "often"),
        ("answers = { reporting = 2 }", "answers.reporting"),
        ("answers = 3", "answers"),
        ('tried = ["reporting"]', "reporting"),
        ('last_effort = "maybe"', "last_effort"),
        ("anwsers = {}", "anwsers"),
        ("team = no", "line 1"),
    ],
)
def test_the_fault_is_one_line_that_names_it(catalogue: Catalogue, text: str, names: str) -> None:
    with pytest.raises(SheetFault, match=names) as caught:
        read_sheet(text, catalogue)

    assert "\n" not in str(caught.value)
