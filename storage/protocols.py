"""What any engine promises; the contract tests know no engine, and ``storage.sqlite`` is one.

A step is a plain function of one ``Memory``; ``Storage.write`` runs it inside one transaction and
returns once the commit is durable. There is no ``await`` in a step, so nothing can wait for the
network while the transaction is open, and a tap costs one hop to the writer's thread however many
statements it needs. Several steps may share one commit, each under its own savepoint: a step that
raises undoes only itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

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
