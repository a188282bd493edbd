"""A way to the database that can be shut, as when its server is away, and opened again."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

BLOCK = 65_536


class Gate:
    """Hands on bytes between its port and a server's, while it is open."""

    def __init__(self, host: str, port: int) -> None:
        """Stand before a server."""
        self._to = host, port
        self._open = True
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self.port = 0

    def shut(self) -> None:
        """Cut every connection and refuse new ones."""
        self._open = False
        for each in self._writers:
            each.transport.abort()

    def open(self) -> None:
        """Let everybody through again."""
        self._open = True

    async def let_through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one connection."""
        if not self._open:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection(*self._to)
        self._writers |= {writer, back}
        try:
            await asyncio.gather(_hand_on(reader, back), _hand_on(there, writer))
        finally:
            self._writers -= {writer, back}


async def _hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while block := await reader.read(BLOCK):
            writer.write(block)
            await writer.drain()
    writer.transport.abort()


@asynccontextmanager
async def gate(host: str, port: int) -> AsyncIterator[Gate]:
    """Open a gate on a free port of the loopback."""
    it = Gate(host, port)
    server = await asyncio.start_server(it.let_through, "127.0.0.1", 0)
    it.port = server.sockets[0].getsockname()[1]
    try:
        yield it
    finally:
        it.shut()
        server.close()
