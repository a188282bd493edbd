"""What is shown of a team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.answers import quoted, sentence, short_of, state_of
from content.comparing import Comparison, Disagreement
from content.knowledge import Words
from content.models import OptionId
from content.sorting import TeamAdvice, TeamQuestion
from content.texts import Texts
from handlers.clients import buttons as to_clients
from handlers.engine.lists import choice, page_of
from handlers.engine.screen import (
    BodyLine,
    Button,
    ButtonRow,
    Screen,
    Strong,
    button,
    header,
    in_pairs,
    primary,
    way_back,
)
from handlers.engine.wording import client_name
from handlers.team import buttons as to
from storage.records import Client, Judging

OPTIONS = ("good", "partly", "bad")
"""In the order of their digits."""
UNKNOWN = "s"


@dataclass(frozen=True, slots=True)
class Judges:
    """Who judges a client besides oneself."""

    asks: bool
    """Whether colleagues can be asked: for «мы»."""
    asked: Sequence[tuple[Judging, str]]
    """Each with the day until which it can be taken up."""
    given: Sequence[Judging]
    """For whom one judges them."""
    judged: bool
    """Whether there is a verdict of one's own, whose answers can be shared."""


def team(words: Words, client: Client, lead: str, judges: Judges) -> Screen:
    """Show who leads a client, and who else judges them."""
    texts, number = words.texts, client.number
    body: list[BodyLine] = []
    rows: list[ButtonRow] = []
    for each in judges.given:
        body.append(texts("team.judge_shared" if each.answers else "team.judge"))
        if each.answers:
            take_back = to.UnshareAnswers(judging=each.number)
            rows.append((button(texts("team.unshare"), take_back),))
        elif judges.judged:
            rows.append(
                (primary(texts("team.share_button"), to.AskShare(judging=each.number)),)
                if not rows
                else (button(texts("team.share_button"), to.AskShare(judging=each.number)),)
            )
        else:
            body.append(texts("team.share_later"))
    if judges.asks:
        body.insert(0, texts("team.lead", name=lead) if lead else texts("team.no_lead"))
        body += [
            _asked(texts, place, each, day)
            for place, (each, day) in enumerate(judges.asked, start=1)
        ]
        if any(each.answers for each, _ in judges.asked):
            rows.append((button(texts("team.compare"), to.CompareJudges(client=number, page=0)),))
        rows += in_pairs(
            [
                button(texts("team.lead_button"), to.AskLead(client=number)),
                button(texts("team.sort_button"), to.SortManager(client=number, digits="")),
                button(texts("team.invite"), to.InviteJudge(client=number)),
            ]
        )
        rows += [
            (button(texts("team.remove", n=place), to.EndJudging(judging=each.number)),)
            for place, (each, _) in enumerate(judges.asked, start=1)
        ]
    return Screen(
        header=header(client_name(words, client), texts("team.header")),
        body=tuple(body),
        rows=(*rows, (button(texts("common.to_client"), to_clients.ClientCard(client=number)),)),
        place=to.ShowTeam(client=number).pack(),
    )


def ask_lead(words: Words, client: Client, said: str, *, there: bool) -> Screen:
    """Ask who leads a client."""
    texts, number = words.texts, client.number
    clear = button(texts("team.lead_screen.clear"), to.ClearLead(client=number))
    return Screen(
        header=header(client_name(words, client), texts("team.lead_screen.header")),
        body=(said or texts("team.lead_screen.body"),),
        rows=(
            *(((clear,),) if there else ()),
            (way_back(texts("common.cancel"), to.ShowTeam(client=number)),),
        ),
        place=to.AskLead(client=number).pack(),
    )


def sorting(words: Words, client: Client, asked: TeamQuestion, digits: str) -> Screen:
    """Ask one question about the change of managers."""
    texts, number = words.texts, client.number

    def there(digit: str) -> to.SortManager:
        return to.SortManager(client=number, digits=digits + digit)

    back: to.SortManager | to.ShowTeam = (
        to.SortManager(client=number, digits=digits[:-1]) if digits else to.ShowTeam(client=number)
    )
    return Screen(
        header=header(
            client_name(words, client), texts("team.sorting.header", number=len(digits) + 1)
        ),
        body=(Strong(texts(f"team.sorting.{asked}.ask")),),
        rows=(
            *(
                (button(texts(f"team.sorting.{asked}.{option}"), there(str(digit))),)
                for digit, option in enumerate(OPTIONS)
            ),
            (
                button(texts("common.back"), back),
                button(texts("assess.skip"), there(UNKNOWN)),
            ),
        ),
        place=to.SortManager(client=number, digits=digits).pack(),
    )


