"""Facts: kept at once, sorted when there is time, found again, and gone when the person says so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.local.person import Origin
from content.models import QuestionId
from handlers.engine.screen import cut
from handlers.facts.buttons import NewFact, ShowFact
from handlers.letters.buttons import StartLetter
from handlers.reports.buttons import OpenReport
from storage.records import ClientNumber, Fact
from tests.conversations import grammar
from tests.conversations.stage import EVENING, Stage, plain
from tests.known import KNOWLEDGE

OLGA = Origin("Ольга", EVENING - timedelta(minutes=2), user_id=777)
HIDDEN = Origin("Ольга Иванова", EVENING - timedelta(minutes=2))
LATE = "Опять не заплатил, просит подождать до зарплаты"
LATE_SIGN = KNOWLEDGE.words("ru").signs[QuestionId("late_payment")].short
INSULT = "Ты бездарь и хам, руки из задницы"


async def facts(stage: Stage) -> tuple[Fact, ...]:
    """Return all facts, the deleted ones too, in the order they came."""
    return (await stage.read(lambda owned: owned.export())).facts


async def fact(stage: Stage) -> Fact:
    """Return the only fact there is."""
    (one,) = await facts(stage)
    return one


async def forward(stage: Stage, text: str = INSULT, origin: Origin = OLGA) -> str:
    """Forward a message of the client's."""
    stage.me.forward(text, origin)
    return await stage.settled()


async def two_clients(stage: Stage) -> None:
    """Have two clients, and none of them on screen."""
    await stage.client("Студия «Вектор»")
    await stage.client("Пётр")
    await stage.say("/settings")


# A forward


async def test_a_forward_is_kept_at_once_with_its_own_date(stage: Stage) -> None:
    await stage.client()
    await stage.say("/start")
    await forward(stage, origin=Origin("Ольга", datetime(2026, 11, 3, 22, 30, tzinfo=UTC), 777))
    assert stage.header == "Сохранено дословно · 4 ноября, 01:30"
    kept = await fact(stage)
    assert (kept.words, kept.day, kept.source) == (INSULT, date(2026, 11, 4), "forward")
    assert kept.client == 1


async def test_the_first_reply_to_a_forward_can_wait_and_repeats_no_insult(stage: Stage) -> None:
    await stage.client()
    await forward(stage)
    assert stage.header == "Сохранено дословно · сегодня, 23:38"
    assert stage.main == stage.labels[0] == "Не сегодня"
    assert "Похоже на: грубость. Верно? Клиент: Студия «Вектор»." in stage.text
    assert "Отвечать ночью не обязательно." in stage.text
    assert "бездарь" not in stage.text


async def test_by_day_nobody_speaks_of_the_night(stage: Stage) -> None:
    stage.clock.move(hours=12)
    await stage.client()
    await forward(stage)
    assert "ночью" not in stage.text
    assert "Отвечать прямо сейчас не обязательно." in stage.text


async def test_five_forwards_with_a_comment_are_one_fact_and_one_reply(stage: Stage) -> None:
    await stage.client()
    before = len(stage.from_bot)
    stage.me.send("вот опять, сил нет")
    for number in range(1, 6):
        stage.me.forward(f"Сообщение {number}", OLGA)
    await stage.settled()
    forwards = [each for each in stage.me.messages if "forward_origin" in each.body]
    assert [each.reactions for each in forwards] == [["✍"]] * 5, "each has its receipt"
    kept = await fact(stage)
    assert kept.words == "\n".join(f"Сообщение {number}" for number in range(1, 6))
    assert (kept.pieces, kept.note) == (5, "вот опять, сил нет")
    assert "5 сообщений, одна запись." in stage.text
    assert "сил нет" not in stage.text
    assert len(stage.from_bot) == before
    assert await stage.read(lambda owned: owned.scratch.held(EVENING)) is None


async def test_pieces_come_one_by_one_within_a_minute_of_the_last(stage: Stage) -> None:
    await stage.client()
    for number in range(3):
        await forward(stage, f"Часть {number}")
        stage.clock.move(seconds=60)
    assert (await fact(stage)).pieces == 3
    stage.clock.move(seconds=1)
    await forward(stage, "Уже о другом")
    assert [each.pieces for each in await facts(stage)] == [3, 1]


async def test_the_time_between_pieces_is_that_of_the_messages(stage: Stage) -> None:
    await stage.client()
    stage.me.forward("Вечером", OLGA)
    stage.clock.move(hours=2)
    stage.me.forward("Ночью", OLGA)
    await stage.settled()
    assert [each.words for each in await facts(stage)] == ["Вечером", "Ночью"]


async def test_a_text_long_before_a_forward_is_no_comment(stage: Stage) -> None:
    await stage.client()
    await stage.say("Посмотрим, что он ответит")
    stage.clock.move(seconds=3)
    await forward(stage)
    assert (await fact(stage)).note == ""


async def test_what_was_said_on_different_days_are_different_facts(stage: Stage) -> None:
    await stage.client()
    await forward(stage, "Второе", Origin("Ольга", EVENING - timedelta(days=1), 777))
    await forward(stage, "Первое", Origin("Ольга", EVENING - timedelta(days=3), 777))
    await forward(stage, "Ещё второе", Origin("Ольга", EVENING - timedelta(days=1), 777))
    told = [(each.day.day, each.words) for each in await facts(stage)]
    assert told == [(20, "Второе\nЕщё второе"), (18, "Первое")]


async def test_the_earliest_piece_tells_the_hour(stage: Stage) -> None:
    await stage.client()
    await forward(stage, "Второе", Origin("Ольга", EVENING - timedelta(minutes=1), 777))
    await forward(stage, "Первое", Origin("Ольга", EVENING - timedelta(minutes=9), 777))
    assert (await fact(stage)).said_at == EVENING - timedelta(minutes=9)


