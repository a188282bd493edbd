"""Clients: the name and nothing else, the card, the archive, and a deletion that can be undone."""

from __future__ import annotations

import pytest

from handlers.clients.buttons import (
    ArchiveClient,
    ClientCard,
    DeleteClient,
    DeleteClientNow,
    RenameClient,
    UndeleteClient,
)
from handlers.letters.buttons import StartLetter
from storage.records import ClientNumber
from tests.conversations import grammar
from tests.conversations.stage import Stage, plain

ASKED = "Новый клиент · как его назвать?"
HOSTILE = (
    "<b>жирный</b>",
    "{name} %s %(n)s %%",
    "*звезда* _черта_ `код` [с](ю)",
    "עברית مرحبا",
    "Семья 👨‍👩‍👧‍👦",
    "е́ё й й",
    "ООО «Ромашка» & сыновья",
    "Клиент\nв две строки",
    "/ не команда",
)


async def test_a_typed_name_becomes_a_client(stage: Stage) -> None:
    assert (await stage.say("/newclient")).startswith(ASKED)
    await stage.say("Студия «Вектор»")
    assert stage.header == "Студия «Вектор» · с 21 ноября"
    assert stage.main == "Разбор"
    assert "Клиент добавлен" in stage.text


async def test_what_nobody_sees_in_a_name_does_not_make_it_another_one(stage: Stage) -> None:
    await stage.say("/newclient \u202eВек\u3164т\u200dор\u200f")
    assert stage.header == "Вектор · с 21 ноября"
    await stage.say("/newclient Вектор")
    assert "Такой клиент уже есть" in stage.text


@pytest.mark.parametrize("nothing", ["\u3164", "\u2800 \u202e", "\u200d"])
async def test_a_name_of_which_nothing_is_seen_is_asked_again(stage: Stage, nothing: str) -> None:
    await stage.say("/newclient")
    assert "Здесь не нашлось ни слова" in await stage.say(nothing)
    assert stage.header == ASKED
    await stage.say("Вектор")
    assert stage.header == "Вектор · с 21 ноября"


async def test_the_prompt_goes_when_the_name_has_come(stage: Stage) -> None:
    await stage.say("/newclient")
    await stage.say("Ольга")
    assert [plain(message.text.split("\n")[0]) for message in stage.from_bot] == [
        "Ольга · с 21 ноября"
    ]


async def test_a_name_may_stand_behind_the_command(stage: Stage) -> None:
    await stage.say("/newclient   Школа   № 5 ")
    assert stage.header == "Школа № 5 · с 21 ноября"


async def test_a_client_can_be_named_later(stage: Stage) -> None:
    for number in (1, 2):
        await stage.say("/newclient")
        await stage.tap("Назвать позже")
        assert stage.header.startswith(f"Клиент {number} ·")


async def test_a_name_that_is_too_long_is_asked_again(stage: Stage) -> None:
    await stage.say("/newclient")
    await stage.say("я" * 61)
    assert "61, а помещается 60" in stage.text
    await stage.say("я" * 60)
    assert stage.main == "Разбор"


@pytest.mark.parametrize("name", ["👍👍👍", "…—!"])
async def test_a_name_without_a_letter_is_asked_again(stage: Stage, name: str) -> None:
    await stage.say("/newclient")
    await stage.say(name)
    assert "нет ни одной буквы" in stage.text
    assert await stage.read(lambda owned: owned.clients.list()) == ()


