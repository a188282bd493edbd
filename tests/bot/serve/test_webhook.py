"""What a webhook lets in, from whom, and what it answers; over real connections."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.exits import UNAVAILABLE, Leave
from bot.serve import webhook
from bot.serve.webhook import LARGEST, Webhook, listening
from storage.errors import StorageAway

SECRET = "a-secret-that-nobody-knows"  # noqa: S105 - of this test alone
NAME = "X-Telegram-Bot-Api-Secret-Token"
HEADERS = {NAME: SECRET}
UPDATE = {"update_id": 7}


@dataclass
class House:
    """A webhook that keeps what it is brought."""

    address: str = ""
    port: int = 0
    came: list[Mapping[str, Any]] = field(default_factory=list)
    receive: Callable[[], Awaitable[None]] | None = None
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, update: Mapping[str, Any]) -> None:
        """Take an update as the inbox does."""
        if self.receive:
            await self.receive()
        self.came.append(update)

    async def bring(self, body: bytes, headers: Mapping[str, str] = HEADERS, to: str = "") -> int:
        """Bring something; return the status."""
        async with (
            ClientSession() as client,
            client.post(to or self.address, data=body, headers=headers) as answer,
        ):
            return answer.status

    async def bring_update(self, **headers: str) -> int:
        """Bring an update."""
        return await self.bring(json.dumps(UPDATE).encode(), headers or HEADERS)

    @asynccontextmanager
    async def talking(
        self, said: bytes
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """Open a connection and say something on it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(said)
            await writer.drain()
            yield reader, writer
        finally:
            writer.close()


async def over(reader: asyncio.StreamReader) -> bool:
    """Wait for the end of a connection on which nothing more is said."""
    try:
        return await reader.read() == b""
    except ConnectionResetError:
        return True


@pytest.fixture
async def house() -> AsyncIterator[House]:
    it = House()
    hook = Webhook(SECRET, "/hook", it.take, it.stopping)
    async with listening(hook, "127.0.0.1", 0) as port:
        it.port, it.address = port, f"http://127.0.0.1:{port}/hook"
        yield it


async def test_an_update_with_the_secret_is_taken(house: House) -> None:
    assert await house.bring_update() == 200
    assert house.came == [UPDATE]


async def test_a_connection_carries_one_update_after_the_other(house: House) -> None:
    async with ClientSession() as client:
        for number in range(3):
            async with client.post(
                house.address, json={"update_id": number}, headers=HEADERS
            ) as answer:
                assert answer.status == 200
        async with client.post(house.address, json=UPDATE) as answer:
            assert answer.status == 401, "each request shows it anew"
    assert [each["update_id"] for each in house.came] == [0, 1, 2]


@pytest.mark.parametrize(
    "shown",
    ["", "a", SECRET[:-1], SECRET + "x", SECRET.upper(), "\N{CYRILLIC SMALL LETTER A}" * 20],
)
async def test_nobody_else_is_let_in(house: House, shown: str) -> None:
    said = f"POST /hook HTTP/1.1\r\nHost: h\r\n{NAME}: {shown}\r\nContent-Length: 2\r\n\r\n{{}}"
    async with house.talking(said.encode()) as (reader, _):
        assert (await reader.readline()).startswith(b"HTTP/1.1 401")
        assert await reader.readuntil(b"\r\n\r\n")
        assert await reader.read() == b""
    assert house.came == []


async def test_two_secrets_are_none(house: House) -> None:
    said = f"POST /hook HTTP/1.1\r\nHost: h\r\n{NAME}: {SECRET}\r\n{NAME}: {SECRET}\r\n\r\n"
    async with house.talking(said.encode()) as (reader, _):
        assert (await reader.readline()).startswith(b"HTTP/1.1 401")


