"""Updates and reminders, served together."""

from __future__ import annotations

import asyncio
import zoneinfo
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import Process, opened, serve
from bot.exits import SOFTWARE, Leave
from bot.local.session import local_bot
from bot.local.telegram import Telegram
from bot.operate.clock import SystemClock
from bot.operate.counters import Counters
from bot.reminders import Reminders
from bot.settings import Settings

CLOCK = SystemClock()


@pytest.fixture(autouse=True)
def _same_zones() -> Iterator[None]:
    before = zoneinfo.TZPATH
    yield
    zoneinfo.reset_tzpath(to=before)


@asynccontextmanager
async def served(folder: Path, stopping: asyncio.Event) -> AsyncIterator[asyncio.Task[None]]:
    """Serve an empty Telegram."""
    async with (
        opened(f"sqlite:///{folder}/coach.db", folder / "master.key", CLOCK) as coach,
        local_bot(Telegram(CLOCK.now)) as bot,
    ):
        settings = Settings.model_construct()
        process = Process(settings, coach, CLOCK, Counters(CLOCK), stopping, print)
        task = asyncio.create_task(serve(bot, process))
        yield task
        await asyncio.wait({task})


async def test_both_end_when_told_to(tmp_path: Path) -> None:
    stopping = asyncio.Event()
    async with served(tmp_path, stopping) as task:
        await asyncio.sleep(0.1)
        assert not task.done()
        stopping.set()
    task.result()


async def test_reminders_that_cannot_go_on_end_the_process_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_self: Reminders) -> float:
        raise ValueError("private words")

    monkeypatch.setattr(Reminders, "turn", fail)
    async with served(tmp_path, asyncio.Event()) as task:
        pass
    with pytest.raises(Leave, match="cannot go on: ValueError") as left:
        task.result()
    assert left.value.code == SOFTWARE
    assert "private" not in left.value.line
