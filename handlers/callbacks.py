"""The whole wire format of the buttons.

Buttons stay clickable for weeks, so this is a public format: a changed shape takes a new prefix,
and ``tests/handlers/wire_format.txt`` keeps a string of every shape ever released. Numbers count
per owner, ids are those of the content; nothing here ever names a person or holds their words.
"""

from __future__ import annotations

from typing import Annotated, Literal

from aiogram.filters.callback_data import CallbackData
from pydantic import Field, StringConstraints

Number = Annotated[int, Field(ge=1, le=9_999_999)]
Count = Annotated[int, Field(ge=0, le=9_999_999)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
Taps = Annotated[str, StringConstraints(pattern=r"^[0-3s]{0,9}$")]
Flag = Annotated[int, Field(ge=0, le=1)]


class OfClient(CallbackData, prefix="-c"):
    """What concerns a client."""

    client: Number


class OfAssessment(CallbackData, prefix="-a"):
    """What concerns an assessment."""

    assessment: Number


class OfQuestion(OfAssessment, prefix="-q"):
    """What concerns one question of an assessment."""

    question: Name


class OfAction(CallbackData, prefix="-p"):
    """What concerns one action of a plan."""

    action: Number


# Start, help and the made-up client, whose answers live in the digits, one a scene.
class Home(CallbackData, prefix="h"):
    """The first screen: the clients, or the welcome."""


class Help(CallbackData, prefix="hp"):
    """What the coach can do."""


class Demo(CallbackData, prefix="d1"):
    """The made-up client after some answered scenes: the next scene, or its verdict."""

    digits: Taps


class DemoView(CallbackData, prefix="d2"):
    """A look behind the made-up verdict."""

    view: Literal["rude", "rule"]
    digits: Taps


# Clients.
class NewClient(CallbackData, prefix="nc"):
    """Ask the name of a new client."""


class NameLater(CallbackData, prefix="nl"):
    """Take the client with a name of our making."""


class ClientList(CallbackData, prefix="cl"):
    """The clients, or those archived."""

    page: Count
    archived: Flag


class ClientCard(OfClient, prefix="c"):
    """The card of a client."""


class ClientEdit(OfClient, prefix="ce"):
    """What can be changed about a client."""


class RenameClient(OfClient, prefix="cr"):
    """Ask another name."""


class NoteClient(OfClient, prefix="cn"):
    """Ask a note."""


class ClearNote(OfClient, prefix="cx"):
    """Take the note away."""


class ArchiveClient(OfClient, prefix="ca"):
    """Archive a client, or bring them back."""

    archived: Flag


class DeleteClient(OfClient, prefix="cd"):
    """Say what would go with the client."""


class DeleteClientNow(OfClient, prefix="cz"):
    """Delete the client, with ten minutes to undo."""


class UndeleteClient(OfClient, prefix="cu"):
    """Bring a client back within ten minutes."""


class History(OfClient, prefix="ch"):
    """The verdicts on a client so far, and what changed."""


# Assessment.
class StartAssessment(OfClient, prefix="as"):
    """Begin an assessment, or go on with the one that is open."""

    depth: Literal["express", "full"]


class Ask(OfQuestion, prefix="q"):
    """A question, whether answered or not."""


class Answer(OfQuestion, prefix="a"):
    """An answer to a question."""

    option: Name


class Back(OfQuestion, prefix="ab"):
    """The question before this one."""


class Quiet(OfAssessment, prefix="aq"):
    """Nothing of the kind in a whole topic."""

    topic: Name


class Reflected(OfAssessment, prefix="ro"):
    """What the self-reflection came to."""


class Pause(OfAssessment, prefix="ap"):
    """Put an assessment down for now."""


class Resume(OfAssessment, prefix="ar"):
    """Go on where an assessment is."""


class Tried(OfAssessment, prefix="t"):
    """What was tried already, by sign."""

    page: Count


class Try(OfQuestion, prefix="tt"):
    """Mark the advice of a sign as tried in vain, or not."""

    tried: Flag
    page: Count


class AskLastEffort(OfAssessment, prefix="le"):
    """Whether a last effort was made."""


class SetLastEffort(OfAssessment, prefix="ls"):
    """What became of the last effort; ``exhausted``: no strength is left."""

    state: Literal["none", "made", "failed", "exhausted"]


class Review(OfAssessment, prefix="r"):
    """All answers before the verdict."""


class ReviewTopic(OfAssessment, prefix="rt"):
    """The answers of one topic, or ``reflection``."""

    topic: Name


class Judge(OfAssessment, prefix="j"):
    """Reach the verdict and freeze the answers."""


# Verdict.
class ShowVerdict(OfAssessment, prefix="v"):
    """The verdict of a judged assessment."""


class ShowAdvice(OfAssessment, prefix="va"):
    """The advice on one sign, counted from 0, worst first."""

    index: Count


class MoreOnVerdict(OfAssessment, prefix="vm"):
    """The rest of what a verdict offers."""


class Change(OfAssessment, prefix="vc"):
    """Copy the answers into an assessment of today, to change one."""


class Deepen(OfAssessment, prefix="vd"):
    """Carry an express assessment on to the full one."""


class NoStrength(OfAssessment, prefix="vx"):
    """Say that no strength is left."""


class Encourage(OfAssessment, prefix="ve"):
    """A good word, by its number."""

    index: Count


class SecondOpinion(OfAssessment, prefix="vo"):
    """A summary without names to forward to a colleague."""


class Trend(OfAssessment, prefix="vt"):
    """What changed since the assessment before."""


# Plan.
class MakePlan(OfAssessment, prefix="pm"):
    """Propose a plan from a verdict, or show the one there is."""


class ShowPlan(OfClient, prefix="p"):
    """The plan of a client."""


class ShowAction(OfAction, prefix="ps"):
    """One action of a plan."""


class MoveAction(OfAction, prefix="pd"):
    """Give an action a date so many days from today."""

    days: Count


class EndAction(OfAction, prefix="pe"):
    """Done, dropped, or open again."""

    state: Literal["done", "dropped", "open"]


class OwnAction(OfClient, prefix="po"):
    """Ask an action in the person's own words."""


# Library.
class ShowLibrary(CallbackData, prefix="l"):
    """The ways into the library."""


class LibraryTopic(CallbackData, prefix="lt"):
    """The signs of one topic."""

    topic: Name


class LibraryTypes(CallbackData, prefix="ly"):
    """All client types."""

    page: Count


class LibraryQuestions(CallbackData, prefix="lq"):
    """All questions of the self-reflection."""

    page: Count


class LibraryEntry(CallbackData, prefix="le1"):
    """One sign, type or question, and the part of it to read."""

    kind: Literal["sign", "type", "question"]
    id: Name


class LibraryAdvice(CallbackData, prefix="la"):
    """The advice on a sign, read in the library."""

    sign: Name


class SearchLibrary(CallbackData, prefix="lf"):
    """Ask what to look for."""


# Settings and data.
class ShowSettings(CallbackData, prefix="s"):
    """All settings with their values."""


class AskCity(CallbackData, prefix="sc"):
    """Ask for the time zone: a city, a pin, or the clock."""


class AskClock(CallbackData, prefix="sk"):
    """Ask whether the clock shows the time this many minutes from UTC."""

    offset: Annotated[int, Field(ge=-720, le=840)]


class ClockZones(CallbackData, prefix="sq"):
    """Ask which city's zone it is, of those with this many minutes from UTC now."""

    offset: Annotated[int, Field(ge=-720, le=840)]


class SetZone(CallbackData, prefix="sz"):
    """Take a time zone by its IANA key."""

    zone: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_+/-]{1,40}$")]


