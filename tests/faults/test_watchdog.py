"""A bot whose poll loop is dead ends by itself; one that polls lives on."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.exits import OK, SOFTWARE
from tests.bot.operate.test_health import FINE, free_port
from tests.faults.world import until, world


@pytest.mark.parametrize("dead", ["poll", "loop"])
async def test_a_dead_poll_loop_ends_the_bot_with_one_line(tmp_path: Path, dead: str) -> None:
    async with world(tmp_path, dead, module="tests.faults.deaf") as it:
        await it.bot.start()
        assert await it.bot.over() == SOFTWARE
        *logged, line = it.bot.complained().splitlines()
        assert all(each.startswith("timestamp=") for each in logged)
        assert line.startswith("the poll loop is dead: ")


async def test_a_bot_that_works_says_so_on_its_page(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        port = free_port()
        it.bot.settings["HEALTH_PORT"] = str(port)
        await it.bot.start()
        await it.people.send(1, "/start")
        await it.people.settled()
        async with ClientSession(f"http://127.0.0.1:{port}") as client:

            async def get(path: str) -> tuple[int, str]:
                async with client.get(path) as response:
                    return response.status, await response.text()

            async def ready() -> bool:
                return await get("/readyz") == FINE

            await until(ready)
            assert await get("/healthz") == FINE
            _, text = await get("/metrics")
            assert "coach_updates_total 1.0" in text.splitlines()
            assert 'coach_calls_total{method="sendMessage",result="ok"} 1.0' in text.splitlines()
        assert await it.bot.end() == OK
        assert it.bot.warned() == []
