"""The advice on a sign or on a weak spot of one's own."""

from __future__ import annotations

from content.advice import AdviceItem, advice_line
from content.answers import quoted
from content.knowledge import Catalogue, Words
from content.models import QuestionId, Stage
from handlers.assessment import buttons as to
from handlers.assessment.screens.verdict import Judged
from handlers.engine.lists import pager
from handlers.engine.screen import BodyLine, Button, ButtonRow, Screen, Strong, button, header
from handlers.engine.wording import cited_briefly
from handlers.team import buttons as to_team

CHANGE_MANAGER = "change_manager"
"""A sign that is sorted out before it is advised on."""


def advice(words: Words, catalogue: Catalogue, judged: Judged, index: int) -> Screen:
    """Give one piece of advice; the others are a tap away."""
    texts = words.texts
    number = judged.assessment.number
    to_verdict = button(texts("verdict.to_verdict"), to.ShowVerdict(assessment=number))
    if not judged.advice:
        return Screen(
            header=header(judged.name, texts("verdict.header", date=judged.day)),
            body=(texts("verdict.advice_screen.none"),),
            rows=((to_verdict,),),
            place=to.ShowAdvice(assessment=number, index=0).pack(),
        )
    total = len(judged.advice)
    index = min(index, total - 1)
    item = judged.advice[index]
    body, folded = parts(words, catalogue, item)
    rows: list[ButtonRow] = []
    if item.phrase:
        rows.append((Button(texts("common.copy"), copy=item.phrase),))
    if item.about == CHANGE_MANAGER:
        there = to_team.SortManager(client=judged.assessment.client, digits="")
        rows.append((button(texts("team.sort_button"), there),))
    rows += pager(texts, index, total, lambda there: to.ShowAdvice(assessment=number, index=there))
    rows.append((to_verdict,))
    place = texts("verdict.advice_screen.header", number=index + 1, total=total)
    return Screen(
        header=header(judged.name, place),
        body=body,
        folded=folded,
        state=texts("verdict.advice_screen.answer", answer=item.answer),
        rows=tuple(rows),
        place=to.ShowAdvice(assessment=number, index=index).pack(),
    )


def parts(
    words: Words, catalogue: Catalogue, item: AdviceItem
) -> tuple[tuple[BodyLine, ...], tuple[str, ...]]:
    """Return the body and the one quotation of an advice.

    On parting, what is for the future alone is folded.
    """
    texts = words.texts
    both = catalogue.questions if item.own else catalogue.signs
    sources = cited_briefly(words, both[item.about].sources)
    # An own question gives its reason after its own title.
    reason = item.why.partition(": ")[2] if item.own else item.why
    why = texts("verdict.advice_screen.why", text=reason[:1].upper() + reason[1:])
    folded = f"{why}\n{texts('verdict.advice_screen.sources', sources=sources)}"
    said = advice_line(words, item)
    if item.own and item.stage is Stage.LEAVE:
        return (Strong(item.name), texts("verdict.advice_screen.later")), (f"{said}\n{folded}",)
    phrase = (quoted(words, item.phrase),) if item.phrase else ()
    write = tuple(texts("verdict.advice_screen.say", phrase=each) for each in phrase)
    return (Strong(item.name), said, *write), (folded,)


def in_library(words: Words, about: QuestionId) -> tuple[AdviceItem, AdviceItem | None]:
    """Return the advice as the library gives it: what to begin with, and what if it is serious."""
    own = about in words.questions
    told = words.questions[about] if own else words.signs[about]
    stages = (Stage.INSIST,) if own else (Stage.MEND, Stage.INSIST)
    items = [
        AdviceItem(
            about=about,
            name=told.name,
            stage=stage,
            own=own,
            text=getattr(told, stage).text,
            phrase=getattr(told, stage).phrase or "",
            step=getattr(told, stage).step,
            why=told.why,
            answer="",
        )
        for stage in stages
    ]
    return items[0], items[1] if len(items) > 1 else None
