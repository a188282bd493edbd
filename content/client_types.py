"""Which of the known patterns of behaviour an assessment points to."""

from __future__ import annotations

from collections import Counter

from content.knowledge import Catalogue
from content.models import TAKEN_BACK, QuestionId, SignKind, TypeId
from content.sheet import Sheet
from content.verdict import BAD, OFTEN

HEAVIEST = 9
"""A critical sign has no weight of its own, yet it says most about a client."""
MOST = 2
"""A client may match two types; more would say nothing."""


def client_types(catalogue: Catalogue, sheet: Sheet) -> tuple[TypeId, ...]:
    """Return at most two types, the likelier first.

    A type's leading sign must be there often, with all else that it speaks of. The one whose
    leading sign weighs most comes first, the other signs only rank those that weigh the same.
    Beside a critical sign that belongs to no type a likeness would belittle it, and what may be
    one's own doing likens a client to nothing. Who takes money back does not «pay later».
    """
    if any(_is_unlike_any(catalogue, sheet, QuestionId(sign)) for sign in catalogue.signs):
        return ()
    weights = {sign: _weight(catalogue, sheet, QuestionId(sign)) for sign in catalogue.signs}
    of_type: Counter[str] = Counter()
    for sign, data in catalogue.signs.items():
        of_type.update(dict.fromkeys(data.types, weights[sign]))
    fitting = [
        (-weights[QuestionId(data.lead)], -of_type[id_], data.order, id_)
        for id_, data in catalogue.types.items()
        if all(weights[QuestionId(sign)] for sign in (data.lead, *data.also))
        and BAD not in map(sheet.gap, catalogue.signs[QuestionId(data.lead)].excused_by)
        and sheet.answers.get(QuestionId(data.lead)) != TAKEN_BACK
    ]
    return tuple(id_ for *_, id_ in sorted(fitting)[:MOST])


def _is_unlike_any(catalogue: Catalogue, sheet: Sheet, sign: QuestionId) -> bool:
    data = catalogue.signs[sign]
    return data.kind is SignKind.CRITICAL and not data.types and sheet.value(sign) > 0


def _weight(catalogue: Catalogue, sheet: Sheet, sign: QuestionId) -> int:
    """Return what a sign says about a client; nothing where it is not there often."""
    data, value = catalogue.signs[sign], sheet.value(sign)
    heavy = HEAVIEST if data.kind is SignKind.CRITICAL else max(1, data.weight)
    return value * heavy if value >= OFTEN else 0
