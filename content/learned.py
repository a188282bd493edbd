"""What was learned from phrases: how much each feature of a text speaks for and against each sign.

It stands in ``words/<language>/signs.learned``, written by ``content.learning``: a line of
JSON, the features one a line, and a signed byte for each feature and sign, deflated.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import exp, log, sqrt
from operator import mul

from content.models import AlikeWords, SaidWords

FILE = "signs.learned"
MOST = 127
"""The largest weight as it is written."""
SHARPNESS = 0.18
"""By how much one margin must be above another to count e times as much."""
LEAST = 5
"""Known features of the shortest text that says anything: a word of three letters has as many."""
NOTHING = ""
"""Stands for no sign among the signs."""


@dataclass(frozen=True, eq=False)
class Learned:
    """Linear separations of each sign, and of nothing, from all else."""

    phrases: str
    """Fingerprint of the phrases it was learned from."""
    signs: tuple[str, ...]
    rarity: Mapping[str, float]
    """Feature → how rare it is; in the order of the weights."""
    at: Mapping[str, int]
    """Feature → its place."""
    weights: array[int]
    """Feature by feature, one for each sign."""
    unit: float
    """What a weight of one is worth."""
    biases: tuple[float, ...]

    def shares(self, counted: Mapping[str, float]) -> Mapping[str, float]:
        """Return how the vote on a text is shared; ``NOTHING`` has a share too."""
        many = len(self.signs)
        known = weigh(counted, self.rarity)
        if len(known) < LEAST:
            return {}
        places = (self.at[feature] * many for feature in known)
        rows = [self.weights[place : place + many] for place in places]
        margins = [
            bias + self.unit * sum(map(mul, known.values(), column))
            for bias, column in zip(self.biases, zip(*rows, strict=True), strict=True)
        ]
        most = max(margins)
        votes = [exp((margin - most) / SHARPNESS) for margin in margins]
        whole = sum(votes)
        return {sign: vote / whole for sign, vote in zip(self.signs, votes, strict=True)}


def weigh(counted: Mapping[str, float], rarity: Mapping[str, float]) -> Mapping[str, float]:
    """Return the known features weighted by how rare they are (tf-idf), of length one."""
    weighted = {
        feature: (1 + log(count) if count >= 1 else count) * rarity[feature]
        for feature, count in counted.items()
        if feature in rarity
    }
    length = sqrt(sum(weight * weight for weight in weighted.values())) or 1.0
    return {feature: weight / length for feature, weight in weighted.items()}


def fingerprint(
    said: Iterable[tuple[str, SaidWords]], ordinary: SaidWords, alike: AlikeWords
) -> str:
    """Return what changes with any phrase that is learned from."""
    told = sorted([sign, *each.says] for sign, each in said)
    everything = [told, list(ordinary.says), sorted(alike.groups.items())]
    return sha256(json.dumps(everything, ensure_ascii=False).encode()).hexdigest()


def pack(learned: Learned) -> bytes:
    """Return what ``unpack`` reads."""
    head = json.dumps(
        {
            "phrases": learned.phrases,
            "signs": learned.signs,
            "unit": learned.unit,
            "biases": learned.biases,
            "rarity": [round(each, 3) for each in learned.rarity.values()],
        }
    )
    text = "\n".join((head, *learned.rarity)).encode()
    size = len(text).to_bytes(4, "big")
    return zlib.compress(size + text + learned.weights.tobytes(), 9)


def unpack(data: bytes) -> Learned:
    """Read what ``pack`` wrote; raises ``ValueError`` for anything else.

    It takes ten times the room unpacked: a language that nobody types in stays packed.
    """
    try:
        return _unpack(data)
    except (zlib.error, KeyError) as error:
        raise ValueError(str(error)) from error


def _unpack(data: bytes) -> Learned:
    whole = zlib.decompress(data)
    end = 4 + int.from_bytes(whole[:4], "big")
    first, *features = whole[4:end].decode().split("\n")
    head = json.loads(first)
    rarities: Sequence[float] = head["rarity"]
    return Learned(
        phrases=head["phrases"],
        signs=tuple(head["signs"]),
        rarity=dict(zip(features, rarities, strict=True)),
        at={feature: place for place, feature in enumerate(features)},
        weights=array("b", whole[end:]),
        unit=head["unit"],
        biases=tuple(head["biases"]),
    )
