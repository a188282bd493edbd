"""The buttons of the team."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from handlers.engine.buttons import Count, Data, Number, OfClient
from storage.records import JudgingNumber
from storage.rows.memory import Owned

Sorted = Annotated[str, StringConstraints(pattern=r"^[0-2s]{0,6}$")]
"""The answers about a manager so far, one a character; ``s`` for what is not known."""


class OfJudging(Data, prefix="-m"):
    """What concerns a judging that was asked for, or is given."""

    judging: Number

    def about(self, memory: Owned) -> int | None:
        """Return the number of one's own client it is about."""
        judging = memory.judgings.get(JudgingNumber(self.judging))
        return None if judging is None else judging.client


class ShowTeam(OfClient, prefix="mt"):
    """Who leads a client, and who else judges them."""


class AskLead(OfClient, prefix="ml"):
    """Ask who leads a client."""


class ClearLead(OfClient, prefix="mn"):
    """Nobody in particular leads them."""


class SortManager(OfClient, prefix="ms"):
    """What to ask next about a change of managers; what to do once all is answered."""

    digits: Sorted


class KeepSorting(OfClient, prefix="mk"):
    """Take the steps into the plan."""

    digits: Sorted


class InviteJudge(OfClient, prefix="mv"):
    """Ask a colleague to judge the same client."""


class CompareJudges(OfClient, prefix="mc"):
    """Where those who judge a client disagree."""

    page: Count


class EndJudging(OfJudging, prefix="mx"):
    """Take an invitation back."""


class ShowOffer(OfJudging, prefix="mo"):
    """What somebody asks, and what they will see."""


class RefuseOffer(OfJudging, prefix="md"):
    """Leave it."""


class NameJudged(OfJudging, prefix="ma"):
    """Ask how one calls the client who is to be judged."""


class ChooseJudged(OfJudging, prefix="mw"):
    """Ask which of one's own clients it is."""

    page: Count


class TakeJudged(OfJudging, prefix="mj"):
    """It is this client."""

    client: Number


class AskShare(OfJudging, prefix="mq"):
    """Say what the other will see."""


class ShareAnswers(OfJudging, prefix="my"):
    """Let the other see the answers to the signs."""


class UnshareAnswers(OfJudging, prefix="mu"):
    """Take them back."""
