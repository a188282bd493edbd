"""The buttons of the letters.

What is tapped names the letter, and where it matters the version it speaks of.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import StringConstraints

from handlers.engine.buttons import Count, Data, Flag, Name, Number, OfClient
from storage.records import LetterNumber, PromiseNumber
from storage.rows.memory import Owned


class OfLetter(Data, prefix="-w"):
    """What concerns a letter."""

    letter: Number

    def about(self, memory: Owned) -> int | None:
        """Return the number of the client it is for."""
        letter = memory.letters.get(LetterNumber(self.letter))
        return None if letter is None else letter.client


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


class KeepAnswer(OfLetter, prefix="wk1"):
    """An answer stays as it was typed, whatever is doubtful in it."""

    blank: Name


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


class DropRow(OfLetter, prefix="wv1"):
    """Leave out a line of a list: which one, of how many."""

    blank: Name
    line: Count
    of: Count


class RowsDone(OfLetter, prefix="wv2"):
    """The list is whole."""


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


Form: TypeAlias = Literal["client", "contact", "currency"]
"""What a client is called, greeted, or charged in."""


class ClientForm(OfLetter, prefix="w5"):
    """How the letter names the client, or greets them."""

    form: Form


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


class OfPromise(Data, prefix="-y"):
    """What concerns a promise."""

    promise: Number

    def about(self, memory: Owned) -> int | None:
        """Return the number of the client it was made to."""
        promise = memory.promises.get(PromiseNumber(self.promise))
        return None if promise is None else promise.client


class ShowProbation(OfPromise, prefix="yp"):
    """The conditions agreed on, and until when."""


class EndProbation(OfPromise, prefix="ye"):
    """Whether the conditions were kept."""

    kept: Flag


class MoveProbation(OfPromise, prefix="ym"):
    """Look at the conditions so many days from today."""

    days: Count


class EndOutcome(OfPromise, prefix="yo"):
    """The day that a letter has set is dealt with."""


class AskPromised(OfPromise, prefix="ya"):
    """Ask by which day payment was promised."""


class SetPromised(OfPromise, prefix="yd"):
    """Payment was promised by this day, a proleptic Gregorian ordinal."""

    day: Count


class HeldAsLetter(Data, prefix="nk"):
    """Ask whom the letter in the held text is for."""

    page: Count


class HeldLetterKinds(OfClient, prefix="nl1"):
    """Ask which kind of letter the held text is."""

    page: Count


class HeldLetter(OfClient, prefix="ng"):
    """Check the held text as a letter of this kind."""

    kind: Name
