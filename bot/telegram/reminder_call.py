"""One call for a message of the coach's own accord, and what its answer says of the chat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramAPIError, TelegramRetryAfter

from bot.exits import CONFIG, Leave
from bot.telegram.errors import REVOKED, Meaning, described, meaning
from bot.telegram.session import NotConnected
from handlers.due.dispatch import Attempt, Delivered, Receipt, RetryAt, Undeliverable
from handlers.engine import delivery

log = structlog.get_logger()

WITHIN = 20
"""Seconds that a call may take; less than a lease, so that its end is still ours to write down."""
BESIDE = 5
"""Seconds that taking a former list away may take; with the call still less than a lease."""
RETRY = timedelta(seconds=5)
"""Until a call is tried again for which there was no connection."""


async def make(
    bot: Bot, attempt: Attempt, now: Callable[[], datetime], *, paid: bool = False
) -> Receipt | None:
    """Make a call; None where its end is unknown: it may have been applied.

    Raises ``Leave`` for a token that Telegram does not accept any more; then it was not applied.
    """
    person = attempt.dispatch.owner
    try:
        message = await delivery.notify(
            bot, person, attempt.screen, silent=attempt.silent, within=WITHIN, paid=paid
        )
    except TelegramRetryAfter as pause:
        return RetryAt(now() + timedelta(seconds=pause.retry_after))
    except NotConnected:
        return RetryAt(now() + RETRY)
    except Exception as error:  # noqa: BLE001 - each is told, and what it means is stored
        what = meaning(error)
        if what is Meaning.REVOKED:
            raise Leave(CONFIG, REVOKED) from None
        if what is Meaning.OVER:
            log.info("person out of reach", person=person, error=described(error))
            return Undeliverable(unreachable=True)
        if what is Meaning.BROKEN and isinstance(error, TelegramAPIError):
            log.error("a reminder was refused", person=person, error=described(error))  # noqa: TRY400 - the text may hold a person's words
            return Undeliverable(unreachable=False)
        log.warning("a reminder may be lost", person=person, error=described(error))
        return None
    if attempt.former is not None:
        await _replaced(bot, person, attempt.former)
    return Delivered(message)


async def answers(bot: Bot) -> bool:
    """Tell whether Telegram answers at all, by a question that does nothing.

    Raises ``Leave`` as ``make`` does.
    """
    try:
        await bot.get_me(request_timeout=BESIDE)
    except (AiogramError, OSError) as error:
        what = meaning(error)
        if what is Meaning.REVOKED:
            raise Leave(CONFIG, REVOKED) from None
        return what is not Meaning.WAIT
    return True


async def _replaced(bot: Bot, person: int, former: int) -> None:
    """Take the former list away; if that fails, its buttons still do what they did."""
    try:
        await delivery.replaced(bot, person, former, within=BESIDE)
    except Exception as error:  # noqa: BLE001 - what counts is out already
        log.info("a former list stays", person=person, error=described(error))
