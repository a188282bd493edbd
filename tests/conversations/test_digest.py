"""The list of the day: what it says, what its buttons do, and how it forgives."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.local.chats import Message
from bot.local.person import Origin
from content.values.weeks import Cycle
from handlers.due import agenda
from handlers.facts.buttons import SetFactSign
from handlers.reminders.buttons import OpenWeek, TodayList, WeekSent
from storage.errors import Overtaken
from storage.records import ClientNumber
from tests.conversations.stage import Stage
from tests.postgres import look

FRIDAY = date(2026, 11, 27)
MORNING = datetime(2026, 11, 27, 6, 0, 20, tzinfo=UTC)
"""A Friday, twenty seconds past nine in Moscow."""
NAMES = ("Студия «Вектор»", "Ольга, каталог", "Школа № 5", "ИП Смирнов")


async def with_clients(stage: Stage, *names: str, weekday: int = 4) -> None:
    """Add clients who are reported to on Fridays, in Moscow."""
    await stage.say("/start")
    await stage.press("sz:Europe/Moscow")
    for number, name in enumerate(names or NAMES, start=1):
        await stage.client(name)
        await stage.press(f"iy:{number}:{weekday}")


async def on_friday(stage: Stage, *names: str) -> Message:
    """Play to the first digest, and return it."""
    await with_clients(stage, *names)
    stage.clock.moment = MORNING
    await stage.reminded()
    return stage.me.screen


async def cycles(stage: Stage, client: int = 1) -> tuple[Cycle, ...]:
    return await stage.read(lambda owned: owned.reminders.cycles(ClientNumber(client)))


async def states(stage: Stage) -> list[str]:
    """Return the state of every client's newest week."""
    rhythms = await stage.read(lambda owned: owned.reminders.rhythms(date(2026, 12, 31)))
    return [each.cycle.state if each.cycle else "" for each in rhythms]


def buttons(message: Message) -> list[str]:
    return [button["callback_data"] for row in message.keyboard for button in row]


async def test_the_digest_names_all_that_are_due_one_button_each(stage: Stage) -> None:
    digest = await on_friday(stage)
    assert stage.text == (
        "Пятница, 27 ноября · отчёты: 4\n\n"
        "Студия «Вектор» · Ольга, каталог · Школа № 5 · ИП Смирнов"
    )
    assert digest.labels == [*([name] for name in NAMES), ["Все отправлены", "Все позже"]]
    assert stage.main == NAMES[0]
    assert not digest.silent


async def test_a_single_report_is_not_called_all(stage: Stage) -> None:
    digest = await on_friday(stage, "Ольга")
    assert digest.labels == [["Ольга"], ["Отправлено", "Позже…"]]
    await stage.tap("Позже…")
    assert stage.header == "Ольга · отчёт позже"
    await stage.tap("‹ К списку")
    await stage.tap("Отправлено")
    assert stage.toast == "Отмечено: Ольга"
    assert await states(stage) == ["sent"]


async def test_a_week_that_was_missed_is_counted(stage: Stage) -> None:
    await on_friday(stage)
    await stage.tap("Все отправлены")
    stage.clock.move(days=7)
    await stage.reminded()
    stage.clock.move(days=7)
    await stage.reminded()
    await stage.press(WeekSent(client=2, day=FRIDAY.toordinal() + 14))
    assert "Студия «Вектор» — 2-я неделя без отчёта" in stage.text
    assert stage.labels[0] == "Студия «Вектор» · 2-я неделя"
    assert "Ольга, каталог" not in stage.labels


async def test_of_twelve_ten_are_named_and_the_rest_is_a_tap_away(stage: Stage) -> None:
    digest = await on_friday(stage, *(f"Клиент {number}" for number in range(1, 13)))
    assert len(digest.labels) == 12
    assert digest.labels[10] == ["Ещё 2"]
    assert "И ещё 2." in digest.text
    assert len(digest.text) <= 1000
    await stage.tap("Ещё 2")
    assert {"Клиент 11", "Клиент 12"} < set(stage.labels)


