"""The team: who leads, whose fault it is, and two who judge one client."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.account.buttons import SetTeam
from handlers.casefile.buttons import HandCase
from handlers.team.buttons import CompareJudges, ShowTeam
from tests.conversations.stage import Stage, plain

SHARED = {"late_payment": "always", "rudeness": "never", "vague_brief": "often"}


async def agency(stage: Stage) -> None:
    """Become «мы» with one client, and open their team."""
    await stage.say("/settings")
    await stage.press(SetTeam(team=1))
    await stage.client("Вектор")
    await stage.press(ShowTeam(client=1))


async def colleague(stage: Stage) -> Stage:
    """Ask a colleague, and let them come by the message that was handed over."""
    await stage.tap("Позвать коллегу оценить")
    start = next(
        line
        for each in stage.from_bot
        for line in each.text.splitlines()
        if line.startswith("/start team-")
    )
    other = replace(stage, me=stage.telegram.person(2))
    await other.say(start)
    return other


async def agreed(stage: Stage) -> Stage:
    other = await colleague(stage)
    await other.tap("Новый клиент")
    await other.say("Заказчик с Невского")
    return other


async def shared(stage: Stage, **answers: str) -> Stage:
    other = await agreed(stage)
    await other.assess(**(answers or SHARED))
    await other.press(ShowTeam(client=1))
    await other.tap("Показать ответы коллеге")
    await other.tap("Показать ответы")
    return other


# Who leads


async def test_who_leads_is_said_on_the_card_and_can_be_taken_back(stage: Stage) -> None:
    await agency(stage)
    assert "Кто ведёт клиента, не записано." in stage.text
    await stage.tap("Кто ведёт")
    await stage.say("Марина")
    assert "Ведёт: Марина." in stage.text
    await stage.tap("‹ К клиенту")
    assert "Ведёт: Марина." in stage.text
    await stage.tap("Команда")
    await stage.tap("Кто ведёт")
    await stage.tap("Никто")
    assert "Кто ведёт клиента, не записано." in stage.text


async def test_who_works_alone_is_offered_no_team(stage: Stage) -> None:
    await stage.client("Вектор")
    await stage.tap("Изменить")
    assert "Команда" not in stage.labels


async def test_a_case_file_without_names_does_not_name_who_leads(stage: Stage) -> None:
    await agency(stage)
    await stage.tap("Кто ведёт")
    await stage.say("Берёза")
    await stage.say("/fact просили, чтобы берёза ответила к утру")
    await stage.press(HandCase.unpack("bf:1:json:hidden"))
    (file,) = [each.body["document"] for each in stage.from_bot if "document" in each.body]
    told = stage.telegram.files[file["file_id"]].data.decode()
    assert "ответила к утру" in told
    assert "берёза" not in told.casefold()


# A change of managers


async def test_a_weak_manager_is_taught_and_the_steps_go_into_the_plan(stage: Stage) -> None:
    await agency(stage)
    await stage.press("c:1")
    await stage.assess(change_manager="often", scope_creep="often")
    await stage.press(ShowTeam(client=1))
    await stage.tap("Сменить менеджера?")
    for label in ("Не знает", "Да", "Было", "Ещё не пробовали", "Спокойно и по делу", "Да"):
        await stage.tap(label)
    assert "Научить менеджера" in stage.text
    await stage.tap("Взять шаги в план")
    assert stage.toast == "Добавлено 2 шага"
    await stage.tap("Взять шаги в план")
    assert stage.toast == "В плане нет места, или эти шаги уже там"
    actions = (await stage.read(lambda owned: owned.export())).actions
    assert [each.words for each in actions] == [
        "Разобрать с менеджером два случая",
        "Поставить рядом опытного коллегу",
    ]


async def test_a_client_who_is_wrong_is_told_so_and_the_manager_protected(stage: Stage) -> None:
    await agency(stage)
    await stage.tap("Сменить менеджера?")
    for label in ("Знает", "Да", "Давит или унижает", "Не знаю"):
        await stage.tap(label)
    assert "Защитить своего человека" in stage.text
    await stage.tap("Взять шаги в план")
    assert stage.toast == "Сначала разбор: план строится из вывода"


async def test_where_both_are_wrong_no_phrase_denies_the_other(stage: Stage) -> None:
    await agency(stage)
    await stage.tap("Сменить менеджера?")
    for label in ("Не знает", "Да", "Было", "Не помогло", "Давит или унижает", "Да"):
        await stage.tap(label)
    assert "Поставить другого менеджера" in stage.text
    assert "И поговорить с клиентом" in stage.text
    assert "остаётся на проекте" not in stage.text


async def test_one_step_back_asks_again(stage: Stage) -> None:
    await agency(stage)
    await stage.tap("Сменить менеджера?")
    await stage.tap("Не знает")
    assert stage.header == "Вектор · менеджер, вопрос 2"
    await stage.tap("‹ Назад")
    assert stage.header == "Вектор · менеджер, вопрос 1"


async def test_the_advice_on_that_sign_leads_to_it(stage: Stage) -> None:
    await agency(stage)
    await stage.press("c:1")
    await stage.assess(change_manager="always")
    await stage.tap(next(each for each in stage.labels if each.startswith("Что делать")))
    await stage.tap("Сменить менеджера?")
    assert "Знает ли менеджер, о чём этот проект?" in stage.text


# Two who judge one client


async def test_a_colleague_reads_what_will_be_seen_before_agreeing_to_anything(
    stage: Stage,
) -> None:
    await agency(stage)
    other = await colleague(stage)
    assert other.header == "Приглашение · оценить клиента вдвоём"
    assert "Увидит коллега только ваши ответы на признаки" in other.text
    assert "Вектор" not in other.text
    await stage.press(ShowTeam(client=1))
    assert "Коллега 1: ответа ждём до 28 ноября." in stage.text


async def test_differences_stand_side_by_side_and_nothing_else_is_seen(stage: Stage) -> None:
    await agency(stage)
    other = await shared(stage)
    assert "Вы показали коллеге свои ответы на признаки." in other.text
    await stage.press("c:1")
    assert "Ответы коллеги пришли." in stage.text
    await stage.assess(late_payment="once", vague_brief="often", set_limits="bad")
    await stage.press(ShowTeam(client=1))
    text = await stage.tap("Сравнить ответы")
    assert "вы — " in text
    assert text.count("коллега 1 — ") == 1
    for hidden in ("Невского", "Вывод", "О себе"):
        assert hidden not in text


async def test_answers_that_were_taken_back_are_seen_by_nobody(stage: Stage) -> None:
    await agency(stage)
    other = await shared(stage)
    await other.tap("Забрать ответы")
    await stage.press(CompareJudges(client=1, page=0))
    assert "Сравнивать пока не с чем" in stage.text
    await stage.press(ShowTeam(client=1))
    assert "Коллега 1: взялся за разбор, ответов пока нет." in stage.text


async def test_a_known_client_can_be_the_one_that_is_judged(stage: Stage) -> None:
    await agency(stage)
    other = replace(stage, me=stage.telegram.person(2))
    await other.client("Невский")
    other = await colleague(stage)
    await other.tap("Выбрать из моих")
    await other.tap("Невский")
    assert other.header.startswith("Невский · с ")
    assert "Коллега ждёт ваших ответов." in other.text


async def test_a_link_lets_in_one_and_not_the_one_who_made_it(stage: Stage) -> None:
    await agency(stage)
    other = await agreed(stage)
    start = next(each.text for each in reversed(other.me.messages) if "/start team-" in each.text)
    third = replace(stage, me=stage.telegram.person(3))
    await third.say(start)
    assert "Приглашение не действует" in third.text
    await stage.say(start)
    assert "Это ваше приглашение, его открывает коллега" in stage.text


async def test_an_invitation_that_was_taken_back_or_has_expired_opens_nothing(
    stage: Stage,
) -> None:
    await agency(stage)
    other = await colleague(stage)
    start = next(each.text for each in other.me.messages if "/start team-" in each.text)
    await stage.press(ShowTeam(client=1))
    await stage.tap("Убрать: коллега 1")
    await other.tap("Новый клиент")
    assert other.toast == "Кнопка из прежней версии. Вот как сейчас"
    await other.say(start)
    assert "Приглашение не действует" in other.text
    other = await colleague(stage)
    stage.clock.move(days=8)
    newest = next(each.text for each in reversed(other.me.messages) if "/start" in each.text)
    await other.say(newest)
    assert "Приглашение не действует" in other.text


@pytest.mark.parametrize("gone", [1, 2])
async def test_whoever_goes_takes_it_along(stage: Stage, gone: int) -> None:
    await agency(stage)
    other = await shared(stage)
    leaving, staying = (stage, other) if gone == 1 else (other, stage)
    await leaving.say("/delete")
    await leaving.tap("Удалить навсегда")
    rows = stage.rows()
    assert "judgings" not in rows
    assert "seats" not in rows
    await staying.press(ShowTeam(client=1))
    assert "Коллега 1" not in staying.text
    assert "показали" not in staying.text


async def test_what_passes_between_two_is_handed_out_to_each(stage: Stage) -> None:
    await agency(stage)
    await shared(stage)
    export = await stage.read(lambda owned: owned.export(), owner=2)
    (given,) = export.judgings
    assert given.judges
    assert given.answers["late_payment"] == "always"
    assert given.expires_at - stage.clock.moment <= timedelta(days=7)
    assert not any(
        each in given.answers for each in ("is_it_them", "giving_best", "agreed_in_writing")
    )


async def test_a_named_bot_hands_over_a_link(stage: Stage) -> None:
    stage.frame.bot_name = "work_diary_bot"
    try:
        await agency(stage)
        await stage.tap("Позвать коллегу оценить")
    finally:
        stage.frame.bot_name = ""
    assert any("https://t.me/work_diary_bot?start=team-" in each.text for each in stage.from_bot)
    assert all("Вектор" not in plain(each.text) for each in stage.from_bot if "t.me" in each.text)