async def test_a_second_piece_may_show_the_sign_but_not_change_a_chosen_one(stage: Stage) -> None:
    await stage.client()
    await forward(stage, "Добрый вечер")
    assert (await fact(stage)).proposed is None
    await forward(stage, INSULT)
    assert (await fact(stage)).proposed == "rudeness"
    await stage.tap("Другой признак")
    await stage.tap("Деньги")
    await stage.tap(KNOWLEDGE.words("ru").signs[QuestionId("late_payment")].name)
    await forward(stage, INSULT)
    assert ((await fact(stage)).sign, (await fact(stage)).proposed) == ("late_payment", None)


@pytest.mark.parametrize("origin", [OLGA, HIDDEN], ids=["account", "hidden"])
async def test_the_author_of_a_forward_is_known_the_next_time(stage: Stage, origin: Origin) -> None:
    await two_clients(stage)
    await forward(stage, origin=origin)
    assert (await fact(stage)).client is None
    assert "О каком клиенте речь?" in stage.text
    await stage.tap("Студия «Вектор»")
    assert "Клиент: Студия «Вектор»." in stage.text
    await stage.say("/settings")
    stage.clock.move(minutes=5)
    await forward(stage, "А где макеты?", origin)
    assert (await facts(stage))[-1].client == 1
    await forward(stage, "Здравствуйте", Origin("Пётр", EVENING, user_id=5))


async def test_who_is_on_another_client_after_all_is_known_there(stage: Stage) -> None:
    await two_clients(stage)
    await forward(stage)
    await stage.tap("Пётр")
    await stage.tap("Другой клиент")
    await stage.tap("Студия «Вектор»")
    stage.clock.move(minutes=5)
    await forward(stage)
    assert [each.client for each in await facts(stage)] == [1, 1]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_nothing_in_the_database_names_an_author(stage: Stage, folder: Path) -> None:
    await stage.client()
    await forward(stage, origin=HIDDEN)
    stored = (folder / "coach.db").read_bytes() + (folder / "coach.db-wal").read_bytes()
    for secret in ("Иванова", "name:", INSULT):
        assert secret.encode() not in stored


async def test_the_client_on_screen_is_the_likeliest(stage: Stage) -> None:
    await two_clients(stage)
    await stage.press("c:1")
    await forward(stage)
    assert "Клиент: Студия «Вектор»." in stage.text


async def test_not_today_needs_no_client(stage: Stage) -> None:
    await two_clients(stage)
    await forward(stage)
    assert stage.labels[:3] == ["Не сегодня", "Пётр", "Студия «Вектор»"]
    await stage.tap("Не сегодня")
    assert stage.header == "Не сегодня · напомню завтра в 09:00"


async def test_a_forward_before_any_client_gets_one_by_name(stage: Stage) -> None:
    await forward(stage)
    assert (await fact(stage)).client is None
    await stage.tap("Новый клиент")
    await stage.say("💥")
    assert "нет ни одной буквы" in stage.text
    await stage.say("Ольга")
    assert "Клиент: Ольга." in stage.text
    assert (await fact(stage)).client == 1


async def test_a_voice_message_is_kept_for_its_date(stage: Stage) -> None:
    await stage.client()
    stage.me.forward_voice(OLGA, duration=42)
    await stage.settled()
    kept = await fact(stage)
    assert (plain(kept.words), kept.source, kept.day) == (
        "[голосовое, 42 с]",
        "voice",
        date(2026, 11, 21),
    )
    await stage.tap("Открыть факт")
    await stage.tap("Слова")
    await stage.say("Кричал в трубку")
    assert "«Кричал в трубку»" in stage.text
    assert "Похоже на: грубость. Верно?" in stage.text


async def test_what_a_forward_shows_besides_words_is_named(stage: Stage) -> None:
    await stage.client()
    sent = stage.me.send_photo("смотрите сами")
    stage.telegram.updates.drop_all()
    body = sent.shown() | {"forward_origin": OLGA.shown()}
    stage.me.raw({"message": body})
    await stage.settled()
    assert (await fact(stage)).words == "[картинка] смотрите сами"


async def test_a_forward_of_ones_own_message_teaches_nothing_about_authors(stage: Stage) -> None:
    await two_clients(stage)
    own = Origin("Я", EVENING, user_id=stage.me.id)
    await forward(stage, "Я же писал вам", own)
    await stage.tap("Пётр")
    stage.clock.move(minutes=5)
    await stage.say("/settings")
    await forward(stage, "И ещё раз", own)
    assert (await facts(stage))[-1].client is None


async def test_a_forward_closes_an_open_question_and_is_kept(stage: Stage) -> None:
    await stage.say("/newclient")
    await forward(stage)
    assert (await fact(stage)).words == INSULT
    await stage.say("Ольга")
    assert stage.header.startswith("Что с этим сделать?")


async def test_a_forward_after_the_question_about_a_client_is_about_them(stage: Stage) -> None:
    await two_clients(stage)
    await stage.press("c:1")
    await stage.tap("Факт")
    await forward(stage)
    assert (await fact(stage)).client == 1


