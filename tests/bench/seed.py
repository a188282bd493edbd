"""A database of people in the middle of their assessments, and the taps they make."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from content.questionnaire import asked, is_critical, options_of
from storage import records
from storage.opening import open_storage
from tests.bench.responder import FIRST_PERSON

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from content.knowledge import Catalogue
    from storage.rows.memory import Memory

NOW: Final = datetime(2025, 11, 21, 9, 0, tzinfo=UTC)
CLIENTS: Final = 12
"""Clients of each of the people who tap all the time, each with an assessment begun."""


@dataclass(frozen=True)
class Seeded:
    """What was stored, and how it goes on."""

    database: str
    master_key: Path
    catalogue: Catalogue

    @cached_property
    def questions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Question and options; the critical signs come last, since only they can end it."""
        everything = asked(self.catalogue, team=False)
        ordered = sorted(everything, key=lambda each: is_critical(self.catalogue, each))
        return tuple((each, options_of(self.catalogue, each)) for each in ordered)

    def tap(self, _person: int, n: int) -> str:
        """Return the data of a person's n-th tap.

        One assessment after the other is answered to its verdict, question by question.
        """
        assessment, at = divmod(n, len(self.questions))
        question, options = self.questions[at]
        return f"a:{assessment % CLIENTS + 1}:{question}:{options[0]}"


async def seed(
    folder: Path, catalogue: Catalogue, people: int, crowd: int, database: str = ""
) -> Seeded:
    """Store the people who tap all the time, then a crowd with one client each.

    The database is one of SQLite's in the folder, unless it is named.
    """
    database = database or f"sqlite:///{folder / 'ours.db'}"
    found = Seeded(database, folder / "ours.key", catalogue)
    storage = await open_storage(found.database, found.master_key, now=NOW)
    await asyncio.gather(
        *(
            storage.write(
                _begun(records.Owner(FIRST_PERSON + each), 1 if each >= people else CLIENTS)
            )
            for each in range(people + crowd)
        )
    )
    await storage.close()
    return found


def _begun(owner: records.Owner, clients: int) -> Callable[[Memory], None]:
    def step(memory: Memory) -> None:
        owned = memory.of(owner)
        for number in range(clients):
            client = owned.clients.add(f"Клиент {number + 1}", NOW)
            owned.assessments.start(client.number, records.Depth.FULL, team=False, now=NOW)

    return step
