"""What any engine promises; the contract tests know no engine, and ``storage.sqlite`` is one.

A step is a plain function of one ``Memory``; ``Storage.write`` runs it inside one transaction and
returns once the commit is durable. There is no ``await`` in a step, so nothing can wait for the
network while the transaction is open, and a tap costs one hop to the writer's thread however many
statements it needs. Several steps may share one commit, each under its own savepoint: a step that
raises undoes only itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storage.rows.memory import Memory

T = TypeVar("T")


class Storage(Protocol):
    """The only way in."""

    notices: Sequence[str]
    """What the operator should read of the opening, a line each."""
    engine: str
    """Name and version of the engine."""

    async def write(self, step: Callable[[Memory], T]) -> T:
        """Run a step in a transaction; what it did is durable when this returns.

        A step may run more than once, so it does nothing but read and write ``Memory``, and steps
        of one person that run at the same time may run in any order. What the step raises comes out
        here, with the step undone. If the commit fails, its error comes out of every call that
        shared it, with all of them undone. Raises ``StorageAway``, and ``StorageUnusable`` from the
        moment the data were found damaged. Cancelling the caller does not stop the step.
        """

    async def close(self) -> None:
        """Finish what was accepted and close; ``write`` raises RuntimeError from now on."""


class NotFound(LookupError):  # noqa: N818 - the word of the domain
    """There is no such row for this owner."""


class Frozen(Exception):  # noqa: N818 - the word of the domain
    """A judged assessment does not change."""


class Overtaken(Exception):  # noqa: N818 - the word of the domain
    """What was read has been changed by somebody else since."""


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
