"""The first screen: how things stand with the clients there are, or the welcome."""

from __future__ import annotations

from content.schedule.cycles import listed
from handlers.clients.screens import listing, start
from handlers.due import agenda, lines
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit
from handlers.engine.wording import verdict_name
from storage.records import Client, ClientNumber
from storage.rows.assessments import Stands


def screen(visit: Visit) -> Screen:
    """Return the list of clients, or the welcome for who has none."""
    clients = visit.memory.clients.list()
    if clients or visit.memory.clients.prospects():
        return clients_screen(visit, clients)
    return start.welcome(visit.texts)


def clients_screen(visit: Visit, clients: tuple[Client, ...], page: int = 0) -> Screen:
    """Return the list of clients with the promise that is due first above it."""
    stand = visit.memory.assessments.stand()
    reports = _reports(visit)
    states = {
        each.number: listing.ClientStanding(
            verdict=_verdict(visit, stand.get(each.number)),
            waiting=stand[each.number].waiting if each.number in stand else None,
            report=reports.get(each.number, ""),
        )
        for each in clients
    }
    archive = bool(visit.memory.clients.list(archived=True))
    there_is = listing.Overview(clients, states, lines.first_due(visit), archive)
    return listing.listing(visit.words, there_is, page)


def _verdict(visit: Visit, stands: Stands | None) -> str:
    """Return «последняя попытка, 21 ноября»."""
    if stands is None or stands.judged_at is None:
        return ""
    name = verdict_name(visit.words, stands.verdict)
    date = visit.day(stands.judged_at)
    return visit.texts("clients.list.verdict", verdict=f"{name[0].lower()}{name[1:]}", date=date)


def _reports(visit: Visit) -> dict[ClientNumber, str]:
    """Return what is said of the reports that wait, by client; nothing while one is away."""
    plan = agenda.agenda_of(visit.memory, visit.now)
    today = lines.waking_day(visit)
    if plan.away_until is not None and plan.away_until > today:
        return {}
    found = {}
    for rhythm in plan.rhythms:
        week = listed(rhythm, today)
        if week is not None:
            due = week.open_since >= today
            found[ClientNumber(rhythm.client)] = (
                visit.texts("clients.list.report_today")
                if due
                else visit.texts("clients.list.report", date=visit.day(week.open_since))
            )
    return found
