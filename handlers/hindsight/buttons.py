"""The buttons of the question how it went."""

from __future__ import annotations

from typing import Literal

from handlers.engine.buttons import Flag, OfClient
from handlers.letters.buttons import OfPromise


class AskHowItWent(OfPromise, prefix="hw"):
    """How it went, in three taps at most."""


class AskAfterEnd(OfPromise, prefix="he"):
    """How it is for the person now that the work is over."""


class TellHowItWent(OfPromise, prefix="ht"):
    """How it went."""

    ended: Flag
    ease: Literal["better", "same", "worse"]


class SilenceClient(OfClient, prefix="hs"):
    """Ask about a client no more, or again."""

    silent: Flag
