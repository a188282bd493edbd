"""/newclient, /clients, and everything on a client's card."""

from __future__ import annotations

from dataclasses import replace

from content.asking import standing
from content.models import Certainty
from content.schedule.hindsight import Occasion
from handlers.assessment import sheets
from handlers.assessment.trend import change_in_brief
from handlers.clients import buttons as to
from handlers.clients import home, names
from handlers.clients.screens import card as screens
from handlers.clients.screens.listing import archived
from handlers.due import agenda, hindsight, lines
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Reply, Screen
from handlers.engine.visit import Visit
from handlers.engine.wording import counted, verdict_name
from handlers.prospects import buttons as to_prospects
from storage.errors import NotFound
from storage.records import UNREADABLE, ActionState, Assessment, Client, ClientNumber, Prompt

NAME = "client_name"
"""The prompt that asks the name of a new client."""
routes = Routes()
routes.shortcut("clients", to.ClientList(page=0, archived=0))


@routes.command("newclient")
def newclient(visit: Visit, words: str) -> Answered:
    """Ask the name, or take the one behind the command."""
    return _named(visit, words) if words else ask_name(visit, to.NewClient())


@routes.tap(to.NewClient, opens=True)
def ask_name(visit: Visit, _at: to.NewClient) -> Answered:
    """Ask the name and nothing else."""
    return ask(visit, NAME, "", screens.ask_name(visit.texts))


@routes.tap(to.PickClient, opens=True)
def pick(visit: Visit, _at: to.PickClient) -> Answered:
    """Offer the contacts beside typing: a message brings whom was picked."""
    return ask(visit, NAME, "", screens.pick(visit.texts))


@routes.prompt(NAME)
def named(visit: Visit, _prompt: Prompt, text: str) -> Answered:
    """Take the name; a button in the place of the phone's keyboard is typed, too."""
    if text == visit.texts("common.cancel"):
        return visit.open(to.Home())
    return _named(visit, text)


@routes.tap(to.NameLater)
def name_later(visit: Visit, _at: to.NameLater) -> Answered:
    """Take the client with a name of our making."""
    client = names.add_unnamed(visit)
    return Reply(card(visit, client), toast=visit.texts("clients.new.added"))


@routes.tap(to.ClientList, opens=True)
def listing(visit: Visit, at: to.ClientList) -> Screen:
    """List the clients, or those archived."""
    listed = visit.memory.clients.list(archived=bool(at.archived))
    if at.archived:
        return archived(visit.words, listed, at.page)
    return home.clients_screen(visit, listed, at.page)


@routes.tap(to.ClientCard, opens=True)
def open_card(visit: Visit, at: to.ClientCard) -> Screen:
    return card(visit, lookup.client(visit, at.client))


@routes.tap(to.ClientEdit, opens=True)
def edit(visit: Visit, at: to.ClientEdit) -> Screen:
    """Offer what can be changed."""
    client = lookup.client(visit, at.client)
    return screens.edit(visit.words, client, team=visit.person.team)


@routes.tap(to.RenameClient, opens=True)
def ask_rename(visit: Visit, at: to.RenameClient) -> Screen:
    """Ask another name."""
    screen = screens.ask_rename(visit.words, lookup.client(visit, at.client))
    return ask(visit, "client_rename", str(at.client), screen)


@routes.prompt("client_rename")
def renamed(visit: Visit, prompt: Prompt, text: str) -> Answered:
    """Take the other name."""
    client = lookup.client(visit, int(prompt.subject))
    name = names.one_line(text)
    wrong = names.fault(visit, name)
    known = names.same(visit, name)
    if not wrong and known is not None and known.number != client.number:
        wrong = visit.texts("clients.edit.rename_taken")
    if wrong:
        return ask(
            visit, prompt.kind, prompt.subject, screens.ask_rename(visit.words, client, wrong)
        )
    client = replace(client, name=name)
    visit.memory.clients.save(client)
    return Reply(card(visit, client), toast=visit.texts("clients.edit.renamed"))


@routes.tap(to.NoteClient, opens=True)
def ask_note(visit: Visit, at: to.NoteClient) -> Screen:
    screen = screens.ask_note(visit.words, lookup.client(visit, at.client))
    return ask(visit, "client_note", str(at.client), screen)


