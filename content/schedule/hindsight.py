"""How it went: what is asked 30 and 90 days later, which of it one answer settles, the record.

Asked about a client, not about a letter: whoever says how it goes now says it of the last letter,
of the verdict and of the end alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import product

AFTER = (30, 90)
"""Days."""
TAKEN_ALONG = timedelta(days=14)
"""What would be asked so soon after an answer is settled by it."""


class Occasion(StrEnum):
    """What it is asked about."""

    LETTER = "letter"
    VERDICT = "verdict"
    END = "end"


class Ease(StrEnum):
    """How it is now for the person."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Hindsight:
    """One question: when, about what."""

    occasion: Occasion
    after: int
    """Days: one of ``AFTER``."""
    due: date
    subject: int | None = None
    """Number of the letter or the assessment; None for an end."""

    @property
    def day(self) -> date:
        """When it happened."""
        return self.due - timedelta(days=self.after)

    @property
    def about(self) -> tuple[Occasion, int | None]:
        """What happened, whenever it is asked about."""
        return self.occasion, self.subject


KINDS = {f"{occasion}_{after}": (occasion, after) for occasion, after in product(Occasion, AFTER)}
"""By which names such a question is stored."""


def questions(occasion: Occasion, day: date, subject: int | None = None) -> tuple[Hindsight, ...]:
    """Return what is to be asked about something that happened on a date."""
    return tuple(
        Hindsight(occasion, after, day + timedelta(days=after), subject) for after in AFTER
    )


def settled(
    open_ones: Iterable[Hindsight], answered: Hindsight, today: date
) -> tuple[tuple[Hindsight, ...], tuple[Hindsight, ...]]:
    """Return which questions about a client an answer of today is for, and which it only ends.

    It is for all that is due or soon would be. Of one thing asked about twice by then, for the
    later question: nobody remembers how it went two months ago.
    """
    due = [each for each in open_ones if each == answered or each.due <= today + TAKEN_ALONG]
    latest: dict[tuple[Occasion, int | None], Hindsight] = {}
    for each in sorted(due, key=lambda each: each.due):
        latest[each.about] = each
    answers = tuple(each for each in due if latest[each.about] == each)
    return answers, tuple(each for each in due if each not in answers)


def has_helped(ease: Ease, *, ended: bool) -> bool:
    """Tell whether a last effort has: it is easier, and the work goes on."""
    return ease is Ease.BETTER and not ended
