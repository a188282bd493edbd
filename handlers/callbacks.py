"""The whole wire format of the buttons.

Buttons stay clickable for weeks, so this is a public format: a changed shape takes a new prefix,
and ``tests/handlers/wire_format.txt`` keeps a string of every shape ever released. Numbers count
per owner, ids are those of the content; nothing here ever names a person or holds their words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Literal

from aiogram.filters.callback_data import CallbackData
from pydantic import Field, StringConstraints, ValidationError

Number = Annotated[int, Field(ge=1, le=9_999_999)]
Count = Annotated[int, Field(ge=0, le=9_999_999)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
Taps = Annotated[str, StringConstraints(pattern=r"^[0-3s]{0,9}$")]
Flag = Annotated[int, Field(ge=0, le=1)]
Weekday = Annotated[int, Field(ge=0, le=6)]
Minute = Annotated[int, Field(ge=0, le=1439)]


class Data(CallbackData, prefix="-"):
    """What a button carries: a prefix and fields that hold ids and numbers only."""

    def pack(self) -> str:
        """Return it as text.

        Numbers and ids cannot hold the separator, so they need none of aiogram's looks at each
        value: measured, a sixth of a step went into the eight buttons of a question.
        """
        return self.text(*vars(self).values())

    @classmethod
    def text(cls, *fields: int | str) -> str:
        """Return what the form with these fields packs to, in their order, without checking them.

        For the screen of a question alone: pydantic's look at its buttons was a tenth of a tap.
        """
        return ":".join([cls.__prefix__, *map(str, fields)])


class OfClient(Data, prefix="-c"):
    """What concerns a client."""

    client: Number


class OfAssessment(Data, prefix="-a"):
    """What concerns an assessment."""

    assessment: Number


class OfQuestion(OfAssessment, prefix="-q"):
    """What concerns one question of an assessment."""

    question: Name


class OfAction(Data, prefix="-p"):
    """What concerns one action of a plan."""

    action: Number


class OfFact(Data, prefix="-f"):
    """What concerns a fact."""

    fact: Number


# Start, help and the made-up client, whose answers live in the digits, one a scene.
class Home(Data, prefix="h"):
    """The first screen: the clients, or the welcome."""


class Help(Data, prefix="hp"):
    """What the coach can do."""


class Demo(Data, prefix="d1"):
    """The made-up client after some answered scenes: the next scene, or its verdict."""

    digits: Taps


class DemoView(Data, prefix="d2"):
    """A look behind the made-up verdict."""

    view: Literal["rude", "rule"]
    digits: Taps


# Clients.
class NewClient(Data, prefix="nc"):
    """Ask the name of a new client."""


class NameLater(Data, prefix="nl"):
    """Take the client with a name of our making."""


class ClientList(Data, prefix="cl"):
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
class ShowLibrary(Data, prefix="l"):
    """The ways into the library."""


class LibraryTopic(Data, prefix="lt"):
    """The signs of one topic."""

    topic: Name


class LibraryTypes(Data, prefix="ly"):
    """All client types."""

    page: Count


class LibraryQuestions(Data, prefix="lq"):
    """All questions of the self-reflection."""

    page: Count


class LibraryEntry(Data, prefix="le1"):
    """One sign, type or question, and the part of it to read."""

    kind: Literal["sign", "type", "question"]
    id: Name


class LibraryAdvice(Data, prefix="la"):
    """The advice on a sign, read in the library."""

    sign: Name


class SearchLibrary(Data, prefix="lf"):
    """Ask what to look for."""


# Settings and data.
class ShowSettings(Data, prefix="s"):
    """All settings with their values."""


class AskCity(Data, prefix="sc"):
    """Ask for the time zone: a city, a pin, or the clock."""


class AskClock(Data, prefix="sk"):
    """Ask whether the clock shows the time this many minutes from UTC."""

    offset: Annotated[int, Field(ge=-720, le=840)]


class ClockZones(Data, prefix="sq"):
    """Ask which city's zone it is, of those with this many minutes from UTC now."""

    offset: Annotated[int, Field(ge=-720, le=840)]


class SetZone(Data, prefix="sz"):
    """Take a time zone by its IANA key."""

    zone: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_+/-]{1,40}$")]


class SetTeam(Data, prefix="st"):
    """«я» or «мы»."""

    team: Flag


class SetGender(Data, prefix="sg"):
    """Own grammatical gender."""

    gender: Literal["unknown", "male", "female"]


