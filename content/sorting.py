"""A client asks for another manager: whose fault it is, and what to do. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

WRONG = 2
"""Of two answers: one bad, or both partly so."""


class TeamQuestion(StrEnum):
    """What is asked, in this order: facts about the manager, then about the client."""

    KNOWS = "knows"
    DOES = "does"
    EQUIPPED = "equipped"
    """Only of a manager who is weak: whether they had what the job needs."""
    TAUGHT = "taught"
    """Only of one who had it all: whether it was tried to teach them."""
    TALK = "talk"
    BRIEF = "brief"


class TeamAdvice(StrEnum):
    """What is to be done; a weak manager may meet a wrong client: no advice denies the other."""

    EQUIP = "equip"
    TEACH = "teach"
    PART = "part"
    PROTECT = "protect"
    """The client is wrong, and the manager is not weak."""
    LIMIT = "limit"
    """Both: a weak manager does not have to bear everything, either."""
    LISTEN = "listen"
    """Nothing speaks against either."""


def next_asked(answers: Mapping[TeamQuestion, int]) -> TeamQuestion | None:
    """Return what is asked next; None where all is known that tells."""
    return next(
        (each for each in TeamQuestion if each not in answers and _fits(answers, each)), None
    )


def sort_out(answers: Mapping[TeamQuestion, int]) -> tuple[TeamAdvice, ...]:
    """Return what to do; an answer is 0 for good, 1 for partly, 2 for bad, and 0 where not known.

    What is missing is given first, then it is taught; only where that was in vain comes parting.
    """
    found = []
    if _is_weak(answers):
        if answers.get(TeamQuestion.EQUIPPED, 0):
            found.append(TeamAdvice.EQUIP)
        elif answers.get(TeamQuestion.TAUGHT, 0) == WRONG:
            found.append(TeamAdvice.PART)
        else:
            found.append(TeamAdvice.TEACH)
    if answers.get(TeamQuestion.TALK, 0) + answers.get(TeamQuestion.BRIEF, 0) >= WRONG:
        found.append(TeamAdvice.LIMIT if found else TeamAdvice.PROTECT)
    return tuple(found) or (TeamAdvice.LISTEN,)


def _is_weak(answers: Mapping[TeamQuestion, int]) -> bool:
    return answers.get(TeamQuestion.KNOWS, 0) + answers.get(TeamQuestion.DOES, 0) >= WRONG


def _fits(answers: Mapping[TeamQuestion, int], asked: TeamQuestion) -> bool:
    if asked is TeamQuestion.EQUIPPED:
        return _is_weak(answers)
    if asked is TeamQuestion.TAUGHT:
        return _is_weak(answers) and not answers.get(TeamQuestion.EQUIPPED, 0)
    return True
