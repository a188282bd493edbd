"""Updates, people and clocks that are not as they should be."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.operate.clock import SystemClock
from storage.records import Owner
from storage.rows.memory import Memory
from tests.faults.games import Game, Scene, ended, played, seated, switch
from tests.faults.players import BY_TAP, Found, Item, Player
from tests.faults.world import Json, World, world

SOME = 10
DAY = 24 * 60 * 60
BOT = {"id": 4242, "is_bot": True, "first_name": "Рабочий дневник"}
GROWTH = 48 << 20
"""Bytes that a backlog may add to the process at its highest."""
LONG = "слово " * 600
"""What makes an update of a backlog weigh something."""
LOW = 1000
"""Where the ids of updates begin again."""


async def poison(scene: Scene) -> Found:
    """Mix updates that nobody can read, or should not be there, with those of people."""
    strangers = range(10_000, 10_000 + scene.times)

    async def disturb(game: Game) -> None:
        life = game.it.bot.pid
        for number, stranger in enumerate(strangers, 1):
            await game.it.people.act(stranger, "raw", **_hostile(scene.chance, stranger))
            if number % 20 == 0:
                await game.goes_on(1)
        await game.goes_on(SOME)
        if game.it.bot.pid != life or not game.it.bot.runs:
            game.faults.append(f"the bot ended: {game.it.bot.complained()[-300:]}")

    return await played(scene, disturb)


def _hostile(chance: random.Random, user: int) -> Json:
    """Return one of many updates that no honest Telegram would send."""
    person = {"id": user, "is_bot": False, "first_name": "Имя", "language_code": "ru"}
    chat = {"id": user, "type": "private", "first_name": "Имя"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": "/start"}
    tap = {"id": "1", "from": person, "chat_instance": "1", "message": message, "data": "h"}
    member = {"user": BOT, "status": "member"}
    return chance.choice(
        (
            {},
            {"message": None},
            {"message": []},
            {"message": {}},
            {"message": "слова"},
            {"message": {**message, "chat": None}},
            {"message": {**message, "date": "вчера"}},
            {"message": {**message, "date": 1 << 70}},
            {"message": {**message, "date": -1}},
            {"message": {**message, "text": "\x00\ud800 a\u202eb" * 99}},
            {"message": {**message, "text": {"deep": [[[[[[]]]]]]}}},
            {"message": {**message, "from": {"id": "семь"}}},
            {"message": {**message, "entities": [{"type": "?", "offset": -5, "length": 1 << 40}]}},
            {"message": {**message, "forward_origin": {"type": "unheard of"}}},
            {"message": {**message, "message_id": 1 << 80}},
            {"message": {**message, "chat": {"id": -1, "type": "gathering"}}},
            {"message": {**message, "content_of_2031": {"a": 1}, "text": "/clients"}},
            {"message": {**message, "sticker": {"file_id": 5}}},
            {"callback_query": {}},
            {"callback_query": {**tap, "data": None, "message": None}},
            {"callback_query": {**tap, "data": "c:" + "9" * 60}},
            {"callback_query": {**tap, "data": "a:1:" + "ы" * 20 + ":often"}},
            {"callback_query": {**tap, "data": "\x00"}},
            {"callback_query": {**tap, "message": {"chat": chat, "message_id": 1, "date": 0}}},
            {"callback_query": {**tap, "from": None}},
            {"my_chat_member": {}},
            {
                "my_chat_member": {
                    "chat": {"id": -7, "type": "supergroup", "title": "Группа"},
                    "from": person,
                    "date": 1,
                    "old_chat_member": member,
                    "new_chat_member": {**member, "status": "emperor"},
                }
            },
            {"edited_message": {**message, "edit_date": "позже"}},
            {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel"}}},
            {"purchased_paid_media": {"from": person}},
            {"of_a_kind_to_come": {"chat": chat, "from": person}},
        )
    )


async def backlog(scene: Scene) -> Found:
    """Start with the queue that a day without the bot has left, five updates a person."""
    async with world(scene.folder, scene.wrong) as it:
        await it.bot.start()
        await _write(it, 1)
        await it.people.settled()
        before = _highest(it)
        await it.bot.end()
        everybody = range(2, scene.times // 5 + 2)
        for start in range(0, len(everybody), 50):
            await asyncio.gather(*(_write(it, user) for user in everybody[start : start + 50]))
        await it.bot.start()
        found = Found()
        try:
            await it.people.settled(scene.patience * 10)
        except TimeoutError:
            found.lost.append("not worked off in time")
        grown = _highest(it) - before
        if grown > GROWTH:
            found.lost.append(f"grew by {grown >> 20} MB")
        await it.bot.end()
        for user in everybody:
            if await it.people.screen(user) is None:
                found.lost.append(f"{user}: no answer")
        async with it.memory() as storage:
            names = {user: [f"Клиент {user}"] for user in everybody}
            await storage.write(lambda memory: _compare_names(found, memory, names))
        return found


async def _write(it: World, user: int) -> None:
    """Let a person write what five days bring."""
    await it.people.send(user, f"/newclient Клиент {user}")
    for _ in range(4):
        await it.people.send(user, f"/start {LONG}")


def _named(names: Sequence[str]) -> Counter[Item]:
    return Counter(("client", name) for name in names)


def _highest(it: World) -> int:
    """Return the most memory that the bot has had in this life, in bytes."""
    status = Path(f"/proc/{it.bot.pid}/status").read_text()
    kilobytes = status.partition("VmHWM:")[2].split()[0]
    return int(kilobytes) << 10


async def ids_again(scene: Scene) -> Found:
    """Let Telegram count from a lower number, as it does after a quiet week."""
    async with world(scene.folder, scene.wrong) as it:
        await it.bot.start()
        found = Found()
        names: dict[int, list[str]] = {user: [] for user in scene.people(8)}
        for again in range(scene.times):
            for user, said in names.items():
                said.append(f"Обычный {again}")
                await it.people.send(user, f"/newclient {said[-1]}")
            await it.people.settled()
            for at, (user, said) in enumerate(names.items()):
                said.append(f"Снова {again}")
                text = f"/newclient {said[-1]}"
                await it.people.act(user, "raw", **_typed(user, LOW * (again + 1) + at, text))
            await it.people.settled()
        if not it.bot.runs:
            found.lost.append(f"the bot ended: {it.bot.complained()[-300:]}")
        await it.bot.end()
        async with it.memory() as storage:
            await storage.write(lambda memory: _compare_names(found, memory, names))
        return found


def _compare_names(found: Found, memory: Memory, names: Mapping[int, Sequence[str]]) -> None:
    for user, said in names.items():
        kept = [each.name for each in memory.of(Owner(user)).clients.list()]
        found.compare(user, _named(said), _named(kept))


def _typed(user: int, update_id: int, text: str) -> Json:
    """Return the update of a typed command, by its id."""
    person = {"id": user, "is_bot": False, "first_name": "Игорь", "language_code": "ru"}
    chat = {"id": user, "type": "private", "first_name": "Игорь"}
    date = int(SystemClock().now().timestamp())
    message = {"message_id": update_id, "date": date, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": message}


async def blocked(scene: Scene) -> Found:
    """Let people block the bot while its answer is on the way, and come back later."""
    async with world(scene.folder, scene.wrong) as it:
        await it.bot.start()
        game = Game(scene, it, seated(scene, it, 8, BY_TAP))
        try:
            for _ in range(scene.times):
                for topic in ("fact", "team", "fact"):
                    await asyncio.gather(*(player.turn(topic) for player in game.players))
                await asyncio.gather(*(_leave_and_return(player) for player in game.players))
        except TimeoutError as why:
            game.faults.append(f"not played to the end: {why!r}")
        return await ended(game)


async def _leave_and_return(player: Player) -> None:
    """Say something, block at once, and look later what has become of it."""
    people = player.people
    before = player.screen
    await people.faults({"kind": "delay", "delay": 0.5, "times": 1000})
    words = f"Сказал и ушёл, {player.told}-й раз"
    player.ledger.facts.append(words)
    player.told += 1
    await people.send(player.user, f"/fact {words}")
    await people.act(player.user, "block")
    await people.faults()
    await people.settled()
    await people.act(player.user, "unblock")
    player.screen = before
    await player.say("/clients")
    await player.until_changed()


async def clock_jumps(scene: Scene) -> Found:
    """Set the machine's clock a day ahead or back, again and again."""

    async def disturb(game: Game) -> None:
        for _ in range(scene.times):
            await game.goes_on(SOME)
            async with switch(game.it, "clock", str(scene.chance.choice((DAY, -DAY)))):
                await game.goes_on(SOME)

    return await played(scene, disturb, topics=BY_TAP)
