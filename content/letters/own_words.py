"""Whether a note of one's own may stand in a letter as it is: calm, and with a subject."""

from __future__ import annotations

from content.checking import Rule, check
from content.checking.findings import BLAMELESS
from content.checking.reading import Reading

LONGEST = 160
"""Characters; what is longer is a story, and no line of a letter."""
_TONE = BLAMELESS - {Rule.BLAME} | {Rule.SECOND_PERSON}


def calm_among(words: tuple[str, ...]) -> frozenset[str]:
    """Return those of many facts' words that are calm."""
    return frozenset(each for each in words if are_calm(each))


def are_calm(words: str) -> bool:
    """Tell whether typed words of a fact can be said to the client: «две страницы сверх сметы».

    «Добавила две страницы» cannot: without its subject it speaks of the reader to himself.
    """
    line = words.strip()
    if not line or "\n" in line or len(line) > LONGEST or line.endswith(("!", "?")):
        return False
    return not check(line, rules=_TONE) and not _speaks_of_somebody(line)


def _speaks_of_somebody(line: str) -> bool:
    """Tell whether a clause has a verb of the third person or the past and nobody who does it."""
    for sentence in Reading(line, russian=True).sentences:
        named = False  # whoever acts is named before: «добавила две страницы» names nobody
        for token in sentence.tokens:
            named = named or token.has("NOUN", "nomn") or token.has("NPRO", "nomn")
            if not named and (token.has("VERB", "past", "sing") or token.has("VERB", "3per")):
                return True
    return False
