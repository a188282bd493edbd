"""One, two and three replicas over PostgreSQL, beside SQLite and beside another bot on PostgreSQL.

    python -m tests.bench.fleet [--rounds 3] [--seconds 4] [--taps CASE,CASE]

Taps: 200 people tap, each again as soon as the last tap is answered and shown; every bot gets its
updates by a webhook. Reminders: the worker with an answer at once in Telegram's place. Claims: 500
messages among a million, beside a bare ``FOR UPDATE SKIP LOCKED``. The database's server runs on
the same machine, and where there are few cores the replicas share them: what more replicas bring
shows only where there are cores for them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import random
import secrets
import sys
import tempfile
from collections import deque
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any, Final

import psycopg
import structlog
import uvloop

from bot.local.session import local_bot
from bot.local.telegram import Telegram
from bot.operate.clock import MovableClock, SystemClock
from bot.reminders import Reminders
from content.loading import load
from handlers.due.dispatch import Delivered
from handlers.engine.frame import Frame
from handlers.topics import JOINED
from storage.opening import open_storage
from tests.bench import due
from tests.bench.question import shown_question
from tests.bench.responder import World, serve
from tests.bench.seed import seed
from tests.bench.speed import PEOPLE, ROOT, TICK, WARM, Goal, say
from tests.faults.reminding import SPREAD, nine_after, set_up
from tests.fleet.world import HEAD, SECRET, free_ports
from tests.postgres import a_database, why_not

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handlers.due.dispatch import Receipt
    from tests.bench.responder import Question

LINES: Final = 40
"""Connections that Telegram holds to a webhook at most, unless told otherwise."""
PEER: Final = "telebot_psycopg"
CASES: Final = ("postgres_1", "postgres_2", "postgres_3", "sqlite_1", PEER)
DUE: Final = 400
CLAIMED: Final = 500
CLAIM_ROUNDS: Final = 15
PATIENCE: Final = 120.0
AGAIN: Final = 1.0
"""Seconds until a line goes on that was refused."""
PEER_CLAIM: Final = (
    "UPDATE coach.dispatches SET holder = 'peer', lease = %(lease)s, wake = %(lease)s"
    " WHERE (owner, number) IN (SELECT owner, number FROM coach.dispatches"
    " WHERE ending IS NULL AND wake <= %(now)s ORDER BY wake LIMIT 500 FOR UPDATE SKIP LOCKED)"
    " RETURNING *"
)


class Pushed(World):
    """One bot's Telegram that brings its updates to several ports in turn."""

    def reach(self, ports: Sequence[int]) -> None:
        """Open the lines to a bot."""
        self._bodies: asyncio.Queue[bytes] = asyncio.Queue()
        self._lines = [
            asyncio.create_task(self._bring(ports[number % len(ports)])) for number in range(LINES)
        ]

    async def hang_up(self) -> None:
        """Close the lines."""
        for each in self._lines:
            each.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    def tap(self, person: int) -> None:
        """Let a person tap: what would wait for a poll is brought."""
        super().tap(person)
        _, body = self._queue.popleft()
        self._bodies.put_nowait(body)

    async def _bring(self, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            while True:
                body = await self._bodies.get()
                writer.write(HEAD + b"%d\r\n\r\n" % len(body) + body)
                head = await reader.readuntil(b"\r\n\r\n")
                length = head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]
                await reader.readexactly(int(length or 0))
                if not head.startswith(b"HTTP/1.1 200"):  # it is to come again
                    self._bodies.put_nowait(body)
                    await asyncio.sleep(AGAIN)
        finally:
            writer.close()


