"""The real bot with a clock that runs ahead of the machine's and a worker that kills its process.

Its folder tells it both: ``ahead`` holds the seconds, ``die`` the step after which to die, and at
which of its occurrences. With ``WRONG=claims after sending`` it is the control: its worker sends
first and claims after.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot import app
from bot.cli import main as bot_main
from bot.operate import clock
from tests.bot.reminding_workers import Hasty, Stepped
from tests.known import KNOWLEDGE

AHEAD = Path("ahead")
DIE = Path("die")
HASTY = "claims after sending"
SYSTEM = clock.SystemClock()


def tell(file: Path, words: str) -> None:
    """Write a file at once: it is read while it is written."""
    new = file.with_suffix(".new")
    new.write_text(words, "utf-8")
    new.replace(file)


class AheadClock:
    """The machine's clock, both of its times moved on by as much as the file says."""

    def now(self) -> datetime:
        """Return the time; aware UTC."""
        return SYSTEM.now() + timedelta(seconds=self._ahead())

    def monotonic(self) -> float:
        """Return steady seconds."""
        return SYSTEM.monotonic() + self._ahead()

    async def sleep(self, seconds: float) -> None:
        """Sleep as the machine does: nobody here sleeps for long."""
        await SYSTEM.sleep(seconds)

    def _ahead(self) -> float:
        return float(AHEAD.read_text("utf-8"))


def reached(step: str) -> bool:
    """Die where the file says so, once."""
    wanted, _, count = DIE.read_text("utf-8").partition(" ")
    if step == wanted and int(count) > 1:
        tell(DIE, f"{step} {int(count) - 1}")
    elif step == wanted:
        tell(DIE, "")
        os.kill(os.getpid(), signal.SIGKILL)
    return False


def main(arguments: Sequence[str]) -> int:
    """Run the bot, or the control."""
    worker: type[Stepped] = Hasty if os.environ.get("WRONG") == HASTY else Stepped
    worker.reached = staticmethod(reached)
    clock.SystemClock = AheadClock  # type: ignore[misc,assignment]  # the command line makes its clock from it
    app.Reminders = worker  # type: ignore[attr-defined]  # what the composition root makes is what is replaced
    app.load = lambda root=None: KNOWLEDGE  # type: ignore[attr-defined]  # noqa: ARG005
    return bot_main(arguments)
