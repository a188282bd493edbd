"""The buttons of the assessment, the verdict and the plan."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from handlers.engine.buttons import Count, Data, Flag, Name, Number, OfClient
from storage.records import ActionNumber, AssessmentNumber
from storage.rows.memory import Owned

Left = Annotated[str, StringConstraints(pattern=r"^(?:[0-2][0-9]){0,3}$")]
"""Deeds left of a proposed plan: the place of each, and by how many weeks it was moved."""


class OfAssessment(Data, prefix="-a"):
    """What concerns an assessment."""

    assessment: Number

    def expect(self, memory: Owned) -> None:
        """See ``Data.expect``: every screen of an assessment names the client."""
        memory.assessments.expect(AssessmentNumber(self.assessment))
        memory.clients.expect_of(AssessmentNumber(self.assessment))

    def about(self, memory: Owned) -> int | None:
        """Return the number of the client who is assessed."""
        assessment = memory.assessments.get(AssessmentNumber(self.assessment))
        return None if assessment is None else assessment.client


class OfQuestion(OfAssessment, prefix="-q"):
    """What concerns one question of an assessment."""

    question: Name


class OfAction(Data, prefix="-p"):
    """What concerns one action of a plan."""

    action: Number

    def about(self, memory: Owned) -> int | None:
        """Return the number of the client whose plan it is in."""
        action = memory.plans.get(ActionNumber(self.action))
        return None if action is None else action.client


class History(OfClient, prefix="ch"):
    """The verdicts on a client so far, and what changed."""


# Assessment.
class StartAssessment(OfClient, prefix="as"):
    """Begin an assessment, or go on with the one that is open."""

    depth: Literal["express", "full"]


class SortOut(OfClient, prefix="az"):
    """Begin an assessment with what the words that wait speak of."""


class Ask(OfQuestion, prefix="q"):
    """A question, whether answered or not."""


class Explain(OfQuestion, prefix="aa"):
    """A question with what counts, examples, and why it is asked."""


class GiveAnswer(OfQuestion, prefix="a"):
    """An answer to a question."""

    option: Name


class Back(OfQuestion, prefix="ab"):
    """The question before this one."""


class CloseTopic(OfAssessment, prefix="aq"):
    """Nothing of the kind in a whole topic."""

    topic: Name


class WhatHappened(OfAssessment, prefix="aw"):
    """Ask for a sentence about what happened."""


class Happened(OfAssessment, prefix="ah"):
    """What a text speaks of, as ticks."""


class NothingOfIt(OfAssessment, prefix="an"):
    """Nothing of what was proposed happened."""


class KeepTold(OfAssessment, prefix="at"):
    """Keep what was told as a fact of this day, a proleptic Gregorian ordinal."""

    day: Count


class Critical(OfAssessment, prefix="ac"):
    """The critical signs that are open, as ticks."""


class Tick(OfQuestion, prefix="ak"):
    """Say that a sign is there, or take that back."""

    ticked: Flag
    critical: Flag
    """Whether the tick stands among the critical signs."""


class CriticalDone(OfAssessment, prefix="ad"):
    """What is not ticked did not happen."""


class BackToLast(OfAssessment, prefix="al"):
    """The last answer that was given."""


class Stop(OfAssessment, prefix="ao"):
    """The verdict can be seen, or some of it is worth finding out."""


class GoOn(OfAssessment, prefix="ag"):
    """Answer to the end."""


class Finish(OfAssessment, prefix="af"):
    """Go to the verdict, by way of what could still move it."""


class Again(OfAssessment, prefix="ae"):
    """The answers of last time, to say what has changed."""

    page: Count


class AskDiscard(OfAssessment, prefix="ax"):
    """Ask whether an assessment may be dropped."""


class Discard(OfAssessment, prefix="ay"):
    """Drop an assessment that has no verdict."""


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


class ShowWhy(OfAssessment, prefix="vw"):
    """All reasons of a verdict, and what would move it."""


class ShowOwnPart(OfAssessment, prefix="vs"):
    """What of it may be one's own."""


class NoStrength(OfAssessment, prefix="vx"):
    """Say that no strength is left; asks before it changes the verdict."""


class WantsOut(OfAssessment, prefix="vq"):
    """Say that one wants to end it, whatever the client is like; asks first."""


class EndIt(OfAssessment, prefix="vz"):
    """Judge again, knowing that."""

    why: Literal["exhausted", "wants_out"]


class ClientLeaves(OfAssessment, prefix="vl"):
    """What to ask for where the client goes by themselves."""


class KeepLeaving(OfAssessment, prefix="vk"):
    """Write into the log that the client goes."""


class Encourage(OfAssessment, prefix="ve"):
    """The good word that fits; the number chose one in former releases."""

    index: Count


class SecondOpinion(OfAssessment, prefix="vo"):
    """A summary without names to forward to a colleague."""


class AwaitOpinion(OfClient, prefix="vy"):
    """What colleagues have answered; what comes next is another answer."""


class ShowTrend(OfAssessment, prefix="vt"):
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

    state: Literal["done", "failed", "dropped", "open"]


class PutOffAction(OfAction, prefix="pl"):
    """When to ask again about an action that is not done yet."""


class Helped(OfAction, prefix="ph"):
    """Change the answer on the sign that an action has helped with."""


class KeepPlan(OfAssessment, prefix="pk"):
    """Keep a proposed plan."""

    left: Left


class EditPlan(OfAssessment, prefix="px"):
    """A proposed plan as it was changed."""

    left: Left


class OwnAction(OfClient, prefix="po"):
    """Ask an action in the person's own words."""
