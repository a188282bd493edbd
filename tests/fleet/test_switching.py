"""From asking Telegram to being told by it, and back: nothing that somebody said is dropped."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.exits import OK
from tests.faults.world import until, world
from tests.fleet.world import SECRET, free_ports

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.world import World

PEOPLE = (1, 2)


async def answered(it: World) -> None:
    """Wait until Telegram holds nothing and everybody's last word has its answer."""
    await it.people.settled()

    async def all_have_a_screen() -> bool:
        chats = [await it.people.chat(person) for person in PEOPLE]
        return all(each["messages"][-1]["from"]["is_bot"] for each in chats)

    await until(all_have_a_screen)


async def test_what_is_said_in_between_is_answered(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    by_webhook = {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "WEBHOOK_SECRET": SECRET,
        "LISTEN": f"127.0.0.1:{port}",
    }
    async with AsyncExitStack() as stack:
        it = await stack.enter_async_context(world(tmp_path))
        for settings in ({}, by_webhook, {}):
            for person in PEOPLE:
                await it.people.send(person, "/start")
            await it.bot.start(**settings)
            await answered(it)
            for person in PEOPLE:
                await it.people.send(person, "/help")
            await answered(it)
            assert await it.bot.end() == OK
        # It never polled beside a webhook of its own.
        refusals = [str(each["refusal"]) for each in await it.people.journal()]
        assert [each for each in refusals if "webhook" in each] == []
