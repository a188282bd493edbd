"""What an operator does with the data and the keys, besides serving."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.exits import NO_INPUT, USAGE, Leave, leaving
from bot.settings import Settings
from storage import copying
from storage.opening import of_postgres
from storage.protocols import Storage
from storage.secrets.keys import Rotated
from storage.sqlite import backup
from storage.sqlite.files import Files, files_of
from storage.sqlite.rotation import rotate_keys, rotate_master

Say = Callable[[str], None]


def back_up(settings: Settings, copy: Path, say: Say, *, keys: bool) -> None:
    """Copy the data, or with ``keys`` the people's keys, while the bot may be running."""
    with leaving():
        files = _files(settings)
        backup.back_up(files.keys if keys else files.data, copy)
    if keys:
        say(f"{copy}: the keys of the people. Keep it apart from {files.master}")
    else:
        say(f"{copy}: the data. The keys are not in it: copy them too, with backup --keys")


def restore(settings: Settings, copy: Path, now: datetime, say: Say) -> None:
    """Put a copy of the data in their place."""
    if not copy.exists():
        raise Leave(NO_INPUT, f"{copy}: there is no such file")
    with leaving():
        done = backup.restore(_files(settings), copy, now)
    say(f"{done.people} people are there again")
    say(f"{done.dropped} had erased everything since: dropped")
    if done.unreadable:
        say(
            f"{done.unreadable} texts do not open: sealed before a rotation of the keys, or"
            " damaged. They stay as they are"
        )
    if done.former:
        say(f"{done.former}: the data that were there before; delete them when all is well")


def copy(settings: Settings, source: str, target: str, now: datetime, say: Say) -> None:
    """Copy everything from one database to another, while nobody serves either."""
    if source == target:
        raise Leave(USAGE, "the two databases are the same")
    with (
        leaving(),
        _side(settings, source, now, new=False) as ours,
        _side(settings, target, now, new=True) as theirs,
    ):
        done = copying.copy(ours, theirs)
    again = ", ending a copy that was cut off" if done.resumed else ""
    say(f"{done.rows} rows of {done.people} people are there, compared with those here{again}")
    say("the same master key opens them: set DATABASE_URL and start")


def _side(
    settings: Settings, address: str, now: datetime, *, new: bool
) -> AbstractContextManager[copying.Side]:
    seconds = int(now.timestamp())
    if address.startswith("postgresql://"):
        side: AbstractContextManager[copying.Side]
        side = of_postgres("copying").postgres_side(address, seconds, new=new)
        return side
    # Whether the local chat would be served tells of the database that is set, and of no other one.
    keys_file = settings.keys_file if address == settings.database else None
    files = files_of(address, settings.master_key_file, keys_file)
    return copying.sqlite_side(files, seconds, new=new)


def change_master(settings: Settings, now: datetime, say: Say) -> None:
    """Change the master key, while the bot may be running."""
    if on_postgres(settings):
        _change_master_on_postgres(settings, now, say)
        return
    with leaving():
        files = _files(settings)
        done = rotate_master(files)
    say("a change that was cut off is finished" if done.resumed else "the master key is a new one")
    if done.damaged:
        say(f"{done.damaged} keys are damaged and stay as they are")
    say(f"BACK UP {files.master} NOW, and copy the keys anew: older copies need the former one")


def change_keys(settings: Settings, now: datetime, say: Say) -> None:
    """Change everybody's keys, while the bot may be running."""
    with leaving():
        if on_postgres(settings):
            done = asyncio.run(_change_keys_on_postgres(settings, now))
        else:
            done = rotate_keys(_files(settings), sealing=settings.encryption)
    again = ", ending what was cut off before" if done.resumed else ""
    say(f"{done.people} people have new keys, {done.texts} texts are sealed anew{again}")
    if done.left:
        say(f"{done.left} people keep older keys: something of theirs does not open")
    say("COPY THE DATA AND THE KEYS NOW: older copies of the data need older copies of the keys")


def on_postgres(settings: Settings) -> bool:
    """Tell which engine is set."""
    return settings.database.startswith("postgresql://")


async def _change_keys_on_postgres(settings: Settings, now: datetime) -> Rotated:
    async with _opened(settings, now) as storage:
        done: Rotated = await of_postgres("rotation").rotate_keys(storage)
        return done


def _change_master_on_postgres(settings: Settings, now: datetime, say: Say) -> None:
    async def change() -> int | None:
        async with _opened(settings, now) as storage:
            rotate = of_postgres("rotation").rotate_master
            damaged: int | None = await rotate(storage, settings.master_key_file)
            return damaged

    with leaving():
        damaged = asyncio.run(change())
    file = settings.master_key_file
    if damaged is None:
        say(f"{file}.new is made. Lay it beside {file} wherever a bot serves this database, then")
        say("call this once more")
        return
    say("the master key is a new one")
    if damaged:
        say(f"{damaged} keys are damaged and stay as they are")
    say(f"BACK UP {file} NOW; elsewhere move {file}.new into its place, too")


@asynccontextmanager
async def _opened(settings: Settings, now: datetime) -> AsyncIterator[Storage]:
    storage: Storage = await of_postgres("engine").open_postgres(
        settings.database, settings.master_key_file, now=now, sealing=settings.encryption
    )
    try:
        yield storage
    finally:
        await storage.close()


def _files(settings: Settings) -> Files:
    return files_of(settings.database, settings.master_key_file, settings.keys_file)