async def test_a_client_s_button_opens_the_report_in_the_same_message(stage: Stage) -> None:
    digest = await on_friday(stage)
    await stage.tap(NAMES[1])
    assert stage.me.screen.id == digest.id
    assert stage.header == "Ольга, каталог · отчёт за неделю"
    await stage.tap("‹ К списку")
    assert stage.header == "Пятница, 27 ноября · отчёты: 4"


async def test_all_are_marked_with_one_tap_and_taken_back_with_another(stage: Stage) -> None:
    await on_friday(stage)
    await stage.tap("Все отправлены")
    assert stage.toast == "Отмечено отчётов: 4"
    assert stage.header == "Пятница, 27 ноября · всё сделано"
    assert await states(stage) == ["sent"] * 4
    stage.clock.move(hours=23)
    await stage.tap("Вернуть отмеченные: 4")
    assert stage.toast == "Снова в списке: 4"
    assert await states(stage) == ["open"] * 4


async def test_after_a_day_nothing_is_taken_back(stage: Stage) -> None:
    await on_friday(stage)
    await stage.tap("Все отправлены")
    undo = next(each for each in buttons(stage.me.screen) if each.startswith("iv:"))
    stage.clock.move(hours=25)
    await stage.press(undo)
    assert stage.toast == "Прошло больше суток, уже не вернуть"
    assert await states(stage) == ["sent"] * 4
    assert "Вернуть" not in "".join(stage.labels)


async def test_marking_twice_is_marking_once(stage: Stage) -> None:
    digest = await on_friday(stage)
    await stage.press(WeekSent(client=0, day=FRIDAY.toordinal()))
    before = await cycles(stage)
    stage.clock.move(minutes=5)
    await stage.press(WeekSent(client=0, day=FRIDAY.toordinal()), on=digest)
    assert stage.toast == "Здесь уже всё отмечено"
    await stage.press(WeekSent(client=1, day=FRIDAY.toordinal()))
    assert await cycles(stage) == before


