"""Taps read without aiogram's models, which cost more than all the rest of a tap.

Only the plain ones: by a person, in their private chat, below a message that can be edited. A tap
that is anything else, or of a shape not known here, is left to aiogram.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.engine.router import Tapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.serve.incoming import Envelope

INACCESSIBLE = 0
"""The date of a message that Telegram does not give away any more."""


def plain_tap(raw: Mapping[str, Any], envelope: Envelope) -> Tapped | None:
    """Return the tap of a raw update; None for any other update."""
    if not envelope.private or envelope.query is None:
        return None
    query = raw["callback_query"]
    message, data = query.get("message"), query.get("data")
    if not isinstance(message, dict) or not isinstance(data, str):
        return None
    number, date = message.get("message_id"), message.get("date")
    if not isinstance(number, int) or not isinstance(date, int) or date == INACCESSIBLE:
        return None
    return Tapped(
        query=envelope.query,
        person=envelope.owner,
        language=envelope.language,
        chat=envelope.chat,
        message=number,
        data=data,
    )
