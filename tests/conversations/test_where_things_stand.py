"""/start and /clients: how things stand with everybody, and the one tap that goes on."""

from __future__ import annotations

import pytest

from handlers.assessment.buttons import Resume
from handlers.clients.buttons import ClientCard
from handlers.reminders.buttons import ChooseDay
from tests.conversations import grammar
from tests.conversations.stage import Stage

THIRTY = 30
COMMANDS = pytest.mark.parametrize("command", ["/start", "/clients"])
MOST_CHARACTERS = 700
FRIDAY = 4


async def half_way(stage: Stage, name: str) -> None:
    """Begin to assess somebody new, and put it down."""
    await stage.client(name)
    await stage.begin()
    await stage.answer("good")


@COMMANDS
async def test_the_verdict_is_told_and_what_waits_goes_on_in_one_tap(
    stage: Stage, command: str
) -> None:
    await stage.client()
    await stage.assess(late_payment="always")
    await half_way(stage, "Пётр")
    asked = stage.question
    await stage.say(command)
    assert "Студия «Вектор»: последняя попытка, 21 ноября." in stage.text
    assert "Пётр: разбор ждёт." in stage.text
    assert stage.main == "Продолжить: Пётр"
    await stage.tap("Продолжить: Пётр")
    assert stage.question == asked


@COMMANDS
async def test_a_verdict_and_what_waits_of_one_client_stand_in_one_line(
    stage: Stage, command: str
) -> None:
    await stage.client()
    await stage.assess(late_payment="always")
    stage.clock.move(days=3)
    await stage.say("/clients")
    await stage.tap("Студия «Вектор»")
    await stage.tap("Новый разбор")
    await stage.say(command)
    assert "Студия «Вектор»: последняя попытка, 21 ноября; разбор ждёт." in stage.text


@COMMANDS
async def test_a_report_that_is_due_and_one_overdue_are_told(stage: Stage, command: str) -> None:
    await stage.client()
    await stage.press(ChooseDay(client=1, weekday=FRIDAY))
    stage.clock.move(days=4, hours=12)
    await stage.say(command)
    assert "отчёт" not in stage.text
    stage.clock.move(days=1)
    await stage.say(command)
    assert "Студия «Вектор»: сегодня отчёт." in stage.text
    stage.clock.move(days=3)
    await stage.say(command)
    assert "Студия «Вектор»: отчёт ждёт с 27 ноября." in stage.text


async def test_nothing_is_told_of_who_was_never_assessed(stage: Stage) -> None:
    await stage.client()
    await stage.say("/start")
    assert stage.text.splitlines() == [stage.header, "", "1 клиент."]
    assert stage.main == ""


async def test_thirty_clients_stay_short_and_what_waits_comes_first(stage: Stage) -> None:
    for number in range(1, THIRTY):
        await stage.client(f"Очень длинное имя клиента, которого зовут {number}")
        await stage.begin()
        await stage.answer_likely(rudeness="often")
    await half_way(stage, "Пётр")
    await stage.say("/start")
    lines = stage.text.split("\n\n")[1].splitlines()
    assert lines[0] == "Пётр: разбор ждёт."
    assert len(lines) == 8
    assert len(stage.text) <= MOST_CHARACTERS
    assert stage.main == "Продолжить: Пётр"
    assert len(stage.me.screen.keyboard) <= grammar.LIST_ROWS
    await stage.tap("Ещё ›")
    assert "2 из 4" in stage.labels
    assert not stage.offered(Resume)


async def test_two_that_wait_are_offered_and_the_others_lead_over_their_cards(
    stage: Stage,
) -> None:
    for name in ("Анна", "Борис", "Вера"):
        await half_way(stage, name)
    await stage.say("/start")
    assert [each.assessment for each in stage.offered(Resume)] == [1, 2]
    assert stage.text.count("разбор ждёт") == 3
    await stage.press(ClientCard(client=3))
    assert stage.main == "Продолжить разбор"


async def test_nothing_of_it_is_seen_by_who_looks_over_the_shoulder(stage: Stage) -> None:
    await stage.client()
    await stage.assess(rudeness="often")
    await stage.say("/settings")
    await stage.tap("Скрытно: нет")
    await stage.say("/start")
    assert "Вектор" not in stage.text[:60]
    assert "уходить" not in stage.text[:60].lower()
