"""The code speaks no language: what people read and type stands in the content."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def test_nothing_russian_stands_in_the_code_outside_the_rooms_of_that_grammar() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for package in ("bot", "content", "handlers", "storage")
        for path in (ROOT / package).rglob("*.py")
        if "russian" not in path.parts
        for line, text in strings(path.read_text("utf-8"))
        if CYRILLIC.search(text)
    ]
    assert found == []


def strings(source: str) -> Iterator[tuple[int, str]]:
    """Yield each text of a module that is no docstring, with its line."""
    tree = ast.parse(source)
    told = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in told:
            yield each.lineno, each.value
