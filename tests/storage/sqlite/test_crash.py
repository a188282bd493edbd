from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import storage as package
from storage.records import Export, Owner
from storage.rows.memory import Memory
from tests.storage.conftest import Opening
from tests.storage.sqlite import crash_writer

ROOT = Path(package.__file__).parent.parent


def write_and_kill(folder: Path, after: int) -> set[tuple[int, int]]:
    """Kill the writer at its ``after``-th acknowledgement; return all that it gave."""
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, crash_writer.__file__, str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(after)]
        writer.kill()
        lines += writer.stdout.readlines()
    pairs = [line.split() for line in lines if line.endswith("\n")]
    return {(int(owner), int(number)) for owner, number in pairs}


def export_all(memory: Memory) -> dict[int, Export]:
    writers = range(1, crash_writer.WRITERS + 1)
    return {owner: memory.of(Owner(owner)).export() for owner in writers}


# Invariant I1.
async def test_a_killed_process_loses_no_acknowledged_write_and_keeps_no_half_step(
    opened: Opening, folder: Path
) -> None:
    acknowledged: set[tuple[int, int]] = set()
    for after in (1, 60, 333):
        given = write_and_kill(folder, after)
        assert len(given) >= after
        assert not given & acknowledged, "a number was given twice"
        acknowledged |= given

        async with opened() as storage:
            exports = await storage.write(export_all)
        for owner, export in exports.items():
            assert {client.name for client in export.clients} <= {f"клиент {owner}"}
            stored = [client.number for client in export.clients]
            assert {number for who, number in acknowledged if who == owner} <= set(stored)
            assert stored == [assessment.client for assessment in export.assessments]