async def test_a_week_that_somebody_else_has_just_changed_is_shown_as_it_is(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await on_friday(stage, "Ольга")
    await stage.press(TodayList(page=0))

    def overtaken(*_: object) -> None:
        raise Overtaken

    monkeypatch.setattr(agenda, "keep_cycle", overtaken)
    await stage.press(WeekSent(client=1, day=FRIDAY.toordinal()))
    assert stage.toast == "Уже записано"
    assert stage.header == "Пятница, 27 ноября · отчёты: 1"


async def test_a_tap_on_last_week_s_digest_marks_last_week_and_says_so(stage: Stage) -> None:
    await on_friday(stage, "Ольга", "Пётр")
    stage.clock.move(days=7)
    await stage.reminded()
    await stage.press(WeekSent(client=1, day=FRIDAY.toordinal()))
    assert stage.toast == "Отмечено за неделю 23–29 ноября"
    assert stage.header == "Пятница, 4 декабря · отчёты: 2", "today's list"
    newest, older = await cycles(stage)
    assert (newest.state, older.state) == ("open", "sent")


async def test_a_week_that_is_marked_late_no_longer_counts_as_missed(stage: Stage) -> None:
    await on_friday(stage, "Ольга", "Пётр")
    stage.clock.move(days=14)
    await stage.reminded()
    assert "Ольга · 3-я неделя" in stage.labels
    await stage.press(WeekSent(client=1, day=FRIDAY.toordinal()))
    assert "Ольга" in stage.labels
    assert "Пётр · 3-я неделя" in stage.labels
    await stage.press(OpenWeek(client=1, day=FRIDAY.toordinal()))
    await stage.tap("Вернуть в список")
    assert "Ольга · 3-я неделя" in stage.labels


async def test_all_of_last_week_s_digest_are_those_that_it_named(stage: Stage) -> None:
    await on_friday(stage, "Ольга", "Пётр")
    stage.clock.move(days=7)
    await stage.client("Новый")
    await stage.press("iy:3:4")
    await stage.press(WeekSent(client=0, day=FRIDAY.toordinal()))
    assert stage.toast == "Отмечено отчётов: 2"
    assert [each.state for each in await cycles(stage, 1)] == ["open", "sent"]
    assert [each.state for each in await cycles(stage, 3)] == []


async def test_an_older_week_is_shown_by_itself(stage: Stage) -> None:
    await on_friday(stage, "Ольга")
    stage.clock.move(days=7)
    await stage.press(OpenWeek(client=1, day=FRIDAY.toordinal()))
    assert "Неделя 23–29 ноября: отчёт так и не отмечен. Теперь в списке следующая." in stage.text
    await stage.tap("Отправлено")
    await stage.press(OpenWeek(client=1, day=FRIDAY.toordinal()))
    assert "Неделя 23–29 ноября: отчёт отправлен, отмечено 4 декабря." in stage.text
    await stage.tap("Вернуть в список")
    assert [each.state for each in await cycles(stage)] == ["open", "superseded"]


async def test_in_two_hours_it_comes_once_more(stage: Stage) -> None:
    await on_friday(stage, "Ольга", "Пётр")
    await stage.press(f"il:1:{FRIDAY.toordinal()}")
    await stage.tap("Через 2 часа")
    assert stage.toast == "Напомню сегодня в 11:00"
    assert "Ольга" not in stage.labels
    before = len(stage.from_bot)
    stage.clock.move(hours=2)
    await stage.reminded()
    assert len(stage.from_bot) == before + 1
    assert stage.header == "Пятница, 27 ноября · отчёты: 1"
    assert stage.labels[0] == "Ольга"


async def test_the_only_report_put_off_for_two_hours_leaves_the_day_unfinished(
    stage: Stage,
) -> None:
    await on_friday(stage, "Ольга")
    await stage.press(f"ih:1:{FRIDAY.toordinal()}")
    assert stage.header == "Пятница, 27 ноября · пока всё"
    assert "Напомню сегодня в 11:00." in stage.text
    stage.clock.move(hours=2)
    await stage.reminded()
    await stage.press(f"is:1:{FRIDAY.toordinal()}")
    assert stage.header == "Пятница, 27 ноября · всё сделано"


async def test_in_two_hours_may_be_too_late_for_today(stage: Stage) -> None:
    await on_friday(stage, "Ольга")
    stage.clock.move(hours=11)
    await stage.press(f"ih:1:{FRIDAY.toordinal()}")
    assert stage.toast == "Напомню завтра в 09:00"


async def test_all_that_is_put_off_for_two_hours_comes_in_one_message(stage: Stage) -> None:
    await on_friday(stage, "Ольга", "Пётр", "Иван")
    await stage.press(TodayList(page=0))
    await stage.tap("Все позже")
    assert "«Через 2 часа» — напомню о них одним сообщением." in stage.text
    await stage.tap("Через 2 часа")
    assert stage.toast == "Напомню сегодня в 11:00"
    assert "пока всё" in stage.header
    await stage.press(f"is:2:{FRIDAY.toordinal()}")
    before = len(stage.from_bot)
    stage.clock.move(hours=2)
    await stage.reminded()
    assert len(stage.from_bot) == before + 1
    assert stage.header == "Пятница, 27 ноября · отчёты: 2"
    assert stage.labels == ["Ольга", "Иван", "Все отправлены", "Все позже"]
    stage.clock.move(hours=1)
    await stage.reminded()
    assert len(stage.from_bot) == before + 1
    assert await states(stage) == ["open", "sent", "open"]


async def test_tomorrow_is_the_morning_after_and_the_toast_says_when(stage: Stage) -> None:
    await on_friday(stage)
    await stage.press("ia:1")
    await stage.press(TodayList(page=0))
    await stage.tap("Все позже")
    await stage.tap("Завтра")
    assert stage.toast == "Напомню в понедельник, 30 ноября, в 09:00"
    assert "всё сделано" in stage.header
    assert await states(stage) == ["open"] * 4


async def test_at_night_tomorrow_is_this_morning(stage: Stage) -> None:
    await on_friday(stage, "Ольга")
    stage.clock.move(hours=16)
    await stage.press(f"it:1:{FRIDAY.toordinal()}")
    assert stage.toast == "Напомню сегодня в 09:00"


async def test_a_week_is_passed_over(stage: Stage) -> None:
    await on_friday(stage, "Ольга")
    await stage.press(f"il:1:{FRIDAY.toordinal()}")
    assert stage.labels == [
        "Через 2 часа",
        "Завтра",
        "Пропустить неделю",
        "Пауза до…",
        "Отпуск до…",
        "‹ К списку",
    ]
    await stage.tap("Пропустить неделю")
    assert stage.toast == "Неделя 23–29 ноября пропущена"
    assert await states(stage) == ["skipped"]
    await stage.tap("Вернуть: Ольга")
    assert await states(stage) == ["open"]


@pytest.mark.parametrize("data", ["is:1:1", "is:1:9999999", "iw:9:740313", "il:1:5"])
async def test_a_week_that_never_was_is_a_button_of_old(stage: Stage, data: str) -> None:
    await on_friday(stage, "Ольга")
    await stage.press(data)
    assert "Кнопка из прежней версии" in stage.toast


async def test_promises_stand_in_the_list_and_open_their_screens(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="always")
    await stage.press("pk:1:001020")
    due = date(2026, 11, 23)
    stage.clock.moment = datetime(2026, 11, 23, 6, 0, 20, tzinfo=UTC)
    await stage.reminded()
    assert stage.header == "Понедельник, 23 ноября · на сегодня: 1"
    assert stage.text.endswith("Ольга — шаг плана «Собрать счета и даты»: что вышло?")
    assert stage.labels == ["Ольга: шаг плана"]
    await stage.tap("Ольга: шаг плана")
    assert stage.header == "Ольга · шаг плана"
    await stage.tap("Ещё не сделано…")
    await stage.tap("Через неделю")
    actions = await stage.read(lambda owned: owned.plans.of_client(ClientNumber(1)))
    assert {(each.listed, each.due) for each in actions if each.number == 1} == {
        (0, due + timedelta(days=7))
    }


async def test_a_new_assessment_and_a_probation_are_named_too(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="always")
    await stage.press("pk:1:001020")
    stage.clock.moment = datetime(2026, 12, 11, 6, 0, 20, tzinfo=UTC)
    await stage.press(TodayList(page=0))
    assert "Ольга: новый разбор" in stage.labels
    assert "Ольга — пора разобрать заново" in stage.text
    assert "Все отправлены" not in stage.labels


async def put_off(stage: Stage, *texts: str) -> None:
    """Forward messages at 23:40, put each reply off, and wait for the morning."""
    for number, text in enumerate(texts, start=1):
        said = stage.clock.now() - timedelta(minutes=2)
        stage.me.forward(text, Origin("Ольга", said, user_id=7))
        await stage.settled()
        await stage.press(f"g:{number}")
        stage.clock.move(minutes=5)
    stage.clock.moment = datetime(2026, 11, 22, 6, 0, 20, tzinfo=UTC)


async def test_the_morning_rings_and_asks_how_to_answer(stage: Stage) -> None:
    await stage.client("Ольга")
    await put_off(stage, "Ты бездарь и хам")
    await stage.reminded()
    assert stage.header == "Доброе утро · отложенный ответ"
    assert "Ольга, вчера, 23:38. Факт записан." in stage.text
    assert "грубость" not in stage.text, "so far it is only proposed"
    assert "бездарь" not in stage.text
    assert not stage.me.screen.silent
    before = len(stage.from_bot)
    stage.clock.move(minutes=30)
    await stage.reminded()
    assert len(stage.from_bot) == before, "it comes once"


async def test_the_morning_names_the_sign_that_was_said_to_be_there(stage: Stage) -> None:
    await stage.client("Ольга")
    await put_off(stage, "Ты бездарь и хам")
    await stage.press(SetFactSign(fact=1, sign="rudeness"))
    await stage.reminded()
    assert "Ольга, вчера, 23:38. Факт записан: грубость." in stage.text
    assert "бездарь" not in stage.text


async def test_several_replies_come_in_one_message(stage: Stage) -> None:
    await stage.client("Ольга")
    await put_off(stage, "Ты бездарь и хам", "Где макет, я вас спрашиваю")
    await stage.reminded()
    assert stage.header == "Доброе утро · отложенные ответы: 2"
    assert stage.labels == ["Ольга · вчера, 23:38", "Ольга · вчера, 23:43", "‹ К клиентам"]
    await stage.tap("Ольга · вчера, 23:38")
    assert stage.header == "Ольга · отложенный ответ"
    await stage.press("gw:0")
    assert stage.header == "Доброе утро · отложенные ответы: 2"


async def test_a_reply_joins_the_digest_that_is_near(stage: Stage) -> None:
    await with_clients(stage, "Ольга", weekday=6)
    await stage.press("im:510")
    await put_off(stage, "Ты бездарь и хам")
    stage.clock.move(minutes=-30)
    await stage.reminded()
    assert stage.header == "Воскресенье, 22 ноября · на сегодня: 2"
    assert stage.labels[:2] == ["Ответ: Ольга", "Ольга"]
    await stage.tap("Ответ: Ольга")
    assert stage.header == "Ольга · отложенный ответ"


async def sent_twice(stage: Stage) -> tuple[Message, Message]:
    """Play to a digest whose first call was not written down, and return both copies."""
    await with_clients(stage, "Ольга")
    stage.clock.moment = MORNING
    await stage.reminded()
    first = stage.me.screen
    look(stage.database, "UPDATE dispatches SET ending = NULL, message = NULL")
    stage.clock.move(minutes=2)
    await stage.reminded()
    second = stage.me.screen
    assert first.id != second.id
    assert (first.silent, second.silent) == (False, True)
    return first, second


async def test_a_copy_that_nobody_knew_of_takes_over_and_the_other_goes(stage: Stage) -> None:
    first, second = await sent_twice(stage)
    await stage.press(buttons(first)[0], on=first)
    assert stage.header == "Ольга · отчёт за неделю"
    assert stage.me.screen.id == first.id
    assert second not in stage.me.messages
    await stage.tap("‹ К списку")
    assert stage.me.screen.id == first.id


async def test_of_two_copies_the_one_that_is_known_leaves_the_other_alone(stage: Stage) -> None:
    first, second = await sent_twice(stage)
    await stage.press(buttons(second)[0], on=second)
    assert first in stage.me.messages
    await stage.press(buttons(first)[0], on=first)
    assert await states(stage) == ["open"]


async def test_both_copies_act_on_the_same_week(stage: Stage) -> None:
    first, second = await sent_twice(stage)
    mark = WeekSent(client=0, day=FRIDAY.toordinal())
    await stage.press(mark, on=second)
    before = await cycles(stage)
    await stage.press(mark, on=first)
    assert stage.toast == "Здесь уже всё отмечено"
    assert await cycles(stage) == before


async def test_two_steps_of_one_client_never_read_alike(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="always")
    await stage.press("pk:1:001020")
    stage.clock.moment = datetime(2026, 11, 24, 6, 0, 20, tzinfo=UTC)
    await stage.press(TodayList(page=0))
    assert stage.labels[:2] == ["Ольга: шаг плана 1", "Ольга: шаг плана 2"]
