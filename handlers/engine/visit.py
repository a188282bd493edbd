"""What a handler is given: one person's turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from content.knowledge import Catalogue, Knowledge, Words
from content.models import RUSSIAN, Language
from content.search import Library
from content.texts import Texts
from content.voices import Voice
from handlers.engine.buttons import Data
from handlers.engine.screen import Coming, Screen
from handlers.engine.thinking import Thinking
from storage.records import Gender, Person, Promise, Prompt
from storage.rows.memory import Owned

MOSCOW, NEW_YORK = "Europe/Moscow", "America/New_York"
"""Until a zone is chosen dates are told by one of these, and the settings say so."""


VOICES = {Gender.MALE: Voice.MALE, Gender.FEMALE: Voice.FEMALE}


class Ways(Protocol):
    """The ways from one topic to another, which do not import each other: by address."""

    def open(self, visit: Visit, place: str) -> Screen:
        """Return the screen of an address; the home screen where the address leads nowhere."""

    def read(self, place: str) -> Data | None:
        """Return the form of an address; None for what no button carries."""

    def coming(self, visit: Visit, promise: Promise) -> Coming | None:
        """Return how a promise is told; None for one that has nothing to tell any more."""


@dataclass
class Visit:
    """One person's turn: their memory within one transaction, the knowledge, and the time.

    A handler changes settings by replacing ``person``; the frame writes it in the same transaction.
    """

    memory: Owned
    person: Person
    knowledge: Knowledge
    libraries: Mapping[Language, Library]
    now: datetime
    """Aware UTC."""
    sent: datetime
    """When the message was sent, which may be long before it is read; of a tap: now."""
    telegram_language: str | None
    message: int
    """Telegram id of the message that was tapped or sent."""
    ways: Ways
    """From here to other screens."""
    think: Thinking
    """Works out what takes long, beside the transaction."""
    bot_name: str = ""
    """The bot's user name; empty where Telegram was not asked: in the local chat."""
    left_prompt: Prompt | None = None
    """The prompt that a tap or a command has just closed."""

    @property
    def voice(self) -> Voice:
        """How the person speaks of themselves."""
        return Voice.TEAM if self.person.team else VOICES.get(self.person.gender, Voice.PLAIN)

    @property
    def words(self) -> Words:
        """The words of the person's language, in their voice."""
        return self.knowledge.words(self.person.language or self.telegram_language, self.voice)

    @property
    def texts(self) -> Texts:
        """The interface texts of the person's language."""
        return self.words.texts

    @property
    def library(self) -> Library:
        """The search in the words of the person's language."""
        return self.libraries[self.words.language]

    @property
    def catalogue(self) -> Catalogue:
        """The knowledge that holds in every language."""
        return self.knowledge.catalogue

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone, or that of most who speak their language."""
        return zone_of(self.person, self.words.language)

    @property
    def today(self) -> date:
        """The date where the person is."""
        return self.now.astimezone(self.zone).date()

    def day(self, moment: datetime | date) -> str:
        """Return «21 ноября», with the year when it is not this one."""
        if isinstance(moment, datetime):
            moment = moment.astimezone(self.zone).date()
        return self.texts.date(moment, self.today)

    @property
    def at(self) -> Data | None:
        """The address of the screen the person is on, where they are on one."""
        return self.ways.read(self.person.place or "")

    def open(self, to: Data | str) -> Screen:
        """Return the screen of an address; the home screen where the address leads nowhere."""
        return self.ways.open(self, to if isinstance(to, str) else to.pack())

    def coming(self, promise: Promise) -> Coming | None:
        """Return how a promise is told; None for one that has nothing to tell any more."""
        return self.ways.coming(self, promise)

    def current(self) -> Screen:
        """Return the screen the person is on, as it is now."""
        return self.open(self.person.place or "")


def zone_of(person: Person, language: str | None) -> ZoneInfo:
    """Return a person's time zone, or that of most who speak this language."""
    return ZoneInfo(person.zone or (MOSCOW if language == RUSSIAN else NEW_YORK))
