"""/privacy, /export, /delete."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Final

from handlers.account import buttons as to
from handlers.account.export import machine_readable, readable
from handlers.account.screens import data as screens
from handlers.engine.routing import Redelivery, Routes
from handlers.engine.screen import Paper, Reply, Screen
from handlers.engine.visit import Visit

EXPORT_EVERY: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)

routes = Routes()
routes.shortcut("privacy", to.Privacy())
routes.shortcut("export", to.AskExport())
routes.shortcut("delete", to.AskErase())


@routes.tap(to.MyData, opens=True)
def mine(visit: Visit, _at: to.MyData) -> Screen:
    """Show the ways to one's own data."""
    return screens.mine(visit.texts)


@routes.tap(to.Privacy, opens=True)
def privacy(visit: Visit, _at: to.Privacy) -> Screen:
    """Say what is stored."""
    return screens.privacy(visit.texts, sealed=visit.memory.sealed)


@routes.tap(to.AskExport, opens=True)
def ask_export(visit: Visit, _at: to.AskExport) -> Screen:
    return _ask_export(visit)


@routes.tap(to.ExportNow, redelivery=Redelivery.RUN)
def export(visit: Visit, _at: to.ExportNow) -> Reply:
    """Send everything there is, to read and for programs."""
    if visit.person.since is None or _wait(visit):
        return Reply(_ask_export(visit))
    everything = visit.memory.export()
    texts = visit.texts
    now = visit.now
    return Reply(
        screens.mine(texts).saying(texts("data.export.sent")),
        papers=(
            Paper(
                texts("data.export.readable_caption"),
                readable(visit, everything).encode(),
                texts("data.export.readable_name"),
            ),
            Paper(
                texts("data.export.machine_caption"),
                machine_readable(everything),
                texts("data.export.machine_name"),
            ),
        ),
        then=lambda mine: mine.people.exported(now),
    )


@routes.tap(to.AskErase, opens=True)
def ask_erase(visit: Visit, _at: to.AskErase) -> Screen:
    """List what would go."""
    return _ask_erase(visit)


@routes.tap(to.EraseNow)
def erase(visit: Visit, _at: to.EraseNow) -> Reply:
    """Delete every row of the person and their keys."""
    texts = visit.texts
    visit.memory.people.erase(visit.now)
    return Reply(screens.erased(texts), forget=True, menu=())


def _ask_export(visit: Visit) -> Screen:
    if visit.person.since is None:
        return screens.nothing_kept(visit.texts, "export")
    if minutes := _wait(visit):
        return screens.exported_lately(visit.texts, minutes)
    return screens.ask_export(visit.texts)


def _wait(visit: Visit) -> int:
    """Return the minutes until everything may be handed out again; 0 for now."""
    last = visit.person.exported_at
    # A time that is still to come is the mistake of a clock, and keeps nobody waiting.
    if last is None or last > visit.now:
        return 0
    return max(0, math.ceil((last + EXPORT_EVERY - visit.now) / MINUTE))


def _ask_erase(visit: Visit) -> Screen:
    if visit.person.since is None:
        return screens.nothing_kept(visit.texts, "erase")
    invited = visit.person.invited_at is not None
    return screens.ask_erase(visit.texts, visit.memory.people.census(), invited=invited)
