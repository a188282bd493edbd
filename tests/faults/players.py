"""People who play whole conversations, and a ledger of what they told the bot."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from aiogram.filters.callback_data import CallbackData

from content.models import SIGN_OPTIONS
from handlers.account.buttons import AskSignature, SetGender, SetTeam
from handlers.assessment.buttons import (
    Ask,
    Back,
    CriticalDone,
    GiveAnswer,
    KeepTold,
    MoreOnVerdict,
    Resume,
    SetLastEffort,
    ShowVerdict,
    SortOut,
    StartAssessment,
    Tick,
)
from handlers.clients.buttons import NameLater, NoteClient, RenameClient
from handlers.facts.buttons import EditFact
from handlers.letters.buttons import LaterBlank, StartLetter
from handlers.topics import ROUTES
from storage.records import Export, Owner
from storage.rows.memory import Memory
from tests.faults.world import FOREVER, Json, People, buttons

Form = TypeVar("Form")
Item: TypeAlias = tuple[str | int, ...]
"""One thing that is told and kept: what it is, where it belongs, how it reads."""

ASSESS, FACT, REWORD, NOTE, RENAME, SIGN, TEAM, GENDER, LETTER = TOPICS = (
    "assess",
    "fact",
    "reword",
    "note",
    "rename",
    "sign",
    "team",
    "gender",
    "letter",
)
BY_TAP = (ASSESS, FACT, TEAM, GENDER)
"""Topics in which no text waits for another one."""
LETTERS = ("payment_reminder", "limits", "decline", "reply_silence", "brief", "stage_plan")
GENDERS = ("unknown", "male", "female")
OFTEN = 0.75
WENT_BACK = 0.1
TICKED = 0.3
HAPPENED = "Опять звонил в два ночи, требовал правки и не заплатил"
CRY = "Я больше не могу: третью неделю не платит и опять орёт на меня матом"
TELLS, CRIES, KEEPS = 0.5, 0.3, 0.3
"""How often somebody tells what happened; as a cry; and keeps it as a fact."""
AGAIN, CHANGED = 0.3, 0.4
"""How often who was assessed before is assessed again, and says that something has changed."""


@dataclass
class Ledger:
    """What a person told the bot, as the bot's memory must hold it."""

    clients: list[str] = field(default_factory=list)
    """Names, the client's number is the place from 1."""
    assessed: list[int] = field(default_factory=list)
    """Of each assessment, the client's number."""
    notes: dict[int, str] = field(default_factory=dict)
    answers: list[dict[str, str]] = field(default_factory=list)
    """Of each assessment: question → the option tapped last."""
    judged: set[int] = field(default_factory=set)
    """Numbers of the assessments that have a verdict."""
    facts: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    letters: list[tuple[int, str]] = field(default_factory=list)
    """Client and kind; the letter's number is the place from 1."""
    later: set[tuple[int, str]] = field(default_factory=set)
    """Letter and blank: what was put off."""

    def items(self) -> Counter[Item]:
        """Return all of it, flat."""
        found: list[Item] = [("client", *each) for each in enumerate(self.clients, 1)]
        found += [("note", *each) for each in self.notes.items()]
        for number, answers in enumerate(self.answers, 1):
            found.append(("assessment", number, number in self.judged))
            found += [("answer", number, *each) for each in answers.items()]
        found += [("fact", *each) for each in enumerate(self.facts, 1)]
        found += [("letter", number, *each) for number, each in enumerate(self.letters, 1)]
        found += [("later", *each) for each in self.later]
        defaults = {"team": "False", "gender": "unknown", "signature": ""}
        found += [("setting", *each) for each in (defaults | self.settings).items()]
        return Counter(found)


def kept(export: Export) -> Counter[Item]:
    """Return what the bot remembers of a person, flat, as a ledger has it."""
    found: list[Item] = []
    for client in export.clients:
        found.append(("client", client.number, client.name))
        if client.note:
            found.append(("note", client.number, client.note))
    for assessment in export.assessments:
        found.append(("assessment", assessment.number, assessment.judged_at is not None))
        answers = assessment.answers
        found += [("answer", assessment.number, each.question, each.option) for each in answers]
    found += [("fact", each.number, each.words) for each in export.facts]
    for letter, _ in export.letters:
        found.append(("letter", letter.number, letter.client, letter.kind))
        later = [blank for blank, words in letter.filled.items() if not words]
        found += [("later", letter.number, blank) for blank in later]
    person = export.person
    found.append(("setting", "team", str(person.team)))
    found.append(("setting", "gender", person.gender.value))
    found.append(("setting", "signature", person.signature))
    return Counter(found)