@pytest.mark.parametrize(
    "origin",
    [
        {"type": "chat", "sender_chat": {"id": -100, "type": "group", "title": "Макеты"}},
        {"type": "channel", "chat": {"id": -200, "type": "channel", "title": "К"}, "message_id": 9},
    ],
    ids=["group", "channel"],
)
async def test_a_group_or_a_channel_is_an_author_too(
    stage: Stage, origin: dict[str, object]
) -> None:
    await two_clients(stage)
    for minute in (0, 5):
        stage.clock.move(minutes=minute)
        sent = stage.me.send("Где макеты?")
        stage.telegram.updates.drop_all()
        dated = origin | {"date": stage.telegram.seconds()}
        stage.me.raw({"message": sent.shown() | {"forward_origin": dated}})
        await stage.settled()
        if not minute:
            await stage.tap("Студия «Вектор»")
            await stage.say("/settings")
    assert [each.client for each in await facts(stage)] == [1, 1]


async def test_somebody_else_beside_a_client_is_another_fact(stage: Stage) -> None:
    await two_clients(stage)
    await forward(stage)
    await stage.tap("Пётр")
    await stage.say("/settings")
    stage.clock.move(minutes=5)
    await forward(stage, "Переслали мне", Origin("Кто-то", EVENING, user_id=5))
    assert (await facts(stage))[-1].client is None
    await forward(stage, "А это сам клиент")
    assert [each.client for each in (await facts(stage))[-2:]] == [None, 2]


@pytest.mark.parametrize("place", ["v:1", "p:1", "ps:1", "fl:1:0", "f:1"])
async def test_the_client_of_any_screen_is_the_likeliest(stage: Stage, place: str) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="always")
    await stage.press("pk:1:001020")
    await stage.press("nf:1")
    await stage.say("/fact Первый")
    await stage.press("fs:1:1")
    await stage.client("Пётр")
    await stage.press(place)
    await stage.say("/fact Ещё один")
    assert (await facts(stage))[-1].client == 1


@pytest.mark.parametrize("opened", [StartLetter(client=1, kind="limits"), OpenReport(client=1)])
async def test_a_fact_typed_over_a_letter_or_a_report_is_about_its_client(
    stage: Stage, opened: CallbackData
) -> None:
    await stage.client("Ольга")
    await stage.client("Пётр")
    await stage.press(opened)
    await stage.say("/fact Звонил ночью")
    assert [each.client for each in await facts(stage)] == [1]


@pytest.mark.parametrize(("pieces", "long", "kept"), [(25, 40, [20, 5]), (6, 4_000, [3, 3])])
async def test_a_capture_has_an_end_however_many_pieces_come(
    stage: Stage, pieces: int, long: int, kept: list[int]
) -> None:
    await stage.client()
    for number in range(pieces):
        await forward(stage, f"{number} ".ljust(long, "а"))
    assert [each.pieces for each in await facts(stage)] == kept


# Out of the chat


async def test_the_forwards_go_out_of_the_chat_and_the_fact_stays(stage: Stage) -> None:
    await stage.client()
    stage.me.send("вот опять")
    forwards = [stage.me.forward(f"Сообщение {number}", OLGA) for number in range(3)]
    await stage.settled()
    await stage.tap("Убрать из чата")
    assert stage.toast == "Убрал из чата, факт цел"
    assert all(message.deleted for message in forwards)
    assert [message.text for message in stage.me.messages if not message.from_bot] == [
        "/newclient Студия «Вектор»"
    ]
    assert (await fact(stage)).pieces == 3
    await stage.tap("Убрать из чата")
    assert stage.toast == "Убрал из чата, факт цел"


async def test_after_two_days_nothing_can_be_taken_out_of_the_chat(stage: Stage) -> None:
    await stage.client()
    await forward(stage)
    stage.clock.move(days=2)
    await stage.press("fr:1")
    assert stage.toast == "Из чата можно убрать только двое суток"
    assert "Убрать из чата" not in stage.labels


# A typed fact


async def test_a_fact_can_stand_behind_the_command(stage: Stage) -> None:
    await stage.client()
    await stage.say(f"/fact {LATE}")
    assert stage.header == "Студия «Вектор» · факт, 21 ноября"
    assert f"«{LATE}»" in stage.text
    assert f"Похоже на: {LATE_SIGN}. Верно?" in stage.text
    assert "Записано с сегодняшней датой." in stage.text
    kept = await fact(stage)
    assert (kept.client, kept.sign, kept.source) == (1, None, "typed")


async def test_a_fact_is_asked_for_and_typed(stage: Stage) -> None:
    await stage.client()
    assert (await stage.say("/fact")).startswith("Студия «Вектор» · что случилось?")
    await stage.say(LATE)
    assert (await fact(stage)).client == 1


async def test_the_question_can_be_left(stage: Stage) -> None:
    await stage.client()
    for way in ("‹ Отмена", "/cancel"):
        await stage.say("/fact")
        await (stage.tap(way) if way.startswith("‹") else stage.say(way))
        assert stage.header == "Студия «Вектор» · с 21 ноября"
    await stage.say(LATE)
    assert await facts(stage) == ()


async def test_it_was_yesterday(stage: Stage) -> None:
    await stage.client()
    await stage.say(f"/fact {LATE}")
    await stage.tap("Вчера")
    assert stage.toast == "Дата: 20 ноября"
    assert (await fact(stage)).day == date(2026, 11, 20)
    assert "Вчера" not in stage.labels


async def test_a_typed_day_is_shown_back_before_it_is_kept(stage: Stage) -> None:
    await stage.client()
    await stage.say(f"/fact {LATE}")
    await stage.tap("Другая дата")
    await stage.say("когда-то давно")
    assert "Дату не понял: «когда-то давно»" in stage.text
    await stage.say("12.11")
    assert "Четверг, 12 ноября. Верно?" in stage.text
    assert (await fact(stage)).day == date(2026, 11, 21)
    await stage.tap("Другая дата")
    await stage.say("3.12")
    assert "3 декабря 2025" in stage.text
    await stage.tap("Да, 3 декабря 2025")
    assert (await fact(stage)).day == date(2025, 12, 3)


