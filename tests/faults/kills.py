"""Kill the bot at random moments of whole conversations and compare its memory with a ledger."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handlers.callbacks import Answer, Back, Judge, SetLastEffort, StartAssessment
from storage.records import Owner
from tests.faults.world import PATIENCE, Json, People, World, buttons, until, world

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aiogram.filters.callback_data import CallbackData

    from storage.protocols import Memory

PLAYERS = 8
LIFE = 10, 60
"""Answers that people give between the bot's start and the next kill, at least and at most."""
INSTANT = 0.03
"""Seconds between the last of these and the kill, at most: several answers' time."""
FOREVER = 3600.0
GRACE = 3.0
"""Seconds that a player of the control waits for an answer that will not come."""


@dataclass
class Entry:
    """One client in the ledger: what a person told the bot about them."""

    name: str
    answers: dict[str, str] = field(default_factory=dict)
    """Question → the option tapped last, in the order first answered."""
    judged: bool = False


@dataclass
class Player:
    """Adds a client, assesses them to the verdict, and begins anew, as fast as the bot answers."""

    people: People
    user: int
    chance: random.Random
    depth: str = "full"
    ledger: list[Entry] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """What the screens showed that they should not."""
    screen: Json | None = None
    _went_back: bool = False

    async def play(self, stop: asyncio.Event) -> None:
        """Play until told to stop; what was begun by then is answered."""
        while not stop.is_set():
            await self.turn()

    async def turn(self) -> None:
        """Do the next thing there is to do."""
        if not self.ledger or self.ledger[-1].judged:
            await self._add_client()
        else:
            await self._step(self.ledger[-1])

    @property
    def verdicts(self) -> int:
        """How many clients were assessed to the end."""
        return sum(entry.judged for entry in self.ledger)

    async def come_back(self) -> None:
        """Ask for the open assessment, as after any break, and note where it goes on."""
        if not self.ledger or self.ledger[-1].judged or not self.ledger[-1].answers:
            return
        await self.people.send(self.user, "/assess")
        await self._changed()
        await self._tap_main()
        self._went_back = False
        self._look_for_asked_again(self.ledger[-1])

    async def _add_client(self) -> None:
        entry = Entry(f"Клиент {len(self.ledger) + 1}")
        await self._send("/newclient")
        self.ledger.append(entry)
        await self._send(entry.name)
        while not (found := self._all(StartAssessment)):
            # After a kill the answers to the two texts may stand in the chat twice.
            await self._changed()
        await self._tap(next(each for each in found if each.endswith(self.depth)))

    async def _step(self, entry: Entry) -> None:
        answers = self._all(Answer)
        back = self._all(Back)
        if answers:
            self._look_for_asked_again(entry)
            if back and entry.answers and not self._went_back and self.chance.random() < 0.1:
                self._went_back = True
                await self._tap(back[0])
                return
            chosen = Answer.unpack(self.chance.choice(answers))
            self._went_back = False
            entry.answers[chosen.question] = chosen.option
            await self._tap(chosen.pack())
        elif judge := self._all(Judge):
            entry.judged = True
            await self._tap(judge[0])
        elif effort := self._all(SetLastEffort):
            await self._tap(effort[0])
        else:
            await self._tap_main()

    def _look_for_asked_again(self, entry: Entry) -> None:
        asked = {Answer.unpack(each).question for each in self._all(Answer)}
        if not self._went_back and asked & entry.answers.keys():
            self.faults.append(f"{self.user}: asked again: {asked}")

    async def _send(self, text: str) -> None:
        await self.people.send(self.user, text)
        await self._changed()

    async def _tap(self, data: str) -> None:
        await self.people.tap(self.user, data)
        await self._changed()

    async def _tap_main(self) -> None:
        main = [each for each in buttons(self._seen) if each.get("style") == "primary"]
        await self._tap(main[0]["callback_data"])

    async def _changed(self) -> None:
        """Wait for an answer, however often the bot is killed meanwhile."""
        self.screen = await self.people.changed(self.user, self.screen, FOREVER)

    @property
    def _seen(self) -> Json:
        assert self.screen is not None
        return self.screen

    def _all(self, form: type[CallbackData]) -> list[str]:
        """Return the data of the screen's buttons of one form."""
        data = [str(each["callback_data"]) for each in buttons(self._seen)]
        return [each for each in data if each.split(":")[0] == form.__prefix__]


