"""A release takes the former one's place while both serve: nothing is lost or out of order.

Where the history holds the former release, its own program runs here; in a shallow clone the
present one stands in for it, and ``tests/storage/test_former_release.py`` tells the rest.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import psycopg
import pytest

from bot.exits import OK
from tests.faults.nursery import ROOT
from tests.fleet.world import fleet, free_ports, listening_at, updates_of
from tests.former import in_history, recorded, unpack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fleet.world import Fleet

pytestmark = pytest.mark.postgres

COMMIT, KNOWN, _ = recorded()
AHEAD: Final = 999
"""A migration that neither knows."""
RUN: Final = "import sys; from tests.fleet.entry import main; sys.exit(main(sys.argv[1:]))"


@asynccontextmanager
async def former_release(it: Fleet, program: Path, folder: Path) -> AsyncIterator[None]:
    """Have a replica of the former release serve as well, started over the database as it is."""
    (port,) = free_ports(1)
    beside = it.replicas[0]
    shutil.copytree(beside.disk, folder)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with (folder / "former.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", RUN, "run"),
            cwd=folder,
            env={
                **kept,
                "PYTHONPATH": str(program),
                **beside.settings,
                "LISTEN": f"127.0.0.1:{port}",
            },
            stdout=log,
            stderr=log,
        )
    try:
        await listening_at(port)
        it.ports.append(port)
        yield
    finally:
        process.terminate()
        code = await process.wait()
    assert code == OK, (folder / "former.log").read_text()[-500:]


def expand(it: Fleet) -> None:
    """Add to the database as a still newer release would."""
    with psycopg.connect(it.url, autocommit=True) as raw:
        raw.execute("ALTER TABLE coach.people ADD COLUMN of_tomorrow text NOT NULL DEFAULT ''")
        raw.execute("CREATE TABLE coach.of_tomorrow (owner bigint PRIMARY KEY)")
        raw.execute("INSERT INTO coach.migrations VALUES (%s, 0, %s)", (AHEAD, KNOWN))


async def test_the_former_release_is_started_and_ended_beside_this_one(tmp_path: Path) -> None:
    program = ROOT
    if in_history(COMMIT):
        program = tmp_path / "program"
        program.mkdir()
        unpack(COMMIT, program)
    updates = updates_of(45, people=6, chance=random.Random(7))  # noqa: S311 - a test
    async with fleet(tmp_path, 1) as it:
        expand(it)
        async with former_release(it, program, tmp_path / "former"):
            await it.bring_all(updates[:30])
            bringing = asyncio.create_task(it.bring_all(updates[30:]))
        await bringing
        await it.settled(60)
        assert it.faults(updates) == []
        assert it.unanswered(updates) == 0
