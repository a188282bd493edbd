"""Months by chance against the real worker: the same months, and what must hold of them."""

from __future__ import annotations

from pathlib import Path

from tests.bot.reminding_driver import RealDriver
from tests.bot.reminding_workers import Stepped
from tests.content.schedule.cases import Case
from tests.content.schedule.simulation import Outcome, missed, month, wrong


async def live(seed: int, folder: Path, worker: type[Stepped] = Stepped) -> Outcome:
    """Live through a month; see ``tests.content.schedule.simulation``."""
    lived = month(seed)
    driver = RealDriver(folder, worker)
    outcome = Outcome()
    case = Case(
        id=str(seed),
        name="a month by chance",
        start=lived.start,
        end=lived.events[-1].at,
        messages=[],
        zone=lived.zone,
        settings=lived.settings,
    )
    try:
        await driver.begin(case)
        for event, looks in zip(lived.events, lived.looks, strict=True):
            for at in looks:
                await driver.run(at)
                outcome.violations += missed(await driver.mirror())
            await driver.do(event)
        world = await driver.mirror()
    finally:
        await driver.close()
    outcome.digests = sum(message.key is not None for message in world.messages)
    outcome.violations += wrong(world)
    return outcome
