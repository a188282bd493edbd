"""A report in the making: its lines, its text, and what the check says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from content.checking import Finding, Rule, mend
from content.letters.drafting import SIGNATURE_LIMIT
from content.reports import LONGEST_LINE, MOST_LINES, TONE, added, in_part, is_too_long, typed_lines
from content.schedule.cycles import UNANSWERED
from content.values.reports import Item, ItemKind
from handlers.clients import buttons as to_clients
from handlers.due.lines import NAME_SHOWN
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Button, Reply, Screen, button, cut, primary
from handlers.engine.visit import Visit
from handlers.engine.wording import client_name
from handlers.letters import values
from handlers.letters.screens import drafts as check_screens
from handlers.reminders import buttons as to_reminders
from handlers.reports import buttons as to
from handlers.reports import contents, screens
from storage.errors import NotFound
from storage.records import UNREADABLE, ClientNumber, Prompt, Report

routes = Routes()
At = TypeVar("At", bound=to.OfReport)
ReportHandler = Callable[[Visit, At, Report], Answered]


def of_report(handler: ReportHandler[At]) -> Callable[[Visit, At], Answered]:
    """Hand the report to the handler."""

    def handle(visit: Visit, at: At) -> Answered:
        return handler(visit, at, lookup.report(visit, at.report))

    return handle


def unsent(handler: ReportHandler[At]) -> Callable[[Visit, At], Answered]:
    """Hand a report that may still change to the handler; one that went out is only shown."""

    @of_report
    def handle(visit: Visit, at: At, report: Report) -> Answered:
        if report.sent_on is not None:
            toast = visit.texts("reports.toast.sent_already")
            return Reply(_reported(visit, report), toast=toast)
        return handler(visit, at, report)

    return handle


def typed_for(
    handler: Callable[[Visit, Report, str, str], Answered],
) -> Callable[[Visit, Prompt, str], Answered]:
    """Hand an unsent report, what of it was asked and the typed text to the handler.

    One that went out is only shown.
    """

    def handle(visit: Visit, prompt: Prompt, text: str) -> Answered:
        number, _, asked = prompt.subject.partition(":")
        report = lookup.report(visit, int(number))
        if report.sent_on is not None:
            return _reported(visit, report)
        return handler(visit, report, asked, text)

    return handle


@routes.tap(to.ShowReport, opens=True)
@unsent
def show(visit: Visit, at: to.ShowReport, report: Report) -> Screen:
    """Show what a report is made of."""
    return screen(visit, report, at.page)


@routes.tap(to.TickLine)
@unsent
def tick(visit: Visit, at: to.TickLine, report: Report) -> Answered:
    """Move a line between what is done and what is in hand."""
    place = _place_of(report, at.line)
    if place is None:
        return screen(visit, report, at.page)
    kind = ItemKind.DONE if at.done else ItemKind.IN_HAND
    changed = replace(report.items[place], kind=kind)
    report = _with_items(visit, report, _put(report.items, place, changed))
    toast = visit.texts("reports.toast.done" if at.done else "reports.toast.in_hand")
    return Reply(screen(visit, report, at.page), toast=toast)


@routes.tap(to.ReportPart, opens=True)
@unsent
def show_part(visit: Visit, at: to.ReportPart, report: Report) -> Screen:
    return _part(visit, report, ItemKind(at.part), page=at.page)


@routes.prompt("report_part")
@typed_for
def typed(visit: Visit, report: Report, name: str, text: str) -> Answered:
    """Add what was typed or pasted, a line for each; all of it or nothing."""
    part = ItemKind(name)
    new = typed_lines(text)
    lines = added(report.items, part, new, visit.today)
    many = len(in_part(lines, part))
    longest = max(map(len, new), default=0)
    fault = ""
    if not new:
        fault = visit.texts("reports.part.no_words")
    elif longest > LONGEST_LINE:
        fault = visit.texts("reports.part.too_long", n=longest, limit=LONGEST_LINE)
    elif many > MOST_LINES:
        fault = visit.texts("reports.part.full", n=many, limit=MOST_LINES)
    if fault:
        return _part(visit, report, part, said=fault)
    return screen(visit, _with_items(visit, report, lines))


@routes.tap(to.GoalsFromWork)
@unsent
def goals_from_work(visit: Visit, _at: to.GoalsFromWork, report: Report) -> Answered:
    """Make goals of what is in hand, as far as they fit."""
    before = report.items
    room = MOST_LINES - len(in_part(before, ItemKind.GOAL))
    goals = {each.words.casefold() for each in in_part(before, ItemKind.GOAL)}
    work = [each.words for each in in_part(before, ItemKind.IN_HAND)]
    fresh = [each for each in work if each.casefold() not in goals][:room]
    report = _with_items(visit, report, added(before, ItemKind.GOAL, fresh, visit.today))
    toast = visit.texts("reports.toast.from_work", n=len(fresh))
    return Reply(screen(visit, report), toast=toast)


@routes.tap(to.EditLine, opens=True)
@unsent
def edit_line(visit: Visit, at: to.EditLine, report: Report) -> Screen:
    """Ask other words for a line."""
    return _line(visit, report, at.line)


@unsent
def show_anew(visit: Visit, _at: to.OfFormerLine, report: Report) -> Screen:
    """Show a report whose button named a line by its place, where another may stand by now."""
    return screen(visit, report)


for former in (to.FormerTick, to.FormerEdit, to.FormerRemove):
    routes.tap(former, opens=True)(show_anew)


@routes.prompt("report_line")
@typed_for
def retyped(visit: Visit, report: Report, asked: str, text: str) -> Answered:
    """Take other words for a line."""
    line, *former = map(int, asked.split(":"))
    place = _place_of(report, line)
    if place is None or former:
        return screen(visit, report)
    words = " ".join(typed_lines(text))
    if not words:
        return _line(visit, report, line, said=visit.texts("reports.part.no_words"))
    if len(words) > LONGEST_LINE:
        said = visit.texts("reports.part.too_long", n=len(words), limit=LONGEST_LINE)
        return _line(visit, report, line, said=said)
    changed = replace(report.items[place], words=words)
    return screen(visit, _with_items(visit, report, _put(report.items, place, changed)))


@routes.tap(to.RemoveLine)
@unsent
def remove(visit: Visit, at: to.RemoveLine, report: Report) -> Answered:
    place = _place_of(report, at.line)
    if place is None:
        return screen(visit, report)
    report = _with_items(visit, report, _put(report.items, place))
    return Reply(screen(visit, report), toast=visit.texts("reports.toast.removed"))


@routes.tap(to.ReportReady, opens=True, stays=True)
@unsent
def ready(visit: Visit, at: to.ReportReady, report: Report) -> Answered:
    """Show the text; ask first where it has no goals, and say where it is too long."""
    own = contents.is_own(report)
    if not report.items and not own:
        return screen(visit, report)
    if is_too_long(contents.text(visit, report)):
        return screens.too_long(visit.words, _look(visit, report))
    if not at.sure and not own and not in_part(report.items, ItemKind.GOAL):
        return screens.no_goals(visit.words, _about(visit, report))
    first = _nothing_sent(visit, report.client)
    return Reply(final(visit, report), toast=visit.texts("letters.toast.copy") if first else "")


@routes.tap(to.ReportRules, opens=True)
@unsent
def rules(visit: Visit, at: to.ReportRules, report: Report) -> Screen:
    """Tick every rule of tone, or say that it does not hold."""
    broken = {each.rule for each in contents.findings(visit, report)}
    held = [(rule, "broken" if rule in broken else "held") for rule in Rule if rule in TONE]
    name = _about(visit, report).name
    told = check_screens.rules(visit.words, name, held, (), _to_text(visit, report))
    return replace(told, place=at.pack())


@routes.tap(to.ReportFinding, opens=True)
@unsent
def show_finding(visit: Visit, at: to.ReportFinding, report: Report) -> Screen:
    """Show one finding, or the text where there is none left."""
    return _finding(visit, report, at.index)


@routes.tap(to.FixReport)
@unsent
def fix(visit: Visit, at: to.FixReport, report: Report) -> Answered:
    """Take a fix. A second tap speaks of findings that are no longer there and changes nothing."""
    found = contents.findings(visit, report)
    if len(found) != at.of:
        return _finding(visit, report, 0)
    if at.index >= len(found) or found[at.index].fix is None:
        raise NotFound(f"finding {at.index}")
    report = _mended(visit, report, found[at.index : at.index + 1])
    return Reply(_finding(visit, report, 0), toast=visit.texts("letters.toast.fixed"))


@routes.tap(to.FixWholeReport)
@unsent
def fix_all(visit: Visit, at: to.FixWholeReport, report: Report) -> Answered:
    """Take every fix there is."""
    found = contents.findings(visit, report)
    if len(found) != at.of:
        return final(visit, report)
    fixable = [each for each in found if each.fix is not None]
    report = _mended(visit, report, fixable)
    toast = visit.texts("letters.toast.fixed_all", n=len(fixable))
    return Reply(final(visit, report), toast=toast)


@routes.tap(to.EditReport, opens=True)
@unsent
def edit(visit: Visit, _at: to.EditReport, report: Report) -> Screen:
    """Ask the whole text."""
    return _edit(visit, report)


@routes.prompt("report_text")
@typed_for
def own_text(visit: Visit, report: Report, _asked: str, text: str) -> Answered:
    """Take the text as it is; the check reads it as any other."""
    words = text.strip()
    if is_too_long(words):
        said = f"{screens.over(visit.texts, words)} {visit.texts('reports.too_long.own')}"
        return _edit(visit, report, said)
    return final(visit, _with_words(visit, report, words))


@routes.tap(to.ResetReport)
@unsent
def reset(visit: Visit, _at: to.ResetReport, report: Report) -> Answered:
    """Make the text of the lines again."""
    report = _with_words(visit, report, "")
    return Reply(screen(visit, report), toast=visit.texts("reports.toast.reset"))


@routes.tap(to.AskClosing, opens=True)
@unsent
def ask_closing(visit: Visit, _at: to.AskClosing, report: Report) -> Screen:
    """Ask the last line of this client's reports."""
    return _closing(visit, report)


