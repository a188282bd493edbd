"""Reading an update that aiogram cannot read whole: old messages lack fields that are required now.

What was said counts. A part beside it that cannot be read is left out, and a forward whose author
cannot be read is a forward by somebody unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError

NEEDED = frozenset(("message_id", "date", "chat", "from", "from_user", "text", "caption"))
"""Fields of a message without which it is none."""
ORIGIN = "forward_origin"


def read(raw: Mapping[str, Any], bot: Bot) -> Update:
    """Return an update; raises ``ValidationError`` for one whose own words cannot be read."""
    context = {"bot": bot}
    try:
        return Update.model_validate(raw, context=context)
    except ValidationError as error:
        return Update.model_validate(_mended(raw, error), context=context)


def _mended(raw: Mapping[str, Any], error: ValidationError) -> dict[str, Any]:
    """Return an update without the parts that are at fault."""
    mended = dict(raw)
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        match fault["loc"]:
            case (str(kind), str(field), *_) if field not in NEEDED:
                message = dict(mended[kind])
                part = message.pop(field, None)
                if field == ORIGIN and isinstance(part, Mapping):
                    date = part.get("date", message.get("date"))
                    message[ORIGIN] = {"type": "hidden_user", "sender_user_name": "", "date": date}
                mended[kind] = message
    return mended
