"""The list of clients, a client's card, and what can be changed about a client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.knowledge import Words
from content.texts import Texts
from handlers.callbacks import (
    ArchiveClient,
    AskDay,
    ClearNote,
    ClientCard,
    ClientEdit,
    ClientList,
    DeleteClient,
    DeleteClientNow,
    FactList,
    History,
    LetterKinds,
    NameLater,
    NewClient,
    NewFact,
    NoteClient,
    OpenReport,
    RenameClient,
    Resume,
    ShowPlan,
    ShowPrice,
    ShowVerdict,
    StartAssessment,
    UndeleteClient,
)
from handlers.engine.lists import choice, page_of, pager
from handlers.engine.screen import (
    HEADER_LIMIT,
    Button,
    Row,
    Screen,
    Style,
    button,
    cut,
    header,
    in_pairs,
    primary,
)
from handlers.engine.wording import client_name
from storage.records import UNREADABLE, Client

NAME_LIMIT = 60
NOTE_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that has its day."""

    due: bool
    card: str
    """How its client's card tells it."""
    start: str
    """How the first screen tells it, where the client must be named."""
    opens: Button
    """As the card has it."""
    opens_at_start: Button


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card says besides the client; every part ready to be shown, empty where absent."""

    since: str
    verdict: str = ""
    judged: int | None = None
    """Number of the newest judged assessment."""
    changed: str = ""
    progress: tuple[int, int] | None = None
    """(number, total) of the open question of an unfinished assessment."""
    unfinished: int | None = None
    """Number of the unfinished assessment."""
    plan: str = ""
    weekly: str = ""
    """On which weekday they are reported to."""
    coming: tuple[Coming, ...] = ()
    """What has its day besides the plan."""
    facts: int = 0
    history: bool = False
    """Whether there is more than one verdict to compare."""


def listing(
    words: Words,
    clients: Sequence[Client],
    at: ClientList,
    *,
    archive: bool,
    title: str = "",
) -> Screen:
    """List clients; ``archive`` offers the way to those archived."""
    archived = bool(at.archived)
    texts = words.texts
    shown, page, pages = page_of(choice(words, clients), at.page)
    rows: list[Row] = [(button(label, ClientCard(client=number)),) for number, label in shown]
    rows += pager(texts, page, pages, lambda to: ClientList(page=to, archived=int(archived)))
    if archived:
        body = (
            texts("clients.list.body", n=len(clients))
            if clients
            else texts("clients.list.empty_archive")
        )
        rows.append((button(texts("common.to_clients"), ClientList(page=0, archived=0)),))
    else:
        body = (
            texts("clients.list.body", n=len(clients)) if clients else texts("clients.list.empty")
        )
        rows.append(
            (
                button(texts("clients.list.add"), NewClient())
                if clients
                else primary(texts("clients.list.add"), NewClient()),
            )
        )
        if archive:
            rows.append((button(texts("clients.list.archive"), ClientList(page=0, archived=1)),))
    return Screen(
        header=texts(
            title or ("clients.list.header_archive" if archived else "clients.list.header")
        ),
        body=(body,),
        rows=tuple(rows),
        place=ClientList(page=page, archived=int(archived)).pack(),
    )


def under(screen: Screen, coming: Coming) -> Screen:
    """Put what is due above a list."""
    opens = primary(coming.opens_at_start.label, coming.opens_at_start.data or "")
    return replace(screen, body=(coming.start, *screen.body), rows=((opens,), *screen.rows))


def ask_name(texts: Texts, said: str = "") -> Screen:
    """Ask the name of a new client; ``said`` tells what was wrong with the last one."""
    return Screen(
        header=texts("clients.new.header"),
        body=(said or texts("clients.new.body"),),
        rows=(
            (button(texts("clients.new.later"), NameLater()),),
            (button(texts("common.cancel"), ClientList(page=0, archived=0)),),
        ),
        place=NewClient().pack(),
    )


def card(words: Words, client: Client, facts: CardFacts) -> Screen:
    """Show a client: the last verdict, what is open, what comes next."""
    texts = words.texts
    number = client.number
    body: list[str] = [each.card for each in facts.coming]
    if facts.verdict:
        body.append(facts.verdict)
    if facts.changed:
        body.append(facts.changed)
    if facts.progress:
        at, total = facts.progress
        body.append(texts("clients.card.open", number=at, total=total))
    elif facts.unfinished:
        body.append(texts("clients.card.review"))
    if facts.plan:
        body.append(facts.plan)
    if facts.weekly:
        body.append(facts.weekly)
    if not facts.judged and not facts.unfinished:
        body.append(texts("clients.card.none"))
    folded: tuple[str, ...] = ()
    if client.note:
        note = texts("common.unreadable") if client.note == UNREADABLE else client.note
        folded = (texts("clients.card.note", note=note),)
    tail = texts("clients.card.archived") if client.archived_at else facts.since
    return Screen(
        header=header(client_name(words, client), tail),
        body=tuple(body),
        folded=folded,
        rows=_card_rows(texts, client, facts),
        place=ClientCard(client=number).pack(),
    )


def _card_rows(texts: Texts, client: Client, facts: CardFacts) -> tuple[Row, ...]:
    number = client.number
    full = StartAssessment(client=number, depth="full")
    express = button(texts("clients.card.express"), StartAssessment(client=number, depth="express"))
    others: list[Button] = []
    if client.archived_at:
        main = primary(texts("clients.card.restore"), ArchiveClient(client=number, archived=0))
        if facts.judged:
            others.append(
                button(texts("clients.card.show_verdict"), ShowVerdict(assessment=facts.judged))
            )
    elif facts.unfinished:
        main = primary(texts("clients.card.resume"), Resume(assessment=facts.unfinished))
        if facts.judged:
            others.append(
                button(texts("clients.card.show_verdict"), ShowVerdict(assessment=facts.judged))
            )
    elif facts.judged:
        main = primary(texts("clients.card.show_verdict"), ShowVerdict(assessment=facts.judged))
        others += [button(texts("clients.card.again"), full), express]
    else:
        main = primary(texts("clients.card.full"), full)
        others.append(express)
    if facts.plan:
        others.append(button(texts("clients.card.show_plan"), ShowPlan(client=number)))
    if facts.history:
        others.append(button(texts("clients.card.history"), History(client=number)))
    others.append(
        button(texts("clients.card.facts", n=facts.facts), FactList(client=number, page=0))
        if facts.facts
        else button(texts("clients.card.fact"), NewFact(client=number))
    )
    others.append(button(texts("clients.card.letter"), LetterKinds(client=number, page=0)))
    others.append(button(texts("clients.card.report"), OpenReport(client=number)))
    others.append(button(texts("clients.card.edit"), ClientEdit(client=number)))
    due = [each.opens for each in facts.coming if each.due][:1]
    if due and not client.archived_at:
        others.insert(0, button(main.label, main.data or ""))
        main = primary(due[0].label, due[0].data or "")
    back = ClientList(page=0, archived=int(client.archived_at is not None))
    return ((main,), *in_pairs(others), (button(texts("common.to_clients"), back),))


def edit(words: Words, client: Client) -> Screen:
    """Offer what can be changed about a client."""
    texts = words.texts
    number = client.number
    archived = client.archived_at is not None
    changes = [
        button(texts("clients.edit.rename"), RenameClient(client=number)),
        button(texts("clients.edit.note"), NoteClient(client=number)),
    ]
    changes.append(button(texts("clients.edit.price"), ShowPrice(client=number)))
    if not archived:
        changes.append(button(texts("clients.edit.day"), AskDay(client=number)))
    if client.note:
        changes.append(button(texts("clients.edit.clear_note"), ClearNote(client=number)))
    changes.append(
        button(
            texts("clients.edit.restore" if archived else "clients.edit.archive"),
            ArchiveClient(client=number, archived=int(not archived)),
        )
    )
    return Screen(
        header=header(client_name(words, client), texts("clients.edit.header")),
        body=(texts("clients.edit.body"),),
        rows=(
            *in_pairs(changes),
            (button(texts("clients.edit.delete"), DeleteClient(client=number)),),
            (button(texts("common.to_client"), ClientCard(client=number)),),
        ),
        place=ClientEdit(client=number).pack(),
    )


def ask_rename(words: Words, client: Client, said: str = "") -> Screen:
    """Ask another name."""
    texts = words.texts
    return Screen(
        header=header(client_name(words, client), texts("clients.edit.rename_header")),
        body=(said or texts("clients.edit.rename_body"),),
        rows=((button(texts("common.cancel"), ClientEdit(client=client.number)),),),
        place=RenameClient(client=client.number).pack(),
    )


def ask_note(words: Words, client: Client, said: str = "") -> Screen:
    """Ask a note."""
    texts = words.texts
    return Screen(
        header=header(client_name(words, client), texts("clients.edit.note_header")),
        body=(said or texts("clients.edit.note_body", limit=NOTE_LIMIT),),
        rows=((button(texts("common.cancel"), ClientEdit(client=client.number)),),),
        place=NoteClient(client=client.number).pack(),
    )


def ask_delete(words: Words, client: Client, goes: str) -> Screen:
    """Say what would go; the safe button first."""
    texts = words.texts
    number = client.number
    archived = client.archived_at is not None
    instead = texts("clients.card.restore" if archived else "clients.delete.archive")
    rows: tuple[Row, ...] = (
        (primary(texts("clients.delete.keep"), ClientCard(client=number)),),
        (button(instead, ArchiveClient(client=number, archived=int(not archived))),),
        (button(texts("clients.delete.now"), DeleteClientNow(client=number), Style.DANGER),),
        (button(texts("common.back"), ClientEdit(client=number)),),
    )
    return Screen(
        header=header(client_name(words, client), texts("clients.delete.header")),
        body=(goes,),
        rows=rows,
        place=DeleteClient(client=number).pack(),
    )


def deleted(words: Words, client: Client) -> Screen:
    """Say that the client is gone, and for how long they can come back."""
    texts = words.texts
    name = cut(client_name(words, client), HEADER_LIMIT - 17)
    return Screen(
        header=texts("clients.delete.gone_header", name=name),
        body=(texts("clients.delete.gone_body"),),
        rows=(
            (button(texts("clients.delete.undo"), UndeleteClient(client=client.number)),),
            (button(texts("common.to_clients"), ClientList(page=0, archived=0)),),
        ),
        place=ClientList(page=0, archived=0).pack(),
    )


def gone(texts: Texts) -> Screen:
    """Say that a client was deleted."""
    return Screen(
        header=texts("clients.delete.too_late"),
        rows=((button(texts("common.clients"), ClientList(page=0, archived=0)),),),
    )