async def test_no_day_before_its_time(stage: Stage) -> None:
    await stage.client()
    await stage.say(f"/fact {LATE}")
    for day in (date(2026, 11, 22).toordinal(), 9_999_999, 0):
        await stage.press(f"fw:1:{day}")
        assert stage.toast == "Кнопка из прежней версии. Вот как сейчас"
    assert (await fact(stage)).day == date(2026, 11, 21)


async def test_asking_for_the_day_can_be_left(stage: Stage) -> None:
    await stage.client()
    await stage.say(f"/fact {LATE}")
    for way in ("‹ Отмена", "/cancel"):
        await stage.tap("Другая дата")
        await (stage.tap(way) if way.startswith("‹") else stage.say(way))
        assert stage.header == "Студия «Вектор» · факт, 21 ноября"
    await stage.say("12.11")
    assert stage.header.startswith("Что с этим сделать?")


async def test_the_sign_can_be_changed_and_taken_off(stage: Stage) -> None:
    await stage.client()
    await stage.say(f"/fact {LATE}")
    await stage.tap("Другой признак")
    await stage.tap("Время")
    await stage.tap("‹ Назад")
    await stage.tap("Время")
    await stage.tap(KNOWLEDGE.words("ru").signs[QuestionId("after_hours")].name)
    assert (await fact(stage)).sign == "after_hours"
    await stage.tap("Другой признак")
    await stage.tap("Без признака")
    assert stage.toast == "Признак снят"
    assert "Признак не выбран." in stage.text


async def test_the_words_can_be_written_anew_and_the_proposed_sign_follows(stage: Stage) -> None:
    await stage.client()
    await stage.say("/fact Звонил")
    assert (await fact(stage)).sign is None
    await stage.tap("Слова")
    await stage.say(LATE)
    assert "Слова изменены" in stage.text
    kept = await fact(stage)
    assert (kept.words, kept.sign, kept.proposed) == (LATE, None, "late_payment")


async def test_amounts_and_delays_are_picked_up(stage: Stage) -> None:
    await stage.client()
    await stage.say("/fact Счёт на 60 000 ₽ оплатил позже на 18 дней")
    assert "Суммы в тексте: 60 000 ₽." in stage.text
    assert "Задержка в тексте: 18 дней." in stage.text


HOSTILE = (
    "<b>жирный</b>",
    "{{ 7*7 }} {name} %s %(n)s",
    "*звезда* `код`",
    "עברית мир",
    "/ не то",
)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_stay_as_they_were_typed(stage: Stage, text: str) -> None:
    await stage.client()
    await stage.say(f"/fact {text}")
    assert f"«{text}»" in stage.text
    await stage.tap("‹ К фактам")
    assert stage.labels[0] == cut(f"21.11 · {' '.join(text.split())}", 30)
    await forward(stage, text)
    assert (await facts(stage))[-1].words == text


async def test_a_fact_of_4096_characters_is_kept_whole_and_shown_cut(stage: Stage) -> None:
    await stage.client()
    await forward(stage, "Снова правки. " * 292 + "Конец.")
    await stage.tap("Открыть факт")
    assert len((await fact(stage)).words) > 4000
    assert "…»" in stage.text


# Changes


async def test_a_deleted_fact_can_come_back_for_ten_minutes(stage: Stage) -> None:
    await stage.client()
    await stage.say(f"/fact {LATE}")
    await stage.tap("Удалить факт")
    assert stage.header == "Факт удалён · можно вернуть"
    await stage.press(ShowFact(fact=1))
    assert stage.header == "Факт удалён · можно вернуть"
    stage.clock.move(minutes=9)
    await stage.tap("Вернуть факт")
    assert stage.toast == "Факт снова на месте"
    assert f"«{LATE}»" in stage.text
    await stage.tap("Удалить факт")
    stage.clock.move(minutes=11)
    await stage.storage.write(lambda memory: memory.purge(stage.clock.now()))
    await stage.tap("Вернуть факт")
    assert stage.header == "Факт удалён · вернуть нельзя"
    assert await facts(stage) == ()


async def test_a_forward_after_a_deletion_is_a_new_fact(stage: Stage) -> None:
    await stage.client()
    await forward(stage)
    await stage.tap("Удалить факт")
    await forward(stage, "Ещё одно")
    assert [each.pieces for each in await facts(stage)] == [1, 1]


async def test_every_button_of_a_fact_that_is_gone_says_so(stage: Stage) -> None:
    await stage.client()
    for form in ("f", "fk", "ft", "fd", "fe", "fp", "fv", "fx", "fr", "fu", "g", "gn", "gs", "fm"):
        await stage.press(f"{form}:7")
        assert stage.header == "Факт удалён · вернуть нельзя", form


async def test_an_edited_message_asks_about_its_fact(stage: Stage) -> None:
    await stage.client()
    message = stage.me.send("/fact Звонил в полночь")
    await stage.settled()
    stage.me.edit(message, "/fact Звонил в полночь, трижды")
    await stage.settled()
    assert stage.header == "Сообщение изменено · а факт?"
    await stage.tap("Оставить как было")
    assert (await fact(stage)).words == "Звонил в полночь"
    stage.me.edit(message, "/fact Звонил в полночь, трижды")
    await stage.settled()
    await stage.tap("Обновить факт")
    assert stage.toast == "Факт обновлён"
    assert (await fact(stage)).words == "Звонил в полночь, трижды"
    await stage.press("fp:1")
    assert stage.toast == "Этот текст уже разобран, или прошли сутки"
    assert "Звонил в полночь, трижды" in stage.text


