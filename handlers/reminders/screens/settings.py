"""What comes next and when, and everything that can be changed about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from babel.dates import get_day_names

from content.texts import Texts
from handlers.account import buttons as to_account
from handlers.clients import buttons as to_clients
from handlers.engine.lists import page_of
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    button,
    chosen,
    cut,
    header,
    in_pairs,
    primary,
    way_back,
)
from handlers.reminders import buttons as to
from storage.records import ClientNumber, Reminding

BUDGETS = (1, 2, 3, 5)
"""Lists a week that are proposed."""
TIMES = (time(8), time(9), time(10), time(11), time(12), time(14), time(17), time(18), time(20))
"""Proposed for reminders; any other can be typed."""
QUIET = (
    (time(21), time(8)),
    (time(22), time(8)),
    (time(22), time(7)),
    (time(23), time(9)),
    (time(20), time(9)),
    (time(0), time(8)),
)
PAUSES = (7, 14, 30)
"""Days of a pause that are proposed; any other date can be typed."""
LINES = 8
"""Of clients, and of days; more are counted."""
DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes next; each part ready to be shown."""

    reports: tuple[str, ...]
    """«Ольга — пт, 27 ноября»; soonest first."""
    promises: tuple[str, ...]
    """«Пн, 30 ноября: шаг плана — Ольга»; soonest first."""
    waiting: int
    """Entries of today's list."""
    had: int = 0
    """Days of this week on which a list came."""
    state: str = ""
    """A vacation, or what is wrong."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """How one client is reported to."""

    client: ClientNumber
    name: str
    weekday: int | None
    told: tuple[str, ...]
    paused: bool
    undo: int = 0
    """Day of the week that was closed and can be opened again; 0 for none."""


@dataclass(frozen=True, slots=True)
class Silence:
    """About whom to be silent."""

    at: to.AskPause
    name: str
    """Of the client; empty: about everybody."""
    on: bool
    """There is a pause already, and it can be ended."""


def reminders(texts: Texts, reminding: Reminding, local: tuple[str, bool], plan: Ahead) -> Screen:
    """Say what comes next and why. ``local``: how the clock is called, whether it was chosen."""
    zone, chosen = local
    body = [_when(texts, reminding, zone, chosen=chosen)]
    if reminding.a_week is not None:
        body.append(texts("reminders.budget.told", n=reminding.a_week, had=plan.had))
    if plan.state:
        body.append(plan.state)
    body += _lines(texts, "reports", plan.reports)
    body += _lines(texts, "promises", plan.promises)
    if not plan.reports and not plan.promises:
        body.append(texts("reminders.none"))
    rows: list[ButtonRow] = []
    if plan.waiting:
        rows.append((primary(texts("reminders.today", n=plan.waiting), to.TodayList(page=0)),))
    rows += in_pairs(_choices(texts, reminding))
    if not chosen:
        rows.append((button(texts("settings.city_unknown"), to_account.AskCity()),))
    rows.append((button(texts("common.to_settings"), to_account.ShowSettings()),))
    return Screen(
        header=texts("reminders.header"),
        body=tuple(body),
        folded=(texts("reminders.rules"),),
        rows=tuple(rows),
        place=to.ShowReminders().pack(),
    )


def ask_time(texts: Texts, now: time, said: str = "") -> Screen:
    buttons = [
        button(chosen(texts.clock(each), each == now), to.SetTime(minute=minutes(each)))
        for each in TIMES
    ]
    return Screen(
        header=texts("reminders.time.header"),
        body=(said or texts("reminders.time.body"),),
        rows=(
            *_threes(buttons),
            (button(texts("reminders.budget.label"), to.AskBudget()),),
            _back(texts),
        ),
        place=to.AskTime().pack(),
    )


def ask_budget(texts: Texts, now: int | None) -> Screen:
    """Ask how many lists a week may come by themselves; None: one a day."""
    buttons = [
        button(
            chosen(texts("reminders.budget.choice", n=each), each == now),
            to.SetBudget(a_week=each),
        )
        for each in BUDGETS
    ]
    daily = button(chosen(texts("reminders.budget.daily"), now is None), to.SetBudget(a_week=0))
    return Screen(
        header=texts("reminders.budget.header"),
        body=(texts("reminders.budget.body"),),
        rows=(*((each,) for each in buttons), (daily,), _back(texts)),
        place=to.AskBudget().pack(),
    )


def ask_quiet(texts: Texts, now: tuple[time, time] | None, said: str = "") -> Screen:
    buttons = [
        button(
            chosen(_hours(texts, start, end), (start, end) == now),
            to.SetQuiet(start=minutes(start), end=minutes(end)),
        )
        for start, end in QUIET
    ]
    return Screen(
        header=texts("reminders.quiet.header"),
        body=(said or texts("reminders.quiet.body"),),
        rows=(
            *in_pairs(buttons),
            (button(chosen(texts("reminders.quiet.none"), now is None), to.ClearQuiet()),),
            _back(texts),
        ),
        place=to.AskQuiet().pack(),
    )


def ask_usual_day(texts: Texts, now: int | None) -> Screen:
    """Ask for the weekday of most reports."""
    buttons = [
        button(chosen(_named(texts, each), each == now), to.SetUsualDay(weekday=each))
        for each in range(DAYS_OF_WEEK)
    ]
    return Screen(
        header=texts("reminders.day.header"),
        body=(texts("reminders.day.body"),),
        rows=(*in_pairs(buttons), _back(texts)),
        place=to.AskUsualDay().pack(),
    )


def ask_holidays(
    texts: Texts, countries: Sequence[tuple[str, str]], now: str | None, page: int
) -> Screen:
    """Ask whose holidays are free; ``countries`` pairs codes with names."""
    shown = page_of(texts, countries, to.AskHolidays(page=page))
    lines = (
        button(cut(chosen(name, code == now), LABEL_LIMITS[1]), to.SetHolidays(country=code))
        for code, name in shown
    )
    none = button(chosen(texts("reminders.holidays.none"), now is None), to.ClearHolidays())
    return Screen(
        header=texts("reminders.holidays.header"),
        body=(texts("reminders.holidays.body"),),
        rows=(*shown.rows(lines), (none,), _back(texts)),
        place=shown.place,
    )


def report_days(texts: Texts, clients: Sequence[tuple[ClientNumber, str]], page: int) -> Screen:
    """List the clients with their weekdays; ``clients`` pairs numbers with labels."""
    shown = page_of(texts, clients, to.ReportDays(page=page))
    return Screen(
        header=texts("reminders.clients.header"),
        body=(texts("reminders.clients.body" if clients else "reminders.clients.nobody"),),
        rows=(
            *shown.rows(button(label, to.AskDay(client=number)) for number, label in shown),
            _back(texts),
        ),
        place=shown.place,
    )


def ask_day(texts: Texts, weekly: Weekly) -> Screen:
    """Say when a client is reported to, and offer other days."""
    number = weekly.client
    buttons = [
        button(
            chosen(_named(texts, each), each == weekly.weekday),
            to.ChooseDay(client=number, weekday=each),
        )
        for each in range(DAYS_OF_WEEK)
    ]
    rows: list[ButtonRow] = []
    if weekly.weekday is not None:
        buttons.append(button(texts("reminders.client.none"), to.DropDay(client=number)))
        label = texts("reminders.client.go_on" if weekly.paused else "reminders.client.pause")
        pause = to.SetPause(client=number, day=0) if weekly.paused else to.AskPause(client=number)
        rows += in_pairs(
            (button(label, pause), button(texts("reminders.file"), to.CalendarFile(client=number)))
        )
    if weekly.undo:
        undo = to.ReopenWeek(client=number, day=weekly.undo)
        rows.append((button(texts("digest.week.reopen"), undo),))
    return Screen(
        header=header(weekly.name, texts("reminders.client.header")),
        body=weekly.told,
        rows=(
            *in_pairs(buttons),
            *rows,
            (
                button(texts("common.to_client"), to_clients.ClientCard(client=number)),
                button(texts("digest.reminders"), to.ShowReminders()),
            ),
        ),
        place=to.AskDay(client=number).pack(),
    )


def ask_pause(texts: Texts, silence: Silence, days: Sequence[date], said: str = "") -> Screen:
    """Ask until when to be silent; ``days`` are proposed."""
    at, name = silence.at, silence.name
    kind = "pause" if name else "vacation"
    rows: list[ButtonRow] = [
        (
            button(
                texts(f"reminders.until.{length}", date=texts.date(day)),
                to.SetPause(client=at.client, day=day.toordinal()),
            ),
        )
        for length, day in zip(("week", "fortnight", "month"), days, strict=True)
    ]
    if silence.on:
        over = to.SetPause(client=at.client, day=0)
        rows.append((button(texts(f"reminders.{kind}.over"), over),))
    return Screen(
        header=_silence(texts, name),
        body=(said or texts(f"reminders.{kind}.body"),),
        rows=(*rows, (_from_pause(texts, at),)),
        place=at.pack(),
    )


def confirm_pause(texts: Texts, silence: Silence, day: date, told: str) -> Screen:
    """Show a typed date back; ``told``: as it reads after «снова напомню»."""
    at, name = silence.at, silence.name
    yes = to.SetPause(client=at.client, day=day.toordinal())
    return Screen(
        header=_silence(texts, name),
        body=(texts("reminders.until.confirm", date=told),),
        rows=(
            (primary(texts("reminders.until.yes", date=texts.date(day)), yes),),
            (way_back(texts("common.back"), at),),
        ),
        place=at.pack(),
    )


def minutes(at: time) -> int:
    """Return the minutes after midnight."""
    return at.hour * 60 + at.minute


def _lines(texts: Texts, what: str, lines: Sequence[str]) -> list[str]:
    """Return one paragraph under its title, the first lines of many; nothing for no lines."""
    if not lines:
        return []
    more = len(lines) - LINES
    last = [texts(f"reminders.{what}.more", n=more)] if more > 0 else []
    return ["\n".join([texts(f"reminders.{what}.title"), *lines[:LINES], *last])]


def _when(texts: Texts, reminding: Reminding, zone: str, *, chosen: bool) -> str:
    at = texts.clock(reminding.remind_at)
    said = [
        texts("reminders.at", time=at, zone=zone)
        if chosen
        else texts("reminders.at_moscow", time=at)
    ]
    if reminding.quiet is not None:
        start, end = reminding.quiet
        said.append(texts("reminders.quiet_from", start=texts.clock(start), end=texts.clock(end)))
    if reminding.weekdays_only:
        said.append(texts("reminders.weekdays"))
    if reminding.holidays is not None:
        country = country_name(texts, reminding.holidays)
        said.append(texts("reminders.holidays_of", country=country))
    return " ".join(said)


def _choices(texts: Texts, reminding: Reminding) -> list[Button]:
    at = texts.clock(reminding.remind_at)
    usual = reminding.weekday
    day = texts("reminders.any_day") if usual is None else weekday_short(texts, usual)
    hours = texts("reminders.no") if reminding.quiet is None else _hours(texts, *reminding.quiet)
    quiet = texts("reminders.quiet_is", hours=hours)
    if len(quiet) > LABEL_LIMITS[2]:
        quiet = texts("reminders.quiet_hours")
    only = reminding.weekdays_only
    away = "reminders.vacation.on" if reminding.away_until else "reminders.vacation.off"
    free = "reminders.no_holidays" if reminding.holidays else "reminders.all_holidays"
    return [
        button(texts("reminders.time_is", time=at), to.AskTime()),
        button(texts("reminders.day_is", day=day), to.AskUsualDay()),
        button(quiet, to.AskQuiet()),
        button(
            texts("reminders.only_weekdays" if only else "reminders.all_days"),
            to.SetWeekdaysOnly(only=int(not only)),
        ),
        button(texts(free), to.AskHolidays(page=0)),
        button(texts(away), to.AskPause(client=0)),
        button(texts("reminders.by_client"), to.ReportDays(page=0)),
        button(texts("reminders.file"), to.CalendarFile(client=0)),
    ]


def country_name(texts: Texts, code: str) -> str:
    """Return the name of a country by its ISO 3166 code."""
    return str(texts.locale.territories.get(code, code))


def weekday_short(texts: Texts, weekday: int) -> str:
    """Return «пт»."""
    return str(get_day_names("abbreviated", "stand-alone", texts.locale)[weekday])


def _named(texts: Texts, weekday: int) -> str:
    name = str(get_day_names("wide", "stand-alone", texts.locale)[weekday])
    return name[:1].upper() + name[1:]


def _hours(texts: Texts, start: time, end: time) -> str:
    """Return «21–08», with minutes only where there are some."""
    whole = bool(start.minute or end.minute)
    return f"{texts.clock(start, whole=whole)}–{texts.clock(end, whole=whole)}"


def _threes(buttons: Sequence[Button]) -> tuple[ButtonRow, ...]:
    return tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))


def _silence(texts: Texts, name: str) -> str:
    if name:
        return header(name, texts("reminders.pause.header"))
    return texts("reminders.vacation.header")


def _from_pause(texts: Texts, at: to.AskPause) -> Button:
    if at.client:
        return way_back(texts("common.back"), to.AskDay(client=at.client))
    return way_back(texts("reminders.back"), to.ShowReminders())


def _back(texts: Texts) -> ButtonRow:
    return (way_back(texts("reminders.back"), to.ShowReminders()),)
