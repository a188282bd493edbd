"""Facts: the first reply to a forward, one fact with what can be changed, and their lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from babel.dates import format_skeleton

from content.answers import name_of, short_of
from content.knowledge import Catalogue, Words
from content.models import QuestionId, Topic
from content.texts import Texts
from handlers.clients import buttons as to_clients
from handlers.engine.lists import choice, page_of
from handlers.engine.screen import (
    HEADER_LIMIT,
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    button,
    cut,
    header,
    in_pairs,
    primary,
    way_back,
)
from handlers.engine.wording import client_name
from handlers.facts import buttons as to
from storage.records import UNREADABLE, Client, Fact

WORDS_SHOWN = 700
"""Characters of a fact that its screen shows; more of it helps nobody decide anything."""
WORDS_ASKED = 300
NOTE_SHOWN = 300
PROPOSED = 4
"""Clients and signs that are offered without a way round."""
NAMED = 3
"""Signs that a list names."""
ROWS = 7
"""The most a screen has that is no list."""
NOBODY = 0
"""Stands for no client in the buttons of lists."""


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact, ready to be shown."""

    fact: Fact
    client: Client | None
    day: str
    """«21 ноября»."""
    when: str
    """«сегодня, 23:38»: when it was, or was written down."""
    others: Sequence[Client] = ()
    """Clients to choose from where none is named yet."""
    known: int = 0
    """How many clients there are."""
    found: Sequence[str] = ()
    """Amounts and delays that the words state, each a sentence."""
    yesterday: int | None = None
    """Ordinal of the day before, for a fact that was only just typed."""
    clears: bool = False
    """Whether Telegram still lets its messages be deleted."""
    put_off: str = ""
    """Until when the reply waits."""
    critical: bool = False
    """Whether it tells of an insult, a threat or the like: its words hurt by themselves."""
    unread: str = ""
    """What of it could not be read."""
    parts: int = 1
    """Into how many facts it can be split."""
    before: int = 0
    """The fact that it can be joined to."""


def kept(
    words: Words, told: ShownFact, *, night: bool, beside: int = 0, waiting: str = ""
) -> Screen:
    """Say that a forward is kept. What it says stands above and is not repeated.

    ``beside``: so many others came with it and are facts of their own; ``waiting`` is a typed text
    of which it is not said yet what it is.
    """
    texts, fact = words.texts, told.fact
    if told.client:
        about_whom = "facts.kept.prospect" if told.client.prospect else "facts.kept.about"
        whose = texts(about_whom, client=client_name(words, told.client))
    else:
        whose = texts("facts.kept.somebody")
    about = " ".join(part for part in (_sign_line(words, fact), whose) if part)
    body = [texts("facts.kept.critical"), about] if told.critical else [about]
    if told.unread:
        body.append(f"{told.unread} {texts('facts.unread.add_first')}")
    if fact.pieces > 1:
        body.append(texts("facts.kept.pieces", n=fact.pieces))
    if beside:
        body.append(texts("facts.kept.beside", n=beside))
    if fact.note:
        body.append(texts("facts.kept.comment"))
    delete = button(texts("facts.delete"), to.DeleteFact(fact=fact.number))
    clear = button(texts("facts.clear"), to.ClearChat(fact=fact.number))
    title = texts("facts.kept.header", when=told.when)
    if len(title) > HEADER_LIMIT:  # of another year the hour stands on the fact's own screen
        title = texts("facts.kept.header", when=told.day)
    rows = [
        (primary(texts("facts.not_today"), to.NotToday(fact=fact.number)),),
        *_whose(words, told),
        *_answers(words, fact),
        *in_pairs(_choices(words, told)),
        (clear, delete) if told.clears else (delete,),
    ]
    if waiting and len(rows) < ROWS - 1:
        text = cut(waiting, LABEL_LIMITS[1] - len(texts("unsorted.waiting", text="")))
        rows.append((button(texts("unsorted.waiting", text=text), to.ShowHeld()),))
    return Screen(
        header=title,
        body=tuple(body),
        state=told.put_off or texts("facts.kept.night" if night else "facts.kept.calm"),
        rows=(
            *rows,
            (
                up(texts, told.client),
                button(texts("facts.whole"), to.ShowFact(fact=fact.number)),
            ),
        ),
        place=to.KeptFact(fact=fact.number).pack(),
    )


