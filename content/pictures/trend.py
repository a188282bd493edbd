"""The trend: one verdict after the other, with what happened in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from textwrap import shorten
from typing import Final

from content.knowledge import Words
from content.models import VerdictId
from content.pictures.legible import legible
from content.verdict import LEVELS

VERDICTS, MARKS, MOVES = 6, 8, 6
"""What is drawn at most: the newest verdicts, what happened since the first of them, signs."""
NOWHERE: Final = -1
OPENED, CLOSED, JOINS = "«“", "»”", " \u00a0,;:.–—-"
ROOM: Final = 42
"""Characters that two lines beside the track take."""


class TrendKind(StrEnum):
    """What stands on a line of time."""

    VERDICT = "verdict"
    LETTER = "letter"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class TrendEvent:
    """Something that has its day."""

    kind: TrendKind
    day: dt.date
    date: str
    """The day in words."""
    words: str
    """Id of a verdict; what a letter or a step was."""


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One line of the picture."""

    kind: TrendKind
    date: str
    name: str
    level: int
    """Of a verdict, from 0; ``NOWHERE`` for anything else."""


@dataclass(frozen=True, slots=True)
class Trend:
    """What the picture shows."""

    name: str
    about: str
    lines: tuple[TrendLine, ...]
    moves_header: str
    moves: tuple[str, ...]
    caption: str
    template: str = "trend"


def trend(words: Words, name: str, events: Sequence[TrendEvent], moves: Sequence[str]) -> Trend:
    """Lay verdicts, letters and steps on one line of time, oldest first.

    ``moves``: the signs that moved between the last two verdicts, «↑ платит поздно: …».
    """
    texts = words.texts
    verdicts = [each for each in events if each.kind is TrendKind.VERDICT][-VERDICTS:]
    begin = verdicts[0].day if verdicts else None
    marks = [
        each
        for each in events
        if each.kind is not TrendKind.VERDICT and begin is not None and each.day >= begin
    ][-MARKS:]
    # A letter follows the verdict of its day.
    ordered = sorted(
        (*verdicts, *marks), key=lambda each: (each.day, each.kind is not TrendKind.VERDICT)
    )
    lines = tuple(_line(words, each) for each in ordered)
    shown = tuple(legible(each) for each in moves[:MOVES])
    if len(moves) > MOVES:
        shown = (*shown, texts("pictures.trend.more", n=len(moves) - MOVES))
    told = [
        texts("pictures.trend.line", date=each.date, name=_said(words, each)) for each in ordered
    ]
    head = texts("pictures.trend.caption", name=name)
    since = texts("pictures.trend.moves")
    return Trend(
        name=legible(name, texts("pictures.unnamed")),
        about=texts("pictures.trend.about", n=len(verdicts)),
        lines=lines,
        moves_header=since if shown else "",
        moves=shown,
        caption="\n".join((head, *told, *((since, *shown) if shown else ()))),
    )


def _line(words: Words, event: TrendEvent) -> TrendLine:
    level = NOWHERE
    if event.kind is TrendKind.VERDICT and event.words in LEVELS:
        level = LEVELS.index(VerdictId(event.words))
    return TrendLine(event.kind, event.date, legible(_short(_said(words, event))), level)


def _short(said: str) -> str:
    """Return what two lines take: of what is quoted the end is left out, never what came of it."""
    opened = min((said.find(mark) for mark in OPENED if mark in said), default=-1) + 1
    closed = max(map(said.rfind, CLOSED))
    if not 0 < opened < closed:
        opened, closed = 0, len(said)
    before, quoted, behind = said[:opened], said[opened:closed], said[closed:]
    room = ROOM - len(before) - len(behind)
    short = shorten(quoted, room, placeholder="…")
    if short == "…":  # its first word alone is too long
        short = f"{quoted[: room - 1]}…"
    kept = short.removesuffix("…")
    return f"{before}{short if kept == short else kept.rstrip(JOINS) + '…'}{behind}"


def _said(words: Words, event: TrendEvent) -> str:
    if event.kind is TrendKind.VERDICT:
        return words.verdicts[VerdictId(event.words)].name
    return words.texts(f"pictures.trend.{event.kind}", words=event.words)
