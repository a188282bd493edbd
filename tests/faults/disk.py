"""The database cannot be written: a disk full or read-only, a lock that another process holds."""

from __future__ import annotations

import asyncio
import errno
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.exits import CONFIG
from tests.faults.games import Game, Scene, compared_after, played, seated, switch
from tests.faults.players import Found
from tests.faults.world import world

SOME = 10
"""Things that people tell before and after a fault."""
SPELL = 3.0
"""Seconds that a disk stays full or read-only."""
SMALL = "8m"


def _now_and_then(fault: Callable[[Game], Awaitable[None]]) -> Callable[[Scene], Awaitable[Found]]:
    """Return a play in which a fault comes so many times between conversations."""

    async def play(scene: Scene) -> Found:
        async def disturb(game: Game) -> None:
            for _ in range(scene.times):
                await game.goes_on(SOME)
                await fault(game)
                await game.goes_on(SOME)

        return await played(scene, disturb)

    return play


async def full(scene: Scene) -> Found:
    """Fill the disk, and free it a while later."""
    disk = scene.folder / "disk"
    disk.mkdir()
    with _small_disk(disk) as real:
        return await _now_and_then(_filled if real else _not_a_byte_more)(scene)


@contextmanager
def _small_disk(folder: Path) -> Iterator[bool]:
    """Put a small disk of its own below a folder, where that is allowed; tell whether it was."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    command = [str(mount), "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)]
    if (
        not (mount and umount)
        or subprocess.run(command, check=False, capture_output=True).returncode  # noqa: S603 - our own folder
    ):
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run([umount, "--lazy", str(folder)], check=True)  # noqa: S603 - the same


async def _filled(game: Game) -> None:
    filler = game.it.bot.disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 10, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError as error:
                assert error.errno == errno.ENOSPC  # noqa: PT017 - anything else is our own fault
    await asyncio.sleep(SPELL)
    filler.unlink()


async def _not_a_byte_more(game: Game) -> None:
    """Let no file of the process grow, its log included: what needs no rights."""
    pid = game.it.bot.pid
    assert pid is not None
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard))
    await asyncio.sleep(SPELL)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, hard))


async def _read_only(game: Game) -> None:
    async with switch(game.it, "readonly"):
        await asyncio.sleep(SPELL)


def _locked(seconds: float) -> Callable[[Game], Awaitable[None]]:
    async def fault(game: Game) -> None:
        """Hold a writer's lock, as another program or a curious operator would."""
        with closing(sqlite3.connect(game.it.bot.disk / "coach.db", isolation_level=None)) as other:
            other.execute("PRAGMA busy_timeout = 5000")
            other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            other.execute("ROLLBACK")

    return fault


locked_3_s = _now_and_then(_locked(3))
locked_30_s = _now_and_then(_locked(30))
read_only = _now_and_then(_read_only)


async def read_only_at_start(scene: Scene) -> Found:
    """Start the bot where it may only read; then, mended, once more."""
    async with world(scene.folder, scene.wrong) as it:
        await it.bot.start()
        players = seated(scene, it, 1)
        for _ in range(SOME):
            await players[0].turn()
        await it.people.settled()
        await it.bot.end()
        faults = []
        for _ in range(scene.times):
            with _only_readable(it.bot.disk):
                heard = len(it.bot.complained())
                it.bot.begin(OBEY="1")
                await players[0].people.send(players[0].user, "/clients")
                try:
                    code = await it.bot.over(scene.patience)
                except TimeoutError:
                    code = 0
                    await it.bot.kill()
            lines = it.bot.complained()[heard:].splitlines()
            if code != CONFIG or len(lines) != 1 or "coach.db" not in lines[0]:
                faults.append(f"ended with {code}: {lines}")
        await it.bot.start()
        await it.people.settled()
        return await compared_after(it, players, faults)


@contextmanager
def _only_readable(folder: Path) -> Iterator[None]:
    everything = [folder, *folder.iterdir()]
    modes = [each.stat().st_mode for each in everything]
    for each, mode in zip(everything, modes, strict=True):
        each.chmod(mode & 0o555)
    try:
        yield
    finally:
        for each, mode in zip(everything, modes, strict=True):
            if each.exists():
                each.chmod(mode)
