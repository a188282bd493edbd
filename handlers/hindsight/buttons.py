"""The buttons of the question how it went."""

from __future__ import annotations

from typing import Literal

from handlers.engine.buttons import Data, Flag, Number, OfClient
from storage.records import PromiseNumber
from storage.rows.memory import Owned


class OfOutcome(Data, prefix="-h"):
    """What concerns one such question."""

    promise: Number

    def about(self, memory: Owned) -> int | None:
        """Return the number of the client it is about."""
        promise = memory.promises.get(PromiseNumber(self.promise))
        return None if promise is None else promise.client


class AskHowItWent(OfOutcome, prefix="hw"):
    """How it went, in three taps at most."""


class AskAfterEnd(OfOutcome, prefix="he"):
    """How it is for the person now that the work is over."""


class TellHowItWent(OfOutcome, prefix="ht"):
    """How it went."""

    ended: Flag
    ease: Literal["better", "same", "worse"]


class SilenceClient(OfClient, prefix="hs"):
    """Ask about a client no more, or again."""

    silent: Flag
