"""A database of people in the middle of their assessments, and the taps they make."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from content.asking import standing
from content.models import SIGN_OPTIONS, Certainty, OptionId, QuestionId, Topic
from content.questionnaire import (
    asked,
    is_critical,
    open_critical,
    open_in_topic,
    opens_topic,
    options_of,
)
from content.sheet import Sheet
from storage import records
from storage.opening import open_storage
from tests.bench.responder import FIRST_PERSON

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from content.knowledge import Catalogue
    from storage.rows.memory import Memory

NOW: Final = datetime(2025, 11, 21, 9, 0, tzinfo=UTC)
TROUBLES: Final = {
    "late_payment": "often",
    "price_pressure": "once",
    "scope_creep": "always",
    "vague_brief": "once",
    "emotional_toll": "often",
    "costs_more_than_brings": "once",
}
"""What is wrong with each client; the rest is calm."""
AGAIN: Final = ("as:{client}:full", "a:{n}:late_payment:{option}", "af:{n}")
"""The taps of an assessment for the difference."""
CHANGES: Final = ("once", "often")
CLIENTS: Final = 12
"""Clients of each of the people who tap all the time, each with an assessment begun."""


@dataclass(frozen=True)
class Seeded:
    """What was stored, and how it goes on."""

    database: str
    master_key: Path
    catalogue: Catalogue
    people: int
    """Who tap all the time, the first of all who are stored."""

    @cached_property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """Question and mildest option; the critical signs come last, since only they can end it."""
        everything = asked(self.catalogue, team=False)
        ordered = sorted(everything, key=lambda each: is_critical(self.catalogue, each))
        return tuple((each, options_of(self.catalogue, each)[0]) for each in ordered)

    def tap_of_peers(self, _person: int, n: int) -> str:
        """Return the data of a person's n-th tap for bots that know answers alone."""
        assessment, at = divmod(n, len(self.answers))
        question, option = self.answers[at]
        return f"a:{assessment % CLIENTS + 1}:{question}:{option}"

    def tap(self, person: int, n: int) -> str:
        """Return the data of a person's n-th tap, as the coach leads them.

        First each client's assessment from the first question to the verdict; then one after the
        other is assessed again, for the difference. People are not in step: some look at their
        other clients first, so that not all come to a verdict at once.
        """
        behind = person % len(self._first) if person < self.people else 0
        if n < behind:
            return self._first[0].format(n=2 + n % (CLIENTS - 1))
        n -= behind
        assessment, at = divmod(n, len(self._first))
        if assessment < CLIENTS:
            return self._first[at].format(n=assessment + 1)
        again, at = divmod(n - CLIENTS * len(self._first), len(AGAIN))
        changed = CHANGES[again // CLIENTS % len(CHANGES)]
        number = CLIENTS + again + 1
        return AGAIN[at].format(client=again % CLIENTS + 1, n=number, option=changed)

    @property
    def first_time(self) -> int:
        """How many taps one person makes for a client who is assessed for the first time."""
        return len(self._first)

    @cached_property
    def _first(self) -> tuple[str, ...]:
        """The taps of one assessment; ``n`` is its number."""
        sheet, taps = Sheet({}), ["ar:{n}"]
        while (at := standing(self.catalogue, sheet)).certainty is Certainty.PRELIMINARY:
            question = at.question
            if question is None:
                break
            given = {question: self._option(question)}
            if is_critical(self.catalogue, question):
                given = dict.fromkeys(open_critical(self.catalogue, sheet), SIGN_OPTIONS[0])
                taps.append("ad:{n}")
            elif topic := self._quiet(sheet, question):
                given = dict.fromkeys(open_in_topic(self.catalogue, sheet, topic), SIGN_OPTIONS[0])
                taps.append(f"aq:{{n}}:{topic}")
            else:
                taps.append(f"a:{{n}}:{question}:{given[question]}")
            sheet = Sheet({**sheet.answers, **given})
        # Where nothing can change any more, the verdict comes by itself.
        return (*taps, "af:{n}") if at.certainty is Certainty.LIKELY else tuple(taps)

    def _option(self, question: QuestionId) -> OptionId:
        mildest = options_of(self.catalogue, question)[0]
        return OptionId(TROUBLES.get(question, mildest))

    def _quiet(self, sheet: Sheet, question: QuestionId) -> Topic | None:
        """Return the topic that a tap closes where this question stands, if there is one."""
        if not opens_topic(self.catalogue, sheet, question):
            return None
        topic = self.catalogue.signs[question].topic
        open_ = open_in_topic(self.catalogue, sheet, topic)
        return None if any(each in TROUBLES for each in open_) else topic


async def seed(
    folder: Path, catalogue: Catalogue, people: int, crowd: int, database: str = ""
) -> Seeded:
    """Store the people who tap all the time, then a crowd with one client each.

    The database is one of SQLite's in the folder, unless it is named.
    """
    database = database or f"sqlite:///{folder / 'ours.db'}"
    found = Seeded(database, folder / "ours.key", catalogue, people)
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
