"""A letter that is written: its text, what the check says, its versions.

The text that is shown is a row. Whatever changes the letter adds a version, so nothing is ever
overwritten and every change can be undone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from babel import Locale

from content.checking import OF_THE_DAY, Finding, Rule, mend
from content.letters import drafting, review
from content.letters.drafting import StyleStep, Variant
from content.models import Language
from handlers.assessment import buttons as to_assessment
from handlers.assessment import sheets
from handlers.clients import buttons as to_clients
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Button, Reply, Screen, button, primary
from handlers.engine.visit import Visit
from handlers.letters import buttons as to
from handlers.letters import values
from handlers.letters.screens import drafts as screens
from handlers.letters.screens.choose import Way, to_letter
from storage.errors import NotFound
from storage.records import Letter, Prompt, Version

ROUNDS = 3
routes = Routes()
At = TypeVar("At", bound=to.OfLetter)
LetterHandler = Callable[[Visit, At, Letter], Answered]


def of_letter(handler: LetterHandler[At]) -> Callable[[Visit, At], Answered]:
    """Hand the letter to the handler."""

    def handle(visit: Visit, at: At) -> Answered:
        letter, _ = values.letter_of(visit, at.letter)
        return handler(visit, at, letter)

    return handle


def unsent(handler: LetterHandler[At]) -> Callable[[Visit, At], Answered]:
    """Hand a letter that may still change to the handler; one that went out is only shown."""

    @of_letter
    def handle(visit: Visit, at: At, letter: Letter) -> Answered:
        if letter.sent_on is not None:
            screen = visit.open(to.ShowSent(letter=letter.number).pack())
            return Reply(screen, toast=visit.texts("letters.toast.sent_already"))
        return handler(visit, at, letter)

    return handle


def typed_for(
    handler: Callable[[Visit, Letter, str, str], Answered],
) -> Callable[[Visit, Prompt, str], Answered]:
    """Hand an unsent letter, what of it was asked and the typed text to the handler.

    One that went out is only shown.
    """

    def handle(visit: Visit, prompt: Prompt, text: str) -> Answered:
        number, _, asked = prompt.subject.partition(":")
        letter, _ = values.letter_of(visit, int(number))
        if letter.sent_on is not None:
            return visit.open(to.ShowSent(letter=letter.number).pack())
        return handler(visit, letter, asked, text)

    return handle


def written(handler: LetterHandler[At]) -> Callable[[Visit, At], Answered]:
    """Hand an unsent letter that has a version to the handler; else its questions come first."""

    @unsent
    def handle(visit: Visit, at: At, letter: Letter) -> Answered:
        if not letter.version:
            return visit.open(to.OpenLetter(letter=letter.number).pack())
        return handler(visit, at, letter)

    return handle


@routes.tap(to.ShowDraft, opens=True)
@written
def show(visit: Visit, at: to.ShowDraft, letter: Letter) -> Screen:
    return screen(visit, letter, at.piece)


@routes.tap(to.LetterRules, opens=True)
@written
def rules(visit: Visit, _at: to.LetterRules, letter: Letter) -> Screen:
    """Tick every rule, or say that it does not hold."""
    found = values.findings(visit, letter, values.text_of(visit, letter))
    broken = {each.rule for each in found if values.mark_of(each) not in letter.kept}
    waived = {each.rule for each in found} - broken
    held = [
        (rule, "broken" if rule in broken else "waived" if rule in waived else "held")
        for rule in Rule
        if rule in values.kind_of(visit, letter.kind).data.held_to(letter.tone)
    ]
    kept = [each.excerpt for each in found if each.rule in waived and each.excerpt]
    up = to_letter(visit.texts, letter.number)
    told = screens.rules(visit.words, way(visit, letter).name, held, kept, up)
    return replace(told, place=to.LetterRules(letter=letter.number).pack())


@routes.tap(to.ShowFinding, opens=True)
@written
def show_finding(visit: Visit, at: to.ShowFinding, letter: Letter) -> Screen:
    """Show one finding, or the letter where there is none left."""
    return _finding(visit, letter, at.index)


@routes.tap(to.FixFinding)
@written
def fix(visit: Visit, at: to.FixFinding, letter: Letter) -> Answered:
    """Take a fix. A second tap speaks of a version that is no longer shown and changes nothing."""
    if at.version != letter.version:
        return _finding(visit, letter, 0)
    found = values.findings(visit, letter, values.text_of(visit, letter))
    if at.index >= len(found) or found[at.index].fix is None:
        raise NotFound(f"finding {at.index}")
    letter = _fixed(visit, letter, (found[at.index],))
    return Reply(_finding(visit, letter, 0), toast=visit.texts("letters.toast.fixed"))


@routes.tap(to.FixAll)
@written
def fix_all(visit: Visit, at: to.FixAll, letter: Letter) -> Answered:
    """Take every fix there is."""
    if at.version != letter.version:
        return screen(visit, letter)
    made = 0
    for _ in range(ROUNDS):  # what a fix uncovers is mended as well
        fixable = tuple(each for _, each in _open(visit, letter) if each.fix is not None)
        if not fixable:
            break
        letter = _fixed(visit, letter, fixable)
        made += len(fixable)
    toast = visit.texts("letters.toast.fixed_all", n=made)
    return Reply(screen(visit, letter), toast=toast)


@routes.tap(to.KeepFinding)
@written
def keep(visit: Visit, at: to.KeepFinding, letter: Letter) -> Answered:
    """Leave the words as they are; the check does not speak of them again."""
    if at.version != letter.version:
        return _finding(visit, letter, 0)
    found = values.findings(visit, letter, values.text_of(visit, letter))
    if at.index >= len(found):
        raise NotFound(f"finding {at.index}")
    letter = replace(letter, kept=letter.kept | {values.mark_of(found[at.index])})
    visit.memory.letters.save(letter)
    return Reply(_finding(visit, letter, 0), toast=visit.texts("letters.toast.kept"))


@routes.tap(to.LetterVersions, opens=True)
@written
def versions(visit: Visit, _at: to.LetterVersions, letter: Letter) -> Screen:
    listed = [
        (each.number, _version_label(visit, each))
        for each in visit.memory.letters.versions(letter.number)
    ]
    return screens.versions(visit.words, way(visit, letter), listed, letter.version)


@routes.tap(to.UseVersion)
@written
def use_version(visit: Visit, at: to.UseVersion, letter: Letter) -> Answered:
    """Show another version, in the style it was written in where it is one of ours."""
    texts = {each.number: each.words for each in visit.memory.letters.versions(letter.number)}
    if at.version not in texts:
        raise NotFound(f"version {at.version}")
    letter = replace(letter, version=at.version, done_at=None)
    letter = _in_style_of(visit, letter, texts[at.version])
    visit.memory.letters.save(letter)
    toast = visit.texts("letters.toast.version", n=at.version, total=len(texts))
    return Reply(screen(visit, letter), toast=toast)


@routes.tap(to.OwnText, opens=True)
@unsent
def ask_own_text(visit: Visit, _at: to.OwnText, letter: Letter) -> Screen:
    """Ask the whole text."""
    asked = screens.ask_own_text(visit.words, way(visit, letter))
    return ask(visit, "letter_text", str(letter.number), asked)


@routes.prompt("letter_text")
@typed_for
def own_text(visit: Visit, letter: Letter, _asked: str, text: str) -> Answered:
    """Take the text as a version; the check reads it as any other."""
    return with_text(visit, letter, text)


def with_text(visit: Visit, letter: Letter, text: str) -> Screen:
    """Add a version with these words and show it."""
    letter = values.in_language_of(visit, letter, text)
    return screen(visit, _versioned(visit, letter, text.strip()))


def redrafted(visit: Visit, letter: Letter) -> Answered:
    """Save the letter, write it anew from what was filled in, and show it."""
    before = stored_text(visit, letter)
    stored, _ = values.letter_of(visit, letter.number)
    own = before != "" and before != values.draft(visit, stored).text
    letter = _versioned(visit, letter, values.draft(visit, letter).text)
    toast = visit.texts("letters.toast.redrafted") if own else ""
    return Reply(screen(visit, letter), toast=toast)


def screen(visit: Visit, letter: Letter, piece: int = 0) -> Screen:
    """Show the version that is current."""
    return screens.draft(visit.words, look(visit, letter, moves=True), piece)


def look(visit: Visit, letter: Letter, *, moves: bool = False) -> screens.ShownVersion:
    """Gather what is said of the current version; the check waits for the last blank."""
    text = values.text_of(visit, letter)
    still_open = values.open_in(visit, letter, text)
    return screens.ShownVersion(
        way=way(visit, letter),
        text=text,
        open=len(still_open),
        findings=0 if still_open or not moves else len(_open(visit, letter)),
        moves=_moves(visit, letter) if moves and not values.is_own(letter) else (),
        versions=len(visit.memory.letters.versions(letter.number)),
        sent=letter.sent_on is not None,
        subject=values.subject(visit, letter),
        names=drafting.names_the_work(values.kind_of(visit, letter.kind), values.style(letter)),
    )


def way(visit: Visit, letter: Letter) -> Way:
    """Return how the letter is called and where one leaves it to."""
    return Way(
        letter.number,
        kind_name(visit, letter.kind),
        _up(visit, letter),
        drafted=letter.version > 0,
        others=() if letter.version else _languages(visit, letter),
    )


def _languages(visit: Visit, letter: Letter) -> tuple[tuple[str, Variant], ...]:
    """Return the letter's style in every other language it can be written in."""
    return tuple(
        (_own_name(language), replace(values.style(letter), language=language))
        for language in values.languages_of(visit, letter)
        if language != letter.language
    )


