"""The price of a client: seven numbers, one at a time, and what they say about when to leave."""

from __future__ import annotations

import pytest

from tests.conversations.stage import Stage

ANSWERS = ("40", "5", "5 часов", "2000", "60 000 ₽", "35 %", "1")


async def counted(stage: Stage, answers: tuple[str, ...] = ANSWERS) -> None:
    """Answer all questions about the price of a new client; «?» is a skip."""
    await stage.client("Ольга")
    await stage.tap("Изменить")
    await stage.tap("Окупаемость")
    await stage.tap("Посчитать")
    for answer in answers:
        await (stage.tap("Не знаю") if answer == "?" else stage.say(answer))


async def test_seven_numbers_give_the_real_rate(stage: Stage) -> None:
    await counted(stage)
    assert stage.header == "Ольга · окупаемость"
    said = stage.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "В час выходит 1 200 ₽ вместо 2 000 ₽" in said
    assert "За месяц: 50 ч, заплачено 60 000 ₽." in said
    assert "принесло бы 100 000 ₽." in said
    assert "Из них 20 % — погоня за оплатой" in said
    assert "Сначала найдите замену и соберите долги" in stage.text
    assert "Уходить ли — решаете вы." in stage.text


async def test_the_numbers_are_kept_with_the_client(stage: Stage) -> None:
    await counted(stage)
    details = (await stage.read(lambda owned: owned.export())).details[1]
    assert details == {
        "price.work": "40",
        "price.getting_paid": "5",
        "price.out_of_hours": "5",
        "price.rate": "2000",
        "price.paid": "60000",
        "price.share": "35",
        "price.reserve": "1",
    }


async def test_what_is_not_known_can_be_left_out(stage: Stage) -> None:
    await counted(stage, ("40", "?", "?", "2000", "80000", "?", "?"))
    assert "В час выходит 2 000 ₽ вместо" in stage.text
    assert "Время окупается." in stage.text
    assert "срок" not in stage.text
    assert "Доля: не знаю" in stage.labels


async def test_without_hours_and_payment_it_says_what_is_lacking(stage: Stage) -> None:
    await counted(stage, ("?", "?", "?", "2000", "?", "?", "?"))
    assert "Чтобы посчитать, не хватает: работа, заплачено." in stage.text
    await stage.tap("Работа: не знаю")
    await stage.say("40")
    await stage.tap("Платит: не знаю")
    await stage.say("0")
    assert "В час выходит 0 ₽ вместо" in stage.text


@pytest.mark.parametrize("text", ["много", "-5", "1000", "0", "от 5 до 10", "½"])
async def test_what_is_no_sensible_number_is_asked_again(stage: Stage, text: str) -> None:
    await stage.client("Ольга")
    await stage.press("ka:1:work")
    await stage.say(text)
    assert stage.header == "Ольга · окупаемость · 1 из 7"
    assert f"«{text}»" in stage.text
    await stage.say("40")
    assert stage.header == "Ольга · окупаемость · 2 из 7"


async def test_the_way_leads_back_and_out(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press("k:1")
    await stage.tap("Посчитать")
    await stage.say("40")
    await stage.tap("‹ Назад")
    assert stage.header == "Ольга · окупаемость · 1 из 7"
    assert "Сейчас: 40" in stage.text
    await stage.tap("‹ Отмена")
    assert stage.header == "Ольга · окупаемость"
    await stage.press("ka:1:rate")
    await stage.say("/cancel")
    assert stage.header == "Ольга · окупаемость"
    await stage.tap("‹ Назад")
    assert stage.header == "Ольга · что изменить"


async def test_the_open_assessment_takes_the_answer_over(stage: Stage) -> None:
    await counted(stage)
    assert "В разборе такому итогу соответствует ответ" in stage.text
    await stage.press("as:1:full")
    await stage.press("k:1")
    assert stage.main.startswith("В разбор: ")
    await stage.tap(stage.main)
    assert (await stage.given())["costs_more_than_brings"] == "often"
    assert "так и отвечено" in stage.text
    assert stage.main == ""


async def test_without_an_open_assessment_nothing_is_answered(stage: Stage) -> None:
    await counted(stage)
    await stage.press("kt:1")
    assert stage.toast == "Открытого разбора нет"


async def test_a_number_that_is_none_of_the_seven_is_an_old_button(stage: Stage) -> None:
    await stage.client("Ольга")
    for data in ("ka:1:secret", "kx:1:secret"):
        await stage.press(data)
        assert stage.toast == "Кнопка из прежней версии. Вот как сейчас"
    assert (await stage.read(lambda owned: owned.export())).details == {}
