"""What an operator does with the data and the keys, as processes beside the running bot."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import exits
from bot.cli import main
from bot.operate.clock import SystemClock
from storage.opening import open_storage
from storage.protocols import Storage
from storage.secrets.sealed import SEALED
from tests.faults.world import DISK, VARIABLES, plain
from tests.storage.example import ANNA, BORIS, fill, mode, read, write

# A real bot with the real clock looks after these rows: they are as old as the test.
NOW = SystemClock().now()
DATABASE = "sqlite:///data/coach.db"
MASTER = Path("data/master.key")
TAKEN = "another process works with data/coach.db; stop it first\n"


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give an empty working folder, and settings that name the database."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", DATABASE)
    folder = tmp_path / DISK
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


class Operator:
    """Types commands: this process is another one than the bot's."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    async def types(self, *arguments: str) -> tuple[int, str, str]:
        """Return the exit code of a command, what it says, what it complains of."""
        self._capsys.readouterr()
        code = await asyncio.to_thread(main, arguments)
        out, err = self._capsys.readouterr()
        return code, out, err


@pytest.fixture
def operator(capsys: pytest.CaptureFixture[str]) -> Operator:
    return Operator(capsys)


@asynccontextmanager
async def serving(**settings: str) -> AsyncIterator[list[str]]:
    """Let a bot serve the local chat; gives the lines it began with."""
    process = plain("run", DATABASE_URL=DATABASE, **settings)
    line = await process.start()
    lines = [line]
    try:
        assert "local chat at" in line
        yield lines
    finally:
        code = await process.end()
        lines += [*process.said().splitlines()[1:], *process.complained().splitlines()]
    assert code == exits.OK, lines


async def opened() -> Storage:
    return await open_storage(DATABASE, MASTER, now=NOW)


async def filled() -> None:
    storage = await opened()
    await storage.write(lambda memory: fill(memory, ANNA, NOW))
    await storage.write(lambda memory: fill(memory, BORIS, NOW))
    # What waits in the example is no update.
    waiting = await storage.write(lambda memory: memory.updates.parked())
    await storage.write(lambda memory: memory.updates.done([each.update_id for each in waiting]))
    await storage.close()


async def names() -> dict[int, list[str]]:
    storage = await opened()
    try:
        return await storage.write(
            lambda memory: {
                owner: [client.name for client in memory.of(owner).clients.list()]
                for owner in (ANNA, BORIS)
            }
        )
    finally:
        await storage.close()


async def test_a_backup_is_made_while_the_bot_runs_and_put_back_when_it_does_not(
    operator: Operator,
) -> None:
    await filled()
    async with serving():
        assert (await operator.types("backup", "copy.db"))[0] == exits.OK
        assert (await operator.types("backup", "--keys", "copy-keys.db"))[0] == exits.OK
        storage = await opened()
        await storage.write(lambda memory: memory.of(ANNA).people.erase(NOW))
        await storage.write(lambda memory: memory.of(BORIS).clients.add("после", NOW))
        await storage.close()
        assert await operator.types("restore", "copy.db") == (exits.TEMPORARY, "", TAKEN)
        second = plain("run", DATABASE_URL=DATABASE)
        second.begin()
        assert await second.over() == exits.TEMPORARY
        assert (second.said(), second.complained()) == ("", TAKEN)
        assert (await operator.types("put-aside", "list"))[0] == exits.OK
    assert mode(Path("copy.db")) == mode(Path("copy-keys.db")) == 0o600

    code, out, _ = await operator.types("restore", "copy.db")
    assert code == exits.OK
    assert "1 people are there again" in out
    assert "1 had erased everything since: dropped" in out
    assert re.search(r"data/coach\.db\.\d{8}-\d{6}: the data that were there before", out)
    assert await names() == {ANNA: [], BORIS: ["слова"]}


