"""One's own data: what is kept, the export, and the deletion of everything."""

from __future__ import annotations

import json
from pathlib import Path

from bot.local.chats import Message
from content.questionnaire import asked, is_critical
from handlers.account.buttons import EraseNow, ExportNow
from handlers.assessment.buttons import StartAssessment
from tests.conversations import grammar
from tests.conversations.stage import TEXTS, Stage, mildest, plain, staged
from tests.known import KNOWLEDGE

SECRETS = ("Секретная Студия", "заметка о бюджете", "заметка к ответу", "позвонить юристу")


CATALOGUE = KNOWLEDGE.catalogue
ORDINARY = [q for q in asked(CATALOGUE, team=False) if not is_critical(CATALOGUE, q)]
"""Critical signs stay open: with all of them answered the verdict would come by itself."""


async def filled(stage: Stage) -> None:
    """Leave something of every kind."""
    await stage.say("/settings")
    await stage.tap("Выбрать город")
    await stage.say("Екатеринбург")
    await stage.client("Секретная Студия")
    await stage.tap("Изменить")
    await stage.tap("Заметка")
    await stage.say("заметка о бюджете")
    await stage.begin()
    await stage.say("заметка к ответу")
    await stage.tap("Заметка к вопросу 1")
    told = {"late_payment": "always", "last_minute": "once", "reporting": "bad"}
    for question in ORDINARY:
        await stage.press(f"a:1:{question}:{told.get(question, mildest(question))}")
    await stage.press("tt:1:late_payment:1:0")
    await stage.press("le:1")
    await stage.tap("Да, ничего не изменилось")
    await stage.press("pk:1:001020")
    await stage.press("pe:1:done")
    await stage.tap("‹ К плану")
    await stage.tap("Свой шаг")
    await stage.say("позвонить юристу")
    await stage.client("Второй")
    await stage.begin()
    await stage.answer("good")
    await stage.press("ca:2:1")
    await stage.client("Третий")
    await stage.press("cz:3")


SEEN_AT_ONCE = 650
"""Characters beside three folded quotations that leave the top of a phone's screen in sight."""


def files(stage: Stage) -> list[Message]:
    return [message for message in stage.from_bot if "document" in message.body]


def content(stage: Stage, name: str) -> bytes:
    found = next(one for one in files(stage) if one.body["document"]["file_name"].endswith(name))
    return stage.telegram.files[found.body["document"]["file_id"]].data


async def test_privacy_says_what_is_kept_and_how(stage: Stage) -> None:
    await stage.say("/privacy")
    for word in (
        "зашифрованным",
        "7 дней",
        "10 минут",
        "не совет юриста",
    ):
        assert word in stage.text
    assert len(grammar.unfolded(stage.me.screen)) <= SEEN_AT_ONCE
    await stage.tap("Выгрузить")
    assert "О вас ничего не записано" in stage.text or "Пришлю два файла" in stage.text


async def test_privacy_says_so_where_the_encryption_is_off(
    tmp_path: Path, database_url: str
) -> None:
    async with staged(tmp_path, database=database_url, sealing=False) as stage:
        await stage.say("/privacy")
        assert "выключил шифрование" in stage.text
        assert "зашифрованным" not in stage.text
        await stage.client("Ольга")
        await stage.say("/clients")
        assert "Ольга" in stage.text + "".join(stage.labels)
        await stage.in_order()


