"""/library: to browse and to search."""

from __future__ import annotations

from content.models import QuestionId, Topic, TypeId
from handlers.engine.prompts import ask
from handlers.engine.routing import Routes
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit
from handlers.library import buttons as to
from handlers.library import screens
from storage.errors import NotFound
from storage.records import Prompt

routes = Routes()


@routes.command("library")
def library(visit: Visit, words: str) -> Screen:
    """Show the ways in, or look for what stands behind the command."""
    return search(visit, words) if words else _front(visit)


@routes.tap(to.ShowLibrary, opens=True)
def front(visit: Visit, _at: to.ShowLibrary) -> Screen:
    return _front(visit)


@routes.tap(to.LibraryTopic, opens=True)
def topic(visit: Visit, at: to.LibraryTopic) -> Screen:
    """List the signs of a topic."""
    if at.topic not in Topic.__members__.values():
        raise NotFound(f"topic {at.topic}")
    return screens.topic(visit.words, visit.catalogue, Topic(at.topic))


@routes.tap(to.LibraryTypes, opens=True)
def types(visit: Visit, at: to.LibraryTypes) -> Screen:
    """List the client types."""
    return screens.types(visit.words, at.page)


@routes.tap(to.LibraryQuestions, opens=True)
def questions(visit: Visit, at: to.LibraryQuestions) -> Screen:
    """List the questions of the self-reflection."""
    return screens.questions(visit.words, at.page)


@routes.tap(to.LibraryEntry, opens=True)
def entry(visit: Visit, at: to.LibraryEntry) -> Screen:
    """Show one sign, type or question."""
    words, catalogue = visit.words, visit.catalogue
    if at.kind == "sign" and at.id in catalogue.signs:
        return screens.sign(words, catalogue, QuestionId(at.id))
    if at.kind == "type" and at.id in catalogue.types:
        return screens.client_type(words, catalogue, TypeId(at.id))
    if at.kind == "question" and at.id in catalogue.questions:
        return screens.question(words, catalogue, QuestionId(at.id))
    raise NotFound(f"{at.kind} {at.id}")


@routes.tap(to.LibraryFrom, opens=True)
def entry_from(visit: Visit, at: to.LibraryFrom) -> Screen:
    """Show one sign or type to somebody who comes from a verdict."""
    words, catalogue = visit.words, visit.catalogue
    if at.kind == "sign" and at.id in catalogue.signs:
        return screens.sign(words, catalogue, QuestionId(at.id), at.assessment)
    if at.kind == "type" and at.id in catalogue.types:
        return screens.client_type(words, catalogue, TypeId(at.id), at.assessment)
    raise NotFound(f"{at.kind} {at.id}")


@routes.tap(to.LibraryAdvice, opens=True)
def advice(visit: Visit, at: to.LibraryAdvice) -> Screen:
    if at.sign not in visit.catalogue.signs:
        raise NotFound(f"sign {at.sign}")
    return screens.advice(visit.words, visit.catalogue, QuestionId(at.sign))


@routes.tap(to.LibraryAdviceFrom, opens=True)
def advice_from(visit: Visit, at: to.LibraryAdviceFrom) -> Screen:
    """Give the advice on a sign to somebody who came from a verdict."""
    if at.sign not in visit.catalogue.signs:
        raise NotFound(f"sign {at.sign}")
    return screens.advice(visit.words, visit.catalogue, QuestionId(at.sign), at.assessment)


@routes.tap(to.SearchLibrary, opens=True)
def ask_query(visit: Visit, _at: to.SearchLibrary) -> Screen:
    return ask(visit, "search", "", screens.ask_query(visit.texts))


@routes.prompt("search")
def searched(visit: Visit, _prompt: Prompt, text: str) -> Screen:
    """Look for the typed words."""
    return search(visit, text)


def _front(visit: Visit) -> Screen:
    """Show the ways in; what is typed here is looked for."""
    return ask(visit, "search", "", screens.front(visit.texts))


def search(visit: Visit, query: str, *, held: bool = False) -> Screen:
    """Look for words, forgiving forms and typos; ``held``: they still wait to be sorted."""
    one_line = " ".join(query.split())
    hits = visit.library.search(one_line)
    return screens.found(visit.words, one_line, hits, held=held)
