"""Judged examples: every file under ``tests/cases`` that holds ``[[case]]``.

A new sign needs a new file ``tests/cases/signs/<id>.toml`` and no change here.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from content import assembled
from content.knowledge import Catalogue, Knowledge
from content.models import FIRST_LANGUAGE, VerdictId
from content.plan import Calendar
from content.schedule.habits import Habits
from content.sheetfile import SheetFile, sheet_of
from content.verdict import judge
from content.voices import Voice

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
    voice: Voice = Voice.PLAIN
    says: tuple[str, ...] = ()
    """What stands in the whole answer."""
    never: tuple[str, ...] = ()
    """What must not."""
    proves: str = ""
    """What goes wrong where ``says`` or ``never`` does not hold."""


def read(file: Path) -> list[Case]:
    table = tomllib.loads(file.read_text("utf-8"))
    default = {"verdict": file.stem} if file.parent.name == "verdicts" else {}
    return [Case.model_validate(default | case) for case in table["case"]]


FILES = [
    CASES / "personas.toml",
    CASES / "thresholds.toml",
    CASES / "told.toml",
    *sorted(CASES.glob("signs/*")),
    *sorted(CASES.glob("verdicts/*")),
]
ALL = [(file, case) for file in FILES for case in read(file)]
TOLD = [case for _, case in ALL if case.proves]
MONDAY = dt.date(2026, 11, 30)


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


@pytest.mark.parametrize("case", TOLD, ids=[case.proves for case in TOLD])
def test_the_whole_answer_is_what_a_mentor_would_say(knowledge: Knowledge, case: Case) -> None:
    sheet = sheet_of(over_its_base(case, knowledge.catalogue), knowledge.catalogue)
    calendar = Calendar(MONDAY, Habits(ZoneInfo("Europe/Moscow")))
    told = assembled.read(knowledge, FIRST_LANGUAGE, sheet, case.voice, calendar)

    assert [each for each in case.says if each not in told] == []
    assert [each for each in case.never if each in told] == []


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