async def test_the_same_name_twice_is_one_client(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.client("ОЛЬГА")
    assert stage.header.startswith("Ольга")
    assert "Такой клиент уже есть" in stage.text
    assert len(await stage.read(lambda owned: owned.clients.list())) == 1


async def test_the_name_can_be_left_out_after_all(stage: Stage) -> None:
    for leave in ("tap", "command"):
        await stage.say("/newclient")
        await (stage.tap("‹ Отмена") if leave == "tap" else stage.say("/cancel"))
        await stage.say("Ольга")
        assert stage.header.startswith("Что с этим сделать?"), "the prompt is closed"


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_name_stays_as_it_was_typed(stage: Stage, name: str) -> None:
    await stage.client(name)
    assert (await stage.read(lambda owned: owned.clients.list()))[0].name == " ".join(name.split())
    await stage.begin()
    await stage.answer_all(late_payment="often")
    await stage.review()
    await stage.say("/clients")
    assert stage.labels[0] == " ".join(name.split())


async def test_a_text_of_4096_characters_is_no_name(stage: Stage) -> None:
    await stage.say("/newclient")
    await stage.say("а" * 4096)
    assert "Как короче?" in stage.text
    assert "4 096" in stage.text


async def test_a_name_with_nul_and_half_a_symbol_loses_only_those(stage: Stage) -> None:
    stage.me.raw({"message": _message(stage, "Оль\0га \ud83d")})
    await stage.telegram.settled()
    assert "Что с этим сделать?" in stage.text
    await stage.tap("Новый клиент")
    assert stage.header.startswith("Ольга ·")


async def test_two_names_that_look_alike_in_the_list_are_told_apart(stage: Stage) -> None:
    for end in ("север", "юг"):
        await stage.client(f"Общество с ограниченной ответственностью {end}")
    await stage.say("/clients")
    first, second = stage.labels[:2]
    assert first.endswith("№ 1")
    assert second.endswith("№ 2")


async def test_twenty_clients_go_on_three_pages(stage: Stage) -> None:
    for number in range(1, 21):
        await stage.client(f"Номер {number}")
    await stage.say("/clients")
    assert stage.labels[:9] == [f"Номер {n}" for n in range(1, 9)] + ["1 из 3"]
    await stage.tap("Ещё ›")
    await stage.tap("Ещё ›")
    assert stage.labels[:4] == [f"Номер {n}" for n in range(17, 21)]
    assert "Ещё ›" not in stage.labels
    await stage.tap("‹ Раньше")
    await stage.tap("Номер 9")
    assert stage.header.startswith("Номер 9 ·")


async def test_a_client_can_be_renamed(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.tap("Изменить")
    await stage.tap("Имя")
    await stage.say("💥")
    assert "нет ни одной буквы" in stage.text
    await stage.say("Анна")
    assert stage.header.startswith("Анна")
    assert "Имя изменено" in stage.text


async def test_renaming_can_be_left(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.tap("Изменить")
    await stage.tap("Имя")
    await stage.tap("‹ Отмена")
    assert stage.header == "Ольга · что изменить"
    await stage.tap("Имя")
    await stage.say("/cancel")
    assert stage.header == "Ольга · что изменить"


async def test_a_note_is_kept_shown_and_taken_away(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.tap("Изменить")
    await stage.tap("Заметка")
    await stage.say("Решает Пётр.\nДоговор до мая.")
    assert "Заметка: Решает Пётр.\nДоговор до мая." in stage.text
    await stage.tap("Изменить")
    await stage.tap("Убрать заметку")
    assert stage.toast == "Заметки больше нет"
    await stage.tap("‹ К клиенту")
    assert "Решает" not in stage.text


async def test_a_note_that_is_too_long_is_asked_again(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.tap("Изменить")
    await stage.tap("Заметка")
    await stage.say("н" * 1001)
    assert "помещается 1 000" in stage.text
    await stage.say("н" * 1000)
    assert "Заметка сохранена" in stage.text


async def test_an_archived_client_leaves_the_list_and_comes_back(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.client("Пётр")
    await stage.tap("Изменить")
    await stage.tap("В архив")
    assert stage.header == "Пётр · в архиве"
    await stage.say("/clients")
    assert stage.labels == ["Ольга", "Новый клиент", "Архив", "До договора"]
    await stage.tap("Архив")
    await stage.tap("Пётр")
    assert stage.main == "Вернуть из архива"
    await stage.tap("Вернуть из архива")
    assert stage.toast == "Снова в списке"
    await stage.say("/clients")
    assert stage.labels[:2] == ["Ольга", "Пётр"]


async def test_who_has_only_archived_clients_still_finds_them(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.tap("Изменить")
    await stage.tap("В архив")
    await stage.say("/clients")
    await stage.tap("Архив")
    assert "Ольга" in stage.labels


async def test_no_two_clients_have_one_name(stage: Stage) -> None:
    await stage.client("Анна")
    await stage.client("Ольга")
    await stage.press(RenameClient(client=2))
    assert "Так уже зовут другого клиента" in await stage.say("анна")
    await stage.say("Анна, каталог")
    assert stage.header.startswith("Анна, каталог")
    await stage.press(DeleteClientNow(client=1))
    await stage.client("Анна")
    await stage.press(UndeleteClient(client=1))
    assert stage.header.startswith("Анна 2 ")


async def test_deleting_a_client_says_what_goes_and_can_be_undone(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="often")
    await stage.tap("План")
    await stage.tap("Взять в план")
    await stage.tap("‹ К клиенту")
    await stage.tap("Изменить")
    await stage.tap("Удалить клиента")
    assert "Исчезнут карточка с заметками, 1 разбор и " in stage.text
    assert " 0 " not in stage.text, "what there is none of is not named"
    assert stage.main == "Оставить как есть"
    await stage.tap("Удалить навсегда")
    await stage.say("/clients")
    assert "Ольга" not in stage.labels
    stage.clock.move(minutes=9)
    await stage.press(UndeleteClient(client=1))
    assert stage.toast == "Клиент снова на месте"
    assert "Последний" in stage.text or "Предварительный" in stage.text


async def test_ten_minutes_after_a_deletion_every_trace_is_gone(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="often")
    await stage.tap("План")
    await stage.tap("Взять в план")
    await stage.press("cz:1")
    stage.clock.move(minutes=11)
    await stage.storage.write(lambda memory: memory.purge(stage.clock.now()))
    left = {"people", "counters", "reminders", "outbox"}
    assert set(stage.rows()) <= left, "those are the person's own"
    newest = await stage.read(lambda owned: owned.outbox.get())
    assert newest is None or newest.reply == ""
    await stage.press(UndeleteClient(client=1))
    assert stage.header == "Клиент удалён"
    await stage.tap("К клиентам")
    assert "Пока никого" in stage.text


async def test_a_new_client_never_gets_the_number_of_a_deleted_one(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press("cz:1")
    stage.clock.move(minutes=11)
    await stage.storage.write(lambda memory: memory.purge(stage.clock.now()))
    await stage.client("Пётр")
    assert await stage.read(lambda owned: owned.clients.get(ClientNumber(1))) is None
    await stage.press(ClientCard(client=1))
    assert stage.toast == "Кнопка из прежней версии. Вот как сейчас"


async def test_deletion_is_refused_on_the_way_by_every_safe_button(stage: Stage) -> None:
    await stage.client("Ольга")
    for safe in ("Оставить как есть", "‹ Назад", "Лучше в архив"):
        await stage.press("cd:1")
        await stage.tap(safe)
        found = await stage.read(lambda owned: owned.clients.get(ClientNumber(1)))
        assert found is not None
        assert found.deleted_at is None


async def test_an_archived_client_is_offered_the_list_instead_of_deletion(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press(ArchiveClient(client=1, archived=1))
    await stage.press("cd:1")
    assert "Лучше в архив" not in stage.labels
    await stage.tap("Вернуть из архива")
    assert stage.header == "Ольга · с 21 ноября"


async def test_the_card_of_a_forty_character_name_keeps_its_date(stage: Stage) -> None:
    await stage.client("Издательство учебной литературы «Просвет»")
    assert len(stage.header) <= 40
    assert stage.header == "Издательство… «Просвет» · с 21 ноября"
    assert grammar.faults(stage.me.screen) == []


def _message(stage: Stage, text: str) -> dict[str, object]:
    sent = stage.me.send("заготовка")
    body = dict(sent.shown()) | {"text": text, "message_id": stage.telegram.number()}
    stage.telegram.updates.drop_all()
    return body


async def test_deleting_a_client_names_the_letters_that_go_with_it(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press(StartLetter(client=1, kind="limits"))
    await stage.press(DeleteClient(client=1))
    assert "1 письмо" in stage.text


async def test_more_clients_than_fit_are_refused_kindly(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.rows.clients.MOST_CLIENTS", 1)
    await stage.client("Ольга")
    assert "Клиентов уже 1, больше не помещается." in await stage.say("/newclient Вектор")
    assert [each.name for each in await stage.read(lambda owned: owned.clients.list())] == ["Ольга"]
