"""/prospect: a few questions before signing, and what they come to.

Nothing is remembered but the answers, with the client-to-be; what comes next is found from them.
"""

from __future__ import annotations

from dataclasses import replace

from content.answers import quoted
from content.models import PROSPECT_OPTIONS, SKIP, ProspectId
from content.prospects import foresee, open_questions
from handlers.clients import buttons as to_clients
from handlers.clients import names
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Redelivery, Routes
from handlers.engine.screen import Reply, Screen
from handlers.engine.visit import Visit
from handlers.prospects import buttons as to
from handlers.prospects import screens
from handlers.prospects.alike import difficult_before
from storage.errors import NotFound
from storage.records import Client, Prompt

PROMPT = "prospect_name"
routes = Routes()


@routes.command("prospect")
def prospect(visit: Visit, words: str) -> Answered:
    """Take the name behind the command; else show those there are, or ask whom it is about."""
    if words:
        return _named(visit, words)
    if visit.memory.clients.prospects():
        return visit.open(to.ProspectList(page=0))
    return ask_name(visit, to.NewProspect())


@routes.tap(to.ProspectList, opens=True)
def listing(visit: Visit, at: to.ProspectList) -> Screen:
    """List those with whom nothing is signed yet."""
    return screens.listing(visit.words, visit.memory.clients.prospects(), at.page)


@routes.tap(to.NewProspect, opens=True)
def ask_name(visit: Visit, _at: to.NewProspect) -> Screen:
    """Ask the name and nothing else."""
    return ask(visit, PROMPT, "", screens.ask_name(visit.texts))


@routes.prompt(PROMPT)
def named(visit: Visit, _prompt: Prompt, text: str) -> Answered:
    """Take the name."""
    return _named(visit, text)


@routes.tap(to.NameProspectLater)
def name_later(visit: Visit, _at: to.NameProspectLater) -> Answered:
    """Take them with a name of our making."""
    return show(visit, names.add_unnamed(visit, prospect=True))


@routes.tap(to.ShowProspect, opens=True)
def open_prospect(visit: Visit, at: to.ShowProspect) -> Screen:
    """Show what the answers come to, or how many are still to be given."""
    return show(visit, lookup.client(visit, at.client))


@routes.tap(to.AskBefore, opens=True)
def ask_one(visit: Visit, at: to.AskBefore) -> Screen:
    """Show a question, whether answered or not."""
    return _question(visit, _asked_of(visit, at.client), _known(visit, at.question))


@routes.tap(to.ExplainBefore, opens=True)
def explain(visit: Visit, at: to.ExplainBefore) -> Screen:
    """Show a question with what counts, and when it means nothing bad."""
    client = _asked_of(visit, at.client)
    return _question(visit, client, _known(visit, at.question), explained=True)


@routes.tap(to.AnswerBefore, redelivery=Redelivery.PLACE)
def answer(visit: Visit, at: to.AnswerBefore) -> Answered:
    """Keep an answer and go on."""
    client = _asked_of(visit, at.client)
    question = _known(visit, at.question)
    if at.option not in (*PROSPECT_OPTIONS, SKIP):
        raise NotFound(f"option {at.option}")
    client = replace(client, beforehand={**client.beforehand, question: at.option})
    visit.memory.clients.save(client)
    left = open_questions(visit.catalogue, client.beforehand)
    tapped = quoted(visit.words, screens.label_of(visit.words, question, at.option))
    return Reply(
        _question(visit, client, left[0]) if left else show(visit, client),
        toast=visit.texts("assess.toast.answered", answer=tapped),
    )


@routes.tap(to.AnswersBefore, opens=True)
def answers(visit: Visit, at: to.AnswersBefore) -> Screen:
    """Offer every question, to change its answer."""
    client = _asked_of(visit, at.client)
    return screens.answers(visit.words, client, tuple(visit.catalogue.prospects))


@routes.tap(to.ShowCondition, opens=True)
def condition(visit: Visit, at: to.ShowCondition) -> Screen:
    """Show one condition; the result where there is none any more."""
    client = lookup.client(visit, at.client)
    there = foresee(visit.catalogue, client.beforehand).because
    if not there:
        return show(visit, client)
    index = min(at.index, len(there) - 1)
    letter = visit.catalogue.prospects[there[index]].letter
    return screens.condition(visit.words, client, there, index, letter)


@routes.tap(to.SignClient)
def sign(visit: Visit, at: to.SignClient) -> Answered:
    """Make them a client like all others; what was answered stays with them."""
    client = lookup.client(visit, at.client)
    if client.prospect:
        visit.memory.clients.save(replace(client, prospect=False, archived_at=None))
    card = visit.open(to_clients.ClientCard(client=client.number))
    return Reply(card, toast=visit.texts("prospects.signed"))


@routes.tap(to.TurnDown)
def turn_down(visit: Visit, at: to.TurnDown) -> Answered:
    """Leave them, with the answers in the archive."""
    client = replace(_asked_of(visit, at.client), archived_at=visit.now)
    visit.memory.clients.save(client)
    return Reply(show(visit, client), toast=visit.texts("prospects.turned_down"))


def show(visit: Visit, client: Client) -> Screen:
    """Show what the answers come to, or how many are still to be given."""
    left = open_questions(visit.catalogue, client.beforehand)
    facts = len(visit.memory.facts.of_client(client.number))
    if client.prospect and left:
        return screens.waiting(visit.words, client, left[0], len(left), facts)
    seen = foresee(visit.catalogue, client.beforehand)
    alike = difficult_before(visit, client, seen.because)
    return screens.result(visit.words, client, seen, alike, facts)


def _question(
    visit: Visit, client: Client, question: ProspectId, *, explained: bool = False
) -> Screen:
    asked = tuple(visit.catalogue.prospects)
    place = asked.index(question)
    return screens.question(
        visit.words,
        screens.AskedBefore(
            client=client,
            question=question,
            number=place + 1,
            total=len(asked),
            former=asked[place - 1] if place else None,
            now=client.beforehand.get(question),
            explained=explained,
        ),
    )


def _asked_of(visit: Visit, number: int) -> Client:
    """Return somebody with whom nothing is signed yet; raises ``NotFound``.

    Who has signed keeps the answers of that time: they do not change any more.
    """
    client = lookup.client(visit, number)
    if not client.prospect:
        raise NotFound(f"prospect {number}")
    return client


def _known(visit: Visit, question: str) -> ProspectId:
    if question not in visit.catalogue.prospects:
        raise NotFound(f"question {question}")
    return ProspectId(question)


def _named(visit: Visit, text: str) -> Answered:
    name = names.one_line(text)
    wrong = names.fault(visit, name)
    if wrong:
        return ask(visit, PROMPT, "", screens.ask_name(visit.texts, wrong))
    known = names.same(visit, name)
    if known is not None:
        card = visit.open(to_clients.ClientCard(client=known.number))
        return Reply(card, toast=visit.texts("clients.new.exists"))
    return show(visit, visit.memory.clients.add(name, visit.now, prospect=True))