def fact_screen(words: Words, told: ShownFact) -> Screen:
    """Show one fact with its words and all that can be changed."""
    texts, fact = words.texts, told.fact
    number = fact.number
    sign = _sign_line(words, fact) or texts("facts.no_sign")
    when = texts("facts.said" if fact.said_at else "facts.written", when=told.when)
    quoted = texts("facts.quoted", text=shown(words, fact.words, WORDS_SHOWN))
    body = [quoted, *told.found, f"{sign}\n{when}"]
    if told.unread:
        body.insert(1, f"{told.unread} {texts('facts.unread.add')}")
    who = client_name(words, told.client) if told.client else texts("facts.nobody")
    day = button(
        texts("facts.other_day" if told.yesterday else "facts.day"), to.AskFactDay(fact=number)
    )
    rewrite = button(texts("facts.words"), to.EditFact(fact=number))
    changes = [*_choices(words, told), rewrite, day]
    if told.parts > 1:
        changes.append(button(texts("facts.split"), to.SplitFact(fact=number)))
    if told.before:
        join = to.JoinFact(fact=number, other=told.before)
        changes.append(button(texts("facts.join"), join))
    if told.yesterday:
        before = to.SetFactDay(fact=number, day=told.yesterday)
        changes.insert(0, button(texts("facts.it_was_yesterday"), before))
    back: tuple[ButtonRow, ...] = ()
    if told.put_off:
        back = ((button(texts("put_off.due.open"), to.DueReply(fact=number)),),)
    return Screen(
        header=header(who, texts("facts.header", date=told.day)),
        body=tuple(body),
        folded=(
            (texts("facts.note", note=shown(words, fact.note, NOTE_SHOWN)),) if fact.note else ()
        ),
        rows=(
            *_whose(words, told),
            *_answers(words, fact),
            *in_pairs(changes),
            (button(texts("facts.delete"), to.DeleteFact(fact=number)),),
            *back,
            (button(texts("facts.to_facts"), to.FactList(client=fact.client or NOBODY, page=0)),),
        ),
        place=to.ShowFact(fact=number).pack(),
    )


def ask_new(
    words: Words,
    client: Client | None,
    loose: int,
    back: to_clients.ClientCard | to_clients.ClientList,
) -> Screen:
    """Ask what happened; ``loose`` facts have no client yet."""
    texts = words.texts
    rows: list[ButtonRow] = []
    if loose:
        there = to.FactList(client=NOBODY, page=0)
        rows.append((button(texts("facts.new.loose", n=loose), there),))
    title = (
        header(client_name(words, client), texts("facts.new.header_client"))
        if client
        else texts("facts.new.header")
    )
    return Screen(
        header=title,
        body=(texts("facts.new.body"),),
        rows=(*rows, (way_back(texts("common.cancel"), back),)),
        place=to.NewFact(client=client.number if client else NOBODY).pack(),
    )


def listing(
    words: Words,
    client: Client | None,
    facts: Sequence[Fact],
    today: date,
    at: to.FactList | to.SignFacts,
) -> Screen:
    """List the facts of a client, newest day first, or those that speak of one sign."""
    texts = words.texts
    number, sign = at.client, at.sign if isinstance(at, to.SignFacts) else None
    shown = page_of(texts, facts, at)
    lines = (button(_line(words, each, today), to.ShowFact(fact=each.number)) for each in shown)
    rows = [*shown.rows(lines)]
    if sign is not None:
        rows.append((button(texts("facts.list.all"), to.FactList(client=number, page=0)),))
    elif len(_counted(words, facts)) > 1:
        rows.append((button(texts("facts.list.filter"), to.FactSigns(client=number, page=0)),))
    rows.append((button(texts("facts.list.add"), to.NewFact(client=number)),))
    title = (
        header(client_name(words, client), texts("facts.list.header", n=len(facts)))
        if client
        else texts("facts.list.header_nobody", n=len(facts))
    )
    return Screen(
        header=title,
        body=(_about(words, facts, sign, nobody=client is None),),
        rows=(*rows, (up(texts, client),)),
        place=shown.place,
    )


