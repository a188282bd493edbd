"""The behaviour cases as data, and what plays them.

A case is a person, a stretch of time and what happens in it; what must come of it are the messages.
Whatever worker there is, a ``Driver`` for it can play them all.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

FILE = Path(__file__).parents[2] / "cases" / "schedule" / "behaviour.toml"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Client:
    number: int
    weekday: int
    since: date


@dataclass(frozen=True)
class Event:
    """Something that happens; ``what`` holds the rest of the table."""

    at: datetime
    do: str
    what: dict[str, Any]


@dataclass(frozen=True)
class Case:
    id: str
    name: str
    start: datetime
    end: datetime
    messages: list[str]
    """``2026-03-02T08:00Z digest rings 1 2 action``; ``+2`` stands for two that are not named."""
    zone: str = "Europe/Berlin"
    settings: dict[str, Any] = field(default_factory=dict)
    clients: tuple[Client, ...] = ()
    events: tuple[Event, ...] = ()
    endings: list[str] | None = None
    """How the claims of digests were closed, in order."""


class Driver(Protocol):
    """Plays a case against one worker; times are what a right clock shows."""

    async def begin(self, case: Case) -> None:
        """Set up the person with the worker running."""

    async def do(self, event: Event) -> None:
        """Let an event happen at its time, to which the case has been run."""

    async def run(self, until: datetime) -> None:
        """Let the worker work up to a time."""

    def messages(self) -> list[str]:
        """Return what has come, as it is written in a case."""

    async def endings(self) -> list[str]:
        """Return how claims of digests were closed so far, ``open`` for one under way."""


async def play(case: Case, driver: Driver) -> None:
    await driver.begin(case)
    for event in case.events:
        await driver.run(event.at)
        await driver.do(event)
    await driver.run(case.end)


def read_cases() -> list[Case]:
    return [_case(table) for table in tomllib.loads(FILE.read_text("utf-8"))["case"]]


def _case(table: dict[str, Any]) -> Case:
    zone = ZoneInfo(table.get("zone", "Europe/Berlin"))
    clients = [
        Client(number, WEEKDAYS.index(each["weekday"]), each["since"])
        for each in table.pop("clients", ())
        for number in each["numbers"]
    ]
    events = [
        Event(_instant(each.pop("at"), zone), each.pop("do"), each)
        for each in table.pop("events", ())
    ]
    start, end = _instant(table.pop("start"), zone), _instant(table.pop("end"), zone)
    return Case(start=start, end=end, clients=tuple(clients), events=tuple(events), **table)


def _instant(text: str, zone: ZoneInfo) -> datetime:
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