async def test_an_edited_comment_changes_the_comment_and_not_the_words(stage: Stage) -> None:
    await stage.client()
    comment = stage.me.send("вот опять")
    stage.me.forward(INSULT, OLGA)
    await stage.settled()
    stage.me.edit(comment, "вот опять, третий раз")
    await stage.settled()
    await stage.tap("Обновить факт")
    kept = await fact(stage)
    assert (kept.words, kept.note) == (INSULT, "вот опять, третий раз")


# Lists


async def test_facts_are_listed_by_client_and_filtered_by_sign(stage: Stage) -> None:
    await stage.client()
    for number in range(9):
        await stage.say(f"/fact {LATE}, раз {number}")
        await stage.tap("Да, это оно")
    await stage.say(f"/fact {INSULT}")
    await stage.tap("Да, это оно")
    await stage.press("c:1")
    await stage.tap("Факты: 10")
    assert stage.header == "Студия «Вектор» · факты: 10"
    assert f"Чаще всего: {LATE_SIGN} — 9, грубость — 1." in stage.text
    assert len([label for label in stage.labels if label.startswith("21.11 · ")]) == 8
    await stage.tap("Ещё ›")
    assert len([label for label in stage.labels if label.startswith("21.11 · ")]) == 2
    await stage.tap("Выбрать признак")
    await stage.tap("грубость: 1")
    assert "Показаны только: грубость." in stage.text
    assert len([label for label in stage.labels if label.startswith("21.11 · ")]) == 1
    await stage.tap("Показать все")
    await stage.tap("‹ К клиенту")
    assert stage.header == "Студия «Вектор» · с 21 ноября"


async def test_facts_without_a_client_are_found_and_given_one(stage: Stage) -> None:
    await stage.say(f"/fact {LATE}")
    assert stage.header == "Без клиента · факт, 21 ноября"
    await stage.say("/fact")
    await stage.tap("Факты без клиента: 1")
    await stage.tap("21.11")
    await stage.tap("Новый клиент")
    await stage.say("Ольга")
    assert stage.header == "Ольга · факт, 21 ноября"
    await stage.say("/settings")
    await stage.say("/fact")
    assert "Факты без клиента" not in "".join(stage.labels)


async def test_a_fact_can_go_to_another_client_page_by_page(stage: Stage) -> None:
    for number in range(1, 11):
        await stage.client(f"Номер {number}")
    await stage.say(f"/fact {LATE}")
    await stage.tap("Другой клиент")
    await stage.tap("Ещё ›")
    await stage.tap("Номер 10")
    assert stage.toast == "Записал: Номер 10"
    await stage.tap("Другой клиент")
    await stage.tap("‹ Назад")
    assert stage.header.startswith("Номер 10 · факт")


async def test_the_list_asks_for_a_new_fact_of_the_same_client(stage: Stage) -> None:
    await two_clients(stage)
    await stage.press(NewFact(client=1))
    await stage.say(LATE)
    await stage.tap("‹ К фактам")
    await stage.tap("Записать факт")
    await stage.say(INSULT)
    assert [each.client for each in await facts(stage)] == [1, 1]


async def test_deleting_a_client_counts_the_facts(stage: Stage) -> None:
    await stage.client()
    await stage.say(f"/fact {LATE}")
    await stage.press("cd:1")
    assert "1 факт" in stage.text


# Out of nowhere


async def test_a_text_out_of_nowhere_becomes_a_fact_in_one_tap(stage: Stage) -> None:
    await stage.client()
    await stage.say(LATE)
    assert await facts(stage) == ()
    assert stage.main == "Факт: Студия «Вектор»"
    await stage.tap("Факт: Студия «Вектор»")
    kept = await fact(stage)
    assert (kept.words, kept.client, kept.proposed) == (LATE, 1, "late_payment")


async def test_a_text_held_over_midnight_is_a_fact_of_the_day_it_was_sent(stage: Stage) -> None:
    await stage.client()
    await stage.say(LATE)
    stage.clock.move(hours=2)
    await stage.tap("Факт: ")
    assert (await fact(stage)).day == date(2026, 11, 21)


async def test_a_text_becomes_a_fact_about_another_client(stage: Stage) -> None:
    await two_clients(stage)
    await stage.say(LATE)
    await stage.tap("Другой клиент")
    await stage.tap("Студия «Вектор»")
    assert (await fact(stage)).client == 1


async def test_a_text_without_any_client_can_be_a_fact_too(stage: Stage) -> None:
    await stage.say(LATE)
    await stage.tap("Записать факт")
    assert (await fact(stage)).client is None
    await stage.press("nf:0")
    assert stage.toast == "Этот текст уже разобран, или прошли сутки"


@pytest.mark.parametrize("text", ["Добрый день! Условия меняются.", "Так и было. " * 40])
async def test_what_reads_like_a_letter_is_offered_the_check_first(stage: Stage, text: str) -> None:
    await stage.client()
    await stage.say(text)
    assert stage.main == "Проверить как письмо"


# Nothing is lost


async def test_a_forward_that_comes_again_changes_nothing(stage: Stage) -> None:
    await stage.client()
    message = stage.me.forward(INSULT, OLGA)
    stage.telegram.updates.drop_all()
    number = stage.me.raw({"message": message.shown()})
    await stage.settled()
    stage.me.raw({"update_id": number, "message": message.shown()})
    await stage.settled()
    assert (await fact(stage)).pieces == 1
    assert stage.main == "Не сегодня"


