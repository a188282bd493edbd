"""Every text that the handlers name exists, and none waits for somebody to say it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
import handlers
from content import advice, answers, pictures, reports
from content.knowledge import Words

KEY = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
SOURCES = [
    *(
        path
        for package in (handlers, bot)
        for folder in package.__path__
        for path in Path(folder).rglob("*.py")
    ),
    *(Path(str(module.__file__)) for module in (advice, answers, reports)),
    *Path(pictures.__path__[0]).rglob("*.py"),
]
"""All that speaks: of the content the advice, the answers, the pictures and the report."""


def literals() -> Iterator[str]:
    """Yield every string of the source that is written out in full."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def patterns() -> Iterator[re.Pattern[str]]:
    """Yield a pattern for every key that the source puts together: ``f"assess.topic.{topic}"``."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.JoinedStr):
                continue
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_0-9]+"
                for part in node.values
            ]
            if re.match(r"[a-z_]+\\\.", parts[0]):
                yield re.compile("".join(parts))


def test_every_text_that_is_named_exists(words: Words) -> None:
    topics = {key.partition(".")[0] for key in words.texts.templates}
    named = {one for one in literals() if KEY.fullmatch(one) and one.partition(".")[0] in topics}
    assert named
    assert {one for one in named if not words.texts.has(one)} == set()


def test_every_key_that_is_put_together_can_exist(words: Words) -> None:
    keys = words.texts.templates
    assert [one.pattern for one in patterns() if not any(map(one.fullmatch, keys))] == []


def test_no_text_is_left_unsaid(words: Words) -> None:
    said = set(literals())
    made = list(patterns())
    unsaid = {
        key
        for key in words.texts.templates
        if key not in said and not any(one.fullmatch(key) for one in made)
    }
    assert unsaid == set()


@pytest.mark.parametrize("mark", ["!!", " - ", "  ", '"', "..."])
def test_no_text_holds_a_sloppy_mark(words: Words, mark: str) -> None:
    sloppy = {
        key
        for key, template in words.texts.templates.items()
        if any(mark in form for form in template.forms.values())
    }
    assert sloppy == set()
