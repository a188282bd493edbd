"""The scale of verdicts: six steps, where one stands, what would move it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from content.advice import easier_change, easier_sentence, serious_change, serious_sentence
from content.knowledge import Catalogue, Words
from content.models import VerdictId
from content.outlook import Outlook, ease, easier_if, serious_if
from content.pictures.legible import legible
from content.sheet import Sheet
from content.stages import PARTINGS
from content.verdict import LEVELS, Verdict

NOWHERE: Final = -1


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """One verdict of the six, with what would lead there."""

    name: str
    mark: str = ""
    """«Сейчас», «↑ станет легче»; stands at the right edge."""
    why: str = ""
    """«Если подпишут новую смету»."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What the picture shows."""

    name: str
    """Of the client."""
    about: str
    here: int
    """Which step, from 0; ``NOWHERE`` while no verdict can be told."""
    steps: tuple[ScaleStep, ...]
    below: str
    caption: str
    template: str = "scale"


def moves_of(catalogue: Catalogue, sheet: Sheet, verdict: Verdict) -> tuple[Outlook, ...]:
    """Return what would move a verdict most simply: to an easier one, and to a more serious.

    What cannot be told yet is moved by answers alone.
    """
    if verdict.id is VerdictId.CANNOT_TELL:
        return ()
    eased = [
        each
        for each in (() if verdict.id in PARTINGS else easier_if(catalogue, sheet, verdict))
        if each.verdict is not VerdictId.START_WITH_YOURSELF
    ]
    return (*eased[:1], *serious_if(catalogue, sheet, verdict)[:1])


def scale(words: Words, verdict: VerdictId, moves: Sequence[Outlook], name: str, day: str) -> Scale:
    """Lay a verdict on the scale; ``day`` is that of the verdict."""
    texts = words.texts
    here = LEVELS.index(verdict) if verdict in LEVELS else NOWHERE
    marks = {verdict: (texts("pictures.now"), "")}
    told = []
    for outlook in moves:
        if ease(outlook.verdict) < ease(verdict):
            mark, change = "easier", easier_change(words, outlook)
            told.append(easier_sentence(words, outlook))
        else:
            mark, change = "harder", serious_change(words, outlook)
            told.append(serious_sentence(words, [outlook]))
        arrow = "↑" if LEVELS.index(outlook.verdict) < here else "↓"
        marks[outlook.verdict] = (
            texts(f"pictures.{mark}", arrow=arrow),
            texts("pictures.if", change=change),
        )
    steps = tuple(
        ScaleStep(words.verdicts[level].name, *marks.get(level, ("", ""))) for level in LEVELS
    )
    below = "" if here != NOWHERE else texts("pictures.scale.nowhere")
    stands = (
        texts("pictures.scale.stands", verdict=words.verdicts[verdict].name, n=here + 1)
        if here != NOWHERE
        else below
    )
    return Scale(
        name=legible(name, texts("pictures.unnamed")),
        about=texts("pictures.scale.about", date=day),
        here=here,
        steps=steps,
        below=below,
        caption="\n".join((texts("pictures.scale.caption", name=name, date=day), stands, *told)),
    )
