"""Dates the coach has promised to come back on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TIMES_LISTED = 3


class PromiseKind(StrEnum):
    """What was promised."""

    ACTION = "action"
    """To ask what came of an action of the plan."""
    REASSESSMENT = "reassessment"
    PROBATION = "probation"
    """The date by which a last effort must have helped."""
    OUTCOME = "outcome"
    """To ask what came of a letter."""
    MORNING = "morning"
    """To show a message again that was put off by «Не сегодня»; comes by itself."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise that is not answered yet; kind, client and date name it."""

    kind: PromiseKind
    date: date
    client: int | None = None
    listed: int = 0
    """Digests that have carried it; a day without a digest uses up nothing."""
    tried: bool = False
    """A morning's own message was claimed and never got out: a digest carries it instead."""


def stands(promise: Promise, day: date) -> bool:
    """Tell whether a promise is due on a date and not yet worn out."""
    return promise.date <= day and promise.listed < TIMES_LISTED
