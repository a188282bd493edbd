"""Which warning signs a Russian text speaks of, by the cue lists of the content.

A cue is a few words that tell together; ``CueWords`` in ``content/models.py`` says how it is
written. All its words must stand in one sentence, close to each other, in any order and in any
of their forms. The cues that are found add up to the score of their sign.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from content.morphology import morphology

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from content.knowledge import Words
    from content.models import QuestionId

PROPOSE = 0.5
"""Score from which a sign is worth proposing; what is below is a guess to be asked about."""
WEIGHTS = {"sure": 0.7, "likely": 0.4, "maybe": 0.15}
"""What one cue of each list tells. Several add up as independent evidence does."""
GAP = 3
"""Foreign words that may stand between the words of one cue."""
DENIAL_REACH = 3
"""«не хочет за это платить»: how many words before another its «не» may stand."""
LONGEST_TEXT = 4096
"""Characters read; a message of Telegram has no more."""

_SENTENCE_END = re.compile(r"[.!?…;\n]+")
_TOKEN = re.compile(r"(?P<time>\b\d{1,2}:\d\d\b)|(?P<number>\d+)|[^\W\d_]+(?:-[^\W\d_]+)*")
_DENIALS = frozenset({"не", "ни", "без", "нет", "никак", "нельзя"})
_DIRECT_DENIALS = frozenset({"не", "ни", "без"})
_NIGHT = range(22 * 60, 24 * 60), range(7 * 60)
"""Minutes of the day at which nobody should expect an answer."""
_SHORTEST_STEM = 2
_PRAISE = frozenset({
    "спасибо", "благодарить", "отличный", "отлично", "хороший", "хорошо", "довольный",
    "доволен", "нравиться", "понравиться", "рад", "удобный", "удобно", "замечательный",
    "прекрасный", "чудесный", "теплый", "вовремя", "поздравлять", "извиниться", "вежливо",
    "золото", "молодец", "помочь", "принять", "утвердить", "утвержденный", "согласовано",
    "подписать", "подписанный", "доплатить", "доплата", "прийти", "познакомить", "пригласить",
    "спокойный", "оплатить", "быстро", "приятный", "приятно", "согласный", "подтверждать",
    "оценить",
})  # fmt: skip
_CONTRAST = frozenset({
    "но", "а", "однако", "хотя", "зато", "только", "правда", "опять", "снова", "иначе", "или",
    "не", "если", "теперь", "нет", "ни", "без", "обещать", "пообещать", "требовать",
    "просить", "хотеть",
})  # fmt: skip
PRAISED = 0.3
"""What is left of a cue in a sentence that praises and takes nothing back."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sign that a text seems to speak of; the score is above 0, at most 1."""

    sign: QuestionId
    score: float


@dataclass(frozen=True, slots=True)
class _Element:
    keys: frozenset[str]
    """Dictionary forms, stems such as ``оплат*`` and classes such as ``@count``: any of them."""
    denied: bool

    def is_said_by(self, word: _Word) -> bool:
        if self.keys.isdisjoint(word.keys):
            return False
        return word.denied if self.denied else not word.denied_directly


@dataclass(frozen=True, eq=False, slots=True)
class _Cue:
    sign: QuestionId
    weight: float
    elements: tuple[_Element, ...]

    def is_said_by(self, sentence: Sequence[_Word]) -> bool:
        places = [
            [place for place, word in enumerate(sentence) if element.is_said_by(word)]
            for element in self.elements
        ]
        if len(places) == 1:
            return any(not sentence[place].taken_back for place in places[0])
        if not all(places):
            return False
        span = len(places) + GAP
        for start in chain.from_iterable(places):
            near = [[place for place in each if start <= place < start + span] for each in places]
            if all(near) and len(set(chain.from_iterable(near))) >= len(near):
                return True
        return False


@dataclass(frozen=True, slots=True)
class _Word:
    keys: frozenset[str]
    denied: bool
    """A denial stands somewhere before it, or «нет» right after it."""
    denied_directly: bool
    taken_back: bool
    """«скидку не просил»: alone it tells nothing."""


def classify(words: Words, text: str, limit: int = 3) -> tuple[Spoken, ...]:
    """Return the signs a text speaks of, best first; nothing where no cue is found."""
    index = _index(words)
    found: dict[_Cue, float] = {}
    for sentence in _sentences(text[:LONGEST_TEXT]):
        keys: frozenset[str] = frozenset().union(*(word.keys for word in sentence))
        tells = PRAISED if keys & _PRAISE and not keys & _CONTRAST else 1.0
        for cue in {cue for key in keys for cue in index.get(key, ())}:
            if found.get(cue, 0.0) < tells and cue.is_said_by(sentence):
                found[cue] = tells
    doubt: dict[QuestionId, float] = {}
    for cue, tells in found.items():
        doubt[cue.sign] = doubt.get(cue.sign, 1.0) * (1 - cue.weight * tells)
    spoken = [Spoken(sign, round(1 - left, 3)) for sign, left in doubt.items()]
    return tuple(sorted(spoken, key=lambda each: (-each.score, each.sign))[:limit])


@lru_cache(maxsize=8)
def _index(words: Words) -> Mapping[str, Sequence[_Cue]]:
    """Return the cues of a language by what their first element may be."""
    index: dict[str, list[_Cue]] = {}
    for sign, lists in words.cues.items():
        for name, weight in WEIGHTS.items():
            for written in getattr(lists, name):
                cue = _Cue(sign, weight, tuple(_elements(written)))
                for key in cue.elements[0].keys:
                    index.setdefault(key, []).append(cue)
    return index


def _elements(cue: str) -> Iterator[_Element]:
    denied = False
    for element in cue.split():
        if element == "не":
            denied = True
            continue
        yield _Element(frozenset(map(_cue_key, element.split("|"))), denied)
        denied = False


def _cue_key(word: str) -> str:
    if word.startswith("@") or word.endswith("*"):
        return word
    forms = _dictionary_forms(word)
    return word if word in forms else forms[0]


def _sentences(text: str) -> Iterator[list[_Word]]:
    for sentence in _SENTENCE_END.split(text.casefold().replace("ё", "е")):
        tokens = list(_TOKEN.finditer(sentence))
        said = [token[0] for token in tokens]
        yield [
            _Word(
                keys=_keys(token),
                denied=not _DENIALS.isdisjoint(said[max(0, place - DENIAL_REACH) : place])
                or "нет" in said[place + 1 : place + 2],
                denied_directly=place > 0 and said[place - 1] in _DIRECT_DENIALS,
                taken_back="не" in said[place + 1 : place + 2],
            )
            for place, token in enumerate(tokens)
        ]


def _keys(token: re.Match[str]) -> frozenset[str]:
    word = token[0]
    if token["number"]:
        return frozenset({"@count", word})
    if token["time"]:
        hour, minute = map(int, word.split(":"))
        night = any(hour * 60 + minute in span for span in _NIGHT)
        return frozenset({"@night"} if night else ())
    stems = (f"{word[:end]}*" for end in range(_SHORTEST_STEM, len(word) + 1))
    return frozenset((*_dictionary_forms(word), *stems))


@lru_cache(maxsize=20_000)
def _dictionary_forms(word: str) -> tuple[str, ...]:
    """Return the forms under which a dictionary may have the word, the likeliest first."""
    parses = morphology().parse(word)
    forms = [parse.normal_form.replace("ё", "е") for parse in parses]
    if parses[0].tag.POS == "NUMR" or "Anum" in parses[0].tag:
        forms.append("@count")
    return tuple(dict.fromkeys(forms))
