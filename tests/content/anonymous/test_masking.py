"""Texts without names: none left, and hardly a harmless word hidden."""

from __future__ import annotations

import re

import pytest

from content.anonymous.masking import mask
from content.knowledge import Knowledge, Words
from content.named_entities import HiddenKind, StoredName
from tests.content.anonymous.samples import FIRMS, GONE, HARMLESS, NUMBERS, PEOPLE, STRANGERS

FRAMES = (
    "Вчера {} снова не ответил.",
    "{} просит скидку, а срок горит.",
    "Договор с {} так и не подписан",
    "ждём {}, как всегда",
)


def left(masked: str, form: str) -> list[str]:
    """Return the words of a form that are still there, in whatever letters."""
    there = {word.casefold() for word in re.findall(r"\w+", masked)}
    kinds = {"студия", "ооо", "ип", "школа", "клиника", "на", "кофейня", "с"}
    words = [word.casefold() for word in re.findall(r"\w+", form)]
    return [word for word in words if word in there and word not in kinds]


@pytest.mark.parametrize(("name", "forms"), [*PEOPLE, *FIRMS])
def test_a_stored_name_is_hidden_in_all_its_forms(words: Words, name: str, forms: str) -> None:
    known = (StoredName(HiddenKind.CLIENT, name),)
    for form in forms.split("|"):
        for frame in FRAMES:
            masked = mask(words, [frame.format(form)], known)
            assert left(masked.texts[0], form) == [], masked.texts
            assert "Клиент" in masked.texts[0]


@pytest.mark.parametrize(("sentence", "gone"), list(zip(STRANGERS, GONE, strict=True)))
def test_a_name_that_nobody_stored_is_hidden(words: Words, sentence: str, gone: str) -> None:
    (masked,) = mask(words, [sentence]).texts
    for stem in gone.split():
        assert stem.casefold() not in masked.casefold(), masked


@pytest.mark.parametrize(("sentence", "gone"), NUMBERS)
def test_numbers_sums_days_and_addresses_are_hidden(words: Words, sentence: str, gone: str) -> None:
    (masked,) = mask(words, [sentence]).texts
    assert gone.casefold() not in masked.casefold(), masked


@pytest.mark.parametrize("day", ["30 ноября", "30 ноября 2026", "ноябрь 2026", "23–29 ноября"])
def test_a_sentence_that_ends_in_a_day_keeps_its_full_stop(words: Words, day: str) -> None:
    masked = mask(words, [f"Отчёт за {day}.\nГотово: сайт"])
    assert masked.texts[0].splitlines() == ["Отчёт за [дата 1].", "Готово: сайт"]


def test_of_32_ordinary_sentences_hardly_a_word_is_hidden(words: Words) -> None:
    assert len(HARMLESS) == 32
    hidden = [one.forms for one in mask(words, HARMLESS).replacements]
    assert len(hidden) <= 3, hidden


def test_the_same_is_replaced_by_the_same_over_all_texts(words: Words) -> None:
    texts = (
        "Марина просит 5 000 ₽ назад.",
        "Написал Марине и Эдуарду: вернуть 5000 ₽ или 7000 ₽?",
        "Марина Сергеевна молчит.",
    )
    one, two, three = mask(words, texts).texts
    assert one == "[Менеджер А] просит [сумма 1] назад."
    assert two == "Написал [Менеджер А] и [Менеджер Б]: вернуть [сумма 1] или [сумма 2]?"
    assert three == "[Менеджер А] молчит."


DIFFERENT = (
    ("Александр Смирнов и Александр Волков. Волков молчит, Смирнов тоже.", "АБ БА"),
    ("Иван Петров и Мария Петрова. С Петровым сложно, а Петровой всё равно.", "АБ АБ"),
    ("Марина Сергеевна молчит. Марина Олеговна — нет. Говорил с Мариной Сергеевной.", "АБ А"),
    ("Игорь Петрович ждёт, Олег Петрович звонит. Олегу Петровичу не до того.", "АБ Б"),
    ("Саша Ким и Женя Ким. Женя согласна.", "АБ Б"),
    ("Пришли А. П. Иванов и С. К. Иванов. Алексей Иванов спорил.", "АБ А"),
    ("Елена Зубрицкая и Елена Водонаева. Зубрицкой писал, Водонаевой нет.", "АБ АБ"),
    ("Джон Смит и Мэри Смит приехали. Джону понравилось.", "АБ А"),
    ("Звонил Олег. Звонила Марина. Писал Тимур. Тимуру ответил Олег.", "АБВ ВА"),
)
"""Persons by the letters they get, in the order they are named."""


@pytest.mark.parametrize(("text", "letters"), DIFFERENT)
def test_two_who_share_a_name_are_two(words: Words, text: str, letters: str) -> None:
    (masked,) = mask(words, [text]).texts
    assert "".join(re.findall(r"\[Менеджер (\w)\]", masked)) == letters.replace(" ", ""), masked


def test_one_who_is_named_in_many_ways_is_one(words: Words) -> None:
    texts = (
        "Анна Белова звонила.",
        "Беловой писал, Анне тоже.",
        "С Анной Петровной Беловой спорил; А. П. Белова молчит.",
        "Анна Петровна права.",
    )
    whole = mask(words, texts)
    assert [one.label for one in whole.replacements] == ["Менеджер А"]