@routes.prompt("client_note")
def noted(visit: Visit, prompt: Prompt, text: str) -> Answered:
    return keep_note(visit, lookup.client(visit, int(prompt.subject)), text)


@routes.tap(to.ClearNote)
def clear_note(visit: Visit, at: to.ClearNote) -> Answered:
    client = replace(lookup.client(visit, at.client), note="")
    visit.memory.clients.save(client)
    screen = screens.edit(visit.words, client, team=visit.person.team)
    return Reply(screen, toast=visit.texts("clients.edit.cleared"))


@routes.tap(to.ArchiveClient)
def archive(visit: Visit, at: to.ArchiveClient) -> Answered:
    """Archive a client or bring them back."""
    client = lookup.client(visit, at.client)
    client = replace(client, archived_at=visit.now if at.archived else None)
    visit.memory.clients.save(client)
    if at.archived:
        hindsight.ended(visit, client.number, visit.today)
    else:
        hindsight.undone(visit, Occasion.END, client.number, None)
        hindsight.silence(visit, client.number, silent=False)
    toast = visit.texts("clients.edit.archived" if at.archived else "clients.edit.restored")
    return Reply(card(visit, client), toast=toast)


@routes.tap(to.DeleteClient, opens=True)
def ask_delete(visit: Visit, at: to.DeleteClient) -> Screen:
    """Say what would go with the client."""
    client = lookup.client(visit, at.client)
    memory, number = visit.memory, client.number
    there = {
        "assessments": len(memory.assessments.of_client(number)),
        "facts": len(memory.facts.of_client(number)),
        "letters": len(memory.letters.of_client(number)),
        "reports": len(memory.reports.of_client(number)),
        "actions": len(memory.plans.of_client(number)),
    }
    items = (visit.texts("clients.delete.card"), *counted(visit.texts, there))
    goes = visit.texts("clients.delete.body", items=visit.texts.list(items))
    return screens.ask_delete(visit.words, client, goes)


@routes.tap(to.DeleteClientNow)
def delete(visit: Visit, at: to.DeleteClientNow) -> Screen:
    """Hide the client; ten minutes later the worker deletes what there is."""
    found = visit.memory.clients.get(ClientNumber(at.client))
    if found is None:
        raise NotFound(f"client {at.client}")
    if found.deleted_at is None:
        visit.memory.clients.save(replace(found, deleted_at=visit.now))
    return screens.deleted(visit.words, found)


@routes.tap(to.UndeleteClient)
def undelete(visit: Visit, at: to.UndeleteClient) -> Answered:
    """Bring the client back while there is something to bring back."""
    found = visit.memory.clients.get(ClientNumber(at.client))
    if found is None:
        return gone(visit)
    taken = found.deleted_at is not None and found.name != UNREADABLE
    name = names.free(visit, found.name) if taken else found.name
    client = replace(found, name=name, deleted_at=None)
    visit.memory.clients.save(client)
    return Reply(card(visit, client), toast=visit.texts("clients.delete.undone"))


def gone(visit: Visit) -> Screen:
    """Say that a client was deleted."""
    return screens.gone(visit.texts)


def picked(visit: Visit, name: str, author: str) -> Answered:
    """Add a client picked from the contacts; ``author`` is the key of what they will write."""
    answered = _named(visit, name)
    client = names.same(visit, names.one_line(name))
    if client is not None and author:
        visit.memory.details.remember_author(client.number, author)
    return answered


def keep_note(visit: Visit, client: Client, text: str) -> Answered:
    """Keep a note on a client, or say that it is too long."""
    if len(text) > names.NOTE_LIMIT:
        said = visit.texts("clients.edit.note_too_long", n=len(text), limit=names.NOTE_LIMIT)
        screen = screens.ask_note(visit.words, client, said)
        return ask(visit, "client_note", str(client.number), screen)
    client = replace(client, note=text)
    visit.memory.clients.save(client)
    return Reply(card(visit, client), toast=visit.texts("clients.edit.noted"))


