"""What is said instead of a place that speaks to the reader, in any language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Tokens ``start`` to before ``end`` and what to say instead; none: only the writer knows."""

    start: int
    end: int
    text: str | None
