"""Where Telegram brings its updates: one address, one secret, and nothing read of anybody else.

Of a new connection the head of the first request is looked at byte for byte, before any HTTP is
parsed: who does not know the secret costs 401 and is gone, however many they are and however slowly
they speak. The rest is read by httptools. Measured, aiohttp's server, which makes an object of each
request and of each response, takes 70 µs of CPU for an update, this 20 to 30.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from http import HTTPStatus
from typing import Any, Final, cast

import orjson
import structlog
from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from bot.exits import UNAVAILABLE, Leave
from bot.telegram.errors import Meaning, described, meaning

Receive = Callable[[Mapping[str, Any]], Awaitable[None]]

log = structlog.get_logger()

HEADER: Final = b"x-telegram-bot-api-secret-token"
LARGEST: Final = 1024 * 1024
"""Bytes of a body, less one."""
HEAD_BYTES: Final = 8 * 1024
HEAD_SECONDS: Final = 5.0
"""For the head of the first request."""
BODY_SECONDS: Final = 10.0
STORED_SECONDS: Final = 5.0
"""Until an update must be in the database; then Telegram is to bring it again."""
STRANGERS: Final = 256
"""Connections that have not shown the secret, at most: a new one takes the oldest one's place."""
AT_ONCE: Final = 200
"""Updates being stored, at most."""
IDLE: Final = 75.0
"""Seconds that a connection may be silent between two requests, at least."""
LINGER: Final = 1.0
"""Seconds for a stranger to read that they are refused."""
AGAIN: Final = b"2"
"""Seconds after which to come again."""
_END: Final = b"\r\n\r\n"


class Webhook:
    """Answers the requests of who knows the secret."""

    def __init__(self, secret: str, path: str, receive: Receive, stopping: asyncio.Event) -> None:
        """Take the secret and the path; ``receive`` stores an update."""
        self._secret = secret.encode()
        self._path = path.encode()
        self._receive = receive
        self.stopping = stopping
        self._in_hand = 0

    def knows(self, shown: bytes) -> bool:
        """Tell, in constant time, whether this is the secret."""
        return hmac.compare_digest(shown, self._secret)

    def fault(self, method: bytes, path: bytes, shown: list[bytes], length: int) -> int:
        """Return the status of what cannot be taken by its head alone; 0 for all else."""
        if len(shown) != 1 or not self.knows(shown[0]):
            return 401
        if path.partition(b"?")[0] != self._path:
            return 404
        if method != b"POST":
            return 405
        return 413 if length >= LARGEST else 0

    async def answer(self, body: bytes) -> int:
        """Take an update; 200 once it is durable."""
        update = _read(body)
        if update is None:
            return 400
        if self.stopping.is_set() or self._in_hand >= AT_ONCE:
            return 503
        self._in_hand += 1
        try:
            async with asyncio.timeout(STORED_SECONDS):
                await self._receive(update)
        except Exception as error:  # noqa: BLE001 - it is told, and comes again
            if not isinstance(error, TimeoutError) and meaning(error) is not Meaning.WAIT:
                log.error("an update is not stored", error=described(error))  # noqa: TRY400 - the text may hold a person's words
                return 500
            log.warning("an update is not stored yet", error=described(error))
            return 503
        finally:
            self._in_hand -= 1
        return 200