def test_what_is_to_stay_stays_and_is_still_listed(words: Words) -> None:
    text = "Марина просит скидку, Эдуард молчит."
    whole = mask(words, [text])
    assert [one.label for one in whole.replacements] == ["Менеджер А", "Менеджер Б"]
    again = mask(words, [text], kept=frozenset({whole.replacements[0].id}))
    assert again.texts == ("Марина просит скидку, [Менеджер Б] молчит.",)
    assert [one.kept for one in again.replacements] == [True, False]


@pytest.mark.parametrize(
    ("added", "text", "masked"),
    [
        ("рыбный каталог", "Снова правки по рыбному каталогу.", "Снова правки по [скрыто 1]."),
        ("студия", "Писал в студию, студия молчит.", "Писал в [скрыто 1], [скрыто 1] молчит."),
        ("🔥🔥", "Прислал 🔥🔥 и пропал.", "Прислал [скрыто 1] и пропал."),
        ("№ 7/а", "Кабинет № 7/а закрыт.", "Кабинет [скрыто 1] закрыт."),
    ],
)
def test_what_is_added_is_hidden_in_all_its_forms(
    words: Words, added: str, text: str, masked: str
) -> None:
    assert mask(words, [text], (StoredName(HiddenKind.ADDED, added),)).texts == (masked,)


def test_a_text_in_another_language_is_read_in_its_own(knowledge: Knowledge) -> None:
    texts = ("Марина молчит.", "Dear Tom, pay $4,500 by May 5. Rose from Acme wrote.")
    words, others = knowledge.words("ru"), (knowledge.words("en"),)
    assert mask(words, texts, others=others).texts == (
        "[Менеджер А] молчит.",
        "Dear [Менеджер Б], pay [сумма 1] by [дата 1]. [Менеджер В] from [Название А] wrote.",
    )
    masked = mask(others[0], texts, others=(words,)).texts[0]
    assert masked == "[Person A] молчит."


@pytest.mark.parametrize(
    "name", ["", "—", "Студия", "и", "株式会社", "А" * 60, "🔥", "(", "[a-z]+"]
)
def test_odd_names_break_nothing(words: Words, name: str) -> None:
    text = "Студия молчит, и мы ждём. " + "слово" * 200
    assert mask(words, [text, ""], (StoredName(HiddenKind.CLIENT, name),)).texts[1] == ""


def test_a_name_is_replaced_whole(words: Words) -> None:
    known = (
        StoredName(HiddenKind.CLIENT, "Студия «Вектор»"),
        StoredName(HiddenKind.CLIENT, "Ольга"),
    )
    texts = [
        "Записи: Студия «Вектор».",
        "Ольга Хвостенко из «Вектора» молчит.",
        "Straße, студия «вектор»: тишина.",
    ]
    assert mask(words, texts, known).texts == (
        "Записи: [Клиент].",
        "[Клиент] из «[Клиент]» молчит.",
        "[Название А], [Клиент]: тишина.",
    )


@pytest.mark.parametrize(
    ("language", "texts", "masked"),
    [
        (
            "ru",
            ("3 ноября 2026", "Обещал 3 ноября, потом 03.11. Третьего ноября. До 3/11 успею."),
            ("[дата 1]", "Обещал [дата 1], потом [дата 1]. [дата 1]. До [дата 1] успею."),
        ),
        (
            "ru",
            ("3 ноября 2026", "3 ноября 2025", "03.11.26"),
            ("[дата 1]", "[дата 2]", "[дата 1]"),
        ),
        (
            "ru",
            ("Ждал 15 000 ₽.", "Прислал 15 тыс., ещё 15к и 15 000,00 ₽", "15 000 $"),
            ("Ждал [сумма 1].", "Прислал [сумма 1], ещё [сумма 1] и [сумма 1]", "[сумма 2]"),
        ),
        (
            "ru",
            ("+7 912 345-67-89", "8 (912) 345-67-89"),
            ("[телефон 1]", "[телефон 1]"),
        ),
        (
            "en",
            ("November 3, 2026", "Nov 3, then by 11/3, then 11/3/26; not 11/3/2025."),
            ("[date 1]", "[date 1], then by [date 1], then [date 1]; not [date 2]."),
        ),
        (
            "en",
            ("Owes $1,500.", "1.5k, 1500 dollars, fifteen hundred dollars", "€1,500"),
            ("Owes [amount 1].", "[amount 1], [amount 1], [amount 1]", "[amount 2]"),
        ),
        (
            "en",
            ("3/4 of it is done, 2/3 agreed, rated 4/5, open 24/7, 9/10 quality",),
            ("3/4 of it is done, 2/3 agreed, rated 4/5, open 24/7, 9/10 quality",),
        ),
    ],
)
def test_one_day_and_one_sum_have_one_mark_however_they_are_written(
    knowledge: Knowledge, language: str, texts: tuple[str, ...], masked: tuple[str, ...]
) -> None:
    assert mask(knowledge.words(language), texts).texts == masked
