"""«Не сегодня»: a phrase to copy, nothing to decide, and the reply by daylight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.local.person import Origin
from handlers.facts.buttons import DueReply, NotToday
from handlers.reminders.buttons import SetQuiet
from storage.records import ActionState, Promise
from tests.conversations.stage import EVENING, Stage, plain

OLGA = Origin("Ольга", EVENING - timedelta(minutes=2), user_id=777)
INSULT = "Ты бездарь и хам, руки из задницы"
CLIENT = "Студия «Вектор»"


async def at_night(stage: Stage, text: str = INSULT) -> None:
    """Forward something nasty at 23:40 and put the reply off."""
    await stage.client(CLIENT)
    stage.me.forward(text, OLGA)
    await stage.settled()
    await stage.tap("Не сегодня")


async def promises(stage: Stage) -> tuple[Promise, ...]:
    """Return all promises."""
    return (await stage.read(lambda owned: owned.export())).promises


def copied(stage: Stage) -> list[str]:
    """Return the phrases that the screen's buttons copy."""
    buttons = [button for row in stage.me.screen.keyboard for button in row]
    return [plain(button["copy_text"]["text"]) for button in buttons if "copy_text" in button]


async def test_the_reply_waits_with_a_phrase_to_copy(stage: Stage) -> None:
    await at_night(stage)
    assert stage.header == "Не сегодня · напомню завтра в 09:00"
    assert copied(stage) == ["Сообщение получено. Отвечу завтра до 12:00."]
    assert "бездарь" not in stage.text
    (promise,) = await promises(stage)
    assert (promise.kind, promise.due, promise.client, promise.subject) == (
        "reply",
        date(2026, 11, 22),
        1,
        1,
    )


async def test_all_of_the_evening_is_silent(stage: Stage) -> None:
    await at_night(stage)
    assert all(message.silent for message in stage.from_bot)


async def test_the_hour_is_moscow_s_until_the_city_is_known_and_the_screen_says_so(
    stage: Stage,
) -> None:
    await at_night(stage)
    assert "Время московское: вашего города я пока не знаю." in stage.text
    await stage.tap("Выбрать город")
    await stage.say("Владивосток")
    await stage.press(NotToday(fact=1))
    assert stage.header == "Не сегодня · напомню сегодня в 09:00", "it is 06:40 there"
    assert "Время московское" not in stage.text


async def test_the_morning_comes_after_the_quiet_hours(stage: Stage) -> None:
    await stage.say("/start")
    await stage.press("io:1380:660")
    await at_night(stage)
    assert stage.header == "Не сегодня · напомню завтра в 11:00"
    assert copied(stage) == ["Сообщение получено. Отвечу завтра до 13:00."]


async def test_the_hour_is_that_of_the_digest_where_one_is_near(stage: Stage) -> None:
    await stage.say("/start")
    await stage.press("im:570")
    await at_night(stage)
    assert stage.header == "Не сегодня · напомню завтра в 09:30"


async def test_the_phrase_promises_no_hour_beyond_its_day(stage: Stage) -> None:
    await stage.client(CLIENT)
    await stage.press(SetQuiet(start=8 * 60, end=22 * 60))
    stage.me.forward(INSULT, OLGA)
    await stage.settled()
    await stage.tap("Не сегодня")
    assert copied(stage) == ["Сообщение получено. Отвечу завтра до 23:59."]


async def test_noon_is_noon_in_english(stage: Stage) -> None:
    stage.me.user["language_code"] = "en"
    await stage.client("Vector Studio")
    stage.me.forward("You are useless", OLGA)
    await stage.settled()
    await stage.tap("Not today")
    assert stage.header == "Put off · reminder tomorrow at 9:00 AM"
    assert copied(stage) == ["Got your message. I’ll reply tomorrow by noon."]


async def test_after_midnight_the_morning_is_today(stage: Stage) -> None:
    stage.clock.move(hours=3)
    await at_night(stage)
    assert stage.header == "Не сегодня · напомню сегодня в 09:00"
    assert copied(stage) == ["Сообщение получено. Отвечу сегодня до 12:00."]
    (promise,) = await promises(stage)
    assert promise.due == date(2026, 11, 22)
    await stage.say("/start")
    assert "Ответ: " not in "".join(stage.labels)
    stage.clock.move(hours=3)
    await stage.say("/start")
    assert stage.main == f"Ответ: {CLIENT}"


async def test_before_a_day_off_monday_is_offered(stage: Stage) -> None:
    await at_night(stage)
    await stage.tap("Лучше в понедельник")
    assert copied(stage) == ["Сообщение получено. Отвечу 23 ноября до 12:00."]
    (promise,) = await promises(stage)
    assert promise.due == date(2026, 11, 23)
    assert "Лучше в понедельник" not in stage.labels


