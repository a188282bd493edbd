"""Faults that have a harness of their own, as lines of the campaign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import storage.sqlite.engine
from bot.exits import OK, TEMPORARY
from tests.faults import damage
from tests.faults.games import Scene
from tests.faults.players import Found
from tests.faults.world import world

SURELY = 200
"""Damaged files among which a control must lose something."""


async def damaged(scene: Scene) -> Found:
    """Open damaged files: each is refused with a clear line, or all that was committed is there."""
    known = await damage.build(scene.folder / "original")
    first = scene.chance.getrandbits(32)
    found = Found()
    with _looks_at_nothing(wrong=bool(scene.wrong)):
        for seed in range(first, first + (SURELY if scene.wrong else scene.times)):
            verdict = await damage.tried(
                scene.folder / "damaged", scene.folder / "original", known, seed
            )
            found.lost += [f"seed {seed}, {verdict.kind}: {each}" for each in verdict.faults]
            if scene.wrong and found:
                break
    return found


async def second_instance(scene: Scene) -> Found:
    """Start more bots on the database of one that runs; each must leave at once."""
    found = Found()
    async with world(scene.folder, scene.wrong) as it:
        await it.bot.start()
        for nth in range(scene.times):
            other = replace(it.bot, complaints=Path(f"second{nth}.log"), pid=None)
            other.begin()
            try:
                code = await other.over(scene.patience)
            except TimeoutError:
                code = None
                await other.kill()
            if code != TEMPORARY:
                found.doubled.append(f"exit code {code}: {other.complained()}")
        if not scene.wrong:
            await it.people.send(1, "/start")
            await it.people.settled()
            if await it.bot.end() != OK:
                found.lost.append("the first bot did not end well")
    return found


@contextmanager
def _looks_at_nothing(*, wrong: bool) -> Iterator[None]:
    look = storage.sqlite.engine.refuse_unusable
    if wrong:
        _set(lambda _path, _migrations: None)
    try:
        yield
    finally:
        _set(look)


def _set(look: Callable[..., None]) -> None:
    name = "refuse_unusable"
    setattr(storage.sqlite.engine, name, look)
