"""Telling Telegram where to bring its updates, and no more to; nothing that waits is dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from aiogram.exceptions import AiogramError, TelegramBadRequest

from bot.exits import CONFIG, Leave
from bot.serve.services import Services
from bot.serve.waiting import patiently
from bot.telegram.errors import REVOKED, Meaning, described, meaning
from bot.telegram.session import KINDS

log = structlog.get_logger()

LOOK = 25.0
"""Seconds between two looks whether Telegram still brings them here."""


class Subscription:
    """The webhook as Telegram knows it; any number of processes may ask for the same one."""

    def __init__(self, services: Services, url: str, secret: str) -> None:
        """Take the address and what Telegram is to show there."""
        self._services = services
        self._url = url
        self._secret = secret

    async def keep(self) -> None:
        """Set it, then look from time to time whether it stands; ends by a cancel.

        Raises ``Leave`` for an address that Telegram does not take, which ends the process.
        """
        try:
            await self._set()
        except Leave:
            self._services.stopping.set()
            raise
        while True:
            await asyncio.sleep(LOOK)
            await self._look()

    async def _set(self) -> None:
        services = self._services
        error = await patiently(
            lambda: services.storage.write(lambda memory: memory.updates.brought_to(self._url)),
            services.chance,
            services.counters,
        ) or await patiently(
            lambda: services.bot.set_webhook(
                self._url, secret_token=self._secret, allowed_updates=list(KINDS)
            ),
            services.chance,
            services.counters,
        )
        if error is None:
            return
        if meaning(error) is Meaning.REVOKED:
            raise Leave(CONFIG, REVOKED)
        why = error.message if isinstance(error, TelegramBadRequest) else described(error)
        raise Leave(CONFIG, f"WEBHOOK_URL: Telegram does not take it: {why}")

    async def _look(self) -> None:
        try:
            info = await self._services.bot.get_webhook_info()
        except (AiogramError, OSError) as error:
            log.warning("telegram does not answer", error=described(error))
            return
        if info.url != self._url:
            log.warning("telegram brings its updates elsewhere: another process has asked for it")
        elif info.last_error_message and info.pending_update_count:
            log.warning(
                "telegram cannot bring its updates",
                error=info.last_error_message,
                count=info.pending_update_count,
            )


async def leave_webhook(services: Services, say: Callable[[str], None]) -> None:
    """Have no more brought to where the same database had it brought, to ask for it from now on.

    The webhook of anybody else stays: the poll finds it and says so.
    """
    try:
        url = (await services.bot.get_webhook_info()).url
        ours = await services.storage.write(lambda memory: memory.updates.was_brought_to(url))
        if ours:
            await services.bot.delete_webhook(drop_pending_updates=False)
            say("the webhook of this bot is deleted: updates are asked for from now on")
    except (AiogramError, OSError) as error:
        log.warning("not known whether there is a webhook", error=described(error))