@routes.prompt("report_closing")
@typed_for
def closing_typed(visit: Visit, report: Report, _asked: str, text: str) -> Answered:
    """Keep the last line, for this report and the next ones."""
    words = " ".join(text.split())
    if len(words) > LONGEST_LINE:
        said = visit.texts("reports.part.too_long", n=len(words), limit=LONGEST_LINE)
        return _closing(visit, report, said)
    visit.memory.details.set(report.client, contents.CLOSING, words)
    return final(visit, report)


@routes.tap(to.DropClosing)
@unsent
def drop_closing(visit: Visit, _at: to.DropClosing, report: Report) -> Answered:
    """End the reports as the coach does."""
    visit.memory.details.set(report.client, contents.CLOSING, "")
    return Reply(final(visit, report), toast=visit.texts("reports.toast.closing"))


def _closing(visit: Visit, report: Report, said: str = "") -> Screen:
    now = contents.closing_of(visit, report.client)
    screen = screens.closing(visit.words, _about(visit, report), now, said)
    return ask(visit, "report_closing", str(report.number), screen)


@routes.tap(to.AskAround, opens=True)
@unsent
def ask_around(visit: Visit, at: to.AskAround, report: Report) -> Screen:
    """Ask how the client is greeted, or how the reports are signed."""
    return _around(visit, report, at.what)