class AskGender(Data, prefix="sa"):
    """Ask the grammatical gender."""


class AskLanguage(Data, prefix="sv"):
    """Ask the language, once there is more than one."""


class SetLanguage(Data, prefix="sl"):
    """Take a language."""

    language: Name


class MyData(Data, prefix="m"):
    """What is stored, export, deletion."""


class Privacy(Data, prefix="pr"):
    """What is stored and where."""


class AskExport(Data, prefix="xa"):
    """Say what an export holds."""


class ExportNow(Data, prefix="xx"):
    """Send the export."""


class AskErase(Data, prefix="ea"):
    """List what would go."""


class EraseNow(Data, prefix="ez"):
    """Erase everything for good."""


# Out of nowhere.
class HeldAsClient(Data, prefix="nn"):
    """The held text is the name of a new client."""


class HeldAsNote(OfClient, prefix="no"):
    """The held text is a note on a client."""


class HeldAsAnswerNote(OfQuestion, prefix="na"):
    """The held text is a note on an answer."""


class HeldChoose(Data, prefix="nw"):
    """Ask which client the held text is about."""

    page: Count


class HeldSearch(Data, prefix="ns"):
    """Look for the held text in the library."""


class HeldDrop(Data, prefix="nx"):
    """Do not keep the held text."""


class ShowHeld(Data, prefix="nh"):
    """What to do with the held text."""


class HeldAsFact(Data, prefix="nf"):
    """The held text is a fact about a client; 0: it will be said later which."""

    client: Count


class HeldChooseFact(Data, prefix="nv"):
    """Ask which client the fact in the held text is about."""

    page: Count


# Facts. Days are proleptic Gregorian ordinals; client 0 stands for facts without one.
class NewFact(Data, prefix="fn"):
    """Ask what happened."""

    client: Count


class ShowFact(OfFact, prefix="f"):
    """A fact with its words."""


class KeptFact(OfFact, prefix="fk"):
    """The first reply to a forward: kept, and nothing more has to be done tonight."""


class FactList(Data, prefix="fl"):
    """The facts about a client."""

    client: Count
    page: Count


class FactSigns(Data, prefix="fg"):
    """The signs that a client's facts speak of."""

    client: Count
    page: Count


class SignFacts(Data, prefix="fq"):
    """The facts about a client that speak of one sign."""

    client: Count
    sign: Name
    page: Count


class FactClients(OfFact, prefix="fc"):
    """Ask which client a fact is about."""

    page: Count


class SetFactClient(OfFact, prefix="fs"):
    """The fact is about this client."""

    client: Number


class FactNewClient(OfFact, prefix="fm"):
    """The fact is about somebody new: ask the name."""


class FactTopics(OfFact, prefix="ft"):
    """Ask which topic a fact belongs to."""


class FactTopic(OfFact, prefix="fo"):
    """Ask which sign of a topic a fact speaks of."""

    topic: Name


class SetFactSign(OfFact, prefix="fa"):
    """The fact speaks of this sign."""

    sign: Name


class ClearFactSign(OfFact, prefix="fz"):
    """The fact speaks of no sign."""


class AskFactDay(OfFact, prefix="fd"):
    """Ask when it was."""


class ConfirmFactDay(OfFact, prefix="fy"):
    """Show a typed day back."""

    day: Count


class SetFactDay(OfFact, prefix="fw"):
    """It was on this day."""

    day: Count


class EditFact(OfFact, prefix="fe"):
    """Ask the words anew."""


class UpdateFact(OfFact, prefix="fp"):
    """Take over what its message says after an edit."""


class LeaveFact(OfFact, prefix="fv"):
    """Leave the fact as it is, whatever its message says now."""


class DeleteFact(OfFact, prefix="fx"):
    """Delete the fact, with ten minutes to undo."""


class UndeleteFact(OfFact, prefix="fu"):
    """Bring a fact back within ten minutes."""


class ClearChat(OfFact, prefix="fr"):
    """Take the messages that brought a fact out of the chat."""


# Not today.
class NotToday(OfFact, prefix="g"):
    """Put the reply off until the morning."""


class PutOff(OfFact, prefix="gd"):
    """Put the reply off until another day."""

    day: Count


class NoteToSelf(OfFact, prefix="gn"):
    """Ask the angry note that goes nowhere."""


class DueReply(OfFact, prefix="gs"):
    """A reply that was put off and whose day has come."""