class Doorman(asyncio.Protocol):
    """A connection until the secret is shown; then it is a ``Line``."""

    def __init__(self, webhook: Webhook, waiting: dict[Doorman, None], lines: set[Line]) -> None:
        """Take who knows the secret, all those who have not shown it yet, and those who have."""
        self._webhook = webhook
        self._waiting = waiting
        self._lines = lines
        self._head = b""
        self._transport: asyncio.Transport | None = None
        self._late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it wait, in the place of the oldest one where there are too many."""
        self._transport = cast("asyncio.Transport", transport)
        self._late = asyncio.get_running_loop().call_later(HEAD_SECONDS, self._transport.abort)
        self._waiting[self] = None
        if len(self._waiting) > STRANGERS:
            next(iter(self._waiting)).turn_out()

    def data_received(self, data: bytes) -> None:
        """Look for the secret once the head is whole."""
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        self._head += data
        if _END not in self._head:
            if len(self._head) > HEAD_BYTES:
                self._refuse(transport)
            return
        if not self._webhook.knows(_shown(self._head)):
            self._refuse(transport)
            return
        self._forget()
        line = Line(self._webhook, transport, self._lines)
        transport.set_protocol(line)
        line.data_received(self._head)
        self._transport = None

    def eof_received(self) -> None:
        """Close: who says no more before the head is whole wants nothing."""

    def connection_lost(self, _error: Exception | None) -> None:
        self._forget()

    def turn_out(self) -> None:
        """End it at once."""
        self._forget()
        if self._transport is not None:
            self._transport.abort()

    def _refuse(self, transport: asyncio.Transport) -> None:
        if self._late is not None:
            self._late.cancel()
        self._late = _part(transport, 401)

    def _forget(self) -> None:
        self._waiting.pop(self, None)
        if self._late is not None:
            self._late.cancel()


class Line(asyncio.Protocol):
    """A connection on which the secret was shown: one request after the other.

    What begins with ``on_`` httptools calls.
    """

    def __init__(self, webhook: Webhook, transport: asyncio.Transport, lines: set[Line]) -> None:
        """Take who answers, and those among whom it is as long as it is open."""
        self._webhook = webhook
        self._transport = transport
        self._lines = lines
        self._parser = HttpRequestParser(self)
        self._begun = self._deaf = self._ending = False
        self._silent = True
        self._requests: deque[tuple[int, bytes, bool]] = deque()
        """The one in hand and those behind it: the status of what is refused, else 0; the body; and
        whether the connection goes on."""
        self._late: asyncio.TimerHandle | None = None
        self._looking = asyncio.get_running_loop().call_later(IDLE, self._look)
        self.task: asyncio.Task[None] | None = None
        """What has a request in hand."""
        lines.add(self)

    def data_received(self, data: bytes) -> None:
        """Read what has come; of a request that is not whole, the rest must come soon."""
        if self._deaf:
            return
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            self._refuse(400)
        if len(self._requests) > 1:  # nobody who waits for his answers sends more than one
            self._transport.pause_reading()
        elif self._begun and not self._deaf:
            self._expect_the_rest()

    def connection_lost(self, _error: Exception | None) -> None:
        self._lines.discard(self)
        self._looking.cancel()
        self._whole()
        del self._parser  # which knows this

    def hang_up(self) -> None:
        """End it, once nothing is in hand."""
        self._ending = True
        if self.task is None:
            self._transport.close()

    def on_message_begin(self) -> None:
        self._begun, self._silent = True, False
        self._path = self._length = b""
        self._shown: list[bytes] = []
        self._body = bytearray()

    def on_url(self, url: bytes) -> None:
        self._path += url

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if name == HEADER:
            self._shown.append(value)
        elif name == b"content-length":
            self._length = value

    def on_headers_complete(self) -> None:
        method = self._parser.get_method()
        if fault := self._webhook.fault(method, self._path, self._shown, int(self._length or 0)):
            self._refuse(fault)

    def on_body(self, piece: bytes) -> None:
        self._body += piece
        if len(self._body) >= LARGEST:
            self._refuse(413)

    def on_message_complete(self) -> None:
        self._begun = False
        self._whole()
        if not self._deaf:
            self._take(0, bytes(self._body), stays=self._parser.should_keep_alive())

    def _expect_the_rest(self) -> None:
        if self._late is None:
            loop = asyncio.get_running_loop()
            self._late = loop.call_later(BODY_SECONDS, self._refuse, 408)

    def _whole(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _refuse(self, status: int) -> None:
        """Say so, after what is in hand, and read nothing more."""
        if not self._deaf:
            self._deaf = True
            self._transport.pause_reading()
            self._take(status, b"", stays=False)

    def _take(self, status: int, body: bytes, *, stays: bool) -> None:
        self._requests.append((status, body, stays))
        if self.task is None:
            self.task = asyncio.create_task(self._work())

    async def _work(self) -> None:
        """Answer one after the other, until there is none."""
        while self._requests:
            status, body, stays = self._requests[0]
            status = status or await self._webhook.answer(body)
            self._requests.popleft()
            if self._transport.is_closing():
                break
            # A proxy opens the next one to somebody else.
            ending = self._ending or self._webhook.stopping.is_set()
            if ending or not stays or status == HTTPStatus.BAD_REQUEST:
                self._deaf = True
                self._whole()
                self._late = _part(self._transport, status)
                break
            self._transport.write(_said(status))
        else:
            if not self._transport.is_reading():
                self._transport.resume_reading()
                if self._begun:
                    self._expect_the_rest()
        self.task = None

    def _look(self) -> None:
        """Close it where nothing has come since the last look."""
        if self._silent:
            self._transport.close()
        else:
            self._silent = True
            self._looking = asyncio.get_running_loop().call_later(IDLE, self._look)


def _part(transport: asyncio.Transport, status: int) -> asyncio.TimerHandle:
    """Say a last word, read nothing more, and give them a moment to hear it."""
    transport.pause_reading()
    transport.write(_said(status, last=True))
    transport.write_eof()
    return asyncio.get_running_loop().call_later(LINGER, transport.abort)


@cache
def _said(status: int, *, last: bool = False) -> bytes:
    """Return an answer."""
    fields = b"Retry-After: %b\r\n" % AGAIN if status == HTTPStatus.SERVICE_UNAVAILABLE else b""
    fields += b"Connection: close\r\n" if last else b""
    reason = HTTPStatus(status).phrase.encode()
    return b"HTTP/1.1 %d %b\r\n%bContent-Length: 0\r\n\r\n" % (status, reason, fields)


@asynccontextmanager
async def listening(webhook: Webhook, host: str, port: int) -> AsyncIterator[int]:
    """Serve meanwhile; yield the port, any free one for 0. ``Leave`` where it is taken."""
    loop = asyncio.get_running_loop()
    waiting: dict[Doorman, None] = {}
    lines: set[Line] = set()
    try:
        door = await loop.create_server(
            lambda: Doorman(webhook, waiting, lines), host, port, backlog=1024
        )
    except OSError as error:
        raise Leave(UNAVAILABLE, f"LISTEN: {host}:{port}: {error.strerror}") from None
    try:
        yield door.sockets[0].getsockname()[1]
    finally:
        door.close()
        for each in list(waiting):
            each.turn_out()
        for line in list(lines):
            line.hang_up()
        if busy := [line.task for line in lines if line.task]:
            _, late = await asyncio.wait(busy, timeout=STORED_SECONDS)
            for task in late:
                task.cancel()


def _shown(head: bytes) -> bytes:
    """Return the secret that the head of a request shows; nothing where it shows two."""
    lines = head.partition(_END)[0].split(b"\r\n")[1:]
    fields = (line.partition(b":") for line in lines)
    found = [value.strip(b" \t") for name, _, value in fields if name.lower() == HEADER]
    return found[0] if len(found) == 1 else b""


def _read(body: bytes) -> dict[str, Any] | None:
    """Return an update; None for anything else."""
    update: object
    try:
        update = orjson.loads(body)
    except orjson.JSONDecodeError:
        try:
            update = json.loads(body)  # which takes lone surrogates, too
        except (ValueError, RecursionError):
            return None
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        return None
    return update
