"""Which letter a verdict leads to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from content.knowledge import Catalogue
from content.letters.letters import Letters
from content.letters.models import LetterId, Tone
from content.models import QuestionId, Stage, VerdictId
from content.sheet import Sheet
from content.stages import PARTINGS, stage_on, waits_for_own
from content.themes import (
    DEBT,
    HARASSMENT,
    by_telling,
    grounds_told,
    is_awaited,
    owes_alone,
    parts_warmly,
    was_harmed,
)
from content.verdict import Verdict


def reply_to(letters: Letters, sign: QuestionId | None) -> LetterId | None:
    """Return the letter that answers a message of a sign, none where no kind is made for it."""
    return next((id_ for id_, kind in letters.kinds.items() if sign in kind.data.answers), None)


def letter_about(letters: Letters, sign: str, stage: Stage) -> LetterId | None:
    """Return the letter that asks for what a sign is about, none where no kind is made for it.

    At its stage: one that begins politely says nothing of what is insisted on.
    """
    return next(
        (
            id_
            for id_, kind in letters.kinds.items()
            if kind.data.is_about(sign, stage) and not kind.data.verdicts
        ),
        None,
    )


def letter_for(
    catalogue: Catalogue, letters: Letters, sheet: Sheet, verdict: Verdict
) -> LetterId | None:
    """Return the letter to write first, none where there is nothing to write.

    A verdict that ends something, or tries for the last time, has a letter of its own, and one
    more where the client need not be to blame; a mendable one leads to that of the heaviest sign.
    Who is owed money more than anything else asks for it before any last effort; a last effort
    that is made waits for its day, and after harassment nobody is led to one. A letter that would
    raise the terms waits until one's own is in order.
    """
    hurt = verdict.id is VerdictId.LAST_EFFORT and HARASSMENT in verdict.critical
    if hurt or is_awaited(sheet, verdict.id):
        return None
    grounds = {*grounds_told(verdict)}
    led_to = {id_: kind for id_, kind in letters.kinds.items() if verdict.id in kind.data.verdicts}
    by_ground = (id_ for id_, kind in led_to.items() if {*kind.data.grounds} & grounds)
    by_level = (id_ for id_, kind in led_to.items() if not kind.data.grounds)
    of_verdict = next(chain(by_ground, by_level), None)
    heaviest = next((each.question for each in by_telling(verdict)), None)
    of_sign = None
    if heaviest and not waits_for_own(catalogue, sheet, verdict.id, heaviest):
        stage = stage_on(catalogue, sheet, verdict.id, heaviest)
        of_sign = letter_about(letters, heaviest, stage)
    owed = verdict.id is VerdictId.LAST_EFFORT and owes_alone(verdict)
    return of_sign if owed or verdict.id is VerdictId.MENDABLE else of_verdict


def claim_before(
    letters: Letters, verdict: Verdict, steps: Sequence[tuple[str, str]]
) -> LetterId | None:
    """Return the letter about a debt, which goes out before the goodbye if the plan has it.

    ``steps`` are the deeds of the plan; none where it ends nothing, or nothing is asked for on it.
    """
    owed = verdict.id in PARTINGS and any(about == DEBT for about, _ in steps)
    return letter_about(letters, DEBT, Stage.LEAVE) if owed else None


def first_tone(
    catalogue: Catalogue,
    letters: Letters,
    letter: LetterId,
    judged: tuple[Sheet, Verdict] | None,
    sent: int = 0,
) -> Tone:
    """Return the tone to begin with: in the middle, or where tones are steps, the one that is due.

    It is the firm one where what the letter asks for is insisted on, and the warm one where
    somebody leaves who was not harmed. ``sent``: so many steps are behind. A reminder of money is
    the last where it is asked for before an end or a last effort, but for a warm end; and firmer
    with each that was in vain.
    """
    data = letters.kinds[letter].data
    tones = [tone for tone in Tone if tone in data.tones]
    sheet, verdict = judged or (Sheet({}), None)
    about = [e.question for e in verdict.because if e.question in data.signs] if verdict else []
    insists = verdict is not None and any(
        stage_on(catalogue, sheet, verdict.id, each) is Stage.INSIST for each in about
    )
    if any(talk.letters[letter].tones for talk in letters.talk.values()):
        if verdict and verdict.id in (*PARTINGS, VerdictId.LAST_EFFORT):
            return tones[0] if parts_warmly(verdict) and not sent else tones[-1]
        return tones[min(max(sent, int(insists)), len(tones) - 1)]
    if verdict and not data.verdicts and insists:
        return tones[-1]
    if verdict and data.grounds and not was_harmed(verdict):
        return tones[0]
    return Tone.NEUTRAL if Tone.NEUTRAL in tones else tones[0]


def cooler_than(letters: Letters, letter: LetterId | None, verdict: Verdict) -> LetterId | None:
    """Return the letter for who would rather not part warmly from somebody who did them harm."""
    if letter is None or not letters.kinds[letter].data.grounds or not was_harmed(verdict):
        return None
    kinds = letters.kinds.items()
    of_level = (i for i, kind in kinds if verdict.id in kind.data.verdicts and i != letter)
    return next((i for i in of_level if not letters.kinds[i].data.grounds), None)
