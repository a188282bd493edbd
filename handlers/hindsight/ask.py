"""Asking how it went, in three taps at most, and never again about whom that is not wished."""

from __future__ import annotations

from content.schedule.follow_ups import TIMES_LISTED
from content.schedule.hindsight import KINDS, Ease, Occasion, settled
from handlers.due import hindsight
from handlers.due.lines import NAME_SHOWN
from handlers.engine import lookup
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import LABEL_LIMITS, Coming, Reply, Screen, button, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name, verdict_name
from handlers.hindsight import buttons as to
from handlers.hindsight import screens
from storage.errors import NotFound
from storage.records import Afterword, AssessmentNumber, Client, LetterNumber, Promise

routes = Routes()


@routes.tap(to.AskHowItWent, opens=True)
def ask(visit: Visit, at: to.AskHowItWent) -> Screen:
    """Ask how it went, also once more."""
    return screens.ask(visit.texts, _asked(visit, *_question(visit, at.promise)))


@routes.tap(to.AskAfterEnd, opens=True)
def ask_after_end(visit: Visit, at: to.AskAfterEnd) -> Screen:
    """Ask how it is now that the work is over."""
    return screens.ask_after_end(visit.texts, _asked(visit, *_question(visit, at.promise)))


@routes.tap(to.TellHowItWent)
def tell(visit: Visit, at: to.TellHowItWent) -> Answered:
    """Keep the answer for all that it settles."""
    promise, client = _question(visit, at.promise)
    ease, ended = Ease(at.ease), bool(at.ended)
    for each in _answered(visit, promise, client):
        hindsight.keep(visit, each, ease, ended=ended)
    asked = _asked(visit, promise, client)
    days = sorted(each.due for each in hindsight.open_ones(visit, client.number))
    offer = ""
    if client.archived_at is None:
        offer = "archive" if ended else "assess" if ease is Ease.WORSE else ""
    shown = screens.noted(visit.texts, asked, visit.day(days[0]) if days else "", offer)
    return Reply(shown, toast=visit.texts("hindsight.toast", answer=asked.now))


@routes.tap(to.SilenceClient)
def silence(visit: Visit, at: to.SilenceClient) -> Answered:
    """Ask about a client no more, or again."""
    client = lookup.client(visit, at.client)
    silent = bool(at.silent)
    hindsight.silence(visit, client.number, silent=silent)
    name = client_name(visit.words, client)
    return screens.silenced(visit.texts, client.number, name, silent=silent)


def coming(visit: Visit, promise: Promise) -> Coming | None:
    """Ask on the card once its day has come, and for a while at the next visit.

    Of several questions about one client the newest, which settles the others.
    """
    if promise.client is None or promise != hindsight.newest_due(visit, promise.client):
        return None
    texts = visit.texts
    name = client_name(visit.words, lookup.client(visit, promise.client))
    opens = to.AskHowItWent(promise=promise.number)
    return Coming(
        due=promise.listed < TIMES_LISTED,
        card=texts("hindsight.card"),
        start=texts("hindsight.start", client=cut(name, NAME_SHOWN)),
        opens=button(texts("hindsight.open"), opens),
        opens_at_start=button(
            cut(texts("hindsight.open_client", client=name), LABEL_LIMITS[1]), opens
        ),
    )


for kind in KINDS:
    routes.promise(kind)(coming)


def _question(visit: Visit, number: int) -> tuple[Promise, Client]:
    promise = lookup.promise(visit, number)
    if promise.kind not in KINDS or promise.client is None:
        raise NotFound(f"question {number}")
    return promise, lookup.client(visit, promise.client)


def _answered(visit: Visit, promise: Promise, client: Client) -> list[Promise]:
    """Return the questions that an answer is for, and end those that it only ends.

    An answer that is changed is changed for all that it was for.
    """
    before = visit.memory.hindsight.get(promise.number)
    if before is not None:
        same = (each for each in visit.memory.hindsight.all() if _is_same(each, before))
        return [lookup.promise(visit, each.promise) for each in same]
    waiting = hindsight.open_ones(visit, client.number) | {hindsight.question(promise): promise}
    answers, over = settled(waiting, hindsight.question(promise), visit.today)
    for each in over:
        hindsight.drop(visit, waiting[each])
    return [waiting[each] for each in answers]


def _is_same(one: Afterword, other: Afterword) -> bool:
    return (one.client, one.day) == (other.client, other.day)


def _asked(visit: Visit, promise: Promise, client: Client) -> screens.ShownQuestion:
    answer = visit.memory.hindsight.get(promise.number)
    is_end = hindsight.question(promise).occasion is Occasion.END
    return screens.ShownQuestion(
        promise=promise.number,
        client=client.number,
        name=client_name(visit.words, client),
        about=_about(visit, promise),
        over=is_end or client.archived_at is not None,
        now=hindsight.said(visit, answer) if answer else "",
    )


def _about(visit: Visit, promise: Promise) -> str:
    """Say what happened, and when."""
    asked = hindsight.question(promise)
    day = visit.day(asked.day)
    if asked.occasion is Occasion.LETTER and asked.subject is not None:
        letter = visit.memory.letters.get(LetterNumber(asked.subject))
        name = hindsight.name_of_letter(visit, letter.kind) if letter else ""
        if name:
            return visit.texts("hindsight.about.letter", date=day, name=name)
    if asked.occasion is Occasion.VERDICT and asked.subject is not None:
        assessment = visit.memory.assessments.get(AssessmentNumber(asked.subject))
        if assessment is not None and assessment.verdict is not None:
            verdict = verdict_name(visit.words, assessment.verdict)
            return visit.texts("hindsight.about.verdict", date=day, verdict=verdict)
    return visit.texts("hindsight.about.end", date=day)
