"""Several people judge one client: by an invitation, each under their own account.

Neither sees anything of the other's but the answers to signs that were shared; what passes between
them stands under the hash of the invitation's token, see ``storage.rows.judgings``.
"""

from __future__ import annotations

from datetime import timedelta

from content.comparing import compare
from content.models import SKIP, QuestionId
from handlers.assessment import sheets
from handlers.clients import buttons as to_clients
from handlers.clients import names
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Paper, Reply, Screen
from handlers.engine.visit import Visit
from handlers.team import buttons as to
from handlers.team import screens
from storage.errors import NotFound
from storage.records import Assessment, Client, ClientNumber, Judging, JudgingNumber, Prompt

LINK = "team"
"""How the start parameter of an invitation begins."""
LIFE = timedelta(days=7)
MOST = 5
"""Invitations for one client at a time."""
PROMPT = "judged_name"
routes = Routes()


@routes.tap(to.InviteJudge)
def invite(visit: Visit, at: to.InviteJudge) -> Answered:
    """Hand over a link for one colleague."""
    client = lookup.client(visit, at.client)
    if len(_asked_for(visit, client)) >= MOST:
        return Reply(_team(visit, client.number), toast=visit.texts("team.full"))
    expires = visit.now + LIFE
    parameter = f"{LINK}-{visit.memory.judgings.ask(client.number, expires)}"
    name = visit.bot_name
    link = f"https://t.me/{name}?start={parameter}" if name else f"/start {parameter}"
    key = "team.link.text" if name else "team.link.no_name"
    paper = Paper(visit.texts(key, date=visit.day(expires), link=link))
    said = visit.texts("team.link.sent")
    return Reply(_team(visit, client.number), toast=said, papers=(paper,))


@routes.tap(to.EndJudging)
def end(visit: Visit, at: to.EndJudging) -> Answered:
    """Take an invitation back: its link opens nothing any more, its answers are gone."""
    judging = _judging(visit, at.judging, judges=False)
    visit.memory.judgings.end(judging.number)
    screen = _team(visit, judging.client or 0)
    return Reply(screen, toast=visit.texts("team.removed"))


@routes.link(LINK)
def bring(visit: Visit, token: str) -> Answered:
    """Show what an invitation asks for."""
    judging = visit.memory.judgings.bring(token, visit.now)
    if judging is None:
        return visit.open(to_clients.Home()).saying(visit.texts("team.offer.void"))
    if not judging.judges:
        return _team(visit, judging.client or 0).saying(visit.texts("team.offer.own"))
    return _offer(visit, judging)


@routes.tap(to.ShowOffer, opens=True)
def offer(visit: Visit, at: to.ShowOffer) -> Screen:
    """Say what somebody asks, and what they will see."""
    return _offer(visit, _judging(visit, at.judging, judges=True))


@routes.tap(to.RefuseOffer)
def refuse(visit: Visit, at: to.RefuseOffer) -> Answered:
    """Leave an invitation; it stays good for another try, or for somebody else."""
    judging = _judging(visit, at.judging, judges=True)
    if judging.client is None:
        visit.memory.judgings.end(judging.number)
    return Reply(visit.open(to_clients.Home()), toast=visit.texts("team.offer.refused"))


@routes.tap(to.NameJudged, opens=True)
def ask_name(visit: Visit, at: to.NameJudged) -> Screen:
    """Ask how one calls the client."""
    return _ask_name(visit, _open_offer(visit, at.judging))


