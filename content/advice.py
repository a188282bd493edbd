"""The answer that fits: what is said of a verdict, by what weighed, what was tried, who speaks.

Pure: from the words in somebody's voice, a sheet and its verdict to plain texts; the screens and
``python -m bot read`` lay them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby

from content.answers import after_colon, label_of, quoted, quoted_list, reason, sentence, words_of
from content.client_types import client_types
from content.knowledge import Catalogue, Words
from content.models import (
    HABITS,
    SKIP,
    TAKEN_BACK,
    WORST,
    Ground,
    OwnAdvice,
    QuestionId,
    Stage,
    Step,
    StepOf,
    VerdictId,
)
from content.outlook import LAST_EFFORT, TRIED, Outlook, ease, easier_if, serious_if
from content.questionnaire import is_critical
from content.sheet import Sheet
from content.stages import BAD, CALM, DELIVERED, PARTINGS, comes_first, stage_on, waits_for_own
from content.themes import (
    DEBT,
    DREAD,
    HARASSMENT,
    MADE,
    TOLD_FIRST,
    UNETHICAL,
    WORN_OUT,
    blames_nobody,
    by_telling,
    dreads,
    is_awaited,
    is_owed,
    keys_of,
    own_causes,
    parts_warmly,
    was_taken_back,
)
from content.verdict import Gap, Reason, Verdict, judge

REASONS = 3
"""Signs that a card names; the rest is one tap away."""
OWN_REASONS = 2
"""Own gaps among them, where one should start with oneself."""
ADVISED_SIGNS, ADVISED_GAPS = 5, 3
"""More advice at once is read by nobody; the library has all of it."""
LINKS = 6
EASIER = 150
"""Characters of what a card says would make the verdict easier."""
WAYS = 3
"""Ways to another verdict that one sentence names."""
MENDING = (VerdictId.START_WITH_YOURSELF, VerdictId.MENDABLE)
"""Verdicts whose plan is made of the advice."""
BEFORE_A_STEP = (MADE, Ground.FAILED, DREAD)
"""What friction is answered by before any step of one's own."""
UNTYPED = (
    VerdictId.START_WITH_YOURSELF,
    VerdictId.ORDINARY_FRICTION,
    VerdictId.CANNOT_TELL,
)
"""Verdicts under which a client is likened to nothing."""


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
    """«Вывод смягчится, если…»."""
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
    """What was tapped, with its stop, or what came of it: ««По крупицам».»."""
    again: bool = False
    """The first step did not help, yet the verdict calls nothing serious."""
    waits: bool = False
    """A last effort is made: it says how to keep to its conditions until the answer."""


def card(
    words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict, before: Sheet | None = None
) -> Card:
    """Return the card of a verdict; ``before`` is the sheet judged last on the same client."""
    keys = keys_of(catalogue, sheet, verdict)
    told = words.verdicts[verdict.id]
    special = [told.weighed[key] for key in keys if key in told.weighed]
    links = () if verdict.critical else link_sentences(words, catalogue, verdict)
    parting = verdict.id in PARTINGS
    own = mended_sentence(words, catalogue, sheet, before) if before else ""
    link = "" if own or parting else next(iter(links), "")
    said = _card_reasons(words, catalogue, sheet, verdict, told_by_link=bool(links))
    eased, steps = _eased(catalogue, sheet, verdict), deeds(words, catalogue, sheet, verdict)
    own = own or _behind_the_first_step(words, verdict, steps, link, said)
    link = "" if own else link
    explained = next((each for each in said if link and link.startswith(sentence(each))), "")
    return Card(
        name=next((each.name for each in special if each.name), told.name),
        meaning=next((each.meaning for each in special if each.meaning), told.meaning),
        # How an own gap may cause a sign stands with the sign, where the card names that.
        reasons=tuple(_linked(each, link) if each == explained else each for each in said),
        own=own or ("" if explained else link),
        easier=_easier_on_card(words, eased, steps),
        next=_next(words, catalogue, sheet, verdict),
        kind_word=kind_word(words, verdict.id, _comforted(catalogue, verdict, keys)),
    )


