"""Open load in process: taps come at a given rate whatever the bot does, and there is no network.

    python -m tests.bench.in_process TAPS_A_SECOND SECONDS

Calls are written and answers read as over the network; only the way between is left out. Prints a
line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, process_time
from typing import Final

import uvloop
from aiogram import Bot

from bot.app import make_ingest, make_services, opened, spare_the_collector
from bot.operate.clock import SystemClock
from bot.telegram.client import HttpClient, Response
from bot.telegram.session import JsonSession
from content.loading import load
from tests.bench.question import shown_question
from tests.bench.responder import World
from tests.bench.seed import seed

PEOPLE: Final = 200
SEED: Final = 5
"""Of the pauses between two taps, which come as people's do: at random, at the same rate."""
WARM: Final = 1.0


@dataclass
class Caller:
    """Waits for one answer of the responder."""

    answered: asyncio.Future[bytes] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def answer(self, body: bytes) -> None:
        """Take the answer."""
        self.answered.set_result(body)


class NoNetwork(HttpClient):
    """The responder at the end of the line."""

    def __init__(self, world: World) -> None:
        """Stand before one Telegram."""
        super().__init__("http://none")
        self._world = world

    async def post(
        self,
        path: str,
        body: bytes,
        seconds: float,  # noqa: ARG002 - the network's
        *,
        kind: str = "",  # noqa: ARG002 - the network's
        reserved: bool = False,  # noqa: ARG002 - the network's
    ) -> Response:
        """Hand the call over."""
        caller = Caller()
        self._world.respond(caller, path.rpartition("/")[2].encode(), body)
        return Response(200, await caller.answered)


async def tapping(world: World, rate: float, seconds: float) -> None:
    """Tap at a rate, one person after the other."""
    chance = random.Random(SEED)  # noqa: S311 - pauses, not secrets
    at = monotonic()
    end = at + seconds
    person = 0
    while at < end:
        at += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, at - monotonic()))
        world.tap(person % PEOPLE)
        person += 1


async def measured(folder: Path, rate: float, seconds: float) -> dict[str, float]:
    """Serve the taps and return what came of it."""
    knowledge = load()
    store = await seed(folder, knowledge.catalogue, PEOPLE, crowd=0)
    world = World("4242:ours", shown_question(knowledge), store.tap)
    stopping = asyncio.Event()
    clock = SystemClock()
    session = JsonSession("http://none")
    session.client = NoNetwork(world)
    async with (
        opened(store.database, store.master_key, clock) as coach,
        Bot(world.token, session=session) as bot,
    ):
        services = make_services(bot, coach, clock, stopping)
        serving = asyncio.create_task(make_ingest(services, coach).run())
        spare_the_collector()
        await tapping(world, rate, WARM)
        world.latencies.clear()
        began, cpu = monotonic(), process_time()
        await tapping(world, rate, seconds)
        took, cpu = monotonic() - began, process_time() - cpu
        latencies = sorted(world.latencies)
        stopping.set()
        await serving
    return {
        "updates_per_s": len(latencies) / took,
        "p50_ms": latencies[len(latencies) // 2] * 1e3,
        "p99_ms": latencies[len(latencies) * 99 // 100] * 1e3,
        "cpu_us": cpu / len(latencies) * 1e6,
    }


def main() -> None:
    """Measure and print."""
    rate, seconds = map(float, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        found = uvloop.run(measured(Path(folder), rate, seconds))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