def kind_name(visit: Visit, kind: str) -> str:
    """Return «Прощание»."""
    talk = visit.knowledge.letters.talk[visit.words.language]
    return talk.letters[values.kind_of(visit, kind).id].name


def stored_text(visit: Visit, letter: Letter) -> str:
    """Return the current version, "" where there is none yet."""
    return values.text_of(visit, letter) if letter.version else ""


def is_own_text(visit: Visit, letter: Letter) -> bool:
    """Tell whether the current version is not what the answers give."""
    return stored_text(visit, letter) != values.draft(visit, letter).text


def fresh(visit: Visit, letter: Letter) -> Letter:
    """Return the letter with the date of today, which is a version of its own."""
    text = values.text_of(visit, letter)
    shown = visit.memory.letters.versions(letter.number)
    made = next(each.made_at for each in shown if each.number == letter.version)
    dated = review.redated(
        values.kind_of(visit, letter.kind),
        values.style(letter),
        values.filled(visit, letter),
        values.people(visit, letter),
        text,
        was=made.astimezone(visit.zone).date(),
        today=visit.today,
    )
    if dated == text:
        return letter
    done = letter.done_at
    letter = replace(_versioned(visit, letter, dated), done_at=done)
    visit.memory.letters.save(letter)
    return letter


def stale(visit: Visit, letter: Letter) -> Screen | None:
    """Return the first finding of what does not hold on this day, None where all does."""
    for index, each in enumerate(_open(visit, letter)):
        if each[1].rule in OF_THE_DAY:
            return _finding(visit, letter, index)
    return None


