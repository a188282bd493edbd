"""Where a text tells who somebody is.

By the names that are known, in all their forms; by morphology and capitals; by what stands in
«…» or in Latin letters; by patterns. Hiding too much costs a word, too little costs a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from content.anonymous.cues import cued
from content.anonymous.dealing import dealing
from content.anonymous.language import STEM, LanguageWords, lowered
from content.anonymous.looks import JOINING, leading, looking
from content.anonymous.passage import Passage, Telltale
from content.anonymous.shapes import Shape, shapes
from content.anonymous.stored import stored, verbatim
from content.anonymous.titles import nicks, partners, titles
from content.named_entities import LETTERED, WORD, HiddenKind, StoredName


def find(
    languages: Sequence[LanguageWords], texts: Sequence[str], known: tuple[StoredName, ...]
) -> tuple[tuple[Telltale, ...], ...]:
    """Return all places of each text that tell who somebody is, in order and without overlaps.

    What is a name in one place is one in all: «Альфа Дизайн» here, «Альфа» there. Each text has
    its language.
    """
    passages = [Passage(*each) for each in zip(languages, texts, strict=True)]
    sure = [(passage, _sure(passage, known)) for passage in passages]
    heard = frozenset[str]().union(
        *(_heard(passage, _with_names(passage, places, frozenset())) for passage, places in sure)
    )
    return tuple(_with_names(*each, heard) for each in sure)


def _sure(passage: Passage, known: tuple[StoredName, ...]) -> list[Telltale]:
    """Return what is told by patterns and by the names that are known."""
    shaped = shapes(passage.words, passage.language.reading, passage.text)
    found: list[Telltale] = []
    _add(found, verbatim(passage.text, known))
    _add(found, (_whole(each, passage.text) for each in shaped))
    _add(found, stored(passage, known))
    return found


def _with_names(
    passage: Passage, sure: Iterable[Telltale], heard: frozenset[str]
) -> tuple[Telltale, ...]:
    """Add what looks like a name, or has a word that is ``heard`` as one, in dictionary form."""
    found = list(sure)
    _add(found, titles(passage, heard))
    _add(found, partners(passage))
    _add(found, nicks(passage))
    _add(found, _told(passage))
    _add(found, looking(passage, heard))
    _add(found, leading(passage, found))
    return tuple(_joined(passage.text, sorted(found, key=lambda each: each.start)))


def _told(passage: Passage) -> Iterator[Telltale]:
    """Yield what words beside it tell to be a name, in whatever letters."""
    words, language, tokens = passage.words, passage.language, passage.tokens
    every = chain(
        cued(words, passage.naming, passage.text, tokens), dealing(words, passage.text, tokens)
    )
    for each in every:
        said = [token[0] for token in tokens[each.first : each.end]]
        keys = (language.keys(word) for word in said if not language.is_generic(word))
        span = tokens[each.first].start(), tokens[each.end - 1].end()
        whole = frozenset((lowered(" ".join(said)),))
        yield Telltale(*span, each.kind, whole.union(*keys))


def _heard(passage: Passage, places: tuple[Telltale, ...]) -> frozenset[str]:
    """Return the words of what was found as names: «Альфа» of «Альфа Дизайн» is one alone too.

    A single word of the dictionary that somebody wrote with a capital, «Договор», is none.
    """
    words, naming = passage.words, passage.naming
    heard: set[str] = set()
    for each in places:
        said = WORD.findall(passage.text[each.start : each.end]) if each.kind in LETTERED else ()
        heard.update(
            lemma
            for word in said
            if len(word) >= STEM
            and (len(said) > 1 or not naming.is_known(word) or naming.may_be_name(word))
            and not (passage.language.is_generic(word) or naming.is_function(word))
            for lemma in naming.lemmas(lowered(word))
        )
    return frozenset(heard) - words.plain - words.polite


def _add(found: list[Telltale], more: Iterable[Telltale]) -> None:
    """Take what does not overlap with what is there."""
    for each in more:
        if all(each.end <= one.start or one.end <= each.start for one in found):
            found.append(each)


def _whole(each: Shape, text: str) -> Telltale:
    key = each.key or re.sub(r"[\s\u00a0()-]+", "", text[each.start : each.end]).casefold()
    return Telltale(each.start, each.end, each.kind, frozenset((key,)), each.year)


def _joined(text: str, found: list[Telltale]) -> Iterator[Telltale]:
    """Join the words of one name: «Анна | Петровна | Белова», «И. П. | Иванов»."""
    last: Telltale | None = None
    for each in found:
        kind = None if last is None else _one_kind(text, last, each)
        if last is not None and kind is not None:
            last = Telltale(last.start, each.end, kind, last.keys | each.keys)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _one_kind(text: str, last: Telltale, each: Telltale) -> HiddenKind | None:
    """Return of which kind two neighbours are together; None where they are two."""
    between, kinds = text[last.end : each.start], (last.kind, each.kind)
    if between not in ("", *JOINING) and between.strip(' \u00a0«»"„“'):
        return None
    if last.kind is each.kind and last.keys == each.keys:
        return last.kind
    if between not in ("", *JOINING):
        return None
    own = next((kind for kind in kinds if kind in (HiddenKind.CLIENT, HiddenKind.ME)), None)
    if own is not None and HiddenKind.PERSON in kinds:  # a surname that is not stored
        return own
    if set(kinds) in ({HiddenKind.FIRM}, {HiddenKind.NAME}):
        return last.kind
    return HiddenKind.PERSON if set(kinds) <= {HiddenKind.PERSON, HiddenKind.NAME} else None
