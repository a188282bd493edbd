"""Calls over the network, against servers and proxies that behave in every way there is."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import certifi
import pytest
import uvloop
from aiohttp import ClientError, ClientTimeout
from yarl import URL

from bot.telegram import client as module
from bot.telegram.client import HttpClient, NotOpened, certificates
from tests.bot.telegram.certificates import DAY, Authority
from tests.bot.telegram.proxies import PASSWORD, USER, HttpProxy, Plain, SocksProxy, running, silent

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
YEAR = timedelta(days=365)


class Server:
    """Sends ready pieces for each request, and counts the connections."""

    def __init__(self, *pieces: bytes, closes: bool = False) -> None:
        self.pieces = pieces
        self.closes = closes
        self.connections = 0
        self.open = 0
        self.requests: list[bytes] = []
        self.port = 0
        self._talks: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Server | None = None

    async def start(self, context: ssl.SSLContext | None = None) -> None:
        self._listening = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._listening is not None
        self._listening.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        assert talk is not None
        self._talks.add(talk)
        self.connections += 1
        self.open += 1
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._talk(reader, writer)
        self.open -= 1
        writer.transport.abort() if not self.closes else writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            self.requests.append(head + await reader.readexactly(2))
            for piece in self.pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.01)
            if self.closes:
                return


@asynccontextmanager
async def before(
    server: Server, host: str = "127.0.0.1", context: ssl.SSLContext | None = None, *ways: URL
) -> AsyncIterator[HttpClient]:
    """Give a client of a server."""
    await server.start(context)
    client = HttpClient(f"http{'s' if context else ''}://{host}:{server.port}/prefix", ways)
    try:
        yield client
    finally:
        await client.close()
        await server.stop()


async def got(client: HttpClient) -> tuple[int, bytes]:
    return (await client.post("/", b"{}", 5))[:2]


async def test_one_connection_carries_one_call_after_the_other() -> None:
    server = Server(WHOLE)
    async with before(server) as client:
        for _ in range(3):
            assert (await client.post("/prefix/bot1/getMe", b"{}", 5))[:2] == (200, b"{}")
    assert server.connections == 1
    assert server.requests[0].startswith(b"POST /prefix/bot1/getMe HTTP/1.1\r\nHost: 127.0.0.1:")
    assert server.requests[0].endswith(b"Content-Length: 2\r\n\r\n{}")


async def test_calls_at_the_same_time_take_a_connection_each() -> None:
    server = Server(WHOLE)
    async with before(server) as client:
        await asyncio.gather(*(client.post("/", b"{}", 5) for _ in range(3)))
        await asyncio.gather(*(client.post("/", b"{}", 5) for _ in range(3)))
    assert server.connections == 3


@pytest.mark.parametrize(
    ("pieces", "content"),
    [
        ((WHOLE[:20], WHOLE[20:-1], WHOLE[-1:]), b"{}"),
        (
            (
                b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nab",
                b"cd\r\n3;x=y\r\nefg\r\n0\r\n\r",
                b"\n",
            ),
            b"abcdefg",
        ),
        ((b"HTTP/1.0 200 OK\r\n\r\nuntil ", b"the end"), b"until the end"),
        ((b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n", WHOLE), b"{}"),
    ],
    ids=["in pieces", "in chunks", "until the end", "after interim answers"],
)
async def test_an_answer_is_whole_however_it_comes(
    pieces: tuple[bytes, ...], content: bytes
) -> None:
    async with before(Server(*pieces, closes=True)) as client:
        assert await got(client) == (200, content)
        await asyncio.sleep(0.1)  # the server closes
        assert await got(client) == (200, content)


async def test_an_answer_without_content_is_an_answer() -> None:
    async with before(Server(b"HTTP/1.1 204 No Content\r\n\r\n")) as client:
        assert (await client.post("/", b"{}", 5))[:2] == (204, b"")


async def test_a_connection_that_says_it_closes_is_not_used_again() -> None:
    server = Server(WHOLE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    async with before(server) as client:
        for _ in range(2):
            assert await got(client) == (200, b"{}")
    assert server.connections == 2


@pytest.mark.parametrize(
    "piece",
    [
        b"",
        WHOLE[:-1],
        b"SMTP ready\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nno\r\n",
        b"HTTP/1.1 200 OK\r\nServer: x\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n{}",
    ],
    ids=["nothing", "half", "not HTTP", "not a chunk", "half a head", "another protocol"],
)
async def test_what_is_no_answer_is_an_error_that_may_have_been_applied(piece: bytes) -> None:
    server = Server(piece, closes=True)
    async with before(server) as client:
        with pytest.raises((ClientError, OSError)) as caught:
            await client.post("/", b"{}", 5)
    assert not isinstance(caught.value, NotOpened)
    assert len(server.requests) == 1


async def test_a_connection_that_the_server_closed_meanwhile_doubles_no_call() -> None:
    server = Server(WHOLE, closes=True)
    async with before(server) as client:
        for number in range(5):
            with suppress(ClientError, OSError):
                await client.post(f"/{number}", b"{}", 5)
    asked = [request.split()[1] for request in server.requests]
    assert len(asked) == len(set(asked)) >= 3


async def test_a_call_that_takes_too_long_leaves_no_answer_for_the_next_one() -> None:
    server = Server()
    async with before(server) as client:
        with pytest.raises(TimeoutError):
            await client.post("/", b"{}", 0.6)
        server.pieces = (WHOLE,)
        assert await got(client) == (200, b"{}")
    assert server.connections == 2


async def test_an_answer_that_trickles_in_for_too_long_is_not_waited_for() -> None:
    slow = Server(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", *[b"x"] * 100)
    async with before(slow) as client:
        with pytest.raises(TimeoutError):
            await client.post("/", b"{}", 0.3)


async def test_what_comes_unasked_is_nobodys_answer() -> None:
    server = Server(WHOLE, WHOLE.replace(b"{}", b"[]"))
    async with before(server) as client:
        assert await got(client) == (200, b"{}")
        await asyncio.sleep(0.1)
        assert await got(client) == (200, b"{}")
    assert server.connections == 2


async def test_an_idle_connection_is_not_trusted_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.IDLE <= 15
    monkeypatch.setattr(module, "IDLE", 0.1)
    server = Server(WHOLE)
    async with before(server) as client:
        await client.post("/", b"{}", 5)
        await asyncio.sleep(0.3)
        await client.post("/", b"{}", 5)
    assert server.connections == 2


async def test_after_one_timeout_no_idle_connection_is_used_again() -> None:
    server = Server(WHOLE)
    await server.start()
    async with running(Plain(server.port)) as port:
        client = HttpClient(f"http://127.0.0.1:{port}")
        await asyncio.gather(*(client.post("/", b"{}", 5) for _ in range(20)))
        server.pieces = ()  # one is not answered, 19 are idle
        with pytest.raises(TimeoutError):
            await client.post("/", b"{}", 0.2)
        server.pieces = (WHOLE,)
        known = server.connections
        assert await got(client) == (200, b"{}")
        assert server.connections == known + 1
        await asyncio.sleep(0.1)
        assert server.open == 1
        await client.close()
    await server.stop()


async def test_a_timeout_cuts_nobody_off_who_is_in_the_middle_of_a_call() -> None:
    server = Server(*[b""] * 100, WHOLE)  # a second and more
    async with before(server) as client:
        patient = asyncio.create_task(client.post("/", b"{}", 5))
        with pytest.raises(TimeoutError):
            await client.post("/", b"{}", 0.6)
        assert (await patient)[:2] == (200, b"{}")


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_who_ends_waits_for_no_call_and_leaves_no_connection_open(loop: str) -> None:
    async def play() -> None:
        server = Server()
        async with before(server) as client, asyncio.timeout(5):
            calls = [asyncio.create_task(client.post("/", b"{}", 60)) for _ in range(3)]
            while len(server.requests) < len(calls):  # noqa: ASYNC110 - the server's
                await asyncio.sleep(0.01)
            await client.close()
            outcomes = await asyncio.gather(*calls, return_exceptions=True)
            assert all(isinstance(each, ClientError | OSError) for each in outcomes)
            while server.open:  # noqa: ASYNC110 - the server's
                await asyncio.sleep(0.01)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop if loop == "uvloop" else None) as runner:
        runner.run(play())


async def test_six_hundred_calls_at_once_take_a_bounded_number_of_connections() -> None:
    server = Server(WHOLE)
    async with before(server) as client:
        answers = await asyncio.gather(*(client.post("/", b"{}", 30) for _ in range(600)))
    assert {answer[:2] for answer in answers} == {(200, b"{}")}
    assert server.connections <= module.LINES


async def test_the_reserved_line_is_free_when_all_others_are_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LINES", 2)
    server = Server()
    async with before(server) as client:
        slow = [asyncio.create_task(client.post("/", b"{}", 1)) for _ in range(2)]
        await asyncio.sleep(0.1)
        with pytest.raises(NotOpened):
            await client.post("/", b"{}", 0.2)
        server.pieces = (WHOLE,)
        assert (await client.post("/", b"{}", 1, reserved=True))[:2] == (200, b"{}")
        await asyncio.gather(*slow, return_exceptions=True)
    assert len(server.requests) == 3


# Before there is a connection


@pytest.fixture
def unanswered() -> Iterator[tuple[str, int]]:
    """An address whose machine answers nothing: its queue of callers is full."""
    with socket.create_server(("127.0.0.2", 0), backlog=0) as full:
        address: tuple[str, int] = full.getsockname()
        callers = [socket.socket() for _ in range(3)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(address)
        yield address
        for caller in callers:
            caller.close()


def named(monkeypatch: pytest.MonkeyPatch, name: str, *addresses: str) -> None:
    """Give a name these addresses, in this order."""
    known = socket.getaddrinfo

    def lookup(host: str, port: int, *more: Any, **others: Any) -> Any:  # noqa: ANN401 - as the standard library's
        if host != name:
            return known(host, port, *more, **others)
        kind = socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, ""
        return [(*kind, (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


async def test_a_dead_first_address_costs_less_than_a_second(
    monkeypatch: pytest.MonkeyPatch, unanswered: tuple[str, int]
) -> None:
    dead, port = unanswered
    named(monkeypatch, "twofold.example", dead, "127.0.0.1")
    with socket.create_server(("127.0.0.1", port)) as listening:
        server = Server(WHOLE)
        living = await asyncio.start_server(server._serve, sock=listening)
        client = HttpClient(f"http://twofold.example:{port}")
        began = monotonic()
        assert await got(client) == (200, b"{}")
        assert monotonic() - began < 1
        await client.close()
        living.close()


SHORT = ClientTimeout(connect=0.3, sock_connect=0.2)


async def test_whatever_hangs_before_there_is_a_connection_was_not_sent(
    monkeypatch: pytest.MonkeyPatch, unanswered: tuple[str, int]
) -> None:
    monkeypatch.setattr(module, "_TIMES", SHORT)
    monkeypatch.setattr(module, "OPENING", SHORT.connect)
    async with silent() as mute:
        for base, ways in (
            (f"http://{unanswered[0]}:{unanswered[1]}", ()),
            (f"https://127.0.0.1:{mute}", ()),
            ("http://10.0.0.1", (URL(f"http://127.0.0.1:{mute}"),)),
            ("https://10.0.0.1", (URL(f"https://127.0.0.1:{mute}"),)),
            ("https://10.0.0.1", (URL(f"socks5h://127.0.0.1:{mute}"),)),
            ("https://10.0.0.1", (URL(f"socks5h://{unanswered[0]}:{unanswered[1]}"),)),
        ):
            client = HttpClient(base, ways)
            with pytest.raises(NotOpened) as caught:
                await client.post("/", b"{}", 0.6)
            assert caught.value.explained in {"no connection in time", "the proxy does not answer"}
            await client.close()


async def test_the_reason_is_told_where_there_is_no_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(*_: object, **__: object) -> Any:  # noqa: ANN401 - as the standard library's
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    for base, why in (
        ("http://127.0.0.1:1", "Connection refused"),
        ("http://nowhere.example", "the name has no address (DNS)"),
    ):
        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        client = HttpClient(base)
        with pytest.raises(NotOpened) as caught:
            await client.post("/", b"{}", 5)
        assert caught.value.explained == why
        await client.close()


# TLS


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_a_server_of_a_private_authority_is_reached_where_the_system_trusts_it(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, loop: str
) -> None:
    async def play() -> None:
        server = Server(WHOLE)
        async with before(server, "localhost", authority.server()) as client:
            for _ in range(2):
                assert await got(client) == (200, b"{}")
        assert server.connections == 1

    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop if loop == "uvloop" else None) as runner:
        runner.run(play())


@pytest.mark.parametrize(
    ("trusted", "shown", "why"),
    [
        (False, {}, "of an unknown authority"),
        (True, {"name": "elsewhere.example"}, "made out to another name"),
        (True, {"begins": -2 * DAY, "ends": -DAY}, "expired"),
        (True, {"begins": DAY, "ends": 2 * DAY}, "not valid yet: look at the clock"),
        (True, {"by_itself": True}, "self-signed"),
    ],
    ids=["unknown authority", "wrong name", "expired", "of the future", "self-signed"],
)
async def test_a_false_server_gets_no_byte_and_its_fault_is_named(
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
    trusted: bool,
    shown: dict[str, Any],
    why: str,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file) if trusted else certifi.where())
    server = Server(WHOLE)
    async with before(server, "localhost", authority.server(**shown)) as client:
        with pytest.raises(NotOpened) as caught:
            await client.post("/", b"{}", 5)
    assert caught.value.explained == f"TLS: the certificate is {why}"
    assert server.requests == []


async def test_where_there_is_no_tls_the_reason_says_so() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    plain = await asyncio.start_server(answer, "127.0.0.1", 0)
    client = HttpClient(f"https://localhost:{plain.sockets[0].getsockname()[1]}")
    with pytest.raises(NotOpened) as caught:
        await client.post("/", b"{}", 5)
    await client.close()
    plain.close()
    assert caught.value.explained == "TLS: WRONG_VERSION_NUMBER"


def test_without_a_store_of_the_system_certifi_s_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert certificates().cert_store_stats()["x509_ca"] > 50


def test_the_store_of_the_system_is_not_added_to(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    monkeypatch.setenv("SSL_CERT_DIR", "/nowhere")
    assert certificates().cert_store_stats()["x509_ca"] == 1


# Proxies


def by(kind: str, port: int, password: str = PASSWORD) -> URL:
    return URL(f"{kind}://{USER}:{password}@localhost:{port}")


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
@pytest.mark.parametrize("kind", ["http", "https", "socks5h"])
def test_a_proxy_is_asked_for_the_server_by_its_name(
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    secure: bool,
    loop: str,
) -> None:
    """Nothing here knows the name: the proxy looks it up."""

    async def play() -> None:
        server = Server(WHOLE)
        proxy = (SocksProxy if kind == "socks5h" else HttpProxy)({"far.example": "127.0.0.1"})
        shown = authority.server("far.example") if secure else None
        of_proxy = authority.server("localhost") if kind == "https" else None
        async with running(proxy, of_proxy) as port:
            await server.start(shown)
            base = f"http{'s' if secure else ''}://far.example:{server.port}"
            client = HttpClient(base, [by(kind, port)])
            for _ in range(2):
                assert await got(client) == (200, b"{}")
            assert client.way == f"{kind}://localhost:{port}"
            await client.close()
            await server.stop()
        assert proxy.asked == ["far.example"]

    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop if loop == "uvloop" else None) as runner:
        runner.run(play())


@pytest.mark.parametrize(
    ("proxy", "kind", "why"),
    [
        (HttpProxy(), "http", "the proxy refuses: 407 Proxy Authentication Required"),
        (
            SocksProxy(),
            "socks5h",
            "the proxy refuses: Username and password authentication failure",
        ),
    ],
    ids=["http", "socks"],
)
async def test_a_proxy_that_refuses_is_no_connection(
    proxy: HttpProxy | SocksProxy, kind: str, why: str
) -> None:
    async with running(proxy) as port:
        client = HttpClient("http://localhost:1", [by(kind, port, "wrong")])
        with pytest.raises(NotOpened) as caught:
            await client.post("/", b"{}", 5)
        await client.close()
    assert caught.value.explained == why


async def test_ways_are_tried_in_order_and_the_next_one_is_taken_when_one_dies() -> None:
    server = Server(WHOLE)
    await server.start()
    first, second = HttpProxy(), SocksProxy()
    async with running(first) as one, running(second) as two:
        ways = [by("socks5", 1), by("http", one), by("socks5h", two)]
        client = HttpClient(f"http://localhost:{server.port}", ways)
        for _ in range(2):
            assert await got(client) == (200, b"{}")
        assert client.way == f"http://localhost:{one}"
        await first.die()
        with suppress(ClientError):  # a call on its way may have been applied: it is not repeated
            await client.post("/", b"{}", 5)
        assert await got(client) == (200, b"{}")
        assert client.way == f"socks5h://localhost:{two}"
        await first.start(port=one)
        await second.die()
        with suppress(ClientError):
            await client.post("/", b"{}", 5)
        assert await got(client) == (200, b"{}")
        assert client.way == f"http://localhost:{one}"
        await client.close()
    await server.stop()
