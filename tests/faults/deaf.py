"""The control of the watchdog: a bot whose poll loop dies, or takes the whole loop with it.

``WRONG`` says which, ``poll`` or ``loop``; two minutes pass in a moment.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Sequence
from typing import Any

from bot.cli import main as bot_main
from bot.operate import watchdog
from bot.serve import ingest
from bot.serve.poller import Poller


class Deaf(Poller):
    """Never comes back from its first poll."""

    async def _poll(self, offset: int | None, seconds: int) -> list[dict[str, Any]] | None:
        if os.environ["WRONG"] == "loop":
            threading.Event().wait()
        await asyncio.Event().wait()
        return await super()._poll(offset, seconds)


def main(arguments: Sequence[str]) -> int:
    """Run it."""
    ingest.Poller = Deaf  # type: ignore[attr-defined]  # what the ingest makes is what is replaced
    watchdog.EVERY = 0.1
    return bot_main(arguments)
