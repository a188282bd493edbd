"""A jotted or forwarded text is read for the signs it speaks of.

The sets of phrases were written apart from the content.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from content.knowledge import Catalogue, Words
from content.learned import FILE, pack, unpack
from content.learning import count, learn, phrases, rarities
from content.loading import DATA, check
from content.models import SaidWords
from content.reading.signs import LONGEST_TEXT, classify
from content.russian.morphology import LONGEST_WORD, dictionary_form, morphology
from tests.content.reading.cases import rows
from tests.known import KNOWLEDGE

SETS = (
    "signs.tsv",
    "signs_fourth.tsv",
    "signs_fifth.tsv",
    "signs_sixth.tsv",
    "signs_seventh.tsv",
)
NEUTRAL_AMONG = 15
"""At most one in so many ordinary messages may get a proposal."""


def proposed(words: Words, text: str) -> list[str]:
    return [each.sign for each in classify(words, text, limit=9) if each.proposed]


@pytest.mark.parametrize("name", SETS)
def test_nine_of_ten_proposals_are_right(words: Words, name: str) -> None:
    made = [(row, proposed(words, row[1])) for row in rows(name)]
    made = [(row, signs) for row, signs in made if signs]
    wrong = [(*row, signs) for row, signs in made if not set(signs) <= set(row[0].split("|"))]

    assert len(made) >= 10
    assert len(wrong) <= len(made) * 0.1, wrong


@pytest.mark.parametrize("name", SETS)
def test_the_sign_is_among_the_first_three(words: Words, name: str) -> None:
    said = [row for row in rows(name) if row[0]]
    missed = [
        row
        for row in said
        if not {each.sign for each in classify(words, row[1])} & set(row[0].split("|"))
    ]

    assert len(missed) <= len(said) * 0.12, missed


@pytest.mark.parametrize("name", [*SETS, "good_faith.tsv"])
def test_ordinary_messages_propose_nothing(words: Words, name: str) -> None:
    ordinary = [row[1] for row in rows(name) if not row[0]]
    accused = [(text, proposed(words, text)) for text in ordinary if proposed(words, text)]

    assert len(ordinary) >= 25
    assert len(accused) <= len(ordinary) / NEUTRAL_AMONG, accused


def test_two_thirds_of_what_people_jot_down_gets_a_proposal(words: Words) -> None:
    said = [row for name in SETS[1:] for row in rows(name) if row[0]]

    assert sum(bool(proposed(words, row[1])) for row in said) >= len(said) * 2 / 3


def test_one_text_may_speak_of_several_signs(words: Words) -> None:
    texts = rows("several.tsv")
    found = [(set(row[0].split("|")), set(proposed(words, row[1])), row[1]) for row in texts]

    assert not [each for each in found if each[1] - each[0]]
    assert sum(len(signs) > 1 for _, signs, _ in found) >= len(texts) * 2 / 3


def test_no_phrase_of_the_tests_stands_in_the_content(words: Words) -> None:
    known = {text for each in words.said.values() for text in each.says} | {*words.ordinary.says}

    assert not known & {row[1] for name in (*SETS, "several.tsv") for row in rows(name)}


def test_every_sign_has_phrases_enough(words: Words, catalogue: Catalogue) -> None:
    # A new sign may come without: it is then known by its examples only.
    assert set(words.said) <= set(catalogue.signs)
    assert min(len(each.says) for each in words.said.values()) >= 20
    assert len(words.ordinary.says) >= 300


def test_signs_come_best_first_and_no_more_than_asked_for(words: Words) -> None:
    text = "Опять не заплатил, просит скидку, звонит ночью и угрожает отзывом"
    spoken = classify(words, text, limit=8)
    ranks = [(not each.proposed, -each.score) for each in spoken]

    assert len(spoken) == 8
    assert ranks == sorted(ranks)
    assert all(0 <= each.score <= 1 for each in spoken)
    assert classify(words, text) == spoken[:3]


@pytest.mark.parametrize("text", ["", "   ", "…", "12", "🦊", "Ъ", "good morning", "?", "не"])
def test_a_text_that_says_nothing_proposes_nothing(words: Words, text: str) -> None:
    assert not proposed(words, text)


@pytest.mark.parametrize(
    "text",
    [
        "Не хамит",
        "Торга не было",
        "Угроз не слышал",
        "Ночью не звонил",
        "Не спорит о счёте",
    ],
)
def test_what_is_denied_is_not_proposed(words: Words, text: str) -> None:
    assert not proposed(words, text)


@pytest.mark.parametrize(
    "text",
    [
        "я опоздала на созвон",
        "Опоздал на урок я, а не ученик",
        "Я накричал на заказчика и извинился",
        "это мы задержали макет на неделю",
        "срок сорвал я сам",
        "я не отправила договор",
        "я передумал и поднял цену",
    ],
)
def test_what_the_person_did_is_no_sign_of_the_client(words: Words, text: str) -> None:
    assert not proposed(words, text)


@pytest.mark.parametrize("word", ["скидка", "Срочно", "договор", "дорого", "правки", "ночью"])
def test_a_word_alone_proposes_nothing_but_is_understood(words: Words, word: str) -> None:
    assert classify(words, word)
    assert not proposed(words, word)


def test_more_work_for_nothing_is_more_work(words: Words) -> None:
    assert proposed(words, "всё время просит доделать ещё чуть-чуть бесплатно") == ["scope_creep"]


def test_typos_and_endings_are_forgiven(words: Words) -> None:
    for text in ("не плотит уже месец", "НЕ ЗАПЛАТИЛИ ЗА МАКЕТ!!!", "незаплатил, просит подаждать"):
        assert "late_payment" in {each.sign for each in classify(words, text)}, text


def test_what_lies_beyond_the_longest_message_is_not_read(words: Words) -> None:
    assert classify(words, "а" * LONGEST_TEXT + " угрожает отзывом") == ()


def test_a_language_without_phrases_says_nothing(words: Words) -> None:
    assert classify(replace(words, learned=None), "Купите сотню отзывов, все так делают") == ()


def test_what_is_learned_tells_two_signs_and_nothing_apart(words: Words) -> None:
    learned = learn(of_two_signs(words))
    small = replace(words, learned=pack(learned))
    found = {
        text: proposed(small, text)
        for text in (
            "второй месяц не переводит деньги за сайт",
            "орёт и обзывает меня дурой",
            "спасибо, счёт получили, оплатим завтра",
        )
    }

    assert list(found.values()) == [["late_payment"], ["rudeness"], []]
    assert pack(learn(of_two_signs(words))) == pack(learned)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_texts_are_read_by_the_features_that_were_learned(language: str) -> None:
    words = KNOWLEDGE.words(language)
    assert words.learned is not None
    learned = unpack(words.learned)
    assert learned.rarity == rarities(count(words, list(phrases(words)))), "make signs"


def of_two_signs(words: Words) -> Words:
    two = ("late_payment", "rudeness")
    return replace(
        words,
        signs={sign: each for sign, each in words.signs.items() if sign in two},
        said={
            sign: SaidWords(says=each.says[:40]) for sign, each in words.said.items() if sign in two
        },
        ordinary=SaidWords(says=words.ordinary.says[:60]),
    )


@pytest.mark.campaign
def test_learning_again_gives_the_same_file(words: Words) -> None:
    assert pack(learn(words)) == (DATA / "words/ru" / FILE).read_bytes()


def test_a_phrase_that_was_not_learned_is_told(root: Path) -> None:
    (root / "words/ru/said/threats.toml").write_text('says = ["иначе пожалеете"]', "utf-8")

    assert [str(each) for each in check(root)] == [
        "words/ru/signs.learned: not of these phrases: make signs"
    ]


@pytest.mark.parametrize("data", [b"", b"learned", zlib.compress(b"\0\0\0\2{}")])
def test_a_broken_file_of_what_was_learned_is_told(root_with_phrases: Path, data: bytes) -> None:
    (root_with_phrases / "words/ru" / FILE).write_bytes(data)

    assert any("make signs" in str(each) for each in check(root_with_phrases))


@pytest.mark.parametrize("text", ["не" * 900, "а-" * 1000, "кот" * 700, "ё" * 4096])
def test_a_word_of_any_length_is_read_without_a_fault(words: Words, text: str) -> None:
    assert not proposed(words, text)
    assert morphology().parse(text)[0].word == text
    assert morphology().parse(text)[0].inflect({"gent"}) is None
    assert not morphology().word_is_known(text)
    assert len(text) > LONGEST_WORD
    assert dictionary_form(text) == text.replace("ё", "е")


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("said/nobody.toml", 'says = ["так"]', "there is no signs/nobody.toml"),
        ("said/threats.toml", "says = []", "at least 1 item"),
        ("said/threats.toml", 'says = [""]', "at least 1 character"),
        ("ordinary.toml", 'say = ["так"]', "Field required"),
        ("reading.toml", 'denials = "НЕ"', "not forms"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_told_with_its_file(
    root_with_phrases: Path, file: str, text: str, fault: str
) -> None:
    (root_with_phrases / f"words/ru/{file}").write_text(text, encoding="utf-8")
    faults = [each for each in check(root_with_phrases) if each.file == f"words/ru/{file}"]

    assert any(fault in str(each) for each in faults), faults
