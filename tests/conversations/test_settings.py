"""Settings: the time zone in three ways, one's own voice, the gender."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.local.refusals import Mishap
from handlers.account.buttons import EraseNow, SetLanguage, SetTeam
from handlers.clients.buttons import NoteClient
from handlers.engine.wording import menu as commands
from tests.conversations.stage import Stage, staged
from tests.known import KNOWLEDGE


async def zone(stage: Stage) -> str | None:
    return (await stage.read(lambda owned: owned.people.get())).zone


async def test_an_exact_city_is_taken_at_once(stage: Stage) -> None:
    await stage.say("/settings")
    assert "Даты считаю по Москве" in stage.text
    await stage.tap("Выбрать город")
    await stage.say("екатеринбург")
    assert stage.header == "Настройки · сейчас у вас 01:40"
    assert stage.labels[0] == "Пояс: Екатеринбург"
    assert await zone(stage) == "Asia/Yekaterinburg"


@pytest.mark.parametrize(
    ("typed", "called", "kept"),
    [
        ("Владивосток", "Владивосток", "Asia/Vladivostok"),
        ("нови сад", "Нови-Сад", "Europe/Belgrade"),
        ("Питер", "Санкт-Петербург", "Europe/Moscow"),
    ],
)
@pytest.mark.parametrize("on", ["/settings", "sc", "sk:180", "/reminders"])
async def test_a_city_is_taken_wherever_the_clock_is_spoken_of_and_told_as_it_was_typed(
    stage: Stage, on: str, typed: str, called: str, kept: str
) -> None:
    await stage.say("/start")
    await (stage.say(on) if on.startswith("/") else stage.press(on))
    assert (await stage.say(typed)).count(called) == 1, "it is told, and told once"
    assert await zone(stage) == kept


async def test_a_city_typed_anywhere_else_is_a_text_like_any_other(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("Владивосток")
    assert await zone(stage) is None


async def test_a_zone_is_called_by_its_own_city(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.say("Хабаровск")
    await stage.say("/settings")
    assert stage.labels[0] == "Пояс: Владивосток"


async def test_a_mistyped_city_is_proposed(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.tap("Выбрать город")
    await stage.say("Краснадар")
    assert stage.labels[0] == "Краснодар"
    assert await zone(stage) is None
    await stage.tap("Краснодар")
    assert stage.toast == "Считаю по вашему времени"
    assert await zone(stage) == "Europe/Moscow"


async def test_an_unknown_city_may_be_typed_again(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.tap("Выбрать город")
    await stage.say("Ыыыыыыыы {name}")
    assert "Такого города в списке нет: «Ыыыыыыыы {name}»" in stage.text
    await stage.say("Тбилиси")
    assert await zone(stage) == "Asia/Tbilisi"


@pytest.mark.parametrize("answer", ["Да, верно", "Нет"])
async def test_a_pin_is_confirmed_by_the_clock_and_not_kept(stage: Stage, answer: str) -> None:
    stage.me.send_location(56.84, 60.61)
    await stage.settled()
    assert "Екатеринбург, сейчас 01:40. Верно?" in stage.text
    await stage.tap(answer)
    assert await zone(stage) == ("Asia/Yekaterinburg" if answer == "Да, верно" else None)
    if answer == "Да, верно":
        assert set(stage.rows()) == {"people", "reminders", "outbox"}


@pytest.mark.parametrize(("latitude", "longitude"), [(0.0, 0.0), (90.0, 0.0), (-90.0, 180.0)])
async def test_a_pin_anywhere_on_earth_is_answered(
    stage: Stage, latitude: float, longitude: float
) -> None:
    stage.me.send_location(latitude, longitude)
    await stage.settled()
    assert stage.header.startswith("Настройки · ")
    assert stage.labels


async def test_the_clock_finds_the_zone(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.tap("Выбрать город")
    await stage.tap("Сейчас 23:40?")
    await stage.tap("Позже")
    await stage.tap("Позже")
    await stage.tap("Раньше")
    assert "У вас сейчас 00:40?" in stage.text
    await stage.tap("Да, верно")
    assert "Города, где сейчас 00:40" in stage.text
    await stage.tap(stage.labels[0])
    assert stage.header == "Настройки · сейчас у вас 00:40"


async def test_the_clock_goes_round_the_day(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.press("sk:840")
    await stage.tap("Позже")
    assert "У вас сейчас 08:40?" in stage.text
    await stage.tap("Раньше")
    assert "У вас сейчас 10:40?" in stage.text


async def test_an_hour_where_nobody_lives_asks_for_a_city(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.press("sq:-700")
    assert "Напишите город или сверьте часы" in stage.text


async def test_the_voice_flips_in_place(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.tap("Пишу: я")
    assert stage.toast == "Теперь от команды: «мы»"
    assert "Пишем: мы" in stage.labels
    assert not any(label.startswith("Род") for label in stage.labels)
    await stage.tap("Пишем: мы")
    assert stage.toast == "Теперь от себя: «я»"


@pytest.mark.parametrize(
    ("label", "shown"),
    [("Мужской", "Род: мужской"), ("Женский", "Род: женский"), ("Не указывать", "Род: не указан")],
)
async def test_the_gender_is_asked_and_shown(stage: Stage, label: str, shown: str) -> None:
    await stage.say("/settings")
    await stage.tap("Род: не указан")
    await stage.tap(label if label != "Не указывать" else "• Не указывать")
    assert shown in stage.labels
    assert stage.toast == shown


async def test_the_language_is_offered_once_there_are_several(stage: Stage) -> None:
    several = len(KNOWLEDGE.languages) > 1
    await stage.say("/settings")
    assert any(label.startswith("Язык") for label in stage.labels) == several
    await stage.press("sv")
    assert len(stage.labels) == len(KNOWLEDGE.languages) + 1
    await stage.press("sl:ru")
    assert stage.toast == "Язык изменён"


async def test_dates_are_those_of_the_chosen_zone(stage: Stage) -> None:
    await stage.client("Ольга")
    assert "21 ноября" in stage.header
    await stage.say("/settings")
    await stage.tap("Выбрать город")
    await stage.say("Владивосток")
    await stage.say("Ольга")
    assert "22 ноября" in stage.header


@pytest.mark.parametrize(
    ("phone", "header"),
    [
        ("ru", "Разберёмся с трудным клиентом"),
        ("be-BY", "Разберёмся с трудным клиентом"),
        ("en-GB", "Let’s sort out a difficult client"),
        ("pt-BR", "Let’s sort out a difficult client"),
    ],
)
async def test_a_newcomer_is_spoken_to_in_the_language_of_their_phone(
    stage: Stage, phone: str, header: str
) -> None:
    stage.me.user["language_code"] = phone
    await stage.say("/start")
    assert stage.header == header


async def test_the_language_stays_with_the_person_also_where_no_phone_is_heard(
    stage: Stage,
) -> None:
    stage.me.user["language_code"] = "en"
    await stage.client("Vector Studio")
    stage.me.user["language_code"] = "ru"
    await stage.say("/clients")
    assert stage.header == "My clients · which one is it about?"


async def test_a_language_is_changed_at_once_and_on_old_screens_too(stage: Stage) -> None:
    await stage.client("Студия «Вектор»")
    old = stage.me.screen
    await stage.say("/settings")
    await stage.press(SetLanguage(language="en"))
    assert stage.header.startswith("Settings")
    assert stage.me.toasts[-1].text == "Language changed"
    await stage.press(NoteClient(client=1), on=old)
    assert "note" in stage.text
    assert not any(
        "\u0400" <= each <= "\u04ff" for each in stage.header.replace("Студия «Вектор»", "")
    )
    await stage.press(SetLanguage(language="ru"))
    assert stage.header.startswith("Настройки")


async def menu_of(stage: Stage) -> list[str]:
    """Return what the menu of this chat alone says; nothing: it is that of the phone's language."""
    scope = {"scope": {"type": "chat", "chat_id": stage.me.id}}
    return [one["description"] for one in await stage.telegram.call("getMyCommands", scope)]


