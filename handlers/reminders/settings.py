"""/reminders: what comes next for whom and why; weekdays, hours, pauses, a vacation.

Whatever is changed here counts from the next slot on, so that a change never brings a message by
itself; a report's weekday says so by its own first date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import groupby
from operator import itemgetter

from babel.languages import get_official_languages

from content.places import countries, country_of
from content.reading.days import read_day
from content.reading.hours import read_hours, read_time
from content.schedule.agenda import Agenda, Entry, due, lists_had
from content.schedule.cycles import cycle_day, listed, with_weekday
from content.schedule.days_off import knows_country
from content.schedule.events import Event, upcoming
from content.schedule.habits import kept_time
from content.schedule.instants import Quiet
from content.values.weeks import Cycle, Rhythm
from handlers.account import settings
from handlers.due import agenda, lines, when
from handlers.engine import lookup
from handlers.engine.lists import choice
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import LABEL_LIMITS, Reply, Screen, button, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.reminders import buttons as to
from handlers.reminders import digest
from handlers.reminders.screens import settings as screens
from handlers.reports import choose
from storage.errors import NotFound
from storage.records import Client, ClientNumber, Prompt, Reminding

AHEAD = timedelta(days=28)
"""How far the list of what comes next looks."""
FARTHEST = timedelta(days=366)
"""Of a pause."""
LONGEST_QUIET = timedelta(hours=16)
NAMES, NAME_SHOWN = 4, 20
Names = dict[ClientNumber, str]
DAY_TAIL = 5
"""Characters that a weekday takes behind a client's name: « · пт»."""
HOUR = 60
routes = Routes()
routes.shortcut("reminders", to.ShowReminders())


@routes.tap(to.ShowReminders, opens=True)
def show(visit: Visit, _at: to.ShowReminders) -> Screen:
    """Say what comes next and why."""
    return reminders(visit)


def reminders(visit: Visit) -> Screen:
    """Return what comes next, and what can be changed about it."""
    known = agenda.agenda_of(visit.memory, visit.now)
    waiting = due(known, visit.today, visit.now)
    reminding = visit.memory.reminders.get()
    away = reminding.away_until
    names = {
        each.number: cut(client_name(visit.words, each), NAME_SHOWN)
        for each in visit.memory.clients.list()
    }
    plan = screens.Ahead(
        reports=tuple(_reports(visit, known, waiting, names)),
        promises=tuple(_promises(visit, known, names)),
        waiting=len(waiting),
        had=lists_had(known, visit.today),
        state=visit.texts("reminders.vacation.now", date=visit.day(away))
        if away is not None and away > visit.today
        else "",
    )
    return screens.reminders(visit.texts, _present(visit, reminding), settings.clock(visit), plan)


# A client's weekday


@routes.tap(to.ReportDays, opens=True)
def report_days(visit: Visit, at: to.ReportDays) -> Screen:
    """List the clients with their weekdays."""
    weekdays = {each.client: each.weekday for each in visit.memory.reminders.rhythms(visit.today)}
    clients = visit.memory.clients.list()
    labels = []
    for number, name in choice(visit.words, clients, LABEL_LIMITS[1] - DAY_TAIL):
        weekday = weekdays.get(number)
        short = "—" if weekday is None else screens.weekday_short(visit.texts, weekday)
        labels.append((number, f"{name} · {short}"))
    return screens.report_days(visit.texts, labels, at.page)


@routes.tap(to.AskDay, opens=True)
def ask_day(visit: Visit, at: to.AskDay) -> Screen:
    """Say when a client is reported to, and offer other days."""
    return client_day(visit, lookup.client(visit, at.client))


@routes.tap(to.ChooseDay)
def choose_day(visit: Visit, at: to.ChooseDay) -> Answered:
    """Report to a client on this weekday; the first time asks for the zone as well."""
    client = lookup.client(visit, at.client)
    reminding = visit.memory.reminders.get()
    rhythm = _rhythm(visit, client.number)
    if rhythm.weekday != at.weekday:
        habits = agenda.habits_of(visit.person, reminding)
        visit.memory.reminders.set_rhythm(with_weekday(rhythm, at.weekday, habits, visit.now))
        choose.count(visit, client.number)
    if reminding.weekday is None:
        visit.memory.reminders.save(replace(reminding, weekday=at.weekday))
    every = visit.texts(f"when.every.{at.weekday}")
    if visit.person.zone is None:
        leave = button(visit.texts("reminders.zone.stay"), to.AskDay(client=client.number))
        return settings.ask_zone(visit, visit.texts("reminders.zone.ask", every=every), leave)
    toast = visit.texts("reminders.toast.client_day", every=every)
    return Reply(client_day(visit, client), toast=toast)


