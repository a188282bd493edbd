"""Made-up people with difficult clients, as full sheets: what they answer if all is asked."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from content.knowledge import Catalogue
from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS, OptionId, QuestionId, TypeId
from content.sheet import Sheet
from content.sheetfile import SheetFile, sheet_of
from tests.content.sheets import calm

PERSONAS = Path(__file__).parents[2] / "cases/personas.toml"
SHARES = (45, 35, 20)
"""Of a sign that is there: once, often, always."""
GAPS = (66, 24, 10)
"""Of an answer about oneself: good, partly, bad."""
NEVER = SIGN_OPTIONS[0]


def of_types(catalogue: Catalogue, chance: Random) -> Sheet:
    """A client of one type, of two or of none: the type's own signs are there, and often."""
    types = chance.sample(list(catalogue.types), chance.choices((0, 1, 2), (2, 6, 2))[0])
    answers = _own(catalogue, chance, [66, 24, 10])
    for sign, data in catalogue.signs.items():
        leads = any(catalogue.types[each].lead == sign for each in types)
        belongs = not set(types).isdisjoint(map(TypeId, data.types))
        there = 0.95 if leads else 0.55 if belongs else data.common * 0.5
        shares = (10, 50, 40) if leads else SHARES
        answers[sign] = _sign(chance, there, shares)
    return Sheet(answers)


def of_one_badness(catalogue: Catalogue, chance: Random) -> Sheet:
    """One hidden measure makes every sign likelier and more frequent, one's own part a little."""
    badness = chance.betavariate(1.2, 1.8) * 2.2
    answers = _own(catalogue, chance, [66, 24 + 8 * badness, 10 + 6 * badness])
    for sign, data in catalogue.signs.items():
        shares = (45 / (0.4 + badness), 35, 20 * badness)
        answers[sign] = _sign(chance, min(0.95, data.common * badness), shares)
    return Sheet(answers)


def of_another_world(catalogue: Catalogue, chance: Random) -> Sheet:
    """Signs are independent, and what is common here is rare there: the prior is wrong."""
    common = [data.common for data in catalogue.signs.values()]
    Random("another world").shuffle(common)  # noqa: S311  the same world for everybody
    answers = _own(catalogue, chance, list(GAPS))
    for sign, there in zip(catalogue.signs, common, strict=True):
        answers[sign] = _sign(chance, there, SHARES)
    return Sheet(answers)


POPULATIONS: dict[str, Callable[[Catalogue, Random], Sheet]] = {
    "types": of_types,
    "latent": of_one_badness,
    "wrong prior": of_another_world,
}


def people(catalogue: Catalogue, population: str, count: int, seed: int = 0) -> list[Sheet]:
    """Return the full sheets of so many people who work alone, the same for the same seed."""
    made_up = (
        POPULATIONS[population](catalogue, Random(f"{population} {seed} {n}"))  # noqa: S311
        for n in range(count)
    )
    for_teams = {sign for sign, data in catalogue.signs.items() if data.team_only}
    return [
        replace(each, answers={q: o for q, o in each.answers.items() if q not in for_teams})
        for each in made_up
    ]


def personas(catalogue: Catalogue) -> list[Sheet]:
    """Return the judged cases as full sheets; what they do not tell of is calm."""
    sheets = []
    for case in tomllib.loads(PERSONAS.read_text("utf-8"))["case"]:
        told = {key: case[key] for key in SheetFile.model_fields if key in case}
        sheet = sheet_of(SheetFile.model_validate(told), catalogue)
        sheets.append(replace(sheet, answers={**calm(catalogue), **sheet.answers}))
    return sheets


def _own(catalogue: Catalogue, chance: Random, weights: list[float]) -> dict[QuestionId, OptionId]:
    return {
        question: chance.choices(REFLECTION_OPTIONS, weights)[0] for question in catalogue.questions
    }


def _sign(chance: Random, there: float, shares: tuple[float, ...]) -> OptionId:
    if chance.random() >= there:
        return NEVER
    return chance.choices(SIGN_OPTIONS[1:], shares)[0]
