"""What a text needs before it can be stored and sent."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_HIDDEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
"""Letters and marks that are drawn as nothing; what formats has a category of its own."""
_JOINER, _FORMS, _KEYCAP = "\u200d", "\ufe0e\ufe0f", "\u20e3"
_SIGNS: Final = "\u203c\u2049\u2139\u3030"
"""Punctuation and a letter that are emoji as well."""
_FLAG: Final = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f")
"""Of a part of a country: a black flag, its letters, and their end."""


def clean_text(text: str) -> str:
    """Drop what nobody can see but might be deceived by, and the blanks at both ends.

    That is NUL and lone surrogates, which databases and JSON refuse, too; directions, joiners,
    fillers and controls, unless an emoji needs them. What is seen keeps its form.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    if any(map(_hidden, set(whole))):
        flags = [range(*found.span()) for found in _FLAG.finditer(whole)]
        whole = "".join(
            each
            for at, each in enumerate(whole)
            if not _hidden(each) or _of_an_emoji(whole, at) or any(at in flag for flag in flags)
        )
    return whole.strip()


def _hidden(character: str) -> bool:
    kind = unicodedata.category(character)
    control = kind == "Cc" and not character.isspace()
    return control or kind == "Cf" or _HIDDEN.match(character) is not None


def _of_an_emoji(text: str, at: int) -> bool:
    """Tell whether what joins or forms a symbol stands where it does."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if not before:
        return False
    if text[at] == _JOINER:
        joins = before in _FORMS or unicodedata.category(before) in {"So", "Sk"}
        return joins and bool(after) and unicodedata.category(after) in {"So", "Sm"}
    if text[at] not in _FORMS:
        return False
    symbol = not before.isascii() and unicodedata.category(before)[0] == "S"
    return (symbol and not _hidden(before)) or before in _SIGNS or after == _KEYCAP