async def test_nobody_sees_the_facts_of_another(stage: Stage) -> None:
    await stage.client()
    await stage.say(f"/fact {LATE}")
    stranger = stage.telegram.person(2)
    stranger.send("/start")
    await stage.settled()
    for data in ("f:1", "fk:1", "fx:1", "fr:1", "g:1", "fl:1:0"):
        stranger.tap(data=data)
        await stage.settled()
        assert LATE not in stranger.screen.text
    assert (await fact(stage)).deleted_at is None


# What is proposed


async def test_a_proposed_sign_counts_only_when_the_person_says_so(stage: Stage) -> None:
    await stage.client()
    await stage.say(f"/fact {LATE}")
    assert stage.labels[:3] == ["Да, это оно", "Другой признак", "Ничего из этого"]
    assert (
        await stage.read(lambda owned: owned.facts.of_client(ClientNumber(1), "late_payment")) == ()
    )
    await stage.tap("Да, это оно")
    assert f"Признак: {LATE_SIGN}." in stage.text
    assert "Ничего из этого" not in stage.labels
    kept = await fact(stage)
    assert (kept.sign, kept.proposed) == ("late_payment", None)


async def test_several_signs_in_one_text_are_all_named_and_none_is_set(stage: Stage) -> None:
    await stage.client()
    await stage.say("Третий раз не пришёл на занятие, и за прошлые не заплатил")
    signs = KNOWLEDGE.words("ru").signs
    for sign in ("no_shows", "late_payment"):
        assert signs[QuestionId(sign)].short in stage.text
    assert await facts(stage) == ()


async def test_nothing_of_it_is_an_answer_too(stage: Stage) -> None:
    await stage.client()
    await forward(stage)
    await stage.tap("Ничего из этого")
    assert "Похоже на" not in stage.text
    kept = await fact(stage)
    assert (kept.sign, kept.proposed) == (None, None)


async def test_an_ordinary_message_is_kept_without_a_word_about_signs(stage: Stage) -> None:
    await stage.client()
    await forward(stage, "Сколько будет стоить ещё одна страница?")
    assert "Похоже на" not in stage.text
    assert "Да, это оно" not in stage.labels


async def test_what_stands_for_a_recording_is_never_read_for_signs(stage: Stage) -> None:
    await stage.client()
    stage.me.forward_voice(OLGA, duration=42)
    await stage.settled()
    assert (await fact(stage)).proposed is None
    assert "Записи не слушаю." in stage.text


# Days that the words name


async def test_a_day_in_the_words_is_shown_before_the_fact_is_kept(stage: Stage) -> None:
    await stage.client()
    await stage.say("/fact 3 ноября добавила две страницы")
    assert stage.header == "Студия «Вектор» · когда это было?"
    assert "В тексте назван день: вторник, 3 ноября." in stage.text
    assert await facts(stage) == ()
    await stage.tap("3 ноября")
    kept = await fact(stage)
    assert (kept.day, kept.words) == (date(2026, 11, 3), "3 ноября добавила две страницы")
    assert stage.toast == "Записано с датой 3 ноября."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("вчера в час ночи позвонил", 20),
        ("в прошлый вторник наорал", 17),
        ("12.11 пришла правка", 12),
        ("в пятницу в 19:00 прислал правки", 20),
    ],
)
async def test_words_fix_the_day(stage: Stage, text: str, day: int) -> None:
    await stage.client()
    await stage.say(text)
    await stage.tap("Факт: Студия «Вектор»")
    await stage.tap(f"{day} ноября")
    kept = await fact(stage)
    assert (kept.day, kept.client, len(kept.messages)) == (date(2026, 11, day), 1, 1)


async def test_another_day_can_be_typed_or_today_taken(stage: Stage) -> None:
    await stage.client()
    await stage.say("/fact с 3 по 17 ноября не отвечал")
    assert "В тексте несколько дней." in stage.text
    assert stage.labels[:2] == ["17 ноября", "3 ноября"]
    await stage.say("послезавтра")
    assert "23 ноября ещё впереди." in stage.text
    await stage.say("5 ноября")
    assert (await fact(stage)).day == date(2026, 11, 5)
    await stage.say("/fact 9-го обещал заплатить")
    await stage.tap("Записать сегодняшним")
    assert (await facts(stage))[-1].day == date(2026, 11, 21)


async def test_a_day_to_come_or_a_version_asks_nothing(stage: Stage) -> None:
    await stage.client()
    for text in ("завтра опять созвон", "версия 2.10 сломана", "правка 5.11 к пункту 3"):
        await stage.say(f"/fact {text}")
    assert [each.day.day for each in await facts(stage)] == [21, 21, 21]


async def test_what_is_asked_can_be_dropped(stage: Stage) -> None:
    await stage.client()
    await stage.say("/fact вчера не заплатил")
    await stage.tap("Не сохранять")
    assert await facts(stage) == ()
    await stage.press("nd:1:739941")
    assert await facts(stage) == ()


async def asked_for_a_day(stage: Stage) -> None:
    await stage.client()
    await stage.say("/fact 3 ноября звонил в два ночи")
    assert await facts(stage) == ()
    stage.clock.move(seconds=30)


SAID = "Прошлый факт сохранён с датой 21 ноября. Если это было в другой день, поправьте его"


async def test_a_forward_before_the_day_is_told_loses_nothing(stage: Stage) -> None:
    await asked_for_a_day(stage)
    assert SAID in await forward(stage)
    told = [(each.words, each.day.day, each.client, each.note) for each in await facts(stage)]
    assert told == [("3 ноября звонил в два ночи", 21, 1, ""), (INSULT, 21, 1, "")]


@pytest.mark.parametrize("text", ["/clients", "/fact вчера не заплатил", "/report", "/nonsense"])
async def test_a_command_before_the_day_is_told_loses_nothing(stage: Stage, text: str) -> None:
    await asked_for_a_day(stage)
    await stage.say(text)
    (kept,) = await facts(stage)
    assert (kept.words, kept.day.day) == ("3 ноября звонил в два ночи", 21)
    assert SAID in stage.text


