"""The code speaks no language: what people read and type stands in the content."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CYRILLIC = re.compile(r"[\u0400-\u04ff]|(?:\\\\u04[0-9a-f]{2}){3}")
"""Also as a pattern writes a word in escapes; alone they are letters of a range."""
PACKAGES = ("bot", "content", "handlers", "storage")
ENGLISH = (
    "the|an|and|or|but|of|for|from|in|on|at|by|to|with|is|are|was|were|not|my|our|your|you|we|they"
    "|this|that|these|those|no|number|last|first|latest|final|invoice|half|two|three"
)
SPOKEN = re.compile(
    rf"(?<![\w.'’-])(?:{ENGLISH}) |(?<= )(?:{ENGLISH})(?![\w.:=-])|\|(?:{ENGLISH})(?=[|)])",
    re.IGNORECASE,
)
"""A word of a sentence, which has neighbours; a key or an id has none."""
ALONE = {"and", "but", "the", "with", "from"}
"""What no key is called."""
ENDINGS = re.compile(r"\\.\(\?:[^)]*\)")
"""Of addresses and files: «.in» is no word."""
NO_READER = {
    "content/cross_checks.py",  # what whoever writes the content has to mend
    "content/loading.py",
    "content/typography.py",
    "handlers/engine/delivery.py",  # Telegram's own refusals
    "handlers/letters/files.py",  # a program in Typst
}
LATIN = re.compile(r"[A-Za-z]{2,}")


def test_nothing_russian_stands_in_the_code_outside_the_rooms_of_that_grammar() -> None:
    assert [told for told, text in texts(russian=False) if CYRILLIC.search(text)] == []


def test_no_text_in_the_rooms_of_one_grammar_has_words_of_another_language() -> None:
    russian = ((told, text) for told, text in texts(russian=True) if CYRILLIC.search(text))
    assert [told for told, text in russian if LATIN.search(text)] == []


def test_nothing_english_stands_in_the_code_outside_the_rooms_of_that_grammar() -> None:
    found = []
    for package in ("content", "handlers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            place = str(path.relative_to(ROOT))
            if {"russian", "english"} & {*path.parts, path.stem} or place in NO_READER:
                continue
            for line, text in strings(path.read_text("utf-8")):
                if SPOKEN.search(ENDINGS.sub("", text)) or text in ALONE:
                    found.append(f"{place}:{line}: {text}")
    assert found == []


def texts(*, russian: bool) -> Iterator[tuple[str, str]]:
    """Yield each text with its place, of those rooms or the others, where anything is Russian."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            source = path.read_text("utf-8") if ("russian" in path.parts) is russian else ""
            if CYRILLIC.search(source) or "\\u04" in source:
                for line, text in strings(source):
                    yield f"{path.relative_to(ROOT)}:{line}: {text}", text


def strings(source: str) -> Iterator[tuple[int, str]]:
    """Yield each text of a module with its line, but docstrings and what tells of a fault."""
    tree = ast.parse(source)
    told = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    faults = filter(_tells_of_a_fault, ast.walk(tree))
    told |= {id(each) for fault in faults for each in ast.walk(fault)}
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in told:
            yield each.lineno, each.value


def _tells_of_a_fault(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(node, ast.Raise) or (isinstance(called, ast.Name) and called.id == "Fault")
