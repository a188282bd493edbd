"""What the name on a card is: a first name, which is no secret, or a firm, which may be named."""

from __future__ import annotations

import re

from content.russian.morphology import morphology

_FIRM = re.compile(
    r"«[^»]+»|„[^“]+“|\"[^\"]+\"|\b(?:ооо|оао|зао|ао|пао|тоо|нко|ано|llc|ltd|inc|gmbh)\b"
    r"|\b(?:студи|бюро|агентств|компани|фирм|магазин|школ|клиник|издательств|кафе|ресторан)",
    re.IGNORECASE,
)


def is_first_name(name: str) -> bool:
    """Tell whether it is nothing but a first name: «Анна»."""
    word = name.strip()
    return word.isalpha() and any(
        "Name" in reading.tag and reading.tag.case == "nomn"
        for reading in morphology().parse(word)[:5]
    )


def is_firm(name: str) -> bool:
    """Tell whether it names a firm and nothing else: no remark in brackets or after a comma."""
    return bool(_FIRM.search(name)) and not set("(,") & set(name)
