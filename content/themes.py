"""What weighed in a verdict, the most telling first: the keys under which words may be special."""

from __future__ import annotations

from content.knowledge import Catalogue
from content.models import (
    HABITS,
    REFLECTION_OPTIONS,
    TAKEN_BACK,
    WORST,
    Ground,
    LastEffort,
    QuestionId,
    VerdictId,
)
from content.sheet import Sheet
from content.stages import DELIVERED, PARTINGS, waits_for_own
from content.verdict import Gap, Reason, Verdict

CALM = "calm"
"""Nothing weighed."""
MANY = "many"
"""No sign of many stands out."""
MADE = "made"
"""The last effort is made, and its day has not come."""
MADE_CRITICAL = "made_critical"
"""The same, and once something was done that nobody need bear."""
MADE_UNETHICAL = "made_unethical"
"""The same, and once something was asked for that nobody need do."""
UNETHICAL = QuestionId("unethical_request")
OWED_TOO = "owed"
"""It comes to an end, and money is owed."""
TRIED = "tried"
"""What weighs most was talked over already, unless it is a debt, which has a ladder of its own."""
OWN_CAUSE = "own_cause"
"""Nothing is serious, and what is there may come of what was not done or said."""
HABIT = "habit"
"""Nothing is serious, yet something happens often."""
DEBT_AND_MORE = "debt_and_more"
"""Money is owed, and it is not all: something else weighs much, too, or waits for it."""
ENDS = (Ground.EXHAUSTED, Ground.WANTS_OUT)
"""Ends that are nobody's fault."""
HARASSMENT = "harassment"
TOLD_FIRST = (HARASSMENT, "threats", "exhausted", UNETHICAL, "rudeness", "wants_out")
"""Of ends and of what nobody need bear the card speaks of the one that matters more."""
COOL = "wants_out_cool"
"""The person wants to end it, and was harmed: nobody is thanked warmly for that."""
HARMED = (Ground.HARM, Ground.DRAINED, Ground.FAILED)
OWED = {each: f"{each}_owed" for each in TOLD_FIRST}
"""The same where it comes to an end and money is owed."""
MEANWHILE = {each: f"{each}_made" for each in TOLD_FIRST}
"""The same where it comes to an end while a last effort waits for its answer."""
KEYS = frozenset(
    (
        CALM,
        MANY,
        MADE,
        MADE_CRITICAL,
        MADE_UNETHICAL,
        OWED_TOO,
        COOL,
        TRIED,
        OWN_CAUSE,
        DEBT_AND_MORE,
        TAKEN_BACK,
        HABIT,
        *OWED.values(),
        *MEANWHILE.values(),
        *Ground,
    )
)
"""All there are besides the ids of signs, questions and topics."""
DEBT = QuestionId("late_payment")
OF_MONEY = ("payment_maze", "disputes_invoices")
"""What belongs to a debt and is settled with it."""
WORN_OUT = QuestionId("is_it_them")
"""The question of oneself whose bad answer calls for rest."""
DREAD = "emotional_toll"
"""Where nothing weighs, dread is still spoken of, even if it is not this client's."""
BAD = REFLECTION_OPTIONS[2]
GOING_ON = (
    VerdictId.START_WITH_YOURSELF,
    VerdictId.ORDINARY_FRICTION,
    VerdictId.MENDABLE,
    VerdictId.LAST_EFFORT,
)
"""Verdicts under which the work goes on."""
MANY_SIGNS, SMALL_SHARE = 4, 0.3
"""Of so many signs none stands out that brings at most this share of the sum."""


