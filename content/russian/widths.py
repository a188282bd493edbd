"""How wide the letters of the alphabet are drawn."""

from __future__ import annotations

WIDE_CAPITALS = "ЖМФШЩЫЮ"
WIDE_LETTERS = "жмфшщыю"
