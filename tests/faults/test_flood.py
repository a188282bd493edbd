"""One person who floods, over real HTTP, beside others who want an answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.exits import OK
from handlers.clients.buttons import Help
from tests.faults.test_network import CLOCK, waits
from tests.faults.world import People, world

PER_SECOND = 50
SECONDS = 6
FLOODER, *OTHERS = range(1, 32)


async def flood(people: People) -> None:
    """Tap and tap."""
    for _ in range(SECONDS * PER_SECOND):
        await people.tap(FLOODER, Help().pack())
        await asyncio.sleep(1 / PER_SECOND)


async def test_beside_one_who_floods_95_of_100_wait_less_than_a_second(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        it.bot.settings["RATE_LIMIT"] = "20"
        await it.bot.start()
        await it.people.send(FLOODER, "/start")
        await it.people.settled()
        flooding = asyncio.create_task(flood(it.people))
        said = {}
        for user in OTHERS:
            await asyncio.sleep(SECONDS / len(OTHERS))
            said[user] = CLOCK.now()
            await it.people.send(user, "/start")
        await flooding
        await it.people.settled()
        waited = await waits(it.people, said)
        p95 = waited[len(waited) * 95 // 100]
        print(f"95 % waited {p95 / timedelta(milliseconds=1):.0f} ms at most")  # noqa: T201 - the figure
        assert p95 < timedelta(seconds=1)
        assert (await it.people.state())["unanswered"] == []
        assert "turned away" in it.bot.complained()
        assert await it.bot.end() == OK
