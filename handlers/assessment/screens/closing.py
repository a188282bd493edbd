"""What comes between the last question and the verdict."""

from __future__ import annotations

from collections.abc import Sequence

from content.advice import answer_of
from content.answers import short_of
from content.asking import Standing
from content.knowledge import Catalogue, Words
from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS, SKIP, QuestionId
from content.questionnaire import is_critical
from content.texts import Texts
from handlers.assessment import buttons as to
from handlers.assessment.screens.assess import REFLECTION, marked, topic_name
from handlers.assessment.sheets import FilledSheet, sheet_of
from handlers.clients import buttons as to_clients
from handlers.engine.buttons import Data
from handlers.engine.lists import page_of
from handlers.engine.screen import (
    LABEL_LIMITS,
    ButtonRow,
    Screen,
    Strong,
    button,
    cut,
    header,
    in_pairs,
    primary,
)
from handlers.engine.wording import reason_in, verdict_name
from storage.records import Assessment

UNKNOWN = 3
"""Questions answered «не знаю» that are named."""


def tried(words: Words, catalogue: Catalogue, filled: FilledSheet, page: int) -> Screen:
    """Ask what was tried already, for the signs that are there."""
    texts = words.texts
    number = filled.assessment.number
    shown = page_of(texts, filled.triable, to.Tried(assessment=number, page=page))
    limits = (
        texts("assess.tried.critical", sign=words.signs[sign].name)
        for sign in shown
        if is_critical(catalogue, sign)
    )
    lines = []
    for sign in shown:
        done = sign in filled.assessment.tried
        label = cut(words.signs[sign].name, LABEL_LIMITS[1] - 2)
        there = to.Try(assessment=number, question=sign, tried=int(not done), page=shown.number)
        lines.append(button(f"✓ {label}" if done else label, there))
    onward: Data = (
        to.AskLastEffort(assessment=number)
        if filled.last_effort_matters
        else to.Judge(assessment=number)
    )
    return Screen(
        header=header(filled.name, texts("assess.tried.header")),
        body=(texts("assess.tried.body"), *limits),
        rows=(
            *shown.rows(lines),
            (primary(texts("assess.tried.go"), onward),),
            _back_and_pause(texts, _last(filled), number),
        ),
        place=shown.place,
    )


def last_effort(words: Words, filled: FilledSheet) -> Screen:
    """Ask whether a last effort was made, or whether no strength is left."""
    texts = words.texts
    assessment = filled.assessment
    now = "exhausted" if assessment.exhausted else assessment.last_effort
    rows: list[ButtonRow] = []
    for state in ("none", "made", "failed", "exhausted"):
        label = texts(f"assess.last_effort.{state}")
        there = to.SetLastEffort(assessment=assessment.number, state=state)
        chosen = state == now and now != "none"
        rows.append((button(marked(label, LABEL_LIMITS[1]) if chosen else label, there),))
    back = to.Tried(assessment=assessment.number, page=0)
    rows.append(_back_and_pause(texts, back, assessment.number))
    return Screen(
        header=header(filled.name, texts("assess.last_effort.header")),
        body=(Strong(texts("assess.last_effort.body")),),
        folded=(texts("assess.last_effort.hint"),),
        rows=tuple(rows),
        place=to.AskLastEffort(assessment=assessment.number).pack(),
    )


def review(words: Words, catalogue: Catalogue, filled: FilledSheet) -> Screen:
    """List what was answered so far, only what is not the mildest; any question may be opened."""
    texts = words.texts
    number = filled.assessment.number
    groups = _grouped(catalogue, filled.asked)
    sheet = sheet_of(filled.assessment)
    lines = []
    for topic, questions in groups.items():
        told = [answer_of(words, catalogue, sheet, each) for each in _not_mild(filled, questions)]
        if told:
            items = " · ".join(told)
            lines.append(texts("assess.review.line", topic=topic_name(texts, topic), items=items))
    if not filled.fired:
        lines.append(texts("assess.review.nothing"))
    skipped = sum(option == SKIP for option in filled.answers.values())
    if skipped:
        lines.append(texts("assess.review.skipped", n=skipped))
    unasked = len(filled.asked) - len(filled.answers)
    if unasked:
        lines.append(texts("assess.review.unasked", n=unasked))
    quiet = any(option == SIGN_OPTIONS[0] for option in filled.answers.values())
    if filled.fired and quiet:
        lines.append(texts("assess.review.rest"))
    gone_for = [
        words.signs[each].short
        for each in filled.fired
        if each in sheet.tried and not is_critical(catalogue, each)
    ]
    if gone_for:
        lines.append(texts("assess.review.tried", items=", ".join(gone_for)))
    topics = [
        button(topic_name(texts, topic), to.ReviewTopic(assessment=number, topic=topic))
        for topic in groups
    ]
    return Screen(
        header=header(filled.name, texts("assess.review.header")),
        body=("\n".join(lines),),
        rows=(
            (primary(texts("assess.review.verdict"), to.Finish(assessment=number)),),
            *in_pairs(topics),
            _back_and_pause(texts, to.Resume(assessment=number), number),
        ),
        place=to.Review(assessment=number).pack(),
    )