def sorted_out(words: Words, client: Client, findings: Sequence[TeamAdvice], digits: str) -> Screen:
    """Say what to do, with words for the client and steps for the plan."""
    texts, number = words.texts, client.number
    several = len(findings) > 1
    body: list[BodyLine] = []
    said, copies = [], []
    for place, finding in enumerate(findings, start=1):
        phrase = texts(f"team.sorting.{finding}.phrase")
        body += [
            Strong(texts(f"team.sorting.{finding}.name")),
            texts(f"team.sorting.{finding}.text"),
        ]
        said.append(texts("team.sorting.say", phrase=quoted(words, phrase)))
        label = texts("team.sorting.copy_one", n=place) if several else texts("team.sorting.copy")
        copies.append((Button(label, copy=phrase),))
    return Screen(
        header=header(client_name(words, client), texts("team.sorting.found")),
        body=(*body, *(() if several else said)),
        folded=tuple(said) if several else (),
        rows=(
            *copies,
            (primary(texts("team.sorting.keep"), to.KeepSorting(client=number, digits=digits)),),
            (button(texts("team.sorting.again"), to.SortManager(client=number, digits="")),),
            (button(texts("team.to_team"), to.ShowTeam(client=number)),),
        ),
        place=to.SortManager(client=number, digits=digits).pack(),
    )


def offer(texts: Texts, judging: Judging, *, any_client: bool) -> Screen:
    """Say what somebody asks, and what they will see, before anything is agreed."""
    number = judging.number
    mine = button(texts("team.offer.mine"), to.ChooseJudged(judging=number, page=0))
    return Screen(
        header=texts("team.offer.header"),
        body=(
            texts("team.offer.body"),
            texts("team.offer.shows"),
            Strong(texts("team.offer.whom")),
        ),
        rows=(
            (button(texts("team.offer.new"), to.NameJudged(judging=number)),),
            *(((mine,),) if any_client else ()),
            (button(texts("team.offer.refuse"), to.RefuseOffer(judging=number)),),
        ),
        place=to.ShowOffer(judging=number).pack(),
    )


def ask_judged(texts: Texts, judging: Judging, said: str = "") -> Screen:
    """Ask how one calls the client."""
    return Screen(
        header=texts("team.offer.name_header"),
        body=(said or texts("team.offer.name_body"),),
        rows=((way_back(texts("common.cancel"), to.ShowOffer(judging=judging.number)),),),
        place=to.NameJudged(judging=judging.number).pack(),
    )


def choose(words: Words, judging: Judging, clients: Sequence[Client], page: int) -> Screen:
    """Ask which of one's own clients it is."""
    texts, number = words.texts, judging.number
    shown = page_of(texts, choice(words, clients), to.ChooseJudged(judging=number, page=page))
    return Screen(
        header=texts("team.offer.choose_header"),
        body=(texts("team.offer.choose_body"),),
        rows=(
            *shown.rows(
                button(label, to.TakeJudged(judging=number, client=client))
                for client, label in shown
            ),
            (button(texts("common.back"), to.ShowOffer(judging=number)),),
        ),
        place=shown.place,
    )


def ask_share(words: Words, client: Client, judging: Judging, day: str) -> Screen:
    """Say what the other will see."""
    texts = words.texts
    return Screen(
        header=header(client_name(words, client), texts("team.share.header")),
        body=(texts("team.share.body", date=day),),
        rows=(
            (primary(texts("team.share.go"), to.ShareAnswers(judging=judging.number)),),
            (button(texts("team.to_team"), to.ShowTeam(client=client.number)),),
        ),
        place=to.AskShare(judging=judging.number).pack(),
    )


def comparison(
    words: Words, client: Client, found: Comparison, answered: Sequence[int], page: int
) -> Screen:
    """Show the signs on which not all agree, with the answer of each; ``answered`` are numbers."""
    texts, number = words.texts, client.number
    shown = page_of(texts, found.differ, to.CompareJudges(client=number, page=page))
    lines = [_difference(words, each, answered) for each in shown]
    body = ["\n".join(lines) if lines else texts("team.comparison.same")]
    if found.same:
        body.append(texts("team.comparison.agree", n=found.same))
    if lines:
        body.append(texts("team.comparison.talk"))
    return Screen(
        header=header(client_name(words, client), texts("team.comparison.header")),
        body=tuple(body),
        rows=(*shown.pager, (button(texts("team.to_team"), to.ShowTeam(client=number)),)),
        place=shown.place,
    )


def nothing_to_compare(words: Words, client: Client) -> Screen:
    """Say what is still missing."""
    texts, number = words.texts, client.number
    return Screen(
        header=header(client_name(words, client), texts("team.comparison.header")),
        body=(texts("team.comparison.none"),),
        rows=((button(texts("team.to_team"), to.ShowTeam(client=number)),),),
        place=to.CompareJudges(client=number, page=0).pack(),
    )


def _asked(texts: Texts, place: int, judging: Judging, day: str) -> str:
    if judging.answers:
        return texts("team.answered", n=place)
    return (
        texts("team.agreed", n=place) if judging.taken else texts("team.asked", n=place, date=day)
    )


def _difference(words: Words, differ: Disagreement, answered: Sequence[int]) -> str:
    texts = words.texts

    def state(option: OptionId | None) -> str:
        if option is None:
            return texts("team.comparison.unknown")
        return state_of(words, differ.sign, option)

    mine, *others = differ.answers
    said = [texts("team.comparison.you", state=state(mine))]
    said += [
        texts("team.comparison.other", n=number, state=state(option))
        for number, option in zip(answered, others, strict=True)
    ]
    named = sentence(short_of(words, differ.sign))
    return texts(
        "verdict.bullet",
        text=texts("team.comparison.line", sign=named, answers="; ".join(said)),
    )
