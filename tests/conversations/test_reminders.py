"""/reminders: what comes next, and everything that can be changed about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from content.values.weeks import Rhythm
from handlers.clients.buttons import ClientCard
from handlers.reminders.buttons import SetBudget, SetPause, SetQuiet, SkipWeek
from storage.records import ClientNumber, Reminding
from tests.conversations.stage import EVENING, Stage

NOTHING = "Впереди пока ничего. Если выбрать клиенту день отчёта, буду напоминать раз в неделю."
FRIDAY = 4


async def in_moscow(stage: Stage, *names: str, weekday: int | None = FRIDAY) -> None:
    """Add clients in Moscow, each with a weekday unless told otherwise."""
    await stage.say("/start")
    await stage.press("sz:Europe/Moscow")
    for number, name in enumerate(names or ("Ольга",), start=1):
        await stage.client(name)
        if weekday is not None:
            await stage.press(f"iy:{number}:{weekday}")


async def reminding(stage: Stage) -> Reminding:
    return await stage.read(lambda owned: owned.reminders.get())


async def rhythm(stage: Stage, client: int = 1) -> Rhythm | None:
    today = stage.clock.now().date()
    return await stage.read(lambda owned: owned.reminders.rhythm(ClientNumber(client), today))


async def test_nobody_is_reminded_of_before_a_weekday_was_chosen(stage: Stage) -> None:
    await stage.client("Ольга")
    assert await rhythm(stage) is None
    await stage.say("/reminders")
    assert NOTHING in stage.text
    assert "Пишу в 09:00 по Москве: город пока не выбран." in stage.text
    assert "Выбрать город" in stage.labels


async def test_with_the_first_weekday_the_zone_is_asked(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press("ic:1")
    await stage.tap("Пятница")
    assert "Записал: отчёт по пятницам." in stage.text
    assert "мне нужен город" in stage.text
    assert stage.labels == ["Сейчас 23:40?", "Пока по Москве"]
    await stage.say("Екатеринбург")
    assert "Пишу в 09:00 по вашим часам (Екатеринбург)." in stage.text
    assert "Ольга — пт, 27 ноября" in stage.text


async def test_the_clock_finds_the_zone_that_was_asked_for(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press("iy:1:4")
    await stage.tap("Сейчас 23:40?")
    await stage.tap("Да, верно")
    await stage.tap(stage.labels[0])
    assert stage.header == "Напоминания · что впереди и когда"


async def test_who_will_not_say_where_they_are_is_reminded_by_moscow_time(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press("iy:1:4")
    await stage.tap("Пока по Москве")
    assert stage.header == "Ольга · день отчёта"
    assert "Первое напоминание — в пятницу, 27 ноября, в 09:00." in stage.text
    await stage.press("iy:1:3")
    assert "мне нужен город" in stage.text, "it is never assumed"


async def test_the_choice_is_confirmed_in_words(stage: Stage) -> None:
    await in_moscow(stage)
    assert stage.toast == "Отчёт по пятницам"
    assert stage.header == "Ольга · день отчёта"
    assert "Первое напоминание — в пятницу, 27 ноября, в 09:00." in stage.text
    assert "• Пятница" in stage.labels
    await stage.tap("‹ К клиенту")
    assert "Отчёт по пятницам." in stage.text
    await stage.tap("Изменить")
    await stage.tap("День отчёта")
    assert stage.header == "Ольга · день отчёта"


@pytest.mark.parametrize(
    ("hour", "first"), [(5, "сегодня в 09:00"), (7, "в субботу, 28 ноября, в 09:00")]
)
async def test_the_first_report_is_today_s_only_before_its_hour(
    stage: Stage, hour: int, first: str
) -> None:
    stage.clock.moment = datetime(2026, 11, 21, hour, tzinfo=UTC)
    await in_moscow(stage, weekday=5)
    assert f"Первое напоминание — {first}." in stage.text


async def test_a_weekday_can_be_dropped_and_taken_up_again(stage: Stage) -> None:
    await in_moscow(stage)
    await stage.tap("Без отчётов")
    assert stage.toast == "Об отчёте больше не напомню"
    assert "Об отчёте не напоминаю." in stage.text
    assert "Пауза до…" not in stage.labels
    await stage.tap("Вторник")
    assert "Первое напоминание — во вторник, 24 ноября, в 09:00." in stage.text


async def test_the_same_weekday_again_changes_nothing(stage: Stage) -> None:
    await in_moscow(stage)
    before = await rhythm(stage)
    stage.clock.move(days=7)
    await stage.press("iy:1:4")
    after = await rhythm(stage)
    assert before is not None
    assert after is not None
    assert after.since == before.since


async def test_a_client_is_told_once_with_the_weekday_and_the_next_date(stage: Stage) -> None:
    await in_moscow(stage, "Ольга", "Пётр", "Студия «Вектор»")
    await stage.press("iy:2:0")
    await stage.say("/reminders")
    told = (
        "Отчёты раз в неделю:\n"
        "Пётр — пн, 23 ноября\n"
        "Ольга — пт, 27 ноября\n"
        "Студия «Вектор» — пт, 27 ноября"
    )
    assert told in stage.text.split("\n\n")


async def test_what_the_week_has_no_list_left_for_is_told_for_the_next(stage: Stage) -> None:
    await in_moscow(stage, "Ольга", "Пётр")
    await stage.press("iy:2:3")
    assert "не больше 1, на этой было 0" in await stage.press(SetBudget(a_week=1))
    stage.clock.moment = datetime(2026, 11, 26, 6, 0, 20, tzinfo=UTC)
    assert await stage.reminded() == "Четверг, 26 ноября · отчёты: 1\n\nПётр"
    told = await stage.say("/reminders")
    assert "не больше 1, на этой было 1" in told
    assert "Ольга — пт, теперь пн, 30 ноября" in told
    stage.clock.moment = datetime(2026, 11, 27, 6, 0, 20, tzinfo=UTC)
    assert await stage.reminded() == told
    stage.clock.moment = datetime(2026, 11, 30, 6, 0, 20, tzinfo=UTC)
    assert "отчёты: 2" in await stage.reminded()


async def test_who_waits_comes_first_and_who_is_paused_last(stage: Stage) -> None:
    await in_moscow(stage, "Ольга", "Пётр", "Анна")
    await stage.press("iy:2:0")
    await stage.press(SetPause(client=1, day=date(2026, 12, 20).toordinal()))
    stage.clock.moment = datetime(2026, 11, 27, 9, tzinfo=UTC)
    await stage.press(SkipWeek(client=2, day=date(2026, 11, 23).toordinal()))
    await stage.say("/reminders")
    told = (
        "Отчёты раз в неделю:\n"
        "Анна — пт, ждёт сегодня\n"
        "Пётр — пн, 30 ноября\n"
        "Ольга — пт, пауза до 20 декабря"
    )
    assert told in stage.text.split("\n\n")


async def test_of_many_clients_the_first_are_told_and_the_others_counted(stage: Stage) -> None:
    await in_moscow(stage, *(f"Клиент {n}" for n in range(1, 11)))
    await stage.say("/reminders")
    assert "Клиент 8 — пт, 27 ноября\nИ ещё 2 клиента." in stage.text
    assert "Клиент 9" not in stage.text


async def test_promises_are_told_too(stage: Stage) -> None:
    await in_moscow(stage, weekday=None)
    await stage.assess(late_payment="always")
    await stage.press("pk:1:001020")
    await stage.say("/reminders")
    assert "Пн, 23 ноября: шаг плана — Ольга." in stage.text
    assert "Пт, 11 декабря: новый разбор — Ольга." in stage.text


async def test_four_clients_with_promises_stay_one_readable_screen(stage: Stage) -> None:
    names = ("Студия «Вектор»", "Ольга, каталог", "Школа № 5", "ИП Смирнов")
    await in_moscow(stage, *names)
    for number in range(1, 5):
        await stage.press(ClientCard(client=number))
        await stage.assess(late_payment="always")
        await stage.press(f"pk:{number}:001020")
    await stage.press(SetPause(client=0, day=date(2026, 12, 10).toordinal()))
    await stage.say("/reminders")
    said = stage.text.split("\n\n")
    assert "Отпуск до 10 декабря: молчу обо всех." in said
    assert (
        "По датам:\n"
        f"Чт, 10 декабря: шаги плана — {' · '.join(names)}.\n"
        f"Пт, 11 декабря: новые разборы — {' · '.join(names)}."
    ) in said


async def test_what_waits_today_is_a_tap_away(stage: Stage) -> None:
    await in_moscow(stage)
    stage.clock.moment = datetime(2026, 11, 27, 9, tzinfo=UTC)
    await stage.say("/reminders")
    assert stage.main == "На сегодня: 1"
    await stage.tap("На сегодня: 1")
    assert stage.labels[0] == "Ольга"


@pytest.mark.parametrize(
    ("typed", "kept"), [("9:30", time(9, 30)), ("в 18", time(18)), ("20.15", time(20, 15))]
)
async def test_a_time_can_be_typed(stage: Stage, typed: str, kept: time) -> None:
    await in_moscow(stage)
    await stage.say("/reminders")
    await stage.tap("Время: 09:00")
    await stage.say(typed)
    assert (await reminding(stage)).remind_at == kept
    assert f"Время: {kept:%H:%M}" in stage.labels


async def test_what_is_no_time_is_asked_again(stage: Stage) -> None:
    await in_moscow(stage)
    await stage.press("ie")
    await stage.say("с утра пораньше")
    assert "Не понял, какое это время." in stage.text
    await stage.tap("10:00")
    assert stage.toast == "Напоминаю в 10:00"


async def test_t38_a_time_in_the_quiet_hours_moves_to_their_end_and_the_person_is_told(
    stage: Stage,
) -> None:
    await in_moscow(stage)
    await stage.press("ie")
    await stage.say("21:30")
    assert "В 21:30 тихие часы. Поставил на 08:00" in stage.text
    assert (await reminding(stage)).remind_at == time(8)


async def test_quiet_hours_over_the_reminder_move_it_too(stage: Stage) -> None:
    await in_moscow(stage)
    await stage.press("in")
    await stage.say("с 22 до 9:30")
    assert "Записал. Напоминаю теперь в 09:30" in stage.text
    assert await reminding(stage) == Reminding(
        remind_at=time(9, 30),
        quiet=(time(22), time(9, 30)),
        weekday=FRIDAY,
        epoch=1,
        effective_from=EVENING,
    )
    assert "Тихие часы" in stage.labels


async def test_quiet_hours_can_be_chosen_and_dropped(stage: Stage) -> None:
    await in_moscow(stage)
    await stage.press("in")
    await stage.tap("22–07")
    assert stage.toast == "Тихо с 22:00 до 07:00"
    assert "Тихо: 22–07" in stage.labels
    await stage.tap("Тихо: 22–07")
    await stage.tap("Без тихих часов")
    assert (await reminding(stage)).quiet is None
    assert "Тихо: нет" in stage.labels


@pytest.mark.parametrize("typed", ["всегда", "22-22", "25-7", "22"])
async def test_what_are_no_hours_is_asked_again(stage: Stage, typed: str) -> None:
    await in_moscow(stage)
    await stage.press("in")
    await stage.say(typed)
    assert "Не понял, какие это часы." in stage.text


async def test_hours_are_left_to_speak_in(stage: Stage) -> None:
    await in_moscow(stage)
    await stage.press("in")
    await stage.say("9-8:30")
    assert "Нужно хотя бы восемь часов" in stage.text
    for start, end in ((540, 530), (540, 540)):
        await stage.press(SetQuiet(start=start, end=end))
        assert "Кнопка из прежней версии" in stage.toast
    assert (await reminding(stage)).quiet == (time(21), time(8))


async def test_weekends_flip_in_place(stage: Stage) -> None:
    await in_moscow(stage, weekday=5)
    await stage.say("/reminders")
    await stage.tap("Дни: все")
    assert stage.toast == "По выходным молчу"
    assert "Ольга — сб, теперь пн, 30 ноября" in stage.text
    await stage.tap("Дни: будни")
    assert "Ольга — сб, 28 ноября" in stage.text


async def test_holidays_are_those_of_a_country_one_s_own_first(stage: Stage) -> None:
    await stage.say("/start")
    await stage.press("sz:Asia/Tbilisi")
    await stage.say("/reminders")
    await stage.tap("И в праздники")
    assert stage.labels[:2] == ["Грузия", "Россия"]
    await stage.tap("Россия")
    assert stage.toast == "Праздники пропускаю: Россия"
    assert (await reminding(stage)).holidays == "RU"
    await stage.tap("Без праздников")
    await stage.tap("Праздники как будни")
    assert (await reminding(stage)).holidays is None
    await stage.press("ik1:QQ")
    assert "Кнопка из прежней версии" in stage.toast


async def test_the_usual_weekday_takes_along_those_who_had_it(stage: Stage) -> None:
    await in_moscow(stage, "Ольга", "Пётр")
    await stage.press("iy:2:1")
    await stage.say("/reminders")
    await stage.tap("День: пт")
    await stage.tap("Четверг")
    assert stage.toast == "Отчёты теперь по четвергам"
    olga, peter = await rhythm(stage, 1), await rhythm(stage, 2)
    assert (olga and olga.weekday, peter and peter.weekday) == (3, 1)


async def test_clients_are_listed_with_their_weekdays(stage: Stage) -> None:
    await in_moscow(stage, "Ольга", "Пётр")
    await stage.press("ix:2")
    await stage.press("ib:0")
    assert stage.labels == ["Ольга · пт", "Пётр · —", "‹ Назад"]


async def test_a_client_is_paused_until_a_date_and_back(stage: Stage) -> None:
    await in_moscow(stage)
    await stage.tap("Пауза до…")
    assert stage.labels[0] == "Неделя, до 28 ноября"
    await stage.say("5 декабря")
    assert "Снова напомню в субботу, 5 декабря. Верно?" in stage.text
    await stage.tap("Да, до 5 декабря")
    assert stage.toast == "Пауза до 5 декабря"
    assert "Пауза: молчу об этом клиенте до 5 декабря." in stage.text
    assert "Первое напоминание — в субботу, 5 декабря, в 09:00." in stage.text
    await stage.tap("‹ К клиенту")
    assert "Отчёт по пятницам, пауза до 5 декабря." in stage.text
    await stage.press("ic:1")
    await stage.tap("Снять паузу")
    assert "Первое напоминание — в пятницу, 27 ноября, в 09:00." in stage.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("когда-нибудь", "Не понял, какой это день."),
        ("вчера", "Не подойдёт: 20 ноября."),
        ("1 ноября 2026", "Не подойдёт: 1 ноября."),
        ("1.12.2030", "Не подойдёт: 1 декабря 2030"),
    ],
)
async def test_a_pause_ends_on_a_day_within_a_year(stage: Stage, typed: str, said: str) -> None:
    await in_moscow(stage)
    await stage.press("ip:1")
    await stage.say(typed)
    assert said in stage.text
    await stage.say("5 декабря")
    assert "Верно?" in stage.text


async def test_a_vacation_is_silence_about_everybody(stage: Stage) -> None:
    await in_moscow(stage, "Ольга", "Пётр")
    await stage.say("/reminders")
    await stage.tap("Отпуск: нет")
    await stage.tap("Две недели, до 5 декабря")
    assert stage.toast == "Отпуск до 5 декабря"
    assert "Отпуск до 5 декабря: молчу обо всех." in stage.text
    assert "Ольга — пт, теперь сб, 5 декабря" in stage.text
    await stage.press("ic:1")
    assert "Сейчас отпуск: молчу до 5 декабря." in stage.text
    stage.clock.moment = datetime(2026, 11, 27, 6, 0, 20, tzinfo=UTC)
    before = len(stage.from_bot)
    await stage.reminded()
    assert len(stage.from_bot) == before


async def test_who_comes_back_early_is_not_reminded_at_once(stage: Stage) -> None:
    await in_moscow(stage)
    await stage.press("iq:0:739955")
    stage.clock.moment = datetime(2026, 11, 27, 9, tzinfo=UTC)
    await stage.press("ip:0")
    await stage.tap("Вернуться из отпуска")
    assert stage.toast == "С возвращением. Напоминания снова идут"
    before = len(stage.from_bot)
    await stage.reminded()
    assert len(stage.from_bot) == before
    stage.clock.move(hours=21, minutes=1)
    await stage.reminded()
    assert stage.header == "Суббота, 28 ноября · отчёты: 1"


@pytest.mark.parametrize("data", ["iq:0:1", "iq:1:739576", "iq:0:740400", "iq:0:9999999"])
async def test_a_pause_to_nowhere_is_a_button_of_old(stage: Stage, data: str) -> None:
    await in_moscow(stage)
    await stage.press(data)
    assert "Кнопка из прежней версии" in stage.toast


async def test_another_zone_begins_another_epoch_and_counts_from_now(stage: Stage) -> None:
    await in_moscow(stage)
    before = await reminding(stage)
    stage.clock.move(hours=1)
    await stage.press("sz:Asia/Tokyo")
    after = await reminding(stage)
    assert (before.epoch, after.epoch) == (1, 2)
    assert after.effective_from == stage.clock.now()
    await stage.press("sz:Asia/Tokyo")
    assert (await reminding(stage)).epoch == 2, "the same zone is no change"


async def test_an_archived_client_is_left_alone(stage: Stage) -> None:
    await in_moscow(stage)
    await stage.press("ca:1:1")
    await stage.press("ic:1")
    assert "Клиент в архиве: пока он там, молчу." in stage.text
    await stage.say("/reminders")
    assert NOTHING in stage.text


async def test_without_a_weekday_there_is_nothing_to_pause(stage: Stage) -> None:
    await in_moscow(stage, weekday=None)
    await stage.press("iq:1:739955")
    assert "Об отчёте не напоминаю." in stage.text
    assert await rhythm(stage) is None


async def test_the_export_tells_hours_and_weekdays(stage: Stage) -> None:
    await in_moscow(stage)
    await stage.press("xx")
    texts = [each for each in stage.from_bot if "document" in each.body]
    readable = stage.telegram.files[texts[0].body["document"]["file_id"]].data.decode()
    assert "Напоминания в 09:00. С 21:00 до 08:00 молчу." in readable
    assert "Отчёт по пятницам." in readable


def test_the_day_of_the_forged_pauses_is_where_it_should_be() -> None:
    assert date.fromordinal(739576) == date(2025, 11, 21)
    assert date(2026, 12, 5).toordinal() == 739955
