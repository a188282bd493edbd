"""Where Telegram brings its updates: one address, one secret, and nothing read of anybody else.

Of a new connection the head of the first request is looked at here, byte for byte, before any HTTP
is parsed: who does not know the secret costs 401 and is gone, however many they are and however
slowly they speak. The rest is aiohttp's server.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, cast

import orjson
import structlog
from aiohttp import web
from aiohttp.web_protocol import RequestHandler

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
"""Seconds that a connection may be silent between two requests."""
LINGER: Final = 1.0
"""Seconds for a stranger to read that they are refused."""
AGAIN: Final = "2"
"""Seconds after which to come again."""
_END: Final = b"\r\n\r\n"
_REFUSED: Final = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Webhook:
    """Answers the requests of who knows the secret."""

    def __init__(self, secret: str, path: str, receive: Receive, stopping: asyncio.Event) -> None:
        """Take the secret and the path; ``receive`` stores an update."""
        self._secret = secret.encode()
        self._path = path
        self._receive = receive
        self._stopping = stopping
        self._in_hand = 0

    def knows(self, shown: bytes) -> bool:
        """Tell, in constant time, whether this is the secret."""
        return hmac.compare_digest(shown, self._secret)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Take an update; 200 once it is durable."""
        fault = self._fault(request)
        if fault is not None:
            return _refusal(fault)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await request.read()  # which reads no more than a MiB
        except TimeoutError:
            return _refusal(408)
        update = _read(body)
        if update is None:
            return _refusal(400)
        return await self._stored(update)

    def _fault(self, request: web.BaseRequest) -> int | None:
        """Return the status of what cannot be taken by its head alone."""
        shown = request.headers.getall(HEADER.decode(), ())
        if len(shown) != 1 or not self.knows(shown[0].encode("utf-8", "surrogateescape")):
            return 401
        if request.path != self._path:
            return 404
        if request.method != "POST":
            return 405
        return 413 if (request.content_length or 0) >= LARGEST else None

    async def _stored(self, update: Mapping[str, Any]) -> web.Response:
        later = web.Response(status=503, headers={"Retry-After": AGAIN})
        if self._stopping.is_set():
            later.force_close()  # a proxy opens the next one to somebody else
            return later
        if self._in_hand >= AT_ONCE:
            return later
        self._in_hand += 1
        try:
            async with asyncio.timeout(STORED_SECONDS):
                await self._receive(update)
        except Exception as error:  # noqa: BLE001 - it is told, and comes again
            if not isinstance(error, TimeoutError) and meaning(error) is not Meaning.WAIT:
                log.error("an update is not stored", error=described(error))  # noqa: TRY400 - the text may hold a person's words
                return web.Response(status=500)
            log.warning("an update is not stored yet", error=described(error))
            return later
        finally:
            self._in_hand -= 1
        return web.Response()


class Doorman(asyncio.Protocol):
    """A connection until the secret is shown; then it is aiohttp's."""

    def __init__(self, webhook: Webhook, server: web.Server, waiting: dict[Doorman, None]) -> None:
        """Take who knows the secret, whose it becomes, and all those who have not shown it yet."""
        self._webhook = webhook
        self._server = server
        self._waiting = waiting
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
        handler: RequestHandler = self._server()
        transport.set_protocol(handler)
        handler.connection_made(transport)
        handler.data_received(self._head)
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
        """Say so, read nothing more, and give them a moment to hear it."""
        if self._late is not None:
            self._late.cancel()
        transport.pause_reading()
        transport.write(_REFUSED)
        transport.write_eof()
        self._late = asyncio.get_running_loop().call_later(LINGER, self.turn_out)

    def _forget(self) -> None:
        self._waiting.pop(self, None)
        if self._late is not None:
            self._late.cancel()


@asynccontextmanager
async def listening(webhook: Webhook, host: str, port: int) -> AsyncIterator[int]:
    """Serve meanwhile; yield the port, any free one for 0. ``Leave`` where it is taken."""
    loop = asyncio.get_running_loop()
    server = web.Server(
        webhook.answer,
        access_log=None,
        keepalive_timeout=IDLE,
        lingering_time=0.0,
        auto_decompress=False,
    )
    waiting: dict[Doorman, None] = {}
    try:
        door = await loop.create_server(
            lambda: Doorman(webhook, server, waiting), host, port, backlog=1024
        )
    except OSError as error:
        raise Leave(UNAVAILABLE, f"LISTEN: {host}:{port}: {error.strerror}") from None
    try:
        yield door.sockets[0].getsockname()[1]
    finally:
        door.close()
        for each in list(waiting):
            each.turn_out()
        server.pre_shutdown()  # else who keeps a connection open is waited for
        await server.shutdown(timeout=STORED_SECONDS)


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


def _refusal(status: int) -> web.Response:
    """Return an answer behind which nothing more is read."""
    response = web.Response(status=status)
    response.force_close()
    return response
