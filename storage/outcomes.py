"""What came of a step that others shared a transaction with, on its way to whoever waits for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Failed:
    """What a step raised."""

    error: Exception


def deliver(outcome: object, future: asyncio.Future[Any]) -> None:
    """Give what a step returned, or ``Failed``, to its caller, who may be gone."""
    if future.done():
        return
    if not isinstance(outcome, Failed):
        future.set_result(outcome)
    elif isinstance(outcome.error, StopIteration):  # the one error that a future refuses
        future.set_exception(RuntimeError("the step raised StopIteration"))
    else:
        future.set_exception(outcome.error)
