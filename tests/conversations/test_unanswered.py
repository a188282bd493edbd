"""Lists that nobody answers: one is live, a reply stays on it, and silence is asked about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.local.chats import Message
from bot.local.person import Origin
from handlers.facts.buttons import SetFactSign
from handlers.reminders.buttons import ChooseDay, TodayList
from tests.conversations.stage import Stage

SUNDAY = datetime(2026, 11, 22, 6, 0, 20, tzinfo=UTC)
"""Nine in Moscow, and twenty seconds."""
MONDAY = SUNDAY + timedelta(days=1)


async def put_off(stage: Stage, text: str = "Ты бездарь и хам") -> None:
    """Put the reply to a forward off at 23:40 and wait for the morning."""
    await stage.client("Ольга")
    said = stage.clock.now() - timedelta(minutes=2)
    stage.me.forward(text, Origin("Ольга", said, user_id=7))
    await stage.settled()
    await stage.tap("Не сегодня")
    stage.clock.moment = SUNDAY


async def weekly(stage: Stage) -> None:
    """Report to a client on Mondays, and let the first Monday come."""
    await stage.client("Ольга")
    await stage.press(ChooseDay(client=1, weekday=0))
    stage.clock.moment = MONDAY


def lists(stage: Stage) -> list[Message]:
    """Return the messages that have come by themselves and have buttons."""
    return [each for each in stage.from_bot if not each.silent and each.keyboard]


async def test_a_reply_stays_on_the_list_until_it_is_answered_or_let_go(stage: Stage) -> None:
    await put_off(stage)
    assert "отложенный ответ" in await stage.reminded()
    for _ in range(5):
        await stage.press(TodayList(page=0))
        assert "Ответ: Ольга" in stage.labels
        stage.clock.move(days=1)
    await stage.press(TodayList(page=0))
    await stage.tap("Ответ: Ольга")
    await stage.tap("Отвечать не буду")
    await stage.press(TodayList(page=0))
    assert stage.labels[0] != "Ответ: Ольга"
    assert "больше ничего нет" in stage.text


async def test_an_unanswered_reply_makes_three_lists_and_then_only_joins_others(
    stage: Stage,
) -> None:
    await put_off(stage)
    came = 0
    for _ in range(5):
        before = stage.me.screen.id
        await stage.reminded()
        came += stage.me.screen.id != before
        stage.clock.move(days=1)
    assert came == 3
    await stage.press(ChooseDay(client=1, weekday=stage.clock.now().weekday()))
    stage.clock.move(days=7)
    await stage.reminded()
    assert stage.labels[:2] == ["Ответ: Ольга", "Ольга"]


async def test_the_reply_that_fits_the_sign_is_offered_first(stage: Stage) -> None:
    await put_off(stage, "Давайте скидку, у других дешевле")
    await stage.press(SetFactSign(fact=1, sign="price_pressure"))
    await stage.reminded()
    assert stage.main == "Ответ на просьбу о скидке"
    await stage.tap("Прочитать")
    await stage.tap("Вернуться к ответу")
    assert "Другое письмо" in stage.labels
    await stage.tap(stage.main)
    assert stage.header.startswith("Ответ на просьбу о")


async def test_without_a_confirmed_sign_the_kinds_are_offered(stage: Stage) -> None:
    await put_off(stage)
    await stage.reminded()
    assert stage.main == "Подготовить ответ"
    await stage.tap("Подготовить ответ")
    assert "какое письмо" in stage.header


async def test_an_unanswered_list_gives_way_to_the_next_one(stage: Stage) -> None:
    await weekly(stage)
    ids = []
    for _ in range(4):
        await stage.reminded()
        ids.append(stage.me.screen.id)
        stage.clock.move(days=1)
    assert len(set(ids)) == 4
    there = {each.id for each in stage.from_bot}
    assert there & set(ids) == {ids[-1]}, "one live list"


async def test_a_list_too_old_to_be_deleted_loses_its_buttons(stage: Stage) -> None:
    await weekly(stage)
    await stage.reminded()
    first = stage.me.screen.id
    stage.clock.move(days=7)
    await stage.reminded()
    old = next(each for each in stage.from_bot if each.id == first)
    assert not old.keyboard
    assert stage.me.screen.id != first


async def test_a_list_that_is_in_use_stays(stage: Stage) -> None:
    await weekly(stage)
    await stage.reminded()
    used = stage.me.screen.id
    await stage.tap("Ольга")
    stage.clock.move(days=1)
    await stage.reminded()
    kept = next(each for each in stage.from_bot if each.id == used)
    assert kept.keyboard


async def silent(stage: Stage, times: int) -> list[str]:
    """Let three days go by, so many times, without a word; return the headers of what came."""
    came = []
    for _ in range(times):
        before = stage.me.screen.id
        await stage.reminded()
        if stage.me.screen.id != before:
            came.append(stage.header)
        stage.clock.move(days=3)
    return came


async def test_after_three_silent_weeks_the_coach_asks_once_and_is_silent(stage: Stage) -> None:
    await weekly(stage)
    came = await silent(stage, 11)
    assert len(came) == 8
    assert came[-1] == "Напоминания · продолжать?"
    assert came.count("Напоминания · продолжать?") == 1
    assert "Ольга" not in stage.text


async def test_any_word_brings_the_lists_back(stage: Stage) -> None:
    await weekly(stage)
    await silent(stage, 8)
    await stage.tap("Показать список")
    assert stage.labels[0].startswith("Ольга")
    came = await silent(stage, 2)
    assert len(came) == 1, "from the next slot on"
    assert "отчёты" in came[0]


async def test_who_answers_now_and_then_is_never_asked(stage: Stage) -> None:
    await weekly(stage)
    for _ in range(2):
        assert "Напоминания · продолжать?" not in await silent(stage, 6)
        await stage.say("/clients")


async def test_weeks_in_which_nothing_was_due_are_no_silence(stage: Stage) -> None:
    days = 30
    await weekly(stage)
    await stage.reminded()
    await stage.press(TodayList(page=0))
    await stage.tap("Отправлено")
    await stage.press("iq:1:" + str((stage.clock.now().date() + timedelta(days=days)).toordinal()))
    stage.clock.move(days=days)
    await stage.reminded()
    assert "продолжать" not in stage.header