async def test_of_a_stranger_no_body_is_read(house: House) -> None:
    head = b"POST /hook HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n"
    async with house.talking(head) as (reader, _):
        # Nothing of the body was sent, and the answer is there.
        assert (await reader.readline()).startswith(b"HTTP/1.1 401")


async def test_a_head_without_an_end_is_cut_off(house: House) -> None:
    async with house.talking(b"POST /hook HTTP/1.1\r\n" + b"X: y\r\n" * 2000) as (reader, _):
        assert (await reader.readline()).startswith(b"HTTP/1.1 401")


async def test_who_says_nothing_is_turned_out(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "HEAD_SECONDS", 0.05)
    async with house.talking(b"POST /hook HT") as (reader, _), asyncio.timeout(5):
        assert await over(reader)


async def test_of_too_many_strangers_the_oldest_goes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "STRANGERS", 3)
    async with AsyncExitStack() as stack, asyncio.timeout(5):
        waiting = [await stack.enter_async_context(house.talking(b"POST")) for _ in range(4)]
        assert await over(waiting[0][0])
        assert await house.bring_update() == 200


async def test_a_body_that_stops_half_way_is_given_up(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "BODY_SECONDS", 0.05)
    said = f'POST /hook HTTP/1.1\r\nHost: h\r\n{NAME}: {SECRET}\r\nContent-Length: 99\r\n\r\n{{"up'
    async with house.talking(said.encode()) as (reader, _), asyncio.timeout(5):
        assert (await reader.readline()).startswith(b"HTTP/1.1 408")
    assert house.came == []


@pytest.mark.parametrize("told", [True, False])
async def test_a_body_of_a_mebibyte_is_too_large(house: House, *, told: bool) -> None:
    body = b'{"update_id": 7, "x": "' + b"x" * LARGEST + b'"}'

    async def chunks() -> AsyncIterator[bytes]:
        for at in range(0, len(body), 65_536):
            yield body[at : at + 65_536]

    async with ClientSession() as client:
        try:
            async with client.post(
                house.address, data=io.BytesIO(body) if told else chunks(), headers=HEADERS
            ) as answer:
                assert answer.status == 413
        except ConnectionError:
            pass  # it did not stop to listen
    assert house.came == []
    assert await house.bring_update() == 200


async def test_half_a_character_is_no_reason_to_refuse_an_update(house: House) -> None:
    assert await house.bring(b'{"update_id": 7, "message": {"text": "\\ud83d"}}') == 200
    assert house.came == [{"update_id": 7, "message": {"text": "\ud83d"}}]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b'{"update_id": "7"}', b'{"update_id": true}', b"\xff", b"[" * 9999],
)
async def test_what_is_no_update_is_a_bad_request(house: House, body: bytes) -> None:
    assert await house.bring(body) == 400
    assert house.came == []


async def test_another_path_or_method_is_not_here(house: House) -> None:
    assert await house.bring(b"{}", to=house.address + "/more") == 404
    async with (
        ClientSession() as client,
        client.get(house.address, headers=HEADERS) as answer,
    ):
        assert answer.status == 405


async def test_while_the_database_is_away_it_is_to_come_again_in_two_seconds(house: House) -> None:
    async def away() -> None:
        raise StorageAway("no connection is free")

    house.receive = away
    async with (
        ClientSession() as client,
        client.post(house.address, json=UPDATE, headers=HEADERS) as answer,
    ):
        assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
    house.receive = None
    assert await house.bring_update() == 200


async def test_a_database_that_does_not_answer_is_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "STORED_SECONDS", 0.05)

    async def never() -> None:
        await asyncio.Event().wait()

    house.receive = never
    assert await house.bring_update() == 503


async def test_no_more_than_so_many_wait_for_the_database(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "AT_ONCE", 2)
    free, there = asyncio.Event(), asyncio.Semaphore(0)

    async def slow() -> None:
        there.release()
        await free.wait()

    house.receive = slow
    first = [asyncio.create_task(house.bring_update()) for _ in range(2)]
    for _ in first:
        await there.acquire()
    assert await house.bring_update() == 503
    free.set()
    assert set(await asyncio.gather(*first)) == {200}


