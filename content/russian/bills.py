"""Several invoices named in one answer, in Russian or in English."""

from __future__ import annotations

import re

from content.russian.words import of_a_month

_NAMED = re.compile(r"(?:счета|счетов|invoices)\s+", re.IGNORECASE)
_NUMBER = r"(?:№[\s\u00a0]?|#)?[A-Za-zА-Яа-я]{0,4}-?\d[\w/-]*"
_SEVERAL = re.compile(
    r"(?:счета|счетов|invoices)\b"
    rf"|{_NUMBER}(?: (?:от|за|of|from|dated) [^,]*?)?(?:, | и | and | & |, and )"
    rf"{_NUMBER}(?=$|,| (?:от|за|и|of|from|dated|and|for) )",
    re.IGNORECASE,
)


def unnamed(bills: str) -> str:
    """Return «14 и 15» of «счета 14 и 15»."""
    return _NAMED.sub("", bills, count=1)


def are_several(bills: str) -> bool:
    """Tell whether more than one is named."""
    return bool(_SEVERAL.match(bills)) or joins(of_a_month(bills))


def joins(words: str) -> bool:
    """Tell whether words end a list: «14 и 15»."""
    return " и " in words or " and " in words