@routes.prompt(PROMPT)
def named(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Take somebody new, or the client who is called so already."""
    judging = _open_offer(visit, int(prompt.subject))
    name = names.one_line(text)
    if wrong := names.fault(visit, name):
        return _ask_name(visit, judging, wrong)
    client = names.same(visit, name) or visit.memory.clients.add(name, visit.now)
    return _agreed(visit, judging, client)


@routes.tap(to.ChooseJudged, opens=True)
def choose(visit: Visit, at: to.ChooseJudged) -> Screen:
    """Ask which of one's own clients it is."""
    judging = _open_offer(visit, at.judging)
    return screens.choose(visit.words, judging, visit.memory.clients.list(), at.page)


@routes.tap(to.TakeJudged)
def take(visit: Visit, at: to.TakeJudged) -> Answered:
    """Agree to judge one of one's own clients."""
    judging = _judging(visit, at.judging, judges=True)
    client = lookup.client(visit, at.client)
    if judging.client is not None:
        return _team(visit, judging.client)
    return _agreed(visit, judging, client)


@routes.tap(to.AskShare, opens=True)
def ask_share(visit: Visit, at: to.AskShare) -> Screen:
    """Say what the other will see; where nothing is judged yet, that comes first."""
    judging, client = _mine(visit, at.judging)
    done = sheets.last_judged(visit.memory, client.number)
    if done is None:
        return _team(visit, client.number)
    day = visit.day(done.judged_at or done.started_at)
    return screens.ask_share(visit.words, client, judging, day)


@routes.tap(to.ShareAnswers)
def share(visit: Visit, at: to.ShareAnswers) -> Answered:
    """Let the other see the answers to the signs, and nothing else."""
    judging, client = _mine(visit, at.judging)
    done = sheets.last_judged(visit.memory, client.number)
    if done is None:
        return _team(visit, client.number)
    visit.memory.judgings.share(judging.number, _of_signs(visit, done))
    return Reply(_team(visit, client.number), toast=visit.texts("team.share.done"))


@routes.tap(to.UnshareAnswers)
def unshare(visit: Visit, at: to.UnshareAnswers) -> Answered:
    """Take the answers back."""
    judging, client = _mine(visit, at.judging)
    visit.memory.judgings.share(judging.number, {})
    return Reply(_team(visit, client.number), toast=visit.texts("team.unshared"))


@routes.tap(to.CompareJudges, opens=True)
def comparison(visit: Visit, at: to.CompareJudges) -> Screen:
    """Show where those who judge a client disagree."""
    client = lookup.client(visit, at.client)
    done = sheets.last_judged(visit.memory, client.number)
    others = [each.answers for each in _asked_for(visit, client)]
    answered = [number for number, each in enumerate(others, start=1) if each]
    if done is None or not answered:
        return screens.nothing_to_compare(visit.words, client)
    given = [_of_signs(visit, done), *(each for each in others if each)]
    found = compare(visit.catalogue, given)
    return screens.comparison(visit.words, client, found, answered, at.page)


def judges(visit: Visit, client: Client) -> screens.Judges:
    """Gather who was asked to judge a client, and for whom one judges them."""
    mine = [each for each in visit.memory.judgings.of_client(client.number) if each.judges]
    done = sheets.last_judged(visit.memory, client.number)
    return screens.Judges(
        asks=visit.person.team,
        asked=tuple((each, visit.day(each.expires_at)) for each in _asked_for(visit, client)),
        given=tuple(mine),
        judged=done is not None,
    )


def _offer(visit: Visit, judging: Judging) -> Screen:
    if judging.client is not None:
        return _team(visit, judging.client)
    return screens.offer(visit.texts, judging, any_client=bool(visit.memory.clients.list()))


def _ask_name(visit: Visit, judging: Judging, said: str = "") -> Screen:
    screen = screens.ask_judged(visit.texts, judging, said)
    return ask(visit, PROMPT, str(judging.number), screen)


def _agreed(visit: Visit, judging: Judging, client: Client) -> Answered:
    visit.memory.judgings.agree(judging.number, client.number, visit.now)
    card = visit.open(to_clients.ClientCard(client=client.number))
    return Reply(card, toast=visit.texts("team.offer.agreed"))


def _team(visit: Visit, client: int) -> Screen:
    return visit.open(to.ShowTeam(client=client))


def _asked_for(visit: Visit, client: Client) -> list[Judging]:
    return [each for each in visit.memory.judgings.of_client(client.number) if not each.judges]


def _of_signs(visit: Visit, done: Assessment) -> dict[str, str]:
    """Return what is known of signs: no answer about oneself, and none that is not known."""
    return {
        each.question: each.option
        for each in done.answers
        if QuestionId(each.question) in visit.catalogue.signs and each.option != SKIP
    }


def _judging(visit: Visit, number: int, *, judges: bool) -> Judging:
    """Return a judging of this side; raises ``NotFound``, also where either has ended it."""
    found = visit.memory.judgings.get(JudgingNumber(number))
    if found is None or found.judges is not judges:
        raise NotFound(f"judging {number}")
    return found


def _open_offer(visit: Visit, number: int) -> Judging:
    """Return an invitation that was not taken up yet."""
    found = _judging(visit, number, judges=True)
    if found.client is not None:
        raise NotFound(f"offer {number}")
    return found


def _mine(visit: Visit, number: int) -> tuple[Judging, Client]:
    """Return a judging that one gives, and the client."""
    found = _judging(visit, number, judges=True)
    if found.client is None:
        raise NotFound(f"judging {number} is not agreed")
    return found, lookup.client(visit, ClientNumber(found.client))
