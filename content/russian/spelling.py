"""How Russian is spelled: one letter that most people leave out."""

from __future__ import annotations

import re

NOT = "не"
_DOTS = str.maketrans("ёЁ", "еЕ")


def undotted(text: str) -> str:
    """Return a text with «е» for «ё», letter for letter; in other alphabets it stays as it is."""
    return text.translate(_DOTS)


def is_russian(text: str) -> bool:
    """Tell whether a text has Russian letters; “it’s €5” has none, though it is no ASCII."""
    return _RUSSIAN.search(text) is not None


_RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)
