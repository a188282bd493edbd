"""What a text says of others, of what never came about and of what is over: no sign of the client.

«У подруги клиент не платит», «если бы он грубил, я бы ушла», «раньше звонил ночью, теперь
перестал». What stands behind a «но» is heard: «у соседа платят, а мой пропал».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from content.vocabulary import Vocabulary, one_of, plain

_SENTENCE = re.compile(r"[^.!?…;\n]+[.!?…;\n]*\s*")


def heard(vocabulary: Vocabulary, text: str) -> str:
    """Return a text without what it sets aside."""
    kept = list(_aside(vocabulary).kept(plain(text)))
    if sum(end - start for start, end in kept) == len(text):
        return text
    return " ".join(text[start:end].strip() for start, end in kept)


@cache
def _aside(vocabulary: Vocabulary) -> _Aside:
    return _Aside(vocabulary)


class _Aside:
    """Sets aside what one language says so."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        aside = vocabulary.aside
        self._begins = re.compile(rf"\W*{one_of(aside.begins)}")
        self._supposed = re.compile(one_of(aside.supposed))
        self._if = re.compile(one_of(aside.condition)) if aside.condition else None
        self._would = re.compile(one_of(aside.would)) if aside.would else None
        self._once = re.compile(one_of(aside.once))
        self._now = re.compile(one_of(aside.now))
        self._but = re.compile(one_of(aside.but))

    def kept(self, said: str) -> Iterator[tuple[int, int]]:
        """Yield where what is heard begins and ends, sentence by sentence."""
        sentences = [each.span() for each in _SENTENCE.finditer(said)]
        over = 0
        for place, (begin, end) in enumerate(sentences):
            start = max(begin, over)
            until = sentences[min(place + 1, len(sentences) - 1)][1]
            if told := self._told(said, start, end):
                but = self._but.search(said, told, end)
                start = but.start() if but else end
            elif now := self._turned(said, start, end, until):
                start = over = now
            if start < end:
                yield start, end

    def _told(self, said: str, start: int, end: int) -> int:
        """Return where the words end that set a sentence aside, or 0."""
        found = self._begins.match(said, start, end) or self._supposed.search(said, start, end)
        if not found and self._if and (condition := self._if.search(said, start, end)):
            found = self._would and self._would.search(said, condition.end(), end)
        return found.end() if found else 0

    def _turned(self, said: str, start: int, end: int, until: int) -> int:
        """Return where a sentence that began with «раньше» comes to «теперь», or the next, or 0."""
        once = self._once.search(said, start, end)
        now = self._now.search(said, once.end(), until) if once else None
        return now.start() if now else 0
