"""What is small: the bytes of a client, the time of a verdict."""

from __future__ import annotations

from statistics import median
from time import thread_time
from typing import TYPE_CHECKING, Final

from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS
from content.questionnaire import asked
from content.sheet import Sheet
from content.verdict import judge
from storage import records
from storage.opening import open_storage
from tests.bench.seed import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from content.knowledge import Catalogue
    from storage.rows.memory import Memory

CLIENTS: Final = 100
ASSESSMENTS: Final = 10
ROUNDS: Final = 10
EACH: Final = 100


def verdict_us(catalogue: Catalogue) -> list[float]:
    """Return µs of CPU for the verdict on a full sheet, one figure a round."""
    sheet = Sheet(
        dict.fromkeys(catalogue.questions, REFLECTION_OPTIONS[1])
        | dict.fromkeys(catalogue.signs, SIGN_OPTIONS[2]),
        team=True,
    )
    times = []
    for _ in range(1 + ROUNDS):
        began = thread_time()
        for _ in range(EACH):
            judge(catalogue, sheet)
        times.append((thread_time() - began) / EACH * 1e6)
    return times[1:]  # the first round warms up


async def bytes_per_client(folder: Path, catalogue: Catalogue) -> float:
    """Return how much the file grows by a client with ten full assessments, without notes.

    The answers come one by one, as they do from taps, and every verdict is given.
    """
    path = folder / "clients" / "clients.db"
    storage = await open_storage(f"sqlite:///{path}", path.with_name("clients.key"), now=NOW)
    questions = [
        records.Answer(each, "often" if each in catalogue.signs else REFLECTION_OPTIONS[1])
        for each in asked(catalogue, team=True)
    ]
    empty = path.stat().st_size
    for number in range(CLIENTS):
        await storage.write(_client(records.Owner(1 + number % 10), questions))
    await storage.close()  # which moves the log into the file
    return (path.stat().st_size - empty) / CLIENTS


def _client(owner: records.Owner, answers: list[records.Answer]) -> Callable[[Memory], None]:
    def step(memory: Memory) -> None:
        owned = memory.of(owner)
        client = owned.clients.add("Студия «Север»", NOW)
        for _ in range(ASSESSMENTS):
            begun = owned.assessments.start(client.number, records.Depth.FULL, team=True, now=NOW)
            for answer in answers:
                owned.assessments.answer(begun.number, (answer,))
            owned.assessments.freeze(begun.number, "mendable", 2, NOW)

    return step


def middle(found: list[float]) -> str:
    """Return a median with its range."""
    return f"{median(found):.0f} ({min(found):.0f} to {max(found):.0f})"
