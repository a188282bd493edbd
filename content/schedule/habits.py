"""What a person has set about time, and the stretches of the day that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from content.schedule.days_off import is_holiday
from content.schedule.instants import MIDNIGHT, Quiet, Window, resolve

ONE_DAY = timedelta(days=1)
REMIND_AT = time(9)
QUIET = Quiet(time(21), time(8))
MORNING = time(9)
"""Earliest hour of a message put off by «Не сегодня»."""
SATURDAY = 5
NIGHT = timedelta(hours=5)
"""The night until five belongs to the day before: whoever writes at two has not slept yet."""
JITTER = 15
"""Seconds over which those who share a reminder time are spread."""


@dataclass(frozen=True, slots=True)
class Habits:
    """The settings of one person. ``remind_at`` is never inside the quiet hours: ``kept_time``."""

    zone: ZoneInfo
    remind_at: time = REMIND_AT
    quiet: Quiet | None = QUIET
    weekdays_only: bool = False
    """No reminder on Saturdays and Sundays."""
    holidays: str | None = None
    """ISO 3166 code of the country whose public holidays are free of reminders."""

    def local_day(self, now: datetime) -> date:
        """Return the date that the person's calendar shows."""
        return now.astimezone(self.zone).date()

    def is_quiet(self, now: datetime) -> bool:
        """Tell whether an instant falls into the quiet hours."""
        return self.quiet is not None and now.astimezone(self.zone).time() in self.quiet

    def quiet_over(self, now: datetime) -> datetime:
        """Return ``now``, or the end of the quiet hours it falls into."""
        if self.quiet is None or not self.is_quiet(now):
            return now
        today = self.local_day(now)
        ends = (
            # Both readings of a time that comes twice: the quiet hours may come twice, too.
            datetime.combine(day, self.quiet.end.replace(fold=fold), self.zone).astimezone(UTC)
            for day in (today, today + ONE_DAY)
            for fold in (0, 1)
        )
        return min(end for end in ends if end > now and not self.is_quiet(end))

    def window(self, day: date, start: time | None = None) -> Window:
        """Return when a message of a date may go out: until quiet hours begin or the day ends.

        It starts at the reminder time, or where ``start`` says.
        """
        first = self.remind_at if start is None else start
        end = resolve(self.zone, day + ONE_DAY, MIDNIGHT)
        if self.quiet is not None and self.quiet.start > first:
            end = min(end, resolve(self.zone, day, self.quiet.start))
        return Window(resolve(self.zone, day, first), end)

    def morning(self, day: date) -> Window:
        """Return when a message put off to a date by «Не сегодня» may go out."""
        at = MORNING if self.quiet is None else max(self.quiet.end, MORNING)
        return self.window(day, kept_time(at, self.quiet))

    def is_day_off(self, day: date) -> bool:
        """Tell whether the person wants no reminder on a date."""
        if self.weekdays_only and day.weekday() >= SATURDAY:
            return True
        return self.holidays is not None and is_holiday(self.holidays, day)

    def first_day(self, now: datetime) -> date:
        """Return the date from which something set up now counts: today before its reminder."""
        today = self.local_day(now)
        return today if now < resolve(self.zone, today, self.remind_at) else today + ONE_DAY


def kept_time(wanted: time, quiet: Quiet | None) -> time:
    """Return the reminder time to keep: the wanted one, or the end of the quiet hours around it.

    To be asked at every change of either; where it differs, the person is told.
    """
    return quiet.end if quiet is not None and wanted in quiet else wanted


def waking_day(zone: ZoneInfo, now: datetime) -> date:
    """Return the date as a person lives it, whose «завтра» comes after they have slept."""
    return (now.astimezone(zone) - NIGHT).date()


def jitter(owner: int) -> timedelta:
    """Return by how much a person's reminders start late, so that not all start at once."""
    return timedelta(seconds=owner % JITTER)
