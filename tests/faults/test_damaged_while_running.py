"""A database that is found damaged while it serves ends the bot with one line."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.exits import CONFIG
from tests.faults.world import until, world

PAGE = 4096


def damage(file: Path) -> None:
    """Spoil the pages behind the schema, as a failing disk may."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as raw:
        query = "SELECT min(rootpage) FROM sqlite_master WHERE name = 'clients'"
        ((first,),) = raw.execute(query)
    with file.open("r+b") as held:
        held.seek((first - 1) * PAGE)
        held.write(b"\xa5" * (file.stat().st_size - held.tell()))


async def test_a_bot_whose_database_is_damaged_ends_and_tells_nobody_a_wrong_thing(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as it:
        await it.bot.start()
        for person in range(1, 30):
            await it.people.send(person, "/newclient Вектор " + "слово " * 60)
        await it.people.settled()
        await it.bot.end()
        await it.bot.start()  # nothing of it is in the memory of the process
        before = [len(await it.people.screens(person)) for person in range(1, 30)]
        damage(it.bot.disk / "coach.db")

        async def over() -> bool:
            for person in range(1, 30):
                await it.people.send(person, "/clients")
            return it.bot.exit_code() is not None

        await until(over)
        assert it.bot.exit_code() == CONFIG
        last = it.bot.complained().strip().splitlines()[-1]
        assert "restore a backup" in last
        after = [await it.people.screens(person) for person in range(1, 30)]
        news = [
            each["text"]
            for count, screens in zip(before, after, strict=True)
            for each in screens[count:]
        ]
        assert not [text for text in news if "Не получилось" in text], news
