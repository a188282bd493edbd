"""What can be changed in a letter, and each part of it alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.knowledge import Words
from handlers.engine.lists import page_of
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    Screen,
    button,
    cut,
    header,
    in_pairs,
    way_back,
)
from handlers.letters import buttons as to
from handlers.letters.screens.choose import Way, to_letter

PART_LIMIT = 1000


def edit(
    words: Words,
    way: Way,
    choices: Sequence[tuple[str, str]],
    subject: str,
    forms: Sequence[to.Form],
) -> Screen:
    """Offer what can be changed; a text that was pasted has neither ``forms`` nor parts.

    ``choices`` are the options that were never asked, each with its label.
    """
    texts = words.texts
    number = way.number
    offers: list[Button] = []
    if forms:
        offers.append(button(texts("letters.edit.parts"), to.LetterParts(letter=number, page=0)))
        offers += [
            button(cut(label, LABEL_LIMITS[1]), to.LetterBlank(letter=number, blank=id_, page=0))
            for id_, label in choices
        ]
    offers.append(button(texts("letters.edit.own"), to.OwnText(letter=number)))
    offers += [
        button(texts(f"letters.edit.{form}"), to.ClientForm(letter=number, form=form))
        for form in forms
    ]
    offers.append(button(texts("letters.edit.restart"), to.RestartLetter(letter=number)))
    return Screen(
        header=header(way.name, texts("letters.edit.header")),
        body=(
            texts("letters.edit.body" if forms else "letters.edit.body_own"),
            texts("letters.subject", text=subject),
        ),
        rows=(*in_pairs(offers), (to_letter(texts, number),)),
        place=to.EditLetter(letter=number).pack(),
    )


def parts(words: Words, way: Way, listed: Sequence[tuple[str, str]], page: int) -> Screen:
    """List the parts of a letter in their order, each with its name."""
    texts = words.texts
    number = way.number
    shown = page_of(texts, listed, to.LetterParts(letter=number, page=page))
    return Screen(
        header=header(way.name, texts("letters.parts_header")),
        body=(texts("letters.parts_body"),),
        rows=(
            *shown.rows(
                button(cut(name, LABEL_LIMITS[1]), to.EditPart(letter=number, part=id_))
                for id_, name in shown
            ),
            (button(texts("common.back"), to.EditLetter(letter=number)),),
        ),
        place=shown.place,
    )


@dataclass(frozen=True, slots=True)
class PartAsked:
    """A part of a letter, to be changed."""

    id: str
    name: str
    text: str
    blanks: Sequence[tuple[str, str]]
    """Those it is made of, each with its label."""
    own: bool
    """Whether it stands in the person's words."""


def part(words: Words, way: Way, asked: PartAsked, said: str = "") -> Screen:
    """Ask a part anew: one of its blanks, or other words for the whole of it."""
    texts = words.texts
    number = way.number
    offers = [
        button(cut(label, LABEL_LIMITS[1]), to.LetterBlank(letter=number, blank=id_, page=0))
        for id_, label in asked.blanks
    ]
    if asked.own:
        offers.append(
            button(texts("letters.part_reset"), to.ResetPart(letter=number, part=asked.id))
        )
    return Screen(
        header=header(way.name, asked.name[:1].lower() + asked.name[1:]),
        body=(texts("letters.quoted", text=asked.text), texts("letters.part_body")),
        state=said,
        rows=(
            *((each,) for each in offers),
            (way_back(texts("common.back"), to.LetterParts(letter=number, page=0)),),
        ),
        place=to.EditPart(letter=number, part=asked.id).pack(),
    )
