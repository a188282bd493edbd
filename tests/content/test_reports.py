"""The weekly report: reading a pasted list, what one week leaves to the next, and the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from content.knowledge import Knowledge
from content.models import Language
from content.reports import (
    MOST_CHARACTERS,
    MOST_WORDS,
    Around,
    added,
    begun,
    is_too_long,
    text_of,
    typed_lines,
    words_in,
)
from content.texts import Texts
from content.typed import TypedWords
from content.values.reports import Item, ItemKind
from tests.known import KNOWLEDGE

FRIDAY = date(2026, 11, 20)
WEEK_BEFORE = date(2026, 11, 13)
MANNERS = KNOWLEDGE.letters.manners
AROUND = Around(date(2026, 11, 14), FRIDAY, MANNERS[Language("ru")])


@pytest.fixture(scope="module")
def typed(knowledge: Knowledge) -> TypedWords:
    return knowledge.words("ru").typed


@pytest.fixture(scope="module")
def texts() -> Texts:
    return KNOWLEDGE.words("ru").texts


def line(part: ItemKind, words: str, since: date | None = None) -> Item:
    return Item(part, words, since)


# Typed and pasted lines


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Каталог", ["Каталог"]),
        ("Каталог\nОплата", ["Каталог", "Оплата"]),
        (
            "- Каталог\n– Оплата\n— Тесты\n• Акт\n* Счёт",
            ["Каталог", "Оплата", "Тесты", "Акт", "Счёт"],
        ),
        ("1. Каталог\n2) Оплата\n12. Акт", ["Каталог", "Оплата", "Акт"]),
        ("☑ Каталог\n✅ Оплата\n[x] Акт\n[ ] Счёт", ["Каталог", "Оплата", "Акт", "Счёт"]),
        ("- 1. Каталог;\n- 2. Оплата.", ["Каталог", "Оплата"]),
        ("  Каталог   с   корзиной  ", ["Каталог с корзиной"]),
        ("Каталог\n\n\nкаталог\nКАТАЛОГ", ["Каталог"]),
        (
            "1.5 часа на созвон\n2 макета\n-5 °C в цехе",
            ["1.5 часа на созвон", "2 макета", "-5 °C в цехе"],
        ),
        ("—\n***\n1.\n", []),
        ("", []),
    ],
)
def test_a_list_is_read_without_the_marks_before_its_lines(typed: str, read: list[str]) -> None:
    assert list(typed_lines(typed)) == read


def test_what_is_called_done_leaves_the_work_in_hand_and_keeps_its_place() -> None:
    lines = (line(ItemKind.IN_HAND, "Каталог"), line(ItemKind.IN_HAND, "Оплата"))
    now = added(lines, ItemKind.DONE, ["каталог", "Акт"], FRIDAY)
    assert [(each.kind, each.words) for each in now] == [
        (ItemKind.DONE, "Каталог"),
        (ItemKind.IN_HAND, "Оплата"),
        (ItemKind.DONE, "Акт"),
    ]


def test_what_is_in_hand_may_be_a_goal_too_but_no_goal_stands_twice() -> None:
    lines = (line(ItemKind.IN_HAND, "Каталог"),)
    now = added(lines, ItemKind.GOAL, ["Каталог", "Оплата"], FRIDAY)
    again = added(now, ItemKind.GOAL, ["каталог"], FRIDAY)
    assert again == now
    assert [each.words for each in now if each.kind is ItemKind.GOAL] == ["Каталог", "Оплата"]


def test_only_what_is_needed_remembers_since_when() -> None:
    now = added(added((), ItemKind.NEEDED, ["Тексты"], FRIDAY), ItemKind.GOAL, ["Каталог"], FRIDAY)
    assert [each.since for each in now] == [FRIDAY, None]


# From one week to the next


def test_goals_and_unfinished_work_are_in_hand_in_the_next_report_and_each_once(
    typed: TypedWords,
) -> None:
    last = (
        line(ItemKind.DONE, "Главная"),
        line(ItemKind.IN_HAND, "Каталог"),
        line(ItemKind.GOAL, "каталог"),
        line(ItemKind.GOAL, "Оплата"),
    )
    assert begun(last, typed) == (
        line(ItemKind.IN_HAND, "каталог"),
        line(ItemKind.IN_HAND, "Оплата"),
    )


def test_what_is_needed_is_carried_over_with_its_date(typed: TypedWords) -> None:
    last = (line(ItemKind.NEEDED, "Тексты", WEEK_BEFORE),)
    assert begun(last, typed) == last


def test_the_first_report_begins_with_nothing(typed: TypedWords) -> None:
    assert begun((), typed) == ()


# The text


def test_a_report_reads_as_a_short_message(texts: Texts) -> None:
    lines = (
        line(ItemKind.DONE, "Главная страница"),
        line(ItemKind.NEEDED, "Тексты для каталога", WEEK_BEFORE),
        line(ItemKind.DONE, "Форма заявки."),
        line(ItemKind.IN_HAND, "Каталог"),
        line(ItemKind.GOAL, "Каталог"),
        line(ItemKind.GOAL, "Яндекс.Метрика"),
    )
    assert text_of(lines, texts, FRIDAY, AROUND) == (
        "Добрый день! Отчёт за неделю, 14–20\N{NO-BREAK SPACE}ноября.\n"
        "Готово: главная страница, форма заявки.\n"
        "В работе: каталог.\n"
        "Цели недели: каталог, Яндекс.Метрика.\n"
        "От вас нужно: тексты для каталога (просьба от 13\N{NO-BREAK SPACE}ноября).\n"
        "Если что-то важное упущено, напишите, пожалуйста."
    )


def test_a_part_with_nothing_in_it_is_not_named(texts: Texts) -> None:
    told = text_of((line(ItemKind.GOAL, "Каталог"),), texts, FRIDAY, AROUND)
    assert told.splitlines()[1:] == [
        "Цели недели: каталог.",
        "Если что-то важное упущено, напишите, пожалуйста.",
    ]


def test_lines_that_would_be_hard_to_read_in_a_row_become_a_list(texts: Texts) -> None:
    lines = (line(ItemKind.DONE, "Главная, каталог и корзина"), line(ItemKind.DONE, "Акт подписан"))
    told = text_of(lines, texts, FRIDAY, AROUND).splitlines()
    assert told[1:4] == ["Готово:", "— главная, каталог и корзина;", "— акт подписан."]
    many = tuple(line(ItemKind.DONE, f"Страница товара номер {n}") for n in range(6))
    assert "Готово:\n— страница товара номер 0;\n" in text_of(many, texts, FRIDAY, AROUND)


def test_a_name_keeps_its_capital_and_a_question_its_mark(texts: Texts) -> None:
    lines = (
        line(ItemKind.DONE, "Ольга приняла макет"),
        line(ItemKind.NEEDED, "Когда придут тексты?"),
    )
    told = text_of(lines, texts, FRIDAY, AROUND)
    assert "Готово: Ольга приняла макет." in told
    assert "От вас нужно: когда придут тексты?\n" in told


def test_what_haste_has_made_of_a_line_is_mended(texts: Texts) -> None:
    lines = (line(ItemKind.DONE, "каталог - фильтры"), line(ItemKind.NEEDED, "ПРИСЛАТЬ тексты"))
    told = text_of(lines, texts, FRIDAY, AROUND)
    assert "Готово: каталог — фильтры." in told
    assert "От вас нужно: прислать тексты." in told


def test_since_when_is_told_only_of_what_was_asked_before(texts: Texts) -> None:
    asked_now = (line(ItemKind.NEEDED, "Тексты", FRIDAY),)
    assert "От вас нужно: тексты.\n" in text_of(asked_now, texts, FRIDAY, AROUND)


def test_a_year_is_told_where_it_is_another_one(texts: Texts) -> None:
    lines = (line(ItemKind.NEEDED, "Тексты", date(2025, 12, 30)),)
    assert "30\N{NO-BREAK SPACE}декабря\N{NO-BREAK SPACE}2025" in text_of(
        lines, texts, FRIDAY, AROUND
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("Готово — главная.", 2), ("Итого: 12 000 ₽", 3), ("— ; …", 0), ("по-русски", 1)],
)
def test_words_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert words_in(text) == count


def test_two_hundred_words_fit_and_one_more_is_too_long() -> None:
    assert not is_too_long("слово " * MOST_WORDS)
    assert is_too_long("слово " * (MOST_WORDS + 1))
    assert is_too_long("ы" * (MOST_CHARACTERS + 1))


def test_a_report_greets_by_name_signs_and_ends_in_the_persons_own_words(texts: Texts) -> None:
    around = Around(
        date(2026, 11, 30), date(2026, 12, 6), MANNERS[Language("ru")], "Анна", "Игорь", "До связи!"
    )

    told = text_of((line(ItemKind.DONE, "Каталог"),), texts, FRIDAY, around).splitlines()

    assert told[0].startswith("Добрый день, Анна! Отчёт за неделю, 30")
    assert told[-2:] == ["До связи!", "Игорь"]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("доступ к хостингу до вторника", "доступ к хостингу"),
        ("тексты в пятницу", "тексты"),
        ("фото к концу недели", "фото"),
        ("акт до 5 декабря", "акт до 5 декабря"),
        ("согласовать среду", "согласовать среду"),
    ],
)
def test_a_day_of_last_week_is_not_asked_for_again(
    asked: str, left: str, typed: TypedWords
) -> None:
    (kept,) = begun([line(ItemKind.NEEDED, asked, WEEK_BEFORE)], typed)

    assert (kept.words, kept.since) == (left, WEEK_BEFORE)


@pytest.mark.parametrize(
    ("language", "typed", "told"),
    [
        ("ru", "прошу прислать логотип", "От вас нужно: прислать логотип."),
        ("ru", "Пожалуйста, тексты для каталога", "От вас нужно: тексты для каталога."),
        ("ru", "нужны тексты", "От вас нужно: тексты."),
        ("ru", "нужнейшие тексты", "От вас нужно: нужнейшие тексты."),
        ("en", "please send the copy by friday", "Needed from you: send the copy by Friday."),
        ("ru", "пришлите фото новинок до среды", "От вас нужно: прислать фото новинок до среды."),
        ("ru", "пришлите, пожалуйста, логотип", "От вас нужно: прислать логотип."),
        ("ru", "решение по бюджету 30к", "От вас нужно: решение по бюджету 30\xa0тыс."),
        ("en", "We need the logo", "Needed from you: the logo."),
    ],
)
def test_what_is_needed_is_not_asked_for_twice(language: str, typed: str, told: str) -> None:
    words = KNOWLEDGE.words(language)
    around = replace(AROUND, please=words.typed.please, manners=MANNERS[Language(language)])
    said = text_of((line(ItemKind.NEEDED, typed),), words.texts, FRIDAY, around)
    assert told in said.splitlines()
