"""Reports: from a tick and a typed line to a clean text, its check, its week and its history."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from content.values.weeks import Cycle, Rhythm
from handlers.assessment.buttons import ShowOwnPart
from handlers.reminders.buttons import (
    ChooseDay,
    DropDay,
    PutOffWeek,
    ReopenWeek,
    TodayList,
    WeekSent,
)
from handlers.reports.buttons import (
    AskClosing,
    EditLine,
    EditReport,
    FixReport,
    FixWholeReport,
    FormerEdit,
    FormerRemove,
    FormerTick,
    OpenReport,
    RemoveLine,
    ReportPart,
    ReportReady,
    ResetReport,
    SendReport,
    ShowReport,
    TickLine,
    UnsendReport,
)
from storage.records import ClientNumber, Report, ReportNumber
from tests.conversations import grammar
from tests.conversations.reading import Reader
from tests.conversations.stage import Stage, plain, staged
from tests.postgres import look

FRIDAY = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
"""10:00 in Moscow."""
FOUR = ("Студия «Вектор»", "Ольга, каталог", "Школа № 5", "ИП Смирнов")
SECONDS, TAPS = 90, 7
COPYING = 3 + 2 * 8
"""Seconds of a long press, of changing to another app and back."""
LONGEST_NAME = "Издательство учебной литературы Просвет!"


@pytest.fixture
def friday(stage: Stage) -> Stage:
    stage.clock.moment = FRIDAY
    return stage


async def report(stage: Stage, number: int = 1) -> Report:
    found = await stage.read(lambda owned: owned.reports.get(ReportNumber(number)))
    assert found is not None
    return found


async def told(stage: Stage, number: int = 1) -> list[tuple[str, str]]:
    """Return the lines of a report, each with its part."""
    return [(str(each.kind), each.words) for each in (await report(stage, number)).items]


async def every_friday(stage: Stage, client: int = 1, since: date = date(2026, 11, 20)) -> None:
    rhythm = Rhythm(ClientNumber(client), 4, since)
    await stage.read(lambda owned: owned.reminders.set_rhythm(rhythm))


async def cycle(stage: Stage, day: date, client: int = 1) -> Cycle:
    found = await stage.read(lambda owned: owned.reminders.cycle(ClientNumber(client), day))
    assert found is not None
    return found


async def add(stage: Stage, part: str, lines: str) -> str:
    await stage.tap(part)
    return await stage.say(lines)


async def written(stage: Stage, goals: str = "Каталог\nОплата") -> str:
    """Write a client's first report up to its text."""
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ Готово", "Главная страница\nФорма заявки")
    await add(stage, "Написать цели недели", goals)
    return await stage.tap("Текст готов")


async def sent(stage: Stage) -> str:
    await written(stage)
    return await stage.tap("Отправлено")


# The way to a text


async def test_a_text_to_be_copied_stays_when_something_else_comes_below(stage: Stage) -> None:
    text = await written(stage)
    paper = stage.me.screen
    await stage.say("/clients")
    await stage.say("/fact вчера звонил в два ночи")
    await stage.tap("20 ноября")
    await stage.say("/report")
    assert plain(paper.text) == text
    below = stage.me.screen
    stage.me.tap("Отправлено", on=paper)
    await stage.settled()
    assert below.deleted, "the conversation goes on where the tap was"
    assert (await report(stage)).sent_on == date(2026, 11, 21)


async def test_a_question_without_an_address_leaves_the_text_and_goes_itself(stage: Stage) -> None:
    text = await written(stage)
    paper = stage.me.screen
    await stage.say("/fact вчера звонил в два ночи")
    question = stage.me.screen
    await stage.say("/clients")
    assert plain(paper.text) == text
    assert question.deleted