class EndReply(OfFact, prefix="ge"):
    """The reply went out, or there will be none."""

    state: Literal["done", "dropped"]


# The price of a client.
class ShowPrice(OfClient, prefix="k"):
    """What a client costs and brings."""


class AskPrice(OfClient, prefix="ka"):
    """Ask one number."""

    number: Name


class SkipPrice(OfClient, prefix="kx"):
    """One number stays unknown."""

    number: Name


class TakePrice(OfClient, prefix="kt"):
    """Answer the open assessment with what the numbers say."""


# Letters. What is tapped names the letter, and where it matters the version it speaks of.
class OfLetter(Data, prefix="-w"):
    """What concerns a letter."""

    letter: Number


class LetterClients(Data, prefix="w"):
    """Ask whom to write to."""

    page: Count


class LetterKinds(OfClient, prefix="wk"):
    """Ask which kind of letter, with when to use each."""

    page: Count


class ClientLetters(OfClient, prefix="wa"):
    """The letters to a client so far."""

    page: Count


class StartLetter(OfClient, prefix="wn"):
    """Begin a letter, or go on with the one of this kind that is open."""

    kind: Name


class OpenLetter(OfLetter, prefix="w1"):
    """A letter, wherever it stands."""


class RestartLetter(OfLetter, prefix="w0"):
    """Ask everything anew; the versions stay."""


class LetterChecklist(OfLetter, prefix="wc"):
    """What to see to before parting."""


class TickItem(OfLetter, prefix="wt"):
    """One thing is seen to, or not yet."""

    item: Name
    on: Flag


class PlanRest(OfLetter, prefix="wq"):
    """Put what is not seen to into the plan."""


class NextBlank(OfLetter, prefix="wg"):
    """The first blank that is open and was not put off; the draft where there is none."""


class LetterBlank(OfLetter, prefix="wb"):
    """One blank, filled or not."""

    blank: Name
    page: Count


class FillBlank(OfLetter, prefix="wo"):
    """A proposal for a blank: its index, or the id of an option or of a date."""

    blank: Name
    given: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,24}$")]


class ReuseBlank(OfLetter, prefix="wu"):
    """What was given for the blank in another letter."""

    blank: Name
    other: Number


class LaterBlank(OfLetter, prefix="wl"):
    """Leave a blank open for now."""

    blank: Name


class BeforeBlank(OfLetter, prefix="wh"):
    """One step back from a blank."""

    blank: Name


class PickFact(OfLetter, prefix="wp"):
    """Take a fact into the letter, or leave it out."""

    fact: Number
    on: Flag
    page: Count


class DropLine(OfLetter, prefix="wv"):
    """Leave out a fact in the person's own words: which one, of how many."""

    line: Count
    of: Count


class FactsChosen(OfLetter, prefix="ww"):
    """The facts are the ones that are ticked."""


class ShowDraft(OfLetter, prefix="wd"):
    """The letter and nothing else; a very long one in pieces."""

    piece: Count


class Restyle(OfLetter, prefix="wr"):
    """Write the letter in another tone, length or language."""

    tone: Literal["warm", "neutral", "firm"]
    length: Literal["short", "full"]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")]


class LetterRules(OfLetter, prefix="wy"):
    """Every rule of the letter, kept or not."""


class ShowFinding(OfLetter, prefix="we"):
    """One finding of the check."""

    index: Count


class FixFinding(OfLetter, prefix="wx"):
    """Take the fix of one finding in a version."""

    version: Number
    index: Count


class FixAll(OfLetter, prefix="wz"):
    """Take every fix there is for a version."""

    version: Number


class KeepFinding(OfLetter, prefix="wj"):
    """Leave what one finding in a version speaks of as it is."""

    version: Number
    index: Count


class EditLetter(OfLetter, prefix="wm"):
    """What can be changed about a letter."""


class LetterParts(OfLetter, prefix="wi"):
    """The parts of a letter."""

    page: Count


class EditPart(OfLetter, prefix="w2"):
    """One part: its blanks, or other words for it."""

    part: Name


class ResetPart(OfLetter, prefix="w3"):
    """Write a part as the letter has it, not in the person's words."""

    part: Name


class OwnText(OfLetter, prefix="w4"):
    """Ask the whole text."""


class ClientForm(OfLetter, prefix="w5"):
    """How the letter names the client, or greets them."""

    form: Literal["client", "contact"]


class DropForm(OfLetter, prefix="w6"):
    """Name the client nowhere, or greet nobody by name."""

    form: Literal["client", "contact"]