def _behind_the_first_step(
    words: Words,
    verdict: Verdict,
    steps: Sequence[tuple[str, str]],
    link: str,
    said: Sequence[str],
) -> str:
    """Return what one did not deliver, where the plan begins with it and nothing else tells it."""
    for gap in verdict.gaps:
        if is_owed(gap) and [gap.question] == [about for about, _ in steps[:1]]:
            told = told_of_oneself(words, gap)
            return "" if told in (*said, link) or told in link else f"{sentence(told)}."
    return ""


def _easier_on_card(
    words: Words, eased: Sequence[Outlook], steps: Sequence[tuple[str, str]]
) -> str:
    """Return all the ways to an easier verdict where they fit, else the nearest."""
    if not eased:
        return ""
    whole = easier_sentence(words, *eased)
    return whole if len(whole) <= EASIER else easier_sentence(words, _nearest(eased, steps))


def _nearest(eased: Sequence[Outlook], steps: Sequence[tuple[str, str]]) -> Outlook:
    """Return the way to an easier verdict that begins with the first step, else the first."""
    first = {about for about, _ in steps[:1]}
    return next((way for way in eased if first & {q for q, _ in way.changes}), eased[0])


def _linked(reason: str, link: str) -> str:
    """Return a reason with the gap behind it: «ночные звонки — часто, а часов вы не называли»."""
    return reason + link[len(reason) :].removesuffix(".")


def _card_reasons(
    words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict, *, told_by_link: bool
) -> tuple[str, ...]:
    """Return what a card names: where one should start with oneself, the worst own gaps first.

    The gap that the card tells of beside a sign is not named twice, and in its place.
    """
    told = _told(verdict)
    if HARASSMENT in verdict.critical:  # beside it only what guards money, oneself or one's people
        guarded = [e for e in told.because if e.question in verdict.critical]
        guarded += [e for e in told.because if catalogue.signs[e.question].protects]
        told = replace(told, because=tuple(guarded))
    signs = reasons(words, catalogue, sheet, told)
    if verdict.id is not VerdictId.START_WITH_YOURSELF:
        return signs[:REASONS]
    links = _links(catalogue, verdict) if told_by_link else {}
    linked = next(iter(links.values()), None)
    own = tuple(
        told_of_oneself(words, gap)
        for gap in own_gaps(verdict)
        if gap.option == BAD and gap != linked
    )
    first: tuple[str, ...] = ()
    if linked and linked == own_gaps(verdict)[0]:
        first = (answer_of(words, catalogue, sheet, next(iter(links))),)
    signs = tuple(each for each in signs if each not in first)
    return (*first, *own[: OWN_REASONS - len(first)], *signs)[:REASONS]


