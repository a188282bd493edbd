"""JSON and files posted over aiohttp's connections; it also says whether a call was ever sent.

Connections (names, a race of addresses, TLS, proxies) are opened by aiohttp, answers are read by
httptools; the few lines of a request are written here. Measured, aiohttp's whole client takes 92 µs
of CPU for a call, its connections and its reading alone 34, this way 14; a tap makes two calls.

What is sent twice is shown twice, so the callers must know: ``NotOpened`` is raised for whatever
goes wrong before there is a connection, any other error for a call that may have been applied.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import certifi
import structlog
from aiohttp import (
    ClientError,
    ClientRequest,
    ClientTimeout,
    ServerDisconnectedError,
    TCPConnector,
)
from aiohttp.connector import Connection
from aiohttp_socks import ProxyConnector, ProxyType
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser
from yarl import URL

from bot.operate.redaction import Explained
from bot.telegram.reasons import reason

log = structlog.get_logger()

LINES: Final = 100
"""Calls at once, each on a connection of its own; the others wait for their turn."""
IDLE: Final = 15.0
"""Seconds that an idle connection is kept: after more, who knows what has become of it."""
OPENING: Final = 8.0
"""Seconds until there is a connection: name, network, proxy and TLS together."""
LEAST: Final = 0.001
"""No time at all would mean any time to aiohttp."""
ADDRESS: Final = 3.0
"""Seconds for one of the server's addresses, where it has several."""
RACE: Final = 0.25
"""Seconds until the next address is tried beside the first (happy eyeballs)."""
JSON: Final = "application/json"
DIRECT: Final = URL()
"""The way to the server that leads through no proxy."""
PROXIES: Final = {
    "http": ProxyType.HTTP,
    "https": ProxyType.HTTP,
    "socks5": ProxyType.SOCKS5,
    "socks5h": ProxyType.SOCKS5,
}
"""Each kind of proxy is given the server's name and looks it up itself."""
_TIMES: Final = ClientTimeout(connect=OPENING, sock_connect=ADDRESS)
_INTERIM: Final = 200
"""Answers below this status say that the answer is still to come."""
_MEASURES: Final = frozenset({b"content-length", b"transfer-encoding"})
"""They tell where an answer ends; without them the end of the connection does."""


class NotOpened(Explained, ClientError):  # noqa: N818 - it says what happened
    """There is no connection, so nothing was sent."""


class Response(NamedTuple):
    """What a server answered; a redirect is an answer like any other."""

    status: int
    content: bytes
    date: str | None = None
    """By the server's clock, as HTTP writes it."""


