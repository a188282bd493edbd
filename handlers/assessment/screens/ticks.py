"""Signs to be ticked: what a text speaks of, and the critical ones together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from content.knowledge import Words
from content.models import QuestionId
from handlers.assessment import buttons as to
from handlers.assessment.screens.assess import Progress, period_of, topic_name
from handlers.clients import buttons as to_clients
from handlers.engine.screen import (
    LABEL_LIMITS,
    ButtonRow,
    Screen,
    Strong,
    button,
    cut,
    header,
    primary,
    way_back,
)
from storage.records import Assessment

QUOTED = 120
"""Characters that are shown of what was told."""


@dataclass(frozen=True, slots=True)
class OfferedFact:
    """Words that may be kept as a fact of the client."""

    words: str
    day: date
    date: str
    """The day in words; empty for today."""


@dataclass(frozen=True, slots=True)
class OfferedSigns:
    """Signs that are offered to be ticked."""

    client: str
    assessment: int
    signs: Sequence[QuestionId]
    ticked: Collection[str]
    since: str = ""
    """The day from which on it is asked; empty: the last three months."""
    told: OfferedFact | None = None
    """What was told, while it may still be kept as a fact."""
    hurts: bool = False
    """Whether one of them is nothing that anybody has to bear."""
    before: bool = False
    """Whether they are offered because they were there before signing."""


def ask_what_happened(words: Words, assessment: Assessment, name: str) -> Screen:
    """Ask for a sentence about it; one tap goes on without."""
    texts = words.texts
    number = assessment.number
    return Screen(
        header=header(name, texts("assess.happened.header")),
        body=(Strong(texts("assess.happened.ask")), texts("assess.happened.body")),
        rows=(
            (button(texts("assess.happened.skip"), to.Resume(assessment=number)),),
            (way_back(texts("common.to_client"), to_clients.ClientCard(client=assessment.client)),),
        ),
        place=to.WhatHappened(assessment=number).pack(),
    )


def happened(words: Words, offered: OfferedSigns) -> Screen:
    """Show what a text speaks of, to be confirmed; nothing is an answer before that.

    Where it speaks of nothing for sure it can still be kept as a fact.
    """
    texts = words.texts
    number = offered.assessment
    rows = _ticks(words, offered, critical=0)
    go = "assess.happened.go" if offered.signs else "assess.happened.questions"
    rows.append((primary(texts(go), to.Resume(assessment=number)),))
    if offered.signs:
        rows.append((button(texts("assess.happened.none"), to.NothingOfIt(assessment=number)),))
    asks = "assess.happened.before" if offered.before else "assess.happened.confirm"
    body = [texts(asks if offered.signs else "assess.happened.unclear")]
    if (told := offered.told) is not None:
        if offered.hurts:
            body.insert(0, texts("assess.happened.sorry"))
        body.insert(0, texts("unsorted.quoted", text=cut(told.words, QUOTED)))
        there = to.KeepTold(assessment=number, day=told.day.toordinal())
        label = (
            texts("assess.happened.keep_of", date=told.date)
            if told.date
            else texts("assess.happened.keep")
        )
        rows.append((button(label, there),))
    rows.append((button(texts("assess.pause"), to.Pause(assessment=number)),))
    return Screen(
        header=header(offered.client, texts("assess.happened.found")),
        body=tuple(body),
        rows=tuple(rows),
        place=to.Happened(assessment=number).pack(),
    )


def critical(words: Words, offered: OfferedSigns, progress: Progress) -> Screen:
    """Ask for the critical signs together, each a tick of its own."""
    texts = words.texts
    number = offered.assessment
    ticked = [each for each in offered.signs if each in offered.ticked]
    go = to.CriticalDone(assessment=number)
    done = (
        primary(texts("assess.critical.go", n=len(ticked)), go)
        if ticked
        else button(texts("assess.critical.none"), go)
    )
    left = texts("assess.left", n=progress.left)
    explained = (words.signs[each].question for each in offered.signs)
    return Screen(
        header=header(
            offered.client,
            topic_name(texts, "boundaries"),
            texts("assess.number", number=progress.number),
        ),
        progress=progress.bar,
        beside=texts("assess.left_of", left=left, period=period_of(texts, offered.since)),
        body=(Strong(texts("assess.critical.ask")), texts("assess.critical.body")),
        folded=("\n".join((texts("assess.critical.title"), *explained)),),
        rows=(
            *_ticks(words, offered, critical=1),
            (done,),
            (
                button(texts("common.back"), to.BackToLast(assessment=number)),
                button(texts("assess.pause"), to.Pause(assessment=number)),
            ),
        ),
        place=to.Critical(assessment=number).pack(),
    )


def _ticks(words: Words, offered: OfferedSigns, critical: int) -> list[ButtonRow]:
    rows: list[ButtonRow] = []
    for sign in offered.signs:
        ticked = sign in offered.ticked
        label = cut(words.signs[sign].name, LABEL_LIMITS[1] - 2)
        there = to.Tick(
            assessment=offered.assessment, question=sign, ticked=int(not ticked), critical=critical
        )
        rows.append((button(f"✓ {label}" if ticked else label, there),))
    return rows