@routes.prompt("report_around")
@typed_for
def around_typed(visit: Visit, report: Report, asked: str, text: str) -> Answered:
    """Keep it, for the letters too, and go on to what else was never asked."""
    words = " ".join(text.split())
    if len(words) > SIGNATURE_LIMIT or not any(map(str.isalpha, words)):
        fault = visit.texts("letters.too_long", n=len(words), limit=SIGNATURE_LIMIT)
        said = fault if len(words) > SIGNATURE_LIMIT else visit.texts("reports.part.no_words")
        return _around(visit, report, asked, said)
    if asked == values.CONTACT:
        visit.memory.details.set(report.client, values.FORM + values.CONTACT, words)
    else:
        visit.person = replace(visit.person, signature=words)
        visit.memory.details.set(report.client, contents.UNSIGNED, "")
    return _next_around(visit, report)


@routes.tap(to.DropAround)
@unsent
def drop_around(visit: Visit, at: to.DropAround, report: Report) -> Answered:
    """Greet nobody by name, or sign nothing."""
    key = values.FORM + values.CONTACT if at.what == values.CONTACT else contents.UNSIGNED
    visit.memory.details.set(report.client, key, values.NO_NAME)
    return _next_around(visit, report)


def _next_around(visit: Visit, report: Report) -> Screen:
    left = contents.unasked(visit, report.client)
    return _around(visit, report, left[0]) if left else final(visit, report)