def _versioned(visit: Visit, letter: Letter, text: str) -> Letter:
    """Save the letter with this text, as a new version where it is another one."""
    visit.memory.letters.save(replace(letter, done_at=None))
    if text != stored_text(visit, letter):
        visit.memory.letters.add_version(letter.number, text, visit.now)
    return values.letter_of(visit, letter.number)[0]


def _fixed(visit: Visit, letter: Letter, fixes: tuple[Finding, ...]) -> Letter:
    """Mend the text together with what it is made of.

    What was typed is mended where that gives the mended text; else the parts that the fixes stand
    in become the person's own words. So text and answers never part ways. Another day is an answer,
    wherever the text says it.
    """
    before = values.text_of(visit, letter)
    made = values.draft(visit, letter).text == before
    moves = [each.move for each in fixes if each.move]
    days = {each.blank: each.day.isoformat() for each in moves if each.day}
    if days and made:
        moved = replace(letter, filled={**letter.filled, **days})
        return _versioned(visit, moved, values.draft(visit, moved).text)
    text = mend(before, fixes)
    typed = replace(letter, filled=_typed_mended(letter, fixes) | days)
    if values.draft(visit, typed).text != text and made:
        parts = values.parts_mended(visit, letter, fixes)
        typed = replace(letter, filled={**letter.filled, **parts})
        text = values.draft(visit, typed).text
    return _versioned(visit, typed, text)


