"""The least of a Bot API server for a fleet: it answers every call, and counts."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from contextlib import asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, cast

from tests.bench.responder import serve
from tests.canary import TOKEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.bench.responder import Caller

_CHAT: Final = re.compile(rb'"chat_id": ?(\d+)')
_QUERY: Final = re.compile(rb'"callback_query_id": ?"(\d+)"')
_MESSAGE: Final = (
    b'{"ok":true,"result":{"message_id":%d,"date":1763715600,'
    b'"chat":{"id":%d,"type":"private","first_name":"A"}}}'
)
_ME: Final = b'{"ok":true,"result":{"id":4242,"is_bot":true,"first_name":"C","username":"c_bot"}}'


class Answers:
    """What the replicas have called."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.calls: Counter[str] = Counter()
        self.queries: Counter[int] = Counter()
        """How often each tap was answered."""
        self.sent: list[tuple[float, int]] = []
        """When a message was sent, on the monotonic clock, and to whom."""
        self.address = ""
        self._numbers = itertools.count(1_000)

    def respond(self, caller: Caller, method: bytes, request: bytes) -> None:
        """Answer one call."""
        self.calls[method.decode()] += 1
        if method == b"getMe":
            caller.answer(_ME)
        elif method == b"sendMessage":
            chat = _number(_CHAT, request)
            self.sent.append((monotonic(), chat))
            caller.answer(_MESSAGE % (next(self._numbers), chat))
        else:
            if method == b"answerCallbackQuery":
                self.queries[_number(_QUERY, request)] += 1
            if method == b"getWebhookInfo":
                caller.answer(
                    b'{"ok":true,"result":{"url":"","has_custom_certificate":false,'
                    b'"pending_update_count":0}}'
                )
                return
            caller.answer(b'{"ok":true,"result":true}')


@asynccontextmanager
async def answering() -> AsyncIterator[Answers]:
    """Serve on the loopback."""
    answers = Answers()
    server, answers.address = await serve({TOKEN: cast("Any", answers)})
    try:
        yield answers
    finally:
        server.close()


def _number(pattern: re.Pattern[bytes], request: bytes) -> int:
    found = pattern.search(request)
    return int(found[1]) if found else 0
