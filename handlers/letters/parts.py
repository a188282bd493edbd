"""What can be changed in a letter that is written, and each part of it alone."""

from __future__ import annotations

from dataclasses import replace

from content.letters import drafting
from content.letters.drafting import SIGNATURE, Part
from content.letters.templates import needs
from content.models import Language
from content.typography import tied
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit
from handlers.letters import buttons as to
from handlers.letters import drafts, questions, values
from handlers.letters.drafts import typed_for, unsent, written
from handlers.letters.screens import parts as screens
from storage.errors import NotFound
from storage.records import Letter

routes = Routes()


@routes.tap(to.EditLetter, opens=True)
@written
def edit(visit: Visit, _at: to.EditLetter, letter: Letter) -> Screen:
    """Offer what can be changed."""
    kind = values.kind_of(visit, letter.kind)
    names = visit.knowledge.letters.talk[visit.words.language].common.names
    unsaid = values.not_given(visit, letter)
    choices = [
        (each.id, names[each.id])
        for each in kind.data.blank
        if each.may_be_tacit or each.id in unsaid
    ]
    forms: list[to.Form] = [] if values.is_own(letter) else ["client", "contact"]
    if forms and values.form(visit, letter, values.CURRENCY):
        forms.append("currency")
    subject = tied(values.subject(visit, letter))
    return screens.edit(visit.words, drafts.way(visit, letter), choices, subject, forms)


@routes.tap(to.RestartLetter)
@unsent
def restart(visit: Visit, _at: to.RestartLetter, letter: Letter) -> Answered:
    """Ask everything anew."""
    letter = replace(
        letter, filled=questions.first_values(visit, letter), kept=frozenset(), done_at=None
    )
    letter = replace(letter, facts=values.weightiest(visit, letter))
    return questions.onward(visit, letter)


@routes.tap(to.LetterParts, opens=True)
@written
def parts(visit: Visit, at: to.LetterParts, letter: Letter) -> Screen:
    listed = [(each.id, _part_name(visit, each.id)) for each in _parts(visit, letter)]
    return screens.parts(visit.words, drafts.way(visit, letter), listed, at.page)


@routes.tap(to.EditPart, opens=True)
@written
def edit_part(visit: Visit, at: to.EditPart, letter: Letter) -> Screen:
    """Offer the blanks of a part, or take other words for it."""
    return _part_screen(visit, letter, at.part)


@routes.prompt("letter_part")
@typed_for
def part_typed(visit: Visit, letter: Letter, part: str, text: str) -> Answered:
    """Put a part into the person's words."""
    if len(text) > screens.PART_LIMIT:
        told = values.in_its_words(visit, letter)
        said = told.texts("letters.too_long", n=len(text), limit=screens.PART_LIMIT)
        return _part_screen(visit, letter, part, said)
    key = values.key_of(letter, values.PART + part)
    return drafts.redrafted(visit, values.with_value(letter, key, text.strip()))


@routes.tap(to.ResetPart)
@written
def reset_part(visit: Visit, at: to.ResetPart, letter: Letter) -> Answered:
    """Write a part as the letter has it."""
    key = values.key_of(letter, values.PART + at.part)
    return drafts.redrafted(visit, values.with_value(letter, key, None))


def _parts(visit: Visit, letter: Letter) -> list[Part]:
    paragraphs = values.draft(visit, letter).paragraphs
    return [part for paragraph in paragraphs for part in paragraph]


def _part_name(visit: Visit, part: str) -> str:
    return visit.knowledge.letters.talk[visit.words.language].common.names.get(part, part)


def _part_screen(visit: Visit, letter: Letter, part: str, said: str = "") -> Screen:
    told = values.in_its_words(visit, letter)
    found = next((each for each in _parts(visit, letter) if each.id == part), None)
    if found is None:
        raise NotFound(f"part {part}")
    own = values.key_of(letter, values.PART + part) in letter.filled
    asked = screens.PartAsked(
        id=part,
        name=_part_name(told, part),
        text=found.text,
        blanks=[] if own else _blanks_of(told, letter, part),
        own=own,
    )
    screen = screens.part(told.words, drafts.way(told, letter), asked, said)
    return ask(visit, "letter_part", f"{letter.number}:{part}", screen)


def _blanks_of(visit: Visit, letter: Letter, part: str) -> list[tuple[str, str]]:
    """Return the blanks that a part is made of, each with its label."""
    kind = values.kind_of(visit, letter.kind)
    text = kind.texts[Language(letter.language)]
    manners = kind.manners[Language(letter.language)]
    written_as = drafting.part_text(text, manners, part) or ""
    source = drafting.choose(written_as, letter.tone, letter.length) or ""
    named = needs(source)
    listed = [
        (each.id, visit.texts("letters.change_blank", name=text.blanks[each.id].open))
        for each in kind.data.blank
        if each.id in named
        and (each.default is not None or each.id in values.asked_blanks(visit, letter))
    ]
    if SIGNATURE in named:
        listed.append((SIGNATURE, visit.texts("letters.change_blank", name=manners.unsigned)))
    return listed
