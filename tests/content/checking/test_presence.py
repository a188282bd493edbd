"""What a farewell must hold: each part alone is missed when it is gone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from content.checking import FAREWELL, Rule, check

LETTERS: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases/checking/letters.toml").read_text("utf-8")
)["letter"]
PARTS = ("fact", "state", "handover", "replacement", "door", "ending", "date", "signature")


def written(letter: Mapping[str, str], *, without: str = "") -> str:
    return "\n".join(text for part, text in letter.items() if part not in {"language", without})


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter["signature"])
def test_a_whole_farewell_has_no_finding(letter: dict[str, str]) -> None:
    findings = check(written(letter), language=letter["language"], rules=FAREWELL)

    assert [(finding.rule, finding.excerpt) for finding in findings] == []


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter["signature"])
@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_gone_is_missed_and_no_other(letter: dict[str, str], part: str) -> None:
    findings = check(written(letter, without=part), language=letter["language"])

    assert [finding.rule for finding in findings] == [Rule(f"missing_{part}")]
    assert (findings[0].start, findings[0].end, findings[0].excerpt) == (None, None, "")
    assert findings[0].why


def test_an_empty_letter_lacks_everything() -> None:
    for language in ("ru", "en"):
        for text in ("", " \n\n ", "…"):
            missing = [finding.rule for finding in check(text, language=language)]
            assert missing == [Rule(f"missing_{part}") for part in PARTS]


def test_the_last_working_day_is_no_fact_though_it_has_a_date() -> None:
    text = "Последний рабочий день был назначен на 5 декабря."

    assert Rule.MISSING_FACT in {finding.rule for finding in check(text)}


@pytest.mark.parametrize(
    ("language", "text", "there"),
    [
        ("ru", "20 ноября — новая версия текста.", True),
        ("en", "November 16: no payment for October.", True),
        ("en", "On November 16, no reply for three weeks.", True),
        ("en", "On November 9, 14 edits.", True),
        ("en", "On November 3, the client ask for posts.", True),
        ("en", "On November 3, I will check how the terms hold up.", False),
        ("ru", "24 ноября, Юлия Род", False),
        ("en", "November 24, Kate Moss", False),
        ("en", "Calls after 10 pm on November 17 and 21.", True),
        ("ru", "4 декабря — последний рабочий день.", False),
    ],
)
def test_a_day_and_what_was_on_it_are_a_fact_without_a_verb(
    language: str, text: str, there: bool
) -> None:
    missing = {finding.rule for finding in check(text, language=language)}

    assert (Rule.MISSING_FACT not in missing) == there


def test_a_date_within_a_sentence_does_not_date_the_letter() -> None:
    text = "Счёт оплачен 21 ноября."

    assert Rule.MISSING_DATE in {finding.rule for finding in check(text)}


@pytest.mark.parametrize(
    "line",
    [
        "Игорь",
        "21 ноября, Игорь",
        "С уважением, Игорь Белов",
        "Студия «Вектор»",
        "— Игорь",
        "Дана",
        "21 ноября, Мила",
        "24 ноября, Юлия Род",
        "17 февраля, Команда Бит",
        "Igor B.",
        "21 ноября, «Всё сделано»",
        "21 ноября, мастерская «шов»",
    ],
)
def test_a_last_line_with_a_name_signs_the_letter(line: str) -> None:
    text = f"Работа закончена.\n{line}"

    assert Rule.MISSING_SIGNATURE not in {finding.rule for finding in check(text)}


@pytest.mark.parametrize(
    "line",
    [
        "Спасибо за работу",
        "Игорь передал файлы",
        "Удачи!",
        "5 декабря",
        "С уважением",
        "Архив, акт, счёт и ещё много других бумаг от студии Вектор",
    ],
)
def test_a_last_line_that_says_something_else_does_not_sign_it(line: str) -> None:
    text = f"Работа закончена.\n{line}"

    assert Rule.MISSING_SIGNATURE in {finding.rule for finding in check(text)}


def test_lessons_that_were_canceled_are_a_fact() -> None:
    found = check("4 занятия из 8 отменены в тот же день.")

    assert Rule.MISSING_FACT not in {finding.rule for finding in found}


@pytest.mark.parametrize(
    "line", ["Конспекты и список тем пришлю в вотсап.", "Скину файлы на диск."]
)
def test_what_is_sent_later_is_handed_over_too(line: str) -> None:
    assert Rule.MISSING_HANDOVER not in {finding.rule for finding in check(line)}


def test_a_bill_that_will_be_sent_hands_over_nothing() -> None:
    found = check("Пришлю последний счёт до пятницы.")

    assert Rule.MISSING_HANDOVER in {finding.rule for finding in found}