@dataclass
class Found:
    """Where the bot's memory is not the ledger."""

    lost: list[str] = field(default_factory=list)
    """What people told and the bot does not know, or never answered."""
    doubled: list[str] = field(default_factory=list)
    """What the bot believes and nobody told, or told once less."""
    told: int = 0
    """How many things the ledger holds."""
    played: int = 0
    """How often the fault came, where there are so many places for it."""

    def __bool__(self) -> bool:
        """Tell whether there is anything wrong."""
        return bool(self.lost or self.doubled)

    def compare(self, who: object, told: Counter[Item], remembered: Counter[Item]) -> None:
        """Note the differences between a ledger and what is remembered."""
        self.told += told.total()
        self.lost += [f"{who}: {item}" for item in (told - remembered).elements()]
        self.doubled += [f"{who}: {item}" for item in (remembered - told).elements()]


Seen: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]


@dataclass
class Player:
    """Does one thing after another, as fast as the bot answers.

    What comes next is read off the screen, as people do; an answer that comes twice after a kill
    shows the same screen again and is no answer to what was done since.
    """

    people: People
    user: int
    chance: random.Random
    topics: Sequence[str] = TOPICS
    often: float = OFTEN
    """How often a turn goes on with the assessment, not with one of the topics."""
    ledger: Ledger = field(default_factory=Ledger)
    faults: list[str] = field(default_factory=list)
    """What the screens showed that they should not."""
    told: int = 0
    screen: Json | None = None
    doing: str = ""
    """What was sent or tapped last, for whoever has to find out why nothing came of it."""
    _went_back: bool = False
    _typed: int = 0
    """Id of the text that waits for an answer; 0 where a tap does."""

    async def play(self, stop: asyncio.Event) -> None:
        """Play until told to stop; what was begun by then is answered."""
        while not stop.is_set():
            await self.turn()

    async def turn(self, topic: str = "") -> None:
        """Do one thing: on the given topic, or on one by chance."""
        if not self.ledger.clients:
            await self._add_client()
            return
        topic = topic or (
            ASSESS if self.chance.random() < self.often else self.chance.choice(self.topics)
        )
        await self._acts()[topic]()

    async def come_back(self) -> None:
        """Ask for the open assessment, as after any break, and note where it goes on."""
        if self._open and self.ledger.answers[-1]:
            await self._continue()
            self._look_for_asked_again(self.ledger.answers[-1])

    def _acts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {
            ASSESS: self._assess,
            FACT: self._fact,
            REWORD: self._reword,
            NOTE: self._note,
            RENAME: self._rename,
            SIGN: self._sign,
            TEAM: self._team,
            GENDER: self._gender,
            LETTER: self._letter,
        }

    @property
    def _open(self) -> bool:
        """Whether an assessment is open."""
        return len(self.ledger.answers) > len(self.ledger.judged)

    # Clients

    async def _add_client(self) -> None:
        name = f"Клиент {len(self.ledger.clients) + 1}"
        if NOTE in self.topics and self.chance.random() < 0.5:
            await self._send("/newclient")
            await self._until(lambda: bool(self._all(NameLater)))
            self._tell()
            self.ledger.clients.append(name)
            await self._send(name)
        else:
            self._tell()
            self.ledger.clients.append(name)
            await self._send(f"/newclient {name}")
        number = len(self.ledger.clients)
        await self._until(lambda: self._starts(number) is not None)

    async def _note(self) -> None:
        number, words = self._some_client(), f"Заметка {self.told}"
        await self._tap(NoteClient(client=number))
        self._tell()
        self.ledger.notes[number] = words
        await self._send(words)

    async def _rename(self) -> None:
        number = self._some_client()
        name = f"Студия {number}.{self.told}"
        await self._tap(RenameClient(client=number))
        self._tell()
        self.ledger.clients[number - 1] = name
        await self._send(name)

    def _some_client(self) -> int:
        return self.chance.randint(1, len(self.ledger.clients))

    # Assessments

    async def _assess(self) -> None:
        if not self._open:
            await self._begin()
        elif not self._in_assessment():
            await self._continue()
        else:
            await self._step(self.ledger.answers[-1])

    async def _begin(self) -> None:
        """Begin to assess: somebody from before, for the difference; else somebody new."""
        known = sorted(set(self.ledger.assessed))
        if known and self.chance.random() < AGAIN:
            await self._start(self.chance.choice(known))
            return
        if len(known) == len(self.ledger.clients):
            await self._add_client()
        number = len(self.ledger.clients)
        if self._starts(number) is None:
            await self._send(f"/newclient {self.ledger.clients[-1]}")  # known: opens the card
        tells = NOTE in self.topics
        if tells and self.chance.random() < CRIES:
            await self._send(CRY)
            sort_out = self._all(SortOut)[0]
            await self._start(sort_out.client, sort_out)
            await self._keep_told(CRY)
            return
        await self._start(number)
        if tells and self.chance.random() < TELLS:
            await self._send(HAPPENED)
            await self._keep_told(HAPPENED)

    async def _start(self, client: int, by: CallbackData | None = None) -> None:
        """Begin with a client; who was assessed before starts from the answers of last time."""
        earlier = [each for each, of in enumerate(self.ledger.assessed) if of == client]
        self._tell()
        self.ledger.answers.append(dict(self.ledger.answers[earlier[-1]]) if earlier else {})
        self.ledger.assessed.append(client)
        await self._tap(by or StartAssessment(client=client, depth="full"))

    async def _keep_told(self, words: str) -> None:
        """Keep what was told as a fact, or not."""
        offered = self._all(KeepTold)
        if offered and self.chance.random() < KEEPS:
            self._tell()
            self.ledger.facts.append(words)
            await self._tap(offered[0])

    async def _step(self, given: dict[str, str]) -> None:
        answers, back = self._all(GiveAnswer), self._all(Back)
        if answers:
            self._look_for_asked_again(given)
            if back and given and not self._went_back and self.chance.random() < WENT_BACK:
                self._went_back = True
                await self._tap(back[0])
                for tick in self._all(Tick):  # what was closed together opens together
                    given.pop(tick.question, None)
                return
            chosen = self.chance.choice(answers)
            self._went_back = False
            self._tell()
            given[chosen.question] = chosen.option
            await self._tap(chosen)
        elif done := self._all(CriticalDone):
            await self._critical(given, done[0])
        elif (asked := self._all(Ask)) and self.chance.random() < CHANGED:
            self._went_back = True  # what was answered last time is asked again
            await self._tap(self.chance.choice(asked))
        elif effort := self._all(SetLastEffort):
            await self._tap(effort[0])
        elif self._main():
            await self._tap_main()
        else:
            await self._tap(self._all(Resume)[0])
        self._see_verdict()

    def _see_verdict(self) -> None:
        """Note that the assessment has a verdict, which may come with any step."""
        number = len(self.ledger.answers)
        shown = (*self._all(MoreOnVerdict), *self._all(ShowVerdict))
        if any(each.assessment == number for each in shown):
            self._tell()
            self.ledger.judged.add(number)

    async def _critical(self, given: dict[str, str], done: CriticalDone) -> None:
        """Tick a critical sign, or say that what is not ticked did not happen."""
        calm = [tick for tick in self._all(Tick) if tick.ticked]
        if calm and self.chance.random() < TICKED:
            await self._tap(self.chance.choice(calm))
            return
        self._went_back = False
        for tick in calm:
            self._tell()
            given[tick.question] = SIGN_OPTIONS[0]
        await self._tap(done)

    async def _continue(self) -> None:
        """Ask where the open assessment is."""
        await self.say("/assess")
        await self._until(lambda: self._main() is not None and self._leads())
        await self._tap_main()
        self._went_back = False
        self._see_verdict()

    def _in_assessment(self) -> bool:
        """Tell whether the screen belongs to the open assessment, and leads on."""
        return self._leads() and bool(
            self._main()
            or any(self._all(form) for form in (GiveAnswer, CriticalDone, SetLastEffort, Resume))
        )

    def _leads(self) -> bool:
        """Tell whether a button of the screen is about the open assessment."""
        number = len(self.ledger.answers)
        return any(getattr(each, "assessment", None) == number for each in self._buttons())

    def _look_for_asked_again(self, given: dict[str, str]) -> None:
        asked = {each.question for each in self._all(GiveAnswer)}
        if not self._went_back and asked & given.keys():
            self.faults.append(f"{self.user}: asked again: {asked}")

    def _starts(self, client: int) -> StartAssessment | None:
        starts = [each for each in self._all(StartAssessment) if each.client == client]
        return starts[0] if starts else None

    # Facts, settings, letters

    async def _fact(self) -> None:
        words = f"Опять не заплатил, {self.told}-й раз"
        self._tell()
        self.ledger.facts.append(words)
        await self._send(f"/fact {words}")

    async def _reword(self) -> None:
        if not self.ledger.facts:
            return
        number = self.chance.randint(1, len(self.ledger.facts))
        words = f"Заплатил, но поздно: {self.told}"
        await self._tap(EditFact(fact=number))
        self._tell()
        self.ledger.facts[number - 1] = words
        await self._send(words)

    async def _sign(self) -> None:
        words = f"Игорь {self.told}"
        await self._tap(AskSignature())
        self._tell()
        self.ledger.settings["signature"] = words
        await self._send(words)

    async def _team(self) -> None:
        team = self.ledger.settings.get("team") != "True"
        self._tell()
        self.ledger.settings["team"] = str(team)
        await self._tap(SetTeam(team=int(team)))

    async def _gender(self) -> None:
        if self.ledger.settings.get("team") == "True":
            await self._team()  # «мы» has no gender, and the screen shows none
        now = self.ledger.settings.get("gender", "unknown")
        gender = self.chance.choice([each for each in GENDERS if each != now])
        self._tell()
        self.ledger.settings["gender"] = gender
        await self._tap(SetGender(gender=gender))

    async def _letter(self) -> None:
        client = self._some_client()
        begun = {kind for to, kind in self.ledger.letters if to == client}
        fresh = [kind for kind in LETTERS if kind not in begun]
        if not fresh:
            return
        kind = self.chance.choice(fresh)
        self._tell()
        self.ledger.letters.append((client, kind))
        await self._tap(StartLetter(client=client, kind=kind))
        number = len(self.ledger.letters)
        while later := [each for each in self._all(LaterBlank) if each.letter == number]:
            self._tell()
            self.ledger.later.add((number, later[0].blank))
            await self._tap(later[0])

    # Hands and eyes

    def _tell(self) -> None:
        """Count one more thing told: it is in the ledger before it is sent."""
        self.told += 1

    async def _send(self, text: str) -> None:
        await self.say(text)
        await self.until_changed()

    async def say(self, text: str) -> None:
        """Type a text and wait for nothing."""
        self.doing = text
        self._typed = await self.people.send(self.user, text)

    async def _tap(self, form: CallbackData) -> None:
        self.doing, self._typed = form.pack(), 0
        on = None if self.screen is None else self.screen["message_id"]
        await self.people.tap(self.user, self.doing, on)
        await self.until_changed()

    async def _tap_main(self) -> None:
        main = self._main()
        assert main is not None, f"no way on from: {self._seen()[0]}"
        await self._tap(main)

    async def until_changed(self) -> None:
        """Wait for an answer, however often the bot is killed meanwhile."""
        before = self._seen()
        await self._until(lambda: self._seen() != before)

    async def _until(self, true: Callable[[], bool]) -> None:
        """Look until something is shown: in the message that was tapped, or below what was typed.

        Other messages may be there for a moment, and after a kill for good: what was sent anew, and
        a screen that nobody came to take away.
        """
        at = None if self.screen is None else self.screen["message_id"]
        pause = 0.01
        async with asyncio.timeout(FOREVER):
            while True:
                found = await self.people.screens(self.user)
                tapped = [each for each in found if not self._typed and each["message_id"] == at]
                below = [each for each in found[-1:] if each["message_id"] > self._typed]
                for self.screen in tapped or below:
                    if true():
                        return
                await asyncio.sleep(pause)
                pause = min(pause * 1.3, 0.1)

    def _seen(self) -> Seen:
        """Return what the screen is: its first line and its buttons, whichever message shows it.

        The lines below may differ when a screen answers an update for the second time.
        """
        if self.screen is None:
            return "", ()
        header = str(self.screen.get("text", "")).partition("\n")[0]
        return header, tuple((each["text"], each["callback_data"]) for each in buttons(self.screen))

    def _buttons(self) -> list[CallbackData]:
        return [form for _, data in self._seen()[1] if (form := ROUTES.read(data)) is not None]

    def _all(self, form: type[Form]) -> list[Form]:
        return [each for each in self._buttons() if isinstance(each, form)]

    def _main(self) -> CallbackData | None:
        main = [each for each in buttons(self.screen or {}) if each.get("style") == "primary"]
        return ROUTES.read(main[0]["callback_data"]) if main else None


def compared(found: Found, memory: Memory, players: Sequence[Player]) -> None:
    """Compare all ledgers with the bot's memory."""
    for player in players:
        export = memory.of(Owner(player.user)).export()
        found.compare(player.user, player.ledger.items(), kept(export))
        found.lost += player.faults
