"""JSON and files posted over aiohttp's connections; it also says whether a call was ever sent.

Connections (names, a race of addresses, TLS, proxies, ageing) and the reading of answers are
aiohttp's; the few lines of a request are written here. Measured, its whole client takes 92 µs of
CPU for a call, this way 27, and a tap makes two.

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
from aiohttp import ClientError, ClientRequest, ClientTimeout, TCPConnector
from aiohttp.connector import Connection
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp_socks import ProxyConnector, ProxyType
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
            await self._lines.connector.close()

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
                    await lines.connector.close()

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
        self.connector = _connector(way, secure=base.scheme == "https")
        self.calls = 0
        self._to = ClientRequest("POST", base, loop=asyncio.get_running_loop())

    async def post(self, request: bytes, until: float) -> Response:
        loop = asyncio.get_running_loop()
        try:
            connection = await self._open(until - loop.time())
        except Exception as error:  # noqa: BLE001 - nothing was sent
            raise NotOpened(explained=reason(error)) from None
        try:
            answer = await _exchange(connection, request, until)
        except BaseException as error:
            connection.close()  # whatever still comes on it belongs to nobody
            if isinstance(error, Exception) and loop.time() >= until:
                raise TimeoutError from None
            raise
        connection.release()
        return answer

    async def _open(self, seconds: float) -> Connection:
        """Return an idle connection, or a new one; nothing waits for longer than ``OPENING``."""
        times = _TIMES
        if seconds < OPENING:
            times = ClientTimeout(connect=max(seconds, LEAST), sock_connect=ADDRESS)
        while True:
            connection = await self.connector.connect(self._to, [], times)
            if connection.protocol is not None and not connection.protocol.should_close:
                return connection
            connection.close()  # something came unasked: what comes next could not be told apart


async def _exchange(connection: Connection, request: bytes, until: float) -> Response:
    protocol, transport = connection.protocol, connection.transport
    if protocol is None or transport is None:
        raise ConnectionResetError  # lost since it was opened
    # Measured, ``asyncio.timeout`` instead takes a twentieth of a tap's CPU.
    timer = asyncio.get_running_loop().call_at(until, transport.abort)
    protocol.set_response_params(read_until_eof=True)
    transport.write(request)
    try:
        message, content = await protocol.read()
        while message.code < _INTERIM:
            message, content = await protocol.read()
        return Response(message.code, await content.read(), message.headers.get("Date"))
    except HttpProcessingError:
        raise ConnectionError("not HTTP") from None
    finally:
        timer.cancel()


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