def themes(sheet: Sheet, verdict: Verdict) -> tuple[str, ...]:
    """Return what weighed besides single signs.

    That the last effort is made; an end that is nobody's fault; a critical sign; a debt where it
    ends; why the rule says so; of one's own part the bad answers.
    """
    keys: list[str] = []
    owed = _owed(verdict) if verdict.id in PARTINGS else ()
    if is_awaited(sheet, verdict.id) and HARASSMENT not in verdict.critical:
        critical = MADE_UNETHICAL if UNETHICAL in verdict.critical else MADE_CRITICAL
        keys.append(critical if verdict.critical else MADE)
    elif verdict.id is VerdictId.ORDINARY_FRICTION and sheet.last_effort is LastEffort.FAILED:
        keys.append(str(Ground.FAILED))
    grounds = grounds_told(verdict)
    made = verdict.id in PARTINGS and sheet.last_effort is LastEffort.MADE
    ends = [end for end in ENDS if verdict.id is VerdictId.PART and end in grounds]
    for each in TOLD_FIRST:
        if each in ends and each == Ground.WANTS_OUT and was_harmed(verdict):
            keys += (*owed, COOL)
        elif each in ends or each in verdict.critical:
            keys += (MEANWHILE[each],) if made else ()
            keys += (OWED[each], each) if owed else (each,)
    keys += owed
    told = {*keys, *((Ground.WANTS_OUT,) if COOL in keys else ())}
    keys += [str(ground) for ground in reversed(grounds) if ground not in told]
    if verdict.id is VerdictId.START_WITH_YOURSELF:
        own = [gap.question for gap in verdict.gaps if gap.option == BAD]
        keys += sorted(own, key=lambda each: each != WORN_OUT)
    return tuple(keys) or (() if verdict.because else (CALM,))


