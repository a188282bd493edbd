"""What is shown of somebody with whom nothing is signed yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.answers import after_colon, quoted, sentence, stopped
from content.knowledge import Words
from content.models import PROSPECT_OPTIONS, SKIP, OptionId, ProspectId
from content.prospects import DECLINE_LETTER, Decision, Foresight
from content.texts import Texts
from handlers.clients import buttons as to_clients
from handlers.engine.lists import choice, page_of, pager
from handlers.engine.screen import (
    LABEL_LIMITS,
    BodyLine,
    Button,
    ButtonRow,
    Screen,
    Strong,
    button,
    chosen,
    cut,
    header,
    in_pairs,
    primary,
    way_back,
)
from handlers.engine.wording import client_name, verdict_name
from handlers.facts import buttons as to_facts
from handlers.letters import buttons as to_letters
from handlers.prospects import buttons as to
from handlers.prospects.alike import Alike
from storage.records import Client

REASONS = 4
"""That are named at once; each has its condition a tap away."""
UNKNOWN = 3


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """One question, ready to be shown."""

    client: Client
    question: ProspectId
    number: int
    total: int
    former: ProspectId | None
    """The question before it."""
    now: str | None
    """The answer it has."""
    explained: bool = False


def listing(words: Words, clients: Sequence[Client], page: int) -> Screen:
    """List those with whom nothing is signed yet."""
    texts = words.texts
    shown = page_of(texts, choice(words, clients), to.ProspectList(page=page))
    return Screen(
        header=texts("prospects.list.header"),
        body=(texts("prospects.list.body" if clients else "prospects.list.empty"),),
        rows=(
            *shown.rows(button(label, to.ShowProspect(client=number)) for number, label in shown),
            (button(texts("prospects.list.add"), to.NewProspect()),),
            (button(texts("common.to_clients"), to_clients.ClientList(page=0, archived=0)),),
        ),
        place=shown.place,
    )


def ask_name(texts: Texts, said: str = "") -> Screen:
    """Ask the name; ``said`` tells what was wrong with the last one."""
    return Screen(
        header=texts("prospects.new.header"),
        body=(said or texts("prospects.new.body"),),
        rows=(
            (button(texts("clients.new.later"), to.NameProspectLater()),),
            (way_back(texts("common.cancel"), to_clients.ClientList(page=0, archived=0)),),
        ),
        place=to.NewProspect().pack(),
    )


def question(words: Words, asked: AskedBefore) -> Screen:
    """Ask one question, answered by one tap."""
    texts = words.texts
    told = words.prospects[asked.question]
    number = asked.client.number
    body: list[BodyLine] = [Strong(told.question)]
    if asked.explained:
        body += [
            told.counts,
            texts(
                "assess.innocent", innocent=stopped(words, after_colon(told.innocent.rstrip(".")))
            ),
        ]

    def answer(option: OptionId, label: str) -> Button:
        there = to.AnswerBefore(client=number, question=asked.question, option=option)
        return button(chosen(label, option == asked.now), there)

    labels = told.labels.model_dump()
    before: to.ShowProspect | to.AskBefore = (
        to.AskBefore(client=number, question=asked.former)
        if asked.former
        else to.ShowProspect(client=number)
    )
    explain = to.ExplainBefore(client=number, question=asked.question)
    more = () if asked.explained else ((button(texts("assess.explain.sign"), explain),),)
    return Screen(
        header=header(
            client_name(words, asked.client),
            texts("prospects.question", number=asked.number, total=asked.total),
        ),
        progress=(asked.number, asked.total),
        body=tuple(body),
        rows=(
            *((answer(option, labels[option]),) for option in PROSPECT_OPTIONS),
            *more,
            (
                button(texts("common.back"), before),
                answer(SKIP, texts("assess.skip")),
                button(texts("assess.pause"), to.ShowProspect(client=number)),
            ),
        ),
        place=to.AskBefore(client=number, question=asked.question).pack(),
    )


def waiting(words: Words, client: Client, first: ProspectId, left: int, facts: int) -> Screen:
    """Say what is asked and how much of it is ``left``; ``facts``: how many are kept."""
    texts = words.texts
    begun = bool(client.beforehand)
    go = to.AskBefore(client=client.number, question=first)
    said = texts("prospects.left", n=left) if begun else texts("prospects.intro", n=left)
    ways: tuple[ButtonRow, ...] = (
        (primary(texts("prospects.go_on" if begun else "prospects.go"), go),),
        *_leave(texts, client, [_facts(texts, client, facts)]),
    )
    if client.archived_at is not None:
        said = texts("prospects.left_them")
        ways = (
            *in_pairs([_decline(texts, client), _facts(texts, client, facts)]),
            *_leave(texts, client),
        )
    return Screen(
        header=header(client_name(words, client), texts("prospects.header")),
        body=(said,),
        rows=(*ways, (button(texts("prospects.to_list"), to.ProspectList(page=0)),)),
        place=to.ShowProspect(client=client.number).pack(),
    )


def result(
    words: Words, client: Client, seen: Foresight, alike: Sequence[Alike], facts: int
) -> Screen:
    """Say what to do, because of which answers, and who was like this before."""
    texts = words.texts
    decision = seen.decision
    body: list[BodyLine] = [
        Strong(texts(f"prospects.decision.{decision}")),
        texts(f"prospects.meaning.{decision}"),
    ]
    if seen.because:
        named = [_bullet(words, client, each) for each in seen.because[:REASONS]]
        if more := len(seen.because) - len(named):
            named.append(texts("verdict.and_more", n=more))
        body.append("\n".join(named))
    body += [_alike(words, each) for each in alike]
    if seen.unknown and decision is not Decision.DECLINE:
        items = [words.prospects[each].short for each in seen.unknown[:UNKNOWN]]
        body.append(texts("prospects.find_out", items=", ".join(items)))
    tail = texts("prospects.header" if client.prospect else "prospects.header_signed")
    return Screen(
        header=header(client_name(words, client), tail),
        body=tuple(body),
        state=texts("prospects.left_them") if client.prospect and client.archived_at else "",
        rows=_result_rows(texts, client, seen, facts),
        place=to.ShowProspect(client=client.number).pack(),
    )


def condition(
    words: Words, client: Client, there: Sequence[ProspectId], index: int, letter: str
) -> Screen:
    """Show one condition: what to do, what to say, and the kind of ``letter`` for it."""
    texts = words.texts
    number = client.number
    told = words.prospects[there[index]]
    phrase = told.condition.phrase
    tapped = label_of(words, there[index], client.beforehand[there[index]])
    write = to_letters.StartLetter(client=number, kind=letter)
    return Screen(
        header=header(
            client_name(words, client),
            texts("prospects.condition", number=index + 1, total=len(there)),
        ),
        body=(
            Strong(told.condition.step),
            told.condition.text,
            texts("verdict.advice_screen.say", phrase=quoted(words, phrase)),
        ),
        state=texts("verdict.advice_screen.answer", answer=quoted(words, f"{tapped}.")),
        rows=(
            (Button(texts("common.copy"), copy=phrase),),
            (button(texts("prospects.letter"), write),),
            *pager(texts, index, len(there), lambda at: to.ShowCondition(client=number, index=at)),
            (button(texts("prospects.back"), to.ShowProspect(client=number)),),
        ),
        place=to.ShowCondition(client=number, index=index).pack(),
    )


def answers(words: Words, client: Client, asked: Sequence[ProspectId]) -> Screen:
    """Show every answer, and offer to change one."""
    texts = words.texts
    number = client.number
    given = [
        texts("verdict.bullet", text=_answered(words, each, client.beforehand)) for each in asked
    ]
    return Screen(
        header=header(client_name(words, client), texts("prospects.answers.header")),
        body=("\n".join(given), texts("prospects.answers.body")),
        rows=(
            *in_pairs(
                button(
                    cut(sentence(words.prospects[each].short), LABEL_LIMITS[1]),
                    to.AskBefore(client=number, question=each),
                )
                for each in asked
            ),
            (button(texts("prospects.back"), to.ShowProspect(client=number)),),
        ),
        place=to.AnswersBefore(client=number).pack(),
    )


def _result_rows(
    texts: Texts, client: Client, seen: Foresight, facts: int
) -> tuple[ButtonRow, ...]:
    number = client.number
    conditions = button(
        texts("prospects.conditions", n=len(seen.because)),
        to.ShowCondition(client=number, index=0),
    )
    if not client.prospect:
        back = button(texts("common.to_client"), to_clients.ClientCard(client=number))
        return (*(((conditions,),) if seen.because else ()), (back,))
    sign = button(texts("prospects.sign"), to.SignClient(client=number))
    decline = _decline(texts, client)
    ordered = {
        Decision.SIGN: (sign, conditions, decline),
        Decision.UNCLEAR: (sign, conditions, decline),
        Decision.CONDITIONS: (conditions, sign, decline),
        Decision.DECLINE: (decline, conditions, sign),
    }[seen.decision]
    main, *others = [each for each in ordered if each is not conditions or seen.because]
    change = button(texts("prospects.change"), to.AnswersBefore(client=number))
    if seen.decision is Decision.UNCLEAR:
        main, others = change, [main, *others]
        change = others.pop()
    if client.archived_at is not None:
        main, others = decline, [each for each in (main, *others) if each not in (sign, decline)]
    return (
        (main if client.archived_at else main.as_main(),),
        *in_pairs([*others, change, _facts(texts, client, facts)]),
        *_leave(texts, client),
        (button(texts("prospects.to_list"), to.ProspectList(page=0)),),
    )


def _decline(texts: Texts, client: Client) -> Button:
    write = to_letters.StartLetter(client=client.number, kind=DECLINE_LETTER)
    return button(texts("prospects.decline"), write)


def _facts(texts: Texts, client: Client, facts: int) -> Button:
    """Offer what happened so far, or to write it down: it stays with them when they sign."""
    if facts:
        shown = to_facts.FactList(client=client.number, page=0)
        return button(texts("clients.card.facts", n=facts), shown)
    return button(texts("clients.card.fact"), to_facts.NewFact(client=client.number))


def _leave(texts: Texts, client: Client, more: Sequence[Button] = ()) -> tuple[ButtonRow, ...]:
    number = client.number
    edit = button(texts("clients.card.edit"), to_clients.ClientEdit(client=number))
    if client.archived_at is not None:
        back = to_clients.ArchiveClient(client=number, archived=0)
        return ((button(texts("clients.card.restore"), back),), *in_pairs([edit, *more]))
    return in_pairs([button(texts("prospects.leave"), to.TurnDown(client=number)), edit, *more])


def _alike(words: Words, alike: Alike) -> str:
    same = words.texts.list([words.prospects[each].short for each in alike.same])
    key = "prospects.alike_gone" if alike.client.archived_at else "prospects.alike"
    told = {"client": client_name(words, alike.client), "same": same}
    if not alike.client.archived_at:
        told["verdict"] = verdict_name(words, alike.verdict)
    return words.texts(key, **told)


def _bullet(words: Words, client: Client, question_id: ProspectId) -> str:
    return words.texts("verdict.bullet", text=_state(words, client, question_id))


def _state(words: Words, client: Client, question_id: ProspectId) -> str:
    """Return «условия подтверждать не торопятся»."""
    states = words.prospects[question_id].states.model_dump()
    return str(states[client.beforehand[question_id]])


def _answered(words: Words, question_id: ProspectId, given: Mapping[str, str]) -> str:
    """Return «торг: просит скидку»."""
    short, label = (
        words.prospects[question_id].short,
        label_of(words, question_id, given.get(question_id, "")),
    )
    return f"{short}: {after_colon(label)}"


def label_of(words: Words, question_id: ProspectId, option: str) -> str:
    """Return what the button of an answer says, "?" where none was given."""
    labels = {**words.prospects[question_id].labels.model_dump(), SKIP: words.texts("assess.skip")}
    return str(labels.get(option, "?"))