@dataclass(frozen=True)
class Report:
    """What a campaign came to."""

    told: int
    """Answers in the ledger."""
    differences: tuple[str, ...]
    """Where the memory is not the ledger, and what the screens showed wrongly."""


async def campaign(folder: Path, seed: int, kills: int, *, control: bool = False) -> Report:
    """Let people play while the bot is killed and started again; compare at the end.

    With ``control`` the bot is the one that must lose something; the first loss ends the campaign.
    """
    chance = random.Random(seed)  # noqa: S311 - a repeatable game
    async with world(folder, "tests.faults.hasty" if control else "bot") as it:
        players = [
            Player(it.people, user, random.Random(chance.random()))  # noqa: S311 - the same
            for user in range(1, PLAYERS + 1)
        ]
        stop = asyncio.Event()
        games = [asyncio.create_task(player.play(stop)) for player in players]
        for _ in range(kills):
            await it.bot.start()
            await _until_told(players, _told(players) + chance.randint(*LIFE))
            await asyncio.sleep(chance.uniform(0, INSTANT))
            await it.bot.kill()
            if control and await _lost(it.people):
                break
        await it.bot.start()
        stop.set()
        _, stuck = await asyncio.wait(games, timeout=GRACE if control else PATIENCE)
        for game in stuck:
            game.cancel()
        ended = await asyncio.gather(*games, return_exceptions=True)
        faults = [f"stuck: {why!r}" for why in ended if why is not None]
        if not faults:
            for player in players:
                await player.come_back()
        await it.people.settled()
        assert await it.bot.end() == 0, it.bot.complained()
        faults += await _compared(it, players)
        faults += [fault for player in players for fault in player.faults]
        faults += [f"put aside: {reason}" for reason in await it.put_aside()]
    return Report(_told(players), tuple(faults))


def _told(players: Sequence[Player]) -> int:
    return sum(len(entry.answers) for player in players for entry in player.ledger)


async def _until_told(players: Sequence[Player], enough: int) -> None:
    async def told() -> bool:
        return _told(players) >= enough

    await until(told)


async def _lost(people: People) -> bool:
    """Tell whether a tap is neither answered nor kept for the next start."""
    state = await people.state()
    return len(state["unanswered"]) > int(state["unconfirmed"])


async def _compared(it: World, players: Sequence[Player]) -> list[str]:
    async with it.memory() as storage:
        return await storage.write(
            lambda memory: [
                f"{player.user}: ledger {mine}, memory {kept}"
                for player in players
                for mine, kept in _pairs(player.ledger, _kept(memory, Owner(player.user)))
                if mine != kept
            ]
        )


def _pairs(mine: Sequence[Entry], kept: Sequence[Entry]) -> list[tuple[Entry | None, Entry | None]]:
    longest = max(len(mine), len(kept))
    return [
        (mine[at] if at < len(mine) else None, kept[at] if at < len(kept) else None)
        for at in range(longest)
    ]


def _kept(memory: Memory, owner: Owner) -> list[Entry]:
    """Read a person's clients back as a ledger; a doubled assessment is an entry more."""
    mine = memory.of(owner)
    return [
        Entry(
            client.name,
            {each.question: each.option for each in assessment.answers} if assessment else {},
            judged=assessment is not None and assessment.judged_at is not None,
        )
        for client in mine.clients.list()
        for assessment in (mine.assessments.of_client(client.number) or (None,))
    ]