def keys_of(catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> tuple[str, ...]:
    """Return every key, the most telling first; the heaviest sign and its topic come last."""
    told = by_telling(verdict)
    heaviest = told[:1]
    heaviest += tuple(each for each in told if each.question not in verdict.critical)[:1]
    waiting = [e for e in heaviest if waits_for_own(catalogue, sheet, verdict.id, e.question)]
    heaviest = tuple(each for each in heaviest if each not in waiting)  # their words raise terms
    serious = verdict.id in (VerdictId.MENDABLE, VerdictId.LAST_EFFORT)
    friction = verdict.id is VerdictId.ORDINARY_FRICTION
    return (
        *themes(sheet, verdict),
        *((DREAD,) if friction and dreads(verdict) else ()),
        *((OWN_CAUSE,) if friction and own_causes(verdict) else ()),
        *((HABIT,) if friction and _is_habit(verdict) else ()),
        *((TRIED,) if _is_tried(sheet, verdict) and not waiting else ()),
        *((TAKEN_BACK,) if was_taken_back(verdict) else ()),
        *((MANY,) if _nothing_stands_out(verdict) else ()),
        *((DEBT_AND_MORE,) if _owes_and_more(catalogue, verdict) else ()),
        *((DELIVERED,) if waiting and serious else ()),
        *(each.question for each in heaviest),
        *(str(catalogue.signs[each.question].topic) for each in heaviest),
    )


def is_awaited(sheet: Sheet, verdict: VerdictId) -> bool:
    """Tell whether the answer to a last effort is waited for."""
    return verdict in GOING_ON and sheet.last_effort is LastEffort.MADE


def grounds_told(verdict: Verdict) -> list[Ground]:
    """Return the grounds to speak of: nobody who was hurt is led to a warm goodbye."""
    return [e for e in verdict.grounds if e is not Ground.WANTS_OUT or not verdict.critical]


def by_telling(verdict: Verdict) -> tuple[Reason, ...]:
    """Return the signs, the most telling first.

    What happens all the time comes before what weighs more where it alone calls for mending; and
    dread of every client, which weighs nothing, before what is a trifle.
    """
    trifles = verdict.id in (VerdictId.ORDINARY_FRICTION, VerdictId.START_WITH_YOURSELF)
    always = Ground.ALWAYS in verdict.grounds and Ground.LOAD not in verdict.grounds

    def rank(each: Reason) -> tuple[bool, bool]:
        dread = each.question == DREAD and not each.contribution and each.option in HABITS
        tells = (dread and trifles) or (always and each.option in WORST)
        return each.question not in verdict.critical, not tells

    return tuple(sorted(verdict.because, key=rank))


def what_weighed(verdict: Verdict) -> tuple[str, ...]:
    """Return the grounds, the signs, the most telling first, what is owed, and the verdict."""
    owed = (each.question for each in verdict.gaps if is_owed(each))
    taken_back = (TAKEN_BACK,) if was_taken_back(verdict) else ()
    signs = (each.question for each in by_telling(verdict))
    return (*verdict.grounds, *signs, *owed, *taken_back, str(verdict.id))


def is_owed(gap: Gap) -> bool:
    """Tell whether an own gap is what was promised and not delivered."""
    return gap.question == DELIVERED and gap.option == BAD


def parts_warmly(verdict: Verdict) -> bool:
    """Tell whether somebody ends it who only wants to, and was harmed in nothing."""
    grounds = {*grounds_told(verdict)} & {*ENDS}
    return grounds == {Ground.WANTS_OUT} and not was_harmed(verdict)


def was_harmed(verdict: Verdict) -> bool:
    """Tell whether the client has harmed the person: a warm goodbye is not what comes first."""
    return bool(verdict.critical) or any(each in HARMED for each in verdict.grounds)


def _is_tried(sheet: Sheet, verdict: Verdict) -> bool:
    first = {each.question for each in by_telling(verdict)[:1]} - {DEBT}
    return not verdict.critical and bool(first & sheet.tried)


def _is_habit(verdict: Verdict) -> bool:
    return any(each.option in HABITS for each in verdict.because)


def dreads(verdict: Verdict) -> bool:
    """Tell whether the person dreads every conversation."""
    return any(each.question == DREAD and each.option in HABITS for each in verdict.because)


def own_causes(verdict: Verdict) -> list[QuestionId]:
    """Return the bad gaps of one's own that can cause signs; none where a debt comes before."""
    if verdict.because and by_telling(verdict)[0].question == DEBT:
        return []
    bad = [gap for gap in verdict.gaps if gap.softens and gap.option == BAD]
    return [gap.question for gap in sorted(bad, key=lambda gap: not is_owed(gap))]


def blames_nobody(verdict: Verdict) -> bool:
    """Tell whether the person ends it, whatever the client is like."""
    return verdict.id is VerdictId.PART and bool({*ENDS} & {*verdict.grounds})


def owes(verdict: Verdict) -> bool:
    """Tell whether the client pays late as a habit."""
    return any(each.question == DEBT and each.option in HABITS for each in verdict.because)


def _owed(verdict: Verdict) -> tuple[str, ...]:
    """Return what is said of money: what was taken back can be disputed for a short time only."""
    taken_back = (TAKEN_BACK,) if was_taken_back(verdict) else ()
    return (*taken_back, OWED_TOO) if owes(verdict) else ()


def was_taken_back(verdict: Verdict) -> bool:
    """Tell whether money that came was taken back."""
    return any(each.option == TAKEN_BACK for each in verdict.because)


def owes_alone(verdict: Verdict) -> bool:
    """Tell whether a debt weighs most, and nothing else half as much."""
    if not verdict.because or verdict.because[0].question != DEBT:
        return False
    debt, *others = verdict.because
    return all(
        each.contribution * 2 < debt.contribution
        for each in others
        if each.question not in OF_MONEY
    )


def _owes_and_more(catalogue: Catalogue, verdict: Verdict) -> bool:
    """Tell whether a debt is not all: it weighs most, or what does waits for the money."""
    first = next((each.question for each in verdict.because), None)
    waits = first is not None and bool(catalogue.signs[first].offers) and owes(verdict)
    return waits or (first == DEBT and not owes_alone(verdict))


def _nothing_stands_out(verdict: Verdict) -> bool:
    many = len(verdict.because) >= MANY_SIGNS
    most = SMALL_SHARE * (verdict.harm + verdict.strain)
    return many and not verdict.critical and verdict.because[0].contribution <= most
