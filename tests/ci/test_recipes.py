"""The recipes of CONTRIBUTING.md, carried out from the page in a copy: it stays green."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest

from tests.known import KNOWLEDGE

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "CONTRIBUTING.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w./-]+\.\w+)`")
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", "__pycache__", "build", "dist", "*.db*"
)
EVERY_DAY = [
    "tests/handlers/engine/test_routing.py",
    "tests/handlers/test_wire_format.py",
    "tests/handlers/test_texts_in_use.py",
    "tests/content/test_judged_cases.py",
    "tests/conversations/test_tour.py",
]
THEIRS = "texts_in_use or routing or golden or every_form or tour or silent_for_weeks"
"""What holds for that which the recipes add; the campaign runs all."""


@dataclass(frozen=True)
class Block:
    """A piece of the page: a whole file, or lines that go below one that is there."""

    language: str
    file: str
    text: str


def blocks(recipe: str) -> list[Block]:
    """Return what a section tells to write, in its order."""
    page = PAGE.read_text("utf-8")
    section = re.search(rf"^## {recipe}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert section, f"the page has no section {recipe!r}"
    found = []
    for fence in FENCE.finditer(section[1]):
        before = section[1][: fence.start()].rstrip().rpartition("\n\n")[2]
        if fence[1] == "diff":
            title, _, text = fence[2].partition("\n")
            found.append(Block("diff", title.removeprefix("+++ "), text))
        else:
            found.append(Block(fence[1], NAMED.findall(before)[-1], fence[2]))
    assert found, f"the section {recipe!r} tells nothing to write"
    return found


def carry_out(block: Block, root: Path) -> None:
    """Write what a block tells. A line to go below must be there once."""
    path = root / block.file
    if block.language != "diff":
        assert not path.exists(), f"{block.file} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")
        return
    lines = path.read_text("utf-8").split("\n")
    at = 0
    for adds, group in groupby(block.text.splitlines(), lambda line: line.startswith("+")):
        told = [line[1:] for line in group]
        if adds:
            lines[at:at] = told
            at += len(told)
            continue
        starts = range(len(lines) - len(told) + 1)
        found = [start for start in starts if lines[start : start + len(told)] == told]
        assert len(found) == 1, f"{block.file}: {told} is there {len(found)} times"
        at = found[0] + len(told)
    path.write_text("\n".join(lines), "utf-8")


def run(root: Path, *command: str) -> str:
    """Run Python in the copy; return what it said. It must succeed."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, *command], cwd=root, check=False, capture_output=True, text=True
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def signs(said: str) -> int:
    found = re.search(r"(\d+) signs", said)
    assert found, said
    return int(found[1])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy in which every recipe is carried out."""
    root = tmp_path_factory.mktemp("recipes") / "copy"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    for recipe in ("A sign", "A letter", "A command with a button"):
        for block in blocks(recipe):
            carry_out(block, root)
    return root


def test_what_the_recipes_add_is_in_order_and_counted(copy: Path) -> None:
    after = run(copy, "-m", "bot", "check-content")
    assert "all in order" in after
    assert signs(after) == len(KNOWLEDGE.catalogue.signs) + 1
    run(copy, "-m", "ruff", "check", "handlers", "bot", "tests/conversations/test_tour.py")
    run(copy, "-m", "ruff", "format", "--check", "handlers", "bot")


@pytest.mark.timeout(600)
def test_a_copy_with_them_is_green(copy: Path) -> None:
    quiet = ["-q", "-p", "no:cacheprovider", "-m", "not campaign"]
    said = run(copy, "-m", "pytest", *quiet, "-k", THEIRS, *EVERY_DAY)
    assert " passed" in said


@pytest.mark.campaign
@pytest.mark.timeout(0)
def test_a_copy_with_them_passes_everything(copy: Path) -> None:
    quiet = ["-q", "-p", "no:cacheprovider", "-m", "not campaign and not browser"]
    run(copy, "-m", "mypy")
    run(copy, "-m", "pytest", *quiet, "--ignore=tests/ci/test_recipes.py")
