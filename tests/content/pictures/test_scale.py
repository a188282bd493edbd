"""The scale of verdicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.knowledge import Catalogue, Words
from content.models import VerdictId
from content.outlook import ease
from content.pictures.scale import NOWHERE, moves_of, scale
from content.verdict import LEVELS, judge
from tests.content.sheets import random_sheet


@pytest.mark.parametrize("verdict", LEVELS)
def test_where_one_stands_is_marked_in_words(words: Words, verdict: VerdictId) -> None:
    shown = scale(words, verdict, (), "Ольга", "21 ноября")
    assert [each.name for each in shown.steps] == [words.verdicts[each].name for each in LEVELS]
    assert [each.mark for each in shown.steps].index("сейчас") == shown.here
    assert f"ступень {shown.here + 1} из 6" in shown.caption.replace("\N{NO-BREAK SPACE}", " ")


def test_while_nothing_can_be_told_no_step_is_marked(words: Words) -> None:
    shown = scale(words, VerdictId.CANNOT_TELL, (), "Ольга", "21 ноября")
    assert shown.here == NOWHERE
    assert not any(each.mark for each in shown.steps)
    assert shown.below in shown.caption


def test_what_is_drawn_is_told_below_and_leads_where_it_says(
    words: Words, catalogue: Catalogue
) -> None:
    told = 0
    for seed in range(60):
        sheet = random_sheet(catalogue, seed)
        verdict = judge(catalogue, sheet)
        moves = moves_of(catalogue, sheet, verdict)
        shown = scale(words, verdict.id, moves, "Ольга", "21 ноября")
        for step, level in zip(shown.steps, LEVELS, strict=True):
            if not step.why:
                continue
            told += 1
            why = step.why.removeprefix("Если ").rstrip(".").replace("\N{SOFT HYPHEN}", "")
            assert f"{why}: «{step.name}»" in shown.caption
            easier = ease(level) < ease(verdict.id)
            assert ("легче" if easier else "серьёзнее") in step.mark
            assert step.mark.startswith("↑" if shown.steps.index(step) < shown.here else "↓")
    assert told > 10


def test_under_a_parting_nothing_is_made_easier(words: Words, catalogue: Catalogue) -> None:
    for seed in range(40):
        sheet = replace(random_sheet(catalogue, seed), exhausted=True)
        verdict = judge(catalogue, sheet)
        moves = moves_of(catalogue, sheet, verdict)
        shown = scale(words, verdict.id, moves, "Ольга", "21 ноября")
        assert not any("легче" in each.mark for each in shown.steps)


def test_what_cannot_be_told_yet_is_moved_by_answers_alone(catalogue: Catalogue) -> None:
    untold = [
        (sheet, verdict)
        for seed in range(400)
        if (verdict := judge(catalogue, sheet := random_sheet(catalogue, seed))).id
        is VerdictId.CANNOT_TELL
    ]
    assert untold
    assert all(moves_of(catalogue, sheet, verdict) == () for sheet, verdict in untold)
