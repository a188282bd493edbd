"""What leads to a letter: whom to write to, which kind, and what to see to before parting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.knowledge import Words
from content.letters.drafting import Variant
from content.letters.letters import LetterTalk
from content.texts import Texts
from handlers.clients import buttons as to_clients
from handlers.engine.lists import choice, page_of
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    button,
    cut,
    header,
    in_pairs,
    primary,
)
from handlers.facts import buttons as to_facts
from handlers.letters import buttons as to
from storage.records import Client, ClientNumber, LetterNumber


@dataclass(frozen=True, slots=True)
class Way:
    """A letter in the making and where one leaves it to."""

    number: LetterNumber
    name: str
    """Of its kind."""
    up: Button
    """«‹ К выводу» or «‹ К клиенту»."""
    drafted: bool
    """Whether there is a version to go back to."""
    others: tuple[tuple[str, Variant], ...] = ()
    """Languages to ask in instead, while nothing is written yet."""


def whom(words: Words, clients: Sequence[Client], at: to.LetterClients | to.HeldAsLetter) -> Screen:
    """Ask whom to write to, or whom the text that came out of nowhere is for."""
    texts, held = words.texts, isinstance(at, to.HeldAsLetter)
    shown = page_of(texts, choice(words, clients), at)
    kinds: type[to.HeldLetterKinds | to.LetterKinds] = (
        to.HeldLetterKinds if held else to.LetterKinds
    )
    back = (
        button(texts("common.back"), to_facts.ShowHeld())
        if held
        else button(texts("common.to_clients"), to_clients.ClientList(page=0, archived=0))
    )
    return Screen(
        header=texts("letters.whom_header"),
        body=(texts("letters.whom_body"),),
        rows=(
            *shown.rows(button(label, kinds(client=number, page=0)) for number, label in shown),
            (back,),
        ),
        place="" if held else shown.place,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """What there is to choose from for a client."""

    client: ClientNumber
    name: str
    kinds: Sequence[str]
    """Likeliest first."""
    going: tuple[LetterNumber, str] | None = None
    """The letter begun last that has not gone out, and its name."""
    written: int = 0
    """Letters so far."""
    held: bool = False
    """Whether it is about the text that came out of nowhere."""


def kinds(words: Words, talk: LetterTalk, offered: Choice, page: int) -> Screen:
    """List kinds of letters, and when to use which."""
    texts = words.texts
    client = offered.client
    here: type[to.HeldLetterKinds | to.LetterKinds] = (
        to.HeldLetterKinds if offered.held else to.LetterKinds
    )
    shown = page_of(texts, offered.kinds, here(client=client, page=page))
    names: Mapping[str, str] = {id_: told.name for id_, told in talk.letters.items()}
    whens: Mapping[str, str] = {id_: told.when for id_, told in talk.letters.items()}
    kind: type[to.HeldLetter | to.StartLetter] = to.HeldLetter if offered.held else to.StartLetter
    rows: list[ButtonRow] = []
    if offered.going is not None and shown.number == 0:
        number, going = offered.going
        label = cut(texts("letters.go_on", name=going), LABEL_LIMITS[1])
        rows.append((primary(label, to.OpenLetter(letter=number)),))
    rows += shown.rows(
        button(cut(names[id_], LABEL_LIMITS[1]), kind(client=client, kind=id_)) for id_ in shown
    )
    if offered.written:
        label = texts("letters.written", n=offered.written)
        rows.append((button(label, to.ClientLetters(client=client, page=0)),))
    rows.append(
        (
            button(texts("common.back"), to_facts.ShowHeld())
            if offered.held
            else button(texts("common.to_client"), to_clients.ClientCard(client=client)),
        )
    )
    told = "\n".join(texts("letters.when", name=names[id_], when=whens[id_]) for id_ in shown)
    return Screen(
        header=header(offered.name, texts("letters.kinds_header")),
        body=(texts("letters.held_body" if offered.held else "letters.kinds_body"),),
        folded=(f"{texts('letters.when_title')}\n{told}",),
        rows=tuple(rows),
        place="" if offered.held else shown.place,
    )


def written(
    words: Words,
    client: tuple[ClientNumber, str],
    letters: Sequence[tuple[LetterNumber, str]],
    page: int,
) -> Screen:
    """List the letters to a client; each with its label."""
    texts = words.texts
    number, name = client
    shown = page_of(texts, letters, to.ClientLetters(client=number, page=page))
    return Screen(
        header=header(name, texts("letters.written_header")),
        body=(texts("letters.written_body"),),
        rows=(
            *shown.rows(
                button(cut(label, LABEL_LIMITS[1]), to.OpenLetter(letter=letter))
                for letter, label in shown
            ),
            (button(texts("common.back"), to.LetterKinds(client=number, page=0)),),
        ),
        place=shown.place,
    )


def checklist(
    words: Words, talk: LetterTalk, way: Way, items: Mapping[str, bool], *, plan: bool
) -> Screen:
    """Show what to see to before parting; ``plan`` offers to plan the rest."""
    texts = words.texts
    ticks = [
        button(
            texts("letters.ticked", name=talk.checklist.item[id_].label)
            if done
            else talk.checklist.item[id_].label,
            to.TickItem(letter=way.number, item=id_, on=int(not done)),
        )
        for id_, done in items.items()
    ]
    items_left = [talk.checklist.item[id_] for id_, done in items.items() if not done]
    why = "\n".join(texts("letters.when", name=each.label, when=each.why) for each in items_left)
    rest: tuple[ButtonRow, ...] = ()
    if plan and why:
        rest = ((button(texts("letters.plan_rest"), to.PlanRest(letter=way.number)),),)
    return Screen(
        header=header(way.name, texts("letters.checklist_header")),
        body=(talk.checklist.intro,),
        folded=(f"{texts('letters.checklist_why')}\n{why}",) if why else (),
        rows=(
            *in_pairs(ticks),
            (primary(texts("letters.on"), to.NextBlank(letter=way.number)),),
            *rest,
            (way.up,),
        ),
        place=to.LetterChecklist(letter=way.number).pack(),
    )


def to_letter(texts: Texts, letter: LetterNumber) -> Button:
    """Make the way back to a letter."""
    return button(texts("letters.to_letter"), to.ShowDraft(letter=letter, piece=0))
