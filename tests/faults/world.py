"""The bot and the in-memory Telegram as processes of their own, and people who act over HTTP."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from aiohttp import ClientSession

from bot.clock import SystemClock
from bot.settings import Settings
from storage.opening import open_storage
from tests.canary import TOKEN, leaks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from storage.protocols import Storage

ROOT = Path(__file__).parents[2]
VARIABLES = {name.upper() for name in Settings.model_fields}
PATIENCE = 60.0
"""Seconds for anything that has to come, on a machine that is busy."""
Json: TypeAlias = dict[str, Any]


@dataclass
class Program:
    """One process of ours: ``python -m <module> <arguments>``, with its own working folder."""

    folder: Path
    arguments: tuple[str, ...]
    settings: dict[str, str] = field(default_factory=dict)
    complaints: Path = Path("complaints.log")
    """What it wrote to stderr, over all its lives; relative to the folder."""
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> str:
        """Start it and return its first line, which it says once it serves."""
        environment = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        with self._log().open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                *self.arguments,
                cwd=self.folder,
                env=environment | {"PYTHONPATH": str(ROOT)} | self.settings,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert self.process.stdout is not None
        line = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
        assert line, f"{self.arguments} did not start: {self.complained()}"
        return line.decode().strip()

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it, with SIGTERM unless told otherwise, and return its exit code."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(number)
        return await self.over()

    async def kill(self) -> None:
        """End it as a power cut does."""
        await self.end(signal.SIGKILL)

    async def over(self, within: float = PATIENCE) -> int:
        """Wait for its end and return its exit code."""
        assert self.process is not None
        return await asyncio.wait_for(self.process.wait(), within)

    def complained(self) -> str:
        """Return all that it wrote to stderr."""
        return self._log().read_text("utf-8", "replace")

    def _log(self) -> Path:
        return self.folder / self.complaints


@dataclass
class People:
    """What people do in the in-memory Telegram, and what they and the network see."""

    client: ClientSession

    async def act(self, user: int, act: str, **wish: object) -> Json:
        """Let a person do something; see ``bot.local.acts``."""
        return await self._post(f"/person/{user}/{act}", wish)

    async def send(self, user: int, text: str) -> None:
        """Let a person type a text."""
        await self.act(user, "send", text=text)

    async def tap(self, user: int, data: str) -> str:
        """Let a person press a button of the bot's last message; return the tap's id."""
        return str((await self.act(user, "tap", data=data))["callback_query_id"])

    async def chat(self, user: int, last: int = 0) -> Json:
        """Return what the person sees: ``messages``, all or the last ones, and ``toasts``."""
        found: Json = await self._get(f"/person/{user}/messages?last={last}")
        return found

    async def screen(self, user: int) -> Json | None:
        """Return the bot's last message to a person."""
        messages = (await self.chat(user, last=12))["messages"]
        return next((each for each in reversed(messages) if each["from"]["is_bot"]), None)

    async def changed(self, user: int, before: Json | None, within: float = PATIENCE) -> Json:
        """Wait until the bot's last message is another one or reads otherwise, and return it."""
        async with asyncio.timeout(within):
            while True:
                screen = await self.screen(user)
                if screen is not None and screen != before:
                    return screen
                await asyncio.sleep(0.01)

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
        """Plan what goes wrong from now on; see ``bot.local.server.Plan``."""
        await self._post("/faults", list(faults))

    async def _post(self, path: str, wish: object) -> Json:
        async with self.client.post(path, json=wish) as response:
            answer: Json = await response.json()
        assert response.status == 200, answer
        return answer

    async def _get(self, path: str) -> Any:  # noqa: ANN401 - any JSON value
        async with self.client.get(path) as response:
            return await response.json()


@dataclass
class World:
    """A bot, the Telegram it speaks to, and the people in it."""

    folder: Path
    address: str
    people: People
    bot: Program

    def another_bot(self, name: str, *module: str) -> Program:
        """Return one more bot with a folder of its own."""
        return program(self.folder / name, name, self.address, *module)

    @asynccontextmanager
    async def memory(self) -> AsyncIterator[Storage]:
        """Open what the bot remembers, as the bot itself does."""
        storage = await open_storage(
            f"sqlite:///{self.folder}/coach.db",
            self.folder / "coach.key",
            now=SystemClock().now(),
        )
        try:
            yield storage
        finally:
            await storage.close()

    async def put_aside(self) -> list[str]:
        """Return why updates were put aside."""
        async with self.memory() as storage:
            rows = await storage.write(lambda memory: memory.updates.put_aside_list())
        return [row.reason for row in rows]


def give_key(file: Path) -> None:
    """Make a master key, as an operator may; the bot says it loudly when it makes one itself."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_bytes(base64.b64encode(os.urandom(32)))


def program(folder: Path, name: str, address: str, *module: str) -> Program:
    """Return a bot that is not started yet, with files of its own under ``name``."""
    give_key(folder / f"{name}.key")
    settings = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": address,
        "DATABASE_URL": f"sqlite:///{folder}/{name}.db",
        "MASTER_KEY_FILE": f"{folder}/{name}.key",
        "RATE_LIMIT": "0",  # the people of the campaigns are faster than any
    }
    return Program(folder, (*(module or ("bot",)), "run"), settings, Path(f"{name}.log"))


@asynccontextmanager
async def world(folder: Path, *module: str) -> AsyncIterator[World]:
    """Open an empty world in a folder; its bot is not started yet.

    ``module`` is what to run instead of ``bot``.
    """
    telegram = Program(folder, ("bot", "fake-telegram", "--port", "0"), {}, Path("telegram.log"))
    address = (await telegram.start()).partition("=")[2]
    bot = program(folder, "coach", address, *module)
    try:
        async with ClientSession(address) as client:
            yield World(folder, address, People(client), bot)
    finally:
        if bot.process is not None:
            await bot.kill()
            assert leaks(bot.complained()) == []
        await telegram.kill()


async def until(true: Callable[[], Awaitable[bool]], within: float = PATIENCE) -> None:
    """Wait until something holds that another process brings about."""
    async with asyncio.timeout(within):
        while not await true():  # noqa: ASYNC110 - another process sets no event of ours
            await asyncio.sleep(0.005)


def buttons(screen: Json) -> list[Json]:
    """Return the buttons of a message that call back, row by row."""
    rows = screen.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row if "callback_data" in button]
