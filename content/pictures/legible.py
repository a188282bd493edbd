"""Names and words as the one face of the pictures can draw them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_UNDRAWN: Final = re.compile(
    r"[^ -~\u00a0-\u00a3\u00a5\u00a7-\u00ab\u00ae-\u00b4\u00b6-\u017f\u0401-\u040c\u040e-\u044f"
    r"\u0451-\u045c\u045e\u045f\u0490-\u049d\u04a0-\u04a5\u04aa\u04ab\u04ae-\u04b3\u04b6-\u04bb"
    r"\u04d8\u04d9\u04e2\u04e3\u04e8\u04e9\u1ea0-\u1ef9\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022"
    r"\u2026\u2030\u2039\u203a\u20ac\u20b4\u20b8\u20ba\u20bd\u2116\u2122\u2190-\u2193\u2212\u2264"
    r"\u2265]"
)
"""Signs that the shipped face has no form of: emoji, other scripts, marks of direction."""
_LONG: Final = re.compile(r"\w{21,}")
_PIECE: Final = re.compile(r"\w{6}(?=\w{4})")
SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"
"""Where a word without end may be broken."""


def legible(text: str, otherwise: str = "") -> str:
    """Return a text on one line without what the face cannot draw; ``otherwise`` if none is left.

    A word of more than 20 letters may be broken.
    """
    drawn = re.sub(" {2,}", " ", drawable(text).replace("\n", " ")).strip()
    if not any(map(str.isalnum, drawn)):
        return otherwise
    return drawn


def drawable(text: str) -> str:
    """Return a text of lines without what the face cannot draw; a long word may be broken."""
    lines = (
        re.sub(" {2,}", " ", _UNDRAWN.sub(" ", line)).strip()
        for line in unicodedata.normalize("NFC", text).split("\n")
    )
    return "\n".join(_LONG.sub(_broken, line) for line in lines)


def _broken(word: re.Match[str]) -> str:
    """Let a word break every few letters: of wide ones hardly more than a dozen fill a line."""
    return _PIECE.sub(rf"\g<0>{SOFT_HYPHEN}", word[0])
