"""Which warning signs a text speaks of, by likeness to what people have said of them.

The content holds phrases for each sign (``words/<language>/said``) and ordinary messages that are a
sign of nothing (``ordinary.toml``). A text is compared with all of them, whole and clause by
clause. Two votes count: how near the nearest phrases of a sign are (k nearest neighbours, cosine of
tf-idf), and how the words of the text spread over the signs (complement naive Bayes, Rennie et al.
2003). A sign is proposed only where it wins clearly, against the other signs and against nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from content.morphology import dictionary_form
from content.vocabulary import one_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from content.knowledge import Words
    from content.models import QuestionId
    from content.vocabulary import Vocabulary

LONGEST_TEXT = 4096
"""Characters read; a message of Telegram has no more."""
PROPOSE = 0.7
"""Share of the vote from which a text proposes a sign; a sentence or a clause tells less."""
PROPOSE_SENTENCE = 0.8
PROPOSE_PART = 0.95
SHORTEST_WHOLE = 9
"""Words of the shortest text that is also read clause by clause."""
NEIGHBOURS = 5
SHARPNESS = 0.12
"""By how much one vote must be above another to count e times as much."""
BAYES = 0.2
"""Weight of the second vote."""
SMOOTHING = 0.3
LETTERS = 0.35
"""Weight of three or four letters in a row beside a whole word: they forgive typos and endings."""
ALIKE = 1.0
"""Weight of a group of words that say nearly the same."""
APART = 0.5
"""Weight of a pair of words with another between them."""
DENIED = "!"
MOST_PARTS = 40
SHORTEST_PART = 2
"""Words of the shortest clause that is read by itself."""

_TOKEN = re.compile(r"\d+|[^\W\d_]+|\?")
_SENTENCE_END = re.compile(r"(?<=[.!?…;])\s+|\n+")

_Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sign that a text may speak of."""

    sign: QuestionId
    score: float
    """Its share of the vote, 0 to 1: all signs and «nothing» share one."""
    proposed: bool
    """Whether the text is sure of it."""


def classify(words: Words, text: str, limit: int = 3) -> tuple[Spoken, ...]:
    """Return the signs a text may speak of: those it is sure of first, then the likeliest."""
    index = _index(_Known(words.reading, words))
    text = text[:LONGEST_TEXT]
    scores = {sign: share for sign, share in index.shares(text).items() if sign}
    sure = {sign for sign, share in scores.items() if share >= PROPOSE}
    for part, bar in dict(islice(index.parts(text), MOST_PARTS)).items():
        for sign, share in index.shares(part).items():
            if sign and share >= bar:
                sure.add(sign)
                scores[sign] = max(share, scores.get(sign, 0.0))
    spoken = [Spoken(sign, round(share, 3), sign in sure) for sign, share in scores.items()]
    return tuple(sorted(spoken, key=_rank)[:limit])


def _rank(spoken: Spoken) -> tuple[bool, float, str]:
    return not spoken.proposed, -spoken.score, spoken.sign


@dataclass(frozen=True, slots=True)
class _Known:
    """The words of a language; in every voice of it the phrases are the same."""

    reading: Vocabulary
    words: Words = field(compare=False)


@lru_cache(maxsize=8)
def _index(known: _Known) -> _Index:
    return _Index(known.words)


