"""How often what is tried by chance is tried: a share each day, the same one; all if asked."""

from __future__ import annotations

import os

WHOLE = bool(os.environ.get("WHOLE"))
SHARE = 4
"""One example in so many is tried each day."""


def many(examples: int) -> int:
    """Return how many of so many examples are tried in this run."""
    return examples if WHOLE else examples // SHARE
