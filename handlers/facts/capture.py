"""Keeping what comes: a forward at once, a typed text when it is said to be a fact.

What one author said on one day and is forwarded within a minute is one fact, together with the
comment that was typed while forwarding. Whom it is about and which sign it speaks of are proposals
that can wait until morning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from content.models import QuestionId
from content.reading.signs import classify
from content.russian.names import mentioned
from handlers.engine import lookup
from handlers.engine.prompts import held_since
from handlers.engine.visit import Visit
from storage.errors import NotFound
from storage.records import UNREADABLE, Client, ClientNumber, Cut, Fact, FactNumber, FactSource

ONE_CAPTURE = timedelta(seconds=60)
"""A forward that comes so soon after the last one belongs to it."""
PIECES, CHARACTERS = 20, 16_000
"""What one capture takes at most; what comes then is a fact of its own."""
ONE_COMMENT = timedelta(seconds=2)
"""A text that came so shortly before a forward was typed while forwarding."""
PLACEHOLDER = re.compile(r"^\[[^\]\n]*\]", re.MULTILINE)
"""«[голосовое, 42 с]» at the beginning of a piece."""
KINDS = (
    *("voice", "picture", "animation", "document", "sticker", "poll", "contact", "place"),
    *("story", "game", "invoice", "checklist", "other"),
)
"""What a forward may be besides a text, as its placeholder names it."""
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
    detail: str = ""
    """What can be told of a thing without words: the name on a contact, the question of a poll."""
    named: str = ""
    """How Telegram names who wrote it."""


@dataclass(frozen=True, slots=True)
class Captured:
    """A forward that is kept."""

    fact: Fact
    full: bool = False
    """The fact before it takes no more, so this is another."""


def forwarded(visit: Visit, piece: Forwarded) -> Captured:
    """Keep a forwarded message, as part of the last capture if that is still going on.

    One author's messages of one day that come within a minute are one fact.
    """
    asked = visit.memory.scratch.prompt(visit.now)
    visit.memory.scratch.ask(None)
    note, messages = _comment(visit)
    words = words_of(visit, piece)
    key = visit.memory.details.author_key(piece.author) if piece.author else ""
    cuts = (Cut(len(words), piece.said_at),)
    last = _going_on(visit, piece, key)
    if last is not None and _fits(last, words):
        fact = _longer(visit, last, piece, words)
        note = "\n".join(part for part in (last.note, note) if part)
        fact = replace(fact, note=note, messages=(*last.messages, *messages))
        visit.memory.facts.save(fact)
        recognise(visit, fact)
        return Captured(fact)
    client = _asked_about(visit, asked.subject) if asked and asked.kind == "fact" else None
    client = client or guess(visit, piece.author, piece.named)
    fact = visit.memory.facts.add(
        Fact(
            number=UNNUMBERED,
            client=client.number if client else None,
            day=piece.said_at.astimezone(visit.zone).date(),
            words=words,
            captured_at=visit.now,
            touched_at=visit.sent,
            source=FactSource.FORWARD if piece.kind == "text" else piece.kind,
            note=note,
            proposed=proposed(visit, words),
            said_at=piece.said_at,
            author=key,
            cuts=cuts,
            messages=messages,
        )
    )
    recognise(visit, fact)
    return Captured(fact, full=last is not None)


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
            source=FactSource.TYPED,
            proposed=proposed(visit, words),
            messages=(message,),
        )
    )


def recognise(visit: Visit, fact: Fact) -> None:
    """Let the next forward of this author find the client by itself."""
    if fact.client is not None and fact.author:
        visit.memory.details.remember_author(fact.client, fact.author)


def guess(visit: Visit, author: str = "", called: str = "") -> Client | None:
    """Return whom something is likely about: known by its author, the only one, or on screen.

    An author who is called as one of the clients is that one, whoever is on screen.
    """
    known = visit.memory.details.client_of(author) if author else None
    if known is not None:
        return lookup.client(visit, known)
    if called and (named := named_in(visit, called)):
        return named
    listed = visit.memory.clients.present()
    if len(listed) == 1:
        return listed[0]
    here = at_hand(visit)
    if author and here:
        # Beside somebody's forward, or where the client writes under another name, it is asked.
        writes = here.number in visit.memory.details.authors().values()
        return None if writes or _is_of_another(visit, author) else here
    return here


def about(visit: Visit, text: str) -> Client | None:
    """Return whom a typed text is likely about: named in it, the only one, or on screen."""
    return named_in(visit, text) or guess(visit)


def named_in(visit: Visit, text: str) -> Client | None:
    """Return the one client whose name a text speaks of."""
    listed = visit.memory.clients.present()
    if len(listed) < 2:  # noqa: PLR2004
        return None
    place = visit.think(mentioned, tuple(each.name for each in listed), text)
    return None if place is None else listed[place]


def at_hand(visit: Visit) -> Client | None:
    """Return the client whose screen the person is on."""
    number = visit.at.about(visit.memory) if visit.at else None
    try:
        return lookup.client(visit, number) if number else None
    except NotFound:
        return None  # what the screen was about is gone


def proposed(visit: Visit, words: str) -> str | None:
    """Return the sign that words are sure to speak of, if there is one.

    What stands in brackets in place of a picture or a recording was not said by anybody.
    """
    return next(iter(all_proposed(visit, words)), None)


def all_proposed(visit: Visit, words: str) -> tuple[QuestionId, ...]:
    """Return every sign that words are sure to speak of, the surest first."""
    spoken = visit.think(classify, visit.words, PLACEHOLDER.sub("", words))
    return tuple(each.sign for each in spoken if each.proposed)


def _is_of_another(visit: Visit, author: str) -> bool:
    """Tell whether the fact on screen is what somebody else wrote."""
    at = visit.at
    number = {} if at is None else at.model_dump()
    fact = visit.memory.facts.get(FactNumber(number.get("fact") or 0))
    return (
        fact is not None
        and bool(fact.author)
        and fact.author != visit.memory.details.author_key(author)
    )


def split(visit: Visit, fact: Fact) -> tuple[Fact, ...]:
    """Make a fact of each piece, with the day it was said; the first keeps the number."""
    pieces = pieces_of(fact)
    if len(pieces) < 2:  # noqa: PLR2004
        return (fact,)
    made = []
    for place, (words, cut) in enumerate(pieces):
        one = replace(
            fact,
            words=words,
            day=cut.said_at.astimezone(visit.zone).date(),
            said_at=cut.said_at,
            pieces=1,
            cuts=(cut,),
            sign=None,
            proposed=proposed(visit, words),
            # No later forward goes on with any of them.
            touched_at=fact.captured_at - ONE_CAPTURE,
            note=fact.note if not place else "",
            messages=fact.messages if not place else (),
        )
        if place:
            one = visit.memory.facts.add(one)
        else:
            visit.memory.facts.save(one)
        made.append(one)
    return tuple(made)


def joined(visit: Visit, earlier: Fact, later: Fact) -> Fact:
    """Put one fact behind another and delete the second; ``split`` takes them apart again."""
    words = f"{earlier.words}\n{later.words}"
    fact = replace(
        earlier,
        words=words,
        note="\n".join(part for part in (earlier.note, later.note) if part),
        pieces=earlier.pieces + later.pieces,
        cuts=(*_cuts(earlier), *_cuts(later)),
        proposed=None if earlier.sign else proposed(visit, words),
        messages=(*earlier.messages, *later.messages),
    )
    visit.memory.facts.save(fact)
    visit.memory.facts.save(replace(later, deleted_at=visit.now))
    return fact


def pieces_of(fact: Fact) -> tuple[tuple[str, Cut], ...]:
    """Return the pieces of a capture; the whole where it is not known where they end."""
    at, pieces = 0, []
    for cut in fact.cuts:
        pieces.append((fact.words[at : at + cut.length], cut))
        at += cut.length + 1
    if at != len(fact.words) + 1:
        return ((fact.words, Cut(len(fact.words), fact.said_at or fact.captured_at)),)
    return tuple(pieces)


def fits(one: Fact, other: Fact) -> bool:
    """Tell whether two facts may be one."""
    return (
        UNREADABLE not in (one.words, other.words)
        and one.pieces + other.pieces <= PIECES
        and len(one.words) + len(other.words) < CHARACTERS
    )


def _cuts(fact: Fact) -> tuple[Cut, ...]:
    return tuple(cut for _, cut in pieces_of(fact))


def _going_on(visit: Visit, piece: Forwarded, key: str) -> Fact | None:
    """Return the capture that a forward of now belongs to."""
    day = piece.said_at.astimezone(visit.zone).date()
    return next(
        (
            fact
            for fact in visit.memory.facts.recent(visit.sent - ONE_CAPTURE)
            if fact.source not in (FactSource.TYPED, FactSource.LETTER)
            and fact.words != UNREADABLE
            and fact.author == key
            and fact.said_at is not None
            and fact.said_at.astimezone(visit.zone).date() == day
            and fact.touched_at - visit.sent <= ONE_CAPTURE
        ),
        None,
    )


def beside(visit: Visit, fact: Fact) -> int:
    """Return how many messages came with a forward, but are other facts."""
    return sum(
        each.pieces
        for each in visit.memory.facts.recent(fact.touched_at - ONE_CAPTURE)
        if each.number != fact.number
        and each.source not in (FactSource.TYPED, FactSource.LETTER)
        and each.touched_at - fact.touched_at <= ONE_CAPTURE
    )


def _fits(fact: Fact, words: str) -> bool:
    """Tell whether a fact takes one more piece."""
    return fact.pieces < PIECES and len(fact.words) + len(words) < CHARACTERS


def _longer(visit: Visit, fact: Fact, piece: Forwarded, words: str) -> Fact:
    """Add a piece. The sign is proposed anew unless the person chose one."""
    whole = f"{fact.words}\n{words}"
    client = fact.client
    if client is None and (known := guess(visit, piece.author, piece.named)):
        client = known.number
    return replace(
        fact,
        words=whole,
        client=client,
        said_at=min(fact.said_at or piece.said_at, piece.said_at),
        touched_at=max(fact.touched_at, visit.sent),
        proposed=None if fact.sign else proposed(visit, whole),
        pieces=fact.pieces + 1,
        cuts=(*_cuts(fact), Cut(len(words), piece.said_at)),
    )


def _comment(visit: Visit) -> tuple[str, tuple[int, ...]]:
    """Return what was typed while forwarding, and the messages of this piece."""
    held = visit.memory.scratch.held(visit.now)
    if held is None or abs(visit.sent - held_since(held)) > ONE_COMMENT:
        return "", (visit.message,)
    visit.memory.scratch.hold(None)
    return held.words, (held.message, visit.message)


def words_of(visit: Visit, piece: Forwarded) -> str:
    """Return the words of a piece; what has none is named, for its date is evidence too."""
    if piece.kind == "text" and piece.words:
        return piece.words
    named = visit.texts(f"facts.piece.{piece.kind}")
    minutes, seconds = divmod(piece.seconds, 60)
    if minutes:
        named += visit.texts("facts.piece.minutes", minutes=minutes, seconds=seconds)
    elif seconds:
        named += visit.texts("facts.piece.seconds", seconds=seconds)
    if piece.detail:
        named = visit.texts("facts.piece.named", what=named, detail=piece.detail)
    return f"[{named}] {piece.words}".strip()


def thing_in(visit: Visit, words: str) -> str:
    """Return what stands in place of a picture or a recording at the beginning of a piece."""
    found = PLACEHOLDER.match(words)
    what = found[0].strip("[]") if found else ""
    return (
        what if what.startswith(tuple(visit.texts(f"facts.piece.{each}") for each in KINDS)) else ""
    )


def _asked_about(visit: Visit, subject: str) -> Client | None:
    """Return the client whom a fact was asked about."""
    if not subject:
        return None
    found = visit.memory.clients.get(ClientNumber(int(subject)))
    return found if found is not None and found.deleted_at is None else None
