"""The knowledge, or one line that says why there is none."""

from __future__ import annotations

from bot.operate.exits import DATA, Leave
from content.faults import Faults
from content.knowledge import Knowledge
from content.loading import load


def loaded() -> Knowledge:
    """Load the content. Raises ``Leave`` where it has faults; ``check-content`` lists them all."""
    try:
        return load()
    except Faults as faults:
        raise Leave(
            DATA, f"the content has faults, see check-content: {faults.faults[0]}"
        ) from None