def reasons(words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> tuple[str, ...]:
    """Return «новые задачи в ту же цену — постоянно», the worst first."""
    told = _by_telling(verdict)
    return tuple(answer_of(words, catalogue, sheet, each.question) for each in told)


def in_vain(words: Words, sheet: Sheet, verdict: Verdict) -> tuple[str, ...]:
    """Return the signs whose advice was followed in vain; a limit that was crossed is told else."""
    return tuple(
        words.signs[each.question].short
        for each in verdict.because
        if each.question in sheet.tried and each.question not in verdict.critical
    )


def _told(verdict: Verdict) -> Verdict:
    """Return a verdict with the signs to speak of.

    Where nobody is to blame, those are the habits, and what nobody need bear even once.
    """
    told = _by_telling(verdict)
    if blames_nobody(verdict):
        told = [r for r in told if r.option in HABITS or r.question in verdict.critical]
    return replace(verdict, because=tuple(told))


def _by_telling(verdict: Verdict) -> list[Reason]:
    """Return the signs, of what nobody need bear first what the card speaks of."""
    place = {each: number for number, each in enumerate(TOLD_FIRST)}

    def rank(each: Reason) -> tuple[bool, int]:
        hurts = each.question in verdict.critical
        return not hurts, place.get(each.question, len(place)) if hurts else 0

    return sorted(by_telling(verdict), key=rank)


def _next(words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> str:
    told, friction = words.verdicts[verdict.id], verdict.id is VerdictId.ORDINARY_FRICTION
    called_for = deeds(words, catalogue, sheet, verdict)
    steps = [text for _, text in called_for]
    begins_with_own = any(about == DELIVERED for about, _ in called_for[:1])
    if friction:
        first = _first_of_friction(sheet, verdict)
        steps = [item(words, catalogue, sheet, verdict.id, each).step for each in first]
    keys = () if begins_with_own else keys_of(catalogue, sheet, verdict)
    if friction and steps:
        keys = tuple(each for each in keys if each in BEFORE_A_STEP)
    for key in keys:
        if key in told.weighed and (special := told.weighed[key].next):
            return special
    if steps and (begins_with_own or verdict.id in (*MENDING, VerdictId.ORDINARY_FRICTION)):
        key = "verdict.next_step" if in_vain(words, sheet, verdict) else "verdict.first_step"
        return words.texts(key, deed=after_colon(steps[0]))
    return told.next


def _first_of_friction(sheet: Sheet, verdict: Verdict) -> list[QuestionId]:
    """Return what to begin with where nothing is serious.

    A bad gap of one's own that can cause a sign which is there, where no debt comes before it,
    else what was tried in vain.
    """
    tried = [each.question for each in verdict.because if each.question in sheet.tried]
    return own_causes(verdict) or tried


def deeds(
    words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict
) -> tuple[tuple[str, str], ...]:
    """Return the deeds that a verdict calls for, in order: what each is about, and what to do.

    They stand with the verdict, and one of them may be a step of the advice on a sign; where it
    has none they are all of the advice, own gaps for ``start_with_yourself``, signs for
    ``mendable`` and then what of one's own may be behind them. What one owes the client oneself
    comes first, while something is asked of the client; where it ends it is handed over with the
    invoice.
    """
    told = words.verdicts[verdict.id]
    keys = keys_of(catalogue, sheet, verdict)
    special = (told.weighed[key].steps for key in keys if key in told.weighed)
    owing = [gap.question for gap in own_gaps(verdict)[:1] if is_owed(gap)]
    if whole := next((steps for steps in special if steps), told.steps):
        late = any(map(is_owed, verdict.gaps))
        asked = [_about(words, verdict, step, owing=late) for step in whole]
        if MADE in keys and (pressing := [DEBT] if was_taken_back(verdict) else owing):
            step = item(words, catalogue, sheet, verdict.id, pressing[0]).step
            asked[1:2] = [(pressing[0], step)]
        asked += [
            (each, item(words, catalogue, sheet, verdict.id, each).step)
            for each in _beside_a_limit(sheet, verdict)
        ]
        if not owing or MADE in keys or verdict.critical or verdict.id in PARTINGS:
            return tuple(asked)
        about = owing
    elif verdict.id is VerdictId.START_WITH_YOURSELF:
        about, asked = [gap.question for gap in own_gaps(verdict)], []
    elif verdict.id is VerdictId.MENDABLE:
        signs = [each.question for each in by_telling(verdict)]
        often = [each for each in signs if sheet.answers[each] in HABITS] or signs
        covered = _covered(catalogue, sheet, often)
        bad = own_causes(verdict)
        bad += [g.question for g in verdict.gaps if g.option == BAD and g.question not in bad]
        bad = [each for each in bad if each not in {*owing} | covered]
        about, asked = [*owing, *often, *bad, *signs], []
    else:
        return ()
    own: dict[str, str] = {}
    for each in about:  # an own gap may call for what the sign it causes calls for, too
        own.setdefault(item(words, catalogue, sheet, verdict.id, each).step, str(each))
    return (*((each, step) for step, each in own.items()), *asked[1:])


def _about(words: Words, verdict: Verdict, step: Step, *, owing: bool) -> tuple[str, str]:
    about = step.sign if isinstance(step, StepOf) else str(verdict.id)
    return about, words.step(step, owing=owing, taken_back=was_taken_back(verdict))


def _beside_a_limit(sheet: Sheet, verdict: Verdict) -> tuple[QuestionId, ...]:
    """Return the worst own gap where somebody was hurt once and the work goes on.

    It comes after the limit that is named, and excuses nothing.
    """
    once = verdict.id is VerdictId.MENDABLE and verdict.critical
    if not once or HARASSMENT in verdict.critical or is_awaited(sheet, verdict.id):
        return ()
    return tuple(gap.question for gap in own_gaps(verdict) if gap.option == BAD)[:1]


def own_gaps(verdict: Verdict) -> tuple[Gap, ...]:
    """Return the own gaps, the worst first.

    What was promised and not delivered comes before all, but for rest where every client is too
    much and nothing is serious, or no strength is left.
    """
    rest = verdict.id is VerdictId.START_WITH_YOURSELF or Ground.EXHAUSTED in verdict.grounds
    rest = rest or (verdict.id is VerdictId.ORDINARY_FRICTION and dreads(verdict))

    def rank(gap: Gap) -> tuple[bool, bool]:
        worn_out = rest and gap.question == WORN_OUT and gap.option == BAD
        return not worn_out, not is_owed(gap)

    return tuple(sorted(verdict.gaps, key=rank))


def _beside_rest(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return what is told of oneself where no strength is left: that it is so, and what is owed."""
    return tuple(gap for gap in gaps if is_owed(gap) or gap.question == WORN_OUT)


def told_of_oneself(words: Words, gap: Gap) -> str:
    """Return a gap as it is told to the person: «отчёты от вас приходят без порядка»."""
    return str(getattr(words.questions[gap.question].told, gap.option))


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


def _comforted(catalogue: Catalogue, verdict: Verdict, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of a good word: none says that blame is unfair which own work may explain.

    What is owed the client is spoken of itself while something is asked of the client, but for
    dread where nothing is serious. Who has no strength left to leave is met with that first.
    """
    if verdict.id is VerdictId.LEAVE_NOW and Ground.EXHAUSTED in verdict.grounds:
        return (Ground.EXHAUSTED, *keys)
    owed = {sign for gap in verdict.gaps if is_owed(gap) for sign in gap.softens}
    owed_topics = {str(catalogue.signs[sign].topic) for sign in owed}
    left = tuple(key for key in keys if key not in owed and key not in owed_topics)
    dread = verdict.id is VerdictId.ORDINARY_FRICTION and DREAD in left
    asked = (VerdictId.ORDINARY_FRICTION, VerdictId.MENDABLE, VerdictId.LAST_EFFORT)
    told = owed and not dread and not verdict.critical and verdict.id in asked
    awaited = MADE in keys and any(map(is_owed, verdict.gaps))
    return (DELIVERED, *left) if told or awaited else left


def link_sentences(words: Words, catalogue: Catalogue, verdict: Verdict) -> tuple[str, ...]:
    """Return how own gaps may cause signs that are there, the worst gap and heaviest sign first.

    «Сообщения не вовремя — часто, а часов связи вы не называли.»
    """
    answers = {each.question: each.option for each in verdict.because}
    return tuple(
        words.texts(
            "verdict.link",
            sign=sentence(reason(words, sign, answers[sign])),
            gap=getattr(words.signs[sign].links[gap.question], gap.option),
        )
        for sign, gap in _links(catalogue, verdict).items()
    )


def _links(catalogue: Catalogue, verdict: Verdict) -> dict[QuestionId, Gap]:
    """Return each sign that an own gap may cause, with the worst such gap: it is told of once.

    None that is not spoken of, and none of which the answer says whose doing it is.
    """
    told = {each.question: each.option for each in _told(verdict).because}
    told = {q: option for q, option in told.items() if option not in catalogue.signs[q].theirs}
    links: dict[QuestionId, Gap] = {}
    for gap in own_gaps(verdict):
        for sign in gap.softens:
            if sign in told:
                links.setdefault(sign, gap)
    return links


def _links_by_gap(words: Words, catalogue: Catalogue, verdict: Verdict) -> tuple[str, ...]:
    """Return the same for each own gap: what it may cause stands below it where that is more."""
    answers = {each.question: each.option for each in verdict.because}
    caused: dict[Gap, list[QuestionId]] = {}
    links = _links(catalogue, verdict)
    for sign, gap in links.items():
        caused.setdefault(gap, []).append(sign)
    single = dict(zip(links, link_sentences(words, catalogue, verdict), strict=True))
    return tuple(
        single[signs[0]]
        if len(signs) == 1
        else words.texts(
            "verdict.links",
            gap=sentence(told_of_oneself(words, gap)),
            signs="\n".join(
                words.texts("verdict.bullet", text=reason(words, each, answers[each]))
                for each in signs
            ),
        )
        for gap, signs in caused.items()
    )


def own_part(words: Words, catalogue: Catalogue, verdict: Verdict) -> tuple[str, ...]:
    """Say what of it may be one's own: the links, all else that is not well, how it was weighed.

    Who met with what nobody need bear reads first that nothing excuses it, and after harassment
    nothing of one's own at all.
    """
    if Ground.EXHAUSTED in verdict.grounds:
        verdict = replace(verdict, gaps=_beside_rest(verdict.gaps))
    if not verdict.gaps or HARASSMENT in verdict.critical:
        return ()
    links = _links_by_gap(words, catalogue, verdict)[:LINKS]
    linked = {gap.question for gap in _links(catalogue, verdict).values()}
    gaps = [
        words.texts("verdict.bullet", text=told_of_oneself(words, gap))
        for gap in own_gaps(verdict)
        if gap.question not in linked
    ]
    if verdict.id is VerdictId.START_WITH_YOURSELF:
        weighed = "verdict.self_first"
    elif verdict.id is VerdictId.CANNOT_TELL:
        weighed = ""
    elif verdict.id in PARTINGS:
        owing = any(map(is_owed, verdict.gaps)) and UNETHICAL not in verdict.critical
        weighed = "verdict.self_owing" if owing else "verdict.self_later"
    elif verdict.critical:
        weighed = "verdict.self_apart"
    else:
        weighed = "verdict.self_softens" if links else "verdict.self_plain"
    rest = "\n".join(gaps)
    if links and gaps:
        rest = words.texts("verdict.also", gaps=rest)
    told, remark = ["\n".join(links), rest], words.texts(weighed) if weighed else ""
    # What is said of the links stands with them; what is said of all, after all.
    place = 0 if verdict.critical else 1 if weighed == "verdict.self_softens" else len(told)
    told.insert(place, remark)
    return tuple(part for part in told if part)


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
    changed.sort(key=lambda each: each != DELIVERED)
    own = [words.questions[each].mended for each in changed if each in words.questions]
    signs = [words.signs[each] for each in changed if each in words.signs]
    helped = [((outlook.taken_back and each.taken_back) or each).easier for each in signs]
    if not own:
        return words.texts.list(helped)
    items = words.texts.list(own)
    if helped:
        return words.texts("verdict.mend_and_helps", items=items, sign=helped[0])
    return words.texts("verdict.you_mend", items=items)


def easier_sentence(words: Words, *outlooks: Outlook) -> str:
    """Return «Вывод смягчится, если вы назовёте часы связи, а ночью станут писать реже: „…“.».

    Every verdict they lead to has its place in the one sentence, the mildest first.
    """
    ways = [
        words.texts(
            "verdict.easier_way",
            change=_ways(words, each[:WAYS]),
            verdict=words.verdicts[each[0].verdict].name,
        )
        for each in _by_verdict(outlooks)
    ]
    return words.texts("verdict.easier", changes="; ".join(ways))


def _ways(words: Words, outlooks: Sequence[Outlook]) -> str:
    """Return «если вы назовёте часы связи или цену, и это подействует, или если…».

    What is one's own is said together, and so is what the client may do.
    """
    own = [each for each in outlooks if any(q in words.questions for q, _ in each.changes)]
    others = [easier_change(words, each) for each in outlooks if each not in own]
    said = [easier_change(words, each) for each in own]
    if len(own) > 1:
        mended = [words.questions[QuestionId(each.changes[0][0])].mended for each in own]
        said = [words.texts("verdict.either_helps", items=words.texts.either(mended))]
    said += [words.texts.either(others)] if others else []
    first, *more = (words.texts("verdict.if", change=each) for each in said)
    return reduce(lambda so_far, way: words.texts("verdict.or", ways=so_far, way=way), more, first)


def serious_change(words: Words, *outlooks: Outlook) -> str:
    """Return «грубость повторится, новых задач прибавится или последняя попытка не поможет».

    Of the signs, the heaviest; that talking was in vain is said once.
    """
    changed = [question for outlook in outlooks for question, _ in outlook.changes]
    signs = [QuestionId(each) for each in changed if each in words.signs]
    said = [words.signs[each].worse for each in signs[:WAYS]]
    tried = [QuestionId(each.removeprefix(TRIED)) for each in changed if each.startswith(TRIED)]
    if tried and {*tried} <= {*signs[:WAYS]}:
        said.append(words.texts("verdict.talk_in_vain"))
    elif tried and len(said) < WAYS:  # of four, nobody finds the end
        said.append(words.texts("verdict.tried_in_vain"))
    if LAST_EFFORT in changed:
        said.append(words.texts("verdict.effort_will_fail"))
    return words.texts.either(said)


def serious_sentence(words: Words, outlooks: Iterable[Outlook]) -> str:
    """Return «Вывод станет серьёзнее, если грубость повторится („Уходить сейчас“).»; "" for none.

    Every verdict they lead to has its place in the one sentence, the most serious first.
    """
    ways = [
        words.texts(
            "verdict.serious_way",
            change=serious_change(words, *each),
            verdict=words.verdicts[each[0].verdict].name,
        )
        for each in reversed(_by_verdict(outlooks))
    ]
    return words.texts("verdict.serious", changes="; ".join(ways)) if ways else ""


def _eased(catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> tuple[Outlook, ...]:
    """Return every way to an easier verdict; none where it comes to an end.

    To have to begin with oneself is nothing easier. After threats or insults nobody wants to read
    what would make the rest easier; while terms are awaited nothing of one's own is added to them.
    """
    if verdict.id in PARTINGS or verdict.critical:
        return ()
    ways = tuple(
        each
        for each in easier_if(catalogue, sheet, verdict)
        if each.verdict is not VerdictId.START_WITH_YOURSELF
    )
    if is_awaited(sheet, verdict.id):
        ways = tuple(each for each in ways if not _is_own(catalogue, each))
    ways = tuple(_without_refused(catalogue, sheet, each) for each in ways)
    if comes_first(sheet, verdict.id):
        ways = tuple(_without_terms(catalogue, each) for each in ways)
    return tuple(each for each in ways if each.changes)


def _without_refused(catalogue: Catalogue, sheet: Sheet, way: Outlook) -> Outlook:
    """Return a way without what one did one's part of: to write what the client refuses."""
    theirs = {
        gap
        for each, sign in catalogue.signs.items()
        if sheet.answers.get(each) in {*sign.theirs} & {*WORST}
        for gap in sign.excused_by
    }
    return replace(way, changes=tuple(each for each in way.changes if each[0] not in theirs))


def _without_terms(catalogue: Catalogue, way: Outlook) -> Outlook:
    """Return a way without what raises the terms, which waits until one's own is in order."""
    waiting = {id_ for id_, sign in catalogue.signs.items() if sign.raises}
    return replace(way, changes=tuple(each for each in way.changes if each[0] not in waiting))


def _is_own(catalogue: Catalogue, way: Outlook) -> bool:
    return any(question in catalogue.questions for question, _ in way.changes)


def easier(words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> str:
    """Return the ways to an easier verdict in one sentence; empty where there are none."""
    ways = _eased(catalogue, sheet, verdict)
    return easier_sentence(words, *ways) if ways else ""


def serious(words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> str:
    """Return what would make a verdict more serious, in one sentence; empty where nothing does.

    That a limit is named on a critical sign and crossed says no more than that it comes again.
    After harassment nothing besides is weighed against it.
    """
    critical = {f"{TRIED}{each}" for each in verdict.critical}
    worse = [e for e in serious_if(catalogue, sheet, verdict) if e.changes[0][0] not in critical]
    if HARASSMENT in verdict.critical:
        worse = [each for each in worse if each.changes[0][0] in verdict.critical]
    return serious_sentence(words, worse)


def _by_verdict(outlooks: Iterable[Outlook]) -> list[list[Outlook]]:
    """Return the outlooks that lead to one verdict together, the mildest verdict first."""
    ordered = sorted(outlooks, key=lambda each: ease(each.verdict))
    return [list(ways) for _, ways in groupby(ordered, key=lambda each: each.verdict)]


def advised(catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> tuple[QuestionId, ...]:
    """Return what advice is given on, in order: the heaviest signs, and own gaps.

    Who should start with themselves gets their own part first, and so does who owes the client
    something, or what may have caused a friction; what would make it easier is among it. Whoever
    met with what nobody need bear reads nothing of their own there: it would sound like blame; but
    for the worst gap, last, where it was once and the work goes on.
    Where the work itself is wrong to do, its price and its rules do not matter anymore; and dread
    of every client is met with rest, not with rules for this one.
    """
    told = [each.question for each in _told(verdict).because]
    if verdict.critical and verdict.id not in PARTINGS:
        told = [each for each in told if not catalogue.signs[each].in_person]
        if HARASSMENT in verdict.critical:
            told = [e for e in told if catalogue.signs[e].protects or e in verdict.critical]
    elif sheet.answers.get(UNETHICAL) in HABITS:
        told = [each for each in told if catalogue.signs[each].protects or each in verdict.critical]
    elif verdict.id is VerdictId.START_WITH_YOURSELF and sheet.answers.get(WORN_OUT) == BAD:
        told = [each for each in told if each != DREAD]
    signs = tuple(told)[:ADVISED_SIGNS]
    changes = {q for each in _eased(catalogue, sheet, verdict)[:WAYS] for q, _ in each.changes}
    covered = _covered(catalogue, sheet, signs)
    helping = {gap for each in signs for gap in catalogue.signs[each].helped_by}
    gaps = () if verdict.critical else own_gaps(verdict)
    if Ground.EXHAUSTED in verdict.grounds:
        gaps = _beside_rest(gaps)
    own = tuple(
        gap.question
        for place, gap in enumerate(gaps)
        if gap.question in changes | helping
        or (place < ADVISED_GAPS and gap.question not in covered)
    )
    if verdict.id is VerdictId.START_WITH_YOURSELF:
        return own + tuple(e for e in signs if _covered(catalogue, sheet, [e]).isdisjoint(own))
    own += _beside_a_limit(sheet, verdict)
    first = own[:1] if verdict.id not in PARTINGS and any(map(is_owed, gaps)) else ()
    if verdict.id is VerdictId.ORDINARY_FRICTION:
        led = _first_of_friction(sheet, verdict)
        first = tuple(each for each in own + signs if each in led) or first
    return first + tuple(each for each in signs + own if each not in first)


def _covered(
    catalogue: Catalogue, sheet: Sheet, signs: Iterable[QuestionId]
) -> frozenset[QuestionId]:
    """Return the own gaps whose advice would say once more what is advised on signs.

    Not where it speaks for another sign.
    """
    gaps = {gap for each in signs for gap in catalogue.signs[each].covers}
    return frozenset(each for each in gaps if _speaks_for(catalogue, sheet, each) is None)


def advice(
    words: Words, catalogue: Catalogue, sheet: Sheet, verdict: Verdict
) -> tuple[AdviceItem, ...]:
    """Return the advice on all that ``advised`` names; what to write is given once."""
    items: dict[str, AdviceItem] = {}
    channels: set[QuestionId] = set()
    for about in advised(catalogue, sheet, verdict):
        each = item(words, catalogue, sheet, verdict.id, about)
        is_channel = about in catalogue.signs and catalogue.signs[about].channel
        given = {other.phrase for other in items.values()}
        if each.phrase in given or (is_channel and channels):
            each = replace(each, phrase="")
        channels |= {about} if is_channel and each.phrase else set()
        items.setdefault(each.text, each)  # an own gap may say what its only sign would say again
    return tuple(items.values())


def item(
    words: Words, catalogue: Catalogue, sheet: Sheet, verdict: VerdictId, about: QuestionId
) -> AdviceItem:
    """Return the advice on one sign or own gap, at the stage that fits."""
    option = sheet.answers[about]
    stage = stage_on(catalogue, sheet, verdict, about)
    told = words_of(words, about)
    spoken = _speaks_for(catalogue, sheet, about) if stage is not Stage.LEAVE else None
    source = words.signs[spoken] if spoken else told
    own_first = waits_for_own(catalogue, sheet, verdict, about)
    own_first |= about in catalogue.questions and comes_first(sheet, verdict)
    late = source.owed if own_first else _beside(words, catalogue, sheet, about, stage)
    said = source.mend if spoken else getattr(told, stage)
    taken_back = getattr(told, "taken_back", None) if option == TAKEN_BACK else None
    warm = getattr(told, "warm", None) if stage is Stage.LEAVE else None
    if warm and not parts_warmly(judge(catalogue, sheet)):
        warm = None
    said = taken_back or late or warm or said
    insists = option in HABITS and stage is not Stage.MEND and not taken_back
    often = getattr(told, "often", None) if insists else None
    # What was taken back can be disputed for a short time only, whatever is waited for.
    hold = "" if taken_back else _hold(words, sheet, verdict, about)
    answered = (by.get(sheet.answers.get(each, SKIP)) for each, by in said.on.items())
    text = hold or " ".join(filter(None, (said.text, *answered)))
    text = " ".join(filter(None, (text, often)))
    phrase = "" if hold else said.phrase or ""
    offered = (spoken, Stage.MEND) if spoken else (about, stage)
    if not (hold or late) and _waits_for_money(catalogue, sheet, *offered):
        text = words.texts("verdict.advice_screen.paid_first", text=text)
        phrase = words.signs[offered[0]].until or phrase
    return AdviceItem(
        about=about,
        name=told.name,
        stage=stage,
        own=about in catalogue.questions,
        text=text,
        phrase=phrase,
        step=said.step,
        why=told.why,
        answer=_tapped(words, catalogue, sheet, about),
        again=about in sheet.tried and verdict in CALM and stage is not Stage.MEND,
        waits=bool(hold),
    )


def _beside(
    words: Words, catalogue: Catalogue, sheet: Sheet, about: QuestionId, stage: Stage
) -> OwnAdvice | None:
    """Return what is said of a sign that yields to a heavier one, as a new price to an old one."""
    yields_to = words.signs[about].beside if about in words.signs else {}
    if not yields_to or stage is Stage.LEAVE:
        return None
    told = by_telling(judge(catalogue, sheet))
    heavier = next((e.question for e in told if e.question in {about, *yields_to}), about)
    return yields_to.get(heavier)


def _speaks_for(catalogue: Catalogue, sheet: Sheet, gap: QuestionId) -> QuestionId | None:
    """Return the heaviest sign that an own gap may be behind, where its advice says more."""
    told = (each.question for each in by_telling(judge(catalogue, sheet)))
    first = next((each for each in told if gap in catalogue.signs[each].excused_by), None)
    return first if first and gap in catalogue.signs[first].speaks_for else None


def _waits_for_money(catalogue: Catalogue, sheet: Sheet, about: QuestionId, stage: Stage) -> bool:
    """Tell whether an advice offers more work to a client who pays late as a habit."""
    sign = catalogue.signs.get(about)
    return sign is not None and stage in sign.offers and sheet.answers.get(DEBT) in HABITS


def _tapped(words: Words, catalogue: Catalogue, sheet: Sheet, about: QuestionId) -> str:
    """Return the answer as it was given, but that a limit was crossed tells more than it."""
    crossed = _crossed(words, catalogue, sheet, about)
    return (
        f"{crossed}."
        if crossed
        else quoted(words, f"{label_of(words, about, sheet.answers[about])}.")
    )


def _hold(words: Words, sheet: Sheet, verdict: VerdictId, about: QuestionId) -> str:
    """Return what to do about a sign or gap while a last effort waits for its answer, else none."""
    return (is_awaited(sheet, verdict) and words_of(words, about).hold) or ""


def answer_of(words: Words, catalogue: Catalogue, sheet: Sheet, about: QuestionId) -> str:
    """Return «платит поздно — часто».

    A critical sign that came again after a limit was named is told as just that.
    """
    again = _crossed(words, catalogue, sheet, about)
    if again:
        return words.texts("common.answered", what=words.signs[about].short, answer=again)
    return reason(words, about, sheet.answers[about])


def _crossed(words: Words, catalogue: Catalogue, sheet: Sheet, about: QuestionId) -> str:
    """Return «снова, после слов „так нельзя“»; empty where no limit was crossed."""
    crossed = is_critical(catalogue, about) and about in sheet.tried
    return words.texts("verdict.crossed") if crossed else ""


def advice_line(words: Words, item: AdviceItem) -> str:
    """Return the advice under the label of its stage; parting and «на будущее» need none."""
    if item.stage is Stage.LEAVE:
        return item.text
    if item.waits:
        return words.texts("verdict.advice_screen.hold", text=item.text)
    label = "again" if item.again else Stage.MEND if item.own else item.stage
    return words.texts(f"verdict.advice_screen.{label}", text=item.text)


def like(words: Words, catalogue: Catalogue, sheet: Sheet, verdict: VerdictId) -> str:
    """Return «Похоже на: „платит потом“.», empty where no type is sure or none would be fair.

    Who met with what nobody need bear reads no nickname for it.
    """
    ended = verdict is VerdictId.PART and (sheet.wants_out or sheet.exhausted)
    hurt = any(is_critical(catalogue, each) and sheet.value(each) for each in catalogue.signs)
    if verdict in UNTYPED or ended or hurt:
        return ""
    names = [words.types[each].name for each in client_types(catalogue, sheet)]
    return words.texts("verdict.types", types=quoted_list(words, names)) if names else ""
