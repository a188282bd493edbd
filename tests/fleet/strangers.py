"""Strangers at a webhook, in a process of their own: many, large, and slow.

    python -m tests.fleet.strangers PORT RATE SLOW SECONDS

Prints how many were refused, and how many heard nothing.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from time import monotonic
from typing import Final

LARGE: Final = 1024 * 1024
LARGE_RATE: Final = 5.0
"""Bodies of a MiB in a second, since each takes its time to write."""
AT_ONCE: Final = 200
COME_AGAIN: Final = 2.0
"""Seconds until one that was ended comes again."""
HEAD: Final = b"POST /hook HTTP/1.1\r\nHost: coach\r\nX-Telegram-Bot-Api-Secret-Token: guess\r\n"


@dataclass
class Flood:
    """What strangers do, and what becomes of it."""

    port: int
    refused: int = 0
    failed: int = 0

    async def ask(self, body: bytes) -> None:
        """Bring a request without the secret."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            self.failed += 1
            return
        try:
            writer.write(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            if b" 401 " in await reader.read(64):
                self.refused += 1
            else:
                self.failed += 1
        except OSError:
            self.failed += 1
        finally:
            writer.transport.abort()

    async def pour(self, rate: float, body: bytes, seconds: float) -> None:
        """Ask so often in a second, for so long; at most so many at once."""
        at_once, since, count = asyncio.Semaphore(AT_ONCE), monotonic(), 0

        async def one() -> None:
            async with at_once:
                await self.ask(body)

        async with asyncio.TaskGroup() as running:
            while (passed := monotonic() - since) < seconds:
                due = int(passed * rate) - count
                for _ in range(due):
                    running.create_task(one())
                count += due
                await asyncio.sleep(0.01)

    async def hold(self) -> None:
        """Hold a connection open that never says a whole head."""
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(HEAD)
                await reader.read(1)
                writer.close()
            except OSError:
                pass
            await asyncio.sleep(COME_AGAIN)


async def main(port: int, rate: int, slow: int, seconds: float) -> None:
    """Do all three at once."""
    small, large = Flood(port), Flood(port)
    holding = [asyncio.create_task(small.hold()) for _ in range(slow)]
    await asyncio.gather(
        small.pour(rate, b"{}", seconds), large.pour(LARGE_RATE, b"x" * LARGE, seconds)
    )
    for each in holding:
        each.cancel()
    await asyncio.gather(*holding, return_exceptions=True)
    sys.stdout.write(f"{small.refused + large.refused} {small.failed + large.failed}\n")


if __name__ == "__main__":
    PORT, RATE, SLOW, SECONDS = sys.argv[1:]
    asyncio.run(main(int(PORT), int(RATE), int(SLOW), float(SECONDS)))