class HttpClient:
    """Posts to one server, by the first of several ways that works: directly or by a proxy."""

    def __init__(self, base: str, ways: Sequence[URL] = ()) -> None:
        """Take the server's address and those of proxies, in the order they are to be tried."""
        self._base = URL(base)
        self._ways = deque(ways or (DIRECT,))
        self._lines: _Lines | None = None
        self._turns = asyncio.Semaphore(LINES)

    @property
    def way(self) -> str:
        """The way in use, as it may be told: without user and password."""
        return told_way(self._ways[0])

    async def post(
        self, path: str, body: bytes, seconds: float, *, kind: str = JSON, reserved: bool = False
    ) -> Response:
        """Post and return the answer.

        A ``reserved`` call has a line of its own and never waits for one. Raises ``NotOpened``,
        ``TimeoutError``, and ``ClientError`` or ``OSError`` where there is no answer.
        """
        until = asyncio.get_running_loop().time() + seconds
        request = (
            f"POST {path} HTTP/1.1\r\nHost: {self._base.host_port_subcomponent}\r\n"
            f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body
        if reserved:
            return await self._by_some_way(request, until)
        if self._turns.locked():
            await self._turn(seconds / 2)
        else:
            await self._turns.acquire()
        try:
            return await self._by_some_way(request, until)
        finally:
            self._turns.release()

    async def close(self) -> None:
        if self._lines is not None:
            await self._lines.close()

    async def _turn(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._turns.acquire()
        except TimeoutError:
            raise NotOpened(explained=f"{LINES} calls are under way") from None

    async def _by_some_way(self, request: bytes, until: float) -> Response:
        """Post; where there is no connection, try the other ways in turn while there is time."""
        left = len(self._ways)
        while True:
            lines = self._lines
            if lines is None:
                lines = self._lines = _Lines(self._base, self._ways[0])
            lines.calls += 1
            try:
                return await lines.post(request, until)
            except NotOpened as why:
                left -= 1
                self._give_up(lines, why)
                if not left or asyncio.get_running_loop().time() >= until:
                    raise
            except TimeoutError:
                # The idle ones may be as dead; whoever is in the middle of a call goes on.
                self._retire(lines)
                raise
            finally:
                lines.calls -= 1
                if lines is not self._lines and not lines.calls:
                    await lines.close()

    def _give_up(self, lines: _Lines, why: NotOpened) -> None:
        """Take the next way, unless another call has done so meanwhile."""
        if len(self._ways) > 1 and lines is self._lines:
            self._ways.rotate(-1)
            log.warning("another way to telegram", error=why.explained, address=self.way)
            self._retire(lines)

    def _retire(self, lines: _Lines) -> None:
        """Give the next calls new connections; the old ones close once their calls have ended."""
        if lines is self._lines:
            self._lines = None


class _Lines:
    """The connections to a server by one way; each carries one call at a time."""

    def __init__(self, base: URL, way: URL) -> None:
        self.calls = 0
        self._connector = _connector(way, secure=base.scheme == "https")
        self._to = ClientRequest("POST", base, loop=asyncio.get_running_loop())
        self._idle: deque[_Line] = deque()
        """The one that rests for longest first."""

    async def post(self, request: bytes, until: float) -> Response:
        loop = asyncio.get_running_loop()
        line = self._rested(loop.time())
        if line is None:
            try:
                line = await self._opened(until - loop.time())
            except Exception as error:  # noqa: BLE001 - nothing was sent
                raise NotOpened(explained=reason(error)) from None
        try:
            return await line.post(request, until)
        finally:
            if line.free:
                line.since = loop.time()
                self._idle.append(line)
            else:
                line.close()  # whatever still comes on it belongs to nobody

    async def close(self) -> None:
        while self._idle:
            self._idle.pop().close()
        await self._connector.close()

    def _rested(self, now: float) -> _Line | None:
        """Return the line that was used last; those that rest for too long are closed."""
        while self._idle and now - self._idle[0].since > IDLE:
            self._idle.popleft().close()
        while self._idle:
            line = self._idle.pop()
            if line.free:
                return line
            line.close()  # the server has closed it, or something came unasked
        return None

    async def _opened(self, seconds: float) -> _Line:
        """Return a new line; nothing waits for longer than ``OPENING``."""
        times = _TIMES
        if seconds < OPENING:
            times = ClientTimeout(connect=max(seconds, LEAST), sock_connect=ADDRESS)
        connection = await self._connector.connect(self._to, [], times)
        if connection.transport is None:
            connection.close()
            raise ConnectionResetError  # lost as soon as it was opened
        return _Line(connection, connection.transport)


class _Line(asyncio.Protocol):
    """A connection for one call at a time.

    What begins with ``on_`` httptools calls.
    """

    def __init__(self, connection: Connection, transport: asyncio.Transport) -> None:
        """Take over what aiohttp has opened; it is told of the end."""
        self.since = 0.0
        """When it began to rest."""
        self._connection = connection
        self._opener = connection.protocol
        self._transport = transport
        self._parser = HttpResponseParser(self)
        self._answer: asyncio.Future[Response] | None = None
        self._begun = False
        self._broken = self._opener is None or self._opener.should_close
        transport.set_protocol(self)

    @property
    def free(self) -> bool:
        """Whether it can carry a call."""
        return self._answer is None and not self._begun and not self._broken

    async def post(self, request: bytes, until: float) -> Response:
        """Send a request and return the answer."""
        loop = asyncio.get_running_loop()
        self._answer = loop.create_future()
        # Measured, ``asyncio.timeout`` instead takes a twentieth of a tap's CPU.
        timer = loop.call_at(until, self._break, TimeoutError())
        try:
            if self._broken:
                raise ServerDisconnectedError
            self._transport.write(request)
            answer = await self._answer
            self._answer = None
            return answer
        finally:
            timer.cancel()

    def close(self) -> None:
        """Let it go, whatever is on its way."""
        self._transport.abort()
        self._connection.close()

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            self._break(ConnectionError("not HTTP"))

    def connection_lost(self, error: Exception | None) -> None:
        if self._begun and self._status and not self._measured:  # it lasts until the end
            self._end()
        self._break(ServerDisconnectedError())
        del self._parser  # which knows this
        if self._opener is not None:
            self._opener.connection_lost(error)

    def on_message_begin(self) -> None:
        self._begun, self._measured, self._status = True, False, 0
        self._pieces: list[bytes] = []
        self._date: bytes | None = None

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if name == b"date":
            self._date = value
        elif name in _MEASURES:
            self._measured = True

    def on_headers_complete(self) -> None:
        self._status = self._parser.get_status_code()
        self._broken = self._broken or not self._parser.should_keep_alive()

    def on_body(self, piece: bytes) -> None:
        self._pieces.append(piece)

    def on_message_complete(self) -> None:
        self._end()

    def _end(self) -> None:
        """Hand out the answer that is whole."""
        self._begun = False
        if self._status < _INTERIM:
            return
        if self._answer is None or self._answer.done():
            self._broken = True  # it came unasked
            return
        date = self._date.decode("latin-1") if self._date else None
        self._answer.set_result(Response(self._status, b"".join(self._pieces), date))

    def _break(self, error: Exception) -> None:
        self._broken = True
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)


def _connector(way: URL, *, secure: bool) -> TCPConnector:
    settings: dict[str, Any] = {
        "limit": 0,  # the semaphore counts
        "keepalive_timeout": IDLE,
        "happy_eyeballs_delay": RACE,
        "ssl": certificates() if secure else True,
    }
    if way == DIRECT:
        return TCPConnector(**settings)
    return ProxyConnector(
        way.host or "",
        way.port or 0,
        PROXIES[way.scheme],
        way.user,
        way.password,
        rdns=True,
        proxy_ssl=certificates() if way.scheme == "https" else None,
        **settings,
    )


def certificates() -> ssl.SSLContext:
    """Return what servers are checked with: the store of the system, or of ``SSL_CERT_FILE``.

    Where there is none at all, as with Python for macOS, that of the certifi package.
    """
    context = ssl.create_default_context()
    folder = ssl.get_default_verify_paths().capath
    if not context.cert_store_stats()["x509_ca"] and not (folder and any(Path(folder).iterdir())):
        context.load_verify_locations(certifi.where())
    return context


def told_way(way: URL) -> str:
    """Tell a way without its user and password."""
    return "no proxy" if way == DIRECT else f"{way.scheme}://{way.host_port_subcomponent}"
