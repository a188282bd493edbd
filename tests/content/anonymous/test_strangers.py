"""Names in pieces and for short leave nothing; who is one has one letter, who are two have two."""

from __future__ import annotations

import re

import pytest

from content.anonymous.masking import mask
from content.knowledge import Knowledge
from content.named_entities import HiddenKind, StoredName
from tests.content.anonymous.strangers import (
    ENGLISH,
    HARMLESS_ENGLISH,
    HARMLESS_RUSSIAN,
    RUSSIAN,
)

CASES = [("ru", *case) for case in RUSSIAN] + [("en", *case) for case in ENGLISH]


@pytest.mark.parametrize(("language", "client", "text", "gone"), CASES)
def test_no_form_and_no_part_of_a_name_is_left(
    knowledge: Knowledge, language: str, client: str, text: str, gone: str
) -> None:
    known = (StoredName(HiddenKind.CLIENT, client),) if client else ()
    (masked,) = mask(knowledge.words(language), [text], known).texts
    for each in gone.split():
        assert not re.search(rf"(?i)\b{re.escape(each)}", masked), masked


@pytest.mark.parametrize(
    ("language", "harmless"), [("ru", HARMLESS_RUSSIAN), ("en", HARMLESS_ENGLISH)]
)
def test_of_32_sentences_a_third_of_which_begin_like_a_name_three_words_are_hidden(
    knowledge: Knowledge, language: str, harmless: tuple[str, ...]
) -> None:
    assert len(harmless) == 32
    hidden = [one.forms for one in mask(knowledge.words(language), harmless).replacements]
    assert len(hidden) <= 3, hidden


SAME = (
    ("ru", "Екатерина звонила. Катя ждёт. Кате писал, Катюша молчит.", "А ААА"),
    ("ru", "Саша звонил. Александр платит. Александра молчит.", "ААБ"),
    ("ru", "Женя спорит. С Евгением Полозковым говорил, Жене писал.", "ААА"),
    ("ru", "Дмитрий молчит, Димон шутит, Митя платит. Денис ни при чём.", "АААБ"),
    ("ru", "Иван Петров спорит. Петрова молчит.", "АБ"),
    ("ru", "Иван Петров спорит. Видел Петрова, ждём Петрова, письмо от Петрова.", "АААА"),
    ("ru", "Иван Петров и Мария Петрова. Петрова молчит. У Петрова отпуск.", "АБ БА"),
    ("ru", "Петрова кричала, Петров молчал. Петрову писал.", "АББ"),
    ("ru", "Мария Петрова звонила. Петрову видел.", "АА"),
    ("ru", "Альфа Дизайн прислали правки. Альфа молчит. Писал в Альфу.", "ААА"),
    ("en", "Robert called. Then Bob wrote, and Kate cried. Katherine left.", "AABB"),
    ("en", "Alex wrote. Alexandra and Alexander answered.", "AAB"),
)
"""Persons by the letters they get, in the order they are named."""


@pytest.mark.parametrize(("language", "text", "letters"), SAME)
def test_who_is_called_for_short_is_the_same_and_a_wife_is_not_her_husband(
    knowledge: Knowledge, language: str, text: str, letters: str
) -> None:
    (masked,) = mask(knowledge.words(language), [text]).texts
    found = "".join(re.findall(r"\[\w+ (\w)\]", masked))
    assert found == letters.replace(" ", ""), masked


def test_what_was_a_name_in_one_text_is_one_in_the_others(knowledge: Knowledge) -> None:
    texts = ("Договор с «Альфа Дизайн» есть.", "Альфа молчит.", "Дизайн хвалят. Договор лежит.")
    one, two, three = mask(knowledge.words("ru"), texts).texts
    assert one == "Договор с «[Фирма А]» есть."
    assert two == "[Фирма А] молчит."
    assert three == texts[2]


@pytest.mark.parametrize(
    ("language", "client", "text", "masked"),
    [
        (
            "ru",
            "Екатерина Вострикова",
            "Катя кричит, Кате писал.",
            "[Клиент] кричит, [Клиент] писал.",
        ),
        (
            "ru",
            "Слава Коваль",
            "Владислав молчит, Слава платит.",
            "[Менеджер А] молчит, [Клиент] платит.",
        ),
        (
            "ru",
            "Студия «Вектор» и партнёры «Юг» филиал №2, ул. Мира, 5",
            "Записи: Студия «Вектор» и партнёры «Юг» филиал №2, ул. Мира, 5. Вектор молчит.",
            "Записи: [Клиент]. [Клиент] молчит.",
        ),
        ("en", "Robert Ashdown", "Bob shouts.", "[Client] shouts."),
        (
            "ru",
            "Екатерина Вострикова, бюро «Полярный день»",
            "Записи: Екатерина Вострикова, бюро «Полярный день». Звонила Катя. Екатерина молчит.",
            "Записи: [Клиент]. Звонила [Клиент]. [Клиент] молчит.",
        ),
        (
            "en",
            "Katherine Bloom of “Polar Day” Bureau",
            "Records: Katherine Bloom of “Polar Day” Bureau. Polar is late.",
            "Records: [Client]. [Client] is late.",
        ),
    ],
)
def test_the_client_s_short_name_is_the_client_s(
    knowledge: Knowledge, language: str, client: str, text: str, masked: str
) -> None:
    known = (StoredName(HiddenKind.CLIENT, client),)
    assert mask(knowledge.words(language), [text], known).texts == (masked,)