def signs(words: Words, client: Client | None, facts: Sequence[Fact], page: int) -> Screen:
    texts = words.texts
    number = client.number if client else NOBODY
    shown = page_of(texts, _counted(words, facts), to.FactSigns(client=number, page=page))
    lines = (
        button(
            texts("facts.list.sign_line", sign=short_of(words, sign), n=n),
            to.SignFacts(client=number, sign=sign, page=0),
        )
        for sign, n in shown
    )
    who = client_name(words, client) if client else texts("facts.nobody")
    return Screen(
        header=header(who, texts("facts.list.signs_header")),
        body=(texts("facts.list.signs_body"),),
        rows=(
            *shown.rows(map(_fitting, lines)),
            (button(texts("facts.to_facts"), to.FactList(client=number, page=0)),),
        ),
        place=shown.place,
    )


def choose_client(
    words: Words, fact: Fact, clients: Sequence[Client], page: int, back: str
) -> Screen:
    """Ask which client a fact is about."""
    texts = words.texts
    shown = page_of(texts, choice(words, clients), to.FactClients(fact=fact.number, page=page))
    return Screen(
        header=texts("facts.client.header"),
        body=(texts("facts.client.body"),),
        rows=(
            *shown.rows(
                button(label, to.SetFactClient(fact=fact.number, client=number))
                for number, label in shown
            ),
            (button(texts("facts.client.new"), to.FactNewClient(fact=fact.number)),),
            (button(texts("common.back"), back),),
        ),
    )


def ask_name(texts: Texts, back: str, said: str = "") -> Screen:
    """Ask the name of the client whom a fact is about."""
    return Screen(
        header=texts("facts.client.name_header"),
        body=(said or texts("facts.client.name_body"),),
        rows=((way_back(texts("common.cancel"), back),),),
    )


def choose_topic(words: Words, fact: Fact, likely: Sequence[str], back: str) -> Screen:
    """Ask which sign a fact speaks of: what the words are like first, then by topic."""
    texts = words.texts
    number = fact.number
    quick: list[ButtonRow] = [
        (button(short_of(words, QuestionId(sign)), to.SetFactSign(fact=number, sign=sign)),)
        for sign in likely
    ]
    topics = [
        button(texts(f"assess.topic.{topic}"), to.FactTopic(fact=number, topic=topic.value))
        for topic in Topic
    ]
    rows = [*quick, *in_pairs(topics)]
    if fact.sign:
        rows.append((button(texts("facts.sign_screen.none"), to.ClearFactSign(fact=number)),))
    return Screen(
        header=texts("facts.sign_screen.header"),
        body=(
            texts("facts.quoted", text=shown(words, fact.words, WORDS_ASKED)),
            texts("facts.sign_screen.body" if quick else "facts.sign_screen.body_plain"),
        ),
        rows=(*rows, (button(texts("common.back"), back),)),
    )


def choose_sign(words: Words, catalogue: Catalogue, fact: Fact, topic: Topic) -> Screen:
    """Ask which sign of a topic a fact speaks of."""
    texts = words.texts
    number = fact.number
    return Screen(
        header=texts("facts.sign_screen.topic_header", topic=texts(f"assess.topic.{topic}")),
        body=(texts("facts.sign_screen.topic_body"),),
        rows=(
            *(
                (_fitting(button(name_of(words, sign), to.SetFactSign(fact=number, sign=sign))),)
                for sign, data in catalogue.signs.items()
                if data.topic is topic
            ),
            (button(texts("common.back"), to.FactTopics(fact=number)),),
        ),
    )


