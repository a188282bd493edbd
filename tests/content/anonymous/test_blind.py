"""Lines written before the rules were looked at: hardly a name left, hardly a word hidden."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content.anonymous.masking import mask
from content.knowledge import Knowledge
from content.named_entities import HiddenKind, StoredName

CASES = Path(__file__).parents[2] / "cases" / "anonymous"
LANGUAGES = ("ru", "en")
MOST_LEFT = 0.03
MOST_HIDDEN = 3 / 40
"""Of lines, a third of which begin with a word that is a name as well."""
KINDS = frozenset(
    (
        "ооо",
        "ип",
        "нко",
        "пао",
        "а",
        "о",
        "от",
        "до",
        "г",
        "руб",
        "usd",
        "of",
        "and",
        "a",
        "llc",
        "co",
        "ltd",
    )
)
"""Words that stand in what must be gone and in other words of the line."""


def lines(name: str) -> list[str]:
    found = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in found if not line.startswith("#")]


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


def left_of(knowledge: Knowledge, language: str, name: str) -> tuple[int, list[tuple[str, str]]]:
    """Return how many forms there are, and those that are left, each in its line."""
    forms, left = 0, []
    others = [each for each in knowledge.languages.values() if each.language != language]
    for line in lines(name):
        text = re.sub(r"[{}]", "", line)
        (masked,) = mask(knowledge.words(language), [text], others=others).texts
        there = words_of(re.sub(r"\[[^]]*\]", " ", masked))
        for form in re.findall(r"\{([^}]*)\}", line):
            forms += 1
            if there & words_of(form) - KINDS:
                left.append((form, masked))
    return forms, left


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_hundred_forms_of_all_kinds_three_are_left(
    knowledge: Knowledge, language: str
) -> None:
    forms, left = left_of(knowledge, language, f"telling_{language}")
    assert len(left) <= MOST_LEFT * forms, left


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_40_harmless_lines_three_lose_a_word(knowledge: Knowledge, language: str) -> None:
    said = lines(f"harmless_{language}")
    hidden = [each for each in said if mask(knowledge.words(language), [each]).replacements]
    assert len(hidden) <= MOST_HIDDEN * len(said), hidden


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_two_hundred_forms_none_is_left(knowledge: Knowledge, language: str) -> None:
    forms, left = left_of(knowledge, language, f"fresh_telling_{language}")
    assert forms > 200
    assert left == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_32_lines_three_lose_a_word_at_most(knowledge: Knowledge, language: str) -> None:
    said = lines(f"fresh_harmless_{language}")
    hidden = [each for each in said if mask(knowledge.words(language), [each]).replacements]
    assert len(hidden) * 32 <= 3 * len(said), hidden


MOST_LEFT_OF_SETS = 0.03
"""Most is left of firms in small letters, which no list has: «мебель града», “summit roofing”."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_twelve_sets_of_every_kind_three_in_a_hundred_are_left(
    knowledge: Knowledge, language: str
) -> None:
    forms, left = left_of(knowledge, language, f"sets_telling_{language}")
    assert forms > 500
    assert len(left) <= MOST_LEFT_OF_SETS * forms, left


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_32_harmless_lines_of_twelve_sets_two_lose_a_word(
    knowledge: Knowledge, language: str
) -> None:
    said = lines(f"sets_harmless_{language}")
    hidden = [each for each in said if mask(knowledge.words(language), [each]).replacements]
    assert len(hidden) * 32 <= 2 * len(said), hidden


LEFT_OF_NOTES = {"ru": 7, "en": 11}
"""Firms of common words: «Простые вещи», “Help a Friend Foundation”."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_500_forms_in_facts_and_notes_two_in_a_hundred_are_left(
    knowledge: Knowledge, language: str
) -> None:
    forms, left = left_of(knowledge, language, f"notes_telling_{language}")
    assert forms > 500
    assert len(left) <= LEFT_OF_NOTES[language], left


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_32_harmless_facts_and_notes_one_loses_a_word(
    knowledge: Knowledge, language: str
) -> None:
    said = lines(f"notes_harmless_{language}")
    others = [each for each in knowledge.languages.values() if each.language != language]
    words = knowledge.words(language)
    hidden = [each for each in said if mask(words, [each], others=others).replacements]
    assert len(hidden) * 32 <= len(said), hidden


LEFT_OF_WORDS = {"ru": 0, "en": 4}
"""Firms in small letters made of words, “redwood partners”, are left: so is “yoga studio”."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_names_that_are_words_few_are_left_and_no_word_is_hidden(
    knowledge: Knowledge, language: str
) -> None:
    forms, left = left_of(knowledge, language, f"words_telling_{language}")
    assert forms == 13
    assert len(left) <= LEFT_OF_WORDS[language], left
    said = lines(f"words_harmless_{language}")
    assert mask(knowledge.words(language), said).texts == tuple(said)


