"""What a weekly report is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ItemKind(StrEnum):
    """The parts of a report, in their order."""

    DONE = "done"
    IN_HAND = "in_hand"
    GOAL = "goal"
    """Of the week to come."""
    NEEDED = "needed"
    """From the client."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a report."""

    kind: ItemKind
    words: str
    since: date | None = None
    """When it was first needed."""
    number: int = 0
    """Its own within the report, never given twice; 0 until it stands in one."""
