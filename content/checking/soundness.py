"""Whether a sentence still parses: the judge of every fix, before it is offered."""

from __future__ import annotations

import re
from itertools import pairwise

from content.checking.reading import Reading, Sentence
from content.checking.russian.grammar import holds

_SLIPS = re.compile(r"\s[,.;:!?]|,\s*[,.;:!?]|[(«“]\s|\(\)|\s{2}|^[,.;:!?…)»”]")


def accepts(text: str, *, language: str = "ru") -> bool:
    """Tell whether every sentence of a text holds together."""
    if not text.strip() or _SLIPS.search(text.strip()):
        return False
    russian = language == "ru"
    return all(_holds(each, russian=russian) for each in Reading(text, russian=russian).sentences)


def _holds(sentence: Sentence, *, russian: bool) -> bool:
    tokens = sentence.tokens
    if any(one.low == two.low for one, two in pairwise(tokens) if one.is_word):
        return False
    if russian:
        return holds(tokens, tuple(sentence.clauses))
    return any(token.is_word for token in tokens)