async def test_a_report_does_not_shout(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ Готово", "Сделал главную!!\nФорма, вёрстка и тексты !\nТесты")
    await add(stage, "Написать цели недели", "Каталог!!!")
    text = await stage.tap("Текст готов")
    assert "— сделал главную;\n— форма, вёрстка и тексты;\n— тесты." in text
    assert "Цели недели: каталог." in text
    await stage.tap("Изменить")
    await stage.tap("Последняя фраза")
    assert "Хороших выходных!\n" in await stage.say("Хороших выходных!!!") + "\n"


async def test_one_text_stands_once_whatever_is_sent_beside_it(stage: Stage) -> None:
    text = await written(stage)
    for _ in range(10):
        stage.me.send_sticker()
    await stage.settled()
    await stage.say("/report")
    assert [each for each in stage.from_bot if plain(each.text) == text] == []


async def test_without_a_client_there_is_nobody_to_report_to(stage: Stage) -> None:
    assert "сначала добавьте клиента" in await stage.say("/report")


async def test_the_only_client_needs_no_choice(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    assert stage.header == "Ольга · отчёт за неделю"
    assert stage.main == "Написать цели недели"


async def test_a_report_opens_from_the_card_too(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.tap("Отчёт")
    assert stage.header == "Ольга · отчёт за неделю"


async def test_those_who_wait_come_first_with_the_weeks_they_have_waited(friday: Stage) -> None:
    for name in ("Пётр", "Ольга", "Ирина"):
        await friday.client(name)
    await every_friday(friday, 3)
    await every_friday(friday, 2, date(2026, 11, 13))
    await friday.read(
        lambda owned: owned.reminders.save_cycle(
            ClientNumber(2), Cycle(date(2026, 11, 13), date(2026, 11, 13)), None
        )
    )
    assert "Отчёта ждут 2 клиента." in await friday.say("/report")
    assert friday.labels == ["Ольга · 2-я неделя", "Ирина", "Пётр", "‹ К клиентам"]
    assert friday.main == "Ольга · 2-я неделя"


async def test_one_typed_line_is_one_goal(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "Написать цели недели", "Каталог")
    assert await told(stage) == [("goal", "Каталог")]
    assert "Цели недели: Каталог" in stage.text


async def test_a_pasted_list_is_split_and_cleaned(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "Написать цели недели", "1. Каталог;\n2. Оплата;\n— Тесты.")
    assert [words for _, words in await told(stage)] == ["Каталог", "Оплата", "Тесты"]


async def test_a_tick_moves_a_line_between_done_and_in_hand(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ В работе", "Каталог")
    assert "✓ Каталог" in await stage.tap("Каталог")
    assert await told(stage) == [("done", "Каталог")]
    assert "В работе: Каталог" in await stage.tap("✓ Каталог")
    assert await told(stage) == [("in_hand", "Каталог")]


async def test_a_second_tap_on_the_same_tick_changes_nothing(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ В работе", "Каталог")
    for _ in range(2):
        await stage.press(TickLine(report=1, line=1, done=1, page=0))
        assert await told(stage) == [("done", "Каталог")]


async def test_a_button_under_an_old_message_never_means_another_line(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ В работе", "Каталог\nОплата")
    await stage.press(RemoveLine(report=1, line=1))
    await add(stage, "+ В работе", "Хостинг")
    for old in (
        TickLine(report=1, line=1, done=1, page=0),
        RemoveLine(report=1, line=1),
        EditLine(report=1, line=1),
        FormerTick(report=1, line=0, of=2, done=1, page=0),
        FormerRemove(report=1, line=0, of=2),
        FormerEdit(report=1, line=0, of=2),
    ):
        await stage.press(old)
        assert stage.header == "Ольга · отчёт за неделю"
    assert await told(stage) == [("in_hand", "Оплата"), ("in_hand", "Хостинг")]
    await stage.press(TickLine(report=1, line=3, done=1, page=0))
    assert await told(stage) == [("in_hand", "Оплата"), ("done", "Хостинг")]


async def test_short_ticks_stand_in_two_columns_and_long_ones_in_one(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ Готово", "Главная\nФорма")
    assert stage.me.screen.labels[0] == ["✓ Главная", "✓ Форма"]
    await add(stage, "+ Готово", "Страница каталога с корзиной и оплатой")
    assert ["✓ Страница каталога с…"] in stage.me.screen.labels


async def test_any_line_can_be_said_otherwise_or_taken_away(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ Нужно", "Тексты\nДоступы")
    await stage.tap("+ Нужно")
    await stage.tap("Тексты")
    assert stage.header == "Ольга · строка отчёта"
    await stage.say("- Тексты для каталога")
    assert await told(stage) == [("needed", "Тексты для каталога"), ("needed", "Доступы")]
    await stage.tap("+ Нужно")
    await stage.tap("Доступы")
    await stage.tap("Убрать строку")
    assert stage.toast == "Строка убрана"
    assert await told(stage) == [("needed", "Тексты для каталога")]


async def test_what_is_in_hand_becomes_the_goals_with_one_tap(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ В работе", "Каталог\nОплата")
    await stage.tap("Написать цели недели")
    await stage.tap("Всё, что в работе")
    assert stage.toast == "Добавлено в цели: 2"
    await stage.tap("Цели недели")
    assert "Всё, что в работе" not in stage.labels


async def test_without_goals_it_asks_once(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ Готово", "Главная")
    assert "Без целей недели?" in await stage.tap("Текст готов")
    assert stage.main == "Всё равно готово"
    await stage.tap("Написать цели")
    assert stage.header == "Ольга · цели недели"
    await stage.tap("‹ К отчёту")
    await stage.tap("Текст готов")
    assert (await stage.tap("Всё равно готово")).startswith("Добрый день! Отчёт за неделю, ")


async def test_the_words_are_counted_and_shown(stage: Stage) -> None:
    shown = await written(stage)
    assert len([each for each in shown.split() if any(map(str.isalnum, each))]) == 22
    await stage.press(ShowReport(report=1, page=0))
    assert "В отчёте пока 22 слова из 200." in stage.text


# The text


async def test_the_message_holds_the_report_byte_for_byte_and_nothing_else(stage: Stage) -> None:
    shown = await written(stage)
    assert shown == (
        "Добрый день! Отчёт за неделю, 15–21 ноября.\n"
        "Готово: главная страница, форма заявки.\n"
        "Цели недели: каталог, оплата.\n"
        "Если что-то важное упущено, напишите, пожалуйста."
    )
    assert stage.me.screen.entities == []
    assert stage.labels == [
        "Проверка: чисто",
        "Отправлено",
        "Копировать отчёт",
        "Обращение и подпись",
        "Изменить",
        "Файл .eml",
        "‹ К клиенту",
    ]
    copied = [button["copy_text"]["text"] for (button,) in [stage.me.screen.keyboard[2]]]
    assert [plain(each) for each in copied] == [shown]
    await stage.tap("Отправлено")
    assert plain((await report(stage)).words) == shown
    assert await stage.tap("Показать отчёт") == shown


async def test_how_to_copy_is_told_with_the_first_report_only(friday: Stage) -> None:
    await written(friday)
    assert friday.toast == "Скопируйте, не пересылайте: в пересланном видно имя бота"
    await friday.tap("Отправлено")
    await friday.tap("Следующий отчёт")
    await add(friday, "Написать цели недели", "Тесты")
    await friday.tap("Текст готов")
    assert "не пересылайте" not in friday.toast


async def test_a_file_for_the_mail_holds_the_same_text(stage: Stage) -> None:
    shown = await written(stage)
    await stage.tap("Файл .eml")
    (file,) = [message for message in stage.from_bot if "document" in message.body]
    document = file.body["document"]
    assert document["file_name"] == "Отчёт за неделю, 21 ноября.eml"
    raw = stage.telegram.files[document["file_id"]].data
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert plain(message.get_content()).splitlines() == shown.splitlines()
    assert message["Subject"] == "Отчёт за неделю, 21 ноября"
    assert stage.text == shown


async def test_the_check_holds_a_report_to_the_tone_of_letters(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ Нужно", "вы опять не прислали тексты")
    await add(stage, "Написать цели недели", "Каталог")
    await stage.tap("Текст готов")
    assert stage.labels[0] == "Замечаний: 1"
    assert "вы опять не прислали тексты" in await stage.tap("Замечаний: 1")
    assert "Оставить как есть" not in stage.labels, "nothing would remember it"
    await stage.tap("Исправить")
    assert stage.labels[0] == "Проверка: чисто"
    assert await told(stage) == [("needed", "тексты опять не пришли"), ("goal", "Каталог")]
    assert "✓ Без угроз" in await stage.tap("Проверка: чисто")


async def test_a_line_that_is_impatient_is_found_by_the_check(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ Нужно", "оплатите счёт 14 наконец")
    await add(stage, "Написать цели недели", "Каталог")
    await stage.tap("Текст готов")
    assert "Без нетерпения" in await stage.tap("Замечаний: 1")
    await stage.tap("Исправить")
    assert stage.labels[0] == "Проверка: чисто"
    assert await told(stage) == [("needed", "оплатите счёт 14"), ("goal", "Каталог")]


async def test_all_fixes_are_taken_at_once_and_a_second_tap_takes_none(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ Нужно", "вы опять не прислали тексты\nвы не оплатили счёт")
    await add(stage, "Написать цели недели", "Каталог")
    await stage.tap("Текст готов")
    await stage.tap("Замечаний: 2")
    await stage.tap("Исправить все: 2")
    assert stage.labels[0] == "Проверка: чисто"
    fixed = stage.text
    await stage.press(FixWholeReport(report=1, of=2))
    assert stage.text == fixed
    await stage.press(FixReport(report=1, index=0, of=2))
    assert stage.text == fixed


async def test_what_only_the_writer_can_mend_leads_to_its_line(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "+ Нужно", "Тексты, иначе пойду в суд")
    await add(stage, "Написать цели недели", "Каталог")
    await stage.tap("Текст готов")
    await stage.tap(stage.labels[0])
    assert stage.main == "Исправить строку"
    await stage.tap("Исправить строку")
    assert "«Тексты, иначе пойду в суд»" in stage.text


async def test_the_text_can_be_written_by_hand_and_made_of_the_lines_again(stage: Stage) -> None:
    made = await written(stage)
    await stage.tap("Изменить")
    own = "Ольга, добрый день!\nКаталог готов, оплата — на следующей неделе."
    assert await stage.say(own) == own
    await stage.tap("Изменить")
    await stage.tap("Поправить строки")
    assert "строки отчёта его не меняют" in stage.text
    await stage.tap("Текст готов")
    await stage.tap("Изменить")
    await stage.tap("Собрать из строк заново")
    assert await stage.tap("Текст готов") == made


async def test_the_last_line_is_ones_own_for_this_client_and_the_next_reports(
    stage: Stage,
) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "Написать цели недели", "Каталог")
    await stage.tap("Текст готов")
    assert stage.text.endswith("напишите, пожалуйста.")
    await stage.tap("Изменить")
    await stage.tap("Последняя фраза")
    assert "Если что-то важное упущено" in stage.text
    await stage.say("Созвон, как всегда, в среду в 11:00.")
    assert stage.text.endswith("Созвон, как всегда, в среду в 11:00.")
    await stage.tap("Отправлено")
    await stage.tap("Следующий отчёт")
    await stage.press(ReportReady(report=2, sure=1))
    assert stage.text.endswith("Созвон, как всегда, в среду в 11:00.")
    await stage.tap("Изменить")
    await stage.tap("Последняя фраза")
    await stage.tap("Вернуть обычную")
    assert stage.text.endswith("напишите, пожалуйста.")


async def test_a_last_line_that_blames_is_found_by_the_check(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "Написать цели недели", "Каталог")
    await stage.press(AskClosing(report=1))
    await stage.say("Вы снова не прислали тексты.")
    assert stage.labels[0].startswith("Замечаний:")


async def test_monday_does_not_ask_for_what_was_sent_on_sunday(stage: Stage) -> None:
    stage.clock.moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "Написать цели недели", "Каталог")
    await stage.tap("Текст готов")
    await stage.tap("Отправлено")
    await stage.press(ChooseDay(client=1, weekday=0))
    stage.clock.move(hours=19)
    before = len(stage.from_bot)
    await stage.reminded()
    assert len(stage.from_bot) == before, "Monday, at ten"
    await stage.press(TodayList(page=0))
    assert "больше ничего нет" in stage.text
    stage.clock.move(days=7)
    await stage.reminded()
    assert stage.labels[0] == "Ольга", "a week later"


async def test_a_report_greets_tells_its_week_and_is_signed(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.read(lambda owned: owned.details.set(ClientNumber(1), "form.contact", "Ольга"))
    await stage.say("/settings")
    await stage.tap("Подпись")
    await stage.say("Игорь")
    await stage.say("/report")
    await add(stage, "Написать цели недели", "Каталог")
    await stage.tap("Текст готов")
    assert stage.text.startswith("Добрый день, Ольга! Отчёт за неделю, 15–21 ноября.")
    assert stage.text.endswith("\nИгорь")


async def test_a_text_of_ones_own_is_checked_and_mended_as_it_stands(stage: Stage) -> None:
    await written(stage)
    await stage.tap("Изменить")
    await stage.say("Добрый день! Каталог готов. Вы не прислали тексты.")
    await stage.tap("Замечаний: 1")
    await stage.tap("Исправить")
    assert stage.text == "Добрый день! Каталог готов. Тексты не пришли."
    assert (await told(stage))[0][1] == "Главная страница"


async def test_an_english_text_is_read_as_english(stage: Stage) -> None:
    await written(stage)
    await stage.tap("Изменить")
    await stage.say("Hello! The catalogue is ready. You never send the texts.")
    assert stage.labels[0].startswith("Замечаний:")


# Limits


async def test_fifty_pasted_goals_are_kept_as_a_whole_or_not_at_all(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    said = await add(stage, "Написать цели недели", "\n".join(f"Цель {n}" for n in range(50)))
    assert "Вместе строк 50, а помещается 12." in said
    assert await told(stage) == []
    await stage.say("\n".join(f"Цель {n}" for n in range(12)))
    assert len(await told(stage)) == 12


async def test_a_line_that_is_too_long_is_told_and_asked_again(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    assert "знаков 201, а помещается 200" in await add(stage, "+ Готово", "ы" * 201)
    await stage.say("Каталог")
    await stage.tap("+ Готово")
    await stage.tap("Каталог")
    assert "знаков 300" in await stage.say("ы" * 300)
    assert "одни значки" in await stage.say("— • —")
    await stage.say("Оплата")
    assert await told(stage) == [("done", "Оплата")]


async def test_marks_alone_are_no_lines(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    assert "одни значки" in await add(stage, "+ Готово", "—\n•\n1.")


async def test_too_many_words_are_told_with_the_longest_lines_to_shorten(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    long = "\n".join(f"{n} " + "до ре ми фа соль " * 8 for n in range(6))
    await add(stage, "+ Готово", long)
    await add(stage, "Написать цели недели", "Каталог")
    assert "Слов вышло" in await stage.tap("Текст готов")
    assert "а помещается 200" in stage.text
    await stage.tap(stage.labels[0])
    assert stage.header == "Ольга · строка отчёта"
    await stage.say("Гаммы")
    assert await stage.press(ReportReady(report=1, sure=1)) != ""
    assert (await told(stage))[0] == ("done", "Гаммы")


async def test_a_text_of_ones_own_may_not_be_too_long_either(stage: Stage) -> None:
    made = await written(stage)
    await stage.tap("Изменить")
    assert "Слов вышло 201" in await stage.say("слово " * 201)
    assert "Знаков вышло" in await stage.say("ы" * 3000)
    await stage.tap("‹ К тексту")
    assert stage.text == made


@pytest.mark.parametrize(
    "hostile",
    ["<b>{name}</b> %s {{7*7}}", "👨‍👩‍👧‍👦🏳️‍🌈 семья", "مرحبا שלום", "z̶a̶l̶g̶o̶ z̶a̶l̶g̶o̶"],
)
async def test_hostile_words_stay_words(stage: Stage, hostile: str) -> None:
    await stage.client(LONGEST_NAME)
    await stage.say("/report")
    for part in ("+ Готово", "+ В работе", "+ Нужно", "Написать цели недели"):
        await add(stage, part, f"{hostile} {part}")
    await stage.tap("Текст готов")
    assert stage.text.count(hostile) == 4
    assert stage.me.screen.entities == []


async def test_the_fullest_report_fits_its_screens(stage: Stage) -> None:
    await stage.client(LONGEST_NAME)
    await stage.say("/report")
    lines = "\n".join(f"{'ы' * 190} {n}" for n in range(12))
    for part in ("+ Готово", "+ Нужно", "Написать цели недели"):
        await add(stage, part, lines)
    await add(stage, "+ В работе", "\n".join(f"{'ъ' * 190} {n}" for n in range(12)))
    for page in range(5):
        await stage.press(ShowReport(report=1, page=page))
        assert grammar.faults(stage.me.screen) == []
    assert "Знаков вышло" in await stage.tap("Текст готов")


# What is typed besides


async def test_a_command_wins_over_the_question(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await stage.tap("+ Готово")
    await stage.say("/clients")
    await stage.say("Каталог готов наполовину")
    assert await told(stage) == []


async def test_cancelling_a_question_leads_back_to_the_report(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await stage.tap("+ Готово")
    await stage.say("/cancel")
    assert stage.header == "Ольга · отчёт за неделю"


async def test_a_sticker_is_answered_and_the_question_stays(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await stage.tap("+ Готово")
    stage.me.send_sticker()
    await stage.settled()
    assert "Стикер не прочитаю" in stage.text
    await stage.say("Каталог")
    assert await told(stage) == [("done", "Каталог")]


# Sent, and the week after


async def test_goals_and_open_work_are_the_ticks_of_the_next_report(friday: Stage) -> None:
    await friday.client("Ольга")
    await friday.say("/report")
    await add(friday, "+ Готово", "Главная")
    await add(friday, "+ В работе", "Каталог")
    await add(friday, "+ Нужно", "Тексты")
    await add(friday, "Написать цели недели", "Каталог\nОплата")
    await friday.tap("Текст готов")
    assert "останется отметить, что готово" in await friday.tap("Отправлено")
    friday.clock.move(days=7)
    await friday.say("/report")
    assert "Готово: —" in friday.text
    assert "Нужно от клиента: Тексты (просьба от 20 ноября)" in friday.text
    assert await told(friday, 2) == [
        ("in_hand", "Каталог"),
        ("in_hand", "Оплата"),
        ("needed", "Тексты"),
    ]
    await add(friday, "Написать цели недели", "Тесты")
    assert "От вас нужно: тексты (просьба от 20 ноября)." in await friday.tap("Текст готов")


async def test_two_reports_ahead_are_for_two_weeks(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.say("/report")
    for number, day in enumerate((20, 27), 1):
        await add(friday, "Написать цели недели", f"Каталог {number}")
        assert (await report(friday, number)).week == date(2026, 11, day)
        await friday.tap("Текст готов")
        await friday.tap("Отправлено")
        await friday.tap("Следующий отчёт")
    assert (await report(friday, 3)).week == date(2026, 12, 4)


async def test_without_a_weekday_a_new_week_begins_on_monday(friday: Stage) -> None:
    await sent(friday)
    friday.clock.move(days=2)
    assert "Отметил 20 ноября" in await friday.say("/report")
    friday.clock.move(days=1)
    assert friday.header != "Ольга · отчёт за неделю"
    await friday.say("/report")
    assert friday.header == "Ольга · отчёт за неделю"


async def test_when_the_next_reminder_comes_is_told(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.say("/report")
    await add(friday, "Написать цели недели", "Каталог")
    await friday.tap("Текст готов")
    assert "О следующем напомню в пятницу, 27 ноября, в 09:00." in await friday.tap("Отправлено")


async def test_a_weekday_that_is_dropped_closes_no_report_for_ever(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.say("/report")
    await add(friday, "Написать цели недели", "Каталог")
    await friday.tap("Текст готов")
    await friday.tap("Отправлено")
    await friday.press(DropDay(client=1))
    friday.clock.move(days=14)
    await friday.say("/report")
    assert await told(friday, 2) == [("in_hand", "Каталог")]
    assert (await report(friday, 2)).week is None


async def test_a_report_sent_before_its_weekday_was_chosen_counts_for_that_day(
    friday: Stage,
) -> None:
    friday.clock.move(hours=-2)
    await sent(friday)
    await friday.tap("По пятницам")
    assert (await cycle(friday, date(2026, 11, 20))).state == "sent"
    assert (await report(friday)).week == date(2026, 11, 20)


async def test_a_report_closes_its_week_and_undo_opens_it_within_a_day(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.say("/report")
    await add(friday, "Написать цели недели", "Каталог")
    await friday.tap("Текст готов")
    await friday.tap("Отправлено")
    assert (await report(friday)).week == date(2026, 11, 20)
    assert (await cycle(friday, date(2026, 11, 20))).state == "sent"
    friday.clock.move(hours=23)
    assert (await friday.tap("Ещё не отправлен")).startswith("Добрый день!")
    assert (await cycle(friday, date(2026, 11, 20))).state == "open"
    assert (await report(friday)).sent_on is None
    assert (await report(friday)).words == "", "it is made of its lines again"


async def test_after_a_day_the_mark_stays(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.say("/report")
    await add(friday, "Написать цели недели", "Каталог")
    await friday.tap("Текст готов")
    await friday.tap("Отправлено")
    friday.clock.move(hours=25)
    await friday.press(UnsendReport(report=1))
    assert friday.toast == "Прошло больше суток, отметка остаётся"
    assert (await cycle(friday, date(2026, 11, 20))).state == "sent"
    assert "Ещё не отправлен" not in friday.labels


async def test_a_week_that_was_sent_says_so_and_offers_the_next(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.say("/report")
    await add(friday, "Написать цели недели", "Каталог")
    await friday.tap("Текст готов")
    await friday.tap("Отправлено")
    friday.clock.move(days=2)
    assert "Отметил 20 ноября" in await friday.say("/report")
    await friday.tap("Следующий отчёт")
    assert await told(friday, 2) == [("in_hand", "Каталог")]
    assert (await report(friday, 2)).week == date(2026, 11, 27)
    await add(friday, "Написать цели недели", "Оплата")
    await friday.tap("Текст готов")
    await friday.tap("Отправлено")
    assert (await cycle(friday, date(2026, 11, 27))).state == "sent"
    assert "напомню" not in friday.text
    friday.clock.move(days=5)
    assert "Отметил 22 ноября" in await friday.say("/report")
    friday.clock.move(days=7)
    assert "отчёт за неделю" in await friday.say("/report")


async def test_a_second_tap_on_sent_marks_once(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.say("/report")
    await add(friday, "Написать цели недели", "Каталог")
    await friday.tap("Текст готов")
    for _ in range(2):
        await friday.press(SendReport(report=1, then=0))
        assert "Отметил 20 ноября" in friday.text
    assert friday.toast == "Этот отчёт уже отправлен"
    assert (await cycle(friday, date(2026, 11, 20))).rev == 1


async def test_a_report_left_from_last_week_goes_on_for_this_one(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.say("/report")
    await add(friday, "Написать цели недели", "Каталог")
    friday.clock.move(days=7)
    await friday.say("/report")
    assert await told(friday) == [("goal", "Каталог")]
    assert (await report(friday)).week == date(2026, 11, 27)


async def test_a_text_sent_a_week_later_closes_the_week_it_was_made_for(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.say("/report")
    await add(friday, "Написать цели недели", "Каталог")
    await friday.tap("Текст готов")
    friday.clock.move(days=8)
    await friday.tap("Отправлено")
    assert friday.toast == "Отмечено за неделю 20–26 ноября"
    assert (await cycle(friday, date(2026, 11, 20))).state == "sent"


async def test_a_button_of_a_report_that_went_out_changes_nothing(friday: Stage) -> None:
    await sent(friday)
    before = await report(friday)
    for old in (
        TickLine(report=1, line=1, done=0, page=0),
        ReportPart(report=1, part="goal", page=0),
        EditReport(report=1),
        ResetReport(report=1),
        ReportReady(report=1, sure=1),
    ):
        await friday.press(old)
        assert friday.toast == "Этот отчёт уже отправлен"
    assert await report(friday) == before


async def test_what_was_typed_after_it_went_out_changes_nothing(friday: Stage) -> None:
    await written(friday)
    await friday.tap("Изменить")
    out = replace(await report(friday), sent_on=FRIDAY.date(), words="Готово.")
    await friday.read(lambda owned: owned.reports.save(out))
    await friday.say("Другой текст")
    assert (await report(friday)).words == "Готово."


async def test_reports_of_a_client_are_listed_read_and_copied_again(friday: Stage) -> None:
    await sent(friday)
    first = plain((await report(friday)).words)
    friday.clock.move(days=7)
    await friday.say("/report")
    await add(friday, "Написать цели недели", "Тесты")
    await friday.tap("Текст готов")
    await friday.tap("Отправлено")
    await friday.tap("Все отчёты: 2")
    assert friday.labels[:2] == ["Отчёт, 27 ноября", "Отчёт, 20 ноября"]
    assert await friday.tap("Отчёт, 20 ноября") == first
    assert "Копировать отчёт" in friday.labels
    await friday.tap("Файл .eml")
    assert friday.text == first


async def test_the_first_report_offers_a_weekday_and_takes_no_for_an_answer(friday: Stage) -> None:
    await sent(friday)
    assert "Напоминать об отчёте каждую неделю?" in friday.text
    assert friday.offered(ChooseDay) == [ChooseDay(client=1, weekday=4)]
    assert "По пятницам" in friday.labels
    await friday.tap("Не надо")
    assert friday.header.startswith("Ольга")
    await friday.tap("Отчёт")
    await friday.tap("Следующий отчёт")
    await add(friday, "Написать цели недели", "Тесты")
    await friday.tap("Текст готов")
    assert "Напоминать" not in await friday.tap("Отправлено")


async def test_with_a_weekday_none_is_offered(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.say("/report")
    await add(friday, "Написать цели недели", "Каталог")
    await friday.tap("Текст готов")
    assert "Напоминать" not in await friday.tap("Отправлено")


@pytest.mark.parametrize("option", ["partly", "bad"])
async def test_a_weak_answer_about_reporting_offers_the_report(stage: Stage, option: str) -> None:
    await stage.client("Ольга")
    await stage.assess(no_feedback="often", reporting=option)
    await stage.tap("О себе")
    assert stage.offered(ChooseDay) == [ChooseDay(client=1, weekday=4)]
    await stage.tap("Отчёт по пятницам")
    await stage.press(ShowOwnPart(assessment=1))
    assert not stage.offered(ChooseDay), "the day is chosen"


@pytest.mark.parametrize(
    "answers",
    [
        {"no_feedback": "often", "set_limits": "bad"},
        {"reporting": "bad", "rudeness": "often"},
    ],
    ids=["reports are good", "it comes to an end"],
)
async def test_no_report_is_offered_where_it_mends_nothing(
    stage: Stage, answers: dict[str, str]
) -> None:
    await stage.client("Ольга")
    await stage.assess(**answers)
    await stage.press(ShowOwnPart(assessment=1))
    assert stage.header.endswith("о себе")
    assert not stage.offered(ChooseDay)


# Friday, four reports


async def four_due(stage: Stage) -> None:
    """Let four clients wait, each with goals from last week."""
    stage.clock.moment = FRIDAY
    for number, name in enumerate(FOUR, start=1):
        await stage.client(name)
        await every_friday(stage, number)
        await stage.press(OpenReport(client=number))
        await add(stage, "Написать цели недели", "Главная\nФорма заявки\nКаталог")
        await stage.tap("Текст готов")
        await stage.press(SendReport(report=number, then=0))
    stage.clock.move(days=7)
    await stage.press(TodayList(page=0))


async def test_four_reports_take_seven_taps_and_ninety_seconds_each(stage: Stage) -> None:
    await four_due(stage)
    for number, name in enumerate(FOUR, start=5):
        reader = Reader(stage)
        if number == 5:
            await stage.tap(name)
        assert stage.header.startswith(name)
        await stage.tap("Главная")
        await stage.tap("Форма заявки")
        await stage.tap("Написать цели недели")
        await stage.say("Каталог\nОплата картой")
        await stage.tap("Текст готов")
        assert reader.seconds + COPYING <= SECONDS, (name, reader.seconds)
        shown = stage.text
        last = number == 8
        follows = next(label for label in stage.labels if label.startswith("Отправлено"))
        assert follows == "Отправлено" if last else f"дальше {FOUR[number - 4][:5]}" in follows
        await stage.tap(follows)
        assert reader.taps <= TAPS
        assert plain((await report(stage, number)).words) == shown
        assert (await cycle(stage, date(2026, 11, 27), number - 4)).state == "sent"
    assert "Отметил 27 ноября" in stage.text


async def test_whoever_was_to_be_next_may_be_gone_by_then(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.client("Пётр")
    await every_friday(friday, 2)
    await friday.press(OpenReport(client=1))
    await add(friday, "Написать цели недели", "Каталог")
    await friday.tap("Текст готов")
    assert "Отправлено, дальше Пётр" in friday.labels
    await friday.press("cz:2")
    await friday.press(SendReport(report=1, then=2))
    assert "Отметил 20 ноября" in friday.text
    assert (await report(friday)).sent_on == date(2026, 11, 20)


async def test_a_report_can_wait_while_its_week_is_open(friday: Stage) -> None:
    await friday.client("Ольга")
    await friday.say("/report")
    assert "Позже…" not in friday.labels
    await every_friday(friday)
    await friday.say("/report")
    day = date(2026, 11, 20).toordinal()
    assert friday.offered(PutOffWeek) == [PutOffWeek(client=1, day=day)]


async def test_a_week_marked_in_the_list_closes_its_report_and_opens_it_again(
    friday: Stage,
) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    await friday.say("/report")
    await add(friday, "Написать цели недели", "Каталог")
    day = date(2026, 11, 20).toordinal()
    await friday.press(WeekSent(client=1, day=day))
    assert (await report(friday)).sent_on == date(2026, 11, 20)
    await friday.press(ReopenWeek(client=1, day=day))
    assert (await report(friday)).sent_on is None


async def test_a_week_marked_without_a_report_says_so(friday: Stage) -> None:
    await friday.client("Ольга")
    await every_friday(friday)
    day = date(2026, 11, 20).toordinal()
    await friday.press(WeekSent(client=1, day=day))
    assert "Эта неделя уже отмечена" in await friday.say("/report")
    await friday.tap("Следующий отчёт")
    assert friday.header == "Ольга · отчёт за неделю"


# Nothing lost


async def test_a_report_outlives_a_restart(tmp_path: Path, database_url: str) -> None:
    async with staged(tmp_path, database=database_url) as first:
        await first.client("Ольга")
        await first.say("/report")
        await add(first, "+ Готово", "Каталог")
        await first.tap("Написать цели недели")
    async with staged(tmp_path, before=first) as second:
        await second.say("Оплата")
        assert await told(second) == [("done", "Каталог"), ("goal", "Оплата")]
        await second.in_order()


async def test_opening_a_report_again_goes_on_with_it(stage: Stage) -> None:
    await stage.client("Ольга")
    for _ in range(3):
        await stage.say("/report")
    kept = await stage.read(lambda owned: owned.reports.of_client(ClientNumber(1)))
    assert len(kept) == 1


async def test_lines_that_cannot_be_read_are_told_and_stay_out_of_the_text(stage: Stage) -> None:
    await written(stage)
    look(stage.database, "UPDATE reports SET items = ?", bytes(40))
    await stage.press(ShowReport(report=1, page=0))
    assert "не читается" in stage.text
    await stage.press(ReportReady(report=1, sure=1))
    assert stage.text == (
        "Добрый день! Отчёт за неделю, 15–21 ноября.\n"
        "Если что-то важное упущено, напишите, пожалуйста."
    )


async def test_a_report_of_somebody_else_cannot_be_named(stage: Stage) -> None:
    await written(stage)
    other = stage.telegram.person(2)
    other.send("/start")
    await stage.settled()
    other.tap(data="or:1:1")
    await stage.settled()
    assert "Отчёт за неделю, " not in other.screen.text
    assert other.toasts[-1].text.startswith("Кнопка из прежней версии")


@pytest.mark.parametrize(
    "data", ["o1:99:0", "op:1:loud:0", "oz:1:9:0", "oc:99", "od:99:0", "ov:99"]
)
async def test_a_forged_button_is_answered_and_changes_nothing(stage: Stage, data: str) -> None:
    await written(stage)
    before = await report(stage)
    await stage.press(data)
    assert stage.toast.startswith("Кнопка из прежней версии")
    assert await report(stage) == before


async def test_the_export_and_the_deletion_name_reports(stage: Stage) -> None:
    await sent(stage)
    assert "1 отчёт" in await stage.say("/delete")
    await stage.press("cd:1")
    assert "1 отчёт" in stage.text
    await stage.say("/export")
    await stage.tap("Прислать файлы")
    files = [message.body["document"] for message in stage.from_bot if "document" in message.body]
    readable = next(each for each in files if each["file_name"].endswith(".txt"))
    text = plain(stage.telegram.files[readable["file_id"]].data.decode())
    assert "Отчёт, отправлен 21 ноября:\nДобрый день! Отчёт за неделю, " in text


async def test_who_is_greeted_and_who_signs_is_asked_once_and_kept(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "Написать цели недели", "Каталог")
    await stage.tap("Текст готов")
    await stage.tap("Обращение и подпись")
    await stage.say("добрый день, ольга")
    await stage.say("игорь")
    assert stage.text.startswith("Добрый день, Ольга!")
    assert stage.text.endswith("Игорь")
    assert "Обращение и подпись" not in stage.labels
    await stage.tap("Отправлено")
    await stage.tap("Следующий отчёт")
    await stage.press(ReportReady(report=2, sure=1))
    assert stage.text.startswith("Добрый день, Ольга!")
    assert stage.text.endswith("Игорь")


async def test_who_wants_neither_greeting_nor_signature_is_not_asked_again(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/report")
    await add(stage, "Написать цели недели", "Каталог")
    await stage.tap("Текст готов")
    await stage.tap("Обращение и подпись")
    await stage.tap("Без имени")
    await stage.tap("Без подписи")
    assert stage.text.startswith("Добрый день!")
    assert "Обращение и подпись" not in stage.labels
    await stage.tap("Изменить")
    await stage.tap("Подпись")
    await stage.say("Игорь")
    assert stage.text.endswith("Игорь")
