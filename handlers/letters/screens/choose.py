"""What leads to a letter: whom to write to, which kind, and what it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from content.knowledge import Words
from content.letters.drafting import Blank, Variant
from content.letters.letters import LetterTalk
from content.letters.models import BlankKind
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
    way_back,
)
from handlers.facts import buttons as to_facts
from handlers.letters import buttons as to
from storage.records import Client, ClientNumber, LetterNumber

FACTS_A_PAGE = 6
FORM_LIMIT = 60
PART_LIMIT = 1000
LINE_LIMIT = 300
SHOWN = 8
"""Versions that are listed: the newest ones."""


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


@dataclass(frozen=True, slots=True)
class Offer:
    """A fact of the log, as the letter would put it."""

    number: int
    line: str
    on: bool


@dataclass(frozen=True, slots=True)
class OfferedFacts:
    """The facts that a letter can name."""

    log: Sequence[Offer]
    own: Sequence[str]
    """Those in the person's own words."""
    unsigned: bool = False
    """Whether the log has facts of which nobody has said that they were a breach."""
    said: str = ""
    """What was wrong with the last one."""


def facts(words: Words, way: Way, asked: Blank, offered: OfferedFacts, page: int) -> Screen:
    """Ask which facts the letter names; a typed one is one more."""
    texts = words.texts
    number = way.number
    here = to.LetterBlank(letter=number, blank=asked.id, page=page)
    shown = page_of(texts, offered.log, here, FACTS_A_PAGE)
    away = [each.line for each in offered.log if each.on and each not in shown]
    told = [_ticked(texts, each.line, on=each.on) for each in shown]
    told += [_ticked(texts, line, on=True) for line in (*away, *offered.own)]
    rows: list[ButtonRow] = []
    for each in shown:
        there = to.PickFact(letter=number, fact=each.number, on=int(not each.on), page=shown.number)
        rows.append((button(_tick(texts, each.line, on=each.on), there),))
    for index, line in enumerate(offered.own):
        drop = to.DropLine(letter=number, line=index, of=len(offered.own))
        rows.append((button(_tick(texts, line, on=True), drop),))
    rows += shown.pager
    main = primary(texts("letters.on"), to.FactsChosen(letter=number))
    known = len(offered.log)
    none = texts("letters.facts_unsigned" if offered.unsigned else "letters.facts_none")
    log = texts("letters.facts_log", n=known) if known else none
    body = [asked.question, log]
    if told:
        body.append("\n".join(told))
    if asked.example:
        body.append(texts("letters.example", text=asked.example))
    return Screen(
        header=header(way.name, texts("letters.facts_header")),
        body=tuple(body),
        state=offered.said,
        rows=(*rows, (main,), *_languages(way), _leave(texts, way, asked.id)),
        place=shown.place,
    )


def _tick(texts: Texts, line: str, *, on: bool) -> str:
    return cut(texts("letters.ticked", name=line) if on else line, LABEL_LIMITS[1])


def _ticked(texts: Texts, line: str, *, on: bool) -> str:
    """Return a fact to be read: as a label it is too long."""
    return texts("letters.ticked" if on else "letters.unticked", name=line)


@dataclass(frozen=True, slots=True)
class Given:
    """What was given for a blank before."""

    now: str = ""
    """In this letter."""
    elsewhere: Mapping[int, str] = field(default_factory=dict)
    """Letter → in that one."""
    at: tuple[int, int] = (0, 0)
    """Which of the blanks it is, and how many there are; zeros once there is a draft."""
    said: str = ""
    """What was wrong with the last answer."""


def blank(words: Words, talk: LetterTalk, way: Way, asked: Blank, given: Given) -> Screen:
    """Ask one blank: proposals as buttons, anything else typed."""
    texts = words.texts
    number = way.number
    offers: list[Button] = []

    def offer(label: str, id_: str) -> None:
        filled = to.FillBlank(letter=number, blank=asked.id, given=id_)
        offers.append(button(cut(label, LABEL_LIMITS[1]), filled))

    for index, text in enumerate(asked.proposals):
        offer(text, str(index))
    for option, text in asked.options.items():
        offer(text, option)
    for soon, day in asked.dates.items():
        offer(soon_label(texts, talk.common.soon[soon], day), str(day.toordinal()))
    body = [asked.question]
    for other, text in given.elsewhere.items():
        label = cut(texts("letters.before_label", text=text), LABEL_LIMITS[1])
        offers.append(button(label, to.ReuseBlank(letter=number, blank=asked.id, other=other)))
    if given.now:
        body.append(texts("letters.now", text=given.now))
    if asked.kind is BlankKind.DATE:
        body.append(texts("letters.type_day"))
    elif asked.kind is BlankKind.TEXT:
        example = texts("letters.example", text=asked.example) if asked.example else ""
        typed = "letters.type_text" if offers else "letters.type_only"
        body.append(example or texts(typed, limit=asked.limit))
    at, total = given.at
    place = texts("letters.left", number=at, total=total) if at else ""
    return Screen(
        header=header(way.name, place or texts("letters.blank_header")),
        body=tuple(body),
        state=given.said,
        rows=(*in_pairs(offers), *_languages(way), _leave(texts, way, asked.id)),
        place=to.LetterBlank(letter=number, blank=asked.id, page=0).pack(),
    )


