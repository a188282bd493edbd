"""/letter: whom to write to, which kind, and where a letter goes on."""

from __future__ import annotations

from dataclasses import replace

from content import prospects
from content.first_letter import first_tone
from content.letters.models import Length, LetterId, Tone
from handlers.assessment import plan, sheets
from handlers.clients import buttons as to_clients
from handlers.clients import names
from handlers.engine import lookup
from handlers.engine.prompts import still_held
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Reply, Screen
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.letters import after, drafts, ladder, questions, values
from handlers.letters import buttons as to
from handlers.letters.drafts import of_letter, unsent
from handlers.letters.screens import choose as screens
from storage.records import Client, ClientNumber, Held, Letter, LetterNumber

CHECKED = LetterId("farewell")
"""The letter that has something to see to before."""
TICK = "check."
routes = Routes()


@routes.command("letter")
def letter(visit: Visit, _words: str) -> Screen:
    """Ask whom to write to; where there is one client only, which kind."""
    listed = visit.memory.clients.list()
    if not listed:
        return visit.open(to_clients.Home()).saying(visit.texts("letters.nobody"))
    if len(listed) == 1:
        return _kinds(visit, listed[0], 0)
    return screens.whom(visit.words, listed, to.LetterClients(page=0))


@routes.tap(to.LetterClients, opens=True)
def whom(visit: Visit, at: to.LetterClients) -> Screen:
    """Ask whom to write to."""
    return screens.whom(visit.words, visit.memory.clients.list(), at)


@routes.tap(to.LetterKinds, opens=True)
def kinds(visit: Visit, at: to.LetterKinds) -> Screen:
    """Ask which kind."""
    return _kinds(visit, lookup.client(visit, at.client), at.page)


@routes.tap(to.ClientLetters, opens=True)
def written(visit: Visit, at: to.ClientLetters) -> Screen:
    client = lookup.client(visit, at.client)
    listed = [(each.number, _label(visit, each)) for each in _letters(visit, client.number)]
    name = client_name(visit.words, client)
    return screens.written(visit.words, (client.number, name), listed, at.page)


@routes.tap(to.StartLetter)
def start(visit: Visit, at: to.StartLetter) -> Answered:
    """Begin a letter, or go on with the one of this kind: a second tap must not begin twice."""
    client = lookup.client(visit, at.client)
    kind = values.kind_of(visit, at.kind)
    for begun in visit.memory.letters.of_client(client.number):
        if begun.kind == kind.id and begun.sent_on is None:
            return opened(visit, begun)
    fresh = visit.memory.letters.start(_fresh(visit, client.number, kind.id))
    fresh = replace(
        fresh,
        filled={**questions.first_values(visit, fresh), **after.known(visit, fresh)},
        facts=values.weightiest(visit, fresh),
    )
    visit.memory.letters.save(fresh)
    return opened(visit, fresh)


@routes.tap(to.OpenLetter, opens=True)
@of_letter
def open_letter(visit: Visit, _at: to.OpenLetter, letter: Letter) -> Answered:
    """Show a letter wherever it stands."""
    return opened(visit, letter)


@routes.tap(to.LetterChecklist, opens=True)
@unsent
def checklist(visit: Visit, _at: to.LetterChecklist, letter: Letter) -> Screen:
    """Show what to see to before parting; other letters have nothing of the kind."""
    return _checklist(visit, letter)


@routes.tap(to.TickItem)
@unsent
def tick(visit: Visit, at: to.TickItem, letter: Letter) -> Screen:
    """Note of the client that one thing is seen to, or not."""
    if at.item in {each.id for each in visit.knowledge.letters.checklist.item}:
        visit.memory.details.set(letter.client, TICK + at.item, "1" if at.on else "")
    return _checklist(visit, letter)


@routes.tap(to.PlanRest)
@unsent
def plan_rest(visit: Visit, _at: to.PlanRest, letter: Letter) -> Answered:
    """Put what is not seen to into the plan, as far as it has room."""
    client = lookup.client(visit, letter.client)
    talk = visit.knowledge.letters.talk[visit.words.language]
    steps = [
        talk.checklist.item[id_].step for id_, done in _items(visit, letter).items() if not done
    ]
    added = plan.add_own(visit, client, steps)
    full = visit.texts("letters.toast.plan_full")
    toast = visit.texts("letters.toast.planned", n=added) if added else full
    return Reply(_checklist(visit, letter), toast=toast)


@routes.tap(to.HeldAsLetter)
@still_held
def held_whom(visit: Visit, at: to.HeldAsLetter, _text: Held) -> Answered:
    """Ask whom the held text is for; nobody yet gets a name of our making."""
    listed = visit.memory.clients.list()
    if len(listed) > 1:
        return screens.whom(visit.words, listed, at)
    client = listed[0] if listed else names.add_unnamed(visit)
    return _kinds(visit, client, 0, held=True)


