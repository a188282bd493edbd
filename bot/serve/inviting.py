"""A link that lets one person in, once."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.telegram.errors import told
from bot.telegram.session import JsonSession

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.settings import Settings
    from storage.protocols import Storage

TOKEN_BYTES = 16
PATIENCE = 5
"""Seconds for Telegram to tell the bot's name."""


async def invite(
    storage: Storage,
    settings: Settings,
    *,
    expires_at: datetime,
    say: Callable[[str], None],
    warn: Callable[[str], None],
) -> None:
    """Keep a new invitation and say its link; the start parameter alone where there is no name.

    The token is said here and kept nowhere. ``warn`` is given what else the operator should know.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    await storage.write(lambda memory: memory.invitations.add(token, expires_at))
    name = await _name(settings, warn)
    say(f"https://t.me/{name}?start={token}" if name else token)
    warn(f"good once, until {expires_at:%Y-%m-%d %H:%M} UTC")
    if not settings.invite_only and not settings.allowed_users:
        warn("INVITE_ONLY is not set: for now anybody may come in without it")


async def _name(settings: Settings, warn: Callable[[str], None]) -> str | None:
    """Ask Telegram for the bot's user name; None where it does not tell."""
    if settings.bot_token is None:
        warn("No BOT_TOKEN: in the local chat send /start with what stands above")
        return None
    token = settings.bot_token.get_secret_value()
    async with Bot(token, session=JsonSession(settings.bot_api_url)) as bot:
        try:
            return (await bot.get_me(request_timeout=PATIENCE)).username
        except (AiogramError, OSError) as error:
            warn(f"Telegram does not tell the bot's name ({told(error)}): put it together yourself")
            return None
