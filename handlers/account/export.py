"""Everything stored of one person, as JSON and to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import orjson

from content.answers import name_of, reason, short_of
from content.models import SKIP, OptionId, ProspectId, QuestionId
from content.schedule.hindsight import KINDS as HINDSIGHT
from content.values.reports import ItemKind
from handlers.due import hindsight
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name, verdict_name
from storage.records import (
    Action,
    ActionState,
    Assessment,
    Client,
    ClientNumber,
    Export,
    Reminding,
    Report,
)


def machine_readable(everything: Export) -> bytes:
    """Return all records as JSON, times in UTC."""
    return orjson.dumps(
        asdict(everything),
        default=_plain,
        option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS,
    )


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, bytes):
        return value.decode()
    raise TypeError(type(value).__name__)


def readable(visit: Visit, everything: Export) -> str:
    """Return all records as a text in the person's language."""
    texts = visit.texts
    lines = [texts("data.readable.title", date=visit.day(visit.now)), ""]
    if everything.person.zone:
        lines += [texts("data.readable.zone", zone=everything.person.zone), ""]
    if everything.reminding is not None:
        lines += [_reminding(visit, everything.reminding), ""]
    for client in everything.clients:
        lines += _client(visit, client)
        lines += [
            texts("clients.card.weekly", every=texts(f"when.every.{each.weekday}"))
            for each in everything.rhythms
            if each.client == client.number and each.weekday is not None
        ]
        for assessment in everything.assessments:
            if assessment.client == client.number:
                lines += ["", *_assessment(visit, assessment)]
        actions = [each for each in everything.actions if each.client == client.number]
        if actions:
            lines += ["", texts("data.readable.plan"), *(_action(visit, each) for each in actions)]
        lines += _beside(visit, everything, client.number)
        lines += ["", ""]
    lines += _beside(visit, everything, None)
    if everything.held is not None:
        lines.append(texts("data.readable.held", text=everything.held.words))
    if everything.updates:
        lines.append(texts("data.readable.updates", n=len(everything.updates)))
    return "\n".join(lines).strip() + "\n"


def _reminding(visit: Visit, reminding: Reminding) -> str:
    texts = visit.texts
    said = texts("data.readable.reminders", time=texts.clock(reminding.remind_at))
    if reminding.quiet is None:
        return said
    start, end = reminding.quiet
    quiet = texts("reminders.quiet_from", start=texts.clock(start), end=texts.clock(end))
    return f"{said} {quiet}"


def _beside(visit: Visit, everything: Export, client: ClientNumber | None) -> list[str]:
    """Tell what stands beside the assessments of a client; None: what belongs to no client."""
    texts = visit.texts
    lines = [
        texts("data.readable.fact", date=visit.day(each.day), text=each.words or each.source)
        + (f"\n{texts('data.readable.fact_note', note=each.note)}" if each.note else "")
        for each in everything.facts
        if each.client == client
    ]
    for letter, versions in everything.letters:
        if letter.client == client:
            day = visit.day(letter.started_at)
            lines.append(texts("data.readable.letter", kind=letter.kind, date=day))
            lines += [each.words for each in versions if each.number == letter.version]
    for report in everything.reports:
        if report.client == client:
            lines += _report(visit, report)
    lines += _promises(visit, everything, client)
    details = everything.details.get(client, {}) if client else {}
    lines += [
        texts("data.readable.detail", name=name, text=words) for name, words in details.items()
    ]
    return ["", *lines] if lines else []


def _promises(visit: Visit, everything: Export, client: ClientNumber | None) -> Iterator[str]:
    """Tell what has its day, and what was said later of how it went."""
    for each in everything.promises:
        if each.client != client:
            continue
        if each.kind not in HINDSIGHT:
            text = each.words or each.kind
            yield visit.texts("data.readable.promise", date=visit.day(each.due), text=text)
        elif each.state is ActionState.OPEN:
            yield visit.texts("hindsight.waits", date=visit.day(each.due))
    for answer in everything.hindsight:
        if answer.client == client:
            said = hindsight.said(visit, answer)
            yield visit.texts("hindsight.stored", date=visit.day(answer.day), answer=said)


def _report(visit: Visit, report: Report) -> list[str]:
    """Tell a report as it went out, or of what it is made so far."""
    texts = visit.texts
    key = "data.readable.report_sent" if report.sent_on else "data.readable.report_begun"
    lines = [texts(key, date=visit.day(report.sent_on or report.started_at))]
    if report.words:
        return [*lines, report.words]
    for kind in ItemKind:
        items = [each.words for each in report.items if each.kind is kind]
        if items:
            lines.append(texts(f"reports.list.{kind}", items="; ".join(items)))
    return lines


def _client(visit: Visit, client: Client) -> list[str]:
    texts = visit.texts
    lines = [texts("data.readable.client", name=client_name(visit.words, client))]
    lines.append(texts("clients.card.since", date=visit.day(client.since)))
    if client.archived_at:
        lines.append(texts("data.readable.archived", date=visit.day(client.archived_at)))
    if client.deleted_at:
        lines.append(texts("data.readable.deleted", date=visit.day(client.deleted_at)))
    if client.note:
        lines.append(texts("data.readable.note", note=client.note))
    lines += [
        texts("data.readable.before", question=asked.short, answer=label)
        for question, option in client.beforehand.items()
        if (asked := visit.words.prospects.get(ProspectId(question))) is not None
        and (label := {**asked.labels.model_dump(), SKIP: texts("assess.skip")}.get(option))
    ]
    return lines


def _assessment(visit: Visit, assessment: Assessment) -> list[str]:
    texts = visit.texts
    lines = [
        texts(
            "data.readable.assessment",
            number=assessment.number,
            date=visit.day(assessment.started_at),
        )
    ]
    if assessment.since:
        lines.append(texts("data.readable.period", date=visit.day(assessment.since)))
    if assessment.judged_at:
        verdict = verdict_name(visit.words, assessment.verdict)
        day = visit.day(assessment.judged_at)
        lines.append(texts("data.readable.verdict", date=day, verdict=verdict))
    else:
        lines.append(texts("data.readable.open"))
    lines += [
        reason(visit.words, QuestionId(answer.question), OptionId(answer.option))
        for answer in assessment.answers
    ]
    lines += [
        texts(
            "data.readable.answer_note",
            question=short_of(visit.words, QuestionId(question)),
            note=note,
        )
        for question, note in assessment.notes.items()
    ]
    tried = [short_of(visit.words, QuestionId(each)) for each in sorted(assessment.tried)]
    if tried:
        lines.append(texts("data.readable.tried", items=", ".join(tried)))
    if assessment.last_effort != "none":
        lines.append(texts(f"data.readable.last_effort.{assessment.last_effort}"))
    if assessment.exhausted:
        lines.append(texts("data.readable.exhausted"))
    return lines


def _action(visit: Visit, action: Action) -> str:
    texts = visit.texts
    if action.about == "reassess":
        name = texts("plan.reassess_name")
    else:
        name = action.words or name_of(visit.words, QuestionId(action.about))
    return texts(
        "data.readable.action",
        date=visit.day(action.due),
        name=name,
        state=texts(f"data.readable.state.{action.state}"),
    )
