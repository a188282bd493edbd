"""Learns from the phrases of the content by which signs are recognised.

    python -m content.learning

For each sign, and for nothing, the phrases of it are separated from all others by a linear support
vector machine with squared hinge loss, solved in the dual by coordinate descent (Hsieh et al. 2008,
the method of LIBLINEAR). The same phrases give the same file.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from operator import mul
from random import Random
from typing import NamedTuple

from content.knowledge import Words
from content.learned import FILE, MOST, NOTHING, Learned, fingerprint, pack, weigh
from content.loading import DATA, load
from content.reading.features import Features, is_pair

COST = 1.0
"""Of a phrase on the wrong side, against the size of the weights."""
PASSES = 20
SEED = 84


class _Row(NamedTuple):
    """A phrase: the places of its features, and their weights."""

    places: tuple[int, ...]
    weights: tuple[float, ...]


def learn(words: Words) -> Learned:
    """Learn from all phrases of a language."""
    known = list(phrases(words))
    counted = count(words, known)
    rarity = rarities(counted)
    at = {feature: place for place, feature in enumerate(rarity)}
    rows = [_row(weigh(each, rarity), at) for each in counted]
    signs = sorted({sign for sign, _ in known})
    separations = [_separate(rows, [sign == one for one, _ in known], len(at)) for sign in signs]
    most = max(abs(weight) for weights, _ in separations for weight in weights)
    unit = most / MOST
    columns = zip(*(weights for weights, _ in separations), strict=True)
    return Learned(
        phrases=fingerprint(words.said.items(), words.ordinary, words.alike),
        signs=tuple(signs),
        rarity=rarity,
        at=at,
        weights=array("b", [round(weight / unit) for column in columns for weight in column]),
        unit=unit,
        biases=tuple(round(bias, 4) for _, bias in separations),
    )


def count(words: Words, known: Iterable[tuple[str, str]]) -> list[Mapping[str, float]]:
    """Return the features of each phrase."""
    taking = Features(words.language, words.alike, words.reading)
    return [taking.of(text) for _, text in known]


def rarities(counted: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return how rare each feature is that is learned from."""
    seen = Counter(feature for each in counted for feature in each)
    return {
        feature: round(log((1 + len(counted)) / (1 + seen[feature])) + 1, 3)
        for feature in sorted(seen)
        # A pair that was said once will hardly be said again.
        if seen[feature] > 1 or not is_pair(feature)
    }


def phrases(words: Words) -> Iterator[tuple[str, str]]:
    """Yield every phrase of a language with the sign it speaks of, or ``NOTHING``."""
    for sign, known in words.signs.items():
        said: Sequence[str] = words.said[sign].says if sign in words.said else ()
        for text in (*said, *known.examples, *known.keywords):
            yield sign, text
        for text in known.innocent:
            yield NOTHING, text
    for text in words.ordinary.says:
        yield NOTHING, text


def _row(weighed: Mapping[str, float], at: Mapping[str, int]) -> _Row:
    return _Row(tuple(at[feature] for feature in weighed), tuple(weighed.values()))


def _separate(
    rows: Sequence[_Row], right: Sequence[bool], width: int
) -> tuple[Sequence[float], float]:
    """Return the weights and the bias that separate the rows that are right from the others."""
    weights, bias = [0.0] * width, 0.0
    pulls = [0.0] * len(rows)
    slack = 1 / (2 * COST)
    order = list(range(len(rows)))
    chance = Random(SEED)  # noqa: S311 - an order, no secret  # nosec B311
    for _ in range(PASSES):
        chance.shuffle(order)
        for place in order:
            row, side = rows[place], 1 if right[place] else -1
            there = sum(map(mul, map(weights.__getitem__, row.places), row.weights)) + bias
            slope = side * there - 1 + pulls[place] * slack
            if slope >= 0 and not pulls[place]:
                continue
            # A row has length one, and the bias is a feature of it.
            pull = max(pulls[place] - slope / (2 + slack), 0.0)
            step = side * (pull - pulls[place])
            pulls[place] = pull
            bias += step
            for feature, weight in zip(row.places, row.weights, strict=True):
                weights[feature] += step * weight
    return weights, bias


def main() -> None:
    """Write what is learned of each language that has phrases."""
    for language, words in load().languages.items():
        if words.said:
            data = pack(learn(words))
            (DATA / "words" / language / FILE).write_bytes(data)
            sys.stdout.write(f"{language}: {len(data) // 1024} KiB\n")


if __name__ == "__main__":
    main()
