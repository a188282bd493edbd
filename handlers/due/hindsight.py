"""How it went: what is to be asked later, what was answered, and what all of it says.

A letter, a verdict and an end each set their questions here, whichever topic they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from content.letters.models import LetterId
from content.models import VerdictId
from content.schedule.hindsight import KINDS, Ease, Hindsight, Occasion, has_helped, questions
from handlers.due.agenda import PROBATION
from handlers.engine.visit import Visit
from storage.records import (
    ActionState,
    Afterword,
    AssessmentNumber,
    ClientNumber,
    LetterNumber,
    Promise,
    PromiseNumber,
)

SILENT = "outcome.silent"
"""Detail of a client: not to be asked about any more."""
SILENCED = "silenced"
"""Kept in a question that is not asked for that reason, and may be again."""
LAST_EFFORT = "last_effort"
SHOWN = 3
"""Answers told of a client."""


def happened(
    visit: Visit,
    occasion: Occasion,
    client: ClientNumber,
    day: date,
    subject: int | None = None,
) -> None:
    """Set what is to be asked about it; of the same thing before nothing is asked any more."""
    visit.memory.details.expect_of_client(client)
    for promise in _waiting(visit, client):
        before = question(promise)
        if before.occasion is occasion and (
            occasion is not Occasion.LETTER
            or _kind(visit, occasion, subject) == _kind(visit, occasion, before.subject)
        ):
            drop(visit, promise)
    silent = is_silenced(visit, client)
    for each in questions(occasion, day, subject):
        visit.memory.promises.add(
            Promise(
                number=PromiseNumber(0),
                client=client,
                kind=f"{each.occasion}_{each.after}",
                due=each.due,
                state=ActionState.DROPPED if silent else ActionState.OPEN,
                words=SILENCED if silent else "",
                subject=subject,
            )
        )


def ended(visit: Visit, client: ClientNumber, day: date) -> None:
    """Set what is to be asked about an end, if there is anything to look back on; once."""
    asked = any(question(each).occasion is Occasion.END for each in _waiting(visit, client))
    known = visit.memory.assessments.of_client(client) or visit.memory.letters.of_client(client)
    if known and not asked:
        happened(visit, Occasion.END, client, day)


def undone(visit: Visit, occasion: Occasion, client: ClientNumber, subject: int | None) -> None:
    """Ask nothing about what did not happen after all."""
    for promise in _waiting(visit, client):
        if question(promise).about == (occasion, subject):
            drop(visit, promise)


def silence(visit: Visit, client: ClientNumber, *, silent: bool) -> None:
    """Ask about a client no more, or again."""
    visit.memory.details.set(client, SILENT, "1" if silent else "")
    state, words = (ActionState.DROPPED, SILENCED) if silent else (ActionState.OPEN, "")
    for promise in _waiting(visit, client):
        visit.memory.promises.save(replace(promise, state=state, words=words))


def is_silenced(visit: Visit, client: ClientNumber) -> bool:
    return bool(visit.memory.details.of_client(client).get(SILENT))


def is_waiting(visit: Visit, client: ClientNumber) -> bool:
    """Tell whether anything is to be asked about a client, or would be but for the silence."""
    return any(_waiting(visit, client))


def open_ones(visit: Visit, client: ClientNumber) -> dict[Hindsight, Promise]:
    """Return what is still to be asked about a client."""
    return {
        question(each): each for each in _waiting(visit, client) if each.state is ActionState.OPEN
    }


def newest_due(visit: Visit, client: int) -> Promise | None:
    """Return the question about a client that is asked now."""
    due = [
        each
        for each in visit.memory.promises.open()
        if each.kind in KINDS and each.client == client and each.due <= visit.today
    ]
    return max(due, key=lambda each: (each.due, each.number), default=None)


def question(promise: Promise) -> Hindsight:
    """Return what a promise of this kind asks."""
    occasion, after = KINDS[promise.kind]
    return Hindsight(occasion, after, promise.due, promise.subject)


def keep(visit: Visit, promise: Promise, ease: Ease, *, ended: bool) -> None:
    """Keep an answer to a question."""
    asked = question(promise)
    visit.memory.hindsight.keep(
        Afterword(
            promise=promise.number,
            client=ClientNumber(promise.client or 0),
            occasion=asked.occasion,
            subject=asked.subject,
            kind=_kind(visit, asked.occasion, asked.subject),
            later=asked.after,
            ended=ended,
            ease=ease,
            day=visit.today,
        )
    )
    visit.memory.promises.save(replace(promise, state=ActionState.DONE))


def told(visit: Visit, client: ClientNumber) -> tuple[str, ...]:
    """Return what was answered about a client, newest first, a line for each day."""
    answers = {
        each.day: visit.texts("hindsight.told", date=visit.day(each.day), answer=said(visit, each))
        for each in visit.memory.hindsight.all()
        if each.client == client
    }
    return tuple(answers[day] for day in sorted(answers, reverse=True)[:SHOWN])


def said(visit: Visit, answer: Afterword) -> str:
    """Return «стало легче», «расстались, стало легче»."""
    ended = "ended_" if answer.ended else ""
    return visit.texts(f"hindsight.said.{ended}{answer.ease}")


def record(visit: Visit, verdict: VerdictId) -> str:
    """Return what the person's own experience says of what a verdict advises; "" for none yet."""
    if verdict is VerdictId.LAST_EFFORT:
        return _in_words(visit, "last_effort", tuple(_last_efforts(visit)))
    if verdict is VerdictId.PART:
        return _in_words(visit, "part", tuple(_partings(visit)))
    return ""


