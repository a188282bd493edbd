"""The least of a Bot API server: it hands out taps, takes the answers, and counts.

It reads of a request what it must (method, chat, query) and writes ready bytes, so that a bench
measures the bot and not the server. Each bot has a `World` of its own; all are served by one loop.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BATCH: Final = 100
"""The most updates that one answer gives, as Telegram does."""
FIRST_PERSON: Final = 1001
ANSWERED, EDITED = 1, 2
BOTH: Final = ANSWERED | EDITED

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHAT = re.compile(rb"chat_id\W+(\d+)")
_QUERY = re.compile(rb"callback_query_id\W+(\d+)")
_OFFSET = re.compile(rb"offset\W+(\d+)")
_WAIT = re.compile(rb"timeout\W+(\d+)")
_DATE: Final = 1_763_715_600
_UPDATE: Final = 71_000_070
_PERSON: Final = 71_000_071
"""Stand-ins for numbers in a template."""
_QUERIES_EACH: Final = 1_000_000
"""Tap n of person p has the id p * this + n."""


@dataclass(frozen=True, slots=True)
class Question:
    """What every bot shows and every tap carries: a screen as Telegram writes it."""

    text: str
    entities: tuple[Mapping[str, Any], ...]
    keyboard: Mapping[str, Any]

    def update(self) -> bytes:
        """Return a tap as a template of bytes with the fields update, query, person and data."""
        person = {"id": _PERSON, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
        query = {
            "id": "<query>",
            "from": person,
            "message": self.message(),
            "chat_instance": "-4611686018427387904",
            "data": "<data>",
        }
        return _template({"update_id": _UPDATE, "callback_query": query})

    def edited(self) -> bytes:
        """Return the answer to ``editMessageText``, a template with the field person."""
        return _template({"ok": True, "result": self.message()})

    def message(self) -> dict[str, Any]:
        """Return the message that stands in the chat."""
        return {
            "message_id": 500,
            "from": {"id": 4242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"},
            "chat": {"id": _PERSON, "first_name": "Анна", "type": "private"},
            "date": _DATE,
            "edit_date": _DATE,
            "text": self.text,
            "entities": list(self.entities),
            "reply_markup": dict(self.keyboard),
        }


def _template(body: object) -> bytes:
    """Write JSON as Telegram does, in ASCII; the stand-ins become fields."""
    text = json.dumps(body).replace("%", "%%")
    for stand_in, name in (
        (str(_UPDATE), "update"),
        (str(_PERSON), "person"),
        ("<query>", "query"),
        ("<data>", "data"),
    ):
        text = text.replace(stand_in, f"%({name})b")
    return text.encode()


class Caller(Protocol):
    """Who waits for the answer to a call."""

    def answer(self, body: bytes) -> None:
        """Take the answer."""


@dataclass(slots=True)
class Tap:
    """A tap on its way: when it was there for the bot to fetch, and what was done about it."""

    number: int
    born: float
    done: int = 0


@dataclass
class World:
    """One bot's Telegram: people who tap, each as soon as the last tap is answered and shown."""

    token: str
    question: Question
    script: Callable[[int, int], str]
    """Gives the data of a person's n-th tap, both counted from 0."""
    completed: int = 0
    latencies: list[float] = field(default_factory=list)
    """Seconds from the moment a tap could be fetched until it was answered and shown."""
    polls: int = 0

    def __post_init__(self) -> None:
        """Begin without people."""
        self._update, self._edited = self.question.update(), self.question.edited()
        self._queue: deque[tuple[int, bytes]] = deque()
        self._next_update = 700_000_000
        self._taps: dict[int, int] = {}
        self._open: dict[int, Tap] = {}
        self._idle: Callable[[int], None] | None = None
        self._waiting: tuple[Caller, asyncio.TimerHandle] | None = None
        self._waking = False

    @property
    def in_hand(self) -> int:
        """How many taps are not answered and shown yet."""
        return len(self._open)

    @contextmanager
    def tapping(self, idle: Callable[[int], None]) -> Iterator[None]:
        """Within: ``idle(person)`` is called whenever a person's tap is answered and shown."""
        self._idle = idle
        try:
            yield
        finally:
            self._idle = None

    def tap(self, person: int) -> None:
        """Let a person (counted from 0) tap."""
        count = self._taps.get(person, 0)
        self._taps[person] = count + 1
        self._open[person] = Tap(count, monotonic())
        self._next_update += 1
        update = self._update % {
            b"update": b"%d" % self._next_update,
            b"query": b"%d" % ((FIRST_PERSON + person) * _QUERIES_EACH + count),
            b"person": b"%d" % (FIRST_PERSON + person),
            b"data": self.script(person, count).encode(),
        }
        self._queue.append((self._next_update, update))
        if self._waiting and not self._waking:
            self._waking = True
            asyncio.get_running_loop().call_soon(self._wake)

    def respond(self, client: Caller, method: bytes, request: bytes) -> None:
        """Take one call of the bot."""
        if method == b"answerCallbackQuery":
            if found := _QUERY.search(request):
                self._did(int(found[1]) // _QUERIES_EACH - FIRST_PERSON, ANSWERED)
            client.answer(b'{"ok":true,"result":true}')
        elif method == b"editMessageText":
            found = _CHAT.search(request)
            person = found[1] if found else b"0"
            self._did(int(person) - FIRST_PERSON, EDITED)
            client.answer(self._edited % {b"person": person})
        elif method == b"getUpdates":
            self._poll(client, request)
        elif method == b"getWebhookInfo":
            client.answer(
                b'{"ok":true,"result":{"url":"","has_custom_certificate":false,'
                b'"pending_update_count":0}}'
            )
        elif method == b"getMe":
            client.answer(
                b'{"ok":true,"result":{"id":4242,"is_bot":true,"first_name":"Bench",'
                b'"username":"bench_bot"}}'
            )
        else:
            client.answer(b'{"ok":true,"result":true}')

    def _did(self, person: int, what: int) -> None:
        tap = self._open.get(person)
        if tap is None:
            return
        tap.done |= what
        if tap.done == BOTH:
            del self._open[person]
            self.completed += 1
            self.latencies.append(monotonic() - tap.born)
            if self._idle:
                self._idle(person)

    def _poll(self, client: Caller, request: bytes) -> None:
        self.polls += 1
        if found := _OFFSET.search(request):
            offset = int(found[1])
            while self._queue and self._queue[0][0] < offset:
                self._queue.popleft()
        patience = int(found[1]) if (found := _WAIT.search(request)) else 0
        if self._queue or not patience:
            client.answer(self._batch())
            return
        if self._waiting:
            self._waiting[1].cancel()
        timer = asyncio.get_running_loop().call_later(patience, self._wake)
        self._waiting = client, timer

    def _wake(self) -> None:
        self._waking = False
        if self._waiting:
            client, timer = self._waiting
            timer.cancel()
            self._waiting = None
            client.answer(self._batch())

    def _batch(self) -> bytes:
        size = min(len(self._queue), BATCH)
        updates = b",".join(self._queue[each][1] for each in range(size))
        return b'{"ok":true,"result":[%b]}' % updates


class Client(asyncio.Protocol):
    """One connection of a bot: requests in order, each answered before the next is read."""

    def __init__(self, worlds: Mapping[bytes, World]) -> None:
        """Take the worlds by token."""
        self._worlds = worlds
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by class

    def data_received(self, data: bytes) -> None:
        """Take each whole request: ``POST /bot<token>/<method>``, any way of writing the fields."""
        self._heard += data
        while (end := self._heard.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._heard, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._heard) < whole:
                return
            request, self._heard = self._heard[:whole], self._heard[whole:]
            path = request[: request.index(b"\r\n")].split(b" ", 2)[1]
            _, token, method = path.split(b"?")[0].split(b"/")
            self._worlds[token.removeprefix(b"bot")].respond(self, method, request)

    def answer(self, body: bytes) -> None:
        """Send an answer; a connection that is gone gets none."""
        if not self._transport.is_closing():
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
            )


async def serve(worlds: Mapping[str, World]) -> tuple[asyncio.Server, str]:
    """Serve the worlds on a free port of the loopback; return the server and its address."""
    by_token = {token.encode(): world for token, world in worlds.items()}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Client(by_token), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    return server, f"http://{host}:{port}"
