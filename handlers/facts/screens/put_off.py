"""The reply that can wait: what to say until then, and the morning after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from content.answers import quoted, short_of
from content.knowledge import Words
from content.models import QuestionId
from content.texts import Texts
from handlers.account import buttons as to_account
from handlers.assessment import buttons as to_assessment
from handlers.clients import buttons as to_clients
from handlers.engine.lists import page_of
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    Strong,
    Style,
    button,
    chosen,
    cut,
    header,
    in_pairs,
    primary,
    way_back,
)
from handlers.engine.wording import client_name
from handlers.facts import buttons as to
from handlers.facts.screens.log import up
from handlers.letters import buttons as to_letters
from handlers.prospects import buttons as to_prospects
from storage.records import Client, Fact, FactNumber

NAME_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Due:
    """What the morning screen says besides the client."""

    when: str
    """«вчера, 23:38»."""
    sign: QuestionId | None
    critical: bool
    tomorrow: date
    reply: tuple[str, str] | None = None
    """The kind of letter that answers such a message, with its name."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One reply that was put off, in a list."""

    fact: FactNumber
    name: str
    """Of the client; empty while nobody knows whose it is."""
    when: str
    """«вчера, 23:38»."""


@dataclass(frozen=True, slots=True)
class Until:
    """When the coach comes back to a reply."""

    near: str
    """``today``, ``tomorrow`` or ``date``."""
    day: str
    hour: str
    """«09:00», as the person's clock shows it."""
    by: str
    """By when the phrase promises an answer."""
    monday: date | None
    """Offered where tomorrow is a day off."""
    chosen_zone: bool


def tonight(words: Words, fact: Fact, until: Until) -> Screen:
    """Say that the reply can wait, and when it comes back."""
    texts = words.texts
    number = fact.number
    named = {"date": until.day} if until.near == "date" else {}
    phrase = texts(f"put_off.phrase.{until.near}", hour=until.by, **named)
    rows: list[ButtonRow] = [(Button(texts("common.copy"), copy=phrase),)]
    if until.monday is not None:
        later = to.PutOff(fact=number, day=until.monday.toordinal())
        rows.append((button(texts("put_off.monday"), later),))
    rows.append((button(texts("put_off.other_day"), to.AskPutOff(fact=number)),))
    rows.append((button(texts("put_off.vent"), to.NoteToSelf(fact=number)),))
    if not until.chosen_zone:
        rows.append((button(texts("settings.city_unknown"), to_account.AskCity()),))
    rows.append((button(texts("put_off.to_fact"), to.KeptFact(fact=number)),))
    return Screen(
        header=texts(f"put_off.until.{until.near}", time=until.hour, **named),
        body=(
            f"{texts('put_off.hold')}\n{quoted(words, phrase)}",
            texts("put_off.rest"),
        ),
        state="" if until.chosen_zone else texts("put_off.moscow"),
        rows=tuple(rows),
    )


def ask_day(
    texts: Texts, fact: FactNumber, days: Sequence[tuple[date, str]], now: date | None
) -> Screen:
    """Ask until which day the reply can wait; ``days`` pairs dates with labels."""
    return Screen(
        header=texts("put_off.ask_day.header"),
        body=(texts("put_off.ask_day.body"),),
        rows=(
            *(
                (
                    button(
                        chosen(label, day == now),
                        to.PutOff(fact=fact, day=day.toordinal()),
                    ),
                )
                for day, label in days
            ),
            (button(texts("common.back"), to.NotToday(fact=fact)),),
        ),
    )


def ask_note(texts: Texts, fact: Fact) -> Screen:
    """Ask for the note that goes nowhere."""
    return Screen(
        header=texts("put_off.note.header"),
        body=(texts("put_off.note.body"),),
        rows=((way_back(texts("common.cancel"), to.NotToday(fact=fact.number)),),),
    )


