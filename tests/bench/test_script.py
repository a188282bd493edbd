"""The people of the bench tap as the coach leads them: each tap is answered and shown."""

import asyncio
from pathlib import Path

from aiogram import Bot

from bot.app import make_ingest, make_services, opened
from bot.operate.clock import SystemClock
from bot.telegram.session import JsonSession
from tests.bench.in_process import NoNetwork
from tests.bench.question import shown_question
from tests.bench.responder import World
from tests.bench.seed import AGAIN, CLIENTS, seed
from tests.known import KNOWLEDGE

PATIENCE = 10
"""Seconds for one tap."""


async def test_each_tap_of_the_bench_is_answered_and_shown(tmp_path: Path) -> None:
    seeded = await seed(tmp_path, KNOWLEDGE.catalogue, people=1, crowd=0)
    taps = seeded.first_time * CLIENTS + len(AGAIN) * (CLIENTS + 1)
    world = World("4242:ours", shown_question(KNOWLEDGE), seeded.tap)
    stopping, clock, session = asyncio.Event(), SystemClock(), JsonSession("http://none")
    session.client = NoNetwork(world)
    async with (
        opened(seeded.database, seeded.master_key, clock) as coach,
        Bot(world.token, session=session) as bot,
    ):
        services = make_services(bot, coach, clock, stopping)
        serving = asyncio.create_task(make_ingest(services, coach).run())
        shown = asyncio.Event()
        with world.tapping(lambda _: shown.set()):
            for _ in range(taps):
                shown.clear()
                world.tap(0)
                async with asyncio.timeout(PATIENCE):
                    await shown.wait()
        stopping.set()
        await serving
    assert world.completed == taps
