"""The locks are whole, and a later release of a package changes nothing."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("locks", ROOT / ".ci" / "locks.py")
assert SPEC is not None
assert SPEC.loader is not None
locks = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(locks)

# What made the set-up rot: one package asks for another with an extra.
NEEDS = {
    "runner": ["meter[fast]>=2", 'backport>=1; python_version < "3.12"'],
    "meter": ['reader>=3; extra == "fast"', 'plotter; extra == "slow"'],
    "reader": [],
    "backport": [],
}
WHOLE = ["runner==1.0", "meter==2.5", "reader==3.1", 'backport==1.2; python_version < "3.12"']


@pytest.fixture
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def required(name: str) -> list[Requirement]:
        return [Requirement(each) for each in NEEDS.get(name, [])]

    monkeypatch.setattr(locks, "required", required)


made_up = pytest.mark.usefixtures("_made_up")


def faults(lock: list[str]) -> list[str]:
    found: list[str] = locks.incomplete(parsed(lock), [Requirement("runner")])
    return found


def parsed(lock: list[str]) -> list[Requirement]:
    return [Requirement(each) for each in lock]


@pytest.mark.parametrize("file", locks.locks(ROOT))
def test_the_locks_hold_all_that_their_packages_ask_for(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert len(locks.entries(text)) > 30
    assert locks.incomplete(locks.entries(text), locks.locks(ROOT)[file]) == []
    assert locks.addresses(text) == []


@made_up
def test_a_lock_that_is_whole_has_no_fault() -> None:
    assert faults(WHOLE) == []


@made_up
def test_what_an_extra_needs_is_missed() -> None:
    assert {
        each.partition(" for Python")[0] for each in faults([WHOLE[0], WHOLE[1], WHOLE[3]])
    } == {'meter[fast] needs reader>=3; extra == "fast", which is not there'}


@made_up
def test_what_only_one_python_needs_is_missed_for_that_one() -> None:
    found = faults(WHOLE[:3])
    assert len(found) == len(locks.SYSTEMS)
    assert all("backport" in each and "Python 3.11" in each for each in found)


@made_up
def test_a_version_that_does_not_fit_is_found() -> None:
    (fault,) = faults([WHOLE[0], "meter==1.9", *WHOLE[2:]])
    assert fault == "runner needs meter[fast]>=2, locked is 1.9"


@made_up
def test_what_nobody_asks_for_is_found() -> None:
    assert faults([*WHOLE, "plotter==1.0"]) == ["nothing asks for plotter"]


@pytest.mark.parametrize(
    "line", ["--index-url https://packages.example/simple", "runner @ file:///srv/runner.whl"]
)
def test_an_address_in_a_lock_is_found(line: str) -> None:
    assert locks.addresses(f"{line}\nrunner==1.0 \\\n    --hash=sha256:00\n") != []


# Invariant I21.
@made_up
def test_newer_releases_change_nothing() -> None:
    assert locks.rotten(parsed(WHOLE), sys.executable) == []


@made_up
def test_a_set_up_that_looks_for_what_is_needed_fails_once_there_are_newer_releases(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(locks, "SETUP", ["--require-hashes"])
    (fault,) = locks.rotten(parsed(WHOLE), sys.executable)
    assert "must have their versions pinned with ==" in fault


INSTALLS = ["Makefile", "Dockerfile", ".ci/run", "README.md", "CONTRIBUTING.md"]


def test_a_lock_is_installed_in_one_way_only() -> None:
    papers = [ROOT / each for each in INSTALLS]
    papers += [*(ROOT / "docs").rglob("*.md"), *(ROOT / "docs").rglob("*.service")]
    found = 0
    for paper in papers:
        text = re.sub(r"\\\n\s*", " ", paper.read_text("utf-8")) if paper.is_file() else ""
        for line in text.splitlines():
            if re.search(r"\binstall\b.* -r\b", line):
                assert "--no-deps" in line, f"{paper.name}: {line}"
                assert "--require-hashes" in line, f"{paper.name}: {line}"
                found += 1
    assert found >= 3
