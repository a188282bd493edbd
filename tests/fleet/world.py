"""Replicas of the bot as processes behind one address, and the updates that Telegram brings."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import shutil
import signal
import socket
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bot.exits import OK
from bot.operate.clock import SystemClock
from storage.opening import open_storage
from storage.postgres.line import records
from storage.postgres.setup import migrate
from tests.canary import TOKEN, leaks
from tests.faults.world import DISK, Program, give_key, until
from tests.fleet.entry import APPLIED, CAME, NOTES
from tests.fleet.gate import gate
from tests.fleet.telegram import answering
from tests.postgres import a_database, of_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from pathlib import Path

    from storage.rows.memory import Memory
    from tests.fleet.gate import Gate
    from tests.fleet.telegram import Answers

ENTRY: Final = "tests.fleet.entry"
SECRET: Final = "a-secret-of-the-tests-alone"  # noqa: S105 - of the tests
HEAD: Final = (
    "POST /hook HTTP/1.1\r\nHost: coach\r\nContent-Type: application/json\r\n"
    f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: "
).encode()
FIRST_PERSON: Final = 1001
FIRST_UPDATE: Final = 700_000_000
COMMANDS: Final = ("/start", "/help", "/clients", "/library", "/settings")
BUTTONS: Final = ("hp", "h", "s")
MOST_TIMES: Final = 5
"""How often Telegram brings one update."""
NEAR: Final = 40
"""How far out of order."""
AT_ONCE: Final = 24
PATIENCE: Final = 15.0
Json = dict[str, Any]


@dataclass
class Update:
    """What somebody did."""

    number: int
    person: int
    body: bytes


@dataclass
class Fleet:
    """The replicas, their database and their Telegram."""

    url: str
    """Of the database, past the gate."""
    gate: Gate
    telegram: Answers
    replicas: list[Program]
    ports: list[int]
    chance: random.Random
    taken: dict[int, float] = field(default_factory=dict)
    """When each update was first confirmed."""
    refused: Counter[int] = field(default_factory=Counter)
    """Answers other than 200, by status; 0 for none at all."""
    _raw: psycopg.Connection[Any] | None = None
    _lines: dict[int, list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]] = field(
        default_factory=dict
    )
    """To each replica, those over which nothing goes."""

    async def bring(self, update: Update) -> None:
        """Bring an update to some replica, again and again until one takes it."""
        while True:
            port = self.chance.choice(self.ports)
            status = await self.post(port, update.body)
            if status == OK_STATUS:
                self.taken.setdefault(update.number, monotonic())
                return
            self.refused[status] += 1
            await asyncio.sleep(0.05)

    async def post(self, port: int, body: bytes) -> int:
        """Bring something to a replica; return the status, 0 where there is no answer."""
        idle = self._lines.setdefault(port, [])
        try:
            async with asyncio.timeout(PATIENCE):
                line = idle.pop() if idle else await asyncio.open_connection("127.0.0.1", port)
                try:
                    status, stays = await _posted(*line, body)
                except BaseException:
                    line[1].close()
                    raise
        except (OSError, EOFError, TimeoutError):
            return 0
        if stays:
            idle.append(line)
        else:
            line[1].close()
        return status

    def hang_up(self) -> None:
        """Close what is open to the replicas."""
        for lines in self._lines.values():
            for _, writer in lines:
                writer.close()

    async def bring_all(self, updates: Sequence[Update], at_once: int = AT_ONCE) -> None:
        """Bring each one to five times, out of order."""
        deliveries = iter(_out_of_order(updates, self.chance))

        async def work() -> None:
            for each in deliveries:
                await self.bring(each)

        await asyncio.gather(*(work() for _ in range(at_once)))

    async def settled(self, within: float) -> None:
        """Wait until the inbox is empty."""

        async def empty() -> bool:
            return not self.look("SELECT count(*) FROM coach.pending_updates")[0][0]

        await until(empty, within)

    def look(self, query: str) -> list[tuple[Any, ...]]:
        """Run a statement on the database, past everybody."""
        with suppress(psycopg.OperationalError):  # it may be among those that were ended
            return self._ask(query)
        return self._ask(query)

    def _ask(self, query: str) -> list[tuple[Any, ...]]:
        if self._raw is None or self._raw.closed:
            self._raw = psycopg.connect(self.url, autocommit=True)
        found = self._raw.execute(query.encode())
        return found.fetchall() if found.description else []

    def faults(self, updates: Sequence[Update]) -> list[str]:
        """Return what is wrong with what was applied: lost, doubled, out of order."""
        applied: Counter[int] = Counter()
        inversions = 0
        waiting: dict[int, set[int]] = {}
        for what, person, number in self.look(
            "SELECT what, person, number FROM coach.notes ORDER BY ordinal"
        ):
            mine = waiting.setdefault(person, set())
            if what == CAME:
                mine.add(number)
            elif what == APPLIED:
                applied[number] += 1
                inversions += any(each < number for each in mine)
                mine.discard(number)
        wanted = {each.number for each in updates}
        lost, doubled = wanted - set(applied), [each for each in applied if applied[each] > 1]
        return [
            *([f"{len(lost)} lost"] if lost else []),
            *([f"{len(doubled)} applied twice"] if doubled else []),
            *([f"{inversions} inversions"] if inversions else []),
        ]

    def unanswered(self, updates: Sequence[Update]) -> int:
        """Count the taps that nobody answered."""
        taps = {each.number for each in updates if b"callback_query" in each.body}
        return len(taps - set(self.telegram.queries))

    def end_connections(self, share: float = 0.5) -> None:
        """End a share of the connections to the database, as its operator may."""
        self.look(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # noqa: S608 - our own number
            f" WHERE datname = current_database() AND pid <> pg_backend_pid()"
            f" AND random() < {share}"
        )


async def _posted(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes
) -> tuple[int, bool]:
    """Post an update; return the status, and whether the connection stays.

    A client of HTTP would take more of the machine than the replicas do.
    """
    writer.write(HEAD + b"%d\r\n\r\n" % len(body) + body)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(length or 0))
    return int(head.split(b" ", 2)[1]), b"connection: close" not in head


OK_STATUS: Final = 200


def updates_of(count: int, people: int, chance: random.Random) -> list[Update]:
    """Return what so many people do in turn: commands and taps."""
    return [
        _update(FIRST_UPDATE + number, FIRST_PERSON + chance.randrange(people), chance)
        for number in range(count)
    ]


def _update(number: int, person: int, chance: random.Random) -> Update:
    user = {"id": person, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    chat = {"id": person, "type": "private", "first_name": "Анна"}
    message: Json = {"message_id": number % 10**6, "date": 1_763_715_600, "chat": chat}
    if chance.random() < 0.5:
        text = chance.choice(COMMANDS)
        entity = {"type": "bot_command", "offset": 0, "length": len(text)}
        what: Json = {"message": {**message, "from": user, "text": text, "entities": [entity]}}
    else:
        bot = {"id": 4242, "is_bot": True, "first_name": "C"}
        what = {
            "callback_query": {
                "id": str(number),
                "from": user,
                "message": {**message, "from": bot, "text": "?"},
                "chat_instance": "1",
                "data": chance.choice(BUTTONS),
            }
        }
    return Update(number, person, json.dumps({"update_id": number, **what}).encode())


def _out_of_order(updates: Sequence[Update], chance: random.Random) -> Iterator[Update]:
    """Yield each one to five times, near its place."""
    at = [
        (place + chance.uniform(0, NEAR), number)
        for number, place in enumerate(range(len(updates)))
        for _ in range(chance.randint(1, MOST_TIMES))
    ]
    return (updates[number] for _, number in sorted(at))


def free_ports(count: int) -> list[int]:
    """Return ports of the loopback that nobody listens at."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@asynccontextmanager
