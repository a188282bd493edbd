"""What is left in texts and may be a name all the same: the person is asked, and one tap hides it.

A rule that hid it would hide words oftener than names; left out of the list it would leave the
chat unseen.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from content.anonymous.language import STEM, is_big
from content.anonymous.passage import Passage, Telltale

LONGEST: Final = 4
"""Words of a name that no rule knows."""
MOST_ID: Final = 9_999_999


def numbered(name: str) -> int:
    """Return a number for a button, the same at the next look."""
    return zlib.crc32(name.encode()) % MOST_ID


@dataclass(slots=True)
class Doubt:
    """What may be a name, in all forms it stands in."""

    keys: frozenset[str]
    forms: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        """Return a number that tells it from the others."""
        return numbered(f"doubt:{self.forms[0].casefold()}")


def doubts(read: Iterable[tuple[Passage, Sequence[Telltale]]]) -> tuple[Doubt, ...]:
    """Return what is in doubt over all texts, each beside the places where it is hidden."""
    found: list[Doubt] = []
    for passage, places in read:
        for first, last in _runs(passage, places):
            tokens = passage.tokens[first : last + 1]
            keys = frozenset[str]().union(*(passage.language.keys(token[0]) for token in tokens))
            form = passage.text[tokens[0].start() : tokens[-1].end()]
            same = next((each for each in found if each.keys & keys), None)
            if same is None:
                found.append(same := Doubt(keys))
            same.keys |= keys
            if form not in same.forms:
                same.forms.append(form)
    return tuple(found)


def _runs(passage: Passage, places: Sequence[Telltale]) -> Iterator[tuple[int, int]]:
    """Yield first and last word of what may be a name and is not hidden."""
    language, naming, tokens = passage.language, passage.naming, passage.tokens
    nobodies = passage.words.polite | passage.words.attributes
    hidden = {
        place
        for place, token in enumerate(tokens)
        if any(each.start < token.end() and token.start() < each.end for each in places)
    }
    end = 0
    for place, word in enumerate(map(passage.word, range(len(tokens)))):
        around = passage.around(place)
        shouted = word.isupper() and naming.is_known(word)
        nobody = passage.is_common(place) or language.is_month(word) or shouted
        nobody = nobody or sum(map(str.isalpha, word)) < STEM  # «3-4», «1920x1080»
        if place < end or place in hidden or nobody:
            continue
        beside = range(place, place + min(LONGEST, len(around.after) + 1))
        run = [passage.word(at) for at in takewhile(lambda at: at not in hidden, beside)]
        length = naming.maybe_length(around, run, begins=passage.is_first(place))
        small = naming.is_function(word) or not nobodies.isdisjoint(language.with_lemmas(word))
        role = word.endswith(passage.words.role_ends)  # “Photographer Ada Reed”
        inside = not passage.begins(place) or (
            place + 1 in hidden and naming.leads(word) and not role
        )
        usual = inside and not small and naming.is_usual(word)
        length = length or int(is_big(word) and (usual or naming.is_doubted(word)))
        if length and not all(map(language.is_anybody, run[:length])):
            end = place + length
            yield place, end - 1
