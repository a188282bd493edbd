"""The first minute: the welcome and the made-up client, of whom nothing is kept."""

from __future__ import annotations

from tests.conversations.reading import Reader
from tests.conversations.stage import Stage

WELCOME = "Разберёмся с трудным клиентом"
SECONDS = 60
TAPS = 7


async def to_the_verdict(stage: Stage, places: str = "11222") -> str:
    """Play the made-up client from the welcome; a digit is the place of an answer."""
    await stage.say("/start")
    await stage.tap("Попробовать на примере")
    for place in places:
        row, column = (
            (int(place), 0) if len(stage.me.screen.keyboard) == 4 else divmod(int(place), 2)
        )
        stage.me.tap_at(row, column)
        await stage.settled()
    return stage.text


async def test_a_newcomer_gets_a_verdict_in_a_minute_and_seven_taps(stage: Stage) -> None:
    reader = Reader(stage)
    await to_the_verdict(stage)
    assert "вывод" in stage.header
    assert reader.taps + 1 <= TAPS, "START is a tap too"
    assert reader.seconds <= SECONDS, reader.seconds
    assert len(stage.from_bot) == 1


async def test_the_example_leaves_no_row_of_the_person(stage: Stage) -> None:
    await to_the_verdict(stage)
    for label in ("А если бы он ещё и грубил?", "‹ К выводу", "Как это считается", "‹ К выводу"):
        await stage.tap(label)
    await stage.tap("Закрыть")
    assert stage.header == WELCOME
    assert stage.rows() == {}


async def test_a_step_back_in_the_example_forgets_one_answer(stage: Stage) -> None:
    await to_the_verdict(stage, "12")
    assert "3 из 5" in stage.header
    await stage.tap("‹ Назад")
    assert "2 из 5" in stage.header
    await stage.tap("‹ Назад")
    await stage.tap("‹ Назад")
    assert stage.header == WELCOME


async def test_a_scene_can_be_skipped(stage: Stage) -> None:
    await to_the_verdict(stage, "0")
    await stage.tap("Не знаю")
    assert "3 из 5" in stage.header


async def test_the_example_can_be_closed_at_any_scene(stage: Stage) -> None:
    for answered in range(5):
        await to_the_verdict(stage, "0" * answered)
        await stage.tap("Закрыть")
        assert stage.header == WELCOME
    assert stage.rows() == {}


async def test_rudeness_on_top_overrides_the_rest(stage: Stage) -> None:
    before = await to_the_verdict(stage, "00000")
    assert "Обычные трения" in before
    await stage.tap("А если бы он ещё и грубил?")
    assert "Уходить сейчас" in stage.text
    await stage.tap("‹ К выводу")
    assert stage.text == before


async def test_the_example_names_what_would_change_its_verdict(stage: Stage) -> None:
    await to_the_verdict(stage, "01222")
    assert "Вывод смягчится" in stage.text
    assert "Ничего из этого примера не сохранено" in stage.text


async def test_every_way_through_the_example_ends_in_a_verdict(stage: Stage) -> None:
    for places in ("00000", "11111", "22222", "23333", "01230"):
        await to_the_verdict(stage, places)
        assert stage.header == "Пример: Олег, лендинг · вывод"
    await stage.press("d1:sssss")
    assert stage.header == "Пример: Олег, лендинг · вывод"


async def test_forged_digits_of_the_example_lead_to_no_verdict(stage: Stage) -> None:
    await stage.say("/start")
    for forged in ("d1:3", "d1:0123012301", "d1:x", "d1", "d2:rude", "d2:other:00000"):
        await stage.press(forged)
        assert stage.header == WELCOME
        assert stage.toast == "Кнопка из прежней версии. Вот как сейчас"


async def test_from_the_example_to_an_own_client_is_one_tap(stage: Stage) -> None:
    await to_the_verdict(stage)
    await stage.tap("Разобрать своего клиента")
    assert stage.header == "Новый клиент · как его назвать?"
    await stage.say("Ольга")
    assert stage.header.startswith("Ольга")


async def test_start_opens_the_clients_of_who_has_some(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("/start")
    assert stage.header.startswith("Мои клиенты")
    assert "Ольга" in stage.labels


async def test_the_welcome_tells_what_is_kept(stage: Stage) -> None:
    await stage.say("/start")
    await stage.tap("Что я храню")
    assert "зашифрованным" in stage.text
    await stage.tap("‹ К клиентам")
    assert stage.header == WELCOME


async def test_help_lists_every_command_that_works(stage: Stage) -> None:
    text = await stage.say("/help")
    known = set(stage.frame.routes.commands) - {"start", "help"}
    assert {word.strip("/ ") for word in text.split() if word.startswith("/")} == known


async def test_help_leads_on(stage: Stage) -> None:
    await stage.say("/help")
    for label, header in (
        ("К клиентам", "Мои клиенты"),
        ("Справочник", "Справочник"),
        ("Настройки", "Настройки"),
        ("Попробовать на примере", "Пример"),
    ):
        await stage.say("/help")
        await stage.tap(label)
        assert stage.header.startswith(header)


async def test_one_s_own_answer_comes_back_in_the_verdict_on_the_example(stage: Stage) -> None:
    await to_the_verdict(stage, "20002")
    assert "сообщения не вовремя — часто, а часов связи вы не называли" in stage.text
    await to_the_verdict(stage, "00222")
    assert "часы связи вы назвали сразу" in stage.text
    await to_the_verdict(stage, "10220")
    assert "О себе: правила для клиента — названы не все." in stage.text
