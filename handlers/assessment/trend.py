"""What changed between two verdicts on one client, in words."""

from __future__ import annotations

from content.advice import answer_of
from content.answers import short_of, state_of
from content.knowledge import Catalogue, Words
from content.models import SKIP, OptionId, QuestionId
from content.questionnaire import asked, is_critical, is_reflection
from content.sheet import Sheet
from handlers.assessment import sheets
from handlers.engine.wording import verdict_name
from storage.records import Assessment


def change_in_brief(words: Words, before: Assessment, after: Assessment) -> str:
    """Return «„Можно наладить“ → „Последняя попытка“», or that the verdict is the same."""
    former, latter = verdict_name(words, before.verdict), verdict_name(words, after.verdict)
    if before.verdict == after.verdict:
        return words.texts("verdict.trend.same", verdict=latter)
    return words.texts("verdict.trend.moved", before=former, after=latter)


ORDER = ("worse", "better", "yours_worse", "yours_better", "known")


def moves(
    words: Words, catalogue: Catalogue, before: Assessment, after: Assessment
) -> dict[str, list[str]]:
    """Return what moved, «платит поздно: часто → 1–2 раза», by the groups in ``ORDER``.

    Only questions that both assessments asked are compared.
    """
    old, new = sheets.sheet_of(before), sheets.sheet_of(after)
    found: dict[str, list[str]] = {}
    for question in asked(catalogue, team=new.team):
        was, is_now = old.answers.get(question), new.answers.get(question)
        if was == is_now and is_critical(catalogue, question) and question in new.tried - old.tried:
            found.setdefault("worse", []).append(answer_of(words, catalogue, new, question))
        if was is None or is_now is None or is_now in (was, SKIP):
            continue
        found.setdefault(_group(catalogue, old, new, question), []).append(
            _step(words, question, was, is_now)
        )
    return {group: found[group] for group in ORDER if group in found}


def changes(
    words: Words, catalogue: Catalogue, before: Assessment, after: Assessment
) -> tuple[str, ...]:
    """Return a line each for what got easier, what got harder, and what was not known before."""
    lines = tuple(
        words.texts(f"verdict.trend.{group}", items="; ".join(steps))
        for group, steps in moves(words, catalogue, before, after).items()
    )
    lines = lines or (words.texts("verdict.trend.none"),)
    return lines if before.rule == after.rule else (*lines, words.texts("verdict.trend.rules"))


def _group(catalogue: Catalogue, old: Sheet, new: Sheet, question: QuestionId) -> str:
    if old.answers[question] == SKIP:
        return "known"
    if is_reflection(catalogue, question):
        return "yours_better" if new.gap(question) < old.gap(question) else "yours_worse"
    return "better" if new.value(question) < old.value(question) else "worse"


def _step(words: Words, question: QuestionId, was: OptionId, is_now: OptionId) -> str:
    return words.texts(
        "verdict.trend.step",
        sign=short_of(words, question),
        before=state_of(words, question, was),
        after=state_of(words, question, is_now),
    )
