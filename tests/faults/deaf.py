"""The control of the watchdog: a bot whose poll loop dies, or takes the whole loop with it.

``python -m tests.faults.deaf poll run`` or ``… loop run``; two minutes pass in a moment.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import Any

from bot import app, watchdog
from bot.cli import main
from bot.ingest import Ingest


class Deaf(Ingest):
    """Never comes back from its first poll."""

    async def _poll(self, offset: int | None, seconds: int) -> list[dict[str, Any]] | None:
        if sys.argv[1] == "loop":
            threading.Event().wait()
        await asyncio.Event().wait()
        return await super()._poll(offset, seconds)


if __name__ == "__main__":
    app.Ingest = Deaf  # type: ignore[attr-defined]  # what the composition root makes is what is replaced
    watchdog.EVERY = 0.1
    sys.exit(main(sys.argv[2:]))
