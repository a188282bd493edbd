"""Whether a note of one's own may stand in a letter as it is: calm, and with a subject."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from content.checking import Rule, check
from content.checking.findings import BLAMELESS
from content.checking.lexicon import OwnWords, read
from content.checking.patterns import PatternSet
from content.checking.reading import PARTING, Reading
from content.models import RUSSIAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content.checking.reading import Sentence

LONGEST = 160
"""Characters; what is longer is a story, and no line of a letter."""
_TONE = BLAMELESS - {Rule.BLAME} | {Rule.SECOND_PERSON}


def calm_among(words: tuple[str, ...], language: str) -> frozenset[str]:
    """Return those of many facts' words that are calm, as words of this language."""
    return frozenset(each for each in words if are_calm(each, language))


def are_calm(words: str, language: str) -> bool:
    """Tell whether typed words of a fact can be said to the client: «две страницы сверх сметы».

    «Добавила две страницы» cannot: without its subject it speaks of the reader to himself. Nor
    can “canceled again today”, which was said on another day than the letter's.
    """
    line = words.strip()
    if not line or "\n" in line or len(line) > LONGEST or line.endswith(("!", "?")):
        return False
    if check(line, language=language, rules=_TONE):
        return False
    own = read(language, OwnWords)
    sentences = Reading(line, russian=language == RUSSIAN).sentences
    if any(_has(own.passing, each) for each in sentences):
        return False
    if language == RUSSIAN:
        return not _speaks_of_somebody(sentences)
    return not _speaks_of_somebody_in_english(sentences, own)


def _speaks_of_somebody(sentences: Sequence[Sentence]) -> bool:
    """Tell whether a clause has a verb of the third person or the past and nobody who does it.

    So does what is no event of a day: «менеджер пишет ночью», «нужно ещё меню», «опять на ночь».
    """
    something = False
    for sentence in sentences:
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


def _speaks_of_somebody_in_english(sentences: Sequence[Sentence], own: OwnWords) -> bool:
    """Tell the same by reviewed words: “canceled the call”, “two pages added, doesn’t reply”."""
    return any(
        not _begins_with_a_thing(each, own)
        or _has(own.somebody, each)
        or any(two.low in own.led and one.low in _JOINTS for one, two in pairwise(each.tokens))
        for each in sentences
    )


_JOINTS = PARTING | {"and", "but", "then"}


def _begins_with_a_thing(sentence: Sentence, own: OwnWords) -> bool:
    first = sentence.tokens[0]
    return not first.is_word or _turns(own.begins).longest_at(sentence.tokens, 0) is not None


def _has(turns: tuple[str, ...], sentence: Sentence) -> bool:
    return next(_turns(turns).find(sentence.tokens), None) is not None


@cache
def _turns(sources: tuple[str, ...]) -> PatternSet:
    return PatternSet(sources)