def _typed_mended(letter: Letter, fixes: tuple[Finding, ...]) -> dict[str, str]:
    filled = dict(letter.filled)
    for each in fixes:
        for key, words in filled.items():
            mended = values.mended(words, each)
            if mended is not None:
                filled[key] = mended
                break
    return filled


def _open(visit: Visit, letter: Letter) -> list[tuple[int, Finding]]:
    """Return the findings that do not stay, each with its place among all."""
    found = values.findings(visit, letter, values.text_of(visit, letter))
    return [
        (index, each) for index, each in enumerate(found) if values.mark_of(each) not in letter.kept
    ]


def _finding(visit: Visit, letter: Letter, place: int) -> Screen:
    left = _open(visit, letter)
    if not left:
        return screen(visit, letter)
    place = min(place, len(left) - 1)
    index, found = left[place]
    shown = screens.OpenFinding(
        found=found,
        label=values.rule_label(visit, found.rule),
        place=place,
        total=len(left),
        fixable=sum(each.fix is not None for _, each in left),
    )
    number, version = letter.number, letter.version
    ways = screens.FindingWays(
        at=lambda there: to.ShowFinding(letter=number, index=there),
        fix=to.FixFinding(letter=number, version=version, index=index),
        fix_all=to.FixAll(letter=number, version=version),
        change=_change(visit, letter, found),
        keep=to.KeepFinding(letter=number, version=version, index=index),
        up=to_letter(visit.texts, number),
    )
    return screens.finding(visit.words, shown, ways)


def _change(visit: Visit, letter: Letter, found: Finding) -> Button:
    """Return the way to what a finding is about: the day that was answered, or the letter."""
    if found.move is None or values.is_own(letter) or is_own_text(visit, letter):
        return primary(visit.texts("letters.change_text"), to.EditLetter(letter=letter.number))
    text = values.kind_of(visit, letter.kind).texts[Language(letter.language)]
    label = visit.texts("letters.change_blank", name=text.blanks[found.move.blank].open)
    asked = to.LetterBlank(letter=letter.number, blank=found.move.blank, page=0)
    return primary(label, asked)


def _moves(visit: Visit, letter: Letter) -> tuple[tuple[str, Variant], ...]:
    kind = values.kind_of(visit, letter.kind)
    now = values.style(letter)
    tones = visit.knowledge.letters.talk[visit.words.language].letters[kind.id].tones
    found = []
    for move in StyleStep:
        there = drafting.neighbour(kind, now, move)
        if there is not None:
            own_name = tones.get(there.tone) if there.tone != now.tone else None
            found.append((own_name or visit.texts(f"letters.move.{move}"), there))
    return (*found, *_languages(visit, letter))


def _own_name(language: str) -> str:
    """Return what a language calls itself: no text has to name the languages there may be."""
    return (Locale.parse(language.replace("-", "_")).language_name or language).capitalize()


def _in_style_of(visit: Visit, letter: Letter, text: str) -> Letter:
    """Return the letter in the style that gives this text; as it is where none does."""
    for style in values.styles(values.kind_of(visit, letter.kind)):
        styled = values.styled(letter, style)
        if values.draft(visit, styled).text == text:
            return styled
    return values.in_language_of(visit, letter, text)


def _up(visit: Visit, letter: Letter) -> Button:
    judged = sheets.last_judged(visit.memory, letter.client)
    if judged is not None:
        to_verdict = to_assessment.ShowVerdict(assessment=judged.number)
        return button(visit.texts("verdict.to_verdict"), to_verdict)
    return button(visit.texts("common.to_client"), to_clients.ClientCard(client=letter.client))


def _version_label(visit: Visit, version: Version) -> str:
    made = version.made_at.astimezone(visit.zone)
    return visit.texts(
        "letters.version", n=version.number, date=visit.day(made), time=visit.texts.clock(made)
    )
