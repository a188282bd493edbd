"""The buttons of the reminders.

Days are proleptic Gregorian ordinals, times of day minutes after midnight; client 0 stands for
everybody.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from handlers.engine.buttons import Count, Data, Flag, OfClient

Weekday = Annotated[int, Field(ge=0, le=6)]
Minute = Annotated[int, Field(ge=0, le=1439)]


class OfWeek(Data, prefix="-i"):
    """What concerns one week of a client's reports, named by its day.

    With client 0: all that the list of that day names.
    """

    client: Count
    day: Count


class TodayList(Data, prefix="id"):
    """What is due today: reports, and what was promised for today."""

    page: Count


class OpenWeek(OfWeek, prefix="iw"):
    """The report of a week that a digest has listed."""


class WeekSent(OfWeek, prefix="is"):
    """The report of a week went out."""


class SkipWeek(OfWeek, prefix="ik"):
    """There is no report in this week."""


class ReopenWeek(OfWeek, prefix="iu"):
    """A week is open again after all, within 24 hours."""


class Reopen(Data, prefix="iv"):
    """All that was closed at one instant, in seconds since 1970, is open again."""

    at: Annotated[int, Field(ge=0, le=99_999_999_999)]


class PutOffWeek(OfWeek, prefix="il"):
    """Ask until when a report can wait."""


class InTwoHours(OfWeek, prefix="ih"):
    """Remind of a report once more in two hours."""


class Tomorrow(OfWeek, prefix="it"):
    """Remind of a report tomorrow."""


class ShowReminders(Data, prefix="i"):
    """What comes next and why, and what can be changed about it."""


class ReportDays(Data, prefix="ib"):
    """The clients with the weekdays of their reports."""

    page: Count


class AskDay(OfClient, prefix="ic"):
    """On which weekday a client is reported to."""


class ChooseDay(OfClient, prefix="iy"):
    """A client is reported to on this weekday; 0 is Monday."""

    weekday: Weekday


class DropDay(OfClient, prefix="ix"):
    """Remind of a client's reports no more."""


class AskPause(Data, prefix="ip"):
    """Ask until when to be silent about a client, or about everybody."""

    client: Count


class SetPause(Data, prefix="iq"):
    """Be silent about a client, or about everybody, before a day; day 0: no more."""

    client: Count
    day: Count


class CalendarFile(Data, prefix="if"):
    """Hand over the dates to come of a client, or of everybody, as a calendar file."""

    client: Count


class AskTime(Data, prefix="ie"):
    """Ask at what time to remind."""


class SetTime(Data, prefix="im"):
    """Remind at this time."""

    minute: Minute


class AskUsualDay(Data, prefix="ir"):
    """Ask which weekday is the usual one for reports."""


class SetUsualDay(Data, prefix="ij"):
    """This weekday is the usual one for reports; 0 is Monday."""

    weekday: Weekday


class AskQuiet(Data, prefix="in"):
    """Ask for the quiet hours."""


class SetQuiet(Data, prefix="io"):
    """Be quiet from one time up to another."""

    start: Minute
    end: Minute


class ClearQuiet(Data, prefix="ig"):
    """No quiet hours."""


class SetWeekdaysOnly(Data, prefix="ia"):
    """No reminders on Saturdays and Sundays, or on any day."""

    only: Flag


class AskBudget(Data, prefix="i1"):
    """Ask how many lists a week may come by themselves."""


class SetBudget(Data, prefix="i2"):
    """No more lists a week than this; 0: one a day."""

    a_week: Weekday


class AskHolidays(Data, prefix="iz"):
    """Ask whose public holidays are free of reminders."""

    page: Count


class SetHolidays(Data, prefix="ik1"):
    """No reminders on the public holidays of a country, by its ISO 3166 code."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class ClearHolidays(Data, prefix="ik0"):
    """Public holidays are days like any other."""
