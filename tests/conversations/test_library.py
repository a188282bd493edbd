"""The library: to browse from end to end, and to search with typos."""

from __future__ import annotations

import pytest

from handlers.library.buttons import LibraryEntry
from tests.conversations.stage import Stage
from tests.known import KNOWLEDGE

WORDS = KNOWLEDGE.words("ru")


async def test_every_sign_opens_from_its_topic_with_its_advice(stage: Stage) -> None:
    await stage.say("/library")
    opened = set()
    for topic in stage.labels[1:8]:
        await stage.tap(topic)
        for entry in stage.offered(LibraryEntry):
            await stage.press(entry)
            assert "Вопрос из разбора: " in stage.text
            await stage.tap("Что делать")
            assert "С чего начать:" in stage.text
            await stage.tap("‹ О признаке")
            await stage.tap("‹ К теме")
            opened.add(entry.id)
        await stage.tap("‹ В справочник")
    assert opened == set(WORDS.signs)


@pytest.mark.parametrize(
    ("way", "ids", "said"),
    [("Типы клиентов", WORDS.types, "Что помогает: "), ("О себе", WORDS.questions, "Вопрос из")],
)
async def test_every_type_and_question_opens_from_its_pages(
    stage: Stage, way: str, ids: dict[str, object], said: str
) -> None:
    await stage.say("/library")
    await stage.tap(way)
    entries = stage.offered(LibraryEntry)
    await stage.tap("Ещё ›")
    entries += stage.offered(LibraryEntry)
    for entry in entries:
        await stage.press(entry)
        assert said in stage.text
        await stage.tap(way)
    assert {entry.id for entry in entries} == set(ids)


async def test_a_type_leads_to_its_signs_and_a_sign_to_its_types(stage: Stage) -> None:
    await stage.say("/library")
    await stage.press(LibraryEntry(kind="type", id="all_night"))
    await stage.press(next(one for one in stage.offered(LibraryEntry) if one.id == "after_hours"))
    assert stage.header.endswith("признак")
    assert "all_night" in {one.id for one in stage.offered(LibraryEntry)}


@pytest.mark.parametrize(
    ("query", "found"),
    [("ночью звонит", "after_hours"), ("хамит", "rudeness"), ("скидку", "price_pressure")],
)
async def test_a_search_finds_word_forms_and_typos(stage: Stage, query: str, found: str) -> None:
    await stage.say("/library")
    await stage.tap("Найти")
    await stage.say(query)
    assert f"По запросу «{query}»" in stage.text
    assert found in {one.id for one in stage.offered(LibraryEntry)}


async def test_words_behind_the_command_are_looked_for(stage: Stage) -> None:
    await stage.say("/library скидка")
    assert stage.header == "Справочник · нашлось"


async def test_nothing_found_offers_another_try(stage: Stage) -> None:
    await stage.say("/library")
    await stage.tap("Найти")
    await stage.say("ъъъъъъъъ <b>{name}</b>\n%s")
    assert "ничего не нашлось" in stage.text
    await stage.tap("Искать другое")
    await stage.tap("‹ Отмена")
    assert stage.header.startswith("Справочник · признаки")


async def test_a_very_long_query_is_shown_cut(stage: Stage) -> None:
    await stage.say("/library")
    await stage.tap("Найти")
    await stage.say("скидка " * 500)
    assert len(stage.text) < 300


@pytest.mark.parametrize("way", ["/library", "/help"])
async def test_the_library_takes_the_words_it_asks_for(stage: Stage, way: str) -> None:
    await stage.say(way)
    if way == "/help":
        await stage.tap("Справочник")
    await stage.say("хамит")
    assert stage.header == "Справочник · нашлось"
    assert "Грубит и оскорбляет" in stage.labels
