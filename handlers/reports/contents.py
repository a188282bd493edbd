"""Between what is remembered of reports and what the content makes of them."""

from __future__ import annotations

from datetime import date, timedelta

from content.checking import Finding, check
from content.models import Language
from content.reports import TONE, Around, text_of
from content.schedule.agenda import due
from content.values.weeks import WEEK, Cycle
from handlers.due import agenda
from handlers.engine.visit import Visit
from handlers.letters import values
from storage.records import UNREADABLE, ClientNumber, Report


def sent_to(visit: Visit, client: ClientNumber) -> list[Report]:
    """Return the reports that a client got, oldest first."""
    reports = visit.memory.reports.of_client(client)
    return [each for each in reports if each.sent_on is not None]


def waiting(visit: Visit) -> dict[ClientNumber, int]:
    """Return whose week is open today, and in which week without a report, the longest first."""
    entries = due(agenda.agenda_of(visit.memory, visit.now), visit.today, visit.now)
    weeks = {
        ClientNumber(each.client): each.about.weeks_open(visit.today)
        for each in entries
        if each.client is not None and isinstance(each.about, Cycle)
    }
    return dict(sorted(weeks.items(), key=lambda each: -each[1]))


def cycle_of(visit: Visit, report: Report) -> Cycle | None:
    """Return the week that a report is for, as it is stored; None where it is not."""
    if report.week is None:
        return None
    return visit.memory.reminders.cycle(report.client, report.week)


def is_own(report: Report) -> bool:
    """Tell whether the text is the person's own, not made of the lines."""
    return report.words not in ("", UNREADABLE)


def text(visit: Visit, report: Report) -> str:
    """Return the text as it goes out: the person's own, else the one made of the lines."""
    return report.words if is_own(report) else made(visit, report)


def made(visit: Visit, report: Report) -> str:
    """Return the text that the lines make."""
    readable = tuple(each for each in report.items if each.words != UNREADABLE)
    return visit.think(
        text_of, readable, visit.texts, begun_on(visit, report), _around(visit, report)
    )


def _around(visit: Visit, report: Report) -> Around:
    """Return the days since the last report, how the client is greeted, and the signature."""
    last = begun_on(visit, report)
    before = [
        each.sent_on for each in sent_to(visit, report.client) if each.number != report.number
    ]
    days = [each for each in before if each is not None and each < last]
    first = max((*days, last - timedelta(days=WEEK))) + timedelta(days=1)
    kept = visit.memory.details.of_client(report.client)
    contact = kept.get(values.FORM + values.CONTACT, "")
    signature = "" if kept.get(UNSIGNED) else visit.person.signature
    return Around(
        first,
        last,
        visit.knowledge.letters.manners[Language(visit.words.language)],
        contact="" if contact in {values.NO_NAME, UNREADABLE} else contact,
        signature="" if signature == UNREADABLE else signature,
        closing=closing_of(visit, report.client),
        please=visit.words.typed.please,
    )


UNSIGNED = "report.unsigned"
"""Detail of a client: their reports are not signed."""


def unasked(visit: Visit, client: ClientNumber) -> list[str]:
    """Return what nobody has said yet: how the client is greeted, how reports are signed."""
    kept = visit.memory.details.of_client(client)
    signed = visit.person.signature or kept.get(UNSIGNED)
    known = {"contact": kept.get(values.FORM + values.CONTACT), "signature": signed}
    return [what for what, said in known.items() if not said]


CLOSING = "report.closing"
"""Detail of a client: the last line of their reports."""


def closing_of(visit: Visit, client: ClientNumber) -> str:
    """Return the last line of a client's reports in the person's own words, "" for the coach's."""
    kept = visit.memory.details.of_client(client).get(CLOSING, "")
    return "" if kept == UNREADABLE else kept


def begun_on(visit: Visit, report: Report) -> date:
    """Return the date a report was begun: what is needed since then is no news."""
    return report.started_at.astimezone(visit.zone).date()


def findings(visit: Visit, report: Report) -> tuple[Finding, ...]:
    """Return what the check says of the text."""
    words = text(visit, report)
    language, told_in = values.language_of(words), values.told_in(visit)
    return visit.think(check, words, language=language, rules=TONE, told_in=told_in)
