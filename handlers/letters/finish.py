"""The way out of a letter: the clean text, the files, the day it was sent, the probation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from content.letters import drafting
from content.schedule.hindsight import Occasion
from handlers.assessment.sheets import LAST_EFFORT
from handlers.due import hindsight, lines
from handlers.due.agenda import PROBATION
from handlers.due.lines import NAME_SHOWN
from handlers.engine import lookup
from handlers.engine.routing import Answered, Redelivery, Routes
from handlers.engine.screen import LABEL_LIMITS, Coming, Paper, Reply, Screen, button, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.letters import after, drafts, files, values
from handlers.letters import buttons as to
from handlers.letters.drafts import of_letter, written
from handlers.letters.screens import drafts as screens
from storage.errors import NotFound
from storage.records import (
    ActionState,
    Client,
    ClientNumber,
    Fact,
    FactNumber,
    FactSource,
    Letter,
    Promise,
    PromiseNumber,
)

FURTHEST = 366
routes = Routes()


@routes.tap(to.FinishLetter)
@written
def finish(visit: Visit, _at: to.FinishLetter, letter: Letter) -> Answered:
    """Call the letter ready, unless something in it is open."""
    if values.open_in(visit, letter, values.text_of(visit, letter)):
        return drafts.screen(visit, letter)
    letter = drafts.fresh(visit, letter)
    if (found := drafts.stale(visit, letter)) is not None:
        return found
    first = not _finished_before(visit, letter)
    letter = replace(letter, done_at=letter.done_at or visit.now)
    visit.memory.letters.save(letter)
    toast = visit.texts("letters.toast.copy") if first else ""
    return Reply(_done(visit, letter), toast=toast)


@routes.tap(to.ShowDone, opens=True, stays=True)
@of_letter
def show_done(visit: Visit, at: to.ShowDone, letter: Letter) -> Answered:
    """Show a finished letter, also one that went out."""
    if not letter.version:
        return visit.open(to.OpenLetter(letter=letter.number).pack())
    if letter.sent_on is None:
        letter = drafts.fresh(visit, letter)
    return _done(visit, letter, at.piece)


@routes.tap(to.LetterFile, redelivery=Redelivery.RUN)
@of_letter
def hand_over(visit: Visit, at: to.LetterFile, letter: Letter) -> Answered:
    """Hand over the letter as a file; it is made off the loop, when it is sent."""
    if not letter.version:
        return visit.open(to.OpenLetter(letter=letter.number).pack())
    text = values.text_of(visit, letter)
    subject = values.subject(visit, letter)
    language = letter.language
    make = {
        "pdf": lambda: files.pdf(text, subject, language),
        "eml": lambda: files.eml(text, subject),
        "txt": lambda: files.txt(text),
    }[at.form]
    named = visit.texts("letters.file.plain") if visit.person.discreet else subject
    paper = Paper(file=make, name=files.file_name(named, at.form))
    return Reply(_done(visit, letter), papers=(paper,))


@routes.tap(to.MarkSent)
@written
def mark_sent(visit: Visit, _at: to.MarkSent, letter: Letter) -> Answered:
    """Write the day to the log; what the letter has set is remembered."""
    letter = drafts.fresh(visit, letter)
    if (found := drafts.stale(visit, letter)) is not None:
        return Reply(found, toast=visit.texts("letters.toast.look_again"))
    letter = replace(letter, sent_on=visit.today, done_at=letter.done_at or visit.now)
    visit.memory.letters.save(letter)
    visit.memory.facts.add(
        Fact(
            number=FactNumber(0),
            client=letter.client,
            day=visit.today,
            words=_logged(visit, letter),
            captured_at=visit.now,
            touched_at=visit.now,
            source=FactSource.LETTER,
            letter=letter.number,
        )
    )
    lines.answered(visit, letter.client)
    after.went_out(visit, letter)
    hindsight.happened(visit, Occasion.LETTER, letter.client, visit.today, letter.number)
    if values.kind_of(visit, letter.kind).data.probation is not None:
        visit.memory.details.set(letter.client, LAST_EFFORT, "made")
        _open_probation(visit, letter)
    return Reply(_sent(visit, letter), toast=visit.texts("letters.toast.sent"))


@routes.tap(to.ShowSent, opens=True)
@of_letter
def show_sent(visit: Visit, _at: to.ShowSent, letter: Letter) -> Answered:
    """Show what was noted when the letter went out."""
    if letter.sent_on is None:
        return visit.open(to.OpenLetter(letter=letter.number).pack())
    return _sent(visit, letter)


@routes.tap(to.UnmarkSent)
@of_letter
def unmark_sent(visit: Visit, _at: to.UnmarkSent, letter: Letter) -> Answered:
    """Take back what was noted: the letter did not go out after all."""
    if letter.sent_on is None:
        return visit.open(to.OpenLetter(letter=letter.number).pack())
    fact = visit.memory.facts.of_letter(letter.number)
    if fact is not None:
        visit.memory.facts.save(replace(fact, deleted_at=visit.now))
    after.taken_back(visit, letter)
    hindsight.undone(visit, Occasion.LETTER, letter.client, letter.number)
    probation = _probation_of(visit, letter)
    if probation is not None:
        visit.memory.promises.save(replace(probation, state=ActionState.DROPPED))
    if values.kind_of(visit, letter.kind).data.probation is not None:
        visit.memory.details.set(letter.client, LAST_EFFORT, "")
    letter = replace(letter, sent_on=None)
    visit.memory.letters.save(letter)
    return Reply(_done(visit, letter), toast=visit.texts("letters.toast.unsent"))


@routes.tap(to.ShowProbation, opens=True)
def show_probation(visit: Visit, at: to.ShowProbation) -> Screen:
    """Show the conditions agreed on."""
    promise, client = _promise(visit, at.promise)
    return _probation(visit, promise, client)


@routes.tap(to.EndProbation)
def end_probation(visit: Visit, at: to.EndProbation) -> Answered:
    """Keep whether the conditions were kept; the next assessment knows it."""
    promise, client = _promise(visit, at.promise)
    promise = replace(promise, state=ActionState.DONE if at.kept else ActionState.FAILED)
    visit.memory.promises.save(promise)
    visit.memory.details.set(client.number, LAST_EFFORT, "made" if at.kept else "failed")
    toast = visit.texts("letters.toast.kept_all" if at.kept else "letters.toast.broken")
    return Reply(_probation(visit, promise, client), toast=toast)


@routes.tap(to.MoveProbation)
def move_probation(visit: Visit, at: to.MoveProbation) -> Answered:
    """Look at the conditions on another day."""
    promise, client = _promise(visit, at.promise)
    due = visit.today + timedelta(days=min(at.days, FURTHEST))
    promise = replace(promise, due=due, listed=0)
    visit.memory.promises.save(promise)
    toast = visit.texts("letters.toast.moved", date=visit.day(due))
    return Reply(_probation(visit, promise, client), toast=toast)


@routes.promise(PROBATION)
def coming(visit: Visit, promise: Promise) -> Coming | None:
    """Tell of a probation on the card, and at the next visit once its day has come."""
    if promise.client is None:
        return None
    texts = visit.texts
    name = client_name(visit.words, lookup.client(visit, promise.client))
    due = promise.due <= visit.today
    day = visit.day(promise.due)
    opens = to.ShowProbation(promise=promise.number)
    label = texts("letters.probation.open_due" if due else "letters.probation.open")
    return Coming(
        due=due,
        card=texts("letters.probation.due" if due else "letters.probation.until", date=day),
        start=texts("letters.probation.start", client=cut(name, NAME_SHOWN), date=day),
        opens=button(label, opens),
        opens_at_start=button(
            cut(texts("letters.probation.open_client", client=name), LABEL_LIMITS[1]), opens
        ),
    )


def running_probation(visit: Visit, client: ClientNumber) -> Promise | None:
    """Return the probation of a client that nobody has looked at yet."""
    return next(
        (
            each
            for each in visit.memory.promises.open()
            if each.kind == PROBATION and each.client == client
        ),
        None,
    )


def _done(visit: Visit, letter: Letter, piece: int = 0) -> Screen:
    return screens.done(visit.words, drafts.look(visit, letter), piece)


def _sent(visit: Visit, letter: Letter) -> Screen:
    probation = _probation_of(visit, letter)
    said, offers = after.told(visit, letter)
    comes = screens.After(said, offers)
    if probation is not None:
        due = probation.due <= visit.today
        comes = screens.After(said, offers, probation, visit.day(probation.due), due)
    return screens.sent(
        visit.words,
        drafts.way(visit, letter),
        letter.client,
        visit.day(letter.sent_on or visit.today),
        comes,
    )


def _logged(visit: Visit, letter: Letter) -> str:
    return visit.texts("letters.logged", name=drafts.kind_name(visit, letter.kind))


def _finished_before(visit: Visit, letter: Letter) -> bool:
    """Tell whether the person has finished a letter of this kind before."""
    return any(
        each.done_at is not None
        for client in visit.memory.clients.everyone()
        for each in visit.memory.letters.of_client(client.number)
        if each.kind == letter.kind
    )


def _open_probation(visit: Visit, letter: Letter) -> None:
    kind = values.kind_of(visit, letter.kind)
    agreed = drafting.probation(kind, values.filled(visit, letter))
    if agreed is None:
        return
    visit.memory.promises.add(
        Promise(
            number=PromiseNumber(0),
            client=letter.client,
            kind=PROBATION,
            due=agreed.until,
            words="\n".join(agreed.conditions),
            subject=letter.number,
        )
    )


def _probation_of(visit: Visit, letter: Letter) -> Promise | None:
    found = running_probation(visit, letter.client)
    return found if found is not None and found.subject == letter.number else None


def _promise(visit: Visit, number: int) -> tuple[Promise, Client]:
    promise = lookup.promise(visit, number)
    if promise.kind != PROBATION or promise.client is None:
        raise NotFound(f"probation {number}")
    return promise, lookup.client(visit, promise.client)


def _probation(visit: Visit, promise: Promise, client: Client) -> Screen:
    return screens.probation(
        visit.words,
        client_name(visit.words, client),
        promise,
        visit.today,
    )
