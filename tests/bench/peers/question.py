"""The question that every bot of the bench shows, handed over by the bench as JSON."""

from __future__ import annotations

import json
import os

_SCREEN = json.loads(os.environ["BENCH_QUESTION"])
TEXT: str = _SCREEN["text"]
BUTTONS: list[list[tuple[str, str]]] = [
    [(each["text"], each["callback_data"]) for each in row] for row in _SCREEN["rows"]
]
"""Label and data, row by row."""
ADDRESS = os.environ["BOT_API_URL"]
TOKEN = os.environ["BOT_TOKEN"]
