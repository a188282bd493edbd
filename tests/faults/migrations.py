"""A database is migrated, and the process is killed at one statement after the other."""

from __future__ import annotations

import signal
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.faults.games import Scene
from tests.faults.players import Found
from tests.faults.world import OPEN, Program


async def killed(scene: Scene) -> Found:
    """Kill the first start at each statement of it, or at so many; the next start must finish."""
    whole = scene.folder / "whole"
    whole.mkdir()
    program = _program(whole)
    program.begin(POINTS_TO=str(whole / "points"))
    assert await program.over() == 0, program.complained()
    points = list(_each((whole / "points").read_text().splitlines()))
    if 0 < scene.times < len(points):
        points = scene.chance.sample(points, scene.times)
    found = Found(played=len(points))
    for number, (point, on) in enumerate(points):
        folder = scene.folder / str(number)
        folder.mkdir()
        program = _program(folder, scene.wrong)
        program.begin(KILL_AT=point, KILL_ON=str(on))
        ended = await program.over()
        # Without transactions some of the points are not there.
        if ended != -signal.SIGKILL and not scene.wrong:
            found.lost.append(f"{point} {on}: never reached")
        program.begin()
        if await program.over():
            found.lost.append(f"{point} {on}: {program.complained()[-200:]}")
        elif (there := _shape(folder)) != (wanted := _shape(whole)):
            found.lost += [f"{point} {on}: {each}" for each in wanted - there]
            found.doubled += [f"{point} {on}: {each}" for each in there - wanted]
    return found


def _each(names: list[str]) -> list[tuple[str, int]]:
    """Return every point with the time at which it is reached."""
    seen: Counter[str] = Counter()
    points = []
    for name in names:
        seen[name] += 1
        points.append((name, seen[name]))
    return points


def _program(folder: Path, wrong: str = "") -> Program:
    settings = {
        "DATABASE_URL": "sqlite:///coach.db",
        "MASTER_KEY_FILE": "coach.key",
        "WRONG": wrong,
    }
    return Program(folder, (OPEN,), settings)


def _shape(folder: Path) -> set[str]:
    """Return the shape of both databases, and which migrations they hold."""
    found = set()
    for name in ("coach.db", "keys.db"):
        with closing(sqlite3.connect(folder / "disk" / name)) as base:
            (sound,) = base.execute("PRAGMA integrity_check").fetchone()
            found.add(f"{name}: {sound}")
            for table, sql in base.execute("SELECT name, sql FROM sqlite_master"):
                found.add(f"{name}: {table}: {sql}")
            for (number,) in base.execute("SELECT number FROM migrations"):
                found.add(f"{name}: migration {number}")
    return found
