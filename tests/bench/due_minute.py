"""A thousand people due in one minute, over HTTP, while others tap.

    python -m tests.bench.due_minute

The bot and the in-memory Telegram are processes of their own; the bot's clock is set to shortly
before nine. Told are how long after nine the messages came, and how long a tap waited for its
answer before nine and during the rush, all by the clock of Telegram. The goals: all within 60
seconds, never more than 25 in one second, 95 of 100 taps answered within 200 ms.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.clients.buttons import Home
from tests.faults.reminding import CLOCK, nine_after, set_up
from tests.faults.timed import AHEAD, DIE, tell
from tests.faults.world import until, world

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.faults.world import Json, People

DUE = range(1, 1_001)
TAPPERS = range(2_001, 2_021)
TAPS_PER_SECOND = 10
BEFORE = timedelta(seconds=15)
"""How long before nine the taps begin."""
RUSH = timedelta(seconds=60)
AT_ONCE = 25


@dataclass(frozen=True)
class Figures:
    """What came of it; times in seconds, shortest first."""

    came: Sequence[float]
    """How long after nine each message was there."""
    quiet: Sequence[float]
    """How long each tap before nine took."""
    rush: Sequence[float]
    """The same from nine until the last message."""

    @property
    def most_in_a_second(self) -> int:
        """The most messages within any second."""
        return max(
            sum(first <= at < first + 1 for at in self.came[number : number + 2 * AT_ONCE])
            for number, first in enumerate(self.came)
        )


async def measure(folder: Path, due: range = DUE) -> Figures:
    """Let it become nine for so many people."""
    async with world(folder, module="tests.faults.timed") as it:
        async with it.memory() as storage:
            await storage.write(lambda memory: set_up(memory, due))
        for person in due:
            await it.people.chat(person)  # opens the chat
        tell(it.bot.disk / AHEAD, "0")
        tell(it.bot.disk / DIE, "")
        await it.bot.start()
        for person in TAPPERS:
            await it.people.send(person, "/start")
        await it.people.settled()
        nine = nine_after(CLOCK.now())
        ahead = nine - BEFORE - CLOCK.now()
        tell(it.bot.disk / AHEAD, f"{ahead.total_seconds()}")
        at = nine - ahead
        tapped = await _taps(it.people, at + RUSH)

        async def all_there() -> bool:
            return len(_came(await it.people.journal(), due, at)) >= len(due)

        await until(all_there)
        journal = await it.people.journal()
        assert await it.bot.end() == 0, it.bot.complained()
    came = _came(journal, due, at)
    waited = _waited(journal, tapped)
    last = at + timedelta(seconds=came[-1])
    return Figures(
        came,
        quiet=sorted(seconds for when, seconds in waited if when < at),
        rush=sorted(seconds for when, seconds in waited if at <= when <= last),
    )


async def _taps(people: People, until_then: datetime) -> dict[str, datetime]:
    """Let the tappers tap in turn; return when each tap was made, by its id."""
    tapped: dict[str, datetime] = {}
    while CLOCK.now() < until_then:
        for person in TAPPERS:
            now = CLOCK.now()
            tapped[await people.tap(person, Home().pack())] = now
            await asyncio.sleep(1 / TAPS_PER_SECOND)
    return tapped


def _came(journal: Sequence[Json], due: range, nine: datetime) -> list[float]:
    return sorted(
        (datetime.fromisoformat(call["at"]) - nine).total_seconds()
        for call in journal
        if call["method"] == "sendMessage" and call["params"]["chat_id"] in due
    )


def _waited(journal: Sequence[Json], tapped: dict[str, datetime]) -> list[tuple[datetime, float]]:
    return [
        (when, (datetime.fromisoformat(call["at"]) - when).total_seconds())
        for call in journal
        if call["method"] == "answerCallbackQuery"
        and (when := tapped.get(call["params"]["callback_query_id"])) is not None
    ]


def share(times: Sequence[float], of: float) -> float:
    """Return the time within which a share of all was done."""
    return times[min(len(times) - 1, int(len(times) * of))]


def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measure(Path(folder)))
    for name, times in (("before nine", figures.quiet), ("in the rush", figures.rush)):
        ms = [round(share(times, of) * 1000) for of in (0.5, 0.95, 1)]
        sys.stdout.write(f"taps {name}: {ms[0]} ms, 95 % {ms[1]} ms, longest {ms[2]} ms\n")
    came = figures.came
    sys.stdout.write(
        f"{len(came)} messages: the first {came[0]:.1f} s after nine, the last {came[-1]:.1f} s;"
        f" at most {figures.most_in_a_second} in a second\n"
    )


if __name__ == "__main__":
    main()
