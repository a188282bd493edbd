"""Telegram and the network fail: refusals, lost answers, slowness, nothing at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.exits import CONFIG
from bot.serve.parking import TRIES
from tests.faults.games import Game, Scene, compared_after, ended, played, seated
from tests.faults.players import BY_TAP, FACT, NOTE, TEAM, Found
from tests.faults.world import Json, until, world

SOME = 10
AT_FIRST = 2
"""Calls for updates that a storm refuses."""
SPELL = 3.0
"""Seconds without a network, and of refusals at least."""
PLAYERS = 8
REFUSED = PLAYERS * (TRIES - 1) + 1
"""Calls after which somebody has been refused as often as anybody tries who waits for nothing."""
FOREVER = 1_000_000
CALLS = ("sendMessage", "editMessageText", "answerCallbackQuery", "deleteMessage")
"""What an answer is made of."""
CHATS = ("sendMessage", "editMessageText", "deleteMessage")
CUT = (*CHATS, "answerCallbackQuery", "getUpdates")
SLOW = 3.0
"""Seconds that a slow Telegram takes for a call."""
TOO_LATE = 40.0
"""Seconds within which 12 people, two calls each, must have had their answer."""


def _storm(*faults: Json) -> Callable[[Scene], Awaitable[Found]]:
    """Return a play in which every call fails for a while, in these ways by turns.

    The calls for updates fail only at first, so that there is something to answer all the time. It
    is over only when somebody was refused so often that who waits for nothing has given up.
    """

    async def play(scene: Scene) -> Found:
        async def disturb(game: Game) -> None:
            people = game.it.people

            async def worn_out() -> bool:
                return int((await people.state())["struck"]) >= AT_FIRST + REFUSED

            for at in range(scene.times):
                await game.goes_on(SOME)
                fault = faults[at % len(faults)]
                await people.faults(
                    {"method": "getUpdates", "times": AT_FIRST} | fault,
                    *({"method": each, "times": FOREVER} | fault for each in CALLS),
                )
                await asyncio.sleep(SPELL)
                await until(worn_out)
                await people.faults()
                await game.goes_on(SOME)

        return await played(scene, disturb, players=PLAYERS)

    return play


too_many_requests = _storm({"kind": "429", "retry_after": 1})
broken = _storm({"kind": "500"}, {"kind": "page"})


async def lost_answers(scene: Scene) -> Found:
    """Let calls be carried out and their answers be lost, here and there.

    Never twice running for one message: nobody knows of a message whose sending was not answered,
    so it stays, and who looks at the last message only would look at that one.
    """

    async def disturb(game: Game) -> None:
        for at in range(scene.times):
            await game.goes_on(SOME)
            # What is said twice is doubled by a bot that forgets; most of the rest is not.
            cut = {"kind": "cut", "method": CUT[0 if scene.wrong else at % len(CUT)]}
            of_chat = cut["method"] in CHATS
            users = [(3 * at + each) % 8 + 1 for each in range(3)]  # others than the time before
            chats = [{"chat_id": user} for user in users] if of_chat else [{}]
            await game.it.people.faults(*(cut | chat for chat in chats))
        await game.goes_on(SOME)

    topics = (FACT,) if scene.wrong else (FACT, NOTE, TEAM)
    return await played(scene, disturb, topics=topics, often=0.2)


async def slow(scene: Scene) -> Found:
    """Let every call take seconds; nobody may wait for somebody else's."""
    async with world(scene.folder, scene.wrong) as it:
        await it.bot.start()
        players = seated(scene, it, 12, BY_TAP)
        await asyncio.gather(*(player.turn() for player in players))
        await it.people.settled()
        game = Game(scene, it, players)
        await it.people.faults({"kind": "delay", "delay": SLOW, "times": FOREVER})
        for _ in range(scene.times):
            try:
                async with asyncio.timeout(TOO_LATE):
                    await asyncio.gather(*(player.turn("team") for player in players))
            except TimeoutError:
                game.faults.append("somebody had to wait for the others")
                break
        await it.people.faults()
        return await ended(game)


async def none_at_start(scene: Scene) -> Found:
    """Start the bot before there is a network, while people write already."""
    async with world(scene.folder, scene.wrong) as it:
        players = seated(scene, it, 8, BY_TAP)
        faults = []
        for _ in range(scene.times):
            turns = [asyncio.create_task(player.turn("fact")) for player in players]
            async with _wire(it.address) as (address, connect):
                it.bot.settings["BOT_API_URL"] = address
                it.bot.begin()
                await asyncio.sleep(SPELL)
                await connect()
                _, waiting = await asyncio.wait(turns, timeout=scene.patience)
                for turn in waiting:
                    turn.cancel()
                faults += [f"no answer: {it.bot.complained()[-300:]}" for _ in waiting]
                if it.bot.runs:
                    await it.people.settled()
                    await it.bot.end()
            if waiting:
                break
        it.bot.settings["BOT_API_URL"] = it.address
        await it.bot.start()
        return await compared_after(it, players, faults)


@asynccontextmanager
async def _wire(to: str) -> AsyncIterator[tuple[str, Callable[[], Awaitable[None]]]]:
    """Give an address where nobody listens, and what joins it to where somebody does."""
    host, _, port = to.removeprefix("http://").partition(":")

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(1 << 16):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(host, int(port))
        await asyncio.gather(carry(reader, back), carry(there, writer))

    server = await asyncio.start_server(joined, "127.0.0.1", 0)
    at = server.sockets[0].getsockname()[1]
    server.close()
    opened: list[asyncio.Server] = []

    async def connect() -> None:
        opened.append(await asyncio.start_server(joined, "127.0.0.1", at))

    try:
        yield f"http://127.0.0.1:{at}", connect
    finally:
        for each in opened:
            each.close()


async def revoked(scene: Scene) -> Found:
    """Take the token away while people write; with the new one all is answered."""
    async with world(scene.folder, scene.wrong) as it:
        players = seated(scene, it, 8, BY_TAP)
        faults = []
        for _ in range(scene.times):
            await it.bot.start()
            await asyncio.gather(*(player.turn("fact") for player in players))
            await it.people.settled()
            heard = len(it.bot.complained())
            await it.people.faults({"kind": "401", "times": FOREVER})
            turns = [asyncio.create_task(player.turn("team")) for player in players]
            try:
                code = await it.bot.over(scene.patience)
            except TimeoutError:
                code = 0
                await it.bot.kill()
            lines = it.bot.complained()[heard:].splitlines()
            if code != CONFIG or not lines or not lines[-1].startswith("BOT_TOKEN: "):
                faults.append(f"ended with {code}: {lines[-3:]}")
            await it.people.faults()
            await it.bot.start()
            await asyncio.gather(*turns)
            await it.people.settled()
            await it.bot.end()
        await it.bot.start()
        return await compared_after(it, players, faults)
