"""Back to a moment, as ``docs/operations.md`` says it, on a server of PostgreSQL made for that."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage.opening import open_storage
from storage.protocols import Storage
from storage.records import Owner, UpdateId
from tests.fleet.world import free_ports
from tests.storage.example import ANNA, BORIS, fill

pytestmark = pytest.mark.postgres

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
SECTION = PAGE.partition("### Copies, and a point in time")[2].partition("\n## ")[0]


def said(pattern: str) -> list[str]:
    """Return the lines of the page's recipes that begin so."""
    return re.findall(rf"^(?:{pattern}).*$", SECTION, re.MULTILINE)


class Cluster:
    """A server with its archive and its copies, for as long as the test."""

    def __init__(self, folder: Path) -> None:
        """Take a folder that the user of the server may enter."""
        self.folder = folder
        (self.port,) = free_ports(1)
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs, which refuse to be run by root."""
        user = ("runuser", "-u", "postgres", "--") if os.getuid() == 0 else ()
        path = str(PROGRAMS[-1].with_name(program)) if "/" not in program else program
        subprocess.run(  # noqa: S603 - our own
            [*user, path, *arguments], cwd=self.folder, check=True, stdout=subprocess.DEVNULL
        )

    def here(self, line: str) -> str:
        """Return a line of the page with the folders of this test in the place of its own."""
        return line.replace("/archive/", f"{self.folder}/archive/").replace(
            "/copies/", f"{self.folder}/copies/"
        )

    def set(self, data: str, *lines: str) -> None:
        """Add to the settings."""
        with (self.folder / data / "postgresql.conf").open("a") as file:
            file.write("".join(f"{self.here(line)}\n" for line in lines))

    def start(self, data: str) -> None:
        self.run("pg_ctl", "-D", data, "-w", "-l", f"{data}.log", "-o", self._options, "start")

    def stop(self, data: str) -> None:
        self.run("pg_ctl", "-D", data, "-w", "-m", "fast", "stop")

    @property
    def _options(self) -> str:
        return f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"

    def copy(self) -> None:
        """Take the base copy."""
        (line,) = said("pg_basebackup ")
        program, *arguments = self.here(line).replace("=host", "=127.0.0.1").split()
        self.run(program, *arguments, f"--port={self.port}")

    def go_back(self, name: str, moment: str) -> None:
        """Start what comes of the base copy at a moment, under another name."""
        self.run("/bin/cp", "-a", "copies/base", name)
        (line,) = said("recovery_target_time ")
        others = said("restore_command|recovery_target_(?!time )")
        self.set(name, *others, re.sub("'.*'", f"'{moment}'", line))
        self.run("/bin/touch", f"{name}/recovery.signal")
        self.start(name)
        while self.ask("SELECT pg_is_in_recovery()", "postgres") == [(True,)]:
            time.sleep(0.1)

    def ask(self, query: str, name: str = "coach") -> list[tuple[Any, ...]]:
        with psycopg.connect(f"{self.url}/{name}", autocommit=True) as raw:
            found = raw.execute(query.encode())
            return found.fetchall() if found.description else []

    def holds(self) -> dict[str, tuple[Any, ...]]:
        """Return the number of rows and a sum of each table, those of the keys too."""
        found = self.ask(
            "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname LIKE 'coach%'"
        )
        each = "SELECT count(*), md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM"
        return {name: self.ask(f"{each} {name} AS t")[0] for (name,) in found}


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    if not PROGRAMS:
        pytest.skip("no programs of a PostgreSQL server; on Debian and Ubuntu: postgresql")
    folder = Path(tempfile.mkdtemp())
    it = Cluster(folder)
    try:
        folder.chmod(0o755)
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        it.run("/bin/mkdir", "archive", "copies")
        it.run("initdb", "--pgdata=data", "--username=postgres", "--auth=trust", "--no-sync")
        it.set("data", *said("archive_"))
        it.start("data")
        (made,) = re.findall("`(CREATE DATABASE .*?)`", PAGE)
        it.ask(made, "postgres")
        yield it
    finally:
        for each in folder.glob("*/postmaster.pid"):
            it.run("pg_ctl", "-D", each.parent.name, "-m", "immediate", "stop")
        shutil.rmtree(folder)


async def writing(storage: Storage, now: datetime, turn: asyncio.Lock) -> None:
    """Write as people do, whenever it is the turn."""
    for number in count(1):
        owner = Owner(1_000 + number % 40)
        async with turn:
            await storage.write(lambda memory, it=number: memory.updates.note(UpdateId(it), now)())  # type: ignore[misc]  # mypy cannot infer the default
            if number < 40:
                await storage.write(lambda memory, it=owner: fill(memory, it, now, f"слова {it}"))  # type: ignore[misc]  # the same
        await asyncio.sleep(0.01)


async def test_back_to_a_moment_and_from_there_to_another(
    cluster: Cluster, folder: Path, now: datetime
) -> None:
    key = folder / "master.key"

    async def opened() -> Storage:
        return await open_storage(f"{cluster.url}/coach", key, now=now)

    async def held() -> tuple[str, dict[str, tuple[Any, ...]]]:
        """Return the moment, and what is there, while nobody writes."""
        async with turn:
            found = cluster.holds()
            ((moment,),) = cluster.ask("SELECT now()::text")
            await asyncio.sleep(0.1)
        return moment, found

    storage, turn = await opened(), asyncio.Lock()
    for each in (ANNA, BORIS):
        await storage.write(lambda memory, it=each: fill(memory, it, now))  # type: ignore[misc]  # mypy cannot infer the default
    before = await storage.write(lambda memory: memory.of(ANNA).export())
    writer = asyncio.create_task(writing(storage, now, turn))
    await asyncio.to_thread(cluster.copy)
    first = await held()
    await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
    second = await held()
    writer.cancel()
    await asyncio.gather(writer, return_exceptions=True)
    await storage.close()
    cluster.ask("DROP TABLE coach.people CASCADE")
    cluster.stop("data")

    cluster.go_back("one", first[0])
    assert cluster.holds() == first[1]
    storage = await opened()
    assert await storage.write(lambda memory: memory.of(ANNA).export()) == before
    await storage.close()
    cluster.stop("one")

    cluster.go_back("two", second[0])
    assert cluster.holds() == second[1]
    assert cluster.ask("SELECT count(*) FROM coach_keys.erased") == [(1,)]
    assert cluster.ask("SELECT owner FROM coach.people WHERE owner < 1000") == [(BORIS,)]
