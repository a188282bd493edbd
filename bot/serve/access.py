"""Who may use the coach: the listed and the invited; and the one word for the others."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.serve.incoming import Flight
from bot.settings import Settings
from bot.telegram.errors import described
from bot.telegram.session import JsonSession
from storage.protocols import Storage
from storage.records import Owner
from storage.rows.memory import Memory

TOKEN_BYTES = 16
PATIENCE = 5
"""Seconds for Telegram to tell the bot's name."""
REMEMBERED = 10_000
"""Strangers told in one day; those beyond it get no answer, so memory stays bounded."""


class Access:
    """Lets in the people on the list and those who were invited; everybody where neither counts.

    Who was invited stands in the database alone and is read for every batch of updates: an erasure
    or another process may change it at any time.
    """

    def __init__(self, allowed: frozenset[int] = frozenset(), *, invite_only: bool = False) -> None:
        """Take the Telegram ids of those who may come in, and whether the others need a link."""
        self._allowed = allowed
        self._closed = invite_only or bool(allowed)
        self._told: set[int] = set()
        self._day = date.min

    def unknown(self, flights: Iterable[Flight]) -> Sequence[Flight]:
        """Return the updates of people whom only the database may know.

        None in an open house, and none of groups: the coach leaves them.
        """
        if not self._closed:
            return ()
        return [each for each in flights if each.private and each.owner not in self._allowed]

    def check_in(
        self, memory: Memory, unknown: Sequence[Flight], now: datetime
    ) -> frozenset[Owner]:
        """Return who of them is invited; an invitation that somebody brings is used up, in order.

        ``unknown`` are updates of whom only the database may know.
        """
        guests = set(memory.invitations.guests({each.owner for each in unknown}))
        for each in unknown:
            if each.owner in guests or each.invitation is None:
                continue
            if memory.invitations.redeem(each.invitation, each.owner, now):
                guests.add(each.owner)
        return frozenset(guests)

    def reminds(self, memory: Memory, owner: Owner) -> bool:
        """Tell whether the coach may speak to somebody of its own accord."""
        if not self._closed or owner in self._allowed:
            return True
        return bool(memory.invitations.guests({owner}))

    def admits(self, flight: Flight, guests: frozenset[Owner]) -> bool:
        """Tell whether an update may be handled; ``guests`` are those who were checked in."""
        return not self.unknown([flight]) or flight.owner in guests

    def may_greet(self, flight: Flight, today: date) -> bool:
        """Tell whether a stranger was not told today, by this process."""
        if today != self._day:
            return flight.tells
        known = flight.owner in self._told or len(self._told) >= REMEMBERED
        return flight.tells and not known

    def greets(self, flight: Flight, today: date) -> bool:
        """Tell whether a stranger is to be told now, once a day; they are from then on."""
        if not self.may_greet(flight, today):
            return False
        if today != self._day:
            self._day = today
            self._told.clear()
        self._told.add(flight.owner)
        return True


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
    async with Bot(token, session=JsonSession(settings.bot_api_url, settings.ways)) as bot:
        try:
            return (await bot.get_me(request_timeout=PATIENCE)).username
        except (AiogramError, OSError) as error:
            why = described(error)
            warn(f"Telegram does not tell the bot's name ({why}): put it together yourself")
            return None