def _around(visit: Visit, report: Report, what: str, said: str = "") -> Screen:
    screen = screens.around(visit.words, _about(visit, report), what, said)
    return ask(visit, "report_around", f"{report.number}:{what}", screen)


def _nothing_sent(visit: Visit, client: ClientNumber) -> bool:
    """Tell whether the person has sent no report yet, to anybody."""
    if contents.sent_to(visit, client):
        return False
    others = visit.memory.clients.list()
    return not any(contents.sent_to(visit, each.number) for each in others)


def _put(items: Sequence[Item], place: int, *changed: Item) -> tuple[Item, ...]:
    return (*items[:place], *changed, *items[place + 1 :])


def _place_of(report: Report, line: int) -> int | None:
    """Return where a line stands; None for one that was taken away."""
    return next((place for place, each in enumerate(report.items) if each.number == line), None)


def _with_items(visit: Visit, report: Report, items: tuple[Item, ...]) -> Report:
    report = report.with_items(items)
    visit.memory.reports.save(report)
    return report


def _with_words(visit: Visit, report: Report, words: str) -> Report:
    report = replace(report, words=words)
    visit.memory.reports.save(report)
    return report


def _mended(visit: Visit, report: Report, fixes: Sequence[Finding]) -> Report:
    """Mend the lines, so that the next report inherits it; a text of one's own as it stands."""
    text = contents.text(visit, report)
    items = report.items
    if not contents.is_own(report):
        for each in fixes:
            mended = ((i, values.mended(item.words, each)) for i, item in enumerate(items))
            found = next(((i, words) for i, words in mended if words is not None), None)
            if found is None:
                break
            place, words = found
            changed = (replace(items[place], words=words),) if words else ()
            items = _put(items, place, *changed)
        else:
            return _with_items(visit, report, items)
    return _with_words(visit, report, mend(text, fixes))


def screen(visit: Visit, report: Report, page: int = 0) -> Screen:
    """Show what a report is made of."""
    return screens.draft(visit.words, _look(visit, report), page)


def _about(visit: Visit, report: Report) -> screens.About:
    client = lookup.client(visit, report.client)
    name = client_name(visit.words, client)
    return screens.About(report.number, client.number, name, way_up(visit, client.number))


def way_up(visit: Visit, client: ClientNumber) -> Button:
    """Return the way out: to the day's list while somebody waits, else to the clients."""
    texts = visit.texts
    if contents.waiting(visit):
        return button(texts("reports.to_list"), to_reminders.TodayList(page=0))
    if len(visit.memory.clients.list()) > 1:
        return button(texts("reports.to_list"), to.ReportClients(page=0))
    return button(texts("common.to_client"), to_clients.ClientCard(client=client))


