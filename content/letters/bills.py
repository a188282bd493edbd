"""Several invoices named in one answer; how each language says it stands in ``ordinary.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from content.letters.ordinary import of_all_languages
from content.russian.words import of_a_month
from content.wordlists import OrdinaryWords

_NUMBER = r"(?:№[\s\u00a0]?|#)?[^\W\d_]{0,4}-?\d[\w/-]*"


def unnamed(bills: str) -> str:
    """Return «14 и 15» of «счета 14 и 15», «77 (договор 12/4)» of «договор 12/4, счёт 77»."""
    if found := _patterns()[3].fullmatch(bills):
        return f"{found['bill']} ({found['beside']})"
    return _patterns()[0].sub("", bills, count=1)


def are_several(bills: str) -> bool:
    """Tell whether more than one is named."""
    return bool(_patterns()[1].match(bills)) or joins(of_a_month(bills))


def joins(words: str) -> bool:
    """Tell whether words end a list: «14 и 15»."""
    return bool(_patterns()[2].search(words))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    named = _any(lambda each: each.invoices)
    joint = f" {_any(lambda each: each.joints)} "
    told = _any(lambda each: each.of_invoice)
    then = _any(lambda each: (*each.of_invoice, *each.joints, *each.behind_invoice))
    several = (
        rf"{named}\b"
        rf"|{_NUMBER}(?: {told} [^,]*?)?(?:,{joint}|, |{joint}){_NUMBER}(?=$|,| {then} )"
    )
    one = _any(lambda each: each.invoice)
    beside = rf"(?P<beside>[^,\d]{{3,}}\d[^,]*),? {one} (?P<bill>{_NUMBER})"
    found = rf"(?:{named}|{one})\s+", several, joint, beside
    return tuple(re.compile(each, re.IGNORECASE) for each in found)


def _any(words: Callable[[OrdinaryWords], Iterable[str]]) -> str:
    return f"(?:{'|'.join(re.escape(word) for each in of_all_languages() for word in words(each))})"