def ask_typed_day(
    words: Words, text: str, client: Client | None, days: Sequence[date], today: date
) -> Screen:
    """Show the days that a text names before it is kept on one of them."""
    texts, number = words.texts, client.number if client else NOBODY
    found = [
        button(
            texts("facts.typed_day.on", date=texts.date(day, today)),
            to.HeldOn(client=number, day=day.toordinal()),
        )
        for day in days
    ]
    now = button(texts("facts.typed_day.today"), to.HeldOn(client=number, day=today.toordinal()))
    title = (
        header(client_name(words, client), texts("facts.typed_day.header_client"))
        if client
        else texts("facts.typed_day.header")
    )
    named = ", ".join(f"{texts.weekday(day)}, {texts.date(day, today)}" for day in days[:1])
    body = (
        texts("facts.typed_day.one", date=named)
        if len(days) == 1
        else texts("facts.typed_day.several")
    )
    rows = [(found[0].as_main(),), *in_pairs(found[1:])]
    return Screen(
        header=title,
        body=(texts("facts.quoted", text=shown(words, text, WORDS_ASKED)), body),
        rows=(*rows, (now,), (way_back(texts("unsorted.drop"), to.HeldDrop()),)),
    )


def ask_day(texts: Texts, fact: Fact, today: date, said: str = "") -> Screen:
    number, ordinal = fact.number, today.toordinal()
    return Screen(
        header=texts("facts.day_screen.header"),
        body=(said or texts("facts.day_screen.body"),),
        rows=(
            (
                button(_capital(texts("facts.today")), to.SetFactDay(fact=number, day=ordinal)),
                button(
                    _capital(texts("facts.yesterday")), to.SetFactDay(fact=number, day=ordinal - 1)
                ),
            ),
            (way_back(texts("common.cancel"), to.ShowFact(fact=number)),),
        ),
        place=to.AskFactDay(fact=number).pack(),
    )


def confirm_day(texts: Texts, fact: Fact, day: date, today: date) -> Screen:
    """Show a typed day back before it is kept."""
    number, told = fact.number, texts.date(day, today)
    whole = texts("facts.day_screen.confirm_body", weekday=_capital(texts.weekday(day)), date=told)
    return Screen(
        header=texts("facts.day_screen.confirm_header"),
        body=(whole,),
        rows=(
            (
                primary(
                    texts("facts.day_screen.yes", date=told),
                    to.SetFactDay(fact=number, day=day.toordinal()),
                ),
            ),
            (button(texts("facts.day_screen.no"), to.AskFactDay(fact=number)),),
            (way_back(texts("common.cancel"), to.ShowFact(fact=number)),),
        ),
        place=to.ConfirmFactDay(fact=number, day=day.toordinal()).pack(),
    )


def ask_words(words: Words, fact: Fact) -> Screen:
    """Ask the words of a fact anew."""
    texts = words.texts
    now = shown(words, fact.words, WORDS_ASKED)
    return Screen(
        header=texts("facts.words_screen.header"),
        body=(texts("facts.words_screen.body", text=now),),
        rows=((way_back(texts("common.cancel"), to.ShowFact(fact=fact.number)),),),
        place=to.EditFact(fact=fact.number).pack(),
    )


def edited(texts: Texts, fact: Fact, day: str) -> Screen:
    """Ask whether a fact should say what its message says now."""
    return Screen(
        header=texts("facts.edited.header"),
        body=(texts("facts.edited.body", date=day),),
        rows=(
            (primary(texts("facts.edited.update"), to.UpdateFact(fact=fact.number)),),
            (button(texts("facts.edited.leave"), to.LeaveFact(fact=fact.number)),),
        ),
    )


def deleted(texts: Texts, fact: Fact, client: Client | None) -> Screen:
    """Say that a fact is gone, and for how long it can come back."""
    return Screen(
        header=texts("facts.deleted.header"),
        body=(texts("facts.deleted.body"),),
        rows=(
            (button(texts("facts.deleted.undo"), to.UndeleteFact(fact=fact.number)),),
            (up(texts, client),),
        ),
        place=up(texts, client).data or "",
    )


def gone(texts: Texts) -> Screen:
    """Say that a fact is gone for good."""
    return Screen(
        header=texts("facts.deleted.too_late"),
        rows=((button(texts("common.clients"), to_clients.ClientList(page=0, archived=0)),),),
    )


