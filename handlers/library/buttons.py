"""The buttons of the library."""

from __future__ import annotations

from typing import Literal

from handlers.engine.buttons import Count, Data, Name, Number


class ShowLibrary(Data, prefix="l"):
    """The ways into the library."""


class LibraryTopic(Data, prefix="lt"):
    """The signs of one topic."""

    topic: Name


class LibraryTypes(Data, prefix="ly"):
    """All client types."""

    page: Count


class LibraryQuestions(Data, prefix="lq"):
    """All questions of the self-reflection."""

    page: Count


class LibraryEntry(Data, prefix="le1"):
    """One sign, type or question, and the part of it to read."""

    kind: Literal["sign", "type", "question"]
    id: Name


class LibraryFrom(Data, prefix="lv"):
    """The same, opened from a verdict and leading back there."""

    assessment: Number
    kind: Literal["sign", "type"]
    id: Name


class LibraryAdvice(Data, prefix="la"):
    """The advice on a sign, read in the library."""

    sign: Name


class LibraryAdviceFrom(Data, prefix="lw"):
    """The same, for somebody who came from a verdict."""

    assessment: Number
    sign: Name


class SearchLibrary(Data, prefix="lf"):
    """Ask what to look for."""