async def test_an_old_button_before_the_day_is_told_loses_nothing(stage: Stage) -> None:
    await stage.client()
    old = stage.me.screen
    stage.clock.move(days=3)  # too old to be taken away
    await stage.say("/fact 3 ноября звонил в два ночи")
    await stage.press("cl:0:0", on=old)
    assert "сохранён с датой 24 ноября" in plain(old.text)
    assert [each.day.day for each in await facts(stage)] == [24]


@pytest.mark.parametrize("text", ["/cancel", "Отмена"])
async def test_what_is_called_off_before_the_day_is_told_is_not_kept(
    stage: Stage, text: str
) -> None:
    await asked_for_a_day(stage)
    await stage.say(text)
    await stage.say("/clients")
    assert await facts(stage) == ()


async def test_a_text_that_waits_is_named_beside_a_forward_that_came_meanwhile(
    stage: Stage,
) -> None:
    await stage.client()
    await stage.say("Посмотрим, что он ответит на всё это")
    stage.clock.move(seconds=30)
    await forward(stage)
    await stage.tap("Не записано: «Посмотрим…»")
    assert stage.header == "Что с этим сделать? · не записано"
    await stage.tap("Факт: Студия «Вектор»")
    assert [each.words for each in await facts(stage)] == [
        INSULT,
        "Посмотрим, что он ответит на всё это",
    ]


# Whose it is


async def test_a_client_named_in_the_words_is_the_likeliest(stage: Stage) -> None:
    await stage.client("Wei Zhang")
    await stage.client("Анна Кузнецова")
    await stage.say("/fact Wei Zhang опять прислал правки")
    await stage.say("/fact Ане Кузнецовой не понравилось")
    await stage.say("Анну Кузнецову не устроил цвет")
    assert "Факт: Анна Кузнецова" in stage.labels
    assert [each.client for each in await facts(stage)] == [1, 2]


async def test_two_known_authors_within_a_minute_go_to_their_own_clients(stage: Stage) -> None:
    peter = Origin("Пётр", EVENING - timedelta(minutes=2), user_id=888)
    await two_clients(stage)
    await forward(stage, "Счёт оплатим в среду")
    await stage.tap("Студия «Вектор»")
    stage.clock.move(minutes=5)
    await stage.press("c:2")
    await forward(stage, "А я всё оплатил", peter)
    await stage.tap("Другой клиент")
    await stage.tap("Пётр")
    stage.clock.move(minutes=5)
    await stage.press("c:1")
    stage.me.forward("Первое от Ольги", OLGA)
    stage.me.forward("Первое от Петра", peter)
    stage.me.forward("Второе от Ольги", OLGA)
    await stage.settled()
    told = [(each.client, each.words) for each in (await facts(stage))[2:]]
    assert told == [(1, "Первое от Ольги\nВторое от Ольги"), (2, "Первое от Петра")]


async def test_an_author_called_as_one_of_the_clients_is_that_one_whoever_is_on_screen(
    stage: Stage,
) -> None:
    await two_clients(stage)
    await stage.press("c:1")
    await forward(stage, "Оплатим в среду", Origin("Пётр К.", EVENING, user_id=777))
    assert "Клиент: Пётр." in stage.text


async def test_a_stranger_beside_a_client_is_not_about_that_client(stage: Stage) -> None:
    await two_clients(stage)
    await stage.press("c:1")
    await forward(stage, "Это Ольга")
    await forward(stage, "А это неизвестно кто", Origin("Кто-то", EVENING, user_id=5))
    assert [each.client for each in await facts(stage)] == [1, None]


async def test_who_writes_under_another_name_than_the_client_on_screen_is_asked_about(
    stage: Stage,
) -> None:
    await two_clients(stage)
    await stage.press("c:1")
    await forward(stage, "Это Ольга")
    stage.clock.move(days=1)
    await stage.press("c:1")
    await forward(stage, "Добрый день, вопрос по счёту", Origin("Кто-то", EVENING, user_id=5))
    assert [each.client for each in await facts(stage)] == [1, None]


# Apart and together


async def test_a_capture_is_split_into_its_pieces_and_joined_again(stage: Stage) -> None:
    await stage.client()
    for text in ("Раз\n\nи ещё раз", "Два"):
        await forward(stage, text)
    await stage.tap("Открыть факт")
    await stage.tap("Разделить")
    assert stage.toast == "Теперь это разные факты"
    assert [(each.words, each.pieces) for each in await facts(stage)] == [
        ("Раз\n\nи ещё раз", 1),
        ("Два", 1),
    ]
    await stage.press(ShowFact(fact=2))
    await stage.tap("Соединить с прежним")
    assert stage.toast == "Теперь это один факт"
    first, second = await facts(stage)
    assert (first.words, first.pieces) == ("Раз\n\nи ещё раз\nДва", 2)
    assert second.deleted_at is not None
    await stage.tap("Разделить")
    assert len([each for each in await facts(stage) if each.deleted_at is None]) == 2


async def test_what_is_whole_can_not_be_split(stage: Stage) -> None:
    await stage.client()
    await stage.say(f"/fact {LATE}")
    assert "Разделить" not in stage.labels
    assert "Соединить с прежним" not in stage.labels
    for button in ("fi:1", "fj:1:1", "fj:1:7"):
        await stage.press(button)
    assert (await fact(stage)).words == LATE


