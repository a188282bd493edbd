"""The buttons of the facts, of replies that wait, and of words that nobody asked for.

Days are proleptic Gregorian ordinals; client 0 stands for facts without one.
"""

from __future__ import annotations

from typing import Literal

from handlers.assessment.buttons import OfQuestion
from handlers.engine.buttons import Count, Data, Name, Number, OfClient
from storage.records import FactNumber
from storage.rows.memory import Owned


class OfFact(Data, prefix="-f"):
    """What concerns a fact."""

    fact: Number

    def about(self, memory: Owned) -> int | None:
        """Return the number of the client it tells of."""
        fact = memory.facts.get(FactNumber(self.fact))
        return None if fact is None or fact.deleted_at else fact.client


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


class HeldPutOff(Data, prefix="nj"):
    """Keep the text as a fact and put all of it off until the morning; client 0: not known."""

    client: Count


class HeldOfNew(Data, prefix="ny"):
    """The held text tells of somebody new: ask the name, then sort it out."""


class HeldOfUnnamed(Data, prefix="nz"):
    """The same, with a name of our making."""


class HeldChooseFact(Data, prefix="nv"):
    """Ask which client the fact in the held text is about."""

    page: Count


class HeldOn(Data, prefix="nd"):
    """The held text is a fact of this day about a client; 0: it will be said later which."""

    client: Count
    day: Count


# Facts.
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


class SplitFact(OfFact, prefix="fi"):
    """Make a fact of each piece."""


class JoinFact(OfFact, prefix="fj"):
    """Put the fact behind another one."""

    other: Number


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


class AskPutOff(OfFact, prefix="gl"):
    """Ask until which day a reply can wait."""


class DueReplies(Data, prefix="gw"):
    """All replies whose morning has come."""

    page: Count
