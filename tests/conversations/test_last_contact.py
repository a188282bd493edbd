"""Reminders from the last contact on: a report or a letter moves them, and a week has a budget."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handlers.clients.buttons import ClientCard
from handlers.letters.buttons import FinishLetter, MarkSent, StartLetter
from handlers.reminders.buttons import ChooseDay, SetBudget, ShowReminders, TodayList
from handlers.reports.buttons import NextReport, ReportPart, ReportReady, SendReport
from tests.conversations.stage import Stage
from tests.conversations.test_letters import fill

MONDAY = datetime(2026, 11, 23, 6, 0, 20, tzinfo=UTC)
"""Nine in Moscow, and twenty seconds."""
DAY = timedelta(days=1)


async def mondays(stage: Stage) -> None:
    """Report to a client on Mondays from the 23rd on."""
    await stage.client("Ольга")
    await stage.press(ChooseDay(client=1, weekday=0))


async def report(stage: Stage, number: int) -> None:
    """Write a report and mark it as sent."""
    await stage.press(NextReport(client=1))
    await stage.press(ReportPart(report=number, part="goal", page=0))
    await stage.say("каталог")
    await stage.press(ReportReady(report=number, sure=1))
    await stage.press(SendReport(report=number, then=0))


async def asked(stage: Stage) -> bool:
    """Tell whether today's list asks for a report."""
    await stage.press(TodayList(page=0))
    return stage.labels[0].startswith("Ольга")


async def test_a_report_sent_a_day_early_is_that_of_the_week_to_come(stage: Stage) -> None:
    await mondays(stage)
    stage.clock.moment = MONDAY - DAY
    await report(stage, 1)
    for days in range(7):
        stage.clock.moment = MONDAY + days * DAY
        assert not await asked(stage), days
    stage.clock.moment = MONDAY + 7 * DAY
    assert await asked(stage)


async def test_one_sent_days_before_is_not(stage: Stage) -> None:
    await mondays(stage)
    stage.clock.moment = MONDAY - 4 * DAY
    await report(stage, 1)
    stage.clock.moment = MONDAY
    assert await asked(stage)


async def test_after_a_letter_nobody_is_asked_for_a_report_for_two_days(stage: Stage) -> None:
    await mondays(stage)
    stage.clock.moment = MONDAY - DAY
    await stage.press(StartLetter(client=1, kind="limits"))
    await fill(stage)
    await stage.press(FinishLetter(letter=1))
    await stage.press(MarkSent(letter=1))
    stage.clock.moment = MONDAY
    assert not await asked(stage)
    stage.clock.move(days=1)
    assert await asked(stage), "the report is still owed"


async def test_how_long_there_was_no_report_stands_beside_the_day(stage: Stage) -> None:
    await mondays(stage)
    stage.clock.moment = MONDAY
    await report(stage, 1)
    stage.clock.moment = MONDAY + 12 * DAY
    assert "Отчёта не было 12 дней." in await stage.press(ClientCard(client=1))
    assert "отчёта не было 12 дней" in await stage.press(ShowReminders())
    stage.clock.moment = MONDAY + 15 * DAY
    assert "Ольга — отчёта не было 15 дней" in await stage.press(TodayList(page=0))


async def test_within_a_week_nothing_is_said(stage: Stage) -> None:
    await mondays(stage)
    stage.clock.moment = MONDAY
    await report(stage, 1)
    stage.clock.moment = MONDAY + 7 * DAY
    assert "не было" not in await stage.press(ClientCard(client=1))


async def week(stage: Stage) -> list[int]:
    """Live through a week from Monday on; return the days on which a list came."""
    came = []
    for day in range(7):
        before = stage.me.screen.id
        await stage.reminded()
        came += [day] if stage.me.screen.id != before else []
        stage.clock.move(days=1)
    return came


async def test_a_budget_of_lists_a_week_is_shown_and_kept(stage: Stage) -> None:
    await mondays(stage)
    await stage.press(ShowReminders())
    await stage.tap("Время:")
    await stage.tap("Сколько раз в неделю")
    await stage.tap("2 раза в неделю")
    assert stage.toast == "Списков в неделю: не больше 2"
    stage.clock.moment = MONDAY
    assert await week(stage) == [0, 1]
    stage.clock.moment = MONDAY + 3 * DAY
    assert "Списков в неделю — не больше 2, на этой было 2." in await stage.press(ShowReminders())
    stage.clock.moment = MONDAY + 7 * DAY
    assert await week(stage) == [0, 1], "a new week has its own"


async def test_without_a_budget_a_list_comes_every_day(stage: Stage) -> None:
    await mondays(stage)
    await stage.press(SetBudget(a_week=3))
    await stage.press(SetBudget(a_week=0))
    assert "Списков в неделю" not in await stage.press(ShowReminders())
    stage.clock.moment = MONDAY
    assert await week(stage) == list(range(7))
