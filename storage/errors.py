"""What a step or an opening may raise, whatever the engine."""

from __future__ import annotations

from typing import Final


class NotFound(LookupError):  # noqa: N818 - the word of the domain
    """There is no such row for this owner."""


class Frozen(Exception):  # noqa: N818 - the word of the domain
    """A judged assessment does not change."""


class Overtaken(Exception):  # noqa: N818 - the word of the domain
    """What was read has been changed by somebody else since."""


class OutOfTurn(Exception):  # noqa: N818 - it says what happened
    """Whoever holds the person's turn applies an earlier update first: this is not ours to do."""


class Full(Exception):  # noqa: N818 - the word of the domain
    """A person has as many of one kind as are kept of anybody: ``clients`` or ``facts``."""

    def __init__(self, kind: str, most: int) -> None:
        """Say of which kind, and how many are kept at most."""
        super().__init__(f"{most} {kind} are there")
        self.kind = kind
        self.most = most


class StorageAway(Exception):  # noqa: N818 - the word of the domain
    """The database cannot be worked with just now: nothing was done, and later it may go well.

    It is locked, its disk is full, failing or read-only, or its server is away.
    """


class StorageUnusable(Exception):  # noqa: N818 - the word of the domain
    """The database or the key cannot be used; the text is one line for the operator."""


CUT_OFF: Final = "a copy into this database was cut off: run it again, or begin with an empty one"


class StorageBusy(StorageUnusable):
    """Another process works with it; the text is one line for the operator."""
