"""Judged examples: every file under ``tests/cases`` that holds ``[[case]]``.

A new sign needs a new file ``tests/cases/signs/<id>.toml`` and no change here.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from content.models import VerdictId
from content.sheetfile import SheetFile, sheet_of
from content.verdict import judge

if TYPE_CHECKING:
    from content.knowledge import Catalogue

CASES = Path(__file__).parents[1] / "cases"


TEN_SIGNS = (
    "no_contract",
    "late_payment",
    "scope_creep",
    "never_satisfied",
    "after_hours",
    "rudeness",
    "harassment",
    "threats",
    "unethical_request",
    "costs_more_than_brings",
)


class Case(SheetFile):
    name: str
    base: Literal["calm", "express", "skip", "none"] = "calm"
    """What ``answers`` lie over; see the head of ``personas.toml``."""
    verdict: VerdictId
    accept: tuple[VerdictId, ...] = ()
    """What an experienced colleague could stand behind, where that is more than the verdict."""
    fires: bool | None = None
    """Whether the sign that names the file must be among the reasons."""


def read(file: Path) -> list[Case]:
    table = tomllib.loads(file.read_text("utf-8"))
    default = {"verdict": file.stem} if file.parent.name == "verdicts" else {}
    return [Case.model_validate(default | case) for case in table["case"]]


FILES = [
    CASES / "personas.toml",
    CASES / "thresholds.toml",
    *sorted(CASES.glob("signs/*")),
    *sorted(CASES.glob("verdicts/*")),
]
ALL = [(file, case) for file in FILES for case in read(file)]


def over_its_base(case: Case, catalogue: Catalogue) -> SheetFile:
    bases: dict[str, dict[str, str]] = {
        "calm": {
            **dict.fromkeys(catalogue.signs, "never"),
            **dict.fromkeys(catalogue.questions, "good"),
        },
        "express": dict.fromkeys(TEN_SIGNS, "never"),
        "none": {},
        "skip": {
            **dict.fromkeys(catalogue.signs, "skip"),
            **dict.fromkeys(catalogue.questions, "skip"),
        },
    }
    return case.model_copy(update={"answers": bases[case.base] | case.answers})


@pytest.mark.parametrize(("file", "case"), ALL, ids=[f"{f.stem}: {c.name}" for f, c in ALL])
def test_the_case_gets_its_verdict(file: Path, case: Case, catalogue: Catalogue) -> None:
    verdict = judge(catalogue, sheet_of(over_its_base(case, catalogue), catalogue))

    assert verdict.id is case.verdict
    if case.fires is not None:
        assert (file.stem in {reason.question for reason in verdict.because}) is case.fires


def test_each_verdict_is_one_that_a_colleague_could_stand_behind() -> None:
    assert not [case.name for _, case in ALL if case.accept and case.verdict not in case.accept]


def test_every_sign_has_a_case_that_fires_and_one_that_must_not(catalogue: Catalogue) -> None:
    cases = {(file.stem, case.fires) for file, case in ALL if file.parent.name == "signs"}

    assert cases == {(sign, fires) for sign in catalogue.signs for fires in (True, False)}


def test_every_verdict_has_five_cases_of_its_own() -> None:
    count = Counter(case.verdict for file, case in ALL if file.parent.name == "verdicts")

    assert all(count[verdict] >= 5 for verdict in VerdictId)


def test_no_two_cases_share_a_name() -> None:
    assert not [name for name, times in Counter(case.name for _, case in ALL).items() if times > 1]
