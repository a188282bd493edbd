"""Reminders of one unpaid invoice: three letters, each a step firmer, and the days between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from content.letters.models import Tone

STEPS = (Tone.WARM, Tone.NEUTRAL, Tone.FIRM)
APART = 7
"""Days between a letter that is still to come and the one after it."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One letter of the plan."""

    tone: Tone
    day: dt.date
    sent: bool


def steps_gone(sent: Collection[Tone]) -> int:
    """Return how many steps are behind: up to the firmest letter, whichever came before it."""
    return max((STEPS.index(tone) + 1 for tone in sent), default=0)


def ladder(
    sent: Sequence[tuple[Tone, dt.date]], awaited: dt.date, is_off: Callable[[dt.date], bool]
) -> tuple[Rung, ...]:
    """Return the plan: the letters that went out, then those to come unless the money does.

    The next one goes out on the first working day after ``awaited``, the day by which the money
    was asked for, or promised. After the last nothing follows, though it may have been the first.
    """
    went = [Rung(tone, day, sent=True) for tone, day in sent]
    day = awaited
    for tone in STEPS[steps_gone([tone for tone, _ in sent]) :]:
        day = _working(day + dt.timedelta(days=1), is_off)
        went.append(Rung(tone, day, sent=False))
        day += dt.timedelta(days=APART - 1)
    return tuple(went)


def _working(day: dt.date, is_off: Callable[[dt.date], bool]) -> dt.date:
    for _ in range(_LONGEST_HOLIDAY):
        if not is_off(day):
            break
        day += dt.timedelta(days=1)
    return day


_LONGEST_HOLIDAY = 21