async def fleet(
    folder: Path,
    count: int = 3,
    *,
    before: Callable[[Memory], object] | None = None,
    ahead: timedelta = timedelta(0),
    **settings: str,
) -> AsyncIterator[Fleet]:
    """Start replicas over a database of their own.

    ``before`` fills it; the clocks of the replicas are ``ahead``.
    """
    async with AsyncExitStack() as stack:
        name = f"coach_fleet_{secrets.token_hex(4)}"
        url = stack.enter_context(a_database(name))
        with psycopg.connect(url, autocommit=True, row_factory=records) as raw:
            migrate(raw, 0)
            raw.execute(NOTES.encode())
        server = conninfo_to_dict(of_database(name))
        door = await stack.enter_async_context(gate(str(server["host"]), int(server["port"] or 0)))
        telegram = await stack.enter_async_context(answering())
        key = folder / "master.key"
        give_key(key)
        if before is not None:
            storage = await open_storage(url, key, now=SystemClock().now())
            await storage.write(before)
            await storage.close()
        ports = free_ports(count)
        through = url.replace(f":{server['port']}/", f":{door.port}/").replace(
            f"@{server['host']}:", "@127.0.0.1:"
        )
        replicas = []
        for number, port in enumerate(ports):
            own = {
                "BOT_TOKEN": TOKEN,
                "BOT_API_URL": telegram.address,
                "DATABASE_URL": through,
                "MASTER_KEY_FILE": "master.key",
                "RATE_LIMIT": "0",  # the people here are faster than any
                "WEBHOOK_URL": "http://coach.example/hook",
                "WEBHOOK_SECRET": SECRET,
                "LISTEN": f"127.0.0.1:{port}",
                "NOTES": "yes",
                "CONFLICTS": "",
                "CONNECTIONS": "",
                "WRONG": "",
                **settings,
            }
            replica = Program(folder / f"replica{number}", ("run",), own, module=ENTRY)
            (replica.folder / DISK).mkdir(parents=True)
            shutil.copy2(key, replica.folder / DISK / "master.key")
            (replica.folder / DISK / "clock").write_text(str(ahead.total_seconds()))
            replicas.append(replica)
        await asyncio.gather(*(each.start() for each in replicas))
        it = Fleet(url, door, telegram, replicas, ports, random.Random(1))  # noqa: S311 - a test
        try:
            await asyncio.gather(*(listening_at(port) for port in ports))
            yield it
        finally:
            it.hang_up()
            if it._raw is not None:
                it._raw.close()
            door.open()
            codes = await asyncio.gather(*(_ended(each) for each in replicas))
            for each in replicas:
                assert leaks(each.complained()) == []
        assert set(codes) <= {OK}, [each.complained()[-500:] for each in replicas]


async def _ended(replica: Program) -> int:
    return await replica.end(signal.SIGTERM) if replica.runs else OK


async def listening_at(port: int) -> None:
    """Wait until somebody listens at a port."""

    async def answers() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return False
        writer.close()
        return True

    await until(answers)
