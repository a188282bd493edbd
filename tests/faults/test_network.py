"""The bot beside a Telegram and a network that fail, all over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.exits import OK
from bot.operate.clock import SystemClock
from storage.records import Owner
from tests.bot.telegram.proxies import Plain, running
from tests.faults.world import People, World, until, world

CLOCK = SystemClock()
PER_SECOND = 60
"""What a crowd types: about a third of what the bot answers on one core."""
SOON = timedelta(seconds=1)
FOREVER = 1_000_000


@pytest.fixture
async def it(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as opened:
        yield opened


async def say(people: People, users: Iterable[int], text: str) -> dict[int, datetime]:
    """Let everybody type a text, evenly in time; return when each did."""
    said = {}
    for user in users:
        said[user] = CLOCK.now()
        await people.send(user, text)
        await asyncio.sleep(1 / PER_SECOND)
    return said


async def answers(people: People, users: Iterable[int]) -> dict[int, list[datetime]]:
    """Return when the bot's messages reached each person."""
    found: dict[int, list[datetime]] = {user: [] for user in users}
    for call in await people.journal():
        user = call["params"].get("chat_id")
        if call["method"] == "sendMessage" and call["refusal"] is None and user in found:
            found[user].append(datetime.fromisoformat(call["at"]))
    return found


async def waits(people: People, said: dict[int, datetime]) -> Sequence[timedelta]:
    """Return how long each person waited for the first answer, the shortest first."""
    found = await answers(people, said)
    unanswered = [user for user in said if not found[user]]
    assert unanswered == []
    return sorted(found[user][0] - said[user] for user in said)


async def counts(people: People, users: Iterable[int]) -> dict[int, int]:
    """Return how many messages of the bot reached each person."""
    return {user: len(moments) for user, moments in (await answers(people, users)).items()}


async def clients(it: World, users: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of everybody's clients."""
    async with it.memory() as storage:
        return await storage.write(
            lambda memory: {
                user: tuple(client.name for client in memory.of(Owner(user)).clients.list())
                for user in users
            }
        )


async def test_one_stuck_chat_among_400_makes_nobody_else_wait(it: World) -> None:
    await it.bot.start()
    stuck, *others = range(1, 401)
    await it.people.faults(
        {"kind": "delay", "delay": 60, "chat_id": stuck, "times": FOREVER},
    )
    await say(it.people, [stuck], "/start")
    said = await say(it.people, others, "/start")
    await it.people.settled()  # the stuck one's too: it is parked
    waited = await waits(it.people, said)
    assert waited[len(waited) * 95 // 100] < SOON
    assert (await answers(it.people, [stuck]))[stuck] == []
    assert (await it.people.state())["unanswered"] == []


async def test_what_telegram_refuses_for_a_while_is_answered_later_and_once(it: World) -> None:
    await it.people.faults({"kind": "500", "method": "getMe"}, {"kind": "page", "method": "getMe"})
    await it.bot.start()
    storm, broken, proxied, cut, *others = range(1, 31)
    await it.people.faults(
        {"kind": "429", "retry_after": 1, "chat_id": storm, "times": 3},
        {"kind": "500", "chat_id": broken, "times": 3},
        {"kind": "page", "chat_id": proxied, "times": 3},
        {"kind": "cut", "chat_id": cut},
        {"kind": "500", "method": "getUpdates"},
        {"kind": "page", "method": "getUpdates"},
    )
    await say(it.people, [storm, broken, proxied, cut], "/newclient")
    await asyncio.sleep(1)  # the getUpdates that fail are over
    said = await say(it.people, others, "/newclient")
    await it.people.settled()
    # What was cut off had reached the person, but the bot could not know.
    expected = {storm: 1, broken: 1, proxied: 1, cut: 2}

    async def all_answered() -> bool:
        return await counts(it.people, expected) == expected

    await until(all_answered, 15)
    assert (await waits(it.people, said))[-1] < SOON
    journal = await it.people.journal()
    refused = [call["refusal"]["error_code"] for call in journal if call["refusal"]]
    assert refused.count(429) == 3
    assert await it.bot.end() == OK
    assert await it.put_aside() == []


async def in_flight(it: World, delay: float) -> range:
    """Let 20 people type a client's name, and return when all the answers are on their way."""
    users = range(1, 21)

    async def under_way() -> bool:
        return bool((await it.people.state())["struck"] == len(users))

    await it.bot.start()
    await say(it.people, users, "/newclient")
    await it.people.settled()
    await it.people.faults({"kind": "delay", "delay": delay, "method": "sendMessage", "times": 20})
    await asyncio.gather(*(it.people.send(user, "Студия «Вектор»") for user in users))
    await until(under_way)
    return users


async def test_sigterm_with_20_in_flight_finishes_them(it: World) -> None:
    users = await in_flight(it, 1.5)
    assert await it.bot.end() == OK
    assert (await it.people.state())["unconfirmed"] == 0
    assert await counts(it.people, users) == dict.fromkeys(users, 2)
    assert await clients(it, users) == dict.fromkeys(users, ("Студия «Вектор»",))


@pytest.mark.campaign
async def test_sigterm_with_20_stuck_ones_leaves_them_for_the_next_start(it: World) -> None:
    users = await in_flight(it, 60)
    assert await it.bot.end() == OK
    assert (await it.people.state())["unconfirmed"] == 0
    await it.people.faults()
    await it.bot.start()

    async def all_answered() -> bool:
        return await counts(it.people, users) == dict.fromkeys(users, 2)

    await until(all_answered, 15)
    assert await it.bot.end() == OK
    assert await clients(it, users) == dict.fromkeys(users, ("Студия «Вектор»",))


async def test_a_second_reader_of_the_updates_is_named_and_nothing_is_lost(it: World) -> None:
    other = it.another_bot("other")
    try:
        await it.bot.start()
        await other.start()
        said = await say(it.people, range(1, 11), "/newclient")
        await it.people.settled()
        await waits(it.people, said)
        word = "another process reads this bot's updates; stop one of the two"

        async def said_so() -> bool:
            return word in it.bot.complained() + other.complained()

        await until(said_so, 15)
        assert await it.bot.end() == OK
    finally:
        assert await other.end() == OK


@pytest.mark.campaign
async def test_a_network_that_forgets_its_connections_makes_the_bot_deaf_for_40_seconds_at_most(
    it: World,
) -> None:
    wire = Plain(int(it.address.rpartition(":")[2]))
    async with running(wire) as port:
        it.bot.settings["BOT_API_URL"] = f"http://127.0.0.1:{port}"
        await it.bot.start()
        await asyncio.gather(*(it.people.send(user, "/start") for user in range(1, 21)))
        await it.people.settled()
        wire.freeze()
        said = await say(it.people, [21], "/start")

        async def answered() -> bool:
            return await counts(it.people, [21]) == {21: 1}

        await until(answered, 45)
        assert (await waits(it.people, said))[0] < timedelta(seconds=40)
        assert await it.bot.end() == OK
