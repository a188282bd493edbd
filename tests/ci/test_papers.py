"""The papers say what is so: names, numbers and links in them are looked up."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import bot
from bot import exits
from bot.cli import main
from bot.settings import Settings
from handlers.engine.wording import COMMANDS
from handlers.topics import ROUTES

ROOT = Path(__file__).parents[2]
PAPERS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!\w+:)([^)#]*)(?:#([^)]+))?\)")
TEXT = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in PAPERS}
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
INVARIANT = re.compile(r"^\*\*(I\d+)\. ", re.MULTILINE)
DECISION = re.compile(r"^\*\*(\d+)\. .*?\*\* \*\((\d{4}-\d\d-\d\d)\)\*", re.MULTILINE)
RELEASE = re.compile(r"^## (\d+\.\d+\.\d+) — (\d{4}-\d\d-\d\d)$", re.MULTILINE)


def rows(paper: str, heading: str) -> list[list[str]]:
    """Return the cells of the first table below a heading."""
    section = TEXT[paper].partition(f"{heading}\n")[2]
    table = re.search(r"^\|.*?(?=^(?!\|))", section + "\n", re.MULTILINE | re.DOTALL)
    assert table, f"{paper} has no table below {heading!r}"
    cells = [line.strip("|").split(" | ") for line in table[0].splitlines()[2:]]
    return [[cell.strip() for cell in line] for line in cells]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as hosts of repositories make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def test_the_first_page_is_short() -> None:
    assert len(TEXT["README.md"].encode()) <= 9_000


@pytest.mark.parametrize("paper", TEXT)
def test_every_link_leads_somewhere(paper: str) -> None:
    for file, anchor in LINK.findall(TEXT[paper]):
        path = (ROOT / paper).parent / file if file else ROOT / paper
        assert path.exists(), f"{paper}: {file}"
        if anchor:
            assert anchor in anchors(path.read_text("utf-8")), f"{paper}: {file}#{anchor}"


def test_every_page_can_be_found_from_the_first() -> None:
    linked = {file for file, _ in LINK.findall(TEXT["README.md"])}
    assert set(TEXT) - {"README.md"} <= linked


def targets() -> Iterator[str]:
    yield from re.findall(r"^([a-z.-]+):.*## ", MAKEFILE, re.MULTILINE)


def test_every_target_of_make_is_told_and_every_one_told_is_there() -> None:
    told = {words[0].removeprefix("make ") for words in map(quoted, first("CONTRIBUTING.md"))}
    assert told == set(targets())
    for paper, text in TEXT.items():
        for name in re.findall(r"`make ([a-z.-]+)", text):
            assert name in set(targets()), f"{paper}: make {name}"


def first(paper: str) -> list[str]:
    return [cells[0] for cells in rows(paper, "## Set up, test, send")]


def test_every_setting_is_told_with_its_default() -> None:
    table = rows("docs/operations.md", "## Settings")
    told = {quoted(name)[0]: quoted(default) for name, default, *_ in table}
    assert told.keys() == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default, said = field.get_default(), told[name.upper()]
        if isinstance(default, bool):
            assert said[0] in {str(default).lower(), "on" if default else "off"}, name
        elif isinstance(default, int | str | Path):
            assert said[0] == str(default), name


def test_every_exit_code_is_told() -> None:
    codes = {
        value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int)
    }
    told = {int(code) for code, *_ in rows("docs/operations.md", "## Exit codes")}
    assert told - {1} == codes - {1}


def test_every_command_of_the_program_is_told() -> None:
    parser = import_module("bot.cli")._parser()
    (commands,) = [each for each in parser._actions if each.choices and each.metavar == "COMMAND"]
    told = {
        name.split()[0]
        for cells in rows("docs/cli.md", "# Command line")
        for name in quoted(cells[0])
    }
    assert commands.choices.keys() <= told


def test_every_command_of_the_chat_is_told() -> None:
    told = {cells[0].removeprefix("/") for cells in rows("docs/users.md", "## Команды")}
    assert told == ROUTES.commands.keys() - {"start"}
    assert set(COMMANDS) <= told


def test_every_file_that_is_named_is_there() -> None:
    for paper, text in TEXT.items():
        if paper in {"CONTRIBUTING.md", "CHANGELOG.md"}:
            continue
        for name in re.findall(
            r"`((?:bot|handlers|content|storage|values|tests|docs)/[\w./-]*)`", text
        ):
            assert (ROOT / name).exists(), f"{paper}: {name}"
        for name in re.findall(r"`python -m (tests[\w.]+)", text):
            path = ROOT.joinpath(*name.split("."))
            assert path.with_suffix(".py").exists() or path.is_dir(), f"{paper}: {name}"


def test_invariants_are_numbered_and_each_is_named_by_a_test() -> None:
    numbers = INVARIANT.findall(TEXT["docs/invariants.md"])
    assert numbers == [f"I{number}" for number in range(1, len(numbers) + 1)]
    cited = {
        number
        for path in (ROOT / "tests").rglob("*.py")
        if path != Path(__file__)
        for number in re.findall(r"\bI\d+\b", path.read_text("utf-8"))
    }
    assert set(numbers) - cited == set(), "no test names them"
    assert cited - set(numbers) == set(), "a test names what the page does not have"


def test_decisions_are_numbered_and_dated() -> None:
    found = DECISION.findall(TEXT["docs/decisions.md"])
    assert len(found) > 60
    assert sorted(int(number) for number, _ in found) == list(range(1, len(found) + 1))
    bold = re.findall(r"^\*\*", TEXT["docs/decisions.md"], re.MULTILINE)
    assert len(bold) == len(found), "a decision without a number or a date"


def test_releases_go_down_and_the_program_names_the_newest() -> None:
    found = RELEASE.findall(TEXT["CHANGELOG.md"])
    assert len(found) == len(re.findall(r"^## \d", TEXT["CHANGELOG.md"], re.MULTILINE))
    versions = [tuple(map(int, number.split("."))) for number, _ in found]
    assert versions == sorted(versions, reverse=True)
    assert [day for _, day in found] == sorted((day for _, day in found), reverse=True)
    newest, development, _ = bot.__version__.partition(".dev")
    unreleased = re.search(r"^## Unreleased\n+[^#\n]*#", TEXT["CHANGELOG.md"], re.MULTILINE)
    if development:
        assert unreleased
        assert tuple(map(int, newest.split("."))) > versions[0]
    else:
        assert newest == found[0][0]


SHOWN = [
    shown
    for block in re.findall(r"```console\n(.*?)```", TEXT["docs/cli.md"], re.DOTALL)
    for shown in re.findall(r"\$ ((?:.*\|\n)?.*)\n((?:(?!\$ ).*\n)*)", block)
]
"""Commands of the page, each with what it shows that they say."""


@pytest.mark.parametrize(("command", "said"), SHOWN, ids=[each[:60] for each, _ in SHOWN])
def test_the_commands_say_what_the_page_shows(
    command: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    typed, _, call = command.rpartition("|")
    words = shlex.split(call)
    assert words[:3] == [".venv/bin/python", "-m", "bot"]
    if typed:
        letter = shlex.split(typed)[1] + "\n"
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(letter.encode())))
    main(words[3:])
    shown = re.escape("".join(said.split())).replace("…", ".*")
    assert re.fullmatch(shown, "".join(capsys.readouterr().out.split()))
