"""What is remembered, as plain frozen records.

Every number counts per owner from 1: client 3 of one person and client 3 of another are two
clients, and a button that says ``c:3`` can never name somebody else's. Times are aware UTC with
whole seconds; one that is waited for is rounded up when it is stored, so that nothing comes early.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from content.values.reports import Item
from content.values.weeks import Cycle, Rhythm

Owner = NewType("Owner", int)
"""Telegram id of the person who owns a row."""
NOBODY = Owner(0)
"""Whose is what belongs to nobody: a channel post."""
ClientNumber = NewType("ClientNumber", int)
AssessmentNumber = NewType("AssessmentNumber", int)
ActionNumber = NewType("ActionNumber", int)
UpdateId = NewType("UpdateId", int)
FactNumber = NewType("FactNumber", int)
LetterNumber = NewType("LetterNumber", int)
PromiseNumber = NewType("PromiseNumber", int)
ReportNumber = NewType("ReportNumber", int)
DispatchNumber = NewType("DispatchNumber", int)
JudgingNumber = NewType("JudgingNumber", int)

UNREADABLE = "\ufffd"
"""Stands for a text that does not decrypt. Saved back, it leaves what is stored as it is."""


class Gender(StrEnum):
    """Own grammatical gender, for what the person says in the first person."""

    UNKNOWN = "unknown"
    MALE = "male"
    FEMALE = "female"


class Depth(StrEnum):
    """How many questions an assessment asks."""

    EXPRESS = "express"
    FULL = "full"


class ActionState(StrEnum):
    """What became of a planned action."""

    OPEN = "open"
    DONE = "done"
    FAILED = "failed"
    """Done, and it did not help: its advice counts as tried in vain."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Person:
    """A person and their settings; one who never stored anything has the defaults and no row."""

    owner: Owner
    language: str | None = None
    zone: str | None = None
    """IANA key; none until chosen."""
    team: bool = False
    """«мы» instead of «я»."""
    gender: Gender = Gender.UNKNOWN
    signature: str = ""
    """How letters are signed."""
    place: str | None = None
    """Address of the screen the person is on: the callback data that opens it."""
    live_message: int | None = None
    """Telegram id of the message that shows it."""
    since: datetime | None = None
    """When the first row was written; none for a person without a row."""
    dark: bool = False
    """Pictures on a dark ground."""
    discreet: bool = False
    """No client's name and no hint of a judgement where somebody may look over the shoulder."""
    reachable: bool = True
    """Only read here; ``Reminding`` has it."""
    awaited: bool = False
    """Whether a list has come since they were last here. Only read here."""
    exported_at: datetime | None = None
    """When everything was handed out last."""
    invited_at: datetime | None = None
    """When they came in by an invitation; it goes with all the rest. Not written by ``save``."""