def _in_words(visit: Visit, what: str, tries: tuple[bool, ...]) -> str:
    """Tell of a single time as of a single time, of more by their number."""
    helped, made = sum(tries), len(tries)
    if not made:
        return ""
    if made == 1:
        once = "once" if helped else "once_in_vain"
        return visit.texts(f"hindsight.record.{what}.{once}")
    if not helped:
        return visit.texts(f"hindsight.record.{what}.never", tries=made)
    return visit.texts(f"hindsight.record.{what}.some", n=helped, tries=made)


def _last_efforts(visit: Visit) -> Iterator[bool]:
    """Tell of each last effort whether it has helped, where the person has said so.

    What they said later counts; before that, whether the conditions were kept.
    """
    visit.memory.hindsight.expect()
    known = {
        each.subject: each.state is ActionState.DONE
        for each in visit.memory.promises.all()
        if each.kind == PROBATION
        and each.state in (ActionState.DONE, ActionState.FAILED)
        and not _is_gone(visit, each.client)
    }
    for each in _answers(visit, Occasion.LETTER, LAST_EFFORT):
        known[each.subject] = has_helped(Ease(each.ease), ended=each.ended)
    yield from known.values()


def _partings(visit: Visit) -> Iterator[bool]:
    """Tell of each client parted with whether it is easier without them."""
    latest = {each.client: each for each in _answers(visit, Occasion.END, "")}
    yield from (Ease(each.ease) is Ease.BETTER for each in latest.values())


def _answers(visit: Visit, occasion: Occasion, kind: str) -> Iterator[Afterword]:
    """Yield the answers of a kind, the later question after the earlier."""
    found = (
        each
        for each in visit.memory.hindsight.all()
        if (each.occasion, each.kind) == (occasion, kind) and not _is_gone(visit, each.client)
    )
    yield from sorted(found, key=lambda each: each.later)


def _is_gone(visit: Visit, client: int | None) -> bool:
    found = visit.memory.clients.get(ClientNumber(client or 0))
    return found is None or found.deleted_at is not None


def _kind(visit: Visit, occasion: Occasion, subject: int | None) -> str:
    """Return the kind of the letter, or the verdict, that a question is about."""
    if occasion is Occasion.LETTER and subject is not None:
        letter = visit.memory.letters.get(LetterNumber(subject))
        return letter.kind if letter else ""
    if occasion is Occasion.VERDICT and subject is not None:
        assessment = visit.memory.assessments.get(AssessmentNumber(subject))
        return (assessment and assessment.verdict) or ""
    return ""


def name_of_letter(visit: Visit, kind: str) -> str:
    """Return «Прощание»; "" for a kind that there is no more."""
    letters = visit.knowledge.letters.talk[visit.words.language].letters
    found = letters.get(LetterId(kind))
    return found.name if found else ""


def _waiting(visit: Visit, client: ClientNumber) -> list[Promise]:
    """Return the questions about a client that are open, or silenced."""
    return [
        each
        for each in visit.memory.promises.of_client(client)
        if each.kind in KINDS and (each.state is ActionState.OPEN or each.words == SILENCED)
    ]


def drop(visit: Visit, promise: Promise) -> None:
    """Ask a question no more."""
    visit.memory.promises.save(replace(promise, state=ActionState.DROPPED, words=""))
