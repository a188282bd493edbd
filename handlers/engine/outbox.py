"""How the outbox holds a reply."""

from __future__ import annotations

import orjson
from pydantic import TypeAdapter, ValidationError

from handlers.engine.screen import Reply

_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)


def packed(reply: Reply) -> str:
    """Return a reply as text.

    Raises ``TypeError`` for one with files: what gives those records nothing and runs again.
    """
    return orjson.dumps(reply).decode()


def unpacked(text: str) -> Reply | None:
    """Return the reply; None for what cannot be read, or was packed by another release."""
    try:
        return _REPLY.validate_json(text)
    except ValidationError:
        return None
