"""What any engine promises; the contract tests know no engine, and ``storage.sqlite`` is one.

A step is a plain function of one ``Memory``; ``Storage.write`` runs it inside one transaction and
returns once the commit is durable. There is no ``await`` in a step, so nothing can wait for the
network while the transaction is open, and a tap costs one hop to the writer's thread however many
statements it needs. Several steps may share one commit; a step that raises undoes only itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import Enum
from typing import NamedTuple, Protocol, TypeVar

from storage.records import Owner, UpdateId
from storage.rows.memory import Memory

T = TypeVar("T")


def nothing(_memory: Memory) -> None:
    """Expect nothing."""


class Intake(Enum):
    """How a process comes by its updates; two ways at once would put them out of order."""

    POLL = "by polling"
    WEBHOOK = "by a webhook"


class Inspection(NamedTuple):
    """What a start would find."""

    missing: int
    """How many migrations it would apply."""
    writable: bool
    intakes: frozenset[Intake] = frozenset()
    """How processes that share the database take updates at this moment."""


class Load(NamedTuple):
    """How busy an engine is at this moment."""

    steps: int
    """Steps that run or wait."""
    connections: int
    free: int
    """Connections that nobody uses."""


class Storage(Protocol):
    """The only way in."""

    notices: Sequence[str]
    """What the operator should read of the opening, a line each."""
    engine: str
    """Name and version of the engine."""

    async def write(
        self,
        step: Callable[[Memory], T],
        people: Iterable[Owner] = (),
        expect: Callable[[Memory], None] = nothing,
    ) -> T:
        """Run a step in a transaction; what it did is durable when this returns.

        ``people`` are those with whom it works, and nobody else, where that is known. ``expect``
        asks, of these people, for what the step is going to read, and writes nothing: where it is
        of use, it is asked for together with what others need. The step does the same without it.

        A step may run more than once, so it does nothing but read and write ``Memory``, and steps
        of one person that run at the same time may run in any order. What the step raises comes out
        here, with the step undone. If the commit fails, its error comes out of every call that
        shared it, with all of them undone. Raises ``StorageAway``, and ``StorageUnusable`` from the
        moment the data were found damaged. Cancelling the caller does not stop the step.
        """

    def turns(self) -> Turns:
        """Return a new way to take turns with the other processes."""

    def load(self) -> Load:
        """Tell how busy it is."""

    async def close(self) -> None:
        """Finish what was accepted and close; ``write`` raises RuntimeError from now on."""


class Handled(NamedTuple):
    """An update of the inbox of which nothing is left to be done."""

    update_id: UpdateId
    at: datetime


class Turns(Protocol):
    """Who handles whose updates: a person's turn is one process's at a time, until it ends.

    A database that is away grants nothing and has lost what was granted.
    """

    async def take(self, owner: Owner) -> bool:
        """Begin a person's turn; False where another process has it. To be asked once for each."""

    async def give_back(self, owner: Owner, done: Handled | None = None) -> bool:
        """End it, ``done`` being the last one handled, if it is still in the inbox.

        True where updates of theirs have come that nobody else will look for.
        """

    async def settle(self, owner: Owner, done: Handled) -> None:
        """Note, while the turn goes on, that nothing of an update is left to be done."""

    async def look(self) -> None:
        """Find out whether what was granted is still ours."""

    def holds(self, owner: Owner) -> bool:
        """Tell whether a turn is ours, by what is known."""

    async def close(self) -> None:
        """End all turns."""
