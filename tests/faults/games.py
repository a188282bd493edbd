"""A game: people play with the bot, something goes wrong, and the ledger is compared at the end."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.exits import OK
from tests.faults.players import OFTEN, TOPICS, Found, Player, compared
from tests.faults.world import PATIENCE, World, until, world

GRACE = 5.0
"""Seconds that a control waits for an answer that will not come."""


@dataclass(frozen=True)
class Scene:
    """Where and how a fault is played."""

    folder: Path
    """Empty, and nobody else's."""
    chance: random.Random
    times: int
    """How often the fault comes."""
    wrong: str = ""
    """What the bot does wrong, see ``tests.faults.wrongs``; empty for the bot as it is."""

    @property
    def patience(self) -> float:
        """Seconds to wait for what must come."""
        return GRACE if self.wrong else PATIENCE

    def people(self, count: int) -> range:
        """Return the ids of so many people."""
        return range(1, count + 1)


@dataclass(frozen=True)
class Fault:
    """One line of the campaign: something that goes wrong, and the bots that it must tell apart."""

    name: str
    saw: str
    """What people see of it."""
    play: Callable[[Scene], Awaitable[Found]]
    times: int
    """How often in the whole campaign."""
    share: int
    """How often for a control, and in the tests of every day."""
    wrongs: tuple[str, ...]
    """The controls: with each of these mistakes the same play must find something."""
    daily: bool = True
    """Whether the tests of every day play it; ``make faults`` plays all."""


@dataclass
class Game:
    """People at play."""

    scene: Scene
    it: World
    players: Sequence[Player]
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    faults: list[str] = field(default_factory=list)
    """What went wrong beside the people's own."""

    def told(self) -> int:
        """Return how many things all of them have told."""
        return sum(player.told for player in self.players)

    async def goes_on(self, least: int, most: int | None = None) -> None:
        """Let people tell so many things more; time is up when nobody has told any for a while."""
        enough = self.told() + self.scene.chance.randint(least, most or least)
        while (before := self.told()) < enough:
            await until(partial(self._told_more_than, before), self.scene.patience)

    async def _told_more_than(self, before: int) -> bool:
        return self.told() > before


async def played(
    scene: Scene,
    disturb: Callable[[Game], Awaitable[None]],
    *,
    players: int = 8,
    topics: Sequence[str] = TOPICS,
    often: float = OFTEN,
) -> Found:
    """Let people play while ``disturb`` does what it does; return what is wrong afterwards.

    The bot runs when ``disturb`` begins, and must run when it ends.
    """
    async with world(scene.folder, scene.wrong) as it:
        await it.bot.start()
        game = Game(scene, it, seated(scene, it, players, topics, often))
        at_play = [asyncio.create_task(each.play(game.stop)) for each in game.players]
        try:
            await disturb(game)
        except (TimeoutError, AssertionError) as why:
            game.faults.append(f"not played to the end: {why!r} {it.bot.complained()[-300:]}")
        if not it.bot.runs:
            last = it.bot.complained()[-300:]
            game.faults.append(f"the bot ended by itself with {it.bot.exit_code()}: {last}")
            await it.bot.start()
        game.stop.set()
        _, stuck = await asyncio.wait(at_play, timeout=scene.patience)
        for task in stuck:
            task.cancel()
        for player, end in zip(
            game.players, await asyncio.gather(*at_play, return_exceptions=True), strict=True
        ):
            if isinstance(end, Exception) and not isinstance(end, TimeoutError | AssertionError):
                raise end  # a fault of the harness must not pass for one of the bot
            if end is not None:
                seen = (player.screen or {}).get("text")
                game.faults.append(f"{player.user} stuck at {player.doing!r}: {end!r}, {seen!r}")
        return await ended(game)


def seated(
    scene: Scene, it: World, count: int, topics: Sequence[str] = TOPICS, often: float = OFTEN
) -> list[Player]:
    """Return people who have not begun to play; ``often`` they go on with an assessment."""
    return [
        Player(it.people, user, random.Random(scene.chance.random()), topics=topics, often=often)  # noqa: S311 - repeatable
        for user in scene.people(count)
    ]


async def ended(game: Game) -> Found:
    """Let everybody come back once, end the bot, and compare."""
    it, scene = game.it, game.scene
    try:
        for player in () if game.faults else game.players:
            async with asyncio.timeout(scene.patience):
                await player.come_back()
        await it.people.settled(scene.patience)
    except (TimeoutError, AssertionError) as why:
        game.faults.append(f"not settled: {why!r}")
    return await compared_after(it, game.players, game.faults)


async def compared_after(it: World, players: Sequence[Player], faults: Sequence[str] = ()) -> Found:
    """End the bot and compare what it remembers with the ledgers."""
    found = Found(lost=list(faults))
    spinning = (await it.people.state())["unanswered"]
    code = await it.bot.end()
    if code != OK:
        found.lost.append(f"ended with {code}: {it.bot.complained()[-300:]}")
    found.lost += [f"tap without an answer: {tap['data']}" for tap in spinning]
    users = {player.user for player in players}
    found.lost += [f"put aside: {reason}" for reason in await it.put_aside(users)]
    async with it.memory() as storage:
        await storage.write(lambda memory: compared(found, memory, players))
    return found


@asynccontextmanager
async def switch(it: World, name: str, text: str = "") -> AsyncIterator[None]:
    """Throw a switch of ``tests.faults.entry`` for a while."""
    file = it.bot.disk / name
    part = it.bot.disk / f"{name}.part"
    part.write_text(text)
    part.rename(file)
    try:
        yield
    finally:
        file.unlink()