def shown(words: Words, text: str, limit: int) -> str:
    """Return what was typed, cut; a word in its place where it does not decrypt."""
    return words.texts("common.unreadable") if text == UNREADABLE else cut(text, limit)


def sign_of(words: Words, fact: Fact) -> QuestionId | None:
    """Return the sign a fact speaks of, if it is one that is still known."""
    sign = QuestionId(fact.sign or "")
    return sign if sign in words.signs else None


def like_of(words: Words, fact: Fact) -> QuestionId | None:
    """Return the sign that is proposed, while the person has not said yes or no."""
    sign = QuestionId(fact.proposed or "")
    return sign if sign in words.signs else None


def _sign_line(words: Words, fact: Fact) -> str:
    if sign := sign_of(words, fact):
        return words.texts("facts.sign", sign=short_of(words, sign))
    like = like_of(words, fact)
    return words.texts("facts.like", sign=short_of(words, like)) if like else ""


def _answers(words: Words, fact: Fact) -> tuple[ButtonRow, ...]:
    """Let the person answer what is proposed; it counts for nothing before."""
    texts, number, like = words.texts, fact.number, like_of(words, fact)
    if like is None or sign_of(words, fact):
        return ()
    yes = button(texts("facts.like_yes"), to.SetFactSign(fact=number, sign=like))
    other = button(texts("facts.other_sign"), to.FactTopics(fact=number))
    return ((yes, other), (button(texts("facts.like_none"), to.ClearFactSign(fact=number)),))


def _counted(words: Words, facts: Sequence[Fact]) -> list[tuple[QuestionId, int]]:
    """Return the signs that facts speak of, the most frequent first."""
    known = (sign_of(words, each) for each in facts)
    return Counter(sign for sign in known if sign).most_common()


def _whose(words: Words, told: ShownFact) -> tuple[ButtonRow, ...]:
    """Offer the likeliest clients where none is named yet."""
    if told.client is not None:
        return ()
    number = told.fact.number
    return in_pairs(
        button(label, to.SetFactClient(fact=number, client=client))
        for client, label in choice(words, told.others[:PROPOSED])
    )


def _choices(words: Words, told: ShownFact) -> list[Button]:
    """Return the ways to another client and another sign, the second unless it is asked already."""
    texts, fact = words.texts, told.fact
    label = texts("facts.other_sign" if fact.sign else "facts.choose_sign")
    sign = [] if _answers(words, fact) else [button(label, to.FactTopics(fact=fact.number))]
    if not told.known:
        client = button(texts("facts.client.new"), to.FactNewClient(fact=fact.number))
    else:
        key = "facts.other_client" if told.client or told.others else "facts.whose"
        client = button(texts(key), to.FactClients(fact=fact.number, page=0))
    return [client, *sign]


def up(texts: Texts, client: Client | None) -> Button:
    """Make the way back to a client, or to all where nobody knows whose it is."""
    if client is None:
        return button(texts("common.to_clients"), to_clients.ClientList(page=0, archived=0))
    return button(texts("common.to_client"), to_clients.ClientCard(client=client.number))


def _line(words: Words, fact: Fact, today: date) -> str:
    texts = words.texts
    skeleton = "Md" if fact.day.year == today.year else "yMd"
    day = format_skeleton(skeleton, fact.day, locale=texts.locale)
    told = " ".join(shown(words, fact.words, WORDS_SHOWN).split())
    return cut(texts("facts.list.line", day=day, words=told), LABEL_LIMITS[1])


def _about(words: Words, facts: Sequence[Fact], sign: str | None, *, nobody: bool) -> str:
    texts = words.texts
    if not facts:
        return texts("facts.list.empty_nobody" if nobody else "facts.list.empty")
    if sign is not None:
        return texts("facts.list.only", sign=short_of(words, QuestionId(sign)))
    counted = _counted(words, facts)[:NAMED]
    if not counted:
        return texts("facts.list.plain")
    named = [texts("facts.list.counted", sign=short_of(words, each), n=n) for each, n in counted]
    return texts("facts.list.body", signs=", ".join(named))


def _fitting(each: Button) -> Button:
    return replace(each, label=cut(each.label, LABEL_LIMITS[1]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
