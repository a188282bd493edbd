"""The answer that fits: what is said of a verdict, by what weighed, what was tried, who speaks.

Pure: from the words in somebody's voice, a sheet and its verdict to plain texts; the screens and
``python -m bot read`` lay them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.answers import after_colon, reason, sentence, words_of
from content.checks import CALM, MANY
from content.client_types import client_types
from content.models import (
    REFLECTION_OPTIONS,
    Ground,
    QuestionId,
    Stage,
    VerdictId,
)
from content.outlook import LAST_EFFORT, TRIED, Outlook, easier_if, serious_if
from content.stages import CALM as CALM_VERDICTS
from content.stages import PARTINGS, is_unsaid, stage_of

if TYPE_CHECKING:
    from content.knowledge import Catalogue, Words
    from content.sheet import Sheet
    from content.verdict import Verdict

REASONS = 3
"""Signs that a card names; the rest is one tap away."""
ADVISED_SIGNS, ADVISED_GAPS = 5, 3
"""More advice at once is read by nobody; the library has all of it."""
WORST_FIRST = ("harassment", "threats", "unethical_request", "rudeness")
"""Of two critical signs the card speaks of the one that matters more."""
BAD = REFLECTION_OPTIONS[2]
MENDING = (VerdictId.START_WITH_YOURSELF, VerdictId.MENDABLE)
"""Verdicts whose plan is made of the advice."""
UNTYPED = (
    VerdictId.START_WITH_YOURSELF,
    VerdictId.ORDINARY_FRICTION,
    VerdictId.CANNOT_TELL,
)
"""Verdicts under which a client is likened to nothing."""
MANY_SIGNS, SMALL_SHARE = 4, 0.3
"""Of so many signs none stands out that brings at most this share of the sum."""


@dataclass(frozen=True, slots=True)
class Card:
    """What fits one screen; a text that is empty is not said."""

    name: str
    """Of the verdict."""
    meaning: str
    reasons: tuple[str, ...]
    """«новые задачи в ту же цену — постоянно», the worst first."""
    own: str
    """What was mended of one's own since last time, else how an own gap may cause a sign."""
    easier: str
    """«Станет легче, если…»."""
    next: str
    kind_word: str


@dataclass(frozen=True, slots=True)
class AdviceItem:
    """The advice on one sign or own gap."""

    about: QuestionId
    name: str
    stage: Stage
    own: bool
    text: str
    phrase: str
    step: str
    why: str
    answer: str
    """«ночные звонки и письма — часто»."""
    again: bool = False
    """The first step did not help, yet the verdict calls nothing serious."""


def themes(verdict: Verdict) -> tuple[str, ...]:
    """Return what weighed, the most telling first: the keys under which words may be special.

    That no strength is left, or the wish to end it; a critical sign; why the rule says so; of
    one's own part the bad answers; then the heaviest sign and its topic are added by ``keys_of``.
    """
    keys: list[str] = []
    if verdict.id is VerdictId.PART:
        keys += [each for each in (Ground.EXHAUSTED, Ground.WANTS_OUT) if each in verdict.grounds]
    keys += [each for each in WORST_FIRST if each in verdict.critical]
    keys += [str(ground) for ground in reversed(verdict.grounds) if ground not in keys]
    if verdict.id is VerdictId.START_WITH_YOURSELF:
        keys += [gap.question for gap in verdict.gaps if gap.option == BAD]
    return tuple(keys) or (() if verdict.because else (CALM,))


def keys_of(catalogue: Catalogue, verdict: Verdict) -> tuple[str, ...]:
    """Return every key under which words may be special, the most telling first."""
    heaviest = verdict.because[:1]
    heaviest += tuple(each for each in verdict.because if each.question not in verdict.critical)[:1]
    return (
        *themes(verdict),
        *((MANY,) if _nothing_stands_out(verdict) else ()),
        *(each.question for each in heaviest),
        *(str(catalogue.signs[each.question].topic) for each in heaviest),
    )


def _nothing_stands_out(verdict: Verdict) -> bool:
    many = len(verdict.because) >= MANY_SIGNS
    most = SMALL_SHARE * (verdict.harm + verdict.strain)
    return many and not verdict.critical and verdict.because[0].contribution <= most


