"""The words of the checker are content: their faults are told by file and key."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from content.faults import Fault
from content.loading import check
from content.wordlists import DATA


def test_a_word_that_is_no_pattern_is_a_fault(root: Path) -> None:
    file = root / "checking/ru/lexicon.toml"
    file.write_text(file.read_text("utf-8").replace('"хам",', '"хам!",'), "utf-8")

    faults = check(root)

    assert [(fault.file, fault.key) for fault in faults] == [
        ("checking/ru/lexicon.toml", "judging_word.say.0")
    ]
    assert "'хам!'" in faults[0].message


def test_a_rule_without_a_reason_is_a_fault(root: Path) -> None:
    file = root / "checking/en/rules.toml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("[passing]")], "utf-8")

    assert check(root) == (Fault("checking/en/rules.toml", "", "Value error, lacks passing"),)


def test_a_file_that_is_gone_is_a_fault(root: Path) -> None:
    (root / "checking/ru/cues.toml").unlink()

    assert check(root) == (Fault("checking/ru/cues.toml", "", "missing"),)


@pytest.mark.parametrize("file", sorted(DATA.glob("*/*.toml")), ids=lambda file: file.name)
def test_no_list_of_words_names_one_twice(file: Path) -> None:
    for name, words in lists(tomllib.loads(file.read_text("utf-8"))):
        assert sorted(set(words)) == sorted(words), name


def lists(table: dict[str, object]) -> list[tuple[str, list[str]]]:
    found = []
    for name, value in table.items():
        if isinstance(value, dict):
            found += lists(value)
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            found.append((name, value))
    return found
