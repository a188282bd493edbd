"""Made-up continuations of a sheet: how it might go on, and which verdicts that would end in.

``common`` in the signs' data is a guess and never touches a verdict; it only makes the
continuations likely ones.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from random import Random
from typing import NamedTuple

from content.knowledge import Catalogue
from content.models import LastEffort, QuestionId, VerdictId
from content.sheet import Sheet
from content.verdict import Deeds, Sums, level_of

ROWS = 128
"""Continuations that are looked at; half as many cost two points of agreement."""
SIGN_SHARES = (0.45, 0.35, 0.20)
"""Of a sign that is there: once, often, always."""
GAP_SHARES = (0.24, 0.10)
"""Of a question about oneself: partly, bad."""

EIGHTH = 8
"""Harm and strain are multiples of 1/8."""
WIDTH = 16
"""Bits for each sum: the largest, all harm in eighths, takes 11."""
MASK = (1 << WIDTH) - 1


class _Told(NamedTuple):
    """What the person tells beside the answers; the same in every continuation."""

    failed: bool
    exhausted: bool
    wants_out: bool


@lru_cache(maxsize=1024)
def column(catalogue: Catalogue, question: QuestionId) -> tuple[tuple[int, int], ...]:
    """Return (row, value) where a question has a value above 0.

    The shares are those of the data, the order is shuffled by a seed made of the question's id.
    """
    sign = catalogue.signs.get(question)
    shares = GAP_SHARES if sign is None else [sign.common * share for share in SIGN_SHARES]
    values = [
        value for value, share in enumerate(shares, start=1) for _ in range(round(share * ROWS))
    ]
    rows = list(range(ROWS))
    Random(question).shuffle(rows)  # noqa: S311 - a repeatable order, nothing secret  # nosec B311
    return tuple(zip(rows, values, strict=False))


def ends(catalogue: Catalogue, sheet: Sheet, left: Collection[QuestionId]) -> list[VerdictId]:
    """Return the verdict of each continuation: the sheet with what is ``left`` to ask filled in.

    The rule's sums are added up instead of sheets built, all sums of a row in one number.
    """
    rows = [0] * ROWS
    everywhere = 0
    for question, data in catalogue.questions.items():
        if not data.weighs:
            continue
        if question in left:
            for row, gap in column(catalogue, question):
                rows[row] += _of_gap(gap)
        else:
            everywhere += _of_gap(sheet.gap(question))
    for sign, sign_data in catalogue.signs.items():
        value = None if sign in left else sheet.value(sign)
        if value is None or sheet.knows(sign):
            everywhere += _KNOWN
        if value != 0:
            gaps = tuple(
                None if cause in left else sheet.gap(QuestionId(cause))
                for cause in sign_data.excused_by
            )
            same, varying = _of_sign(catalogue, sign, value, gaps, sign in sheet.tried)
            everywhere += same
            for row, added in varying:
                rows[row] += added
    told = _Told(sheet.last_effort is LastEffort.FAILED, sheet.exhausted, sheet.wants_out)
    return [_verdict(everywhere + row, told) for row in rows]


@lru_cache(maxsize=8192)
def _of_sign(
    catalogue: Catalogue,
    sign: QuestionId,
    value: int | None,
    gaps: tuple[int | None, ...],
    tried: bool,
) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Return what a sign adds to every row, and what it adds to some.

    ``value`` and ``gaps`` are None where they are not asked yet: they differ from row to row.
    """
    causes = catalogue.signs[sign].excused_by
    if value is not None and None not in gaps:
        return _of_answer(catalogue, sign, value, tuple(gap or 0 for gap in gaps), tried), ()
    values = dict(column(catalogue, sign)) if value is None else dict.fromkeys(range(ROWS), value)
    made_up = [
        dict(column(catalogue, QuestionId(cause))) if gap is None else dict.fromkeys(values, gap)
        for cause, gap in zip(causes, gaps, strict=True)
    ]
    return 0, tuple(
        (row, _of_answer(catalogue, sign, there, tuple(g.get(row, 0) for g in made_up), tried))
        for row, there in values.items()
    )


@lru_cache(maxsize=8192)
def _of_answer(
    catalogue: Catalogue,
    sign: QuestionId,
    value: int,
    gaps: tuple[int, ...],
    tried: bool,
) -> int:
    sums = Sums()
    sums.add_sign(catalogue, sign, value, gaps, tried=tried)
    return _packed(sums)


@lru_cache
def _of_gap(gap: int) -> int:
    sums = Sums()
    sums.add_gap(gap)
    return _packed(sums)


def _packed(sums: Sums) -> int:
    """Put all sums into one number, so that adding numbers adds sums."""
    packed = 0
    for each in (
        round(sums.deeds.harm * EIGHTH),
        round(sums.deeds.strain * EIGHTH),
        sums.deeds.always,
        round(sums.unexplained.harm * EIGHTH),
        round(sums.unexplained.strain * EIGHTH),
        sums.unexplained.always,
        sums.known,
        sums.bad,
        sums.gaps,
        sums.critical,
        sums.limits_crossed,
        sums.threats,
        sums.costs,
    ):
        packed = packed << WIDTH | each
    return packed


@lru_cache(maxsize=65536)
def _verdict(packed: int, told: _Told) -> VerdictId:
    """Return the verdict on packed sums."""
    sums = []
    for _ in range(13):
        sums.append(packed & MASK)
        packed >>= WIDTH
    costs, threats, crossed, critical, gaps, bad, known, *deeds = sums
    always_left, strain_left, harm_left, always, strain, harm = deeds
    return level_of(
        Sums(
            *told,
            known=known,
            bad=bad,
            gaps=gaps,
            critical=critical,
            limits_crossed=crossed,
            threats=threats,
            costs=costs,
            deeds=Deeds(harm / EIGHTH, strain / EIGHTH, always),
            unexplained=Deeds(harm_left / EIGHTH, strain_left / EIGHTH, always_left),
        )
    )


_KNOWN = _packed(Sums(known=1))
