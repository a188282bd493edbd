"""A client's card, and what can be changed about a client."""

from __future__ import annotations

from dataclasses import dataclass, replace

from content.knowledge import Words
from content.texts import Texts
from handlers.assessment import buttons as to_assessment
from handlers.casefile import buttons as to_casefile
from handlers.clients import buttons as to
from handlers.clients.names import NOTE_LIMIT
from handlers.engine.screen import (
    HEADER_LIMIT,
    Button,
    ButtonRow,
    Coming,
    Screen,
    Style,
    button,
    cut,
    header,
    in_pairs,
    primary,
    way_back,
)
from handlers.engine.wording import client_name
from handlers.facts import buttons as to_facts
from handlers.hindsight import buttons as to_hindsight
from handlers.letters import buttons as to_letters
from handlers.prospects import buttons as to_prospects
from handlers.reminders import buttons as to_reminders
from handlers.reports import buttons as to_reports
from handlers.team import buttons as to_team
from storage.records import UNREADABLE, Client


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card says besides the client; every part ready to be shown, empty where absent."""

    since: str
    verdict: str = ""
    judged: int | None = None
    """Number of the newest judged assessment."""
    changed: str = ""
    progress: tuple[int, int] | None = None
    """Answers of an unfinished assessment, and about how many screens are left."""
    unfinished: int | None = None
    """Number of the unfinished assessment."""
    plan: str = ""
    weekly: str = ""
    """On which weekday they are reported to."""
    coming: tuple[Coming, ...] = ()
    """What has its day besides the plan."""
    facts: int = 0
    team: tuple[str, ...] = ()
    """What a team has to say: who leads them, who waits for answers."""
    history: bool = False
    """Whether there is more than one verdict to compare."""
    asked: bool | None = None
    """Whether it is asked later how it went; None where there is nothing to ask."""


def ask_name(texts: Texts, said: str = "") -> Screen:
    """Ask the name of a new client; ``said`` tells what was wrong with the last one."""
    return Screen(
        header=texts("clients.new.header"),
        body=(said or texts("clients.new.body"),),
        rows=(
            *in_pairs(
                (
                    button(texts("clients.new.pick"), to.PickClient()),
                    button(texts("clients.new.later"), to.NameLater()),
                )
            ),
            (button(texts("prospects.new.button"), to_prospects.NewProspect()),),
            (way_back(texts("common.cancel"), to.Home()),),
        ),
        place=to.NewClient().pack(),
    )


def pick(texts: Texts) -> Screen:
    """Offer the phone's contacts; a name can be typed all the same."""
    return Screen(
        header=texts("clients.new.header"),
        body=(texts("clients.new.pick_body"),),
        rows=(
            (Button(texts("clients.new.picked"), picks=True),),
            (way_back(texts("common.cancel"), to.Home()),),
        ),
        place=to.PickClient().pack(),
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
        given, left = facts.progress
        body.append(texts("clients.card.open", given=given, left=left))
    elif facts.unfinished:
        body.append(texts("clients.card.review"))
    if facts.plan:
        body.append(facts.plan)
    if facts.weekly:
        body.append(facts.weekly)
    if facts.asked:
        body.append(texts("hindsight.later"))
    body += facts.team
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
        place=to.ClientCard(client=number).pack(),
    )


def _card_rows(texts: Texts, client: Client, facts: CardFacts) -> tuple[ButtonRow, ...]:
    number = client.number
    assess = to_assessment.StartAssessment(client=number, depth="full")
    others: list[Button] = []
    if facts.judged and (client.archived_at or facts.unfinished):
        shown = to_assessment.ShowVerdict(assessment=facts.judged)
        others.append(button(texts("clients.card.show_verdict"), shown))
    if client.archived_at:
        main = primary(texts("clients.card.restore"), to.ArchiveClient(client=number, archived=0))
    elif facts.unfinished:
        main = primary(
            texts("clients.card.resume"), to_assessment.Resume(assessment=facts.unfinished)
        )
    elif facts.judged:
        main = primary(
            texts("clients.card.show_verdict"), to_assessment.ShowVerdict(assessment=facts.judged)
        )
        others.append(button(texts("clients.card.again"), assess))
    else:
        main = primary(texts("clients.card.assess"), assess)
    if facts.plan:
        others.append(
            button(texts("clients.card.show_plan"), to_assessment.ShowPlan(client=number))
        )
    if facts.history:
        others.append(button(texts("clients.card.history"), to_assessment.History(client=number)))
    others.append(
        button(texts("clients.card.facts", n=facts.facts), to_facts.FactList(client=number, page=0))
        if facts.facts
        else button(texts("clients.card.fact"), to_facts.NewFact(client=number))
    )
    others.append(
        button(texts("clients.card.letter"), to_letters.LetterKinds(client=number, page=0))
    )
    others.append(button(texts("clients.card.report"), to_reports.OpenReport(client=number)))
    if facts.team:
        others.append(button(texts("team.button"), to_team.ShowTeam(client=number)))
    others.append(button(texts("clients.card.edit"), to.ClientEdit(client=number)))
    if facts.asked is not None:
        label = texts("hindsight.stop" if facts.asked else "hindsight.resume")
        others.append(
            button(label, to_hindsight.SilenceClient(client=number, silent=int(facts.asked)))
        )
    due = [each.opens for each in facts.coming if each.due][:1]
    if due and not client.archived_at:
        others.insert(0, replace(main, style=None))
        main = due[0].as_main()
    back = to.ClientList(page=0, archived=int(client.archived_at is not None))
    return ((main,), *in_pairs(others), (button(texts("common.to_clients"), back),))


