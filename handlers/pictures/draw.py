"""What is drawn, each beside the screen that tells the same in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from content.answers import name_of
from content.models import QuestionId, VerdictId
from content.outlook import Outlook
from content.pictures.portfolio import KnownClient, portfolio
from content.pictures.profile import profile
from content.pictures.scale import moves_of, scale
from content.pictures.trend import TrendEvent, TrendKind, trend
from content.verdict import RULE, judge
from handlers.assessment import buttons as to_assessment
from handlers.assessment import sheets
from handlers.assessment.trend import moves
from handlers.clients import buttons as to_clients
from handlers.clients.price import numbers_of
from handlers.engine import lookup
from handlers.engine.routing import Redelivery, Routes
from handlers.engine.screen import Reply
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.pictures import buttons as to
from handlers.pictures.photo import photo
from storage.records import Action, ActionState, Assessment, Client

FINISHED = (ActionState.DONE, ActionState.FAILED)
routes = Routes()


@routes.tap(to.DrawScale, redelivery=Redelivery.RUN)
def draw_scale(visit: Visit, at: to.DrawScale) -> Reply:
    """Draw the scale of a verdict; one that is open goes on where it is."""
    assessment, name = lookup.assessment(visit, at.assessment)
    beside = visit.open(to_assessment.ShowVerdict(assessment=assessment.number))
    if assessment.judged_at is None:
        return Reply(beside)
    sheet = sheets.sheet_of(assessment)
    verdict = judge(visit.catalogue, sheet)
    ways: tuple[Outlook, ...] = ()
    if assessment.rule == RULE:
        ways = moves_of(visit.catalogue, sheet, verdict)
    else:  # the verdict shown is the one that was given
        verdict = replace(verdict, id=VerdictId(assessment.verdict or verdict.id))
    shown = scale(visit.words, verdict.id, ways, name, visit.day(assessment.judged_at))
    paper = photo(visit, f"scale:{assessment.client}", assessment.client, shown)
    return Reply(beside, papers=(paper,))


@routes.tap(to.DrawProfile, redelivery=Redelivery.RUN)
def draw_profile(visit: Visit, at: to.DrawProfile) -> Reply:
    """Draw a client by topics; an assessment that is open goes on where it is."""
    assessment, name = lookup.assessment(visit, at.assessment)
    beside = visit.open(to_assessment.ShowWhy(assessment=assessment.number))
    if assessment.judged_at is None:
        return Reply(beside)
    sheet, day = sheets.sheet_of(assessment), visit.day(assessment.judged_at)
    shown = profile(visit.words, visit.catalogue, sheet, name, day)
    paper = photo(visit, f"profile:{assessment.client}", assessment.client, shown)
    return Reply(beside, papers=(paper,))


@routes.tap(to.DrawTrend, redelivery=Redelivery.RUN)
def draw_trend(visit: Visit, at: to.DrawTrend) -> Reply:
    """Draw the verdicts on a client, with letters and steps in between."""
    client = lookup.client(visit, at.client)
    beside = visit.open(to_assessment.History(client=client.number))
    done = sheets.comparable(visit.memory.assessments.of_client(client.number))
    if not done:
        return Reply(beside)
    events = (*_verdicts(visit, done), *_letters(visit, client), *_steps(visit, client))
    name = client_name(visit.words, client)
    shown = trend(visit.words, name, events, _moves(visit, done))
    return Reply(beside, papers=(photo(visit, f"trend:{client.number}", client.number, shown),))


@routes.tap(to.DrawPortfolio, redelivery=Redelivery.RUN)
def draw_portfolio(visit: Visit, _at: to.DrawPortfolio) -> Reply:
    """Draw all clients that are not archived."""
    beside = visit.open(to_clients.ClientList(page=0, archived=0))
    clients = visit.memory.clients.list()
    if not clients:
        return Reply(beside)
    stand, details = visit.memory.assessments.stand(), visit.memory.details.all()
    known = []
    for each in clients:
        verdict = stand[each.number].verdict if each.number in stand else None
        known.append(_known(visit, each, verdict, details.get(each.number, {})))
    paper = photo(visit, "portfolio", None, portfolio(visit.words, known))
    return Reply(beside, papers=(paper,))


def _known(
    visit: Visit, client: Client, verdict: str | None, details: Mapping[str, str]
) -> KnownClient:
    numbers = numbers_of(details)
    share = numbers.get("share")
    return KnownClient(
        name=client_name(visit.words, client),
        verdict=VerdictId(verdict) if verdict else None,
        share=None if share is None else share / 100,
        paid=numbers.get("paid"),
        number=client.number,
    )


def _verdicts(visit: Visit, done: list[Assessment]) -> Iterator[TrendEvent]:
    for each in done:
        if each.judged_at is not None and each.verdict is not None:
            day = each.judged_at.astimezone(visit.zone).date()
            yield TrendEvent(TrendKind.VERDICT, day, visit.day(day), each.verdict)


def _letters(visit: Visit, client: Client) -> Iterator[TrendEvent]:
    named = visit.knowledge.letters.talk[visit.words.language].letters
    for each in visit.memory.letters.of_client(client.number):
        if each.sent_on is not None and each.kind in named:
            name = named[each.kind].name  # type: ignore[index]  # ids of the content, as stored
            yield TrendEvent(TrendKind.LETTER, each.sent_on, visit.day(each.sent_on), name)


def _steps(visit: Visit, client: Client) -> Iterator[TrendEvent]:
    for each in visit.memory.plans.of_client(client.number):
        if each.state in FINISHED and each.about != "reassess":
            yield TrendEvent(TrendKind.STEP, each.due, visit.day(each.due), _step(visit, each))


def _step(visit: Visit, action: Action) -> str:
    name = action.words or name_of(visit.words, QuestionId(action.about))
    key = "helped" if action.state is ActionState.DONE else "in_vain"
    return visit.texts(f"pictures.trend.{key}", words=name)


def _moves(visit: Visit, done: list[Assessment]) -> list[str]:
    if len(done) < 2:  # noqa: PLR2004 - before and after
        return []
    before, after = done[-2:]
    return [
        visit.texts(f"pictures.trend.{group}", step=step)
        for group, steps in moves(visit.words, visit.catalogue, before, after).items()
        for step in steps
    ]