ENGLISH_MENU = [words for _, words in commands(KNOWLEDGE.words("en").texts)]


async def test_the_menu_follows_the_language_that_was_chosen(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.press(SetLanguage(language="en"))
    assert await menu_of(stage) == ENGLISH_MENU
    await stage.press(SetLanguage(language="ru"))
    assert await menu_of(stage) == []  # the phone's own, as before
    await stage.press(SetLanguage(language="en"))
    await stage.press(EraseNow())
    assert await menu_of(stage) == []


async def test_a_release_with_another_command_renews_the_menu_of_a_chosen_language(
    tmp_path: Path,
) -> None:
    async with staged(tmp_path) as before:
        await before.say("/settings")
        await before.press(SetLanguage(language="en"))
    former: dict[str, object] = {
        "scope": {"type": "chat", "chat_id": before.me.id},
        "commands": [{"command": "help", "description": "Help"}],
    }
    await before.telegram.call("setMyCommands", former)
    async with staged(tmp_path, before=before) as stage:
        await stage.say("/clients")
        assert await menu_of(stage) == ENGLISH_MENU
        await stage.telegram.call("setMyCommands", former)
        await stage.say("/clients")
        assert await menu_of(stage) == ["Help"], "once is enough"


async def test_a_screen_is_shown_again_where_the_answer_to_the_edit_before_was_lost(
    stage: Stage,
) -> None:
    await stage.say("/settings")
    await stage.press(SetTeam(team=1))
    alone = await stage.press(SetTeam(team=0))
    cuts = iter([Mishap(cut=True)])
    stage.telegram.faults = lambda method, _params: (
        next(cuts, None) if method == "editMessageText" else None
    )
    stage.me.tap(data=SetTeam(team=1).pack())
    async with asyncio.timeout(10):
        while stage.text == alone:  # noqa: ASYNC110 - the screen sets no event of ours
            await asyncio.sleep(0.01)
    stage.me.tap(data=SetTeam(team=0).pack())  # before the lost edit is tried again
    assert await stage.settled() == alone
