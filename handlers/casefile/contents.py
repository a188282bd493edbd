"""What a case file holds of what is remembered, and whose names are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from content.advice import reasons
from content.answers import reason, sentence
from content.casefile import CaseFile, CaseItem, Section
from content.models import OptionId, QuestionId
from content.named_entities import HiddenKind, StoredName
from content.verdict import judge
from handlers.assessment import sheets
from handlers.assessment.opinion import opinions
from handlers.clients import names
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name, verdict_name
from handlers.letters.values import FORM, NO_NAME
from storage.records import UNREADABLE, Client, FactSource

KEPT, ADDED = "case.kept", "case.added"
"""Details: numbers of replacements that stay as they are; words to hide, a line each."""
AGREED = ("agreed_in_writing", "explained_scope", "set_limits", "no_contract")
REASONS = 7


def case_of(visit: Visit, client: Client) -> CaseFile:
    """Gather all about a client."""
    texts = visit.texts
    found = {
        "agreement": tuple(_agreement(visit, client)),
        "verdicts": tuple(_verdicts(visit, client)),
        "facts": tuple(_facts(visit, client)),
        "letters": tuple(_letters(visit, client)),
        "reports": tuple(_reports(visit, client)),
        "opinions": tuple(
            CaseItem(words, _day(visit, day), typed=True) for day, words in opinions(visit, client)
        ),
    }
    return CaseFile(
        title=texts("casefile.title", client=client_name(visit.words, client)),
        about=texts("casefile.about", date=texts.date(visit.today, date.min)),
        sections=tuple(
            Section(texts(f"casefile.{name}"), items) for name, items in found.items() if items
        ),
    )


def counts(visit: Visit, client: Client) -> dict[str, int]:
    """Return how much of each there is."""
    found = {
        "verdicts": len(_done(visit, client)),
        "facts": len(tuple(_facts(visit, client))),
        "letters": len(tuple(_letters(visit, client))),
        "reports": len(tuple(_reports(visit, client))),
    }
    return {name: number for name, number in found.items() if number}


def known_names(visit: Visit, client: Client) -> tuple[StoredName, ...]:
    """Return all names that are stored: of this client, the others, oneself, and what was added.

    Of every client also how letters greet them, and who in the team leads them.
    """
    details = visit.memory.details.all()
    greeted = {
        number: [words for name, words in of.items() if name.startswith(FORM) and words != NO_NAME]
        for number, of in details.items()
    }
    others = [each for each in visit.memory.clients.everyone() if each.number != client.number]
    leads = [of[names.LEAD] for of in details.values() if of.get(names.LEAD)]
    found = (
        (HiddenKind.ADDED, added(visit, client)),
        (HiddenKind.CLIENT, (client.name, *greeted.get(client.number, ()))),
        (HiddenKind.ME, (visit.person.signature,)),
        (HiddenKind.PERSON, leads),
        (HiddenKind.FIRM, [each.name for each in others]),
        (HiddenKind.PERSON, [words for each in others for words in greeted.get(each.number, ())]),
    )
    return tuple(
        StoredName(kind, each)
        for kind, them in found
        for each in them
        if each not in ("", UNREADABLE)
    )


def kept(visit: Visit, client: Client) -> frozenset[int]:
    """Return the replacements that the person wants to stay as they are."""
    said = visit.memory.details.of_client(client.number).get(KEPT, "")
    return frozenset(int(each) for each in said.split() if each.isdigit())


def added(visit: Visit, client: Client) -> tuple[str, ...]:
    """Return what the person wants to be hidden too."""
    said = visit.memory.details.of_client(client.number).get(ADDED, "")
    return () if said == UNREADABLE else tuple(said.splitlines())


def _done(visit: Visit, client: Client) -> list[tuple[datetime, str, tuple[str, ...]]]:
    found = []
    for each in sheets.comparable(visit.memory.assessments.of_client(client.number)):
        if each.judged_at is None:
            continue
        sheet = sheets.sheet_of(each)
        verdict = judge(visit.catalogue, sheet)
        told = reasons(visit.words, visit.catalogue, sheet, verdict)[:REASONS]
        found.append((each.judged_at, verdict_name(visit.words, each.verdict), told))
    return found


def _agreement(visit: Visit, client: Client) -> Iterator[CaseItem]:
    last = sheets.last_judged(visit.memory, client.number)
    for question in AGREED if last else ():
        option = last.option(question) if last else None
        if option is not None:
            yield CaseItem(sentence(reason(visit.words, QuestionId(question), OptionId(option))))
    for each in visit.memory.promises.all():
        if each.client == client.number and each.kind == "probation" and each.words:
            yield CaseItem(each.words, _day(visit, each.due), typed=True)


def _verdicts(visit: Visit, client: Client) -> Iterator[CaseItem]:
    for moment, name, because in _done(visit, client):
        told = "\n".join(visit.texts("verdict.bullet", text=each) for each in because)
        yield CaseItem(told, _day(visit, moment.astimezone(visit.zone).date()), name)


def _facts(visit: Visit, client: Client) -> Iterator[CaseItem]:
    """Tell what happened; the comment that came with it stays with the person."""
    facts = visit.memory.facts.of_client(client.number)
    for each in sorted(facts, key=lambda fact: (fact.day, fact.number)):
        if each.source != FactSource.LETTER and each.words and each.words != UNREADABLE:
            sign = QuestionId(each.sign) if each.sign else None
            known = sign is not None and sign in visit.words.signs
            title = visit.words.signs[sign].name if sign is not None and known else ""
            yield CaseItem(each.words, _day(visit, each.day), title, typed=True)


def _letters(visit: Visit, client: Client) -> Iterator[CaseItem]:
    named = visit.knowledge.letters.talk[visit.words.language].letters
    for each in visit.memory.letters.of_client(client.number):
        if each.sent_on is None:
            continue
        versions = visit.memory.letters.versions(each.number)
        version = next((one for one in versions if one.number == each.version), None)
        if version is not None and version.words != UNREADABLE:
            name = next((talk.name for kind, talk in named.items() if kind == each.kind), "")
            yield CaseItem(version.words, _day(visit, each.sent_on), name, typed=True)


def _reports(visit: Visit, client: Client) -> Iterator[CaseItem]:
    for each in visit.memory.reports.of_client(client.number):
        if each.sent_on is not None and each.words and each.words != UNREADABLE:
            yield CaseItem(each.words, _day(visit, each.sent_on), typed=True)


def _day(visit: Visit, day: date) -> str:
    """Return a day with its year: a paper is read later."""
    return visit.texts.date(day, date.min)