@routes.tap(to.HeldLetterKinds)
@still_held
def held_kinds(visit: Visit, at: to.HeldLetterKinds, _text: Held) -> Answered:
    """Ask which kind of letter the held text is."""
    return _kinds(visit, lookup.client(visit, at.client), at.page, held=True)


@routes.tap(to.HeldLetter)
@still_held
def held_letter(visit: Visit, at: to.HeldLetter, text: Held) -> Answered:
    """Keep the held text as a letter and check it."""
    client = lookup.client(visit, at.client)
    kind = values.kind_of(visit, at.kind)
    pasted = replace(_fresh(visit, client.number, kind.id), filled={values.PASTED: "1"})
    visit.memory.scratch.hold(None)
    return drafts.with_text(visit, visit.memory.letters.start(pasted), text.words)


def opened(visit: Visit, letter: Letter) -> Answered:
    """Show a letter wherever it stands: what it still needs, its draft, or that it went out."""
    if letter.sent_on is not None:
        return visit.open(to.ShowSent(letter=letter.number).pack())
    if letter.done_at is not None:
        return visit.open(to.ShowDone(letter=letter.number, piece=0).pack())
    if letter.version:
        return drafts.screen(visit, letter)
    if letter.kind == CHECKED and len(letter.filled) == len(questions.first_values(visit, letter)):
        return _checklist(visit, letter)
    return questions.onward(visit, letter)


def _fresh(visit: Visit, client: ClientNumber, kind_id: LetterId) -> Letter:
    kind = values.kind_of(visit, kind_id)
    return Letter(
        number=LetterNumber(0),
        client=client,
        kind=kind_id,
        tone=_first_tone(visit, client, kind_id),
        length=Length.SHORT if Length.SHORT in kind.data.layout else next(iter(kind.data.layout)),
        language=values.first_language(visit, kind),
        started_at=visit.now,
    )


def _first_tone(visit: Visit, client: ClientNumber, kind: LetterId) -> Tone:
    newest = sheets.last_judged(visit.memory, client)
    judged = sheets.judged(visit.memory, visit.catalogue, newest) if newest else None
    sent = ladder.gone(visit, client)
    return first_tone(visit.catalogue, visit.knowledge.letters, kind, judged, sent)


def _kinds(visit: Visit, client: Client, page: int, *, held: bool = False) -> Screen:
    begun = [] if held else _letters(visit, client.number)
    going = next((each for each in begun if each.sent_on is None), None)
    return screens.kinds(
        visit.words,
        visit.knowledge.letters.talk[visit.words.language],
        screens.Choice(
            client=client.number,
            name=client_name(visit.words, client),
            kinds=_likeliest(visit, client),
            going=(going.number, drafts.kind_name(visit, going.kind)) if going else None,
            written=len(begun),
            held=held,
        ),
        page,
    )


def _likeliest(visit: Visit, client: Client) -> list[LetterId]:
    """Return the kinds that fit a client, those that the last verdict leads to first."""
    kinds_ = visit.knowledge.letters.kinds
    if client.prospect:
        return [id_ for id_ in kinds_ if id_ in prospects.letters(visit.catalogue)]
    judged = sheets.last_judged(visit.memory, client.number)
    verdict = judged.verdict if judged else None
    return sorted(kinds_, key=lambda id_: verdict not in kinds_[id_].data.verdicts)


def _letters(visit: Visit, client: ClientNumber) -> list[Letter]:
    """Return a client's letters of kinds there still are, newest first."""
    known = visit.knowledge.letters.kinds
    return [each for each in visit.memory.letters.of_client(client) if each.kind in known]


def _label(visit: Visit, letter: Letter) -> str:
    key = "letters.label_sent" if letter.sent_on else "letters.label"
    day = visit.day(letter.sent_on or letter.started_at)
    return visit.texts(key, name=drafts.kind_name(visit, letter.kind), date=day)


def _items(visit: Visit, letter: Letter) -> dict[str, bool]:
    ticked = visit.memory.details.of_client(letter.client)
    judged = {*questions.judged(visit, letter)}
    items = (e for e in visit.knowledge.letters.checklist.item if judged.isdisjoint(e.not_after))
    return {each.id: TICK + each.id in ticked for each in items}


def _checklist(visit: Visit, letter: Letter) -> Screen:
    if letter.kind != CHECKED:
        return _kinds(visit, lookup.client(visit, letter.client), 0)
    return screens.checklist(
        visit.words,
        visit.knowledge.letters.talk[visit.words.language],
        drafts.way(visit, letter),
        _items(visit, letter),
        plan=sheets.last_judged(visit.memory, letter.client) is not None,
    )
