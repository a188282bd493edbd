"""The bot and the in-memory Telegram as processes of their own, and people who act over HTTP."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Container
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias

from aiohttp import ClientSession

from bot.operate.clock import SystemClock
from bot.settings import Settings
from storage.opening import open_storage
from storage.protocols import Storage
from tests.canary import TOKEN, leaks
from tests.faults.nursery import nursery

VARIABLES = {name.upper() for name in Settings.model_fields}
"""What must not come from outside."""
OPEN = "open-storage"
"""What ``tests.faults.entry`` does where no bot is needed: open the database and close it."""
PATIENCE = 120.0
"""Seconds for anything that has to come, on a machine that is busy."""
FOREVER = 3600.0
"""Seconds for what another process cuts short."""
ENTRY = "tests.faults.entry"
DISK = "disk"
Json: TypeAlias = dict[str, Any]


@dataclass
class Program:
    """One process of ours, ``python -m bot <arguments>``.

    It is forked in the nursery; see ``tests.faults.entry`` for what else the settings may say.
    """

    folder: Path
    """It works in the ``disk`` below it, which may be full or read-only."""
    arguments: tuple[str, ...]
    settings: dict[str, str] = field(default_factory=dict)
    complaints: Path = Path("complaints.log")
    """What it wrote to stderr, over all its lives; relative to its disk."""
    module: str = ENTRY
    """What is run: its ``main`` is given the arguments."""
    pid: int | None = None
    """Of the life that runs, or ran last."""
    _lives: int = 0

    async def start(self, **more: str) -> str:
        """Start it and return its first line, which it says once it serves.

        ``more`` are settings for this life alone.
        """
        self.begin(**more)
        return await self.line()

    async def line(self, number: int = 1) -> str:
        """Wait for one of the lines that this life says, and return it."""

        async def spoken() -> bool:
            return self.exit_code() is not None or self.said().count("\n") >= number

        await until(spoken)
        lines = self.said().splitlines()
        assert len(lines) >= number, f"{self.arguments} did not start: {self.complained()}"
        return lines[number - 1]

    def said(self) -> str:
        """Return all that this life has written to stdout."""
        return self._out().read_text()

    def begin(self, **more: str) -> None:
        """Start it and wait for nothing."""
        self._lives += 1
        self.disk.mkdir(parents=True, exist_ok=True)
        self._out().touch()
        self.pid = nursery().bear(
            module=self.module,
            arguments=self.arguments,
            folder=self.disk,
            settings={**dict.fromkeys(VARIABLES, ""), **self.settings, **more},
            out=self._out(),
            err=self.disk / self.complaints,
        )

    def exit_code(self) -> int | None:
        """Return the exit code of the last life, None while it goes on."""
        file = Path(f"{self._out()}.code")
        return int(file.read_text()) if file.exists() else None

    @property
    def runs(self) -> bool:
        """Tell whether it has been started and has not ended yet."""
        return self.pid is not None and self.exit_code() is None

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, if it still runs."""
        if self.runs and self.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it, with SIGTERM unless told otherwise, and return its exit code."""
        self.send(number)
        return await self.over()

    async def kill(self) -> None:
        """End it as a power cut does."""
        await self.end(signal.SIGKILL)

    async def over(self, within: float = PATIENCE) -> int:
        """Wait for its end and return its exit code."""

        async def ended() -> bool:
            return self.exit_code() is not None

        await until(ended, within)
        code = self.exit_code()
        assert code is not None
        return code

    def complained(self) -> str:
        """Return all that it wrote to stderr."""
        return (self.disk / self.complaints).read_text("utf-8", "replace")

    def warned(self) -> list[str]:
        """Return the lines that it wrote to stderr and that tell of no plain event."""
        return [each for each in self.complained().splitlines() if " level=info " not in each]

    @property
    def disk(self) -> Path:
        """Where it works."""
        return self.folder / DISK

    def _out(self) -> Path:
        return self.folder / f"{self.complaints.stem}.{self._lives}.out"


def plain(*arguments: str, **settings: str) -> Program:
    """Return a bot to which nothing is done; it works in the working folder, a ``DISK``."""
    folder = Path.cwd().parent
    complaints = Path(f"{len([*folder.glob('*.out')])}.log")
    return Program(folder, arguments, settings, complaints, module="bot.cli")


@dataclass
class People:
    """What people do in the in-memory Telegram, and what they and the network see."""

    client: ClientSession
    programs: tuple[Program, ...]
    """What answers them: the Telegram and the bot."""

    def waited_for_cores(self) -> timedelta:
        """Return how long, in all, they and this process stood ready while others had the cores.

        Zero where no kernel tells it.
        """
        processes = (os.getpid(), *(each.pid for each in self.programs))
        threads = (each for id_ in processes for each in Path(f"/proc/{id_}/task").glob("*"))
        return timedelta(microseconds=sum(map(_waited, threads)) / 1000)

    async def act(self, user: int, act: str, **wish: object) -> Json:
        """Let a person do something; see ``bot.local.acts``."""
        return await self._post(f"/person/{user}/{act}", wish)

    async def send(self, user: int, text: str) -> int:
        """Let a person type a text; return the message's id."""
        return int((await self.act(user, "send", text=text))["message_id"])

    async def tap(self, user: int, data: str, on: int | None = None) -> str:
        """Let a person press a button, by default of the last message; return the tap's id."""
        where = {} if on is None else {"message_id": on}
        return str((await self.act(user, "tap", data=data, **where))["callback_query_id"])

    async def chat(self, user: int, last: int = 0) -> Json:
        """Return what the person sees: ``messages``, all or the last ones, and ``toasts``."""
        found: Json = await self._get(f"/person/{user}/messages?last={last}")
        return found

    async def screen(self, user: int) -> Json | None:
        """Return the bot's last message to a person."""
        found = await self.screens(user)
        return found[-1] if found else None

    async def screens(self, user: int) -> list[Json]:
        """Return the bot's last messages to a person, oldest first."""
        messages = (await self.chat(user, last=12))["messages"]
        return [each for each in messages if each["from"]["is_bot"]]

    async def journal(self) -> list[Json]:
        """Return the bot's calls, oldest first."""
        found: list[Json] = await self._get("/journal")
        return found

    async def state(self) -> Json:
        """Return what waits: ``unconfirmed``, ``unanswered``, ``refused``."""
        found: Json = await self._get("/state")
        return found

    async def settled(self, within: float = PATIENCE) -> None:
        """Wait until the bot has confirmed every update."""

        async def all_confirmed() -> bool:
            return not (await self.state())["unconfirmed"]

        await until(all_confirmed, within)

    async def faults(self, *faults: Json) -> None:
        """Plan what goes wrong from now on; see ``bot.local.server.FaultPlan``."""
        await self._post("/faults", list(faults))

    async def _post(self, path: str, wish: object) -> Json:
        async with self.client.post(path, json=wish) as response:
            answer: Json = await response.json()
        assert response.status == 200, answer
        return answer

    async def _get(self, path: str) -> Any:  # noqa: ANN401 - any JSON value
        async with self.client.get(path) as response:
            return await response.json()


