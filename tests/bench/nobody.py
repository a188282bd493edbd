"""A bot that does nothing: ready bytes for each tap, to show what the responder can serve.

python -m tests.bench.nobody
"""

from __future__ import annotations

import asyncio
import os
import re
from typing import Final
from urllib.parse import urlsplit

import uvloop

CONNECTIONS: Final = 50
_LENGTH: Final = re.compile(rb"Content-Length: (\d+)")
_QUERY: Final = re.compile(rb'"callback_query": \{"id": "(\d+)", "from": \{"id": (\d+)')
_UPDATE: Final = re.compile(rb'"update_id": (\d+)')


class Line:
    """One connection that waits for each answer."""

    def __init__(self, token: str) -> None:
        self._path = f"/bot{token}/".encode()

    async def open(self, host: str, port: int) -> None:
        self._reader, self._writer = await asyncio.open_connection(host, port, limit=1 << 20)

    async def call(self, method: bytes, body: bytes) -> bytes:
        self._writer.write(
            b"POST %b%b HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (self._path, method, len(body), body)
        )
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        return await self._reader.readexactly(int(length[1]) if length else 0)


async def work(line: Line, taps: asyncio.Queue[tuple[bytes, bytes]], screen: bytes) -> None:
    while True:
        query, person = await taps.get()
        await line.call(b"answerCallbackQuery", b'{"callback_query_id":"%b"}' % query)
        await line.call(b"editMessageText", b'{"chat_id":%b,%b}' % (person, screen))


async def main() -> None:
    address = urlsplit(os.environ["BOT_API_URL"])
    screen = b'"message_id":500,"text":"%b"' % (b"." * 1500)
    lines = [Line(os.environ["BOT_TOKEN"]) for _ in range(1 + CONNECTIONS)]
    for line in lines:
        await line.open(address.hostname or "", address.port or 0)
    taps: asyncio.Queue[tuple[bytes, bytes]] = asyncio.Queue()
    workers = [asyncio.create_task(work(line, taps, screen)) for line in lines[1:]]
    offset = 0
    while workers:
        found = await lines[0].call(b"getUpdates", b'{"offset":%d,"timeout":25}' % offset)
        for query, person in _QUERY.findall(found):
            taps.put_nowait((query, person))
        offset = max([offset, *(int(each) + 1 for each in _UPDATE.findall(found))])


if __name__ == "__main__":
    uvloop.run(main())
