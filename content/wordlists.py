"""Reviewed words that rules go by: one folder of ``content/data/checking`` per language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

import tomli
from pydantic import BaseModel

from content.models import Line, Model

DATA = Path(__file__).parent / "data/checking"

WordList = tuple[Line, ...]
WordSet = frozenset[Line]
"""Words that are looked up; of a list the order may tell."""

M = TypeVar("M", bound=BaseModel)


class OrdinaryWords(Model):
    """``ordinary.toml``: words of typed answers. What each list does, the file says."""

    shortened: WordList
    firms: WordList
    forms_of_firms: WordList
    invoice: WordList
    invoices: WordList
    joints: WordList
    of_invoice: WordList
    behind_invoice: WordList = ()


@cache
def read_file(language: str, name: str, model: type[M]) -> M:
    """Read ``name.toml`` of a language, which has this shape."""
    return model.model_validate(tomli.loads((DATA / language / f"{name}.toml").read_text("utf-8")))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of one of these words, to stand in brackets."""
    return "|".join(map(re.escape, words))
