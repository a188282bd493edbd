"""Verdicts and next questions as plain values for JSON, for authors of the content."""

from __future__ import annotations

from collections.abc import Iterable

from content.asking import standing
from content.knowledge import Catalogue
from content.outlook import Outlook, easier_if, serious_if
from content.sheet import Sheet
from content.verdict import judge, own_part_is_large


def explain_json(catalogue: Catalogue, sheet: Sheet) -> dict[str, object]:
    """Explain the verdict on a sheet: ``python -m bot judge``."""
    verdict = judge(catalogue, sheet)
    return {
        "verdict": str(verdict.id),
        "kind": str(verdict.kind),
        "certainty": str(standing(catalogue, sheet).certainty),
        "grounds": [str(ground) for ground in verdict.grounds],
        "harm": verdict.harm,
        "strain": verdict.strain,
        "because": [
            {
                "question": reason.question,
                "option": reason.option,
                "contribution": reason.contribution,
                "sources": list(catalogue.signs[reason.question].sources),
            }
            for reason in verdict.because
        ],
        "reflection": {
            "start_with_yourself": own_part_is_large(catalogue, sheet),
            "gaps": [
                {
                    "question": gap.question,
                    "option": gap.option,
                    "softens": list(gap.softens),
                    "sources": list(catalogue.questions[gap.question].sources),
                }
                for gap in verdict.gaps
            ],
            "softened": [
                {"sign": sign, "by": gap.question} for gap in verdict.gaps for sign in gap.softens
            ],
        },
        "easier_if": _outlooks(easier_if(catalogue, sheet, verdict)),
        "serious_if": _outlooks(serious_if(catalogue, sheet, verdict)),
    }


def next_json(catalogue: Catalogue, sheet: Sheet) -> dict[str, object]:
    """Say what to ask next and how sure the verdict is: ``python -m bot next``."""
    at = standing(catalogue, sheet)
    return {
        "question": at.question,
        "why": {str(option): str(verdict) for option, verdict in at.why.items()},
        "verdict": str(at.verdict),
        "certainty": str(at.certainty),
        "share": at.share,
        "open": len(at.open),
        "unknown": list(at.unknown),
    }


def _outlooks(outlooks: Iterable[Outlook]) -> list[dict[str, object]]:
    return [
        {
            "changes": [{"question": q, "option": o} for q, o in outlook.changes],
            "verdict": str(outlook.verdict),
        }
        for outlook in outlooks
    ]