def _waited(thread: Path) -> int:
    """Return the nanoseconds in which a thread was ready and had no core; see proc(5)."""
    try:
        return int((thread / "schedstat").read_text().split()[1])
    except OSError:  # it has ended
        return 0


@dataclass
class World:
    """A bot, the Telegram it speaks to, and the people in it."""

    folder: Path
    address: str
    people: People
    bot: Program

    def another_bot(self, name: str) -> Program:
        """Return one more bot with a folder of its own."""
        return program(self.folder / name, name, self.address)

    @asynccontextmanager
    async def memory(self) -> AsyncIterator[Storage]:
        """Open what the bot remembers, as the bot itself does."""
        storage = await open_storage(
            f"sqlite:///{self.bot.disk}/coach.db",
            self.bot.disk / "coach.key",
            now=SystemClock().now(),
        )
        try:
            yield storage
        finally:
            await storage.close()

    async def put_aside(self, users: Container[int] | None = None) -> list[str]:
        """Return why updates were put aside: those of some people, or all."""
        async with self.memory() as storage:
            rows = await storage.write(lambda memory: memory.updates.put_aside_list())
        return [row.reason for row in rows if users is None or row.owner in users]


def give_key(file: Path) -> None:
    """Make a master key, as an operator may; the bot says it loudly when it makes one itself."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_bytes(base64.b64encode(os.urandom(32)))


def program(
    folder: Path, name: str, address: str, *, module: str = ENTRY, **settings: str
) -> Program:
    """Return a bot that is not started yet, with files of its own under ``name``."""
    give_key(folder / DISK / f"{name}.key")
    own = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": address,
        "DATABASE_URL": f"sqlite:///{name}.db",
        "MASTER_KEY_FILE": f"{name}.key",
        "RATE_LIMIT": "0",  # the people of the campaigns are faster than any
    }
    return Program(folder, ("run",), own | settings, Path(f"{name}.log"), module)


@asynccontextmanager
async def world(folder: Path, wrong: str = "", *, module: str = ENTRY) -> AsyncIterator[World]:
    """Open an empty world in a folder; its bot is not started yet.

    ``wrong`` is what the bot does wrong, see ``tests.faults.wrongs``; or what another ``module``
    than that of the campaign takes it for.
    """
    telegram = Program(folder, ("fake-telegram", "--port", "0"), {}, Path("telegram.log"))
    address = (await telegram.start()).partition("=")[2]
    bot = program(folder, "coach", address, module=module, WRONG=wrong)
    try:
        async with ClientSession(address) as client:
            yield World(folder, address, People(client, (telegram, bot)), bot)
    finally:
        if bot.runs:
            await bot.kill()
            assert leaks(bot.complained()) == []
        await telegram.kill()


async def until(true: Callable[[], Awaitable[bool]], within: float = PATIENCE) -> None:
    """Wait until something holds that another process brings about."""
    pause = 0.005
    async with asyncio.timeout(within):
        while not await true():
            await asyncio.sleep(pause)
            pause = min(pause * 1.2, 0.05)


def buttons(screen: Json) -> list[Json]:
    """Return the buttons of a message that call back, row by row."""
    rows = screen.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row if "callback_data" in button]
