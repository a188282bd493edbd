"""Small real proxies on the loopback: HTTP CONNECT and SOCKS5, each with a user and a password."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

USER, PASSWORD = "somebody", "se-cret"
BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode())


class Proxy:
    """Carries bytes; ``asked`` are the names it was told to go to."""

    def __init__(self, hosts: Mapping[str, str] | None = None) -> None:
        """Take what the names mean to it; others it looks up."""
        self.asked: list[str] = []
        self._hosts = hosts or {}
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    async def start(self, context: ssl.SSLContext | None = None, port: int = 0) -> int:
        """Listen; return the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, ssl=context)
        found: int = self._server.sockets[0].getsockname()[1]
        return found

    async def die(self) -> None:
        """Close all connections and listen no more."""
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in list(self._writers):
            writer.transport.abort()

    def freeze(self) -> None:
        """Carry nothing any more for those who are connected, and do not tell them."""
        for task in list(self._tasks):
            task.cancel()

    async def greet(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[str, int] | None:
        """Learn where to go; None for somebody who may not."""
        raise NotImplementedError

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            to = await self.greet(reader, writer)
            if to is None:
                writer.close()
                return
            host, port = to
            self.asked.append(host)
            there = await asyncio.open_connection(self._hosts.get(host, host), port)
        except (OSError, asyncio.IncompleteReadError):
            writer.transport.abort()
            return
        self._writers.add(there[1])
        for source, drain in ((reader, there[1]), (there[0], writer)):
            task = asyncio.create_task(self._carry(source, drain))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, source: asyncio.StreamReader, drain: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(65536):
                drain.write(data)
                await drain.drain()
        drain.close()  # not where it is cancelled: a frozen wire tells nobody


class Plain(Proxy):
    """Goes to one place without being asked: a wire that can be cut."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    async def greet(
        self, _reader: asyncio.StreamReader, _writer: asyncio.StreamWriter
    ) -> tuple[str, int] | None:
        return "127.0.0.1", self._port


class HttpProxy(Proxy):
    """Speaks HTTP's CONNECT."""

    async def greet(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[str, int] | None:
        head = await reader.readuntil(b"\r\n\r\n")
        if b"Basic " + BASIC not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return None
        host, _, port = head.split()[1].decode().rpartition(":")
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return host, int(port)


class SocksProxy(Proxy):
    """Speaks SOCKS5 and wants a name, which it looks up itself."""

    async def greet(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[str, int] | None:
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(b"\x05\x02")
        _, length = await reader.readexactly(2)
        user = await reader.readexactly(length)
        password = await reader.readexactly((await reader.readexactly(1))[0])
        if (user.decode(), password.decode()) != (USER, PASSWORD):
            writer.write(b"\x01\x01")
            return None
        writer.write(b"\x01\x00")
        kind = (await reader.readexactly(4))[3]
        assert kind == 3, "not a name"
        host = await reader.readexactly((await reader.readexactly(1))[0])
        port = int.from_bytes(await reader.readexactly(2), "big")
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        return host.decode(), port


@asynccontextmanager
async def running(proxy: Proxy, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Let a proxy run; gives its port."""
    port = await proxy.start(context)
    try:
        yield port
    finally:
        await proxy.die()


@asynccontextmanager
async def silent() -> AsyncIterator[int]:
    """Let somebody take connections and say nothing, as behind a filter; gives the port."""
    heard: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: heard.append(writer), "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    for writer in heard:
        writer.transport.abort()
    await asyncio.sleep(0)  # until they are