async def test_settings_lead_to_one_s_data(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.tap("Мои данные")
    for label in ("Что хранится", "Выгрузить", "Удалить всё"):
        await stage.press("m")
        await stage.tap(label)
        assert stage.labels
    await stage.press("m")
    await stage.tap("‹ К настройкам")
    assert stage.header.startswith("Настройки")


async def test_the_export_holds_everything_in_json_and_to_read(stage: Stage) -> None:
    await filled(stage)
    await stage.say("/export")
    await stage.tap("Прислать файлы")
    assert "Файлы выше" in stage.text
    machine = json.loads(content(stage, ".json"))
    assert [client["name"] for client in machine["clients"]] == [
        "Секретная Студия",
        "Второй",
        "Третий",
    ]
    assert len(machine["assessments"][0]["answers"]) == len(ORDINARY)
    assert machine["assessments"][0]["verdict"] == "part"
    assert machine["person"]["zone"] == "Asia/Yekaterinburg"
    readable = content(stage, ".txt").decode()
    for secret in SECRETS:
        assert secret in readable
        assert secret in content(stage, ".json").decode()
    for said in ("В архиве с", "Удалён", "Не закончен", "Уже пробовали", "сделано"):
        assert said in readable
    assert "Последняя попытка не помогла" in readable
    assert "{" not in readable


async def test_the_files_are_papers_and_the_screen_stands_below(stage: Stage) -> None:
    await filled(stage)
    await stage.say("/export")
    await stage.tap("Прислать файлы")
    assert len(files(stage)) == 2
    assert stage.from_bot[-1].keyboard
    assert all(not one.keyboard for one in files(stage))
    await stage.say("/start")
    assert len(files(stage)) == 2


async def test_an_export_comes_once_an_hour_also_after_a_restart(
    tmp_path: Path, database_url: str
) -> None:
    async with staged(tmp_path, database=database_url) as stage:
        await filled(stage)
        await stage.say("/export")
        await stage.tap("Прислать файлы")
        assert len(files(stage)) == 2
        stage.clock.move(minutes=39)
        await stage.press(ExportNow())  # an old button, or a second phone
        assert "через 21 минуту" in stage.text
    async with staged(tmp_path, before=stage) as again:
        again.clock.move(minutes=18)
        await again.say("/export")
        assert "через 3 минуты" in again.text
        assert again.labels == ["К клиентам", "‹ Назад"]
        again.clock.move(minutes=3)
        await again.say("/export")
        await again.tap("Прислать файлы")
        assert len(files(again)) == 4
        again.clock.move(hours=-5)  # the clock was put right
        await again.say("/export")
        await again.tap("Прислать файлы")
        assert len(files(again)) == 6
        await again.in_order()


async def test_an_export_of_somebody_else_is_no_hindrance(
    tmp_path: Path, database_url: str
) -> None:
    async with staged(tmp_path, database=database_url) as stage:
        await stage.client("Ольга")
        await stage.press(ExportNow())
        assert len(files(stage)) == 2
        other = stage.telegram.person(2)
        other.send("/newclient Вектор")
        await stage.telegram.settled()
        other.tap(data=ExportNow().pack())
        await stage.telegram.settled()
        assert "Файлы выше" in other.screen.text


async def test_a_text_that_waits_is_in_the_export_too(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("ещё не разобрано")
    await stage.say("/export")
    await stage.tap("Прислать файлы")
    assert "ещё не разобрано" in content(stage, ".txt").decode()


async def test_deletion_takes_two_steps_and_lists_what_goes(stage: Stage) -> None:
    await filled(stage)
    await stage.say("/delete")
    answers = plain(TEXTS("data.count.answers", n=len(ORDINARY) + 1))
    assert f"2 клиента, 2 разбора, {answers}" in stage.text
    assert stage.main == "Оставить всё как есть"
    await stage.tap("Оставить всё как есть")
    assert stage.header.startswith("Мои клиенты")
    await stage.say("/delete")
    await stage.tap("Сначала выгрузить")
    assert stage.header.startswith("Выгрузка")
    await stage.say("/delete")
    await stage.tap("‹ Назад")
    assert stage.header.startswith("Мои данные")


async def test_after_the_deletion_no_word_is_left_in_memory(stage: Stage) -> None:
    stage.frame.thinking.forget()  # what other tests have left is long to spell out
    await stage.client("Ольга")
    await stage.say("/fact Звонил в два часа ночи")
    assert "Звонил в два" in repr(vars(stage.frame.thinking))
    await stage.say("/delete")
    await stage.tap("Удалить навсегда")
    assert "Звонил в два" not in repr(vars(stage.frame.thinking))


async def test_after_the_deletion_every_table_is_empty(stage: Stage) -> None:
    await filled(stage)
    await stage.say("/delete")
    await stage.tap("Удалить навсегда")
    assert stage.header == "Всё удалено · ничего не осталось"
    assert stage.rows() == {}
    await stage.tap("Начать заново")
    assert stage.header == "Разберёмся с трудным клиентом"
    assert stage.rows() == {}


async def test_after_the_deletion_one_starts_as_new(stage: Stage) -> None:
    await filled(stage)
    await stage.say("/delete")
    await stage.tap("Удалить навсегда")
    await stage.say("/start")
    assert stage.header == "Разберёмся с трудным клиентом"
    await stage.client("Новый")
    assert stage.offered(StartAssessment)[0].client == 1


async def test_deleting_twice_does_nothing_more(stage: Stage) -> None:
    await filled(stage)
    await stage.press(EraseNow())
    await stage.press(EraseNow())
    assert stage.rows() == {}
    assert stage.header == "Всё удалено · ничего не осталось"


async def test_who_left_nothing_has_nothing_to_export_or_delete(stage: Stage) -> None:
    for command in ("/export", "/delete"):
        await stage.say("/start")
        await stage.say(command)
        assert "О вас ничего не записано" in stage.text
        assert stage.labels == ["К клиентам"]
        await stage.press(EraseNow())
