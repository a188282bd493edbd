"""Names in small letters, told by the words before: «зовут валера», “a firm called northwind”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from content.anonymous.naming import Naming
from content.named_entities import AnonymousWords, HiddenKind

SPACES: Final = (" ", "\u00a0")
MOST: Final = 3
"""Words of a name that begins behind a cue."""


class Cued(NamedTuple):
    """A name behind a cue, by its first word and the one behind its last."""

    kind: HiddenKind
    first: int
    end: int


def cued(
    words: AnonymousWords, naming: Naming, text: str, tokens: Sequence[re.Match[str]]
) -> Iterator[Cued]:
    """Yield the names that stand in small letters behind a word that says that they are one."""
    said = [token[0].casefold() for token in tokens]
    nobody = words.plain | words.polite
    for place in range(1, len(tokens)):
        run, before = _run(text, tokens, place), _before(text, tokens, said, place)
        before |= naming.lemmas(said[place - 1]) & words.firms if before else set()
        if run[0].casefold() in nobody or not re.sub("['’]s$", "", run[0]).isalpha():
            continue
        kind, length = _told(words, naming, before, run)
        if not before:
            kind, length = HiddenKind.FIRM, _beside_firm(words, naming, text, tokens, place, run)
        if length:
            yield Cued(kind, place, place + length)


def _beside_firm(  # noqa: PLR0913, PLR0917 - a place of a text
    words: AnonymousWords,
    naming: Naming,
    text: str,
    tokens: Sequence[re.Match[str]],
    place: int,
    run: Sequence[str],
) -> int:
    """Return the length of what stands between commas beside a firm: “the firm, blue otter, is”."""
    before, end = tokens[place - 1], tokens[place + len(run) - 1].end()
    closed = text[before.end() : tokens[place].start()] == ", " and text[end : end + 1] in ",.;"
    of_firm = before[0].casefold() in words.firms
    strange = any(map(naming.may_be_firm, run))
    return len(run) if closed and of_firm and strange and run[0][0].islower() else 0


def _told(
    words: AnonymousWords, naming: Naming, before: set[str], run: Sequence[str]
) -> tuple[HiddenKind, int]:
    """Return how many words are a name, and of what, by the words ``before``."""
    first = run[0]
    if first[0].isupper():
        of_firm = before & words.firms and first.casefold() not in words.trade | words.generic
        length = _long(naming, run) if of_firm else 0
        return HiddenKind.FIRM, length if length > 1 else 0  # one is found as any other
    from_it = (pair.split() for pair in before if " " in pair)
    somewhere = any(
        of in words.of_firm and (naming.may_be_called(who) or who in words.whose)
        for who, of in from_it
    )
    kind, length = HiddenKind.NAME, 0
    if before & words.called_so:
        length = naming.called_length(run)
    elif before & words.firms:
        kind, length = HiddenKind.FIRM, naming.firm_length(run)
    elif somewhere and (long := naming.length_from(run)):
        kind, length = HiddenKind.FIRM, long
    elif before & words.whose:
        kind, length = HiddenKind.PERSON, int(naming.may_be_called(first))
        if not length and naming.speaks(run[2:]) and (two := naming.firm_length(run)) > 1:
            kind, length = HiddenKind.FIRM, two  # «клиент гранд паркет просит»
    elif before & words.places_before and not naming.is_known(first):
        length = naming.firm_length(run)
    return kind, length


def _long(naming: Naming, run: Sequence[str]) -> int:
    """Return how many words are of a firm whose first has a capital: «Кедровый берег»."""
    big = (word[0].isupper() and len(word) > 1 for word in run)
    capitals = next((at for at, each in enumerate(big) if not each), len(run))
    return capitals if capitals > 1 else naming.firm_length(run)


def _run(text: str, tokens: Sequence[re.Match[str]], place: int) -> tuple[str, ...]:
    """Return up to three words from a place on that only spaces part."""
    found = [tokens[place][0]]
    for one, other in pairwise(tokens[place : place + MOST]):
        if text[one.end() : other.start()].strip(" \u00a0&"):
            break
        found.append(other[0])
    return tuple(found)


def _before(
    text: str, tokens: Sequence[re.Match[str]], said: Sequence[str], place: int
) -> set[str]:
    """Return the one word before a place, and the two."""
    if text[tokens[place - 1].end() : tokens[place].start()] not in SPACES:
        return set()
    found = {said[place - 1], *said[place - 1].split("-")}  # «компания-заказчик»
    if place > 1 and text[tokens[place - 2].end() : tokens[place - 1].start()] in SPACES:
        found.add(f"{said[place - 2]} {said[place - 1]}")
    return found