class SetTeam(CallbackData, prefix="st"):
    """«я» or «мы»."""

    team: Flag


class SetGender(CallbackData, prefix="sg"):
    """Own grammatical gender."""

    gender: Literal["unknown", "male", "female"]


class AskGender(CallbackData, prefix="sa"):
    """Ask the grammatical gender."""


class AskLanguage(CallbackData, prefix="sv"):
    """Ask the language, once there is more than one."""


class SetLanguage(CallbackData, prefix="sl"):
    """Take a language."""

    language: Name


class MyData(CallbackData, prefix="m"):
    """What is stored, export, deletion."""


class Privacy(CallbackData, prefix="pr"):
    """What is stored and where."""


class AskExport(CallbackData, prefix="xa"):
    """Say what an export holds."""


class ExportNow(CallbackData, prefix="xx"):
    """Send the export."""


class AskErase(CallbackData, prefix="ea"):
    """List what would go."""


class EraseNow(CallbackData, prefix="ez"):
    """Erase everything for good."""


# Out of nowhere.
class HeldAsClient(CallbackData, prefix="nn"):
    """The held text is the name of a new client."""


class HeldAsNote(OfClient, prefix="no"):
    """The held text is a note on a client."""


class HeldAsAnswerNote(OfQuestion, prefix="na"):
    """The held text is a note on an answer."""


class HeldChoose(CallbackData, prefix="nw"):
    """Ask which client the held text is about."""

    page: Count


class HeldSearch(CallbackData, prefix="ns"):
    """Look for the held text in the library."""


class HeldDrop(CallbackData, prefix="nx"):
    """Do not keep the held text."""


class ShowHeld(CallbackData, prefix="nh"):
    """What to do with the held text."""