async def test_keys_are_changed_while_the_bot_runs(operator: Operator) -> None:
    await filled()
    before = read(MASTER)
    async with serving() as lines:
        code, out, _ = await operator.types("rotate-keys")
        assert code == exits.OK
        texts = 2 * (len(SEALED) - 1)  # each has all but the update that waits
        assert f"2 people have new keys, {texts} texts are sealed anew" in out
        assert "COPY THE DATA AND THE KEYS NOW" in out
        code, out, _ = await operator.types("rotate-master")
        assert code == exits.OK
        assert "BACK UP data/master.key NOW" in out
    assert read(MASTER) != before
    assert await names() == {ANNA: ["слова"], BORIS: ["слова"]}
    assert not any("MASTER KEY" in line or "OFF" in line for line in lines)


async def test_a_new_master_key_and_a_missing_encryption_are_told_loudly() -> None:
    async with serving(ENCRYPTION="off") as lines:
        pass
    for line in ("A NEW MASTER KEY was made: data/master.key. Back it up now", "encryption is OFF"):
        assert sum(line in each for each in lines) == 2, "once printed, once in the log"


async def test_texts_are_sealed_again_by_a_rotation(operator: Operator) -> None:
    storage = await open_storage(DATABASE, MASTER, now=NOW, sealing=False)
    await storage.write(lambda memory: fill(memory, ANNA, NOW))
    await storage.close()
    code, out, _ = await operator.types("rotate-keys")
    assert (code, f"{len(SEALED)} texts" in out) == (exits.OK, True)
    assert (await names())[ANNA] == ["слова"]
    assert "слова".encode() not in read(Path("data/coach.db"))


@pytest.mark.parametrize("permissions", [0o640, 0o604])
async def test_a_master_key_that_others_can_read_is_refused_by_every_command(
    operator: Operator, permissions: int
) -> None:
    await filled()
    assert (await operator.types("backup", "copy.db"))[0] == exits.OK
    os.chmod(MASTER, permissions)  # noqa: PTH101 - a coroutine may not call it on a path
    why = "the master key can be read by others: chmod 600 data/master.key\n"
    for command in (("rotate-keys",), ("rotate-master",), ("restore", "copy.db")):
        assert await operator.types(*command) == (exits.CONFIG, "", why)


async def test_what_cannot_be_done_is_one_line(operator: Operator) -> None:
    no_data = (exits.CONFIG, "", "there is no data/coach.db\n")
    for command in (("backup", "copy.db"), ("rotate-keys",), ("rotate-master",)):
        assert await operator.types(*command) == no_data
    no_file = (exits.NO_INPUT, "", "copy.db: there is no such file\n")
    assert await operator.types("restore", "copy.db") == no_file
    await filled()
    write(Path("letter.db"), b"a letter, not a database\n" * 100)
    code, _, line = await operator.types("restore", "letter.db")
    assert (code, line.count("\n")) == (exits.CONFIG, 1)
    assert line.startswith("letter.db: file is not a database")
    nowhere = (exits.CONFIG, "", "nowhere/copy.db: No such file or directory\n")
    assert await operator.types("backup", "nowhere/copy.db") == nowhere
    assert await names() == {ANNA: ["слова"], BORIS: ["слова"]}


async def test_keys_are_copied_beside_the_copy_also_where_no_database_is_set(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled()
    monkeypatch.delenv("DATABASE_URL")
    other = "sqlite:///other/coach.db"
    code, said, _ = await operator.types("copy", "--from", DATABASE, "--to", other)
    assert (code, "2 people" in said) == (exits.OK, True)
    assert names_of_files("other") >= {"coach.db", "keys.db"}
    assert "local-keys.db" not in names_of_files("data")


def names_of_files(folder: str) -> set[str]:
    return {each.name for each in Path(folder).iterdir()}


@pytest.mark.parametrize(
    "command",
    [
        "rotate-keys",
        "rotate-master",
        "outcomes",
        "copy --from postgresql://a/b --to sqlite:///a.db",
    ],
)
async def test_without_the_driver_of_postgresql_every_command_says_what_installs_it(
    command: str, operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://a/b")
    for module in ("engine", "copying", "rotation"):
        monkeypatch.setitem(sys.modules, f"storage.postgres.{module}", None)
    code, said, why = await operator.types(*command.split())
    assert (code, said, why.count("\n")) == (exits.CONFIG, "", 1)
    assert "requirements-postgres.lock" in why