def card(visit: Visit, client: Client) -> Screen:
    """Gather what a card says and show it; of a prospect what the answers come to."""
    if client.prospect:
        return visit.open(to_prospects.ShowProspect(client=client.number))
    done = sheets.last_judged(visit.memory, client.number)
    unfinished = sheets.open_one(visit.memory, client.number)
    before = visit.memory.assessments.judged_before(done) if done else None
    return screens.card(
        visit.words,
        client,
        screens.CardFacts(
            since=visit.texts("clients.card.since", date=visit.day(client.since)),
            verdict=_verdict_line(visit, done),
            judged=done.number if done else None,
            changed=_changed_line(visit, before, done),
            progress=_progress(visit, unfinished),
            unfinished=unfinished.number if unfinished else None,
            plan=_plan_line(visit, client),
            weekly=_weekly_line(visit, client),
            coming=lines.of_client(visit, client),
            facts=len(visit.memory.facts.of_client(client.number)),
            team=_team_lines(visit, client),
            history=before is not None,
            asked=_asked(visit, client),
        ),
    )


def _named(visit: Visit, text: str) -> Answered:
    name = names.one_line(text)
    wrong = names.fault(visit, name)
    if wrong:
        return ask(visit, NAME, "", screens.ask_name(visit.texts, wrong))
    return _added(visit, name)


def _added(visit: Visit, name: str) -> Answered:
    known = names.same(visit, name)
    if known is not None:
        return Reply(card(visit, known), toast=visit.texts("clients.new.exists"))
    client = visit.memory.clients.add(name, visit.now)
    return Reply(card(visit, client), toast=visit.texts("clients.new.added"))


def _verdict_line(visit: Visit, done: Assessment | None) -> str:
    if done is None or done.judged_at is None or done.verdict is None:
        return ""
    sure = standing(visit.catalogue, sheets.sheet_of(done)).certainty
    key = f"clients.card.{'preliminary' if sure is Certainty.PRELIMINARY else 'verdict'}"
    name = verdict_name(visit.words, done.verdict)
    return visit.texts(key, verdict=name, date=visit.day(done.judged_at))


def _changed_line(visit: Visit, before: Assessment | None, done: Assessment | None) -> str:
    if before is None or done is None:
        return ""
    change = change_in_brief(visit.words, before, done)
    return visit.texts("clients.card.changed", change=change)


def _asked(visit: Visit, client: Client) -> bool | None:
    """Tell whether it is asked how it went with a client of the archive; None: there is nothing."""
    if client.archived_at is None or not hindsight.is_waiting(visit, client.number):
        return None
    return not hindsight.is_silenced(visit, client.number)


def _progress(visit: Visit, unfinished: Assessment | None) -> tuple[int, int] | None:
    if unfinished is None:
        return None
    at = standing(visit.catalogue, sheets.sheet_of(unfinished))
    return (len(unfinished.answers), at.about_left) if at.question else None


def _plan_line(visit: Visit, client: Client) -> str:
    waiting = [
        each
        for each in visit.memory.plans.of_client(client.number)
        if each.state is ActionState.OPEN
    ]
    if not waiting:
        return ""
    first = waiting[0].due
    key = "clients.card.overdue" if first < visit.today else "clients.card.plan"
    return visit.texts(key, n=len(waiting), date=visit.day(first))


def _team_lines(visit: Visit, client: Client) -> tuple[str, ...]:
    """Tell who leads a client, and between whom answers pass."""
    said = []
    if visit.person.team and (lead := names.lead_of(visit, client)):
        said.append(visit.texts("team.lead", name=lead))
    judgings = visit.memory.judgings.of_client(client.number)
    if any(each.judges and not each.answers for each in judgings):
        said.append(visit.texts("team.waits"))
    if any(not each.judges and each.answers for each in judgings):
        said.append(visit.texts("team.come"))
    return tuple(said)


def _weekly_line(visit: Visit, client: Client) -> str:
    rhythm = visit.memory.reminders.rhythm(client.number, visit.today)
    if rhythm is None or rhythm.weekday is None or client.archived_at is not None:
        return ""
    if client.number in agenda.parted(visit.memory.promises.open(), visit.today):
        return ""
    every = visit.texts(f"when.every.{rhythm.weekday}")
    until = rhythm.paused_until
    if until is not None and until > visit.today:
        return visit.texts("clients.card.weekly_paused", every=every, date=visit.day(until))
    said = visit.texts("clients.card.weekly", every=every)
    quiet = lines.without_report(visit, rhythm)
    return f"{said} {quiet[:1].upper()}{quiet[1:]}." if quiet else said
