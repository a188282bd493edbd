"""The case file: looked over without names, corrected, and handed over."""

from __future__ import annotations

from collections.abc import Sequence

from content.anonymous.masking import Masked
from content.casefile import CaseFile, anonymous, machine_readable, printed, readable
from handlers.casefile import buttons as to
from handlers.casefile import contents, screens
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Redelivery, Routes
from handlers.engine.screen import Paper, Reply, Screen
from handlers.engine.visit import Visit
from handlers.letters.files import file_name
from storage.records import Client, Prompt

PROMPT = "case_hidden"
HIDDEN_LIMIT, HIDDEN_WORDS = 200, 200
"""Characters of one that is named to be hidden, and how many."""
routes = Routes()


@routes.tap(to.OpenCase, opens=True)
def open_case(visit: Visit, at: to.OpenCase) -> Screen:
    """Say what a case file would hold."""
    client = lookup.client(visit, at.client)
    return screens.case(visit.words, client, contents.counts(visit, client))


@routes.tap(to.PreviewCase, opens=True)
def preview(visit: Visit, at: to.PreviewCase) -> Screen:
    """Show all that is replaced."""
    return _preview(visit, lookup.client(visit, at.client), at.page)


@routes.tap(to.ToggleReplacement)
def toggle(visit: Visit, at: to.ToggleReplacement) -> Answered:
    """Let something stay as it is, or hide it; what is not there changes nothing."""
    client = lookup.client(visit, at.client)
    _, masked = _masked(visit, client)
    doubt = next((each for each in masked.doubts if each.id == at.replacement), None)
    if doubt is not None:
        _hide(visit, client, doubt.forms)
        screen = _preview(visit, client, at.page)
        return Reply(screen, toast=visit.texts("casefile.preview.masked"))
    if all(each.id != at.replacement for each in masked.replacements):
        return _preview(visit, client, at.page)
    kept = contents.kept(visit, client) ^ {at.replacement}
    said = " ".join(map(str, sorted(kept)))
    visit.memory.details.set(client.number, contents.KEPT, said)
    toast = "kept" if at.replacement in kept else "masked"
    screen = _preview(visit, client, at.page)
    return Reply(screen, toast=visit.texts(f"casefile.preview.{toast}"))


@routes.tap(to.AskHidden, opens=True)
def ask_hidden(visit: Visit, at: to.AskHidden) -> Screen:
    """Ask what else is to be hidden."""
    return _ask(visit, lookup.client(visit, at.client))


@routes.prompt(PROMPT)
def hidden(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Hide what was typed, in all its forms."""
    client = lookup.client(visit, int(prompt.subject))
    word = " ".join(text.split())
    if len(word) > HIDDEN_LIMIT:
        said = visit.texts("casefile.add.too_long", n=len(word), limit=HIDDEN_LIMIT)
        return _ask(visit, client, said)
    _hide(visit, client, [word])
    return Reply(_preview(visit, client, 0), toast=visit.texts("casefile.add.added"))


@routes.tap(to.DropHidden)
def drop(visit: Visit, at: to.DropHidden) -> Answered:
    """Take back all that was named to be hidden."""
    client = lookup.client(visit, at.client)
    visit.memory.details.set(client.number, contents.ADDED, "")
    return Reply(_preview(visit, client, 0), toast=visit.texts("casefile.add.dropped"))


@routes.tap(to.HandCase, redelivery=Redelivery.RUN)
def hand_over(visit: Visit, at: to.HandCase) -> Answered:
    """Hand over the file, or ask what is in doubt; it is made off the loop, when it is sent."""
    client = lookup.client(visit, at.client)
    named = at.names == "named"
    if at.names in ("all", "hidden") and (doubts := _masked(visit, client)[1].doubts):
        if at.names == "hidden":
            return screens.waiting(visit.words, client, doubts, at.form)
        _hide(visit, client, [form for each in doubts for form in each.forms])
    beside = _beside(visit, client, named=named)
    if not contents.counts(visit, client):
        return beside
    file = contents.case_of(visit, client) if named else _without_names(visit, client)
    language = str(visit.words.language)
    make = {"pdf": printed(file, language).pdf, "json": lambda: machine_readable(file)}[at.form]
    discreet = visit.person.discreet or not named
    title = visit.texts("casefile.file_name") if discreet else file.title
    return Reply(beside, papers=(Paper(file=make, name=file_name(title, at.form)),))


def _beside(visit: Visit, client: Client, *, named: bool) -> Screen:
    if named:
        return screens.case(visit.words, client, contents.counts(visit, client))
    return _preview(visit, client, 0)


def _preview(visit: Visit, client: Client, page: int) -> Screen:
    file, masked = _masked(visit, client)
    read = readable(file.with_texts(masked.texts))
    return screens.preview(visit.words, client, masked, read, page, covered=visit.person.discreet)


def _without_names(visit: Visit, client: Client) -> CaseFile:
    file, masked = _masked(visit, client)
    return file.with_texts(masked.texts)


def _masked(visit: Visit, client: Client) -> tuple[CaseFile, Masked]:
    file = contents.case_of(visit, client)
    names, kept = contents.known_names(visit, client), contents.kept(visit, client)
    every = visit.knowledge.languages.values()
    others = tuple(each for each in every if each.language != visit.words.language)
    return file, visit.think(anonymous, visit.words, file, names, kept, others)


def _hide(visit: Visit, client: Client, more: Sequence[str]) -> None:
    words = dict.fromkeys((*contents.added(visit, client), *map(" ".join, map(str.split, more))))
    visit.memory.details.set(client.number, contents.ADDED, "\n".join([*words][-HIDDEN_WORDS:]))


def _ask(visit: Visit, client: Client, said: str = "") -> Screen:
    some = bool(contents.added(visit, client))
    screen = screens.ask_hidden(visit.words, client, some=some, said=said)
    return ask(visit, PROMPT, str(client.number), screen)