@dataclass(frozen=True, slots=True)
class Client:
    """A client of the freelancer; name and note are the person's own words."""

    number: ClientNumber
    name: str
    note: str
    since: datetime
    archived_at: datetime | None = None
    deleted_at: datetime | None = None
    """Hidden from this time on, purged ten minutes later; undo until then."""
    prospect: bool = False
    """Nothing is signed with them yet: no assessment, no report, in none of the clients' lists."""
    beforehand: Mapping[str, str] = field(default_factory=dict)
    """Question → option, as answered before signing; empty for who was never a prospect."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one question of one assessment."""

    question: str
    option: str
    quiet: bool = False
    """Written by closing a whole topic, not one by one."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment of a client with its notes and its answers, in the order first given."""

    number: AssessmentNumber
    client: ClientNumber
    depth: Depth
    team: bool
    """Whether the team's question is asked: «мы» at the time it was started."""
    started_at: datetime
    judged_at: datetime | None = None
    """Frozen from this time on."""
    verdict: str | None = None
    rule: int | None = None
    """Which rule reached the verdict."""
    last_effort: str = "none"
    """``none``, ``made`` or ``failed``."""
    exhausted: bool = False
    """The freelancer says that no strength is left."""
    wants_out: bool = False
    """The freelancer wants to end it, whatever the client is like."""
    tried: frozenset[str] = frozenset()
    """Signs whose solution was tried in vain."""
    told: Mapping[str, bool] = field(default_factory=dict)
    """Sign → whether it was ticked as something that did happen, of those offered to be ticked."""
    whole: bool = False
    """Goes on after the verdict is likely."""
    source: AssessmentNumber | None = None
    """The assessment this one was copied from."""
    since: date | None = None
    """The day from which on signs are asked about; None where no period was named."""
    answers: tuple[Answer, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    """Question id → the person's own words, also for questions without an answer."""

    @property
    def ticked(self) -> frozenset[str]:
        """Signs that did happen, whether or not it was asked how often."""
        return frozenset(sign for sign, there in self.told.items() if there)

    def option(self, question: str) -> str | None:
        """Return the answer to a question, None while it is open."""
        return next((each.option for each in self.answers if each.question == question), None)

    def with_answers(self, answers: Iterable[Answer]) -> Assessment:
        """Return it with answers added or replaced; a replaced one keeps its place."""
        given = {each.question: each for each in self.answers}
        given |= {each.question: each for each in answers}
        return replace(self, answers=tuple(given.values()))

    def without_answers(self, questions: Iterable[str]) -> Assessment:
        """Return it with answers taken back."""
        gone = set(questions)
        kept = tuple(each for each in self.answers if each.question not in gone)
        return replace(self, answers=kept)


@dataclass(frozen=True, slots=True)
class Action:
    """One dated action of a client's plan."""

    number: ActionNumber
    client: ClientNumber
    assessment: AssessmentNumber
    about: str
    """Question id whose advice it is, verdict id, ``reassess`` or ``own``."""
    due: date
    state: ActionState = ActionState.OPEN
    words: str = ""
    """What is to be done; empty for a new assessment, and for advice of the first release."""
    listed: int = 0
    """Digests that have carried it."""


class FactSource(StrEnum):
    """Whence a fact; what is forwarded without a text has its kind instead, such as ``voice``."""

    TYPED = "typed"
    FORWARD = "forward"
    LETTER = "letter"
    """A letter was sent, or its answer came."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One piece of a capture."""

    length: int
    """Code points of its words."""
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, with its date: the words are kept as they came."""

    number: FactNumber
    client: ClientNumber | None
    """None until the person says whom it is about."""
    day: date
    words: str
    """All pieces of one capture, a line each."""
    captured_at: datetime
    touched_at: datetime
    """When the last piece came: within 60 seconds the next one belongs to it."""
    source: str
    """See ``FactSource``."""
    note: str = ""
    """The comment that came with a forward: angry or not, it never gets into a letter by itself."""
    sign: str | None = None
    """What the person says it is a sign of."""
    proposed: str | None = None
    """What its words are like, until the person says yes or no. Counts for nothing."""
    said_at: datetime | None = None
    """When the first message of a forward was written: the hour can be the evidence."""
    author: str = ""
    """Key of who wrote a forward, see ``Details.author_key``; empty where nobody is named."""
    pieces: int = 1
    cuts: tuple[Cut, ...] = ()
    """Of each piece, so that they can be told apart again; empty where that is not known."""
    messages: tuple[int, ...] = ()
    """Telegram ids of the messages that brought it, to take them out of the chat."""
    letter: LetterNumber | None = None
    """The letter whose sending it tells of."""
    deleted_at: datetime | None = None
    """Hidden from this time on, purged ten minutes later; undo until then."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the making, or one that was sent."""

    number: LetterNumber
    client: ClientNumber
    kind: str
    tone: str
    length: str
    language: str
    started_at: datetime
    filled: Mapping[str, str] = field(default_factory=dict)
    """Blank id → what was given for it; an id with an empty text was put off («Позже»)."""
    facts: tuple[FactNumber, ...] = ()
    """The facts chosen for it."""
    kept: frozenset[str] = frozenset()
    """Findings of the check that stay as they are: ``rule:excerpt``."""
    version: int = 0
    """The version that is shown; 0: none yet."""
    done_at: datetime | None = None
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a letter."""

    number: int
    """Counts from 1 within the letter."""
    words: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that has its day: a probation, a reply put off until the morning."""

    number: PromiseNumber
    client: ClientNumber | None
    kind: str
    """``probation``, ``reply`` …"""
    due: date
    state: ActionState = ActionState.OPEN
    words: str = ""
    """The conditions of a probation, in the person's words."""
    subject: int | None = None
    """Number of the letter or fact it is about."""
    listed: int = 0
    """Digests that have carried it."""
    tried: bool = False
    """Its own message was claimed and never got out: a digest carries it instead."""


@dataclass(frozen=True, slots=True)
class Afterword:
    """How it went, in the person's word: the answer to one question of the kind."""

    promise: PromiseNumber
    """The question."""
    client: ClientNumber
    occasion: str
    """``letter``, ``verdict`` or ``end``."""
    subject: int | None
    """Number of the letter or the assessment; None for an end."""
    kind: str
    """Of the letter; the verdict; empty for an end."""
    later: int
    """Days: 30 or 90."""
    ended: bool
    """The work with the client is over."""
    ease: str
    """``better``, ``same`` or ``worse``."""
    day: date


@dataclass(frozen=True, slots=True)
class Reminding:
    """How and when a person wants to be reminded; the rules are those of ``content.schedule``."""

    remind_at: time = time(9)
    """Never inside the quiet hours."""
    quiet: tuple[time, time] | None = (time(21), time(8))
    """From one time on the wall up to another; None for no quiet hours."""
    weekdays_only: bool = False
    holidays: str | None = None
    """ISO 3166 code of the country whose public holidays are free of reminders."""
    weekday: int | None = None
    """The weekday proposed for a client's reports; 0 is Monday."""
    epoch: int = 0
    """Goes up by one at each change of the zone."""
    effective_from: datetime | None = None
    """The last change of a setting, or the return of somebody out of reach."""
    away_until: date | None = None
    """First date of reminders after a vacation."""
    reachable: bool = True
    silent_since: date | None = None
    """The day of the first list since the person was last here."""
    a_week: int | None = None
    """Lists a week at most; None for one a day."""


@dataclass(frozen=True, slots=True)
class Report:
    """A weekly report in the making, or one that was sent."""

    number: ReportNumber
    client: ClientNumber
    week: date | None
    """The day of the cycle it is for; None for a client without a weekday."""
    started_at: datetime
    items: tuple[Item, ...] = ()
    words: str = ""
    """The text as the person changed it by hand; empty: made from the items."""
    sent_on: date | None = None
    last_item: int = 0
    """The last number given to an item."""

    def with_items(self, items: Iterable[Item]) -> Report:
        """Return the report with these items; those that are new get their numbers."""
        last, numbered = self.last_item, []
        for each in items:
            if not each.number:
                last += 1
            numbered.append(each if each.number else replace(each, number=last))
        return replace(self, items=tuple(numbered), last_item=last)


class DispatchKind(StrEnum):
    """Messages that the coach sends by itself."""

    DIGEST = "digest"
    AGAIN = "again"
    """Reports, two hours later, as asked."""
    MORNING = "morning"
    """After «Не сегодня»."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One such message, from the claim to its end."""

    owner: Owner
    number: DispatchNumber
    kind: DispatchKind
    epoch: int
    day: date
    """The local date it is for; with owner and epoch unique for a digest."""
    claimed_at: datetime
    not_after: datetime
    wake: datetime
    """When it is to be looked at next."""
    holder: str
    """The worker it belongs to until ``lease`` is over."""
    lease: datetime
    client: ClientNumber | None = None
    """Whom an ``again`` is about, the first of them."""
    week: date | None = None
    """The day of that one's cycle."""
    met_at: datetime | None = None
    """When a clock, put right, first found ``claimed_at`` or ``attempted_at`` in the future."""
    doubtful: int = 0
    """Calls that may have been applied."""
    attempted_at: datetime | None = None
    not_before: datetime | None = None
    """When Telegram wants to hear of us again."""
    carried: tuple[str, ...] = ()
    """What the last call listed, by plain ids without blanks: ``week:3:2026-11-20``. An ``again``
    has it from the claim on, but for one that a former release has claimed."""
    message: int | None = None
    """Telegram id of the message, once known."""
    ending: str | None = None
    """``sent``, ``empty``, ``expired`` or ``ambiguous``; None while under way."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the next typed text means; one per person, expires, any tap clears it."""

    kind: str
    subject: str
    """Plain ids, separated by ``:``; never words."""
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A text out of nowhere, kept until the person says what it is; one per person."""

    words: str
    message: int
    """Telegram id of the message that brought it."""
    expires_at: datetime
    said_at: datetime | None = None
    """When a forwarded text was said; None for a typed one."""
    author: str = ""
    """Keyed hash of who wrote a forwarded text."""
    note: str = ""
    """The comment typed while forwarding."""
    former: tuple[int, ...] = ()
    """Telegram ids of the messages before the last one."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The reply to a person's newest update, and how far it is delivered."""

    update_id: UpdateId
    reply: str = ""
    """As ``handlers`` packs it; empty where the same update gives the same reply once more."""
    former: tuple[int, ...] = ()
    """Telegram ids of the messages that showed the screens before."""
    papers: int = 0
    """How many of its papers are in the chat."""
    shown: int | None = None
    """Telegram id of the new message that shows its screen."""
    delivered: bool = False


@dataclass(frozen=True, slots=True)
class SentPicture:
    """By what Telegram knows a picture, so that it need not be drawn again."""

    subject: str
    """Kind and number of what it shows: ``scale:3``."""
    client: ClientNumber | None
    """None for one of all clients."""
    look: str
    """Keyed hash of all that is drawn."""
    file: str
    """Telegram's id of the file."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one answer was given by how many people; nobody can be told from it."""

    occasion: str
    kind: str
    later: int
    ended: bool
    ease: str
    answers: int
    people: int


@dataclass(frozen=True, slots=True)
class Judging:
    """One client judged by two people; each sees it by a number and a client of their own."""

    number: JudgingNumber
    judges: bool
    """Whether one judges for somebody else, who has asked; False: one asks."""
    client: ClientNumber | None
    """None while the one who judges has not agreed yet."""
    expires_at: datetime
    """Until then the invitation can be taken up."""
    taken: bool
    """Whether the one who was asked has agreed."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Sign → option, as shared by the one who judges; empty while nothing is."""


@dataclass(frozen=True, slots=True)
class Census:
    """How much is stored of a person, for the screen that deletes it all."""

    clients: int = 0
    assessments: int = 0
    answers: int = 0
    notes: int = 0
    actions: int = 0
    facts: int = 0
    letters: int = 0
    reports: int = 0


@dataclass(frozen=True, slots=True)
class ParkedUpdate:
    """An update that waits in the database: received and confirmed, not yet finished."""

    update_id: UpdateId
    owner: Owner
    body: bytes
    """The update as JSON."""
    received_at: datetime
    tries: int = 0
    slow: bool = False
    """It came too fast after the others of its person."""


@dataclass(frozen=True, slots=True)
class PutAsideUpdate:
    """An update that could not be handled, kept with the reason for a look by hand."""

    update_id: UpdateId
    owner: Owner
    body: bytes | None
    """None where it does not decrypt."""
    reason: str
    """Class of the error and the place in the code; no words of the person."""
    put_aside_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Export:
    """Everything stored of one person."""

    person: Person
    clients: tuple[Client, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    actions: tuple[Action, ...] = ()
    facts: tuple[Fact, ...] = ()
    letters: tuple[tuple[Letter, tuple[Version, ...]], ...] = ()
    promises: tuple[Promise, ...] = ()
    hindsight: tuple[Afterword, ...] = ()
    reports: tuple[Report, ...] = ()
    reminding: Reminding | None = None
    """None for a person without a row."""
    rhythms: tuple[Rhythm, ...] = ()
    cycles: Mapping[ClientNumber, tuple[Cycle, ...]] = field(default_factory=dict)
    """Oldest first."""
    dispatches: tuple[Dispatch, ...] = ()
    details: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """Client number → detail → words."""
    authors: Mapping[str, int] = field(default_factory=dict)
    """Key of who wrote forwards → the client they are about."""
    prompt: Prompt | None = None
    held: Held | None = None
    outgoing: Outgoing | None = None
    pictures: tuple[SentPicture, ...] = ()
    judgings: tuple[Judging, ...] = ()
    updates: tuple[ParkedUpdate, ...] = ()
    put_aside: tuple[PutAsideUpdate, ...] = ()