def due(
    words: Words, fact: Fact, client: Client | None, about: Due, *, morning: bool = False
) -> Screen:
    """Ask how to answer. What was said is only behind «Прочитать».

    ``morning``: it comes by itself.
    """
    texts, number = words.texts, fact.number
    told = (
        texts("put_off.due.told_sign", when=about.when, sign=short_of(words, about.sign))
        if about.sign
        else texts("put_off.due.told", when=about.when)
    )
    if morning and client is not None:
        told = f"{cut(client_name(words, client), NAME_SHOWN)}, {told}"
    body: list[str | Strong] = [told[:1].upper() + told[1:], texts("put_off.due.how")]
    if about.critical:
        body.insert(1, Strong(texts("put_off.due.critical")))
    main, *rest = _ways(texts, fact, client, about)
    rest += [
        button(texts("put_off.due.dropped"), to.EndReply(fact=number, state="dropped")),
        button(texts("put_off.due.read"), to.ShowFact(fact=number)),
        button(texts("put_off.due.later"), to.PutOff(fact=number, day=about.tomorrow.toordinal())),
    ]
    if morning:
        title = texts("put_off.morning.header")
    elif client is None:
        title = texts("put_off.due.header_nobody")
    else:
        title = header(client_name(words, client), texts("put_off.due.header"))
    sent = to.EndReply(fact=number, state="done")
    return Screen(
        header=title,
        body=tuple(body),
        rows=(
            (main.as_main(),),
            (button(texts("put_off.due.done"), sent, Style.SUCCESS),),
            *in_pairs(rest),
            (up(texts, client),),
        ),
        place=to.DueReply(fact=number).pack(),
    )


def _ways(texts: Texts, fact: Fact, client: Client | None, about: Due) -> list[Button]:
    """Return the ways to an answer, the likeliest first; after what hurts, to think it over."""
    if client is None:
        return [button(texts("facts.whose"), to.FactClients(fact=fact.number, page=0))]
    kinds = to_letters.LetterKinds(client=client.number, page=0)
    think = _think_over(texts, client)
    if about.reply is None:
        ways = [button(texts("put_off.due.prepare"), kinds), think]
    else:
        kind, name = about.reply
        label = texts("letters.write", name=name)
        fits = button(
            label if len(label) <= LABEL_LIMITS[1] else name,
            to_letters.StartLetter(client=client.number, kind=kind),
        )
        ways = [fits, think, button(texts("letters.more"), kinds)]
    return sorted(ways, key=lambda each: each is not think) if about.critical else ways


def covered(texts: Texts, fact: FactNumber, tomorrow: date) -> Screen:
    """Say in the morning that there is something, and neither of whom nor what."""
    return Screen(
        header=texts("put_off.morning.header_covered"),
        body=(texts("put_off.morning.covered"),),
        rows=(
            (primary(texts("put_off.morning.open"), to.DueReply(fact=fact)),),
            (button(texts("put_off.due.later"), to.PutOff(fact=fact, day=tomorrow.toordinal())),),
        ),
        place=to.DueReply(fact=fact).pack(),
    )


def several(texts: Texts, replies: Sequence[Waiting], page: int, *, discreet: bool) -> Screen:
    """List the replies whose morning has come."""
    shown = page_of(texts, replies, to.DueReplies(page=page))
    names = dict.fromkeys(cut(each.name, NAME_SHOWN) for each in shown if each.name)
    body = [texts("put_off.morning.several")]
    if names and not discreet:
        body.insert(0, " · ".join(names))
    return Screen(
        header=texts("put_off.morning.header_several", count=len(replies)),
        body=tuple(body),
        rows=(
            *shown.rows(
                button(_labelled(texts, each), to.DueReply(fact=each.fact)) for each in shown
            ),
            (button(texts("common.to_clients"), to_clients.ClientList(page=0, archived=0)),),
        ),
        place=shown.place,
    )


def _labelled(texts: Texts, reply: Waiting) -> str:
    """Return a label by which replies of one client are told apart."""
    tail = f" · {reply.when}"
    name = reply.name or texts("facts.nobody")
    return cut(name, LABEL_LIMITS[1] - len(tail)) + tail


def _think_over(texts: Texts, client: Client) -> Button:
    """Offer to judge anew what is known, or whether to take somebody on at all."""
    if client.prospect:
        return button(texts("put_off.due.before"), to_prospects.ShowProspect(client=client.number))
    again = to_assessment.StartAssessment(client=client.number, depth="full")
    return button(texts("put_off.due.again"), again)