@routes.tap(to.DropDay)
def drop_day(visit: Visit, at: to.DropDay) -> Answered:
    """Remind of a client's reports no more."""
    client = lookup.client(visit, at.client)
    rhythm = _rhythm(visit, client.number)
    if rhythm.weekday is not None:
        visit.memory.reminders.set_rhythm(replace(rhythm, weekday=None))
    return Reply(client_day(visit, client), toast=visit.texts("reminders.toast.dropped"))


def client_day(visit: Visit, client: Client) -> Screen:
    """Return when a client is reported to, with what can be changed about it."""
    rhythm = _rhythm(visit, client.number)
    cycle = rhythm.cycle
    closed = cycle is not None and digest.undoable(visit, cycle)
    return screens.ask_day(
        visit.texts,
        screens.Weekly(
            client=client.number,
            name=client_name(visit.words, client),
            weekday=rhythm.weekday,
            told=tuple(_weekly(visit, client, rhythm)),
            paused=_after(rhythm.paused_until, visit.today),
            undo=cycle.day.toordinal() if cycle is not None and closed else 0,
        ),
    )


# Pauses and the vacation


@routes.tap(to.AskPause, opens=True)
def ask_pause(visit: Visit, at: to.AskPause) -> Screen:
    """Ask until when to be silent."""
    return _ask_pause(visit, at)