class LetterVersions(OfLetter, prefix="w7"):
    """The versions of a letter."""


class UseVersion(OfLetter, prefix="w8"):
    """Show another version; a new one goes on from it."""

    version: Number


class FinishLetter(OfLetter, prefix="w9"):
    """The letter is ready to go out."""


class ShowDone(OfLetter, prefix="wf"):
    """A letter that is ready, and the ways to take it."""

    piece: Count


class LetterFile(OfLetter, prefix="ws"):
    """Hand over the letter as a file."""

    form: Literal["pdf", "eml", "txt"]


class MarkSent(OfLetter, prefix="y"):
    """The client has it."""


class ShowSent(OfLetter, prefix="ys"):
    """What was noted when the letter went out."""


class UnmarkSent(OfLetter, prefix="yu"):
    """It did not go out after all."""


class ShowProbation(Data, prefix="yp"):
    """The conditions agreed on, and until when."""

    promise: Number


class EndProbation(Data, prefix="ye"):
    """Whether the conditions were kept."""

    promise: Number
    kept: Flag


class MoveProbation(Data, prefix="ym"):
    """Look at the conditions so many days from today."""

    promise: Number
    days: Count


class HeldAsLetter(Data, prefix="nk"):
    """Ask whom the letter in the held text is for."""

    page: Count


class HeldLetterKinds(OfClient, prefix="nl1"):
    """Ask which kind of letter the held text is."""

    page: Count


class HeldLetter(OfClient, prefix="ng"):
    """Check the held text as a letter of this kind."""

    kind: Name


class AskSignature(Data, prefix="sn"):
    """Ask how letters are signed."""


class ClearSignature(Data, prefix="sx"):
    """Ask for the signature in the next letter again."""


# Reports. Lines are counted from 0 within a report; ``of`` says how many there were, so that a
# button under an old message cannot change another line.
class OfReport(CallbackData, prefix="-o"):
    """What concerns a report."""

    report: Number


class OfLine(OfReport, prefix="-ol"):
    """What concerns one line of a report."""

    line: Count
    of: Count


class ReportClients(CallbackData, prefix="o"):
    """Ask whom to report to, those who wait first."""

    page: Count


class OpenReport(OfClient, prefix="oc"):
    """The report of this week, begun or sent."""


class NextReport(OfClient, prefix="on"):
    """Begin the report of the week to come."""


class ShowReport(OfReport, prefix="o1"):
    """What a report is made of."""

    page: Count


class TickLine(OfLine, prefix="ot"):
    """A line is done, or still in hand."""

    done: Flag
    page: Count


class ReportPart(OfReport, prefix="op"):
    """The lines of one part; what is typed then is more of them."""

    part: Literal["done", "in_hand", "goal", "needed"]
    page: Count


class GoalsFromWork(OfReport, prefix="og"):
    """What is in hand goes on: it is a goal of the week to come."""


class EditLine(OfLine, prefix="oe"):
    """Ask other words for a line."""


class RemoveLine(OfLine, prefix="ox"):
    """Take a line away."""


class ReportReady(OfReport, prefix="or"):
    """The text of a report and nothing else; ``sure``: also without goals."""

    sure: Flag


class ReportRules(OfReport, prefix="oy"):
    """Every rule of tone, kept or not."""


class ReportFinding(OfReport, prefix="of"):
    """One finding of the check."""

    index: Count


class FixReport(OfReport, prefix="oz"):
    """Take the fix of one finding, of so many."""

    index: Count
    of: Count


class FixWholeReport(OfReport, prefix="oa"):
    """Take every fix there is, of so many findings."""

    of: Count


class EditReport(OfReport, prefix="om"):
    """Ask the whole text in the person's own words."""


class ResetReport(OfReport, prefix="o0"):
    """Make the text of the lines again."""


class ReportFile(OfReport, prefix="os"):
    """Hand over the report as a file that a mail program opens."""


class SendReport(OfReport, prefix="od"):
    """The client has it; ``then`` is the client to report to next, 0 for nobody."""

    then: Count


class ShowReported(OfReport, prefix="ok"):
    """That a report went out, and what comes next."""


class UnsendReport(OfReport, prefix="ou"):
    """It did not go out after all."""


class ReportHistory(OfClient, prefix="oh"):
    """The reports that a client got."""

    page: Count


class ReadReport(OfReport, prefix="ov"):
    """The text of a report that went out."""


