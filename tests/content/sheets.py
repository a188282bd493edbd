"""Sheets for the tests: calm ones, and random ones that are all kinds of bad."""

from __future__ import annotations

from random import Random

from content.knowledge import Catalogue
from content.models import (
    FIRST_LANGUAGE,
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    SKIP,
    LastEffort,
    OptionId,
    QuestionId,
)
from content.sheet import Sheet

CORE_SIGNS = {
    "no_contract",
    "late_payment",
    "payment_maze",
    "disputes_invoices",
    "price_pressure",
    "vague_brief",
    "unrealistic_demands",
    "indecision",
    "scope_creep",
    "outside_competence",
    "ignored_advice",
    "know_it_all",
    "no_partnership",
    "no_feedback",
    "never_satisfied",
    "unfair_criticism",
    "personal_dislike",
    "change_manager",
    "last_minute",
    "after_hours",
    "my_project_first",
    "no_shows",
    "team_disrespect",
    "rudeness",
    "harassment",
    "threats",
    "unethical_request",
    "emotional_toll",
    "costs_more_than_brings",
}
"""The signs that were agreed on first; others may have joined them."""
CORE_QUESTIONS = {
    "is_it_them",
    "could_do_better",
    "giving_best",
    "know_the_job",
    "reporting",
    "explained_scope",
    "agreed_in_writing",
    "set_limits",
    "calm_facts",
    "second_opinion",
}
"""The questions of the self-reflection that were agreed on first."""


def only_default_language(folder: str, names: list[str]) -> set[str]:
    """Tell ``shutil.copytree`` to leave other languages out: tests bring their own."""
    return set(names) - {FIRST_LANGUAGE} if folder.endswith("words") else set()


SOME_LETTERS = {"farewell.toml", "last_effort.toml", "limits.toml"}
PHRASES = {"said", "signs.learned"}


def no_letters(folder: str, names: list[str]) -> set[str]:
    """Tell it to leave out the letters as well, which are most of a check."""
    return set(names) if folder.endswith("letters") else only_default_language(folder, names)


def no_letters_and_no_phrases(folder: str, names: list[str]) -> set[str]:
    """Tell it to leave out the phrases by which signs are recognised, too."""
    return no_letters(folder, names) | PHRASES


def some_letters_and_no_phrases(folder: str, names: list[str]) -> set[str]:
    """Tell it to leave three letters."""
    kept = SOME_LETTERS if folder.endswith("letters") else set()
    return no_letters_and_no_phrases(folder, names) - kept


def answers(**given: str) -> dict[QuestionId, OptionId]:
    return {QuestionId(question): OptionId(option) for question, option in given.items()}


def calm(catalogue: Catalogue, **given: str) -> dict[QuestionId, OptionId]:
    """Return the mildest answer to everything, with some others laid over."""
    return {
        **dict.fromkeys(catalogue.questions, REFLECTION_OPTIONS[0]),
        **dict.fromkeys(catalogue.signs, SIGN_OPTIONS[0]),
        **answers(**given),
    }


def random_sheet(catalogue: Catalogue, seed: int) -> Sheet:
    """Return the sheet of a seed; some are mild, some severe, some half empty."""
    chance = Random(seed)  # noqa: S311  a repeatable sample, nothing secret
    trouble, gaps, unknown = chance.random() * 2, chance.random() * 2, chance.random() ** 3
    weights = [1.0, *(trouble / 2**step for step in range(3))]
    given: dict[QuestionId, OptionId] = {}
    for sign in catalogue.signs:
        given[sign] = chance.choices(SIGN_OPTIONS, weights)[0]
    for question in catalogue.questions:
        given[question] = chance.choices(REFLECTION_OPTIONS, [1, gaps, gaps])[0]
    for question in list(given):
        if chance.random() < unknown:
            if chance.random() < 0.5:
                given[question] = SKIP
            else:
                del given[question]
    return Sheet(
        given,
        team=chance.random() < 0.3,
        tried=frozenset(sign for sign in catalogue.signs if chance.random() < 0.1),
        last_effort=chance.choices(list(LastEffort), [6, 2, 1])[0],
        exhausted=chance.random() < 0.1,
        wants_out=chance.random() < 0.1,
    )
