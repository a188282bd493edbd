"""The bot is killed, at random or at a named point, or told to end with its hands full."""

from __future__ import annotations

import asyncio
import re
import signal
from collections import Counter
from collections.abc import Sequence
from functools import partial

from bot.exits import OK
from tests.faults.games import Game, Scene, compared_after, played, seated
from tests.faults.players import ASSESS, BY_TAP, TOPICS, Found, Player
from tests.faults.world import World, until, world

LIFE = 5, 40
"""Things that people tell between the bot's start and the next kill, at least and at most."""
INSTANT = 0.03
"""Seconds between the last of these and the kill, at most: several answers' time."""
CONTROL = 8
"""Kills within which a control must have lost something."""
ELSEWHERE = re.compile("CREATE|migrations|setMy")
"""Points of the first start alone: see ``tests.faults.migrations``."""
CAUGHT = ("data: before INSERT INTO clients", 1), ("telegram: before sendMessage", 2)
"""Where the controls must lose or double something: within a step, and before the answer to a fact,
which nothing but the ledger of updates keeps from being told twice."""


async def at_random(scene: Scene) -> Found:
    """Kill the bot at random moments of whole conversations."""

    async def disturb(game: Game) -> None:
        bot = game.it.bot
        for _ in range(CONTROL if scene.wrong else scene.times):
            await game.goes_on(*LIFE)
            await asyncio.sleep(scene.chance.uniform(0, INSTANT))
            await bot.kill()
            await bot.start()

    return await played(scene, disturb)


async def at_points(scene: Scene) -> Found:
    """Kill the bot once at every named point that a visit reaches, or at so many of them.

    A first person shows which points there are; each of the others meets one of them.
    """
    async with world(scene.folder, scene.wrong) as it:
        wanted = CAUGHT if scene.wrong else await _points(scene, it)
        topics = BY_TAP if scene.wrong else TOPICS  # by tap: the name comes with the first command
        players = seated(scene, it, len(wanted) + 1, topics)[1:]
        faults = []
        for (point, on), player in zip(wanted, players, strict=True):
            try:
                async with asyncio.timeout(scene.patience):
                    await _meet(it, player, point, on)
            except (TimeoutError, AssertionError) as why:
                faults.append(f"{point} {on}: {why!r} {it.bot.complained()[-300:]}")
                await it.bot.kill()
        if not it.bot.runs:
            await it.bot.start()
        found = await compared_after(it, players, faults)
        found.played = len(wanted)
        return found


async def _points(scene: Scene, it: World) -> Sequence[tuple[str, int]]:
    """Return the points that a visit reaches, each with the time at which it is to end a life.

    That is not later than half-way, so that who does the same in another order meets it too.
    """
    names = it.folder / "points"
    names.touch()
    await it.bot.start(POINTS_TO=str(names))
    async with asyncio.timeout(scene.patience):
        await visit(seated(scene, it, 1)[0])
        await it.people.settled()
    await it.bot.end()
    lines = names.read_text().splitlines()
    reached = Counter(name for name in lines if not ELSEWHERE.search(name))
    points = sorted(reached)
    if 0 < scene.times < len(points):
        points = sorted(scene.chance.sample(points, scene.times))
    return [(name, scene.chance.randint(1, max(1, reached[name] // 2))) for name in points]


async def _meet(it: World, player: Player, point: str, on: int) -> None:
    """Let a person visit a bot that dies at a point, and another one that goes on."""
    it.bot.begin(KILL_AT=point, KILL_ON=str(on))
    task = asyncio.create_task(visit(player))

    async def over() -> bool:
        return task.done() or not it.bot.runs

    try:
        await until(over)
        if not it.bot.runs:
            assert it.bot.exit_code() == -signal.SIGKILL, it.bot.exit_code()
            await it.bot.start()
        await task
        await it.people.settled()
        await it.bot.kill()
    finally:
        task.cancel()


async def visit(player: Player) -> None:
    """Do one thing on every topic."""
    for topic in (*TOPICS, ASSESS, ASSESS, ASSESS, ASSESS):
        await player.turn(topic)


ANSWERS = ("answerCallbackQuery", "editMessageText", "sendMessage")


async def _on_its_way(it: World, answers: int) -> bool:
    return int((await it.people.state())["struck"]) >= answers


async def sigterm(scene: Scene) -> Found:
    """Tell the bot to end while 20 people wait for an answer."""

    async def disturb(game: Game) -> None:
        it = game.it
        for _ in range(scene.times):
            await game.goes_on(20)
            # The first call of a tap too: with it alone on its way, the rest is still to be made.
            await it.people.faults(
                *({"kind": "delay", "delay": 1.0, "times": 40, "method": each} for each in ANSWERS)
            )
            await until(partial(_on_its_way, it, 10))
            if (code := await it.bot.end()) != OK:
                game.faults.append(f"ended with {code}")
            await it.people.faults()
            await it.bot.start()
            await game.goes_on(20)

    return await played(scene, disturb, players=20)