async def test_on_a_weekday_only_tomorrow_is_offered(stage: Stage) -> None:
    stage.clock.move(days=2)
    await at_night(stage)
    assert "Лучше в понедельник" not in stage.labels


async def test_another_day_can_be_chosen_and_before_a_day_off_monday_comes_first(
    stage: Stage,
) -> None:
    await at_night(stage)
    await stage.tap("Напомнить в другой день")
    assert stage.labels == [
        "Понедельник, 23 ноября",
        "• Воскресенье, 22 ноября",
        "Вторник, 24 ноября",
        "Воскресенье, 29 ноября",
        "‹ Назад",
    ]
    await stage.tap("Вторник")
    assert stage.toast == "Отложено до 24 ноября"
    assert stage.header == "Не сегодня · напомню 24 ноября в 09:00"
    assert (await promises(stage))[0].due == date(2026, 11, 24)


async def test_a_reply_put_off_again_is_told_of_again(stage: Stage) -> None:
    await at_night(stage)
    (promise,) = await promises(stage)
    told = replace(promise, listed=3, tried=True)
    await stage.read(lambda owned: owned.promises.save(told))
    await stage.press(f"gd:1:{date(2026, 11, 24).toordinal()}")
    (promise,) = await promises(stage)
    assert (promise.listed, promise.tried) == (0, False)


async def test_putting_off_twice_is_one_promise(stage: Stage) -> None:
    await at_night(stage)
    await stage.press(NotToday(fact=1))
    await stage.tap("‹ К факту")
    assert "Ответ отложен: напомню завтра в 09:00." in stage.text
    await stage.tap("Не сегодня")
    assert len(await promises(stage)) == 1


async def test_a_reply_cannot_be_put_off_to_any_day(stage: Stage) -> None:
    await at_night(stage)
    today = date(2026, 11, 21).toordinal()
    for day in (today, today + 15, 9_999_999):
        await stage.press(f"gd:1:{day}")
        assert "Кнопка из прежней версии" in stage.toast
    assert (await promises(stage))[0].due == date(2026, 11, 22)


async def test_an_angry_note_stays_with_the_fact_and_is_not_shown_back(stage: Stage) -> None:
    await at_night(stage)
    await stage.tap("Заметка для себя")
    await stage.say("Ненавижу этот проект")
    assert stage.header == "Не сегодня · напомню завтра в 09:00"
    assert "Записал. В письма это само не попадёт." in stage.text
    await stage.tap("Заметка для себя")
    await stage.say("И звонки тоже")
    (fact,) = (await stage.read(lambda owned: owned.export())).facts
    assert (fact.words, fact.note) == (INSULT, "Ненавижу этот проект\nИ звонки тоже")
    await stage.press("f:1")
    assert "Заметка для себя, в письма не попадает: Ненавижу этот проект" in stage.text


async def test_the_angry_note_can_be_left(stage: Stage) -> None:
    await at_night(stage)
    for way in ("‹ Отмена", "/cancel"):
        await stage.press("gn:1")
        await (stage.tap(way) if way.startswith("‹") else stage.say(way))
        assert stage.header.startswith(("Не сегодня", "Сохранено дословно"))
    await stage.say("Уже просто текст")
    assert stage.header.startswith("Что с этим сделать?")


async def test_in_the_morning_the_reply_comes_first(stage: Stage) -> None:
    await at_night(stage)
    await stage.say("/start")
    assert "ждёт ответа" not in stage.text
    stage.clock.move(hours=10)
    await stage.say("/start")
    await stage.press("fa:1:rudeness")
    await stage.say("/start")
    assert f"{CLIENT}: ждёт ответа запись от 21 ноября." in stage.text
    assert stage.main == stage.labels[0] == f"Ответ: {CLIENT}"
    await stage.tap(CLIENT)
    assert stage.header == f"{CLIENT} · с 21 ноября"
    assert "Ждёт ответа: запись от 21 ноября." in stage.text
    assert stage.main == "Вернуться к ответу"
    await stage.tap("Вернуться к ответу")
    assert stage.header == f"{CLIENT} · отложенный ответ"
    assert "Вчера, 23:38. Факт записан: грубость." in stage.text
    assert "бездарь" not in stage.text
    await stage.tap("Прочитать")
    assert INSULT in stage.text


async def test_before_its_day_the_card_says_when(stage: Stage) -> None:
    await at_night(stage)
    await stage.press("c:1")
    assert "Ответ отложен до 22 ноября." in stage.text
    assert stage.main == "Разбор"


