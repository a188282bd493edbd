"""The bot's real assessment tap beside other bots that do less, in one run.

    python -m tests.bench.speed [--rounds 7] [--seconds 2] [--long]

Every bot is a process of its own on one core; this process answers it from the other core (see
`tests.bench.responder`). 200 people tap, each again as soon as the last tap is answered and its
screen is shown. The bots are all up the whole time and take turns, several rounds each, so that
whatever else the machine does meets all of them. The figures are medians and ranges of the rounds.

The bots run in what ``make bench`` has set up for running and nothing else, where that is there:
one of the packages for development is loaded by another that a running bot has too, and takes 3 MB.
The peer's library is one of those, so that peer runs with the rest.

Only ratios between bots of the same run are goals that can fail (exit code 1); times depend on the
machine and are told. Writes ``build/bench.json``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import monotonic, process_time
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import uvloop

from content.loading import load
from tests.bench.question import shown_question
from tests.bench.responder import World, serve
from tests.bench.seed import seed
from tests.bench.small import bytes_per_client, verdict_us

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from content.knowledge import Knowledge

Json: TypeAlias = dict[str, Any]
ROOT: Final = Path(__file__).parents[2]
OUT: Final = ROOT / "build/bench.json"
RUNNING: Final = ROOT / "build/run/bin/python"
PEOPLE: Final = 200
PATIENCE: Final = 60.0
WARM: Final = 0.5
"""Seconds of each round before anything is counted."""
TICK: Final = os.sysconf("SC_CLK_TCK")
OURS: Final = "ours"
TELEBOT: Final = "telebot_aiosqlite"
CASES: Final = {
    OURS: ("bot", "run"),
    "aiogram_bare": ("tests.bench.peers.aiogram_bare",),
    "aiogram_fsm": ("tests.bench.peers.aiogram_fsm",),
    TELEBOT: ("tests.bench.peers.telebot_aiosqlite",),
}
OPEN_LOAD: Final = 500
"""Taps a second of the load in process."""
STARTS: Final = 3
CROWD: Final = (2_000, 10_000)
CROWD_LONG: Final = (20_000, 100_000)
"""People and their updates, for the memory that many people take."""
RESPONDER: Final = "responder"
"""The bot that does nothing: what the responder can serve."""


@dataclass
class Round:
    """What one round came to."""

    updates_per_s: float
    p50_ms: float
    p99_ms: float
    cpu_us: float
    """CPU of the bot for one update."""
    polls: float
    """Calls of getUpdates for one update."""
    core_share: float
    """How much of its core the bot got: well below 1 where the machine does something else."""
    responder_busy: float
    """Share of its core that the responder used."""


def speed(each: Round) -> float:
    """Return the figure that counts most."""
    return each.updates_per_s


@dataclass
class Bot:
    """One bot's process, its Telegram, and what was measured of it."""

    case: str
    module: tuple[str, ...]
    world: World
    settings: dict[str, str]
    core: int
    """The core it runs on, alone."""
    folder: Path
    python: str
    process: asyncio.subprocess.Process | None = None
    rounds: list[Round] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    """Seconds from the start of the process to the first tap answered and shown."""
    rss_mb: float = 0.0
    crowd_mb: float = 0.0
    """Memory after the updates of many people; 0 where that was not tried."""

    async def start(self) -> None:
        """Start the process with a tap waiting for it, and time the answer."""
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        began = monotonic()
        with (self.folder / f"{self.case}.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                self.python,
                "-m",
                *self.module,
                cwd=self.folder,
                env=environment | {"PYTHONPATH": str(ROOT)} | self.settings,
                stdout=log,
                stderr=log,
                preexec_fn=lambda: os.sched_setaffinity(0, {self.core}),
            )
        self.world.tap(0)
        await self._until_idle()
        self.starts.append(monotonic() - began)

    async def end(self) -> None:
        """End the process."""
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    async def round(self, seconds: float) -> None:
        """Let the people tap for so long."""
        world = self.world
        with world.tapping(world.tap):
            for person in range(PEOPLE):
                world.tap(person)
            await asyncio.sleep(WARM)
            done, polls, cpu, own = world.completed, world.polls, self._cpu(), process_time()
            world.latencies.clear()
            began = monotonic()
            await asyncio.sleep(seconds)
            took = monotonic() - began
            done, latencies = world.completed - done, sorted(world.latencies)
            cpu, own = self._cpu() - cpu, process_time() - own
            polls = world.polls - polls
        await self._until_idle()
        assert done, self.complained()
        self.rounds.append(
            Round(
                updates_per_s=done / took,
                p50_ms=latencies[len(latencies) // 2] * 1e3,
                p99_ms=latencies[len(latencies) * 99 // 100] * 1e3,
                cpu_us=cpu / done * 1e6,
                polls=polls / done,
                core_share=cpu / took,
                responder_busy=own / took,
            )
        )
        self.rss_mb = self._rss()

    async def crowd(self, people: int, updates: int) -> None:
        """Let many people tap now and then, as many at a time as in a round."""
        whose = islice(cycle(range(PEOPLE, PEOPLE + people)), updates)

        def next_one(_: int) -> None:
            for person in islice(whose, 1):
                self.world.tap(person)

        with self.world.tapping(next_one):
            for _ in range(PEOPLE):
                next_one(0)
            await self._until_idle()
        self.crowd_mb = self._rss()

    def complained(self) -> str:
        """Return what the bot has written."""
        return (self.folder / f"{self.case}.log").read_text("utf-8", "replace")[-4000:]

    def middle(self, figure: Callable[[Round], float]) -> float:
        """Return the median of a figure over the rounds."""
        return median(map(figure, self.rounds))

    async def _until_idle(self) -> None:
        done, since = self.world.completed, monotonic()
        while self.world.in_hand:
            await asyncio.sleep(0.002)
            assert self.process is not None
            assert self.process.returncode is None, self.complained()
            if self.world.completed != done:
                done, since = self.world.completed, monotonic()
            assert monotonic() - since < PATIENCE, self.complained()

    def _cpu(self) -> float:
        assert self.process is not None
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / TICK

    def _rss(self) -> float:
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@dataclass(frozen=True, slots=True)
class Goal:
    """What the figures are held to; a ratio is told with its range over the rounds."""

    what: str
    found: Sequence[float]
    bound: float
    at_least: bool = False
    ratio: bool = True
    """Does not depend on the machine: only those can fail the run."""

    @property
    def value(self) -> float:
        """What is compared."""
        return median(self.found)

    @property
    def met(self) -> bool:
        """Tell whether it holds."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def __str__(self) -> str:
        """Return the line of the report."""
        spread = f" ({min(self.found):.2f} to {max(self.found):.2f})" if len(self.found) > 1 else ""
        sign = "≥" if self.at_least else "≤"
        word = "met" if self.met else "MISSED" if self.ratio else "missed on this machine"
        return f"{self.what}: {self.value:.2f}{spread}, goal {sign} {self.bound:g}: {word}"


async def bots(
    stack: AsyncExitStack, folder: Path, knowledge: Knowledge, core: int, crowd: int
) -> list[Bot]:
    """Return the bots of all cases, not started, with their Telegrams served."""
    shown = shown_question(knowledge)
    seeded = await seed(folder, knowledge.catalogue, PEOPLE, crowd)
    worlds = {
        f"4242:{case}": World(
            f"4242:{case}", shown, seeded.tap if case == OURS else seeded.tap_of_peers
        )
        for case in (*CASES, RESPONDER)
    }
    server, address = await serve(worlds)
    stack.callback(server.close)
    handed = {
        "text": shown.text,
        "rows": shown.keyboard["inline_keyboard"],
    }
    found = []
    for case, module in (CASES | {RESPONDER: ("tests.bench.nobody",)}).items():
        settings = {
            "BOT_TOKEN": f"4242:{case}",
            "BOT_API_URL": address,
            "DATABASE_URL": seeded.database,
            "MASTER_KEY_FILE": str(seeded.master_key),
            "RATE_LIMIT": "0",
            "BENCH_QUESTION": json.dumps(handed),
            "BENCH_DATABASE": str(folder / f"{case}.db"),
        }
        world = worlds[f"4242:{case}"]
        runs = RUNNING.exists() and case not in {TELEBOT, RESPONDER}
        python = str(RUNNING) if runs else sys.executable
        bot = Bot(case, module, world, settings, core, folder, python)
        stack.push_async_callback(bot.end)
        found.append(bot)
    return found


async def open_load(core: int, seconds: float) -> dict[str, float]:
    """Return what `tests.bench.in_process` measures at ``OPEN_LOAD`` taps a second."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.in_process",
        str(OPEN_LOAD),
        str(seconds),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    told, _ = await process.communicate()
    found: dict[str, float] = json.loads(told)
    return found


async def measured(
    options: argparse.Namespace, folder: Path, core: int
) -> tuple[list[Json], list[Goal]]:
    """Run everything; return the cases and the goals."""
    knowledge = load()
    people, updates = CROWD_LONG if options.long else CROWD
    async with AsyncExitStack() as stack:
        (*contenders, responder) = await bots(stack, folder, knowledge, core, people)
        ours, bare, _, telebot = contenders
        for bot in (ours, bare) * (STARTS - 1):
            await bot.start()
            await bot.end()
        for bot in (*contenders, responder):
            await bot.start()
        for number in range(options.rounds):
            say(f"round {number + 1} of {options.rounds}")
            for bot in (*contenders, responder):
                await bot.round(options.seconds)
        say(f"{updates} updates of {people} people")
        for bot in (ours, bare):
            await bot.crowd(people, updates)
    alone = await open_load(core, options.seconds * 2)
    verdict = verdict_us(knowledge.catalogue)
    size = await bytes_per_client(folder, knowledge.catalogue)
    cases = [
        *map(row, (*contenders, responder)),
        {"case": "ours_in_process", **alone},
        {"case": "verdict", "cpu_us": median(verdict)},
        {"case": "client_of_ten_assessments", "bytes": size},
    ]
    fastest = max(contenders, key=lambda bot: bot.middle(speed))
    goals = [
        Goal("updates/s, × aiogram_bare", over(ours, bare, speed), 2.0, at_least=True),
        Goal("updates/s, × telebot_aiosqlite", over(ours, telebot, speed), 1.0, at_least=True),
        Goal("p99, × aiogram_bare", over(ours, bare, lambda each: each.p99_ms), 0.5),
        Goal("memory after the crowd, × aiogram_bare", [ours.crowd_mb / bare.crowd_mb], 1.3),
        Goal("start to first answer, × aiogram_bare", started(ours, bare), 1.2),
        Goal(
            "updates/s of the responder, × the fastest",
            over(responder, fastest, speed),
            3.0,
            at_least=True,
        ),
        Goal("bytes of a client with ten full assessments", [size], 16_000),
        Goal(f"ms p99 in process at {OPEN_LOAD}/s", [alone["p99_ms"]], 25, ratio=False),
        Goal("µs of a verdict", verdict, 200, ratio=False),
    ]
    return cases, goals


def over(mine: Bot, theirs: Bot, figure: Callable[[Round], float]) -> list[float]:
    """Return the ratio of a figure, round by round."""
    pairs = zip(mine.rounds, theirs.rounds, strict=True)
    return [figure(one) / figure(other) for one, other in pairs]


def started(mine: Bot, theirs: Bot) -> list[float]:
    """Return the ratio of the starts, one after the other."""
    return [one / other for one, other in zip(mine.starts, theirs.starts, strict=True)]


def row(bot: Bot) -> Json:
    """Return what is written of a case."""
    speeds = sorted(map(speed, bot.rounds))
    return {
        "case": bot.case,
        "updates_per_s": round(bot.middle(speed), 1),
        "updates_per_s_range": [round(speeds[0], 1), round(speeds[-1], 1)],
        "p50_ms": round(bot.middle(lambda each: each.p50_ms), 2),
        "p99_ms": round(bot.middle(lambda each: each.p99_ms), 2),
        "cpu_us": round(bot.middle(lambda each: each.cpu_us), 1),
        "polls_per_update": round(bot.middle(lambda each: each.polls), 3),
        "core_share": round(bot.middle(lambda each: each.core_share), 3),
        "responder_busy": round(bot.middle(lambda each: each.responder_busy), 3),
        "rss_mb": round(bot.rss_mb, 1),
        "rss_crowd_mb": round(bot.crowd_mb, 1) or None,
        "start_s": round(median(bot.starts), 3),
    }


def table(cases: Sequence[Json]) -> list[str]:
    """Return the cases in columns."""
    columns = (
        "updates_per_s",
        "updates_per_s_range",
        "p50_ms",
        "p99_ms",
        "cpu_us",
        "polls_per_update",
        "core_share",
        "responder_busy",
        "rss_mb",
        "rss_crowd_mb",
        "start_s",
    )
    rows = [("case", *columns)]
    rows += [(each["case"], *(_cell(each.get(name)) for name in columns)) for each in cases]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(each, widths, strict=True)).rstrip()
        for each in rows
    ]


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " to ".join(map(_cell, value))
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Measure, print, write; return 1 where a ratio is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each round of each bot")
    parser.add_argument("--long", action="store_true", help="100,000 updates of 20,000 people")
    options = parser.parse_args()
    mine, *others = sorted(os.sched_getaffinity(0))
    core = others[-1] if others else mine
    if not others:
        say("one core only: the bots share it with the responder, and all figures suffer")
    os.sched_setaffinity(0, {mine})
    with tempfile.TemporaryDirectory() as folder:
        cases, goals = uvloop.run(measured(options, Path(folder), core))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n")
    for line in (*table(cases), "", *map(str, goals)):
        say(line)
    return int(any(goal.ratio and not goal.met for goal in goals))


if __name__ == "__main__":
    sys.exit(main())
