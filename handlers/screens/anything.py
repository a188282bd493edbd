"""What to do with what came out of nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.knowledge import Words
from content.models import QuestionId
from handlers.callbacks import (
    HeldAsAnswerNote,
    HeldAsClient,
    HeldAsNote,
    HeldChoose,
    HeldDrop,
    HeldSearch,
    ShowHeld,
)
from handlers.screen import LABEL_LIMITS, Button, Row, Screen, Style, button, cut, primary
from handlers.screens.lists import choice, page_of, pager
from handlers.screens.wording import client_name, short_of
from storage.records import UNREADABLE, Client

QUOTED = 300
"""Characters of the text that are shown back."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What the text may be."""

    question: HeldAsAnswerNote | None
    """The note on the question that is on screen."""
    number: int
    """Of that question."""
    client: Client | None
    """The client it is likeliest about."""
    several: bool
    """Whether there are other clients."""
    nameable: bool
    """Short enough to be a name."""
    asks: bool
    """Reads like a question: the library first."""
    like: QuestionId | None
    """The sign it speaks of."""


def held(words: Words, text: str, guess: Guess) -> Screen:
    """Show the text back and offer what it could be, the likeliest first."""
    texts = words.texts
    search = button(texts("anything.search"), HeldSearch())
    offers: list[Button] = []
    if guess.question is not None:
        offers.append(button(texts("anything.to_question", number=guess.number), guess.question))
    if guess.client is not None:
        told = texts("anything.to_client", client=client_name(words, guess.client))
        to = HeldAsNote(client=guess.client.number)
        offers.append(button(cut(told, LABEL_LIMITS[1]), to))
    if guess.several:
        offers.append(button(texts("anything.other"), HeldChoose(page=0)))
    if guess.nameable:
        offers.append(button(texts("anything.new"), HeldAsClient()))
    offers.insert(0 if guess.asks else len(offers), search)
    main, *rest = offers
    body = [texts("anything.quoted", text=cut(_readable(words, text), QUOTED))]
    if guess.like is not None:
        body.append(texts("anything.like", sign=short_of(words, guess.like)))
    return Screen(
        header=texts("anything.header"),
        body=tuple(body),
        rows=(
            (primary(main.label, main.data or ""),),
            *((each,) for each in rest),
            (button(texts("anything.drop"), HeldDrop()),),
        ),
    )


def choose_client(words: Words, clients: Sequence[Client], page: int) -> Screen:
    """Ask which client the text is about."""
    texts = words.texts
    shown, page, pages = page_of(choice(words, clients), page)
    rows: list[Row] = [(button(label, HeldAsNote(client=number)),) for number, label in shown]
    return Screen(
        header=texts("anything.whose_header"),
        body=(texts("anything.whose_body"),),
        rows=(
            *rows,
            *pager(texts, page, pages, lambda to: HeldChoose(page=to)),
            (button(texts("common.back"), ShowHeld()),),
        ),
    )


def contact(words: Words, name: str) -> Screen:
    """Offer to take a contact's name for a new client."""
    texts = words.texts
    return Screen(
        header=texts("anything.contact_header"),
        body=(texts("anything.contact_body", name=cut(name, QUOTED)),),
        rows=(
            (Button(texts("anything.contact_add"), HeldAsClient().pack(), style=Style.PRIMARY),),
            (button(texts("anything.contact_drop"), HeldDrop()),),
        ),
    )


def _readable(words: Words, text: str) -> str:
    return words.texts("common.unreadable") if text == UNREADABLE else text
