"""The code speaks no language: what people read and type stands in the content."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


PACKAGES = ("bot", "content", "handlers", "storage")
LATIN = re.compile(r"[A-Za-z]{2,}")


def test_nothing_russian_stands_in_the_code_outside_the_rooms_of_that_grammar() -> None:
    assert [told for told, text in texts(russian=False) if CYRILLIC.search(text)] == []


def test_no_text_in_the_rooms_of_one_grammar_has_words_of_another_language() -> None:
    russian = ((told, text) for told, text in texts(russian=True) if CYRILLIC.search(text))
    assert [told for told, text in russian if LATIN.search(text)] == []


def texts(*, russian: bool) -> Iterator[tuple[str, str]]:
    """Yield each text with its place, of those rooms or the others, where anything is Russian."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            source = path.read_text("utf-8") if ("russian" in path.parts) is russian else ""
            if CYRILLIC.search(source) or "\\u04" in source:
                for line, text in strings(source):
                    yield f"{path.relative_to(ROOT)}:{line}: {text}", text


def strings(source: str) -> Iterator[tuple[int, str]]:
    """Yield each text of a module that is no docstring, with its line."""
    tree = ast.parse(source)
    told = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in told:
            yield each.lineno, each.value
