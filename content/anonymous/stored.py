"""Where a text says a name that is stored, in any of its forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from content.anonymous.language import STEM, LanguageWords, is_big, lowered
from content.anonymous.naming import Naming
from content.anonymous.passage import Passage, Telltale
from content.named_entities import WORD, HiddenKind, StoredName
from content.russian.spelling import undotted
from content.vocabulary import plain

SURE: Final = 0.9
"""How likely a word in small letters is a name."""
OF_BOTH: Final = 2
"""«Саша» is «Александр» or «Александра»."""


class _Telling(NamedTuple):
    """What of a stored name tells in a text."""

    forms: frozenset[str]
    """Of its words that tell by themselves."""
    beside: frozenset[str]
    """Its words that belong to it beside the others."""
    called: frozenset[str] = frozenset()
    """The full first names it may be short for, or has; who is called so is the same."""


def verbatim(text: str, known: tuple[StoredName, ...]) -> Iterator[Telltale]:
    """Yield the names of several words as they are stored, whatever stands in them."""
    said = plain(text)
    for each in known:
        whole = plain(each.name).strip()
        if whole and (each.kind is HiddenKind.ADDED or len(WORD.findall(whole)) > 1):
            for match in re.finditer(rf"(?<!\w){re.escape(whole)}(?!\w)", said):
                yield Telltale(*match.span(), each.kind, frozenset((whole,)))


def stored(passage: Passage, known: tuple[StoredName, ...]) -> Iterator[Telltale]:
    """Yield them in all forms, for short and in pieces."""
    for each in known:
        whole = plain(each.name).strip()
        telling = _telling(passage.language, each.name, added=each.kind is HiddenKind.ADDED)
        if telling.forms:
            spans = _in_forms(passage, telling, doubted=each.kind is not HiddenKind.ADDED)
        else:
            spans = _as_name(passage, each.name) if whole else iter(())
        yield from (Telltale(*span, each.kind, frozenset((whole,))) for span in spans)


@lru_cache(maxsize=256)
def _telling(language: LanguageWords, name: str, *, added: bool) -> _Telling:
    naming = language.naming
    all_words = [word for word in WORD.findall(name) if len(word) > 1 or word.isdigit()]
    parts = [word for word in all_words if not language.is_generic(word)]
    if added and len(all_words) == 1:
        parts = all_words  # «Студия»: the person said so
    if not parts:
        return _Telling(frozenset(), frozenset(map(str.casefold, all_words)))
    forms = {word.casefold() for word in parts}
    for whole in (name, *parts):
        for form in naming.forms(whole):
            said = WORD.findall(form)
            alone = added and len(said) == 1
            forms |= {each.casefold() for each in said if alone or not language.is_generic(each)}
    forms |= {piece for form in tuple(forms) for piece in form.split("-") if len(piece) > STEM}
    beside = {word.casefold() for word in all_words} - forms
    called = next((found for word in parts if (found := naming.called(word))), frozenset())
    if len(called) > OF_BOTH:
        called = frozenset()  # «Слава»: «Владислав» may be somebody else
    return _Telling(frozenset(map(undotted, forms)), frozenset(map(undotted, beside)), called)


def _in_forms(passage: Passage, telling: _Telling, *, doubted: bool) -> Iterator[tuple[int, int]]:
    """Yield where a name is; ``doubted``: not where its word alone says what it means."""
    naming, tokens = passage.naming, passage.tokens
    forms, beside, called = telling
    lemmas = frozenset(lemma for form in forms for lemma in naming.lemmas(form))
    hits = {
        place
        for place, one in enumerate(tokens)
        if _is_of(naming, one[0], forms, lemmas)
        or (called and one[0][0].isupper() and naming.called(one[0]) & called)
    }
    if doubted:
        hits -= {
            place
            for place in hits
            if not any(
                near in hits or _is_beside(naming, passage.word(near), beside)
                for near in passage.near(place)
            )
            and _is_word(passage, place)
        }
    for first, last in _runs(passage, hits, beside) if hits else ():
        yield _closed(passage.text, tokens[first].start(), tokens[last].end())


def _as_name(passage: Passage, name: str) -> Iterator[tuple[int, int]]:
    """Yield where «Проект» or «Новый проект», of which no word tells, is written as a name.

    With a capital inside a sentence, as all that stands in a line, or as who speaks.
    """
    whole = plain(name).strip()
    places = {token.start(): place for place, token in enumerate(passage.tokens)}
    for form in {whole, *(plain(form).strip() for form in passage.naming.forms(name))}:
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", plain(passage.text)):
            place = places.get(match.start())
            if place is None or not is_big(passage.word(place)):
                continue
            if (
                " " in whole
                or _stands_alone(passage.text, *match.span())
                or not passage.is_first(place)
                or passage.naming.is_person(passage.word(place), passage.around(place))
            ):
                yield match.span()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a place is all of a line, or all behind its colon."""
    before, after = text[:start].rstrip(' \u00a0«„“"'), text[end:].lstrip(' \u00a0»“”".')
    return before[-1:] in ("", ":", "\n") and after[:1] in ("", "\n")


def _is_word(passage: Passage, place: int) -> bool:
    """Tell whether a word is what it means, not who is called so: «вера в людей», “Will they”."""
    naming, word, around = passage.naming, passage.word(place), passage.around(place)
    month = passage.language.is_month(word)
    if not naming.is_known(word) or (naming.share(word) >= SURE and not month):
        return False
    if naming.is_person(word, around):
        return False
    if word.casefold() in passage.words.months:
        return naming.is_thing(word, around)
    if word[0].isupper() and not passage.is_first(place):
        return False
    return month or passage.is_common(place) or naming.is_thing(word, around)


def _runs(passage: Passage, hits: set[int], beside: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last word of each place of a name: what tells, and what stands beside it."""
    first = last = -2  # before the word before the first
    told = False
    for place, token in enumerate(passage.tokens):
        hit = place in hits
        if not hit and not _is_beside(passage.naming, token[0], beside):
            continue
        between = passage.text[passage.tokens[last].end() : token.start()] if last >= 0 else ""
        # «Олег. Олег …» is twice; «Вострикова, бюро «Полярный день»» is once.
        joining = ' \u00a0«„“"”-' if hit and last in hits else ' \u00a0«„“"”-.,'
        if last != place - 1 or between.strip(joining) or len(between) > STEM:
            if told:
                yield first, last
            first, told = place, False
        last, told = place, told or hit
    if told:
        yield first, last


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the mark that closes what is quoted in it: «Студия „Вектор“»."""
    inside = text[start:end]
    for opening, closing in ("«»", "„“", "“”"):
        if inside.count(opening) > inside.count(closing) and text[end : end + 1] == closing:
            return start, end + 1
    return start, end


def _is_of(naming: Naming, word: str, forms: frozenset[str], lemmas: frozenset[str]) -> bool:
    small = lowered(word)
    return any(
        piece in forms
        or (len(piece) > STEM - 1 and naming.lemmas(piece) & lemmas)
        or any(naming.same_stem(piece, form) for form in forms)
        for piece in {small, *small.split("-")}
    )


def _is_beside(naming: Naming, word: str, beside: frozenset[str]) -> bool:
    small = lowered(word)
    return small in beside or bool(naming.lemmas(small) & beside)