def soon_label(texts: Texts, name: str, day: date) -> str:
    """Return «Через неделю, 28 ноября»."""
    return texts("letters.soon", name=name, date=texts.date(day))


def restyle(letter: LetterNumber, there: Variant) -> to.Restyle:
    """Make the way to another style of a letter."""
    return to.Restyle(
        letter=letter, tone=there.tone.value, length=there.length.value, language=there.language
    )


def _languages(way: Way) -> tuple[ButtonRow, ...]:
    return tuple((button(label, restyle(way.number, there)),) for label, there in way.others)


def _leave(texts: Texts, way: Way, blank_id: str) -> ButtonRow:
    letter = way.number
    draft = to.ShowDraft(letter=letter, piece=0).pack()
    return (
        button(texts("common.back"), to.BeforeBlank(letter=letter, blank=blank_id)),
        button(texts("letters.later"), to.LaterBlank(letter=letter, blank=blank_id)),
        way_back(texts("letters.cancel"), draft if way.drafted else way.up.data or draft),
    )


def edit(
    words: Words,
    way: Way,
    choices: Sequence[tuple[str, str]],
    subject: str,
    *,
    own: bool,
) -> Screen:
    """Offer what can be changed; ``own`` is a text that was pasted, which has no parts.

    ``choices`` are the options that were never asked, each with its label.
    """
    texts = words.texts
    number = way.number
    offers: list[Button] = []
    if not own:
        offers.append(button(texts("letters.edit.parts"), to.LetterParts(letter=number, page=0)))
        offers += [
            button(cut(label, LABEL_LIMITS[1]), to.LetterBlank(letter=number, blank=id_, page=0))
            for id_, label in choices
        ]
    offers.append(button(texts("letters.edit.own"), to.OwnText(letter=number)))
    if not own:
        offers += [
            button(texts("letters.edit.client"), to.ClientForm(letter=number, form="client")),
            button(texts("letters.edit.contact"), to.ClientForm(letter=number, form="contact")),
        ]
    offers.append(button(texts("letters.edit.restart"), to.RestartLetter(letter=number)))
    return Screen(
        header=header(way.name, texts("letters.edit.header")),
        body=(
            texts("letters.edit.body_own" if own else "letters.edit.body"),
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


def ask_own_text(words: Words, way: Way) -> Screen:
    texts = words.texts
    return Screen(
        header=header(way.name, texts("letters.own_header")),
        body=(texts("letters.own_body"),),
        rows=((way_back(texts("common.cancel"), to.EditLetter(letter=way.number)),),),
        place=to.OwnText(letter=way.number).pack(),
    )


def versions(words: Words, way: Way, listed: Sequence[tuple[int, str]], shown: int) -> Screen:
    """List the versions, newest first, each with its label; the one that is shown has a mark."""
    texts = words.texts
    number = way.number
    rows: list[ButtonRow] = []
    before = [version for version, _ in listed if version < shown]
    if before:
        undo = to.UseVersion(letter=number, version=max(before))
        rows.append((primary(texts("letters.undo"), undo),))
    rows += [
        (
            button(
                texts("letters.current", name=label) if version == shown else label,
                to.UseVersion(letter=number, version=version),
            ),
        )
        for version, label in reversed(listed[-SHOWN:])
    ]
    return Screen(
        header=header(way.name, texts("letters.versions_header")),
        body=(texts("letters.versions_body"),),
        rows=(*rows, (to_letter(texts, number),)),
        place=to.LetterVersions(letter=number).pack(),
    )


def to_letter(texts: Texts, letter: LetterNumber) -> Button:
    """Make the way back to a letter."""
    return button(texts("letters.to_letter"), to.ShowDraft(letter=letter, piece=0))
