"""The case file: with names, or looked over and corrected before it leaves without them."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from bot.local.chats import Message
from bot.local.person import Origin
from handlers.account.buttons import EraseNow, ExportNow, SetDiscreet, SetLanguage
from handlers.assessment.buttons import AwaitOpinion, SecondOpinion
from handlers.casefile.buttons import HandCase, OpenCase, PreviewCase, ToggleReplacement
from handlers.clients.buttons import ClientEdit, DeleteClientNow
from handlers.clients.names import LEAD
from storage.records import ClientNumber
from tests.conversations.stage import EVENING, Stage, plain

NAME = "Студия «Вектор»"
FACTS = (
    "Ольга Хвостенко из Вектора не заплатила 60 000 ₽",
    "Марина просила перенести созвон в Рязани, тел. +7 912 345-67-89",
)
TELLING = ("вектор", "хвостенко", "ольг", "марин", "рязан", "345", "60 000", "60000", "ноября")


def files(stage: Stage) -> list[Message]:
    return [each for each in stage.from_bot if "document" in each.body]


def content(stage: Stage, message: Message) -> bytes:
    return bytes(stage.telegram.files[message.body["document"]["file_id"]].data)


async def noted(stage: Stage) -> None:
    await stage.client(NAME)
    await stage.assess(late_payment="often", scope_creep="always")
    for fact in FACTS:
        await stage.say(f"/fact {fact}")


async def handed(stage: Stage, form: str, names: str) -> bytes:
    """Hand over a file; what is in doubt stays, as who has seen it may have it."""
    await stage.press(HandCase.unpack(f"bf:1:{form}:{names.replace('hidden', 'asked')}"))
    return content(stage, files(stage)[-1])


async def test_it_says_what_it_holds_and_begins_without_names(stage: Stage) -> None:
    await noted(stage)
    await stage.press(ClientEdit(client=1))
    assert "1 вывод и 2 факта" in await stage.tap("Папка")
    assert stage.main == "Без имён: проверить"
    await stage.tap("Без имён: проверить")
    assert "Менеджер" in " ".join(stage.labels)


async def test_with_names_it_holds_everything_as_it_was_said(stage: Stage) -> None:
    await noted(stage)
    file: dict[str, Any] = json.loads(await handed(stage, "json", "named"))
    assert NAME in file["title"]
    said = [item["text"] for section in file["sections"] for item in section["items"]]
    assert set(FACTS) <= set(said)
    assert any("•" in each for each in said), "reasons of the verdict"
    assert await handed(stage, "pdf", "named") == await handed(stage, "pdf", "named")
    assert (await handed(stage, "pdf", "named")).startswith(b"%PDF")


async def test_without_names_nothing_tells_who_it_is(stage: Stage) -> None:
    await noted(stage)
    file = json.loads(await handed(stage, "json", "hidden"))
    said = plain(json.dumps(file | {"about": ""}, ensure_ascii=False).casefold())
    assert [each for each in TELLING if each in said] == []
    assert "клиент" in said
    assert "сумма 1" in said
    assert files(stage)[-1].body["document"]["file_name"] == "Записи по клиенту.json"


async def test_nobody_whose_name_is_stored_anywhere_is_told_of(stage: Stage) -> None:
    await stage.client("Гранд")
    await stage.say("/fact дроля и кукша звонили, гранд молчит, майский день тоже")
    await stage.client("Майский день")
    for number, lead in ((ClientNumber(1), "Дроля"), (ClientNumber(2), "Кукша")):
        led = partial(lambda of, lead, owned: owned.details.set(of, LEAD, lead), number, lead)
        await stage.read(led)
    said = (await handed(stage, "json", "hidden")).decode().casefold()
    assert [each for each in ("дроля", "кукша", "гранд", "майский") if each in said] == []


async def test_what_is_hidden_can_stay_and_be_hidden_again(stage: Stage) -> None:
    await noted(stage)
    await stage.press(PreviewCase(client=1, page=0))
    label = next(each for each in stage.labels if each.startswith("Рязани"))
    await stage.tap(label)
    assert stage.toast == "Остаётся как есть"
    assert "Остаётся: Рязани" in stage.labels
    assert "Рязани" in (await handed(stage, "json", "hidden")).decode()
    await stage.press(PreviewCase(client=1, page=0))
    await stage.tap("Остаётся: Рязани")
    assert stage.toast == "Скрыто"
    assert "Рязани" not in (await handed(stage, "json", "hidden")).decode()


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_the_preview_is_no_higher_than_a_phone(stage: Stage, language: str) -> None:
    await stage.client(NAME)
    names = [
        "Марина",
        "Рустам",
        "Эдуард",
        "Лиана",
        "Захар",
        "Тарас",
        "Изольда",
        "Гульшат",
        "Оганес",
        "Прохор",
    ]
    await stage.say(f"/fact Приходили {', '.join(names)}")
    await stage.press(SetLanguage(language=language))
    await stage.press(PreviewCase(client=1, page=0))
    assert len(stage.header) <= 36, "one line"
    assert len(stage.me.screen.keyboard) <= 10
    told = stage.text.splitlines()[2]
    assert len(told) <= 130
    await stage.press(SetDiscreet(discreet=1))
    await stage.press(PreviewCase(client=1, page=0))
    assert len(stage.me.screen.keyboard) <= 8, "the cover takes the height of two rows"


async def test_an_old_button_of_a_preview_lets_nothing_else_out(stage: Stage) -> None:
    await noted(stage)
    before = await handed(stage, "json", "hidden")
    await stage.press(ToggleReplacement(client=1, replacement=12345, page=0))
    assert await handed(stage, "json", "hidden") == before


async def test_more_can_be_hidden_by_a_word(stage: Stage) -> None:
    await noted(stage)
    await stage.press(PreviewCase(client=1, page=0))
    await stage.tap("Скрыть ещё слово")
    await stage.say("созвон")
    assert "созвон" not in (await handed(stage, "json", "hidden")).decode()
    await stage.press(PreviewCase(client=1, page=0))
    await stage.tap("Скрыть ещё слово")
    await stage.tap("Убрать добавленные")
    assert "созвон" in (await handed(stage, "json", "hidden")).decode()


async def test_without_anything_there_is_no_file(stage: Stage) -> None:
    await stage.client(NAME)
    assert "складывать нечего" in await stage.press(OpenCase(client=1))
    await stage.press(HandCase(client=1, form="pdf", names="named"))
    assert files(stage) == []


async def test_the_file_of_who_is_discreet_bears_no_name(stage: Stage) -> None:
    await noted(stage)
    await stage.press(SetDiscreet(discreet=1))
    await handed(stage, "pdf", "named")
    assert files(stage)[-1].body["document"]["file_name"] == "Записи по клиенту.pdf"


async def test_a_colleagues_answer_is_kept_with_the_client(stage: Stage) -> None:
    await noted(stage)
    await stage.press(SecondOpinion(assessment=1))
    assert stage.header.endswith("взгляд со стороны")
    stage.me.forward("Ты не преувеличиваешь. Ставь предоплату.", Origin("Пётр", EVENING, user_id=7))
    await stage.settled()
    assert "Ставь предоплату" in stage.text
    stage.me.forward("И договор.", Origin("Пётр", EVENING, user_id=7))
    await stage.settled()
    assert "И договор" in stage.text
    facts = await stage.read(lambda mine: mine.facts.all())
    assert len(facts) == len(FACTS), "an answer is no fact about the client"
    said = (await handed(stage, "json", "hidden")).decode()
    assert "Ставь предоплату" in said
    await stage.press(ExportNow())
    exported = [content(stage, each).decode() for each in files(stage)[-2:]]
    assert all("Ставь предоплату" in each for each in exported)


async def test_an_answer_can_be_typed_later_and_goes_with_the_client(stage: Stage) -> None:
    await noted(stage)
    await stage.press(AwaitOpinion(client=1))
    await stage.say("Уходи спокойно.")
    assert "Уходи спокойно" in await stage.press(AwaitOpinion(client=1))
    await stage.press(DeleteClientNow(client=1))
    assert "Уходи" not in await stage.press(AwaitOpinion(client=1))
    await stage.press(EraseNow())
    assert "details" not in stage.rows()


async def test_what_is_forwarded_when_nobody_waits_is_a_fact_as_ever(stage: Stage) -> None:
    await noted(stage)
    await stage.press(SecondOpinion(assessment=1))
    await stage.say("/clients")
    stage.me.forward("Где макет?", Origin("Ольга", EVENING, user_id=9))
    await stage.settled()
    details = await stage.read(lambda mine: mine.details.of_client(ClientNumber(1)))
    assert not any(each.startswith("opinion.") for each in details)
    assert "Сохранено" in plain(stage.text)


@pytest.mark.parametrize(
    ("language", "fact", "asked", "name"),
    [
        ("ru", "правки для зелёный лист горят", "зелёный лист — имя?", "лист"),
        (
            "en",
            "invoiced redwood dental twice",
            "redwood dental: a name?",
            "redwood",
        ),
    ],
)
async def test_what_may_be_a_name_is_asked_and_one_tap_hides_it(
    stage: Stage, language: str, fact: str, asked: str, name: str
) -> None:
    await stage.client(NAME)
    await stage.press(SetLanguage(language=language))
    await stage.say(f"/fact {fact}")
    assert name in (await handed(stage, "json", "hidden")).decode()
    await stage.press(PreviewCase(client=1, page=0))
    assert stage.labels[0] == asked
    await stage.tap(asked)
    assert asked not in stage.labels
    assert any(label.startswith(asked.partition(" ")[0]) for label in stage.labels)
    assert name not in (await handed(stage, "json", "hidden")).decode()


@pytest.mark.parametrize("form", ["pdf", "json"])
async def test_the_file_waits_for_what_may_be_a_name_and_all_of_it_is_hidden_by_one_tap(
    stage: Stage, form: str
) -> None:
    await stage.client(NAME)
    await stage.say("/fact правки для зелёный лист горят")
    await stage.press(HandCase.unpack(f"bf:1:{form}:hidden"))
    assert files(stage) == []
    assert "«зелёный лист»" in stage.text
    await stage.tap("Скрыть и получить")
    assert len(files(stage)) == 1
    assert "лист" not in (await handed(stage, "json", "hidden")).decode()
    await stage.press(HandCase.unpack(f"bf:1:{form}:hidden"))
    assert len(files(stage)) == 3, "nothing is open, so nothing is asked"


async def test_what_is_no_name_goes_as_it_was_said(stage: Stage) -> None:
    await stage.client(NAME)
    await stage.say("/fact правки для зелёный лист горят")
    await stage.press(PreviewCase(client=1, page=0))
    await stage.tap(".json")
    await stage.tap("Не имена")
    assert "зелёный лист" in content(stage, files(stage)[-1]).decode()