# Reminders. Days are proleptic Gregorian ordinals, times of day minutes after midnight; client 0
# stands for everybody.
class OfWeek(CallbackData, prefix="-i"):
    """What concerns one week of a client's reports, named by its day.

    With client 0: all that the list of that day names.
    """

    client: Count
    day: Count


class TodayList(CallbackData, prefix="id"):
    """What is due today: reports, and what was promised for today."""

    page: Count


class OpenWeek(OfWeek, prefix="iw"):
    """The report of a week that a digest has listed."""


class WeekSent(OfWeek, prefix="is"):
    """The report of a week went out."""


class SkipWeek(OfWeek, prefix="ik"):
    """There is no report in this week."""


class ReopenWeek(OfWeek, prefix="iu"):
    """A week is open again after all, within 24 hours."""


class Reopen(CallbackData, prefix="iv"):
    """All that was closed at one instant, in seconds since 1970, is open again."""

    at: Annotated[int, Field(ge=0, le=99_999_999_999)]


class Later(OfWeek, prefix="il"):
    """Ask until when a report can wait."""


class InTwoHours(OfWeek, prefix="ih"):
    """Remind of a report once more in two hours."""


class Tomorrow(OfWeek, prefix="it"):
    """Remind of a report tomorrow."""


class ShowReminders(CallbackData, prefix="i"):
    """What comes next and why, and what can be changed about it."""


class ReportDays(CallbackData, prefix="ib"):
    """The clients with the weekdays of their reports."""

    page: Count


class AskDay(OfClient, prefix="ic"):
    """On which weekday a client is reported to."""


class ChooseDay(OfClient, prefix="iy"):
    """A client is reported to on this weekday; 0 is Monday."""

    weekday: Weekday


class DropDay(OfClient, prefix="ix"):
    """Remind of a client's reports no more."""


class AskPause(CallbackData, prefix="ip"):
    """Ask until when to be silent about a client, or about everybody."""

    client: Count


class SetPause(CallbackData, prefix="iq"):
    """Be silent about a client, or about everybody, before a day; day 0: no more."""

    client: Count
    day: Count


class CalendarFile(CallbackData, prefix="if"):
    """Hand over the dates to come of a client, or of everybody, as a calendar file."""

    client: Count


class AskTime(CallbackData, prefix="ie"):
    """Ask at what time to remind."""


class SetTime(CallbackData, prefix="im"):
    """Remind at this time."""

    minute: Minute


class AskUsualDay(CallbackData, prefix="ir"):
    """Ask which weekday is the usual one for reports."""


class SetUsualDay(CallbackData, prefix="ij"):
    """This weekday is the usual one for reports; 0 is Monday."""

    weekday: Weekday


class AskQuiet(CallbackData, prefix="in"):
    """Ask for the quiet hours."""


class SetQuiet(CallbackData, prefix="io"):
    """Be quiet from one time up to another."""

    start: Minute
    end: Minute


class ClearQuiet(CallbackData, prefix="ig"):
    """No quiet hours."""


class SetWeekdaysOnly(CallbackData, prefix="ia"):
    """No reminders on Saturdays and Sundays, or on any day."""

    only: Flag


class AskHolidays(CallbackData, prefix="iz"):
    """Ask whose public holidays are free of reminders."""

    page: Count


class SetHolidays(CallbackData, prefix="ik1"):
    """No reminders on the public holidays of a country, by its ISO 3166 code."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class ClearHolidays(CallbackData, prefix="ik0"):
    """Public holidays are days like any other."""


class SetDiscreet(CallbackData, prefix="sd"):
    """No names and no judgements where others may look, or names as they are."""

    discreet: Flag


class AskPutOff(OfFact, prefix="gl"):
    """Ask until which day a reply can wait."""


class DueReplies(CallbackData, prefix="gw"):
    """All replies whose morning has come."""

    page: Count


def unpacked(data: str) -> CallbackData | None:
    """Return the button that carries this data; None for what none carries."""
    form = _forms().get(data.split(":", 1)[0])
    try:
        return form.unpack(data) if form else None
    except (TypeError, ValueError, ValidationError):
        return None


@cache
def _forms() -> dict[str, type[CallbackData]]:
    return {form.__prefix__: form for form in _below(CallbackData)}


def _below(form: type[CallbackData]) -> Iterator[type[CallbackData]]:
    for each in form.__subclasses__():
        yield each
        yield from _below(each)
