"""Keeping what comes: a forward at once, a typed text when it is said to be a fact.

Several forwards within a minute are one fact, together with the comment that was typed while
forwarding. Whom it is about and which sign it speaks of are proposals that can wait until morning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from content.reading.signs import classify
from handlers.engine import lookup
from handlers.engine.prompts import held_since
from handlers.engine.visit import Visit
from storage.protocols import NotFound
from storage.records import UNREADABLE, Client, ClientNumber, Fact, FactNumber

ONE_CAPTURE = timedelta(seconds=60)
"""A forward that comes so soon after the last one belongs to it."""
PIECES, CHARACTERS = 20, 16_000
"""What one capture takes at most; what comes then is a fact of its own."""
ONE_COMMENT = timedelta(seconds=2)
"""A text that came so shortly before a forward was typed while forwarding."""
TYPED = "typed"
LETTER = "letter"
UNNUMBERED = FactNumber(0)
"""The number of what is still to be stored."""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A forwarded message, read."""

    words: str
    """The text or the caption."""
    kind: str
    """``text``, or what there is besides words: ``voice``, ``picture`` …"""
    seconds: int
    """Of a recording."""
    author: str
    """Who wrote it, as an id of ours; empty where there is nobody to recognise."""
    said_at: datetime


def forwarded(visit: Visit, piece: Forwarded) -> Fact:
    """Keep a forwarded message, as part of the last capture if that is still going on."""
    asked = visit.memory.scratch.prompt(visit.now)
    visit.memory.scratch.ask(None)
    note, messages = _comment(visit)
    words = _words(visit, piece)
    key = visit.memory.details.author_key(piece.author) if piece.author else ""
    latest = visit.memory.facts.latest()
    if latest is not None and _goes_on(visit, latest, words):
        fact = _longer(visit, latest, piece, words)
        fact = replace(
            fact,
            note="\n".join(part for part in (latest.note, note) if part),
            messages=(*latest.messages, *messages),
            author=latest.author or key,
        )
        visit.memory.facts.save(fact)
    else:
        client = _asked_about(visit, asked.subject) if asked and asked.kind == "fact" else None
        client = client or guess(visit, piece.author)
        fact = visit.memory.facts.add(
            Fact(
                number=UNNUMBERED,
                client=client.number if client else None,
                day=piece.said_at.astimezone(visit.zone).date(),
                words=words,
                captured_at=visit.now,
                touched_at=visit.sent,
                source="forward" if piece.kind == "text" else piece.kind,
                note=note,
                sign=proposed(visit, words),
                said_at=piece.said_at,
                author=key,
                messages=messages,
            )
        )
    recognise(visit, fact)
    return fact


def typed(visit: Visit, words: str, client: Client | None, day: date, message: int) -> Fact:
    """Keep a typed text as a fact."""
    return visit.memory.facts.add(
        Fact(
            number=UNNUMBERED,
            client=client.number if client else None,
            day=day,
            words=words,
            captured_at=visit.now,
            touched_at=visit.sent,
            source=TYPED,
            sign=proposed(visit, words),
            messages=(message,),
        )
    )


def recognise(visit: Visit, fact: Fact) -> None:
    """Let the next forward of this author find the client by itself."""
    if fact.client is not None and fact.author:
        visit.memory.details.remember_author(fact.client, fact.author)


def guess(visit: Visit, author: str = "") -> Client | None:
    """Return whom something is likely about: known by its author, the only one, or on screen."""
    known = visit.memory.details.client_of(author) if author else None
    if known is not None:
        return lookup.client(visit, known)
    listed = visit.memory.clients.list()
    return listed[0] if len(listed) == 1 else at_hand(visit)


def at_hand(visit: Visit) -> Client | None:
    """Return the client whose screen the person is on."""
    try:
        number = visit.at.about(visit) if visit.at else None
        return lookup.client(visit, number) if number else None
    except NotFound:
        return None  # what the screen was about is gone


def proposed(visit: Visit, words: str) -> str | None:
    """Return the sign that words speak of; None where that is no more than a guess."""
    spoken = visit.think(classify, visit.words, words, limit=1)
    return spoken[0].sign if spoken and spoken[0].proposed else None


def _goes_on(visit: Visit, latest: Fact, words: str) -> bool:
    """Tell whether a forward of now belongs to the last one."""
    return (
        latest.source not in (TYPED, LETTER)
        and latest.words != UNREADABLE
        and abs(visit.sent - latest.touched_at) <= ONE_CAPTURE
        and latest.pieces < PIECES
        and len(latest.words) + len(words) < CHARACTERS
    )


def _longer(visit: Visit, fact: Fact, piece: Forwarded, words: str) -> Fact:
    """Add a piece. The sign is proposed anew unless the person chose one."""
    whole = f"{fact.words}\n{words}"
    chosen = fact.sign != proposed(visit, fact.words)
    first = min(fact.said_at or piece.said_at, piece.said_at)
    client = fact.client
    if client is None and (known := guess(visit, piece.author)):
        client = known.number
    return replace(
        fact,
        words=whole,
        client=client,
        day=min(fact.day, piece.said_at.astimezone(visit.zone).date()),
        said_at=first,
        touched_at=max(fact.touched_at, visit.sent),
        sign=fact.sign if chosen else proposed(visit, whole),
        pieces=fact.pieces + 1,
    )


def _comment(visit: Visit) -> tuple[str, tuple[int, ...]]:
    """Return what was typed while forwarding, and the messages of this piece."""
    held = visit.memory.scratch.held(visit.now)
    if held is None or abs(visit.sent - held_since(held)) > ONE_COMMENT:
        return "", (visit.message,)
    visit.memory.scratch.hold(None)
    return held.words, (held.message, visit.message)


def _words(visit: Visit, piece: Forwarded) -> str:
    """Return the words of a piece; what has none is named, for its date is evidence too."""
    if piece.kind == "text" and piece.words:
        return piece.words
    named = visit.texts(f"facts.piece.{piece.kind}")
    minutes, seconds = divmod(piece.seconds, 60)
    if minutes:
        named += visit.texts("facts.piece.minutes", minutes=minutes, seconds=seconds)
    elif seconds:
        named += visit.texts("facts.piece.seconds", seconds=seconds)
    return f"[{named}] {piece.words}".strip()


def _asked_about(visit: Visit, subject: str) -> Client | None:
    """Return the client whom a fact was asked about."""
    if not subject:
        return None
    found = visit.memory.clients.get(ClientNumber(int(subject)))
    return found if found is not None and found.deleted_at is None else None
