"""Ends the process when its poll loop is dead.

A thread, so that it looks on even where the loop itself hangs. It counts its own rounds rather than
seconds: a process that was stopped or a computer that slept for an hour is not dead. An abrupt end
is safe: what was not confirmed comes again.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.exits import SOFTWARE
from bot.operate.counters import Counters

EVERY = 10.0
"""Seconds between two looks."""
LOOKS = 12
"""Looks in a row that may see no poll: two minutes."""


def end_now() -> None:
    """End the process with one line."""
    sys.stderr.write(f"the poll loop is dead: no poll for {EVERY * LOOKS:.0f} seconds\n")
    sys.stderr.flush()
    os._exit(SOFTWARE)  # a hanging loop would hold up any other end


@contextmanager
def watched(
    counters: Counters, *, every: float | None = None, end: Callable[[], None] = end_now
) -> Iterator[None]:
    """Watch over the polls meanwhile; ``end`` is called, in another thread, when there are none."""
    over = threading.Event()
    pause = EVERY if every is None else every

    def watch() -> None:
        seen, silent = counters.polls, 0
        while not over.wait(pause):
            silent = silent + 1 if counters.polls == seen else 0
            seen = counters.polls
            if silent >= LOOKS:
                end()
                return

    thread = threading.Thread(target=watch, name="watchdog", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
