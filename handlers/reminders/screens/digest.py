"""What is due today, in one message: the reports of the week and what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from content.texts import Texts
from handlers.clients import buttons as to_clients
from handlers.engine.buttons import Data
from handlers.engine.lists import page_of
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    Style,
    button,
    cut,
    header,
    primary,
)
from handlers.reminders import buttons as to

TOLD = 90
"""Characters of one line of the text."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that is due: a client whose week is open, or a promise."""

    name: str
    label: str
    """Of its button."""
    told: str
    """A line of the text by itself; empty where the name says it all."""
    opens: Data
    report: bool


@dataclass(frozen=True, slots=True)
class Undo:
    """What was closed last and can be opened again."""

    names: tuple[str, ...]
    at: int


def digest(
    texts: Texts, day: date, lines: Sequence[DueLine], more: int, *, discreet: bool
) -> Screen:
    """Name what is due on a date; ``more`` are due besides these.

    In a discreet text nobody is named.
    """
    rows = [*_items(lines)]
    if more:
        rows.append((button(texts("digest.more", n=more), to.TodayList(page=1)),))
    return Screen(
        header=_title(texts, day, lines, len(lines) + more),
        body=_body(texts, lines, more, discreet=discreet),
        rows=(*rows, *_all(texts, day, lines, more)),
        place=to.TodayList(page=0).pack(),
    )


def going_on(texts: Texts) -> Screen:
    """Ask once whether to go on; nobody is named."""
    return Screen(
        header=texts("digest.going_on.header"),
        body=(texts("digest.going_on.body"), texts("digest.going_on.after")),
        rows=(
            (primary(texts("digest.going_on.open"), to.TodayList(page=0).pack()),),
            (
                button(texts("digest.going_on.pause"), to.AskPause(client=0)),
                button(texts("digest.going_on.settings"), to.ShowReminders()),
            ),
        ),
        place=to.TodayList(page=0).pack(),
    )


def today(  # noqa: PLR0913 - all that the list says
    texts: Texts,
    day: date,
    lines: Sequence[DueLine],
    page: int,
    *,
    undo: Undo | None,
    again: str = "",
) -> Screen:
    """List what is due as it is now, with what was closed last.

    ``again``: where nothing is due, what is said of something that comes once more today.
    """
    shown = page_of(texts, lines, to.TodayList(page=page))
    rows: list[ButtonRow] = [*_items(shown.items), *shown.pager, *_all(texts, day, lines)]
    if undo is not None:
        rows.append((_undo(texts, undo),))
    rows.append((button(texts("common.to_clients"), to_clients.Home()), _reminders(texts)))
    return Screen(
        header=_title(texts, day, lines, len(lines), again=bool(again)),
        body=_body(texts, shown.items, 0, discreet=False)
        if lines
        else (again or texts("digest.nothing"),),
        rows=tuple(rows),
        place=shown.place,
    )


def later(texts: Texts, at: to.PutOffWeek, name: str) -> Screen:
    """Ask until when a report can wait; without a name: all of a list."""
    when = {"client": at.client, "day": at.day}
    choice = (
        button(texts("digest.later.two_hours"), to.InTwoHours(**when)),
        button(texts("digest.later.tomorrow"), to.Tomorrow(**when)),
    )
    rows: list[ButtonRow] = []
    if at.client:
        rows.append((button(texts("digest.later.skip"), to.SkipWeek(**when)),))
        pauses = [button(texts("digest.later.pause"), to.AskPause(client=at.client))]
    else:
        pauses = []
    pauses.append(button(texts("digest.later.vacation"), to.AskPause(client=0)))
    return Screen(
        header=header(name, texts("digest.later.header")) if name else texts("digest.later.all"),
        body=(texts("digest.later.body" if at.client else "digest.later.all_body"),),
        rows=(choice, *rows, tuple(pauses), (_to_list(texts),)),
        place=at.pack(),
    )


def week(texts: Texts, name: str, at: to.OpenWeek, told: str, way: str) -> Screen:
    """Show one week of a client by itself: one that a newer one has followed, or that is closed.

    ``way``: ``open`` where it can be closed, ``undo`` where it can be opened again, or empty.
    """
    when = {"client": at.client, "day": at.day}
    rows: list[ButtonRow] = []
    if way == "open":
        rows.append((button(texts("digest.week.sent"), to.WeekSent(**when), Style.SUCCESS),))
        rows.append((button(texts("digest.later.skip"), to.SkipWeek(**when)),))
    elif way == "undo":
        rows.append((button(texts("digest.week.reopen"), to.ReopenWeek(**when)),))
    rows.append((button(texts("digest.week.client"), to_clients.ClientCard(client=at.client)),))
    return Screen(
        header=header(name, texts("digest.week.header")),
        body=(told,),
        rows=(*rows, (_to_list(texts),)),
        place=to.TodayList(page=0).pack(),
    )


def _title(
    texts: Texts, day: date, lines: Sequence[DueLine], n: int, *, again: bool = False
) -> str:
    weekday = texts.weekday(day)
    named = f"{weekday[:1].upper()}{weekday[1:]}, {texts.date(day)}"
    if not n:
        return texts("digest.for_now" if again else "digest.clear", day=named)
    reports = all(line.report for line in lines)
    return texts("digest.reports" if reports else "digest.things", day=named, count=n)


def _body(texts: Texts, lines: Sequence[DueLine], more: int, *, discreet: bool) -> tuple[str, ...]:
    """Tell apart what needs a word; the others in one line."""
    if discreet:
        return (texts("digest.discreet"),)
    told = [cut(line.told, TOLD) for line in lines if line.told]
    names = " · ".join(line.name for line in lines if not line.told)
    said = [*told, names] if names else told
    return ("\n".join([*said, texts("digest.and_more", n=more)] if more else said),)


def _items(lines: Sequence[DueLine]) -> tuple[ButtonRow, ...]:
    buttons = [button(line.label, line.opens) for line in lines]
    if buttons:
        buttons[0] = buttons[0].as_main()
    return tuple((each,) for each in buttons)


def _all(texts: Texts, day: date, lines: Sequence[DueLine], more: int = 0) -> tuple[ButtonRow, ...]:
    """Offer to mark or put off every report at once; a single one by its own week."""
    weeks = [each.opens for each in lines if isinstance(each.opens, to.OpenWeek)]
    if not weeks:
        return ()
    if len(weeks) == 1 and not more:
        one = {"client": weeks[0].client, "day": weeks[0].day}
        sent = button(texts("digest.week.sent"), to.WeekSent(**one))
        return ((sent, button(texts("reports.later"), to.PutOffWeek(**one))),)
    everybody = {"client": 0, "day": day.toordinal()}
    sent = button(texts("digest.all_sent"), to.WeekSent(**everybody))
    return ((sent, button(texts("digest.all_later"), to.PutOffWeek(**everybody))),)


def _undo(texts: Texts, undo: Undo) -> Button:
    if len(undo.names) == 1:
        label = cut(texts("digest.undo", name=undo.names[0]), LABEL_LIMITS[1])
    else:
        label = texts("digest.undo_all", n=len(undo.names))
    return button(label, to.Reopen(at=undo.at))


def _to_list(texts: Texts) -> Button:
    return button(texts("digest.to_list"), to.TodayList(page=0))


def _reminders(texts: Texts) -> Button:
    return button(texts("digest.reminders"), to.ShowReminders())
