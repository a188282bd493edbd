"""Which question comes next, and how sure the verdict is already.

A pure function of catalogue and sheet: no clock, no chance, nothing remembered, and the order of
the answers means nothing. It looks ahead over made-up continuations of the sheet, asks what tells
most about where they end, and stops when no answer can move the verdict any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from content.continuations import ROWS, column, ends
from content.knowledge import Catalogue
from content.models import (
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    SKIP,
    Certainty,
    OptionId,
    QuestionId,
    SignKind,
    VerdictId,
)
from content.questionnaire import open_in_topic, opens_topic
from content.sheet import Sheet
from content.verdict import level_of, sums_of

MONTHS = 3
"""Before today: of this time signs are asked. What is older is a fact for the log, no answer."""
LIKELY = 0.95
"""Share of the continuations that must end at the verdict of now."""
STAYS = 0.3
"""A topic goes on while one of its questions tells this share of what the best one tells."""
SCREENS_LEFT = 0.4
"""Screens until the verdict is likely, for each open question; measured in docs/asking.md."""
_PLACE = {verdict: place for place, verdict in enumerate(VerdictId)}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an assessment stands: what to ask next, and what is known already."""

    question: QuestionId | None
    """None when no answer can move the verdict, or all is asked."""
    why: Mapping[OptionId, VerdictId]
    """Answers to the question that alone move the verdict, and where to."""
    verdict: VerdictId
    """What the rule says of the sheet as it is."""
    certainty: Certainty
    share: float
    """Of the continuations, how many end at this verdict: 0 to 1."""
    open: tuple[QuestionId, ...]
    """Questions with a weight that have no answer, in the order of the catalogue."""
    unknown: tuple[QuestionId, ...]
    """Questions answered «не знаю» of which an answer alone would move the verdict."""

    @property
    def about_left(self) -> int:
        """How many more screens it takes until the verdict is likely, more or less; at least 1."""
        return max(1, round(len(self.open) * SCREENS_LEFT))


@lru_cache(maxsize=2048)
def standing(catalogue: Catalogue, sheet: Sheet) -> Standing:
    """Say where an assessment stands. Equal sheets are looked at once."""
    verdict = level_of(sums_of(catalogue, sheet))
    left = tuple(open_questions(catalogue, sheet))
    unknown = tuple(
        question
        for question in (*catalogue.questions, *catalogue.signs)
        if sheet.answers.get(question) == SKIP and moves(catalogue, sheet, question, verdict)
    )
    if is_settled(catalogue, sheet, left, verdict):
        return Standing(None, {}, verdict, Certainty.SETTLED, 1.0, left, unknown)
    found = ends(catalogue, sheet, left)
    share = found.count(verdict) / ROWS
    likely = share >= LIKELY and verdict is not VerdictId.CANNOT_TELL
    question = _choose(catalogue, sheet, left, found)
    return Standing(
        question,
        moves(catalogue, sheet, question, verdict),
        verdict,
        Certainty.LIKELY if likely else Certainty.PRELIMINARY,
        share,
        left,
        unknown,
    )


def until_settled(catalogue: Catalogue, sheet: Sheet) -> int:
    """Return how many questions it takes until nothing can move the verdict, if no more shows."""
    count = 0
    while (question := standing(catalogue, sheet).question) is not None:
        mild = SIGN_OPTIONS[0] if question in catalogue.signs else REFLECTION_OPTIONS[0]
        sheet = replace(sheet, answers={**sheet.answers, question: mild})
        count += 1
    return count


def open_questions(catalogue: Catalogue, sheet: Sheet) -> Iterator[QuestionId]:
    """Yield what has a weight and no answer: own questions, then signs, each in its order."""
    for question, own in catalogue.questions.items():
        if own.weighs and question not in sheet.answers:
            yield question
    for sign, data in catalogue.signs.items():
        if sign not in sheet.answers and (sheet.team or not data.team_only):
            yield sign


