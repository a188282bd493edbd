"""Who has erased everything stays erased, however slow the answer to that was."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.operate.clock import SystemClock
from handlers.account.buttons import EraseNow
from storage.secrets.keys import NOBODY
from storage.sqlite.backup import back_up, restore
from storage.sqlite.files import Files
from tests.faults.world import World, world

LOOKER = 5
FAULTS: dict[str, list[dict[str, Any]]] = {
    "no fault": [],
    "an answer of 3 s": [
        {"method": "answerCallbackQuery", "kind": "delay", "delay": 3, "times": 1}
    ],
    "429 for 4 s": [{"method": "answerCallbackQuery", "kind": "429", "retry_after": 4, "times": 1}],
    "500 three times": [{"method": "editMessageText", "kind": "500", "times": 3}],
}


def files(it: World) -> Files:
    disk = it.bot.disk
    return Files(disk / "coach.db", disk / "keys.db", disk / "coach.key")


def keys(it: World) -> set[int]:
    """Return who has a key."""
    with closing(sqlite3.connect(files(it).keys)) as raw:
        return {owner for (owner,) in raw.execute("SELECT owner FROM wrapped_keys")}


async def everybody_erases(
    it: World, people: list[int], faults: list[dict[str, Any]]
) -> tuple[set[int], int, int]:
    """Let people store something, copy it, let them erase it; return keys, restored, dropped."""
    copy = it.folder / "copy.db"
    await it.bot.start()
    for person in people:
        await it.people.send(person, "/newclient Канарейка")
    await it.people.settled()
    await asyncio.to_thread(back_up, files(it).data, copy)
    for person in people:
        await it.people.send(person, "/delete")
    await it.people.settled()
    await it.people.faults(*faults)
    await asyncio.gather(*(it.people.tap(person, EraseNow().pack()) for person in people))
    await asyncio.sleep(1)  # for what is parked after two seconds, and forgotten later
    await it.people.settled()
    await it.bot.end()
    left = keys(it) - {NOBODY}
    done = await asyncio.to_thread(restore, files(it), copy, SystemClock().now())
    return left, done.people, done.dropped


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_erasure_is_not_undone_by_its_slow_answer(tmp_path: Path, fault: str) -> None:
    async with world(tmp_path) as it:
        assert await everybody_erases(it, [7], FAULTS[fault]) == (set(), 0, 1)


def slow_answers(people: int) -> list[dict[str, Any]]:
    chance = random.Random(3)  # noqa: S311 - repeatable
    return [
        {
            "method": "answerCallbackQuery",
            "kind": "delay",
            "delay": chance.uniform(0.8, 2.1),
            "times": 1,
        }
        for _ in range(people)
    ]


@pytest.mark.campaign
async def test_none_of_eighty_people_comes_back(tmp_path: Path) -> None:
    people = list(range(100, 180))
    async with world(tmp_path) as it:
        assert await everybody_erases(it, people, slow_answers(80)) == (set(), 0, 80)


async def test_a_coach_that_makes_keys_for_anybody_is_caught(tmp_path: Path) -> None:
    async with world(tmp_path, "makes keys for anybody") as it:
        left, *_ = await everybody_erases(it, [7], FAULTS["an answer of 3 s"])
        assert left == {7}


async def test_who_only_looks_around_while_telegram_is_slow_leaves_no_key(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        await it.bot.start()
        slow = {"method": "sendMessage", "kind": "delay", "delay": 3, "times": 1}
        await it.people.faults(slow)
        await it.people.send(LOOKER, "/start")
        await it.people.settled()
        await it.bot.end()
        assert LOOKER not in keys(it)
