"""Telegram's side of a webhook: updates are brought to an address until it answers 200."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.local.telegram import Telegram

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LOOK = 0.01
"""Seconds between two looks for updates."""
AGAIN = 0.2
"""Seconds until an update that was not taken is brought again."""
PATIENCE = ClientTimeout(total=10)


async def push(telegram: Telegram) -> None:
    """Bring updates while there is a webhook, several at once and in no order; ends by a cancel."""
    under_way: dict[int, asyncio.Task[None]] = {}
    async with ClientSession(timeout=PATIENCE) as client:
        try:
            while True:
                for update in telegram.updates.to_push():
                    number = update["update_id"]
                    if number not in under_way:
                        task = asyncio.create_task(_bring(client, telegram, update))
                        under_way[number] = task
                        task.add_done_callback(lambda _, number=number: under_way.pop(number))  # type: ignore[misc]  # mypy cannot infer the default
                await asyncio.sleep(LOOK)
        finally:
            for task in list(under_way.values()):
                task.cancel()
            await asyncio.gather(*under_way.values(), return_exceptions=True)


async def _bring(client: ClientSession, telegram: Telegram, update: dict[str, Any]) -> None:
    updates = telegram.updates
    try:
        async with client.post(
            updates.webhook, json=update, headers={HEADER: updates.secret}
        ) as answer:
            taken = answer.ok
    except (ClientError, OSError, TimeoutError):
        taken = False
    if taken:
        updates.pushed(update["update_id"])
    else:
        await asyncio.sleep(AGAIN)
