"""Firms of ordinary words, told by what they do: “harbor lane studio owes me”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from content.anonymous.cues import SPACES, Cued
from content.named_entities import AnonymousWords, HiddenKind

LONGEST: Final = 4
"""Words of a name in small letters."""
BEGINS: Final = tuple('\n!?…:;.,“"(•*—–')


def dealing(words: AnonymousWords, text: str, tokens: Sequence[re.Match[str]]) -> Iterator[Cued]:
    """Yield the names of firms that do what firms do, and cities whose first word tells them."""
    said = [token[0].casefold() for token in tokens]
    nobody = words.before_thing | words.polite | words.whose | words.plain | words.trade
    beside = [text[one.end() : two.start()] in SPACES for one, two in pairwise(tokens)] + [False]
    for place, token in enumerate(tokens):
        after = said[place + 1 : place + 3]
        if token[0].islower():
            length = _with_tail(words, nobody, said[place : place + LONGEST + 1], beside[place:])
            if length and _begins(words, text, tokens, said, place):
                yield Cued(HiddenKind.FIRM, place, place + length)
            joined = text[token.end() : tokens[place + 1].start()] if after else ""
            if (
                after
                and after[0] in words.company
                and joined == " & "
                and said[place] not in nobody
            ):
                yield Cued(HiddenKind.FIRM, place, place + 2)
            of_place = place and said[place - 1] in words.places_before and beside[place - 1]
            if of_place and after and beside[place] and said[place] in words.city_begins:
                yield Cued(HiddenKind.PLACE, place, place + 2)
        elif len(after) > 1 and beside[place] and beside[place + 1]:
            anybody = nobody | words.generic | words.somebody | words.firms
            word = said[place]
            known = word in anybody or token[0].isupper() or word.endswith(words.role_ends)
            if (
                not known
                and " ".join(after) in words.dealings
                and not text[: token.start()].strip()
            ):
                yield Cued(HiddenKind.FIRM, place, place + 1)


def _with_tail(
    words: AnonymousWords, nobody: frozenset[str], run: Sequence[str], beside: Sequence[bool]
) -> int:
    """Return the length of “harbor lane studio” before what a firm does, 0 where it is none."""
    for at in range(1, len(run) - 1):
        if not all(beside[: at + 1]):
            break
        firm, before = run[at] in words.firm_tails, run[:at]
        if firm and run[at + 1] in words.dealing and before[-1] not in words.no_firm:
            known = nobody | words.verbs | words.between
            return at + 1 if known.isdisjoint(before) else 0
    return 0


def _begins(
    words: AnonymousWords,
    text: str,
    tokens: Sequence[re.Match[str]],
    said: Sequence[str],
    place: int,
) -> bool:
    """Tell whether a clause begins with a word, or who it is of stands before: “my client”."""
    before = text[: tokens[place].start()].rstrip(" \u00a0")
    return not before or before.endswith(BEGINS) or said[place - 1] in words.whose
