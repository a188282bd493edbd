"""What would make a verdict easier names only what can still be done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from content.models import (
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    LastEffort,
    OptionId,
    QuestionId,
    SignKind,
    VerdictId,
)
from content.outlook import MOST_TOGETHER, easier_if, serious_if
from content.sheet import Sheet
from content.verdict import SEVERITY, judge
from tests.content.sheets import calm, random_sheet

if TYPE_CHECKING:
    from content.knowledge import Catalogue
    from content.outlook import Outlook

SHEETS = range(150)
FRICTION, LEAVE_NOW = VerdictId.ORDINARY_FRICTION, VerdictId.LEAVE_NOW


def after(sheet: Sheet, outlook: Outlook) -> Sheet:
    for question, option in outlook.changes:
        if question == "last_effort":
            sheet = replace(sheet, last_effort=LastEffort(option))
        elif question.startswith("tried:"):
            sign = QuestionId(question.removeprefix("tried:"))
            sheet = replace(sheet, tried=sheet.tried | {sign})
        else:
            changed = {QuestionId(question): OptionId(option)}
            sheet = replace(sheet, answers={**sheet.answers, **changed})
    return sheet


def ease(verdict: VerdictId) -> int:
    return 0 if verdict is FRICTION else SEVERITY[verdict]


def test_every_outlook_leads_where_it_says(catalogue: Catalogue) -> None:
    told = 0
    for seed in SHEETS:
        sheet = random_sheet(catalogue, seed)
        verdict = judge(catalogue, sheet)
        for outlook in easier_if(catalogue, sheet, verdict):
            assert judge(catalogue, after(sheet, outlook)).id is outlook.verdict
            assert ease(outlook.verdict) < ease(verdict.id)
            told += 1
        for outlook in serious_if(catalogue, sheet, verdict):
            assert judge(catalogue, after(sheet, outlook)).id is outlook.verdict
            assert verdict.id is VerdictId.CANNOT_TELL or ease(outlook.verdict) > ease(verdict.id)
            told += 1
    assert told > len(SHEETS) / 2


def test_what_happened_is_never_wished_away(catalogue: Catalogue) -> None:
    for seed in SHEETS:
        sheet = random_sheet(catalogue, seed)
        for outlook in easier_if(catalogue, sheet, judge(catalogue, sheet)):
            for question, option in outlook.changes:
                if question in catalogue.questions:
                    assert option == REFLECTION_OPTIONS[0]
                else:
                    sign = QuestionId(question)
                    assert catalogue.signs[sign].kind is not SignKind.CRITICAL
                    assert option == SIGN_OPTIONS[sheet.value(sign) - 1], "one option milder"


def test_what_must_come_together_is_never_more_than_a_plan_holds(catalogue: Catalogue) -> None:
    together = 0
    for seed in SHEETS:
        sheet = random_sheet(catalogue, seed)
        verdict = judge(catalogue, sheet)
        gaps = {gap.question for gap in verdict.gaps}
        softened = {sign for gap in verdict.gaps for sign in gap.softens}
        for outlook in easier_if(catalogue, sheet, verdict):
            steps = [q for q, _ in outlook.changes if q in gaps or q not in softened]
            assert 1 <= len(steps) <= MOST_TOGETHER
            together += len(steps) > 1
    assert together


def test_more_serious_is_only_what_is_there_getting_worse(catalogue: Catalogue) -> None:
    for seed in SHEETS:
        sheet = random_sheet(catalogue, seed)
        verdict = judge(catalogue, sheet)
        present = {reason.question for reason in verdict.because}
        for outlook in serious_if(catalogue, sheet, verdict):
            ((question, _),) = outlook.changes
            assert question == "last_effort" or question.removeprefix("tried:") in present
        if verdict.id is LEAVE_NOW:
            assert serious_if(catalogue, sheet, verdict) == ()


def test_a_spotless_client_has_neither(catalogue: Catalogue) -> None:
    sheet = Sheet(calm(catalogue))
    verdict = judge(catalogue, sheet)

    assert easier_if(catalogue, sheet, verdict) == serious_if(catalogue, sheet, verdict) == ()


@pytest.mark.parametrize(
    ("given", "easier", "serious"),
    [
        (
            {"late_payment": "always"},
            [((("late_payment", "often"),), "mendable")],
            [((("last_effort", "failed"),), "part")],
        ),
        (
            {"after_hours": "always", "my_project_first": "often", "set_limits": "bad"},
            [
                (
                    (
                        ("set_limits", "good"),
                        ("after_hours", "often"),
                        ("my_project_first", "once"),
                    ),
                    "ordinary_friction",
                )
            ],
            [],
        ),
        (
            {"rudeness": "once"},
            [],
            [
                ((("rudeness", "often"),), "leave_now"),
                ((("tried:rudeness", "yes"),), "leave_now"),
            ],
        ),
        ({"rudeness": "often"}, [], []),
        (
            {"late_payment": "always", "rudeness": "once"},
            [((("late_payment", "often"),), "last_effort")],
            [
                ((("rudeness", "often"),), "leave_now"),
                ((("tried:rudeness", "yes"),), "leave_now"),
            ],
        ),
    ],
)
def test_the_outlook_of(
    catalogue: Catalogue,
    given: dict[str, str],
    easier: list[tuple[object, str]],
    serious: list[tuple[object, str]],
) -> None:
    sheet = Sheet(calm(catalogue, **given))
    verdict = judge(catalogue, sheet)

    assert [(o.changes, o.verdict) for o in easier_if(catalogue, sheet, verdict)] == easier
    assert [(o.changes, o.verdict) for o in serious_if(catalogue, sheet, verdict)] == serious


def test_whoever_begins_with_themselves_may_begin_anywhere(catalogue: Catalogue) -> None:
    sheet = Sheet(calm(catalogue, giving_best="bad", could_do_better="bad", reporting="partly"))
    verdict = judge(catalogue, sheet)

    assert verdict.id is VerdictId.START_WITH_YOURSELF
    assert [(o.changes, o.verdict) for o in easier_if(catalogue, sheet, verdict)] == [
        (((question, "good"),), "ordinary_friction")
        for question in ("could_do_better", "giving_best", "reporting")
    ]
