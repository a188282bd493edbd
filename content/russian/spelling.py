"""How Russian is spelled: one letter that most people leave out."""

from __future__ import annotations

NOT = "не"
_DOTS = str.maketrans("ёЁ", "еЕ")


def undotted(text: str) -> str:
    """Return a text with «е» for «ё», letter for letter; in other alphabets it stays as it is."""
    return text.translate(_DOTS)