async def test_a_fault_of_ours_is_no_reason_to_lose_an_update(house: House) -> None:
    async def broken() -> None:
        raise ValueError("private words")

    house.receive = broken
    assert await house.bring_update() == 500


async def test_who_is_about_to_end_takes_nothing_more(house: House) -> None:
    house.stopping.set()
    assert await house.bring_update() == 503


def asked(number: int, version: str = "1.1", more: str = "") -> bytes:
    """Return a request as it goes over the network."""
    body = json.dumps({"update_id": number})
    head = f"POST /hook HTTP/{version}\r\nHost: coach\r\n{NAME}: {SECRET}\r\n{more}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


async def test_requests_that_do_not_wait_for_their_answers_get_them_in_order(house: House) -> None:
    async with house.talking(b"".join(map(asked, range(20)))) as (reader, writer):
        answers = [await reader.readuntil(b"\r\n\r\n") for _ in range(20)]
        writer.write(asked(20))
        answers.append(await reader.readuntil(b"\r\n\r\n"))
    assert {each.partition(b"\r\n")[0] for each in answers} == {b"HTTP/1.1 200 OK"}
    assert [each["update_id"] for each in house.came] == [*range(21)]


async def test_a_request_may_come_byte_by_byte(house: House) -> None:
    async with house.talking(b"") as (reader, writer):
        for _ in range(2):
            for at in range(len(asked(7))):
                writer.write(asked(7)[at : at + 1])
                await asyncio.sleep(0)
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
    assert house.came == [UPDATE, UPDATE]


@pytest.mark.parametrize(
    "said", [asked(7, "1.0"), asked(7, more="Connection: close\r\n")], ids=["1.0", "close"]
)
async def test_who_wants_no_more_than_one_answer_gets_it_and_the_end(
    house: House, said: bytes
) -> None:
    async with house.talking(said) as (reader, _), asyncio.timeout(5):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
        assert await over(reader)


@pytest.mark.parametrize(
    "said",
    [
        b"HELLO\r\n\r\n",
        asked(8, more="Transfer-Encoding: chunked\r\n"),
        asked(8, more="Content-Length: 5\r\n"),
        asked(8, more="Connection: upgrade\r\nUpgrade: x\r\n").partition(b"{")[0],
    ],
    ids=["not HTTP", "two ways to tell the length", "two lengths", "another protocol"],
)
async def test_what_is_no_request_is_refused_behind_what_is_in_hand(
    house: House, said: bytes
) -> None:
    async with house.talking(asked(7) + said) as (reader, _), asyncio.timeout(5):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 400")
        assert await over(reader)
    assert house.came == [UPDATE]


async def test_a_connection_that_has_been_silent_for_long_is_closed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "IDLE", 0.1)
    async with house.talking(asked(7)) as (reader, _), asyncio.timeout(5):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
        assert await over(reader)


async def test_at_the_end_nobody_waits_for_a_connection_that_is_kept_open() -> None:
    it = House()
    hook = Webhook(SECRET, "/hook", it.take, it.stopping)
    async with AsyncExitStack() as stack:
        async with listening(hook, "127.0.0.1", 0) as it.port:
            reader, _ = await stack.enter_async_context(it.talking(asked(7)))
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
            ending = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - ending < webhook.STORED_SECONDS / 2
        assert await over(reader)


async def test_a_port_that_is_taken_is_told_by_the_name_of_its_setting(house: House) -> None:
    hook = Webhook(SECRET, "/hook", house.take, house.stopping)
    with pytest.raises(Leave, match=r"LISTEN: 127\.0\.0\.1") as left:
        async with listening(hook, "127.0.0.1", house.port):
            pass
    assert left.value.code == UNAVAILABLE