def card(
    words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict, before: Sheet | None = None
) -> Card:
    """Return the card of a verdict; ``before`` is the sheet judged last on the same client."""
    keys = keys_of(catalogue, verdict)
    told = words.verdicts[verdict.id]
    special = [told.weighed[key] for key in keys if key in told.weighed]
    links = link_sentences(words, verdict)
    parting = verdict.id in PARTINGS
    own = mended_sentence(words, catalogue, sheet, before) if before else ""
    eased = [
        each
        for each in (() if parting else easier_if(catalogue, sheet, verdict))
        if each.verdict is not VerdictId.START_WITH_YOURSELF
    ]
    return Card(
        name=told.name,
        meaning=next((each.meaning for each in special if each.meaning), told.meaning),
        reasons=tuple(
            reason(words, each.question, each.option) for each in verdict.because[:REASONS]
        ),
        own=own or ("" if parting else next(iter(links), "")),
        easier=easier_sentence(words, eased[0]) if eased else "",
        next=_next(words, catalogue, sheet, verdict),
        kind_word=kind_word(words, verdict.id, keys),
    )


def _next(words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> str:
    told = words.verdicts[verdict.id]
    for key in keys_of(catalogue, verdict):
        if key in told.weighed and (special := told.weighed[key].next):
            return special
    if verdict.id in MENDING and (steps := deeds(words, catalogue, sheet, verdict)):
        return words.texts("verdict.first_step", deed=after_colon(steps[0][1]))
    return told.next


def deeds(
    words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict
) -> tuple[tuple[str, str], ...]:
    """Return the deeds that a verdict calls for, in order: what each is about, and what to do.

    They stand with the verdict; where it has none they are the steps of the advice, own gaps for
    ``start_with_yourself`` and signs for ``mendable``.
    """
    told = words.verdicts[verdict.id]
    keys = keys_of(catalogue, verdict)
    special = (told.weighed[key].steps for key in keys if key in told.weighed)
    if whole := next((steps for steps in special if steps), told.steps):
        return tuple((str(verdict.id), text) for text in whole)
    if verdict.id is VerdictId.START_WITH_YOURSELF:
        gaps = sorted(verdict.gaps, key=lambda gap: gap.question not in told.weighed)
        about = [gap.question for gap in gaps]
    elif verdict.id is VerdictId.MENDABLE:
        about = [each.question for each in verdict.because]
    else:
        return ()
    return tuple((each, item(words, catalogue, sheet, verdict.id, each).step) for each in about)


def kind_word(words: Words, verdict: VerdictId, keys: tuple[str, ...]) -> str:
    """Return the good word that fits: for what weighed most, else for the verdict."""
    fitting = [
        each for each in words.encouragement if not each.verdicts or verdict in each.verdicts
    ]
    for key in keys:
        for each in fitting:
            if key in each.weighed:
                return each.text
    return next((each.text for each in fitting if not each.weighed), "")


def link_sentences(words: Words, verdict: Verdict) -> tuple[str, ...]:
    """Return how own gaps may cause signs that are there, the worst gap and heaviest sign first.

    «Ночные звонки и письма — часто, а часов связи вы не называли.»
    """
    answers = {each.question: each.option for each in verdict.because}
    return tuple(
        words.texts(
            "verdict.link",
            sign=sentence(reason(words, sign, answers[sign])),
            gap=getattr(words.signs[sign].links[gap.question], gap.option),
        )
        for gap in verdict.gaps
        for sign in gap.softens
    )


def mended_sentence(words: Words, catalogue: Catalogue, sheet: Sheet, before: Sheet) -> str:
    """Say what of one's own was mended since last time; empty where nothing was."""
    mended = [
        question
        for question, data in catalogue.questions.items()
        if data.weighs and before.gap(question) > sheet.gap(question) and sheet.knows(question)
    ]
    if not mended:
        return ""
    left = [q for q, data in catalogue.questions.items() if data.weighs and sheet.gap(q)]
    if not left and any(map(sheet.value, catalogue.signs)):
        return words.texts("verdict.all_mended")
    items = "; ".join(words.questions[each].short for each in mended[:REASONS])
    return words.texts("verdict.mended", items=items)


def easier_change(words: Words, outlook: Outlook) -> str:
    """Return «вы назовёте часы связи, а ночью станут писать реже»."""
    changed = [QuestionId(question) for question, _ in outlook.changes]
    own = [words.questions[each].mended for each in changed if each in words.questions]
    helped = [words.signs[each].easier for each in changed if each in words.signs]
    if not own:
        return words.texts.list(helped)
    items = words.texts.list(own)
    if helped:
        return words.texts("verdict.mend_and_helps", items=items, sign=helped[0])
    return words.texts("verdict.you_mend", items=items)


def easier_sentence(words: Words, outlook: Outlook) -> str:
    """Return «Станет легче, если вы назовёте часы связи, а ночью станут писать реже: „…“.»."""
    name = words.verdicts[outlook.verdict].name
    return words.texts("verdict.easier", change=easier_change(words, outlook), verdict=name)


def serious_change(words: Words, outlook: Outlook) -> str:
    """Return «грубость повторится»."""
    ((question, _),) = outlook.changes
    if question == LAST_EFFORT:
        return words.texts("verdict.effort_will_fail")
    if question.startswith(TRIED):
        sign = QuestionId(question.removeprefix(TRIED))
        return words.texts("verdict.tried_in_vain", sign=words.signs[sign].short)
    return words.signs[QuestionId(question)].worse


def serious_sentence(words: Words, outlook: Outlook) -> str:
    """Return «Станет серьёзнее, если грубость повторится: „Уходить сейчас“.»."""
    name = words.verdicts[outlook.verdict].name
    return words.texts("verdict.serious", change=serious_change(words, outlook), verdict=name)


def easier(words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> tuple[str, ...]:
    """Return every way to an easier verdict, in words."""
    return tuple(easier_sentence(words, each) for each in easier_if(catalogue, sheet, verdict))


def serious(words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> tuple[str, ...]:
    """Return every step to a more serious verdict, in words."""
    return tuple(serious_sentence(words, each) for each in serious_if(catalogue, sheet, verdict))


def advised(verdict: Verdict) -> tuple[QuestionId, ...]:
    """Return what advice is given on, in order: the heaviest signs, and own gaps.

    Who should start with themselves gets their own part first.
    """
    signs = tuple(each.question for each in verdict.because)[:ADVISED_SIGNS]
    own = tuple(gap.question for gap in verdict.gaps)[:ADVISED_GAPS]
    return own + signs if verdict.id is VerdictId.START_WITH_YOURSELF else signs + own


def advice(
    words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict
) -> tuple[AdviceItem, ...]:
    """Return the advice on all that ``advised`` names."""
    return tuple(item(words, catalogue, sheet, verdict.id, about) for about in advised(verdict))


def item(
    words: Words, catalogue: Catalogue, sheet: Sheet, verdict: VerdictId, about: QuestionId
) -> AdviceItem:
    """Return the advice on one sign or own gap, at the stage that fits."""
    option = sheet.answers[about]
    tried, unsaid = about in sheet.tried, is_unsaid(catalogue, sheet.answers, about)
    stage = stage_of(verdict, option, tried=tried, unsaid=unsaid)
    told = words_of(words, about)
    said = getattr(told, stage)
    return AdviceItem(
        about=about,
        name=told.name,
        stage=stage,
        own=about in catalogue.questions,
        text=said.text,
        phrase=said.phrase or "",
        step=said.step,
        why=told.why,
        answer=reason(words, about, option),
        again=tried and verdict in CALM_VERDICTS,
    )


def advice_line(words: Words, item: AdviceItem) -> str:
    """Return the advice under the label of its stage; parting and «на будущее» need none."""
    if item.stage is Stage.LEAVE:
        return item.text
    label = "again" if item.again else Stage.MEND if item.own else item.stage
    return words.texts(f"verdict.advice_screen.{label}", text=after_colon(item.text))


def like(words: Words, catalogue: Catalogue, sheet: Sheet, verdict: VerdictId) -> str:
    """Return «Похоже на: „платит потом“.», empty where no type is sure or none would be fair."""
    if verdict in UNTYPED:
        return ""
    names = [f"«{words.types[each].name}»" for each in client_types(catalogue, sheet)]
    return words.texts("verdict.types", types=", ".join(names)) if names else ""
