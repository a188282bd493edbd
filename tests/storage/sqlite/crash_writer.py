"""Write until killed; print each number once its write has returned.

Run as a program: ``crash_writer.py FOLDER``.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from storage.opening import open_storage
from storage.protocols import Storage
from storage.records import Depth, Owner
from storage.rows.memory import Memory

NOW = datetime(2026, 11, 21, tzinfo=UTC)
WRITERS = 8


async def write_on(storage: Storage, owner: Owner) -> None:
    def step(memory: Memory) -> int:
        mine = memory.of(owner)
        client = mine.clients.add(f"клиент {owner}", NOW)
        mine.assessments.start(client.number, Depth.FULL, team=False, now=NOW)
        return client.number

    while True:
        number = await storage.write(step)
        sys.stdout.write(f"{owner} {number}\n")
        sys.stdout.flush()


async def main(folder: Path) -> None:
    storage = await open_storage(f"sqlite:///{folder}/coach.db", folder / "master.key", now=NOW)
    await asyncio.gather(*(write_on(storage, Owner(owner)) for owner in range(1, WRITERS + 1)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
