"""The plan that a verdict calls for: deeds, and the working days on which they are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from content.advice import deeds
from content.knowledge import Catalogue, Words
from content.models import VerdictId
from content.schedule.habits import SATURDAY, Habits
from content.sheet import Sheet
from content.stages import DELIVERED, PARTINGS
from content.themes import DEBT, HARASSMENT, is_awaited, was_taken_back
from content.verdict import Verdict

MOST = 3
"""Deeds at a time; who takes on more does none."""
AT_ONCE, SOON, USUAL = (1, 2, 3), (1, 2, 5), (2, 5, 9)
"""Working days from today: of a plan for leaving now, of one that ends something or names a day,
and of any other."""
CLAIM_FIRST, ANSWER_LAST = (1, 6, 9), (1, 2, 7)
"""The same where the first or the second step asks the client for something: a week for an answer
before what depends on it."""
CLAIM_AND_GO, AT_ONCE_CLAIM = (1, 3, 7), (1, 2, 4)
"""The same where somebody is hurt: a day between the demand and the farewell, which waits for no
answer."""
DAYS_TO_REASSESS = 15
"""Working days until the client is assessed again: three weeks."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step: an infinitive with its object."""

    about: str
    """Id of the sign or own gap whose advice it is, or of the verdict."""
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which somebody works."""

    today: date
    habits: Habits
    away_until: date | None = None

    def is_free(self, day: date) -> bool:
        """Tell whether the person does not work on a day."""
        away = self.away_until is not None and day < self.away_until
        return away or day.weekday() >= SATURDAY or self.habits.is_day_off(day)

    def coming(self, days: int) -> date:
        """Return the day so many days ahead, or the next one that is not free."""
        day = self.today + timedelta(days=days)
        while self.is_free(day):
            day += timedelta(days=1)
        return day

    def after(self, days: int) -> date:
        """Return the working day that comes so many working days after today."""
        day = self.today
        while days > 0 or self.is_free(day):
            day += timedelta(days=1)
            days -= not self.is_free(day)
        return day


def plan(
    words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict, calendar: Calendar
) -> tuple[PlanStep, ...]:
    """Return at most three deeds, none where nothing needs doing."""
    steps = deeds(words, catalogue, sheet, verdict)
    days = _days(sheet, verdict, [about for about, _ in steps])
    due = [calendar.after(ahead) for ahead in days]
    if any(catalogue.signs[each].at_once for each in verdict.critical):
        due[0] = calendar.today + timedelta(days=1)
    return tuple(PlanStep(about, text, day) for (about, text), day in zip(steps, due, strict=False))


def _days(sheet: Sheet, verdict: Verdict, about: Sequence[str]) -> tuple[int, int, int]:
    """Return after how many working days each step is due; who is hurt waits for no answer."""
    awaited = is_awaited(sheet, verdict.id)
    claims = about.index(DEBT) if DEBT in about else None
    if HARASSMENT in verdict.critical and verdict.id not in PARTINGS:
        return AT_ONCE
    if verdict.id is VerdictId.LEAVE_NOW:
        return AT_ONCE if claims is None else AT_ONCE_CLAIM
    if verdict.id is VerdictId.PART and claims == 0 and not was_taken_back(verdict):
        return CLAIM_AND_GO if verdict.critical else CLAIM_FIRST
    if verdict.id is VerdictId.PART and claims is not None and not verdict.critical:
        return ANSWER_LAST
    if verdict.id is VerdictId.LAST_EFFORT and not awaited:
        return ANSWER_LAST
    owing = about[:1] == [DELIVERED]  # a new date is told at once
    return SOON if owing or verdict.critical or awaited or verdict.id is VerdictId.PART else USUAL
