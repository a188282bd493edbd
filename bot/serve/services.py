"""What all parts of the ingest work with; nothing is global."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from aiogram import Bot

from bot.operate.clock import Clock
from bot.operate.counters import Counters
from content.texts import Texts
from storage.protocols import Storage
from storage.records import Owner


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long things may take, in seconds."""

    poll: int = 25
    """A long poll."""
    network: int = 10
    """What a poll may take beyond that."""
    look: float = 0.03
    """Between two looks at Telegram while something is in hand."""
    park: float = 2.0
    """Until an unfinished update is parked."""
    again: float = 0.5
    """Between two tries of a failing update."""
    drain: float = 7.0
    """For what is in hand when the process is told to end; it has ended within ten."""
    conflict: float = 60.0
    """Until the process leaves the updates to another reader of them."""
    slow: float = 0.5
    """Before each update of a chat that sends too fast."""


@dataclass(frozen=True, slots=True)
class Services:
    """The outside world, as the ingest sees it."""

    bot: Bot
    storage: Storage
    words: Callable[[str | None, Owner], Texts]
    """Gives the interface texts for a phone's language, or for the person's own."""
    clock: Clock
    counters: Counters
    chance: random.Random
    stopping: asyncio.Event
    """Once set, everything ends."""
    pace: TimeLimits = field(default_factory=TimeLimits)
