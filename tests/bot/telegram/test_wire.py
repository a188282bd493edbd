"""JSON over kept connections, against servers that answer in every way HTTP allows, and in none."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.telegram.wire import Wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Server:
    """Sends ready pieces for each request, and counts the connections."""

    def __init__(self, *pieces: bytes, closes: bool = False) -> None:
        self.pieces = pieces
        self.closes = closes
        self.connections = 0
        self.requests: list[bytes] = []
        self.talks: list[asyncio.Task[None]] = []

    def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.talks.append(asyncio.create_task(self.serve(reader, writer)))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while head := await reader.readline():
            rest = await reader.readuntil(b"\r\n\r\n")
            self.requests.append(head + rest + await reader.readexactly(2))
            for piece in self.pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.01)
            if self.closes:
                break
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def before(server: Server) -> AsyncIterator[Wire]:
    listening = await asyncio.start_server(server, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    wire = Wire(f"http://127.0.0.1:{port}/prefix")
    try:
        yield wire
    finally:
        wire.close()
        await asyncio.gather(*server.talks)
        listening.close()
        await listening.wait_closed()


async def test_one_connection_carries_one_call_after_the_other() -> None:
    server = Server(WHOLE)
    async with before(server) as wire:
        for _ in range(3):
            assert await wire.post("/prefix/bot1/getMe", b"{}", 5) == (200, b"{}")
    assert server.connections == 1
    assert server.requests[0].startswith(b"POST /prefix/bot1/getMe HTTP/1.1\r\nHost: 127.0.0.1:")
    assert server.requests[0].endswith(b"Content-Length: 2\r\n\r\n{}")


async def test_calls_at_the_same_time_take_a_connection_each() -> None:
    server = Server(WHOLE)
    async with before(server) as wire:
        await asyncio.gather(*(wire.post("/", b"{}", 5) for _ in range(3)))
        await asyncio.gather(*(wire.post("/", b"{}", 5) for _ in range(3)))
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
    ],
    ids=["in pieces", "in chunks", "until the end"],
)
async def test_an_answer_is_whole_however_it_comes(
    pieces: tuple[bytes, ...], content: bytes
) -> None:
    async with before(Server(*pieces, closes=True)) as wire:
        assert await wire.post("/", b"{}", 5) == (200, content)
        await asyncio.sleep(0.1)  # the server closes
        assert await wire.post("/", b"{}", 5) == (200, content)


async def test_a_connection_that_says_it_closes_is_not_used_again() -> None:
    server = Server(WHOLE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    async with before(server) as wire:
        for _ in range(2):
            assert await wire.post("/", b"{}", 5) == (200, b"{}")
    assert server.connections == 2


@pytest.mark.parametrize(
    "piece",
    [
        b"",
        WHOLE[:-1],
        b"SMTP ready\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nno\r\n",
    ],
    ids=["nothing", "half", "not HTTP", "not a chunk"],
)
async def test_what_is_no_answer_is_an_error_of_the_network(piece: bytes) -> None:
    async with before(Server(piece, closes=True)) as wire:
        with pytest.raises(OSError, match=r"answer|HTTP"):
            await wire.post("/", b"{}", 5)


async def test_a_call_that_takes_too_long_leaves_no_answer_for_the_next_one() -> None:
    server = Server()
    async with before(server) as wire:
        with pytest.raises(TimeoutError):
            await wire.post("/", b"{}", 0.05)
        server.pieces = (WHOLE,)
        assert await wire.post("/", b"{}", 5) == (200, b"{}")
    assert server.connections == 2


async def test_what_comes_unasked_is_nobodys_answer() -> None:
    server = Server(WHOLE, WHOLE)
    async with before(server) as wire:
        assert await wire.post("/", b"{}", 5) == (200, b"{}")
        await asyncio.sleep(0.1)
        assert await wire.post("/", b"{}", 5) == (200, b"{}")
    assert server.connections == 2
