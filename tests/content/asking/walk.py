"""One assessment, played on the content alone: questions and taps until the verdict is known."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from random import Random

from content.asking import Standing, standing
from content.knowledge import Catalogue
from content.models import SIGN_OPTIONS, SKIP, Certainty, OptionId, QuestionId, VerdictId
from content.questionnaire import is_critical, open_critical, open_in_topic, opens_topic
from content.sheet import Sheet
from content.verdict import judge

NEVER = SIGN_OPTIONS[0]


@dataclass(frozen=True)
class Way:
    """How the screens ask."""

    shortcuts: bool = True
    """A quiet topic is closed with one tap; the critical signs are ticked on one screen."""
    ticks: float = 0
    """A topic is a screen with ticks, then «как часто» for each tick, where it is this quiet: so
    many signs at most are to be expected of what is open in it."""

    rest: int = 0
    """The rest of a topic in which something has shown is such a screen, where so many are open."""


ONE_BY_ONE = Way(shortcuts=False)


@dataclass
class Walk:
    """What one person went through."""

    full: VerdictId
    """The verdict on the full sheet."""
    questions: int = 0
    taps: int = 0
    seconds: list[float] = field(default_factory=list)
    """CPU of each choice of a question."""
    asked: list[QuestionId] = field(default_factory=list)
    likely: tuple[int, int, VerdictId] | None = None
    """Questions, taps and verdict when it was first likely."""
    settled: tuple[int, int, VerdictId] | None = None
    left: int = 0
    """Questions that were never asked."""
    shares: list[tuple[float, bool]] = field(default_factory=list)
    """What the coach thought, and whether the verdict of that moment was the final one."""


def walk(
    catalogue: Catalogue,
    full: Sheet,
    way: Way = Way(),
    dont_know: tuple[Random, float] | None = None,
) -> Walk:
    """Ask until nothing can move the verdict.

    ``dont_know``: chance, and the share of the answers that the person does not have.
    """
    if dont_know is not None:
        chance, share = dont_know
        unknown = {q: SKIP if chance.random() < share else o for q, o in full.answers.items()}
        full = replace(full, answers=unknown)
    done = Walk(judge(catalogue, full).id)
    sheet = replace(full, answers={})
    while True:
        began = time.process_time()
        at = standing(catalogue, sheet)
        done.seconds.append(time.process_time() - began)
        _note(done, at)
        if at.question is None:
            return done
        given, taps = _answer(catalogue, sheet, full, at, way)
        done.asked.append(at.question)
        done.questions += len(given)
        done.taps += taps
        sheet = replace(sheet, answers={**sheet.answers, **given})


def _note(done: Walk, at: Standing) -> None:
    done.shares.append((at.share, at.verdict is done.full))
    here = (done.questions, done.taps, at.verdict)
    if at.certainty is not Certainty.PRELIMINARY and done.likely is None:
        done.likely = here
    if at.question is None:
        done.settled = here
        done.left = len(at.open)


def _answer(
    catalogue: Catalogue, sheet: Sheet, full: Sheet, at: Standing, way: Way
) -> tuple[dict[QuestionId, OptionId], int]:
    """Return what the person answers with this screen, and in how many taps."""
    question = at.question
    assert question is not None
    alone = {question: full.answers[question]}
    sign = catalogue.signs.get(question)
    if not way.shortcuts or sign is None:
        return alone, 1
    if is_critical(catalogue, question):
        critical = open_critical(catalogue, sheet)
        there = [q for q in critical if full.answers[q] != NEVER]
        return {q: full.answers[q] for q in critical}, 1 + 2 * len(there)
    group = open_in_topic(catalogue, sheet, sign.topic)
    there = [q for q in group if full.answers[q] != NEVER]
    opens = opens_topic(catalogue, sheet, question)
    ticked = len(group) > 1 and sum(catalogue.signs[q].common for q in group) < way.ticks
    ticked = ticked or (not opens and 0 < way.rest <= len(group))
    if ticked or (opens and not there):
        return {q: full.answers[q] for q in group}, 1 + 2 * len(there)
    return alone, 1