def review_topic(words: Words, catalogue: Catalogue, filled: FilledSheet, topic: str) -> Screen:
    """Open the answers of one topic so that one can be changed."""
    texts = words.texts
    number = filled.assessment.number
    questions = _grouped(catalogue, filled.asked).get(topic, ())
    rows: list[ButtonRow] = []
    for each in questions:
        given = filled.answers.get(each)
        label = (
            cut(texts("assess.review.open", question=short_of(words, each)), LABEL_LIMITS[1])
            if given is None
            else reason_in(words, each, given, LABEL_LIMITS[1])
        )
        rows.append((button(label, to.Ask(assessment=number, question=each)),))
    rows.append((button(texts("assess.review.back"), to.Review(assessment=number)),))
    return Screen(
        header=header(filled.name, topic_name(texts, topic)),
        body=(texts("assess.review.topic_body"),),
        rows=tuple(rows),
        place=to.ReviewTopic(assessment=number, topic=topic).pack(),
    )


def stop(words: Words, assessment: Assessment, name: str, at: Standing, more: int) -> Screen:
    """Say which verdict can be seen already, and what could still move it.

    ``more``: how many questions that is, if nothing new shows in them.
    """
    texts = words.texts
    number = assessment.number
    verdict = verdict_name(words, at.verdict)
    rows: list[ButtonRow] = [(primary(texts("assess.stop.verdict"), to.Finish(assessment=number)),)]
    if at.question is not None:
        body = texts("assess.stop.likely", n=more)
        rows.append((button(texts("assess.stop.whole", n=more), to.GoOn(assessment=number)),))
    else:
        named = ", ".join(short_of(words, each) for each in at.unknown[:UNKNOWN])
        body = texts("assess.stop.unknown", items=named)
        for each in at.unknown[:UNKNOWN]:
            label = cut(
                texts("assess.stop.find_out", question=short_of(words, each)), LABEL_LIMITS[1]
            )
            rows.append((button(label, to.Ask(assessment=number, question=each)),))
    return Screen(
        header=header(name, texts("assess.stop.header")),
        body=(Strong(verdict), body),
        rows=(
            *rows,
            (button(texts("assess.stop.all"), to.Review(assessment=number)),),
            _back_and_pause(texts, to.BackToLast(assessment=number), number),
        ),
        place=to.Stop(assessment=number).pack(),
    )


def again(words: Words, filled: FilledSheet, since: str, page: int = 0) -> Screen:
    """Show what was answered last time: tap what has changed, the rest stays as it was.

    ``since``: the day of last time; empty where only a slip is corrected.
    """
    texts = words.texts
    number = filled.assessment.number
    told = [each for each in _not_mild(filled, filled.asked) if each in words.signs]
    own = [each for each in _not_mild(filled, filled.asked) if each not in words.signs]
    shown = page_of(texts, (*told, *own), to.Again(assessment=number, page=page))
    lines = (
        button(
            reason_in(words, each, filled.answers[each], LABEL_LIMITS[1]),
            to.Ask(assessment=number, question=each),
        )
        for each in shown
    )
    onward = (
        primary(texts("assess.again.rest"), to.Resume(assessment=number))
        if since
        else primary(texts("assess.again.verdict"), to.Finish(assessment=number))
    )
    client = to_clients.ClientCard(client=filled.assessment.client)
    return Screen(
        header=header(
            filled.name,
            texts("assess.again.header", date=since) if since else texts("assess.again.correct"),
        ),
        body=(_how_again(texts, since, shown.items),),
        rows=(
            *shown.rows(lines),
            (onward,),
            (button(texts("assess.again.all"), to.Review(assessment=number)),),
            (button(texts("common.to_client"), client),),
        ),
        place=shown.place,
    )


def _how_again(texts: Texts, since: str, shown: Sequence[QuestionId]) -> str:
    if not shown:
        return texts("assess.again.calm")
    return texts("assess.again.body" if since else "assess.again.slip")


def _not_mild(filled: FilledSheet, questions: Sequence[QuestionId]) -> list[QuestionId]:
    mild = (SKIP, SIGN_OPTIONS[0], REFLECTION_OPTIONS[0])
    return [each for each in questions if filled.answers.get(each, SKIP) not in mild]


def _last(filled: FilledSheet) -> Data:
    return to.BackToLast(assessment=filled.assessment.number)


def _grouped(
    catalogue: Catalogue, asked: Sequence[QuestionId]
) -> dict[str, tuple[QuestionId, ...]]:
    groups: dict[str, tuple[QuestionId, ...]] = {}
    for each in asked:
        sign = catalogue.signs.get(each)
        topic = str(sign.topic) if sign else REFLECTION
        groups[topic] = (*groups.get(topic, ()), each)
    return groups


def _back_and_pause(texts: Texts, back: Data, assessment: int) -> ButtonRow:
    return (
        button(texts("common.back"), back),
        button(texts("assess.pause"), to.Pause(assessment=assessment)),
    )