def is_settled(
    catalogue: Catalogue, sheet: Sheet, left: Sequence[QuestionId], verdict: VerdictId
) -> bool:
    """Tell whether no answer to what is left can move the verdict.

    Exact: the mildest and the most severe completion have the same verdict, and by monotony so
    have all between.
    """
    if not left:
        return True
    if verdict is VerdictId.CANNOT_TELL:
        return False
    signs = [each for each in left if each in catalogue.signs]
    own = [each for each in left if each in catalogue.questions]
    bounds = (
        {**dict.fromkeys(signs, SIGN_OPTIONS[0]), **dict.fromkeys(own, REFLECTION_OPTIONS[-1])},
        {**dict.fromkeys(signs, SIGN_OPTIONS[-1]), **dict.fromkeys(own, REFLECTION_OPTIONS[0])},
    )
    return all(
        level_of(sums_of(catalogue, replace(sheet, answers={**sheet.answers, **bound}))) is verdict
        for bound in bounds
    )


def moves(
    catalogue: Catalogue, sheet: Sheet, question: QuestionId, verdict: VerdictId
) -> dict[OptionId, VerdictId]:
    """Return the answers to a question that alone would move the verdict, and where to."""
    options = SIGN_OPTIONS if question in catalogue.signs else REFLECTION_OPTIONS
    moved = {
        option: level_of(
            sums_of(catalogue, replace(sheet, answers={**sheet.answers, question: option}))
        )
        for option in options
    }
    return {option: there for option, there in moved.items() if there is not verdict}


def _choose(
    catalogue: Catalogue, sheet: Sheet, left: Sequence[QuestionId], found: Sequence[VerdictId]
) -> QuestionId:
    first = next((each for each in left if _comes_first(catalogue, each)), None)
    if first is not None:
        return first
    places = [_PLACE[end] for end in found]
    tells = {question: _tells(catalogue, question, places) for question in left}

    def most(questions: Iterable[QuestionId]) -> QuestionId:
        return max(questions, key=lambda each: (tells[each], _weight(catalogue, each)))

    best = most(left)
    begun = {
        catalogue.signs[sign].topic
        for sign in map(QuestionId, sheet.answers)
        if sign in catalogue.signs and catalogue.signs[sign].kind is not SignKind.CRITICAL
    }
    going_on = [
        each for each in left if each in catalogue.signs and catalogue.signs[each].topic in begun
    ]
    if going_on and tells[most(going_on)] >= STAYS * tells[best]:
        best = most(going_on)
    if best in catalogue.questions or opens_topic(catalogue, sheet, best):
        return best
    # A state is no sign of a quiet topic; one that is can save the others: it is asked first.
    topic = catalogue.signs[best].topic
    quiet = open_in_topic(catalogue, sheet, topic)
    closing = [each for each in quiet if opens_topic(catalogue, sheet, each)]
    return most(closing) if closing else best


def _comes_first(catalogue: Catalogue, question: QuestionId) -> bool:
    """Tell whether a question is asked before what tells most: early ones, critical signs."""
    if question in catalogue.questions:
        return catalogue.questions[question].early
    return catalogue.signs[question].kind is SignKind.CRITICAL


def _tells(catalogue: Catalogue, question: QuestionId, found: Sequence[int]) -> float:
    """Return how much better the ends can be told apart when the answer is known.

    ``found`` are the ends as places in ``VerdictId``.
    """
    by_value = [[0] * len(VerdictId) for _ in SIGN_OPTIONS]
    rest = by_value[0]
    for end in found:
        rest[end] += 1
    before = sum(n * n for n in rest) / ROWS
    for row, value in column(catalogue, question):
        end = found[row]
        rest[end] -= 1
        by_value[value][end] += 1
    after = sum(sum(n * n for n in ends) / sum(ends) for ends in by_value if any(ends))
    return after - before


def _weight(catalogue: Catalogue, question: QuestionId) -> float:
    """Return what decides between questions that tell the same: how much the answer can weigh."""
    sign = catalogue.signs.get(question)
    return 0.0 if sign is None else 1 + sign.weight