@dataclass
class Case:
    """A bot of so many processes."""

    name: str
    module: tuple[str, ...]
    replicas: int
    world: Pushed
    settings: dict[str, str]
    folder: Path
    database: str
    """Where its taps are kept."""
    processes: list[asyncio.subprocess.Process] = field(default_factory=list)
    speeds: list[float] = field(default_factory=list)
    """Taps in a second, round by round."""
    cpu: list[float] = field(default_factory=list)
    """Microseconds of all its processes for a tap."""
    server: list[float] = field(default_factory=list)
    """Microseconds of the database's server for a tap, its log writer left out."""
    late: list[float] = field(default_factory=list)
    """Milliseconds of the slowest but one in a hundred."""

    async def start(self) -> None:
        """Start its processes and wait until they listen."""
        ports = free_ports(self.replicas)
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        for port in ports:
            with (self.folder / f"{self.name}.log").open("ab") as log:
                self.processes.append(
                    await asyncio.create_subprocess_exec(
                        *(sys.executable, "-m", *self.module),
                        cwd=self.folder,
                        env={
                            **kept,
                            "PYTHONPATH": str(ROOT),
                            "LISTEN": f"127.0.0.1:{port}",
                            **self.settings,
                        },
                        stdout=log,
                        stderr=log,
                    )
                )
        async with asyncio.timeout(PATIENCE):
            for port in ports:
                while not await _listens(port):  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.05)
        self.world.reach(ports)

    async def end(self) -> None:
        """End its processes."""
        await self.world.hang_up()
        for each in self.processes:
            each.terminate()
            await each.wait()

    async def round(self, seconds: float) -> None:
        """Let the people tap for so long."""
        world = self.world
        with world.tapping(world.tap):
            for person in range(PEOPLE):
                world.tap(person)
            await asyncio.sleep(WARM)
            backends = _backends(self.database)
            done, cpu, server = world.completed, self._cpu(), _cpu_of(backends)
            world.latencies.clear()
            began = monotonic()
            await asyncio.sleep(seconds)
            took, done, cpu = monotonic() - began, world.completed - done, self._cpu() - cpu
            server = _cpu_of(backends) - server
            latencies = sorted(world.latencies)
        async with asyncio.timeout(PATIENCE):
            while world.in_hand:  # noqa: ASYNC110 - many end it
                await asyncio.sleep(0.01)
        self.speeds.append(done / took)
        self.cpu.append(cpu / max(1, done) * 1e6)
        self.server.append(server / max(1, done) * 1e6)
        self.late.append(latencies[len(latencies) * 99 // 100] * 1e3 if latencies else 0.0)

    def row(self) -> dict[str, Any]:
        """Return what is told of it."""
        return {
            "case": self.name,
            "taps_per_s": round(median(self.speeds), 1),
            "taps_per_s_range": [round(min(self.speeds), 1), round(max(self.speeds), 1)],
            "cpu_us": round(median(self.cpu)),
            "cpu_us_range": [round(min(self.cpu)), round(max(self.cpu))],
            "server_us": round(median(self.server)),
            "p99_ms": round(median(self.late), 1),
        }

    def _cpu(self) -> float:
        return _cpu_of(each.pid for each in self.processes)


def _backends(database: str) -> list[int]:
    """Return the server's processes for a database, where the server runs on this machine."""
    if not database.startswith("postgres"):
        return []
    with psycopg.connect(database) as raw:
        found = raw.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    return [pid for (pid,) in found]


def _cpu_of(processes: Iterable[int]) -> float:
    return sum(map(_seconds, processes))


def _seconds(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(stat[11]) + int(stat[12])) / TICK


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def taps(folder: Path, rounds: int, seconds: float, names: Sequence[str]) -> list[Case]:
    """Measure these cases, one after the other in each round."""
    async with AsyncExitStack() as stack:
        cases = await prepared(stack, folder, names)
        for number in range(rounds):
            say(f"round {number + 1} of {rounds}")
            for case in cases:  # one at a time: idle replicas of another case look into the inbox
                await case.start()
                try:
                    await case.round(seconds)
                finally:
                    await case.end()
                    case.processes.clear()
        return cases


async def prepared(stack: AsyncExitStack, folder: Path, names: Sequence[str]) -> list[Case]:
    """Return these cases, each with its database and its Telegram for as long as the stack is."""
    knowledge = load()
    shown = shown_question(knowledge)
    theirs = stack.enter_context(_database())
    in_file = await seed(folder, knowledge.catalogue, PEOPLE, 0)
    worlds = {
        name: Pushed(f"4242:{name}", shown, in_file.tap_of_peers if name == PEER else in_file.tap)
        for name in names
    }
    server, address = await serve({each.token: each for each in worlds.values()})
    stack.callback(server.close)
    cases = []
    for name, world in worlds.items():
        ours, seeded = name != PEER, in_file
        if name.startswith("postgres"):  # a database each: all give the same answers
            url = stack.enter_context(_database())
            seeded = await seed(folder, knowledge.catalogue, PEOPLE, 0, url)
        cases.append(
            Case(
                name,
                ("bot", "run") if ours else ("tests.bench.peers.telebot_psycopg",),
                int(name[-1]) if name[-1].isdecimal() else 1,
                world,
                {
                    "BOT_TOKEN": world.token,
                    "BOT_API_URL": address,
                    "DATABASE_URL": seeded.database,
                    "MASTER_KEY_FILE": str(seeded.master_key),
                    "WEBHOOK_URL": "http://coach.example/hook",
                    "WEBHOOK_SECRET": SECRET,
                    "RATE_LIMIT": "0",
                    "BENCH_DATABASE": theirs,
                    "BENCH_QUESTION": _handed(shown),
                },
                folder,
                seeded.database if ours else theirs,
            )
        )
    return cases


def _handed(shown: Question) -> str:
    return json.dumps({"text": shown.text, "rows": shown.keyboard["inline_keyboard"]})


@contextmanager
def _database() -> Iterator[str]:
    with a_database(f"coach_bench_{secrets.token_hex(4)}", durable=True) as url:
        yield url


# Reminders


class Answered(Reminders):
    """The worker with a Telegram that answers at once."""

    async def _call(self, attempt: Any) -> Receipt | None:  # noqa: ANN401 - handed on
        return Delivered(attempt.dispatch.number)


async def reminders(folder: Path, database: str) -> float:
    """Return how many digests in a second one worker claims, renders, sends and writes down."""
    clock = MovableClock(SystemClock())
    storage = await open_storage(database, folder / f"{secrets.token_hex(4)}.key", now=clock.now())
    try:
        await storage.write(partial(set_up, people=range(1, DUE + 1), clients=7))
        clock.move(nine_after(clock.now()) - clock.now() + SPREAD + timedelta(seconds=5))
        frame = Frame(JOINED, load())
        async with local_bot(Telegram(clock.now)) as bot:
            worker = Answered(
                bot,
                storage,
                render=frame.notice,
                clock=clock,
                chance=random.Random(1),  # noqa: S311 - a bench
                holder="bench",
                zones="bench",
                per_second=1000,
            )
            began = perf_counter()
            while await worker.turn() is not None or worker._calls or worker._ended:
                await asyncio.sleep(0)
                rows = await storage.write(
                    lambda memory: memory.dispatches.next_wake()  # who is due tomorrow is left
                )
                if rows is not None and rows > clock.now() + timedelta(minutes=5):
                    break
            return DUE / (perf_counter() - began)
    finally:
        await storage.close()


# Claims


async def claims(folder: Path, database: str) -> list[float]:
    """Return the milliseconds of claiming 500 among a million, round by round."""
    storage = await open_storage(database, folder / f"{secrets.token_hex(4)}.key", now=due.NOW)
    fill(database)
    taken: deque[float] = deque()

    def step(round_: int, memory: Any) -> None:  # noqa: ANN401 - any memory
        since = perf_counter()
        now = due.NOW + (1 + round_) * due.LEASE
        found = memory.dispatches.take("bench", now, due.LEASE, CLAIMED)
        taken.append((perf_counter() - since) * 1e3)
        assert len(found) == CLAIMED

    try:
        for round_ in range(CLAIM_ROUNDS):
            await storage.write(partial(step, round_))
    finally:
        await storage.close()
    return list(taken)


def fill(database: str) -> None:
    """Store a million messages, a thousand of them under way."""
    if database.startswith("sqlite"):
        due.fill(Path(database.removeprefix("sqlite:///")))
        return
    values = {
        "people": due.PEOPLE,
        "sent_each": due.SENT_EACH,
        "under_way": due.UNDER_WAY,
        "now": int(due.NOW.timestamp()),
    }
    with psycopg.connect(database) as raw:
        raw.execute("SET search_path = coach")
        for statement in due.FILLING.split(";"):
            if "INTO people" in statement or "INTO dispatches" in statement:
                for name, value in values.items():
                    statement = statement.replace(f":{name}", str(value))  # noqa: PLW2901 - filled in
                raw.execute(statement.encode())
        raw.commit()
        raw.autocommit = True
        raw.execute("VACUUM ANALYZE coach.dispatches")


def peer_claims(database: str) -> list[float]:
    """Return the milliseconds of the same by a bare statement, on the same rows."""
    taken = []
    with psycopg.connect(database) as raw:
        for round_ in range(CLAIM_ROUNDS):
            now = due.NOW + (100 + round_) * due.LEASE
            seconds = {"now": int(now.timestamp()), "lease": int((now + due.LEASE).timestamp())}
            since = perf_counter()
            found = raw.execute(PEER_CLAIM, seconds).fetchall()
            taken.append((perf_counter() - since) * 1e3)
            raw.commit()
            assert len(found) == CLAIMED
    return taken


async def main(rounds: int, seconds: float, only: Sequence[str]) -> int:
    """Measure and print; return 1 where a ratio is missed. ``only`` these cases' taps, if any."""
    if why := why_not():
        say(f"no PostgreSQL, so no figures of replicas: {why}")
        return 0
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        if only:
            for case in await taps(folder, rounds, seconds, only):
                say(json.dumps(case.row()))
            return 0
        urls = [stack.enter_context(_database()) for _ in range(2)]
        told = {
            "sqlite": await reminders(folder, f"sqlite:///{folder / 'first' / 'coach.db'}"),
            "postgres": await reminders(folder, urls[0]),
        }
        for engine, found in told.items():
            say(f"reminders on {engine}: {found:.0f} a second")
        in_file = await claims(folder, f"sqlite:///{folder / 'second' / 'coach.db'}")
        on_server = await claims(folder, urls[1])
        bare = peer_claims(urls[1])
        cases = await taps(folder, rounds, seconds, CASES)
    for case in cases:
        say(json.dumps(case.row()))
    by_name = {case.name: case for case in cases}
    ours, peer = by_name["postgres_1"], by_name[PEER]
    ratios = [one / other for one, other in zip(ours.speeds, peer.speeds, strict=True)]
    goals = [
        Goal("taps/s of one replica, × telebot_psycopg", ratios, 1.0, at_least=True),
        Goal("ms to claim 500 of a million, PostgreSQL", on_server, 10, ratio=False),
        Goal("ms to claim 500 of a million, SQLite", in_file, 10, ratio=False),
        Goal("the same, × a bare statement", [median(on_server) / median(bare)], 2.0),
    ]
    for goal in goals:
        say(str(goal))
    return int(any(goal.ratio and not goal.met for goal in goals))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--taps", help="only the taps of these cases", default="")
    OPTIONS = parser.parse_args()
    ONLY = OPTIONS.taps.split(",") if OPTIONS.taps else []
    sys.exit(uvloop.run(main(OPTIONS.rounds, OPTIONS.seconds, ONLY)))
