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
    """Tell whether a clause has a verb of the third person or the past and nobody who does it.

    So does what is no event of a day: «менеджер пишет ночью», «нужно ещё меню», «опять на ночь».
    """
    something = False
    for sentence in Reading(line, russian=True).sentences:
        named = False  # whoever acts is named before: «добавила две страницы» names nobody
        before = None
        for token in sentence.tokens:
            after_preposition = before is not None and before.pos == "PREP"
            thing = token.has("NOUN", "nomn") and not after_preposition
            some = (token.pos == "NUMR" or token.is_number) and not after_preposition
            named = named or thing or token.has("NPRO", "nomn")
            something = something or named or some or token.pos == "PRTS"
            if token.has("VERB", "3per", "pres") or token.pos == "PRED":
                return True
            if not named and (token.has("VERB", "past", "sing") or token.has("VERB", "3per")):
                return True
            before = token
    return not something
