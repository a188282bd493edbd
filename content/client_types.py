"""Which of the known patterns of behaviour an assessment points to."""

from __future__ import annotations

from collections import Counter

from content.knowledge import Catalogue
from content.models import SIGN_OPTIONS, QuestionId, SignKind, TypeId
from content.sheet import Sheet
from content.verdict import OFTEN

NEVER = SIGN_OPTIONS[0]
HEAVIEST = 9
"""A critical sign has no weight of its own, yet it says most about a client."""
MOST = 2
"""A client may match two types; more would say nothing."""


def client_types(catalogue: Catalogue, sheet: Sheet) -> tuple[TypeId, ...]:
    """Return at most two types, the likelier first.

    A type's leading sign must be there often, and nothing that it speaks of denied; the other
    signs only rank. Beside a critical sign that belongs to no type a likeness would belittle it.
    """
    if any(_is_unlike_any(catalogue, sheet, QuestionId(sign)) for sign in catalogue.signs):
        return ()
    weight: Counter[TypeId] = Counter()
    for sign, data in catalogue.signs.items():
        value = sheet.value(QuestionId(sign))
        if value >= OFTEN:
            heavy = HEAVIEST if data.kind is SignKind.CRITICAL else max(1, data.weight)
            weight.update({TypeId(each): value * heavy for each in data.types})
    fitting = [each for each in weight if _fits(catalogue, sheet, each)]
    ordered = sorted(fitting, key=lambda each: (-weight[each], catalogue.types[each].order))
    return tuple(ordered[:MOST])


def _is_unlike_any(catalogue: Catalogue, sheet: Sheet, sign: QuestionId) -> bool:
    data = catalogue.signs[sign]
    return data.kind is SignKind.CRITICAL and not data.types and sheet.value(sign) > 0


def _fits(catalogue: Catalogue, sheet: Sheet, type_: TypeId) -> bool:
    data = catalogue.types[type_]
    denied = any(sheet.answers.get(QuestionId(sign)) == NEVER for sign in data.denied_by)
    return sheet.value(QuestionId(data.lead)) >= OFTEN and not denied