async def test_a_capture_ends_at_twenty_pieces_and_nothing_is_lost(stage: Stage) -> None:
    await stage.client()
    for number in range(21):
        stage.me.forward(f"Сообщение {number}", OLGA)
    await stage.settled()
    assert [each.pieces for each in await facts(stage)] == [20, 1]
    assert "В одной записи помещается 20 сообщений." in stage.text


# What has no words


async def forward_pictures(stage: Stage, *captions: str) -> str:
    """Forward an album of the client's, each picture with its caption."""
    stage.me.send_album(captions, OLGA)
    return await stage.settled()


async def test_an_album_keeps_every_caption_and_says_what_was_not_read(stage: Stage) -> None:
    await stage.client()
    assert "Прочитаны только подписи." in await forward_pictures(stage, "Первая", "", "Третья")
    assert (await fact(stage)).words == "[картинка] Первая\n[картинка]\n[картинка] Третья"
    stage.clock.move(minutes=5)
    assert "Прочитана только подпись." in await forward_pictures(stage, "В две\nстроки", "")


async def test_a_picture_behind_a_text_is_said_not_to_be_read(stage: Stage) -> None:
    await stage.client()
    await forward(stage, "[срочно] поправьте до утра")
    assert "прочитать" not in stage.text, "brackets of the client's own are words"
    assert "Записано как «картинка»" in await forward_pictures(stage, "")
    await stage.tap("Открыть факт")
    assert "Остальное можно дописать: «Слова»." in stage.text
    await stage.tap("Слова")
    await stage.say("На картинке старый макет")
    assert "картинка»: больше" not in stage.text


async def test_the_one_card_of_several_forwards_tells_of_those_kept_apart(stage: Stage) -> None:
    await two_clients(stage)
    stage.me.forward("Первое", OLGA)
    stage.me.forward("Другое", Origin("Анна", EVENING - timedelta(minutes=2), user_id=888))
    stage.me.forward("Третье", OLGA)
    await stage.settled()
    assert "2 сообщения, одна запись." in stage.text
    assert "Ещё одно сообщение записано отдельно: другой автор или день." in stage.text


@pytest.mark.parametrize(
    ("body", "words", "said"),
    [
        (
            {"contact": {"first_name": "Бухгалтер", "phone_number": "+70000000000"}},
            "[контакт: Бухгалтер]",
            "Записано как «контакт: Бухгалтер»: больше прочитать не могу.",
        ),
        (
            {"location": {"latitude": 55.7, "longitude": 37.6}},
            "[место]",
            "Записано как «место»: больше прочитать не могу.",
        ),
    ],
    ids=["contact", "place"],
)
async def test_a_thing_without_words_is_kept_for_its_day(
    stage: Stage, body: dict[str, object], words: str, said: str
) -> None:
    await stage.client()
    sent = stage.me.send("x")
    stage.telegram.updates.drop_all()
    shown = {name: value for name, value in sent.shown().items() if name != "text"}
    stage.me.raw({"message": shown | body | {"forward_origin": OLGA.shown()}})
    await stage.settled()
    kept = await fact(stage)
    assert (kept.words, kept.proposed) == (words, None)
    assert said in stage.text


@pytest.mark.parametrize(
    ("body", "words", "day"),
    [
        (
            {
                "text": "деньги будут через неделю",
                "forward_origin": {"type": "hidden_user", "date": 1422450181},
            },
            "деньги будут через неделю",
            date(2015, 1, 28),
        ),
        (
            {
                "text": "опять просит скидку",
                "forward_origin": {"type": "user", "sender_user": {}, "date": 1422450181},
                "quote": {"text": 5},
            },
            "опять просит скидку",
            date(2015, 1, 28),
        ),
    ],
    ids=["no name", "no account"],
)
async def test_a_forward_that_cannot_be_read_in_full_keeps_its_words_and_its_day(
    stage: Stage, body: dict[str, object], words: str, day: date
) -> None:
    await two_clients(stage)
    sent = stage.me.send("x")
    stage.telegram.updates.drop_all()
    stage.me.raw({"message": sent.shown() | body})
    await stage.settled()
    kept = await fact(stage)
    assert (kept.words, kept.day, kept.author, kept.client) == (words, day, "", None)


async def test_an_answer_to_a_story_is_read_as_the_text_it_is(stage: Stage) -> None:
    await stage.client()
    sent = stage.me.send("x")
    stage.telegram.updates.drop_all()
    origin = {"type": "hidden_user", "sender_user_name": "Анна", "date": 1700000000}
    body = {"text": LATE, "external_reply": {"origin": origin, "story": {}}}
    stage.me.raw({"message": sent.shown() | body})
    await stage.settled()
    assert stage.header.startswith("Что с этим сделать?")


async def test_the_bots_own_screen_is_not_what_a_client_said(stage: Stage) -> None:
    await stage.client()
    stage.me.forward_own(stage.from_bot[-1])
    await stage.settled()
    assert await facts(stage) == ()
    assert "Это моё сообщение, а не слова клиента." in stage.text


async def test_a_late_command_says_which_day_it_kept(stage: Stage) -> None:
    await stage.client()
    stage.me.send("/fact опять не заплатил")
    stage.clock.move(hours=20)
    await stage.settled()
    assert (await fact(stage)).day == date(2026, 11, 21)
    assert "Записано с датой 21 ноября." in stage.text


async def test_a_second_page_of_facts_without_signs_has_whole_buttons(stage: Stage) -> None:
    await stage.client("Ольга")
    for number in range(10):
        await stage.say(f"/fact Обсудили страницу {number}")
    await stage.press("fl:1:0")
    assert "Признаки ещё не выбраны" in stage.text
    assert any(len(row) > 1 for row in stage.me.screen.labels)
    assert grammar.faults(stage.me.screen) == []