class _Index:
    """The phrases of one language, ready to be compared with."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._denials = re.compile(one_of(words.reading.denials))
        self._alike: dict[str, list[str]] = defaultdict(list)
        for group, listed in words.alike.groups.items():
            for word in plain(listed).split():
                self._alike[word].append(f"@{group}")
        self._breaks = re.compile(rf"[,:;—–()«»\"]+|{one_of(words.reading.breaks)}", re.IGNORECASE)
        phrases = list(_phrases(words))
        self._signs = [sign for sign, _ in phrases]
        counted = [self._features(text) for _, text in phrases]
        seen = Counter(feature for each in counted for feature in each)
        self._rarity = {
            feature: log((1 + len(phrases)) / (1 + count)) + 1 for feature, count in seen.items()
        }
        self._places: dict[str, list[tuple[int, float]]] = defaultdict(list)
        """Feature → the phrases that have it, with its weight there."""
        total: _Vector = defaultdict(float)
        by_sign: dict[QuestionId | None, _Vector] = defaultdict(lambda: defaultdict(float))
        for place, each in enumerate(counted):
            for feature, weight in self._vector(each).items():
                self._places[feature].append((place, weight))
                total[feature] += weight
                by_sign[self._signs[place]][feature] += weight
        self._elsewhere = _Elsewhere(total, by_sign)

    def shares(self, text: str) -> Mapping[QuestionId | None, float]:
        """Return how the vote on a text is shared; None stands for no sign."""
        vector = self._vector(self._features(text))
        if not any(feature in self._places for feature in vector):
            return {}
        near, spread = self._near(vector), self._elsewhere.votes(vector)
        votes = {sign: near.get(sign, 0.0) + BAYES * vote for sign, vote in spread.items()}
        most = max(votes.values())
        weights = {sign: exp((vote - most) / SHARPNESS) for sign, vote in votes.items()}
        whole = sum(weights.values())
        return {sign: weight / whole for sign, weight in weights.items()}

    def parts(self, text: str) -> Iterator[tuple[str, float]]:
        """Yield the sentences of a text and their clauses, each with the bar of a proposal."""
        if len(text.split()) < SHORTEST_WHOLE:
            return
        sentences = [each for each in _SENTENCE_END.split(text) if each.strip()]
        if len(sentences) > 1:
            yield from ((each, PROPOSE_SENTENCE) for each in sentences)
        for sentence in sentences:
            clauses = self._breaks.split(sentence)
            clauses = [each for each in clauses if len(each.split()) >= SHORTEST_PART]
            if len(clauses) > 1:
                yield from ((each, PROPOSE_PART) for each in clauses)

    def _near(self, vector: _Vector) -> Mapping[QuestionId | None, float]:
        """Return how near the nearest phrases of each sign are."""
        likeness: dict[int, float] = defaultdict(float)
        for feature, weight in vector.items():
            for place, there in self._places.get(feature, ()):
                likeness[place] += weight * there
        by_sign: dict[QuestionId | None, list[float]] = defaultdict(list)
        for place, like in likeness.items():
            by_sign[self._signs[place]].append(like * like)
        return {
            sign: sqrt(sum(sorted(squares, reverse=True)[:NEIGHBOURS]))
            for sign, squares in by_sign.items()
        }

    def _vector(self, features: Mapping[str, float]) -> _Vector:
        """Return features weighted by how rare they are, of length one."""
        weighted = {
            feature: (1 + log(count) if count >= 1 else count) * self._rarity[feature]
            for feature, count in features.items()
            if feature in self._rarity
        }
        length = sqrt(sum(weight * weight for weight in weighted.values())) or 1.0
        return {feature: weight / length for feature, weight in weighted.items()}

    def _features(self, text: str) -> Mapping[str, float]:
        """Count words, pairs of words, groups, and letters in a row; a denied word is another."""
        counted: dict[str, float] = defaultdict(float)
        said: list[str] = []
        denied = ""
        for token in _TOKEN.finditer(plain(text)):
            typed = token[0]
            word = self._dictionary_form(typed)
            said.append(denied + word)
            for group in self._alike.get(word, ()):
                counted[denied + group] += ALIKE
            if typed.isalpha():
                for letters in _in_a_row(typed):
                    counted[denied + letters] += LETTERS
            denied = DENIED if self._denials.fullmatch(typed) else ""
        for word in said:
            counted[word] += 1
        for apart, weight in ((1, 1.0), (2, APART)):
            for one, other in zip(said, said[apart:], strict=False):
                counted[f"{one} {other}"] += weight
        return counted

    def _dictionary_form(self, typed: str) -> str:
        if typed.isdigit():
            return "#"
        # Of other languages the letters in a row know the endings.
        return dictionary_form(typed) if self._words.language == "ru" else typed


class _Elsewhere:
    """Complement naive Bayes: how little a text looks like everything that is not of a sign."""

    def __init__(
        self, total: _Vector, by_sign: Mapping[QuestionId | None, Mapping[str, float]]
    ) -> None:
        self._total, self._by_sign = total, by_sign
        whole, kinds = sum(total.values()), len(total)
        self._size = {
            sign: whole - sum(here.values()) + SMOOTHING * kinds for sign, here in by_sign.items()
        }

    def votes(self, vector: _Vector) -> Mapping[QuestionId | None, float]:
        """Return a vote for each sign, the highest 0."""
        votes = {}
        for sign, here in self._by_sign.items():
            size = self._size[sign]
            votes[sign] = -sum(
                weight * log((self._total[feature] - here.get(feature, 0.0) + SMOOTHING) / size)
                for feature, weight in vector.items()
            )
        most = max(votes.values())
        return {sign: vote - most for sign, vote in votes.items()}


def _phrases(words: Words) -> Iterator[tuple[QuestionId | None, str]]:
    for sign, known in words.signs.items():
        said: Sequence[str] = words.said[sign].says if sign in words.said else ()
        for text in (*said, *known.examples, *known.keywords):
            yield sign, text
        for text in known.innocent:
            yield None, text
    for text in words.ordinary.says:
        yield None, text


@lru_cache(maxsize=20_000)
def _in_a_row(word: str) -> tuple[str, ...]:
    whole = f"<{word}>"
    return tuple(whole[at : at + n] for n in (3, 4) for at in range(len(whole) - n + 1))
