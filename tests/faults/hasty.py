"""The control: a bot that confirms updates before they are handled, as many do.

A harness that finds nothing wrong with this one finds nothing at all. ``python -m
tests.faults.hasty run``.
"""

from __future__ import annotations

import sys
from typing import Any

from bot import app
from bot.cli import main
from bot.envelope import envelope
from bot.ingest import Ingest


class Hasty(Ingest):
    """Takes every update for settled as soon as it has come."""

    def _take(self, raw: dict[str, Any]) -> None:
        super()._take(raw)
        self._window.flights[envelope(raw).update_id].finished = True


if __name__ == "__main__":
    app.Ingest = Hasty  # type: ignore[attr-defined]  # what the composition root makes is what is replaced
    sys.exit(main(sys.argv[1:]))
