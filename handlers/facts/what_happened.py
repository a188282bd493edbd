"""What happened, told at the beginning of an assessment, typed or forwarded: kept only on a tap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.assessment import buttons as to_assessment
from handlers.assessment import opinion, ticks
from handlers.engine import lookup
from handlers.engine.prompts import LIFE, held_since
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Reply
from handlers.engine.visit import Visit
from handlers.facts import capture, log
from storage.errors import NotFound
from storage.records import Assessment, Cut, Fact, FactSource, Held

routes = Routes()


def forwarded(visit: Visit, piece: capture.Forwarded, notice: str) -> Answered:
    """Take a forward for the answer to «Что случилось?» where that is asked; else keep it at once.

    One that has no words leaves the question open; ``notice`` says what it is. Where a colleague's
    answer is waited for, it is that.
    """
    answer = opinion.forwarded(visit, piece.words)
    if answer is not None:
        return answer
    assessment = ticks.telling(visit)
    held = _held(visit, piece) if assessment else None
    if assessment is None or held is None:
        return log.forwarded(visit, piece)
    if not piece.words:
        return visit.current().saying(visit.texts(f"unsorted.notice.{notice}"))
    visit.memory.scratch.ask(None)
    visit.memory.scratch.hold(held)
    said = capture.PLACEHOLDER.sub("", held.words)
    return ticks.propose(visit, assessment, "\n".join((held.note, said)))


@routes.tap(to_assessment.KeepTold)
def keep(visit: Visit, at: to_assessment.KeepTold) -> Answered:
    """Keep what was told as a fact of the client; a second tap only shows the ticks again."""
    assessment = lookup.sheet(visit, at.assessment)
    held = visit.memory.scratch.held(visit.now)
    ticked = to_assessment.Happened(assessment=at.assessment)
    if held is None:
        return visit.open(ticked)
    if not 0 < at.day <= visit.today.toordinal():
        raise NotFound(f"day {at.day}")
    fact = _kept(visit, assessment, held, date.fromordinal(at.day))
    visit.memory.scratch.hold(None)
    return Reply(
        visit.open(ticked), toast=visit.texts("assess.happened.kept", date=visit.day(fact.day))
    )


def _held(visit: Visit, piece: capture.Forwarded) -> Held | None:
    """Return what is told with this piece; None where it does not belong to what was told.

    It does while the question is open. After that what one author said on one day and is forwarded
    within a minute does, and what was typed while forwarding is its comment.
    """
    author = visit.memory.details.author_key(piece.author) if piece.author else ""
    words = capture.words_of(visit, piece)
    fresh = Held(words, visit.message, visit.sent + LIFE, piece.said_at, author)
    if visit.memory.scratch.prompt(visit.now) is not None:
        return fresh
    last = visit.memory.scratch.held(visit.now)
    if last is None:
        return None
    passed = abs(visit.sent - held_since(last))
    if last.said_at is None:
        comment = replace(fresh, note=last.words, former=(last.message,))
        return comment if passed <= capture.ONE_COMMENT else None
    days = {each.astimezone(visit.zone).date() for each in (last.said_at, piece.said_at)}
    if passed > capture.ONE_CAPTURE or last.author != author or len(days) > 1:
        return None
    if len(last.former) + 2 > capture.PIECES or len(last.words + words) >= capture.CHARACTERS:
        return None
    return replace(
        fresh,
        words="\n".join((last.words, words)),
        said_at=min(last.said_at, piece.said_at),
        note=last.note,
        former=(*last.former, last.message),
    )


def _kept(visit: Visit, assessment: Assessment, held: Held, day: date) -> Fact:
    client = lookup.client(visit, assessment.client)
    if held.said_at is None:
        return capture.typed(visit, held.words, client, day, held.message)
    fact = visit.memory.facts.add(
        Fact(
            number=capture.UNNUMBERED,
            client=client.number,
            day=day,
            words=held.words,
            captured_at=visit.now,
            touched_at=held_since(held),
            source=FactSource.FORWARD,
            note=held.note,
            proposed=capture.proposed(visit, held.words),
            said_at=held.said_at,
            author=held.author,
            cuts=(Cut(len(held.words), held.said_at),),
            messages=(*held.former, held.message),
        )
    )
    capture.recognise(visit, fact)
    return fact
