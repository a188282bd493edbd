"""What would make a verdict easier names only what can still be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from content.knowledge import Catalogue
from content.models import (
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    LastEffort,
    OptionId,
    QuestionId,
    SignKind,
    VerdictId,
)
from content.outlook import MOST_TOGETHER, Outlook, easier_if, serious_if
from content.sheet import Sheet
from content.verdict import SEVERITY, Verdict, judge
from tests.content.sheets import calm, random_sheet

SHARE = 100
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


@dataclass(frozen=True)
class Told:
    """A sheet, and what is said of where it may lead."""

    sheet: Sheet
    verdict: Verdict
    easier: tuple[Outlook, ...]
    serious: tuple[Outlook, ...]


def told_of(catalogue: Catalogue, seeds: Iterable[int]) -> list[Told]:
    sheets = [random_sheet(catalogue, seed) for seed in seeds]
    verdicts = [(sheet, judge(catalogue, sheet)) for sheet in sheets]
    return [
        Told(
            sheet,
            verdict,
            easier_if(catalogue, sheet, verdict),
            serious_if(catalogue, sheet, verdict),
        )
        for sheet, verdict in verdicts
    ]


@pytest.fixture(scope="module")
def told(catalogue: Catalogue) -> list[Told]:
    """A small share of the sheets; the campaign has the whole."""
    return told_of(catalogue, range(SHARE))


def assert_each_leads_where_it_says(catalogue: Catalogue, told: list[Told]) -> None:
    for each in told:
        before = each.verdict.id
        for outlook in each.easier:
            assert judge(catalogue, after(each.sheet, outlook)).id is outlook.verdict
            assert ease(outlook.verdict) < ease(before)
        for outlook in each.serious:
            assert judge(catalogue, after(each.sheet, outlook)).id is outlook.verdict
            assert before is VerdictId.CANNOT_TELL or ease(outlook.verdict) > ease(before)
    assert sum(len(each.easier) + len(each.serious) for each in told) > len(told) / 2


def assert_what_happened_is_not_wished_away(catalogue: Catalogue, told: list[Told]) -> None:
    for each in told:
        for outlook in each.easier:
            for question, option in outlook.changes:
                if question in catalogue.questions:
                    assert option == REFLECTION_OPTIONS[0]
                else:
                    sign = QuestionId(question)
                    assert catalogue.signs[sign].kind is not SignKind.CRITICAL
                    assert option == SIGN_OPTIONS[each.sheet.value(sign) - 1], "one option milder"


def assert_a_plan_holds_what_must_come_together(told: list[Told]) -> None:
    together = 0
    for each in told:
        gaps = {gap.question for gap in each.verdict.gaps}
        softened = {sign for gap in each.verdict.gaps for sign in gap.softens}
        for outlook in each.easier:
            steps = [q for q, _ in outlook.changes if q in gaps or q not in softened]
            assert 1 <= len(steps) <= MOST_TOGETHER
            together += len(steps) > 1
    assert together


def assert_more_serious_is_only_what_is_there(told: list[Told]) -> None:
    for each in told:
        present = {reason.question for reason in each.verdict.because}
        for outlook in each.serious:
            ((question, _),) = outlook.changes
            assert question == "last_effort" or question.removeprefix("tried:") in present
        if each.verdict.id is LEAVE_NOW:
            assert each.serious == ()


def test_every_outlook_leads_where_it_says(catalogue: Catalogue, told: list[Told]) -> None:
    assert_each_leads_where_it_says(catalogue, told)


def test_what_happened_is_never_wished_away(catalogue: Catalogue, told: list[Told]) -> None:
    assert_what_happened_is_not_wished_away(catalogue, told)


def test_what_must_come_together_is_never_more_than_a_plan_holds(told: list[Told]) -> None:
    assert_a_plan_holds_what_must_come_together(told)


def test_more_serious_is_only_what_is_there_getting_worse(told: list[Told]) -> None:
    assert_more_serious_is_only_what_is_there(told)


@pytest.mark.campaign
@pytest.mark.parametrize("start", range(SHARE, 2_050, 250))
def test_so_it_is_on_two_thousand_sheets(catalogue: Catalogue, start: int) -> None:
    told = told_of(catalogue, range(start, start + 250))
    assert_each_leads_where_it_says(catalogue, told)
    assert_what_happened_is_not_wished_away(catalogue, told)
    assert_a_plan_holds_what_must_come_together(told)
    assert_more_serious_is_only_what_is_there(told)


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