def _look(visit: Visit, report: Report) -> screens.ShownReport:
    unreadable = visit.texts("common.unreadable")
    lines = [
        replace(each, words=unreadable) if each.words == UNREADABLE else each
        for each in report.items
    ]
    first = contents.begun_on(visit, report)
    cycle = contents.cycle_of(visit, report)
    return screens.ShownReport(
        about=_about(visit, report),
        lines=lines,
        dates={
            each.since: visit.day(each.since) for each in lines if each.since and each.since < first
        },
        text=contents.text(visit, report),
        own=contents.is_own(report),
        week=cycle.day if cycle and cycle.state in UNANSWERED else None,
        sent=len(contents.sent_to(visit, report.client)),
    )


def _reported(visit: Visit, report: Report) -> Screen:
    return visit.open(to.ShowReported(report=report.number).pack())


def _part(visit: Visit, report: Report, part: ItemKind, *, page: int = 0, said: str = "") -> Screen:
    screen = screens.part(visit.words, _look(visit, report), part, page, said)
    return ask(visit, "report_part", f"{report.number}:{part}", screen)


def _line(visit: Visit, report: Report, line: int, said: str = "") -> Screen:
    if _place_of(report, line) is None:
        return screen(visit, report)
    asked = screens.line(visit.words, _look(visit, report), line, said)
    return ask(visit, "report_line", f"{report.number}:{line}", asked)


def _edit(visit: Visit, report: Report, said: str = "") -> Screen:
    own = contents.is_own(report)
    screen = screens.edit(visit.words, _about(visit, report), own=own, said=said)
    return ask(visit, "report_text", str(report.number), screen)


def final(visit: Visit, report: Report) -> Screen:
    """Show the text and nothing else."""
    following = next((each for each in contents.waiting(visit) if each != report.client), None)
    then = None
    if following is not None:
        name = client_name(visit.words, lookup.client(visit, following))
        then = following, cut(name, NAME_SHOWN)
    findings = len(contents.findings(visit, report))
    about = _about(visit, report)
    text = contents.text(visit, report)
    left = [] if contents.is_own(report) else contents.unasked(visit, report.client)
    return screens.ready(visit.words, about, text, findings, then, unasked=left)


def _to_text(visit: Visit, report: Report) -> Button:
    there = to.ReportReady(report=report.number, sure=1)
    return button(visit.texts("reports.to_text"), there)


def _finding(visit: Visit, report: Report, place: int) -> Screen:
    found = contents.findings(visit, report)
    if not found:
        return final(visit, report)
    place = min(place, len(found) - 1)
    number, of = report.number, len(found)
    shown = check_screens.OpenFinding(
        found=found[place],
        label=values.rule_label(visit, found[place].rule),
        place=place,
        total=of,
        fixable=sum(each.fix is not None for each in found),
    )
    ways = check_screens.FindingWays(
        at=lambda there: to.ReportFinding(report=number, index=there),
        fix=to.FixReport(report=number, index=place, of=of),
        fix_all=to.FixWholeReport(report=number, of=of),
        change=_change(visit, report, found[place]),
        keep=None,
        up=_to_text(visit, report),
    )
    return check_screens.finding(visit.words, shown, ways)


def _change(visit: Visit, report: Report, found: Finding) -> Button:
    """Return the way to the line that a finding speaks of, or to the whole text."""
    words = found.excerpt.casefold()
    if words and not contents.is_own(report):
        for each in report.items:
            if words in each.words.casefold():
                there = to.EditLine(report=report.number, line=each.number)
                return primary(visit.texts("reports.fix_line"), there)
    return primary(visit.texts("reports.fix_text"), to.EditReport(report=report.number))
