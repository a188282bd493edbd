"""Sentences that the rules were not made from, and what every fix leaves behind."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.checking import BLAMELESS, FAREWELL, Rule, check, mend
from content.checking.soundness import accepts
from tests.chance import many
from tests.content.checking.scores import read_sentences

CASES = Path(__file__).parents[2] / "cases/checking"
TONE = frozenset(BLAMELESS) - {Rule.BLAME} | {Rule.SECOND_PERSON}
ADDRESSED = frozenset({Rule.SECOND_PERSON})


def rows(file: str) -> list[list[str]]:
    lines = (CASES / file).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("language", "second_person", "others", "sentence"),
    [(row[0], row[2], row[3], row[4]) for row in rows("sentences.tsv")],
)
def test_a_sentence_of_a_real_letter_is_found_or_left_alone(
    language: str, second_person: str, others: str, sentence: str
) -> None:
    wanted = set(others.split()) - {"-"} | ({"second_person"} if second_person == "1" else set())

    found = {each.rule.value for each in check(sentence, language=language, rules=TONE)}

    # What judges besides is found with it, and no harm done.
    assert wanted <= found
    assert found - wanted <= ({"judging_word"} if wanted else set())


@pytest.mark.parametrize(("language", "voice", "sentence", "right"), rows("rewrites.tsv"))
def test_a_fix_is_what_an_editor_would_write(
    language: str, voice: str, sentence: str, right: str
) -> None:
    found = check(sentence, language=language, rules=ADDRESSED, team=voice == "we")
    mended = mend(sentence, found)

    assert found
    assert mended == (sentence if right == "=" else right)


@pytest.mark.parametrize(
    "sentence", [s for s in read_sentences((CASES / "clean.txt").read_text("utf-8")) if "," in s]
)
def test_the_grammar_accepts_what_people_write(sentence: str) -> None:
    assert accepts(sentence) or "Прошу" in sentence


@pytest.mark.parametrize(
    "broken",
    [
        "вы 5 раз логотип менялся",
        "Нужно 60 000 ₽.",
        "Прошу прислать, пожалуйста, тексты.",
        "Прошу подсказать, когда ждать перевода?",
        "Оплата не пришёл.",
        "Новая смета не подписан.",
        "Работа для.",
        "Правки , пришли ночью.",
        "Договорённость была и оплаты не было.",
        "Ответ ответ пришёл.",
        "Возвращён глава третий раз.",
        "Возвращена подругу.",
        "Отменено две занятия вёрстку.",
        "Согласован макет и была просьба переделать.",
        "",
    ],
)
def test_the_grammar_turns_broken_russian_away(broken: str) -> None:
    assert not accepts(broken)


WHO = ["Вы", "вы", "В ноябре вы", "К сожалению, вы", "Если вы", ""]
HOW = ["", "не", "снова", "всегда", "никогда не", "5 раз", "опять не", "так и не", "каждый раз"]
DID = [
    *("оплатили", "прислали", "задержали", "меняли", "утвердили", "отвечаете", "платите", "должны"),
    *("обещали", "просили", "пишете", "требуете", "пришлёте", "забыли", "согласовали", "правы"),
]
WHAT = [
    *(
        "счёт",
        "новые правки",
        "логотип",
        "оплату",
        "тексты и фото",
        "",
        "вовремя",
        "макет каталога",
    ),
    *("на письма", "прислать акт", "скидку", "60 000 ₽", "счёт № 14 на 60 000 ₽"),
]
END = [".", "", ", а я нет.", " поздно.", " до 5 декабря.", ", пожалуйста.", " и не ответили.", "?"]
ASK = ["Пришлите, пожалуйста, акт.", "Ваш менеджер молчит.", "Ваши правки бесконечны.", ""]


SAID = st.tuples(*(st.sampled_from(each) for each in (WHO, HOW, DID, WHAT)))


@settings(max_examples=many(400))
@given(SAID, st.sampled_from(END), st.sampled_from(ASK), st.booleans())
def test_every_fix_leaves_a_sentence_that_parses_and_overlaps_no_other(
    said: tuple[str, ...], end: str, ask: str, team: bool
) -> None:
    text = " ".join(" ".join(said).split()) + end + (f" {ask}" if ask else "")
    for rules in (FAREWELL, BLAMELESS):
        found = [each for each in check(text, rules=rules, team=team) if each.fix is not None]
        spans = sorted((each.start or 0, each.end or 0) for each in found)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
        assert not found or accepts(mend(text, found)) or not accepts(text)


DENIED = re.compile(r"\b(?:не|нет|ни|без)\b", re.IGNORECASE)
ONE = re.compile(r"\b(?:прошу|предлагаю|жду|могу|мне|меня|я)\b", re.IGNORECASE)
MANY = re.compile(r"\b(?:просим|предлагаем|ждём|можем|нам|нас|мы)\b", re.IGNORECASE)


@settings(max_examples=many(300))
@given(SAID, st.sampled_from(END), st.sampled_from(ASK), st.booleans())
def test_every_fix_keeps_the_numbers_the_denial_and_who_speaks(
    said: tuple[str, ...], end: str, ask: str, team: bool
) -> None:
    text = " ".join(" ".join(said).split()) + end + (f" {ask}" if ask else "")
    for each in check(text, rules=FAREWELL, team=team):
        if each.fix is None:
            continue
        assert sorted(re.findall(r"\d+", each.fix)) == sorted(re.findall(r"\d+", each.excerpt))
        assert bool(DENIED.search(each.fix)) == bool(DENIED.search(each.excerpt)), each
        other = ONE if team else MANY
        assert len(other.findall(each.fix)) <= len(other.findall(each.excerpt)), each


@pytest.mark.parametrize(
    ("text", "team", "kept"),
    [
        ("Вы 5 раз меняли логотип.", False, "5"),
        ("Вы так и не оплатили счёт № 14 на 60 000 ₽.", True, "не оплачен"),
        ("Пришлите, пожалуйста, акт.", True, "Просим"),
        ("Пришлите, пожалуйста, акт.", False, "Прошу"),
    ],
)
def test_what_a_fix_has_to_keep_is_in_it(text: str, team: bool, kept: str) -> None:
    assert kept in mend(text, check(text, rules=ADDRESSED, team=team))


@pytest.mark.parametrize(
    "courteous",
    [
        "Пришлите, пожалуйста, тексты до пятницы.",
        "Высылаю вам план: если удобно, созвонимся во вторник.",
        "Спасибо, что обратились ко мне.",
        "О чём договорились: пять страниц к 12 декабря.",
        "Если вы не против, начну в среду.",
        "Подскажите, пожалуйста, когда ждать перевода?",
        "Если пришлёте замечания до среды, успею их учесть.",
        "Ваши замечания учтены.",
        "Напомню, что от вас нужны фотографии.",
    ],
)
def test_a_letter_while_the_work_goes_on_may_say_you(courteous: str) -> None:
    assert check(courteous, rules=BLAMELESS) == ()


@pytest.mark.parametrize(
    "reproach",
    [
        "Вы не оплатили счёт.",
        "Вы снова задержали тексты.",
        "Вы должны мне за октябрь.",
        "По вашей вине сдвинулся срок.",
        "Опять не прислали тексты.",
        "Ваши правки бесконечны.",
        "You did not send the texts.",
        "You are always late.",
    ],
)
def test_a_reproach_is_found_in_any_letter(reproach: str) -> None:
    language = "en" if reproach.isascii() else "ru"

    assert Rule.BLAME in {each.rule for each in check(reproach, language=language, rules=BLAMELESS)}


def test_a_point_of_a_list_keeps_its_small_letter() -> None:
    text = "Дальше предлагаю работать так:\n— тексты присылаете до начала вёрстки;"
    mended = mend(text, check(text, rules=frozenset({Rule.SECOND_PERSON})))

    assert mended == text.replace("присылаете", "приходят")
