"""Which things of a Russian clause nothing holds: «вывоз мусора октябрь», typed in a row.

The words that the rules go by stand in ``content/data/checking/ru/haste.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from babel.dates import get_day_names, get_month_names

from content.russian.clause import words_of
from content.russian.clauses import holds_together
from content.russian.lexicon import haste
from content.russian.morphology import Parse, morphology

_CLAUSES = re.compile(r"[^,;:.!?()«»„“—·/\n]+")
_WORD = re.compile(r"\S+")
_RUSSIAN = re.compile(r"[А-Яа-яё]+(?:-[а-яё]+)*")
_MONTHS = frozenset(get_month_names("wide", context="stand-alone", locale="ru").values())
_DAYS = frozenset(get_day_names("wide", locale="ru").values())
_NAMES = ("Name", "Surn", "Geox")
_LIKELY = 0.05
_PREDICATES = frozenset({"VERB", "PRTS", "ADJS", "PRED"})


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    begins: bool

    @cached_property
    def low(self) -> str:
        return self.text.lower()

    @cached_property
    def readings(self) -> tuple[Parse, ...]:
        known = _RUSSIAN.fullmatch(self.text) and (self.begins or self.text.islower())
        parsed = morphology().parse(self.low) if known else ()
        likely = tuple(each for each in parsed if each.score >= _LIKELY and each.is_known)
        plain = tuple(each for each in likely if not any(kind in each.tag for kind in _NAMES))
        return plain or likely  # «вели» calls nobody

    @cached_property
    def is_open(self) -> bool:
        """Whether anything may be meant: a name, a foreign word, one that no dictionary has."""
        return not self.readings and not self.is_number

    @cached_property
    def is_number(self) -> bool:
        return self.text[0].isdigit() or any(each.tag.POS == "NUMR" for each in self.readings)

    @cached_property
    def is_thing(self) -> bool:
        """Whether it is a noun in no case but the first or the fourth."""
        return bool(self.readings) and all(
            each.tag.POS == "NOUN"
            and each.tag.case in {"nomn", "accs"}
            and "Fixd" not in each.tag
            and "Name" not in each.tag
            for each in self.readings
        )

    @cached_property
    def is_of_time(self) -> bool:
        times = haste().of_time | _DAYS
        return any(each.normal_form in times for each in self.readings)

    @property
    def is_month(self) -> bool:
        return any(each.normal_form in _MONTHS for each in self.readings)

    @cached_property
    def tells(self) -> Parse | None:
        """The reading as a predicate, where it is no other word."""
        told = [each for each in self.readings if each.tag.POS in _PREDICATES]
        return told[0] if told and len(told) == len(self.readings) else None

    def may_be(self, *parts: str) -> bool:
        return any(each.tag.POS in parts for each in self.readings)


_Tokens = Sequence[_Token]


def held_apart(text: str) -> str:
    """Return a text with a comma before each thing that nothing in its clause holds."""
    return _CLAUSES.sub(_with_commas, text)


def _with_commas(found: re.Match[str]) -> str:
    clause = found[0]
    words = words_of(clause)
    if any(each.tells for each in words) and holds_together(words):
        return clause
    found_words = enumerate(_WORD.finditer(clause))
    tokens = [_Token(word[0], word.start(), not place) for place, word in found_words]
    if (haste().no_row | haste().firms).isdisjoint(each.low for each in tokens):
        for place in reversed([*_loose(tokens)]):
            start = tokens[place].start
            clause = f"{clause[:start].rstrip()}, {clause[start:]}"
    return clause


def _loose(tokens: _Tokens) -> Iterator[int]:
    """Yield where things begin that nothing in their clause holds."""
    told = [each.tells for each in tokens if each.tells]
    room = 1 + any(each.tag.POS == "VERB" and "tran" in each.tag for each in told)
    if any(each.may_be("INFN") for each in tokens):
        return
    counted = bool(tokens) and tokens[0].is_number and not any(e.is_month for e in tokens[1:2])
    heads, governed = int(counted), False
    for place, token in enumerate(tokens[2 * heads :], 2 * heads):
        if token.may_be("PREP"):
            governed = True
        if not _is_head(tokens, place, told=bool(told)):
            continue
        start = _phrase(tokens, place)
        before = tokens[start - 1] if start else None
        behind_preposition = before is not None and before.may_be("PREP")
        if before is not None and before.low in haste().in_a_row:
            heads = heads if governed else max(heads, 1)
            continue
        governed = behind_preposition
        if behind_preposition:
            continue
        heads += 1
        if heads > room and before is not None and _may_end(before):
            yield start
            heads = room


def _is_head(tokens: _Tokens, place: int, *, told: bool) -> bool:
    token = tokens[place]
    if token.is_of_time or (told and token.is_month):
        return False
    behind = tokens[place + 1 : place + 3]
    label = (
        behind[:1] and behind[0].text.isdigit() and not (behind[1:] and behind[1].may_be("NOUN"))
    )
    if label and not token.is_month:
        return place == 0  # «страница товара номер 5»
    return token.is_thing or (not told and _is_named_first(tokens, place))


def _is_named_first(tokens: _Tokens, place: int) -> bool:
    """Tell «готовые вещи», with which a clause begins."""
    first = _phrase(tokens, place) == 0 < place and tokens[place].may_be("NOUN")
    return first and all(
        any(r.tag.case in {"nomn", "accs"} and r.tag.number == "plur" for r in each.readings)
        for each in tokens[: place + 1]
    )


def _may_end(token: _Token) -> bool:
    """Tell whether one thing may end here and another begin; not with «20 тыс.»."""
    short = any("Abbr" in each.tag for each in token.readings)
    return token.may_be("NOUN", "ADVB", "ADJS") and not short


def _phrase(tokens: _Tokens, place: int) -> int:
    """Return where a noun begins with its adjectives."""
    while place and tokens[place - 1].may_be("ADJF", "PRTF") and not tokens[place - 1].is_thing:
        place -= 1
    return place