async def test_after_an_insult_a_new_assessment_comes_first(stage: Stage) -> None:
    await at_night(stage)
    await stage.press("fa:1:rudeness")
    stage.clock.move(hours=10)
    await stage.press(DueReply(fact=1))
    assert "Если впервые, хватит одного ответа" in stage.text
    assert stage.main == "Разбор заново"


async def test_after_a_late_payment_the_reply_comes_first(stage: Stage) -> None:
    await at_night(stage, "Опять не смогу заплатить, подождите до зарплаты")
    stage.clock.move(hours=10)
    await stage.press(DueReply(fact=1))
    assert "повод уходить" not in stage.text
    assert stage.main == "Подготовить ответ"
    await stage.tap("Подготовить ответ")
    assert CLIENT in stage.header


@pytest.mark.parametrize(
    ("label", "state", "toast"),
    [
        ("Ответ отправлен", ActionState.DONE, "Отмечено: ответ ушёл"),
        ("Отвечать не буду", ActionState.DROPPED, "Хорошо, без ответа"),
    ],
)
async def test_the_reply_is_over_when_the_person_says_so(
    stage: Stage, label: str, state: ActionState, toast: str
) -> None:
    await at_night(stage)
    stage.clock.move(hours=10)
    await stage.press(DueReply(fact=1))
    await stage.tap(label)
    assert stage.toast == toast
    assert [each.state for each in await promises(stage)] == [state]
    assert "Ждёт ответа" not in stage.text
    await stage.press(DueReply(fact=1))
    await stage.tap(label)
    assert [each.state for each in await promises(stage)] == [state]


async def test_what_is_over_can_be_put_off_again(stage: Stage) -> None:
    await at_night(stage)
    await stage.press("ge:1:dropped")
    await stage.press(f"gd:1:{date(2026, 11, 24).toordinal()}")
    assert copied(stage) == ["Сообщение получено. Отвечу 24 ноября до 12:00."]
    assert [each.state for each in await promises(stage)] == [ActionState.DROPPED, ActionState.OPEN]


async def test_a_note_to_oneself_needs_no_promise(stage: Stage) -> None:
    await at_night(stage)
    await stage.press("ge:1:dropped")
    await stage.press("gn:1")
    await stage.say("Всё равно зол")
    assert stage.header == f"{CLIENT} · факт, 21 ноября"
    assert "Всё равно зол" in stage.text


async def test_one_more_day_can_be_had(stage: Stage) -> None:
    await at_night(stage)
    stage.clock.move(hours=10)
    await stage.press(DueReply(fact=1))
    await stage.tap("Ещё на день")
    assert stage.toast == "Отложено до 23 ноября"
    await stage.say("/start")
    assert "ждёт ответа" not in stage.text


async def test_the_reply_follows_its_fact_to_another_client(stage: Stage) -> None:
    await at_night(stage)
    await stage.client("Пётр")
    await stage.press("fs:1:2")
    assert (await promises(stage))[0].client == 2
    stage.clock.move(hours=10)
    await stage.press("c:2")
    assert stage.main == "Вернуться к ответу"
    await stage.press("c:1")
    assert "Ждёт ответа" not in stage.text


async def test_a_reply_without_a_client_waits_too(stage: Stage) -> None:
    stage.me.forward(INSULT, OLGA)
    await stage.settled()
    await stage.tap("Не сегодня")
    await stage.client("Ольга")
    stage.clock.move(hours=10)
    await stage.say("/start")
    assert "Ждёт ответа запись от 21 ноября." in stage.text
    await stage.tap("Вернуться к ответу")
    assert stage.header == "Отложенный ответ · чей он?"
    await stage.tap("Чей это факт")
    await stage.tap("Ольга")
    await stage.press(DueReply(fact=1))
    assert stage.header == "Ольга · отложенный ответ"


async def test_a_deleted_fact_waits_for_no_reply(stage: Stage) -> None:
    await at_night(stage)
    await stage.press("fx:1")
    stage.clock.move(hours=10)
    await stage.say("/start")
    assert "ждёт ответа" not in stage.text


async def test_ten_clients_an_archive_and_a_reply_fit_one_screen(stage: Stage) -> None:
    await at_night(stage)
    for number in range(10):
        await stage.client(f"Номер {number}")
    await stage.press("ca:2:1")
    stage.clock.move(hours=10)
    await stage.say("/clients")
    assert len(stage.me.screen.labels) <= 12


async def test_an_insult_is_met_with_a_human_word_before_anything_else(stage: Stage) -> None:
    await stage.client(CLIENT)
    stage.me.forward(INSULT, OLGA)
    await stage.settled()
    assert stage.text.splitlines()[2].startswith("Неприятно такое получить.")
    assert "Отвечать ночью не обязательно." in stage.text