@routes.prompt("pause_until")
def pause_typed(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Show the typed date back."""
    at = to.AskPause(client=int(prompt.subject))
    day = read_day(visit.words.reading, text, visit.today, ahead=True)
    if day is None:
        return _ask_pause(visit, at, visit.texts("reminders.until.unread"))
    if not visit.today < day <= visit.today + FARTHEST:
        return _ask_pause(visit, at, visit.texts("reminders.until.past", date=visit.day(day)))
    weekday = visit.texts(f"when.on.{day.weekday()}")
    told = f"{weekday}, {visit.day(day)}"
    screen = screens.confirm_pause(visit.texts, _silence(visit, at), day, told)
    return ask(visit, prompt.kind, prompt.subject, screen)


@routes.tap(to.SetPause)
def pause(visit: Visit, at: to.SetPause) -> Answered:
    """Be silent until a day, about a client or about everybody; day 0 ends that."""
    until = _pause_day(visit, at.day)
    if not at.client:
        return _vacation(visit, until)
    client = lookup.client(visit, at.client)
    rhythm = _rhythm(visit, client.number)
    if rhythm.weekday is None:
        return client_day(visit, client)
    visit.memory.reminders.set_rhythm(replace(rhythm, paused_until=until))
    settings.keep(visit, visit.memory.reminders.get())
    toast = (
        visit.texts("reminders.toast.paused", date=visit.day(until))
        if until
        else visit.texts("reminders.toast.over")
    )
    return Reply(client_day(visit, client), toast=toast)


# Hours and days of all


@routes.tap(to.AskTime, opens=True)
def ask_time(visit: Visit, _at: to.AskTime) -> Screen:
    return _ask_time(visit)


@routes.prompt("remind_time")
def time_typed(visit: Visit, _prompt: Prompt, text: str) -> Answered:
    wanted = read_time(visit.words.reading, text)
    if wanted is None:
        return _ask_time(visit, visit.texts("reminders.time.unread"))
    return _set_time(visit, wanted)


@routes.tap(to.SetTime)
def set_time(visit: Visit, at: to.SetTime) -> Answered:
    return _set_time(visit, time(*divmod(at.minute, HOUR)))


@routes.tap(to.AskQuiet, opens=True)
def ask_quiet(visit: Visit, _at: to.AskQuiet) -> Screen:
    return _ask_quiet(visit)


@routes.prompt("quiet_hours")
def quiet_typed(visit: Visit, _prompt: Prompt, text: str) -> Answered:
    hours = read_hours(visit.words.reading, text)
    if hours is None:
        return _ask_quiet(visit, visit.texts("reminders.quiet.unread"))
    if _length(*hours) > LONGEST_QUIET:
        return _ask_quiet(visit, visit.texts("reminders.quiet.too_long"))
    return _set_quiet(visit, *hours)


@routes.tap(to.SetQuiet)
def set_quiet(visit: Visit, at: to.SetQuiet) -> Answered:
    """Be quiet in these hours."""
    start, end = time(*divmod(at.start, HOUR)), time(*divmod(at.end, HOUR))
    if start == end or _length(start, end) > LONGEST_QUIET:
        raise NotFound(f"quiet hours {at.start} to {at.end}")
    return _set_quiet(visit, start, end)


@routes.tap(to.ClearQuiet)
def clear_quiet(visit: Visit, _at: to.ClearQuiet) -> Answered:
    """Have no quiet hours."""
    settings.keep(visit, replace(visit.memory.reminders.get(), quiet=None))
    return Reply(reminders(visit), toast=visit.texts("reminders.toast.no_quiet"))


@routes.tap(to.AskUsualDay, opens=True)
def ask_usual_day(visit: Visit, _at: to.AskUsualDay) -> Screen:
    """Ask for the weekday of most reports."""
    return screens.ask_usual_day(visit.texts, visit.memory.reminders.get().weekday)


@routes.tap(to.SetUsualDay)
def set_usual_day(visit: Visit, at: to.SetUsualDay) -> Answered:
    """Take a usual weekday; who had the one before moves with it."""
    reminding = visit.memory.reminders.get()
    habits = agenda.habits_of(visit.person, reminding)
    settings.keep(visit, replace(reminding, weekday=at.weekday))
    for rhythm in visit.memory.reminders.rhythms(visit.today):
        if rhythm.weekday is not None and rhythm.weekday == reminding.weekday != at.weekday:
            visit.memory.reminders.set_rhythm(with_weekday(rhythm, at.weekday, habits, visit.now))
    every = visit.texts(f"when.every.{at.weekday}")
    return Reply(reminders(visit), toast=visit.texts("reminders.toast.day", every=every))


@routes.tap(to.SetWeekdaysOnly)
def set_weekdays_only(visit: Visit, at: to.SetWeekdaysOnly) -> Answered:
    """Remind on weekdays only, or on any day."""
    settings.keep(visit, replace(visit.memory.reminders.get(), weekdays_only=bool(at.only)))
    toast = visit.texts("reminders.toast.weekdays" if at.only else "reminders.toast.all_days")
    return Reply(reminders(visit), toast=toast)


@routes.tap(to.AskBudget, opens=True)
def ask_budget(visit: Visit, _at: to.AskBudget) -> Screen:
    """Ask how many lists a week may come by themselves."""
    return screens.ask_budget(visit.texts, visit.memory.reminders.get().a_week)


@routes.tap(to.SetBudget)
def set_budget(visit: Visit, at: to.SetBudget) -> Answered:
    """Send no more lists a week than this."""
    reminding = visit.memory.reminders.get()
    settings.keep(visit, replace(reminding, a_week=at.a_week or None))
    toast = (
        visit.texts("reminders.toast.budget", n=at.a_week)
        if at.a_week
        else visit.texts("reminders.toast.daily")
    )
    return Reply(reminders(visit), toast=toast)


@routes.tap(to.AskHolidays, opens=True)
def ask_holidays(visit: Visit, at: to.AskHolidays) -> Screen:
    """Ask whose holidays are free: of one's own country, of those that speak alike, of the rest."""
    own, spoken = country_of(visit.zone.key), visit.texts.locale.language
    codes = sorted(
        countries(),
        key=lambda code: (code != own, spoken not in get_official_languages(code, de_facto=True)),
    )
    named = [
        (code, screens.country_name(visit.texts, code)) for code in codes if knows_country(code)
    ]
    holidays = visit.memory.reminders.get().holidays
    return screens.ask_holidays(visit.texts, named, holidays, at.page)


@routes.tap(to.SetHolidays)
def set_holidays(visit: Visit, at: to.SetHolidays) -> Answered:
    """Do not remind on the holidays of a country."""
    if not knows_country(at.country):
        raise NotFound(f"country {at.country}")
    settings.keep(visit, replace(visit.memory.reminders.get(), holidays=at.country))
    country = screens.country_name(visit.texts, at.country)
    toast = visit.texts("reminders.toast.holidays", country=country)
    return Reply(reminders(visit), toast=toast)


@routes.tap(to.ClearHolidays)
def clear_holidays(visit: Visit, _at: to.ClearHolidays) -> Answered:
    """Take holidays as days like any other."""
    settings.keep(visit, replace(visit.memory.reminders.get(), holidays=None))
    return Reply(reminders(visit), toast=visit.texts("reminders.toast.no_holidays"))


def _ask_pause(visit: Visit, at: to.AskPause, said: str = "") -> Screen:
    days = [visit.today + timedelta(days=length) for length in screens.PAUSES]
    screen = screens.ask_pause(visit.texts, _silence(visit, at), days, said)
    return ask(visit, "pause_until", str(at.client), screen)


def _silence(visit: Visit, at: to.AskPause) -> screens.Silence:
    if not at.client:
        until = visit.memory.reminders.get().away_until
        return screens.Silence(at, "", _after(until, visit.today))
    client = lookup.client(visit, at.client)
    until = _rhythm(visit, client.number).paused_until
    return screens.Silence(at, client_name(visit.words, client), _after(until, visit.today))


def _ask_time(visit: Visit, said: str = "") -> Screen:
    screen = screens.ask_time(visit.texts, visit.memory.reminders.get().remind_at, said)
    return ask(visit, "remind_time", "", screen)


def _ask_quiet(visit: Visit, said: str = "") -> Screen:
    screen = screens.ask_quiet(visit.texts, visit.memory.reminders.get().quiet, said)
    return ask(visit, "quiet_hours", "", screen)


def _vacation(visit: Visit, until: date | None) -> Reply:
    settings.keep(visit, replace(visit.memory.reminders.get(), away_until=until))
    toast = (
        visit.texts("reminders.toast.away", date=visit.day(until))
        if until
        else visit.texts("reminders.toast.back")
    )
    return Reply(reminders(visit), toast=toast)


def _set_time(visit: Visit, wanted: time) -> Reply:
    reminding = visit.memory.reminders.get()
    quiet = None if reminding.quiet is None else Quiet(*reminding.quiet)
    at = kept_time(wanted, quiet)
    settings.keep(visit, replace(reminding, remind_at=at))
    shown = visit.texts.clock(at)
    if at == wanted:
        return Reply(reminders(visit), toast=visit.texts("reminders.toast.time", time=shown))
    said = visit.texts("reminders.toast.kept", wanted=visit.texts.clock(wanted), time=shown)
    return Reply(reminders(visit).saying(said), toast=said)


def _set_quiet(visit: Visit, start: time, end: time) -> Reply:
    reminding = visit.memory.reminders.get()
    at = kept_time(reminding.remind_at, Quiet(start, end))
    settings.keep(visit, replace(reminding, quiet=(start, end), remind_at=at))
    if at != reminding.remind_at:
        said = visit.texts("reminders.toast.quiet_kept", time=visit.texts.clock(at))
        return Reply(reminders(visit).saying(said), toast=said)
    hours = {"start": visit.texts.clock(start), "end": visit.texts.clock(end)}
    return Reply(reminders(visit), toast=visit.texts("reminders.toast.quiet", **hours))


def _rhythm(visit: Visit, client: ClientNumber) -> Rhythm:
    return visit.memory.reminders.rhythm(client, visit.today) or Rhythm(client)


def _weekly(visit: Visit, client: Client, rhythm: Rhythm) -> Iterable[str]:
    """Say how a client is reported to, and when that is next spoken of."""
    texts, today = visit.texts, visit.today
    if rhythm.weekday is None:
        yield texts("reminders.client.nothing")
        return
    yield texts("reminders.client.every", every=texts(f"when.every.{rhythm.weekday}"))
    settled = visit.memory.reminders.get()
    away = settled.away_until
    if client.archived_at is not None:
        yield texts("reminders.client.archived")
        return
    if rhythm.paused_until is not None and rhythm.paused_until > today:
        yield texts("reminders.client.paused", date=visit.day(rhythm.paused_until))
    elif away is not None and away > today:
        yield texts("reminders.client.away", date=visit.day(away))
    at = when.of_client(visit, client.number)
    day = None if at is None else agenda.habits_of(visit.person, settled).local_day(at)
    if listed(rhythm, today) is not None and day != today:
        yield texts("reminders.client.waiting")
    if at is not None:
        known = {each.day for each in visit.memory.reminders.cycles(client.number)}
        first = known | {cycle_day(rhythm, today)} <= {None, day}
        key = "reminders.client.first" if first else "reminders.client.next"
        yield texts(key, when=when.told(visit, at))


def _reports(visit: Visit, known: Agenda, waiting: Sequence[Entry], names: Names) -> Iterable[str]:
    """Yield a line for each client with a weekday: soonest first, who is paused last."""
    today = {each.client for each in waiting if isinstance(each.about, Cycle)}
    told = []
    for rhythm in known.rhythms:
        name = names.get(ClientNumber(rhythm.client))
        if rhythm.weekday is None or name is None:
            continue
        at = when.of_report(visit.now, known, rhythm)
        day = date.max if at is None else known.habits.local_day(at)
        said = visit.day(day)
        if day.weekday() != rhythm.weekday:
            moved = screens.weekday_short(visit.texts, day.weekday())
            said = visit.texts("reminders.line.moved", weekday=moved, date=said)
        until = rhythm.paused_until
        if rhythm.client in today:
            day, said = visit.today, visit.texts("reminders.line.waiting")
        elif until is not None and until > visit.today:
            said = visit.texts("reminders.line.paused", date=visit.day(until))
        if quiet := lines.without_report(visit, rhythm):
            said = visit.texts("reminders.line.since", said=said, since=quiet)
        weekday = screens.weekday_short(visit.texts, rhythm.weekday)
        whole = visit.texts("reminders.line.whole", name=name, weekday=weekday, said=said)
        told.append((day, whole))
    return (line for _, line in sorted(told, key=itemgetter(0)))


def _promises(visit: Visit, known: Agenda, names: Names) -> Iterable[str]:
    """Yield a line for each day to come on which something was promised."""
    texts = visit.texts
    coming = [
        each
        for each in upcoming(known, visit.now, visit.today + AHEAD)
        if each.follow_up is not None and each.at > visit.now
    ]
    for day, events in groupby(coming, key=lambda event: event.day):
        items = "; ".join(_items(visit, list(events), names))
        weekday = screens.weekday_short(texts, day.weekday()).capitalize()
        yield texts("reminders.line.day", weekday=weekday, date=visit.day(day), items=items)


def _items(visit: Visit, events: Sequence[Event], names: Names) -> Iterable[str]:
    """Yield what was promised for one day, once for each kind, with whom it is about."""
    texts = visit.texts
    whom: dict[str, list[str]] = {}
    for each in events:
        if each.client is None:
            yield texts("reminders.line.morning", time=texts.clock(each.at.astimezone(visit.zone)))
        else:
            client = names.get(ClientNumber(each.client), "")
            whom.setdefault(str(each.follow_up), []).append(client)
    for kind, clients in whom.items():
        named = list(dict.fromkeys(clients))
        shown = named[:NAMES]
        if len(named) > NAMES:
            shown.append(texts("reminders.line.and_more", n=len(named) - NAMES))
        yield texts(f"reminders.line.{kind}", n=len(clients), names=" · ".join(shown))


def _present(visit: Visit, reminding: Reminding) -> Reminding:
    """Return the settings without a vacation that is over."""
    over = not _after(reminding.away_until, visit.today)
    return replace(reminding, away_until=None) if over else reminding


def _pause_day(visit: Visit, ordinal: int) -> date | None:
    if not ordinal:
        return None
    today = visit.today.toordinal()
    if not today < ordinal <= today + FARTHEST.days:
        raise NotFound(f"day {ordinal}")
    return date.fromordinal(ordinal)


def _after(until: date | None, today: date) -> bool:
    return until is not None and until > today


def _length(start: time, end: time) -> timedelta:
    """Return how long it is from one time on the wall to another."""
    apart = screens.minutes(end) - screens.minutes(start)
    return timedelta(minutes=apart % (24 * HOUR))
