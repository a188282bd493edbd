"""Dates the coach has promised to come back on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TIMES_LISTED = 3


class FollowUpKind(StrEnum):
    """What is asked or shown on that date."""

    ACTION = "action"
    """To ask what came of an action of the plan."""
    REASSESSMENT = "reassessment"
    PROBATION = "probation"
    """The date by which a last effort must have helped."""
    OUTCOME = "outcome"
    """To ask what came of a letter."""
    HINDSIGHT = "hindsight"
    """To ask how it went, a month and three months on; never makes a sound."""
    MORNING = "morning"
    """To show a message again that was put off by «Не сегодня»; comes by itself, and stays on the
    list until it is answered or let go."""
    GOING_ON = "going_on"
    """To ask whether to go on: nobody has answered for weeks."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One date that waits: for stored promises and actions of one kind, client and date."""

    kind: FollowUpKind
    date: date
    client: int | None = None
    listed: int = 0
    """Digests that have carried it; a day without a digest uses up nothing."""
    tried: bool = False
    """A morning's own message was claimed and never got out: a digest carries it instead."""


def stands(follow_up: FollowUp, day: date) -> bool:
    """Tell whether a follow-up is due on a date and not yet worn out; a reply put off never is."""
    worn = follow_up.kind is not FollowUpKind.MORNING and follow_up.listed >= TIMES_LISTED
    return follow_up.date <= day and not worn


def calls(follow_up: FollowUp, day: date) -> bool:
    """Tell whether a follow-up is worth a list of its own.

    A reply put off is not for ever, nor on the day on which its own message came.
    """
    told = follow_up.kind is FollowUpKind.MORNING and follow_up.listed > 0 and follow_up.date == day
    return stands(follow_up, day) and follow_up.listed < TIMES_LISTED and not told