BEGINNING = (
    (
        "ru",
        "Света Вера Роман Слава Лев Любовь Надежда Лилия Майя",
        "{} не платит.|{} опять молчит.|{}, ты где?|{} в отпуске.|{} вчера звонил нам.|{} против.",
    ),
    ("ru", "Спектр Вектор Парус", "{} подписал.|{} обещал заплатить.|{} отказал."),
    ("en", "Lantern Juniper Rose", "{}’s invoice is late.|{}’s manager called."),
    (
        "en",
        "Will Mark Grace Hope Rose Bill Chase Summer Baker King Banks Young",
        "{} owes me.|{} isn’t answering.|{} is the manager.|{} is on vacation.|{}, you owe me.",
    ),
)
"""Names that are words, and what is said of persons."""


@pytest.mark.parametrize(("language", "names", "said"), BEGINNING)
def test_a_word_that_begins_a_sentence_is_a_name_where_that_is_said_of_persons(
    knowledge: Knowledge, language: str, names: str, said: str
) -> None:
    texts = [each.format(name) for name in names.split() for each in said.split("|")]
    left = [text for text in texts if not mask(knowledge.words(language), [text]).replacements]
    assert left == []


THINGS = (
    ("ru", "Лев на логотипе похож на кошку.|Роман в трёх частях сдали в печать.|Тема закрыта."),
    ("ru", "Света на съёмке не было.|Света не хватает.|Слава и деньги достались другим."),
    ("ru", "Кнопку «Отмена» убрать.|Раздел «Новости» пуст.|Сказал, что Директор против."),
    ("ru", "Каждый Понедельник правки.|Презентация готова, Исходники отдал."),
    ("en", "Drop the “Cancel” button.|He says the Director is out.|Too much Red, no Blue."),
    ("ru", "Эскиз отправил в пятницу.|Чертёж подписал.|Шкаф обещал прислать в среду."),
    ("ru", "Роза в букете не понравилась.|К Первому сентября нужны макеты.|Запилили лендинг."),
    (
        "en",
        "Hope dies last.|Rose petals everywhere.|Price is high.|Mark it as paid.|Summer was slow.",
    ),
    ("en", "Bill went unpaid.|Banks are closed.|Fourth of July sale.|Transcribe it by tonight."),
)
"""What is said of things, with the same words."""


@pytest.mark.parametrize(("language", "said"), THINGS)
def test_it_is_a_word_where_that_is_said_of_things(
    knowledge: Knowledge, language: str, said: str
) -> None:
    masked = mask(knowledge.words(language), said.split("|"))
    assert masked.texts == tuple(said.split("|"))


SMALL = (
    ("ru", "Вера", "моя вера в людей", "моя вера в людей"),
    ("ru", "Вера", "вера опять молчит, писал вере", "[Клиент] опять молчит, писал [Клиент]"),
    ("ru", "Роман", "роман пишу, а роман пропал", "роман пишу, а [Клиент] пропал"),
    ("ru", "Слава", "слава богу, аванс пришёл", "слава богу, аванс пришёл"),
    ("ru", "Студия «Старт»", "старт проекта сорван", "старт проекта сорван"),
    ("en", "Will", "he will pay, will said so", "he will pay, [Client] said so"),
    (
        "en",
        "Mark Stone",
        "mark the changes; a call from mark",
        "mark the changes; a call from [Client]",
    ),
    ("en", "Bill", "bill them for it, bill wants it", "bill them for it, [Client] wants it"),
    ("en", "Hope Studio", "i hope so, hope studio owes me", "i hope so, [Client] owes me"),
)
"""A stored name that is a common word: small letters make a word of it unless more tells."""


@pytest.mark.parametrize(("language", "client", "text", "masked"), SMALL)
def test_a_small_word_is_a_stored_name_where_what_stands_beside_it_says_so(
    knowledge: Knowledge, language: str, client: str, text: str, masked: str
) -> None:
    known = (StoredName(HiddenKind.CLIENT, client),)
    assert mask(knowledge.words(language), [text], known).texts == (masked,)
