"""What people type to the coach itself, and how their language is set: ``typed.toml``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from content.models import Model, OfLanguage
from content.vocabulary import Forms

Talk = Literal["hello", "thanks", "help"]
Pair = Annotated[str, Field(min_length=2, max_length=2)]


class Quotes(Model):
    """Quotation marks: the opening and the closing one."""

    outer: Pair
    inner: Pair
    """Within a quotation."""
    stop_inside: bool
    """Whether the full stop of what is quoted stands before the closing mark."""


class TypedWords(OfLanguage):
    """``words/<language>/typed.toml``; forms are written as in ``reading.toml``."""

    gendered: bool
    """Whether what a person writes tells their gender, so that it may be asked."""
    asking: Forms
    """Somebody asks something."""
    greeting: Forms
    """What begins with it may be a letter."""
    cry: Forms
    """Somebody is in distress: a word of warmth before anything else."""
    leave: Forms
    """Said in place of /cancel: no name, no note and no line of a letter."""
    talk: dict[Talk, Forms]
    """Said to the coach itself, and nothing else: answered, and not kept."""
    empty: frozenset[str]
    """Words that stand everywhere, in dictionary form: the library does not look for them."""
    please: Forms
    """What is asked for may begin with it."""
    term: Forms
    """Before a day at the end of a line: by when something is needed."""
    term_days: Forms
    """Days that are others a week later."""
    quotes: Quotes
