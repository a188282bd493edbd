"""The buttons of the case file."""

from __future__ import annotations

from typing import Literal

from handlers.engine.buttons import Count, OfClient


class OpenCase(OfClient, prefix="b"):
    """What a case file would hold, and in which forms it is handed over."""


class PreviewCase(OfClient, prefix="bp"):
    """All that is replaced before it leaves."""

    page: Count


class ToggleReplacement(OfClient, prefix="bt"):
    """Let something stay as it is, or hide it again."""

    replacement: Count
    page: Count


class AskHidden(OfClient, prefix="ba"):
    """Ask what else is to be hidden."""


class DropHidden(OfClient, prefix="bx"):
    """Take back all that was named to be hidden."""


class HandCase(OfClient, prefix="bf"):
    """Hand over the file; without names, what may be one is asked before."""

    form: Literal["pdf", "json"]
    names: Literal["named", "hidden", "all", "asked"]
    """``all``: hide what is in doubt as well; ``asked``: the doubts were seen and stay."""
