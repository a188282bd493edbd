"""What to do with what came out of nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.answers import short_of
from content.knowledge import Words
from content.models import QuestionId
from content.texts import Texts
from handlers.assessment import buttons as to_assessment
from handlers.engine.buttons import Data
from handlers.engine.lists import choice, page_of
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    Screen,
    Style,
    button,
    cut,
    in_pairs,
    primary,
    way_back,
)
from handlers.engine.wording import client_name
from handlers.facts import buttons as to
from handlers.letters import buttons as to_letters
from storage.records import UNREADABLE, Client

SIGNS_OF_A_CRY = 3
QUOTED = 300
"""Characters of the text that are shown back."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What the text may be."""

    question: to.HeldAsAnswerNote | None
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
    letter: bool
    """Reads like a letter: the check first."""
    like: Sequence[QuestionId]
    """The signs it is sure to speak of."""
    hurts: bool
    """Whether one of them is nothing that anybody has to bear."""


def held(words: Words, text: str, guess: Guess) -> Screen:
    """Show the text back and offer what it could be, the likeliest first."""
    texts = words.texts
    offers = list(_offers(words, guess))
    if guess.letter:
        offers.sort(key=lambda each: each.data != to_letters.HeldAsLetter(page=0).pack())
    if guess.asks:
        offers.sort(key=lambda each: each.data != to.HeldSearch().pack())
    main, *rest = offers
    body = [texts("unsorted.quoted", text=cut(_readable(words, text), QUOTED))]
    if guess.hurts:
        body.append(texts("assess.happened.sorry"))
    if guess.like:
        named = "; ".join(short_of(words, sign) for sign in guess.like)
        body.append(texts("unsorted.like", sign=named))
    return Screen(
        header=texts("unsorted.header"),
        body=tuple(body),
        rows=(
            (main.as_main(),),
            *in_pairs(rest),
            (button(texts("unsorted.drop"), to.HeldDrop()),),
        ),
    )


def cry(words: Words, text: str, client: Client | None, signs: Sequence[QuestionId]) -> Screen:
    """Answer somebody in distress: warmth first, then a way to sort it out, or none today."""
    texts = words.texts
    number = client.number if client is not None else 0
    ticks = "\n".join(texts("unsorted.cry.sign", sign=short_of(words, each)) for each in signs)
    return Screen(
        header=texts("unsorted.cry.header"),
        body=(
            texts("unsorted.cry.warmth"),
            *((texts("unsorted.cry.about") + "\n" + ticks,) if ticks else ()),
            texts("unsorted.quoted", text=cut(_readable(words, text), QUOTED)),
        ),
        rows=(
            (primary(texts("unsorted.cry.sort_out"), _sort_out(client)),),
            (button(texts("unsorted.cry.not_today"), to.HeldPutOff(client=number)),),
            (button(texts("unsorted.cry.keep"), to.HeldAsFact(client=number)),),
            (button(texts("unsorted.drop"), to.HeldDrop()),),
        ),
    )


def _sort_out(client: Client | None) -> Data:
    return to_assessment.SortOut(client=client.number) if client else to.HeldOfNew()


def ask_whose(texts: Texts, said: str = "") -> Screen:
    """Ask the name of somebody new; ``said`` tells what was wrong with the last one."""
    return Screen(
        header=texts("clients.new.header"),
        body=(said or texts("unsorted.cry.whose"),),
        rows=(
            (button(texts("clients.new.later"), to.HeldOfUnnamed()),),
            (way_back(texts("common.cancel"), to.ShowHeld()),),
        ),
    )


def _offers(words: Words, guess: Guess) -> Iterator[Button]:
    """Yield what the text could be, the likeliest first."""
    texts = words.texts
    client = guess.client
    sort_out = button(texts("unsorted.cry.sort_out"), _sort_out(client))
    if guess.question is not None:
        yield button(texts("unsorted.to_question", number=guess.number), guess.question)
    elif guess.like and client is None:
        yield sort_out
    if client is None:
        yield button(texts("unsorted.fact"), to.HeldAsFact(client=0))
    else:
        told = texts("unsorted.fact_of", client=client_name(words, client))
        yield button(cut(told, LABEL_LIMITS[1]), to.HeldAsFact(client=client.number))
        if guess.several:
            yield button(texts("unsorted.other"), to.HeldChooseFact(page=0))
        note = to.HeldChoose(page=0) if guess.several else to.HeldAsNote(client=client.number)
        yield button(texts("unsorted.note"), note)
        if guess.like and guess.question is None:
            yield sort_out
    yield button(texts("unsorted.letter"), to_letters.HeldAsLetter(page=0))
    yield button(texts("unsorted.search"), to.HeldSearch())
    if guess.nameable:
        yield button(texts("unsorted.new"), to.HeldAsClient())


def choose_client(
    words: Words, clients: Sequence[Client], at: to.HeldChoose | to.HeldChooseFact
) -> Screen:
    """Ask which client the text is a note on, or a fact about."""
    texts, fact = words.texts, isinstance(at, to.HeldChooseFact)
    take: type[to.HeldAsFact | to.HeldAsNote] = to.HeldAsFact if fact else to.HeldAsNote
    shown = page_of(texts, choice(words, clients), at)
    return Screen(
        header=texts("unsorted.fact_header" if fact else "unsorted.whose_header"),
        body=(texts("unsorted.whose_body"),),
        rows=(
            *shown.rows(button(label, take(client=number)) for number, label in shown),
            (button(texts("common.back"), to.ShowHeld()),),
        ),
    )


def contact(words: Words, name: str) -> Screen:
    """Offer to take a contact's name for a new client."""
    texts = words.texts
    return Screen(
        header=texts("unsorted.contact_header"),
        body=(texts("unsorted.contact_body", name=cut(name, QUOTED)),),
        rows=(
            (Button(texts("unsorted.contact_add"), to.HeldAsClient().pack(), style=Style.PRIMARY),),
            (button(texts("unsorted.contact_drop"), to.HeldDrop()),),
        ),
    )


def _readable(words: Words, text: str) -> str:
    return words.texts("common.unreadable") if text == UNREADABLE else text