def edit(words: Words, client: Client, *, team: bool = False) -> Screen:
    """Offer what can be changed about a client; ``team``: for «мы»."""
    texts = words.texts
    number = client.number
    archived = client.archived_at is not None
    changes = [
        button(texts("clients.edit.rename"), to.RenameClient(client=number)),
        button(texts("clients.edit.note"), to.NoteClient(client=number)),
    ]
    if client.beforehand and not client.prospect:
        before = to_prospects.ShowProspect(client=number)
        changes.append(button(texts("prospects.list.button"), before))
    if not client.prospect:
        changes.append(button(texts("clients.edit.price"), to.ShowPrice(client=number)))
    changes.append(button(texts("casefile.button"), to_casefile.OpenCase(client=number)))
    if team and not client.prospect:
        changes.append(button(texts("team.button"), to_team.ShowTeam(client=number)))
    if not (archived or client.prospect):
        changes.append(button(texts("clients.edit.day"), to_reminders.AskDay(client=number)))
    if client.note:
        changes.append(button(texts("clients.edit.clear_note"), to.ClearNote(client=number)))
    changes.append(
        button(
            texts("clients.edit.restore" if archived else "clients.edit.archive"),
            to.ArchiveClient(client=number, archived=int(not archived)),
        )
    )
    return Screen(
        header=header(client_name(words, client), texts("clients.edit.header")),
        body=(texts("clients.edit.body"),),
        rows=(
            *in_pairs(changes),
            (button(texts("clients.edit.delete"), to.DeleteClient(client=number)),),
            (button(texts("common.to_client"), to.ClientCard(client=number)),),
        ),
        place=to.ClientEdit(client=number).pack(),
    )


def ask_rename(words: Words, client: Client, said: str = "") -> Screen:
    """Ask another name."""
    texts = words.texts
    return Screen(
        header=header(client_name(words, client), texts("clients.edit.rename_header")),
        body=(said or texts("clients.edit.rename_body"),),
        rows=((way_back(texts("common.cancel"), to.ClientEdit(client=client.number)),),),
        place=to.RenameClient(client=client.number).pack(),
    )


def ask_note(words: Words, client: Client, said: str = "") -> Screen:
    texts = words.texts
    return Screen(
        header=header(client_name(words, client), texts("clients.edit.note_header")),
        body=(said or texts("clients.edit.note_body", limit=NOTE_LIMIT),),
        rows=((way_back(texts("common.cancel"), to.ClientEdit(client=client.number)),),),
        place=to.NoteClient(client=client.number).pack(),
    )


def ask_delete(words: Words, client: Client, goes: str) -> Screen:
    """Say what would go; the safe button first."""
    texts = words.texts
    number = client.number
    archived = client.archived_at is not None
    instead = texts("clients.card.restore" if archived else "clients.delete.archive")
    rows: tuple[ButtonRow, ...] = (
        (primary(texts("clients.delete.keep"), to.ClientCard(client=number)),),
        (button(instead, to.ArchiveClient(client=number, archived=int(not archived))),),
        (button(texts("clients.delete.now"), to.DeleteClientNow(client=number), Style.DANGER),),
        (button(texts("common.back"), to.ClientEdit(client=number)),),
    )
    return Screen(
        header=header(client_name(words, client), texts("clients.delete.header")),
        body=(goes,),
        rows=rows,
        place=to.DeleteClient(client=number).pack(),
    )


def deleted(words: Words, client: Client) -> Screen:
    """Say that the client is gone, and for how long they can come back."""
    texts = words.texts
    name = cut(client_name(words, client), HEADER_LIMIT - 17)
    return Screen(
        header=texts("clients.delete.gone_header", name=name),
        body=(texts("clients.delete.gone_body"),),
        rows=(
            (button(texts("clients.delete.undo"), to.UndeleteClient(client=client.number)),),
            (button(texts("common.to_clients"), to.ClientList(page=0, archived=0)),),
        ),
        place=to.ClientList(page=0, archived=0).pack(),
    )


def gone(texts: Texts) -> Screen:
    """Say that a client was deleted."""
    return Screen(
        header=texts("clients.delete.too_late"),
        rows=((button(texts("common.clients"), to.ClientList(page=0, archived=0)),),),
    )
