"""The buttons of those with whom nothing is signed yet."""

from __future__ import annotations

from handlers.engine.buttons import Count, Data, Name, OfClient


class ProspectList(Data, prefix="z"):
    """Those with whom nothing is signed yet."""

    page: Count


class NewProspect(Data, prefix="zn"):
    """Ask the name of somebody new."""


class NameProspectLater(Data, prefix="zl"):
    """Take them with a name of our making."""


class ShowProspect(OfClient, prefix="zp"):
    """What the answers come to, or how many are still to be given."""


class AskBefore(OfClient, prefix="zq"):
    """A question that is asked before signing, whether answered or not."""

    question: Name


class ExplainBefore(OfClient, prefix="zw"):
    """The same with what counts, and when it means nothing bad."""

    question: Name


class AnswerBefore(OfClient, prefix="za"):
    """An answer to it."""

    question: Name
    option: Name


class AnswersBefore(OfClient, prefix="ze"):
    """All answers, to change one."""


class ShowCondition(OfClient, prefix="zc"):
    """One condition, with what to do and to say."""

    index: Count


class SignClient(OfClient, prefix="zs"):
    """They sign: from now on a client like all others."""


class TurnDown(OfClient, prefix="zd"):
    """Leave them, with the answers in the archive."""
